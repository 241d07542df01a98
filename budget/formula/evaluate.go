package formula

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"centerplan/budget/capacity"
	"centerplan/planning/problem"
)

// Results are the settled cells of one evaluation. They are immutable and safe
// for concurrent use.
type Results struct {
	prog  *Program
	cells []cells // by slot
	run   *run
}

// cells are the values of a slot, by period*lanes+lane, and the faults of
// those that failed.
type cells struct {
	values []float64
	faults map[int]Fault
}

// A run is one evaluation: the program with its numbers.
type run struct {
	prog    *Program
	months  int
	cells   []cells
	opening [][]float64 // by line
	past    [][]float64
	values  [][]float64
	adjust  [][]Adjustment
	sizer   *capacity.Sizer
}

// A frame is where an expression is evaluated: the month and the members it is
// evaluated for, and the cell it is evaluated within.
type frame struct {
	*run
	// plain says that a cell in the plan may be read where it lies: no tracing
	// and no rolling up.
	plain  bool
	period int
	// member is the current member of each dimension; -1 is all of them, in a
	// roll-up.
	member []int
	// fault is why the last code gave NaN.
	fault Fault
	stack []float64
	saved []int
	// slot, lane and home are the cell being evaluated.
	slot       *slot
	lane, home int
	trace      *tracing
	roll       *rolling
	// beside remembers parts of formulas at places that no stage has filled.
	beside map[place]rolled
}

// Evaluate runs the program on the numbers. It is deterministic: the same
// program and inputs give the same results to the bit. A nil sizer is a new
// one; passing one keeps what it has sized for the next evaluation. The inputs
// must not change as long as the results are traced.
func (p *Program) Evaluate(in Inputs, sizer *capacity.Sizer) *Results {
	r := p.newRun(in, sizer)
	for i, s := range p.slots {
		values := make([]float64, s.lanes*r.months)
		for j := range values {
			values[j] = nan()
		}
		r.cells[i] = cells{values: values}
	}
	f := r.frame()
	for _, stage := range p.stages {
		switch stage.way {
		case backward:
			for period := r.months - 1; period >= 0; period-- {
				f.month(stage.slots, period)
			}
		default:
			for period := range r.months {
				f.month(stage.slots, period)
			}
		}
	}
	return &Results{prog: p, cells: r.cells, run: r}
}

func (p *Program) newRun(in Inputs, sizer *capacity.Sizer) *run {
	if sizer == nil {
		sizer = capacity.NewSizer()
	}
	n := len(p.scope.Lines)
	r := &run{
		prog: p, months: p.months(), cells: make([]cells, len(p.slots)), sizer: sizer,
		opening: make([][]float64, n), past: make([][]float64, n), values: make([][]float64, n), adjust: make([][]Adjustment, n),
	}
	for code, line := range p.names.lines {
		r.opening[line], r.values[line], r.adjust[line] = in.Opening[code], in.Values[code], in.Adjust[code]
		r.past[line] = in.History[code]
	}
	return r
}

// frame returns a frame outside every cell.
func (r *run) frame() *frame {
	member := make([]int, len(r.prog.scope.Dimensions))
	for i := range member {
		member[i] = -1
	}
	return &frame{run: r, plain: true, member: member}
}

// month evaluates the cells of one month, slot by slot.
func (f *frame) month(slots []int, period int) {
	for _, index := range slots {
		s := f.prog.slots[index]
		c := &f.cells[index]
		for lane := range s.lanes {
			v := f.cell(s, lane, period)
			at := period*s.lanes + lane
			c.values[at] = v
			if v != v {
				if c.faults == nil {
					c.faults = map[int]Fault{}
				}
				c.faults[at] = f.fault
			}
		}
	}
}

// enter places the frame in a cell.
func (f *frame) enter(s *slot, lane, period int) {
	f.slot, f.lane, f.home, f.period = s, lane, period, period
	for i := range f.member {
		f.member[i] = -1
	}
	for i, dim := range s.dims {
		f.member[dim] = lane / s.stride[i] % s.size[i]
	}
}

// cell returns the settled value of a cell.
func (f *frame) cell(s *slot, lane, period int) float64 {
	f.enter(s, lane, period)
	v := f.base(s, lane, period)
	if s.helper {
		return v
	}
	for i := range f.adjust[s.line] {
		a := &f.adjust[s.line][i]
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
	case s.run == nil:
		return f.fail("formula.internal", nil)
	default:
		return s.run(f)
	}
}

