package formula

import "math"

// The explainer evaluates a bound formula as it stands, cell by cell and on
// demand. It gives the numbers of the kernels, to the bit, and says why where
// there is none; roll-ups by formula, traces and what has no kernel use it too.

// eval evaluates a formula's node in the frame's month and for its members. It
// returns NaN after it has put the reason into the frame, and leaves the
// frame's month and members as it found them.
func (f *frame) eval(n *node) float64 {
	switch n.op {
	case opNumber, opBool:
		return n.value
	case opLine:
		s := f.prog.slots[n.line]
		if n.past && f.period < 0 && f.roll == nil {
			return f.readPast(s)
		}
		return f.read(s)
	case opLocal:
		return f.once(n.target.args[0])
	case opLet:
		return f.eval(n.args[1])
	case opCalendar:
		return float64(calendarAnswer(f.prog.scope.Calendar, n.name, f.period))
	case opUnary:
		return f.unary(n)
	case opBinary:
		return f.binary(n)
	case opChoice:
		switch t := f.eval(n.args[0]); t {
		case 0:
			return f.eval(n.args[2])
		case 1:
			return f.eval(n.args[1])
		default:
			return t
		}
	case opIn:
		return f.in(n)
	case opMember:
		return f.memberTest(n)
	case opPick:
		before := f.member[n.dim]
		f.member[n.dim] = n.members[0]
		v := f.eval(n.args[0])
		f.member[n.dim] = before
		return v
	case opCall:
		return f.call(n)
	default:
		return f.fail("formula.internal", nil)
	}
}

// An exprKey is a part of a formula at a place.
type exprKey struct {
	node             *node
	period, from, to int
	members          string
}

// once evaluates a part that is read many times once for each place, unless
// that costs less than to remember it. What is remembered belongs to one cell.
func (f *frame) once(n *node) float64 {
	if !n.costly {
		return f.eval(n)
	}
	key := exprKey{node: n, period: f.period, members: f.membersKey(n.dims)}
	if f.roll != nil {
		key.from, key.to = f.roll.from, f.roll.to
	}
	known, done := f.known[key]
	if !done {
		known.value = f.eval(n)
		known.fault = f.fault
		if f.known == nil {
			f.known = map[exprKey]rolled{}
		}
		f.known[key] = known
	}
	if known.value != known.value {
		f.fault = known.fault
	}
	return known.value
}

// membersKey writes the current members of the dimensions.
func (f *frame) membersKey(dims dimSet) string {
	if dims == 0 {
		return ""
	}
	var key []byte
	dims.each(func(dim int) {
		m := f.member[dim]
		key = append(key, byte(m), byte(m>>8), byte(m>>16), byte(m>>24))
	})
	return string(key)
}

// prepare makes the trees ready for the explainer, the first time it is asked.
func (p *Program) prepare() {
	p.prepared.Do(func() {
		for _, s := range p.slots {
			if s.tree == nil || s.broken != nil {
				continue
			}
			markCostly(s.tree)
			s.tree.walk(p.share)
		}
	})
}

// share prepares what all calls of a node have in common.
func (p *Program) share(n *node) {
	if n.op == opCall && n.shared == nil && (n.fn.local != nil || n.fn.series != nil) {
		c := p.newCall(n)
		n.own().shared = &c
	}
}

// markCostly notes which parts of a formula are worth remembering: large ones,
// and those that read many cells. It returns the size of the tree and whether
// it has such a call.
func markCostly(n *node) (size int, loops bool) {
	const cheap = 12
	size = 1
	for _, arg := range n.args {
		inner, within := markCostly(arg)
		size, loops = size+inner, loops || within
	}
	loops = loops || n.op == opCall && (n.fn.loops || n.fn.series != nil || n.part != nil)
	n.costly = size > cheap || loops
	if n.op == opLet { // what is bound is read wherever its name stands
		n.args[0].costly = len(n.args[0].args) > 0
	}
	return size, loops
}

// lane returns the slot's lane of the current members.
func (s *slot) lane(member []int) int {
	lane := 0
	for i, dim := range s.dims {
		lane += member[dim] * s.stride[i]
	}
	return lane
}

// truth is 1 for what holds and 0 for what does not, without a branch.
func truth(holds bool) float64 {
	var bit uint64
	if holds {
		bit = 1
	}
	return math.Float64frombits(-bit & oneBits)
}

// oneBits are those of the number 1.
const oneBits = 0x3ff0_0000_0000_0000

func (f *frame) unary(n *node) float64 {
	v := f.eval(n.args[0])
	switch {
	case v != v:
		return v
	case n.name == "-":
		return -v
	case n.name == "not":
		return 1 - v
	default:
		return v
	}
}

func (f *frame) binary(n *node) float64 {
	x := f.eval(n.args[0])
	switch {
	case x != x:
		return x
	case n.name == "and" && x == 0, n.name == "or" && x == 1:
		return x
	}
	y := f.eval(n.args[1])
	if y != y {
		return y
	}
	switch n.name {
	case "and", "or":
		return y
	case "+":
		return f.finite(x + y)
	case "-":
		return f.finite(x - y)
	case "*":
		return f.finite(x * y)
	case "/":
		if y == 0 {
			return f.fail("formula.division_by_zero", nil)
		}
		return f.finite(x / y)
	case "^":
		v, err := pow(x, y)
		if err != nil {
			return f.failWith(err)
		}
		return f.finite(v)
	default:
		return truth(compare(n.name, x, y))
	}
}

// compare reports whether the comparison holds.
func compare(name string, x, y float64) bool {
	switch name {
	case "==":
		return x == y
	case "!=":
		return x != y
	case "<":
		return x < y
	case "<=":
		return x <= y
	case ">":
		return x > y
	default:
		return x >= y
	}
}

func (f *frame) in(n *node) float64 {
	x := f.eval(n.args[0])
	if x != x {
		return x
	}
	for _, item := range n.args[1:] {
		if f.eval(item) == x {
			return 1
		}
	}
	return 0
}

func (f *frame) memberTest(n *node) float64 {
	if f.member[n.dim] < 0 {
		return f.fail("formula.rollup_member", nil)
	}
	return truth(n.holds(f.member[n.dim]))
}

// holds reports whether a member test holds for the member.
func (n *node) holds(member int) bool {
	found := false
	for _, m := range n.members {
		found = found || m == member
	}
	return found != n.negate
}
