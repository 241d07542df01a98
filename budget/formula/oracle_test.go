package formula_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/expr-lang/expr"
	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// TestAgreesWithExpr holds that a formula which expr's own machine can run as
// well gives the same number, to the bit. Ours fails where a step divides by
// zero or leaves the numbers; expr goes on with Inf there.
func TestAgreesWithExpr(t *testing.T) {
	ran := 0
	rapid.Check(t, func(t *rapid.T) {
		text := numberText(t, 5, nil)
		env := map[string]any{"a": drawValue(t, "a"), "b": drawValue(t, "b"), "c": drawValue(t, "c")}
		scope := formula.Scope{Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: 1}}
		in := formula.Inputs{Values: map[string][]float64{}}
		for _, name := range []string{"a", "b", "c"} {
			scope.Lines = append(scope.Lines, formula.Line{Code: name})
			in.Values[name] = []float64{env[name].(float64)}
		}
		scope.Lines = append(scope.Lines, formula.Line{Code: "here", Formula: text})
		program, problems := formula.Compile(scope)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", text, problems)
		}
		series, _ := program.Evaluate(in, nil).Series("here")
		result, err := expr.Eval(text, env)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		want, ok := result.(float64)
		if !ok {
			t.Fatalf("%s is %T", text, result)
		}
		if fault, failed := series.Faults[0]; failed {
			switch fault.Key {
			case "formula.division_by_zero", "formula.not_finite", "formula.pow_negative":
				return
			}
			t.Fatalf("%s fails with %s, expr gives %v", text, fault.Key, want)
		}
		ran++
		if got := series.Values[0]; math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("%s with %v is %v, expr gives %v", text, env, got, want)
		}
	})
	if ran == 0 {
		t.Error("no formula ran on both")
	}
}

func drawValue(t *rapid.T, name string) float64 {
	return rapid.OneOf(
		rapid.SampledFrom([]float64{0, 1, -1, 2, 0.5, 100, 7_000_000}),
		rapid.Float64Range(-1e6, 1e6),
	).Draw(t, name)
}

// numberText draws the text of a number, condition that of a condition.
func numberText(t *rapid.T, depth int, lets []string) string {
	names := append([]string{"a", "b", "c"}, lets...)
	if depth == 0 {
		if rapid.Bool().Draw(t, "name") {
			return rapid.SampledFrom(names).Draw(t, "which")
		}
		return rapid.SampledFrom([]string{"0.0", "1.0", "2.5", "3e2", "0.1", "1_000.25", "1e-3"}).Draw(t, "literal")
	}
	sub := func() string { return numberText(t, depth-1, lets) }
	switch rapid.IntRange(0, 10).Draw(t, "form") {
	case 0, 1, 2, 3:
		return sub() + rapid.SampledFrom([]string{" + ", " - ", " * ", " / ", "+", "-", "*", "/"}).Draw(t, "sign") + sub()
	case 4:
		return "(" + sub() + ")"
	case 5:
		return "-" + sub()
	case 6:
		return fmt.Sprintf("(%s ? %s : %s)", condition(t, depth-1, lets), sub(), sub())
	case 7:
		return fmt.Sprintf("(if %s { %s } else { %s })", condition(t, depth-1, lets), sub(), sub())
	case 8:
		name := fmt.Sprintf("v%d", len(lets))
		return fmt.Sprintf("(let %s = %s; %s)", name, sub(), numberText(t, depth-1, append(lets, name)))
	case 9:
		return rapid.SampledFrom([]string{"min", "max"}).Draw(t, "function") + "(" + sub() + ", " + sub() + ")"
	default:
		return sub() + rapid.SampledFrom([]string{" ** ", "^"}).Draw(t, "power") + rapid.SampledFrom([]string{"2.0", "0.5", "-1.0", "3.0"}).Draw(t, "exponent")
	}
}

func condition(t *rapid.T, depth int, lets []string) string {
	if depth <= 0 {
		return rapid.SampledFrom([]string{"true", "false", "a > b", "a <= c"}).Draw(t, "constant")
	}
	sub := func() string { return condition(t, depth-1, lets) }
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0, 1:
		sign := rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!="}).Draw(t, "compare")
		return "(" + numberText(t, depth-1, lets) + " " + sign + " " + numberText(t, depth-1, lets) + ")"
	case 2:
		return sub() + rapid.SampledFrom([]string{" and ", " or ", " && ", " || "}).Draw(t, "join") + sub()
	case 3:
		return rapid.SampledFrom([]string{"not ", "!"}).Draw(t, "not") + "(" + sub() + ")"
	case 4:
		list := []string{"1.0", "2.5", "0.0", "100.0"}[:rapid.IntRange(1, 4).Draw(t, "length")]
		return "(" + numberText(t, depth-1, lets) + rapid.SampledFrom([]string{" in ", " not in "}).Draw(t, "in") + "[" + strings.Join(list, ", ") + "])"
	default:
		return numberText(t, 0, lets) + " < " + numberText(t, 0, lets) + " <= " + numberText(t, 0, lets)
	}
}
