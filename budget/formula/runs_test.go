package formula_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// drawRuns draws factors on any lines, formulas too.
func drawRuns(t *rapid.T, d *drawnPlan, count int) formula.Runs {
	runs := formula.Runs{Count: count}
	months := d.scope.Calendar.Months
	for range rapid.IntRange(1, 3).Draw(t, "factors") {
		line := rapid.SampledFrom(d.scope.Lines).Draw(t, "line")
		f := formula.RunFactor{Line: line.Code, From: rapid.IntRange(0, months-1).Draw(t, "from"), To: months - 1}
		if rapid.Bool().Draw(t, "some lanes") {
			f.Lanes = []int{0, lanesOf(d.scope.Dimensions, line.By) - 1}
		}
		f.ByRun = rapid.SliceOfN(drawnNumber, count, count).Draw(t, "by run")
		runs.Factors = append(runs.Factors, f)
		for i := range d.in.Adjust[line.Code] {
			d.in.Adjust[line.Code][i].AfterRisk = i > 0 && rapid.Bool().Draw(t, "after risk")
		}
	}
	return runs
}

func sameBits(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool {
		return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
	})
}

// TestManyRunsAreSingleEvaluations holds that every cell of every run is that
// of an evaluation of its own, whatever the blocks, the workers and the lines
// that are kept.
func TestManyRunsAreSingleEvaluations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawPlan(t)
		program, problems := formula.Compile(d.scope)
		runs := drawRuns(t, &d, rapid.IntRange(1, 9).Draw(t, "count"))
		runs.Block = rapid.IntRange(0, 5).Draw(t, "block")
		runs.Workers = rapid.IntRange(1, 2).Draw(t, "workers")
		if rapid.Bool().Draw(t, "pruned") {
			for _, line := range d.scope.Lines {
				if rapid.IntRange(0, 2).Draw(t, "kept") == 0 {
					runs.Outputs = append(runs.Outputs, line.Code)
				}
			}
			runs.Outputs = append(runs.Outputs, d.scope.Lines[3].Code)
		}
		columns, err := program.EvaluateRuns(t.Context(), d.in, runs, nil)
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "again") {
			for i := range runs.Factors {
				runs.Factors[i].ByRun = rapid.SliceOfN(drawnNumber, runs.Count, runs.Count).Draw(t, "other by run")
			}
			first := d.scope.Lines[0]
			d.in.Values[first.Code] = rapid.SliceOfN(drawnNumber, 1, 10).Draw(t, "other values")
			runs.Reuse = columns
			if columns, err = program.EvaluateRuns(t.Context(), d.in, runs, nil); err != nil {
				t.Fatal(err)
			}
		}
		for run := range runs.Count {
			alone := columns.Results(run)
			for _, line := range d.scope.Lines {
				values, kept := columns.Values(line.Code)
				if kept != (runs.Outputs == nil || slices.Contains(runs.Outputs, line.Code)) {
					t.Fatalf("%s is kept: %v", line.Code, kept)
				}
				series, _ := alone.Series(line.Code)
				for i := 0; kept && i < len(series.Values); i++ {
					got, want := values[i*runs.Count+run], series.Values[i]
					if !sameBits([]float64{got}, []float64{want}) {
						t.Fatalf("%s = %s, cell %d of run %d is %v, alone %v\n%v", line.Code, line.Formula, i, run, got, want, problems)
					}
				}
			}
		}
	})
}

// TestRunsOfTheCenterAreTheSameInAnyBlocks holds the same for a whole model,
// and that memory which is used again has nothing left in it.
func TestRunsOfTheCenterAreTheSameInAnyBlocks(t *testing.T) {
	scope, in, _ := center(t, 1)
	program, _ := formula.Compile(scope)
	factors := make([]float64, 1000)
	for i := range factors {
		factors[i] = 0.9 + float64(i)/5000
	}
	runs := formula.Runs{Count: len(factors), Factors: []formula.RunFactor{{Line: "churn", To: 11, ByRun: factors}}}
	want, err := program.EvaluateRuns(t.Context(), in, runs, nil)
	if err != nil {
		t.Fatal(err)
	}
	alone := want.Results(123)
	for _, shape := range [][2]int{{1, 1}, {7, 2}, {256, 1}, {1000, 2}, {5000, 1}} {
		runs.Block, runs.Workers = shape[0], shape[1]
		got, err := program.EvaluateRuns(t.Context(), in, runs, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range scope.Lines {
			a, _ := want.Values(line.Code)
			b, _ := got.Values(line.Code)
			series, _ := alone.Series(line.Code)
			if !sameBits(a, b) || b[123] != series.Values[0] {
				t.Fatalf("%s differs with blocks of %d and %d workers", line.Code, runs.Block, runs.Workers)
			}
		}
		runs.Reuse = got
	}
}

func TestRunsThatCannotBe(t *testing.T) {
	scope, in, _ := center(t, 1)
	program, _ := formula.Compile(scope)
	one := []float64{1, 2}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		runs formula.Runs
		want problem.Kind
	}{
		"a factor's line exists":          {t.Context(), formula.Runs{Count: 2, Factors: []formula.RunFactor{{Line: "none", ByRun: one}}}, problem.NotFound},
		"an output exists":                {t.Context(), formula.Runs{Count: 2, Outputs: []string{"none"}}, problem.NotFound},
		"there is a factor for each run":  {t.Context(), formula.Runs{Count: 3, Factors: []formula.RunFactor{{Line: "churn", ByRun: one}}}, problem.Invalid},
		"a context that is done stops it": {done, formula.Runs{Count: 2, Factors: []formula.RunFactor{{Line: "churn", ByRun: one}}}, problem.Internal},
	} {
		_, err := program.EvaluateRuns(c.ctx, in, c.runs, nil)
		p, ok := errors.AsType[problem.Problem](err)
		if err == nil || ok && p.Kind != c.want || !ok && !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestQuantilesInterpolate(t *testing.T) {
	values := make([]float64, 101)
	for i := range values {
		values[i] = float64((i * 37) % 101)
	}
	got := formula.Quantiles(values, 0.1, 0.5, 0.905, 0, 1)
	if !slices.Equal(got, []float64{10, 50, 90.5, 0, 100}) {
		t.Errorf("the quantiles are %v", got)
	}
	if got := formula.Quantiles([]float64{1, math.NaN()}, 0.5); got[0] == got[0] {
		t.Errorf("the median of what is no number is %v", got)
	}
	if got := formula.Quantiles(nil, 0.5); got[0] == got[0] {
		t.Errorf("the median of nothing is %v", got)
	}
}

// TestQuantilesAreThoseOfSorting holds selection against sorting.
func TestQuantilesAreThoseOfSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-10, 10), 1, 200).Draw(t, "values")
		share := rapid.Float64Range(0, 1).Draw(t, "share")
		sorted := slices.Clone(values)
		slices.Sort(sorted)
		at := share * float64(len(sorted)-1)
		low := int(at)
		want := sorted[low]
		if low+1 < len(sorted) {
			want += (at - float64(low)) * (sorted[low+1] - sorted[low])
		}
		if got := formula.Quantiles(values, share)[0]; math.Abs(got-want) > 1e-12 {
			t.Fatalf("the %v quantile is %v, sorted %v", share, got, want)
		}
	})
}
