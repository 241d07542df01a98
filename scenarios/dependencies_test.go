package scenarios_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// brought follows the lines of head: what changes bring in.
const brought = `  - {code: wage, unit: CNY, values: 9}
  - {code: bonus, unit: CNY, values: 1}
  - {code: rate, values: 0.1}
  - {code: plain, unit: CNY, values: 3}
  - {code: above, unit: CNY, formula: "plain * 2"}
contributions:
  city: {items: [{code: old, rate: rate}]}
levers:
  - {code: pulled, changes: [{line: plain, formula: "wage"}]}
  - {code: left, changes: [{line: plain, formula: 'employer_contributions(bonus, "city")'}]}
scenarios:
  - {code: growth, levers: [pulled], changes: [{line: calls, scale: 2}]}
  - {code: deep, parent: growth, changes: [{line: cost, formula: "bonus"}]}
`

func TestDependenciesOfEveryScenarioAndLever(t *testing.T) {
	deps := book(t, brought).Dependencies()
	for code, want := range map[string][]string{
		"calls": nil, "plain": {"bonus", "rate", "wage"}, "above": {"plain"}, "cost": {"bonus", "calls", "price"}, "stock": {"stock"},
	} {
		if got := deps[code].Lines; !slices.Equal(got, want) {
			t.Errorf("%s reads %v, want %v", code, got, want)
		}
	}
	got := slices.Sorted(maps.Keys(deps.Downstream([]string{"rate", "calls"})))
	if want := []string{"above", "calls", "cost", "plain", "rate"}; !slices.Equal(got, want) {
		t.Errorf("below rate and calls stand %v, want %v", got, want)
	}
}

func TestBehindShowsTheSameNumbersAndAnotherModel(t *testing.T) {
	whole, seen := book(t, brought), book(t, "scenarios:\n  - {code: growth}\n")
	outcome := evaluate(t, whole, "growth")
	shown := map[string]bool{"calls": true, "above": true, "stock": true}
	veil := &formula.Veil{Shown: shown, Opaque: map[string]bool{"above": true}}
	behind := outcome.Behind(veil, seen.Model(), seen.Scenarios())
	if len(behind.Changes) > 0 || len(behind.Scenario.Levers) > 0 || len(behind.Model.Levers) > 0 || behind.Scenario.Code != "growth" {
		t.Errorf("the outcome holds what its reader may not see: %+v", behind.Scenario)
	}
	for _, code := range []string{"calls", "stock"} {
		want, _ := outcome.Sheet([]string{code}, scenarios.ByYear)
		got, err := behind.Sheet([]string{code}, scenarios.ByYear)
		if d := cmp.Diff(got, want); d != "" || err != nil {
			t.Errorf("%s differs (-got +want), %v:\n%s", code, err, d)
		}
	}
	sheet, err := behind.Sheet([]string{"cost"}, scenarios.ByMonth)
	if err != nil || len(sheet.Lines["cost"].Errors) != 3 || sheet.Lines["cost"].Errors[0].Key != formula.Withheld || sheet.Lines["cost"].Total != nil {
		t.Errorf("the withheld line is %+v, %v", sheet.Lines["cost"], err)
	}
	month := whole.Model().Calendar.Start
	if _, err := behind.Trace("cost", nil, month); problem.KindOf(err) != problem.Forbidden {
		t.Errorf("the trace of a withheld line is %v, want Forbidden", err)
	}
	if step, err := behind.Trace("stock", nil, month); err != nil || len(step.Operands) != 1 {
		t.Errorf("the trace of an open line is %+v, %v", step, err)
	}
	if !scenarios.Same(behind, evaluate(t, book(t, brought), "growth").Behind(veil, seen.Model(), seen.Scenarios()), "cost") {
		t.Error("a withheld line differs from itself")
	}
}
