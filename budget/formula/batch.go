package formula

import "slices"

// A batch is a program prepared for many runs. What does not differ between
// runs is evaluated once, what nobody asked for not at all, and the rest in
// blocks of runs, month by month, so that a block's columns stay near.
type batch struct {
	prog *Program
	runs *Runs
	// base is an evaluation without factors. It also holds, behind its memory,
	// the parts of varying formulas that do not vary.
	base    *run
	varies  []bool // by column
	needed  []bool
	kept    []bool
	factors [][]*RunFactor // by column
	changes [][]*RunChange
	// before are the cells of varying inputs before their factors, by column.
	before [][]float64
	loops  []loop
	homes  []home // by column
	// hoisted are the instructions of those parts.
	hoisted []flat
	rows    int // of a block's own memory
	steady  []steady
	// The rows that are kept lie month by month: keptLanes of them in each, for
	// months from front before the plan to back behind it.
	keptLanes, front, back int
}

// A loop is columns that go through the months together.
type loop struct {
	columns []int
	way     direction
	wholly  bool // all months at once
	code    []blockOp
}

// A home is where a varying column lives: in the kept memory or a block's own,
// from a row on; so many months of it, or all.
type home struct {
	kept bool
	row  int
	ring int // months that are held; 0 is all
}

// A steady is a row of one constant.
type steady struct {
	row int
	k   float64
}

// A spot is where a block's operand or result lies.
type spot struct {
	// base says that it is one number for all runs, at an address of the base
	// evaluation; else it is in the kept memory or a block's own, in rows.
	base, kept bool
	at, lanes  int32
	step       int32 // rows from month to month
	shift      int32 // months added to the current one
	ring       int32
}

// A blockOp is an instruction on rows of runs. A column's last is doNothing,
// which settles it.
type blockOp struct {
	op        opcode
	byShadow  bool
	inputOnly bool
	lanes     int32
	column    int32
	k         float64
	extra     *extra
	dst       spot
	a, b, c   spot
	j         float64 // the second constant
	more      []spot  // the operands behind c
	// monthly has the constants that are others each month, nil if neither is.
	monthly *[2]monthly
}

// A monthly is a constant that is another one each month, and for each lane.
type monthly struct {
	is, negative bool
	at, lanes    int32 // in the base evaluation
}

// newBatch prepares a batch. One for runs of the same shape saves the work.
func (p *Program) newBatch(in Inputs, runs *Runs, base *run, before *batch) *batch {
	n := len(p.columns)
	b := &batch{prog: p, runs: runs, base: base, factors: make([][]*RunFactor, n), changes: make([][]*RunChange, n), before: make([][]float64, n)}
	for i := range runs.Factors {
		line := p.names.lines[runs.Factors[i].Line]
		b.factors[line] = append(b.factors[line], &runs.Factors[i])
	}
	for i := range runs.Changes {
		line := p.names.lines[runs.Changes[i].Line]
		b.changes[line] = append(b.changes[line], &runs.Changes[i])
	}
	if before != nil && b.like(before) {
		b.takeOver(before)
	} else {
		b.varies, b.needed, b.kept, b.homes = make([]bool, n), make([]bool, n), make([]bool, n), make([]home, n)
		for line := range b.factors {
			b.varies[line] = b.drawn(line)
		}
		for _, code := range runs.Outputs {
			b.kept[p.names.lines[code]] = true
		}
		b.spread()
		b.plan()
		b.house()
		b.bind()
	}
	b.settleInputs(in)
	return b
}

// drawn reports whether a line differs between runs by itself.
func (b *batch) drawn(column int) bool { return b.factors[column] != nil || b.changes[column] != nil }

// like reports whether another batch was prepared for the same lines: those
// with factors or changes, those with adjustments and those that are kept.
func (b *batch) like(other *batch) bool {
	if b.prog != other.prog || !slices.Equal(b.runs.Outputs, other.runs.Outputs) {
		return false
	}
	for line := range b.prog.slots {
		if b.drawn(line) != other.drawn(line) || (b.base.adjust[line] == nil) != (other.base.adjust[line] == nil) {
			return false
		}
	}
	return true
}

// takeOver takes over how another batch was prepared, and evaluates the parts
// that do not vary on its own numbers.
func (b *batch) takeOver(other *batch) {
	b.varies, b.needed, b.kept, b.homes = other.varies, other.needed, other.kept, other.homes
	b.loops, b.rows, b.steady, b.hoisted = other.loops, other.rows, other.steady, other.hoisted
	b.keptLanes, b.front, b.back = other.keptLanes, other.front, other.back
	b.base.mem = slices.Grow(b.base.mem, len(other.base.mem)-len(b.base.mem))[:len(other.base.mem)]
	for i := range b.hoisted {
		b.base.execute(&b.hoisted[i], 0, b.prog.months())
	}
}

