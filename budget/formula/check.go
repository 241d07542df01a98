package formula

import (
	"centerplan/budget/unit"
	"centerplan/planning/problem"
)

// A quantity is what is known about the unit of a value.
type quantity struct {
	class quantityClass
	unit  unit.Unit
}

// A quantityClass says how firm a unit is.
type quantityClass int

const (
	unitAny   quantityClass = iota // not known, because of a problem or of a recurrence
	unitFlex                       // a plain number, which takes the unit it needs
	unitFixed                      // the unit
)

func fixed(u unit.Unit) quantity { return quantity{unitFixed, u} }

var (
	anyUnit  = quantity{class: unitAny}
	flexUnit = quantity{class: unitFlex}
)

// A checker finds the unit of every line and expression and reports where
// units do not fit.
type checker struct {
	names *names
	trees []*node
	units []quantity
	state []checkState
	line  int // the one being checked
	// round is which time the trees are gone through; unsettled says of a line
	// that what was found of it in an earlier round may not be all, and wanted
	// that its unit was asked for in this round before it was known.
	round             int32
	unsettled, wanted []bool
	// found is what does not fit in this round.
	found []misfit
	// parsed are the units of parameters, and products those that were formed.
	parsed   map[string]unit.Unit
	products map[factors]unit.Unit
}

// A misfit is a problem of a node in a line's formula.
type misfit struct {
	line int
	at   *node
	key  string
	args problem.Args
}

// factors are two units to be multiplied or divided.
type factors struct {
	a, b   unit.Unit
	divide bool
}

type checkState int

const (
	unchecked checkState = iota
	checking
	checked
)

// checkUnits checks every line's formula and returns the lines' units. Trees
// of input lines and of lines that do not parse are nil. It first finds the
// units of all lines and then looks for what does not fit, so that within a
// recurrence it does not matter which line comes first.
func checkUnits(n *names, trees []*node, report func(line int, at *node, key string, args problem.Args)) []quantity {
	c := &checker{
		names: n, trees: trees, units: make([]quantity, len(trees)), state: make([]checkState, len(trees)),
		round: 1, unsettled: make([]bool, len(trees)), wanted: make([]bool, len(trees)), parsed: map[string]unit.Unit{}, products: map[factors]unit.Unit{},
	}
	c.stated()
	for line, tree := range trees {
		if tree != nil && c.state[line] == unchecked {
			c.checkFirst(line)
		}
	}
	c.settle()
	for _, m := range c.found {
		report(m.line, m.at, m.key, m.args)
	}
	return c.units
}

// settle goes through the lines again in which anything was open or did not
// fit, until no unit becomes known that was asked for before. What does not fit
// in the last round is what is wrong.
func (c *checker) settle() {
	for c.late() {
		clear(c.wanted)
		c.found = c.found[:0]
		c.round++
		for line, unsettled := range c.unsettled {
			if unsettled {
				c.checkTree(line)
			}
		}
	}
}

// late reports whether a unit is known by now that was not when it was asked
// for.
func (c *checker) late() bool {
	for line, wanted := range c.wanted {
		if wanted && c.units[line].class != unitAny {
			return true
		}
	}
	return false
}

// misfit notes that a node of the line at hand has a problem.
func (c *checker) misfit(at *node, key string, args problem.Args) {
	c.found = append(c.found, misfit{c.line, at, key, args})
	c.unsettled[c.line] = true
}

// stated sets the units that lines state, and those of inputs.
func (c *checker) stated() {
	for line := range c.units {
		switch spec := &c.names.scope.Lines[line]; {
		case spec.Unit != "":
			c.units[line] = fixed(c.names.unit(spec.Unit).unit)
		case spec.Formula == "":
			c.units[line] = flexUnit
		}
	}
}

// lineUnit returns a line's unit: the stated one, else what its formula gives.
// It is anyUnit where a recurrence needs its own unit.
func (c *checker) lineUnit(line int) quantity {
	if c.units[line].class == unitAny && c.state[line] == unchecked && c.trees[line] != nil {
		c.checkFirst(line)
	}
	if c.units[line].class == unitAny {
		c.wanted[line] = true
	}
	return c.units[line]
}

// checkFirst checks a line for the first time.
func (c *checker) checkFirst(line int) {
	c.state[line] = checking
	c.checkTree(line)
	c.state[line] = checked
}

