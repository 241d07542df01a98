package pdf

import (
	"strings"

	"centerplan/templates/report"
)

// A cleanTable is a table whose every text can be printed.
type cleanTable struct {
	caption, unit string
	columns       []report.Column
	rows          []report.Row
	footnotes     []string
}

func (f *flow) cleanTable(t report.Table) cleanTable {
	c := cleanTable{caption: f.line(t.Caption), unit: f.line(t.Unit)}
	for _, column := range t.Columns {
		column.Title = f.clean(column.Title)
		c.columns = append(c.columns, column)
	}
	for _, row := range t.Rows {
		cells := make([]report.Cell, len(row.Cells))
		for i, cell := range row.Cells {
			cell.Text, cell.Note = f.clean(cell.Text), f.clean(cell.Note)
			cells[i] = cell
		}
		row.Cells = cells
		c.rows = append(c.rows, row)
	}
	for _, note := range t.Footnotes {
		c.footnotes = append(c.footnotes, f.clean(note))
	}
	return c
}

// table sets a table, in several parts one below the other where it is too wide
// for the page.
func (f *flow) table(t report.Table) {
	c := f.cleanTable(t)
	if len(c.columns) == 0 {
		return
	}
	f.gap(6)
	grids := f.grids(c, f.frame.width())
	for i, g := range grids {
		if i > 0 {
			f.advance(10)
		}
		w := &tableWriter{flow: f, table: c, grid: g, leading: g.size * 1.42, begun: i > 0}
		if i == len(grids)-1 {
			w.tail = f.footnotesHeight(c)
		}
		w.write()
	}
	for _, note := range c.footnotes {
		f.advance(2)
		f.text(note, footnoteStyle)
	}
	f.advance(16)
}

var footnoteStyle = textStyle{size: 7.8, leading: 11.5, color: grey}

func (f *flow) footnotesHeight(c cleanTable) float64 {
	height := 4.0
	for _, note := range c.footnotes {
		height += 2 + float64(len(f.set.lines(note, footnoteStyle.size, false, f.frame.width())))*footnoteStyle.leading
	}
	return height
}

// A tableWriter sets one part of a table.
type tableWriter struct {
	*flow
	tail    float64 // the height of what must stand below the last row
	table   cleanTable
	grid    grid
	leading float64
	begun   bool
}

const rowPad = 3.4

func (w *tableWriter) write() {
	heights := make([]float64, len(w.table.rows))
	whole := 46.0 + w.tail
	for i, row := range w.table.rows {
		_, count := w.rowLines(row)
		heights[i] = float64(count)*w.leading + 2*rowPad
		whole += heights[i]
	}
	limit := wholeTable
	if w.begun {
		limit = 1 // a further part begins a page rather than be divided
	}
	if whole < limit*(w.frame.bottom-w.frame.top) {
		w.need(whole)
	}
	w.head()
	for i, row := range w.table.rows {
		w.row(row, w.keep(i, heights))
	}
	w.page.add(lineMark{x1: w.frame.left, y1: w.y, x2: w.frame.left + w.width(), y2: w.y, width: 0.8, color: accent})
	w.advance(4)
}

// A table lower than this part of a page is not divided.
const wholeTable = 0.42

// lastRows is how many rows stand on a table's last page at least.
const lastRows = 3

// keep is the height that must follow a row on its page: a group's title is not
// left alone, nor are the last few rows divided.
func (w *tableWriter) keep(i int, heights []float64) float64 {
	n, height := len(heights), 0.0
	last := i
	for last < n-1 && w.table.rows[last].Kind == report.Head {
		last++
	}
	if n-last <= lastRows {
		last = n - 1
		height = w.tail
	}
	for j := i + 1; j <= last; j++ {
		height += heights[j]
	}
	return min(height, (w.frame.bottom-w.frame.top)/4)
}

func (w *tableWriter) width() float64 {
	total := 0.0
	for _, each := range w.grid.widths {
		total += each
	}
	return total
}