// input returns a cell of an input line.
func (f *frame) input(s *slot, lane, period int) float64 {
	v := given(f.values[s.line], period*s.lanes+lane)
	if v != v && s.empty == EmptyHold {
		for before := period - 1; before >= 0 && v != v; before-- {
			v = given(f.values[s.line], before*s.lanes+lane)
		}
		if v != v {
			v = given(f.opening[s.line], lane)
		}
	}
	if v == v {
		return f.finite(v)
	}
	if s.empty == EmptyZero {
		return 0
	}
	return f.fail("formula.missing_input", problem.Args{
		"line": s.code, "month": f.prog.scope.Calendar.Month(period).String(), "cell": f.prog.cellName(s, lane),
	})
}

// given returns a number if there is one, else NaN.
func given(values []float64, i int) float64 {
	if i < len(values) {
		return values[i]
	}
	return nan()
}

// readHard reads a cell that does not simply lie there.
func (f *frame) readHard(s *slot) float64 {
	if f.roll != nil {
		return f.roll.read(f, s)
	}
	if f.trace != nil {
		return f.trace.note(f, s)
	}
	return f.look(s)
}

// look reads a cell or says why there is none: before the plan a line has its
// opening. A part of a formula is evaluated there, and in a month that its
// stage has not come to.
func (f *frame) look(s *slot) float64 {
	lane := s.lane(f.member)
	if f.period >= 0 && f.period < f.months {
		at := f.period*s.lanes + lane
		v := f.cells[s.index].values[at]
		_, failed := f.cells[s.index].faults[at]
		switch {
		case v == v:
			return v
		case failed || !s.helper:
			f.fault = f.reason(s, at)
			return v
		}
	}
	if s.helper {
		return f.evaluateBeside(s, lane)
	}
	if f.period >= f.months {
		return f.fail("formula.past_end", problem.Args{"function": "next"})
	}
	v := given(f.opening[s.line], lane)
	if v == v {
		return f.finite(v)
	}
	if s.input && s.empty == EmptyZero {
		return 0
	}
	return f.fail("formula.missing_opening", problem.Args{"line": s.code, "cell": f.prog.cellName(s, lane)})
}

// evaluateBeside evaluates a part of a formula once for each place. All that it
// reads there is settled, or the order of months would not have been found.
func (f *frame) evaluateBeside(s *slot, lane int) float64 {
	at := place{slot: s.index, lane: lane, period: f.period}
	known, done := f.beside[at]
	if !done {
		known.value = s.run(f)
		known.fault = f.fault
		if f.beside == nil {
			f.beside = map[place]rolled{}
		}
		f.beside[at] = known
	}
	if known.value != known.value {
		f.fault = known.fault
	}
	return known.value
}

// reason returns why a cell failed. Where it began in a part of the formula
// being evaluated, the lane is this cell's.
func (f *frame) reason(s *slot, at int) Fault {
	reason, ok := f.cells[s.index].faults[at]
	if !ok {
		f.fail("formula.internal", nil)
		return f.fault
	}
	if s.helper && reason.Lane < 0 && !f.slot.helper && reason.Line == f.slot.code {
		reason.Lane = f.lane
	}
	return reason
}

// fail records why there is no value, and that it began in the current cell.
func (f *frame) fail(key string, args problem.Args) float64 {
	f.fault = Fault{Key: key, Args: args, Lane: -1, Period: f.home}
	if f.slot == nil {
		return nan()
	}
	f.fault.Line, f.fault.Lane = f.slot.code, f.lane
	if f.slot.helper {
		f.fault.Lane = -1
		if owner := f.prog.slots[f.slot.line]; !slices.ContainsFunc(owner.dims, func(dim int) bool { return !slices.Contains(f.slot.dims, dim) }) {
			f.fault.Lane = owner.lane(f.member)
		}
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

// write writes a number for a message, with full precision.
func write(v float64) string {
	if a := math.Abs(v); a >= 1e-4 && a < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// Series returns a line's cells, and false where there is no such line.
func (r *Results) Series(code string) (Series, bool) {
	line, ok := r.prog.names.lines[code]
	if !ok {
		return Series{}, false
	}
	s := r.prog.slots[line]
	by := make([]string, len(s.dims))
	for i, dim := range s.dims {
		by[i] = r.prog.scope.Dimensions[dim].Code
	}
	return Series{
		Unit: r.prog.units[line].unit, By: by, Lanes: s.lanes,
		Values: r.cells[line].values, Faults: r.cells[line].faults,
	}, true
}
