package report

import (
	"math"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/unit"
	"centerplan/templates/format"
)

// volume is demand and capacity by month: every line that is not money.
func (w *writer) volume() Chapter {
	c := w.chapter("volume", "scenario", w.scenario(w.main))
	c.Wide = true
	for _, code := range []string{w.keys.volume, w.keys.fte} {
		if chart := w.monthChart(code); chart != nil {
			c.add(Block{Chart: chart})
		}
	}
	if table := w.volumeTable(); len(table.Rows) > 0 {
		c.add(Block{Table: table})
	}
	return c
}

func (w *writer) unitOf(code string) unit.Unit {
	series, _ := w.main.Results.Series(code)
	return series.Unit
}

// isMoney reports whether a unit has the plan's currency in it.
func (w *writer) isMoney(u unit.Unit) bool { return strings.Contains(u.String(), w.model.Currency) }

// monthChart draws a line by month, unless it is the same in every month: such
// a chart shows nothing.
func (w *writer) monthChart(code string) *Chart {
	line, ok := w.model.ByCode(code)
	if !ok {
		return nil
	}
	chart := &Chart{Kind: Columns, Title: w.text(line.Title()), Unit: w.unit(w.unitOf(code))}
	s := Series{Name: chart.Title}
	varies := false
	m := w.mannerOf(line, w.unitOf(code), w.largest(line))
	for i := range w.model.Calendar.Months {
		f := roll(w.main, code, -1, i, i)
		chart.Labels = append(chart.Labels, w.monthLabel(i))
		if f.fault != nil {
			s.Values, s.Texts = append(s.Values, nil), append(s.Texts, w.faultWord(*f.fault))
			varies = true
			continue
		}
		s.Values, s.Texts = append(s.Values, &f.value), append(s.Texts, w.monthText(m, f.value))
		first := s.Values[0]
		varies = varies || first == nil || m.units(*first) != m.units(f.value)
	}
	if !varies {
		return nil
	}
	chart.Series = []Series{s}
	return chart
}

// monthText writes a number above a bar: large ones compactly.
func (w *writer) monthText(m manner, value float64) string {
	if !m.percent && math.Abs(value) >= 1e5 {
		return format.Compact(value, w.Locale)
	}
	return m.text(value)
}

// monthLabel names a period; in a plan of several years a January carries its
// year.
func (w *writer) monthLabel(period int) string {
	month := w.model.Calendar.Month(period)
	if w.model.Calendar.Months > 12 && (period == 0 || month.Number() == 1) {
		return strconv.Itoa(month.Year()) + "\n" + format.Month(month, w.Locale)
	}
	return format.Month(month, w.Locale)
}

// monthColumns are one column a month and one for the whole, in half-years
// where the page is too narrow for all.
func (w *writer) monthColumns() []Column {
	var columns []Column
	for i := range w.model.Calendar.Months {
		columns = append(columns, Column{Title: w.monthLabel(i), Align: Right, Part: 1 + i/6})
	}
	return append(columns, Column{Title: w.say("report.whole"), Align: Right, Strong: true, Part: 1 + (w.model.Calendar.Months-1)/6})
}

// largest returns the largest size of a line's months, failed ones left out.
func (w *writer) largest(line budget.Line) float64 {
	largest := 0.0
	for i := range w.model.Calendar.Months {
		if f := roll(w.main, line.Code, -1, i, i); f.fault == nil {
			largest = max(largest, math.Abs(f.value))
		}
	}
	return largest
}

// isOperational reports whether a line is neither money nor in a group that is
// mostly about money, such as prices and rates of pay.
func (w *writer) isOperational(line budget.Line) bool {
	if w.isMoney(w.unitOf(line.Code)) {
		return false
	}
	money, all := 0, w.model.InGroup(line.Group)
	for _, other := range all {
		if w.isMoney(w.unitOf(other.Code)) {
			money++
		}
	}
	return 2*money <= len(all)
}

