package scenarios_test

import (
	"fmt"
	"maps"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// crew is a center whose people come from a hiring plan; the verbs are those of
// fmt: volumes, opening, training months and the classes.
const crew = `centerplan: 1
plan: {id: t}
calendar: {start: 2027-01, months: 6, days: typical}
dimensions:
  site: {members: [coast, inland]}
lines:
  - {code: volume, unit: contact, values: [%d, %d, %d, %d, %d, %d]}
  - {code: fte, unit: person, formula: "required_fte(volume, 240, \"voice\")"}
  - {code: needed, unit: person, by: [site], rollup: sum, formula: "fte / 2"}
  - {code: opening, unit: person, by: [site], rollup: first, values: %d}
  - {code: classes, unit: person, by: [site], rollup: sum, values: %d}
  - {code: paid, unit: person, by: [site], rollup: sum, formula: "paid_headcount(\"crew\")"}
  - {code: gap, unit: person, by: [site], rollup: sum, formula: "gap(\"crew\")"}
  - {code: price, unit: CNY/person, values: 6000}
  - {code: cost, unit: CNY, formula: "sum(paid) * price", sense: bad}
staffing:
  voice: {target: 0.8, within_s: 20, max_occupancy: 0.85, shrinkage: 0.3}
hiring:
  crew: {opening: opening, attrition: 0.03, training_months: %d, yield: 0.9, ramp: [0.6, 0.9], required: needed, classes: classes}
scenarios:
  - {code: busy, changes: [{line: volume, from: 2027-02, scale: 1.1}]}
`

// TestWhatClosesAGapClosesIt puts the changes of each option into the document
// and evaluates it anew: in every month that the option names nobody is missing.
func TestWhatClosesAGapClosesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		volume := rapid.IntRange(20_000, 90_000)
		args := make([]any, 0, 9)
		for i := range 6 {
			args = append(args, volume.Draw(t, fmt.Sprint("volume", i)))
		}
		args = append(args, rapid.IntRange(5, 60).Draw(t, "opening"), rapid.IntRange(0, 5).Draw(t, "classes"), rapid.IntRange(0, 3).Draw(t, "training"))
		text := fmt.Sprintf(crew, args...)
		code := rapid.SampledFrom([]scenarios.Code{"base", "busy"}).Draw(t, "scenario")
		gap, err := bookOf(t, text).Gaps(t.Context(), code, scenarios.GapAsk{Hiring: "crew", Cost: "cost"}, capacity.NewSizer())
		if err != nil {
			t.Fatal(err)
		}
		for _, option := range gap.Options {
			if option.Why != nil {
				continue
			}
			after := evaluate(t, changed(t, text, code, option.Changes), code)
			series, _ := after.Results.Series("gap")
			for _, month := range option.Closed {
				period, _ := after.Model.Calendar.Index(month)
				for lane := range series.Lanes {
					if got := series.Values[period*series.Lanes+lane]; !(got >= -1e-6) {
						t.Errorf("%s: in %s %v are missing all the same", option.Kind, month, -got)
					}
				}
			}
			if total, _ := after.Total("cost"); option.Price == nil || option.Price.Total == nil || math.Abs(total-*option.Price.Total) > 1e-6*total {
				t.Errorf("%s: it costs %v, and %+v is said", option.Kind, total, option.Price)
			}
			for _, short := range gap.Short {
				named := false
				for _, month := range option.Closed {
					named = named || month == short.Month
				}
				for _, left := range option.Left {
					named = named || left.Month == short.Month
				}
				if !named {
					t.Errorf("%s: nothing is said of %s", option.Kind, short.Month)
				}
			}
		}
	})
}

