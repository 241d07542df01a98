package planning_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/capacity"
	"centerplan/scenarios"
)

// working is a plan of three months in which coaching saves a tenth of the calls
// from February on, and a tool costs 7 in March if it comes.
const working = head + `lines:
  - {code: calls, unit: contact, values: 100}
  - {code: price, unit: CNY/contact, values: 2, sense: bad}
  - {code: coaching, unit: CNY, values: 0, sense: bad}
  - {code: fee, unit: CNY, values: 7, sense: bad}
  - {code: sales, unit: CNY, values: 10, sense: good}
  - {code: cost, unit: CNY, formula: "calls * price + coaching + fee * live(\"tool\")", sense: bad}
  - {code: each, unit: CNY/contact, formula: "cost / calls", rollup: formula, sense: bad}
scenarios:
  - {code: other, initiatives: {coach: off, tool: on}}
okr:
  roles: [{code: boss}]
  initiatives:
    - {code: coach, owner: boss, status: approved, go_live: 2027-02, changes: [{line: calls, scale: 0.9}, {line: coaching, add: 5}, {line: sales, add: 1}]}
    - {code: tool, status: idea, go_live: 2027-03}
    - {code: someday, status: idea, changes: [{line: calls, set: 0}]}
    - {code: closing, status: stopped, go_live: 2027-01, changes: [{line: calls, set: 0}]}
`

func effectsOf(t *testing.T, code scenarios.Code, line string) (scenarios.Effects, error) {
	t.Helper()
	book := plan(t, working).Book()
	if problems := book.Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	sizer := capacity.NewSizer()
	outcome, err := book.Evaluate(code, sizer)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.NewEffects(context.Background(), book, outcome, line, sizer)
}

func TestAnEffectIsTheTotalWithAnInitiativeMinusWithout(t *testing.T) {
	// told is what a reader sees of an effect.
	type told struct {
		Live             bool
		Month            string
		Difference, Cost float64
		Verdict          scenarios.Verdict
		Error            string
	}
	cases := map[string]struct {
		scenario   scenarios.Code
		line       string
		initiative string
		want       told
	}{
		"what is live: two months of 18 less and 5 more": {"base", "cost", "coach", told{true, "2027-02", -30, 10, scenarios.Favourable, ""}},
		"on another line": {"base", "sales", "coach", told{true, "2027-02", 2, 10, scenarios.Favourable, ""}},
		"an idea as if it came, by a formula alone":    {"base", "cost", "tool", told{false, "2027-03", 7, 0, scenarios.Unfavourable, ""}},
		"an idea without a month cannot be told":       {"base", "cost", "someday", told{false, "", 0, 0, scenarios.Neutral, ""}},
		"where it makes the total fail it says why":    {"base", "each", "closing", told{false, "2027-01", 0, 0, scenarios.Neutral, "formula.division_by_zero"}},
		"a scenario that has it off tells it the same": {"other", "cost", "coach", told{false, "2027-02", -30, 10, scenarios.Favourable, ""}},
		"a scenario that has it on":                    {"other", "cost", "tool", told{true, "2027-03", 7, 0, scenarios.Unfavourable, ""}},
	}
	for name, c := range cases {
		found, err := effectsOf(t, c.scenario, c.line)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(found.Effects, func(e scenarios.Effect) bool { return e.Initiative == c.initiative })
		e := found.Effects[i]
		got := told{Live: e.Live, Verdict: e.Verdict}
		if e.Month != 0 {
			got.Month = e.Month.String()
		}
		if e.Difference != nil {
			got.Difference = *e.Difference
		}
		if e.Cost != nil {
			got.Cost = *e.Cost
		}
		if e.Error != nil {
			got.Error = e.Error.Key
		}
		if (e.Difference == nil) != (c.want.Difference == 0) || (e.Cost == nil) != (c.want.Cost == 0) {
			t.Errorf("%s: got %+v", name, e)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if _, err := effectsOf(t, "base", "nowhere"); err == nil {
		t.Error("an unknown line is a problem")
	}
}

func TestEffectsAreWithheldByLine(t *testing.T) {
	found, err := effectsOf(t, "base", "cost")
	if err != nil {
		t.Fatal(err)
	}
	open := found.Withheld(func(string) bool { return true })
	if diff := cmp.Diff(found, open); diff != "" {
		t.Errorf("nothing is kept from who may know all: %s", diff)
	}
	coach := slices.IndexFunc(found.Effects, func(e scenarios.Effect) bool { return e.Initiative == "coach" })
	paid := found.Withheld(func(line string) bool { return line != "coaching" }).Effects[coach]
	if paid.Cost != nil || paid.CostError == nil || len(paid.Lines) != 0 || paid.Difference == nil {
		t.Errorf("the cost is kept alone: got %+v", paid)
	}
	shut := found.Withheld(func(line string) bool { return line != "cost" }).Effects[coach]
	if shut.Difference != nil || shut.Ratio != nil || shut.Verdict != scenarios.Neutral || shut.Error.Key != "rights.withheld" || shut.Cost == nil {
		t.Errorf("the effect is kept alone: got %+v", shut)
	}
	if found.Effects[coach].Difference == nil {
		t.Error("what others are told stays as it is")
	}
}
