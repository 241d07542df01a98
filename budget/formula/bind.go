package formula

import (
	"slices"

	"github.com/expr-lang/expr/ast"

	"centerplan/planning/problem"
)

// mostNodes bounds a formula's tree. A chain of comparisons repeats its middle
// operand in the parser's tree, so short texts can have large ones.
const mostNodes = 4096

// A binder gives the names in one formula their meaning and checks what kind
// of value stands where.
type binder struct {
	names *names
	nursery
	src      *source
	lets     []*node
	nodes    int
	problems []problem.Problem
	// mentions counts the places where any formula names a line.
	mentions int
	// noted says that the formula uses what may be worth a note.
	noted bool
}

// bind turns a parsed formula into a checked tree. The tree is whole even with
// problems: what is wrong in it is an opBad. A binder takes one formula after
// another.
func (b *binder) bind(p parsed) (*node, []problem.Problem) {
	b.src, b.lets, b.nodes, b.problems, b.noted = p.src, b.lets[:0], 0, nil, false
	root := b.number(p.tree)
	if b.nodes > mostNodes {
		b.problems = []problem.Problem{*fault("formula.too_complex", problem.Span{}, problem.Args{"most": count(mostNodes)})}
		root = b.nursery.bad(0, 0)
	}
	return root, b.problems
}

// fail records a problem with the characters of n.
func (b *binder) fail(n *node, key string, args problem.Args) {
	b.problems = append(b.problems, *fault(key, b.src.span(n), args))
}

// bad returns a node in place of one with a problem. It varies by nothing, so
// that one problem does not cause another.
func (b *binder) bad(at *node, key string, args problem.Args) *node {
	b.fail(at, key, args)
	return b.nursery.bad(at.from, at.to)
}

// make returns a node that covers what is at the location and its arguments.
func (b *binder) make(o op, from, to int32, args ...*node) *node {
	n := b.node(o, from, to)
	b.cover(n, args)
	return n
}

// cover gives a node its arguments, with their places and dimensions.
func (b *binder) cover(n *node, args []*node) {
	n.args = b.lists.keep(args)
	for _, arg := range args {
		n.from, n.to = min(n.from, arg.from), max(n.to, arg.to)
		n.dims |= arg.dims
	}
}

// where returns the place of a node of the parser's, in runes of its text.
func where(n ast.Node) (from, to int32) {
	at := n.Location()
	return int32(at.From), int32(at.To) // at most mostBytes
}

func (b *binder) leaf(o op, from ast.Node) *node {
	at, end := where(from)
	return b.node(o, at, end)
}

// number binds an expression that must be a number.
func (b *binder) number(from ast.Node) *node {
	n := b.expression(from)
	if n.kind == kindBool {
		return b.bad(n, "formula.number_expected", nil)
	}
	return n
}

// condition binds an expression that must be true or false.
func (b *binder) condition(from ast.Node) *node {
	n := b.expression(from)
	if n.kind == kindNumber {
		return b.bad(n, "formula.condition_expected", nil)
	}
	return n
}

// expression binds any expression; what formulas do not have is a problem.
func (b *binder) expression(from ast.Node) *node {
	b.nodes++
	if b.nodes > mostNodes || from == nil {
		return b.nursery.bad(0, 0)
	}
	switch from := from.(type) {
	case *ast.FloatNode:
		n := b.leaf(opNumber, from)
		n.value = from.Value
		return n
	case *ast.IntegerNode:
		n := b.leaf(opNumber, from)
		n.value = float64(from.Value)
		return n
	case *ast.BoolNode:
		n := b.leaf(opBool, from)
		n.kind = kindBool
		if from.Value {
			n.value = 1
		}
		return n
	case *ast.IdentifierNode:
		return b.name(from)
	case *ast.UnaryNode:
		return b.unary(from)
	case *ast.BinaryNode:
		return b.binary(from)
	case *ast.ConditionalNode:
		return b.choice(from)
	case *ast.VariableDeclaratorNode:
		return b.let(from)
	case *ast.MemberNode:
		return b.pick(from)
	case *ast.CallNode:
		return b.call(from)
	case *ast.StringNode:
		return b.bad(b.leaf(opBad, from), "formula.text_here", nil)
	}
	n := b.leaf(opBad, from)
	return b.bad(n, "formula.not_supported", problem.Args{"text": b.typed(n)})
}

// typed returns what the node is in the characters as typed.
func (b *binder) typed(n *node) string {
	span := b.src.span(n)
	return string(b.src.typed[span.Start:span.End])
}

