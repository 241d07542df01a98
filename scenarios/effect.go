package scenarios

import (
	"context"
	"slices"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
)

// Effects tell what each initiative does to a line's total, the others as the
// scenario has them. What two do together is in the effect of both, so effects
// need not add up.
type Effects struct {
	Scenario Code         `json:"scenario"`
	Line     string       `json:"line"`
	Unit     string       `json:"unit"`
	Sense    budget.Sense `json:"sense"`
	// Effects are in the order of the initiatives' codes.
	Effects []Effect `json:"effects"`
}

// An Effect is a line's total with one initiative minus its total without.
type Effect struct {
	Initiative string `json:"initiative" doc:"id of the initiative"`
	// Live says that the scenario has the initiative. Otherwise the effect is what
	// it would do in the month it is planned for.
	Live bool `json:"live"`
	// Month is when it goes live or would; "" where that is undecided, and then
	// nothing can be told.
	Month calendar.Month `json:"month"`
	// Difference is null where a total failed; Error then says why.
	Difference *float64   `json:"difference"`
	Ratio      *float64   `json:"ratio"`
	Verdict    Verdict    `json:"verdict"`
	Error      *CellError `json:"error"`
	// Cost is by how much it raises the lines of money that it changes itself and
	// that are no income; null where it changes none, or one failed.
	Cost      *float64   `json:"cost"`
	CostError *CellError `json:"cost_error"`
	// Lines are the codes of those lines.
	Lines []string `json:"lines"`
}

// NewEffects evaluates the outcome's scenario once more for each initiative,
// turned the other way. An unknown line is a problem of kind NotFound. The
// outcome is whole and the book's own: who may see an effect is decided before.
func NewEffects(ctx context.Context, book *Book, o *Outcome, code string, sizer *capacity.Sizer) (Effects, error) {
	found, err := NoEffects(o, code)
	if err != nil {
		return Effects{}, err
	}
	for _, launch := range o.Model.Launches {
		if err := ctx.Err(); err != nil {
			return Effects{}, err
		}
		e := Effect{Initiative: launch.ID, Live: launch.Month != 0, Month: launch.Planned, Verdict: Neutral, Lines: o.spends(launch)}
		if e.Live {
			e.Month = launch.Month
		}
		if e.Month != 0 {
			other := book.turned(o, launch.ID, Turn{On: !e.Live}, sizer)
			without, with := other, o
			if !e.Live {
				without, with = o, other
			}
			e.tell(without, with, found)
		}
		found.Effects = append(found.Effects, e)
	}
	return found, nil
}

// NoEffects returns the effects on a line before any is told.
func NoEffects(o *Outcome, code string) (Effects, error) {
	line, err := o.Line(code)
	if err != nil {
		return Effects{}, err
	}
	series, _ := o.Results.Series(code)
	return Effects{Scenario: o.Scenario.Code, Line: code, Unit: series.Unit.String(), Sense: line.Sense, Effects: []Effect{}}, nil
}

// Withheld returns the effects for somebody who may be told those on lines that
// may says, and nothing else.
func (e Effects) Withheld(may func(line string) bool) Effects {
	e.Effects = slices.Clone(e.Effects)
	for i := range e.Effects {
		one := &e.Effects[i]
		if !may(e.Line) && one.Month != 0 {
			one.Difference, one.Ratio, one.Verdict, one.Error = nil, nil, Neutral, withheldCell(e.Line)
		}
		if at := slices.IndexFunc(one.Lines, func(line string) bool { return !may(line) }); at >= 0 {
			one.Cost, one.CostError, one.Lines = nil, withheldCell(e.Line), []string{}
		}
	}
	return e
}

// turned evaluates an outcome's scenario with one initiative turned.
func (b *Book) turned(o *Outcome, id string, turn Turn, sizer *capacity.Sizer) *Outcome {
	// No id of a document is empty.
	child := o.Scenario
	child.ID, child.Parent = " ", o.Scenario.ID
	child.Levers, child.Changes, child.ActualsThrough = nil, nil, 0
	child.Initiatives = map[string]Turn{id: turn}
	in := settle(b.model, append(slices.Clone(b.scenarios), child), child)
	key := in.key()
	c, ok := b.compiled[key]
	if !ok {
		c = b.compile(key, in.model.Scope(in.changes))
	}
	return &Outcome{
		Scenario: o.Scenario, Model: in.model, Changes: in.changes, Program: c.program,
		Results: c.program.Again(o.Results, in.model.Inputs(in.changes), sizer),
	}
}

// spends lists the lines of money that an initiative changes itself and that
// are no income, in display order.
func (o *Outcome) spends(launch budget.Launch) []string {
	lines := []string{}
	for _, line := range o.Model.Lines {
		series, _ := o.Results.Series(line.Code)
		if line.Sense != budget.Good && series.Unit.String() == o.Model.Currency &&
			slices.ContainsFunc(launch.Changes, func(c budget.Change) bool { return c.Line == line.ID }) {
			lines = append(lines, line.Code)
		}
	}
	return lines
}

// tell fills in how the line and what is spent differ.
func (e *Effect) tell(without, with *Outcome, of Effects) {
	difference := func(code string, sense budget.Sense) Cell {
		cell := Cell{Verdict: Neutral}
		before, fault := without.total(code)
		if fault != nil {
			failed := without.cellError(nil, "", *fault)
			cell.Error = &failed
			return cell
		}
		after, fault := with.total(code)
		if fault != nil {
			failed := with.cellError(nil, "", *fault)
			cell.Error = &failed
			return cell
		}
		cell.Total = &after
		cell.against(&before, sense)
		return cell
	}
	cell := difference(of.Line, of.Sense)
	e.Difference, e.Ratio, e.Verdict, e.Error = cell.Difference, cell.Ratio, cell.Verdict, cell.Error
	if len(e.Lines) == 0 {
		return
	}
	cost := 0.0
	for _, code := range e.Lines {
		cell := difference(code, budget.Bad)
		if cell.Error != nil {
			e.CostError = cell.Error
			return
		}
		cost += *cell.Difference
	}
	e.Cost = &cost
}
