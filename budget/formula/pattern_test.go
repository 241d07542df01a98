package formula_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// othersOfItsShape puts other names, numbers and texts into a formula, so that
// the parser's tree of both has one shape.
var othersOfItsShape = strings.NewReplacer(
	"max", "max", "v0", "w0", "v1", "w1", "headcount", "cost", "cost", "headcount", "volume", "aht", "voice", "chat", "chat", "voice", "a", "b", "b", "c", "c", "a",
	"1", "2", "2", "31", "3", "1", "factor", "话务量", "话务量", "headcount",
)

// alone compiles a formula behind others and returns what came of it.
func alone(others []string, text, unit string) (problem.List, formula.Series, *formula.Step) {
	scope, in := formula.ExampleScope()
	for i, code := range []string{"a", "b", "c", "factor", "话务量"} {
		scope.Lines = append(scope.Lines, formula.Line{Code: code, Pointer: "/" + code})
		for m := range 12 {
			in.Values[code] = append(in.Values[code], float64(10*i+m))
		}
	}
	for _, other := range others {
		scope.Lines = append(scope.Lines, formula.Line{Code: "other", Formula: other, Pointer: "/other"})
	}
	scope.Lines = append(scope.Lines, formula.Line{Code: "here", Formula: text, Unit: unit, Pointer: "/here"})
	program, problems := formula.Compile(scope)
	var own problem.List
	for _, p := range problems {
		if p.Pointer == "/here" {
			own = append(own, p)
		}
	}
	results := program.Evaluate(in, nil)
	series, _ := results.Series("here")
	return own, series, program.Trace(results, "here", 0, 2)
}

// sameBeside holds that a formula means and costs the same beside others.
func sameBeside(t interface{ Errorf(string, ...any) }, text, unit string) {
	problems, series, trace := alone(nil, text, unit)
	again, beside, traced := alone([]string{othersOfItsShape.Replace(text), text}, text, unit)
	if diff := cmp.Diff(problems, again); diff != "" {
		t.Errorf("%q has other problems beside one of its shape:\n%s", text, diff)
	}
	for i := range series.Values {
		if !same(series.Values[i], beside.Values[i]) {
			t.Errorf("%q is %v, beside one of its shape %v", text, series.Values, beside.Values)
			break
		}
	}
	if diff := cmp.Diff(series.Faults, beside.Faults); diff != "" {
		t.Errorf("%q fails otherwise beside one of its shape:\n%s", text, diff)
	}
	if trace != nil && trace.WithValues != traced.WithValues {
		t.Errorf("%q is traced as %q, beside one of its shape as %q", text, trace.WithValues, traced.WithValues)
	}
}

// TestFormulasAreTheSameBesideOthersOfTheirShape holds that reading a formula
// by the pattern of an earlier one changes nothing.
func TestFormulasAreTheSameBesideOthersOfTheirShape(t *testing.T) {
	golden, err := os.ReadFile("testdata/problems.txt")
	if err != nil {
		t.Fatal(err)
	}
	for text := range strings.Lines(string(golden)) {
		text = strings.TrimSuffix(text, "\n")
		if text != "" && !strings.HasPrefix(strings.TrimSpace(text), "^") {
			sameBeside(t, text, "")
			sameBeside(t, text, "hour")
		}
	}
	for _, f := range formula.Functions() {
		for _, example := range f.Examples {
			sameBeside(t, example.Formula, "")
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		sameBeside(t, numberText(t, 4, nil)+rapid.SampledFrom([]string{"", "", " +", " + volume", " + unknown", ")"}).Draw(t, "behind"), "")
	})
}
