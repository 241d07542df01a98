package report

// A Table is rows of cells below named columns.
type Table struct {
	Caption string `json:"caption,omitempty"`
	// Unit is the line that says what the numbers are in.
	Unit    string   `json:"unit,omitempty"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
	// Footnotes stand below the table, each on its own line.
	Footnotes []string `json:"footnotes,omitempty"`
}

// An Align is the side a column's cells keep to.
type Align string

// The alignments.
const (
	Left   Align = ""
	Right  Align = "right"
	Center Align = "center"
)

// A Column is a column's head and manner.
type Column struct {
	Title string `json:"title"`
	Align Align  `json:"align,omitempty"`
	// Weight is the column's share of the width that columns with text divide
	// among them. A column with weight 0 is as wide as its widest cell and never
	// broken into lines, as numbers want it.
	Weight float64 `json:"weight,omitempty"`
	// Part says which part of a table too wide for the page the column belongs
	// to; 0 repeats it in every part. Parts are numbered from 1, in order.
	Part int `json:"part,omitempty"`
	// Strong sets the column in bold, as a total's.
	Strong bool `json:"strong,omitempty"`
}

// A RowKind is what a row is for.
type RowKind string

// The kinds of row.
const (
	Leaf     RowKind = ""
	Head     RowKind = "head" // a group's title, across the table
	Subtotal RowKind = "subtotal"
	Total    RowKind = "total"
)

// A Row is one row. A head has one cell.
type Row struct {
	Kind   RowKind `json:"kind,omitempty"`
	Indent int     `json:"indent,omitempty"` // steps the first cell is set in
	Anchor string  `json:"anchor,omitempty"`
	Cells  []Cell  `json:"cells"`
}

// A Cell is a finished text.
type Cell struct {
	Text string `json:"text"`
	Tone Tone   `json:"tone,omitempty"`
	Link string `json:"link,omitempty"` // an anchor the cell leads to
	// Note is a second, smaller text below the first.
	Note     string `json:"note,omitempty"`
	NoteTone Tone   `json:"note_tone,omitempty"`
}

// A ChartKind is how a chart is drawn.
type ChartKind string

// The kinds of chart.
const (
	Bars    ChartKind = "bars"    // lying bars, one row a label: things with long names
	Columns ChartKind = "columns" // standing bars, one step a label: months
	// Steps are lying bars from one total to another: the first and the last are
	// totals, those between begin where the one before ends.
	Steps ChartKind = "steps"
)

// A Chart is a bar chart. Every text is finished; Values only give lengths.
type Chart struct {
	Kind   ChartKind `json:"kind"`
	Title  string    `json:"title"`
	Unit   string    `json:"unit,omitempty"`
	Labels []string  `json:"labels"`
	Series []Series  `json:"series"`
	// Floor is where the axis of steps begins, so that they can be seen beside
	// their totals; 0 cuts nothing off.
	Floor float64 `json:"floor,omitempty"`
	// Alt says in a sentence what the chart shows. Steps have it below their title.
	Alt string `json:"alt,omitempty"`
}

// A Series is one set of bars, a value for each label.
type Series struct {
	Name string `json:"name"`
	// Values may hold null for a bar that failed; its text then says why.
	Values []*float64 `json:"values"`
	Texts  []string   `json:"texts"`
	// Notes, where set, stand behind the texts, such as a difference; Tones
	// colour them, and of steps the bars and their texts.
	Notes []string `json:"notes,omitempty"`
	Tones []Tone   `json:"tones,omitempty"`
}
