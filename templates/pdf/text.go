package pdf

import (
	"strconv"

	"centerplan/planning/document"
	"centerplan/templates/report"
)

// A textStyle says how running text is set. The zero width is the frame's.
type textStyle struct {
	size, leading float64
	bold          bool
	color         color
	indent, width float64
	link          string
}

var body = textStyle{size: 10, leading: 16.5, color: ink}

// text sets cleaned text at the present height, over as many pages as it
// takes. It leaves no single line behind or ahead of a page's end where the
// text has more.
func (f *flow) text(text string, s textStyle) {
	if s.width == 0 {
		s.width = f.frame.width() - s.indent
	}
	lines := f.set.lines(text, s.size, s.bold, s.width)
	for i, line := range lines {
		ahead := 1
		if left := len(lines) - i; i == 0 && left > 1 || left == 2 {
			ahead = 2
		}
		f.need(float64(ahead) * s.leading)
		f.textLine(line, s, i == len(lines)-1)
		f.advance(s.leading)
	}
}

// textLine sets one line, spread to the full width where the language is set
// so and the line is not the text's last.
func (f *flow) textLine(line string, s textStyle, last bool) {
	line = trimmed(line)
	if line == "" {
		return
	}
	width := f.set.measure(line, s.size, s.bold)
	m := textMark{x: f.frame.left + s.indent, y: f.y + s.leading*0.5 + s.size*0.36, text: line, size: s.size, bold: s.bold, color: s.color}
	if count := len([]rune(line)); !last && f.doc.Language == document.Chinese && count > 12 {
		if rest := s.width - width; rest > 0 && rest < 2.2*s.size {
			m.spread = rest / float64(count-1)
			width = s.width
		}
	}
	f.page.add(m)
	f.link(s.link, m.x, f.y, width, s.leading)
}

// link makes an area clickable.
func (f *flow) link(anchor string, x, y, w, h float64) {
	if anchor != "" {
		f.page.jumps = append(f.page.jumps, jump{x: x, y: y, w: w, h: h, anchor: anchor})
	}
}

func (f *flow) heading(h report.Heading) {
	text := f.line(h.Text)
	size, before, after := 13.5, 22.0, 7.0
	if h.Level > 1 {
		size, before, after = 10.5, 15.0, 4.0
	}
	f.gap(before)
	f.need(size*1.5 + after + 78)
	f.anchor(h.Anchor)
	if h.Level <= 1 {
		anchor := h.Anchor
		if anchor == "" {
			anchor = "heading-" + strconv.Itoa(len(f.entries))
			f.anchor(anchor)
		}
		f.entries = append(f.entries, entry{level: 1, title: text, anchor: anchor, spot: spot{f.page, max(f.y-14, 0)}})
	}
	c := ink
	if h.Level <= 1 {
		c = accent
	}
	f.text(text, textStyle{size: size, leading: size * 1.5, bold: true, color: c})
	f.advance(after)
}

func (f *flow) paragraph(p report.Paragraph) {
	s := body
	s.link = p.Link
	after := 8.0
	switch p.Style {
	case report.Lead:
		s.size, s.leading, after = 11.5, 19.5, 12
	case report.Quiet:
		s.size, s.leading, s.color, after = 8.5, 13.5, grey, 6
	case report.Quote:
		f.quote(f.clean(p.Text), p.Link)
		return
	default: // plain text is as the body
	}
	// On landscape pages a line as long as the page would be hard to follow.
	s.width = min(f.frame.width(), 560)
	f.text(f.clean(p.Text), s)
	f.advance(after)
}

// quote sets a text behind an upright rule.
func (f *flow) quote(text, link string) {
	s := textStyle{size: 11.5, leading: 19, color: ink, indent: 16, link: link}
	s.width = min(f.frame.width(), 560) - s.indent
	for i, lines := 0, f.set.lines(text, s.size, s.bold, s.width); i < len(lines); i++ {
		f.need(s.leading)
		f.page.add(rectMark{x: f.frame.left, y: f.y, w: 2.2, h: s.leading, color: accent})
		f.textLine(lines[i], s, i == len(lines)-1)
		f.advance(s.leading)
	}
	f.advance(12)
}

func (f *flow) list(l report.List) {
	const indent = 17
	for i, item := range l.Items {
		text, label := f.clean(item.Text), f.clean(item.Label)
		s := body
		s.indent, s.link = indent, item.Link
		s.width = min(f.frame.width(), 560) - indent
		f.need(f.beginning(label, text, s))
		at := f.y + body.leading*0.5 + body.size*0.36
		if l.Numbered {
			number := strconv.Itoa(i+1) + "."
			f.page.add(textMark{x: f.frame.left, y: at, text: number, size: body.size, bold: true, color: accent})
		} else {
			f.page.add(rectMark{x: f.frame.left + 3, y: f.y + body.leading*0.5 - 1.6, w: 3.4, h: 3.4, color: accent})
		}
		if label != "" {
			bold := s
			bold.bold = true
			f.text(label, bold)
		}
		if text != "" || label == "" {
			f.text(text, s)
		}
		f.advance(3.5)
	}
	f.advance(5)
}

// beginning is the height of the lines that an item begins with and that text
// keeps together, so that the item's mark stays with them.
func (f *flow) beginning(label, text string, s textStyle) float64 {
	first, bold := text, false
	if label != "" {
		first, bold = label, true
	}
	return float64(min(2, max(1, len(f.set.lines(first, s.size, bold, s.width))))) * s.leading
}

// note sets a framed remark. A remark longer than a page goes on over pages.
func (f *flow) note(n report.Note) {
	c := accent
	switch n.Tone {
	case report.Favourable:
		c = good
	case report.Unfavourable:
		c = poor
	case report.Failed:
		c = bad
	default: // no judgement, no colour of its own
	}
	s := textStyle{size: 9.5, leading: 15.5, color: ink, indent: 14}
	s.width = f.frame.width() - 2*s.indent
	type row struct {
		text string
		bold bool
		last bool
	}
	var rows []row
	if title := f.clean(n.Title); title != "" {
		for _, line := range f.set.lines(title, s.size, true, s.width) {
			rows = append(rows, row{line, true, true})
		}
	}
	lines := f.set.lines(f.clean(n.Text), s.size, false, s.width)
	for i, line := range lines {
		rows = append(rows, row{line, false, i == len(lines)-1})
	}
	f.gap(4)
	if whole := float64(len(rows))*s.leading + 18; whole < (f.frame.bottom-f.frame.top)/2 {
		f.need(whole)
	}
	for i := 0; i < len(rows); {
		f.need(3*s.leading + 18)
		fits := min(len(rows)-i, int((f.left()-18)/s.leading))
		height := float64(fits)*s.leading + 18
		f.page.add(rectMark{x: f.frame.left, y: f.y, w: f.frame.width(), h: height, color: shade},
			rectMark{x: f.frame.left, y: f.y, w: 2.6, h: height, color: c})
		f.advance(9)
		for _, r := range rows[i : i+fits] {
			style := s
			style.bold = r.bold
			if r.bold {
				style.color = c
			}
			f.textLine(r.text, style, r.last)
			f.advance(s.leading)
		}
		f.advance(9)
		i += fits
	}
	f.advance(12)
}
