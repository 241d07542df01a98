package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/workflow"
)

func TestSetUpKeepsTheState(t *testing.T) {
	before := on(t, "checked")
	for name, c := range map[string]struct {
		ops  []patch.Op
		same bool
	}{
		"the phase":           {[]patch.Op{{Op: patch.Replace, Path: "/workflow/phase", Value: "negotiation"}}, true},
		"a deadline":          {[]patch.Op{{Op: patch.Replace, Path: "/workflow/sections/people/deadline", Value: "2026-12-01"}}, true},
		"the order of steps":  {[]patch.Op{{Op: patch.Replace, Path: "/workflow/steps/check/rank", Value: "z"}}, true},
		"a new step":          {[]patch.Op{{Op: patch.Add, Path: "/workflow/steps/more", Value: document.Object{"role": "finance"}}}, true},
		"a new section":       {[]patch.Op{{Op: patch.Add, Path: "/workflow/sections/more", Value: document.Object{}}}, true},
		"writing out what is": {[]patch.Op{{Op: patch.Add, Path: "/workflow/sections/money/state", Value: "open"}}, true},
		"a state": {[]patch.Op{
			{Op: patch.Replace, Path: "/workflow/sections/people/state", Value: "approved"},
		}, false},
		"an approval's words": {[]patch.Op{
			{Op: patch.Add, Path: "/workflow/sections/people/approvals/check/note", Value: "x"},
		}, false},
		"another approval": {[]patch.Op{
			{Op: patch.Add, Path: "/workflow/sections/people/approvals/sign", Value: document.Object{"who": "deng", "on": "2026-11-22"}},
		}, false},
		"who handed in": {[]patch.Op{{Op: patch.Replace, Path: "/workflow/sections/people/handed_in/who", Value: "x"}}, false},
		"a section that brings its state": {[]patch.Op{
			{Op: patch.Add, Path: "/workflow/sections/more", Value: document.Object{"returned": document.Object{"who": "a", "on": "2026-11-22"}}},
		}, false},
		"a seal": {[]patch.Op{{Op: patch.Add, Path: "/workflow/seal", Value: document.Object{
			"rev": 1.0, "hash": strings.Repeat("0", 64), "who": "a", "on": "2026-11-22",
		}}}, false},
		"an amendment": {[]patch.Op{{Op: patch.Add, Path: "/workflow/amendments", Value: document.Object{
			"1": document.Object{"number": 1.0, "kind": "transfer", "proposed": document.Object{"who": "a", "on": "2026-11-22"}},
		}}}, false},
		"a section taken away": {[]patch.Op{
			{Op: patch.Test, Path: "/workflow/sections/people", Value: at(t, before, "workflow", "sections", "people")},
			{Op: patch.Remove, Path: "/workflow/sections/people"},
		}, false},
	} {
		after, _, err := patch.Apply(before, c.ops)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := workflow.SameState(read(t, before), read(t, after)); got != c.same {
			t.Errorf("%s: the state is the same: %v, want %v", name, got, c.same)
		}
	}
	if !workflow.SameState(read(t, whole(t, "")), read(t, whole(t, sample))) {
		t.Error("a set-up where there was none changes the state")
	}
}

func at(t *testing.T, doc document.Node, parts ...string) document.Node {
	t.Helper()
	node, ok := document.Get(doc, parts...)
	if !ok {
		t.Fatalf("nothing at %v", parts)
	}
	return node
}

