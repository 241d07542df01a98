package formula

import (
	"slices"

	"centerplan/planning/problem"
)

// monthsOfYear is how far back last_year looks.
const monthsOfYear = 12

// lastYear makes of last_year(x) what it is: prev(x, 12) of a copy of x whose
// lines give their history before the plan begins, and not their opening.
func (b *binder) lastYear(n *node) *node {
	p := paster{binder: b, lets: map[*node]*node{}}
	x := p.copy(n.args[0])
	for _, let := range slices.Backward(p.around) {
		let.args = append(let.args, x)
		let.kind, let.dims, let.from, let.to = x.kind, x.dims, x.from, x.to
		x = let
	}
	n.name, n.fn = "prev", functions["prev"]
	n.args = []*node{x, {op: opNumber, value: monthsOfYear, from: n.from, to: n.to, detail: &noDetail}}
	return n
}

// A paster copies a tree into one that reads history. What the tree uses of
// the lets around it is copied too, for their lines read openings elsewhere.
type paster struct {
	*binder
	lets map[*node]*node // from each let to its copy
	// around are the copies of lets that stand around the tree, each behind
	// those it uses.
	around []*node
}

func (p *paster) copy(n *node) *node {
	p.nodes++
	if p.nodes > mostNodes {
		return p.nursery.bad(0, 0)
	}
	copied := n.twin()
	switch n.op {
	case opLet:
		value := p.copy(n.args[0])
		p.lets[n] = copied
		copied.args = []*node{value, p.copy(n.args[1])}
		return copied
	case opLocal:
		copied.own().target = p.let(n.target)
		return copied
	default: // all others are copied with their arguments
	}
	copied.args = make([]*node, len(n.args))
	for i, arg := range n.args {
		copied.args[i] = p.copy(arg)
	}
	return copied
}

// twin returns a copy of the node alone, which looks at the past.
func (n *node) twin() *node {
	copied := *n
	if n.detail != &noDetail {
		copied.detail = new(detail)
		*copied.detail = *n.detail
	}
	copied.past = true
	return &copied
}

// let returns the copy of what a local stands for.
func (p *paster) let(n *node) *node {
	if copied, ok := p.lets[n]; ok {
		return copied
	}
	copied := n.twin()
	copied.args = []*node{p.copy(n.args[0])}
	p.lets[n] = copied
	p.around = append(p.around, copied)
	return copied
}

// readPast reads a line's history, and notes it in a trace.
func (f *frame) readPast(s *slot) float64 {
	if f.trace != nil {
		f.trace.notePast(f, s)
	}
	return f.history(s)
}

// history returns a line's value before the plan begins. It lies as if the
// months before were the beginning of the line's values.
func (f *frame) history(s *slot) float64 {
	lane := s.lane(f.member)
	known := f.past[s.index]
	if at := len(known) + f.period*s.lanes + lane; at >= 0 {
		if v := known[at]; v == v {
			return f.finite(v)
		}
	}
	return f.fail("formula.missing_history", problem.Args{
		"line": s.code, "month": f.prog.scope.Calendar.Month(f.period).String(), "cell": f.prog.cellName(s, lane),
	})
}

// pastMonths returns the months that a sum within last_year goes over: it is
// not cut off where the plan begins.
func (p *Program) pastMonths(name string, period, length int) (from, to int) {
	c := p.scope.Calendar
	sameYear := func(other int) bool { return c.FiscalYear(other) == c.FiscalYear(period) }
	from, to = period, period
	switch name {
	case "rolling":
		return period - length + 1, period
	case "year_total":
		for to+1 < p.months() && sameYear(to+1) {
			to++
		}
	}
	for sameYear(from - 1) {
		from--
	}
	return from, to
}
