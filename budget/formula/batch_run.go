package formula

import (
	"context"
	"slices"
)

// A block is some of the runs at work: its rows are so many numbers long.
type block struct {
	*batch
	first, n int // the runs
	mem      []float64
	kept     []float64
	shadow   *run
}

// row returns the numbers of a spot in a month.
func (b *block) row(s *spot, month int) []float64 {
	at := month + int(s.shift)
	switch s.ring {
	case 0:
	case 1:
		at = 0
	default:
		at %= int(s.ring)
	}
	mem := b.mem
	if s.kept {
		mem = b.kept
	}
	from := (int(s.at) + at*int(s.step)) * b.n
	return mem[from:][:int(s.lanes)*b.n]
}

// evaluate runs the loops.
func (b *block) evaluate(ctx context.Context) error {
	for _, s := range b.steady {
		fill(b.mem[s.row*b.n:][:b.n], s.k)
	}
	for i := range b.loops {
		for _, index := range b.loops[i].columns {
			b.edges(b.prog.columns[index])
		}
	}
	for i := range b.loops {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.loop(&b.loops[i])
	}
	return nil
}

// loop runs one loop through the months.
func (b *block) loop(l *loop) {
	months := b.prog.months()
	switch {
	case l.wholly:
		for _, index := range l.columns {
			b.byShadow(b.prog.columns[index], 0, months)
		}
		for month := range months {
			b.settleAll(l, month)
		}
	case l.way == backward:
		for month := months - 1; month >= 0; month-- {
			b.month(l, month)
		}
	default:
		for month := range months {
			b.month(l, month)
		}
	}
}

// edges fills the months of a column before the plan and behind it.
func (b *block) edges(c *column) {
	h := b.homes[c.index]
	front, back := c.front, c.back
	if h.ring > 0 {
		front, back = h.ring-1, 0
	}
	s := b.spotOf(c, 0)
	for month := -front; month < 0; month++ {
		row := b.row(&s, month)
		for lane := range c.lanes {
			v := nan()
			if -month <= c.front {
				v = b.base.mem[c.address+month*c.lanes+lane]
			}
			fill(row[lane*b.n:][:b.n], v)
		}
	}
	for month := b.prog.months(); month < b.prog.months()+back; month++ {
		fill(b.row(&s, month), nan())
	}
}

func fill(d []float64, v float64) {
	for i := range d {
		d[i] = v
	}
}

// month runs the code of a loop in a month.
func (b *block) month(l *loop, month int) {
	for i := range l.code {
		op := &l.code[i]
		if op.monthly != nil {
			b.changing(op, month)
			continue
		}
		switch shapes[op.op] {
		case shape2:
			kernels2[op.op](b.row(&op.dst, month), b.row(&op.a, month), b.row(&op.b, month))
		case shapeK:
			kernelsK[op.op](b.row(&op.dst, month), b.row(&op.a, month), op.k)
		case shape2K:
			kernels2K[op.op](b.row(&op.dst, month), b.row(&op.a, month), b.row(&op.b, month), op.k)
		case shape1:
			kernels1[op.op](b.row(&op.dst, month), b.row(&op.a, month))
		case shape3:
			kernels3[op.op](b.row(&op.dst, month), b.row(&op.a, month), b.row(&op.b, month), b.row(&op.c, month))
		case shape3K:
			kernels3K[op.op](b.row(&op.dst, month), b.row(&op.a, month), b.row(&op.b, month), b.row(&op.c, month), op.k)
		case shapeKK:
			kernelsKK[op.op](b.row(&op.dst, month), b.row(&op.a, month), op.k, op.j)
		case shape4, shape5:
			b.many(op, month)
		default:
			b.rare(op, month)
		}
	}
}

// many runs an operation on four rows or five.
func (b *block) many(op *blockOp, month int) {
	d, x, y, z, u := b.row(&op.dst, month), b.row(&op.a, month), b.row(&op.b, month), b.row(&op.c, month), b.row(&op.more[0], month)
	if shapes[op.op] == shape4 {
		kernels4[op.op](d, x, y, z, u)
		return
	}
	kernels5[op.op](d, x, y, z, u, b.row(&op.more[1], month))
}

// changing runs an operation whose constants are others each month.
func (b *block) changing(op *blockOp, month int) {
	d, x, y, z := b.row(&op.dst, month), b.row(&op.a, month), b.row(&op.b, month), b.row(&op.c, month)
	n := b.n
	for lane := range int(op.lanes) {
		k, j := b.number(&op.monthly[0], op.k, month, lane), b.number(&op.monthly[1], op.j, month, lane)
		d, x, from := d[lane*n:][:n], x[lane*n:][:n], lane*n
		switch shape := shapes[op.op]; {
		case k-k != 0 || j-j != 0: // what kernels take as a constant is a number
			fill(d, nan())
		case shape == shapeK:
			kernelsK[op.op](d, x, k)
		case shape == shapeKK:
			kernelsKK[op.op](d, x, k, j)
		case shape == shape2K:
			kernels2K[op.op](d, x, y[from:], k)
		default:
			kernels3K[op.op](d, x, y[from:], z[from:], k)
		}
	}
}

