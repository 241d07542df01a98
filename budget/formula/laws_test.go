package formula_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// TestLaws holds what must be true of any numbers.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.IntRange(1, 30).Draw(t, "months")
		scope := formula.Scope{
			Calendar:   calendar.Calendar{Start: calendar.Of(2027, 1), Months: months, FiscalStart: rapid.IntRange(1, 12).Draw(t, "fiscal")},
			Dimensions: []formula.Dimension{{Code: "queue", Members: []string{"voice", "chat", "mail"}}},
			Lines: []formula.Line{
				{Code: "x"},
				{Code: "v", By: []string{"queue"}, Unit: "contact"},
				{Code: "run", Formula: "prev(run) + x"},
				{Code: "gathered", Formula: "cumulate(x)"},
				{Code: "back", Formula: "prev(next(x))"},
				{Code: "shares", Formula: "sum(share(v))"},
				{Code: "spread", Formula: `v["voice"] + v["chat"] + v["mail"]`},
				{Code: "total", Formula: "sum(v)"},
				{Code: "moved", Formula: "period > 1 ? ytd(x) - (month == fiscal ? 0 : prev(ytd(x))) : x"},
				{Code: "fiscal"},
			},
		}
		value := rapid.Custom(func(t *rapid.T) float64 { return float64(rapid.IntRange(1, 1_000_000).Draw(t, "n")) })
		first := float64(scope.Calendar.FiscalStart)
		fiscal := make([]float64, months)
		for i := range fiscal {
			fiscal[i] = first
		}
		in := formula.Inputs{
			Values: map[string][]float64{
				"x": rapid.SliceOfN(value, months, months).Draw(t, "x"),
				"v": rapid.SliceOfN(value, 3*months, 3*months).Draw(t, "v"), "fiscal": fiscal,
			},
			Opening: map[string][]float64{"run": {0}},
		}
		program, problems := formula.Compile(scope)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		results := program.Evaluate(in, nil)
		same := func(law, a, b string) {
			left, _ := results.Series(a)
			right, _ := results.Series(b)
			for i := range left.Values {
				if math.Float64bits(left.Values[i]) != math.Float64bits(right.Values[i]) {
					t.Fatalf("%s: %v and %v in month %d", law, left.Values[i], right.Values[i], i+1)
				}
			}
		}
		same("what has gathered is the running sum", "run", "gathered")
		same("a month ahead and back is the month", "x", "back")
		same("a sum is its members in order", "spread", "total")
		same("the year to date grows by the month", "moved", "x")
		if shares, _ := results.Series("shares"); math.Abs(shares.Values[0]-1) > 1e-12 {
			t.Fatalf("the shares add up to %v", shares.Values[0])
		}
		whole, _ := results.Roll("v", -1, 0, months-1)
		parts := 0.0
		for lane := range 3 {
			part, _ := results.Roll("v", lane, 0, months-1)
			parts += part
		}
		if math.Abs(whole-parts) > 1e-9*whole {
			t.Fatalf("the total is %v, its members add up to %v", whole, parts)
		}
	})
}

// TestTheOrderOfLinesChangesNothing shuffles a model: every cell keeps its bits.
func TestTheOrderOfLinesChangesNothing(t *testing.T) {
	scope, in, _ := center(t, 1)
	program, _ := formula.Compile(scope)
	want := program.Evaluate(in, nil)
	for seed := range uint64(3) {
		shuffled := scope
		shuffled.Lines = append([]formula.Line(nil), scope.Lines...)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled.Lines), func(i, j int) {
			shuffled.Lines[i], shuffled.Lines[j] = shuffled.Lines[j], shuffled.Lines[i]
		})
		program, problems := formula.Compile(shuffled)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got := program.Evaluate(in, nil)
		for _, line := range scope.Lines {
			a, _ := want.Series(line.Code)
			b, _ := got.Series(line.Code)
			for i := range a.Values {
				if math.Float64bits(a.Values[i]) != math.Float64bits(b.Values[i]) {
					t.Fatalf("seed %d: %s in month %d is %v, was %v", seed, line.Code, i+1, b.Values[i], a.Values[i])
				}
			}
		}
	}
}
