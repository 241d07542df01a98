package workflow_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"centerplan/budget"
	"centerplan/planning/document"
	"centerplan/planning/workflow"
)

func entry(line string, amount float64) workflow.Entry {
	return workflow.Entry{Line: budget.LineID(line), Month: month("2027-03"), Amount: amount}
}

func proposal(kind workflow.AmendmentKind, entries ...workflow.Entry) workflow.Act {
	return workflow.Act{Kind: workflow.Propose, Proposal: &workflow.Amendment{
		Kind: kind, Name: document.Text{En: "More chat"}, Reason: "calls moved to chat", Entries: entries,
	}}
}

func TestAProposalKeepsTheRulesOfItsKind(t *testing.T) {
	reasonless := proposal(workflow.Transfer, entry("a", 1), entry("b", -1))
	reasonless.Proposal.Reason = " "
	monthless := proposal(workflow.Supplement, workflow.Entry{Line: "a", Amount: 1})
	for _, c := range []struct {
		name string
		act  workflow.Act
		want string
	}{
		{"a transfer sums to 0", proposal(workflow.Transfer, entry("a", 0.1), entry("b", 0.2), entry("c", -0.3)), ""},
		{"to half a cent", proposal(workflow.Transfer, entry("a", 33.333), entry("b", -33.329)), ""},
		{"and no more", proposal(workflow.Transfer, entry("a", 33.335), entry("b", -33.33)), "invalid workflow.transfer_sum"},
		{"a transfer that does not", proposal(workflow.Transfer, entry("a", 500), entry("b", -400)), "invalid workflow.transfer_sum"},
		{"large and small numbers lose nothing", proposal(workflow.Transfer, entry("a", 1e15), entry("b", 0.01), entry("c", -1e15)), "invalid workflow.transfer_sum"},
		{"a supplement adds", proposal(workflow.Supplement, entry("a", 500)), ""},
		{"or takes away", proposal(workflow.Supplement, entry("a", -500)), ""},
		{"a supplement that moves is a transfer", proposal(workflow.Supplement, entry("a", 5), entry("b", -5)), "invalid workflow.supplement_sum"},
		{"a draw has one source", proposal(workflow.Reserve, entry("a", 5), entry("b", 5), entry("reserve", -7), entry("reserve", -3)), ""},
		{"not two", proposal(workflow.Reserve, entry("a", 10), entry("b", -5), entry("reserve", -5)), "invalid workflow.reserve_source"},
		{"a draw sums to 0", proposal(workflow.Reserve, entry("a", 10), entry("reserve", -5)), "invalid workflow.reserve_sum"},
		{"a proposal says why", reasonless, "invalid workflow.no_reason"},
		{"and when", monthless, "invalid workflow.entry_month"},
		{"and on what line", proposal(workflow.Supplement, entry("", 1)), "invalid workflow.entry_line"},
		{"nothing is no amount", proposal(workflow.Supplement, entry("a", 1), entry("b", 0)), "invalid workflow.entry_amount"},
		{"nor is what is no number", proposal(workflow.Supplement, entry("a", math.NaN())), "invalid workflow.entry_amount"},
		{"a proposal moves something", proposal(workflow.Transfer), "invalid workflow.no_entries"},
		{"a kind that does not exist", proposal("gift", entry("a", 1)), "invalid shape.one_of"},
	} {
		doc, err := apply(t, sealed(t, ""), c.act, head, 0)
		if got := firstKey(err); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if model := read(t, doc); err == nil && (len(model.Amendments) != 1 || len(model.Check()) != 0) {
			t.Errorf("%s: stored as %+v with %v", c.name, model.Amendments, model.Check())
		}
	}
}

func TestWhoProposes(t *testing.T) {
	act := proposal(workflow.Supplement, entry("a", 500))
	if _, err := apply(t, sealed(t, ""), act, viewer, 0); firstKey(err) != "forbidden workflow.not_proposer" {
		t.Errorf("a viewer proposes: got %v", err)
	}
	if _, err := apply(t, whole(t, sample), act, director, 0); firstKey(err) != "conflict workflow.not_sealed" {
		t.Errorf("before sealing: got %v", err)
	}
	for want, by := range []workflow.Actor{head, finance, director} {
		if !read(t, sealed(t, "")).MayPropose(by) {
			t.Errorf("person %d may not propose", want)
		}
	}
}

func TestProposalsAreNumbered(t *testing.T) {
	doc := sealed(t, "")
	for range 11 {
		act := proposal(workflow.Supplement, entry("a", 1), entry("b", 2))
		act.Proposal.Entries[0].Member = map[string]string{"queue": "voice"}
		doc = must(t, doc, act, head)
	}
	model := read(t, doc)
	for i, amendment := range model.Amendments {
		if amendment.Number != i+1 || amendment.State != workflow.Proposed || amendment.Proposed.Who != "hu" ||
			len(amendment.Entries) != 2 || amendment.Entries[0].Member["queue"] != "voice" || amendment.Entries[1].Amount != 2 {
			t.Errorf("amendment %d: got %+v", i+1, amendment)
		}
	}
	if len(model.Amendments) != 11 || len(model.Check()) != 0 {
		t.Errorf("got %d amendments and %v", len(model.Amendments), model.Check())
	}
}

