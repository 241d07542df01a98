package formula

import (
	"math"
	"slices"
	"strconv"

	"centerplan/budget/capacity"
)

// Results are the settled cells of one evaluation. They are immutable and safe
// for concurrent use.
type Results struct {
	prog *Program
	run  *run
	// veil keeps cells from whoever holds the results; nil keeps nothing.
	veil *Veil
}

// A run is one evaluation: the program with its numbers.
type run struct {
	prog    *Program
	months  int
	opening [][]float64 // by line
	past    [][]float64
	values  [][]float64
	adjust  [][]Adjustment
	sizer   *capacity.Sizer
	// mem holds every cell. failed are the columns with failed cells, faults the
	// reasons by line and period*lanes+lane.
	mem    []float64
	failed []bool
	faults []map[int]Fault
	// args and helper are used again and again.
	args   []float64
	helper *frame
}

// Evaluate runs the program on the numbers. It is deterministic: the same
// program and inputs give the same results to the bit. A nil sizer is a new
// one; passing one keeps what it has sized for the next evaluation. The inputs
// must not change as long as the results are traced.
func (p *Program) Evaluate(in Inputs, sizer *capacity.Sizer) *Results {
	r := p.newRun(in, sizer)
	r.evaluate(p.every)
	r.explain(p.every)
	return &Results{prog: p, run: r}
}

// evaluate evaluates the stages and marks what is no number. Inf that others
// have read by then did no harm: no operation makes a number of it.
func (r *run) evaluate(stages []int) {
	for _, i := range stages {
		r.stage(&r.prog.stages[i])
	}
	// One look at all cells is cheaper than one at each column of many.
	if 2*len(stages) >= len(r.prog.stages) && allNumbers(r.mem[r.prog.cells:r.prog.cellsEnd]) {
		clear(r.failed)
		return
	}
	for _, i := range stages {
		for _, index := range r.prog.stages[i].columns {
			r.check(r.prog.columns[index])
		}
	}
}

// newRun places the numbers that are given in a memory of their own.
func (p *Program) newRun(in Inputs, sizer *capacity.Sizer) *run {
	r := p.given(in, sizer)
	r.mem, r.failed, r.faults = make([]float64, p.memory), make([]bool, len(p.columns)), make([]map[int]Fault, len(p.slots))
	for i := range p.seasons {
		s := &p.seasons[i]
		copy(r.mem[s.address-s.front:], s.values)
	}
	for _, c := range p.columns {
		if c.front > 0 || c.back > 0 {
			r.edges(c)
		}
	}
	return r
}

// given makes a run without a memory.
func (p *Program) given(in Inputs, sizer *capacity.Sizer) *run {
	if sizer == nil {
		sizer = capacity.NewSizer()
	}
	n := len(p.slots)
	r := &run{
		prog: p, months: p.months(), sizer: sizer,
		opening: make([][]float64, n), past: make([][]float64, n), values: make([][]float64, n), adjust: make([][]Adjustment, n),
	}
	assign(p, in.Opening, r.opening)
	assign(p, in.History, r.past)
	assign(p, in.Values, r.values)
	assign(p, in.Adjust, r.adjust)
	return r
}

// assign puts what is given by code where it is found by line.
func assign[T any](p *Program, given map[string][]T, byLine [][]T) {
	for code, values := range given {
		if line, ok := p.names.lines[code]; ok {
			byLine[line] = values
		}
	}
}

// edges fills the months of a column before the plan and behind it.
func (r *run) edges(c *column) {
	for period := -c.front; period < 0; period++ {
		row := r.mem[c.address+period*c.lanes:][:c.lanes]
		for lane := range row {
			row[lane] = c.edge
			if !c.helper {
				row[lane] = r.openingOf(r.prog.slots[c.line], lane)
			}
		}
	}
	behind := r.mem[c.address+r.months*c.lanes:][:c.back*c.lanes]
	for i := range behind {
		behind[i] = nan()
	}
}

