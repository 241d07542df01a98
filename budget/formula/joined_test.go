package formula_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// joinedChains are formulas whose operations are done in one pass, with the
// steps that they are made of; # is the step before.
var joinedChains = []string{
	"(1 - x) * y + z | 1 - x | # * y | # + z",
	"z + (1 - x) * y | 1 - x | # * y | z + #",
	"x * y / z * 1.5 | x * y | # / z | # * 1.5",
	"(x - y) * z * 0.4 | x - y | # * z | # * 0.4",
	"x * y * z * 0.4 | x * y | # * z | # * 0.4",
	"(x + y) * 0.7 | x + y | # * 0.7",
	"(x + y) / 3 | x + y | # / 3",
	"(x - y) * 7 | x - y | # * 7",
	"(x - y) / 7 | x - y | # / 7",
	"x < 0.5 ? y : z | x < 0.5 ? 1 : 0 | # == 1 ? y : z",
	"x <= 0.5 ? y : 0 | x <= 0.5 ? 1 : 0 | # == 1 ? y : 0",
	"x > 0.5 ? 3 : z | x > 0.5 ? 1 : 0 | # == 1 ? 3 : z",
	"x >= 0.5 ? y : z | x >= 0.5 ? 1 : 0 | # == 1 ? y : z",
	"x * 0.3 * 7 | x * 0.3 | # * 7",
	"x * 0.3 / 7 | x * 0.3 | # / 7",
	"x / 0.3 * 7 | x / 0.3 | # * 7",
	"x * y * z * still | x * y | # * z | # * still",
	"x * still * y | x * still | # * y",
	"(x - still) * y | x - still | # * y",
	"(still - x) * still | still - x | # * still",
	"min(x * still, still) | x * still | min(#, still)",
	"x > still ? y : still | x > still ? 1 : 0 | # == 1 ? y : still",
	"(still * 2 - x) * y + z | still * 2 - x | # * y | # + z",
	"x * (1 / (still - 1.25)) * y | x * (1 / (still - 1.25)) | # * y",
	"x * 3 + 0.1 | x * 3 | # + 0.1",
	"min(x * 3, 0.1) | x * 3 | min(#, 0.1)",
	"min(0.1, x * 3) | x * 3 | min(0.1, #)",
	"min(x + 0.1, 3) | x + 0.1 | min(#, 3)",
	"min(3, x - 0.1) | x - 0.1 | min(3, #)",
	"max(x, 0) * 0.85 | max(x, 0) | # * 0.85",
	"max(0, x) * 0.85 | max(0, x) | # * 0.85",
	"(1 - x) * 0.85 | 1 - x | # * 0.85",
	"(1 + x) * 0.85 | 1 + x | # * 0.85",
	"x + y + z + u | x + y | # + z | # + u",
	"u + (x + y + z) | x + y | # + z | u + #",
	"x + y + z + u + v | x + y | # + z | # + u | # + v",
	"v + (x + y + z + u) | x + y | # + z | # + u | v + #",
	"x + y + z + u + v + x + y + z + u | x + y | # + z | # + u | # + v | # + x | # + y | # + z | # + u",
	"1 * x / 1 * 1 + y | x + y",
	"x * y * 0.3 + z | x * y | # * 0.3 | # + z",
	"z + x * y * 0.3 | x * y | # * 0.3 | z + #",
	"(z + u) + x * y + 0 | z + u | # + prod | # + 0",
	"x * y + z * u | prod + prod2",
	"z + u + x * y + y * x * 0.4 | z + u | # + prod | # + prod4",
}

// joinedScope has the chains and their steps as lines of one month. The
// operands are formulas, which the lines before may have to be waited for.
func joinedScope(recurrent bool) (scope formula.Scope, chains [][2]string) {
	scope.Calendar = calendar.Calendar{Start: calendar.Of(2027, 1), Months: 1, FiscalStart: 1}
	tail := []string{"0"}
	for i, text := range joinedChains {
		steps := strings.Split(text, " | ")
		whole := fmt.Sprintf("chain_%d", i)
		scope.Lines = append(scope.Lines, formula.Line{Code: whole, Formula: steps[0]})
		last := ""
		for j, step := range steps[1:] {
			code := fmt.Sprintf("step_%d_%d", i, j)
			scope.Lines = append(scope.Lines, formula.Line{Code: code, Formula: strings.ReplaceAll(step, "#", last)})
			last = code
		}
		tail = append(tail, whole, last)
		chains = append(chains, [2]string{whole, last})
	}
	for _, code := range []string{"x", "y", "z", "u", "v"} {
		text := "in_" + code
		if recurrent {
			text += " - prev(tail)"
		}
		scope.Lines = append(scope.Lines, formula.Line{Code: "in_" + code}, formula.Line{Code: code, Formula: text})
	}
	scope.Lines = append(scope.Lines,
		formula.Line{Code: "prod", Formula: "x * y"}, formula.Line{Code: "prod2", Formula: "z * u"},
		formula.Line{Code: "prod4", Formula: "y * x * 0.4"},
		formula.Line{Code: "tail", Formula: strings.Join(tail, " + ")}, formula.Line{Code: "still", Formula: "1.25"})
	return scope, chains
}

// oddNumber is the i-th of numbers that operations tell apart.
func oddNumber(i int) float64 {
	numbers := [...]float64{0, 1, -1, 0.5, 3, 1e-300, 1e300, -2.5, 0.1, 1e308, math.Copysign(0, -1)}
	return numbers[i%len(numbers)]
}

// TestJoinedOperationsAreTheirSteps holds that what is done in one pass comes
// to the bits of its steps: in columns, in a recurrence and in many runs.
func TestJoinedOperationsAreTheirSteps(t *testing.T) {
	const runs = 1331
	operands := []string{"in_x", "in_y", "in_z", "in_u", "in_v"}
	strides := []int{1, 11, 121, 7, 5}
	for _, recurrent := range []bool{false, true} {
		scope, chains := joinedScope(recurrent)
		program, problems := formula.Compile(scope)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		many := formula.Runs{Count: runs, Workers: 1, Block: 97}
		for _, chain := range chains {
			many.Outputs = append(many.Outputs, chain[0], chain[1])
		}
		in := formula.Inputs{Values: map[string][]float64{}, Opening: map[string][]float64{"tail": {0}}}
		for i, code := range operands {
			factor := formula.RunFactor{Line: code, ByRun: make([]float64, runs)}
			for run := range factor.ByRun {
				factor.ByRun[run] = oddNumber(run / strides[i])
			}
			in.Values[code] = []float64{1}
			many.Factors = append(many.Factors, factor)
		}
		columns, err := program.EvaluateRuns(t.Context(), in, many, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, chain := range chains {
			whole, _ := columns.Values(chain[0])
			steps, _ := columns.Values(chain[1])
			for run := range runs {
				if math.Float64bits(whole[run]) != math.Float64bits(steps[run]) {
					t.Fatalf("%s: %v in one, %v by steps in run %d", joinedChains[i], whole[run], steps[run], run)
				}
			}
		}
		for run := 0; run < runs; run += 7 {
			for i, code := range operands {
				in.Values[code][0] = many.Factors[i].ByRun[run]
			}
			results := program.Evaluate(in, nil)
			for i, chain := range chains {
				whole, _ := results.Series(chain[0])
				steps, _ := results.Series(chain[1])
				if math.Float64bits(whole.Values[0]) != math.Float64bits(steps.Values[0]) {
					t.Fatalf("%s: %v in one, %v by steps of run %d, recurrent %v", joinedChains[i], whole.Values[0], steps.Values[0], run, recurrent)
				}
			}
		}
	}
}
