package rights_test

import (
	"slices"
	"testing"

	"centerplan/okr"
	"centerplan/planning/rights"
)

func TestPositionsIn(t *testing.T) {
	who := rights.Person{ID: "li", Grants: []rights.Grant{
		{Center: "north", Role: rights.Lead, Position: "voice"},
		{Center: "*", Role: rights.Director, Position: "head"},
		{Center: "*", Role: rights.Viewer, Position: "head"},
		{Center: "south", Role: rights.Lead, Position: "chat"},
		{Center: "north", Role: rights.Viewer},
	}}
	for center, want := range map[string][]okr.RoleID{
		"north": {"voice", "head"}, "south": {"head", "chat"}, "east": {"head"},
	} {
		if got := rights.PositionsIn(who, center); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", center, got, want)
		}
	}
}
