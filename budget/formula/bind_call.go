package formula

import (
	"maps"
	"slices"

	"github.com/expr-lang/expr/ast"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
)

// call binds a function's call.
func (b *binder) call(from *ast.CallNode) *node {
	callee, ok := from.Callee.(*ast.IdentifierNode)
	if !ok {
		n := b.leaf(opBad, from)
		return b.bad(n, "formula.not_supported", problem.Args{"text": b.typed(n)})
	}
	at := b.leaf(opBad, callee)
	at.name = callee.Value
	fn, ok := functions[at.name]
	if !ok {
		return b.unknown(at, "formula.unknown_function", functionNames())
	}
	if p := b.countArguments(fn, at, len(from.Arguments)); p != nil {
		return p
	}
	n := b.node(opCall, at.from, at.to)
	n.name, n.fn = fn.Name, fn
	var implied []*node
	before := len(b.stack)
	for i, arg := range from.Arguments {
		param := fn.param(i)
		if param.Kind == Number {
			b.stack = append(b.stack, b.number(arg))
			continue
		}
		// The opening bracket is before any argument.
		_, end := where(arg)
		n.to = max(n.to, end)
		implied = append(implied, b.special(n, param, arg)...)
	}
	b.stack = append(b.stack, implied...)
	b.cover(n, b.stack[before:])
	b.stack = b.stack[:before]
	b.noted = b.noted || n.name == "otherwise" || n.part != nil
	switch {
	case fn.past:
		return b.lastYear(n)
	case fn.reduces:
		return b.reduction(n)
	}
	return n
}

// countArguments refuses a wrong number of arguments, nil if it is right.
func (b *binder) countArguments(fn *function, at *node, got int) *node {
	least, most := fn.least(), fn.most()
	if got < least || most >= 0 && got > most {
		return b.bad(at, "formula.argument_count", problem.Args{
			"function": fn.Name, "got": count(got), "signature": fn.Signature(),
		})
	}
	return nil
}

// special binds an argument that is no expression. It returns the lines that
// the argument brings with it.
func (b *binder) special(n *node, param Param, arg ast.Node) []*node {
	if param.Kind == DimName {
		b.dimensionArgument(n, arg)
		return nil
	}
	at := b.leaf(opBad, arg)
	text, ok := arg.(*ast.StringNode)
	if !ok {
		key := "formula.text_expected"
		if param.Kind == MonthText {
			key = "formula.month_expected"
		}
		b.fail(at, key, problem.Args{"function": n.name, "parameter": param.Name})
		n.kind = kindAny
		return nil
	}
	at.name = text.Value
	if kind, ok := partKinds[param.Kind]; ok {
		return b.partArgument(n, at, kind)
	}
	switch param.Kind {
	case MonthText:
		b.monthArgument(n, at)
	case ContributionItem:
		b.itemArgument(n, at)
	case LiveName:
		n.own().word = text.Value
		if _, ok := b.names.scope.Live[text.Value]; !ok {
			b.unknown(at, "formula.unknown_initiative", slices.Sorted(maps.Keys(b.names.scope.Live)))
		}
	case Option:
		n.own().word = text.Value
		if !slices.Contains(param.Options, text.Value) {
			b.unknown(at, "formula.unknown_option", param.Options)
		}
	default: // the others do not come here
	}
	return nil
}

func (b *binder) dimensionArgument(n *node, arg ast.Node) {
	dim, ok := b.dimension(arg)
	if ok {
		n.own().reduce = dimBit(dim)
		return
	}
	at := b.leaf(opBad, arg)
	name, ok := arg.(*ast.IdentifierNode)
	if !ok {
		b.fail(at, "formula.dimension_expected", problem.Args{"function": n.name})
		return
	}
	at.name = name.Value
	b.unknown(at, "formula.unknown_dimension", b.names.dimensionCodes())
}

// monthArgument reads a month. Only at needs it to be in the plan.
func (b *binder) monthArgument(n, at *node) {
	month, ok := calendar.Parse(at.name)
	if !ok {
		b.fail(at, "formula.month_expected", problem.Args{"function": n.name, "parameter": "month"})
		return
	}
	c := b.names.scope.Calendar
	period, inside := c.Index(month)
	n.own().month = period
	if !inside && n.name == "at" {
		b.fail(at, "formula.month_outside", problem.Args{
			"month": at.name, "from": c.Month(0).String(), "to": c.Month(c.Months - 1).String(),
		})
	}
}

// partArgument finds a part of the model. The lines that the part takes its
// numbers from become operands of the call.
func (b *binder) partArgument(n, at *node, kind *partKind) []*node {
	found, ok := kind.find(b.names.scope, at.name)
	if !ok {
		b.unknown(at, kind.unknown, kind.codes(b.names.scope))
		return nil
	}
	if n.fn.view != nil {
		side, lacks := n.fn.view(found)
		if lacks != "" {
			b.fail(at, lacks, problem.Args{"function": n.name, "name": at.name})
			return nil
		}
		found = side
	}
	n.own().part = &namedPart{part: found, kind: kind}
	var implied []*node
	for _, code := range found.Lines() {
		line, ok := b.names.lines[code]
		if !ok {
			b.fail(at, kind.unknownLine, problem.Args{"policy": at.name, "name": code})
			continue
		}
		n.part.lines = append(n.part.lines, code)
		read := b.node(opLine, at.from, at.to)
		read.name, read.line, read.dims, read.implied = code, line, b.names.lineDims[line], true
		implied = append(implied, read)
	}
	return implied
}

// reduction finds which dimensions a call reduces.
func (b *binder) reduction(n *node) *node {
	arg := n.args[0]
	if n.reduce == 0 {
		n.own().reduce = arg.dims
	} else if arg.dims&n.reduce == 0 && arg.kind != kindAny {
		b.fail(arg, "formula.reduce_dimension", problem.Args{"operand": b.typed(arg), "dimension": b.names.dimNames(n.reduce)})
		n.own().reduce = 0
	}
	if !n.fn.keeps {
		n.dims = arg.dims.minus(n.reduce)
	}
	return n
}

// openDimensions reports what in a line's formula varies by dimensions that
// the line does not have.
func (b *binder) openDimensions(root *node, own dimSet) []problem.Problem {
	extra := root.dims.minus(own)
	if extra == 0 {
		return nil
	}
	var found []problem.Problem
	var seek func(m *node)
	seek = func(m *node) {
		if m.dims&extra == 0 {
			return
		}
		if m.op == opLet { // what is bound may be reduced where it is used
			seek(m.args[1])
			return
		}
		deeper := false
		for _, arg := range m.args {
			if arg.dims&extra != 0 && !arg.implied {
				deeper = true
				seek(arg)
			}
		}
		if !deeper {
			found = append(found, *fault("formula.dimension_open", b.src.span(m), problem.Args{
				"operand": m.name, "dimension": b.names.dimNames(m.dims & extra),
			}))
		}
	}
	seek(root)
	return found
}

// tooWide reports the smallest expressions with more member combinations than a
// line may have.
func (b *binder) tooWide(root *node) []problem.Problem {
	if b.names.combinations(root.dims) > MostLanes {
		for _, arg := range root.args {
			if b.names.combinations(arg.dims) > MostLanes {
				return b.tooWide(arg)
			}
		}
		return []problem.Problem{*fault("formula.too_many_combinations", b.src.span(root), problem.Args{
			"most": count(MostLanes), "dimension": b.names.dimNames(root.dims),
		})}
	}
	var found []problem.Problem
	for _, arg := range root.args {
		found = append(found, b.tooWide(arg)...)
	}
	return found
}
