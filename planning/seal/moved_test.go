package seal_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/calendar"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/planning/workflow"
)

// marked returns the document of the plan as it stands once sealed, with the
// scenarios of the ids.
func marked(t *testing.T, ids ...string) document.Object {
	t.Helper()
	doc := decode(t, text).(document.Object)
	list := []document.Node{}
	for _, id := range ids {
		list = append(list, id)
	}
	doc["workflow"] = document.Object{"seal": document.Object{
		"rev": 7.0, "hash": seal.Hash(nil), "who": "director", "on": "2026-12-15", "engine": engine, "scenarios": list,
	}}
	return doc
}

func pointers(list problem.List) []string {
	found := []string{}
	for _, p := range list {
		found = append(found, p.Pointer)
	}
	return found
}

func TestASealedPlanMovesOnlyWhereItMay(t *testing.T) {
	cases := map[string]struct {
		ops  []patch.Op
		want []string
	}{
		"a cell":                  {[]patch.Op{{Op: "replace", Path: "/budget/lines/training/values/2027-02", Value: 1.0}}, []string{"/budget/lines/training/values/2027-02"}},
		"a new line":              {[]patch.Op{{Op: "add", Path: "/budget/lines/x", Value: document.Object{"code": "x", "values": document.Object{}}}}, []string{"/budget/lines/x"}},
		"the plan's name":         {[]patch.Op{{Op: "replace", Path: "/plan/name/zh", Value: "南区"}}, []string{"/plan/name/zh"}},
		"history":                 {[]patch.Op{{Op: "add", Path: "/history", Value: document.Object{"training": document.Object{"2026-12": 1.0}}}}, []string{"/history"}},
		"the method":              {[]patch.Op{{Op: "add", Path: "/method", Value: document.Object{}}}, []string{"/method"}},
		"a sealed scenario":       {[]patch.Op{{Op: "replace", Path: "/scenarios/high/changes/c1/add", Value: 1.0}}, []string{"/scenarios/high/changes/c1/add"}},
		"one it descends from":    {[]patch.Op{{Op: "replace", Path: "/scenarios/mid/changes/c1/scale", Value: 1.0}}, []string{"/scenarios/mid/changes/c1/scale"}},
		"base, always sealed":     {[]patch.Op{{Op: "add", Path: "/scenarios/base/changes", Value: document.Object{}}}, []string{"/scenarios/base/changes"}},
		"a sealed one taken away": {[]patch.Op{{Op: "remove", Path: "/scenarios/high"}}, []string{"/scenarios/high"}},
		"the seal":                {[]patch.Op{{Op: "remove", Path: "/workflow/seal"}}, []string{"/workflow/seal"}},
		"the hash in the seal":    {[]patch.Op{{Op: "replace", Path: "/workflow/seal/hash", Value: "0"}}, []string{"/workflow/seal/hash"}},
		"a forecast":              {[]patch.Op{{Op: "replace", Path: "/scenarios/forecast/changes/c1/scale", Value: 1.0}}, []string{}},
		"a new scenario":          {[]patch.Op{{Op: "add", Path: "/scenarios/next", Value: document.Object{"parent": "high"}}}, []string{}},
		"actuals":                 {[]patch.Op{{Op: "add", Path: "/actuals", Value: document.Object{"training": document.Object{"2027-01": 9.0}}}}, []string{}},
		"objectives":              {[]patch.Op{{Op: "add", Path: "/okr", Value: document.Object{}}}, []string{}},
		"a comment":               {[]patch.Op{{Op: "add", Path: "/comments", Value: document.Object{"c": document.Object{"text": "x"}}}}, []string{}},
		"an amendment":            {[]patch.Op{{Op: "add", Path: "/workflow/amendments", Value: document.Object{}}}, []string{}},
		"several": {[]patch.Op{
			{Op: "replace", Path: "/budget/lines/training/values/2027-02", Value: 1.0},
			{Op: "replace", Path: "/budget/lines/price/values/2027-01", Value: 1.0},
			{Op: "remove", Path: "/plan/name"},
		}, []string{"/plan/name", "/budget/lines/price/values/2027-01"}},
	}
	before := marked(t, "high")
	for name, c := range cases {
		var ops []patch.Op
		for _, op := range c.ops {
			if op.Op == patch.Remove { // a subtree goes with a test of it
				parts, _ := document.Parts(op.Path)
				value, _ := document.Get(before, parts...)
				ops = append(ops, patch.Op{Op: patch.Test, Path: op.Path, Value: value})
			}
			ops = append(ops, op)
		}
		after, _, err := patch.Apply(before, ops)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := seal.Unmoved(before, after)
		if diff := cmp.Diff(c.want, pointers(got)); diff != "" {
			t.Errorf("%s: other places moved:\n%s", name, diff)
		}
		for _, p := range got {
			if p.Kind != problem.Forbidden || p.Key != "seal.moved" {
				t.Errorf("%s: got %v, want Forbidden seal.moved", name, p)
			}
		}
	}
}

