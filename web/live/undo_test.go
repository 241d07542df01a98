package live_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/web/live"
)

func undo(t testing.TB, h *live.Hub, actor store.Actor, opID string) *live.Applied {
	t.Helper()
	applied, err := as(h, actor).Undo(ctx, "p", 0, live.Edit{OpID: opID})
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func redo(t testing.TB, h *live.Hub, actor store.Actor, opID string) *live.Applied {
	t.Helper()
	applied, err := as(h, actor).Redo(ctx, "p", live.Edit{OpID: opID})
	if err != nil {
		t.Fatal(err)
	}
	return applied
}

func TestUndoAndRedo(t *testing.T) {
	h, s := newHub(t)
	apply(t, h, planner, set("1", cell, 100.0, 110.0))
	apply(t, h, planner, set("2", cell, 110.0, 120.0))
	if ref := loadedHead(t, h).CanUndo(planner); ref == nil || ref.Rev != 3 || ref.Label != "set "+cell {
		t.Errorf("can undo %v", ref)
	}
	undo(t, h, planner, "3")
	undo(t, h, planner, "4")
	if callsJanuary(t, h) != 100.0 || loadedHead(t, h).CanUndo(planner) != nil {
		t.Errorf("two steps back is %v", callsJanuary(t, h))
	}
	redo(t, h, planner, "5")
	redo(t, h, planner, "6")
	if callsJanuary(t, h) != 120.0 || loadedHead(t, h).CanRedo(planner) != nil {
		t.Errorf("two steps forth is %v", callsJanuary(t, h))
	}
	undo(t, h, planner, "7")
	entries, err := s.Entries(ctx, "p", 0, 1)
	if err != nil || entries[0].Undoes != 7 || entries[0].Label != "set "+cell || callsJanuary(t, h) != 110.0 {
		t.Errorf("stored %+v, %v", entries, err)
	}
	// A new edit ends what could be redone; a restart forgets nothing.
	apply(t, h, planner, set("8", chat, 40.0, 41.0))
	_, err = as(h, planner).Redo(ctx, "p", live.Edit{OpID: "9"})
	wants(t, err, problem.Conflict, "live.nothing_to_redo")
	again := live.New(s, clock)
	undo(t, again, planner, "10")
	undo(t, again, planner, "11")
	_, err = as(again, planner).Undo(ctx, "p", 0, live.Edit{OpID: "12"})
	wants(t, err, problem.Conflict, "live.nothing_to_undo")
	if callsJanuary(t, again) != 100.0 {
		t.Errorf("after all is undone: %v", callsJanuary(t, again))
	}
}

func TestUndoIsPerActorAndFindsConflicts(t *testing.T) {
	h, _ := newHub(t)
	apply(t, h, planner, set("1", cell, 100.0, 110.0))
	apply(t, h, finance, set("2", chat, 40.0, 41.0))
	apply(t, h, finance, set("3", cell, 110.0, 120.0))
	_, err := as(h, planner).Undo(ctx, "p", 0, live.Edit{OpID: "4"})
	wants(t, err, problem.Conflict, "patch.test_failed")
	if ref := loadedHead(t, h).CanUndo(planner); ref == nil || ref.Rev != 2 {
		t.Errorf("a refused undo can no longer be tried: %v", ref)
	}
	undo(t, h, finance, "5")
	undo(t, h, planner, "6")
	if callsJanuary(t, h) != 100.0 || loadedHead(t, h).CanUndo(finance).Rev != 3 {
		t.Errorf("got %v", callsJanuary(t, h))
	}
}

func TestAnUndoNamesItsRevision(t *testing.T) {
	h, _ := newHub(t)
	apply(t, h, planner, set("1", cell, 100.0, 110.0))
	apply(t, h, planner, set("2", chat, 40.0, 41.0))
	if _, err := as(h, finance).Undo(ctx, "p", 2, live.Edit{OpID: "3"}); err != nil {
		t.Fatal(err)
	}
	head := loadedHead(t, h)
	if callsJanuary(t, h) != 100.0 || head.CanUndo(planner).Rev != 3 || head.CanRedo(finance).Rev != 4 {
		t.Errorf("got %v, %v, %v", callsJanuary(t, h), head.CanUndo(planner), head.CanRedo(finance))
	}
	for _, rev := range []store.Rev{-1, 99} {
		_, err := as(h, planner).Undo(ctx, "p", rev, live.Edit{OpID: fmt.Sprint("no", rev)})
		wants(t, err, problem.NotFound, "store.no_revision")
	}
	_, err := as(h, planner).Undo(ctx, "p", 1, live.Edit{OpID: "created"})
	wants(t, err, problem.Invalid, "live.creation")
}

func TestARetriedUndoIsHarmless(t *testing.T) {
	h, _ := newHub(t)
	apply(t, h, planner, set("1", cell, 100.0, 110.0))
	apply(t, h, planner, set("2", cell, 110.0, 120.0))
	first, again := undo(t, h, planner, "u"), undo(t, h, planner, "u")
	if first.Rev != again.Rev || callsJanuary(t, h) != 110.0 {
		t.Errorf("got %d and %d, %v", first.Rev, again.Rev, callsJanuary(t, h))
	}
}

// Whatever two people do, each one's undo and redo walk along their own edits
// and what is stored is what is shown.
func TestUndoFollowsAModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h, s := newHub(t)
		cells := map[store.Actor]string{planner: cell, finance: chat}
		past := map[store.Actor][]float64{planner: {100}, finance: {40}}
		future := map[store.Actor][]float64{}
		for n := range rapid.IntRange(1, 12).Draw(r, "steps") {
			actor := rapid.SampledFrom([]store.Actor{planner, finance}).Draw(r, "actor")
			done, op := past[actor], fmt.Sprint("op", n)
			now := done[len(done)-1]
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0, 1:
				apply(t, h, actor, set(op, cells[actor], now, now+float64(n)+1))
				past[actor], future[actor] = append(done, now+float64(n)+1), nil
			case 2:
				_, err := as(h, actor).Undo(ctx, "p", 0, live.Edit{OpID: op})
				if (err == nil) != (len(done) > 1) {
					r.Fatalf("undo with %v behind: %v", done, err)
				}
				if err == nil {
					past[actor], future[actor] = done[:len(done)-1], append(future[actor], now)
				}
			default:
				ahead := future[actor]
				_, err := as(h, actor).Redo(ctx, "p", live.Edit{OpID: op})
				if (err == nil) != (len(ahead) > 0) {
					r.Fatalf("redo with %v ahead: %v", ahead, err)
				}
				if err == nil {
					past[actor], future[actor] = append(done, ahead[len(ahead)-1]), ahead[:len(ahead)-1]
				}
			}
			if rapid.IntRange(0, 5).Draw(r, "restart") == 0 {
				h = live.New(s, clock)
			}
		}
		if got := callsJanuary(t, h); got != past[planner][len(past[planner])-1] {
			r.Fatalf("got %v, want %v", got, past[planner])
		}
		again, err := live.New(s, clock).Head(ctx, "p")
		if err != nil || !patch.Equal(again.Document, loadedHead(t, h).Document) {
			r.Fatalf("what is stored differs: %v", err)
		}
	})
}

func TestAStepThatIsLeftIsNotOfferedAgain(t *testing.T) {
	h, _ := newHub(t)
	apply(t, h, planner, set("1", chat, 40.0, 41.0))
	apply(t, h, planner, set("2", cell, 100.0, 110.0))
	apply(t, h, finance, set("3", cell, 110.0, 120.0))
	_, err := as(h, planner).Undo(ctx, "p", 0, live.Edit{OpID: "4"})
	wants(t, err, problem.Conflict, "patch.test_failed")
	view, err := as(h, planner).Leave(ctx, "p", 3)
	if err != nil || view.CanUndo() == nil || view.CanUndo().Rev != 2 {
		t.Fatalf("can undo %v, %v", view.CanUndo(), err)
	}
	// What somebody else can undo is left alone.
	if _, err := as(h, planner).Leave(ctx, "p", 4); err != nil || loadedHead(t, h).CanUndo(finance).Rev != 4 {
		t.Errorf("finance can undo %v, %v", loadedHead(t, h).CanUndo(finance), err)
	}
	if applied := undo(t, h, planner, "5"); applied.Rev != 5 {
		t.Errorf("the older step became revision %d", applied.Rev)
	}
}
