package pdf

import (
	"centerplan/templates/report"
)

// cover sets the first page: a field of colour with the title, an ornament made
// of the plan's own months, and the facts below.
func (f *flow) cover(c report.Cover) {
	f.page = &page{w: a4w, h: a4h, bare: true}
	f.pages = append(f.pages, f.page)
	f.frame = upright
	const field = 520.0
	p := f.page
	p.add(rectMark{w: a4w, h: field, color: deep})
	f.motif(c.Motif, field)
	p.add(rectMark{y: field, w: a4w, h: 4, color: accent})
	y := 118.0
	p.add(rectMark{x: f.frame.left, y: y - 34, w: 42, h: 3, color: color{0x6d, 0xb3, 0xf2}})
	pale := color{0xbf, 0xd9, 0xf2}
	for _, line := range f.set.lines(f.clean(c.Over), 12, false, f.frame.width()) {
		p.add(textMark{x: f.frame.left, y: y, text: trimmed(line), size: 12, color: pale})
		y += 18
	}
	y += 30
	title := f.line(c.Title)
	size := f.coverSize(title)
	for _, line := range f.set.balanced(title, size, true, f.frame.width()) {
		p.add(textMark{x: f.frame.left, y: y, text: trimmed(line), size: size, bold: true, color: white})
		y += size * 1.32
	}
	y += 2
	for _, line := range f.set.lines(f.clean(c.Subtitle), 14, false, f.frame.width()) {
		p.add(textMark{x: f.frame.left, y: y, text: trimmed(line), size: 14, color: pale})
		y += 21
	}
	if year := f.line(c.Year); year != "" && y+46 < field-20 {
		p.add(textMark{x: f.frame.left, y: max(y+46, 352), text: year, size: 56, color: white})
	}
	text := f.clean(c.Classification)
	lines := f.set.lines(text, 8.5, false, f.frame.width())
	top := a4h - 58 - 13*float64(len(lines)-1)
	f.facts(c.Facts, field+54, top-20)
	if text != "" {
		p.add(lineMark{x1: f.frame.left, y1: top - 20, x2: f.frame.right, y2: top - 20, width: 0.5, color: rule})
		for i, line := range lines {
			p.add(textMark{x: f.frame.left, y: top + 13*float64(i), text: trimmed(line), size: 8.5, color: grey})
		}
	}
}

// coverSize returns the largest type in which the title takes few lines.
func (f *flow) coverSize(title string) float64 {
	for _, try := range []struct {
		size float64
		most int
	}{{38, 2}, {34, 2}, {30, 3}, {26, 4}, {22, 5}, {18, 7}} {
		if len(f.set.lines(title, try.size, true, f.frame.width())) <= try.most {
			return try.size
		}
	}
	return 13
}

// motif draws the ornament: one faint bar for each value, standing on the
// field's lower edge.
func (f *flow) motif(values []float64, field float64) {
	high := 0.0
	for _, v := range values {
		high = max(high, v)
	}
	if high == 0 {
		return
	}
	step := a4w / float64(len(values))
	for i, v := range values {
		// The months differ by little; the ornament shows the upper part.
		share := 0.25 + 0.75*(max(v, 0)/high-0.5)*2
		h := 130 * min(max(share, 0.06), 1)
		f.page.add(rectMark{x: float64(i)*step + step*0.14, y: field - h, w: step * 0.72, h: h, color: color{0x13, 0x4d, 0x8c}})
	}
}

// facts sets the facts one below the other from y on. They stand closer where
// the room above bottom would not do.
func (f *flow) facts(facts []report.Fact, y, bottom float64) {
	const nameWidth, leading, most, least = 118.0, 15.0, 6.5, 1.0
	values, count := make([][]string, len(facts)), 0
	for i, fact := range facts {
		values[i] = f.set.lines(f.clean(fact.Value), 10, true, f.frame.width()-nameWidth)
		count += len(values[i])
	}
	gap := most
	if room := bottom - y - leading*float64(count); len(facts) > 0 {
		gap = min(max(room/float64(len(facts)), least), most)
	}
	for i, fact := range facts {
		f.page.add(textMark{x: f.frame.left, y: y, text: f.clean(fact.Name), size: 9.5, color: grey})
		for _, line := range values[i] {
			f.page.add(textMark{x: f.frame.left + nameWidth, y: y, text: trimmed(line), size: 10, bold: true, color: ink})
			y += leading
		}
		y += gap
	}
}

// contents sets the list of chapters and returns its pages. The body stands
// behind the cover and these pages.
func (f *flow) contents(body []*page, covers int) []*page {
	f.frame, f.pages, f.page = upright, nil, nil
	count := f.contentsPages(body, covers, 0)
	f.pages, f.page = nil, nil
	f.contentsPages(body, covers, count)
	return f.pages
}

// contentsPages sets the contents as if they took the given number of pages and
// returns the number they take.
func (f *flow) contentsPages(body []*page, covers, taken int) int {
	numbers := make(map[*page]int, len(body))
	for i, p := range body {
		numbers[p] = covers + taken + i + 1
	}
	f.chapter = ""
	f.newPage()
	f.page.add(rectMark{x: f.frame.left, y: f.y - 6, w: 30, h: 2.4, color: accent},
		textMark{x: f.frame.left, y: f.y + 27, text: f.clean(f.doc.Words.Contents), size: 22, bold: true, color: ink})
	f.advance(58)
	for _, e := range f.entries {
		f.contentsLine(e, numbers[e.spot.page])
	}
	if f.replaced > 0 && f.doc.Words.Missing != "" {
		f.gap(20)
		f.text(f.missing(), textStyle{size: 8.5, leading: 13.5, color: bad})
	}
	return len(f.pages)
}
