package scenarios

import (
	"slices"

	"centerplan/budget/formula"
)

// A Difference is a step of the settling order that a scenario takes and the
// base of a comparison does not, or the other way round.
type Difference struct {
	Scenario Code `json:"scenario"`
	// Kind says which sort of step it is, and Code which initiative, lever or
	// scenario takes it; actuals have no code.
	Kind string `json:"kind" enum:"initiative,lever,change,cell,actual"`
	Code string `json:"code"`
	// Month is when an initiative goes live, or up to which actuals stand.
	Month string `json:"month"`
	// Missing says that the base takes the step and the scenario does not.
	Missing bool `json:"missing"`
	// Lines are the lines it changes, in display order.
	Lines []string `json:"lines"`
}

// differences lists how what is in force in an outcome differs from the base:
// what it adds, then what it lacks, each in the order of settling.
func differences(base, other *Outcome) []Difference {
	theirs, ours := base.steps(), other.steps()
	var all []Difference
	for _, step := range ours {
		if !slices.ContainsFunc(theirs, step.same) {
			all = append(all, step)
		}
	}
	for _, step := range theirs {
		if !slices.ContainsFunc(ours, step.same) {
			step.Missing = true
			all = append(all, step)
		}
	}
	for i := range all {
		all[i].Scenario = other.Scenario.Code
	}
	return all
}

// same reports whether two scenarios take the same step: what has a code is
// the same in all that have it.
func (d Difference) same(other Difference) bool {
	return d.Kind == other.Kind && d.Code == other.Code && d.Month == other.Month
}

// steps lists what is in force in the outcome, each initiative, lever and
// scenario once.
func (o *Outcome) steps() []Difference {
	var steps []Difference
	for _, launch := range o.Model.Launches {
		if launch.Month != 0 {
			steps = append(steps, Difference{Kind: string(formula.Initiative), Code: launch.Code, Month: launch.Month.String()})
		}
	}
	lines := map[string][]bool{}
	for _, change := range o.Changes {
		step := Difference{Kind: string(change.Kind), Code: change.Code}
		is := func(d Difference) bool { return d.Kind == step.Kind && d.Code == step.Code }
		if !slices.ContainsFunc(steps, is) {
			steps = append(steps, step)
		}
		key := step.Kind + " " + step.Code
		if lines[key] == nil {
			lines[key] = make([]bool, len(o.Model.Lines))
		}
		for i, line := range o.Model.Lines {
			if line.ID == change.Line {
				lines[key][i] = true
			}
		}
	}
	for i := range steps {
		steps[i].Lines = o.named(lines[steps[i].Kind+" "+steps[i].Code])
	}
	if closed := o.Model.Closed(); closed > 0 && len(o.Model.Actuals) > 0 {
		known := make([]bool, len(o.Model.Lines))
		for i, line := range o.Model.Lines {
			known[i] = len(o.Model.Actuals[line.ID]) > 0
		}
		steps = append(steps, Difference{Kind: string(formula.Actual), Month: o.Model.Through.String(), Lines: o.named(known)})
	}
	return steps
}

// named returns the codes of the lines marked, in display order.
func (o *Outcome) named(marked []bool) []string {
	codes := []string{}
	for i, line := range o.Model.Lines {
		if i < len(marked) && marked[i] {
			codes = append(codes, line.Code)
		}
	}
	return codes
}
