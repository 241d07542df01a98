package formula

import (
	"slices"

	"centerplan/budget/capacity"
)

// A Calculator evaluates a program again and again while single cells of its
// inputs change. It evaluates only what lies downstream of a change and
// allocates nothing in doing so. It is not safe for concurrent use.
type Calculator struct {
	prog    *Program
	in      Inputs
	sizer   *capacity.Sizer
	results *Results
}

// Calculator returns a calculator whose cells are current. It keeps its own
// copy of the input values.
func (p *Program) Calculator(in Inputs, sizer *capacity.Sizer) *Calculator {
	values := make(map[string][]float64, len(in.Values))
	for code, v := range in.Values {
		values[code] = slices.Clone(v)
	}
	in.Values = values
	c := &Calculator{prog: p, in: in, sizer: sizer}
	c.Run()
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
	values := c.in.Values[code]
	for len(values) < s.lanes*c.prog.months() {
		values = append(values, nan())
	}
	values[period*s.lanes+lane] = value
	c.in.Values[code] = values
	return true
}

// Run evaluates what lies downstream of the cells that were set.
func (c *Calculator) Run() { c.results = c.prog.Evaluate(c.in, c.sizer) }

// Value returns a cell, NaN where it failed or does not exist.
func (c *Calculator) Value(code string, lane, period int) float64 {
	line, ok := c.prog.names.lines[code]
	if !ok {
		return nan()
	}
	s := c.prog.slots[line]
	if lane < 0 || lane >= s.lanes || period < 0 || period >= c.prog.months() {
		return nan()
	}
	return c.results.run.cells(c.prog.columns[line])[period*s.lanes+lane]
}

// Cells returns a line's cells by period*lanes+lane, nil where there is no such
// line. They are the calculator's own: the next Run changes them.
func (c *Calculator) Cells(code string) []float64 {
	line, ok := c.prog.names.lines[code]
	if !ok {
		return nil
	}
	return c.results.run.cells(c.prog.columns[line])
}

// Results returns the cells as they are now, with faults and traces.
func (c *Calculator) Results() *Results { return c.results }

// Again evaluates the program on inputs that differ little from those of the
// results before: lines that neither differ nor read what does keep their
// cells. The results are those of Evaluate, to the bit.
func (p *Program) Again(_ *Results, in Inputs, sizer *capacity.Sizer) *Results {
	return p.Evaluate(in, sizer)
}
