package live_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"centerplan/planning/problem"
	"centerplan/planning/workflow"
	"centerplan/store"
	"centerplan/web/live"
)

func TestNewsAreWhatOthersDidSinceOneLooked(t *testing.T) {
	h := newHouse(t)
	news := func(id string) (acts []string) {
		t.Helper()
		items, err := h.person(id).Open(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			if item.News != nil {
				acts = append(acts, item.News.Act)
			}
		}
		return acts
	}
	same := func(name string, got []string, want ...string) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	h.act(t, "director", "1", workflow.Act{Kind: workflow.HandIn, Section: "budget"})
	h.edit(t, "finance", "2", "/okr/milestones/rota/due", "2026-12-01", "2026-12-02")
	same("an edit is no news", news("viewer"), "hand_in budget")
	same("nor what one did oneself", news("director"))
	if err := h.person("viewer").MarkSeen(ctx, "p", 2); err != nil {
		t.Fatal(err)
	}
	same("what was seen", news("viewer"))
	same("by somebody else", news("lead"), "hand_in budget")
	h.act(t, "director2", "3", workflow.Act{Kind: workflow.Return, Section: "budget", Note: "不完整"})
	same("what came after", news("viewer"), "return budget")
	if err := h.person("viewer").MarkSeen(ctx, "p", 99); err != nil {
		t.Fatal(err)
	}
	h.act(t, "director", "4", workflow.Act{Kind: workflow.HandIn, Section: "budget"})
	same("nobody has seen what is to come", news("viewer"), "hand_in budget")
	if err := h.person("viewer").MarkSeen(ctx, "p", 1); err != nil {
		t.Fatal(err)
	}
	same("nor forgets what they saw", news("viewer"), "hand_in budget")
	h.Hub = live.New(h.store, h.clock)
	same("after a restart", news("viewer"), "hand_in budget")
	if due := openOf(t, h, "lead", func(i live.Item) bool { return i.Milestone == "rota" }); len(due) != 1 || due[0].Overdue {
		t.Errorf("the lead's milestone is not open: %v", due)
	}
	h.pass(30 * 24 * time.Hour)
	if due := openOf(t, h, "lead", func(i live.Item) bool { return i.Milestone == "rota" && i.Overdue }); len(due) != 1 {
		t.Errorf("nor overdue: %v", due)
	}
	if approve := openOf(t, h, "director2", func(i live.Item) bool { return i.Kind == workflow.ItemApprove }); len(approve) != 1 {
		t.Errorf("nothing to approve: %v", approve)
	}
}

func openOf(t testing.TB, h *house, id string, wanted func(live.Item) bool) (found []live.Item) {
	t.Helper()
	items, err := h.person(id).Open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if wanted(item) {
			found = append(found, item)
		}
	}
	return found
}

func TestTwoPagesMarkNewsAsSeenAtOnce(t *testing.T) {
	h := newHouse(t)
	for rev := range 4 {
		h.edit(t, "finance", strconv.Itoa(rev), rent, 5000.0+float64(rev), 5001.0+float64(rev))
	}
	var all sync.WaitGroup
	for rev := range 4 {
		all.Go(func() {
			if err := h.person("viewer").MarkSeen(ctx, "p", store.Rev(rev+1)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestTwoPeopleHearWhatEachMaySee(t *testing.T) {
	h := newHouse(t)
	for _, id := range []string{"finance", "viewer"} {
		if _, err := h.view(t, id).Outcome("base"); err != nil {
			t.Fatal(err)
		}
	}
	streams := map[string]<-chan live.Event{}
	for _, id := range []string{"finance", "viewer", "lead"} {
		events, stop, err := h.person(id).Subscribe(ctx, "p", 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(stop)
		streams[id] = events
		next(t, events)
	}
	h.edit(t, "finance", "raise", wage, 31415.0, 40000.0)
	for id, want := range map[string]struct {
		ops, hidden int
		lines       string
	}{"finance": {2, 0, "[wage labour total]"}, "viewer": {0, 2, "[total]"}, "lead": {0, 2, "[]"}} {
		event := next(t, streams[id])
		heard, err := h.person(id).Hear(ctx, "p", event)
		if err != nil || len(heard.Patch) != want.ops || heard.Hidden != want.hidden || fmt.Sprint(heard.Changed["base"]) != want.lines {
			t.Errorf("%s hears %v, %d hidden, %v; %v", id, heard.Patch, heard.Hidden, heard.Changed, err)
		}
	}
	h.edit(t, "finance", "rent", rent, 5000.0, 5100.0)
	event := next(t, streams["viewer"])
	if _, err := h.As(stranger()).Hear(ctx, "p", event); problem.KindOf(err) != problem.NotFound {
		t.Errorf("who has no role any more hears on: %v", err)
	}
}
