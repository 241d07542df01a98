package formula

import (
	"centerplan/budget/capacity"
	"centerplan/budget/unit"
	"centerplan/planning/problem"
)

// call checks the arguments against the parameters and returns the unit of the
// result. Arguments behind the parameters are a policy's lines.
func (c *checker) call(n *node) quantity {
	var few [4]*node
	same := few[:0]
	arg := 0
	for i := 0; arg < len(n.args) && !n.args[arg].implied; i++ {
		param := n.fn.param(i)
		if param.Kind != Number {
			continue
		}
		switch param.Unit {
		case "same":
			same = append(same, n.args[arg])
		case "":
			c.check(n.args[arg])
		default:
			c.argument(n, n.args[arg], param)
		}
		arg++
	}
	for _, line := range n.args[arg:] {
		c.check(line)
	}
	c.policyLines(n)
	switch n.fn.Unit {
	case "same":
		return c.unify(same)
	case "":
		return flexUnit
	default:
		return fixed(c.unit(n.fn.Unit))
	}
}

// unit reads the unit of a parameter or a result.
func (c *checker) unit(text string) unit.Unit {
	u, ok := c.parsed[text]
	if !ok {
		u, _ = unit.Parse(text)
		c.parsed[text] = u
	}
	return u
}

// policyLines wants the lines that a staffing policy takes numbers from in the
// units of their fields.
func (c *checker) policyLines(n *node) {
	if n.part == nil {
		return
	}
	policy, ok := n.part.part.(*capacity.Prepared)
	if !ok {
		return
	}
	for _, use := range policy.Uses() {
		if want, _ := unit.Parse(use.Unit); use.Unit != "" {
			c.partNumber(n, capacity.Param{Line: use.Line}, want)
		}
	}
}

// argument wants an argument in the parameter's unit.
func (c *checker) argument(n, arg *node, param Param) {
	got := c.check(arg)
	want := c.unit(param.Unit)
	if got.class == unitFixed && got.unit != want {
		c.mismatch(arg, "formula.unit_argument", want, got.unit, problem.Args{
			"function": n.name, "parameter": param.Name,
		})
	}
}

// convert returns the unit of seconds, minutes and hours, and leaves in the
// node what the value is multiplied and divided by.
func (c *checker) convert(n *node) quantity {
	to := c.unit(n.name)
	got := c.check(n.args[0])
	n.value, n.own().divide, n.word = 1, 1, ""
	switch got.class {
	case unitAny:
		n.word = "unknown"
		return anyUnit
	case unitFlex:
		c.misfit(n.args[0], "formula.unit_no_time", problem.Args{"function": n.name, "got": unit.Ratio.String()})
		return anyUnit
	default: // a fixed unit is converted below
	}
	converted, multiply, divide, ok := got.unit.In(to)
	if !ok {
		c.misfit(n.args[0], "formula.unit_no_time", problem.Args{"function": n.name, "got": got.unit.String()})
		return anyUnit
	}
	n.value, n.divide = multiply, divide
	return fixed(converted)
}

// root returns the unit of a square root.
func (c *checker) root(n *node) quantity {
	got := c.check(n.args[0])
	if got.class != unitFixed {
		return got
	}
	if u, ok := got.unit.Root(); ok {
		return fixed(u)
	}
	c.misfit(n.args[0], "formula.unit_root", problem.Args{"got": got.unit.String()})
	return anyUnit
}

// issues carries contact to issue, or issue to contact, within the unit of the
// first argument, so that contacts per customer become issues per customer.
func (c *checker) issues(n *node) quantity {
	c.argument(n, n.args[1], n.fn.Params[1])
	from, to := c.unit(n.fn.Params[0].Unit), c.unit(n.fn.Unit)
	got := c.check(n.args[0])
	if got.class != unitFixed {
		return fixed(to)
	}
	if u, ok := got.unit.Replace(from, to); ok {
		return fixed(u)
	}
	c.mismatch(n.args[0], "formula.unit_argument", from, got.unit, problem.Args{
		"function": n.name, "parameter": n.fn.Params[0].Name,
	})
	return fixed(to)
}
