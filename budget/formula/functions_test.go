package formula_test

import (
	"math"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

func TestEveryExampleOfTheFunctionTableRuns(t *testing.T) {
	for _, f := range formula.Functions() {
		t.Run(f.Name, func(t *testing.T) {
			if f.Doc.En == "" || f.Doc.Zh == "" || len(f.Examples) == 0 {
				t.Error("an entry has a sentence in both languages and an example")
			}
			for _, e := range f.Examples {
				runExample(t, e)
			}
		})
	}
}

// runExample evaluates an example in its plan and month.
func runExample(t *testing.T, e formula.Example) {
	t.Helper()
	scope, in := formula.ExampleScope()
	scope.Lines = append(scope.Lines, formula.Line{Code: "example", Formula: e.Formula, Pointer: "/example"})
	program, problems := formula.Compile(scope)
	if len(problems) > 0 {
		t.Errorf("%s: %v", e.Formula, problems)
		return
	}
	month, _ := calendar.Parse(e.Month)
	period, _ := scope.Calendar.Index(month)
	series, _ := program.Evaluate(in, nil).Series("example")
	if got := series.Values[period]; !(math.Abs(got-e.Want) <= 1e-12*math.Max(1, math.Abs(e.Want))) {
		t.Errorf("%s in %s is %v, want %v (%v)", e.Formula, e.Month, got, e.Want, series.Faults[period])
	}
}
