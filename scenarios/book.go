package scenarios

import (
	"reflect"
	"slices"
	"strings"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Book is a model with its scenarios, compiled and ready to evaluate. It is
// immutable and safe for concurrent use.
type Book struct {
	model     budget.Model
	scenarios []Scenario
	compiled  map[string]compiled // by the key of what is in force
	problems  problem.List
	notes     problem.List
}

// compiled is what came of one set of formulas. The scope tells whether a
// later model would compile to the same.
type compiled struct {
	scope    formula.Scope
	program  *formula.Program
	problems problem.List
}

// NewBook compiles the model once for each set of formulas its scenarios put
// in force. A formula with a problem does not stop the rest: its line fails in
// every result, and Problems has the reason.
func NewBook(model budget.Model, all []Scenario) *Book {
	return (&Book{}).Next(model, all)
}

// Next returns the book of a later state of the same plan. What compiles to
// the same program as before, after an edit of a value for instance, is taken
// over instead of compiled again.
func (b *Book) Next(model budget.Model, all []Scenario) *Book {
	next := &Book{model: model, scenarios: all, compiled: map[string]compiled{}}
	seen := map[string]bool{}
	add := func(to *problem.List, found problem.List) {
		for _, p := range found {
			if text := p.Error(); !seen[text] {
				seen[text] = true
				*to = append(*to, p)
			}
		}
	}
	for _, s := range all {
		in := settle(model, all, s)
		add(&next.notes, in.missingActuals(s))
		key := in.key()
		if _, done := next.compiled[key]; done {
			continue
		}
		c := b.compile(key, in.model.Scope(in.changes))
		next.compiled[key] = c
		add(&next.problems, c.problems)
		add(&next.notes, c.program.Notes())
	}
	return next
}

func (b *Book) compile(key string, scope formula.Scope) compiled {
	if old, ok := b.compiled[key]; ok && reflect.DeepEqual(old.scope, scope) {
		return old
	}
	program, problems := formula.Compile(scope)
	return compiled{scope: scope, program: program, problems: problems}
}

// Problems returns every problem of the model's and the scenarios' formulas.
func (b *Book) Problems() problem.List { return slices.Clone(b.problems) }

// Notes returns what is lawful but worth knowing about the formulas, such as
// each use of otherwise.
func (b *Book) Notes() problem.List { return slices.Clone(b.notes) }

// Model returns the model the book was made from.
func (b *Book) Model() budget.Model { return b.model }

// Scenarios returns the scenarios in display order.
func (b *Book) Scenarios() []Scenario { return b.scenarios }

// Scenario returns the scenario with the code, or a problem of kind NotFound.
func (b *Book) Scenario(code Code) (Scenario, error) {
	if code == "" {
		code = Base
	}
	for _, s := range b.scenarios {
		if s.Code == code {
			return s, nil
		}
	}
	var known []string
	for _, s := range b.scenarios {
		known = append(known, string(s.Code))
	}
	return Scenario{}, problem.Problem{
		Kind: problem.NotFound, Pointer: "/scenarios", Key: "scenarios.unknown",
		Args: problem.Args{"scenario": string(code), "known": strings.Join(known, ", ")},
	}
}

// An Outcome is one scenario evaluated.
type Outcome struct {
	Scenario Scenario
	// Model is the plan's, with its initiatives and its last closed month as the
	// scenario has them.
	Model   budget.Model
	Program *formula.Program
	Results *formula.Results
	// Changes are those in force, in the order they apply: of initiatives, and
	// from the root scenario down of levers and scenarios.
	Changes []budget.Change
	// veil is what the results are behind; nil is nothing.
	veil *formula.Veil
}

// Evaluate evaluates the scenario with the code; the empty code is base.
func (b *Book) Evaluate(code Code, sizer *capacity.Sizer) (*Outcome, error) {
	return b.Again(nil, code, sizer)
}

// Again evaluates a scenario whose outcome in an earlier state of the plan is
// known: lines that nothing changed keep their cells. The outcome is that of
// Evaluate. Nil is no earlier outcome.
func (b *Book) Again(before *Outcome, code Code, sizer *capacity.Sizer) (*Outcome, error) {
	s, err := b.Scenario(code)
	if err != nil {
		return nil, err
	}
	in := settle(b.model, b.scenarios, s)
	out := &Outcome{
		Scenario: s, Model: in.model, Changes: in.changes,
		Program: b.compiled[in.key()].program,
	}
	var known *formula.Results
	if before != nil {
		known = before.Results
	}
	out.Results = out.Program.Again(known, in.model.Inputs(in.changes), sizer)
	return out, nil
}

// Line returns the line with the code, or a problem of kind NotFound.
func (o *Outcome) Line(code string) (budget.Line, error) {
	if line, ok := o.Model.ByCode(code); ok {
		return line, nil
	}
	return budget.Line{}, problem.Problem{
		Kind: problem.NotFound, Pointer: document.Pointer("/budget/lines"), Key: "budget.unknown_line",
		Args: problem.Args{"line": code},
	}
}
