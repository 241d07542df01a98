package planning_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
)

// head is the least a plan is.
const head = `centerplan: 1
plan: {id: t, currency: CNY}
calendar: {start: 2027-01, months: 3}
`

func read(t *testing.T, text string) (planning.Plan, error) {
	t.Helper()
	return planning.Read(decoded(t, text))
}

func decoded(t *testing.T, text string) document.Node {
	t.Helper()
	source, err := planfile.Decode([]byte(text))
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	return source.Document
}

func keys(list problem.List) []string {
	var keys []string
	for _, p := range list {
		keys = append(keys, p.Key+" "+p.Pointer)
	}
	return keys
}

func TestReadRefusesWithThePlace(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"a field nobody knows":          {"lines: [{code: a, valeus: 1}]", "shape.unknown_field /budget/lines/a/valeus"},
		"values beside a formula":       {"lines: [{code: a, values: 1, formula: \"1\"}]", "budget.values_and_formula /budget/lines/a/formula"},
		"a group that does not exist":   {"lines: [{code: a, group: g, values: 1}]", "shape.dangling /budget/lines/a/group"},
		"a dimension that does not":     {"lines: [{code: a, by: [q], values: {}}]", "shape.dangling /budget/lines/a/by/0"},
		"an owner that is no role":      {"lines: [{code: a, owner: nobody, values: 1}]", "shape.dangling /budget/lines/a/owner"},
		"a month outside the plan":      {"lines: [{code: a, values: {2028-01: 1}}]", "budget.month_outside /budget/lines/a/values/2028-01"},
		"a held month outside the plan": {"lines: [{code: a, values: 1, held: {2028-01: true}}]", "budget.month_outside /budget/lines/a/held/2028-01"},
		"a held cell of nobody":         {"lines: [{code: a, values: 1, held: {red: {2027-01: true}}}]", "shape.month /budget/lines/a/held/red"},
		"a cell held by a number":       {"lines: [{code: a, values: 1, held: {2027-01: 1}}]", "shape.type /budget/lines/a/held/2027-01"},
		"a change on no line":           {"scenarios: [{code: s, changes: [{line: x, set: 1}]}]", "shape.dangling /scenarios/s/changes/c1/line"},
		"a change that does two things": {"lines: [{code: a, values: 1}]\nscenarios: [{code: s, changes: [{line: a, set: 1, add: 2}]}]", "budget.change_acts /scenarios/s/changes/c1"},
		"a change that does nothing":    {"lines: [{code: a, values: 1}]\nscenarios: [{code: s, changes: [{line: a}]}]", "budget.change_acts /scenarios/s/changes/c1"},
		"a formula for some months":     {"lines: [{code: a, values: 1}]\nscenarios: [{code: s, changes: [{line: a, from: 2027-02, formula: \"2\"}]}]", "budget.change_formula_part /scenarios/s/changes/c1/from"},
		"a part of a month":             {"calendar: {start: 2027-01, months: 3.5}", "calendar.months_range /budget/calendar/months"},
		"an id longer than any":         {"lines: [{code: a, id: " + strings.Repeat("x", 201) + "}]", "shape.id /budget/lines"},
		"an id that is none":            {"okr: {roles: [{id: __proto__}]}", "shape.id /okr/roles"},
		"a parent that does not exist":  {"scenarios: [{code: s, parent: p}]", "shape.dangling /scenarios/s/parent"},
		"parents in a circle":           {"scenarios: [{code: a, parent: b}, {code: b, parent: a}]", "scenarios.parent_circle /scenarios/a/parent"},
		"a hiring plan of nobody":       {"hiring: {team: {attrition: 0}}", "shape.missing /budget/hiring/team/opening"},
		"a class after the plan":        {"hiring: {team: {opening: 1, attrition: 0, classes: {2027-04: 9}}}", "capacity.class_outside /budget/hiring/team/classes/2027-04"},
		"two lines with one code":       {"lines: [{code: a, values: 1}, {id: b, code: a, values: 2}]", "budget.code_twice /budget/lines/b/code"},
	}
	for name, c := range cases {
		text := head + c.text
		if strings.HasPrefix(c.text, "calendar:") {
			text = strings.Replace(head, "calendar: {start: 2027-01, months: 3}", c.text, 1)
		}
		_, err := read(t, text+"\n")
		if got := keys(problem.Of(err)); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %v, want %s", name, got, c.want)
		}
	}
}

