package workflow_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
)

// sample is a plan with two sections of its own and two steps, the second from
// a million on.
const sample = `{
 "phase": "draft", "why_above": 0.2, "amount": "total",
 "sections": {
  "people": {"rank": "a", "name": {"en": "People"}, "covers": ["/okr"], "owner": "head", "deadline": "2026-11-20"},
  "money": {"rank": "b", "covers": ["/budget"], "owner": "keeper", "deadline": "2026-11-27"}},
 "steps": {
  "check": {"rank": "a", "role": "finance"},
  "sign": {"rank": "b", "role": "director", "from": 1000000}}}`

var roles = okr.Model{Roles: []okr.Role{{ID: "head"}, {ID: "keeper"}}}

// The people of the tests. Nobody has two roles.
var (
	head     = workflow.Actor{Who: "hu", Positions: []okr.RoleID{"head"}, Roles: []string{workflow.Lead}, On: day("2026-11-18")}
	finance  = workflow.Actor{Who: "fang", Roles: []string{workflow.Finance}, On: day("2026-11-21")}
	director = workflow.Actor{Who: "deng", Roles: []string{workflow.Director}, On: day("2026-11-22")}
	second   = workflow.Actor{Who: "du", Roles: []string{workflow.Director}, On: day("2026-11-22")}
	viewer   = workflow.Actor{Who: "vera", On: day("2026-11-22")}
)

func day(text string) calendar.Date {
	date, ok := calendar.ParseDate(text)
	if !ok {
		panic(text)
	}
	return date
}

func month(text string) calendar.Month {
	month, ok := calendar.Parse(text)
	if !ok {
		panic(text)
	}
	return month
}

// whole returns a document whose section workflow is the text, or which has
// none.
func whole(t testing.TB, text string) document.Node {
	t.Helper()
	if text != "" {
		text = `, "workflow": ` + text
	}
	return decode(t, `{"budget": {"lines": {"total": {"code": "total", "values": {"2027-01": 5, "2027-02": 6}}}}, "okr": {"milestones": {}}`+text+`}`)
}

func decode(t testing.TB, text string) document.Node {
	t.Helper()
	var node document.Node
	if err := json.Unmarshal([]byte(text), &node); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return node
}

func read(t testing.TB, doc document.Node) workflow.Model {
	t.Helper()
	model, faults := readFaults(doc)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return model
}

func readFaults(doc document.Node) (workflow.Model, problem.List) {
	r := document.Read(doc)
	model := workflow.Read(r.Field("workflow"), roles)
	return model, r.Problems()
}

// apply carries out an act and returns the document after it.
func apply(t testing.TB, doc document.Node, act workflow.Act, by workflow.Actor, amount float64) (document.Node, error) {
	t.Helper()
	ops, err := read(t, doc).Ops(doc, act, by, amount)
	if err != nil {
		return doc, err
	}
	next, inverse, err := patch.Apply(doc, ops)
	if err != nil {
		t.Fatalf("%v of %s: the patch %v does not apply: %v", act.Kind, by.Who, ops, err)
	}
	back, _, err := patch.Apply(next, inverse)
	if err != nil || !patch.Equal(back, doc) {
		t.Fatalf("%v of %s: the inverse %v does not lead back: %v", act.Kind, by.Who, inverse, err)
	}
	return next, nil
}

func must(t testing.TB, doc document.Node, act workflow.Act, by workflow.Actor) document.Node {
	t.Helper()
	next, err := apply(t, doc, act, by, 2e6)
	if err != nil {
		t.Fatalf("%v of %s: %v", act.Kind, by.Who, err)
	}
	return next
}

func firstKey(err error) string {
	if list := problem.Of(err); len(list) > 0 {
		return list[0].Kind.String() + " " + list[0].Key
	}
	return ""
}

