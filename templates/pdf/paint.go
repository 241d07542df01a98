package pdf

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"centerplan/planning/document"
	"centerplan/templates/report"
)

const (
	family     = "noto"
	a4w        = 595.28
	a4h        = 841.89
	boldStyle  = "B"
	plainStyle = ""
)

// undated is the date of creation of a report without one: any, as long as it
// is always the same.
var undated = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// A painter draws finished pages with fpdf.
type painter struct {
	out   *fpdf.Fpdf
	set   typesetter
	links map[string]int
}

// paint draws the pages and returns the file.
func paint(doc report.Document, title string, set typesetter, laid laidOut) ([]byte, error) {
	date := undated
	if doc.Date != "" {
		var err error
		if date, err = time.Parse(time.DateOnly, doc.Date); err != nil {
			return nil, fmt.Errorf("report date: %w", err)
		}
	}
	p := painter{out: fpdf.New("P", "pt", "A4", ""), set: set, links: map[string]int{}}
	p.out.SetAutoPageBreak(false, 0)
	p.out.SetMargins(0, 0, 0)
	p.out.SetCellMargin(0)
	p.out.SetCreationDate(date)
	p.out.SetModificationDate(date)
	p.out.SetCatalogSort(true)
	p.out.SetTitle(title, true)
	p.out.SetCreator("Centerplan", true)
	p.out.SetLang(languageTag(doc.Language))
	p.out.SetDisplayMode("fullpage", "continuous")
	p.out.AddUTF8FontFromBytes(family, plainStyle, []byte(set.fonts.regular.data))
	p.out.AddUTF8FontFromBytes(family, boldStyle, []byte(set.fonts.bold.data))
	for _, anchor := range slices.Sorted(maps.Keys(laid.anchors)) {
		p.links[anchor] = p.out.AddLink()
	}
	p.pages(laid)
	var b bytes.Buffer
	if err := p.out.Output(&b); err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	if err := p.out.Error(); err != nil {
		return nil, fmt.Errorf("draw pdf: %w", err)
	}
	return b.Bytes(), nil
}

func languageTag(l document.Locale) string {
	if l == document.English {
		return "en-US"
	}
	return "zh-CN"
}

func (p painter) pages(laid laidOut) {
	numbers := make(map[*page]int, len(laid.pages))
	for i, sheet := range laid.pages {
		numbers[sheet] = i + 1
	}
	for _, anchor := range slices.Sorted(maps.Keys(laid.anchors)) {
		at := laid.anchors[anchor]
		// A height of exactly nothing would be lost: fpdf takes it as unset.
		p.out.SetLink(p.links[anchor], max(at.y, 0.01), numbers[at.page])
	}
	last := laid.pages[len(laid.pages)-1]
	entries := laid.entries
	for _, sheet := range laid.pages {
		orientation := "P"
		if sheet.w > sheet.h {
			orientation = "L"
		}
		p.out.AddPageFormat(orientation, fpdf.SizeType{Wd: a4w, Ht: a4h})
		p.out.SetFont(family, plainStyle, 10)
		for len(entries) > 0 && entries[0].spot.page == sheet {
			e := entries[0]
			entries = entries[1:]
			// fpdf reckons every bookmark's height from the foot of the last page.
			p.out.Bookmark(bookmark(e), e.level, e.spot.y+last.h-sheet.h)
		}
		for _, m := range sheet.marks {
			p.mark(m)
		}
		for _, j := range sheet.jumps {
			if id, ok := p.links[j.anchor]; ok {
				p.out.Link(j.x, j.y, j.w, j.h, id)
			}
		}
	}
}

func bookmark(e entry) string {
	if e.number == "" {
		return e.title
	}
	return e.number + "  " + e.title
}

func (p painter) mark(m mark) {
	switch m := m.(type) {
	case textMark:
		p.text(m)
	case rectMark:
		p.out.SetFillColor(m.color.r, m.color.g, m.color.b)
		p.out.Rect(m.x, m.y, m.w, m.h, "F")
	case lineMark:
		p.out.SetDrawColor(m.color.r, m.color.g, m.color.b)
		p.out.SetLineWidth(m.width)
		if m.dots {
			p.out.SetDashPattern([]float64{m.width, 3.2}, 0)
		}
		p.out.Line(m.x1, m.y1, m.x2, m.y2)
		if m.dots {
			p.out.SetDashPattern(nil, 0)
		}
	}
}

func (p painter) text(m textMark) {
	style := plainStyle
	if m.bold {
		style = boldStyle
	}
	p.out.SetFont(family, style, m.size)
	p.out.SetTextColor(m.color.r, m.color.g, m.color.b)
	if m.spread != 0 {
		p.out.RawWriteStr(fmt.Sprintf("%.4f Tc", m.spread))
	}
	for _, r := range p.set.runs(m.text, m.size, m.bold, m.spread) {
		p.out.Text(m.x+r.offset, m.y, r.text)
	}
	if m.spread != 0 {
		p.out.RawWriteStr("0 Tc")
	}
}
