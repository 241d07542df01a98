package workflow_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/workflow"
)

func nan() float64 { return math.NaN() }

// on brings the section people of the sample to a state.
func on(t *testing.T, state string) document.Node {
	t.Helper()
	doc := whole(t, sample)
	hand := workflow.Act{Kind: workflow.HandIn, Section: "people", Note: "done"}
	approve := workflow.Act{Kind: workflow.Approve, Section: "people"}
	switch state {
	case "open":
	case "returned":
		doc = must(t, must(t, doc, hand, head), workflow.Act{Kind: workflow.Return, Section: "people", Note: "thin"}, finance)
	case "handed in":
		doc = must(t, doc, hand, head)
	case "checked":
		doc = must(t, must(t, doc, hand, head), approve, finance)
	case "approved":
		doc = must(t, must(t, must(t, doc, hand, head), approve, finance), approve, director)
	case "sealed":
		doc = sealed(t, "")
	default:
		t.Fatalf("no state %q", state)
	}
	return doc
}

const sealText = `"seal": {"rev": 7, "hash": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "who": "deng", "on": "2026-12-20"}`

// sealed returns the sample sealed, with amendments.
func sealed(t *testing.T, amendments string) document.Node {
	t.Helper()
	if amendments != "" {
		amendments = `, "amendments": {` + amendments + `}`
	}
	return whole(t, strings.TrimSuffix(sample, "}")+", "+sealText+amendments+"}")
}

