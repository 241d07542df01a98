package live

import (
	"fmt"
	"maps"
	"reflect"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/method"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/scenarios"
	"centerplan/store"
)

// A Head is a plan at one revision. It is immutable, apart from results that
// are worked out when first asked for and from what people can undo, and safe
// for concurrent use.
type Head struct {
	State
	// Problems are those a plan may be stored with.
	Problems problem.List
	// Links tells how far each of the five links has come.
	Links []method.State

	steps   atomic.Pointer[map[store.Actor]steps]
	sizer   *capacity.Sizer
	mu      sync.Mutex
	results map[scenarios.Code]func() (*scenarios.Outcome, error)
	// earlier are outcomes of the head before, for those that follow them.
	earlier map[scenarios.Code]*scenarios.Outcome
	// sights is what people see, by what they may see.
	sights map[string]func() *sight
	// sealed is the plan as it was sealed, nil before.
	sealed *sealedPlan
	// ever has the lines that were sensitive in any revision, where that is known
	// from a later one.
	ever rights.Ever
	// past says that this is an earlier revision, which nobody edits.
	past bool
	// whatIfs are bridges and sensitivities that somebody asked for.
	whatIfs whatIfs
}

// A State is a plan's document at one revision and what was read from it.
type State struct {
	Rev      store.Rev
	Updated  time.Time
	Document document.Node
	Plan     planning.Plan
	Book     *scenarios.Book
}

func newHead(state State, sizer *capacity.Sizer) *Head {
	return &Head{
		State: state, Problems: state.Plan.Check(state.Book), Links: state.Plan.Links(state.Book),
		sizer: sizer, results: map[scenarios.Code]func() (*scenarios.Outcome, error){},
		earlier: map[scenarios.Code]*scenarios.Outcome{}, sights: map[string]func() *sight{},
	}
}

// Outcome returns the results of a scenario, evaluated once per head. The
// empty code is base; a code the plan does not have is NotFound.
func (h *Head) Outcome(code scenarios.Code) (*scenarios.Outcome, error) {
	scenario, err := h.Book.Scenario(code)
	if err != nil {
		return nil, err
	}
	if h.sealed.has(scenario.Code) {
		return h.sealed.outcome(scenario.Code)
	}
	h.mu.Lock()
	evaluate, ok := h.results[scenario.Code]
	if !ok {
		evaluate = sync.OnceValues(func() (*scenarios.Outcome, error) {
			return h.evaluate(scenario.Code)
		})
		h.results[scenario.Code] = evaluate
	}
	h.mu.Unlock()
	return evaluate()
}

// Notes returns what is lawful but worth knowing about the plan, its formulas
// and what they come to in base.
func (h *Head) Notes() problem.List {
	notes := append(h.Plan.Notes(), h.Book.Notes()...)
	if base, err := h.Outcome(scenarios.Base); err == nil {
		notes = append(notes, base.Notes()...)
	}
	return notes
}

// evaluate turns a panic, which is a bug in the core, into an error: the plan
// stays open to everything that does not need this scenario's numbers.
func (h *Head) evaluate(code scenarios.Code) (out *scenarios.Outcome, err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("evaluate scenario %s at revision %d: panic: %v\n%s", code, h.Rev, panicked, debug.Stack())
		}
	}()
	return h.Book.Again(h.takeEarlier(code), code, h.sizer)
}

// keepEarlier keeps an outcome of the head before until this head's own is
// evaluated, which then takes over what did not change.
func (h *Head) keepEarlier(code scenarios.Code, outcome *scenarios.Outcome) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, asked := h.results[code]; !asked {
		h.earlier[code] = outcome
	}
}

func (h *Head) takeEarlier(code scenarios.Code) *scenarios.Outcome {
	h.mu.Lock()
	defer h.mu.Unlock()
	outcome := h.earlier[code]
	delete(h.earlier, code)
	return outcome
}

// evaluated returns the scenarios someone asked for, in a fixed order.
func (h *Head) evaluated() []scenarios.Code {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Sorted(maps.Keys(h.results))
}

// A Ref names a change that can be undone or redone.
type Ref struct {
	Rev   store.Rev `json:"rev"`
	Label string    `json:"label"`
}

// CanUndo returns the change that Undo takes back for the actor, nil if none.
func (h *Head) CanUndo(actor store.Actor) *Ref { return top(h.stepsOf(actor).undo) }

// CanRedo returns the undo that Redo takes back for the actor, nil if none.
func (h *Head) CanRedo(actor store.Actor) *Ref { return top(h.stepsOf(actor).redo) }

// keepSteps takes what people can undo and redo from here on.
func (h *Head) keepSteps(of *journal) {
	all := of.steps()
	h.steps.Store(&all)
}

func (h *Head) stepsOf(actor store.Actor) steps {
	if all := h.steps.Load(); all != nil {
		return (*all)[actor]
	}
	return steps{}
}

// changedLines returns the codes of the lines whose results differ from those
// of the head before, in the scenarios evaluated there. Scenarios without such
// a line are left out. Each of those scenarios is evaluated on this head.
func (h *Head) changedLines(before *Head, warn func(error)) map[scenarios.Code][]string {
	changed := map[scenarios.Code][]string{}
	for _, code := range before.evaluated() {
		if _, err := h.Book.Scenario(code); err != nil {
			continue // this change took it away
		}
		then, failed := before.Outcome(code)
		if failed == nil {
			h.keepEarlier(code, then)
		}
		now, err := h.Outcome(code)
		if err != nil {
			warn(err)
			continue
		}
		if lines := differing(then, now, failed != nil); len(lines) > 0 {
			changed[code] = lines
		}
	}
	return changed
}

// differing compares two outcomes line by line; all says to take every line
// without looking.
func differing(then, now *scenarios.Outcome, all bool) []string {
	all = all || !reflect.DeepEqual(then.Model.Calendar, now.Model.Calendar) ||
		!reflect.DeepEqual(then.Model.Dimensions, now.Model.Dimensions)
	var lines []string
	for _, line := range now.Model.Lines {
		if all || !scenarios.Same(then, now, line.Code) {
			lines = append(lines, line.Code)
		}
	}
	return lines
}
