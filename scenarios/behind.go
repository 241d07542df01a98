package scenarios

import (
	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// Behind returns the outcome as somebody sees it who may not see all of it. The
// results are behind the veil; the model, the scenario and the changes in force
// come from what the reader may see of the plan, so that nobody who is handed
// the outcome finds more in it. What the veil shows is the same to the bit.
func (o *Outcome) Behind(veil *formula.Veil, model budget.Model, all []Scenario) *Outcome {
	scenario, ok := find(all, o.Scenario.ID)
	if !ok {
		scenario = Scenario{ID: o.Scenario.ID, Code: o.Scenario.Code}
	}
	in := settle(model, all, scenario)
	return &Outcome{
		Scenario: scenario, Model: in.model, Changes: in.changes,
		Program: o.Program, Results: o.Results.Behind(veil), veil: veil,
	}
}

// withheld refuses to tell how a withheld cell came about.
func withheld(line string) error {
	return problem.Problem{Kind: problem.Forbidden, Key: formula.Withheld, Args: problem.Args{"line": line}}
}
