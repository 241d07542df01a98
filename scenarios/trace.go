package scenarios

import (
	"slices"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Step is one number of a trace and what it was made from.
type Step struct {
	Line   string   `json:"line"`
	Member []string `json:"member"`
	// Month is empty for an opening value. History says that the value is of a
	// month before the plan.
	Month   string `json:"month"`
	History bool   `json:"history"`
	// Value is null where the cell failed; Error then says why.
	Value   *float64   `json:"value"`
	Error   *CellError `json:"error"`
	Unit    string     `json:"unit"`
	Formula string     `json:"formula"`
	// Pointer is the place in the plan document of what the number begins with:
	// the value of an input, the formula in force, or the opening value.
	Pointer    string       `json:"pointer"`
	WithValues string       `json:"with_values"`
	Changes    []StepChange `json:"changes"`
	Operands   []*Step      `json:"operands"`
	// Cut marks a step whose operands are shown elsewhere in the trace, or lie
	// too deep to show.
	Cut bool `json:"cut"`
}

// A StepChange is one change on the way of a cell to its value.
type StepChange struct {
	// Kind says which step of the settling order it is: initiative, lever,
	// change, cell, risk or actual. Code names the initiative, the lever or the
	// scenario; an actual has none.
	Kind   string   `json:"kind" enum:"initiative,lever,change,cell,risk,actual"`
	Code   string   `json:"code"`
	Op     string   `json:"op"`
	Value  float64  `json:"value"`
	Before *float64 `json:"before"`
	After  *float64 `json:"after"`
	// Source is the pointer of the change in the plan document.
	Source string `json:"source"`
}

// Trace returns how the cell of a line came about. The members pick the lane,
// one code for each of the line's dimensions in any order. A line, member or
// month the plan does not have is a problem of kind NotFound, a withheld line one
// of kind Forbidden.
func (o *Outcome) Trace(code string, members []string, month calendar.Month) (*Step, error) {
	line, err := o.Line(code)
	if err != nil {
		return nil, err
	}
	period, ok := o.Model.Calendar.Index(month)
	if !ok {
		return nil, problem.Problem{Kind: problem.NotFound, Key: "budget.month_outside", Args: problem.Args{
			"month": month.String(), "first": o.Model.Calendar.Start.String(),
			"last": o.Model.Calendar.Month(o.Model.Calendar.Months - 1).String(),
		}}
	}
	lane, ok := findLane(o.Model.Lanes(line.By), members)
	if !ok {
		key := "scenarios.which_member"
		switch {
		case len(line.By) == 0:
			key = "scenarios.no_members"
		case len(members) == 0:
			key = "scenarios.name_members"
		}
		return nil, problem.Problem{Kind: problem.NotFound, Key: key, Args: problem.Args{
			"line": code, "by": strings.Join(line.By, ", "), "got": strings.Join(members, ", "),
		}}
	}
	step := o.Program.Trace(o.Results, code, lane, period)
	if step == nil {
		return nil, withheld(code)
	}
	return o.step(step), nil
}

// findLane returns the lane whose members are those picked, in any order.
func findLane(lanes [][]string, members []string) (int, bool) {
	for lane, codes := range lanes {
		if len(codes) != len(members) {
			continue
		}
		if !slices.ContainsFunc(codes, func(code string) bool { return !slices.Contains(members, code) }) {
			return lane, true
		}
	}
	return 0, false
}

func (o *Outcome) step(s *formula.Step) *Step {
	step := &Step{
		Line: s.Line, Member: s.Lane, Unit: s.Unit, Formula: s.Formula, History: s.History, WithValues: s.WithValues,
		Cut: s.Cut, Changes: []StepChange{}, Operands: []*Step{},
	}
	if step.Member == nil {
		step.Member = []string{}
	}
	if s.Period >= 0 || s.History {
		step.Month = o.Model.Calendar.Month(s.Period).String()
	}
	if o.veil == nil || !o.veil.Closed[s.Line] {
		step.Pointer = o.pointer(step)
	}
	if s.Fault != nil {
		failed := o.cellError(s.Lane, step.Month, *s.Fault)
		step.Error = &failed
	} else {
		step.Value = &s.Value
	}
	for _, a := range s.Adjustments {
		step.Changes = append(step.Changes, StepChange{
			Kind: string(a.Kind), Code: a.Code, Op: a.Op.String(), Value: a.Value,
			Before: finite(a.Before), After: finite(a.After), Source: a.Source,
		})
	}
	for _, operand := range s.Operands {
		step.Operands = append(step.Operands, o.step(operand))
	}
	return step
}

// pointer returns the place of what a step begins with.
func (o *Outcome) pointer(step *Step) string {
	line, _ := o.Model.ByCode(step.Line)
	if step.History {
		return o.Model.HistoryPointer(line, step.Member, step.Month)
	}
	if step.Formula == "" {
		return o.Model.CellPointer(line, step.Member, step.Month)
	}
	at := document.Pointer(line.Pointer(), "formula")
	for _, change := range o.Changes {
		if change.Formula != "" && change.Line == line.ID {
			at = document.Pointer(change.Pointer, "formula")
		}
	}
	return at
}

// finite returns a pointer to the number, nil for NaN, which stands for none.
func finite(value float64) *float64 {
	if value != value {
		return nil
	}
	return &value
}
