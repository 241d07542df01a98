package live_test

import (
	"testing"

	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/web/live"
)

// What a deputy does with lent rights is stored with whose they are; what their
// own suffice for is not.
func TestADeputysEditSaysForWhom(t *testing.T) {
	h, s := newHub(t)
	viewer := rights.Person{ID: "deputy", Grants: []rights.Grant{{Center: rights.Everywhere, Role: rights.Viewer}}}
	principal := rights.Person{ID: "principal", Grants: []rights.Grant{{Center: rights.Everywhere, Role: rights.Finance}}}
	both := rights.Person{ID: "deputy", Grants: append(viewer.Grants, principal.Grants...)}
	_, err := h.As(live.Alone(viewer)).Apply(ctx, "p", set("1", cell, 100.0, 110.0))
	wants(t, err, problem.Forbidden, "rights.may_not_change")
	standing := live.Who{Person: both, Own: viewer, StandsFor: []rights.Person{principal}}
	if _, err := h.As(standing).Apply(ctx, "p", set("2", cell, 100.0, 120.0)); err != nil {
		t.Fatal(err)
	}
	own := live.Who{Person: both, Own: both, StandsFor: []rights.Person{principal}}
	if _, err := h.As(own).Apply(ctx, "p", set("3", cell, 120.0, 130.0)); err != nil {
		t.Fatal(err)
	}
	entries, err := s.Entries(ctx, "p", 0, 2)
	if err != nil || entries[0].For != "" || entries[1].For != "principal" || entries[1].Who != "deputy" {
		t.Errorf("got %+v, %v", entries, err)
	}
}