func TestAPlanWithoutASetUpHasFiveOpenSectionsAndOneStep(t *testing.T) {
	for _, text := range []string{"", "{}", "null", `{"sections": {}, "steps": {}}`} {
		model := read(t, whole(t, text))
		var ids []workflow.SectionID
		for _, section := range model.Sections {
			ids = append(ids, section.ID)
			if section.State != workflow.Open || len(section.Covers) == 0 {
				t.Errorf("%s: got %+v, want it open and to cover something", text, section)
			}
		}
		if !slices.Equal(ids, workflow.Links()) {
			t.Errorf("%q: sections %v", text, ids)
		}
		if len(model.Steps) != 1 || model.Steps[0].Role != workflow.Director || model.Steps[0].From != 0 {
			t.Errorf("%q: steps %+v, want the director's from 0", text, model.Steps)
		}
		if model.Phase != workflow.Draft || model.WhyAbove != 0 || model.Seal != nil || len(model.Check()) > 0 {
			t.Errorf("%q: got %+v with %v", text, model, model.Check())
		}
	}
}

func TestTheFirstActWritesEverySection(t *testing.T) {
	for _, text := range []string{"", "{}", "null", `{"sections": {}}`, `{"sections": null}`, `{"phase": "negotiation"}`} {
		doc := must(t, whole(t, text), workflow.Act{Kind: workflow.HandIn, Section: workflow.Budget}, director)
		model := read(t, doc)
		if len(model.Sections) != len(workflow.Links()) {
			t.Errorf("%q: %d sections after the first act, want all five", text, len(model.Sections))
		}
		for i, section := range model.Sections {
			want := workflow.Open
			if section.ID == workflow.Budget {
				want = workflow.HandedIn
			}
			if section.State != want || section.ID != workflow.Links()[i] || len(section.Covers) == 0 {
				t.Errorf("%q: got %+v, want %s and its covers", text, section, want)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	seal := `"seal": {"rev": 7, "hash": "` + strings.Repeat("a", 64) + `", "who": "deng", "on": "2026-12-20", "engine": "1", "scenarios": ["base"]}`
	amendment := func(text string) string {
		return `{` + seal + `, "amendments": {"1": {"number": 1, "kind": "transfer", "reason": "r", "state": "proposed", "proposed": {"who": "a", "on": "2027-02-01"}, ` + text + `}}}`
	}
	cases := map[string]struct{ text, want string }{
		"a field nobody knows":             {`{"stage": 1}`, "shape.unknown_field at /workflow/stage"},
		"a phase that is none":             {`{"phase": "war"}`, "shape.one_of at /workflow/phase"},
		"a share below zero":               {`{"why_above": -1}`, "shape.range at /workflow/why_above"},
		"an owner that is no role":         {`{"sections": {"s": {"owner": "ghost"}}}`, "okr.unknown_role at /workflow/sections/s/owner"},
		"a deadline that is no day":        {`{"sections": {"s": {"deadline": "2026-11-31"}}}`, "shape.date at /workflow/sections/s/deadline"},
		"a cover that is no pointer":       {`{"sections": {"s": {"covers": ["okr"]}}}`, "workflow.cover at /workflow/sections/s/covers/0"},
		"a cover of everything":            {`{"sections": {"s": {"covers": [""]}}}`, "workflow.cover at /workflow/sections/s/covers/0"},
		"a cover of actuals":               {`{"sections": {"s": {"covers": ["/okr", "/actuals/a"]}}}`, "workflow.cover at /workflow/sections/s/covers/1"},
		"a cover of what no plan has":      {`{"sections": {"s": {"covers": ["/okrs"]}}}`, "workflow.cover at /workflow/sections/s/covers/0"},
		"a cover of the workflow":          {`{"sections": {"s": {"covers": ["/workflow"]}}}`, "workflow.cover at /workflow/sections/s/covers/0"},
		"a state that is none":             {`{"sections": {"s": {"state": "done"}}}`, "shape.one_of at /workflow/sections/s/state"},
		"handed in by nobody":              {`{"sections": {"s": {"state": "handed_in"}}}`, "shape.missing at /workflow/sections/s/handed_in"},
		"returned by nobody":               {`{"sections": {"s": {"state": "returned"}}}`, "shape.missing at /workflow/sections/s/returned"},
		"a mark without a day":             {`{"sections": {"s": {"handed_in": {"who": "a"}}}}`, "shape.missing at /workflow/sections/s/handed_in/on"},
		"a step without a role":            {`{"steps": {"s": {}}}`, "shape.missing at /workflow/steps/s/role"},
		"a step of a viewer":               {`{"steps": {"s": {"role": "viewer"}}}`, "shape.one_of at /workflow/steps/s/role"},
		"a seal without a revision":        {`{"seal": {"hash": "x", "who": "a", "on": "2026-12-20"}}`, "shape.missing at /workflow/seal/rev"},
		"a hash that is none":              {`{"seal": {"rev": 1, "hash": "x", "who": "a", "on": "2026-12-20"}}`, "workflow.hash at /workflow/seal/hash"},
		"an amendment under a wrong key":   {strings.Replace(amendment(`"entries": {}`), `"number": 1`, `"number": 2`, 1), "workflow.amendment_number at /workflow/amendments/1/number"},
		"a part of a number":               {strings.Replace(amendment(`"entries": {}`), `"number": 1`, `"number": 1.5`, 1), "workflow.amendment_number at /workflow/amendments/1/number"},
		"an amendment that is no kind":     {strings.Replace(amendment(`"entries": {}`), "transfer", "gift", 1), "shape.one_of at /workflow/amendments/1/kind"},
		"an amendment nobody closed":       {strings.Replace(amendment(`"entries": {}`), `"state": "proposed"`, `"state": "rejected"`, 1), "shape.missing at /workflow/amendments/1/closed"},
		"an entry without a line":          {amendment(`"entries": {"e1": {"month": "2027-03", "amount": 1}}`), "shape.missing at /workflow/amendments/1/entries/e1/line"},
		"an entry in a month that is none": {amendment(`"entries": {"e1": {"line": "a", "month": "2027-13", "amount": 1}}`), "shape.month at /workflow/amendments/1/entries/e1/month"},
		"an entry without an amount":       {amendment(`"entries": {"e1": {"line": "a", "month": "2027-03"}}`), "shape.missing at /workflow/amendments/1/entries/e1/amount"},
	}
	for name, c := range cases {
		_, faults := readFaults(whole(t, c.text))
		if got := faults.Error(); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestCheckReports(t *testing.T) {
	cases := map[string]struct {
		text string
		want []string
	}{
		"a finished set-up has nothing": {sample, nil},
		"sections that hold the same": {
			strings.Replace(sample, `"/budget"`, `"/budget", "/okr/milestones"`, 1),
			[]string{`workflow.overlap at /workflow/sections/money/covers other="people" pointer="/okr/milestones" section="money"`},
		},
		"names that begin alike do not overlap": {strings.Replace(strings.Replace(sample, `"/budget"`, `"/okr/role"`, 1), `"/okr"`, `"/okr/roles"`, 1), nil},
		"one section without a deadline": {
			strings.Replace(sample, `, "deadline": "2026-11-27"`, "", 1),
			[]string{`workflow.no_deadline at /workflow/sections/money/deadline section="money"`},
		},
		"one section without an owner": {
			strings.Replace(sample, `"owner": "keeper", `, "", 1),
			[]string{`workflow.no_owner at /workflow/sections/money/owner section="money"`},
		},
		"no section with either": {`{"sections": {"a": {"covers": ["/okr"]}}}`, nil},
		"a section that holds nothing": {
			`{"sections": {"a": {}}}`,
			[]string{`workflow.no_covers at /workflow/sections/a/covers section="a"`},
		},
		"the section of a link holds what the link does": {`{"sections": {"budget": {}}}`, nil},
	}
	for name, c := range cases {
		var got []string
		for _, p := range read(t, whole(t, c.text)).Check() {
			got = append(got, p.Error())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestStepsGoByTheAmount(t *testing.T) {
	model := read(t, whole(t, sample))
	high := read(t, whole(t, strings.Replace(sample, `"role": "finance"`, `"role": "finance", "from": 500`, 1)))
	for _, c := range []struct {
		name   string
		model  workflow.Model
		amount float64
		want   string
	}{
		{"below the second step", model, 999999, "check"},
		{"at the second step", model, 1e6, "check sign"},
		{"an amount nobody knows", model, nan(), "check sign"},
		{"below every step the lowest is needed", high, 3, "check"},
		{"an amount below zero", model, -5, "check"},
	} {
		var got []string
		for _, step := range c.model.Needed(c.amount) {
			got = append(got, string(step.ID))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}