// number returns a constant as it is in a month, for a lane.
func (b *block) number(m *monthly, k float64, month, lane int) float64 {
	switch {
	case !m.is:
		return k
	case m.negative:
		return -b.base.mem[int(m.at)+month*int(m.lanes)+lane]
	default:
		return b.base.mem[int(m.at)+month*int(m.lanes)+lane]
	}
}

// settleAll settles the columns of a loop in a month.
func (b *block) settleAll(l *loop, month int) {
	for i := range l.code {
		op := l.code[i]
		op.byShadow = false
		b.settleOp(&op, month)
	}
}

// settleOp makes the cells of a column in a month good: what an input has, what
// only the shadow can evaluate, adjustments and factors. Inf may stay: no
// operation makes a number of it.
func (b *block) settleOp(op *blockOp, month int) {
	c := b.prog.columns[op.column]
	if op.byShadow {
		b.byShadow(c, month, 1)
	}
	cells := b.row(&op.dst, month)
	if c.helper {
		return
	}
	adjust, factors := b.base.adjust[c.line], b.factors[op.column]
	switch {
	case op.inputOnly:
		b.input(op, cells, month)
	case adjust != nil:
		b.adjust(c, cells, month, false)
	}
	if factors != nil && (!op.inputOnly || len(factors) != 1) {
		b.scale(c, factors, cells, month)
	}
	b.change(c, cells, month)
	if adjust != nil {
		b.adjust(c, cells, month, true)
	}
}

// input fills the cells of a varying input in a month.
func (b *block) input(op *blockOp, cells []float64, month int) {
	c := b.prog.columns[op.column]
	factors := b.factors[op.column]
	for lane := range c.lanes {
		v, row := b.before[op.column][month*c.lanes+lane], cells[lane*b.n:][:b.n]
		if len(factors) == 1 && factors[0].applies(lane, month) {
			mulK(row, factors[0].ByRun[b.first:][:b.n], v)
			continue
		}
		fill(row, v)
	}
}

// applies reports whether the factor is one of the cell.
func (f *RunFactor) applies(lane, period int) bool {
	a := Adjustment{Lanes: f.Lanes, From: f.From, To: f.To}
	return a.applies(lane, period)
}

// scale applies the factors of a column in a month.
func (b *block) scale(c *column, factors []*RunFactor, cells []float64, month int) {
	for _, f := range factors {
		for lane := range c.lanes {
			if f.applies(lane, month) {
				row := cells[lane*b.n:][:b.n]
				mul(row, row, f.ByRun[b.first:][:b.n])
			}
		}
	}
}

// adjust applies the adjustments of a column that come after the factors, or
// those that come before.
func (b *block) adjust(c *column, cells []float64, month int, afterRisk bool) {
	for i := range b.base.adjust[c.line] {
		a := &b.base.adjust[c.line][i]
		if a.AfterRisk != afterRisk {
			continue
		}
		for lane := range c.lanes {
			if a.applies(lane, month) {
				row := cells[lane*b.n:][:b.n]
				for j, v := range row {
					row[j] = a.to(v)
				}
			}
		}
	}
}

// byShadow evaluates a column run by run, in a memory of one run.
func (b *block) byShadow(c *column, from, months int) {
	if b.shadow == nil {
		shadow := *b.base
		shadow.mem, shadow.args, shadow.helper = slices.Clone(b.base.mem), nil, nil
		b.shadow = &shadow
	}
	r := b.shadow
	for run := range b.n {
		for _, read := range c.reads {
			if b.varies[read.column] {
				b.copyIn(b.prog.columns[read.column], &read, run, from, months)
			}
		}
		for i := range c.flat {
			r.execute(&c.flat[i], from, months)
		}
		s := b.spotOf(c, 0)
		for month := from; month < from+months; month++ {
			row := b.row(&s, month)
			for lane := range c.lanes {
				row[lane*b.n+run] = r.mem[c.address+month*c.lanes+lane]
			}
		}
	}
}

// copyIn copies the months of a column that are read into the shadow.
func (b *block) copyIn(c *column, read *columnRead, run, from, months int) {
	first, last := from+int(read.from), from+months-1+int(read.to)
	if read.full {
		first, last = 0, b.prog.months()-1
	}
	s := b.spotOf(c, 0)
	for month := max(first, 0); month <= min(last, b.prog.months()-1); month++ {
		row := b.row(&s, month)
		for lane := range c.lanes {
			b.shadow.mem[c.address+month*c.lanes+lane] = number(row[lane*b.n+run])
		}
	}
}

// number returns a number, NaN for what is none.
func number(v float64) float64 {
	if v-v != 0 {
		return nan()
	}
	return v
}
