package live_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
	"centerplan/store"
	"centerplan/web/live"
)

func TestWhatIsSealedOrClosedIsNotBroughtBack(t *testing.T) {
	h := newHouse(t)
	h.edit(t, "director", "rent", rent, 5000.0, 5100.0)
	h.act(t, "director", "in", workflow.Act{Kind: workflow.HandIn, Section: "budget"})
	closed := func(key string) {
		t.Helper()
		_, err := h.person("director").Restore(ctx, "p", rent, 1, live.Edit{OpID: "r " + key, Why: "back"})
		wants(t, err, problem.Forbidden, key)
		_, err = h.person("director").Undo(ctx, "p", 2, live.Edit{OpID: "u " + key})
		wants(t, err, problem.Forbidden, key)
		_, err = h.person("director").Undo(ctx, "p", 0, live.Edit{OpID: "u0 " + key})
		wants(t, err, problem.Forbidden, key)
	}
	closed("workflow.section_closed")
	h.act(t, "director2", "back", workflow.Act{Kind: workflow.Reopen, Section: "budget", Note: "once more"})
	got, err := h.person("director").Undo(ctx, "p", 0, live.Edit{OpID: "free"})
	if err != nil || got.Rev != 5 || at(t, h.view(t, "viewer"), rent) != 5000.0 {
		t.Errorf("once it is open again an undo goes: %+v, %v", got, err)
	}
	h.edit(t, "director", "again", rent, 5000.0, 5100.0)
	h.seal(t)
	closed("seal.moved")
	verdict, err := h.person("viewer").VerifySeal(ctx, h.view(t, "viewer"))
	if err != nil || !verdict.BytesSame || !verdict.Recalculated {
		t.Errorf("got %+v, %v", verdict, err)
	}
}

func TestTwoPeopleSealAtOnceAndThereIsOneSeal(t *testing.T) {
	h := newHouse(t)
	h.agree(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for i, id := range []string{"director", "finance", "director2", "finance2"} {
		all.Go(func() {
			_, err := h.person(id).Seal(ctx, "p", fmt.Sprint("seal", i), "agreed", nil)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				done++
				return
			}
			wants(t, err, problem.Conflict, "seal.already")
		})
		all.Go(func() { // the rest of the plan goes on meanwhile
			comment := live.Edit{OpID: fmt.Sprint("c", i), Patch: []patch.Op{{Op: patch.Add, Path: fmt.Sprint("/actuals/x", i), Value: document.Object{}}}}
			_, err := h.person("finance").Apply(ctx, "p", comment)
			if kind := problem.KindOf(err); err != nil && kind == problem.Internal {
				t.Error(err)
			}
			edit := set(fmt.Sprint("e", i), rent, 5000.0, 5000.0+float64(i))
			if _, err := h.person("finance").Apply(ctx, "p", edit); err == nil && i > 0 {
				t.Error("an approved section was edited")
			}
		})
	}
	all.Wait()
	if done != 1 {
		t.Errorf("%d people sealed the plan", done)
	}
	verdict, err := h.person("viewer").VerifySeal(ctx, h.view(t, "viewer"))
	if err != nil || !verdict.BytesSame || !verdict.Recalculated {
		t.Errorf("got %+v, %v", verdict, err)
	}
	if err := h.store.Verify(ctx); err != nil {
		t.Error(err)
	}
}

func TestARetriedSealIsTheSameSeal(t *testing.T) {
	h := newHouse(t)
	first := h.seal(t)
	again, err := h.person("director").Seal(ctx, "p", "seal", "agreed", nil)
	if err != nil || again.Rev != first.Rev {
		t.Fatalf("got %+v, %v", again, err)
	}
	h.Hub = live.New(h.store, h.clock, live.WithEngine("test"))
	again, err = h.person("director").Seal(ctx, "p", "seal", "agreed", nil)
	if err != nil || again.Rev != first.Rev || again.View.Mark().Hash != first.View.Mark().Hash {
		t.Fatalf("after a restart: %+v, %v", again, err)
	}
	_, err = h.person("finance").Seal(ctx, "p", "seal", "agreed", nil)
	wants(t, err, problem.Invalid, "live.op_id_used")
	_, err = h.person("director").Seal(ctx, "p", "other", "agreed", nil)
	wants(t, err, problem.Conflict, "seal.already")
}

