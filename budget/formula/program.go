package formula

import (
	"slices"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/budget/unit"
	"centerplan/planning/problem"
)

// A Program is a compiled scope. It is immutable and safe for concurrent use.
type Program struct {
	scope  Scope
	names  *names
	slots  []*slot // those of the lines first, by their index
	stages []stage
	units  []quantity
	notes  problem.List
	// days, paid, yearFrom and yearTo are the calendar's answers by period.
	days             [][]calendar.Day
	paid             []float64
	yearFrom, yearTo []int
}

// A code is a compiled expression. It returns NaN after it has put the reason
// into the frame, and leaves the frame's month and members as it found them.
type code func(f *frame) float64

// A slot is a table of cells: a line's, or those of a part of a formula that
// is read many times.
type slot struct {
	index int
	// line is the index of the line, or of the one the part belongs to.
	line   int
	helper bool
	code   string // of the line
	dims   []int
	stride []int
	size   []int // members of each dimension
	lanes  int
	tree   *node
	run    code
	atoms  []atom
	input  bool
	empty  Empty
	// broken is the problem of a line that has one.
	broken *problem.Problem
	rollup Rollup
	// unrolled is the problem of a line's roll-up.
	unrolled *problem.Problem
}

// A stage is slots to evaluate, whole if there is one, else month by month.
type stage struct {
	slots []int
	way   direction
}

// build makes the program.
func (k *compilation) build(trees []*node, units []quantity, groups []group) *Program {
	p := &Program{scope: k.scope, names: k.names, units: units, notes: k.notes}
	p.readCalendar()
	for i, line := range k.scope.Lines {
		s := p.slot(i, k.names.order(i))
		s.input, s.empty, s.tree = line.Formula == "", line.Empty, trees[i]
		s.rollup, s.unrolled = p.rollupOf(i), k.rollups[i]
		if len(k.found[i]) > 0 {
			s.broken = &k.found[i][0]
		}
	}
	helpers := make([][]int, len(trees))
	for i, tree := range trees {
		s := p.slots[i]
		if tree == nil || s.broken != nil {
			continue
		}
		c := &compiler{Program: p, line: i, lets: map[*node]int{}, made: map[*node]code{}}
		s.run = c.code(tree)
		s.atoms = c.atoms(tree)
		helpers[i] = c.helpers
	}
	for _, g := range groups {
		p.schedule(g, helpers)
	}
	return p
}

// slot adds a slot with the dimensions.
func (p *Program) slot(line int, dims []int) *slot {
	s := &slot{index: len(p.slots), line: line, code: p.scope.Lines[line].Code, dims: dims, lanes: 1}
	s.stride, s.size = make([]int, len(dims)), make([]int, len(dims))
	for i, dim := range slices.Backward(dims) {
		s.stride[i], s.size[i] = s.lanes, len(p.scope.Dimensions[dim].Members)
		s.lanes *= s.size[i]
	}
	p.slots = append(p.slots, s)
	return s
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

// schedule adds a group and the helpers of its lines. In a group that goes
// month by month, helpers go along if they read lines of the group, else they
// are done before it.
func (p *Program) schedule(g group, helpers [][]int) {
	if g.way == whole {
		for _, line := range g.lines {
			for _, helper := range helpers[line] {
				p.stages = append(p.stages, stage{slots: []int{helper}})
			}
			p.stages = append(p.stages, stage{slots: []int{line}})
		}
		return
	}
	along := stage{way: g.way}
	for _, line := range g.lines {
		for _, helper := range helpers[line] {
			reading := slices.ContainsFunc(reads(p.slots[helper].tree), func(e edge) bool { return slices.Contains(g.lines, e.to) })
			if reading {
				along.slots = append(along.slots, helper)
			} else {
				p.stages = append(p.stages, stage{slots: []int{helper}})
			}
		}
		along.slots = append(along.slots, line)
	}
	p.stages = append(p.stages, along)
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
