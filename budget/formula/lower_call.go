package formula

// call lowers a function's call.
func (l *lowering) call(n *node, at lowerAt) value {
	l.prog.share(n)
	switch {
	case n.fn.lower != nil:
		return n.fn.lower(l, n, at)
	case n.fn.series != nil:
		return l.series(n, at)
	}
	args := make([]value, len(n.args))
	for i, arg := range n.args {
		args[i] = l.node(arg, at)
	}
	switch {
	case n.fn.kernel == doMin, n.fn.kernel == doMax:
		least := args[0]
		for _, arg := range args[1:] {
			least = l.binary(n.fn.kernel, least, arg)
		}
		return least
	case n.fn.kernel == doClamp:
		dims := args[0].dims | args[1].dims | args[2].dims
		return l.emit(instruction{
			op: doClamp, dims: dims, a: l.column(args[0], dims), b: l.column(args[1], dims), c: l.column(args[2], dims),
		})
	case n.fn.kernel != doNothing && len(args) == 1:
		x := l.column(args[0], args[0].dims)
		return l.emit(instruction{op: n.fn.kernel, dims: x.dims, a: x})
	}
	return l.callOf(n, args, at)
}

// callOf lowers a function that is called for each cell.
func (l *lowering) callOf(n *node, args []value, at lowerAt) value {
	var dims dimSet
	for _, arg := range args {
		dims |= arg.dims
	}
	for i, arg := range args {
		args[i] = l.spread(arg, dims)
	}
	x := &extra{node: n, at: at, args: args, guard: constant(1)}
	if guard := l.guards[at.guard]; guard.dims.minus(dims) == 0 {
		x.guard = l.spread(guard, dims)
	}
	return l.emit(instruction{op: doCall, dims: dims, extra: x})
}

// tree leaves a part to the explainer.
func (l *lowering) tree(n *node, at lowerAt) value {
	var picked dimSet
	for _, p := range l.picks[at.picks] {
		picked |= dimBit(p.dim)
	}
	dims := n.dims.minus(picked)
	for _, e := range reads(n) {
		r := columnRead{column: int32(e.to), from: -forever, to: forever, full: true}
		if !at.fixed {
			shifted := e.when.plus(window{int(at.off), int(at.off)})
			r.from, r.to = int32(shifted.from), int32(shifted.to)
		}
		l.read(r)
	}
	return l.emit(instruction{op: doTree, dims: dims, extra: &extra{
		node: n, at: at, picked: l.picks[at.picks], order: l.order(dims).order,
	}})
}

// shift lowers prev and next: what they apply to is read in another month.
func (l *lowering) shift(n *node, at lowerAt) value {
	k := 1
	if len(n.args) > 1 {
		var whole bool
		if k, whole = literal(n.args[1]); !whole || k < 1 {
			return l.tree(n, at)
		}
	}
	if n.args[0].past { // its history lies in no column
		return l.tree(n, at)
	}
	if n.name == "prev" {
		k = -k
	}
	at.off = max(min(at.off+int32(k), 2*forever), -2*forever)
	return l.node(n.args[0], at)
}

// atMonth lowers at.
func (l *lowering) atMonth(n *node, at lowerAt) value {
	at.off, at.fixed = int32(n.month), true
	return l.node(n.args[0], at)
}

// ramp lowers ramp.
func (l *lowering) ramp(n *node, at lowerAt) value {
	months := l.node(n.args[0], at)
	limit := int32(l.prog.months())
	if !at.fixed && (at.off > limit || at.off < -limit) {
		return l.tree(n, at)
	}
	if months.kind == valueConstant && months.k == months.k {
		return l.season(season{name: "ramp", month: n.month, k: months.k}, at)
	}
	gone := l.season(season{name: "gone", month: n.month}, at)
	return l.emit(instruction{
		op: doRamp, dims: months.dims, a: l.column(gone, months.dims), b: l.column(months, months.dims),
	})
}

// part returns the column of a part of the formula, made by the function the
// first time.
func (l *lowering) part(key partKey, dims dimSet, build func(inner *lowering)) *column {
	if col, ok := l.parts[key]; ok {
		return col
	}
	order := l.order(dims)
	col := &column{line: l.col.line, helper: true, dims: order.order, lanes: order.lanes, edge: nan()}
	inner := &lowering{prog: l.prog, parts: l.parts, visits: l.visits}
	inner.begin(col)
	build(inner)
	col.index = len(l.prog.columns)
	l.prog.columns = append(l.prog.columns, col)
	l.parts[key] = col
	return col
}

// operand returns the column of what a function reads in many months: the
// line's own where it is one.
func (l *lowering) operand(n *node) *column {
	if n.op == opLine {
		return l.prog.columns[n.line]
	}
	return l.part(partKey{n, ""}, n.dims, func(inner *lowering) { inner.finish(inner.node(n, lowerAt{}), n) })
}

// overMonths lowers the sums over a run of months.
func (l *lowering) overMonths(n *node, at lowerAt) value {
	length := 0
	if n.name == "rolling" {
		var whole bool
		if length, whole = literal(n.args[1]); !whole || length < 1 {
			return l.tree(n, at)
		}
	}
	of := l.operand(n.args[0])
	if n.name == "cumulate" || n.name == "ytd" {
		return l.cells(l.gathered(n, of), at)
	}
	return l.span(n, of, length, at)
}

