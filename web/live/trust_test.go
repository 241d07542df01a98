package live_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/planning/workflow"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/web/live"
)

// north is a plan of the center north with a wage, a position of a lead and a
// milestone that is due soon.
const north = `{
  "centerplan": 1,
  "plan": {"id": "p", "name": {"en": "Plan", "zh": "计划"}, "center": "north", "currency": "CNY"},
  "budget": {
    "calendar": {"start": "2027-01", "months": 2, "days": "typical"},
    "lines": {
      "rent": {"code": "rent", "rank": "a", "unit": "CNY", "values": {"2027-01": 5000, "2027-02": 5000}},
      "heads": {"code": "heads", "rank": "b", "unit": "person", "owner": "voice", "values": {"2027-01": 10, "2027-02": 11}},
      "wage": {"code": "wage", "rank": "c", "unit": "CNY/person", "sensitive": true, "values": {"2027-01": 31415, "2027-02": 31415}},
      "labour": {"code": "labour", "rank": "d", "unit": "CNY", "formula": "wage * heads"},
      "total": {"code": "total", "rank": "e", "unit": "CNY", "formula": "labour + rent", "released": true}
    }
  },
  "scenarios": {"fewer": {"code": "fewer", "rank": "a", "cells": {"heads": {"2027-01": 9}}}},
  "okr": {
    "roles": {"voice": {"code": "voice", "rank": "a", "name": {"en": "Voice lead"}}},
    "objectives": {"cost": {"code": "cost", "rank": "a", "group": "finance", "name": {"en": "Cost"}, "owner": "voice", "weight": 1,
      "key_results": {"rent": {"code": "rent", "rank": "a", "name": {"en": "Rent"}, "line": "rent", "baseline": 6000, "target": 5000}}}},
    "milestones": {"rota": {"code": "rota", "rank": "a", "name": {"en": "Rota"}, "owner": "voice", "due": "2026-12-01",
      "objective": "cost", "acceptance": {"en": "It hangs out."}}}
  }
}`

const (
	rent  = "/budget/lines/rent/values/2027-01"
	wage  = "/budget/lines/wage/values/2027-01"
	heads = "/budget/lines/heads/values/2027-01"
)

// A house is a hub with the plan north, and a clock that can be set.
type house struct {
	*live.Hub
	store *bolt.Store
	mu    sync.Mutex
	now   time.Time
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{store: openStore(t), now: clock()}
	h.Hub = live.New(h.store, h.clock, live.WithEngine("test"))
	if _, err := h.person("director").Create(ctx, decode(t, north)); err != nil {
		t.Fatal(err)
	}
	return h
}

// who is somebody with the role of their name in the north; a second or third of
// a role has a number behind it.
func who(id string) live.Who {
	role := rights.Role(id)
	for role != "" && (role[len(role)-1] < 'a' || role[len(role)-1] > 'z') {
		role = role[:len(role)-1]
	}
	grant := rights.Grant{Center: "north", Role: role}
	if role == rights.Lead {
		grant.Position = "voice"
	}
	return live.Alone(rights.Person{ID: id, Grants: []rights.Grant{grant}})
}

func (h *house) person(id string) *live.Access { return h.As(who(id)) }

