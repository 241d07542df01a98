package planning_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// settling is a plan in which every step of the settling order can be taken.
// Line a is 10, f twice that, p the month before of a, whose opening is 7.
const settling = head + `dimensions: {queue: {members: [voice, chat]}}
lines:
  - {code: a, values: 10, opening: 7}
  - {code: f, formula: "a * 2"}
  - {code: p, formula: "prev(a)"}
  - {code: on, formula: "live(\"push\")"}
  - {code: then, formula: "last_year(a)"}
  - {code: q, by: [queue], values: {voice: 1, chat: 2}}
levers:
  - {code: plus, changes: [{line: a, add: 5}]}
  - {code: double, changes: [{line: a, scale: 2}]}
  - {code: five, changes: [{line: f, formula: "5"}]}
`

// initiative is one that is approved and sets a from February on.
const initiative = `okr:
  milestones: [{code: m, due: 2027-03-15}, {code: gone, due: 2027-01-15, status: dropped}]
  initiatives: [{code: push, status: approved, go_live: 2027-02, changes: [{line: a, set: 100}]}]
`

// plan reads a plan that has no fault Read would refuse.
func plan(t *testing.T, text string) planning.Plan {
	t.Helper()
	p, err := read(t, text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return p
}

// series returns a line's cells in a scenario.
func series(t *testing.T, text string, scenario scenarios.Code, line string) []float64 {
	t.Helper()
	book := plan(t, text).Book()
	if problems := book.Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	outcome, err := book.Evaluate(scenario, capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	got, ok := outcome.Results.Series(line)
	if !ok {
		t.Fatalf("no line %s", line)
	}
	return got.Values
}

func TestCellsSettleInOrder(t *testing.T) {
	cases := map[string]struct {
		text     string
		scenario scenarios.Code
		line     string
		want     []float64
	}{
		"an initiative takes effect from its month on": {initiative, "base", "a", []float64{10, 100, 100}},
		"the rest of the plan sees it":                 {initiative, "base", "f", []float64{20, 200, 200}},
		"the month after sees it":                      {initiative, "base", "p", []float64{7, 10, 100}},
		"live tells its months":                        {initiative, "base", "on", []float64{0, 1, 1}},
		"an idea takes no effect":                      {swap(initiative, "approved", "idea"), "base", "a", []float64{10, 10, 10}},
		"a stopped one neither":                        {swap(initiative, "approved", "stopped"), "base", "a", []float64{10, 10, 10}},
		"and is not live":                              {swap(initiative, "approved", "stopped"), "base", "on", []float64{0, 0, 0}},
		"one that is live takes effect":                {swap(initiative, "approved", "live"), "base", "a", []float64{10, 100, 100}},
		"a milestone brings its month":                 {swap(initiative, "go_live: 2027-02", "milestone: m"), "base", "a", []float64{10, 10, 100}},
		"a milestone that slips moves it": {
			swap(swap(initiative, "go_live: 2027-02", "milestone: m"), "2027-03-15", "2027-04-02"), "base", "a", []float64{10, 10, 10},
		},
		"a dropped milestone takes it out": {swap(initiative, "go_live: 2027-02", "milestone: gone"), "base", "a", []float64{10, 10, 10}},
		"one live before the plan is live in all of it": {
			swap(initiative, "go_live: 2027-02", "go_live: 2026-05"), "base", "a", []float64{100, 100, 100},
		},
		"its changes end where they say": {
			swap(initiative, "set: 100", "to: 2027-02, set: 100"), "base", "a", []float64{10, 100, 10},
		},
		"its changes begin where they say": {
			swap(initiative, "set: 100", "from: 2027-03, set: 100"), "base", "a", []float64{10, 10, 100},
		},
		"initiatives apply by code": {
			swap(initiative, "[{code: push,", "[{code: zero, status: live, go_live: 2027-01, changes: [{line: a, add: 1}]}, {code: push,"),
			"base", "a",
			[]float64{11, 101, 101},
		},
		"an initiative comes before a lever": {
			initiative + "scenarios: [{code: s, levers: [double]}]", "s", "a", []float64{20, 200, 200},
		},
		"an initiative comes before a change": {
			initiative + "scenarios: [{code: s, changes: [{line: a, add: 1}]}]", "s", "a", []float64{11, 101, 101},
		},
		"a lever comes before the changes": {
			"scenarios: [{code: s, changes: [{line: a, add: 1}], levers: [double]}]", "s", "a", []float64{21, 21, 21},
		},
		"levers apply as listed": {
			"scenarios: [{code: s, levers: [plus, double]}]", "s", "a", []float64{30, 30, 30},
		},
		"and the other way round": {
			"scenarios: [{code: s, levers: [double, plus]}]", "s", "a", []float64{25, 25, 25},
		},
		"a parent's changes come before a child's levers": {
			"scenarios: [{code: r, changes: [{line: a, add: 1}]}, {code: s, parent: r, levers: [double]}]", "s", "a", []float64{22, 22, 22},
		},
		"a lever of the parent is pulled in the child once": {
			"scenarios: [{code: r, levers: [double]}, {code: s, parent: r, levers: [double]}]", "s", "a", []float64{20, 20, 20},
		},
		"base may pull levers": {
			"scenarios: [{code: base, levers: [plus]}, {code: s}]", "s", "a", []float64{15, 15, 15},
		},
		"a parent's change flows through whatever the child leaves alone": {
			"scenarios: [{code: r, changes: [{line: a, set: 50}]}, {code: s, parent: r, cells: {a: {2027-02: 9}}}]",
			"s", "a",
			[]float64{50, 9, 50},
		},
		"the nearest formula stands": {
			`scenarios: [{code: r, changes: [{line: f, formula: "1"}]}, {code: s, parent: r, changes: [{line: f, formula: "2"}]}]`,
			"s", "f",
			[]float64{2, 2, 2},
		},
		"a child's lever brings a nearer formula than its parent's change": {
			`scenarios: [{code: r, changes: [{line: f, formula: "1"}]}, {code: s, parent: r, levers: [five]}]`,
			"s", "f",
			[]float64{5, 5, 5},
		},
		"a scenario's own formula stands before its lever's": {
			`scenarios: [{code: s, levers: [five], changes: [{line: f, formula: "1"}]}]`, "s", "f", []float64{1, 1, 1},
		},
		"changes apply to what the replaced formula gives": {
			`scenarios: [{code: r, changes: [{line: f, add: 1}]}, {code: s, parent: r, changes: [{line: f, formula: "2"}]}]`,
			"s", "f",
			[]float64{3, 3, 3},
		},
		"an actual stands in a closed month, whatever the changes": {
			"actuals: {a: [8, 9]}\nscenarios: [{code: s, actuals_through: 2027-01, levers: [plus], changes: [{line: a, set: 50}], cells: {a: {2027-01: 1}}}]",
			"s", "a",
			[]float64{8, 50, 50},
		},
		"an actual comes after an initiative": {
			initiative + "actuals: {a: [8, 9]}\nscenarios: [{code: s, actuals_through: 2027-02}]", "s", "a", []float64{8, 9, 100},
		},
		"every reader sees the actual": {
			"actuals: {a: [8, 9]}\nscenarios: [{code: s, actuals_through: 2027-01}]", "s", "p", []float64{7, 8, 10},
		},
		"a formula line has actuals too": {
			"actuals: {f: [15]}\nscenarios: [{code: s, actuals_through: 2027-02}]", "s", "f", []float64{15, 20, 20},
		},
		"actuals are per member": {
			"actuals: {q: {chat: {2027-02: 7}}}\nscenarios: [{code: s, actuals_through: 2027-03}]", "s", "q", []float64{1, 2, 1, 7, 1, 2},
		},
		"a scenario that closes no month has none": {
			"actuals: {a: [8, 9]}\nscenarios: [{code: r, actuals_through: 2027-01}, {code: s}]", "s", "a", []float64{10, 10, 10},
		},
		"a child closes what its parent does": {
			"actuals: {a: [8, 9]}\nscenarios: [{code: r, actuals_through: 2027-01}, {code: s, parent: r}]", "s", "a", []float64{8, 10, 10},
		},
		"or what it says itself": {
			"actuals: {a: [8, 9]}\nscenarios: [{code: r, actuals_through: 2027-01}, {code: s, parent: r, actuals_through: 2027-02}]",
			"s", "a",
			[]float64{8, 9, 10},
		},
		"an opening is not adjusted": {
			"scenarios: [{code: s, levers: [double], changes: [{line: a, add: 1}]}]", "s", "p", []float64{7, 21, 21},
		},
		"history is not adjusted": {
			"history: {a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}\nscenarios: [{code: s, changes: [{line: a, set: 1}]}]",
			"s", "then",
			[]float64{1, 2, 3},
		},
		"a scenario takes an initiative out": {
			initiative + "scenarios: [{code: s, initiatives: {push: off}}]", "s", "a", []float64{10, 10, 10},
		},
		"and live there is 0": {
			initiative + "scenarios: [{code: s, initiatives: {push: off}}]", "s", "on", []float64{0, 0, 0},
		},
		"a scenario moves an initiative": {
			initiative + "scenarios: [{code: s, initiatives: {push: 2027-03}}]", "s", "a", []float64{10, 10, 100},
		},
		"a scenario takes up an idea": {
			swap(initiative, "approved", "idea") + "scenarios: [{code: s, initiatives: {push: 2027-03}}]", "s", "on", []float64{0, 0, 1},
		},
		"a scenario takes it up in its own month": {
			swap(swap(initiative, "approved", "idea"), "go_live: 2027-02", "milestone: m") + "scenarios: [{code: s, initiatives: {push: on}}]",
			"s", "a",
			[]float64{10, 10, 100},
		},
		"the nearest scenario moves it": {
			initiative + "scenarios: [{code: r, initiatives: {push: off}}, {code: s, parent: r, initiatives: {push: 2027-03}}]",
			"s", "a",
			[]float64{10, 10, 100},
		},
	}
	for name, c := range cases {
		text := settling
		if !strings.Contains(c.text, "history:") { // else last_year has none
			text = swap(text, `  - {code: then, formula: "last_year(a)"}`+"\n", "")
		}
		if !strings.Contains(c.text, "initiatives:") || !strings.Contains(c.text, "okr:") {
			text = swap(text, `  - {code: on, formula: "live(\"push\")"}`+"\n", "")
		}
		if diff := cmp.Diff(c.want, series(t, text+c.text, c.scenario, c.line)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func swap(text, from, to string) string { return strings.Replace(text, from, to, 1) }

func TestEveryStepIsTraced(t *testing.T) {
	text := settling + initiative + `actuals: {a: [8, 9]}
scenarios:
  - {code: r, levers: [double], changes: [{line: a, add: 1}]}
  - {code: s, parent: r, levers: [plus], cells: {a: {2027-02: 77}}, actuals_through: 2027-02}
`
	text = swap(text, `  - {code: then, formula: "last_year(a)"}`+"\n", "")
	outcome, err := plan(t, text).Book().Evaluate("s", capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	month, _ := calendar.Parse("2027-02")
	step, err := outcome.Trace("a", nil, month)
	if err != nil {
		t.Fatal(err)
	}
	type taken struct {
		Kind, Code, Op, Source string
		Before, After          float64
	}
	var got []taken
	for _, c := range step.Changes {
		got = append(got, taken{c.Kind, c.Code, c.Op, c.Source, *c.Before, *c.After})
	}
	want := []taken{
		{"initiative", "push", "set", "/okr/initiatives/push/changes/c1", 10, 100},
		{"lever", "double", "scale", "/budget/levers/double/changes/c1", 100, 200},
		{"change", "r", "add", "/scenarios/r/changes/c1", 200, 201},
		{"lever", "plus", "add", "/budget/levers/plus/changes/c1", 201, 206},
		{"cell", "s", "set", "/scenarios/s/cells/a/2027-02", 206, 77},
		{"actual", "", "set", "/actuals/a/2027-02", 77, 9},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestATraceShowsHistory(t *testing.T) {
	text := swap(settling, `  - {code: on, formula: "live(\"push\")"}`+"\n", "") + "history: {a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}\n"
	outcome, err := plan(t, text).Book().Evaluate("", capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	month, _ := calendar.Parse("2027-02")
	step, err := outcome.Trace("then", nil, month)
	if err != nil {
		t.Fatal(err)
	}
	if len(step.Operands) != 1 || step.WithValues != "2" {
		t.Fatalf("got %+v", step)
	}
	past := step.Operands[0]
	if past.Line != "a" || past.Month != "2026-02" || !past.History || past.Value == nil || *past.Value != 2 || past.Formula != "" {
		t.Errorf("got %+v, want a's history of 2026-02", past)
	}
}

func TestReadRefusesWhatSettlesNowhere(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"a lever that does not exist":         {"scenarios: [{code: s, levers: [plus, x]}]", "shape.dangling /scenarios/s/levers/1"},
		"an initiative that does not":         {"scenarios: [{code: s, initiatives: {x: off}}]", "shape.dangling /scenarios/s/initiatives/x"},
		"an initiative moved to no month":     {initiative + "scenarios: [{code: s, initiatives: {push: soon}}]", "scenarios.initiative_month /scenarios/s/initiatives/push"},
		"a closed month outside the plan":     {"scenarios: [{code: s, actuals_through: 2028-01}]", "budget.month_outside /scenarios/s/actuals_through"},
		"a closed month that is none":         {"scenarios: [{code: s, actuals_through: March}]", "shape.month /scenarios/s/actuals_through"},
		"actuals of no line":                  {"actuals: {x: {2027-01: 1}}", "shape.dangling /actuals/x"},
		"actuals outside the plan":            {"actuals: {a: {2028-01: 1}}", "budget.month_outside /actuals/a/2028-01"},
		"actuals of no member":                {"actuals: {q: {mail: {2027-01: 1}}}", "budget.unknown_member /actuals/q/mail"},
		"history of no line":                  {"history: {x: {2026-01: 1}}", "shape.dangling /history/x"},
		"history within the plan":             {"history: {a: {2027-01: 1}}", "budget.history_outside /history/a/2027-01"},
		"history of long ago":                 {"history: {a: {2021-12: 1}}", "budget.history_outside /history/a/2021-12"},
		"an initiative's formula":             {`okr: {initiatives: [{code: i, changes: [{line: f, formula: "1"}]}]}`, "budget.initiative_formula /okr/initiatives/i/changes/c1/formula"},
		"an initiative's change on no line":   {"okr: {initiatives: [{code: i, changes: [{line: x, set: 1}]}]}", "shape.dangling /okr/initiatives/i/changes/c1/line"},
		"an initiative of no milestone":       {"okr: {initiatives: [{code: i, milestone: x}]}", "okr.unknown_milestone /okr/initiatives/i/milestone"},
		"an initiative of another status":     {"okr: {initiatives: [{code: i, status: done}]}", "shape.one_of /okr/initiatives/i/status"},
		"a month to go live that is none":     {"okr: {initiatives: [{code: i, go_live: soon}]}", "shape.month /okr/initiatives/i/go_live"},
		"a field an initiative does not have": {"okr: {initiatives: [{code: i, golive: 2027-01}]}", "shape.unknown_field /okr/initiatives/i/golive"},
	}
	for name, c := range cases {
		_, err := read(t, swap(settling, `  - {code: on, formula: "live(\"push\")"}`+"\n", "")+c.text)
		if got := keys(problem.Of(err)); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %v, want %s", name, got, c.want)
		}
	}
	levers := map[string]struct{ text, want string }{
		"a lever that requires none there is": {"levers: [{code: l, requires: [x]}]", "shape.dangling /budget/levers/l/requires/0"},
		"two levers with one code":            {"levers: [{code: l}, {id: k, code: l}]", "budget.lever_code_twice /budget/levers/k/code"},
		"a lever's change on no line":         {"levers: [{code: l, changes: [{line: x, set: 1}]}]", "shape.dangling /budget/levers/l/changes/c1/line"},
	}
	for name, c := range levers {
		_, err := read(t, head+c.text)
		if got := keys(problem.Of(err)); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %v, want %s", name, got, c.want)
		}
	}
}

func TestCheckFindsWhatDoesNotFitTogether(t *testing.T) {
	levers := "levers: [{code: x, excludes: [y]}, {code: y}, {code: z, requires: [y]}, {code: own, requires: [own]}, {code: never, requires: [x, z]}]\n"
	cases := map[string]struct {
		text string
		want []string
	}{
		"levers that go together":                    {"scenarios: [{code: s, levers: [y, z]}]", nil},
		"a lever without what it requires":           {"scenarios: [{code: s, levers: [z]}]", []string{"scenarios.lever_requires /scenarios/s/levers/0"}},
		"what it requires may come behind it":        {"scenarios: [{code: s, levers: [z, y]}]", nil},
		"what a parent pulls counts":                 {"scenarios: [{code: r, levers: [y]}, {code: s, parent: r, levers: [z]}]", nil},
		"what a child pulls does not":                {"scenarios: [{code: r, levers: [z]}, {code: s, parent: r, levers: [y]}]", []string{"scenarios.lever_requires /scenarios/r/levers/0"}},
		"a pair that excludes each other":            {"scenarios: [{code: s, levers: [x, y]}]", []string{"scenarios.lever_excluded /scenarios/s/levers/1"}},
		"in either order":                            {"scenarios: [{code: s, levers: [y, x]}]", []string{"scenarios.lever_excluded /scenarios/s/levers/1"}},
		"a child's lever that the parent's excludes": {"scenarios: [{code: r, levers: [x]}, {code: s, parent: r, levers: [y]}]", []string{"scenarios.lever_excluded /scenarios/s/levers/0"}},
		"a lever pulled further up":                  {"scenarios: [{code: r, levers: [y]}, {code: s, parent: r, levers: [y]}]", []string{"scenarios.lever_twice /scenarios/s/levers/0"}},
		"a lever's change outside the plan": {
			"lines: [{code: a, values: 1}]\n" + swap(levers, "{code: x,", "{code: x, changes: [{line: a, from: 2028-01, set: 1}],"),
			[]string{"budget.change_outside /budget/levers/x/changes/c1"},
		},
		"an initiative's change outside the plan": {
			"lines: [{code: a, values: 1}]\nokr: {initiatives: [{code: i, changes: [{line: a, from: 2028-01, set: 1}]}]}",
			[]string{"budget.change_outside /okr/initiatives/i/changes/c1"},
		},
		"an approved initiative without a month or an owner": {
			"okr: {initiatives: [{code: i, status: approved}]}",
			[]string{"okr.initiative_no_owner /okr/initiatives/i/owner", "okr.initiative_no_month /okr/initiatives/i/go_live"},
		},
		"an idea needs neither": {"okr: {initiatives: [{code: i}]}", nil},
		"two months to go live": {
			"okr: {milestones: [{code: m, due: 2027-01-02, status: dropped}], initiatives: [{code: i, go_live: 2027-01, milestone: m}]}",
			[]string{"okr.initiative_two_months /okr/initiatives/i/go_live"},
		},
		"a milestone that is dropped": {
			"okr: {roles: [{code: o}], milestones: [{code: m, due: 2027-01-02, status: dropped}], initiatives: [{code: i, owner: o, status: live, milestone: m}]}",
			[]string{"okr.initiative_milestone_open /okr/initiatives/i/milestone"},
		},
	}
	always := []string{"budget.lever_self /budget/levers/own/requires/0", "budget.lever_impossible /budget/levers/never/requires"}
	for name, c := range cases {
		text, want := head+levers+c.text, slices.Concat(c.want, always)
		if strings.Contains(c.text, "levers: [{") {
			text = head + c.text
		}
		p := plan(t, text)
		got := keys(p.Check(p.Book()))
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