func TestTheStatesOfASection(t *testing.T) {
	stranger := workflow.Actor{Who: "sun", Positions: []okr.RoleID{"keeper"}, Roles: []string{workflow.Lead}}
	standIn := workflow.Actor{Who: "fei", For: "fang", Roles: []string{workflow.Finance}}
	forHead := workflow.Actor{Who: "fu", For: "hu", Roles: []string{workflow.Finance}}
	double := workflow.Actor{Who: "fang", Roles: []string{workflow.Finance, workflow.Director}}
	forFang := workflow.Actor{Who: "dong", For: "fang", Roles: []string{workflow.Director}}
	handedInByDirector := func(t *testing.T) document.Node {
		t.Helper()
		return must(t, whole(t, sample), workflow.Act{Kind: workflow.HandIn, Section: "people"}, director)
	}
	for _, c := range []struct {
		name  string
		state string
		kind  workflow.Kind
		note  string
		by    workflow.Actor
		want  string // the state after, or the refusal
	}{
		{"the owner hands in", "open", workflow.HandIn, "", head, "handed_in"},
		{"a director hands in", "open", workflow.HandIn, "", director, "handed_in"},
		{"another position does not", "open", workflow.HandIn, "", stranger, "forbidden workflow.not_owner"},
		{"nor does finance", "open", workflow.HandIn, "", finance, "forbidden workflow.not_owner"},
		{"what was returned is handed in again", "returned", workflow.HandIn, "", head, "handed_in"},
		{"twice is once too often", "handed in", workflow.HandIn, "", head, "conflict workflow.not_open"},
		{"what is approved is not handed in", "approved", workflow.HandIn, "", head, "conflict workflow.not_open"},

		{"the next step's role returns", "handed in", workflow.Return, "thin", finance, "returned"},
		{"a director returns at any step", "handed in", workflow.Return, "thin", director, "returned"},
		{"a step that is over returns no more", "checked", workflow.Return, "thin", finance, "forbidden workflow.not_approver"},
		{"the owner does not return", "handed in", workflow.Return, "thin", head, "forbidden workflow.not_approver"},
		{"a return says why", "handed in", workflow.Return, " ", finance, "invalid workflow.no_reason"},
		{"nothing returns what is open", "open", workflow.Return, "thin", director, "conflict workflow.not_handed_in"},
		{"nor what is approved", "approved", workflow.Return, "thin", director, "conflict workflow.not_handed_in"},

		{"the first step", "handed in", workflow.Approve, "", finance, "handed_in"},
		{"a deputy does it", "handed in", workflow.Approve, "", standIn, "handed_in"},
		{"the second step does not come first", "handed in", workflow.Approve, "", director, "forbidden workflow.not_approver"},
		{"the last step", "checked", workflow.Approve, "", director, "approved"},
		{"the last step is not the first one's", "checked", workflow.Approve, "", finance, "forbidden workflow.not_approver"},
		{"one person does not do two steps", "checked", workflow.Approve, "", double, "forbidden workflow.four_eyes"},
		{"nor through a deputy", "checked", workflow.Approve, "", forFang, "forbidden workflow.four_eyes"},
		{"nor may a deputy of the owner approve", "handed in", workflow.Approve, "", forHead, "forbidden workflow.four_eyes"},
		{"nothing approves what is open", "open", workflow.Approve, "", finance, "conflict workflow.not_handed_in"},
		{"nor a second time", "approved", workflow.Approve, "", director, "conflict workflow.not_handed_in"},
		{"a viewer approves nothing", "handed in", workflow.Approve, "", viewer, "forbidden workflow.not_approver"},

		{"a director reopens what is approved", "approved", workflow.Reopen, "new wage round", director, "open"},
		{"and what is handed in", "handed in", workflow.Reopen, "too early", second, "open"},
		{"with a reason", "approved", workflow.Reopen, "", director, "invalid workflow.no_reason"},
		{"finance does not", "approved", workflow.Reopen, "x", finance, "forbidden workflow.not_director"},
		{"what is open is not reopened", "open", workflow.Reopen, "x", director, "conflict workflow.is_open"},
		{"nor what is returned", "returned", workflow.Reopen, "x", director, "conflict workflow.is_open"},

		{"a sealed plan has no hand-ins", "sealed", workflow.HandIn, "", head, "conflict workflow.sealed"},
		{"and nothing is reopened", "sealed", workflow.Reopen, "x", director, "conflict workflow.sealed"},
	} {
		doc := on(t, c.state)
		act := workflow.Act{Kind: c.kind, Section: "people", Note: c.note}
		next, err := apply(t, doc, act, c.by, 2e6)
		section, _ := read(t, next).Section("people")
		got := string(section.State)
		if err != nil {
			got = firstKey(err)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		offered := slices.Contains(read(t, doc).ActsOn("people", c.by, 2e6), c.kind)
		refused := strings.Contains(c.want, " ") && !strings.Contains(c.want, "no_reason")
		if offered == refused {
			t.Errorf("%s: offered is %v, but the answer is %q", c.name, offered, c.want)
		}
	}
	doc := handedInByDirector(t)
	doc = must(t, doc, workflow.Act{Kind: workflow.Approve, Section: "people"}, finance)
	if _, err := apply(t, doc, workflow.Act{Kind: workflow.Approve, Section: "people"}, director, 2e6); firstKey(err) != "forbidden workflow.four_eyes" {
		t.Errorf("who handed in approves: got %v", err)
	}
	if _, err := apply(t, doc, workflow.Act{Kind: workflow.Approve, Section: "people"}, second, 2e6); err != nil {
		t.Errorf("a second director approves: got %v", err)
	}
}

func TestActsLeaveTheirMarks(t *testing.T) {
	deputy := workflow.Actor{Who: "he", For: "hu", Positions: []okr.RoleID{"head"}, On: day("2026-11-19")}
	doc := must(t, whole(t, sample), workflow.Act{Kind: workflow.HandIn, Section: "people", Note: " all in "}, deputy)
	section, _ := read(t, doc).Section("people")
	if want := (workflow.Mark{Who: "he", For: "hu", On: day("2026-11-19"), Note: "all in"}); section.HandedIn == nil || *section.HandedIn != want {
		t.Errorf("handed in: got %+v, want %+v", section.HandedIn, want)
	}
	doc = must(t, doc, workflow.Act{Kind: workflow.Approve, Section: "people", Note: "fine"}, finance)
	section, _ = read(t, doc).Section("people")
	if len(section.Approvals) != 1 || section.Approvals[0].Step != "check" || section.Approvals[0].Note != "fine" {
		t.Errorf("approved: got %+v", section.Approvals)
	}
	doc = must(t, doc, workflow.Act{Kind: workflow.Return, Section: "people", Note: "wages"}, director)
	section, _ = read(t, doc).Section("people")
	if section.Returned == nil || section.Returned.Note != "wages" || section.HandedIn != nil || len(section.Approvals) != 0 {
		t.Errorf("a return takes hand-in and approvals back: got %+v", section)
	}
	doc = must(t, on(t, "approved"), workflow.Act{Kind: workflow.Reopen, Section: "people", Note: "wages"}, director)
	section, _ = read(t, doc).Section("people")
	if section.Returned == nil || section.Returned.Note != "wages" || section.HandedIn != nil || len(section.Approvals) != 0 {
		t.Errorf("so does opening it again: got %+v", section)
	}
}

func TestASmallAmountNeedsOneStep(t *testing.T) {
	doc := on(t, "handed in")
	doc, err := apply(t, doc, workflow.Act{Kind: workflow.Approve, Section: "people"}, finance, 999)
	if section, _ := read(t, doc).Section("people"); err != nil || section.State != workflow.Approved {
		t.Errorf("got %+v, %v", section, err)
	}
	doc = on(t, "checked")
	if _, err := apply(t, doc, workflow.Act{Kind: workflow.Approve, Section: "people"}, director, 999); firstKey(err) != "conflict workflow.nothing_to_approve" {
		t.Errorf("the amount fell below the last step: got %v", err)
	}
}

func TestActsOnNothing(t *testing.T) {
	for name, c := range map[string]struct {
		act  workflow.Act
		want string
	}{
		"a section that is not there":    {workflow.Act{Kind: workflow.HandIn, Section: "gone"}, "not_found workflow.no_section"},
		"an amendment that is not there": {workflow.Act{Kind: workflow.Reject, Amendment: 3, Note: "x"}, "not_found workflow.no_amendment"},
		"an act that does not exist":     {workflow.Act{Kind: "burn"}, "invalid workflow.unknown_act"},
		"a proposal of nothing":          {workflow.Act{Kind: workflow.Propose}, "invalid workflow.no_entries"},
	} {
		if _, err := apply(t, sealed(t, ""), c.act, director, 0); firstKey(err) != c.want {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}