// openingOf returns a line's value before the plan, NaN if there is none.
func (r *run) openingOf(s *slot, lane int) float64 {
	v := given(r.opening[s.index], lane)
	switch {
	case v == v && v-v != 0:
		return nan()
	case v != v && s.input && s.empty == EmptyZero:
		return 0
	default:
		return v
	}
}

// stage evaluates the columns of a stage.
func (r *run) stage(s *stage) {
	if s.way == whole {
		r.column(r.prog.columns[s.columns[0]])
		return
	}
	careful := false
	for _, index := range s.columns {
		c := r.prog.columns[index]
		careful = careful || !c.helper && r.adjust[c.line] != nil
	}
	if careful {
		r.monthByMonth(s, s.careful)
	} else {
		r.monthByMonth(s, s.fast)
	}
}

func (r *run) monthByMonth(s *stage, code []operation) {
	if s.way == backward {
		for period := r.months - 1; period >= 0; period-- {
			r.machine(code, period)
		}
		return
	}
	for period := range r.months {
		r.machine(code, period)
	}
}

// column evaluates a column for all months at once.
func (r *run) column(c *column) {
	if c.kind == columnInput {
		r.inputs(c)
	}
	for i := range c.flat {
		r.execute(&c.flat[i], 0, r.months)
	}
	r.settle(c, 0, r.months)
}

// cells returns a column's cells in the plan.
func (r *run) cells(c *column) []float64 {
	return r.mem[c.address:][: r.months*c.lanes : r.months*c.lanes]
}

// settle adjusts a column's cells in so many months from a month on.
func (r *run) settle(c *column, from, months int) {
	if c.helper {
		return
	}
	for i := range r.adjust[c.line] {
		r.adjust[c.line][i].settle(r.mem[c.address+from*c.lanes:][:months*c.lanes], c.lanes, from, months)
	}
}

// check marks what is no number of a column that is settled.
func (r *run) check(c *column) {
	cells := r.cells(c)
	if r.failed[c.index] = !allNumbers(cells); !r.failed[c.index] {
		return
	}
	for i, v := range cells {
		cells[i] = number(v)
	}
}

// settle applies an adjustment to the cells of so many months from a month on.
func (a *Adjustment) settle(cells []float64, lanes, from, months int) {
	for period := max(a.From, from); period <= min(a.To, from+months-1); period++ {
		row := cells[(period-from)*lanes:][:lanes]
		if a.Lanes == nil {
			for lane := range row {
				row[lane] = a.to(row[lane])
			}
			continue
		}
		for i, lane := range a.Lanes {
			if lane >= 0 && lane < lanes && !slices.Contains(a.Lanes[:i], lane) {
				row[lane] = a.to(row[lane])
			}
		}
	}
}

// to adjusts a value. Only a Set makes a failed one good.
func (a *Adjustment) to(v float64) float64 {
	switch a.Op {
	case Set:
		return a.Value
	case Scale:
		v *= a.Value
	default:
		v += a.Value
	}
	return number(v)
}

// inputs fills the cells of an input line.
func (r *run) inputs(c *column) {
	s, cells, values := r.prog.slots[c.line], r.cells(c), r.values[c.line]
	for i := copy(cells, values); i < len(cells); i++ {
		cells[i] = nan()
	}
	if s.empty == EmptyError || allNumbers(cells) {
		return
	}
	for i, v := range cells {
		switch {
		case v == v:
		case s.empty == EmptyZero:
			cells[i] = 0
		case i < c.lanes:
			cells[i] = given(r.opening[c.line], i)
		default:
			cells[i] = cells[i-c.lanes]
		}
	}
}

// given returns a number if there is one, else NaN.
func given(values []float64, i int) float64 {
	if i < len(values) {
		return values[i]
	}
	return nan()
}

func nan() float64 { return math.NaN() }

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
	return r.veil.series(code, Series{
		Unit: r.prog.units[line].unit, By: by, Lanes: s.lanes,
		Values: r.run.cells(r.prog.columns[line]), Faults: r.run.faults[line],
	}), true
}