func (b *binder) name(from *ast.IdentifierNode) *node {
	name := from.Value
	at := b.leaf(opBad, from)
	at.name = name
	for _, let := range slices.Backward(b.lets) {
		if let.name == name {
			let.own().uses++
			at.own().target = let
			at.op, at.kind, at.dims = opLocal, let.args[0].kind, let.args[0].dims
			return at
		}
	}
	if slices.Contains(calendarNames, name) {
		at.op = opCalendar
		return at
	}
	if line, ok := b.names.lines[name]; ok {
		at.op, at.line, at.dims = opLine, line, b.names.lineDims[line]
		b.mentions++
		return at
	}
	if _, ok := b.names.dims[name]; ok {
		return b.bad(at, "formula.dimension_here", problem.Args{"dimension": name})
	}
	if _, ok := functions[name]; ok {
		return b.bad(at, "formula.function_name", problem.Args{"name": name})
	}
	known := slices.Concat(b.names.lineCodes, calendarNames)
	for _, let := range b.lets {
		known = append(known, let.name)
	}
	return b.unknown(at, "formula.unknown_name", known)
}

// unknown reports a word that nothing has, with the nearest that something has.
func (b *binder) unknown(at *node, key string, known []string) *node {
	key, args := suggesting(key, at.name, known)
	return b.bad(at, key, args)
}

func (b *binder) unary(from *ast.UnaryNode) *node {
	at, end := where(from)
	switch from.Operator {
	case "-", "+":
		n := b.make(opUnary, at, end, b.number(from.Node))
		n.name = from.Operator
		return n
	case "not", "!":
		n := b.make(opUnary, at, end, b.condition(from.Node))
		n.name, n.kind = "not", kindBool
		return n
	}
	n := b.leaf(opBad, from)
	return b.bad(n, "formula.not_supported", problem.Args{"text": b.typed(n)})
}

// operatorName returns the plain name of a binary operator.
func operatorName(written string) (string, bool) {
	switch written {
	case "+", "-", "*", "/", "^", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in":
		return written, true
	case "**":
		return "^", true
	case "&&":
		return "and", true
	case "||":
		return "or", true
	}
	return "", false
}

func (b *binder) binary(from *ast.BinaryNode) *node {
	name, ok := operatorName(from.Operator)
	at, end := where(from)
	switch {
	case !ok:
		n := b.leaf(opBad, from)
		return b.bad(n, "formula.not_supported", problem.Args{"text": b.typed(n)})
	case name == "in":
		return b.in(from)
	case name == "==" || name == "!=":
		if n := b.memberTest(from, name == "!="); n != nil {
			return n
		}
	}
	var left, right *node
	if name == "and" || name == "or" {
		left, right = b.condition(from.Left), b.condition(from.Right)
	} else if left, right = b.expression(from.Left), b.expression(from.Right); name != "==" && name != "!=" || left.kind != kindBool || right.kind != kindBool {
		left, right = b.mustNumber(left), b.mustNumber(right)
	}
	n := b.make(opBinary, at, end, left, right)
	n.name = name
	switch name {
	case "+", "-", "*", "/", "^":
	default:
		n.kind = kindBool
	}
	return n
}

func (b *binder) mustNumber(n *node) *node {
	if n.kind == kindBool {
		return b.bad(n, "formula.number_expected", nil)
	}
	return n
}

func (b *binder) choice(from *ast.ConditionalNode) *node {
	test, yes, no := b.condition(from.Cond), b.expression(from.Exp1), b.expression(from.Exp2)
	if yes.kind != no.kind && yes.kind != kindAny && no.kind != kindAny {
		yes, no = b.mustNumber(yes), b.mustNumber(no)
	}
	n := b.make(opChoice, test.from, test.to, test, yes, no)
	n.kind = yes.kind
	if yes.kind == kindAny {
		n.kind = no.kind
	}
	return n
}

func (b *binder) let(from *ast.VariableDeclaratorNode) *node {
	at := b.leaf(opLet, from)
	at.name = from.Name
	_, isLine := b.names.lines[from.Name]
	_, isDim := b.names.dims[from.Name]
	bound := slices.ContainsFunc(b.lets, func(let *node) bool { return let.name == from.Name })
	if isLine || isDim || bound || slices.Contains(calendarNames, from.Name) || isKeyword(from.Name) {
		b.fail(at, "formula.let_taken", problem.Args{"name": from.Name})
	}
	n := b.make(opLet, at.from, at.to, b.expression(from.Value))
	n.name = from.Name
	b.lets = append(b.lets, n)
	body := b.expression(from.Expr)
	b.lets = b.lets[:len(b.lets)-1]
	whole := b.make(opLet, at.from, at.to, n.args[0], body)
	whole.name, whole.kind, whole.dims, whole.detail = n.name, body.kind, body.dims, n.detail
	*n = *whole
	return n
}
