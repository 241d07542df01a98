package scenarios_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

func TestEachDriverSwingsAlone(t *testing.T) {
	type swing struct {
		low, high float64
	}
	cases := map[string]struct {
		text string
		ask  scenarios.SensitivityAsk
		want map[string]swing
		left int
	}{
		"all inputs that the line rests on": {
			"",
			scenarios.SensitivityAsk{Line: "cost", Range: 0.1},
			map[string]swing{"calls": {1134, 1386}, "price": {1134, 1386}},
			0,
		},
		"of a scenario": {
			`scenarios:
  - {code: s, changes: [{line: price, set: 4}]}`,
			scenarios.SensitivityAsk{Line: "cost", Range: 0.5},
			map[string]swing{"calls": {1260, 3780}, "price": {1260, 3780}},
			0,
		},
		"the widest only": {"", scenarios.SensitivityAsk{Line: "cost", Range: 0.1, Most: 1}, map[string]swing{"calls": {1134, 1386}}, 1},
		"one that moves nothing is told if asked for": {
			"",
			scenarios.SensitivityAsk{Line: "stock", Range: 0.1, Drivers: []string{"price"}},
			map[string]swing{"price": {8, 8}},
			0,
		},
		"an input whose formula a scenario gives is none": {`scenarios:
  - {code: s, changes: [{line: price, formula: "3"}]}`, scenarios.SensitivityAsk{Line: "cost", Range: 0.1}, map[string]swing{"calls": {1701, 2079}}, 0},
		"months that are closed stay": {
			`actuals: {price: {2027-01: 2}}
scenarios:
  - {code: s, actuals_through: 2027-01}`,
			scenarios.SensitivityAsk{Line: "cost", Range: 0.5, Drivers: []string{"price"}},
			// January's 110 contacts keep their price of 2.
			map[string]swing{"price": {220 + 520, 220 + 1560}},
			0,
		},
	}
	for name, c := range cases {
		code := scenarios.Base
		if c.text != "" {
			code = "s"
		}
		got, err := scenarios.NewSensitivity(context.Background(), evaluate(t, book(t, c.text+"\n"), code), c.ask, nil)
		if err != nil || got.Error != nil {
			t.Errorf("%s: %v %v", name, err, got.Error)
			continue
		}
		found := map[string]swing{}
		for _, driver := range got.Drivers {
			found[driver.Line] = swing{*driver.Low.Total, *driver.High.Total}
		}
		if diff := cmp.Diff(c.want, found, cmp.AllowUnexported(swing{})); diff != "" || got.Left != c.left {
			t.Errorf("%s: left %d, want %d (-want +got):\n%s", name, got.Left, c.left, diff)
		}
	}
}

func TestASwingIsFavourableByTheLinesSense(t *testing.T) {
	got, err := scenarios.NewSensitivity(context.Background(), evaluate(t, book(t, ""), "base"),
		scenarios.SensitivityAsk{Line: "cost", Range: 0.1, Drivers: []string{"price"}}, capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	if d := got.Drivers[0]; d.Low.Verdict != scenarios.Favourable || d.High.Verdict != scenarios.Unfavourable || *d.High.Difference != 126 {
		t.Errorf("a lower price is %s, a higher one %s by %v", d.Low.Verdict, d.High.Verdict, *d.High.Difference)
	}
}

func TestASwingThatFailsNamesTheCell(t *testing.T) {
	b := book(t, `scenarios:
  - {code: s, changes: [{line: cost, formula: "sum(calls) * price * (price / (price - 3))"}]}
`)
	got, err := scenarios.NewSensitivity(context.Background(), evaluate(t, b, "s"), scenarios.SensitivityAsk{Line: "cost", Range: 0.5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(got.Drivers, func(w scenarios.Swing) bool { return w.Line == "price" })
	high := got.Drivers[i].High
	if high.Total != nil || high.Error == nil || high.Error.Cause != "cost" || high.Error.CauseMonth != "2027-01" {
		t.Errorf("price comes %d. with %+v", i, high)
	}
}

func TestWhatCannotBeMovedIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		ask  scenarios.SensitivityAsk
		kind problem.Kind
	}{
		"no such line":         {scenarios.SensitivityAsk{Line: "nowhere", Range: 0.1}, problem.NotFound},
		"no such driver":       {scenarios.SensitivityAsk{Line: "cost", Range: 0.1, Drivers: []string{"nowhere"}}, problem.NotFound},
		"a driver of formula":  {scenarios.SensitivityAsk{Line: "cost", Range: 0.1, Drivers: []string{"stock"}}, problem.Invalid},
		"a range of nothing":   {scenarios.SensitivityAsk{Line: "cost"}, problem.Invalid},
		"a range beyond whole": {scenarios.SensitivityAsk{Line: "cost", Range: 1.01}, problem.Invalid},
	} {
		_, err := scenarios.NewSensitivity(context.Background(), evaluate(t, book(t, ""), "base"), c.ask, nil)
		if got := problem.KindOf(err); err == nil || got != c.kind {
			t.Errorf("%s: got %v, want kind %v", name, err, c.kind)
		}
	}
}
