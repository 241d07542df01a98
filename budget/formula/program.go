package formula

import (
	"slices"
	"strings"
	"sync"

	"centerplan/budget/calendar"
	"centerplan/budget/unit"
	"centerplan/planning/problem"
)

// A Program is a compiled scope. It is immutable and safe for concurrent use.
type Program struct {
	scope Scope
	names *names
	slots []*slot // by line
	// columns are those of the lines, by their index, then those of parts of
	// formulas; seasons are numbers by period alone.
	columns []*column
	seasons []season
	stages  []stage
	units   []quantity
	notes   problem.List
	// days, paid, yearFrom and yearTo are the calendar's answers by period.
	days             [][]calendar.Day
	paid             []float64
	yearFrom, yearTo []int
	every            []int // the stages
	// maps are the maps of lanes, made once; memory is how many numbers an
	// evaluation has, cells and cellsEnd where those of the columns lie.
	maps                    map[mapKey]*extra
	memory, cells, cellsEnd int
	// beside is how many of them each line's formula needs beside its cells.
	beside   []int
	scratch  []scratch
	room     codeRoom // while it is made
	prepared sync.Once
	// depends are the lines' Dependencies, found when somebody asks.
	depends struct {
		once  sync.Once
		known map[string]Dependency
	}
}

// A slot is a line as cells see it.
type slot struct {
	index  int
	code   string
	dims   []int
	stride []int
	size   []int // members of each dimension
	lanes  int
	tree   *node
	input  bool
	empty  Empty
	// broken is the problem of a line that has one.
	broken *problem.Problem
	rollup Rollup
	// unrolled is the problem of a line's roll-up.
	unrolled *problem.Problem
}

// build makes the program.
func (k *compilation) build(trees []*node, units []quantity, groups []group) *Program {
	p := &Program{scope: k.scope, names: k.names, units: units, notes: k.notes, maps: map[mapKey]*extra{}}
	p.readCalendar()
	slots, columns := make([]slot, len(trees)), make([]column, len(trees))
	p.slots, p.columns = make([]*slot, len(trees)), make([]*column, len(trees))
	for i, line := range k.scope.Lines {
		s, c := &slots[i], &columns[i]
		p.slots[i], p.columns[i] = s, c
		*s = slot{index: i, code: line.Code, dims: k.names.order(i), input: line.Formula == "", empty: line.Empty, tree: trees[i]}
		p.arrange(s)
		s.rollup, s.unrolled = p.rollupOf(i), k.rollups[i]
		*c = column{index: i, line: i, dims: s.dims, lanes: s.lanes}
		switch {
		case len(k.found[i]) > 0:
			s.broken = &k.found[i][0]
			c.kind = columnBroken
		case s.input:
			c.kind = columnInput
		}
	}
	helpers := p.lowerAll()
	p.stages = make([]stage, 0, len(groups))
	for _, g := range groups {
		p.schedule(g, helpers)
	}
	p.layOut()
	return p
}

// arrange finds the lanes of a slot.
func (p *Program) arrange(s *slot) {
	s.lanes, s.stride, s.size = 1, make([]int, len(s.dims)), make([]int, len(s.dims))
	for i, dim := range slices.Backward(s.dims) {
		s.stride[i], s.size[i] = s.lanes, p.members(dim)
		s.lanes *= s.size[i]
	}
}

// rollupOf returns a line's roll-up, the one by its unit where none is stated.
func (p *Program) rollupOf(line int) Rollup {
	return rollupBy(p.scope.Lines[line].Rollup, p.units[line], p.scope.Currency)
}

func rollupBy(rollup Rollup, q quantity, currency string) Rollup {
	if rollup.Kind == ByUnit {
		rollup.Kind = Average
		if q.class == unitFixed && q.unit.Additive(currency) {
			rollup.Kind = Sum
		}
	}
	return rollup
}

// readCalendar asks the calendar once.
func (p *Program) readCalendar() {
	c := p.scope.Calendar
	for i := range max(c.Months, 0) {
		p.days = append(p.days, c.Days(i))
		p.paid = append(p.paid, c.PaidHours(i))
		from, to := c.YearStart(i), i
		for to+1 < c.Months && c.FiscalYear(to+1) == c.FiscalYear(i) {
			to++
		}
		p.yearFrom, p.yearTo = append(p.yearFrom, from), append(p.yearTo, to)
	}
}

// months is the number of periods.
func (p *Program) months() int { return len(p.days) }

// Notes lists what is lawful but worth knowing about the plan: every use of
// otherwise, and units that nobody knows.
func (p *Program) Notes() problem.List { return slices.Clone(p.notes) }

// Lanes returns the members of each lane of a line, in the order of its By;
// one empty lane for a line without dimensions, nil for a line that does not
// exist.
func (p *Program) Lanes(code string) [][]string {
	line, ok := p.names.lines[code]
	if !ok {
		return nil
	}
	s := p.slots[line]
	lanes := make([][]string, s.lanes)
	for lane := range lanes {
		lanes[lane] = p.membersOf(s, lane)
	}
	return lanes
}

// membersOf returns the members of a lane.
func (p *Program) membersOf(s *slot, lane int) []string {
	members := make([]string, len(s.dims))
	for i, dim := range s.dims {
		members[i] = p.scope.Dimensions[dim].Members[lane/s.stride[i]%s.size[i]]
	}
	return members
}

// cellName writes a lane the way a formula picks it: volume["voice"].
func (p *Program) cellName(s *slot, lane int) string {
	var name strings.Builder
	name.WriteString(s.code)
	for _, member := range p.membersOf(s, lane) {
		name.WriteString(`["` + member + `"]`)
	}
	return name.String()
}

// Unit returns the unit of a line: the stated one, else what its formula
// gives. It reports false where there is no such line or its unit is not known.
func (p *Program) Unit(code string) (unit.Unit, bool) {
	line, ok := p.names.lines[code]
	if !ok || p.units[line].class == unitAny {
		return unit.Ratio, false
	}
	return p.units[line].unit, true
}
