package planning

import (
	"slices"

	"centerplan/budget"
	"centerplan/okr"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/method"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// Has reports whether there is such a place in the plan. A cell is there if its
// line, its members and its month are: it need not have a value of its own.
func (p Plan) Has(place comments.Place) bool {
	if place.Kind == comments.Cell {
		return p.hasCell(place)
	}
	_, ok := p.named(place)
	return ok || place.Kind == comments.Scenario && place.ID == string(scenarios.Base) // which needs no entry
}

// NameOf returns what the place is called: of a cell, its line. It is empty
// where there is no such thing, or it has no name.
func (p Plan) NameOf(place comments.Place) document.Text {
	name, _ := p.named(place)
	return name
}

// named returns the name of what a place is, or is a cell of.
func (p Plan) named(place comments.Place) (name document.Text, ok bool) {
	switch place.Kind {
	case comments.Cell, comments.Line:
		line, ok := p.Budget.ByID(budget.LineID(place.ID))
		return line.Name, ok
	case comments.Scenario:
		i := slices.IndexFunc(p.Scenarios, func(s scenarios.Scenario) bool { return s.ID == place.ID })
		return nameAt(p.Scenarios, i, func(s scenarios.Scenario) document.Text { return s.Name })
	case comments.Milestone:
		i := slices.IndexFunc(p.OKR.Milestones, func(m okr.Milestone) bool { return string(m.ID) == place.ID })
		return nameAt(p.OKR.Milestones, i, func(m okr.Milestone) document.Text { return m.Name })
	case comments.Objective:
		i := slices.IndexFunc(p.OKR.Objectives, func(o okr.Objective) bool { return string(o.ID) == place.ID })
		return nameAt(p.OKR.Objectives, i, func(o okr.Objective) document.Text { return o.Name })
	case comments.Finding:
		i := slices.IndexFunc(p.Method.Findings, func(f method.Finding) bool { return string(f.ID) == place.ID })
		return nameAt(p.Method.Findings, i, func(f method.Finding) document.Text { return f.Statement })
	}
	return document.Text{}, false
}

// nameAt returns the name of the thing at an index, none where that is below 0.
func nameAt[T any](all []T, i int, name func(T) document.Text) (document.Text, bool) {
	if i < 0 {
		return document.Text{}, false
	}
	return name(all[i]), true
}

func (p Plan) hasCell(place comments.Place) bool {
	line, ok := p.Budget.ByID(budget.LineID(place.ID))
	if _, inside := p.Budget.Calendar.Index(place.Month); !ok || !inside || len(place.Members) != len(line.By) {
		return false
	}
	for i, code := range line.By {
		dimension, _ := p.Budget.Dimension(code)
		if !slices.ContainsFunc(dimension.Members, func(m budget.Member) bool { return m.ID == place.Members[i] }) {
			return false
		}
	}
	return true
}

// Said refuses what is new in this plan against the one before and is about
// nothing, or calls on nobody: a comment on a place that is not there, and a
// mention of a position that the plan does not have.
func (p Plan) Said(before Plan) problem.List {
	var faults problem.List
	for _, thread := range p.Comments.Threads {
		at := document.Pointer("/comments", string(thread.ID))
		earlier, had := before.Comments.Thread(thread.ID)
		if !had && !p.Has(thread.Place) {
			faults = append(faults, problem.Problem{
				Kind: problem.Invalid, Pointer: at + "/on", Key: "comments.no_place", Args: problem.Args{"pointer": thread.On},
			})
		}
		faults = append(faults, p.unknown(at, thread.Message, earlier.Message)...)
		for _, reply := range thread.Replies {
			i := slices.IndexFunc(earlier.Replies, func(r comments.Reply) bool { return r.ID == reply.ID })
			var was comments.Message
			if i >= 0 {
				was = earlier.Replies[i].Message
			}
			faults = append(faults, p.unknown(document.Pointer(at, "replies", reply.ID), reply.Message, was)...)
		}
	}
	return faults
}

// unknown lists the positions that a message calls on, did not before, and that
// the plan does not have.
func (p Plan) unknown(at string, now, before comments.Message) problem.List {
	var faults problem.List
	for _, role := range now.Mentions {
		if _, known := p.OKR.Role(role); !known && !slices.Contains(before.Mentions, role) {
			faults = append(faults, problem.Problem{
				Kind: problem.Invalid, Pointer: at + "/mentions", Key: "okr.unknown_role", Args: problem.Args{"role": string(role)},
			})
		}
	}
	return faults
}

// Notes returns what is lawful but worth knowing of the plan itself: comments
// on places that are gone.
func (p Plan) Notes() problem.List {
	var notes problem.List
	for _, thread := range p.Comments.Threads {
		if !p.Has(thread.Place) {
			notes = append(notes, problem.Problem{
				Kind: problem.Invalid, Pointer: document.Pointer("/comments", string(thread.ID), "on"),
				Key: "comments.place_gone", Args: problem.Args{"pointer": thread.On},
			})
		}
	}
	return notes
}
