package scenarios

import (
	"strconv"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// Notes returns what is lawful but worth knowing about the numbers: volumes
// that cost more than larger ones, and hiring plans that leave people missing.
func (o *Outcome) Notes() problem.List {
	notes := o.priceNotes()
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

// priceNotes has a note for each line and member whose volume costs more, by
// slabs of prices, than a larger one would.
func (o *Outcome) priceNotes() problem.List {
	var notes problem.List
	traps := o.Program.PriceTraps(o.Results)
	for len(traps) > 0 {
		first, n := traps[0], 1
		months, saving := []calendar.Month{o.Model.Calendar.Month(first.Period)}, first.Saving
		for n < len(traps) && traps[n].Pointer == first.Pointer && traps[n].Members == first.Members && traps[n].Period > traps[n-1].Period {
			months, saving = append(months, o.Model.Calendar.Month(traps[n].Period)), saving+traps[n].Saving
			n++
		}
		notes = append(notes, problem.Problem{
			Kind: problem.Invalid, Pointer: first.Pointer, Key: "scenarios.note_buy_up", Args: problem.Args{
				"line": first.Line + first.Members, "months": runs(months),
				"at": strconv.FormatFloat(first.At, 'f', -1, 64), "saving": strconv.FormatFloat(saving, 'f', 2, 64),
			},
		})
		traps = traps[n:]
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
