package scenarios

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A settling is what is in force in one scenario, in the order in which cells
// settle on top of their values or formulas.
type settling struct {
	// model is the book's, with its launches and its last closed month as the
	// scenario has them.
	model budget.Model
	// changes are those of live initiatives by code, then from the root scenario
	// down those of its levers and its own.
	changes []budget.Change
}

// settle finds what is in force in a scenario.
func settle(model budget.Model, all []Scenario, s Scenario) settling {
	descent, _ := chain(all, s.ID)
	model.Launches = launches(model.Launches, descent)
	in := settling{model: model}
	for _, launch := range model.Launches {
		in.changes = append(in.changes, launch.InForce()...)
	}
	pulled := map[budget.LeverID]bool{}
	for _, ancestor := range descent {
		for _, id := range ancestor.Levers {
			if lever, ok := model.Lever(id); ok && !pulled[id] {
				pulled[id] = true
				in.changes = append(in.changes, lever.Changes...)
			}
		}
		in.changes = append(in.changes, ancestor.Changes...)
		in.model.Through = cmp.Or(ancestor.ActualsThrough, in.model.Through)
	}
	return in
}

// month returns when an initiative goes live; zero for one that does not.
func (t Turn) month(launch budget.Launch) calendar.Month {
	if !t.On {
		return 0
	}
	return cmp.Or(t.Month, launch.Planned)
}

// launches returns the initiatives by code, as the scenarios of a line of
// descent turn them; the nearest scenario that names one decides.
func launches(all []budget.Launch, descent []Scenario) []budget.Launch {
	moved := slices.Clone(all)
	slices.SortStableFunc(moved, func(a, b budget.Launch) int { return strings.Compare(a.Code, b.Code) })
	for _, ancestor := range descent {
		for i := range moved {
			if turn, ok := ancestor.Initiatives[moved[i].ID]; ok {
				moved[i].Month = turn.month(moved[i])
			}
		}
	}
	return moved
}

// key tells apart what compiles to different programs: the formulas in force
// and, if one asks, the months initiatives go live. Formulas come out of the document, so a
// byte none of them can hold separates them.
func (in settling) key() string {
	var key strings.Builder
	for _, c := range in.changes {
		if c.Formula != "" {
			key.WriteString(string(c.Line) + "\x00" + c.Formula + "\x00" + c.Pointer + "\x00")
		}
	}
	if !in.model.AsksLive(in.changes) {
		return key.String()
	}
	for _, launch := range in.model.Launches {
		key.WriteString(launch.Code + "\x00" + strconv.Itoa(int(launch.Month)) + "\x00")
	}
	return key.String()
}

// Check returns what is wrong with what scenarios pull together, and may be
// stored: levers without those they require, beside those they exclude, or
// pulled twice; changes that can touch no month of the plan. A lever that a
// parent pulls is pulled in all its children.
func Check(model budget.Model, all []Scenario) problem.List {
	var problems problem.List
	for _, s := range all {
		for _, change := range s.Changes {
			problems = append(problems, model.CheckChange(change)...)
		}
		problems = append(problems, checkLevers(model, all, s)...)
	}
	return problems
}

// A pull is a lever of a scenario and the scenario that pulls it.
type pull struct {
	budget.Lever
	by Scenario
}

func checkLevers(model budget.Model, all []Scenario, s Scenario) problem.List {
	descent, _ := chain(all, s.ID)
	var problems problem.List
	var before []pull
	every := pulls(model, descent)
	for i, this := range every {
		if this.by.ID != s.ID {
			before = append(before, this)
			continue
		}
		report := func(key string, args problem.Args) {
			args["lever"], args["scenario"] = this.Code, string(s.Code)
			at := i - (len(every) - len(s.Levers))
			problems = append(problems, problem.Problem{
				Kind: problem.Invalid, Key: key, Args: args,
				Pointer: document.Pointer("/scenarios", s.ID, "levers", strconv.Itoa(at)),
			})
		}
		for _, earlier := range before {
			switch {
			case earlier.ID == this.ID:
				report("scenarios.lever_twice", problem.Args{"by": string(earlier.by.Code)})
			case budget.Excluded(earlier.Lever, this.Lever):
				report("scenarios.lever_excluded", problem.Args{"other": earlier.Code, "by": string(earlier.by.Code)})
			}
		}
		for _, id := range this.Requires {
			if !slices.ContainsFunc(every, func(p pull) bool { return p.ID == id }) {
				required, _ := model.Lever(id)
				report("scenarios.lever_requires", problem.Args{"other": required.Code})
			}
		}
		before = append(before, this)
	}
	return problems
}

// pulls lists the levers of a line of descent, the root's first.
func pulls(model budget.Model, descent []Scenario) []pull {
	var all []pull
	for _, s := range descent {
		for _, id := range s.Levers {
			if lever, ok := model.Lever(id); ok {
				all = append(all, pull{lever, s})
			}
		}
	}
	return all
}

// missingActuals notes where a scenario closes months and actuals are missing,
// so that the plan's values stand there.
func (in settling) missingActuals(s Scenario) problem.List {
	if in.model.Closed() == 0 {
		return nil
	}
	note := func(key string, args problem.Args) problem.Problem {
		args["scenario"], args["month"] = string(s.Code), in.model.Through.String()
		return problem.Problem{
			Kind: problem.Invalid, Pointer: document.Pointer("/scenarios", s.ID, "actuals_through"), Key: key, Args: args,
		}
	}
	if len(in.model.Actuals) == 0 {
		return problem.List{note("scenarios.no_actuals", problem.Args{})}
	}
	var notes problem.List
	lines, cells := in.model.MissingActuals()
	for i, line := range lines {
		notes = append(notes, note("scenarios.actual_missing", problem.Args{
			"line": line.Code, "cells": strconv.Itoa(cells[i]),
		}))
	}
	return notes
}
