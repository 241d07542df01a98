package formula

import (
	"slices"
	"strings"
)

// What a trace holds at most: steps in all, and operands of one step.
const (
	mostSteps    = 500
	mostOperands = 64
)

// A Step is one cell of a trace and what it was made from.
type Step struct {
	// Line is the line's code and Lane the members of the cell, one for each of
	// the line's dimensions.
	Line string
	Lane []string
	// Period is -1 or less for an opening value, and for one of the line's
	// history, which History says.
	Period  int
	History bool
	// Value is the settled value; NaN with a Fault.
	Value float64
	Fault *Fault
	Unit  string
	// Formula is the text as typed, empty for an input; WithValues is the same
	// with the numbers it was evaluated on in place of names.
	Formula, WithValues string
	// Adjustments are those that applied, in order.
	Adjustments []TraceAdjustment
	// Operands are the cells the formula read, in order of reading, each once.
	Operands []*Step
	// Cut says that the step has operands that are not here: they stand below
	// another step of the same cell, or there are too many.
	Cut bool
}

// A TraceAdjustment is an adjustment as it applied to a cell. Before is NaN
// where the cell had failed, After where it still had.
type TraceAdjustment struct {
	Op                   Op
	Value, Before, After float64
	// Kind, Code and Source are those of the Adjustment.
	Kind         StepKind
	Code, Source string
}

// Trace returns how a cell came about, down to the inputs, nil where there is
// no such cell or it is withheld. The results must be the program's own. Each
// cell is explained once, the nearest to the top, and a trace has at most some
// hundred steps. Behind a veil an opaque line is a step without operands.
func (p *Program) Trace(r *Results, code string, lane, period int) *Step {
	line, ok := p.names.lines[code]
	if !ok || !r.veil.shows(code) || period < 0 || period >= p.months() || lane < 0 || lane >= p.slots[line].lanes {
		return nil
	}
	t := &tracer{results: r, seen: map[place]bool{}}
	root := place{slot: line, lane: lane, period: period}
	top := t.step(root)
	t.steps, t.seen[root] = 1, true
	queue := []todo{{root, top}}
	for ; len(queue) > 0; queue = queue[1:] {
		queue = append(queue, t.expand(queue[0])...)
	}
	return top
}

// A place is a cell. Before the plan, past says that its history is meant.
type place struct {
	slot, lane, period int
	past               bool
}

// A todo is a step whose operands are still to be found.
type todo struct {
	place
	step *Step
}

// A tracer is Trace at work.
type tracer struct {
	results *Results
	seen    map[place]bool
	steps   int
}

// step describes a cell without its operands.
func (t *tracer) step(at place) *Step {
	p := t.results.prog
	s := p.slots[at.slot]
	step := &Step{
		Line: s.code, Lane: p.membersOf(s, at.lane), Period: at.period, History: at.past,
		Unit: p.units[s.index].unit.String(), Formula: p.scope.Lines[s.index].Formula,
	}
	f := t.results.run.frame()
	f.enter(s, at.lane, at.period)
	read := f.look
	if at.past {
		read = f.history
	}
	if step.Value = read(s); step.Value != step.Value {
		fault := t.results.veil.fault(s.code, f.fault)
		step.Fault = &fault
	}
	if at.period < 0 || t.results.veil.closes(s.code) {
		step.Formula = ""
	}
	return step
}

