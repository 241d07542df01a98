package web_test

import (
	"strings"
	"testing"
	"time"

	"centerplan/planning/document"
)

func TestWhoHasThePlanOpenIsStreamed(t *testing.T) {
	s := newStaffed(t)
	address := s.listening(t) + "/api/v1/plans/pay/events"
	viewer := watch(t, address, "Cookie", s.visit(t, "viewer").cookie)
	finance := watch(t, address, "Cookie", s.visit(t, "finance").cookie)
	for _, events := range []<-chan event{viewer, finance} {
		if hello := hear(t, events); hello.name != "hello" {
			t.Fatalf("got %+v", hello)
		}
	}
	be := func(id string, place object) {
		t.Helper()
		place["tab"] = "tab of " + id
		if status, text := s.visit(t, id).text("POST", "/api/v1/plans/pay/presence", place); status != 204 {
			t.Fatalf("%d %s", status, text)
		}
	}
	heard := func(events <-chan event) document.Node {
		t.Helper()
		e := hear(t, events)
		if e.name != "presence" || e.id != "" {
			t.Fatalf("got %+v", e)
		}
		return at(t, e.data, "people")
	}
	be("director", object{"screen": "budget", "scenario": "fewer", "cell": "heads/2027-01"})
	for _, events := range []<-chan event{viewer, finance} {
		who := at(t, heard(events), 0)
		if at(t, who, "name") != "director" || at(t, who, "cell") != "heads/2027-01" || at(t, who, "scenario") != "fewer" || at(t, who, "screen") != "budget" {
			t.Errorf("got %v", who)
		}
	}
	be("director", object{"screen": "budget", "cell": "wage/2027-01"})
	if who := at(t, heard(finance), 0); at(t, who, "cell") != "wage/2027-01" {
		t.Errorf("finance hears %v", who)
	}
	if who := at(t, heard(viewer), 0); at(t, who, "cell") != "" {
		t.Errorf("the viewer hears %v", who)
	}
	// From one hidden cell to another the viewer hears nothing at all.
	be("director", object{"screen": "budget", "cell": "wage/2027-02"})
	heard(finance)
	be("director", object{"screen": ""})
	if people, _ := heard(viewer).([]document.Node); len(people) != 0 {
		t.Errorf("the viewer hears %v", people)
	}
	for body, status := range map[string]int{
		`{"tab":"","screen":"budget"}`: 422, `{"tab":"1","screen":"<b>"}`: 422, `{"screen":"budget"}`: 422,
		`{"tab":"` + strings.Repeat("x", 65) + `","screen":"budget"}`: 422,
	} {
		if got, text := s.visit(t, "viewer").text("POST", "/api/v1/plans/pay/presence", body); got != status {
			t.Errorf("%s: %d %s", body, got, text)
		}
	}
	if status, _ := s.visit(t, "far").text("POST", "/api/v1/plans/pay/presence", object{"tab": "1", "screen": "budget"}); status != 404 {
		t.Errorf("who has no role in the center: %d", status)
	}
}

func TestACursorOnItsWayIsOneEvent(t *testing.T) {
	s := newStaffed(t)
	events := watch(t, s.listening(t)+"/api/v1/plans/pay/events", "Cookie", s.visit(t, "viewer").cookie)
	hear(t, events)
	// As presentPause says.
	const pause = 200 * time.Millisecond
	started := time.Now()
	for range 20 {
		for _, cell := range []string{"rent/2027-01", "rent/2027-02"} {
			s.visit(t, "finance").text("POST", "/api/v1/plans/pay/presence", object{"tab": "1", "screen": "budget", "cell": cell})
		}
	}
	told, sent := 0, time.Now()
	for quiet := false; !quiet || told == 0; {
		select {
		case e := <-events:
			if e.name == "presence" {
				told++
			}
		case <-time.After(patience):
			t.Fatal("no event came")
		}
		quiet = time.Since(sent) > 3*pause
	}
	if took := time.Since(started); told > int(took/pause)+1 {
		t.Errorf("40 moves are %d events in %v", told, took)
	}
}
