package pdf

import (
	"maps"
	"strconv"
	"strings"

	"centerplan/templates/report"
)

// A frame is the part of a page that text stands in.
type frame struct{ left, top, right, bottom float64 }

func (f frame) width() float64 { return f.right - f.left }

var (
	upright = frame{left: 64, top: 92, right: a4w - 64, bottom: a4h - 74}
	lying   = frame{left: 52, top: 78, right: a4h - 52, bottom: a4w - 58}
)

// A laidOut document is its pages with everything in place.
type laidOut struct {
	pages   []*page
	entries []entry
	anchors map[string]spot
}

// A flow fills pages from top to bottom.
type flow struct {
	doc      report.Document
	set      typesetter
	pages    []*page
	page     *page
	frame    frame
	y        float64 // where the next block begins
	fresh    bool    // nothing stands on the page yet
	chapter  string
	entries  []entry
	anchors  map[string]spot
	replaced int
}

// layOut sets the whole document. The body comes first, so that the contents
// know its page numbers.
func layOut(doc report.Document, set typesetter) laidOut {
	f := &flow{doc: doc, set: set, anchors: map[string]spot{}}
	for i, chapter := range doc.Chapters {
		f.setChapter(i+1, chapter)
	}
	body := f.pages
	f.pages = nil
	f.cover(doc.Cover)
	covers := f.pages
	f.pages = nil
	contents := f.contents(body, len(covers))
	laid := laidOut{entries: f.entries, anchors: f.anchors}
	laid.pages = append(append(append(laid.pages, covers...), contents...), body...)
	for i, sheet := range laid.pages {
		f.furnish(sheet, i+1, len(laid.pages))
	}
	return laid
}

// clean returns text as it can be printed and counts what was lost.
func (f *flow) clean(text string) string {
	cleaned, replaced := cleanWith(f.set.fonts, text)
	f.replaced += replaced
	return cleaned
}

// line returns text as it can be printed on one line or as a title: without
// line breaks of its own.
func (f *flow) line(text string) string { return strings.ReplaceAll(f.clean(text), "\n", " ") }

// newPage begins an empty page of the chapter's shape.
func (f *flow) newPage() {
	w, h := a4w, a4h
	if f.frame == lying {
		w, h = a4h, a4w
	}
	f.page = &page{w: w, h: h, chapter: f.chapter}
	f.pages = append(f.pages, f.page)
	f.y, f.fresh = f.frame.top, true
}

// left returns the height that is free on the page.
func (f *flow) left() float64 { return f.frame.bottom - f.y }

// need begins a new page unless height is free on this one.
func (f *flow) need(height float64) {
	if height > f.left() && !f.fresh {
		f.newPage()
	}
}

// gap leaves room before a block, but not at the head of a page.
func (f *flow) gap(height float64) {
	if !f.fresh {
		f.y += height
	}
}

// advance moves down behind what was set.
func (f *flow) advance(height float64) {
	f.y += height
	f.fresh = false
}

// anchor makes the present height a place that links lead to.
func (f *flow) anchor(name string) {
	if name == "" {
		return
	}
	if _, taken := f.anchors[name]; !taken {
		f.anchors[name] = spot{page: f.page, y: max(f.y-14, 0)}
	}
}

// setChapter sets a chapter. If its title fitted below the chapter before but
// nothing of its text did, the chapter begins a page after all.
func (f *flow) setChapter(number int, chapter report.Chapter) {
	before := f.save()
	f.startChapter(number, chapter, false)
	page, marks := f.page, len(f.page.marks)
	for rest := chapter.Blocks; len(rest) > 0; {
		count := 1
		for count < len(rest) && rest[count-1].Heading != nil {
			count++
		}
		f.together(rest[:count])
		if len(rest) == len(chapter.Blocks) && page == before.page && len(page.marks) == marks {
			f.restore(before)
			f.startChapter(number, chapter, true)
			f.together(rest[:count])
		}
		rest = rest[count:]
	}
}

// together sets headings and the block they head, or a block without. If
// headings fitted on the page but nothing of the block did, all begin the next
// one.
func (f *flow) together(blocks []report.Block) {
	before, fresh := f.save(), f.fresh
	last := len(blocks) - 1
	for _, block := range blocks[:last] {
		f.block(block)
	}
	headed := len(before.page.marks)
	f.block(blocks[last])
	stranded := headed > before.marks && len(before.page.marks) == headed && f.page != before.page
	if !stranded || last == 0 || fresh {
		return
	}
	f.restore(before)
	f.newPage()
	for _, block := range blocks {
		f.block(block)
	}
}