func TestAPlanWithoutACalendarHasOneProblem(t *testing.T) {
	_, err := read(t, "centerplan: 1\nplan: {id: t}\n")
	if got, want := keys(problem.Of(err)), []string{"shape.missing /budget/calendar"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMonthsAreWholeAndOneToSixty(t *testing.T) {
	for _, months := range []string{"0", "1.5", "61", "1e18", "-3"} {
		_, err := read(t, "centerplan: 1\nplan: {id: t}\ncalendar: {start: 2027-01, months: "+months+"}\nlines: [{code: a, values: {2027-01: 1}}]\n")
		if got, want := keys(problem.Of(err)), []string{"calendar.months_range /budget/calendar/months"}; !slices.Equal(got, want) {
			t.Errorf("%s months: got %v, want %v", months, got, want)
		}
	}
}

func TestReadReportsEveryFaultAtOnce(t *testing.T) {
	_, err := read(t, head+"lines: [{code: a, group: g, owner: o, sense: up, values: 1}]\n")
	if got := problem.Of(err); len(got) != 3 {
		t.Errorf("got %d faults, want 3: %v", len(got), err)
	}
}

func TestFaultsListsShapesAndFormulasAtOnce(t *testing.T) {
	lines := `lines:
  - {code: a, unit: contact, values: 1}
  - {code: b, formula: "a + missing"}
  - {code: c, formula: "required_fte(a, 1, \"desk\")", sense: up}
staffing: {desk: {target: 2, within_s: 20}}
`
	want := []string{
		"shape.one_of /budget/lines/c/sense", "capacity.target_range /budget/staffing/desk/target",
		"formula.unknown_name /budget/lines/b/formula",
	}
	if got := keys(planning.Faults(decoded(t, head+lines))); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := planning.Faults(decoded(t, head+"lines: [{code: a, values: 1}]\n")); len(got) != 0 {
		t.Errorf("a sound plan has %v", got)
	}
	odd := strings.Replace(head, "months: 3", "months: 3.5", 1)
	if got := keys(planning.Faults(decoded(t, odd+lines))); slices.ContainsFunc(got, func(key string) bool { return strings.HasPrefix(key, "formula") }) {
		t.Errorf("without months there are faults of formulas: %v", got)
	}
}

func TestReadRefusesADocumentOfAnotherKind(t *testing.T) {
	for name, doc := range map[string]document.Node{
		"nothing":      nil,
		"a list":       []document.Node{},
		"no header":    document.Object{"centerplan": 1.0},
		"a newer one":  document.Object{"centerplan": 9.0, "plan": document.Object{"id": "x"}},
		"a bad id":     document.Object{"centerplan": 1.0, "plan": document.Object{"id": "../x"}},
		"odd currency": document.Object{"centerplan": 1.0, "plan": document.Object{"id": "x", "currency": "yuan"}},
	} {
		if _, err := planning.Read(doc); problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
}

func TestLinksCountWhatIsMissing(t *testing.T) {
	plan, err := read(t, head+`lines: [{code: a, formula: "b"}]
method:
  positioning: {statement: {en: x}, layers: [{code: one, today: 0.5, target: 1}]}
`)
	if err != nil {
		t.Fatal(err)
	}
	states := plan.Links(plan.Book())
	if len(states) != 5 {
		t.Fatalf("got %d links, want 5", len(states))
	}
	if got := states[0]; got.Answered != 3 || got.Required != 4 || !slices.Equal(got.Open, []string{"shares_today"}) {
		t.Errorf("positioning: got %+v", got)
	}
	if got := states[3]; !slices.Equal(got.Open, []string{"accounts", "formulas", "scenarios"}) {
		t.Errorf("budget: got %+v", got)
	}
}

func TestALineOverTooManyMembersIsRefusedAtOnce(t *testing.T) {
	var dimensions, by []string
	for i := range 6 {
		name := "d" + strconv.Itoa(i)
		var members []string
		for j := range 60 {
			members = append(members, name+"m"+strconv.Itoa(j))
		}
		by = append(by, name)
		dimensions = append(dimensions, "  "+name+": {members: ["+strings.Join(members, ", ")+"]}\n")
	}
	text := head + "dimensions:\n" + strings.Join(dimensions, "") + "lines:\n  - {code: a, by: [" + strings.Join(by, ", ") + "], "
	_, err := planfile.Decode([]byte(text + "values: 1}\n"))
	if got := keys(problem.Of(err)); len(got) != 1 || got[0] != "planfile.too_many_values " {
		t.Errorf("values: got %v", got)
	}
	_, err = read(t, text+"formula: \"1\", opening: 1}\nscenarios: [{code: s, cells: {a: {}}}]\n")
	if got := keys(problem.Of(err)); len(got) != 1 || got[0] != "formula.too_many_members /budget/lines/a/by" {
		t.Errorf("formula: got %v", got)
	}
}

func TestAChangeOutsideThePlanIsAProblem(t *testing.T) {
	plan, err := read(t, head+`lines: [{code: a, values: 1}]
scenarios:
  - code: s
    changes: [{line: a, from: 2028-01, set: 2}, {line: a, from: 2027-03, set: 3}, {line: a, to: 2026-12, set: 4}, {line: a, set: 5}]
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"budget.change_outside /scenarios/s/changes/c1", "budget.change_outside /scenarios/s/changes/c3"}
	if got := keys(plan.Check(plan.Book())); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
