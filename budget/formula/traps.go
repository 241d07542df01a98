package formula

import (
	"cmp"
	"strings"
)

// A PriceTrap is a month in which a volume costs more by a slab of prices than
// a larger one would.
type PriceTrap struct {
	// Line is the code of the line whose formula prices the volume, and Members
	// what picks the cell, such as ["north"]; both are as formulas write them.
	Line, Members string
	// Pointer is the formula's place.
	Pointer string
	Period  int
	// At is the volume that would cost least, Saving how much less.
	At, Saving float64
}

// PriceTraps returns where results of the program pay too much by a price
// table in slab mode, by line, members and month. It looks at calls of tiered
// that are added, subtracted, multiplied or summed over members, and whose
// volume is a line or the sum of one; what a formula only may need, it leaves
// out.
func (p *Program) PriceTraps(r *Results) []PriceTrap {
	var all []PriceTrap
	for i, line := range p.scope.Lines {
		if tree := p.slots[i].tree; tree != nil && len(line.Formula) > 0 && r.veil.opens(line.Code) {
			for _, n := range slabCalls(tree) {
				all = append(all, p.trapsOf(r, i, n)...)
			}
		}
	}
	return all
}

// slabCalls returns the calls of tiered in slab mode that a formula needs in
// every month.
func slabCalls(n *node) []*node {
	switch {
	case n.op == opCall && n.name == "tiered" && n.word == slabMode && n.part != nil:
		return []*node{n}
	case n.op == opUnary, n.op == opBinary, n.op == opCall && n.name == "sum":
		var calls []*node
		for _, arg := range n.args {
			calls = append(calls, slabCalls(arg)...)
		}
		return calls
	}
	return nil
}

// mostTrapLanes bounds the member combinations that PriceTraps looks at in one
// call: nobody reads more notes.
const mostTrapLanes = 1000

// trapsOf looks at one call for every member it varies by.
func (p *Program) trapsOf(r *Results, line int, n *node) []PriceTrap {
	table, ok := n.part.part.(PriceTable)
	if !ok || p.names.combinations(n.dims) > mostTrapLanes {
		return nil
	}
	var all []PriceTrap
	c := cellReader{p, r, make([]int, len(p.scope.Dimensions)), 0}
	p.eachMember(n.dims, c.member, func() {
		for c.period = range p.months() {
			volume, ok := c.volume(n.args[0])
			if !ok {
				return // another sort of volume
			}
			at, saving, ok := table.tariff(c.value).Better(volume)
			if ok {
				all = append(all, PriceTrap{
					Line: p.scope.Lines[line].Code, Members: p.picks(n.dims, c.member), Period: c.period,
					Pointer: cmp.Or(p.scope.Lines[line].FormulaPointer, p.scope.Lines[line].Pointer),
					At:      at, Saving: saving,
				})
			}
		}
	})
	return all
}

// eachMember calls do with member set to every combination of the dimensions'
// members.
func (p *Program) eachMember(dims dimSet, member []int, do func()) {
	for dim := range p.scope.Dimensions {
		if !dims.has(dim) {
			continue
		}
		for i := range p.scope.Dimensions[dim].Members {
			member[dim] = i
			p.eachMember(dims.minus(dimBit(dim)), member, do)
		}
		return
	}
	do()
}

// picks writes the members of the dimensions the way a formula picks them.
func (p *Program) picks(dims dimSet, member []int) string {
	var text strings.Builder
	for dim, d := range p.scope.Dimensions {
		if dims.has(dim) {
			text.WriteString(`["` + d.Members[member[dim]] + `"]`)
		}
	}
	return text.String()
}

// A cellReader reads settled cells at a place: a member of each dimension, and
// a period.
type cellReader struct {
	prog    *Program
	results *Results
	member  []int
	period  int
}

// value returns a line's cell; not a number where it failed.
func (c *cellReader) value(code string) float64 {
	series, ok := c.results.Series(code)
	if !ok {
		return nan()
	}
	lane := 0
	for _, by := range series.By {
		dim := c.prog.names.dims[by]
		lane = lane*len(c.prog.scope.Dimensions[dim].Members) + c.member[dim]
	}
	return series.Values[c.period*series.Lanes+lane]
}

// volume returns the value of a line, or of the sum of one over its members;
// not a number where a cell failed, false for any other expression.
func (c *cellReader) volume(n *node) (float64, bool) {
	if n.op == opLine {
		return c.value(n.name), true
	}
	if n.op != opCall || n.name != "sum" || n.args[0].op != opLine {
		return 0, false
	}
	total := 0.0
	c.prog.eachMember(n.reduce, c.member, func() { total += c.value(n.args[0].name) })
	return total, true
}
