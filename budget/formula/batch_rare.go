package formula

// rare runs an instruction that is no plain pass over rows.
func (b *block) rare(op *blockOp, month int) {
	d := b.row(&op.dst, month)
	n := b.n
	switch op.op {
	case doNothing:
		b.settleOp(op, month)
	case doRepeat:
		for lane := range int(op.lanes) {
			fill(d[lane*n:][:n], b.base.mem[int(op.a.at)+month*int(op.a.lanes)+lane])
		}
	case doFill:
		fill(d, op.k)
	case doAt:
		copy(d, b.row(&op.a, int(op.extra.months)))
	case doIn:
		isIn(d, b.row(&op.a, month), op.extra.list)
	case doGather:
		a := b.row(&op.a, month)
		for lane, from := range op.extra.lanes {
			copy(d[lane*n:][:n], a[int(from)*n:])
		}
	case doReduce:
		b.reduce(d, b.row(&op.a, month), op)
	case doSpan:
		b.span(op, d, month)
	case doCumulate:
		before := b.row(&op.dst, month-1)
		if op.extra.name == "ytd" && b.prog.yearFrom[month] == month {
			before = nil
		}
		cumulate(d, before, b.row(&op.a, month))
	default:
		fill(d, nan())
	}
}

// reduce gathers rows in the order of the map.
func (b *block) reduce(d, a []float64, op *blockOp) {
	n, x := b.n, op.extra
	if len(d) == 0 {
		return
	}
	members := len(x.lanes) / int(op.lanes)
	for lane := range int(op.lanes) {
		row := d[lane*n:][:n]
		lanes := x.lanes[lane*members:][:members]
		copy(row, a[int(lanes[0])*n:])
		if x.name == "lowest" || x.name == "highest" {
			finite(row, row)
		}
		for _, from := range lanes[1:] {
			gatherRow(row, a[int(from)*n:][:n], x.name)
		}
		if x.name == "average" {
			divK(row, row, float64(members))
		}
	}
}

// gatherRow adds a row to what has gathered.
func gatherRow(d, a []float64, name string) {
	switch name {
	case "lowest":
		for i, v := range a {
			d[i] = min(d[i], v-(v-v))
		}
	case "highest":
		for i, v := range a {
			d[i] = max(d[i], v-(v-v))
		}
	default:
		add(d, d, a)
	}
}

// finite copies numbers and makes NaN of what is none.
func finite(d, a []float64) {
	for i, v := range a {
		d[i] = v - (v - v)
	}
}

// span sums rows over a run of months.
func (b *block) span(op *blockOp, d []float64, month int) {
	at := month + int(op.extra.at.off)
	if op.extra.at.fixed {
		at = int(op.extra.at.off)
	}
	from, to, ok := b.prog.spanOf(op.extra, at)
	if !ok {
		fill(d, nan())
		return
	}
	fill(d, 0)
	for ; from <= to; from++ {
		add(d, d, b.row(&op.a, from))
	}
}