func TestWhatIsHandedInIsClosed(t *testing.T) {
	edit := func(path string, value document.Node) patch.Op {
		return patch.Op{Op: patch.Add, Path: path, Value: value}
	}
	for _, c := range []struct {
		name, state string
		op          patch.Op
		want        string
	}{
		{"open, all may change", "open", edit("/okr/milestones/m", document.Object{}), ""},
		{"handed in, nothing below the cover", "handed in", edit("/okr/milestones/m", document.Object{}), "/okr/milestones/m"},
		{"not even null", "handed in", edit("/okr/note", nil), "/okr/note"},
		{"approved, the same", "approved", edit("/okr/milestones/m", document.Object{}), "/okr/milestones/m"},
		{"returned, all again", "returned", edit("/okr/milestones/m", document.Object{}), ""},
		{"check-ins go on", "approved", edit("/okr/checkins", document.Object{"a": document.Object{"day": "2027-01-31"}}), ""},
		{"another section's goes on", "approved", edit("/budget/lines/total/unit", "CNY"), ""},
		{"what no section holds goes on", "approved", edit("/comments", document.Object{}), ""},
		{"and so does set-up", "approved", edit("/workflow/sections/people/name/zh", "人"), ""},
		{"but not what a closed section covers", "approved", patch.Op{
			Op: patch.Replace, Path: "/workflow/sections/people/covers/0", Value: "/method",
		}, "/workflow/sections/people/covers"},
	} {
		before := on(t, c.state)
		after, _, err := patch.Apply(before, []patch.Op{c.op})
		if err != nil {
			t.Fatal(err)
		}
		list := read(t, before).Closed(before, after)
		got := ""
		if len(list) > 0 {
			got = list[0].Pointer
			if list[0].Kind.String()+list[0].Key+list[0].Args["section"] != "forbiddenworkflow.section_closedpeople" {
				t.Errorf("%s: got %v", c.name, list)
			}
		}
		if got != c.want || len(list) > 1 {
			t.Errorf("%s: got %v, want %q", c.name, list, c.want)
		}
	}
}

