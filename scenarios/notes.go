package scenarios

import (
	"strconv"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// Notes returns what is lawful but worth knowing about the numbers: hiring
// plans that leave people missing.
func (o *Outcome) Notes() problem.List {
	var notes problem.List
	for _, s := range o.Model.Shortages(o.Results) {
		note := problem.Problem{
			Kind: problem.Invalid, Pointer: document.Pointer("/budget/hiring", s.Plan), Key: "scenarios.note_short",
			Args: problem.Args{
				"plan": s.Cell(), "months": runs(s.Months), "most": strconv.FormatFloat(s.Most, 'f', 1, 64),
			},
		}
		if s.Planned {
			note.Key = "scenarios.note_unfilled"
		}
		notes = append(notes, note)
	}
	return notes
}

// runs writes months in order, those that follow each other as first–last.
func runs(months []calendar.Month) string {
	var all []string
	for _, run := range calendar.Runs(months) {
		text := run.First.String()
		if run.Last != run.First {
			text += "–" + run.Last.String()
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}
