package formula

import "slices"

// A flat is an instruction with addresses in place of names: of its operands'
// and its own number for the plan's first month and first lane.
type flat struct {
	k       float64
	extra   *extra
	call    *flatCall
	dst     int32
	a, b, c int32
	lanes   int32
	op      opcode
}

// An operation is a flat for one number in each month; other is the index of a flat
// that is more than that.
type operation struct {
	k       float64
	dst     int32
	a, b, c int32
	op      opcode
}

// A flatCall has the addresses of a call's arguments.
type flatCall struct {
	args  []flatArg
	guard flatArg
}

// A flatArg is an argument's address, or its constant.
type flatArg struct {
	address  int32
	constant bool
	k        float64
}

// A scratch is room for a column between two instructions.
type scratch struct {
	lanes, address int
	taken          bool
}

// layOut gives every season, column and intermediate result its place in the
// memory of an evaluation, and the instructions their addresses.
func (p *Program) layOut() {
	months := p.months()
	for i := range p.seasons {
		s := &p.seasons[i]
		s.address = p.memory + s.front
		p.memory += s.front + months + s.back
		for period := -s.front; period < months+s.back; period++ {
			s.values = append(s.values, p.seasonAt(s, period))
		}
	}
	p.cells = p.memory
	p.beside = make([]int, len(p.slots))
	for _, c := range p.columns {
		c.address = p.memory + c.front*c.lanes
		p.memory += (c.front + months + c.back) * c.lanes
		if c.helper {
			p.beside[c.line] += (c.front + months + c.back) * c.lanes
		}
	}
	p.cellsEnd = p.memory
	for _, c := range p.columns {
		before := p.memory
		p.flatten(c)
		p.beside[c.line] += p.memory - before
	}
	for i := range p.stages {
		p.every = append(p.every, i)
		if s := &p.stages[i]; s.way != whole {
			p.steps(s)
		}
	}
}

// flatten gives a column's instructions their addresses. Room for intermediate
// results is used again as soon as nobody reads them any more.
func (p *Program) flatten(c *column) {
	if c.kind == columnBroken {
		c.flat = []flat{{op: doFill, k: nan(), lanes: int32(c.lanes), dst: int32(c.address)}}
	}
	if len(c.code) == 0 {
		return
	}
	room := &p.room
	room.begin(c.code)
	code, last, places, held := room.code, room.last, room.places, room.held
	fuse(code, c.result.index, last, false, func(value) bool { return true })
	lastUses(code, last)
	c.flat = room.flats.make(len(code))[:0]
	for i := range code {
		in := &code[i]
		held[i] = -1
		if in.op == doNothing {
			continue
		}
		if int32(i) == c.result.index {
			places[i] = int32(c.address)
		} else {
			held[i] = p.take(int(in.lanes))
			places[i] = int32(p.scratch[held[i]].address)
		}
		f := p.flat(in, places)
		f.dst = places[i]
		c.flat = append(c.flat, f)
		in.operands(func(v *value) {
			if v.kind == valueMade && last[v.index] == i && held[v.index] >= 0 {
				p.scratch[held[v.index]].taken = false
				held[v.index] = -1
			}
		})
	}
	for _, h := range held {
		if h >= 0 {
			p.scratch[h].taken = false
		}
	}
}

// lastUses finds for each instruction the last that reads it.
func lastUses(code []instruction, last []int) {
	clear(last)
	for i := range code {
		code[i].operands(func(v *value) {
			if v.kind == valueMade {
				last[v.index] = i
			}
		})
	}
}

// operands calls f with each operand.
func (in *instruction) operands(f func(v *value)) {
	f(&in.a)
	f(&in.b)
	f(&in.c)
	if in.extra != nil && in.extra.args != nil {
		for i := range in.extra.args {
			f(&in.extra.args[i])
		}
		f(&in.extra.guard)
	}
}

// take finds room for a column of so many lanes.
func (p *Program) take(lanes int) int {
	for i := range p.scratch {
		if s := &p.scratch[i]; s.lanes == lanes && !s.taken {
			s.taken = true
			return i
		}
	}
	p.scratch = append(p.scratch, scratch{lanes: lanes, address: p.memory, taken: true})
	p.memory += lanes * p.months()
	return len(p.scratch) - 1
}

// flat gives an instruction the addresses of its operands.
func (p *Program) flat(in *instruction, places []int32) flat {
	op, a, b, k := in.plain()
	f := flat{
		op: op, k: k.k, lanes: in.lanes, extra: in.extra,
		a: p.addressOf(a, places), b: p.addressOf(b, places), c: p.addressOf(in.c, places),
	}
	if in.op == doAt {
		f.a += in.extra.months * in.lanes
	}
	if in.extra != nil && in.extra.args != nil {
		f.call = &flatCall{guard: p.flatArg(in.extra.guard, places)}
		for _, arg := range in.extra.args {
			f.call.args = append(f.call.args, p.flatArg(arg, places))
		}
	}
	return f
}

func (p *Program) flatArg(v value, places []int32) flatArg {
	return flatArg{address: p.addressOf(v, places), constant: v.kind == valueConstant, k: v.k}
}

// addressOf returns where a value lies in the plan's first month; 0 for a
// constant.
func (p *Program) addressOf(v value, places []int32) int32 {
	switch v.kind {
	case valueCells:
		c := p.columns[v.index]
		return int32(c.address) + v.off*int32(c.lanes)
	case valueSeason:
		return int32(p.seasons[v.index].address) + v.off
	case valueMade:
		return places[v.index]
	default:
		return 0
	}
}

// steps makes the code of a stage that goes month by month.
func (p *Program) steps(s *stage) {
	size := len(s.columns)
	for _, index := range s.columns {
		size += len(p.columns[index].flat)
	}
	s.fast, s.careful = make([]operation, 0, size), make([]operation, 0, size)
	for _, index := range s.columns {
		c := p.columns[index]
		for i := range c.flat {
			f := &c.flat[i]
			one := operation{op: f.op, dst: f.dst, a: f.a, b: f.b, c: f.c, k: f.k}
			if f.lanes != 1 || f.op > doFill {
				one = operation{op: doNothing, a: int32(index), b: int32(i)}
			}
			s.fast, s.careful = append(s.fast, one), append(s.careful, one)
		}
		s.careful = append(s.careful, operation{op: doSettle, a: int32(index)})
	}
}

// A codeRoom is room to work on the code of one column after another.
type codeRoom struct {
	code   []instruction
	last   []int
	places []int32
	held   []int
	varies []bool
	spots  []spot
	flats  arena[flat]
}

// begin copies the code and makes room for what is found about it.
func (r *codeRoom) begin(code []instruction) {
	n := len(code)
	r.code = append(r.code[:0], code...)
	r.last, r.places = slices.Grow(r.last[:0], n)[:n], slices.Grow(r.places[:0], n)[:n]
	r.held, r.varies = slices.Grow(r.held[:0], n)[:n], slices.Grow(r.varies[:0], n)[:n]
	r.spots = slices.Grow(r.spots[:0], n)[:n]
}
