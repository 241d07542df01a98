package workflow_test

import (
	"encoding/json"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget"
	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
)

// Whatever people do, in whatever order, an approved section and an approved
// amendment have every approval their amount needs, each by other people, none
// of whom handed in or proposed; amendments are numbered without gaps, and what
// is decided about one stays; every patch applies and can be taken back.
func TestAnySequenceOfActsKeepsFourEyes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		amount := rapid.SampledFrom([]float64{0, 5e5, 2e6, nan()}).Draw(rt, "amount")
		doc := whole(t, rapid.SampledFrom([]string{"", sample}).Draw(rt, "workflow"))
		sealAt := rapid.IntRange(0, 30).Draw(rt, "sealed after")
		for i := range rapid.IntRange(0, 60).Draw(rt, "acts") {
			if i == sealAt {
				doc = seal(rt, doc)
			}
			before := model(rt, doc)
			by := person().Draw(rt, "by")
			act := anyAct(before, by, amount).Draw(rt, "act")
			ops, err := before.Ops(doc, act, by, amount)
			if err != nil {
				if problem.KindOf(err) == problem.Internal {
					rt.Fatalf("%v of %v: %v", act, by, err)
				}
				continue
			}
			next, inverse, err := patch.Apply(doc, ops)
			if err != nil {
				rt.Fatalf("the patch %v does not apply: %v", ops, err)
			}
			if back, _, err := patch.Apply(next, inverse); err != nil || !patch.Equal(back, doc) {
				rt.Fatalf("the inverse of %v does not lead back: %v", ops, err)
			}
			after := model(rt, next)
			if workflow.SameState(before, after) {
				rt.Fatalf("%v changed no state", ops)
			}
			if list := before.Closed(doc, next); len(list) > 0 {
				rt.Fatalf("an act moved what is closed: %v", list)
			}
			decidedStays(rt, before, after)
			doc = next
		}
		fourEyes(rt, model(rt, doc), amount)
	})
}

func model(rt *rapid.T, doc document.Node) workflow.Model {
	read, faults := readFaults(doc)
	if len(faults) > 0 {
		rt.Fatalf("an act stored what is refused: %v", faults)
	}
	return read
}

func seal(rt *rapid.T, doc document.Node) document.Node {
	var node document.Node
	if err := json.Unmarshal([]byte("{"+sealText+"}"), &node); err != nil {
		rt.Fatal(err)
	}
	root := doc.(document.Object)
	held, _ := root["workflow"].(document.Object)
	next := document.Object{}
	maps.Copy(next, held)
	next["seal"] = node.(document.Object)["seal"]
	whole := document.Object{"workflow": next}
	for name, value := range root {
		if name != "workflow" {
			whole[name] = value
		}
	}
	return whole
}

func fourEyes(rt *rapid.T, m workflow.Model, amount float64) {
	for _, section := range m.Sections {
		if section.State == workflow.Approved {
			complete(rt, m.Needed(amount), section.Approvals, *section.HandedIn)
		}
	}
	for i, amendment := range m.Amendments {
		if amendment.Number != i+1 {
			rt.Fatalf("amendment %d has the number %d", i+1, amendment.Number)
		}
		if amendment.State == workflow.AmendmentApproved {
			complete(rt, m.Needed(amendment.Amount()), amendment.Approvals, amendment.Proposed)
		}
	}
}

func complete(rt *rapid.T, needed []workflow.Step, approvals []workflow.Approval, begun workflow.Mark) {
	if len(approvals) != len(needed) {
		rt.Fatalf("approved by %v, but %v are needed", approvals, needed)
	}
	people := map[string]bool{}
	for _, mark := range append([]workflow.Approval{{Mark: begun}}, approvals...) {
		for _, name := range []string{mark.Who, mark.For} {
			if people[name] {
				rt.Fatalf("%q acts twice in %v after %v", name, approvals, begun)
			}
			people[name] = name != ""
		}
	}
}

func decidedStays(rt *rapid.T, before, after workflow.Model) {
	for _, old := range before.Amendments {
		now, ok := after.Amendment(old.Number)
		if !ok || old.State != workflow.Proposed && now.State != old.State {
			rt.Fatalf("amendment %+v became %+v", old, now)
		}
	}
}