// changed is the plan with the changes put into the document of a scenario.
func changed(t rapid.TB, text string, code scenarios.Code, changes []scenarios.GapChange) *scenarios.Book {
	t.Helper()
	source, err := planfile.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	held := document.Object{}
	if node, ok := document.Get(source.Document, "scenarios", string(code), "changes"); ok {
		maps.Copy(held, node.(document.Object))
	}
	for i, c := range changes {
		member := document.Object{}
		for dimension, id := range c.Member {
			member[dimension] = id
		}
		change := document.Object{"rank": fmt.Sprintf("z%03d", i), "line": string(c.Line), "from": c.From.String(), "member": member}
		if c.To != nil {
			change["to"] = c.To.String()
		}
		if c.Scale != nil {
			change["scale"] = *c.Scale
		}
		if c.Add != nil {
			change["add"] = *c.Add
		}
		held[fmt.Sprint("more", i)] = change
	}
	own := document.Object{"code": string(code), "changes": held}
	op := patch.Op{Op: patch.Add, Path: "/scenarios/" + string(code), Value: own}
	ops := []patch.Op{op}
	if node, ok := document.Get(source.Document, "scenarios", string(code)); ok {
		ops = []patch.Op{{Op: patch.Test, Path: op.Path, Value: node}, {Op: patch.Replace, Path: op.Path, Value: own}}
	}
	doc, _, err := patch.Apply(source.Document, ops)
	if err != nil {
		t.Fatal(err)
	}
	r := document.Read(doc)
	model := budget.Read(r.Field("budget"), "CNY")
	all := scenarios.Read(r.Field("scenarios"), model)
	if err := r.Problems().Err(); err != nil {
		t.Fatal(err)
	}
	return scenarios.NewBook(model, all)
}

func TestAGapSaysWhyAnOptionCannotBeHad(t *testing.T) {
	text := fmt.Sprintf(crew, 40_000, 40_000, 40_000, 60_000, 60_000, 40_000, 25, 2, 1)
	fixed := strings.NewReplacer("classes: classes", "classes: {2027-02: 3}", "gap(\\\"crew\\\")", "gap(\\\"crew\\\")")
	cases := map[string]struct {
		text string
		ask  scenarios.GapAsk
		code scenarios.Code
		want string
	}{
		"both can be had":          {text, scenarios.GapAsk{Hiring: "crew"}, "base", "hire less"},
		"classes in the plan":      {fixed.Replace(text), scenarios.GapAsk{Hiring: "crew"}, "base", "hire:gap.classes_fixed less"},
		"classes that are planned": {strings.Replace(text, "classes: classes}", "planned: true, earliest_class: 2027-06}", 1), scenarios.GapAsk{Hiring: "crew"}, "base", "hire:gap.planned less"},
		"classes set by hand": {
			text + "  - {code: set, cells: {classes: {coast: {2027-03: 2}, inland: {2027-03: 2}}}}\n", scenarios.GapAsk{Hiring: "crew"}, "set", "hire:gap.classes_set less",
		},
		"no time to train":   {strings.Replace(text, "training_months: 1", "training_months: 6", 1), scenarios.GapAsk{Hiring: "crew"}, "base", "hire:gap.too_late less"},
		"no staffing policy": {strings.Replace(text, `required_fte(volume, 240, \"voice\")`, "sum(opening) * 1.6", 1), scenarios.GapAsk{Hiring: "crew"}, "base", "hire less:gap.no_volume"},
		"against a scenario": {text, scenarios.GapAsk{Line: "fte", Against: "base"}, "busy", "hire:gap.no_hiring less"},
		"against itself":     {text, scenarios.GapAsk{Line: "fte", Against: "base"}, "base", ""},
	}
	for name, c := range cases {
		gap, err := bookOf(t, c.text).Gaps(t.Context(), c.code, c.ask, capacity.NewSizer())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got []string
		for _, option := range gap.Options {
			word := string(option.Kind)
			if option.Why != nil {
				word += ":" + option.Why.Key
			}
			got = append(got, word)
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: got %q, want %q", name, text, c.want)
		}
	}
	for name, c := range map[string]struct {
		ask  scenarios.GapAsk
		want string
	}{
		"no such plan":   {scenarios.GapAsk{Hiring: "nobody"}, "scenarios.gap_hiring"},
		"neither":        {scenarios.GapAsk{}, "scenarios.gap_hiring"},
		"no such line":   {scenarios.GapAsk{Line: "nowhere"}, "budget.unknown_line"},
		"no such price":  {scenarios.GapAsk{Hiring: "crew", Cost: "nowhere"}, "budget.unknown_line"},
		"nobody against": {scenarios.GapAsk{Line: "fte", Against: "nowhere"}, "scenarios.unknown"},
	} {
		_, err := bookOf(t, text).Gaps(t.Context(), "base", c.ask, capacity.NewSizer())
		if got := problem.Of(err); len(got) != 1 || got[0].Key != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}