func (w *writer) volumeTable() *Table {
	table := &Table{Caption: w.say("report.volume.table"), Columns: []Column{
		{Title: w.say("report.line"), Weight: 1}, {Title: w.say("report.unit")},
	}}
	table.Columns = append(table.Columns, w.monthColumns()...)
	notes := &faultNotes{w: w}
	w.eachGroup(w.isOperational, func(name string, lines []budget.Line) {
		if name != "" {
			table.Rows = append(table.Rows, Row{Kind: Head, Cells: []Cell{{Text: name}}})
		}
		for _, line := range lines {
			table.Rows = append(table.Rows, w.volumeRows(line, notes)...)
		}
	})
	table.Footnotes = append(notes.list(), w.say("report.volume.whole"))
	return table
}

// eachGroup calls do with each group's lines that want picks, in order; lines
// without a group come last, without a name.
func (w *writer) eachGroup(want func(budget.Line) bool, do func(name string, lines []budget.Line)) {
	pick := func(id string) []budget.Line {
		var lines []budget.Line
		for _, line := range w.model.InGroup(id) {
			if want(line) {
				lines = append(lines, line)
			}
		}
		return lines
	}
	for _, group := range w.model.Groups {
		if lines := pick(group.ID); len(lines) > 0 {
			do(w.text(group.Name.Or(group.Code)), lines)
		}
	}
	if lines := pick(""); len(lines) > 0 {
		do("", lines)
	}
}

// volumeRows are a line's row and, for a line with dimensions, one more for
// each member combination.
func (w *writer) volumeRows(line budget.Line, notes *faultNotes) []Row {
	u := w.unitOf(line.Code)
	m := w.mannerOf(line, u, w.largest(line))
	label := w.unit(u)
	if m.percent {
		label = "%"
	}
	rows := []Row{w.monthRow(line, -1, m, notes)}
	rows[0].Cells = append([]Cell{{Text: w.text(line.Title())}, {Text: label, Tone: Muted}}, rows[0].Cells...)
	if len(line.By) == 0 {
		return rows
	}
	for lane, members := range w.model.Lanes(line.By) {
		row := w.monthRow(line, lane, m, notes)
		row.Indent = 2
		row.Cells = append([]Cell{{Text: w.members(line, members), Tone: Muted}, {}}, row.Cells...)
		rows = append(rows, row)
	}
	return rows
}

// monthRow writes a line's months and its roll-up. Where the roll-up is the
// months' sum, it adds what is printed.
func (w *writer) monthRow(line budget.Line, lane int, m manner, notes *faultNotes) Row {
	var row Row
	var sum, printed float64
	months := w.model.Calendar.Months
	failed := false
	for i := range months {
		f := roll(w.main, line.Code, lane, i, i)
		notes.see(f)
		cell := w.cell(f, m)
		if m.percent && f.fault == nil {
			cell.Text = strings.TrimSuffix(cell.Text, "%")
		}
		row.Cells = append(row.Cells, cell)
		failed = failed || f.fault != nil
		sum += f.value
		printed += m.units(f.value)
	}
	whole := roll(w.main, line.Code, lane, 0, months-1)
	notes.see(whole)
	cell := w.cell(whole, m)
	if !failed && !m.percent && whole.fault == nil && months > 1 && sameSum(sum, whole.value) {
		cell.Text = m.printed(printed)
	}
	if m.percent {
		cell.Text = strings.TrimSuffix(cell.Text, "%")
	}
	row.Cells = append(row.Cells, cell)
	return row
}

// sameSum reports whether a roll-up is the sum of its months, but for the noise
// of adding.
func sameSum(sum, whole float64) bool {
	return sum != 0 && math.Abs(sum-whole) <= 1e-9*math.Abs(sum)
}

// members names a member combination of a line.
func (w *writer) members(line budget.Line, codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = w.member(code, line.By[i])
	}
	return strings.Join(names, " / ")
}

// member names a member of one of the dimensions; without its name it is its
// code.
func (w *writer) member(code string, dimensions ...string) string {
	for _, by := range dimensions {
		dimension, _ := w.model.Dimension(by)
		for _, member := range dimension.Members {
			if member.Code == code {
				return w.text(member.Name.Or(code))
			}
		}
	}
	return code
}
