package report

import (
	"slices"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/scenarios"
	"centerplan/templates/format"
)

// comparison sets the scenarios side by side: totals, their difference to base
// and what makes it, what each changes.
func (w *writer) comparison() Chapter {
	c := w.chapter("comparison")
	if len(w.beside) < 2 {
		return c
	}
	if chart := w.totalsChart(w.keys.total); chart != nil {
		c.add(Block{Chart: chart})
	}
	if table := w.comparisonTable(); len(table.Columns) > 1 {
		c.add(Block{Table: table})
	}
	c.add(w.differences()...)
	if table := w.changesTable(); len(table.Rows) > 0 {
		c.add(heading(w.say("report.changes"), 1), paragraph(w.say("report.changes.lead"), Plain), Block{Table: table})
	}
	return c
}

// totalsChart draws a line's total in each scenario, with its difference to
// base.
func (w *writer) totalsChart(code string) *Chart {
	line, ok := w.model.ByCode(code)
	if !ok || len(w.beside) < 2 {
		return nil
	}
	unit := w.unitOf(code)
	chart := &Chart{Kind: Bars, Title: w.say("report.by_scenario", "line", w.text(line.Title())), Unit: w.unit(unit)}
	var largest float64
	for _, o := range w.beside {
		if f := total(o, code); f.fault == nil {
			largest = max(largest, abs(f.value))
		}
	}
	m := w.mannerOf(line, unit, largest)
	text := m.text
	if unit.String() == w.model.Currency {
		scale := format.ScaleOf(largest, w.Locale)
		chart.Unit = w.moneyUnit(scale)
		text = func(v float64) string { return scale.Text(scale.Units(v)) }
	}
	base := total(w.base, code)
	var s Series
	for _, o := range w.beside {
		f := total(o, code)
		chart.Labels = append(chart.Labels, w.scenario(o))
		note, good := "", Neutral
		switch {
		case f.fault != nil:
			s.Values, s.Texts = append(s.Values, nil), append(s.Texts, w.faultWord(*f.fault))
		default:
			s.Values, s.Texts = append(s.Values, &f.value), append(s.Texts, text(f.value))
			if o != w.base && base.fault == nil && text(f.value) != text(base.value) {
				difference := f.value - base.value
				note, good = arrow(difference)+w.change(m, difference, base.value), tone(difference, line.Sense)
			}
		}
		s.Notes, s.Tones = append(s.Notes, note), append(s.Tones, good)
	}
	chart.Series = []Series{s}
	return chart
}

// comparisonTable has a row for each scenario and a column for each key line.
func (w *writer) comparisonTable() *Table {
	table := &Table{Caption: w.say("report.comparison.table"), Columns: []Column{{Title: w.say("report.scenario"), Weight: 1}}}
	notes := &faultNotes{w: w}
	table.Rows = make([]Row, len(w.beside))
	for i, o := range w.beside {
		table.Rows[i].Cells = []Cell{{Text: w.scenario(o)}}
		if o == w.main {
			table.Rows[i].Kind = Subtotal
		}
	}
	for _, code := range []string{w.keys.volume, w.keys.resolution, w.keys.fte, w.keys.total, w.keys.perContact, w.keys.perIssue} {
		line, ok := w.model.ByCode(code)
		if !ok {
			continue
		}
		title, cells := w.comparedColumn(line, notes)
		table.Columns = append(table.Columns, Column{Title: title, Align: Right})
		for i := range table.Rows {
			table.Rows[i].Cells = append(table.Rows[i].Cells, cells[i])
		}
	}
	table.Footnotes = append(notes.list(), w.say("report.comparison.note", "scenario", w.scenario(w.main)))
	return table
}

// comparedColumn writes a line's total in each scenario above its difference
// to base.
func (w *writer) comparedColumn(line budget.Line, notes *faultNotes) (title string, cells []Cell) {
	unit := w.unitOf(line.Code)
	var largest float64
	figures := make([]figure, len(w.beside))
	for i, o := range w.beside {
		figures[i] = total(o, line.Code)
		notes.see(figures[i])
		if figures[i].fault == nil {
			largest = max(largest, abs(figures[i].value))
		}
	}
	m := w.mannerOf(line, unit, largest)
	scale, scaled := format.Scale{Digits: m.digits}, false
	label := w.unit(unit)
	if name := unit.String(); name == w.model.Currency || name == "contact" || name == "issue" {
		scale, scaled = format.ScaleOf(largest, w.Locale), true
		label = w.scaleWord(scale, label)
	}
	title = w.text(line.Title())
	if label != "" {
		title = w.say("report.name_unit", "name", title, "unit", label)
	}
	base := total(w.base, line.Code)
	for i, f := range figures {
		cell := w.cell(f, m)
		if f.fault == nil && scaled {
			cell.Text = scale.Text(scale.Units(f.value))
		}
		if f.fault == nil && base.fault == nil && w.beside[i] != w.base {
			cell.Note, cell.NoteTone = w.differenceNote(f.value, base.value, line, m)
		}
		cells = append(cells, cell)
	}
	return title, cells
}

