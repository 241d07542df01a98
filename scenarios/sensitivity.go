package scenarios

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Sensitivity tells how far a line's total swings with each of its drivers
// alone, the others as they are.
type Sensitivity struct {
	Scenario Code         `json:"scenario"`
	Line     string       `json:"line"`
	Unit     string       `json:"unit"`
	Sense    budget.Sense `json:"sense"`
	// Range is the share by which each driver is scaled down and up: a
	// percentage moves relatively too, 30 % by a tenth to 27 % and 33 %. Months
	// that are closed keep their actuals.
	Range float64 `json:"range"`
	// Total is the line's total as it is, null where it failed; Error then says
	// why.
	Total *float64   `json:"total"`
	Error *CellError `json:"error"`
	// Drivers come in the order of their swings, the widest first. Left counts
	// those that would follow, and Idle those that move nothing.
	Drivers []Swing `json:"drivers"`
	Left    int     `json:"left"`
	Idle    int     `json:"idle"`
}

// A Swing is a line's total with one driver lower and with it higher.
type Swing struct {
	Line string `json:"line"`
	Low  Moved  `json:"low"`
	High Moved  `json:"high"`
}

// A Moved is a total with a driver moved and how it differs from the total as it
// is; null where it failed.
type Moved struct {
	Total      *float64   `json:"total"`
	Difference *float64   `json:"difference"`
	Verdict    Verdict    `json:"verdict"`
	Error      *CellError `json:"error"`
}

// A SensitivityAsk says what a sensitivity is asked for.
type SensitivityAsk struct {
	Line string
	// Range lies above 0 and is 1 at most.
	Range float64
	// Drivers are the codes of input lines; none are all that the line rests on.
	Drivers []string
	// Most is how many drivers are told; 0 is all.
	Most int
}

// NewSensitivity evaluates the drivers of a line lower and higher, all side by
// side. Unknown lines are a problem of kind NotFound, drivers that are no inputs
// and ranges out of bounds Invalid. The outcome is whole: who may see a
// sensitivity is decided before.
func NewSensitivity(ctx context.Context, o *Outcome, ask SensitivityAsk, sizer *capacity.Sizer) (Sensitivity, error) {
	s, err := Unmoved(o, ask)
	if err != nil {
		return Sensitivity{}, err
	}
	drivers, err := o.drivers(ask)
	if err != nil || s.Error != nil {
		return s, err
	}
	if err := s.swing(ctx, o, drivers, sizer); err != nil {
		return Sensitivity{}, err
	}
	s.choose(ask)
	return s, nil
}

// Unmoved returns the sensitivity without its drivers, which the asker may have
// no right to move.
func Unmoved(o *Outcome, ask SensitivityAsk) (Sensitivity, error) {
	line, err := o.Line(ask.Line)
	if err != nil {
		return Sensitivity{}, err
	}
	if !(ask.Range > 0 && ask.Range <= 1) {
		return Sensitivity{}, problem.Problem{Kind: problem.Invalid, Key: "scenarios.range", Args: problem.Args{
			"got": strconv.FormatFloat(ask.Range, 'g', -1, 64),
		}}
	}
	series, _ := o.Results.Series(ask.Line)
	s := Sensitivity{
		Scenario: o.Scenario.Code, Line: ask.Line, Unit: series.Unit.String(), Sense: line.Sense, Range: ask.Range, Drivers: []Swing{},
	}
	total, fault := o.total(ask.Line)
	if fault != nil {
		failed := o.cellError(nil, "", *fault)
		s.Error = &failed
		return s, nil
	}
	s.Total = &total
	return s, nil
}

// Withheld returns the sensitivity for somebody who may see the total, but not
// what it would come to otherwise.
func (s Sensitivity) Withheld() Sensitivity {
	s.Drivers, s.Left, s.Idle, s.Error = []Swing{}, 0, 0, withheldCell(s.Line)
	return s
}

