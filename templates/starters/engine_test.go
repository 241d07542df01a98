package starters_test

import (
	"math"
	"slices"
	"testing"

	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning"
	"centerplan/scenarios"
)

// uncertain are drivers that together reach most of the two-city plan.
var uncertain = []string{
	"growth", "fcr", "aht_all", "patience", "shrink_out", "attrition_year", "partner_share", "bot_contain", "ticket_team", "base_pay",
}

// TestPlansAreTheSameHoweverTheyAreEvaluated holds, on real plans, that many
// runs at once, a second evaluation after an edit, and a lone evaluation agree
// to the bit.
func TestPlansAreTheSameHoweverTheyAreEvaluated(t *testing.T) {
	plan, err := planning.Read(decode(t, "twocity"))
	if err != nil {
		t.Fatal(err)
	}
	book := plan.Book()
	for _, code := range []scenarios.Code{"lean", "forecast"} {
		t.Run(string(code), func(t *testing.T) {
			sizer := capacity.NewSizer()
			outcome, err := book.Evaluate(code, sizer)
			if err != nil {
				t.Fatal(err)
			}
			in := outcome.Model.Inputs(outcome.Changes)
			const count = 5
			runs := formula.Runs{Count: count, Block: 2, Workers: 2}
			for i, line := range uncertain {
				factor := formula.RunFactor{Line: line, To: outcome.Model.Calendar.Months - 1}
				for run := range count { // the first run is the plan itself
					factor.ByRun = append(factor.ByRun, 1+0.004*float64(run*((i+run)%3)))
				}
				runs.Factors = append(runs.Factors, factor)
			}
			columns, err := outcome.Program.EvaluateRuns(t.Context(), in, runs, sizer)
			if err != nil {
				t.Fatal(err)
			}
			before := outcome.Results
			for run := range count {
				risky := withFactors(in, runs, run)
				alone := outcome.Program.Evaluate(risky, nil)
				again := outcome.Program.Again(before, risky, sizer)
				before = again
				for _, line := range outcome.Model.Lines {
					want, _ := alone.Series(line.Code)
					second, _ := again.Series(line.Code)
					all, _ := columns.Values(line.Code)
					for cell, value := range want.Values {
						if got := second.Values[cell]; !sameBits(got, value) {
							t.Fatalf("run %d, cell %d of %s after an edit: got %v, want %v", run, cell, line.Code, got, value)
						}
						if got := all[cell*count+run]; !sameBits(got, value) {
							t.Fatalf("run %d, cell %d of %s among others: got %v, want %v", run, cell, line.Code, got, value)
						}
					}
				}
			}
		})
	}
}

// withFactors puts one run's factors behind the lines' adjustments, and before
// the actuals of closed months.
func withFactors(in formula.Inputs, runs formula.Runs, run int) formula.Inputs {
	adjust := map[string][]formula.Adjustment{}
	for line, all := range in.Adjust {
		adjust[line] = slices.Clone(all)
	}
	for _, factor := range runs.Factors {
		all := adjust[factor.Line]
		at := slices.IndexFunc(all, func(a formula.Adjustment) bool { return a.AfterRisk })
		if at < 0 {
			at = len(all)
		}
		adjust[factor.Line] = slices.Insert(all, at, formula.Adjustment{
			Op: formula.Scale, Value: factor.ByRun[run], Lanes: factor.Lanes, From: factor.From, To: factor.To,
		})
	}
	in.Adjust = adjust
	return in
}

func sameBits(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}