func TestManyEntriesKeepTheirOrder(t *testing.T) {
	var entries []workflow.Entry
	for i := range 120 {
		entries = append(entries, entry("a", float64(i+1)))
	}
	model := read(t, must(t, sealed(t, ""), proposal(workflow.Supplement, entries...), head))
	for i, entry := range model.Amendments[0].Entries {
		if entry.Amount != float64(i+1) {
			t.Fatalf("entry %d is %+v", i, entry)
		}
	}
}

func TestTheStatesOfAnAmendment(t *testing.T) {
	small := proposal(workflow.Transfer, entry("a", 500), entry("b", -500))
	large := proposal(workflow.Supplement, entry("a", 3e6))
	approve := workflow.Act{Kind: workflow.ApproveAmendment, Amendment: 1}
	reject := workflow.Act{Kind: workflow.Reject, Amendment: 1, Note: "no money"}
	withdraw := workflow.Act{Kind: workflow.Withdraw, Amendment: 1}
	type deed struct {
		act workflow.Act
		by  workflow.Actor
	}
	deputy := workflow.Actor{Who: "he", For: "hu", Roles: []string{workflow.Finance}}
	for _, c := range []struct {
		name  string
		deeds []deed
		want  string
	}{
		{"a small one needs finance", []deed{{small, head}, {approve, finance}}, "approved"},
		{"a large one is not done then", []deed{{large, head}, {approve, finance}}, "proposed"},
		{"it needs the director too", []deed{{large, head}, {approve, finance}, {approve, director}}, "approved"},
		{"the director does not come first", []deed{{large, head}, {approve, director}}, "forbidden workflow.not_approver"},
		{"who proposed does not approve", []deed{{small, finance}, {approve, finance}}, "forbidden workflow.four_eyes"},
		{"nor does their deputy", []deed{{small, head}, {approve, deputy}}, "forbidden workflow.four_eyes"},
		{"the next step rejects", []deed{{small, head}, {reject, finance}}, "rejected"},
		{"a director rejects at any time", []deed{{small, head}, {reject, director}}, "rejected"},
		{"a lead does not", []deed{{small, head}, {reject, head}}, "forbidden workflow.not_approver"},
		{"a rejection says why", []deed{{small, head}, {workflow.Act{Kind: workflow.Reject, Amendment: 1}, finance}}, "invalid workflow.no_reason"},
		{"who proposed withdraws", []deed{{small, head}, {withdraw, head}}, "withdrawn"},
		{"so does their deputy", []deed{{small, head}, {withdraw, deputy}}, "withdrawn"},
		{"nobody else does", []deed{{small, head}, {withdraw, director}}, "forbidden workflow.not_yours"},
		{"what is approved stays", []deed{{small, head}, {approve, finance}, {withdraw, head}}, "conflict workflow.amendment_closed"},
		{"and is not rejected", []deed{{small, head}, {approve, finance}, {reject, director}}, "conflict workflow.amendment_closed"},
		{"what is rejected is not approved", []deed{{small, head}, {reject, finance}, {approve, finance}}, "conflict workflow.amendment_closed"},
	} {
		doc := sealed(t, "")
		var err error
		for _, deed := range c.deeds {
			offered := len(read(t, doc).Amendments) == 0 || slices.Contains(read(t, doc).ActsOnAmendment(1, deed.by), deed.act.Kind)
			doc, err = apply(t, doc, deed.act, deed.by, 0)
			if refused := err != nil && !strings.Contains(err.Error(), "no_reason"); offered == refused {
				t.Errorf("%s: %s is offered to %s: %v, but answered %v", c.name, deed.act.Kind, deed.by.Who, offered, err)
			}
		}
		got := string(read(t, doc).Amendments[0].State)
		if err != nil {
			got = firstKey(err)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCheckReportsAmendments(t *testing.T) {
	broken := `"2": {"number": 2, "kind": "transfer", "reason": "r", "proposed": {"who": "a", "on": "2027-02-01"},
		"entries": {"e1": {"line": "a", "month": "2027-03", "amount": 5}}}`
	want := `workflow.amendment_gap at /workflow/amendments/2 missing="1" number="2"
workflow.transfer_sum at /workflow/amendments/2/entries sum="5"`
	if got := read(t, sealed(t, broken)).Check().Error(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	unsealed := read(t, whole(t, `{"amendments": {`+strings.Replace(broken, "transfer", "supplement", 1)+`}}`)).Check()
	if len(unsealed) != 2 || unsealed[0].Key != "workflow.not_sealed" {
		t.Errorf("an amendment of a plan that is not sealed: got %v", unsealed)
	}
}
