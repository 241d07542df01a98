package planning_test

import (
	"slices"
	"strings"
	"testing"

	"centerplan/budget"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

const renaming = head + `lines:
  - {code: calls, unit: contact, rollup: sum, values: 9, held: {2027-02: true}}
  - {code: aht, unit: second/contact, rollup: weighted( calls ), values: 200}
  - {code: load, formula: "hours(calls * aht) + 0 * prev(calls, 1)"}
  - {code: share, values: 0.1}
  - {code: broken, formula: "ready * 2"}
staffing:
  voice: {target: 0.8, within_s: 20, shrinkage: share, day_factors: {mon: share}, profile: {weekday: [share, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], weekend: [1, share, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}, interval_min: 60, model: erlang_c}
hiring:
  crew: {opening: calls, attrition: share, ramp: [0.5, share], classes: {2027-02: calls}}
prices:
  tariff: {unit: CNY/contact, tiers: [{price: share}, {from: calls, price: share}], commit: calls}
contributions:
  social: {items: [{id: pension, code: share, rate: share, cap: calls}]}
levers: [{code: pull, changes: [{line: load, formula: "calls * 2"}]}]
scenarios: [{code: growth, changes: [{line: calls, scale: 2}, {line: load, formula: "calls"}], cells: {calls: {2027-01: 4}}}]
okr:
  objectives: [{code: o, key_results: [{code: k, line: calls, baseline: 1, target: 2}, {code: l, line: aht}]}]
`

func TestRenameReachesEveryPlace(t *testing.T) {
	cases := map[string][]string{
		"calls": {
			"/budget/lines/calls/code", "/budget/lines/aht/rollup", "/budget/lines/load/formula",
			"/budget/levers/pull/changes/c1/formula", "/scenarios/growth/changes/c2/formula",
			"/budget/hiring/crew/opening", "/budget/hiring/crew/classes/2027-02", "/budget/prices/tariff/tiers/1/from",
			"/budget/prices/tariff/commit", "/budget/contributions/social/items/pension/cap",
			"/okr/objectives/o/key_results/k/line",
		},
		"share": {
			"/budget/lines/share/code", "/budget/staffing/voice/shrinkage", "/budget/staffing/voice/day_factors/mon",
			"/budget/staffing/voice/profile/weekday/0", "/budget/staffing/voice/profile/weekend/1",
			"/budget/hiring/crew/attrition", "/budget/hiring/crew/ramp/1", "/budget/prices/tariff/tiers/0/price",
			"/budget/prices/tariff/tiers/1/price", "/budget/contributions/social/items/pension/rate",
		},
	}
	doc := decoded(t, renaming)
	for line, want := range cases {
		ops, err := planning.Rename(doc, budget.LineID(line), "呼叫量")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, op := range ops {
			got = append(got, op.Path)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", line, got, want)
		}
		next, _, err := patch.Apply(doc, ops)
		if err != nil {
			t.Fatal(err)
		}
		back, err := planning.Rename(next, budget.LineID(line), line)
		if err != nil {
			t.Fatal(err)
		}
		if again, _, _ := patch.Apply(next, back); !patch.Equal(again, doc) {
			t.Errorf("%s: renaming there and back gives another document", line)
		}
	}
	next, _ := planning.Rename(doc, "calls", "呼叫量")
	after, _, _ := patch.Apply(doc, next)
	if rollup, _ := document.Get(after, "budget", "lines", "aht", "rollup"); rollup != "weighted( 呼叫量 )" {
		t.Errorf("the roll-up is %v", rollup)
	}
}

func TestRenameRefuses(t *testing.T) {
	cases := map[string]struct{ line, code, want string }{
		"a line that is not there":             {"none", "x", "budget.unknown_line"},
		"the code it has":                      {"calls", "calls", "planning.rename_same"},
		"another line's":                       {"calls", "aht", "budget.code_twice"},
		"a code that is no name":               {"calls", "1st", "formula.bad_name"},
		"a code with a space":                  {"calls", "two words", "formula.bad_name"},
		"a word of the language":               {"calls", "workdays", "formula.reserved_name"},
		"a name that a formula waits for":      {"calls", "ready", "planning.rename_used"},
		"a code that makes a formula too long": {"calls", strings.Repeat("x", 4090), "formula.too_long"},
	}
	doc := decoded(t, renaming)
	for name, c := range cases {
		_, err := planning.Rename(doc, budget.LineID(c.line), c.code)
		is := func(p problem.Problem) bool { return p.Key == c.want }
		if !slices.ContainsFunc(problem.Of(err), is) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}