// head sets the caption, the unit and the columns' titles. It is set again on
// each page the table goes on to.
func (w *tableWriter) head() {
	var titles [][]string
	height := 0
	size := w.grid.size - 0.5
	for i, c := range w.grid.columns {
		lines := w.set.balanced(w.table.columns[c].Title, size, true, w.grid.widths[i]-2*cellPad)
		titles = append(titles, lines)
		height = max(height, len(lines))
	}
	leading := size * 1.35
	headHeight := float64(height)*leading + 2*rowPad + 1
	w.need(20 + headHeight + 3*(w.leading+2*rowPad))
	w.captionLine()
	w.page.add(lineMark{x1: w.frame.left, y1: w.y, x2: w.frame.left + w.width(), y2: w.y, width: 0.8, color: accent})
	x := w.frame.left
	for i, lines := range titles {
		column := w.table.columns[w.grid.columns[i]]
		top := w.y + rowPad + float64(height-len(lines))*leading
		for j, line := range lines {
			baseline := top + float64(j)*leading + leading*0.5 + size*0.36
			w.place(line, column.Align, x, w.grid.widths[i], baseline, textStyle{size: size, bold: true, color: grey})
		}
		x += w.grid.widths[i]
	}
	w.advance(headHeight)
	w.page.add(lineMark{x1: w.frame.left, y1: w.y, x2: w.frame.left + w.width(), y2: w.y, width: 0.5, color: rule})
	w.begun = true
}

// captionLine sets the caption at the left and the unit at the right, or below
// where both do not fit on a line.
func (w *tableWriter) captionLine() {
	caption := w.table.caption
	if w.begun && w.doc.Words.Continued != "" && caption != "" {
		caption += " " + w.clean(w.doc.Words.Continued)
	}
	if caption == "" && w.table.unit == "" {
		return
	}
	const size, leading = 9.5, 15.0
	unitWidth := w.set.measure(w.table.unit, 7.8, false)
	room := w.frame.width()
	if w.table.unit != "" {
		room -= unitWidth + 16
	}
	if room < 120 {
		room = w.frame.width()
	}
	for _, line := range w.set.lines(caption, size, true, room) {
		w.page.add(textMark{x: w.frame.left, y: w.y + 10, text: trimmed(line), size: size, bold: true, color: ink})
		w.advance(leading)
	}
	if w.table.unit != "" {
		if room == w.frame.width() {
			w.text(w.table.unit, textStyle{size: 7.8, leading: 11.5, color: grey})
		} else {
			w.page.add(textMark{x: w.frame.left + w.width() - unitWidth, y: w.y - 5, text: w.table.unit, size: 7.8, color: grey})
		}
	}
	w.advance(1.5)
}

// A cellLine is one line of a cell.
type cellLine struct {
	text  string
	style textStyle
}

// cellLines breaks a cell of a row into lines.
func (w *tableWriter) cellLines(row report.Row, column, position int, width float64) []cellLine {
	if column >= len(row.Cells) {
		return nil
	}
	cell := row.Cells[column]
	s := textStyle{size: w.grid.size, color: toneColor(cell.Tone)}
	s.bold = w.table.columns[column].Strong || row.Kind == report.Subtotal || row.Kind == report.Total
	if row.Kind == report.Head {
		s.bold, s.color = true, accent
	}
	if s.link = cell.Link; s.link != "" && cell.Tone == report.Neutral {
		s.color = accent
	}
	if position == 0 {
		width -= indentWidth(row)
	}
	var lines []cellLine
	add := func(text string, s textStyle) {
		if text == "" {
			return
		}
		// A number stays whole: its column is as wide as it needs, unless the
		// page itself is too narrow.
		broken := w.set.lines(text, s.size, s.bold, width-2*cellPad)
		for _, line := range broken {
			lines = append(lines, cellLine{trimmed(line), s})
		}
	}
	add(cell.Text, s)
	note := s
	note.size, note.bold, note.color = s.size-1, false, grey
	if cell.NoteTone != report.Neutral {
		note.color = toneColor(cell.NoteTone)
	}
	add(cell.Note, note)
	return lines
}