func TestTheYearGoesOnAfterTheSeal(t *testing.T) {
	before := on(t, "approved")
	before, _, err := patch.Apply(before, []patch.Op{{Op: patch.Add, Path: "/workflow/seal", Value: at(t, sealed(t, ""), "workflow", "seal")}})
	if err != nil {
		t.Fatal(err)
	}
	after, _, err := patch.Apply(before, []patch.Op{{Op: patch.Add, Path: "/okr/milestones/m", Value: document.Object{}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, before).Closed(before, after); len(got) > 0 {
		t.Errorf("a check-in on a sealed plan: got %v", got)
	}
}

func TestASetUpHasNoState(t *testing.T) {
	doc := must(t, sealed(t, ""), proposal(workflow.Supplement, entry("a", 1)), head)
	approved := at(t, on(t, "approved"), "workflow", "sections", "people")
	doc, _, err := patch.Apply(doc, []patch.Op{
		{Op: patch.Test, Path: "/workflow/sections/people", Value: at(t, doc, "workflow", "sections", "people")},
		{Op: patch.Replace, Path: "/workflow/sections/people", Value: approved},
	})
	if err != nil {
		t.Fatal(err)
	}
	before := encode(t, doc)
	if got := workflow.SetUp(doc); !patch.Equal(got, whole(t, sample)) {
		t.Errorf("got %v, want the sample", got)
	}
	if encode(t, doc) != before {
		t.Error("the document given was changed")
	}
	for _, text := range []string{"", "null", `[]`, `{"sections": 5}`, `{"sections": {"a": 5}}`} {
		doc := whole(t, text)
		if got := workflow.SetUp(doc); !patch.Equal(got, doc) {
			t.Errorf("%q: got %v", text, got)
		}
	}
	if workflow.SetUp(nil) != nil {
		t.Error("nothing has a set-up")
	}
}

func TestOpenItems(t *testing.T) {
	late := head
	late.On = day("2026-11-21")
	keeper := workflow.Actor{Who: "kong", Positions: head.Positions[:0:0], On: day("2026-11-18")}
	keeper.Positions = append(keeper.Positions, "keeper", "head")
	rejected := func() document.Node {
		doc := must(t, sealed(t, ""), proposal(workflow.Supplement, entry("a", 5)), head)
		return must(t, doc, workflow.Act{Kind: workflow.Reject, Amendment: 1, Note: "no money"}, finance)
	}
	long := head
	long.On = day("2027-01-20")
	for _, c := range []struct {
		name string
		doc  document.Node
		by   workflow.Actor
		want string
	}{
		{"a section to hand in", on(t, "open"), head, "hand_in people 2026-11-20"},
		{"is overdue the day after", on(t, "open"), late, "hand_in people 2026-11-20 overdue"},
		{"two, the earlier first", on(t, "open"), keeper, "hand_in people 2026-11-20; hand_in money 2026-11-27"},
		{"a director owns neither", on(t, "open"), director, ""},
		{"returned, with the reason", on(t, "returned"), head, "returned people 2026-11-20: thin"},
		{"handed in, the owner waits", on(t, "handed in"), head, ""},
		{"the first step does not", on(t, "handed in"), finance, "approve people/check 2026-11-20: done"},
		{"the second does", on(t, "handed in"), director, ""},
		{"until it is next", on(t, "checked"), director, "approve people/sign 2026-11-20: done"},
		{"approved, nothing is open", on(t, "approved"), director, ""},
		{"a viewer has nothing", on(t, "handed in"), viewer, ""},
		{"sealed, no section is open", sealed(t, ""), head, ""},
		{"an amendment to approve", must(t, sealed(t, ""), proposal(workflow.Supplement, entry("a", 5)), head), finance, "amendment 1/check: calls moved to chat"},
		{"not by who proposed it", must(t, sealed(t, ""), proposal(workflow.Supplement, entry("a", 5)), finance), finance, ""},
		{"an own one that was rejected", rejected(), head, "amendment 1 rejected: no money"},
		{"for some weeks", rejected(), long, ""},
		{"not another's", rejected(), director, ""},
		{"without owners directors are told", whole(t, `{"sections": {"a": {"deadline": "2026-11-20"}, "b": {}}}`), director, "hand_in a 2026-11-20 overdue"},
		{"without a set-up nobody is", whole(t, ""), director, ""},
	} {
		var got []string
		for _, item := range read(t, c.doc).Open(c.by, 2e6) {
			got = append(got, itemText(item))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func itemText(item workflow.Item) string {
	text := string(item.Kind) + " " + string(item.Section)
	if item.Amendment > 0 {
		text += string(rune('0' + item.Amendment))
	}
	if item.Step != "" {
		text += "/" + string(item.Step)
	}
	if item.State == workflow.Rejected {
		text += " rejected"
	}
	if !item.Deadline.IsZero() {
		text += " " + item.Deadline.String()
	}
	if item.Overdue {
		text += " overdue"
	}
	if item.Note != "" {
		text += ": " + item.Note
	}
	return text
}

func TestWhyIsNeeded(t *testing.T) {
	doc := `{"budget": {"lines": {
	   "l1": {"code": "calls", "name": {"en": "Calls"}, "values": {"2027-01": 100, "2027-02": 0, "2027-03": 80}},
	   "l2": {"code": "work", "formula": "calls * 2", "sensitive": true},
	   "l3": {"code": "empty", "values": {"2027-01": 0}}},
	  "hiring": {"crew": {"ramp": [0.5, 0.8]}}},
	 "history": {"l1": {"2026-12": 100}}, "actuals": {"l1": {"2027-01": 100}},
	 "scenarios": {"up": {"code": "up", "levers": ["bot"], "changes": {"c1": {"line": "l1", "scale": 1.1}}}},
	 "okr": {"milestones": {"m": {"code": "trained", "name": {"en": "Trained"}, "due": "2027-03-31", "status": "planned"}},
	         "initiatives": {"i": {"code": "coach", "status": "idea"}},
	         "checkins": {"c": {"of": "/okr/milestones/m", "day": "2027-01-31", "value": 1, "confidence": 1}}},
	 "workflow": {"why_above": 0.2`
	set := func(path string, value document.Node) []patch.Op {
		return []patch.Op{{Op: patch.Replace, Path: path, Value: value}}
	}
	add := func(path string, value document.Node) []patch.Op {
		return []patch.Op{{Op: patch.Add, Path: path, Value: value}}
	}
	calls := "/budget/lines/l1/values/"
	for _, c := range []struct {
		name              string
		ops               []patch.Op
		draft, negotiated string // the places named, empty where no reason is needed
	}{
		{"a small change", set(calls+"2027-01", 110.0), "", calls + "2027-01"},
		{"as much as is allowed", set(calls+"2027-01", 120.0), "", calls + "2027-01"},
		{"a large change", set(calls+"2027-01", 121.0), calls + "2027-01", calls + "2027-01"},
		{"a large fall", set(calls+"2027-01", 79.0), calls + "2027-01", calls + "2027-01"},
		{"no change", set(calls+"2027-01", 100.0), "", ""},
		{"the largest of several is named", slices.Concat(set(calls+"2027-01", 130.0), set(calls+"2027-03", 160.0)), calls + "2027-03", calls + "2027-03"},
		{"a new month is no change", add(calls+"2027-04", 500.0), "", calls + "2027-04"},
		{"a 0 is weighed against what stands beside it", set(calls+"2027-02", 15.0), "", calls + "2027-02"},
		{"and may change much", set(calls+"2027-02", 25.0), calls + "2027-02", calls + "2027-02"},
		{"a 0 among zeros was not filled in", set("/budget/lines/l3/values/2027-01", 5.0), "", "/budget/lines/l3/values/2027-01"},
		{"a number taken away", []patch.Op{{Op: patch.Remove, Path: calls + "2027-01"}}, calls + "2027-01", calls + "2027-01"},
		{"a new line", add("/budget/lines/l4", document.Object{"values": document.Object{"2027-01": 9.0}}), "", "/budget/lines/l4/values/2027-01"},
		{"a formula", set("/budget/lines/l2/formula", "calls * 3"), "", "/budget/lines/l2/formula"},
		{"an element of a list", set("/budget/hiring/crew/ramp/0", 0.7), "/budget/hiring/crew/ramp/0", "/budget/hiring/crew/ramp/0"},
		{"a name", set("/budget/lines/l1/name/en", "Contacts"), "", ""},
		{"a mark", set("/budget/lines/l2/sensitive", false), "", ""},
		{"a scenario's lever", set("/scenarios/up/levers/0", "menu"), "", "/scenarios/up/levers/0"},
		{"a scenario's change", set("/scenarios/up/changes/c1/scale", 1.5), "/scenarios/up/changes/c1/scale", "/scenarios/up/changes/c1/scale"},
		{"a milestone's day", set("/okr/milestones/m/due", "2027-04-30"), "", "/okr/milestones/m/due"},
		{"a milestone's state", set("/okr/milestones/m/status", "done"), "", ""},
		{"an initiative's state", set("/okr/initiatives/i/status", "approved"), "", "/okr/initiatives/i/status"},
		{"history", set("/history/l1/2026-12", 200.0), "/history/l1/2026-12", "/history/l1/2026-12"},
		{"a small correction of history", set("/history/l1/2026-12", 101.0), "", ""},
		{"actuals are measured", set("/actuals/l1/2027-01", 500.0), "", ""},
		{"so is what a check-in tells", set("/okr/checkins/c/value", 500.0), "", ""},
		{"also a new one", add("/okr/checkins/d", document.Object{"value": 5.0, "day": "2027-02-28"}), "", ""},
		{"and one taken back", []patch.Op{{Op: patch.Test, Path: "/okr/checkins/c", Value: document.Object{"of": "/okr/milestones/m", "day": "2027-01-31", "value": 1.0, "confidence": 1.0}}, {Op: patch.Remove, Path: "/okr/checkins/c"}}, "", ""},
		{"the set-up itself", set("/workflow/why_above", 0.9), "", ""},
	} {
		for text, want := range map[string]string{doc + "}}": c.draft, doc + `, "phase": "negotiation"}}`: c.negotiated} {
			before := decode(t, text)
			after, _, err := patch.Apply(before, c.ops)
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			model := read(t, before)
			got := ""
			if p := model.WhyNeeded(before, after, c.ops, " "); p != nil {
				got = p.Pointer
				if p.Kind.String()+" "+p.Key != "invalid workflow.why_needed" || p.Args["place"] == "" {
					t.Errorf("%s: got %v", c.name, p)
				}
			}
			if got != want {
				t.Errorf("%s in %s: got %q, want %q", c.name, model.Phase, got, want)
			}
			if p := model.WhyNeeded(before, after, c.ops, "agreed with finance"); p != nil {
				t.Errorf("%s with a reason: got %v", c.name, p)
			}
		}
	}
}

func TestWhyNamesThePlaceInWords(t *testing.T) {
	before := decode(t, `{"budget": {"lines": {"l1": {"code": "calls", "values": {"voice": {"2027-01": 100}}}}}, "workflow": {"why_above": 0.1}}`)
	ops := []patch.Op{
		{Op: patch.Test, Path: "", Value: before},
		{Op: patch.Replace, Path: "", Value: decode(t, `{"budget": {"lines": {"l1": {"code": "calls", "values": {"voice": {"2027-01": 900}}}}}}`)},
	}
	after, _, err := patch.Apply(before, ops)
	if err != nil {
		t.Fatal(err)
	}
	p := read(t, before).WhyNeeded(before, after, ops, "")
	if p == nil || p.Args["place"] != "calls · voice · 2027-01" {
		t.Errorf("got %v", p)
	}
	if p := read(t, whole(t, "")).WhyNeeded(before, after, ops, ""); p != nil {
		t.Errorf("a plan that asks for no reasons: got %v", p)
	}
}
