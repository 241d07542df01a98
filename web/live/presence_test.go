package live_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"centerplan/planning/problem"
	"centerplan/web/live"
)

// be has somebody look at a place of the plan.
func (h *house) be(t testing.TB, id, tab string, place live.Place) {
	t.Helper()
	if err := h.person(id).Be(ctx, "p", tab, place); err != nil {
		t.Fatal(err)
	}
}

// present is who somebody sees, and where.
func (h *house) present(t testing.TB, id string) string {
	t.Helper()
	all, _, err := h.person(id).Present(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, one := range all {
		fmt.Fprintf(&text, "%s/%s %s %s %s;", one.Who, one.Tab, one.Screen, one.Scenario, one.Cell)
	}
	return text.String()
}

func on(cell string) live.Place { return live.Place{Screen: "budget", Cell: cell} }

func TestOneSeesWhereOthersAre(t *testing.T) {
	h := newHouse(t)
	h.be(t, "finance", "1", live.Place{Screen: "budget", Scenario: "fewer", Cell: "heads/2027-01"})
	h.be(t, "viewer", "1", live.Place{Screen: "goals"})
	h.be(t, "viewer", "2", on("rent"))
	want := "finance/1 budget fewer heads/2027-01;viewer/1 goals  ;viewer/2 budget  rent;"
	if got := h.present(t, "lead"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	h.be(t, "viewer", "1", live.Place{})
	if got := h.present(t, "lead"); got != "finance/1 budget fewer heads/2027-01;viewer/2 budget  rent;" {
		t.Errorf("after a window was shut: %s", got)
	}
	if err := h.As(stranger()).Be(ctx, "p", "1", on("rent")); problem.KindOf(err) != problem.NotFound {
		t.Errorf("who may not read the plan is in it: %v", err)
	}
	if _, _, err := h.As(stranger()).Present(ctx, "p"); problem.KindOf(err) != problem.NotFound {
		t.Errorf("who may not read the plan sees who is in it: %v", err)
	}
}

func TestPresenceTellsNothingThatIsHidden(t *testing.T) {
	h := newHouse(t)
	for cell, want := range map[string]string{
		"wage/2027-01":       "", // sensitive
		"labour/2027-01":     "", // its results are withheld
		"total/2027-01":      "total/2027-01",
		"rent":               "rent",
		"none/2027-01":       "",
		"rent/31415":         "", // nobody passes notes this way
		"rent/2027-01/31415": "",
	} {
		h.be(t, "finance", "1", on(cell))
		if got := h.present(t, "viewer"); got != "finance/1 budget  "+want+";" {
			t.Errorf("of %s the viewer sees %s", cell, got)
		}
	}
	h.be(t, "finance", "1", live.Place{Screen: "budget", Scenario: "31415", Cell: "rent"})
	if got := h.present(t, "finance"); got != "finance/1 budget  ;" {
		t.Errorf("a scenario that is not there: %s", got)
	}
	h.be(t, "viewer", "1", on("wage/2027-01"))
	if got := h.present(t, "finance"); got != "finance/1 budget  ;viewer/1 budget  ;" {
		t.Errorf("somebody is where they cannot be: %s", got)
	}
}

func TestPresenceEndsWithTheStreamOrSilence(t *testing.T) {
	h := newHouse(t)
	_, first, err := h.person("finance").Subscribe(ctx, "p", 0)
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := h.person("finance").Subscribe(ctx, "p", 0)
	if err != nil {
		t.Fatal(err)
	}
	h.be(t, "finance", "1", on("rent"))
	h.be(t, "viewer", "1", on("rent")) // without a stream
	_, moved, err := h.person("lead").Present(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	first()
	first()
	if got := h.present(t, "lead"); got != "finance/1 budget  rent;viewer/1 budget  rent;" {
		t.Errorf("one of two streams has ended: %s", got)
	}
	second()
	select {
	case <-moved:
	default:
		t.Error("nobody is told that the last stream ended")
	}
	if got := h.present(t, "lead"); got != "viewer/1 budget  rent;" {
		t.Errorf("both streams have ended: %s", got)
	}
	h.pass(2 * time.Minute)
	if got := h.present(t, "lead"); got != "" {
		t.Errorf("after a long silence: %s", got)
	}
}

func TestStandingStillMovesNothing(t *testing.T) {
	h := newHouse(t)
	h.be(t, "finance", "1", on("rent"))
	_, moved, _ := h.person("lead").Present(ctx, "p")
	h.be(t, "finance", "1", on("rent"))
	select {
	case <-moved:
		t.Error("a sign of life is told as a move")
	default:
	}
	h.be(t, "finance", "1", on("heads"))
	select {
	case <-moved:
	default:
		t.Error("a move is not told")
	}
}

func TestPresenceIsBounded(t *testing.T) {
	h := newHouse(t)
	for tab := range 100 {
		h.be(t, "finance", strconv.Itoa(tab), on("rent"))
	}
	for n := range 300 {
		h.be(t, fmt.Sprint("viewer", n), "1", on("rent"))
	}
	all, _, err := h.person("lead").Present(ctx, "p")
	if err != nil || len(all) > 20+200 {
		t.Errorf("%d windows are remembered, %v", len(all), err)
	}
	colours := map[int]bool{}
	other := newHouse(t)
	for n := range live.Colours {
		other.be(t, fmt.Sprint("viewer", n), "1", on("rent"))
	}
	few, _, _ := other.person("lead").Present(ctx, "p")
	for _, one := range few {
		colours[one.Colour] = true
	}
	if len(colours) != live.Colours {
		t.Errorf("%d people have %d colours", live.Colours, len(colours))
	}
}
