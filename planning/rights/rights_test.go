package rights_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/formula"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/scenarios"
)

func TestCenterOf(t *testing.T) {
	for name, c := range map[string]struct {
		center document.Node
		want   string
	}{
		"a word":          {"north", "north"},
		"both languages":  {object{"en": "North", "zh": "北区"}, "North"},
		"Chinese alone":   {object{"zh": "北区"}, "北区"},
		"an empty object": {object{}, ""},
		"nothing":         {nil, ""},
	} {
		if got := rights.CenterOf(object{"plan": object{"center": c.center}}); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestRolesIn(t *testing.T) {
	who := rights.Person{Grants: []rights.Grant{
		{Center: "north", Role: rights.Viewer},
		{Center: "*", Role: rights.Administrator},
		{Center: "south", Role: rights.Director},
		{Center: "north", Role: rights.Viewer},
		{Center: "north", Role: "owner"},
		{Center: "", Role: rights.Director},
	}}
	for center, want := range map[string][]rights.Role{
		"north": {rights.Viewer, rights.Administrator}, "south": {rights.Director, rights.Administrator}, "": {rights.Administrator}, "*": {rights.Administrator},
	} {
		if got := rights.RolesIn(who, center); !slices.Equal(got, want) {
			t.Errorf("in %q the roles are %v, want %v", center, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	lead := func(position string, members ...string) rights.Person {
		return rights.Person{ID: position, Grants: []rights.Grant{{Center: "north", Role: rights.Lead, Position: "ops", Members: members}}}
	}
	same := []rights.Person{lead("a", "x", "y"), lead("b", "y", "x", "x")}
	if same[0].Key("north") != same[1].Key("north") {
		t.Errorf("two leads of one team have the keys %q and %q", same[0].Key("north"), same[1].Key("north"))
	}
	seen := map[string]string{}
	for name, who := range map[string]rights.Person{
		"nobody": {}, "a lead": lead("a", "x", "y"), "a lead of less": lead("a", "x"), "a lead of a strange team": lead("a", `x","y`),
		"a viewer":         {Grants: []rights.Grant{{Center: "north", Role: rights.Viewer}}},
		"a director":       {Grants: []rights.Grant{{Center: "north", Role: rights.Director}}},
		"one of two roles": {Grants: []rights.Grant{{Center: "north", Role: rights.Viewer}, {Center: "*", Role: rights.Director}}},
	} {
		key := who.Key("north")
		if other, twice := seen[key]; twice {
			t.Errorf("%s and %s have one key, %q", name, other, key)
		}
		seen[key] = name
	}
}

func TestMay(t *testing.T) {
	c := file(t, pay)
	for role, want := range map[rights.Role][]rights.Action{
		rights.Director:      rights.Actions(),
		rights.Finance:       {"edit", "comment", "hand_in", "approve", "propose", "seal", "header", "see_pay", "download"},
		rights.Lead:          {"edit", "comment", "hand_in", "propose", "download"},
		rights.Viewer:        {"comment", "download"},
		rights.Administrator: {"edit", "comment", "workflow", "header", "download"},
	} {
		sight := c.seenBy(grant(role))
		got := slices.DeleteFunc(rights.Actions(), func(a rights.Action) bool { return !sight.May(a) })
		if !slices.Equal(got, want) {
			t.Errorf("the %s may %v, want %v", role, got, want)
		}
		if sight.May("fly") {
			t.Errorf("the %s may do what nobody knows", role)
		}
	}
}

// TestStartersStayReadable reads what every role sees of the starters, and holds
// what of them is kept: pay, and no more than rests on it.
func TestStartersStayReadable(t *testing.T) {
	for name, want := range map[string]struct{ hidden, withheld []string }{
		"telecom": {[]string{"base_pay", "performance_pay", "allowance"}, []string{"base_pay", "performance_pay", "allowance"}},
		"twocity": {
			[]string{"base_pay", "performance_pay", "allowance", "wage", "labour_price", "support_pay"},
			[]string{
				"base_pay", "performance_pay", "allowance", "wage", "social_charge", "housing_charge", "support_pay", "base_cost", "performance_cost",
				"allowance_cost", "social_cost", "housing_cost", "overtime_cost", "thirteenth_cost", "union_cost", "severance_cost", "support_cost", "training_cost",
			},
		},
	} {
		c := starter(t, name)
		for _, role := range rights.Roles() {
			sight := c.seenBy(grant(role))
			plan, err := planning.Read(sight.Document())
			if err != nil {
				t.Errorf("what the %s sees of %s cannot be read: %v", role, name, err)
			}
			if d := cmp.Diff(plan.Budget.Dimensions, c.plan.Budget.Dimensions); len(plan.Budget.Lines) != len(c.plan.Budget.Lines) || d != "" {
				t.Errorf("the %s sees %d lines of %s, want %d", role, len(plan.Budget.Lines), name, len(c.plan.Budget.Lines))
			}
			hidden, withheld := want.hidden, want.withheld
			if sight.Whole() {
				hidden, withheld = nil, nil
			}
			if !slices.Equal(sight.Hidden(), hidden) || !slices.Equal(sight.Withheld(), withheld) {
				t.Errorf("from the %s of %s are hidden %v and withheld %v, want %v and %v", role, name, sight.Hidden(), sight.Withheld(), hidden, withheld)
			}
			checkOutcomes(t, c, sight, name)
		}
	}
}

// checkOutcomes holds that what is told is the same to the bit, and what is not
// told fails.
func checkOutcomes(t *testing.T, c center, sight *rights.Sight, name string) {
	t.Helper()
	for _, raw := range c.outcomes {
		told := sight.Outcome(raw)
		for _, line := range c.plan.Budget.Lines {
			want, _ := raw.Results.Series(line.Code)
			got, _ := told.Results.Series(line.Code)
			total, fault := told.Results.Roll(line.Code, -1, 0, 11)
			wanted, _ := raw.Results.Roll(line.Code, -1, 0, 11)
			if slices.Contains(sight.Withheld(), line.Code) {
				if fault == nil || fault.Key != formula.Withheld || got.Values[0] == got.Values[0] || len(got.Faults) != len(got.Values) {
					t.Errorf("%s of %s in %s is told: %v, %v", line.Code, name, raw.Scenario.Code, got.Values, total)
				}
				continue
			}
			if math.Float64bits(total) != math.Float64bits(wanted) || !slices.EqualFunc(got.Values, want.Values, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }) {
				t.Errorf("%s of %s in %s is %v, want %v", line.Code, name, raw.Scenario.Code, got.Values, want.Values)
			}
		}
	}
}

// TestALeadIsNotToldWhatTheyCanMove holds the same released totals for one whose
// team's cells lie below them, and opens them again to one whose do not.
func TestALeadIsNotToldWhatTheyCanMove(t *testing.T) {
	c := starter(t, "twocity")
	for name, want := range map[string]struct {
		grant rights.Grant
		told  bool
	}{
		"no team, no position": {grant(rights.Lead), true},
		"a site":               {rights.Grant{Center: "*", Role: rights.Lead, Members: []string{"coast"}}, false},
		"a team nobody has":    {rights.Grant{Center: "*", Role: rights.Lead, Members: []string{"moon"}}, true},
	} {
		sight := c.seenBy(want.grant)
		for _, code := range []string{"total_cost", "labour_price", "cost_per_contact"} {
			if told := !slices.Contains(sight.Withheld(), code); told != want.told {
				t.Errorf("%s: %s is told: %v, want %v", name, code, told, want.told)
			}
		}
	}
	// A lead who looks on elsewhere too is still a lead here.
	if both := c.seenBy(grant(rights.Viewer), rights.Grant{Center: "*", Role: rights.Lead, Members: []string{"coast"}}); !slices.Contains(both.Withheld(), "total_cost") {
		t.Error("a lead who is a viewer as well is told what they can move")
	}
}

// TestAReleasedLineKeepsItsMaking holds the trace of the released total.
func TestAReleasedLineKeepsItsMaking(t *testing.T) {
	c := file(t, pay)
	viewer := c.seenBy(grant(rights.Viewer))
	raw, err := c.base().Trace("total", nil, c.plan.Budget.Calendar.Start)
	if err != nil {
		t.Fatal(err)
	}
	step, err := viewer.Trace(raw)
	if err != nil || step.Value == nil || *step.Value != 248690 || len(step.Operands) > 0 || step.WithValues != "" || step.Formula != "pay + rent" || step.Pointer == "" {
		t.Errorf("the total is told as %s, %v", text(t, step), err)
	}
	if len(raw.Operands) == 0 {
		t.Error("the trace that was given has changed")
	}
	above, _ := c.base().Trace("per_call", nil, c.plan.Budget.Calendar.Start)
	step, err = viewer.Trace(above)
	if err != nil || len(step.Operands) == 0 || !strings.Contains(step.WithValues, "248690") {
		t.Errorf("what rests on the total is told as %s, %v", text(t, step), err)
	}
}

// TestAReleaseCoversNoPast holds that what a released line was before the plan is
// not among what its release opens.
func TestAReleaseCoversNoPast(t *testing.T) {
	const head = "centerplan: 1\nplan: {id: p, center: north}\ncalendar: {start: 2027-01, months: 3}\nlines:\n"
	for name, want := range map[string]struct {
		text     string
		withheld string
	}{
		"without a past":        {"  - {code: s, values: 5, sensitive: true, released: true}\n  - {code: x, formula: prev(s)}\n", ""},
		"an opening":            {"  - {code: s, values: 5, opening: 4, sensitive: true, released: true}\n  - {code: x, formula: prev(s)}\n  - {code: y, formula: x + s}\n", "x y"},
		"an opening nobody saw": {"  - {code: s, values: 5, opening: 4, sensitive: true, released: true}\n  - {code: x, formula: next(s) + s}\n", ""},
		"a history":             {"  - {code: s, values: 5, sensitive: true, released: true}\n  - {code: x, formula: last_year(s)}\nhistory: {s: {2026-01: 3}}\n", "x"},
		"a reader released":     {"  - {code: s, values: 5, opening: 4, sensitive: true, released: true}\n  - {code: x, formula: prev(s), released: true}\n", ""},
		"an open line's past":   {"  - {code: s, values: 5, opening: 4}\n  - {code: x, formula: prev(s)}\n", ""},
	} {
		c := file(t, head+want.text)
		sight := c.seenBy(grant(rights.Viewer))
		if got := strings.Join(sight.Withheld(), " "); got != want.withheld {
			t.Errorf("%s: %q is withheld, want %q", name, got, want.withheld)
		}
		if name != "a reader released" {
			continue
		}
		if step, err := sight.Outcome(c.base()).Trace("x", nil, c.plan.Budget.Calendar.Start); err != nil || len(step.Operands) > 0 || step.WithValues != "" {
			t.Errorf("%s: the opening is told by the trace %s, %v", name, text(t, step), err)
		}
	}
}

func TestEver(t *testing.T) {
	ever := rights.Ever{}
	ever.Add(object{"budget": object{"lines": object{"a": object{"sensitive": true}, "b": object{"sensitive": false}, "c": object{}}}})
	ever.AddOps([]patch.Op{
		add("/budget/lines/d", object{"sensitive": true}),
		add("/budget/lines/e/sensitive", true),
		{Op: patch.Test, Path: "/budget/lines/f", Value: object{"sensitive": true}},
		put("/budget/lines", object{"g": object{"sensitive": true}, "h": object{}}),
		put("/budget", object{"lines": object{"i": object{"sensitive": true}}}),
		put("", object{"budget": object{"lines": object{"j": object{"sensitive": true}}}}),
		put("/budget/lines/k/sensitive", false),
		add("/okr/lines/l", object{"sensitive": true}),
		{Op: patch.Remove, Path: "/budget/lines/m"},
		put("budget", 1.0),
	})
	var lines []string
	for id := range maps.Keys(ever) {
		if id != "" && !strings.HasPrefix(string(id), "/") {
			lines = append(lines, string(id))
		}
	}
	slices.Sort(lines)
	if got, want := strings.Join(lines, ""), "adefgij"; got != want {
		t.Errorf("sensitive were %s, want %s", got, want)
	}
}

// TestOpsJudgeAThingByItselfWhereItIsWhole holds what of a history is told.
func TestOpsJudgeAThingByItselfWhereItIsWhole(t *testing.T) {
	c := file(t, pay)
	c.ever["gone"] = true
	viewer := c.seenBy(grant(rights.Viewer))
	const told, kept = 0, 1
	for name, try := range map[string]struct {
		op   patch.Op
		want int
	}{
		"an open cell":                       {put("/budget/lines/rent/values/2027-01", 1.0), told},
		"a line that is no more":             {put("/budget/lines/forgotten/values/2027-01", 1.0), told},
		"a line that was sensitive":          {put("/budget/lines/gone/values/2027-01", 1.0), kept},
		"its name":                           {put("/budget/lines/gone/name/en", "Gone"), told},
		"its actuals":                        {add("/actuals/gone", object{"2027-01": 1.0}), kept},
		"the mark":                           {put("/budget/lines/wage/sensitive", true), told},
		"the opening of a withheld line":     {put("/budget/lines/pay/opening", 1.0), kept},
		"the formula of a withheld line":     {put("/budget/lines/pay/formula", "wage"), told},
		"a change of an open line":           {add("/scenarios/growth/changes/x", object{"line": "rent", "add": 1.0}), told},
		"a change of nobody knows what":      {put("/scenarios/growth/changes/x/add", 1.0), kept},
		"a change without a line":            {add("/scenarios/growth/changes/x", object{"add": 1.0}), kept},
		"a change taken away":                {patch.Op{Op: patch.Remove, Path: "/budget/levers/raise/changes/x"}, kept},
		"a key result of nobody knows what":  {put("/okr/objectives/cost/key_results/x/target", 1.0), kept},
		"a comment of nobody knows what":     {put("/comments/x/text", "1"), kept},
		"a comment on an open line":          {add("/comments/x", object{"on": "/budget/lines/rent", "text": "1"}), told},
		"a reply that quotes a hidden place": {add("/comments/x/replies/r", object{"text": "as /budget/lines/wage/values/2027-01 says"}), kept},
		"entries of nobody knows what":       {put("/workflow/amendments/9/entries/a/amount", 1.0), kept},
		"the reason of nobody knows what":    {put("/workflow/amendments/9/reason", "1"), kept},
		"the state of an amendment":          {put("/workflow/amendments/9/state", "approved"), told},
		"the note of an approval":            {put("/workflow/amendments/9/approvals/one/note", "1"), kept},
		"a path that is none":                {put("budget", 1.0), kept},
		"a withheld line's value in a month": {put("/scenarios/growth/cells/pay/2027-01", 1.0), told},
	} {
		seen, hidden := viewer.Ops([]patch.Op{try.op})
		if hidden != try.want || len(seen)+hidden != 1 {
			t.Errorf("%s: %d operations are hidden, want %d (%v)", name, hidden, try.want, seen)
		}
	}
	line := object{"code": "x", "sensitive": true, "values": object{"2027-01": 5.0}}
	seen, hidden := viewer.Ops([]patch.Op{add("/budget/lines/x", line)})
	if d := cmp.Diff(seen, []patch.Op{add("/budget/lines/x", object{"code": "x", "sensitive": true})}); d != "" || hidden != 1 {
		t.Errorf("a sensitive line that is added is told as (-got +want):\n%s", d)
	}
	if len(line) != 3 {
		t.Error("the operation given has changed")
	}
}

func TestProblemsCountsOnlyWhatHangsOnNoNumber(t *testing.T) {
	viewer := file(t, pay).seenBy(grant(rights.Viewer))
	open := problem.Problem{Pointer: "/budget/lines/open/formula", Key: "x"}
	seen, hidden := viewer.Problems(problem.List{
		open,
		{Pointer: "/budget/lines/wage_grade/formula", Key: "x"},
		{Pointer: "/budget/lines/pay/formula", Key: "x", Args: problem.Args{"found": "7"}},
		{Pointer: "/budget/lines/wage/values/2027-01", Key: "x"},
		{Pointer: "/workflow/amendments/4/entries", Key: "x"},
	})
	if len(seen) != 1 || seen[0].Pointer != open.Pointer || hidden != 2 {
		t.Errorf("told are %v and %d more, want the open one and 2", seen, hidden)
	}
}

func TestTheDocumentGivenIsNotChanged(t *testing.T) {
	c := file(t, pay)
	before := text(t, c.doc)
	viewer := c.seenBy(grant(rights.Viewer))
	for _, section := range []string{"/plan", "/method"} {
		if d := cmp.Diff(at(viewer.Document(), section), at(c.doc, section)); d != "" {
			t.Errorf("%s differs:\n%s", section, d)
		}
	}
	if text(t, viewer.Document()) == before || text(t, c.doc) != before {
		t.Error("redacting changed the document, or nothing")
	}
	holder := c.seenBy(grant(rights.Finance))
	if text(t, holder.Document()) != before || holder.Outcome(c.base()) != c.base() {
		t.Error("a holder does not see everything")
	}
}

// BenchmarkOf is what it costs to work out what a viewer sees of a starter: lines
// and document, and then the plan and one scenario.
func BenchmarkOf(b *testing.B) {
	c := starter(b, "twocity")
	c.seenBy(grant(rights.Viewer))
	for name, look := range map[string]func(*rights.Sight){
		"sight":    func(*rights.Sight) {},
		"document": func(s *rights.Sight) { s.Document() },
		"plan":     func(s *rights.Sight) { s.Plan() },
		"outcome":  func(s *rights.Sight) { s.Outcome(c.base()) },
		"sheet": func(s *rights.Sight) {
			if _, err := s.Outcome(c.base()).Sheet(nil, scenarios.ByMonth); err != nil {
				b.Fatal(err)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				look(c.seenBy(grant(rights.Viewer)))
			}
		})
	}
	b.Run("holder", func(b *testing.B) {
		for b.Loop() {
			c.seenBy(grant(rights.Finance)).Document()
		}
	})
}
