package formula

// A binding gives the instructions of a loop their rows. Rows of passing
// columns and of intermediate results are used again when nobody reads them
// any more.
type binding struct {
	*batch
	loop *loop
	// spots are the places of the instructions of the column at hand.
	spots []spot
	free  map[int][]int // rows by lanes
	// uses counts the readings of passing columns that are still to come.
	uses map[int]int
}

// bind makes the code of the loops.
func (b *batch) bind() {
	free := map[int][]int{}
	for i := range b.loops {
		l := &b.loops[i]
		k := &binding{batch: b, loop: l, free: free, uses: map[int]int{}}
		for _, index := range l.columns {
			for _, r := range b.prog.columns[index].reads {
				k.uses[int(r.column)]++
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
		k.loop.code = append(k.loop.code, blockOp{op: doNothing, column: c.index, inputOnly: true, dst: k.spotOf(c, 0)})
	case k.loop.wholly || needsShadow(c):
		k.loop.code = append(k.loop.code, blockOp{op: doNothing, column: c.index, byShadow: true, dst: k.spotOf(c, 0)})
	default:
		k.formula(c)
		k.loop.code = append(k.loop.code, blockOp{op: doNothing, column: c.index, dst: k.spotOf(c, 0)})
	}
	for _, r := range c.reads {
		of := int(r.column)
		if k.uses[of]--; k.uses[of] == 0 && k.needed[of] && k.passing(of) {
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
func (k *binding) spotOf(c *column, ahead int) spot {
	h := k.homes[c.index]
	s := spot{kept: h.kept, at: h.row, lanes: c.lanes, ring: h.ring, shift: c.front + ahead}
	if h.ring > 0 {
		s.shift = h.ring - 1 + ahead
	}
	return s
}

// formula adds the instructions of a column. Those that do not vary are
// evaluated in the base evaluation now.
func (k *binding) formula(c *column) {
	last := make([]int, len(c.code))
	lastUses(c.code, last)
	k.spots = make([]spot, len(c.code))
	places := make([]int32, len(c.code))
	held := make([]int, len(c.code))
	for i := range c.code {
		in := &c.code[i]
		held[i] = -1
		if !k.instructionVaries(in) {
			places[i] = k.hoist(in, places)
			k.spots[i] = spot{base: true, at: int(places[i]), lanes: int(in.lanes)}
			if i == int(c.result.index) {
				k.loop.code = append(k.loop.code, blockOp{op: doRepeat, lanes: c.lanes, dst: k.spotOf(c, 0), a: k.spots[i]})
			}
			continue
		}
		if i == int(c.result.index) {
			k.spots[i] = k.spotOf(c, 0)
		} else {
			held[i] = k.take(int(in.lanes))
			k.spots[i] = spot{at: held[i], lanes: int(in.lanes), ring: 1}
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
			varies = varies || k.varies[v.index]
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
	k.base.mem = append(k.base.mem, make([]float64, int(in.lanes)*k.prog.months())...)
	f := k.prog.flat(in, places)
	f.dst = int32(at) //nolint:gosec // memory is far smaller
	k.base.execute(&f, 0, k.prog.months())
	return f.dst
}

// operand returns where an operand lies.
func (k *binding) operand(v value) spot {
	switch v.kind {
	case valueCells:
		c := k.prog.columns[v.index]
		if k.varies[v.index] {
			return k.spotOf(c, int(v.off))
		}
		return spot{base: true, at: c.address + int(v.off)*c.lanes, lanes: c.lanes}
	case valueSeason:
		return spot{base: true, at: k.prog.seasons[v.index].address + int(v.off), lanes: 1}
	case valueMade:
		return k.spots[v.index]
	default:
		return spot{}
	}
}

// instruction adds one instruction.
func (k *binding) instruction(in *instruction, dst spot) {
	op := blockOp{op: in.op, lanes: int(in.lanes), k: in.k, extra: in.extra, dst: dst}
	swap := swaps[in.op]
	switch {
	case swap.column != doNothing && in.b.kind == valueConstant:
		op.op, op.k, op.a = swap.column, in.b.k, k.full(k.operand(in.a), in.a)
		if in.op == doSub {
			op.k = -op.k
		}
	case swap.constant != doNothing && in.a.kind == valueConstant:
		op.op, op.k, op.a = swap.constant, in.a.k, k.full(k.operand(in.b), in.b)
	default:
		op.a, op.b, op.c = k.operand(in.a), k.operand(in.b), k.operand(in.c)
		if swap.column == doNothing || op.a.base && op.b.base {
			op.a, op.b, op.c = k.full(op.a, in.a), k.full(op.b, in.b), k.full(op.c, in.c)
		}
	}
	k.loop.code = append(k.loop.code, op)
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
				return spot{at: have.row, lanes: 1, ring: 1}
			}
		}
		k.steady = append(k.steady, steady{row: k.rows, k: number})
		k.rows++
		return spot{at: k.rows - 1, lanes: 1, ring: 1}
	}
	to := spot{at: k.rows, lanes: s.lanes, ring: 1}
	k.rows += s.lanes
	k.loop.code = append(k.loop.code, blockOp{op: doRepeat, lanes: s.lanes, dst: to, a: s})
	return to
}