// expand adds a step's adjustments and operands and returns the operands that
// are to be expanded in turn.
func (t *tracer) expand(at todo) []todo {
	p := t.results.prog
	s := p.slots[at.slot]
	veil := t.results.veil
	if at.period < 0 || veil.closes(s.code) {
		return nil
	}
	f := t.results.run.frame()
	f.enter(s, at.lane, at.period)
	f.trace = &tracing{}
	at.step.Adjustments = f.adjustments(s, at.lane, at.period)
	if !veil.opens(s.code) {
		at.step.conceal()
		return nil
	}
	read := f.trace.read
	at.step.WithValues = t.withValues(s, at)
	var next []todo
	for i, operand := range read {
		if !veil.shows(p.slots[operand.slot].code) {
			continue // no open line reads one; if one did, this would not tell
		}
		if i == mostOperands || t.steps >= mostSteps {
			at.step.Cut = true
			break
		}
		step := t.step(operand)
		t.steps++
		at.step.Operands = append(at.step.Operands, step)
		if t.seen[operand] {
			step.Cut = !p.slots[operand.slot].input && p.slots[operand.slot].broken == nil && operand.period >= 0
			continue
		}
		t.seen[operand] = true
		next = append(next, todo{operand, step})
	}
	return next
}

// adjustments evaluates a cell again and returns how its adjustments changed
// it.
func (f *frame) adjustments(s *slot, lane, period int) []TraceAdjustment {
	var all []TraceAdjustment
	v := f.base(s, lane, period)
	for i := range f.adjust[s.index] {
		a := &f.adjust[s.index][i]
		if !a.applies(lane, period) {
			continue
		}
		before := v
		v = f.apply(a, v)
		all = append(all, TraceAdjustment{Op: a.Op, Value: a.Value, Before: before, After: v, Kind: a.Kind, Code: a.Code, Source: a.Source})
	}
	return all
}

// tracing notes the cells of lines that an expression reads, in order.
type tracing struct {
	read  []place
	noted map[place]bool
}

// note reads a cell and notes it.
func (t *tracing) note(f *frame, s *slot) float64 {
	if f.period < f.months {
		t.add(place{slot: s.index, lane: s.lane(f.member), period: f.period})
	}
	return f.look(s)
}

// notePast notes that a line's history is read.
func (t *tracing) notePast(f *frame, s *slot) {
	t.add(place{slot: s.index, lane: s.lane(f.member), period: f.period, past: true})
}

// add notes a cell, once.
func (t *tracing) add(at place) {
	if t.noted[at] {
		return
	}
	if t.noted == nil {
		t.noted = map[place]bool{}
	}
	t.noted[at] = true
	t.read = append(t.read, at)
}

// atoms lists the outermost pieces of a formula whose value a reader wants to
// see in their place: a line, a calendar name, or a function that reads other
// cells. They come in the order of the text.
func atoms(tree *node) []*node {
	var all []*node
	var seek func(n *node)
	seek = func(n *node) {
		reading := n.op == opCall && (n.fn.loops || n.fn.reach != nil || n.fn.series != nil || n.name == "ramp" || n.name == "live")
		if n.op == opLine || n.op == opCalendar || n.op == opPick || reading {
			if !n.implied {
				all = append(all, n)
			}
			return
		}
		for _, arg := range n.args {
			seek(arg)
		}
	}
	seek(tree)
	slices.SortFunc(all, func(a, b *node) int { return int(a.from - b.from) })
	return all
}

// withValues writes a line's formula with the numbers in place.
func (t *tracer) withValues(s *slot, at todo) string {
	if s.tree == nil || s.broken != nil {
		return at.step.Formula
	}
	src, _ := scan(t.results.prog.scope.Lines[s.index].Formula)
	src.read()
	var text strings.Builder
	done := 0
	for _, a := range atoms(s.tree) {
		span := src.span(a)
		if span.Start < done || a.dims.minus(t.results.prog.names.lineDims[s.index]) != 0 {
			continue
		}
		f := t.results.run.frame()
		f.enter(s, at.lane, at.period)
		v := f.eval(a)
		if v != v {
			continue
		}
		text.WriteString(string(src.typed[done:span.Start]))
		if v < 0 {
			text.WriteString("(" + write(v) + ")")
		} else {
			text.WriteString(write(v))
		}
		done = span.End
	}
	text.WriteString(string(src.typed[done:]))
	return text.String()
}
