// Package report turns a plan and its results into a document that people
// read: chapters of headings, paragraphs, tables, key figures and charts.
//
// A Document is values only. It holds finished text in one language, numbers
// already formatted, and no page: package pdf lays it out on paper, and the web
// page draws the same charts from the same model. Nothing here knows a font.
package report

import "centerplan/planning/document"

// A Document is a whole report in one language.
type Document struct {
	Title    string          `json:"title"`
	Language document.Locale `json:"language"`
	// Date is the day the report is dated, as 2027-01-31, or empty. The PDF
	// carries it as its date of creation, so that the same document gives the
	// same bytes.
	Date     string    `json:"date"`
	Cover    Cover     `json:"cover"`
	Words    Words     `json:"words"`
	Chapters []Chapter `json:"chapters"`
}

// Words are the few texts a renderer needs besides the document's own.
type Words struct {
	Contents  string `json:"contents"`
	Continued string `json:"continued"` // behind the caption of a table that goes on
	Page      string `json:"page"`      // with {page} and {pages}
	Header    string `json:"header"`    // runs along the top of each page, at the left
	Footer    string `json:"footer"`    // runs along the foot of each page, at the left
	// Missing, with {count}, says that characters were replaced because the
	// fonts lack them. It is printed only then.
	Missing string `json:"missing"`
}

// A Cover is the first page.
type Cover struct {
	Over           string `json:"over"` // the small line above the title
	Title          string `json:"title"`
	Subtitle       string `json:"subtitle"`
	Year           string `json:"year"`
	Facts          []Fact `json:"facts"`
	Classification string `json:"classification"`
	// Motif is the series the cover's ornament draws, one bar a value, or empty.
	Motif []float64 `json:"motif,omitempty"`
}

// A Fact is a name and what it is.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Chapter is a numbered part that the contents list.
type Chapter struct {
	Title  string  `json:"title"`
	Anchor string  `json:"anchor"`
	Lead   string  `json:"lead,omitempty"` // a sentence below the title
	Wide   bool    `json:"wide,omitempty"` // set on landscape pages
	Blocks []Block `json:"blocks"`
}

// A Block is one piece of a chapter. Exactly one member is set.
type Block struct {
	Heading   *Heading   `json:"heading,omitempty"`
	Paragraph *Paragraph `json:"paragraph,omitempty"`
	List      *List      `json:"list,omitempty"`
	Table     *Table     `json:"table,omitempty"`
	Figures   *Figures   `json:"figures,omitempty"`
	Chart     *Chart     `json:"chart,omitempty"`
	Note      *Note      `json:"note,omitempty"`
}

// A Heading is a title within a chapter. Level 1 is listed in the contents and
// the bookmarks, level 2 is not.
type Heading struct {
	Text   string `json:"text"`
	Level  int    `json:"level"`
	Anchor string `json:"anchor,omitempty"`
}

// A Paragraph is running text. Lead sets it larger, Quiet smaller and grey.
type Paragraph struct {
	Text  string `json:"text"`
	Style Style  `json:"style,omitempty"`
	Link  string `json:"link,omitempty"` // an anchor the paragraph leads to
}

// A Style is how a paragraph is set.
type Style string

// The styles.
const (
	Plain Style = ""
	Lead  Style = "lead"
	Quiet Style = "quiet"
	Quote Style = "quote"
)

// A List is points one below the other, numbered or with bullets.
type List struct {
	Numbered bool   `json:"numbered,omitempty"`
	Items    []Item `json:"items"`
}

// An Item is one point of a list. Label, where set, stands before the text in
// bold.
type Item struct {
	Label string `json:"label,omitempty"`
	Text  string `json:"text"`
	Link  string `json:"link,omitempty"`
}

// A Tone is how good something is for the plan. It colours a text and never
// says alone what the text does not.
type Tone string

// The tones.
const (
	Neutral      Tone = ""
	Favourable   Tone = "favourable"
	Unfavourable Tone = "unfavourable"
	Failed       Tone = "failed" // the cell has no value; its text says why
	Muted        Tone = "muted"
)

// Figures are the tiles with the plan's few most important numbers.
type Figures struct {
	Tiles []Tile `json:"tiles"`
}

// A Tile is one number, what it is and how it compares.
type Tile struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Note  string `json:"note,omitempty"`
	Tone  Tone   `json:"tone,omitempty"` // of the note; Failed is of the value
}

// A Note is a framed remark.
type Note struct {
	Title string `json:"title,omitempty"`
	Text  string `json:"text"`
	Tone  Tone   `json:"tone,omitempty"`
}