// gathered returns the column that adds up a column month by month.
func (l *lowering) gathered(n *node, of *column) *column {
	return l.part(partKey{n.args[0], n.name}, setOf(of.dims), func(inner *lowering) {
		if n.name == "cumulate" {
			inner.col.edge = 0
		}
		inner.col.front = 1
		v := value{kind: valueCells, index: int32(of.index), dims: setOf(of.dims)}
		inner.read(columnRead{column: v.index})
		a := inner.emitAs(instruction{op: doCumulate, dims: v.dims, a: inner.ordered(v, of), extra: &extra{name: n.name}}, of.lanes)
		inner.finish(a, n)
	})
}

// ordered returns a column's cells in the lowering's order of lanes.
func (l *lowering) ordered(v value, of *column) value {
	order := l.order(v.dims).order
	if sameOrder(order, of.dims) {
		return v
	}
	return l.emit(instruction{op: doGather, dims: v.dims, a: v, extra: l.prog.laneMap(of.dims, order, nil)})
}

func sameOrder(a, b []int) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// span lowers a sum over a run of months of a column that is read in each.
func (l *lowering) span(n *node, of *column, length int, at lowerAt) value {
	set := setOf(of.dims)
	v := value{kind: valueCells, index: int32(of.index), dims: set}
	r := columnRead{column: v.index, from: -forever, to: forever, full: true}
	if n.name == "rolling" && !at.fixed {
		r.from, r.to = at.off-int32(min(length, forever))+1, at.off
	}
	l.read(r)
	x := &extra{name: n.name, months: int32(length), at: lowerAt{off: at.off, fixed: at.fixed}}
	sum := l.emitAs(instruction{op: doSpan, dims: set, a: v, extra: x}, of.lanes)
	kept := set
	for _, p := range l.picks[at.picks] {
		kept = kept.minus(dimBit(p.dim))
	}
	order := l.order(kept).order
	if kept == set && sameOrder(order, of.dims) {
		return sum
	}
	return l.emit(instruction{op: doGather, dims: kept, a: sum, extra: l.prog.laneMap(of.dims, order, l.picks[at.picks])})
}

// series lowers a function of all months: a column of its own, evaluated for
// all of them at once.
func (l *lowering) series(n *node, at lowerAt) value {
	key := partKey{n, "series"}
	col := l.part(key, n.dims, func(inner *lowering) {
		inner.col.wholly = !n.looksBack()
		args := make([]value, len(n.args))
		for i, arg := range n.args {
			if n.looksBack() {
				args[i] = inner.kept(arg, n.dims)
				continue
			}
			args[i] = inner.spread(inner.node(arg, lowerAt{}), n.dims)
		}
		inner.finish(inner.emit(instruction{op: doSeries, dims: n.dims, extra: &extra{node: n, args: args}}), n)
	})
	if n.fn.constant {
		at.off, at.fixed = 0, true
	}
	return l.cells(col, at)
}

// kept lowers what a series reads in the months so far: it lies in a column with
// the dimensions, whose months stay while others are evaluated.
func (l *lowering) kept(n *node, dims dimSet) value {
	var col *column
	if n.op == opLine {
		col = l.prog.columns[n.line]
	}
	if col == nil || setOf(col.dims) != dims || !sameOrder(l.order(dims).order, col.dims) {
		col = l.part(partKey{n, "kept"}, dims, func(inner *lowering) { inner.finish(inner.node(n, lowerAt{}), n) })
	}
	v := value{kind: valueCells, index: int32(col.index), dims: dims}
	l.read(columnRead{column: v.index, from: -forever, full: true})
	return v
}

// overMembers lowers the reductions.
func (l *lowering) overMembers(n *node, at lowerAt) value {
	return l.reduce(n, l.node(n.args[0], l.free(at, n.reduce)), n.name)
}

// reduce lowers the walk over the members of what varies by them.
func (l *lowering) reduce(n *node, x value, name string) value {
	var over []int
	total := 1
	n.reduce.each(func(dim int) {
		over = append(over, dim)
		total *= l.prog.members(dim)
	})
	if total == 0 {
		return constant(nan())
	}
	dims := x.dims.minus(n.reduce)
	x = l.column(x, x.dims|n.reduce)
	lanes := l.prog.reduceMap(l.order(x.dims).order, l.order(dims).order, over, name)
	return l.emit(instruction{op: doReduce, dims: dims, a: x, extra: lanes})
}

// share lowers share.
func (l *lowering) share(n *node, at lowerAt) value {
	own := l.node(n.args[0], at)
	sum := l.reduce(n, l.node(n.args[0], l.free(at, n.reduce)), "sum")
	return l.binary(doDiv, own, sum)
}

// otherwise lowers otherwise.
func (l *lowering) otherwise(n *node, at lowerAt) value {
	x, y := l.node(n.args[0], at), l.node(n.args[1], at)
	if x.kind == valueConstant {
		if x.k == x.k {
			return x
		}
		return y
	}
	dims := x.dims | y.dims
	return l.emit(instruction{op: doOtherwise, dims: dims, a: l.spread(x, dims), b: l.column(y, dims)})
}

// convert lowers seconds, minutes and hours.
func (l *lowering) convert(n *node, at lowerAt) value {
	if n.word == "unknown" {
		return constant(nan())
	}
	x := l.node(n.args[0], at)
	if n.value != 1 {
		x = l.binary(doMul, x, constant(n.value))
	}
	if n.divide != 1 {
		x = l.binary(doDiv, x, constant(n.divide))
	}
	return x
}
