package formula

import (
	"math"
)

// A compiler makes closures of one line's tree.
type compiler struct {
	*Program
	line int
	// lets are the slots of what is bound by let; helpers are all slots made,
	// those read before their readers.
	lets    map[*node]int
	helpers []int
	// made is the code of each node, for the trace.
	made map[*node]code
}

// helper gives an expression cells of its own, so that it is evaluated once
// for each month and member however often it is read.
func (c *compiler) helper(n *node) int {
	run := c.code(n) // adds the helpers within first
	var dims []int
	n.dims.each(func(dim int) { dims = append(dims, dim) })
	s := c.slot(c.line, dims)
	s.helper, s.tree, s.run = true, n, run
	c.helpers = append(c.helpers, s.index)
	return s.index
}

// manyTimes compiles an expression that a loop reads: by helper if it is
// costly or holds a loop itself, so that loops do not multiply.
func (c *compiler) manyTimes(n *node) code {
	size := 0
	n.walk(func(*node) { size++ })
	const cheap = 12
	costly := size > cheap || n.has(func(m *node) bool { return m.op == opCall && (m.fn.loops || m.part != nil) })
	if !costly {
		return c.code(n)
	}
	return c.read(c.slots[c.helper(n)])
}

// code compiles a node.
func (c *compiler) code(n *node) code {
	run, ok := c.made[n]
	if !ok {
		run = c.compile(n)
		c.made[n] = run
	}
	return run
}

func (c *compiler) compile(n *node) code {
	switch n.op {
	case opNumber, opBool:
		value := n.value
		return func(*frame) float64 { return value }
	case opLine:
		if n.past {
			return c.readPast(c.slots[n.line])
		}
		return c.read(c.slots[n.line])
	case opLocal:
		return c.local(n.target)
	case opLet:
		return c.code(n.args[1])
	case opCalendar:
		return c.calendarName(n.name)
	case opUnary:
		return unaryCode(n.name, c.code(n.args[0]))
	case opBinary:
		return c.binary(n)
	case opChoice:
		test, yes, no := c.code(n.args[0]), c.code(n.args[1]), c.code(n.args[2])
		return func(f *frame) float64 {
			switch t := test(f); t {
			case 0:
				return no(f)
			case 1:
				return yes(f)
			default:
				return t
			}
		}
	case opIn:
		return c.in(n)
	case opMember:
		return memberTest(n)
	case opPick:
		return c.pick(n)
	case opCall:
		return c.call(n)
	default:
		return func(f *frame) float64 { return f.fail("formula.internal", nil) }
	}
}

// call compiles a function's call.
func (c *compiler) call(n *node) code {
	switch {
	case n.fn.scalar != nil:
		return c.scalar(n)
	case n.fn.local != nil:
		return c.localCall(n)
	case n.fn.series != nil:
		return c.seriesCall(n)
	default:
		return n.fn.build(c, n)
	}
}

// local compiles a name bound by let.
func (c *compiler) local(let *node) code {
	value := let.args[0]
	if index, ok := c.lets[let]; ok {
		return c.read(c.slots[index])
	}
	if len(value.args) == 0 {
		return c.code(value)
	}
	index := c.helper(value)
	c.lets[let] = index
	return c.read(c.slots[index])
}

// read compiles a reference to a slot's cell.
func (c *compiler) read(s *slot) code {
	index := s.index
	if len(s.dims) == 0 {
		return func(f *frame) float64 {
			if f.plain && uint(f.period) < uint(f.months) {
				if v := f.cells[index].values[f.period]; v == v {
					return v
				}
			}
			return f.readHard(s)
		}
	}
	return func(f *frame) float64 {
		if f.plain && uint(f.period) < uint(f.months) {
			if v := f.cells[index].values[f.period*s.lanes+s.lane(f.member)]; v == v {
				return v
			}
		}
		return f.readHard(s)
	}
}

// readPast compiles a reference to a line within last_year.
func (c *compiler) readPast(s *slot) code {
	read := c.read(s)
	return func(f *frame) float64 {
		if f.period >= 0 || f.roll != nil {
			return read(f)
		}
		if f.trace != nil {
			f.trace.notePast(f, s)
		}
		return f.history(s)
	}
}