// A person of the law acts as themselves or for another.
func person() *rapid.Generator[workflow.Actor] {
	name := rapid.SampledFrom([]string{"ann", "bo", "cy", "di", "ed"})
	return rapid.Custom(func(t *rapid.T) workflow.Actor {
		by := workflow.Actor{Who: name.Draw(t, "who"), On: day("2026-11-20")}
		if other := name.Draw(t, "for"); other != by.Who && rapid.Bool().Draw(t, "stands in") {
			by.For = other
		}
		by.Roles = rapid.SliceOfDistinct(rapid.SampledFrom([]string{workflow.Director, workflow.Finance, workflow.Lead}), rapid.ID[string]).Draw(t, "roles")
		if rapid.Bool().Draw(t, "owns") {
			by.Positions = []okr.RoleID{"head", "keeper"}
		}
		return by
	})
}

// anyAct draws an act that may or may not be the person's, more often one that
// is, so that a sequence gets somewhere.
func anyAct(m workflow.Model, by workflow.Actor, amount float64) *rapid.Generator[workflow.Act] {
	return rapid.Custom(func(t *rapid.T) workflow.Act {
		act := workflow.Act{
			Section:   rapid.SampledFrom(m.Sections[:2]).Draw(t, "section").ID,
			Amendment: rapid.IntRange(0, len(m.Amendments)+1).Draw(t, "amendment"),
			Note:      rapid.SampledFrom([]string{"because", "因为", "why", ""}).Draw(t, "note"),
		}
		kinds := append(m.ActsOn(act.Section, by, amount), m.ActsOnAmendment(act.Amendment, by)...)
		if m.MayPropose(by) {
			kinds = append(kinds, workflow.Propose)
		}
		if len(kinds) == 0 || rapid.IntRange(0, 4).Draw(t, "any") == 0 {
			kinds = workflow.Kinds()
		}
		act.Kind = rapid.SampledFrom(kinds).Draw(t, "kind")
		if act.Kind == workflow.Propose && rapid.IntRange(0, 9).Draw(t, "proposes") > 0 {
			act.Proposal = &workflow.Amendment{
				Kind: rapid.SampledFrom(workflow.AmendmentKinds()).Draw(t, "kind of amendment"), Reason: "r",
				Entries: []workflow.Entry{
					{Line: "a", Month: month("2027-01"), Amount: rapid.SampledFrom([]float64{10, 2e6}).Draw(t, "amount")},
					{Line: budget.LineID(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "line")), Month: month("2027-02"), Amount: -10},
				},
			}
		}
		return act
	})
}

func encode(t *testing.T, node document.Node) string {
	t.Helper()
	text, err := json.Marshal(node)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// FuzzRead holds that any JSON reads without a panic, and that what was read
// can be checked, listed and acted on.
func FuzzRead(f *testing.F) {
	f.Add(sample, "people")
	f.Add(`{"sections": {"a": {"state": "handed_in"}}, "seal": 5, "amendments": {"1": {"state": "rejected"}}}`, "a")
	f.Add(`{"sections": [], "steps": {"s": 1}, "amendments": {"x": {"entries": {"e": null}}}}`, "budget")
	f.Fuzz(func(t *testing.T, text, section string) {
		var node document.Node
		if json.Unmarshal([]byte(text), &node) != nil {
			return
		}
		doc := document.Object{"workflow": node}
		model, faults := readFaults(doc)
		_ = model.Check()
		_ = model.Open(director, nan())
		_ = model.Closed(doc, document.Object{})
		for _, kind := range workflow.Kinds() {
			act := workflow.Act{Kind: kind, Section: workflow.SectionID(section), Amendment: 1, Note: "n"}
			ops, err := model.Ops(doc, act, director, 1)
			if err != nil || len(faults) > 0 {
				continue
			}
			if _, _, err := patch.Apply(doc, ops); err != nil {
				t.Errorf("%s does not apply: %v", kind, err)
			}
		}
	})
}
