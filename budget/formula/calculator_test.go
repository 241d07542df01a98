package formula_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/budget/formula"
)

// differences lists the cells in which results differ, and their faults.
func differences(t *rapid.T, scope formula.Scope, got, want *formula.Results) {
	for _, line := range scope.Lines {
		a, _ := got.Series(line.Code)
		b, _ := want.Series(line.Code)
		if !sameBits(a.Values, b.Values) {
			t.Fatalf("%s = %s is %v, want %v", line.Code, line.Formula, a.Values, b.Values)
		}
		if len(a.Faults) > 0 || len(b.Faults) > 0 {
			if diff := cmp.Diff(b.Faults, a.Faults); diff != "" {
				t.Fatalf("%s = %s fails otherwise (-want +got):\n%s", line.Code, line.Formula, diff)
			}
		}
	}
}

// TestAgainIsEvaluate holds that an evaluation which takes over what it can is
// one that does not, faults included, after changes of any inputs.
func TestAgainIsEvaluate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawPlan(t)
		program, _ := formula.Compile(d.scope)
		results := program.Evaluate(d.in, nil)
		for range rapid.IntRange(1, 3).Draw(t, "edits") {
			in := formula.Inputs{
				Values: map[string][]float64{}, Opening: map[string][]float64{}, Adjust: map[string][]formula.Adjustment{},
			}
			for _, line := range d.scope.Lines {
				code, lanes := line.Code, lanesOf(d.scope.Dimensions, line.By)
				in.Values[code], in.Opening[code], in.Adjust[code] = d.in.Values[code], d.in.Opening[code], d.in.Adjust[code]
				switch rapid.IntRange(0, 9).Draw(t, "change") {
				case 0:
					in.Values[code] = rapid.SliceOfN(drawnNumber, lanes, lanes*3).Draw(t, "values")
				case 1:
					in.Opening[code] = rapid.SliceOfN(drawnNumber, lanes, lanes).Draw(t, "opening")
				case 2:
					in.Adjust[code] = []formula.Adjustment{drawAdjustment(t, lanes, d.scope.Calendar.Months)}
				}
			}
			d.in = in
			results = program.Again(results, in, nil)
			differences(t, d.scope, results, program.Evaluate(in, nil))
		}
	})
}

// TestACalculatorIsEvaluate holds the same of cells that are set one by one.
func TestACalculatorIsEvaluate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawPlan(t)
		program, _ := formula.Compile(d.scope)
		calculator := program.Calculator(d.in, nil)
		months := d.scope.Calendar.Months
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			for range rapid.IntRange(1, 3).Draw(t, "cells") {
				line := d.scope.Lines[rapid.IntRange(0, 2).Draw(t, "line")]
				lanes := lanesOf(d.scope.Dimensions, line.By)
				lane, period := rapid.IntRange(0, lanes-1).Draw(t, "lane"), rapid.IntRange(0, months-1).Draw(t, "period")
				value := drawnNumber.Draw(t, "value")
				if !calculator.Set(line.Code, lane, period, value) {
					t.Fatal("an input's cell cannot be set")
				}
				for len(d.in.Values[line.Code]) < lanes*months {
					d.in.Values[line.Code] = append(d.in.Values[line.Code], math.NaN())
				}
				d.in.Values[line.Code][period*lanes+lane] = value
			}
			calculator.Run()
			want := program.Evaluate(d.in, nil)
			for _, line := range d.scope.Lines {
				series, _ := want.Series(line.Code)
				if got := calculator.Cells(line.Code); !sameBits(got, series.Values) {
					t.Fatalf("%s = %s is %v, want %v", line.Code, line.Formula, got, series.Values)
				}
			}
			differences(t, d.scope, calculator.Results(), want)
		}
	})
}

func TestACalculatorAllocatesNothing(t *testing.T) {
	scope, in, _ := center(t, 1)
	program, _ := formula.Compile(scope)
	calculator := program.Calculator(in, nil)
	n := 0
	if got := testing.AllocsPerRun(20, func() {
		n++
		calculator.Set("churn", 0, 0, 0.01+float64(n%2)/1000)
		calculator.Set("wage", 0, 3, 5000+float64(n%2))
		calculator.Run()
	}); got != 0 {
		t.Errorf("a run allocates %v times", got)
	}
	for name, set := range map[string]bool{
		"no line":   calculator.Set("nothing", 0, 0, 1),
		"a formula": calculator.Set("total_cost", 0, 0, 1),
		"no lane":   calculator.Set("churn", 1, 0, 1),
		"no month":  calculator.Set("churn", 0, 12, 1),
	} {
		if set {
			t.Errorf("%s can be set", name)
		}
	}
	if calculator.Cells("nothing") != nil {
		t.Error("a line that is not there has cells")
	}
}
