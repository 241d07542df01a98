// Package scenarios holds branches over a budget model: what each changes on
// its parent, their evaluation, and their comparison.
//
//	Read → []Scenario → NewBook → Book.Evaluate → Outcome → Sheet, Compare
package scenarios

import (
	"slices"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Code names a scenario.
type Code string

// Base is the scenario every plan has and every other one descends from.
const Base Code = "base"

// A Scenario is a branch: changes on a parent, which flow through to its own
// children wherever those do not change the same cells.
type Scenario struct {
	ID   string
	Code Code
	Name document.Text
	Note document.Text
	// Parent is the id of the scenario this one changes; empty for base alone.
	Parent string
	// Levers are those the scenario pulls itself, in order, before its changes.
	Levers []budget.LeverID
	// Changes are the scenario's own, in order; edits of single cells come last.
	Changes []budget.Change
	// Initiatives turns initiatives on or off, by id.
	Initiatives map[string]Turn
	// ActualsThrough is the last month in which actuals stand in the place of
	// the plan's values; zero is as in the parent.
	ActualsThrough calendar.Month
	// Locked says that nothing in the scenario changes until it is unlocked,
	// Archived that it is put away: it is offered nowhere and is there all the
	// same. Neither moves a number, and base is never either.
	Locked, Archived bool
}

// Title returns the scenario's name, or its code where it has none.
func (s Scenario) Title() document.Text { return s.Name.Or(string(s.Code)) }

// Read reads the scenarios section of a plan document, in display order, with
// base first where the document does not list it. Parents that do not exist or
// that run in a circle are recorded with the reader.
func Read(r document.Reader, model budget.Model) []Scenario {
	var all []Scenario
	for _, entry := range r.Members() {
		all = append(all, readScenario(entry, model))
	}
	if !slices.ContainsFunc(all, func(s Scenario) bool { return s.ID == string(Base) }) {
		all = slices.Insert(all, 0, Scenario{ID: string(Base), Code: Base})
	}
	codes := map[Code]bool{}
	for _, s := range all {
		at := r.Field(s.ID)
		if _, ok := find(all, s.Parent); !ok && s.Parent != "" {
			at.Field("parent").Fail("shape.dangling", problem.Args{"id": s.Parent})
		}
		if _, ok := chain(all, s.ID); !ok {
			at.Field("parent").Fail("scenarios.parent_circle", problem.Args{"scenario": string(s.Code)})
		}
		if codes[s.Code] {
			at.Field("code").Fail("scenarios.code_twice", problem.Args{"code": string(s.Code)})
		}
		codes[s.Code] = true
	}
	return all
}

func readScenario(entry document.Entry, model budget.Model) Scenario {
	r := entry.Reader
	r.Fields("code", "name", "parent", "note", "rank", "levers", "changes", "cells", "initiatives", "actuals_through", locked, archived)
	s := Scenario{
		ID: entry.Key, Code: Code(r.Field("code").String()), Name: r.Field("name").Text(),
		Note: r.Field("note").Text(), Parent: r.Field("parent").String(),
	}
	if s.Code == "" {
		s.Code = Code(entry.Key)
	}
	s.Locked = readMark(r.Field(locked), s.ID, "scenarios.base_locked")
	s.Archived = readMark(r.Field(archived), s.ID, "scenarios.base_archived")
	switch {
	case s.ID == string(Base) && s.Parent != "":
		r.Field("parent").Fail("scenarios.base_parent", nil)
		s.Parent = ""
	case s.ID != string(Base) && s.Parent == "":
		s.Parent = string(Base)
	}
	for _, item := range r.Field("levers").Items() {
		id := budget.LeverID(item.String())
		if _, ok := model.Lever(id); !ok {
			item.Fail("shape.dangling", problem.Args{"id": string(id)})
			continue
		}
		s.Levers = append(s.Levers, id)
	}
	s.Changes = slices.Concat(
		model.ReadChanges(r.Field("changes"), formula.Change, string(s.Code)),
		model.ReadCellChanges(r.Field("cells"), string(s.Code)),
	)
	s.Initiatives = readInitiatives(r.Field("initiatives"), model)
	s.ActualsThrough = readClosed(r.Field("actuals_through"), model.Calendar)
	return s
}

// A Turn is what a scenario makes of an initiative: the zero Turn takes it out.
type Turn struct {
	On bool
	// Month is when it goes live; zero is the month it is planned for.
	Month calendar.Month
}

// The words for turning an initiative on in its own month, and off.
const (
	on  = "on"
	off = "off"
)

// readInitiatives reads {initiative: on, off or a month}.
func readInitiatives(r document.Reader, model budget.Model) map[string]Turn {
	turned := map[string]Turn{}
	for _, entry := range r.Members() {
		if !slices.ContainsFunc(model.Launches, func(l budget.Launch) bool { return l.ID == entry.Key }) {
			entry.Fail("shape.dangling", problem.Args{"id": entry.Key})
			continue
		}
		text := entry.String()
		month, ok := calendar.Parse(text)
		if !ok && text != on && text != off {
			entry.Fail("scenarios.initiative_month", problem.Args{"got": text})
			continue
		}
		turned[entry.Key] = Turn{On: text != off, Month: month}
	}
	return turned
}

// readClosed reads the last closed month, which lies in the plan.
func readClosed(r document.Reader, c calendar.Calendar) calendar.Month {
	text := r.String()
	month, ok := calendar.Parse(text)
	_, inside := c.Index(month)
	switch {
	case text == "":
		return 0
	case !ok:
		r.Fail("shape.month", problem.Args{"got": text})
		return 0
	case !inside:
		r.Fail("budget.month_outside", problem.Args{
			"month": text, "first": c.Start.String(), "last": c.Month(c.Months - 1).String(),
		})
		return 0
	}
	return month
}

func find(all []Scenario, id string) (Scenario, bool) {
	for _, s := range all {
		if s.ID == id {
			return s, true
		}
	}
	return Scenario{}, false
}

// chain returns the scenario's line of descent, the root first, and false if
// its parents run in a circle.
func chain(all []Scenario, id string) ([]Scenario, bool) {
	var line []Scenario
	for id != "" {
		if slices.ContainsFunc(line, func(s Scenario) bool { return s.ID == id }) {
			return nil, false
		}
		s, ok := find(all, id)
		if !ok {
			break
		}
		line = append(line, s)
		id = s.Parent
	}
	slices.Reverse(line)
	return line, true
}
