package workflow

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// SameState reports whether two models differ in their set-up at most. Ordinary
// edits, undo included, must keep the state; only acts change it.
func SameState(before, after Model) bool {
	return reflect.DeepEqual(before.stateOf(), after.stateOf())
}

// A state is what acts change, free of the order of steps and sections.
type state struct {
	sections   map[SectionID]Section
	seal       *Seal
	amendments []Amendment
}

func (m Model) stateOf() state {
	is := state{sections: map[SectionID]Section{}, seal: m.Seal}
	for _, s := range m.Sections {
		if s.State == Open && s.HandedIn == nil && s.Returned == nil && len(s.Approvals) == 0 {
			continue // as if nobody had written it
		}
		is.sections[s.ID] = Section{
			State: s.State, HandedIn: s.HandedIn, Returned: s.Returned, Approvals: byStep(s.Approvals),
		}
	}
	for _, a := range m.Amendments {
		a.Approvals = byStep(a.Approvals)
		is.amendments = append(is.amendments, a)
	}
	return is
}

// byStep returns approvals ordered by their steps' ids.
func byStep(approvals []Approval) []Approval {
	return slices.SortedFunc(slices.Values(approvals), func(a, b Approval) int {
		return strings.Compare(string(a.Step), string(b.Step))
	})
}

// Closed reports, for each closed section of m, the first place it covers in
// which the documents differ; m is read from the one before. What a closed
// section covers is closed with it. Once a plan is sealed the seal says what may
// move, and Closed says nothing: the year goes on.
func (m Model) Closed(before, after document.Node) problem.List {
	if m.Seal != nil {
		return nil
	}
	var found problem.List
	for _, section := range m.Sections {
		if !section.Closed() {
			continue
		}
		for _, cover := range append(slices.Clone(section.Covers), section.pointer()+"/covers") {
			parts, _ := document.Parts(cover)
			if place, differs := firstDifference(cover, get(before, parts), get(after, parts)); differs {
				found = append(found, problem.Problem{
					Kind: problem.Forbidden, Pointer: place, Key: "workflow.section_closed",
					Args: problem.Args{"section": string(section.ID)},
				})
				break
			}
		}
	}
	return found
}

// missing stands for a value that is not there, which null is not.
type missing struct{}

func get(doc document.Node, parts []string) document.Node {
	if node, ok := document.Get(doc, parts...); ok {
		return node
	}
	return missing{}
}

// firstDifference returns the first place at or below a pointer in which two
// values differ. What an edit did not touch the two documents share, and it is
// not looked through.
func firstDifference(at string, before, after document.Node) (place string, differs bool) {
	old, wasObject := before.(document.Object)
	now, isObject := after.(document.Object)
	if !wasObject || !isObject {
		if gone(before) || gone(after) {
			return at, gone(before) != gone(after)
		}
		return at, !patch.Equal(before, after)
	}
	if shared(old, now) {
		return "", false
	}
	for _, name := range names(old, now) {
		below := document.Pointer(at, name)
		if below == checkIns {
			continue // they go on whatever is approved
		}
		place, differs := firstDifference(below, member(old, name), member(now, name))
		if differs {
			return place, true
		}
	}
	return "", false
}

func gone(node document.Node) bool {
	_, gone := node.(missing)
	return gone
}

func member(object document.Object, name string) document.Node {
	if node, ok := object[name]; ok {
		return node
	}
	return missing{}
}

// shared reports whether two objects are the same one in memory.
func shared(a, b document.Object) bool {
	return reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer()
}

// names returns the names of the members of both objects, sorted.
func names(a, b document.Object) []string {
	both := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(both)
	return slices.Compact(both)
}

// SetUp returns the document without the workflow's state: no section handed in,
// no seal, no amendment. A copy of a plan, and a plan made from a file, begin
// so; nobody approved them.
func SetUp(doc document.Node) document.Node {
	held, _ := document.Get(doc, "workflow")
	workflow, ok := held.(document.Object)
	if !ok {
		return doc
	}
	next := maps.Clone(workflow)
	delete(next, "seal")
	delete(next, "amendments")
	if sections, ok := workflow["sections"].(document.Object); ok {
		next["sections"] = openSections(sections)
	}
	root := maps.Clone(doc.(document.Object))
	root["workflow"] = next
	return root
}

func openSections(sections document.Object) document.Object {
	open := maps.Clone(sections)
	for id, node := range sections {
		if section, ok := node.(document.Object); ok {
			section = maps.Clone(section)
			for _, name := range sectionState {
				delete(section, name)
			}
			open[id] = section
		}
	}
	return open
}
