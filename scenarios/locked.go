package scenarios

import (
	"strings"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// The marks of a scenario that move no number.
const (
	locked   = "locked"
	archived = "archived"
)

// readMark reads a mark. Base cannot bear one, for its numbers are the plan's
// own; the key says so.
func readMark(r document.Reader, id, key string) bool {
	set := r.Bool()
	if set && id == string(Base) {
		r.Fail(key, nil)
		return false
	}
	return set
}

// Locked reports, for each scenario of the document before that is locked, the
// first place in it in which the document after differs. The marks themselves
// may change, and nothing with the one that unlocks it: who changes a locked
// scenario has unlocked it first.
func Locked(all []Scenario, before, after document.Node) problem.List {
	var found problem.List
	for _, s := range all {
		if !s.Locked {
			continue
		}
		old, _ := document.Get(before, "scenarios", s.ID)
		next, there := document.Get(after, "scenarios", s.ID)
		place, differs := "", !there
		if there {
			place, differs = moved(old, next)
		}
		if differs {
			found = append(found, problem.Problem{
				Kind: problem.Forbidden, Pointer: document.Pointer("/scenarios", s.ID) + place,
				Key: "scenarios.locked", Args: problem.Args{"scenario": string(s.Code)},
			})
		}
	}
	return found
}

// moved returns the first place in which two states of a scenario differ, the
// marks apart.
func moved(old, next document.Node) (place string, differs bool) {
	for _, difference := range patch.Differences(old, next) {
		if name := strings.TrimPrefix(difference.Pointer, "/"); name != locked && name != archived {
			return difference.Pointer, true
		}
	}
	return "", false
}

// Open returns the scenarios that are not archived, base among them.
func Open(all []Scenario) []Scenario {
	var open []Scenario
	for _, s := range all {
		if !s.Archived {
			open = append(open, s)
		}
	}
	return open
}
