package formula_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// veiled has a wage that is closed, a cost that is withheld, a total that is
// released and a share that rests on the total.
func veiled() (*formula.Program, *formula.Results, *formula.Results) {
	program, _ := formula.Compile(formula.Scope{
		Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: 2},
		Lines: []formula.Line{
			{Code: "heads"},
			{Code: "wage"},
			{Code: "cost", Formula: "heads * wage"},
			{Code: "total", Formula: "cost + 10", Rollup: formula.Rollup{Kind: formula.Formula}},
			{Code: "share", Formula: "total / heads"},
			{Code: "raise", Formula: "prev(wage) * 2"},
		},
	})
	results := program.Evaluate(formula.Inputs{
		Values: map[string][]float64{"heads": {4, 5}, "wage": {100, math.NaN()}},
		Adjust: map[string][]formula.Adjustment{
			"total": {{Op: formula.Add, Value: 1, Kind: formula.Change, Source: "/c"}}, "raise": {{Op: formula.Scale, Value: 3, To: 1}},
		},
	}, nil)
	veil := &formula.Veil{
		Shown:  map[string]bool{"heads": true, "total": true, "share": true, "raise": true},
		Opaque: map[string]bool{"total": true}, Closed: map[string]bool{"wage": true, "raise": true},
	}
	behind := results.Behind(veil)
	return program, results, behind
}

func TestBehindAVeil(t *testing.T) {
	_, whole, behind := veiled()
	withheld := func(f *formula.Fault) bool {
		return f != nil && f.Key == formula.Withheld && f.Lane == -1 && f.Period == -1
	}
	for _, code := range []string{"wage", "cost", "nothing"} {
		series, ok := behind.Series(code)
		for i, v := range series.Values {
			fault := series.Faults[i]
			if v == v || !withheld(&fault) || fault.Line != code {
				t.Errorf("%s, cell %d is %v, %v", code, i, v, fault)
			}
		}
		if v, fault := behind.Roll(code, -1, 0, 1); ok && (v == v || !withheld(fault)) {
			t.Errorf("the total of %s is %v, %v", code, v, fault)
		}
	}
	for _, code := range []string{"heads", "total", "share", "raise"} {
		want, _ := whole.Series(code)
		got, _ := behind.Series(code)
		for i, v := range want.Values {
			if math.Float64bits(got.Values[i]) != math.Float64bits(v) {
				t.Errorf("%s, cell %d is %v, want %v", code, i, got.Values[i], v)
			}
		}
	}
	// The second month of total fails for want of a wage, which is not told.
	for _, code := range []string{"total", "share"} {
		series, _ := behind.Series(code)
		_, rolled := behind.Roll(code, -1, 0, 1)
		if fault := series.Faults[1]; !withheld(&fault) || fault.Line != code || !withheld(rolled) {
			t.Errorf("%s fails with %v, its total with %v", code, fault, rolled)
		}
	}
	if _, fault := whole.Roll("share", -1, 0, 1); fault == nil || fault.Line != "wage" {
		t.Errorf("without the veil the cause is %v, want wage", fault)
	}
}

func TestTraceBehindAVeil(t *testing.T) {
	program, whole, behind := veiled()
	if step := program.Trace(behind, "cost", 0, 0); step != nil {
		t.Errorf("a withheld line has a trace: %v", step)
	}
	total := program.Trace(behind, "total", 0, 0)
	if len(total.Operands) > 0 || total.WithValues != "" || total.Value != 411 || total.Formula == "" {
		t.Errorf("the released line is told as %+v", total)
	}
	if a := total.Adjustments; len(a) != 1 || a[0].Value != 1 || a[0].Before == a[0].Before || a[0].After == a[0].After {
		t.Errorf("what the released line was before the change is told: %v", total.Adjustments)
	}
	raise := program.Trace(behind, "raise", 0, 1)
	if len(raise.Operands)+len(raise.Adjustments) > 0 || raise.Formula != "" || raise.WithValues != "" || raise.Value != 600 {
		t.Errorf("the closed line is told as %+v", raise)
	}
	share := program.Trace(behind, "share", 0, 0)
	if len(share.Operands) != 2 || len(share.Operands[0].Operands) != 0 || share.WithValues != "411 / 4" {
		t.Errorf("the open line is told as %+v", share)
	}
	if d := cmp.Diff(program.Trace(behind, "heads", 0, 0), program.Trace(whole, "heads", 0, 0)); d != "" {
		t.Errorf("an open input differs:\n%s", d)
	}
}
