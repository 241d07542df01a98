package formula

import (
	"slices"

	"centerplan/planning/problem"
)

// Roll returns one number for a line's cells from one period to another, both
// included, by the line's roll-up: of one lane, or of all members where lane
// is -1. Periods outside the plan are cut off. A roll-up that holds a failed
// cell is that fault; the fault is nil where there is a number. Of a line that
// is withheld there is the fault Withheld alone.
func (r *Results) Roll(code string, lane, from, to int) (float64, *Fault) {
	line, ok := r.prog.names.lines[code]
	if !ok {
		return nan(), &Fault{Key: "formula.unknown_name", Args: problem.Args{"name": code}, Lane: -1}
	}
	if !r.veil.shows(code) {
		fault := withheld(code)
		return nan(), &fault
	}
	s := r.prog.slots[line]
	f := r.run.frame()
	f.roll = &rolling{from: max(from, 0), to: min(to, r.run.months-1), memo: map[rollKey]rolled{}}
	f.slot, f.lane, f.home, f.period = s, lane, f.roll.from, f.roll.from
	if f.roll.from > f.roll.to || s.lanes == 0 || lane >= s.lanes {
		f.fail("formula.no_cells", problem.Args{"line": code})
		return nan(), &f.fault
	}
	if lane >= 0 {
		for i, dim := range s.dims {
			f.member[dim] = lane / s.stride[i] % s.size[i]
		}
	}
	if v := f.roll.line(f, s); v == v {
		return v, nil
	}
	fault := r.veil.fault(code, f.fault)
	return nan(), &fault
}

// RollsAlone reports whether a line's roll-up hangs on the line's own cells
// and nothing else: it is not weighed by another line, nor a formula of others.
func (p *Program) RollsAlone(code string) bool {
	line, ok := p.names.lines[code]
	if !ok {
		return false
	}
	kind := p.slots[line].rollup.Kind
	return kind != Weighted && kind != Formula
}

// rolling is a roll-up at work: expressions are evaluated for the periods from
// and to at once, and for all members of the dimensions whose member is -1.
type rolling struct {
	from, to int
	memo     map[rollKey]rolled
}

// A rollKey names a rolled-up slot.
type rollKey struct {
	slot, from, to int
	members        string
}

type rolled struct {
	value float64
	fault Fault
}

// read rolls up what an expression refers to, once.
func (r *rolling) read(f *frame, s *slot) float64 {
	members := make([]byte, 0, 4*len(s.dims))
	for _, dim := range s.dims {
		m := f.member[dim]
		members = append(members, byte(m), byte(m>>8), byte(m>>16), byte(m>>24))
	}
	key := rollKey{s.index, r.from, r.to, string(members)}
	if known, ok := r.memo[key]; ok {
		f.fault = known.fault
		return known.value
	}
	slot, lane, home := f.slot, f.lane, f.home
	f.slot, f.lane, f.home = s, r.lane(f, s), r.from
	v := r.line(f, s)
	f.slot, f.lane, f.home = slot, lane, home
	known := rolled{value: v}
	if v != v {
		known.fault = f.fault
	}
	r.memo[key] = known
	return v
}

// lane returns the lane of the current members, -1 where they are several.
func (r *rolling) lane(f *frame, s *slot) int {
	for _, dim := range s.dims {
		if f.member[dim] < 0 {
			return -1
		}
	}
	return s.lane(f.member)
}

// line rolls up a line for the current members.
func (r *rolling) line(f *frame, s *slot) float64 {
	lanes := r.lanes(f, s)
	values, faults := f.cells(f.prog.columns[s.index]), f.faults[s.index]
	for period := r.from; period <= r.to && len(faults) > 0; period++ {
		for _, lane := range lanes {
			if fault, failed := faults[period*s.lanes+lane]; failed {
				f.fault = fault
				return nan()
			}
		}
	}
	switch {
	case len(lanes) == 1 && r.from == r.to:
		return values[r.from*s.lanes+lanes[0]]
	case s.unrolled != nil:
		return f.fail(s.unrolled.Key, s.unrolled.Args)
	case s.rollup.Kind == Weighted:
		return r.weighted(f, s, lanes)
	case s.rollup.Kind == Formula:
		return r.formula(f, s, lanes)
	}
	return f.finite(r.gather(values, s, lanes))
}

