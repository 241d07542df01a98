package report

import (
	"math"
	"strconv"

	"centerplan/budget"
	"centerplan/scenarios"
	"centerplan/templates/format"
)

// budgeted returns the lines that the budget adds up: money on accounts, or
// every sum of money where no line is on an account.
func (w *writer) budgeted() []budget.Line {
	var onAccounts, all []budget.Line
	for _, line := range w.model.Lines {
		if w.unitOf(line.Code).String() != w.model.Currency {
			continue
		}
		all = append(all, line)
		if line.Account != "" {
			onAccounts = append(onAccounts, line)
		}
	}
	if len(onAccounts) > 0 {
		return onAccounts
	}
	return all
}

// adds reports whether the budgeted lines may be added: they are on accounts,
// so none of them is the sum of others.
func (w *writer) adds() bool {
	lines := w.budgeted()
	return len(lines) > 0 && lines[0].Account != ""
}

// A sum adds printed units. Once a failed number is in it, it has failed.
type sum struct {
	units float64
	fault *figure
}

func (s *sum) add(units float64, f figure) {
	if f.fault != nil && s.fault == nil {
		s.fault = &f
	}
	s.units += units
}

func (s *sum) join(other sum) {
	s.units += other.units
	if s.fault == nil {
		s.fault = other.fault
	}
}

// sumCell writes a sum in a table's scale.
func (w *writer) sumCell(s sum, scale format.Scale) Cell {
	if s.fault != nil {
		return Cell{Text: w.faultWord(*s.fault.fault), Tone: Failed}
	}
	return Cell{Text: scale.Text(s.units)}
}

// moneyUnit is the line that says what a table's amounts are in.
func (w *writer) moneyUnit(s format.Scale) string {
	return w.say("report.scale."+strconv.Itoa(s.Exponent), "currency", w.unitWord(w.model.Currency))
}

// months is the budget by month: the lines by group, their subtotals, the
// total, in landscape.
func (w *writer) months() Chapter {
	c := w.chapter("months", "scenario", w.scenario(w.main))
	c.Wide = true
	lines := w.budgeted()
	if len(lines) == 0 {
		return c
	}
	c.add(Block{Table: w.monthTable(lines)})
	return c
}

// A moneyTable is a table of amounts under way: rows of leaves that are rounded
// once, sums that add what is printed.
type moneyTable struct {
	w       *writer
	outcome *scenarios.Outcome
	scale   format.Scale
	buckets [][2]int // the periods of each column
	notes   *faultNotes
}

// leaf returns the cells of a line over the table's columns and their total,
// and adds them to the sums of columns.
func (t *moneyTable) leaf(codes []string, columns []sum) []Cell {
	var cells []Cell
	var whole sum
	for i, bucket := range t.buckets {
		f := t.amount(codes, bucket)
		t.notes.see(f)
		units := 0.0
		if f.fault == nil {
			units = t.scale.Units(f.value)
		}
		var one sum
		one.add(units, f)
		cells = append(cells, t.w.sumCell(one, t.scale))
		columns[i].join(one)
		whole.join(one)
	}
	columns[len(t.buckets)].join(whole)
	return append(cells, t.w.sumCell(whole, t.scale))
}

// amount is the lines' sum over the periods of a column.
func (t *moneyTable) amount(codes []string, bucket [2]int) figure {
	var all figure
	for _, code := range codes {
		f := roll(t.outcome, code, -1, bucket[0], bucket[1])
		if f.fault != nil {
			return f
		}
		all.value += f.value
	}
	return all
}

// sums writes a row of sums.
func (t *moneyTable) sums(columns []sum) []Cell {
	cells := make([]Cell, len(columns))
	for i, s := range columns {
		cells[i] = t.w.sumCell(s, t.scale)
	}
	return cells
}

// largestColumn is the largest sum of amounts, without their signs, that a
// column of a table has. The table's scale is chosen by it, because its totals
// must stay readable too.
func (w *writer) largestColumn(lines []budget.Line, buckets [][2]int) float64 {
	largest := 0.0
	for _, b := range buckets {
		sum := 0.0
		for _, line := range lines {
			if f := roll(w.main, line.Code, -1, b[0], b[1]); f.fault == nil {
				sum += abs(f.value)
			}
		}
		largest = max(largest, sum)
	}
	return largest
}

func (w *writer) monthTable(lines []budget.Line) *Table {
	t := &moneyTable{w: w, outcome: w.main, notes: &faultNotes{w: w}}
	for i := range w.model.Calendar.Months {
		t.buckets = append(t.buckets, [2]int{i, i})
	}
	scale := format.ScaleOf(w.largestColumn(lines, t.buckets), w.Locale)
	t.scale = scale
	table := &Table{Caption: w.say("report.months.table"), Unit: w.moneyUnit(scale), Columns: []Column{{Title: w.say("report.line"), Weight: 1}}}
	table.Columns = append(table.Columns, w.monthColumns()...)
	total := make([]sum, len(t.buckets)+1)
	wanted := map[budget.LineID]bool{}
	for _, line := range lines {
		wanted[line.ID] = true
	}
	w.eachGroup(func(l budget.Line) bool { return wanted[l.ID] }, func(name string, group []budget.Line) {
		columns := make([]sum, len(t.buckets)+1)
		if name != "" {
			table.Rows = append(table.Rows, Row{Kind: Head, Cells: []Cell{{Text: name}}})
		}
		for _, line := range group {
			table.Rows = append(table.Rows, Row{Indent: 1, Cells: append([]Cell{{Text: w.text(line.Title())}}, t.leaf([]string{line.Code}, columns)...)})
		}
		if w.adds() && len(group) > 1 && len(group) < len(lines) {
			table.Rows = append(table.Rows, Row{Kind: Subtotal, Cells: append([]Cell{{Text: w.say("report.subtotal")}}, t.sums(columns)...)})
		}
		for i := range total {
			total[i].join(columns[i])
		}
	})
	if w.adds() {
		table.Rows = append(table.Rows, Row{Kind: Total, Cells: append([]Cell{{Text: w.say("report.total")}}, t.sums(total)...)})
		table.Footnotes = append(table.Footnotes, w.footing(lines, total[len(total)-1], scale)...)
	}
	table.Footnotes = append(t.notes.list(), table.Footnotes...)
	return table
}

// footing says how the printed total differs from the engine's where that is
// more than a printed unit, and where the plan's own total line says something
// else than the lines on accounts.
func (w *writer) footing(lines []budget.Line, printed sum, scale format.Scale) []string {
	if printed.fault != nil {
		return nil
	}
	var exact float64
	for _, line := range lines {
		f := total(w.main, line.Code)
		if f.fault != nil {
			return nil
		}
		exact += f.value
	}
	var notes []string
	if off := printed.units - scale.Units(exact); math.Abs(off) > 1 {
		notes = append(notes, w.say("report.footing", "exact", scale.Text(scale.Units(exact)), "difference", scale.Text(off)))
	}
	line, ok := w.model.ByCode(w.keys.total)
	own := total(w.main, w.keys.total)
	if !ok || own.fault != nil {
		return notes
	}
	if off := own.value - exact; math.Abs(off) > scale.Size() {
		notes = append(notes, w.say("report.footing.own", "line", w.text(line.Title()),
			"value", scale.Text(scale.Units(own.value)), "difference", scale.Text(scale.Units(off))))
	}
	return notes
}
