package pdf

// Everything is laid out before anything is drawn: a page is a list of marks in
// points from its upper left corner. So page numbers are known before the
// contents are set, and tests can ask where a text stands without reading a PDF.

// A color is red, green, blue.
type color struct{ r, g, b int }

// The palette, the page's light theme.
var (
	ink       = color{0x1a, 0x1f, 0x27}
	grey      = color{0x53, 0x5c, 0x69}
	pale      = color{0x8a, 0x93, 0xa0}
	accent    = color{0x0b, 0x5c, 0xad}
	deep      = color{0x0a, 0x3d, 0x73} // the cover
	hair      = color{0xdc, 0xe1, 0xe8}
	rule      = color{0xb4, 0xbd, 0xc9}
	shade     = color{0xf4, 0xf6, 0xf9}
	shadeMore = color{0xe8, 0xee, 0xf5}
	white     = color{0xff, 0xff, 0xff}
	good      = color{0x00, 0x70, 0x5a}
	poor      = color{0xb8, 0x4a, 0x00}
	bad       = color{0xb3, 0x26, 0x1e}
)

// A mark is something drawn.
type mark interface{ isMark() }

// A textMark is one line of text with its baseline at y.
type textMark struct {
	x, y   float64
	text   string
	size   float64
	bold   bool
	color  color
	spread float64 // added behind each character to reach the right edge
}

// A rectMark is a filled rectangle.
type rectMark struct {
	x, y, w, h float64
	color      color
}

// A lineMark is a straight line.
type lineMark struct {
	x1, y1, x2, y2 float64
	width          float64
	color          color
	dots           bool
}

func (textMark) isMark() {}
func (rectMark) isMark() {}
func (lineMark) isMark() {}

// A jump is an area that leads to an anchor when clicked.
type jump struct {
	x, y, w, h float64
	anchor     string
}

// A page is one sheet.
type page struct {
	w, h    float64
	marks   []mark
	jumps   []jump
	bare    bool   // without header and footer
	chapter string // the title the header shows
}

func (p *page) add(m ...mark) { p.marks = append(p.marks, m...) }

// A spot is a place that a link leads to.
type spot struct {
	page *page
	y    float64
}

// An entry is a line of the contents and of the bookmarks.
type entry struct {
	level  int
	number string
	title  string
	anchor string
	spot   spot
}
