package comments

import (
	"strings"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
)

// A Kind is a sort of place that one may comment on.
type Kind string

// The kinds of places.
const (
	Cell      Kind = "cell"
	Line      Kind = "line"
	Scenario  Kind = "scenario"
	Milestone Kind = "milestone"
	Objective Kind = "objective"
	Finding   Kind = "finding"
)

// Kinds lists the kinds of places.
func Kinds() []Kind { return []Kind{Cell, Line, Scenario, Milestone, Objective, Finding} }

// A Place is what a comment is about. A cell is the same one in every scenario,
// and named as an input of base is, a cell of a formula line too.
type Place struct {
	Kind Kind
	// ID is that of the line, the scenario, the milestone and so on.
	ID string
	// Members and Month are a cell's: a member's id for each of the line's
	// dimensions.
	Members []string
	Month   calendar.Month
}

// things are the pointers of all kinds but cells, as far as the id.
var things = map[Kind][]string{
	Line:      {"budget", "lines"},
	Scenario:  {"scenarios"},
	Milestone: {"okr", "milestones"},
	Objective: {"okr", "objectives"},
	Finding:   {"method", "findings"},
}

// PlaceOf reads a pointer to something that one may comment on. Whether it is
// there is for the plan to say.
func PlaceOf(pointer string) (Place, bool) {
	parts, ok := document.Parts(pointer)
	if !ok {
		return Place{}, false
	}
	for kind, table := range things {
		if len(parts) == len(table)+1 && begins(parts, table) && parts[len(table)] != "" {
			return Place{Kind: kind, ID: parts[len(table)]}, true
		}
	}
	const cellAt, shortest = 4, 5
	if len(parts) < shortest || !begins(parts, things[Line]) || parts[2] == "" || parts[cellAt-1] != "values" {
		return Place{}, false
	}
	month, ok := calendar.Parse(parts[len(parts)-1])
	members := parts[cellAt : len(parts)-1]
	return Place{Kind: Cell, ID: parts[2], Members: members, Month: month}, ok && !strings.Contains(pointer, "//")
}

func begins(parts, with []string) bool {
	for i, part := range with {
		if i >= len(parts) || parts[i] != part {
			return false
		}
	}
	return true
}

// Owned returns the pointer of what the place is of that has an owner: of a cell
// its line. It is empty where nobody owns such a thing.
func (p Place) Owned() []string {
	switch p.Kind {
	case Cell, Line:
		return []string{"budget", "lines", p.ID}
	case Milestone, Objective:
		return append(append([]string{}, things[p.Kind]...), p.ID)
	case Scenario, Finding:
	}
	return nil
}
