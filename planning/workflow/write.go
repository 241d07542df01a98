package workflow

import (
	"strconv"

	"centerplan/planning/document"
	"centerplan/planning/patch"
)

// sectionState and amendmentState are the fields that acts change. All others
// of a section are set-up; all others of an amendment never change.
var (
	sectionState   = []string{"state", "handed_in", "returned", "approvals"}
	amendmentState = []string{"state", "approvals", "closed"}
)

// writeSection returns the patch that puts the section's state in the document.
// Where the document sets up no sections it gets all of the model's, for one
// alone would be the only one.
func (m Model) writeSection(doc document.Node, s Section) []patch.Op {
	held, _ := document.Get(doc, "workflow", "sections")
	if sections, ok := held.(document.Object); ok && len(sections) > 0 {
		old, _ := sections[string(s.ID)].(document.Object)
		return change(s.pointer(), old, s.state(), sectionState)
	}
	ranks := patch.Ranks(len(m.Sections))
	sections := document.Object{}
	for i, section := range m.Sections {
		if section.ID == s.ID {
			section = s
		}
		node := section.state()
		node["rank"] = ranks[i]
		sections[string(section.ID)] = node
	}
	return putMember(doc, "sections", sections)
}

// writeAmendment returns the patch that adds an amendment, or puts the state of
// one that is there.
func writeAmendment(doc document.Node, a Amendment) []patch.Op {
	number := strconv.Itoa(a.Number)
	held, _ := document.Get(doc, "workflow", "amendments")
	amendments, ok := held.(document.Object)
	if !ok {
		return putMember(doc, "amendments", document.Object{number: a.node()})
	}
	if old, ok := amendments[number].(document.Object); ok {
		return change(a.pointer(), old, a.node(), amendmentState)
	}
	return []patch.Op{{Op: patch.Add, Path: a.pointer(), Value: a.node()}}
}

// putMember returns the patch that puts a member of the section workflow,
// which need not be there, nor the section itself.
func putMember(doc document.Node, name string, value document.Node) []patch.Op {
	held, exists := document.Get(doc, "workflow")
	if _, ok := held.(document.Object); !ok {
		return put(root, held, exists, document.Object{name: value})
	}
	old, exists := document.Get(held, name)
	return put(document.Pointer(root, name), old, exists, value)
}

// put returns the patch that puts a value in place of what stands there.
func put(path string, old document.Node, exists bool, value document.Node) []patch.Op {
	if !exists {
		return []patch.Op{{Op: patch.Add, Path: path, Value: value}}
	}
	return []patch.Op{{Op: patch.Test, Path: path, Value: old}, {Op: patch.Replace, Path: path, Value: value}}
}

// change returns the patch from an object's named fields to those of the next.
func change(at string, old, next document.Object, fields []string) []patch.Op {
	var ops []patch.Op
	for _, name := range fields {
		path := document.Pointer(at, name)
		before, had := old[name]
		after, has := next[name]
		switch {
		case has && (!had || !patch.Equal(before, after)):
			ops = append(ops, put(path, before, had, after)...)
		case had && !has:
			ops = append(ops, patch.Op{Op: patch.Test, Path: path, Value: before}, patch.Op{Op: patch.Remove, Path: path})
		}
	}
	return ops
}

// state returns a section's state as the document has it, an open one's as
// nothing.
func (s Section) state() document.Object {
	node := document.Object{}
	if s.State != Open {
		node["state"] = string(s.State)
	}
	setMark(node, "handed_in", s.HandedIn)
	setMark(node, "returned", s.Returned)
	setApprovals(node, s.Approvals)
	return node
}

// node returns an amendment as the document has it.
func (a Amendment) node() document.Object {
	entries := document.Object{}
	for _, entry := range a.Entries {
		entries[entry.ID] = entry.node()
	}
	node := document.Object{
		"number": float64(a.Number), "kind": string(a.Kind), "name": a.Name.Node(), "reason": a.Reason,
		"entries": entries, "state": string(a.State), "proposed": a.Proposed.node(),
	}
	setApprovals(node, a.Approvals)
	setMark(node, "closed", a.Closed)
	return node
}

func (e Entry) node() document.Object {
	node := document.Object{"line": string(e.Line), "month": e.Month.String(), "amount": e.Amount}
	if len(e.Member) > 0 {
		member := document.Object{}
		for dimension, id := range e.Member {
			member[dimension] = id
		}
		node["member"] = member
	}
	return node
}

func (m Mark) node() document.Object {
	node := document.Object{"who": m.Who, "on": m.On.String()}
	if m.Note != "" {
		node["note"] = m.Note
	}
	if m.For != "" {
		node["for"] = m.For
	}
	return node
}

func setMark(node document.Object, name string, mark *Mark) {
	if mark != nil {
		node[name] = mark.node()
	}
}

func setApprovals(node document.Object, approvals []Approval) {
	if len(approvals) == 0 {
		return
	}
	by := document.Object{}
	for _, approval := range approvals {
		by[string(approval.Step)] = approval.node()
	}
	node["approvals"] = by
}

// SealOps returns the patch by which the document says that it was sealed. A
// document that says so already is not sealed again: the patch then fails.
func (s Seal) SealOps(doc document.Node) []patch.Op {
	scenarios := make([]document.Node, len(s.Scenarios))
	for i, id := range s.Scenarios {
		scenarios[i] = id
	}
	node := document.Object{
		"rev": float64(s.Rev), "hash": s.Hash, "who": s.Who, "on": s.On.String(), "engine": s.Engine, "scenarios": scenarios,
	}
	if held, _ := document.Get(doc, "workflow"); held == nil {
		return putMember(doc, "seal", node)
	}
	return []patch.Op{{Op: patch.Add, Path: root + "/seal", Value: node}}
}
