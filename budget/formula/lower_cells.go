package formula

import (
	"math"
	"slices"
)

// cells lowers the reading of a column.
func (l *lowering) cells(col *column, at lowerAt) value {
	months := int32(l.prog.months())
	off := max(min(at.off, 2*months), -months)
	if !at.fixed {
		off = max(min(at.off, months), -months)
	}
	set := setOf(col.dims)
	v := value{kind: valueCells, index: int32(col.index), off: off, dims: set}
	if at.fixed {
		v.off = 0
		col.reach(int(min(off, 0)), int(max(off-months+1, 0)))
		l.read(columnRead{column: v.index, from: -forever, to: forever, full: true})
	} else {
		col.reach(int(off), int(off))
		l.read(columnRead{column: v.index, from: off, to: off})
	}
	kept := set
	for _, p := range l.picks[at.picks] {
		kept = kept.minus(dimBit(p.dim))
	}
	order := l.order(kept).order
	switch {
	case at.fixed:
		// The month first, in the column's own order of lanes.
		v = l.emitAs(instruction{op: doAt, dims: set, a: v, extra: &extra{months: off}}, col.lanes)
	case slices.Equal(order, col.dims):
		return v
	}
	if slices.Equal(order, col.dims) {
		return v
	}
	return l.emit(instruction{op: doGather, dims: kept, a: v, extra: l.prog.laneMap(col.dims, order, l.picks[at.picks])})
}

// emitAs adds an instruction whose lanes are not in the lowering's order.
func (l *lowering) emitAs(in instruction, lanes int) value {
	in.lanes = int32(lanes)
	l.code = append(l.code, in)
	return value{kind: valueMade, index: int32(len(l.code) - 1), dims: in.dims}
}

// reach makes room for months before the plan and behind it.
func (c *column) reach(from, to int) {
	c.front, c.back = max(c.front, -from), max(c.back, to)
}

// read notes what the column reads.
func (l *lowering) read(r columnRead) {
	for i := range l.reads {
		if have := &l.reads[i]; have.column == r.column {
			have.from, have.to, have.full = min(have.from, r.from), max(have.to, r.to), have.full || r.full
			return
		}
	}
	l.reads = append(l.reads, r)
}

// season lowers numbers by period alone.
func (l *lowering) season(s season, at lowerAt) value {
	if at.fixed {
		return constant(l.prog.seasonAt(&s, int(at.off)))
	}
	if s.name == "=" {
		at.off = 0
	}
	i := l.prog.seasonOf(s)
	have := &l.prog.seasons[i]
	months := int32(l.prog.months())
	off := at.off
	if off > months || off < -months { // further than a column of it is kept
		return l.emit(instruction{op: doTree, extra: &extra{node: &node{op: opCalendar, name: s.name, detail: &noDetail}, at: at}})
	}
	have.front, have.back = max(have.front, int(-off)), max(have.back, int(off))
	return value{kind: valueSeason, index: int32(i), off: off}
}

// seasonOf returns the index of a season.
func (p *Program) seasonOf(s season) int {
	for i := range p.seasons {
		if have := &p.seasons[i]; have.name == s.name && have.month == s.month && math.Float64bits(have.k) == math.Float64bits(s.k) {
			return i
		}
	}
	p.seasons = append(p.seasons, s)
	return len(p.seasons) - 1
}

// seasonAt is a season's number in a period.
func (p *Program) seasonAt(s *season, period int) float64 {
	switch s.name {
	case "=":
		return s.k
	case "gone":
		return float64(period - s.month + 1)
	case "ramp":
		return rampAt(float64(period-s.month+1), s.k)
	default:
		return float64(calendarAnswer(p.scope.Calendar, s.name, period))
	}
}

// members is how many members a dimension has.
func (p *Program) members(dim int) int { return len(p.scope.Dimensions[dim].Members) }