// lanes lists the lanes that the current members select, in order.
func (r *rolling) lanes(f *frame, s *slot) []int {
	var lanes []int
	for lane := range s.lanes {
		selected := true
		for i, dim := range s.dims {
			if m := f.member[dim]; m >= 0 && m != lane/s.stride[i]%s.size[i] {
				selected = false
			}
		}
		if selected {
			lanes = append(lanes, lane)
		}
	}
	return lanes
}

// gather rolls up numbers, month by month and within a month lane by lane.
func (r *rolling) gather(values []float64, s *slot, lanes []int) float64 {
	from, to := r.from, r.to
	switch s.rollup.Kind {
	case Last:
		from = to
	case First:
		to = from
	default: // all others gather the whole range
	}
	total := values[from*s.lanes+lanes[0]]
	cells := 0
	for period := from; period <= to; period++ {
		for _, lane := range lanes {
			cells++
			if cells == 1 {
				continue
			}
			v := values[period*s.lanes+lane]
			switch s.rollup.Kind {
			case Min:
				total = min(total, v)
			case Max:
				total = max(total, v)
			default:
				total += v
			}
		}
	}
	if s.rollup.Kind == Average {
		return total / float64(cells)
	}
	return total
}

// weighted is the mean of the cells weighted by another line, which is itself
// rolled up over dimensions that this line does not have.
func (r *rolling) weighted(f *frame, s *slot, lanes []int) float64 {
	by := f.prog.slots[f.prog.names.lines[s.rollup.By]]
	members := slices.Clone(f.member)
	from, to := r.from, r.to
	defer func() { copy(f.member, members); r.from, r.to = from, to }()
	sum, weights := 0.0, 0.0
	for dim := range f.member { // who asks for one member must not choose the weight's
		f.member[dim] = -1
	}
	for period := from; period <= to; period++ {
		for _, lane := range lanes {
			for i, dim := range s.dims {
				f.member[dim] = lane / s.stride[i] % s.size[i]
			}
			r.from, r.to = period, period
			w := r.read(f, by)
			if w != w {
				return w
			}
			sum += float64(f.cells(f.prog.columns[s.index])[period*s.lanes+lane] * w)
			weights += w
		}
	}
	if weights == 0 {
		return f.fail("formula.no_weight", problem.Args{"line": s.code, "by": by.code})
	}
	return f.finite(sum / weights)
}

// formula evaluates a line's formula on rolled-up operands and adjusts what
// comes of it as its cells were adjusted. An adjustment of some of the cells
// says nothing of their total.
func (r *rolling) formula(f *frame, s *slot, lanes []int) float64 {
	if s.tree == nil || s.broken != nil || boundToMonth(s.tree) {
		return f.fail("formula.rollup_function", problem.Args{"line": s.code})
	}
	v := f.eval(s.tree)
	for i := range f.adjust[s.index] {
		a := &f.adjust[s.index][i]
		some, all := r.touches(a, lanes)
		switch {
		case all:
			v = f.apply(a, v)
		case some:
			return f.fail("formula.rollup_changed", problem.Args{"line": s.code})
		}
	}
	return v
}

// touches reports whether an adjustment applies to some of the cells that are
// rolled up, and whether to all of them.
func (r *rolling) touches(a *Adjustment, lanes []int) (some, all bool) {
	all = true
	for period := r.from; period <= r.to; period++ {
		for _, lane := range lanes {
			applies := a.applies(lane, period)
			some, all = some || applies, all && applies
		}
	}
	return some, all
}

// boundToMonth reports whether a formula has meaning only in one month.
func boundToMonth(tree *node) bool {
	return tree.has(func(n *node) bool {
		return n.op == opCalendar || n.op == opCall && n.fn.bound
	})
}
