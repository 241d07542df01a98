package formula

import (
	"errors"
	"slices"

	"centerplan/planning/problem"
)

// A frame is where an expression is evaluated: the month and the members it is
// evaluated for, and the cell it is evaluated within.
type frame struct {
	*run
	period int
	// member is the current member of each dimension; -1 is all of them, in a
	// roll-up.
	member []int
	// fault is why the last evaluation gave NaN.
	fault Fault
	stack []float64
	// slot, lane and home are the cell being evaluated, if it is one.
	slot       *slot
	lane, home int
	trace      *tracing
	roll       *rolling
	// known remembers parts of the cell's formula.
	known map[exprKey]rolled
}

// frame returns a frame outside every cell.
func (r *run) frame() *frame {
	r.prog.prepare()
	member := make([]int, len(r.prog.scope.Dimensions))
	for i := range member {
		member[i] = -1
	}
	return &frame{run: r, member: member}
}

// explainer returns a frame that is used again and again.
func (r *run) explainer() *frame {
	if r.helper == nil {
		r.helper = r.frame()
	}
	return r.helper
}

// forget drops what is remembered of another cell.
func (f *frame) forget() {
	if len(f.known) > 0 {
		clear(f.known)
	}
}

// enter places the frame in a cell.
func (f *frame) enter(s *slot, lane, period int) {
	f.forget()
	f.slot, f.lane, f.home, f.period = s, lane, period, period
	for i := range f.member {
		f.member[i] = -1
	}
	for i, dim := range s.dims {
		f.member[dim] = lane / s.stride[i] % s.size[i]
	}
}

// explain finds the reason of every failed cell of the stages, in the order
// they settle.
func (r *run) explain(stages []int) {
	for _, i := range stages {
		s := &r.prog.stages[i]
		if !slices.ContainsFunc(s.columns, func(c int) bool { return r.failed[c] }) {
			continue
		}
		switch s.way {
		case whole:
			r.explainMonths(s, 0, r.months)
		case backward:
			for period := r.months - 1; period >= 0; period-- {
				r.explainMonths(s, period, 1)
			}
		default:
			for period := range r.months {
				r.explainMonths(s, period, 1)
			}
		}
	}
}

// explainMonths finds the reasons in so many months from a month on.
func (r *run) explainMonths(s *stage, from, months int) {
	for _, index := range s.columns {
		c := r.prog.columns[index]
		if c.helper || !r.failed[index] {
			continue
		}
		cells := r.cells(c)
		for at := from * c.lanes; at < (from+months)*c.lanes; at++ {
			if cells[at] != cells[at] {
				r.explainCell(c, at)
			}
		}
	}
}

// explainCell finds the reason of a failed cell.
func (r *run) explainCell(c *column, at int) {
	f := r.explainer()
	if v := f.cell(r.prog.slots[c.line], at%c.lanes, at/c.lanes); v == v {
		f.fail("formula.internal", nil)
	}
	if r.faults[c.line] == nil {
		r.faults[c.line] = map[int]Fault{}
	}
	r.faults[c.line][at] = f.fault
}

// cell returns the settled value of a cell.
func (f *frame) cell(s *slot, lane, period int) float64 {
	f.enter(s, lane, period)
	v := f.base(s, lane, period)
	for i := range f.adjust[s.index] {
		a := &f.adjust[s.index][i]
		if a.applies(lane, period) {
			v = f.apply(a, v)
		}
	}
	return v
}

// applies reports whether the adjustment is one of the cell.
func (a *Adjustment) applies(lane, period int) bool {
	return period >= a.From && period <= a.To && (a.Lanes == nil || slices.Contains(a.Lanes, lane))
}

// apply adjusts a value. Only a Set makes a failed one good.
func (f *frame) apply(a *Adjustment, v float64) float64 {
	switch {
	case a.Op == Set:
		return f.finite(a.Value)
	case v != v:
		return v
	case a.Op == Scale:
		return f.finite(v * a.Value)
	default:
		return f.finite(v + a.Value)
	}
}

// base returns a cell's value before its adjustments.
func (f *frame) base(s *slot, lane, period int) float64 {
	switch {
	case s.broken != nil:
		return f.fail(s.broken.Key, s.broken.Args)
	case s.input:
		return f.input(s, lane, period)
	case s.tree == nil:
		return f.fail("formula.internal", nil)
	default:
		return f.eval(s.tree)
	}
}

// input returns a cell of an input line.
func (f *frame) input(s *slot, lane, period int) float64 {
	v := given(f.values[s.index], period*s.lanes+lane)
	if v != v && s.empty == EmptyHold {
		for before := period - 1; before >= 0 && v != v; before-- {
			v = given(f.values[s.index], before*s.lanes+lane)
		}
		if v != v {
			v = given(f.opening[s.index], lane)
		}
	}
	if v == v {
		return f.finite(v)
	}
	if s.empty == EmptyZero {
		return 0
	}
	return f.fail("formula.missing_input", f.missing(s, lane, period))
}

// read reads a line's cell for the current month and members.
func (f *frame) read(s *slot) float64 {
	switch {
	case f.roll != nil:
		return f.roll.read(f, s)
	case f.trace != nil:
		return f.trace.note(f, s)
	default:
		return f.look(s)
	}
}

// look reads a cell or says why there is none: before the plan a line has its
// opening.
func (f *frame) look(s *slot) float64 {
	lane := s.lane(f.member)
	switch {
	case f.period >= f.months:
		return f.fail("formula.past_end", problem.Args{"function": "next"})
	case f.period >= 0:
		at := f.period*s.lanes + lane
		v := number(f.mem[f.prog.columns[s.index].address+at])
		if v != v {
			f.because(s, at)
		}
		return v
	}
	v := given(f.opening[s.index], lane)
	if v == v {
		return f.finite(v)
	}
	if s.input && s.empty == EmptyZero {
		return 0
	}
	return f.fail("formula.missing_opening", problem.Args{"line": s.code, "cell": f.prog.cellName(s, lane)})
}

// because takes over the reason of a failed cell.
func (f *frame) because(s *slot, at int) {
	reason, ok := f.faults[s.index][at]
	if !ok {
		reason = Fault{Key: "formula.internal", Line: s.code, Lane: at % s.lanes, Period: at / s.lanes}
	}
	f.fault = reason
}

// fail records why there is no value, and that it began in the current cell.
func (f *frame) fail(key string, args problem.Args) float64 {
	f.fault = Fault{Key: key, Args: args, Lane: -1, Period: f.home}
	if f.slot != nil {
		f.fault.Line, f.fault.Lane = f.slot.code, f.lane
	}
	return nan()
}

// failWith records a problem as the reason.
func (f *frame) failWith(err error) float64 {
	if p, ok := errors.AsType[problem.Problem](err); ok {
		return f.fail(p.Key, p.Args)
	}
	return f.fail("formula.internal", nil)
}

// finite fails on what is no number of its own: Inf and NaN.
func (f *frame) finite(v float64) float64 {
	if v-v == 0 {
		return v
	}
	return f.fail("formula.not_finite", nil)
}