func TestAPlanWithoutASealMovesFreely(t *testing.T) {
	before := decode(t, text)
	for _, after := range []document.Node{decode(t, text+"levers: []\n"), document.Object{}, nil, marked(t)} {
		if got := seal.Unmoved(before, after); len(got) > 0 {
			t.Errorf("got %v", got)
		}
	}
}

func TestAPlanFileIsHeldAgainstTheSealedDocument(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine)
	if got := sealed.Moved(marked(t)); len(got) > 0 {
		t.Errorf("got %v for the plan that was sealed", got)
	}
	other := decode(t, text).(document.Object)
	at(t, other, "budget", "lines", "training", "values")["2027-03"] = 8.0
	at(t, other, "scenarios", "forecast", "changes", "c1")["scale"] = 0.8
	if got, want := pointers(sealed.Moved(other)), []string{"/budget/lines/training/values/2027-03"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOnlyAnAgreedPlanIsSealed(t *testing.T) {
	mark := func(step workflow.StepID) workflow.Approval {
		return workflow.Approval{Step: step, Mark: workflow.Mark{Who: "x", On: calendar.Of(2026, 12).Date(1)}}
	}
	steps := []workflow.Step{{ID: "director", Role: workflow.Director}, {ID: "finance", Role: workflow.Finance, From: 1e6}}
	agreed := []workflow.Section{
		{ID: "a", State: workflow.Approved, Approvals: []workflow.Approval{mark("director")}},
		{ID: "b", State: workflow.Approved, Approvals: []workflow.Approval{mark("director"), mark("finance")}},
	}
	fault := problem.Problem{Kind: problem.Invalid, Pointer: "/budget/lines/a/formula", Key: "formula.unknown_name"}
	late := problem.Problem{Kind: problem.Invalid, Pointer: "/workflow/sections/a/deadline", Key: "workflow.no_deadline"}
	cases := map[string]struct {
		model    workflow.Model
		problems problem.List
		amount   float64
		want     []string
	}{
		"agreed":                        {workflow.Model{Sections: agreed, Steps: steps}, nil, 5, []string{}},
		"a step that a sum needs":       {workflow.Model{Sections: agreed, Steps: steps}, nil, 1e6, []string{"seal.step_open /workflow/sections/a"}},
		"a problem of the plan":         {workflow.Model{Sections: agreed, Steps: steps}, problem.List{fault}, 5, []string{"formula.unknown_name /budget/lines/a/formula"}},
		"an oddity of a section's form": {workflow.Model{Sections: agreed, Steps: steps}, problem.List{late}, 5, []string{}},
		"sections in every other state": {
			workflow.Model{Sections: []workflow.Section{{ID: "a", State: workflow.Open}, {ID: "b", State: workflow.HandedIn}, {ID: "c", State: workflow.Returned}}, Steps: steps},
			nil, 5,
			[]string{"seal.section_open /workflow/sections/a", "seal.section_handed_in /workflow/sections/b", "seal.section_returned /workflow/sections/c"},
		},
		"sealed already": {workflow.Model{Seal: &workflow.Seal{Hash: seal.Hash(nil)}}, problem.List{fault}, 5, []string{"seal.already /workflow/seal"}},
	}
	for name, c := range cases {
		got := []string{}
		for _, p := range seal.Ready(planning.Plan{Workflow: c.model}, c.problems, c.amount) {
			got = append(got, p.Key+" "+p.Pointer)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: something else keeps it:\n%s", name, diff)
		}
	}
	plan, err := planning.Read(decode(t, text))
	if err != nil {
		t.Fatal(err)
	}
	if got := seal.Ready(plan, nil, 0); len(got) != len(workflow.Links()) {
		t.Errorf("got %v, want every link of a plan that has no workflow open", got)
	}
}