// spread finds what varies, downstream of the factors, and what is needed,
// upstream of what is kept.
func (b *batch) spread() {
	for i := range b.prog.stages {
		columns := b.prog.stages[i].columns
		varies := slices.ContainsFunc(columns, func(index int) bool {
			return b.varies[index] || slices.ContainsFunc(b.prog.columns[index].reads, func(r columnRead) bool { return b.varies[r.column] })
		})
		// Columns that go along with a varying one vary with it.
		for _, index := range columns {
			b.varies[index] = varies
		}
	}
	for _, s := range slices.Backward(b.prog.stages) {
		for b.need(s.columns) {
		}
	}
	for i := range b.needed {
		b.needed[i] = (b.needed[i] || b.kept[i]) && b.varies[i]
	}
}

// need marks what the needed columns of a stage read. It reports whether some
// of that is in the stage and was not known to be needed.
func (b *batch) need(columns []int) bool {
	again := false
	for _, index := range columns {
		if !b.kept[index] && !b.needed[index] {
			continue
		}
		for _, r := range b.prog.columns[index].reads {
			again = again || !b.needed[r.column] && slices.Contains(columns, int(r.column))
			b.needed[r.column] = true
		}
	}
	return again
}

// plan gathers the columns that vary and are needed in loops as long as each
// reads of its loop only the months that are done.
func (b *batch) plan() {
	inLoop := make([]bool, len(b.prog.columns))
	for i := range b.prog.stages {
		s := &b.prog.stages[i]
		columns := slices.DeleteFunc(slices.Clone(s.columns), func(c int) bool { return !b.needed[c] })
		if len(columns) == 0 {
			continue
		}
		first := b.prog.columns[columns[0]]
		last := len(b.loops) - 1
		joins := last >= 0 && b.loops[last].way != backward && s.way != backward && !b.loops[last].wholly && !first.wholly
		for _, c := range columns {
			for _, r := range b.prog.columns[c].reads {
				joins = joins && (!inLoop[r.column] || r.to <= 0)
			}
		}
		if !joins {
			clear(inLoop)
			b.loops = append(b.loops, loop{way: max(s.way, forward), wholly: first.wholly})
			last++
		}
		b.loops[last].columns = append(b.loops[last].columns, columns...)
		for _, c := range columns {
			inLoop[c] = true
		}
	}
}

// settleInputs settles the varying inputs as far as their factors.
func (b *batch) settleInputs(in Inputs) {
	var alone *run
	for i := range b.prog.columns {
		c := b.prog.columns[i]
		if !b.needed[i] || c.kind == columnFormula {
			continue
		}
		if !slices.ContainsFunc(b.base.adjust[c.line], func(a Adjustment) bool { return a.AfterRisk }) {
			b.before[i] = b.base.cells(c)
			continue
		}
		if alone == nil {
			alone = b.prog.newRun(withoutAfterRisk(in), b.base.sizer)
		}
		alone.column(c)
		alone.check(c)
		b.before[i] = alone.cells(c)
	}
}

// withoutAfterRisk leaves out the adjustments that come after factors.
func withoutAfterRisk(in Inputs) Inputs {
	adjust := map[string][]Adjustment{}
	for code, all := range in.Adjust {
		if at := slices.IndexFunc(all, func(a Adjustment) bool { return a.AfterRisk }); at >= 0 {
			all = all[:at]
		}
		adjust[code] = all
	}
	in.Adjust = adjust
	return in
}

// house finds each varying column a home. Only those that are read in the same
// month of the same loop, and not kept, can do with a passing one.
func (b *batch) house() {
	back, whole := b.reach()
	for i := range b.loops {
		for _, index := range b.loops[i].columns {
			c := b.prog.columns[index]
			h := &b.homes[index]
			switch {
			case b.kept[index]:
				h.kept, h.row = true, b.keptLanes
				b.keptLanes += c.lanes
				b.front, b.back = max(b.front, c.front), max(b.back, c.back)
			case whole[index]:
				h.row = b.rows
				b.rows += (c.front + b.prog.months() + c.back) * c.lanes
			case back[index] > 0:
				h.row, h.ring = b.rows, back[index]+1
				b.rows += h.ring * c.lanes
			default:
				h.row, h.ring = -1, 1
			}
		}
	}
}

// reach finds how many months back each column is read within its loop, and
// whether all its months are.
func (b *batch) reach() (back []int, whole []bool) {
	n := len(b.prog.columns)
	back, whole = make([]int, n), make([]bool, n)
	of := slices.Repeat([]int{-1}, n)
	for i := range b.loops {
		for _, c := range b.loops[i].columns {
			of[c] = i
		}
	}
	for i := range b.loops {
		l := &b.loops[i]
		for _, index := range l.columns {
			c := b.prog.columns[index]
			for _, r := range c.reads {
				apart := of[r.column] != i || r.full || r.to > 0 || -int(r.from) >= b.prog.months()
				whole[r.column] = whole[r.column] || apart || l.way == backward || l.wholly
				back[r.column] = max(back[r.column], -int(r.from))
			}
			gathers := slices.ContainsFunc(c.code, func(in instruction) bool { return in.op == doCumulate })
			whole[index] = whole[index] || gathers || l.wholly || l.way == backward
		}
	}
	return back, whole
}
