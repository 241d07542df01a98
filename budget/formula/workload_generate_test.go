package formula_test

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// TestLoopsAreTheWorkloads holds that workload_loops_test.go is what the
// generator writes from the workload's formulas. GOLDEN=write writes it.
func TestLoopsAreTheWorkloads(t *testing.T) {
	const path = "workload_loops_test.go"
	text, err := format.Source([]byte(generateLoops()))
	if err != nil {
		t.Fatal(err)
	}
	if update {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, text) {
		t.Errorf("%s is not what the formulas give (%v); run GOLDEN=write go test", path, err)
	}
}

// A generator writes the workload as the loops one would write by hand.
type generator struct {
	strings.Builder
	lines         []modelLine
	line, driver  map[string]int
	trees         []ast.Node
	order, around []int // lines in the order of computing; state of each while sorting
}

func generateLoops() string {
	g := &generator{lines: formulaLines(false), line: map[string]int{}, driver: map[string]int{}}
	for i, line := range g.lines {
		g.line[line.code] = i
	}
	for i, row := range drawDrivers(rand.New(rand.NewPCG(0, 0)), 1, 1) {
		g.driver[row.code] = i
	}
	for _, line := range g.lines {
		tree, err := parser.Parse(line.formula)
		if err != nil {
			panic(err)
		}
		g.trees = append(g.trees, tree.Node)
	}
	g.around = make([]int, len(g.lines))
	for i := range g.lines {
		g.sort(i)
	}
	g.WriteString("// Code generated from workload_lines_test.go by GOLDEN=write go test; DO NOT EDIT.\n\npackage formula_test\n\nimport \"math\"\n\n")
	g.openings()
	g.WriteString(loopHelpers)
	g.month()
	g.columns()
	return g.String()
}

const loopHelpers = `
func loopMin(a, b float64) float64 {
	if a < b {
		return a
	}
	return b
}

func loopMax(a, b float64) float64 {
	if a > b {
		return a
	}
	return b
}
`

func (g *generator) printf(form string, args ...any) { _, _ = fmt.Fprintf(g, form, args...) }

// sort puts a line behind those it reads in the same month.
func (g *generator) sort(line int) {
	if g.around[line] != 0 {
		return
	}
	g.around[line] = 1
	for _, name := range g.names(g.trees[line], false) {
		if to, ok := g.line[name]; ok {
			g.sort(to)
		}
	}
	g.order = append(g.order, line)
}

// names lists the names a formula reads in the month before, or in its own,
// each once.
func (g *generator) names(tree ast.Node, before bool) []string {
	var found []string
	var seek func(n ast.Node)
	seek = func(n ast.Node) {
		switch n := n.(type) {
		case *ast.IdentifierNode:
			if !before && !slices.Contains(found, n.Value) {
				found = append(found, n.Value)
			}
		case *ast.CallNode, *ast.BuiltinNode:
			name, args := callOf(n)
			if name != "prev" {
				for _, arg := range args {
					seek(arg)
				}
			} else if of := args[0].(*ast.IdentifierNode).Value; before && !slices.Contains(found, of) {
				found = append(found, of)
			}
		case *ast.BinaryNode:
			seek(n.Left)
			seek(n.Right)
		case *ast.UnaryNode:
			seek(n.Node)
		case *ast.ConditionalNode:
			seek(n.Cond)
			seek(n.Exp1)
			seek(n.Exp2)
		}
	}
	seek(tree)
	return found
}

func callOf(n ast.Node) (name string, args []ast.Node) {
	switch n := n.(type) {
	case *ast.CallNode:
		return n.Callee.(*ast.IdentifierNode).Value, n.Arguments
	case *ast.BuiltinNode:
		return n.Name, n.Arguments
	}
	return "", nil
}

// openings writes the month before the first.
func (g *generator) openings() {
	g.printf("const loopDrivers, loopLines = %d, %d\n\n// loopOpening is the month before the first.\nvar loopOpening = [loopLines]float64{\n", len(g.driver), len(g.lines))
	for i, line := range g.lines {
		if line.opens && line.opening != 0 {
			g.printf("%d: %s, // %s\n", i, strconv.FormatFloat(line.opening, 'g', -1, 64), line.code)
		}
	}
	g.WriteString("}\n")
}

