package formula

import (
	"strconv"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"

	"centerplan/planning/problem"
)

// A formulary parses one formula after another. A large plan says the same
// thing of many lines, so the tree of a plain text is kept as a pattern, and
// the next text that differs only in names, numbers and texts fills it in.
type formulary struct {
	config   *conf.Config
	plain    plainText
	patterns map[string]*pattern
}

func newFormulary() *formulary {
	return &formulary{config: parserConfig(), patterns: map[string]*pattern{}}
}

// A pattern is a tree whose leaves are those of the last text that had it.
type pattern struct {
	tree   ast.Node
	joints []joint
}

// A joint is a node of it with the tokens it begins and ends at.
type joint struct {
	node     ast.Node
	from, to int
}

// parse is the function parse, by pattern where there is one. The tree is good
// until the next call; patterned says that its places are not those that the
// parser would give to what is no name, number or sign.
func (f *formulary) parse(text string) (p parsed, patterned bool, bad *problem.Problem) {
	if !f.plain.isPlain(text) {
		p, bad = parse(f.config, text)
		return p, false, bad
	}
	p.src = &source{text: text, unread: true}
	known, ok := f.patterns[string(f.plain.key)]
	if ok && known != nil {
		p.tree = known.tree
		known.fill(&f.plain)
		return p, true, nil
	}
	p, bad = parseSource(f.config, p.src)
	if bad == nil && !ok {
		f.patterns[string(f.plain.key)] = newPattern(&p.tree, &f.plain)
	}
	return p, false, bad
}

// newPattern finds the tokens of a tree's nodes, nil if it does not know them
// all.
func newPattern(tree *ast.Node, plain *plainText) *pattern {
	s := jointer{plain: plain}
	if !s.under(tree) {
		return nil
	}
	return &pattern{tree: *tree, joints: s.joints}
}

// mostJoints bounds a pattern: a tree may have a node in many places.
const mostJoints = 512

// A jointer goes through a tree to make a pattern of it.
type jointer struct {
	plain  *plainText
	joints []joint
}

// under makes the joints of a node and of those below it. It reports whether
// all of them can be filled in. All numbers become those with a fraction.
func (s *jointer) under(n *ast.Node) bool {
	switch node := (*n).(type) {
	case *ast.FloatNode, *ast.IdentifierNode, *ast.StringNode, *ast.BoolNode:
		return s.joint(*n)
	case *ast.IntegerNode:
		ast.Patch(n, &ast.FloatNode{Value: float64(node.Value)})
		return s.joint(*n)
	case *ast.UnaryNode:
		return s.joint(node) && s.under(&node.Node)
	case *ast.BinaryNode:
		return s.joint(node) && s.under(&node.Left) && s.under(&node.Right)
	case *ast.ConditionalNode: // it stands where its parts stand
		return s.under(&node.Cond) && s.under(&node.Exp1) && s.under(&node.Exp2)
	case *ast.VariableDeclaratorNode:
		return s.joint(node) && s.under(&node.Value) && s.under(&node.Expr)
	case *ast.MemberNode:
		return s.joint(node) && s.under(&node.Node) && s.under(&node.Property)
	case *ast.ArrayNode:
		return s.joint(node) && s.all(node.Nodes)
	case *ast.CallNode:
		return s.joint(node) && s.under(&node.Callee) && s.all(node.Arguments)
	}
	return false
}

func (s *jointer) all(nodes []ast.Node) bool {
	for i := range nodes {
		if !s.under(&nodes[i]) {
			return false
		}
	}
	return true
}

// joint makes the joint of a node.
func (s *jointer) joint(n ast.Node) bool {
	at := n.Location()
	from, to := -1, -1
	for i, t := range s.plain.tokens {
		if start := int(t.start - t.wide); start == at.From {
			from = i
		}
		if s.plain.ending(i) == at.To {
			to = i
		}
	}
	s.joints = append(s.joints, joint{n, from, to})
	return from >= 0 && to >= 0 && len(s.joints) <= mostJoints
}

// ending returns the rune at which a token ends.
func (p *plainText) ending(i int) int {
	if i+1 < len(p.tokens) { // what is wide in the token itself shows in the next
		t, next := p.tokens[i], p.tokens[i+1]
		return int(t.end - next.wide)
	}
	return int(p.tokens[i].end) - p.wide
}

// fill puts a text of the pattern into its tree.
func (k *pattern) fill(plain *plainText) {
	for _, s := range k.joints {
		t := plain.tokens[s.from]
		at := s.node.Location()
		at.From, at.To = int(t.start-t.wide), plain.ending(s.to)
		s.node.SetLocation(at)
		switch n := s.node.(type) {
		case *ast.IdentifierNode:
			n.Value = plain.text[t.start:t.end]
		case *ast.VariableDeclaratorNode:
			n.Name = plain.text[t.start:t.end]
		case *ast.StringNode:
			n.Value = plain.text[t.start+1 : t.end-1]
		case *ast.FloatNode:
			// A plain number has few digits and cannot be out of range.
			n.Value, _ = strconv.ParseFloat(plain.text[t.start:t.end], 64)
		}
	}
}
