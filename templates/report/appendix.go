package report

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/templates/format"
)

// openPoints lists what is not in order yet, in sentences, each once.
func (w *writer) openPoints() Chapter {
	c := w.chapter("open")
	var items []Item
	seen := map[string]bool{}
	for _, p := range w.Problems {
		text := w.Say("problem."+p.Key, p.Args)
		if !seen[text] {
			seen[text] = true
			items = append(items, Item{Text: text})
		}
	}
	if len(items) == 0 {
		c.add(Block{Note: &Note{Text: w.say("report.open.none"), Tone: Favourable}})
		return c
	}
	c.add(paragraph(w.say("report.open.count", "number", strconv.Itoa(len(items))), Plain), Block{List: &List{Numbered: true, Items: items}})
	return c
}

// lines is the appendix: every line with what it is made of.
func (w *writer) lines() Chapter {
	c := w.chapter("lines")
	table := &Table{Caption: w.say("report.lines.table"), Columns: []Column{
		{Title: w.say("report.line"), Weight: 1.5},
		{Title: w.say("report.lines.made"), Weight: 3},
		{Title: w.say("report.unit"), Weight: 0.8},
		{Title: w.say("report.rollup"), Weight: 1},
	}}
	w.eachGroup(func(budget.Line) bool { return true }, func(name string, lines []budget.Line) {
		if name != "" {
			table.Rows = append(table.Rows, Row{Kind: Head, Cells: []Cell{{Text: name}}})
		}
		for _, line := range lines {
			table.Rows = append(table.Rows, w.lineRow(line))
		}
	})
	if len(table.Rows) > 0 {
		c.add(Block{Table: table})
	}
	return c
}

func (w *writer) lineRow(line budget.Line) Row {
	name := Cell{Text: w.text(line.Title())}
	if name.Text != line.Code {
		name.Note = line.Code
	}
	u := w.unitOf(line.Code)
	unit := w.unit(u)
	if m := w.mannerOf(line, u, w.largest(line)); m.percent {
		unit = "%"
	}
	made := Cell{Text: w.made(line), Note: w.text(line.Note)}
	return Row{Anchor: "line-" + string(line.ID), Cells: []Cell{name, made, {Text: unit}, {Text: w.rollup(line)}}}
}

// made is a line's formula in force, or what was entered for it.
func (w *writer) made(line budget.Line) string {
	if slices.Contains(w.Hidden, line.Code) {
		return w.say("report.fault.withheld")
	}
	text := line.Formula
	for _, change := range w.main.Changes {
		if change.Line == line.ID && change.Formula != "" {
			text = change.Formula
		}
	}
	if text != "" {
		return text
	}
	low, high, missing := math.Inf(1), math.Inf(-1), 0
	for _, v := range line.Values {
		if math.IsNaN(v) {
			missing++
			continue
		}
		low, high = min(low, v), max(high, v)
	}
	write := trimmedNumber
	if w.mannerOf(line, w.unitOf(line.Code), high).percent {
		write = func(share float64) string { return trimmedNumber(share*100) + "%" }
	}
	switch {
	case math.IsInf(low, 1):
		return w.say("report.input.empty")
	case low == high:
		text = w.say("report.input.constant", "number", write(low))
	default:
		text = w.say("report.input.range", "low", write(low), "high", write(high))
	}
	if missing > 0 {
		text += w.say("report.input.missing", "number", strconv.Itoa(missing))
	}
	return text
}

// rollup says how a line is summed up over months and members.
func (w *writer) rollup(line budget.Line) string {
	rule := line.Rollup
	if rule == "" {
		rule = "average"
		for _, unit := range []string{w.model.Currency, "contact", "issue", "second", "minute", "hour", "day"} {
			if w.unitOf(line.Code).String() == unit {
				rule = "sum"
			}
		}
	}
	if by, ok := strings.CutPrefix(rule, "weighted("); ok {
		by = strings.TrimSuffix(by, ")")
		if l, known := w.model.ByCode(by); known {
			by = w.text(l.Title())
		}
		return w.say("report.rollup.weighted", "by", by)
	}
	for _, known := range []string{"sum", "average", "last", "first", "min", "max", "formula"} {
		if rule == known {
			return w.say("report.rollup." + known)
		}
	}
	return rule
}

// basis is how the numbers came about and how to read them.
func (w *writer) basis() Chapter {
	c := w.chapter("basis")
	if text := w.text(w.plan.Source); text != "" {
		c.add(heading(w.say("report.basis.source"), 2), paragraph(text, Plain))
	}
	if text := w.text(w.plan.Note); text != "" {
		c.add(heading(w.say("report.basis.note"), 2), paragraph(text, Plain))
	}
	c.add(heading(w.say("report.basis.calendar"), 2), Block{Table: w.calendarTable()})
	w.sealBasis(&c)
	for _, code := range slices.Sorted(maps.Keys(w.model.Staffing)) {
		c.add(Block{Table: w.policyTable(code, w.model.Staffing[code])})
	}
	for _, code := range slices.Sorted(maps.Keys(w.model.Hiring)) {
		c.add(Block{Table: w.hiringTable(code, w.model.Hiring[code])})
	}
	for _, code := range slices.Sorted(maps.Keys(w.model.Prices)) {
		c.add(Block{Table: w.pricesTable(code, w.model.Prices[code])})
	}
	for _, code := range slices.Sorted(maps.Keys(w.model.Contributions)) {
		c.add(Block{Table: w.contributionsTable(code, w.model.Contributions[code])})
	}
	list := &List{}
	for _, key := range []string{"rounding", "foot", "unit", "failed", "arrows", "borrowed", "trace"} {
		list.Items = append(list.Items, Item{Text: w.say("report.read." + key)})
	}
	c.add(heading(w.say("report.basis.reading"), 2), Block{List: list})
	return c
}

