// Package formula turns the text of a plan's formulas into numbers.
//
// The way is text → parse → bind → check → order → program → evaluate, each
// stage one function with one result: scan and parse give expr's tree, bind
// gives it names, dimensions and kinds, checkUnits finds units, graph.order
// sorts lines and finds circles, build lowers formulas to instructions on
// columns of cells, and Program.Evaluate runs them on numbers. Compile goes all
// the way to the program; a line with a problem becomes a line of faults and
// the rest is unaffected.
//
// A Program is immutable and safe for concurrent use. DESIGN.md has the rules
// that formulas.md leaves open.
package formula

import (
	"cmp"
	"maps"
	"slices"

	"centerplan/planning/problem"
)

// Compile makes the program of a scope and lists what is wrong with it: every
// problem of every line, of a text that does not parse the first. The program
// is usable even with problems: a line that has one evaluates to faults which
// carry its key. Compile does not panic, whatever the texts. It keeps no
// reference to what of the scope the caller may change.
func Compile(s Scope) (*Program, problem.List) {
	s = own(s)
	k := &compilation{scope: s, found: make([][]problem.Problem, len(s.Lines)), rollups: make([]*problem.Problem, len(s.Lines))}
	k.names = bindNames(&k.scope, k.reportLine)
	trees := k.bindAll()
	units := checkUnits(k.names, trees, k.reportAt)
	k.checkRollups()
	k.noteTotals(trees, units)
	g := graph{edges: allReads(trees, k.mentions), report: k.reportAt, code: func(line int) string { return s.Lines[line].Code }}
	groups := g.order()
	p := k.build(trees, units, groups)
	if k.shed(p) {
		p = k.build(trees, units, groups)
	}
	return p, k.problems()
}

// own copies what the caller may change later.
func own(s Scope) Scope {
	s.Dimensions = slices.Clone(s.Dimensions)
	for i := range s.Dimensions {
		s.Dimensions[i].Members = slices.Clone(s.Dimensions[i].Members)
	}
	s.Lines = slices.Clone(s.Lines)
	for i := range s.Lines {
		s.Lines[i].By = slices.Clone(s.Lines[i].By)
	}
	s.Staffing, s.Hiring = maps.Clone(s.Staffing), maps.Clone(s.Hiring)
	s.Prices, s.Contributions = maps.Clone(s.Prices), maps.Clone(s.Contributions)
	s.Live = maps.Clone(s.Live)
	return s
}

// A compilation is Compile at work.
type compilation struct {
	scope   Scope
	names   *names
	found   [][]problem.Problem // by line
	rollups []*problem.Problem  // problems of roll-ups leave the cells alone
	notes   []problem.Problem
	// sources are the formulas' texts, by line.
	sources []*source
	// mentions is in how many places formulas name lines.
	mentions int
}

// shed reports the formulas that need most memory until the rest fits, and
// whether there were any.
func (k *compilation) shed(p *Program) bool {
	lines := make([]int, len(p.beside))
	for i := range lines {
		lines[i] = i
	}
	slices.SortStableFunc(lines, func(a, b int) int { return p.beside[b] - p.beside[a] })
	left := p.memory
	for _, line := range lines {
		if left <= mostNumbers {
			break
		}
		left -= p.beside[line]
		k.report(line, *fault("formula.too_large", problem.Span{}, problem.Args{"most": count(mostNumbers)}))
	}
	return left < p.memory
}

// report records a problem of a line's formula, once: what last_year reads is
// checked there and where it was bound.
func (k *compilation) report(line int, p problem.Problem) {
	p.Pointer = k.formulaPointer(line)
	told := func(q problem.Problem) bool { return q.Key == p.Key && q.Span == p.Span && maps.Equal(q.Args, p.Args) }
	if slices.ContainsFunc(k.found[line], told) {
		return
	}
	k.found[line] = append(k.found[line], p)
}

