package formula

import "slices"

// A binding gives the instructions of a loop their rows. Rows of passing
// columns and of intermediate results are used again when nobody reads them
// any more.
type binding struct {
	*batch
	loop *loop
	// codeRoom has the column at hand; spots are the places of its instructions.
	codeRoom
	free map[int][]int // rows by lanes
	// uses counts the readings of passing columns that are still to come.
	uses []int
	// fixed are the numbers that are the same for all runs, of the column at hand.
	fixed []value
}

// bind makes the code of the loops.
func (b *batch) bind() {
	k := &binding{batch: b, free: map[int][]int{}, uses: make([]int, len(b.prog.columns))}
	for i := range b.loops {
		l := &b.loops[i]
		k.loop = l
		size := 0
		for _, index := range l.columns {
			size += len(b.prog.columns[index].code) + 1
		}
		l.code = make([]blockOp, 0, size)
		clear(k.uses)
		for _, index := range l.columns {
			for _, r := range b.prog.columns[index].reads {
				k.uses[r.column]++
			}
		}
		for _, index := range l.columns {
			k.column(b.prog.columns[index])
		}
	}
}

// column adds the code of a column.
func (k *binding) column(c *column) {
	h := &k.homes[c.index]
	if h.row < 0 {
		h.row = k.take(c.lanes)
	}
	switch {
	case c.kind != columnFormula:
		k.loop.code = append(k.loop.code, blockOp{op: doNothing, column: int32(c.index), inputOnly: true, dst: k.spotOf(c, 0)})
	case k.loop.wholly || needsShadow(c):
		k.loop.code = append(k.loop.code, blockOp{op: doNothing, column: int32(c.index), byShadow: true, dst: k.spotOf(c, 0)})
	default:
		k.formula(c)
		if !c.helper && (k.base.adjust[c.line] != nil || k.drawn(c.index)) {
			k.loop.code = append(k.loop.code, blockOp{op: doNothing, column: int32(c.index), dst: k.spotOf(c, 0)})
		}
	}
	for _, r := range c.reads {
		of := int(r.column)
		k.uses[of]--
		if k.uses[of] == 0 && k.needed[of] && k.passing(of) {
			k.free[k.prog.columns[of].lanes] = append(k.free[k.prog.columns[of].lanes], k.homes[of].row)
		}
	}
}

// passing reports whether a column's rows may be used again within a month.
func (k *binding) passing(column int) bool { return !k.homes[column].kept && k.homes[column].ring == 1 }

// needsShadow reports whether a column has instructions that have no form for
// rows of runs.
func needsShadow(c *column) bool {
	for i := range c.code {
		switch c.code[i].op {
		case doCall, doSeries, doTree:
			return true
		default:
		}
	}
	return false
}

// take finds rows for so many lanes.
func (k *binding) take(lanes int) int {
	if free := k.free[lanes]; len(free) > 0 {
		row := free[len(free)-1]
		k.free[lanes] = free[:len(free)-1]
		return row
	}
	row := k.rows
	k.rows += lanes
	return row
}

// spotOf returns where a varying column lies, so many months ahead.
func (b *batch) spotOf(c *column, ahead int) spot {
	h := b.homes[c.index]
	s := spot{kept: h.kept, at: int32(h.row), lanes: int32(c.lanes), step: int32(c.lanes), ring: int32(h.ring), shift: int32(c.front + ahead)}
	switch {
	case h.kept:
		s.step, s.shift = int32(b.keptLanes), int32(b.front+ahead)
	case h.ring > 0:
		s.shift = int32(h.ring - 1 + ahead)
	}
	return s
}

// formula adds the instructions of a column. Those that do not vary are
// evaluated in the base evaluation now.
func (k *binding) formula(c *column) {
	k.begin(c.code)
	k.fuse(c.result.index)
	code, last, places, held := k.code, k.last, k.places, k.held
	lastUses(code, last)
	for i := range code {
		in := &code[i]
		held[i] = -1
		if in.op == doNothing {
			continue
		}
		if !k.instructionVaries(in) {
			places[i] = k.hoist(in, places)
			k.spots[i] = spot{base: true, at: places[i], lanes: in.lanes}
			if i == int(c.result.index) {
				k.loop.code = append(k.loop.code, blockOp{op: doRepeat, lanes: int32(c.lanes), dst: k.spotOf(c, 0), a: k.spots[i]})
			}
			continue
		}
		if i == int(c.result.index) {
			k.spots[i] = k.spotOf(c, 0)
		} else {
			held[i] = k.take(int(in.lanes))
			k.spots[i] = spot{at: int32(held[i]), lanes: in.lanes, ring: 1}
		}
		k.instruction(in, k.spots[i])
		in.operands(func(v *value) {
			if v.kind == valueMade && last[v.index] == i && held[v.index] >= 0 {
				k.release(c, int(v.index), held)
			}
		})
	}
	for i := range held {
		if held[i] >= 0 {
			k.release(c, i, held)
		}
	}
}