// drivers returns the codes of the input lines to move, in display order where
// the asker names none.
func (o *Outcome) drivers(ask SensitivityAsk) ([]string, error) {
	fixed := map[string]bool{}
	for _, change := range o.Changes {
		if line, ok := o.Model.ByID(change.Line); ok && change.Formula != "" {
			fixed[line.Code] = true
		}
	}
	isInput := func(line budget.Line) bool { return line.IsInput() && !fixed[line.Code] }
	if len(ask.Drivers) > 0 {
		for _, code := range ask.Drivers {
			line, err := o.Line(code)
			if err != nil {
				return nil, err
			}
			if !isInput(line) {
				return nil, problem.Problem{
					Kind: problem.Invalid, Pointer: document.Pointer(line.Pointer()), Key: "scenarios.not_input", Args: problem.Args{"line": code},
				}
			}
		}
		return ask.Drivers, nil
	}
	reach := upstream(ask.Line, o)
	var codes []string
	for _, line := range o.Model.Lines {
		if reach[line.Code] && isInput(line) && line.Code != ask.Line {
			codes = append(codes, line.Code)
		}
	}
	return codes, nil
}

// swing evaluates each driver lower and higher.
func (s *Sensitivity) swing(ctx context.Context, o *Outcome, drivers []string, sizer *capacity.Sizer) error {
	runs := formula.Runs{Count: 2 * len(drivers), Outputs: o.Program.TotalReads(s.Line), Block: few}
	for i, code := range drivers {
		byRun := slices.Repeat([]float64{1}, runs.Count)
		byRun[2*i], byRun[2*i+1] = 1-s.Range, 1+s.Range
		runs.Factors = append(runs.Factors, formula.RunFactor{Line: code, To: o.Model.Calendar.Months - 1, ByRun: byRun})
	}
	if runs.Count == 0 {
		return nil
	}
	columns, err := o.Program.EvaluateRuns(ctx, o.Model.Inputs(o.Changes), runs, sizer)
	if err != nil {
		return err
	}
	totals := columns.Totals(s.Line)
	moved := func(run int) Moved {
		if total := totals[run]; total == total {
			cell := Cell{Total: &total}
			cell.against(s.Total, s.Sense)
			return Moved{Total: &total, Difference: cell.Difference, Verdict: cell.Verdict}
		}
		m := Moved{Verdict: Neutral}
		alone := &Outcome{Model: o.Model, Results: columns.Results(run)}
		if _, fault := alone.total(s.Line); fault != nil {
			failed := alone.cellError(nil, "", *fault)
			m.Error = &failed
		}
		return m
	}
	for i, code := range drivers {
		s.Drivers = append(s.Drivers, Swing{Line: code, Low: moved(2 * i), High: moved(2*i + 1)})
	}
	return nil
}

// choose keeps the drivers that are told.
func (s *Sensitivity) choose(ask SensitivityAsk) {
	slices.SortStableFunc(s.Drivers, func(a, b Swing) int { return cmp.Compare(b.width(), a.width()) })
	if len(ask.Drivers) == 0 {
		all := len(s.Drivers)
		s.Drivers = slices.DeleteFunc(s.Drivers, Swing.idle)
		s.Idle = all - len(s.Drivers)
	}
	if ask.Most > 0 && len(s.Drivers) > ask.Most {
		s.Left = len(s.Drivers) - ask.Most
		s.Drivers = s.Drivers[:ask.Most]
	}
}

// width is how far apart the totals are, the one as it is among them. A total
// that failed has no say.
func (w Swing) width() float64 {
	low, high := 0.0, 0.0
	for _, moved := range []Moved{w.Low, w.High} {
		if moved.Difference != nil {
			low, high = min(low, *moved.Difference), max(high, *moved.Difference)
		}
	}
	return high - low
}

// idle reports whether a driver moves nothing.
func (w Swing) idle() bool { return w.width() == 0 && w.Low.Error == nil && w.High.Error == nil }