// month writes one month of one unit as a straight list of assignments.
func (g *generator) month() {
	g.WriteString("\n// loopMonth computes a month's lines o from its drivers d and the lines of the\n// month before, p.\nfunc loopMonth(d *[loopDrivers]float64, p, o *[loopLines]float64) {\n")
	now := func(name string) string { return g.cell(name, "d", "o", "[%d]") }
	for _, line := range g.order {
		g.assign(fmt.Sprintf("o[%d]", line), g.trees[line], now, func(name string) string { return fmt.Sprintf("p[%d]", g.line[name]) })
	}
	g.WriteString("}\n")
}

// columns writes one month of many units, line by line over all of them.
func (g *generator) columns() {
	g.WriteString("\n// loopColumns is loopMonth for many lanes: each line and driver is a column.\nfunc loopColumns(d, p, o [][]float64) {\n")
	for _, line := range g.order {
		g.printf("{ // %s\ny := o[%d]\n", g.lines[line].code, line)
		for _, name := range g.names(g.trees[line], false) {
			g.printf("%s := %s[:len(y)]\n", name, g.cell(name, "d", "o", "[%d]"))
		}
		for _, name := range g.names(g.trees[line], true) {
			g.printf("prev_%s := p[%d][:len(y)]\n", name, g.line[name])
		}
		g.WriteString("for i := range y {\n")
		g.assign("y[i]", g.trees[line], func(name string) string { return name + "[i]" }, func(name string) string { return "prev_" + name + "[i]" })
		g.WriteString("}\n}\n")
	}
	g.WriteString("}\n")
}

func (g *generator) cell(name, drivers, lines, index string) string {
	if i, ok := g.driver[name]; ok {
		return fmt.Sprintf(drivers+index, i)
	}
	return fmt.Sprintf(lines+index, g.line[name])
}

// assign writes one line's statement.
func (g *generator) assign(to string, tree ast.Node, now, before func(string) string) {
	w := writer{now: now, before: before}
	if choice, ok := tree.(*ast.ConditionalNode); ok {
		g.printf("if %s {\n%s = %s\n} else {\n%s = %s\n}\n", w.write(choice.Cond, 0), to, w.write(choice.Exp1, 0), to, w.write(choice.Exp2, 0))
		return
	}
	g.printf("%s = %s\n", to, w.write(tree, 0))
}

// A writer writes a formula in Go.
type writer struct{ now, before func(name string) string }

var goPrecedence = map[string]float64{">": 1, "<": 1, ">=": 1, "<=": 1, "+": 2, "-": 2, "*": 3, "/": 3}

var goCalls = map[string]string{"min": "loopMin", "max": "loopMax", "ceil": "math.Ceil"}

// write writes a node that stands below an operator of the precedence, on its
// right at half a step more. A product below a sum is rounded on its own, on
// every processor.
func (w writer) write(n ast.Node, outer float64) string {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return w.now(n.Value)
	case *ast.IntegerNode:
		return strconv.Itoa(n.Value)
	case *ast.FloatNode:
		return strconv.FormatFloat(n.Value, 'g', -1, 64)
	case *ast.UnaryNode:
		return n.Operator + w.write(n.Node, 4)
	case *ast.BinaryNode:
		own := goPrecedence[n.Operator]
		text := w.write(n.Left, own) + " " + n.Operator + " " + w.write(n.Right, own+0.5)
		switch {
		case n.Operator == "*" && int(outer) == 2:
			return "float64(" + text + ")"
		case own < outer:
			return "(" + text + ")"
		}
		return text
	case *ast.CallNode, *ast.BuiltinNode:
		name, args := callOf(n)
		if name == "prev" {
			return w.before(args[0].(*ast.IdentifierNode).Value)
		}
		texts := make([]string, len(args))
		for i, arg := range args {
			texts[i] = w.write(arg, 0)
		}
		return cmp.Or(goCalls[name], name) + "(" + strings.Join(texts, ", ") + ")"
	}
	panic(fmt.Sprintf("the workload has %T", n))
}
