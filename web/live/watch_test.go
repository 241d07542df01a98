package live_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/web/live"
)

func subscribe(t testing.TB, h *live.Hub, since store.Rev) <-chan live.Event {
	t.Helper()
	events, stop, err := as(h, planner).Subscribe(ctx, "p", since)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return events
}

func next(t testing.TB, events <-chan live.Event) live.Event {
	t.Helper()
	select {
	case event, ok := <-events:
		if !ok {
			t.Fatal("the subscription has ended")
		}
		return event
	case <-time.After(30 * time.Second):
		t.Fatal("no event came")
	}
	return live.Event{}
}

func hear(t testing.TB, h *live.Hub, event live.Event) live.Heard {
	t.Helper()
	heard, err := as(h, planner).Hear(ctx, "p", event)
	if err != nil {
		t.Fatal(err)
	}
	return heard
}

func TestSubscribersHearOfEachRevision(t *testing.T) {
	h, _ := newHub(t)
	if _, err := loadedHead(t, h).Outcome("base"); err != nil {
		t.Fatal(err)
	}
	first, second := subscribe(t, h, 0), subscribe(t, h, 1)
	edit := set("1", cell, 100.0, 130.0)
	apply(t, h, planner, edit)
	for _, events := range []<-chan live.Event{first, second} {
		if hello := next(t, events); hello.Kind != live.Hello || hello.Rev != 1 {
			t.Errorf("first comes %+v", hello)
		}
		event := next(t, events)
		if event.Kind != live.Changed || event.Rev != 2 || event.Who != planner || event.OpID != "1" || hear(t, h, event).View.Rev() != 2 {
			t.Errorf("got %+v", event)
		}
		if diff := cmp.Diff(edit.Patch, hear(t, h, event).Patch); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(map[scenarios.Code][]string{"base": {"calls", "contacts"}}, hear(t, h, event).Changed); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhoComesBackHearsWhatTheyMissed(t *testing.T) {
	h, _ := newHub(t)
	if _, err := loadedHead(t, h).Outcome("base"); err != nil {
		t.Fatal(err)
	}
	apply(t, h, planner, set("1", cell, 100.0, 110.0))
	apply(t, h, planner, set("2", chat, 40.0, 41.0))
	apply(t, h, planner, set("3", cell, 110.0, 120.0))
	events := subscribe(t, h, 2)
	if hello := next(t, events); hello.Rev != 4 {
		t.Errorf("hello says %d", hello.Rev)
	}
	missed, last := next(t, events), next(t, events)
	if missed.Rev != 3 || missed.OpID != "2" || hear(t, h, missed).Changed != nil || hear(t, h, missed).View != nil {
		t.Errorf("got %+v", missed)
	}
	if last.Rev != 4 || hear(t, h, last).View.Rev() != 4 {
		t.Errorf("got %+v", last)
	}
	if diff := cmp.Diff(map[scenarios.Code][]string{"base": {"calls", "chats", "contacts", "other"}}, hear(t, h, last).Changed, equateEmpty); diff != "" {
		t.Error(diff)
	}
	apply(t, h, planner, set("4", chat, 41.0, 42.0))
	if event := next(t, events); event.Rev != 5 {
		t.Errorf("then comes %d", event.Rev)
	}
}

func TestAGapIsTold(t *testing.T) {
	h, s := newHub(t)
	apply(t, h, planner, set("1", cell, 100.0, 110.0))
	apply(t, h, planner, set("2", cell, 110.0, 120.0))
	for name, tc := range map[string]struct {
		hub   *live.Hub
		since store.Rev
	}{
		"what happened before a restart": {live.New(s, clock), 1},
		"a revision that does not exist": {h, 9},
	} {
		events := subscribe(t, tc.hub, tc.since)
		event, ok := <-events
		for ok && event.Kind == live.Hello {
			event, ok = <-events
		}
		if !ok || event.Kind != live.Gap || event.Rev != 3 {
			t.Errorf("%s: got %+v", name, event)
		}
		if _, ok := <-events; ok {
			t.Errorf("%s: the subscription goes on", name)
		}
	}
}

func TestASlowSubscriberIsDroppedAndHoldsUpNobody(t *testing.T) {
	h, _ := newHub(t)
	slow := subscribe(t, h, 0)
	for n := range 100 {
		apply(t, h, planner, set(strconv.Itoa(n), cell, 100.0+float64(n), 101.0+float64(n)))
	}
	var last live.Event
	count := 0
	for event := range slow {
		last = event
		count++
	}
	if last.Kind != live.Gap || count > 2 {
		t.Errorf("after %d events came %+v", count, last)
	}
	if events := subscribe(t, h, last.Rev); next(t, events).Kind != live.Hello {
		t.Error("subscribing anew from the gap fails")
	}
}

func TestAWriterBesideTellsOfAGap(t *testing.T) {
	h, s := newHub(t)
	events := subscribe(t, h, 0)
	apply(t, live.New(s, clock), finance, set("1", cell, 100.0, 130.0))
	apply(t, h, planner, set("2", chat, 40.0, 41.0))
	kinds := []live.Kind{}
	for event := range events {
		kinds = append(kinds, event.Kind)
	}
	if kinds[len(kinds)-1] != live.Gap {
		t.Errorf("got %v", kinds)
	}
}

func TestClosingTheHubEndsSubscriptions(t *testing.T) {
	h, _ := newHub(t)
	events := subscribe(t, h, 0)
	h.Close()
	next(t, events)
	if _, ok := <-events; ok {
		t.Error("the subscription goes on")
	}
	late := subscribe(t, h, 0)
	for range late { // it ends at once
	}
}

func TestSubscribingToNothingIsNotFound(t *testing.T) {
	h, _ := newHub(t)
	_, _, err := as(h, planner).Subscribe(ctx, "none", 0)
	wants(t, err, problem.NotFound, "store.no_plan")
}
