package live

import (
	"context"
	"slices"
	"strconv"

	"centerplan/budget"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/scenarios"
	"centerplan/store"
)

// A Trial is a formula that somebody types and has not stored.
type Trial struct {
	// Base is the revision the editor saw, 0 if they do not say.
	Base store.Rev
	// Scenario is where the formula would stand: in base it is the line's own, in
	// any other scenario a change of it.
	Scenario scenarios.Code
	// Line is the line's code.
	Line    string
	Formula string
}

// A Tried is what a formula would come to.
type Tried struct {
	// Rev is the revision it was tried on.
	Rev store.Rev
	// Pointer is where the formula would stand.
	Pointer string
	// Problems are those of the formula itself, then those that it would make
	// elsewhere.
	Problems problem.List
	// Column has the line's results.
	Column scenarios.Column
}

// Try evaluates a line as if its formula were another one. Nothing is stored and
// nobody else hears of it. It asks for the rights of the edit that would store the
// formula, and refuses what that edit would be refused for, a missing reason
// apart; the results are told as they would be after it.
func (a *Access) Try(ctx context.Context, id store.PlanID, trial Trial) (*Tried, error) {
	view, err := a.View(ctx, id)
	if err != nil {
		return nil, err
	}
	if a.who.ReadOnly {
		return nil, readOnlyKey()
	}
	draft, err := a.draft(ctx, id, view, trial)
	if err != nil {
		return nil, view.told(err)
	}
	tried, err := draft.tell(view, trial)
	if err != nil {
		return nil, view.told(err)
	}
	return tried, nil
}

// A draft is a plan that is not stored.
type draft struct {
	// place is where the formula on trial stands.
	place string
	doc   document.Node
	plan  planning.Plan
	book  *scenarios.Book
}

// draft makes the plan as it would be with the formula.
func (a *Access) draft(ctx context.Context, id store.PlanID, view *View, trial Trial) (*draft, error) {
	head := view.head
	if trial.Base > head.Rev {
		return nil, futureBase(trial.Base, head.Rev)
	}
	ops, place, err := trial.patch(head)
	if err != nil {
		return nil, err
	}
	change, err := a.allowed(ctx, id, head, store.Change{Who: a.who.Actor(), Why: "try", Patch: ops})
	if err != nil {
		return nil, err
	}
	doc, _, err := patch.Apply(head.Document, change.Patch)
	if err != nil {
		return nil, err
	}
	plan, err := head.Plan.Next(doc)
	if err != nil {
		return nil, err
	}
	if err := guard(head, doc, plan, change); err != nil {
		return nil, err
	}
	return &draft{place: place, doc: doc, plan: plan, book: head.Book.Next(plan.Budget, plan.Scenarios)}, nil
}

// tell evaluates the draft and returns what the viewer may know of it: they see a
// draft by its own lines, so that it shows nothing that it would not show stored.
func (d *draft) tell(view *View, trial Trial) (*Tried, error) {
	before, err := view.head.Outcome(trial.Scenario)
	if err != nil {
		return nil, err
	}
	outcome, err := d.book.Again(before, trial.Scenario, view.head.sizer)
	if err != nil {
		return nil, err
	}
	seen := rights.Of(view.who.Person, d.doc, d.plan, d.book, view.ever)
	sheet, err := seen.Outcome(outcome).Sheet([]string{trial.Line}, scenarios.ByMonth)
	if err != nil {
		return nil, err
	}
	problems, _ := seen.Problems(d.problems(view.head.Book.Problems()))
	return &Tried{Rev: view.head.Rev, Pointer: d.place, Problems: problems, Column: sheet.Lines[trial.Line]}, nil
}

// problems lists those of the formula and those that are not there without it.
func (d *draft) problems(known problem.List) problem.List {
	old := map[string]bool{}
	for _, p := range known {
		old[p.Error()] = true
	}
	var own, others problem.List
	for _, p := range d.book.Problems() {
		switch {
		case p.Pointer == d.place:
			own = append(own, p)
		case !old[p.Error()]:
			others = append(others, p)
		}
	}
	return slices.Concat(own, others)
}

// patch returns the edit that would store the formula, and where it would stand.
func (t Trial) patch(head *Head) (ops []patch.Op, place string, err error) {
	line, ok := head.Plan.Budget.ByCode(t.Line)
	if !ok {
		return nil, "", problem.Problem{
			Kind: problem.NotFound, Pointer: "/budget/lines", Key: "budget.unknown_line", Args: problem.Args{"line": t.Line},
		}
	}
	scenario, err := head.Book.Scenario(t.Scenario)
	if err != nil {
		return nil, "", err
	}
	for _, change := range slices.Backward(scenario.Changes) {
		if change.Line == line.ID && change.Formula != "" {
			place = document.Pointer(change.Pointer, "formula")
			return t.anew(place), place, nil
		}
	}
	if scenario.Code == scenarios.Base {
		ops, place = t.ownFormula(head.Document, line)
		return ops, place, nil
	}
	ops, place = t.addChange(head.Document, scenario, line)
	return ops, place, nil
}

// anew takes the formula at the place away and puts the one on trial there. To
// replace it by the same would be no change, and so anybody's right.
func (t Trial) anew(place string) []patch.Op {
	return []patch.Op{{Op: patch.Remove, Path: place}, {Op: patch.Add, Path: place, Value: t.Formula}}
}

// ownFormula gives the line the formula in the place of its values.
func (t Trial) ownFormula(doc document.Node, line budget.Line) (ops []patch.Op, place string) {
	place = document.Pointer(line.Pointer(), "formula")
	if _, has := document.Get(doc, "budget", "lines", string(line.ID), "formula"); has {
		ops = t.anew(place)
	} else {
		ops = []patch.Op{{Op: patch.Add, Path: place, Value: t.Formula}}
	}
	if values, has := document.Get(doc, "budget", "lines", string(line.ID), "values"); has {
		at := document.Pointer(line.Pointer(), "values")
		ops = append(ops, patch.Op{Op: patch.Test, Path: at, Value: values}, patch.Op{Op: patch.Remove, Path: at})
	}
	return ops, place
}

// addChange gives the line the formula in the scenario.
func (t Trial) addChange(doc document.Node, scenario scenarios.Scenario, line budget.Line) (ops []patch.Op, place string) {
	at := document.Pointer("/scenarios", scenario.ID, "changes")
	change := document.Object{"line": string(line.ID), "formula": t.Formula}
	node, has := document.Get(doc, "scenarios", scenario.ID, "changes")
	changes, _ := node.(document.Object)
	id := "try"
	for n := 1; changes[id] != nil; n++ {
		id = "try" + strconv.Itoa(n)
	}
	if !has {
		ops = []patch.Op{{Op: patch.Add, Path: at, Value: document.Object{id: change}}}
	} else {
		ops = []patch.Op{{Op: patch.Add, Path: document.Pointer(at, id), Value: change}}
	}
	return ops, document.Pointer(at, id, "formula")
}
