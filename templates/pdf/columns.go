package pdf

import (
	"slices"
	"strings"

	"centerplan/templates/report"
)

// cellPad is the room at either side of a cell.
const cellPad = 4.5

// A grid is the columns of a table, or of one part of it, with their widths.
type grid struct {
	columns []int // indices into the table's columns
	widths  []float64
	size    float64 // of the type
}

// Type sizes a table may be set in, the preferred first.
var tableSizes = []float64{8.5, 8, 7.5, 7}

// grids returns the parts a table must be set in, so that no number is broken:
// one, at the largest type that fits, or several, each with the columns that
// belong to every part.
func (f *flow) grids(t cleanTable, room float64) []grid {
	all := make([]int, len(t.columns))
	for i := range all {
		all[i] = i
	}
	for _, size := range tableSizes {
		if g, ok := f.fit(t, all, size, room); ok {
			return []grid{g}
		}
	}
	size := tableSizes[1]
	var grids []grid
	for _, part := range f.parts(t, size, room) {
		g, _ := f.fit(t, part, size, room)
		grids = append(grids, g)
	}
	return grids
}

// parts divides the columns so that each part fits: as many of the table's own
// parts as fit beside the columns that repeat, or, where one is too wide by
// itself, as many columns.
func (f *flow) parts(t cleanTable, size, room float64) [][]int {
	var units [][]int
	for i, c := range t.columns {
		switch {
		case c.Part == 0:
		case len(units) > 0 && t.columns[units[len(units)-1][0]].Part == c.Part:
			units[len(units)-1] = append(units[len(units)-1], i)
		default:
			units = append(units, []int{i})
		}
	}
	join := func(columns []int) []int {
		var joined []int
		for i, c := range t.columns {
			if c.Part == 0 || slices.Contains(columns, i) {
				joined = append(joined, i)
			}
		}
		return joined
	}
	fits := func(columns []int) bool {
		_, ok := f.fit(t, join(columns), size, room)
		return ok
	}
	parts := pack(units, len(units), fits)
	// As many units in each part as there must be, and no more: parts of one size.
	if even := pack(units, (len(units)+len(parts)-1)/max(len(parts), 1), fits); len(even) == len(parts) {
		parts = even
	}
	for i, part := range parts {
		parts[i] = join(part)
	}
	return parts
}

// pack puts units of columns into as few parts as fits allows, at most so many
// units in each. A unit that does not fit by itself is divided.
func pack(units [][]int, most int, fits func([]int) bool) [][]int {
	var parts [][]int
	var open []int
	count := 0
	flush := func() {
		if len(open) > 0 {
			parts = append(parts, open)
		}
		open, count = nil, 0
	}
	for _, unit := range units {
		if whole := slices.Concat(open, unit); count < most && fits(whole) {
			open = whole
			count++
			continue
		}
		flush()
		for _, column := range unit {
			if len(open) > 0 && !fits(append(slices.Clone(open), column)) {
				flush()
			}
			open = append(open, column)
		}
		count = 1
	}
	flush()
	if len(parts) == 0 {
		parts = append(parts, nil)
	}
	return parts
}

// fit returns the widths the columns take in the room, and whether they fit
// without breaking a number or squeezing a text. When they do not fit the
// widths are scaled down to the room all the same.
func (f *flow) fit(t cleanTable, columns []int, size, room float64) (grid, bool) {
	g := grid{columns: columns, widths: make([]float64, len(columns)), size: size}
	fixed, weights, least := 0.0, 0.0, 0.0
	for i, c := range columns {
		if column := t.columns[c]; column.Weight > 0 {
			weights += column.Weight
			least += f.leastWidth(t, c, size)
			continue
		}
		g.widths[i] = f.naturalWidth(t, c, size)
		fixed += g.widths[i]
	}
	fits := fixed+least <= room
	if weights > 0 {
		rest := max(room-fixed, 24*weights)
		for i, c := range columns {
			if w := t.columns[c].Weight; w > 0 {
				g.widths[i] = rest * w / weights
			}
		}
		f.relieve(t, g)
	}
	total := 0.0
	for _, w := range g.widths {
		total += w
	}
	if weights == 0 && fits {
		for i := range g.widths {
			g.widths[i] += (room - total) / float64(len(columns))
		}
		return g, fits
	}
	if total > room {
		for i := range g.widths {
			g.widths[i] *= room / total
		}
	}
	return g, fits
}

// relieve widens a text column whose longest word does not fit, at the expense
// of those that have room to spare.
func (f *flow) relieve(t cleanTable, g grid) {
	spare := make([]float64, len(g.columns))
	total, short := 0.0, 0.0
	for i, c := range g.columns {
		if t.columns[c].Weight == 0 {
			continue
		}
		least := f.leastWidth(t, c, g.size)
		if g.widths[i] < least {
			short += least - g.widths[i]
			g.widths[i] = least
			continue
		}
		spare[i] = g.widths[i] - least
		total += spare[i]
	}
	if short == 0 || total == 0 {
		return
	}
	for i := range spare {
		g.widths[i] -= spare[i] * min(1, short/total)
	}
}

// naturalWidth is that of a column's widest cell; its title may be broken
// between words.
func (f *flow) naturalWidth(t cleanTable, column int, size float64) float64 {
	c := t.columns[column]
	widest := f.titleWidth(c.Title, size-0.5)
	for _, row := range t.rows {
		if row.Kind == report.Head || column >= len(row.Cells) {
			continue
		}
		bold := c.Strong || row.Kind == report.Total || row.Kind == report.Subtotal
		widest = max(widest, f.set.measure(row.Cells[column].Text, size, bold))
		widest = max(widest, f.set.measure(row.Cells[column].Note, size-1, false))
	}
	return widest + 2*cellPad
}

// titleWidth is the least width in which a column's title takes one line if it
// is short, else two, or three for a long one.
func (f *flow) titleWidth(title string, size float64) float64 {
	whole, most := 0.0, 1
	for line := range strings.SplitSeq(title, "\n") {
		whole = max(whole, f.set.measure(line, size, true))
	}
	if strings.Contains(title, "\n") {
		return whole
	}
	switch {
	case whole > 15*size:
		most = 3
	case whole > 5*size:
		most = 2
	}
	width := whole / float64(most)
	for width < whole && len(f.set.lines(title, size, true, width)) > most {
		width += size / 4
	}
	return min(width, whole)
}

// leastWidth is that of the longest word of a column, within reason: words like
// formulas may be broken.
func (f *flow) leastWidth(t cleanTable, column int, size float64) float64 {
	const reason = 90
	widest := f.set.widestWord(t.columns[column].Title, size-0.5, true)
	for _, row := range t.rows {
		if row.Kind == report.Head || column >= len(row.Cells) {
			continue
		}
		indent := 0.0
		if column == 0 {
			indent = indentWidth(row)
		}
		bold := row.Kind == report.Total || row.Kind == report.Subtotal
		widest = max(widest, indent+f.set.widestWord(row.Cells[column].Text, size, bold))
	}
	least := min(widest, reason) + 2*cellPad
	if column == 0 && len(t.columns) > manyColumns {
		return max(least, 104)
	}
	return max(least, 46)
}

// manyColumns is from where on the first column's names need care: beside many
// numbers they would be squeezed to a word a line.
const manyColumns = 8

func indentWidth(row report.Row) float64 { return 9 * float64(row.Indent) }