// checkTree sets the unit of a line by its formula, or compares the two.
func (c *checker) checkTree(line int) {
	before := c.line
	c.line = line
	got := c.check(c.trees[line])
	switch own := c.units[line]; {
	case own.class == unitAny:
		c.units[line] = got
	case own.class == unitFixed && got.class == unitFixed && got.unit != own.unit:
		c.mismatch(c.trees[line], "formula.unit_line", own.unit, got.unit, problem.Args{"line": c.names.scope.Lines[line].Code})
	}
	c.line = before
}

// mismatch reports that n is in the unit got where want is wanted. Where the
// two differ only in the size of their time, it names the function to write.
func (c *checker) mismatch(n *node, key string, want, got unit.Unit, args problem.Args) {
	if args == nil {
		args = problem.Args{}
	}
	args["want"], args["got"] = want.String(), got.String()
	if function, ok := unit.Converter(got, want); ok {
		key, args["convert"] = key+"_size", function
	}
	c.misfit(n, key, args)
}

// check returns the unit of a node; each is checked once in a round.
func (c *checker) check(n *node) quantity {
	if n.checked != c.round {
		n.unit = c.infer(n)
		n.checked = c.round
		if n.unit.class == unitAny {
			c.unsettled[c.line] = true
		}
	}
	return n.unit
}

func (c *checker) infer(n *node) quantity {
	switch n.op {
	case opNumber, opBool, opCalendar, opMember:
		return flexUnit
	case opLine:
		return c.lineUnit(n.line)
	case opLocal:
		return c.check(n.target.args[0])
	case opLet:
		c.check(n.args[0])
		return c.check(n.args[1])
	case opUnary, opPick:
		return c.check(n.args[0])
	case opBinary:
		return c.binary(n)
	case opChoice:
		c.check(n.args[0])
		return c.unify(n.args[1:])
	case opIn:
		c.unify(n.args)
		return flexUnit
	case opCall:
		if n.fn.units != nil {
			return n.fn.units(c, n)
		}
		return c.call(n)
	default:
		return anyUnit
	}
}

// unify wants all nodes to have one unit, and returns it. Plain numbers take
// the others' unit.
func (c *checker) unify(nodes []*node) quantity {
	result := flexUnit
	for _, n := range nodes {
		got := c.check(n)
		switch {
		case got.class == unitFlex:
		case result.class != unitFixed:
			if got.class == unitFixed || result.class == unitFlex {
				result = got
			}
		case got.class == unitFixed && got.unit != result.unit:
			c.mismatch(n, "formula.unit_mismatch", result.unit, got.unit, nil)
			return anyUnit
		}
	}
	return result
}

func (c *checker) binary(n *node) quantity {
	left, right := n.args[0], n.args[1]
	switch n.name {
	case "+", "-":
		return c.unify(n.args)
	case "*", "/":
		return c.product(c.check(left), c.check(right), n.name == "/")
	case "^":
		return c.power(n)
	case "and", "or":
		c.check(left)
		c.check(right)
		return flexUnit
	default:
		c.unify(n.args)
		return flexUnit
	}
}

// product combines units; a plain number is a plain ratio beside a unit.
func (c *checker) product(a, b quantity, divide bool) quantity {
	switch {
	case a.class == unitAny || b.class == unitAny:
		return anyUnit
	case a.class == unitFlex && b.class == unitFlex:
		return flexUnit
	case b.unit.Plain():
		return fixed(a.unit)
	}
	key := factors{a.unit, b.unit, divide}
	u, ok := c.products[key]
	if !ok {
		if u = a.unit.Mul(b.unit); divide {
			u = a.unit.Div(b.unit)
		}
		c.products[key] = u
	}
	return fixed(u)
}

// power returns the unit of x ** n: a unit needs a whole power written as a
// number, a plain number takes any.
func (c *checker) power(n *node) quantity {
	base, exponent := c.check(n.args[0]), c.check(n.args[1])
	if exponent.class == unitFixed && !exponent.unit.Plain() {
		c.mismatch(n.args[1], "formula.unit_power", unit.Ratio, exponent.unit, nil)
	}
	if base.class != unitFixed || base.unit.Plain() {
		return base
	}
	if whole, ok := signedLiteral(n.args[1]); ok {
		if u, ok := base.unit.Pow(whole); ok {
			return fixed(u)
		}
	}
	c.misfit(n.args[0], "formula.unit_base", problem.Args{"got": base.unit.String()})
	return anyUnit
}

func signedLiteral(n *node) (int, bool) {
	if n.op == opUnary && n.name == "-" {
		whole, ok := literal(n.args[0])
		return -whole, ok
	}
	return literal(n)
}
