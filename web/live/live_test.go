package live_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/web/live"
)

const sample = `{
  "centerplan": 1,
  "plan": {"id": "p", "name": {"en": "Plan", "zh": "计划"}, "currency": "CNY"},
  "budget": {
    "calendar": {"start": "2027-01", "months": 2, "days": "typical"},
    "lines": {
      "calls": {"code": "calls", "rank": "a", "unit": "contact", "values": {"2027-01": 100, "2027-02": 110}},
      "chats": {"code": "chats", "rank": "b", "unit": "contact", "values": {"2027-01": 40, "2027-02": 50}},
      "contacts": {"code": "contacts", "rank": "c", "unit": "contact", "formula": "calls + chats"},
      "other": {"code": "other", "rank": "d", "unit": "contact", "formula": "chats"}
    }
  },
  "scenarios": {
    "quiet": {"code": "quiet", "rank": "a", "cells": {"calls": {"2027-01": 90}}}
  }
}`

const (
	planner store.Actor = "planner"
	finance store.Actor = "finance"
	cell                = "/budget/lines/calls/values/2027-01"
	chat                = "/budget/lines/chats/values/2027-01"
)

var ctx = context.Background()

func clock() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

func decode(t testing.TB, text string) document.Node {
	t.Helper()
	var node document.Node
	if err := json.Unmarshal([]byte(text), &node); err != nil {
		t.Fatal(err)
	}
	return node
}

func openStore(t testing.TB) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "plans.bolt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// as returns the access of somebody who may do everything.
func as(h *live.Hub, who store.Actor) *live.Access {
	return h.As(live.Alone(rights.Person{ID: string(who), Grants: []rights.Grant{
		{Center: rights.Everywhere, Role: rights.Director}, {Center: rights.Everywhere, Role: rights.Administrator},
	}}))
}

// newHub returns a hub with the sample plan "p".
func newHub(t testing.TB) (*live.Hub, *bolt.Store) {
	t.Helper()
	s := openStore(t)
	h := live.New(s, clock, live.WithWarn(func(err error) { t.Errorf("warned: %v", err) }))
	if _, err := h.Create(ctx, planner, decode(t, sample)); err != nil {
		t.Fatal(err)
	}
	return h, s
}

// set replaces a value as the page does, with a test of the one it saw.
func set(opID, path string, from, to document.Node) live.Edit {
	return live.Edit{OpID: opID, Label: "set " + path, Patch: []patch.Op{
		{Op: patch.Test, Path: path, Value: from}, {Op: patch.Replace, Path: path, Value: to},
	}}
}

