package report

import (
	"slices"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/scenarios"
	"centerplan/templates/format"
)

// stepRows lists what else a scenario does besides its own changes, in the
// order of settling: base the initiatives that go live, others those they turn;
// then the levers it pulls, each with what it changes; last, its actuals.
func (w *writer) stepRows(o *scenarios.Outcome) []Row {
	var rows []Row
	for _, initiative := range w.plan.OKR.Initiatives {
		_, turned := o.Scenario.Initiatives[string(initiative.ID)]
		if !turned && (o.Scenario.Code != scenarios.Base || !initiative.Committed()) {
			continue
		}
		i := slices.IndexFunc(o.Model.Launches, func(l budget.Launch) bool { return l.ID == string(initiative.ID) })
		launch := o.Model.Launches[i]
		rows = append(rows, w.initiativeRow(initiative, launch.Month))
		rows = append(rows, w.partRows(launch.InForce())...)
	}
	for _, id := range o.Scenario.Levers {
		if lever, ok := w.model.Lever(id); ok {
			name := w.say("report.change.lever", "name", w.text(lever.Title()))
			rows = append(rows, Row{Indent: 1, Cells: []Cell{{Text: name}, {}, {Text: w.text(lever.Note)}}})
			rows = append(rows, w.partRows(lever.Changes)...)
		}
	}
	if through := o.Scenario.ActualsThrough; through != 0 {
		rows = append(rows, Row{Indent: 1, Cells: []Cell{
			{Text: w.say("report.change.actuals")},
			{},
			{Text: w.say("report.change.through", "month", format.MonthYear(through, w.Locale))},
		}})
	}
	return rows
}

// initiativeRow says when an initiative goes live.
func (w *writer) initiativeRow(i okr.Initiative, month calendar.Month) Row {
	text := w.say("report.change.off")
	if month != 0 {
		text = w.say("report.change.live", "month", format.MonthYear(month, w.Locale))
	}
	name := w.say("report.change.initiative", "name", w.text(i.Name.Or(i.Code)))
	return Row{Indent: 1, Cells: []Cell{{Text: name}, {}, {Text: text, Note: w.text(i.Note)}}}
}

// partRows lists the changes of an initiative or a lever.
func (w *writer) partRows(changes []budget.Change) []Row {
	var rows []Row
	for _, change := range changes {
		if line, ok := w.model.ByID(change.Line); ok {
			rows = append(rows, w.changeRow(line, change, 2))
		}
	}
	return rows
}