// reportAt records a problem of a node of a line's formula.
func (k *compilation) reportAt(line int, at *node, key string, args problem.Args) {
	k.report(line, *fault(key, k.sources[line].span(at), args))
}

// reportLine records a problem of the line itself.
func (k *compilation) reportLine(line int, p problem.Problem) {
	p.Pointer = k.scope.Lines[line].Pointer
	k.found[line] = append(k.found[line], p)
}

func (k *compilation) formulaPointer(line int) string {
	return cmp.Or(k.scope.Lines[line].FormulaPointer, k.scope.Lines[line].Pointer)
}

// bindAll parses and binds every formula. The tree of a line without one, or
// with a fault of syntax, is nil.
func (k *compilation) bindAll() []*node {
	trees := make([]*node, len(k.scope.Lines))
	k.sources = make([]*source, len(trees))
	forms, b := newFormulary(), binder{names: k.names}
	wide := k.names.combinations(k.names.allDims()) > MostLanes
	for i, line := range k.scope.Lines {
		if line.Formula == "" {
			continue
		}
		p, patterned, bad := forms.parse(line.Formula)
		if bad != nil {
			k.report(i, *bad)
			continue
		}
		tree, problems := b.bind(p)
		if patterned && len(problems) > 0 { // their places are the parser's to tell
			p, _ = parseSource(forms.config, p.src)
			tree, problems = b.bind(p)
		}
		trees[i], k.sources[i] = tree, p.src
		for _, p := range problems {
			k.report(i, p)
		}
		for _, p := range b.openDimensions(tree, k.names.lineDims[i]) {
			k.report(i, p)
		}
		if wide {
			for _, p := range b.tooWide(tree) {
				k.report(i, p)
			}
		}
		if b.noted {
			k.note(i, tree)
		}
	}
	k.mentions = b.mentions
	return trees
}

// note lists what is lawful but worth knowing: each otherwise, and what is odd
// about the price tables that are used.
func (k *compilation) note(line int, tree *node) {
	spec := k.scope.Lines[line]
	tree.walk(func(n *node) {
		if n.op == opCall && n.name == "otherwise" {
			p := *fault("formula.note_otherwise", k.sources[line].span(n), problem.Args{"line": spec.Code})
			p.Pointer = k.formulaPointer(line)
			k.notes = append(k.notes, p)
		}
		for _, p := range priceNotes(n, k.sources[line].span(n)) {
			p.Args["line"], p.Pointer = spec.Code, k.formulaPointer(line)
			k.notes = append(k.notes, p)
		}
	})
}

// checkRollups checks that the lines roll-ups refer to exist.
func (k *compilation) checkRollups() {
	for i, line := range k.scope.Lines {
		var p *problem.Problem
		_, known := k.names.lines[line.Rollup.By]
		switch {
		case line.Rollup.Kind == Weighted && !known:
			key, args := suggesting("formula.rollup_line", line.Rollup.By, k.names.lineCodes)
			args["line"] = line.Code
			p = fault(key, problem.Span{}, args)
		case line.Rollup.Kind == Formula && line.Formula == "":
			p = fault("formula.rollup_input", problem.Span{}, problem.Args{"line": line.Code})
		}
		if p != nil {
			p.Pointer = line.Pointer
			k.rollups[i] = p
		}
		for _, word := range k.names.unit(line.Unit).notes {
			note := *fault("formula.note_unit", problem.Span{}, problem.Args{"line": line.Code, "unit": word})
			note.Pointer = line.Pointer
			k.notes = append(k.notes, note)
		}
	}
}

// problems lists what was found by line, and within a line by place.
func (k *compilation) problems() problem.List {
	var all problem.List
	for line, found := range k.found {
		slices.SortStableFunc(found, func(a, b problem.Problem) int { return a.Span.Start - b.Span.Start })
		all = append(all, found...)
		if p := k.rollups[line]; p != nil {
			all = append(all, *p)
		}
	}
	return all
}