func toneColor(t report.Tone) color {
	switch t {
	case report.Favourable:
		return good
	case report.Unfavourable:
		return poor
	case report.Failed:
		return bad
	case report.Muted:
		return pale
	default:
		return ink
	}
}

// row sets a row, over several pages where it is higher than the rest of one
// and more than a third of a page. Keep is the height that must follow it on
// the same page.
func (w *tableWriter) row(row report.Row, keep float64) {
	cells, count := w.rowLines(row)
	whole := float64(count)*w.leading + 2*rowPad
	if whole+keep > w.left() && whole < (w.frame.bottom-w.frame.top)/3 {
		w.turn()
	}
	for from := 0; from < count; {
		fits := int((w.left() - 2*rowPad) / w.leading)
		if fits < min(2, count-from) {
			w.turn()
			fits = max(int((w.left()-2*rowPad)/w.leading), 1)
		}
		to := min(from+fits, count)
		w.piece(row, cells, from, to)
		from = to
	}
}

// rowLines breaks the cells of a row into lines and returns the most of them.
func (w *tableWriter) rowLines(row report.Row) (cells [][]cellLine, count int) {
	cells, count = make([][]cellLine, len(w.grid.columns)), 1
	for i, c := range w.grid.columns {
		width := w.grid.widths[i]
		if row.Kind == report.Head {
			if i > 0 {
				break
			}
			width = w.width()
		}
		cells[i] = w.cellLines(row, c, i, width)
		count = max(count, len(cells[i]))
	}
	return cells, count
}

// turn goes on on the next page, below the table's head.
func (w *tableWriter) turn() {
	w.page.add(lineMark{x1: w.frame.left, y1: w.y, x2: w.frame.left + w.width(), y2: w.y, width: 0.5, color: rule})
	w.newPage()
	w.head()
}

// piece sets the lines [from, to) of a row's cells.
func (w *tableWriter) piece(row report.Row, cells [][]cellLine, from, to int) {
	height := float64(to-from)*w.leading + 2*rowPad
	width := w.width()
	switch row.Kind {
	case report.Total:
		w.page.add(rectMark{x: w.frame.left, y: w.y, w: width, h: height, color: shadeMore},
			lineMark{x1: w.frame.left, y1: w.y, x2: w.frame.left + width, y2: w.y, width: 0.8, color: accent})
	case report.Subtotal:
		w.page.add(rectMark{x: w.frame.left, y: w.y, w: width, h: height, color: shade})
	default:
	}
	if from == 0 {
		w.anchor(row.Anchor)
	}
	x := w.frame.left
	for i, lines := range cells {
		column := w.table.columns[w.grid.columns[i]]
		at, room := x, w.grid.widths[i]
		if i == 0 {
			at += indentWidth(row)
			room -= indentWidth(row)
		}
		for j := from; j < min(to, len(lines)); j++ {
			baseline := w.y + rowPad + float64(j-from)*w.leading + w.leading*0.5 + w.grid.size*0.36
			w.place(lines[j].text, column.Align, at, room, baseline, lines[j].style)
		}
		x += w.grid.widths[i]
	}
	w.advance(height)
	w.page.add(lineMark{x1: w.frame.left, y1: w.y, x2: w.frame.left + width, y2: w.y, width: 0.35, color: hair})
}

// place sets one line in a cell at its side.
func (w *tableWriter) place(text string, align report.Align, x, width, baseline float64, s textStyle) {
	text = strings.TrimRight(text, " ")
	wide := w.set.measure(text, s.size, s.bold)
	var at float64
	switch align {
	case report.Right:
		at = x + width - cellPad - wide
	case report.Center:
		at = x + (width-wide)/2
	default:
		at = x + cellPad
	}
	w.page.add(textMark{x: at, y: baseline, text: text, size: s.size, bold: s.bold, color: s.color})
	w.link(s.link, at, baseline-s.size, wide, s.size*1.3)
}
