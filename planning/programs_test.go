package planning_test

import (
	"testing"

	"centerplan/budget/capacity"
	"centerplan/scenarios"
)

func TestMovingAnInitiativeCompilesOnlyWhereAFormulaAsks(t *testing.T) {
	text := head + `lines:
  - {code: a, values: 10}
  - {code: b, formula: "a * 2"}
` + initiative + `scenarios: [{code: s, initiatives: {push: off}}, {code: t, changes: [{line: b, formula: "live(\"push\")"}]}, {code: u, parent: t, initiatives: {push: off}}]
`
	book := plan(t, text).Book()
	evaluate := func(code scenarios.Code) *scenarios.Outcome {
		outcome, err := book.Evaluate(code, capacity.NewSizer())
		if err != nil {
			t.Fatal(err)
		}
		return outcome
	}
	if evaluate("base").Program != evaluate("s").Program {
		t.Error("no formula asks, but there are two programs")
	}
	if evaluate("t").Program == evaluate("u").Program {
		t.Error("a formula asks, but there is one program for two answers")
	}
	if series, _ := evaluate("u").Results.Series("b"); series.Values[1] != 0 {
		t.Errorf("got %v, want the initiative off", series.Values)
	}
}
