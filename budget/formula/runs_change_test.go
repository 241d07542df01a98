package formula_test

import (
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// drawChanges draws adjustments that some runs make, on any lines.
func drawChanges(t *rapid.T, d *drawnPlan, count int) []formula.RunChange {
	var changes []formula.RunChange
	months := d.scope.Calendar.Months
	for range rapid.IntRange(1, 4).Draw(t, "changes") {
		line := rapid.SampledFrom(d.scope.Lines).Draw(t, "changed")
		c := formula.RunChange{Line: line.Code, Adjustment: formula.Adjustment{
			Op:    rapid.SampledFrom([]formula.Op{formula.Set, formula.Scale, formula.Add}).Draw(t, "op"),
			Value: drawnNumber.Draw(t, "value"), From: rapid.IntRange(0, months-1).Draw(t, "from"), To: months - 1,
		}}
		if rapid.Bool().Draw(t, "some lanes") {
			c.Lanes = []int{lanesOf(d.scope.Dimensions, line.By) - 1}
		}
		if rapid.Bool().Draw(t, "some runs") {
			c.In = rapid.SliceOfN(rapid.Bool(), count, count).Draw(t, "in")
		}
		changes = append(changes, c)
	}
	return changes
}

// TestRunsWithChangesAreSingleEvaluations holds that a change which some runs
// make is, to the bit, an adjustment in those runs and none in the others, and
// that totals are those of the run alone.
func TestRunsWithChangesAreSingleEvaluations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawPlan(t)
		program, problems := formula.Compile(d.scope)
		count := rapid.IntRange(1, 6).Draw(t, "count")
		runs := formula.Runs{Count: count}
		if rapid.Bool().Draw(t, "factors too") {
			runs = drawRuns(t, &d, count)
		}
		runs.Changes = drawChanges(t, &d, count)
		runs.Block = rapid.IntRange(0, 4).Draw(t, "block")
		target := rapid.SampledFrom(d.scope.Lines).Draw(t, "target").Code
		if rapid.Bool().Draw(t, "pruned") {
			runs.Outputs = program.TotalReads(target)
		}
		columns, err := program.EvaluateRuns(t.Context(), d.in, runs, nil)
		if err != nil {
			t.Fatal(err)
		}
		totals := columns.Totals(target)
		for run := range count {
			alone := columns.Results(run)
			for _, line := range d.scope.Lines {
				values, kept := columns.Values(line.Code)
				series, _ := alone.Series(line.Code)
				for i := 0; kept && i < len(series.Values); i++ {
					if !sameBits(values[i*count+run:][:1], series.Values[i:][:1]) {
						t.Fatalf("%s = %s, cell %d of run %d is %v, alone %v\n%v", line.Code, line.Formula, i, run, values[i*count+run], series.Values[i], problems)
					}
				}
			}
			want, _ := alone.Roll(target, -1, 0, d.scope.Calendar.Months-1)
			if !sameBits(totals[run:][:1], []float64{want}) {
				t.Fatalf("the total of %s in run %d is %v, alone %v", target, run, totals[run], want)
			}
		}
	})
}

func TestChangesThatCannotBeRunAreRefused(t *testing.T) {
	scope, in, _ := center(t, 1)
	program, _ := formula.Compile(scope)
	for name, c := range map[string]struct {
		change formula.RunChange
		kind   problem.Kind
	}{
		"of no line":           {formula.RunChange{Line: "nowhere"}, problem.NotFound},
		"with too few choices": {formula.RunChange{Line: "churn", In: []bool{true}}, problem.Invalid},
	} {
		_, err := program.EvaluateRuns(t.Context(), in, formula.Runs{Count: 2, Changes: []formula.RunChange{c.change}}, nil)
		if got := problem.KindOf(err); got != c.kind {
			t.Errorf("a change %s: got kind %v of %v, want %v", name, got, err, c.kind)
		}
	}
}
