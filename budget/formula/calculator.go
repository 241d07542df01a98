package formula

import (
	"math"
	"slices"

	"centerplan/budget/capacity"
)

// A Calculator evaluates a program again and again while single cells of its
// inputs change. It evaluates only what lies downstream of a change and
// allocates nothing in doing so. It is not safe for concurrent use.
type Calculator struct {
	prog *Program
	run  *run
	// changed are the lines set since the last run, downstream the stages that
	// each line's cells reach, found when it is first set.
	changed    []int
	downstream [][]int
	// reached and stages are used again and again.
	reached []bool
	stages  []int
}

// Calculator returns a calculator whose cells are current. It keeps its own
// copy of the input values.
func (p *Program) Calculator(in Inputs, sizer *capacity.Sizer) *Calculator {
	c := &Calculator{
		prog: p, run: p.newRun(in, sizer), downstream: make([][]int, len(p.slots)), reached: make([]bool, len(p.stages)),
	}
	for i, s := range p.slots {
		c.run.values[i] = slices.Clone(c.run.values[i])
		for missing := s.lanes*p.months() - len(c.run.values[i]); s.input && missing > 0; missing-- {
			c.run.values[i] = append(c.run.values[i], nan())
		}
	}
	c.run.evaluate(p.every)
	return c
}

// Set gives an input line's cell a value, NaN for none. Run makes the cells
// current. It reports whether there is such a cell.
func (c *Calculator) Set(code string, lane, period int, value float64) bool {
	line, ok := c.prog.names.lines[code]
	if !ok {
		return false
	}
	s := c.prog.slots[line]
	if !s.input || lane < 0 || lane >= s.lanes || period < 0 || period >= c.prog.months() {
		return false
	}
	c.run.values[line][period*s.lanes+lane] = value
	if !slices.Contains(c.changed, line) {
		c.changed = append(c.changed, line)
	}
	if c.downstream[line] == nil {
		dirty := make([]bool, len(c.prog.columns))
		dirty[line] = true
		c.downstream[line] = c.prog.downstream(dirty)
	}
	return true
}

// downstream returns the stages that hold dirty columns or read them, in
// order, and marks their columns as dirty.
func (p *Program) downstream(dirty []bool) []int {
	var stages []int
	for i := range p.stages {
		s := &p.stages[i]
		reached := slices.ContainsFunc(s.columns, func(c int) bool {
			return dirty[c] || slices.ContainsFunc(p.columns[c].reads, func(r columnRead) bool { return dirty[r.column] })
		})
		if !reached {
			continue
		}
		stages = append(stages, i)
		for _, c := range s.columns {
			dirty[c] = true
		}
	}
	return stages
}

// Run evaluates what lies downstream of the cells that were set.
func (c *Calculator) Run() {
	if len(c.changed) == 1 {
		c.run.evaluate(c.downstream[c.changed[0]])
		c.changed = c.changed[:0]
		return
	}
	clear(c.reached)
	for _, line := range c.changed {
		for _, stage := range c.downstream[line] {
			c.reached[stage] = true
		}
	}
	c.stages = c.stages[:0]
	for stage, reached := range c.reached {
		if reached {
			c.stages = append(c.stages, stage)
		}
	}
	c.run.evaluate(c.stages)
	c.changed = c.changed[:0]
}

// Recalculate evaluates every cell anew.
func (c *Calculator) Recalculate() {
	c.run.evaluate(c.prog.every)
	c.changed = c.changed[:0]
}

// Cells returns a line's cells by period*lanes+lane, nil where there is no such
// line. They are the calculator's own: the next Run changes them. A failed
// cell is NaN.
func (c *Calculator) Cells(code string) []float64 {
	line, ok := c.prog.names.lines[code]
	if !ok {
		return nil
	}
	return c.run.cells(c.prog.columns[line])
}

// Results returns the cells as they are now, with faults and traces.
func (c *Calculator) Results() *Results {
	r := *c.run
	r.mem, r.failed, r.values = slices.Clone(r.mem), slices.Clone(r.failed), slices.Clone(r.values)
	for line := range r.values {
		r.values[line] = slices.Clone(r.values[line])
	}
	r.faults, r.args, r.helper = make([]map[int]Fault, len(r.faults)), nil, nil
	r.explain(r.prog.every)
	return &Results{prog: c.prog, run: &r}
}

// Again evaluates the program on inputs that differ little from those of the
// results before: lines that neither differ nor read what does keep their
// cells. The results are those of Evaluate, to the bit. Results of another
// program are no help and no harm.
func (p *Program) Again(before *Results, in Inputs, sizer *capacity.Sizer) *Results {
	if before == nil || before.prog != p {
		return p.Evaluate(in, sizer)
	}
	r, old := p.given(in, sizer), before.run
	r.mem, r.failed, r.faults = slices.Clone(old.mem), slices.Clone(old.failed), slices.Clone(old.faults)
	dirty := make([]bool, len(p.columns))
	for line, c := range p.columns[:len(p.slots)] {
		if !sameNumbers(r.opening[line], old.opening[line]) {
			dirty[line] = true
			r.edges(c)
		}
		dirty[line] = dirty[line] || !sameNumbers(r.past[line], old.past[line]) || !sameNumbers(r.values[line], old.values[line]) || !sameAdjustments(r.adjust[line], old.adjust[line])
	}
	stages := p.downstream(dirty)
	for _, i := range stages {
		for _, c := range p.stages[i].columns {
			if !p.columns[c].helper {
				r.faults[c] = nil
			}
		}
	}
	r.evaluate(stages)
	r.explain(stages)
	return &Results{prog: p, run: r}
}

// sameNumbers compares to the bit.
func sameNumbers(a, b []float64) bool {
	if len(a) != len(b) {
		return false
	}
	for i, v := range a {
		if math.Float64bits(v) != math.Float64bits(b[i]) {
			return false
		}
	}
	return true
}

func sameAdjustments(a, b []Adjustment) bool {
	return slices.EqualFunc(a, b, func(x, y Adjustment) bool {
		return x.Op == y.Op && math.Float64bits(x.Value) == math.Float64bits(y.Value) && x.From == y.From && x.To == y.To &&
			x.AfterRisk == y.AfterRisk && (x.Lanes == nil) == (y.Lanes == nil) && slices.Equal(x.Lanes, y.Lanes)
	})
}