type hurried struct {
	store.Store
	leave  func()
	damage bool
}

func (s *hurried) Seal(ctx context.Context, id store.PlanID, base store.Rev, change store.Change, seal store.Seal) (store.Rev, error) {
	rev, err := s.Store.Seal(ctx, id, base, change, seal)
	if s.leave != nil {
		s.leave()
	}
	return rev, err
}

func (s *hurried) Sealed(ctx context.Context, id store.PlanID) (store.Seal, bool, error) {
	seal, ok, err := s.Store.Sealed(ctx, id)
	switch {
	case s.damage && ok:
		return store.Seal{}, false, problem.Problem{Kind: problem.Internal, Key: "store.damaged_record", Err: errors.New("flipped")}
	default:
		return seal, ok, err
	}
}

func TestWhoSealsMayGoAwayAtOnce(t *testing.T) {
	h := newHouse(t)
	h.agree(t)
	s := &hurried{Store: h.store}
	h.Hub = live.New(s, h.clock, live.WithEngine("test"))
	leaving, leave := context.WithCancel(ctx)
	s.leave = leave
	_, _ = h.person("director").Seal(leaving, "p", "seal", "agreed", nil)
	view := h.view(t, "director")
	if _, err := view.Outcome("base"); err != nil || view.Mark() == nil {
		t.Errorf("the sealed numbers are closed to all: %v", err)
	}
	if _, err := view.SealBytes(); err != nil {
		t.Error(err)
	}
	if again, err := h.person("director").Seal(ctx, "p", "seal", "agreed", nil); err != nil || again.View.Mark() == nil {
		t.Errorf("a retry: %v", err)
	}
}

func TestADamagedSealClosesOnlyWhatRestsOnIt(t *testing.T) {
	h := newHouse(t)
	h.seal(t)
	h.Hub = live.New(&hurried{Store: h.store, damage: true}, h.clock, live.WithEngine("test"))
	director := h.person("director")
	view := h.view(t, "director")
	for name, try := range map[string]func() error{
		"results":                     func() error { _, err := view.Outcome("base"); return err },
		"a sealed scenario's results": func() error { _, err := view.Outcome("fewer"); return err },
		"a report":                    func() error { _, err := view.For("base"); return err },
		"the file":                    func() error { _, err := view.SealBytes(); return err },
		"the table":                   func() error { _, err := director.Reconcile(view); return err },
		"a verdict":                   func() error { _, err := director.VerifySeal(ctx, view); return err },
		"a trace":                     func() error { _, err := view.Trace("base", "rent", nil, calendar.Of(2027, 1)); return err },
	} {
		if err := try(); problem.KindOf(err) != problem.Internal || err == nil {
			t.Errorf("%s does not say that the seal is damaged: %v", name, err)
		}
	}
	if at(t, view, rent) != 5000.0 || view.Mark() == nil {
		t.Error("the document is closed too")
	}
	if _, err := director.Apply(ctx, "p", set("due", "/okr/milestones/rota/due", "2026-12-01", "2026-12-02")); err != nil {
		t.Errorf("what is not sealed cannot be edited: %v", err)
	}
	if _, err := director.History(ctx, "p", live.Filter{Limit: 5}); err != nil {
		t.Error(err)
	}
	if past, err := director.ViewAt(ctx, "p", 2); err != nil || at(t, past, rent) != 5000.0 {
		t.Errorf("an earlier revision: %v", err)
	} else if _, err := past.Outcome("base"); err != nil {
		t.Errorf("its results: %v", err)
	}
	_, err := director.Apply(ctx, "p", set("moved", rent, 5000.0, 1.0))
	wants(t, err, problem.Forbidden, "seal.moved")
}