// edit sets one cell in somebody's name.
func (h *house) edit(t testing.TB, id, op, path string, from, to document.Node) *live.Applied {
	t.Helper()
	edit := set(op, path, from, to)
	edit.Why = "because " + op
	applied, err := h.person(id).Apply(ctx, "p", edit)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func (h *house) act(t testing.TB, id, op string, act workflow.Act) *live.Applied {
	t.Helper()
	applied, err := h.person(id).Act(ctx, "p", op, act)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

// agree has all sections handed in and approved.
func (h *house) agree(t testing.TB) {
	t.Helper()
	for _, section := range []workflow.SectionID{"positioning", "retrospective", "business", "budget", "action"} {
		h.act(t, "director", "in "+string(section), workflow.Act{Kind: workflow.HandIn, Section: section})
		h.act(t, "director2", "ok "+string(section), workflow.Act{Kind: workflow.Approve, Section: section})
	}
}

func (h *house) seal(t testing.TB) *live.Applied {
	t.Helper()
	h.agree(t)
	applied, err := h.person("director").Seal(ctx, "p", "seal", "agreed", nil)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func (h *house) view(t testing.TB, id string) *live.View {
	t.Helper()
	view, err := h.person(id).View(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	return view
}

func at(t testing.TB, view *live.View, pointer string) document.Node {
	t.Helper()
	parts, _ := document.Parts(pointer)
	node, _ := document.Get(view.Document(), parts...)
	return node
}

func TestWhatIsNotOnesOwnIsRefused(t *testing.T) {
	h := newHouse(t)
	h.edit(t, "finance", "raise", wage, 31415.0, 40000.0)
	h.edit(t, "finance", "rent", rent, 5000.0, 5100.0)
	h.act(t, "director", "in", workflow.Act{Kind: workflow.HandIn, Section: "positioning"})
	later := set("x", rent, 5100.0, 5200.0)
	for name, tc := range map[string]struct {
		try  func() error
		kind problem.Kind
		key  string
	}{
		"a viewer edits": {func() error { _, err := h.person("viewer").Apply(ctx, "p", later); return err }, problem.Forbidden, "rights.may_not_change"},
		"a lead tests a hidden cell": {func() error {
			_, err := h.person("lead").Apply(ctx, "p", live.Edit{OpID: "y", Patch: []patch.Op{{Op: patch.Test, Path: wage, Value: 40000.0}}})
			return err
		}, problem.Forbidden, "rights.hidden_fault"},
		"an undo of somebody's edit of another's line": {func() error { _, err := h.person("lead").Undo(ctx, "p", 3, live.Edit{OpID: "u1"}); return err }, problem.Forbidden, "rights.may_not_change"},
		"an undo of a hidden edit":                     {func() error { _, err := h.person("lead").Undo(ctx, "p", 2, live.Edit{OpID: "u2"}); return err }, problem.Forbidden, "rights.hidden_fault"},
		"an undo of an act":                            {func() error { _, err := h.person("director").Undo(ctx, "p", 4, live.Edit{OpID: "u3"}); return err }, problem.Forbidden, "live.act_stays"},
		"an undo of somebody else's act":               {func() error { _, err := h.person("finance").Undo(ctx, "p", 4, live.Edit{OpID: "u4"}); return err }, problem.Forbidden, "live.act_stays"},
		"nothing of one's own to undo":                 {func() error { _, err := h.person("lead").Undo(ctx, "p", 0, live.Edit{OpID: "u5"}); return err }, problem.Conflict, "live.nothing_to_undo"},
		"a restore of another's line":                  {func() error { _, err := h.person("lead").Restore(ctx, "p", rent, 1, live.Edit{OpID: "r1"}); return err }, problem.Forbidden, "rights.may_not_change"},
		"a restore of a hidden cell": {func() error {
			_, err := h.person("viewer").Restore(ctx, "p", wage, 1, live.Edit{OpID: "r2"})
			return err
		}, problem.Forbidden, "rights.may_not_read"},
		"a restore of all around a hidden cell": {func() error {
			_, err := h.person("viewer").Restore(ctx, "p", "/budget", 1, live.Edit{OpID: "r3"})
			return err
		}, problem.Forbidden, "rights.may_not_read"},
		"a restore of the workflow": {func() error {
			_, err := h.person("director").Restore(ctx, "p", "/workflow", 1, live.Edit{OpID: "r4"})
			return err
		}, problem.Forbidden, "rights.may_not_change"},
		"a restore of what is there": {func() error {
			_, err := h.person("finance").Restore(ctx, "p", heads, 1, live.Edit{OpID: "r5"})
			return err
		}, problem.Conflict, "patch.nothing_to_restore"},
		"a restore from a revision that is not yet": {func() error {
			_, err := h.person("finance").Restore(ctx, "p", rent, 99, live.Edit{OpID: "r6"})
			return err
		}, problem.Invalid, "store.no_revision"},
		"a hand-in by finance": {func() error {
			_, err := h.person("finance").Act(ctx, "p", "a1", workflow.Act{Kind: workflow.HandIn, Section: "budget"})
			return err
		}, problem.Forbidden, "workflow.not_owner"},
		"an approval by who handed in": {func() error {
			_, err := h.person("director").Act(ctx, "p", "a2", workflow.Act{Kind: workflow.Approve, Section: "positioning"})
			return err
		}, problem.Forbidden, "workflow.four_eyes"},
		"a return without a reason": {func() error {
			_, err := h.person("director2").Act(ctx, "p", "a3", workflow.Act{Kind: workflow.Return, Section: "positioning"})
			return err
		}, problem.Invalid, "workflow.no_reason"},
		"a seal by a lead":                      {func() error { _, err := h.person("lead").Seal(ctx, "p", "s1", "", nil); return err }, problem.Forbidden, "rights.may_not_seal"},
		"a seal before all is approved":         {func() error { _, err := h.person("director").Seal(ctx, "p", "s2", "", nil); return err }, problem.Conflict, "seal.section_handed_in"},
		"a seal's file before there is one":     {func() error { _, err := h.view(t, "director").SealBytes(); return err }, problem.NotFound, "live.not_sealed"},
		"a verdict before there is a seal":      {func() error { _, err := h.person("director").VerifySeal(ctx, h.view(t, "director")); return err }, problem.NotFound, "live.not_sealed"},
		"a table before there is a seal":        {func() error { _, err := h.person("director").Reconcile(h.view(t, "director")); return err }, problem.NotFound, "live.not_sealed"},
		"a viewer makes a plan":                 {func() error { _, err := h.person("viewer").Create(ctx, decode(t, north)); return err }, problem.Forbidden, "rights.may_not_create"},
		"the history of a plan elsewhere":       {func() error { _, err := h.As(stranger()).History(ctx, "p", live.Filter{}); return err }, problem.NotFound, "store.no_plan"},
		"the revisions of a plan elsewhere":     {func() error { _, err := h.As(stranger()).Revisions(ctx, "p", 1, 2, "base"); return err }, problem.NotFound, "store.no_plan"},
		"who set something in a plan elsewhere": {func() error { _, err := h.As(stranger()).Setters(ctx, "p", []string{rent}); return err }, problem.NotFound, "store.no_plan"},
		"the events of a plan elsewhere":        {func() error { _, _, err := h.As(stranger()).Subscribe(ctx, "p", 0); return err }, problem.NotFound, "store.no_plan"},
		"an act in a plan elsewhere": {func() error {
			_, err := h.As(stranger()).Act(ctx, "p", "e", workflow.Act{Kind: workflow.HandIn, Section: "budget"})
			return err
		}, problem.NotFound, "store.no_plan"},
		"news of a plan elsewhere marked as seen": {func() error { return h.As(stranger()).MarkSeen(ctx, "p", 1) }, problem.NotFound, "store.no_plan"},
		"an operation id of one's own, for another act": {func() error {
			_, err := h.person("director").Act(ctx, "p", "in", workflow.Act{Kind: workflow.HandIn, Section: "budget"})
			return err
		}, problem.Invalid, "live.op_id_used"},
		"an operation id of an edit, for a restore": {func() error {
			_, err := h.person("finance").Restore(ctx, "p", heads, 1, live.Edit{OpID: "rent"})
			return err
		}, problem.Invalid, "live.op_id_used"},
		"an operation id of somebody else": {func() error {
			_, err := h.person("director").Apply(ctx, "p", live.Edit{OpID: "rent", Patch: set("", rent, 5000.0, 5100.0).Patch})
			return err
		}, problem.Invalid, "live.op_id_used"},
	} {
		t.Run(name, func(t *testing.T) {
			wants(t, tc.try(), tc.kind, tc.key)
			if rev := h.view(t, "director").Rev(); rev != 4 {
				t.Fatalf("something was stored: revision %d", rev)
			}
		})
	}
}

func stranger() live.Who {
	return live.Alone(rights.Person{ID: "far", Grants: []rights.Grant{{Center: "south", Role: rights.Director}}})
}

func TestInNegotiationAReasonIsAskedForByAnUndoToo(t *testing.T) {
	h := newHouse(t)
	h.edit(t, "finance", "before", rent, 5000.0, 5050.0)
	setup := live.Edit{OpID: "setup", Patch: []patch.Op{{Op: patch.Add, Path: "/workflow", Value: document.Object{"phase": "negotiation"}}}}
	if _, err := h.person("administrator").Apply(ctx, "p", setup); err != nil {
		t.Fatal(err)
	}
	finance := h.person("finance")
	_, err := finance.Apply(ctx, "p", set("silent", rent, 5050.0, 5100.0))
	wants(t, err, problem.Invalid, "workflow.why_needed")
	h.edit(t, "finance", "told", rent, 5050.0, 5100.0)
	_, err = finance.Undo(ctx, "p", 0, live.Edit{OpID: "silent undo"})
	wants(t, err, problem.Invalid, "workflow.why_needed")
	if _, err = finance.Undo(ctx, "p", 0, live.Edit{OpID: "undo", Why: "too early"}); err != nil {
		t.Fatal(err)
	}
	// What is made again has its reason.
	if _, err = finance.Redo(ctx, "p", live.Edit{OpID: "redo"}); err != nil {
		t.Fatal(err)
	}
	told, err := h.person("viewer").History(ctx, "p", live.Filter{Pointer: rent, Limit: 3})
	if err != nil || len(told) != 3 {
		t.Fatal(told, err)
	}
	for i, want := range []string{"because told", "too early", "because told"} {
		if told[i].Why != want {
			t.Errorf("revision %d says why: %q, want %q", told[i].Rev, told[i].Why, want)
		}
	}
	_, err = finance.Restore(ctx, "p", rent, 2, live.Edit{OpID: "back"})
	wants(t, err, problem.Invalid, "workflow.why_needed")
}

func TestADeputyActsForWhomTheyStandIn(t *testing.T) {
	h := newHouse(t)
	director, finance := who("director").Person, who("finance").Person
	deputy := live.Who{
		Person: rights.Person{ID: "finance", Grants: append(finance.Grants, director.Grants...)},
		Own:    finance, StandsFor: []rights.Person{director},
	}
	applied, err := h.As(deputy).Act(ctx, "p", "in", workflow.Act{Kind: workflow.HandIn, Section: "budget", Note: "for them"})
	if err != nil {
		t.Fatal(err)
	}
	entry := entryAt(t, h, applied.Rev)
	if entry.Who != "finance" || entry.For != "director" || entry.Why != "for them" || entry.Act != "hand_in budget" {
		t.Errorf("stored %+v", entry)
	}
	if mark := h.view(t, "viewer").Plan().Workflow.Sections; len(mark) != 5 {
		t.Errorf("got %v", mark)
	}
	for key, id := range map[string]live.Who{"workflow.not_approver": deputy, "workflow.four_eyes": who("director")} {
		_, err := h.As(id).Act(ctx, "p", "ok "+key, workflow.Act{Kind: workflow.Approve, Section: "budget"})
		wants(t, err, problem.Forbidden, key)
	}
	for _, filter := range []store.Actor{"finance", "director"} {
		told, err := h.person("viewer").History(ctx, "p", live.Filter{Who: filter, Pointer: "/workflow", Limit: 9})
		if err != nil || len(told) != 1 {
			t.Errorf("an act of a deputy is not found by %s: %v, %v", filter, told, err)
		}
	}
	// What is one's own is done in one's own name.
	own, err := h.As(deputy).Apply(ctx, "p", set("edit", "/okr/milestones/rota/due", "2026-12-01", "2026-12-02"))
	if err != nil {
		t.Fatal(err)
	}
	if entry := entryAt(t, h, own.Rev); entry.For != "" {
		t.Errorf("stored %+v", entry)
	}
}

func entryAt(t testing.TB, h *house, rev store.Rev) store.Entry {
	t.Helper()
	entries, err := h.store.Entries(ctx, "p", rev+1, 1)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	return entries[0]
}

func TestAReadOnlyKeyChangesNothing(t *testing.T) {
	h := newHouse(t)
	h.edit(t, "director", "mine", rent, 5000.0, 5100.0)
	key := who("director")
	key.ReadOnly = true
	a := h.As(key)
	for name, try := range map[string]func() error{
		"edit":    func() error { _, err := a.Apply(ctx, "p", set("k1", rent, 5100.0, 1.0)); return err },
		"retry":   func() error { _, err := a.Apply(ctx, "p", set("mine", rent, 5000.0, 5100.0)); return err },
		"undo":    func() error { _, err := a.Undo(ctx, "p", 0, live.Edit{OpID: "k2"}); return err },
		"redo":    func() error { _, err := a.Redo(ctx, "p", live.Edit{OpID: "k3"}); return err },
		"leave":   func() error { _, err := a.Leave(ctx, "p", 2); return err },
		"restore": func() error { _, err := a.Restore(ctx, "p", rent, 1, live.Edit{OpID: "k4"}); return err },
		"act": func() error {
			_, err := a.Act(ctx, "p", "k5", workflow.Act{Kind: workflow.HandIn, Section: "budget"})
			return err
		},
		"seal": func() error { _, err := a.Seal(ctx, "p", "k6", "", nil); return err },
		"seen": func() error { return a.MarkSeen(ctx, "p", 2) },
	} {
		wants(t, try(), problem.Forbidden, "rights.read_only_key")
		if rev := h.view(t, "director").Rev(); rev != 2 {
			t.Fatalf("%s stored revision %d", name, rev)
		}
	}
	view, err := a.View(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	if may := view.Rights().May; len(may) != 2 {
		t.Errorf("it may %v", may)
	}
	stages := a.Workflow(view)
	for id, stage := range stages.Sections {
		if len(stage.Acts) > 0 {
			t.Errorf("%s offers %v", id, stage.Acts)
		}
	}
	if a.MayCreate("north") || a.MayPropose(view) {
		t.Error("it may make or propose something")
	}
}

// hurried is a store whose caller goes away as soon as a seal is stored, and
// which damages the seal it reads if told so.
// A seal that is damaged closes what rests on it and nothing else.
// Positions are those of the plan; stages say who may do what.
func TestActsAreOfferedToWhomTheyAreOpen(t *testing.T) {
	h := newHouse(t)
	setup := live.Edit{OpID: "setup", Patch: []patch.Op{{Op: patch.Add, Path: "/workflow", Value: document.Object{
		"amount": "total", "sections": document.Object{"heads": document.Object{"rank": "a", "covers": []document.Node{"/budget/lines/heads"}, "owner": "voice"}},
		"steps": document.Object{"finance": document.Object{"rank": "a", "role": "finance"}, "director": document.Object{"rank": "b", "role": "director", "from": 600_000.0}, "high": document.Object{"rank": "c", "role": "director", "from": 900_000.0}},
	}}}}
	if _, err := h.person("director").Apply(ctx, "p", setup); err != nil {
		t.Fatal(err)
	}
	offered := func(id string, want ...workflow.Kind) live.Stages {
		t.Helper()
		stages := h.person(id).Workflow(h.view(t, id))
		if got := stages.Sections["heads"].Acts; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s may %v, want %v", id, got, want)
		}
		return stages
	}
	offered("viewer")
	offered("finance")
	offered("lead", workflow.HandIn)
	h.act(t, "lead", "in", workflow.Act{Kind: workflow.HandIn, Section: "heads"})
	offered("lead")
	offered("administrator")
	stages := offered("finance", workflow.Approve, workflow.Return)
	if !stages.Needed["finance"] || !stages.Needed["director"] || stages.Needed["high"] || stages.Shown == nil || *stages.Shown != 669_715 {
		t.Errorf("got %+v", stages)
	}
	if stages.Sections["heads"].Next != "finance" {
		t.Errorf("next is %s", stages.Sections["heads"].Next)
	}
	if lead := h.person("lead").Workflow(h.view(t, "lead")); lead.Shown != nil {
		t.Errorf("the lead is told the amount %v", *lead.Shown)
	}
	_, err := h.person("lead").Apply(ctx, "p", set("heads", heads, 10.0, 12.0))
	wants(t, err, problem.Forbidden, "workflow.section_closed")
}
