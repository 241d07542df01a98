package pdf

import "centerplan/templates/report"

// A TextBox is where a piece of text stands, for tests.
type TextBox struct {
	Page                     int // from 1
	Left, Top, Right, Bottom float64
	Text                     string
}

// A SheetSize is the size of a page in points.
type SheetSize struct{ W, H float64 }

// A ContentsEntry is a line of the contents and the page it leads to.
type ContentsEntry struct {
	Title string
	Page  int
}

// LayOut returns what stands where in a document.
func LayOut(doc report.Document) (boxes []TextBox, sheets []SheetSize, entries []ContentsEntry, broken []string) {
	fonts, err := loadFonts()
	if err != nil {
		panic(err)
	}
	set := newTypesetter(fonts, doc.Language)
	laid := layOut(doc, set)
	numbers := map[*page]int{}
	for i, sheet := range laid.pages {
		numbers[sheet] = i + 1
		sheets = append(sheets, SheetSize{sheet.w, sheet.h})
		for _, m := range sheet.marks {
			if text, ok := m.(textMark); ok && text.text != "" {
				width := set.measure(text.text, text.size, text.bold) + text.spread*float64(len([]rune(text.text))-1)
				boxes = append(boxes, TextBox{
					Page: i + 1, Left: text.x, Right: text.x + width,
					Top: text.y - 0.74*text.size, Bottom: text.y + 0.12*text.size, Text: text.text,
				})
			}
		}
		for _, j := range sheet.jumps {
			if _, ok := laid.anchors[j.anchor]; !ok {
				broken = append(broken, j.anchor)
			}
		}
	}
	for _, e := range laid.entries {
		entries = append(entries, ContentsEntry{e.title, numbers[e.spot.page]})
	}
	return boxes, sheets, entries, broken
}
