package formula_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/finance"
	"centerplan/budget/formula"
)

// partly is a scope with a part of each kind, whose numbers are lines.
func partly(lines ...formula.Line) formula.Scope {
	number := func(code string) capacity.Param { return capacity.Param{Line: code} }
	policy := capacity.DefaultPolicy()
	policy.Shrinkage = number("shrink")
	team := capacity.DefaultHiring()
	team.Opening, team.Attrition, team.Required, team.Needed = number("opening"), number("leave"), number("need"), true
	var names []formula.Line
	for _, code := range []string{"a", "b", "c", "shrink", "opening", "leave", "need", "price", "overage", "rate", "cap", "w"} {
		names = append(names, formula.Line{Code: code})
	}
	return formula.Scope{
		Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: 3},
		Lines:    append(names, lines...),
		Staffing: map[string]capacity.Policy{"desk": policy},
		Hiring:   map[string]capacity.Hiring{"team": team},
		Prices: map[string]formula.PriceTable{"tariff": {Prices: finance.Prices[capacity.Param]{
			Tiers: []finance.Tier[capacity.Param]{{Price: number("price")}}, Overage: number("overage"), HasOverage: true,
		}}},
		Contributions: map[string]formula.ContributionTable{"city": {Items: []formula.Contribution{{
			Code: "old", Item: finance.Item[capacity.Param]{Rate: number("rate"), Cap: number("cap"), HasCap: true},
		}}}},
		Live: map[string]int{"bot": 1},
	}
}

func TestDependencies(t *testing.T) {
	type want = formula.Dependency
	for name, c := range map[string]struct {
		line formula.Line
		want want
	}{
		"an input reads nothing":                 {formula.Line{}, want{}},
		"a formula reads what it names":          {formula.Line{Formula: "b + a * a"}, want{Lines: []string{"a", "b"}}},
		"a branch not taken is read":             {formula.Line{Formula: "true ? a : b"}, want{Lines: []string{"a", "b"}}},
		"what let binds is read":                 {formula.Line{Formula: "let v = a; v + c"}, want{Lines: []string{"a", "c"}}},
		"another month is read before the plan":  {formula.Line{Formula: "prev(a) + b"}, want{Lines: []string{"a", "b"}, Before: []string{"a"}}},
		"a later month is not":                   {formula.Line{Formula: "next(a)"}, want{Lines: []string{"a"}}},
		"last year is before the plan":           {formula.Line{Formula: "last_year(a)"}, want{Lines: []string{"a"}, Before: []string{"a"}}},
		"a line reads itself":                    {formula.Line{Formula: "prev(x) + a"}, want{Lines: []string{"a", "x"}, Before: []string{"x"}}},
		"a weight is read":                       {formula.Line{Rollup: formula.Rollup{Kind: formula.Weighted, By: "w"}}, want{Lines: []string{"w"}}},
		"a weight and a formula are read":        {formula.Line{Formula: "a", Rollup: formula.Rollup{Kind: formula.Weighted, By: "w"}}, want{Lines: []string{"a", "w"}}},
		"a roll-up by formula reads the formula": {formula.Line{Formula: "a / b", Rollup: formula.Rollup{Kind: formula.Formula}}, want{Lines: []string{"a", "b"}}},
		"a staffing policy brings its lines":     {formula.Line{Formula: `required_fte(a, 60, "desk")`}, want{Lines: []string{"a", "shrink"}}},
		"a price table brings its lines":         {formula.Line{Formula: `tiered(a, "tariff", "slab")`}, want{Lines: []string{"a", "overage", "price"}}},
		"a contribution table brings its lines":  {formula.Line{Formula: `employer_contributions(a, "city")`}, want{Lines: []string{"a", "cap", "rate"}}},
		"an initiative's month is asked":         {formula.Line{Formula: `live("bot") * a`}, want{Lines: []string{"a"}, Live: []string{"bot"}}},
		"an unknown name is left out":            {formula.Line{Formula: "a + nothing"}, want{Lines: []string{"a"}}},
		"a fault of syntax reads nothing":        {formula.Line{Formula: "a +"}, want{}},
	} {
		c.line.Code = "x"
		program, _ := formula.Compile(partly(c.line))
		if d := cmp.Diff(program.Dependencies()["x"], c.want, cmp.Transformer("list", func(in []string) []string { return append([]string{}, in...) })); d != "" {
			t.Errorf("%s (-got +want):\n%s", name, d)
		}
	}
	program, _ := formula.Compile(partly(formula.Line{Code: "x", Formula: `gap("team")`}))
	if got, want := program.Dependencies()["x"].Lines, []string{"leave", "need", "opening"}; !slices.Equal(got, want) {
		t.Errorf("a hiring plan brings %v, want %v", got, want)
	}
}