// A bookmark of the flow, to go back to.
type saved struct {
	page                                   *page
	frame                                  frame
	y                                      float64
	chapter                                string
	pages, marks, jumps, entries, replaced int
	anchors                                map[string]spot
}

func (f *flow) save() saved {
	s := saved{
		page: f.page, frame: f.frame, y: f.y, chapter: f.chapter, pages: len(f.pages),
		entries: len(f.entries), replaced: f.replaced, anchors: maps.Clone(f.anchors),
	}
	if f.page != nil {
		s.marks, s.jumps = len(f.page.marks), len(f.page.jumps)
	}
	return s
}

func (f *flow) restore(s saved) {
	f.page, f.frame, f.y, f.chapter, f.replaced, f.anchors = s.page, s.frame, s.y, s.chapter, s.replaced, s.anchors
	f.pages, f.entries, f.fresh = f.pages[:s.pages], f.entries[:s.entries], false
	f.page.marks, f.page.jumps = f.page.marks[:s.marks], f.page.jumps[:s.jumps]
}

// A chapter goes on below the one before where more than this part of the page
// is free, and at least half a page.
const chapterRoom = 0.52

// startChapter sets a chapter's number, title and lead, on a page of its own
// where there is too little room or it is told to.
func (f *flow) startChapter(number int, chapter report.Chapter, turn bool) {
	title, lead := f.line(chapter.Title), f.clean(chapter.Lead)
	shape := upright
	if chapter.Wide {
		shape = lying
	}
	f.chapter = title
	if turn || f.page == nil || shape != f.frame || f.left() < chapterRoom*(shape.bottom-shape.top) {
		f.frame = shape
		f.newPage()
	} else {
		f.gap(46)
	}
	digits := strconv.Itoa(number)
	anchor := chapter.Anchor
	if anchor == "" {
		anchor = "chapter-" + digits
	}
	f.anchor(anchor)
	f.entries = append(f.entries, entry{number: digits, title: title, anchor: anchor, spot: spot{f.page, max(f.y-14, 0)}})
	f.page.add(rectMark{x: f.frame.left, y: f.y - 6, w: 30, h: 2.4, color: accent})
	f.advance(25)
	f.page.add(textMark{x: f.frame.left, y: f.y + 2, text: digits, size: 22, color: accent})
	indent := f.set.measure(digits, 22, false) + 12
	for _, line := range f.set.balanced(title, 22, true, f.frame.width()-indent) {
		f.page.add(textMark{x: f.frame.left + indent, y: f.y + 2, text: trimmed(line), size: 22, bold: true, color: ink})
		f.advance(29)
	}
	if lead != "" {
		f.advance(1)
		f.text(lead, textStyle{size: 11, leading: 17.5, color: grey, width: min(f.frame.width(), 540)})
	}
	f.advance(14)
}

// block sets one block.
func (f *flow) block(b report.Block) {
	switch {
	case b.Heading != nil:
		f.heading(*b.Heading)
	case b.Paragraph != nil:
		f.paragraph(*b.Paragraph)
	case b.List != nil:
		f.list(*b.List)
	case b.Table != nil:
		f.table(*b.Table)
	case b.Figures != nil:
		f.figures(*b.Figures)
	case b.Chart != nil:
		f.chart(*b.Chart)
	case b.Note != nil:
		f.note(*b.Note)
	}
}

// furnish sets a page's header and footer.
func (f *flow) furnish(p *page, number, of int) {
	if p.bare {
		return
	}
	shape := upright
	if p.w > p.h {
		shape = lying
	}
	const size = 7.8
	head := shape.top - 40
	half := shape.width()/2 - 10
	put := func(text string, y float64, right bool) {
		lines := f.set.lines(f.clean(text), size, false, half)
		line := trimmed(lines[0])
		if len(lines) > 1 {
			line += "…"
		}
		x := shape.left
		if right {
			x = shape.right - f.set.measure(line, size, false)
		}
		p.add(textMark{x: x, y: y, text: line, size: size, color: grey})
	}
	put(f.doc.Words.Header, head, false)
	put(p.chapter, head, true)
	p.add(lineMark{x1: shape.left, y1: head + 7, x2: shape.right, y2: head + 7, width: 0.5, color: rule})
	foot := p.h - 36
	page := strings.NewReplacer("{page}", strconv.Itoa(number), "{pages}", strconv.Itoa(of)).Replace(f.doc.Words.Page)
	put(f.doc.Words.Footer, foot, false)
	put(page, foot, true)
}

func trimmed(line string) string { return strings.TrimRight(line, " ") }
