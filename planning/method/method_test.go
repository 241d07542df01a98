package method_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"centerplan/budget"
	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/method"
)

func TestPositioningAgreesWithVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Layers []struct {
			Current       []float64 `json:"effort_share_current"`
			Target        []float64 `json:"effort_share_target"`
			IndexCurrent  float64   `json:"index_current"`
			IndexTarget   float64   `json:"index_target"`
			FTE           float64   `json:"fte_total"`
			Shift         []float64 `json:"fte_shift"`
			SharesSumToOK bool      `json:"sum_ok"`
		} `json:"positioning_six_layer"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors.Layers {
		p := method.Positioning{Layers: make([]method.Layer, len(v.Current))}
		for i := range p.Layers {
			p.Layers[i] = method.Layer{Code: strconv.Itoa(i), Today: v.Current[i] / 100, Target: v.Target[i] / 100}
		}
		if today, target := p.Index(); !near(today, v.IndexCurrent) || !near(target, v.IndexTarget) {
			t.Errorf("index: got %v to %v, want %v to %v", today, target, v.IndexCurrent, v.IndexTarget)
		}
		if got := p.Shift(v.FTE); !slices.EqualFunc(got, v.Shift, near) {
			t.Errorf("shift: got %v, want %v", got, v.Shift)
		}
		if got := (method.Model{Positioning: p}).Check(); len(got) == 0 != v.SharesSumToOK {
			t.Errorf("shares that sum to 1: %v, but got %v", v.SharesSumToOK, got)
		}
	}
}

const sample = `{
 "strategy": {"values": {"en": "Honest"}, "vision": {"en": "Trusted"}, "mission": {"en": "Settle it"},
  "goals": {
   "g1": {"code": "g1", "rank": "a", "group": "customer", "text": {"en": "More solved"}},
   "g2": {"code": "g2", "rank": "b", "group": "finance", "text": {"en": "Less spent"}},
   "g3": {"code": "g3", "rank": "c", "group": "operations", "text": {"en": "Smoother"}},
   "g4": {"code": "g4", "rank": "d", "group": "people", "text": {"en": "Grow"}}}},
 "positioning": {"statement": {"en": "From calls to customers"},
  "layers": {
   "one": {"code": "one", "rank": "a", "name": {"en": "One"}, "today": 0.6, "target": 0.4},
   "two": {"code": "two", "rank": "b", "name": {"en": "Two"}, "today": 0.4, "target": 0.6}}},
 "findings": {
  "f1": {"code": "f1", "rank": "a", "party": "company", "statement": {"en": "a"}, "evidence": {"en": "1"}, "effect": "loss", "decision": "breakthrough", "severity": 5, "objective": "resolve"},
  "f2": {"code": "f2", "rank": "b", "party": "customer", "statement": {"en": "b"}, "evidence": {"en": "2"}, "decision": "continue", "objective": "resolve"},
  "f3": {"code": "f3", "rank": "c", "party": "partner", "statement": {"en": "c"}, "evidence": {"en": "3"}, "decision": "stop", "objective": "resolve"},
  "f4": {"code": "f4", "rank": "d", "party": "employee", "statement": {"en": "d"}, "evidence": {"en": "4"}, "decision": "stop", "refused": {"en": "no money"}}}
}`

func TestRead(t *testing.T) {
	model := read(t, sample)
	first := model.FindingsOf(method.Company)[0]
	if first.Severity != 5 || first.Effect != method.Loss || first.Decision != method.Breakthrough || !first.Settled() {
		t.Errorf("finding: got %+v", first)
	}
	if got := model.Findings[1]; got.Severity != 3 || got.Effect != method.Gain {
		t.Errorf("a finding without severity and effect: got %+v, want 3 and a gain", got)
	}
	if got := model.Check(); len(got) != 0 {
		t.Errorf("a finished section has no problems: got\n%v", got)
	}
	if got := (method.Model{}).Check(); len(got) != 0 {
		t.Errorf("a section nobody began has no problems: got\n%v", got)
	}
}

func TestReadRefuses(t *testing.T) {
	cases := map[string]struct{ from, to, want string }{
		"a finding for an objective that is gone":  {`"objective": "resolve"}`, `"objective": "gone"}`, "method.unknown_objective at /method/findings/f1/objective"},
		"a finding for an initiative that is gone": {`"objective": "resolve"}`, `"initiative": "gone"}`, "method.unknown_initiative at /method/findings/f1/initiative"},
		"a layer for an objective that is gone":    {`"today": 0.6`, `"objective": "gone", "today": 0.6`, "method.unknown_objective at /method/positioning/layers/one/objective"},
		"a party that is none of the four":         {`"company"`, `"rival"`, "shape.one_of at /method/findings/f1/party"},
		"a decision that does not exist":           {`"stop"`, `"maybe"`, "shape.one_of at /method/findings/f3/decision"},
		"a severity above 5":                       {`"severity": 5`, `"severity": 6`, "shape.range at /method/findings/f1/severity"},
		"a severity between two":                   {`"severity": 5`, `"severity": 4.5`, "method.severity_whole at /method/findings/f1/severity"},
		"a share above the whole":                  {`"today": 0.6`, `"today": 60`, "shape.range at /method/positioning/layers/one/today"},
		"a misspelt field":                         {`"vision"`, `"visions"`, "shape.unknown_field at /method/strategy/visions"},
	}
	for name, c := range cases {
		r := section(t, strings.Replace(sample, c.from, c.to, 1))
		method.Read(r, goals)
		if got := r.Problems().Error(); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestCheckReports(t *testing.T) {
	cases := map[string]struct{ from, to, want string }{
		"today's shares that do not sum to 1":   {`"today": 0.6`, `"today": 0.5`, `method.shares_today at /method/positioning/layers sum="0.9"`},
		"target shares that do not sum to 1":    {`"target": 0.6`, `"target": 0.7`, `method.shares_target at /method/positioning/layers sum="1.1"`},
		"a finding that led to nothing":         {`"refused": {"en": "no money"}`, `"refused": {}`, `method.finding_unlinked at /method/findings/f4/objective finding="f4"`},
		"a finding both linked and refused":     {`"refused"`, `"objective": "resolve", "refused"`, `method.finding_both at /method/findings/f4/refused finding="f4"`},
		"a finding with an initiative, refused": {`"refused"`, `"initiative": "coach", "refused"`, `method.finding_both at /method/findings/f4/refused finding="f4"`},
		"a party without a finding":             {`"employee"`, `"company"`, `method.no_employee_finding at /method/findings`},
		"a code given twice":                    {`"code": "two"`, `"code": "one"`, `method.code_twice at /method/positioning/layers/two/code code="one"`},
	}
	for name, c := range cases {
		got := read(t, strings.Replace(sample, c.from, c.to, 1)).Check()
		if len(got) != 1 || got[0].Error() != c.want {
			t.Errorf("%s: got %q, want only %q", name, got.Error(), c.want)
		}
	}
}

func TestSharesMayMissTheWholeByTheTolerance(t *testing.T) {
	cases := map[string]bool{"0.6000009": true, "0.600002": false, "0.5999991": true, "0.599998": false}
	for share, want := range cases {
		got := read(t, strings.Replace(sample, `"today": 0.6`, `"today": `+share, 1)).Check()
		if (len(got) == 0) != want {
			t.Errorf("%s beside 0.4: got %v, want accepted %v", share, got, want)
		}
	}
}

func TestCompleteness(t *testing.T) {
	facts := method.Budget{Lines: 10, Accounted: 3, Scenarios: 3}
	cases := map[string]struct {
		from, to string
		budget   method.Budget
		link     method.Link
		want     float64
		open     []string
	}{
		"a stated position with whole shares": {link: method.PositioningLink, want: 1},
		"no statement is a quarter short":     {from: `"statement": {"en": "From calls to customers"},`, link: method.PositioningLink, want: 3. / 4, open: []string{"statement"}},
		"four settled findings":               {link: method.RetrospectiveLink, want: 1},
		"a finding that became an initiative": {from: `"refused": {"en": "no money"}`, to: `"initiative": "coach"`, link: method.RetrospectiveLink, want: 1},
		"a party without a finding":           {from: `"employee"`, to: `"company"`, link: method.RetrospectiveLink, want: 15. / 16, open: []string{"party_employee"}},
		"two findings without evidence, once": {from: `"evidence": {"en": "1"},`, link: method.RetrospectiveLink, want: 15. / 16, open: []string{"evidence"}},
		"an undecided finding":                {from: `"decision": "continue",`, link: method.RetrospectiveLink, want: 15. / 16, open: []string{"decision"}},
		"three groups without an objective":   {link: method.BusinessLink, want: 11. / 14, open: []string{"objective_finance", "objective_operations", "objective_people"}},
		"a goal without words":                {from: `"text": {"en": "Grow"}`, to: `"text": {}`, link: method.BusinessLink, want: 10. / 14, open: []string{"objective_finance", "objective_operations", "goal_people", "objective_people"}},
		"a budget with lines and scenarios":   {budget: facts, link: method.BudgetLink, want: 1},
		"a budget with a formula fault":       {budget: method.Budget{Lines: 1, Accounted: 1, Faults: 1, Scenarios: 3}, link: method.BudgetLink, want: 3. / 4, open: []string{"formulas"}},
		"two scenarios are too few":           {budget: method.Budget{Lines: 1, Accounted: 1, Scenarios: 2}, link: method.BudgetLink, want: 3. / 4, open: []string{"scenarios"}},
		"no budget at all":                    {link: method.BudgetLink, want: 0, open: []string{"lines", "accounts", "formulas", "scenarios"}},
		"an objective with one finished step": {link: method.ActionLink, want: 1},
	}
	for name, c := range cases {
		model := read(t, strings.Replace(sample, c.from, c.to, 1))
		got := model.Completeness(goals, c.budget)[c.link-1]
		if got.Link != c.link || !near(got.Completeness(), c.want) || !slices.Equal(got.Open, c.open) || got.Passed() != (c.want == 1) {
			t.Errorf("%s: got %+v (%v), want %v with %v open", name, got, got.Completeness(), c.want, c.open)
		}
	}
}

func TestAnEmptyPlanHasFiveOpenLinks(t *testing.T) {
	states := method.Model{}.Completeness(okr.Model{}, method.Budget{})
	if len(states) != len(method.Links()) {
		t.Fatalf("got %d states, want %d", len(states), len(method.Links()))
	}
	for _, state := range states {
		if state.Completeness() != 0 || state.Passed() || len(state.Open) == 0 || state.Link.String() == "" {
			t.Errorf("%v: got %+v, want nothing answered", state.Link, state)
		}
	}
}

var goals = okr.Model{
	Roles:       []okr.Role{{ID: "director", Code: "director"}},
	Objectives:  []okr.Objective{{ID: "resolve", Code: "resolve", Group: okr.Customer, Owner: "director", Weight: 1, KeyResults: []okr.KeyResult{{ID: "k", Line: "fcr"}}}},
	Milestones:  []okr.Milestone{finished()},
	Initiatives: []okr.Initiative{{ID: "coach", Code: "coach"}},
}

func finished() okr.Milestone {
	r := document.Read(document.Object{"milestones": document.Object{"m": document.Object{
		"due": "2027-03-31", "acceptance": document.Object{"en": "seen"},
	}}})
	m := okr.Read(r, budget.Model{}).Milestones[0]
	m.Owner, m.Objective = "director", "resolve"
	return m
}

func section(t *testing.T, text string) document.Reader {
	t.Helper()
	var node document.Node
	if err := json.Unmarshal([]byte(`{"method":`+text+`}`), &node); err != nil {
		t.Fatal(err)
	}
	return document.Read(node).Field("method")
}

func read(t *testing.T, text string) method.Model {
	t.Helper()
	r := section(t, text)
	model := method.Read(r, goals)
	if err := r.Problems().Err(); err != nil {
		t.Fatal(err)
	}
	return model
}

func near(a, b float64) bool {
	return math.Abs(a-b) <= max(1e-12, 1e-9*math.Abs(b))
}

// FuzzRead holds that any JSON reads without a panic, and that what was read
// can be checked and counted.
func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add(`{"strategy": [], "positioning": {"layers": {"a": 1}}, "findings": {"f": {"severity": "high"}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var node document.Node
		if json.Unmarshal([]byte(text), &node) != nil {
			return
		}
		model := method.Read(document.Read(node), goals)
		_ = model.Check()
		for _, state := range model.Completeness(goals, method.Budget{}) {
			if c := state.Completeness(); c < 0 || c > 1 {
				t.Errorf("link %s is complete by %v", state.Link, c)
			}
		}
	})
}