// fuse joins instructions whose operands all vary. One that does not, of an
// operation that may have a constant, is one.
func (k *binding) fuse(result int32) {
	varies := k.codeRoom.varies
	clear(varies)
	k.fixed = k.fixed[:0]
	made := func(v value) bool {
		return v.kind == valueCells && k.batch.varies[v.index] || v.kind == valueMade && varies[v.index]
	}
	for i := range k.code {
		in := &k.code[i]
		in.operands(func(v *value) { varies[i] = varies[i] || made(*v) })
		if !varies[i] || swaps[in.op].column == doNothing {
			continue
		}
		for _, v := range [2]*value{&in.a, &in.b} {
			if v.kind != valueConstant && !made(*v) {
				k.fixed = append(k.fixed, *v)
				*v = value{kind: valueSteady, index: int32(len(k.fixed) - 1)}
			}
		}
	}
	fuse(k.code, result, k.last, true, made)
}

func (k *binding) release(c *column, i int, held []int) {
	lanes := int(c.code[i].lanes)
	k.free[lanes] = append(k.free[lanes], held[i])
	held[i] = -1
}

// instructionVaries reports whether an operand varies between runs.
func (k *binding) instructionVaries(in *instruction) bool {
	varies := false
	in.operands(func(v *value) {
		switch v.kind {
		case valueCells:
			varies = varies || k.batch.varies[v.index]
		case valueMade:
			varies = varies || !k.spots[v.index].base
		default:
		}
	})
	return varies
}

// hoist evaluates an instruction that does not vary, behind the memory of the
// base evaluation.
func (k *binding) hoist(in *instruction, places []int32) int32 {
	at := len(k.base.mem)
	k.base.mem = slices.Grow(k.base.mem, int(in.lanes)*k.prog.months())[:at+int(in.lanes)*k.prog.months()]
	f := k.prog.flat(in, places)
	f.dst = int32(at)
	k.base.execute(&f, 0, k.prog.months())
	k.hoisted = append(k.hoisted, f)
	return f.dst
}

// operand returns where an operand lies.
func (k *binding) operand(v value) spot {
	switch v.kind {
	case valueCells:
		c := k.prog.columns[v.index]
		if k.batch.varies[v.index] {
			return k.spotOf(c, int(v.off))
		}
		return spot{base: true, at: int32(c.address) + v.off*int32(c.lanes), lanes: int32(c.lanes)}
	case valueSeason:
		return spot{base: true, at: int32(k.prog.seasons[v.index].address) + v.off, lanes: 1}
	case valueMade:
		return k.spots[v.index]
	default:
		return spot{}
	}
}

// instruction adds one instruction.
func (k *binding) instruction(in *instruction, dst spot) {
	op := blockOp{op: in.op, lanes: in.lanes, extra: in.extra, dst: dst}
	var first, second, number, other value
	op.op, first, second, number = in.plain()
	op.a, op.b = k.full(k.operand(first), first), k.full(k.operand(second), second)
	switch shapes[op.op] {
	case shapeKK:
		other = in.c
	case shape4, shape5:
		for _, v := range in.extra.args {
			op.more = append(op.more, k.operand(v))
		}
		fallthrough
	default:
		op.c = k.full(k.operand(in.c), in.c)
	}
	op.k, op.j = number.k, other.k
	if number.kind == valueSteady || other.kind == valueSteady {
		op.monthly = &[2]monthly{k.monthly(number), k.monthly(other)}
	}
	k.loop.code = append(k.loop.code, op)
}

// monthly returns where a constant lies that is another one each month.
func (k *binding) monthly(v value) monthly {
	if v.kind != valueSteady {
		return monthly{}
	}
	s := k.operand(k.fixed[v.index])
	return monthly{is: true, negative: v.off < 0, at: s.at, lanes: s.lanes}
}

// full returns a spot with a number for each run.
func (k *binding) full(s spot, v value) spot {
	if !s.base {
		return s
	}
	if v.kind == valueSeason && k.prog.seasons[v.index].name == "=" {
		number := k.prog.seasons[v.index].k
		for _, have := range k.steady {
			if have.k == number {
				return spot{at: int32(have.row), lanes: 1, ring: 1}
			}
		}
		k.steady = append(k.steady, steady{row: k.rows, k: number})
		k.rows++
		return spot{at: int32(k.rows - 1), lanes: 1, ring: 1}
	}
	to := spot{at: int32(k.rows), lanes: s.lanes, ring: 1}
	k.rows += int(s.lanes)
	k.loop.code = append(k.loop.code, blockOp{op: doRepeat, lanes: s.lanes, dst: to, a: s})
	return to
}