func apply(t testing.TB, h *live.Hub, actor store.Actor, edit live.Edit) *live.Applied {
	t.Helper()
	applied, err := as(h, actor).Apply(ctx, "p", edit)
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func valueAt(t testing.TB, h *live.Hub, parts ...string) document.Node {
	t.Helper()
	head, err := h.Head(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	node, _ := document.Get(head.Document, parts...)
	return node
}

func callsJanuary(t testing.TB, h *live.Hub) document.Node {
	return valueAt(t, h, "budget", "lines", "calls", "values", "2027-01")
}

func wants(t testing.TB, err error, kind problem.Kind, key string) {
	t.Helper()
	if got := problem.Of(err); len(got) == 0 || got[0].Kind != kind || got[0].Key != key {
		t.Errorf("got %v, want %v %s", err, kind, key)
	}
}

func TestAnEditIsStoredAndItsResultsFollow(t *testing.T) {
	h, s := newHub(t)
	first, err := h.Head(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []scenarios.Code{"base", "quiet"} {
		if _, err := first.Outcome(code); err != nil {
			t.Fatal(err)
		}
	}
	edit := set("1", cell, 100.0, 130.0)
	edit.Why = "because"
	applied := apply(t, h, planner, edit)
	if applied.Rev != 2 || applied.View.Rev() != 2 || callsJanuary(t, h) != 130.0 {
		t.Errorf("got revision %d, %v", applied.Rev, callsJanuary(t, h))
	}
	// quiet has a value of its own for that cell, so nothing there changes.
	want := map[scenarios.Code][]string{"base": {"calls", "contacts"}}
	if diff := cmp.Diff(want, applied.Changed); diff != "" {
		t.Error(diff)
	}
	if first.Rev != 1 || contacts(t, first) != 300 || contacts(t, applied.View) != 330 {
		t.Error("the head before changed, or the results did not")
	}
	entries, err := s.Entries(ctx, "p", 0, 1)
	if err != nil || entries[0].Who != planner || entries[0].Why != "because" || entries[0].Label != edit.Label || !entries[0].When.Equal(clock()) {
		t.Errorf("stored %+v, %v", entries, err)
	}
}

func TestOnlyEvaluatedScenariosAreCompared(t *testing.T) {
	h, _ := newHub(t)
	if applied := apply(t, h, planner, set("1", chat, 40.0, 41.0)); len(applied.Changed) != 0 {
		t.Errorf("nobody asked for results, got %v", applied.Changed)
	}
	head, _ := h.Head(ctx, "p")
	if _, err := head.Outcome("quiet"); err != nil {
		t.Fatal(err)
	}
	apply(t, h, planner, set("2", chat, 41.0, 42.0))
	applied := apply(t, h, planner, set("3", chat, 42.0, 43.0))
	if diff := cmp.Diff(map[scenarios.Code][]string{"quiet": {"chats", "contacts", "other"}}, applied.Changed); diff != "" {
		t.Error(diff)
	}
}

func TestConflictsAreFoundPerCell(t *testing.T) {
	h, _ := newHub(t)
	edit := set("1", cell, 100.0, 130.0)
	edit.Base = 1
	apply(t, h, planner, edit)
	elsewhere := set("2", chat, 40.0, 41.0)
	elsewhere.Base = 1
	if applied := apply(t, h, finance, elsewhere); applied.Rev != 3 {
		t.Errorf("an edit of another cell from a stale base is revision %d", applied.Rev)
	}
	same := set("3", cell, 100.0, 99.0)
	same.Base = 1
	_, err := as(h, finance).Apply(ctx, "p", same)
	wants(t, err, problem.Conflict, "patch.test_failed")
	if got := problem.Of(err)[0]; got.Args["met"] != "130" || got.Pointer != cell {
		t.Errorf("got %v", got)
	}
	if callsJanuary(t, h) != 130.0 {
		t.Error("the refused edit was made")
	}
}

func TestRefusedEditsChangeNothing(t *testing.T) {
	h, s := newHub(t)
	future := set("1", cell, 100.0, 1.0)
	future.Base = 2
	for name, tc := range map[string]struct {
		edit live.Edit
		plan store.PlanID
		kind problem.Kind
		key  string
	}{
		"a base that is yet to come": {future, "p", problem.Invalid, "live.future_base"},
		"no operation id":            {set("", cell, 100.0, 1.0), "p", problem.Invalid, "live.op_id"},
		"a patch of tests alone":     {live.Edit{OpID: "1", Patch: []patch.Op{{Op: patch.Test, Path: cell, Value: 100.0}}}, "p", problem.Invalid, "live.empty_patch"},
		"a wrong shape":              {set("1", cell, 100.0, "many"), "p", problem.Invalid, "shape.type"},
		"another plan's id":          {set("1", "/plan/id", "p", "q"), "p", problem.Forbidden, "rights.may_not_change"},
		"an unknown plan":            {set("1", cell, 100.0, 1.0), "q", problem.NotFound, "store.no_plan"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := as(h, planner).Apply(ctx, tc.plan, tc.edit)
			wants(t, err, tc.kind, tc.key)
			if loaded, err := s.Load(ctx, "p"); err != nil || loaded.Rev != 1 || callsJanuary(t, h) != 100.0 {
				t.Errorf("something changed: revision %d, %v", loaded.Rev, err)
			}
		})
	}
}

func TestAFormulaFaultIsStoredAsAProblem(t *testing.T) {
	h, _ := newHub(t)
	applied := apply(t, h, planner, set("1", "/budget/lines/contacts/formula", "calls + chats", "calls + nobody"))
	if len(problemsOf(applied.View)) == 0 || applied.Rev != 2 {
		t.Errorf("got revision %d with %v", applied.Rev, problemsOf(applied.View))
	}
}

func TestARetryIsHarmless(t *testing.T) {
	h, s := newHub(t)
	head, _ := h.Head(ctx, "p")
	if _, err := head.Outcome("base"); err != nil {
		t.Fatal(err)
	}
	edit := set("1", cell, 100.0, 130.0)
	first := apply(t, h, planner, edit)
	apply(t, h, planner, set("2", chat, 40.0, 41.0))
	again := apply(t, h, planner, edit)
	if again.Rev != first.Rev || again.View.Rev() != 3 {
		t.Errorf("the retry is revision %d at %d", again.Rev, again.View.Rev())
	}
	if diff := cmp.Diff(first.Changed, again.Changed); diff != "" {
		t.Error(diff)
	}
	other := live.New(s, clock) // after a restart
	if restarted := apply(t, other, planner, edit); restarted.Rev != first.Rev {
		t.Errorf("after a restart the retry is revision %d", restarted.Rev)
	}
	_, err := as(h, planner).Apply(ctx, "p", set("1", chat, 41.0, 7.0))
	wants(t, err, problem.Invalid, "live.op_id_used")
	_, err = as(h, planner).Undo(ctx, "p", 0, live.Edit{OpID: "1"})
	wants(t, err, problem.Invalid, "live.op_id_used")
}

func TestConcurrentEditsOfDifferentCellsAllSucceed(t *testing.T) {
	h, s := newHub(t)
	var all sync.WaitGroup
	for i, path := range []string{cell, chat, "/budget/lines/calls/values/2027-02", "/budget/lines/chats/values/2027-02"} {
		value := []float64{100, 40, 110, 50}[i]
		all.Go(func() {
			for n := range 10 {
				edit := set(fmt.Sprint(path, n), path, value+float64(n), value+float64(n+1))
				if _, err := as(h, planner).Apply(ctx, "p", edit); err != nil {
					t.Error(err)
				}
				head, err := h.Head(ctx, "p")
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := head.Outcome("base"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	head, _ := h.Head(ctx, "p")
	if head.Rev != 41 || contacts(t, head) != 340 {
		t.Errorf("got revision %d, %v", head.Rev, contacts(t, head))
	}
	again, err := live.New(s, clock).Head(ctx, "p")
	if err != nil || !patch.Equal(again.Document, head.Document) {
		t.Errorf("what is stored differs from the head: %v", err)
	}
}

func TestASecondWriterOnTheStoreIsNoticed(t *testing.T) {
	h, s := newHub(t)
	other := live.New(s, clock)
	apply(t, other, finance, set("1", cell, 100.0, 130.0))
	if applied := apply(t, h, planner, set("2", chat, 40.0, 41.0)); applied.Rev != 3 || callsJanuary(t, h) != 130.0 {
		t.Errorf("got revision %d with %v", applied.Rev, callsJanuary(t, h))
	}
}

// failing is a store whose Append stores the change and then loses the answer.
type failing struct {
	store.Store
	fail bool
}

func (f *failing) Append(ctx context.Context, id store.PlanID, base store.Rev, change store.Change) (store.Rev, error) {
	rev, err := f.Store.Append(ctx, id, base, change)
	if f.fail {
		f.fail = false
		return 0, errors.New("the answer was lost")
	}
	return rev, err
}

func TestALostAnswerOfTheStoreIsCleared(t *testing.T) {
	s := &failing{Store: openStore(t)}
	h := live.New(s, clock)
	if _, err := h.Create(ctx, planner, decode(t, sample)); err != nil {
		t.Fatal(err)
	}
	s.fail = true
	edit := set("1", cell, 100.0, 130.0)
	if _, err := as(h, planner).Apply(ctx, "p", edit); problem.KindOf(err) != problem.Internal {
		t.Errorf("got %v", err)
	}
	if applied := apply(t, h, planner, edit); applied.Rev != 2 || callsJanuary(t, h) != 130.0 {
		t.Errorf("the retry is revision %d", applied.Rev)
	}
}

func TestASnapshotIsStoredNowAndThen(t *testing.T) {
	h, s := newHub(t)
	for n := range store.SnapshotEvery + 5 {
		apply(t, h, planner, set(strconv.Itoa(n), cell, 100.0+float64(n), 101.0+float64(n)))
	}
	loaded, err := s.Load(ctx, "p")
	if err != nil || loaded.Snapshot != store.SnapshotEvery+1 || len(loaded.Entries) != 5 {
		t.Errorf("got snapshot %d and %d entries, %v", loaded.Snapshot, len(loaded.Entries), err)
	}
	again, err := live.New(s, clock).Head(ctx, "p")
	if err != nil || !patch.Equal(again.Document, loadedHead(t, h).Document) {
		t.Errorf("opening from the snapshot: %v", err)
	}
}

func TestCreateTakesAFreeID(t *testing.T) {
	h, _ := newHub(t)
	second, err := h.Create(ctx, planner, decode(t, sample))
	if err != nil || second.Plan.ID != "p-2" || second.Rev != 1 {
		t.Fatalf("got %v, %v", second, err)
	}
	if id, _ := document.Get(second.Document, "plan", "id"); id != "p-2" {
		t.Errorf("the document says %v", id)
	}
	if _, err := h.Create(ctx, planner, decode(t, `{"centerplan": 1, "plan": {"id": 7}}`)); problem.KindOf(err) != problem.Invalid {
		t.Errorf("got %v", err)
	}
	listings, err := h.List(ctx)
	if err != nil || len(listings) != 2 || listings[1].ID != "p-2" || listings[1].Name.Zh != "计划" {
		t.Errorf("got %+v, %v", listings, err)
	}
}

func TestAWriterWaitsNoLongerThanItsContext(t *testing.T) {
	h, _ := newHub(t)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := as(h, planner).Apply(ended, "p", set("1", cell, 100.0, 1.0)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAnUnknownScenarioIsNotFound(t *testing.T) {
	h, _ := newHub(t)
	_, err := loadedHead(t, h).Outcome("none")
	wants(t, err, problem.NotFound, "scenarios.unknown")
}

func loadedHead(t testing.TB, h *live.Hub) *live.Head {
	t.Helper()
	head, err := h.Head(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func problemsOf(view *live.View) problem.List {
	problems, _ := view.Problems()
	return problems
}

// An evaluated is a head or a view.
type evaluated interface {
	Outcome(code scenarios.Code) (*scenarios.Outcome, error)
}

func contacts(t testing.TB, head evaluated) float64 {
	t.Helper()
	out, err := head.Outcome(scenarios.Base)
	if err != nil {
		t.Fatal(err)
	}
	value, fault := out.Results.Roll("contacts", -1, 0, 1)
	if fault != nil {
		t.Fatal(fault)
	}
	return value
}

var equateEmpty = cmpopts.EquateEmpty()
