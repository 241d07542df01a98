package formula

import (
	"slices"

	"github.com/expr-lang/expr/ast"

	"centerplan/planning/problem"
)

// dimension returns the dimension a node names, if it does. A let of the same
// name is reported where it is bound.
func (b *binder) dimension(from ast.Node) (int, bool) {
	name, ok := from.(*ast.IdentifierNode)
	if !ok {
		return 0, false
	}
	dim, ok := b.names.dims[name.Value]
	return dim, ok
}

// memberTest binds queue == "voice", nil if the comparison is none of that
// kind. Either side may name the dimension.
func (b *binder) memberTest(from *ast.BinaryNode, negate bool) *node {
	left, right := from.Left, from.Right
	if _, ok := left.(*ast.StringNode); ok {
		left, right = right, left
	}
	dim, isDim := b.dimension(left)
	text, isText := right.(*ast.StringNode)
	if !isDim || !isText {
		return nil
	}
	at, end := where(from)
	n := b.make(opMember, at, end, b.leaf(opBad, left), b.leaf(opBad, right))
	n.args = nil
	return b.testOf(n, dim, []*ast.StringNode{text}, negate)
}

// testOf completes a test of the current member of the dimension.
func (b *binder) testOf(n *node, dim int, texts []*ast.StringNode, negate bool) *node {
	n.kind, n.dims = kindBool, dimBit(dim)
	n.own().dim, n.own().negate = dim, negate
	n.name = b.typed(n)
	members := b.names.scope.Dimensions[dim].Members
	for _, text := range texts {
		i := slices.Index(members, text.Value)
		if i < 0 {
			b.unknownMember(text, members)
			n.op, n.dims = opBad, 0
		}
		n.members = append(n.members, i)
	}
	return n
}

func (b *binder) unknownMember(text *ast.StringNode, known []string) *node {
	at := b.leaf(opBad, text)
	at.name = text.Value
	return b.unknown(at, "formula.unknown_member", known)
}

// in binds a test of membership: of the current member among texts, or of a
// number among literals.
func (b *binder) in(from *ast.BinaryNode) *node {
	list, ok := from.Right.(*ast.ArrayNode)
	if !ok {
		return b.bad(b.leaf(opBad, from.Right), "formula.list_expected", nil)
	}
	at, end := where(from)
	bracket := b.leaf(opBad, list)
	if dim, ok := b.dimension(from.Left); ok {
		var texts []*ast.StringNode
		for _, item := range list.Nodes {
			text, ok := item.(*ast.StringNode)
			if !ok {
				return b.bad(b.leaf(opBad, item), "formula.literal_expected", nil)
			}
			texts = append(texts, text)
		}
		n := b.make(opMember, at, end, b.leaf(opBad, from.Left), bracket)
		n.args = nil
		return b.testOf(n, dim, texts, false)
	}
	args := []*node{b.number(from.Left)}
	for _, item := range list.Nodes {
		n := b.number(item)
		if n.has(func(m *node) bool { return m.op != opNumber && m.op != opUnary && m.op != opBad }) {
			n = b.bad(n, "formula.literal_expected", nil)
		}
		args = append(args, n)
	}
	n := b.make(opIn, at, bracket.to, args...)
	n.kind = kindBool
	return n
}

// pick binds x["voice"].
func (b *binder) pick(from *ast.MemberNode) *node {
	arg := b.expression(from.Node)
	start, end := where(from)
	at := b.make(opPick, start, end, arg)
	text, ok := from.Property.(*ast.StringNode)
	if !ok {
		return b.bad(at, "formula.pick_text", nil)
	}
	at.kind = arg.kind
	m, ok := b.names.members[text.Value]
	if !ok {
		return b.unknownMember(text, b.names.memberCodes)
	}
	if !arg.dims.has(m.dim) {
		if arg.kind == kindAny {
			return at
		}
		return b.bad(b.leaf(opBad, text), "formula.pick_dimension", problem.Args{
			"member": text.Value, "dimension": b.names.scope.Dimensions[m.dim].Code, "operand": b.typed(arg),
		})
	}
	at.own().dim, at.own().members = m.dim, []int{m.index}
	at.dims = arg.dims.minus(dimBit(m.dim))
	return at
}

// span returns the typed characters of a node, its brackets with it.
func (s *source) span(n *node) problem.Span {
	s.read()
	return s.typedSpan(s.balanced(int(n.from), int(n.to)))
}

// balanced widens a range of runes until every bracket in it has its other one
// in it as well.
func (s *source) balanced(from, to int) (int, int) {
	for i := s.tokenAt(from); i < len(s.tokens) && s.tokens[i].start < to; i++ {
		other := s.tokens[i].match
		switch {
		case other < 0:
		case s.tokens[other].end > to:
			to = s.tokens[other].end
		case s.tokens[other].start < from:
			from = s.tokens[other].start
			i = s.tokenAt(from)
		}
	}
	return from, to
}

// tokenAt returns the index of the first token that ends after the rune.
func (s *source) tokenAt(at int) int {
	i, _ := slices.BinarySearchFunc(s.tokens, at, func(t token, at int) int {
		if t.end <= at {
			return -1
		}
		return 1
	})
	return i
}
