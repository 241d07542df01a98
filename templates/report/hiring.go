package report

import (
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/templates/format"
)

// hiringTable lists what a hiring plan says and where it leaves people missing;
// what it leaves open is left out.
func (w *writer) hiringTable(code string, h capacity.Hiring) *Table {
	table := &Table{Caption: w.say("report.hiring", "code", code), Columns: []Column{
		{Title: w.say("report.basis.what"), Weight: 1.4}, {Title: w.say("report.basis.value"), Weight: 2},
	}}
	add := func(key, value string) {
		table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: w.say("report.hiring." + key)}, {Text: value}}})
	}
	add("opening", w.param(h.Opening, false))
	add("attrition", w.param(h.Attrition, true))
	if len(h.NewAttrition) > 0 {
		add("new_attrition", w.params(h.NewAttrition))
	}
	add("training", w.param(h.TrainingMonths, false))
	add("yield", w.param(h.Yield, true))
	if len(h.Ramp) > 0 {
		add("ramp", w.params(h.Ramp))
	}
	if h.Needed {
		add("required", w.param(h.Required, false))
	}
	add("classes", w.classes(h))
	if h.Planned {
		add("planned", w.planner(h))
	}
	for _, s := range w.model.Shortages(w.main.Results) {
		if s.Plan == code {
			add("short", w.shortage(s))
		}
	}
	return table
}

// params writes the shares of the first months of production.
func (w *writer) params(params []capacity.Param) string {
	var all []string
	for _, param := range params {
		all = append(all, w.param(param, true))
	}
	return strings.Join(all, w.say("report.list_comma"))
}

// classes writes the classes that are given.
func (w *writer) classes(h capacity.Hiring) string {
	if h.ClassLine != "" {
		return w.param(capacity.Param{Line: h.ClassLine}, false)
	}
	var all []string
	for _, class := range h.Classes {
		all = append(all, w.say("report.hiring.class",
			"month", format.MonthYear(class.Month, w.Locale), "size", w.param(class.Size, false)))
	}
	if len(all) == 0 {
		return w.say("report.hiring.none")
	}
	return strings.Join(all, w.say("report.list_comma"))
}

// planner writes how further classes are planned.
func (w *writer) planner(h capacity.Hiring) string {
	all := []string{w.say("report.hiring.fills")}
	if h.Earliest != 0 {
		all = append(all, w.say("report.hiring.earliest", "month", format.MonthYear(h.Earliest, w.Locale)))
	}
	unlimited := capacity.DefaultHiring()
	if h.ClassMin != unlimited.ClassMin {
		all = append(all, w.say("report.hiring.least", "number", w.param(h.ClassMin, false)))
	}
	if h.ClassMax != unlimited.ClassMax {
		all = append(all, w.say("report.hiring.most", "number", w.param(h.ClassMax, false)))
	}
	if h.Noticed {
		all = append(all, w.say("report.hiring.notice", "number", w.param(h.Notice, false)))
	}
	return strings.Join(all, w.say("report.list_comma"))
}

// shortage writes where people are missing.
func (w *writer) shortage(s budget.Shortage) string {
	var months []string
	for _, run := range calendar.Runs(s.Months) {
		text := format.MonthYear(run.First, w.Locale)
		if run.Last != run.First {
			text = w.say("report.from_to", "from", text, "to", format.MonthYear(run.Last, w.Locale))
		}
		months = append(months, text)
	}
	var all, members []string
	for _, dimension := range w.model.Dimensions {
		all = append(all, dimension.Code)
	}
	for _, code := range s.Members { // a code is the member of one dimension only
		members = append(members, w.member(code, all...))
	}
	key := "report.hiring.short_by"
	if len(s.Members) > 0 {
		key = "report.hiring.short_of"
	}
	return w.say(key, "number", strconv.FormatFloat(s.Most, 'f', 1, 64),
		"months", strings.Join(months, w.say("report.list_comma")), "members", strings.Join(members, " / "))
}
