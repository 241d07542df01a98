package report

import (
	"slices"
	"strings"

	"centerplan/budget"
	"centerplan/okr"
	"centerplan/templates/format"
)

// role names who answers for something, or that nobody does.
func (w *writer) role(id okr.RoleID) string {
	if role, ok := w.plan.OKR.Role(id); ok {
		return w.text(role.Name.Or(role.Code))
	}
	return ""
}

// owner is a cell with a role's name, marked where there is none.
func (w *writer) owner(id okr.RoleID) Cell {
	if name := w.role(id); name != "" {
		return Cell{Text: name}
	}
	return Cell{Text: w.say("report.no_owner"), Tone: Failed}
}

// objectives is what the plan commits to and how that is measured.
func (w *writer) objectives() Chapter {
	c := w.chapter("objectives", "scenario", w.scenario(w.main))
	if len(w.plan.OKR.Objectives) == 0 {
		return c
	}
	overview := &Table{Caption: w.say("report.objectives.table"), Columns: []Column{
		{Title: w.say("report.objective"), Weight: 3},
		{Title: w.say("report.group"), Weight: 1},
		{Title: w.say("report.owner"), Weight: 1.3},
		{Title: w.say("report.weight"), Align: Right},
	}}
	weights := 0.0
	for _, o := range w.plan.OKR.Objectives {
		weight := format.Units(o.Weight, 3)
		weights += weight
		overview.Rows = append(overview.Rows, Row{Anchor: objectiveAnchor(o.ID), Cells: []Cell{
			{Text: w.text(o.Name.Or(o.Code)), Note: w.text(o.Note)},
			{Text: w.say("okr.group." + string(o.Group))},
			w.owner(o.Owner),
			{Text: format.Group(weight, 1) + "%"},
		}})
	}
	overview.Rows = append(overview.Rows, Row{Kind: Total, Cells: []Cell{{Text: w.say("report.total")}, {}, {}, {Text: format.Group(weights, 1) + "%"}}})
	c.add(Block{Table: overview})
	if results := w.keyResults(); len(results.Rows) > 0 {
		c.add(Block{Table: results})
	}
	return c
}

// keyResults lists the key results by objective, with what the scenario gives.
func (w *writer) keyResults() *Table {
	table := &Table{Caption: w.say("report.key_results.table"), Columns: []Column{
		{Title: w.say("report.key_result"), Weight: 2},
		{Title: w.say("report.measured_by"), Weight: 1.5},
		{Title: w.say("report.baseline"), Align: Right},
		{Title: w.say("report.target"), Align: Right},
		{Title: w.say("report.in_plan"), Align: Right},
	}}
	notes := &faultNotes{w: w}
	for _, o := range w.plan.OKR.Objectives {
		if len(o.KeyResults) == 0 {
			continue
		}
		table.Rows = append(table.Rows, Row{Kind: Head, Cells: []Cell{{Text: w.text(o.Name.Or(o.Code))}}})
		for _, result := range o.KeyResults {
			table.Rows = append(table.Rows, w.keyResultRow(result, notes))
		}
	}
	table.Footnotes = append(notes.list(), w.say("report.key_results.note", "scenario", w.scenario(w.main)))
	return table
}

func (w *writer) keyResultRow(k okr.KeyResult, notes *faultNotes) Row {
	line, ok := w.model.ByCode(k.Line)
	if !ok {
		m := manner{percent: k.Unit == "%", digits: 2}
		return Row{Indent: 1, Cells: []Cell{
			{Text: w.text(k.Name.Or(k.Code))},
			{Text: w.say("report.not_measured"), Tone: Failed},
			{Text: m.text(k.Baseline)},
			{Text: m.text(k.Target)},
			{Text: w.say("report.none"), Tone: Muted},
		}}
	}
	u := w.unitOf(k.Line)
	m := w.mannerOf(line, u, max(abs(k.Baseline), abs(k.Target)))
	if k.Unit == "%" && u.Plain() {
		m = manner{percent: true}
	}
	f := total(w.main, k.Line)
	notes.see(f)
	now := w.cell(f, m)
	if f.fault == nil {
		now.Tone = attained(k, f.value, line.Sense, m)
	}
	baseline, target := Cell{Text: m.text(k.Baseline)}, Cell{Text: m.text(k.Target)}
	if f.fault != nil && isWithheld(*f.fault) {
		baseline, target = now, now // what is not shown of the line is not shown of its goals
	}
	return Row{Indent: 1, Cells: []Cell{
		{Text: w.text(k.Name.Or(k.Code))}, {Text: w.text(line.Title()), Note: w.unit(u)}, baseline, target, now,
	}}
}

// attained is favourable where the value, as it is printed, reaches the target.
func attained(k okr.KeyResult, value float64, sense budget.Sense, m manner) Tone {
	got, want, from := m.units(value), m.units(k.Target), m.units(k.Baseline)
	switch {
	case got == want, want > from && got > want, want < from && got < want:
		return Favourable
	case want == from && (sense == budget.Good && got > want || sense == budget.Bad && got < want):
		return Favourable
	}
	return Neutral
}

// milestones is who does what by when, in order of time.
func (w *writer) milestones() Chapter {
	c := w.chapter("milestones")
	if len(w.plan.OKR.Milestones) == 0 {
		return c
	}
	list := slices.Clone(w.plan.OKR.Milestones)
	slices.SortStableFunc(list, func(a, b okr.Milestone) int {
		if a.Due.IsZero() != b.Due.IsZero() {
			if a.Due.IsZero() {
				return 1
			}
			return -1
		}
		return a.Due.Compare(b.Due)
	})
	table := &Table{Caption: w.say("report.milestones.table"), Columns: []Column{
		{Title: w.say("report.due")},
		{Title: w.say("report.milestone"), Weight: 2.9},
		{Title: w.say("report.owner"), Weight: 1.5},
		{Title: w.say("report.for_objective"), Weight: 1.8},
		{Title: w.say("report.status")},
	}}
	for _, m := range list {
		table.Rows = append(table.Rows, w.milestoneRow(m))
	}
	c.add(Block{Table: table})
	return c
}

func (w *writer) milestoneRow(m okr.Milestone) Row {
	due := Cell{Text: w.say("report.no_due"), Tone: Failed}
	if !m.Due.IsZero() {
		due = Cell{Text: format.Date(m.Due, w.Locale)}
	}
	name := Cell{Text: w.text(m.Name.Or(m.Code))}
	if acceptance := w.text(m.Acceptance); acceptance != "" {
		name.Note = w.say("report.acceptance", "text", acceptance)
	}
	if note := w.text(m.Note); note != "" {
		name.Note = strings.TrimSpace(w.say("report.with_note", "text", name.Note, "note", note))
	}
	owner := w.owner(m.Owner)
	if deputy := w.role(m.Deputy); deputy != "" {
		owner.Note = w.say("report.deputy", "role", deputy)
	}
	var objective Cell
	for _, o := range w.plan.OKR.Objectives {
		if o.ID == m.Objective {
			objective = Cell{Text: w.text(o.Name.Or(o.Code)), Link: objectiveAnchor(o.ID)}
		}
	}
	status := Cell{Text: w.say("okr.status." + string(m.Status))}
	switch m.Status {
	case okr.Done:
		status.Tone = Favourable
	case okr.Dropped:
		status.Tone = Muted
	default: // what is still to come stands plain
	}
	return Row{Anchor: "milestone-" + string(m.ID), Cells: []Cell{due, name, owner, objective, status}}
}