func (w *writer) differenceNote(value, base float64, line budget.Line, m manner) (string, Tone) {
	if m.units(value) == m.units(base) {
		return w.say("report.same"), Neutral
	}
	return arrow(value-base) + w.change(m, value-base, base), tone(value-base, line.Sense)
}

// scaleWord names the unit of scaled counts or amounts.
func (w *writer) scaleWord(s format.Scale, unit string) string {
	return w.say("report.scaled."+strconv.Itoa(s.Exponent), "unit", unit)
}

// changesTable lists what each scenario changes on its parent.
func (w *writer) changesTable() *Table {
	table := &Table{Columns: []Column{
		{Title: w.say("report.line"), Weight: 1.3}, {Title: w.say("report.scope"), Weight: 1.2}, {Title: w.say("report.change"), Weight: 1.5},
	}}
	for _, o := range w.beside {
		rows := append(w.stepRows(o), w.changeRows(o)...)
		if len(rows) == 0 {
			continue
		}
		name := w.scenario(o)
		if parent := o.Scenario.Parent; parent != "" && parent != string(scenarios.Base) {
			i := slices.IndexFunc(w.plan.Scenarios, func(s scenarios.Scenario) bool { return s.ID == parent })
			if i >= 0 {
				name = w.say("report.on_parent", "scenario", name, "parent", w.text(w.plan.Scenarios[i].Title()))
			}
		}
		table.Rows = append(append(table.Rows, Row{Kind: Head, Cells: []Cell{{Text: name}}}), rows...)
	}
	return table
}

// changeRows lists a scenario's own changes; edits of single cells are counted
// by line.
func (w *writer) changeRows(o *scenarios.Outcome) []Row {
	var rows []Row
	cells := map[budget.LineID]int{}
	for _, change := range o.Scenario.Changes {
		line, ok := w.model.ByID(change.Line)
		if !ok {
			continue
		}
		if change.Kind == formula.CellEdit {
			cells[line.ID]++
			continue
		}
		rows = append(rows, w.changeRow(line, change, 1))
	}
	for _, line := range w.model.Lines {
		if count := cells[line.ID]; count > 0 {
			rows = append(rows, Row{Indent: 1, Cells: []Cell{
				{Text: w.text(line.Title())},
				{},
				{Text: w.say("report.change.cells", "number", strconv.Itoa(count))},
			}})
		}
	}
	return rows
}

func (w *writer) changeRow(line budget.Line, change budget.Change, indent int) Row {
	text := Cell{Text: w.changeText(line, change), Note: w.text(change.Note)}
	return Row{Indent: indent, Cells: []Cell{{Text: w.text(line.Title())}, {Text: w.changeScope(line, change)}, text}}
}

func (w *writer) changeText(line budget.Line, change budget.Change) string {
	if change.Formula != "" {
		return w.say("report.change.formula", "formula", change.Formula)
	}
	m := w.mannerOf(line, w.unitOf(line.Code), change.Value)
	switch change.Op {
	case formula.Scale:
		return w.say("report.change.scale", "number", trimmedNumber(change.Value), "percent", format.SignedPercent(change.Value-1))
	case formula.Add:
		if m.percent {
			points := trimmedNumber(change.Value * 100)
			if change.Value > 0 {
				points = "+" + points
			}
			return w.say("report.points", "number", points)
		}
		return w.say("report.change.add", "number", format.Signed(change.Value, m.digits))
	default: // a value that is set
	}
	return w.say("report.change.set", "number", m.text(change.Value))
}

// trimmedNumber writes a number with the decimal places it has, at most four.
func trimmedNumber(value float64) string {
	text := format.Number(value, 4)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// changeScope says for which members and months a change holds.
func (w *writer) changeScope(line budget.Line, change budget.Change) string {
	var parts []string
	for _, dimension := range line.By {
		if code, ok := change.Member[dimension]; ok {
			parts = append(parts, w.members(budget.Line{By: []string{dimension}}, []string{code}))
		}
	}
	first, last := w.model.Calendar.Month(0), w.model.Calendar.Month(w.model.Calendar.Months-1)
	from, to := change.From, change.To
	if from == 0 && to == 0 {
		return strings.Join(append(parts, w.say("report.all_months")), w.say("report.list_comma"))
	}
	if from == 0 {
		from = first
	}
	if to == 0 {
		to = last
	}
	span := w.say("report.from_to", "from", format.MonthYear(from, w.Locale), "to", format.MonthYear(to, w.Locale))
	return strings.Join(append(parts, span), w.say("report.list_comma"))
}