func (w *writer) calendarTable() *Table {
	cal := w.model.Calendar
	table := &Table{Columns: []Column{{Title: w.say("report.basis.what"), Weight: 1}, {Title: w.say("report.basis.value"), Weight: 2}}}
	add := func(key, value string) {
		if value != "" {
			table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: w.say(key)}, {Text: value}}})
		}
	}
	add("report.basis.period", w.say("report.basis.months", "period", w.period(), "number", strconv.Itoa(cal.Months)))
	days, workdays := 0, 0
	for i := range cal.Months {
		days, workdays = days+cal.DayCount(i), workdays+cal.WorkdayCount(i)
	}
	kind := "report.basis.real"
	if cal.Typical {
		kind = "report.basis.typical"
	}
	add("report.basis.days", w.say(kind, "days", strconv.Itoa(days), "workdays", strconv.Itoa(workdays)))
	add("report.basis.currency", w.model.Currency)
	add("report.basis.scenario", w.scenario(w.main))
	if w.Rev > 0 {
		add("report.fact.revision", strconv.FormatInt(w.Rev, 10))
	}
	add("report.basis.engine", w.Engine)
	return table
}

// policyTable lists what a staffing policy says; what it leaves open is left
// out.
func (w *writer) policyTable(code string, p capacity.Policy) *Table {
	table := &Table{Caption: w.say("report.policy", "code", code), Columns: []Column{
		{Title: w.say("report.basis.what"), Weight: 1.4}, {Title: w.say("report.basis.value"), Weight: 2},
	}}
	add := func(key, value string) {
		table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: w.say("report.policy." + key)}, {Text: value}}})
	}
	add("model", w.say("report.policy.model."+p.Model.String()))
	add("interval", w.say("report.minutes", "number", w.param(p.IntervalMin, false)))
	add("open", w.say("report.clock", "from", clock(p.OpenFrom), "to", clock(p.OpenTo)))
	add("target", w.say("report.policy.within", "share", w.param(p.Target, true), "seconds", w.param(p.WithinS, false)))
	w.patience(p, add)
	add("occupancy", w.param(p.MaxOccupancy, true))
	if !math.IsInf(p.MaxWaitS.Value, 1) {
		add("wait", w.say("report.seconds", "number", w.param(p.MaxWaitS, false)))
	}
	add("shrinkage", w.param(p.Shrinkage, true))
	add("efficiency", w.param(p.ScheduleEfficiency, true))
	hours := w.say("report.policy.calendar_hours")
	if cal := w.model.Calendar; cal.Typical {
		hours = w.say("report.policy.typical_hours", "number", format.Number(cal.PaidHours(0), 2))
	}
	if p.PaidHours.Value != 0 || p.PaidHours.Line != "" {
		hours = w.say("report.hours", "number", w.param(p.PaidHours, false))
	}
	add("paid_hours", hours)
	if p.MinimumAgents.Value != 0 || p.MinimumAgents.Line != "" {
		add("minimum", w.param(p.MinimumAgents, false))
	}
	var factors []string
	for i, f := range p.DayFactors {
		factors = append(factors, w.say("report.day_factor", "day", w.say("report.weekday."+strconv.Itoa(i+1)), "number", w.param(f, false)))
	}
	add("days", strings.Join(factors, w.say("report.list_comma")))
	return table
}

// patience lists what a policy says of callers who give up and of chats.
func (w *writer) patience(p capacity.Policy, add func(key, value string)) {
	if p.Model == capacity.ErlangAModel {
		add("basis", w.say("report.policy.basis."+p.Basis.String()))
		add("patience", w.say("report.seconds", "number", w.param(p.PatienceS, false)))
		if p.MaxAbandon.Line != "" || p.MaxAbandon.Value < 1 {
			add("abandon", w.param(p.MaxAbandon, true))
		}
	}
	if p.Concurrency.Line != "" || p.Concurrency.Value > 1 {
		add("concurrency", w.say("report.policy.concurrency."+p.Chats.String(), "number", w.param(p.Concurrency, false)))
	}
}

// param writes a policy's number: its value, or the line it comes from with
// what that is over the plan.
func (w *writer) param(p capacity.Param, share bool) string {
	if p.Line == "" {
		if share {
			return format.Percent(p.Value)
		}
		return trimmedNumber(p.Value)
	}
	line, ok := w.model.ByCode(p.Line)
	if !ok {
		return p.Line
	}
	f := total(w.main, p.Line)
	value := w.cell(f, w.mannerOf(line, w.unitOf(p.Line), f.value)).Text
	return w.say("report.from_line", "value", value, "line", w.text(line.Title()))
}

// clock writes minutes from midnight.
func clock(minutes int) string {
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	return two(minutes/60) + ":" + two(minutes%60)
}
