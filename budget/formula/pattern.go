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
		f.patterns[string(f.plain.key)] = newPattern(p.tree, &f.plain)
	}
	return p, false, bad
}

// newPattern finds the tokens of a tree's nodes, nil if it does not know them
// all.
func newPattern(tree ast.Node, plain *plainText) *pattern {
	j := jointer{plain: plain, sound: true}
	tree = j.under(tree)
	if !j.sound {
		return nil
	}
	return &pattern{tree: tree, joints: j.joints}
}

// mostJoints bounds a pattern: a tree may have a node in many places.
const mostJoints = 512

// A jointer goes through a tree to make a pattern of it. It is sound as long as
// all of the tree can be filled in.
type jointer struct {
	plain  *plainText
	joints []joint
	sound  bool
}

// under makes the joints of a node and of those below it, and returns the node
// to stand in its place: all numbers become those with a fraction.
func (j *jointer) under(n ast.Node) ast.Node {
	if !j.sound {
		return n
	}
	switch node := n.(type) {
	case *ast.FloatNode, *ast.IdentifierNode, *ast.StringNode, *ast.BoolNode:
	case *ast.IntegerNode:
		n = &ast.FloatNode{Value: float64(node.Value)}
		n.SetLocation(node.Location())
	case *ast.UnaryNode:
		node.Node = j.under(node.Node)
	case *ast.BinaryNode:
		node.Left, node.Right = j.under(node.Left), j.under(node.Right)
	case *ast.ConditionalNode:
		node.Cond, node.Exp1, node.Exp2 = j.under(node.Cond), j.under(node.Exp1), j.under(node.Exp2)
		return n // it stands where its parts stand
	case *ast.VariableDeclaratorNode:
		node.Value, node.Expr = j.under(node.Value), j.under(node.Expr)
	case *ast.MemberNode:
		node.Node, node.Property = j.under(node.Node), j.under(node.Property)
	case *ast.ArrayNode:
		j.all(node.Nodes)
	case *ast.CallNode:
		node.Callee = j.under(node.Callee)
		j.all(node.Arguments)
	default:
		j.sound = false
	}
	j.joint(n)
	return n
}

func (j *jointer) all(nodes []ast.Node) {
	for i, n := range nodes {
		nodes[i] = j.under(n)
	}
}

// joint makes the joint of a node.
func (j *jointer) joint(n ast.Node) {
	at := n.Location()
	from, to := -1, -1
	for i, t := range j.plain.tokens {
		if int(t.start-t.wide) == at.From {
			from = i
		}
		if j.plain.ending(i) == at.To {
			to = i
		}
	}
	j.joints = append(j.joints, joint{n, from, to})
	j.sound = j.sound && from >= 0 && to >= 0 && len(j.joints) <= mostJoints
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
	for _, j := range k.joints {
		t := plain.tokens[j.from]
		at := j.node.Location()
		at.From, at.To = int(t.start-t.wide), plain.ending(j.to)
		j.node.SetLocation(at)
		switch n := j.node.(type) {
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
