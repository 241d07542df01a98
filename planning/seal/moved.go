package seal

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// frozen are the places of a sealed plan that nothing changes, besides the
// sealed scenarios.
var frozen = [][]string{{"plan"}, {"method"}, {"budget"}, {"history"}, {"workflow", "seal"}}

// Unmoved returns what an edit would change of a sealed plan, nothing if the
// document before is not sealed: for each of the header, the method, the
// budget, the history, the sealed scenarios and the seal itself a problem of
// kind Forbidden at the first place that differs.
func Unmoved(before, after document.Node) problem.List {
	mark, ok := document.Get(before, "workflow", "seal")
	if !ok || mark == nil {
		return nil
	}
	named, _ := document.Get(mark, "scenarios")
	list, _ := named.([]document.Node)
	var ids []string
	for _, id := range list {
		if text, ok := id.(string); ok {
			ids = append(ids, text)
		}
	}
	return moved(before, after, slices.Concat(frozen, scenarioPlaces(before, ids)))
}

// Moved returns where a document differs from the sealed one in what the seal
// freezes, as Unmoved does. What the document says of its seal is left out: the
// sealed document cannot hold it.
func (s Sealed) Moved(doc document.Node) problem.List {
	places := slices.DeleteFunc(slices.Clone(frozen), func(place []string) bool { return place[0] == "workflow" })
	return moved(s.Document, doc, append(places, scenarioPlaces(s.Document, s.ids())...))
}

// ids returns the ids of the sealed scenarios.
func (s Sealed) ids() []string {
	var ids []string
	for _, scenario := range s.Plan.Scenarios {
		if slices.Contains(s.Scenarios, scenario.Code) {
			ids = append(ids, scenario.ID)
		}
	}
	return ids
}

// scenarioPlaces returns the places of scenarios, of those they descend from
// and of base, which is sealed with every plan.
func scenarioPlaces(doc document.Node, ids []string) [][]string {
	seen := map[string]bool{}
	var places [][]string
	for _, id := range append(slices.Clone(ids), string(scenarios.Base)) {
		for id != "" && !seen[id] {
			seen[id] = true
			places = append(places, []string{"scenarios", id})
			parent, _ := document.Get(doc, "scenarios", id, "parent")
			id, _ = parent.(string)
		}
	}
	slices.SortFunc(places, slices.Compare[[]string])
	return places
}

func moved(before, after document.Node, places [][]string) problem.List {
	var problems problem.List
	for _, place := range places {
		own, _ := document.Get(before, place...)
		other, _ := document.Get(after, place...)
		if !reflect.DeepEqual(own, other) {
			at := firstDifference(own, other, document.Pointer("", place...))
			problems = append(problems, problem.Problem{
				Kind: problem.Forbidden, Pointer: at, Key: "seal.moved", Args: problem.Args{"place": at},
			})
		}
	}
	return problems
}

// firstDifference returns the pointer of the innermost value in which two
// unequal nodes differ, the first of them by name.
func firstDifference(a, b document.Node, at string) string {
	switch a := a.(type) {
	case document.Object:
		b, ok := b.(document.Object)
		if !ok {
			return at
		}
		names := slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
		slices.Sort(names)
		for _, name := range names {
			left, inA := a[name]
			right, inB := b[name]
			if inA != inB || !reflect.DeepEqual(left, right) {
				return firstDifference(left, right, document.Pointer(at, name))
			}
		}
	case []document.Node:
		b, ok := b.([]document.Node)
		if !ok || len(a) != len(b) {
			return at
		}
		for i := range a {
			if !reflect.DeepEqual(a[i], b[i]) {
				return firstDifference(a[i], b[i], document.Pointer(at, strconv.Itoa(i)))
			}
		}
	}
	return at
}