// lane returns the slot's lane of the current members.
func (s *slot) lane(member []int) int {
	lane := 0
	for i, dim := range s.dims {
		lane += member[dim] * s.stride[i]
	}
	return lane
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func unaryCode(name string, x code) code {
	switch name {
	case "-":
		return func(f *frame) float64 { return -x(f) }
	case "not":
		return func(f *frame) float64 {
			v := x(f)
			if v != v {
				return v
			}
			return 1 - v
		}
	default:
		return x
	}
}

func (c *compiler) binary(n *node) code {
	a, b := c.code(n.args[0]), c.code(n.args[1])
	switch n.name {
	case "and", "or":
		stop := truth(n.name == "or")
		return func(f *frame) float64 {
			if v := a(f); v != v || v == stop {
				return v
			}
			return b(f)
		}
	case "+":
		return arithmetic(a, b, func(x, y float64) float64 { return x + y })
	case "-":
		return arithmetic(a, b, func(x, y float64) float64 { return x - y })
	case "*":
		return arithmetic(a, b, func(x, y float64) float64 { return x * y })
	case "/":
		return divide(a, b)
	case "^":
		return c.powerCode(a, b)
	default:
		return comparison(n.name, a, b)
	}
}

// arithmetic compiles an operation that can only fail by leaving the numbers.
func arithmetic(a, b code, do func(x, y float64) float64) code {
	return func(f *frame) float64 {
		x := a(f)
		if x != x {
			return x
		}
		y := b(f)
		if y != y {
			return y
		}
		return f.finite(do(x, y))
	}
}

func divide(a, b code) code {
	return func(f *frame) float64 {
		x := a(f)
		if x != x {
			return x
		}
		y := b(f)
		if y != y {
			return y
		}
		if y == 0 {
			return f.fail("formula.division_by_zero", nil)
		}
		return f.finite(x / y)
	}
}

func (c *compiler) powerCode(a, b code) code {
	return func(f *frame) float64 {
		x := a(f)
		if x != x {
			return x
		}
		y := b(f)
		if y != y {
			return y
		}
		v, err := pow(x, y)
		if err != nil {
			return f.failWith(err)
		}
		return f.finite(v)
	}
}

var comparisons = map[string]func(x, y float64) bool{
	"==": func(x, y float64) bool { return x == y },
	"!=": func(x, y float64) bool { return x != y },
	"<":  func(x, y float64) bool { return x < y },
	"<=": func(x, y float64) bool { return x <= y },
	">":  func(x, y float64) bool { return x > y },
	">=": func(x, y float64) bool { return x >= y },
}

func comparison(name string, a, b code) code {
	holds := comparisons[name]
	return func(f *frame) float64 {
		x := a(f)
		if x != x {
			return x
		}
		y := b(f)
		if y != y {
			return y
		}
		return truth(holds(x, y))
	}
}

func (c *compiler) in(n *node) code {
	codes := make([]code, len(n.args))
	for i, arg := range n.args {
		codes[i] = c.code(arg)
	}
	return func(f *frame) float64 {
		x := codes[0](f)
		if x != x {
			return x
		}
		for _, item := range codes[1:] {
			if item(f) == x {
				return 1
			}
		}
		return 0
	}
}

func memberTest(n *node) code {
	dim, members, negate := n.dim, n.members, n.negate
	return func(f *frame) float64 {
		if f.member[dim] < 0 {
			return f.fail("formula.rollup_member", nil)
		}
		found := false
		for _, m := range members {
			found = found || m == f.member[dim]
		}
		return truth(found != negate)
	}
}

func (c *compiler) pick(n *node) code {
	x, dim, picked := c.code(n.args[0]), n.dim, n.members[0]
	return func(f *frame) float64 {
		before := f.member[dim]
		f.member[dim] = picked
		v := x(f)
		f.member[dim] = before
		return v
	}
}

// scalar compiles a function of numbers alone.
func (c *compiler) scalar(n *node) code {
	args, do := c.codes(n.args), n.fn.scalar
	return func(f *frame) float64 {
		base := len(f.stack)
		for _, arg := range args {
			v := arg(f)
			if v != v {
				f.stack = f.stack[:base]
				return v
			}
			f.stack = append(f.stack, v)
		}
		v, err := do(f.stack[base:])
		f.stack = f.stack[:base]
		if err != nil {
			return f.failWith(err)
		}
		return f.finite(v)
	}
}

func (c *compiler) codes(nodes []*node) []code {
	codes := make([]code, len(nodes))
	for i, n := range nodes {
		codes[i] = c.code(n)
	}
	return codes
}

func nan() float64 { return math.NaN() }