func TestMentions(t *testing.T) {
	for text, want := range map[string][]string{
		`tiered(sum(话务量), "tariff", 'slab') + a["voice"] * 3%`: {"a", "slab", "sum", "tariff", "tiered", "voice", "话务量"},
		"a + + (b": {"a", "b"},
		"a ＋ b":    {"a", "b"},
		"a + ' b":  {"a"},
		"":         {},
	} {
		got := formula.Mentions(text)
		for _, word := range want {
			if !slices.Contains(got, word) {
				t.Errorf("%q mentions %v, lacks %q", text, got, word)
			}
		}
	}
}

// TestNothingMovesButWhatDepends changes one line of any plan: every line whose
// cells or totals differ rests on it by the dependencies.
func TestNothingMovesButWhatDepends(t *testing.T) {
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawPlan(t)
		lines := d.scope.Lines
		for i := range lines {
			if rapid.IntRange(0, 2).Draw(t, "weighted") == 0 {
				by := lines[rapid.IntRange(0, len(lines)-1).Draw(t, "weight")].Code
				lines[i].Rollup = formula.Rollup{Kind: formula.Weighted, By: by}
			} else if lines[i].Formula != "" && rapid.IntRange(0, 2).Draw(t, "by formula") == 0 {
				lines[i].Rollup = formula.Rollup{Kind: formula.Formula}
			}
		}
		changed := lines[rapid.IntRange(0, len(lines)-1).Draw(t, "changed")].Code
		program, _ := formula.Compile(d.scope)
		before := program.Evaluate(d.in, nil)
		in := d.in
		in.Adjust = maps.Clone(d.in.Adjust)
		in.Adjust[changed] = append(slices.Clone(in.Adjust[changed]), formula.Adjustment{Op: formula.Set, Value: 7, To: d.scope.Calendar.Months - 1})
		in.Opening, in.History = maps.Clone(d.in.Opening), maps.Clone(d.in.History)
		in.Opening[changed], in.History[changed] = []float64{3, 3, 3, 3, 3, 3}, nil
		after := program.Evaluate(in, nil)
		rests := downstream(program, changed)
		for _, line := range lines {
			if rests[line.Code] {
				continue
			}
			if !sameResults(before, after, line.Code, d.scope.Calendar.Months) {
				t.Fatalf("%s = %s moves with %s and does not depend on it: %v", line.Code, line.Formula, changed, program.Dependencies())
			}
			moved++
		}
	})
	if moved == 0 {
		t.Error("every line depended on every other")
	}
}

func downstream(program *formula.Program, code string) map[string]bool {
	reached := map[string]bool{code: true}
	for grown := true; grown; {
		grown = false
		for reader, d := range program.Dependencies() {
			if !reached[reader] && slices.ContainsFunc(d.Lines, func(read string) bool { return reached[read] }) {
				reached[reader], grown = true, true
			}
		}
	}
	return reached
}

// sameResults compares a line's cells and total to the bit.
func sameResults(a, b *formula.Results, code string, months int) bool {
	left, _ := a.Series(code)
	right, _ := b.Series(code)
	for i, v := range left.Values {
		if math.Float64bits(v) != math.Float64bits(right.Values[i]) {
			return false
		}
	}
	total, fault := a.Roll(code, -1, 0, months-1)
	other, otherFault := b.Roll(code, -1, 0, months-1)
	return (fault == nil) == (otherFault == nil) && math.Float64bits(total) == math.Float64bits(other)
}
