package scenarios_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

const head = `centerplan: 1
plan: {id: t}
calendar: {start: 2027-01, months: 3}
dimensions:
  queue: {members: [voice, chat]}
lines:
  - {code: calls, unit: contact, by: [queue], sense: neither, values: {voice: [100, 200, 300], chat: 10}}
  - {code: price, unit: CNY/contact, values: 2, sense: bad}
  - {code: cost, unit: CNY, formula: "sum(calls) * price", sense: bad}
  - {code: stock, opening: 5, rollup: last, formula: "prev(stock) + 1", sense: good}
`

// book reads the lines above and the scenarios given.
func book(t testing.TB, text string) *scenarios.Book {
	t.Helper()
	return bookOf(t, head+text)
}

// bookOf reads a whole plan file.
func bookOf(t rapid.TB, text string) *scenarios.Book {
	t.Helper()
	source, err := planfile.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	r := document.Read(source.Document)
	model := budget.Read(r.Field("budget"), "CNY")
	model.Actuals = model.ReadActuals(r.Field("actuals"))
	all := scenarios.Read(r.Field("scenarios"), model)
	if err := r.Problems().Err(); err != nil {
		t.Fatal(err)
	}
	b := scenarios.NewBook(model, all)
	if problems := b.Problems(); len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

func evaluate(t rapid.TB, b *scenarios.Book, code scenarios.Code) *scenarios.Outcome {
	t.Helper()
	outcome, err := b.Evaluate(code, capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func values(t testing.TB, o *scenarios.Outcome, code string) []float64 {
	t.Helper()
	series, ok := o.Results.Series(code)
	if !ok {
		t.Fatalf("no line %s", code)
	}
	return series.Values
}

func TestACellSettlesFromTheRootDown(t *testing.T) {
	cases := map[string]struct {
		text string
		line string
		want []float64
	}{
		"without scenarios base is the plan itself": {"", "price", []float64{2, 2, 2}},
		"set, scale and add apply in their order": {`scenarios:
  - code: s
    changes: [{line: price, set: 3}, {line: price, scale: 2}, {line: price, add: 1}]`, "price", []float64{7, 7, 7}},
		"the order counts": {`scenarios:
  - code: s
    changes: [{line: price, add: 1}, {line: price, scale: 2}]`, "price", []float64{6, 6, 6}},
		"a parent's changes come first": {`scenarios:
  - {code: p, changes: [{line: price, scale: 10}]}
  - {code: s, parent: p, changes: [{line: price, add: 1}]}`, "price", []float64{21, 21, 21}},
		"base's own changes reach every scenario": {`scenarios:
  - {code: base, changes: [{line: price, add: 1}]}
  - {code: s}`, "price", []float64{3, 3, 3}},
		"a range holds both its ends": {`scenarios:
  - {code: s, changes: [{line: price, from: 2027-02, to: 2027-03, set: 5}]}`, "price", []float64{2, 5, 5}},
		"a range without a beginning starts at the edge": {`scenarios:
  - {code: s, changes: [{line: price, to: 2027-02, set: 5}]}`, "price", []float64{5, 5, 2}},
		"a range before the plan touches nothing": {`scenarios:
  - {code: s, changes: [{line: price, to: 2026-12, set: 5}]}`, "price", []float64{2, 2, 2}},
		"a member is picked": {`scenarios:
  - {code: s, changes: [{line: calls, member: {queue: voice}, scale: 2}]}`, "calls", []float64{200, 10, 400, 10, 600, 10}},
		"a cell's edit comes after the changes": {`scenarios:
  - {code: s, changes: [{line: price, set: 5}], cells: {price: {2027-02: 9}}}`, "price", []float64{5, 9, 5}},
		"a cell of a member": {`scenarios:
  - {code: s, cells: {calls: {chat: {2027-03: 1}}}}`, "calls", []float64{100, 10, 200, 10, 300, 1}},
		"a formula line settles like an input": {`scenarios:
  - {code: s, changes: [{line: cost, from: 2027-02, add: 1}]}`, "cost", []float64{220, 421, 621}},
		"readers see the settled value, through time too": {`scenarios:
  - {code: s, changes: [{line: stock, from: 2027-01, to: 2027-01, set: 10}]}`, "stock", []float64{10, 11, 12}},
		"the nearest formula stands": {`scenarios:
  - {code: p, changes: [{line: cost, formula: "sum(calls) * price * 10"}]}
  - {code: s, parent: p, changes: [{line: cost, formula: "sum(calls) * price * 100"}]}`, "cost", []float64{22000, 42000, 62000}},
		"a formula may replace an input": {`scenarios:
  - {code: s, changes: [{line: price, formula: "if period == 2 { 4 } else { 3 }"}]}`, "price", []float64{3, 4, 3}},
	}
	for name, c := range cases {
		b := book(t, c.text+"\n")
		code := scenarios.Base
		if c.text != "" {
			code = "s"
		}
		if diff := cmp.Diff(c.want, values(t, evaluate(t, b, code), c.line)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestAParentsLaterChangeFlowsThrough(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := `scenarios:
  - {code: p, changes: [{line: price, set: %}]}
  - {code: s, parent: p, cells: {price: {2027-02: 9}}}
`
		price := rapid.Float64Range(0.01, 1000).Draw(rt, "price")
		shown, _ := json.Marshal(price)
		b := book(t, replace(text, string(shown)))
		got := values(t, evaluate(t, b, "s"), "price")
		if got[0] != price || got[1] != 9 || got[2] != price {
			rt.Fatalf("got %v with the parent at %v", got, price)
		}
	})
}

func replace(text, value string) string {
	for i := range text {
		if text[i] == '%' {
			return text[:i] + value + text[i+1:]
		}
	}
	return text
}

func TestSheetNestsMembersAndRollsUp(t *testing.T) {
	b := book(t, "")
	sheet, err := evaluate(t, b, "").Sheet([]string{"calls", "cost", "stock"}, scenarios.ByQuarter)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	line := func(values any, total float64, unit string, by ...any) any {
		if by == nil {
			by = []any{}
		}
		return map[string]any{"unit": unit, "by": by, "values": values, "total": total, "errors": []any{}}
	}
	want := map[string]any{
		"calls": line(map[string]any{"voice": []any{600.0}, "chat": []any{30.0}}, 630, "contact", "queue"),
		"cost":  line([]any{1260.0}, 1260, "CNY"),
		"stock": line([]any{8.0}, 8, "ratio"),
	}
	if diff := cmp.Diff(want, got["lines"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCompareJudgesByTheLinesOwnSense(t *testing.T) {
	b := book(t, `scenarios:
  - {code: dear, changes: [{line: price, scale: 1.5}, {line: stock, add: 1}, {line: calls, scale: 2}]}
  - {code: cheap, changes: [{line: price, scale: 0.5}]}
`)
	outcomes := []*scenarios.Outcome{evaluate(t, b, "base"), evaluate(t, b, "dear"), evaluate(t, b, "cheap")}
	comparison, err := scenarios.Compare(outcomes, []string{"cost", "stock", "calls"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]scenarios.Verdict{
		"cost":  {scenarios.Unchanged, scenarios.Unfavourable, scenarios.Favourable},
		"stock": {scenarios.Unchanged, scenarios.Favourable, scenarios.Unchanged},
		"calls": {scenarios.Unchanged, scenarios.Neutral, scenarios.Unchanged},
	}
	for _, row := range comparison.Rows {
		for i, cell := range row.Cells {
			if cell.Verdict != want[row.Line][i] {
				t.Errorf("%s in %s: got %s, want %s", row.Line, cell.Scenario, cell.Verdict, want[row.Line][i])
			}
		}
	}
	if cost := comparison.Rows[0].Cells[2]; *cost.Difference != -630 || *cost.Ratio != -0.5 {
		t.Errorf("got difference %v ratio %v, want -630 and -0.5", *cost.Difference, *cost.Ratio)
	}
}

func TestAFormulasProblemPointsToTheScenarioThatWroteIt(t *testing.T) {
	source, err := planfile.Decode([]byte(head + `scenarios:
  - {code: s, changes: [{line: cost, formula: "price * 100"}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	r := document.Read(source.Document)
	model := budget.Read(r.Field("budget"), "CNY")
	problems := scenarios.NewBook(model, scenarios.Read(r.Field("scenarios"), model)).Problems()
	if len(problems) != 1 || problems[0].Pointer != "/scenarios/s/changes/c1/formula" || problems[0].Key != "formula.unit_line" {
		t.Errorf("got %v", problems)
	}
}

func TestWhatDoesNotExistIsNotFound(t *testing.T) {
	b := book(t, "")
	outcome := evaluate(t, b, "base")
	_, unknownScenario := b.Evaluate("x", capacity.NewSizer())
	_, unknownLine := outcome.Sheet([]string{"x"}, scenarios.ByMonth)
	_, noMember := outcome.Trace("calls", nil, calendar.Of(2027, 1))
	_, outside := outcome.Trace("cost", nil, calendar.Of(2028, 1))
	for name, err := range map[string]error{
		"a scenario": unknownScenario, "a line": unknownLine, "a lane": noMember, "a month": outside,
	} {
		if err == nil || problem.KindOf(err) != problem.NotFound {
			t.Errorf("%s: got %v, want NotFound", name, err)
		}
	}
}

func TestNextTakesOverProgramsThatDidNotChange(t *testing.T) {
	b := book(t, "")
	model := b.Model()
	values := append([]float64(nil), model.Lines[1].Values...)
	values[0] = 7
	lines := append([]budget.Line(nil), model.Lines...)
	lines[1].Values = values
	model.Lines = lines
	next := b.Next(model, b.Scenarios())
	before, after := evaluate(t, b, "base"), evaluate(t, next, "base")
	if before.Program != after.Program {
		t.Error("an edit of a value compiled the model again")
	}
	if got := after.Results; got == nil {
		t.Fatal("no results")
	}
	if series, _ := after.Results.Series("cost"); series.Values[0] != 770 {
		t.Errorf("got %v, want the new price in use", series.Values[0])
	}
	if scenarios.Same(before, after, "cost") || !scenarios.Same(before, after, "stock") {
		t.Error("Same does not tell changed lines from unchanged ones")
	}
}

func TestALineWhoseTotalChangedIsNotTheSame(t *testing.T) {
	b := book(t, "")
	model := b.Model()
	model.Lines = append([]budget.Line(nil), model.Lines...)
	model.Lines[3].Rollup = "sum"
	before, after := evaluate(t, b, "base"), evaluate(t, b.Next(model, b.Scenarios()), "base")
	if scenarios.Same(before, after, "stock") {
		t.Error("stock has the same cells, but a total of 21 instead of 8")
	}
}

func TestALinesOwnProblemIsOneWhateverReplacesItsFormula(t *testing.T) {
	b := book(t, `scenarios: [{code: s, changes: [{line: cost, formula: "5"}]}]
`)
	model := b.Model()
	model.Lines = append([]budget.Line(nil), model.Lines...)
	model.Lines[2].Rollup = "weighted(nothing)"
	problems := b.Next(model, b.Scenarios()).Problems()
	if len(problems) != 1 || problems[0].Pointer != "/budget/lines/cost" {
		t.Errorf("got %v, want one problem of the line's roll-up", problems)
	}
}

// TestAgainIsEvaluate holds that an outcome which takes over what it can from
// one before an edit is one evaluated from nothing.
func TestAgainIsEvaluate(t *testing.T) {
	const scenario = `scenarios:
  - {code: more, parent: base, changes: [{line: calls, scale: 2}, {line: cost, from: 2027-02, add: VALUE}]}
`
	before := book(t, strings.Replace(scenario, "VALUE", "10", 1))
	earlier := evaluate(t, before, "more")
	changed := book(t, strings.Replace(scenario, "VALUE", "20", 1))
	next := before.Next(changed.Model(), changed.Scenarios())
	again, err := next.Again(earlier, "more", capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	if again.Program != earlier.Program {
		t.Error("the program was compiled again")
	}
	for _, code := range []string{"calls", "price", "cost", "stock"} {
		if diff := cmp.Diff(values(t, evaluate(t, next, "more"), code), values(t, again, code)); diff != "" {
			t.Errorf("%s differs (-evaluated +again):\n%s", code, diff)
		}
	}
	if got := values(t, again, "cost"); got[1] != 860 {
		t.Errorf("the cost is %v", got)
	}
}
