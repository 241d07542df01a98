package formula

import "slices"

// A stage is columns that are evaluated together: one for all months at once,
// or several that read each other's months, month by month.
type stage struct {
	columns []int
	way     direction
	// fast and careful are the code of a stage that goes month by month: careful
	// settles each cell as it is made, fast leaves that until the end.
	fast, careful []operation
}

// lowerAll lowers every formula and returns the columns of parts by line.
func (p *Program) lowerAll() [][]int {
	helpers := make([][]int, len(p.slots))
	visits := 0
	l := &lowering{prog: p, parts: map[partKey]*column{}, visits: &visits}
	for i, s := range p.slots {
		if s.tree == nil || s.broken != nil {
			continue
		}
		visits = 0
		if len(l.parts) > 0 {
			clear(l.parts)
		}
		before := len(p.columns)
		l.lower(p.columns[i], s.tree)
		for c := before; c < len(p.columns); c++ {
			helpers[i] = append(helpers[i], c)
		}
	}
	return helpers
}

// schedule adds the stages of a group. In one that goes month by month, parts
// of formulas go along if they read the group, else they are done before it.
func (p *Program) schedule(g group, helpers [][]int) {
	if g.way == whole && len(g.lines) == 1 && len(helpers[g.lines[0]]) == 0 {
		p.stages = append(p.stages, stage{columns: g.lines})
		return
	}
	along := map[int]bool{}
	var columns []int
	for _, line := range g.lines {
		if g.way != whole {
			along[line] = true
		}
	}
	for _, line := range g.lines {
		p.follow(helpers[line], along)
		if p.readsAhead(line, helpers[line], along, g.way) {
			p.lowerToTree(line)
			continue
		}
		for _, h := range helpers[line] {
			if along[h] {
				columns = append(columns, h)
			} else {
				p.stages = append(p.stages, stage{columns: []int{h}})
			}
		}
	}
	if g.way == whole {
		for _, line := range g.lines {
			p.stages = append(p.stages, stage{columns: []int{line}})
		}
		return
	}
	p.stages = append(p.stages, stage{columns: p.withinMonth(append(columns, g.lines...), along), way: g.way})
}

// follow marks the parts of a formula that read what goes along.
func (p *Program) follow(helpers []int, along map[int]bool) {
	for _, h := range helpers {
		along[h] = slices.ContainsFunc(p.columns[h].reads, func(r columnRead) bool { return along[int(r.column)] })
	}
}

// readsAhead reports whether a formula reads a part of itself in months that a
// group has not come to. The lines that the part reads have been there, or
// there would be a circle, but the part's column has not.
func (p *Program) readsAhead(line int, helpers []int, along map[int]bool, way direction) bool {
	ahead := func(column int) bool {
		return slices.ContainsFunc(p.columns[column].reads, func(r columnRead) bool {
			part := along[int(r.column)] && p.columns[r.column].helper
			return part && (way == forward && r.to > 0 || way == backward && r.from < 0)
		})
	}
	return ahead(line) || slices.ContainsFunc(helpers, ahead)
}

// lowerToTree leaves a line's formula to the explainer, which evaluates parts
// wherever they are read.
func (p *Program) lowerToTree(line int) {
	visits := 0
	l := &lowering{prog: p, visits: &visits}
	l.begin(p.columns[line])
	l.finish(l.tree(p.slots[line].tree, lowerAt{}), p.slots[line].tree)
}

// withinMonth sorts columns by what they read in the same month. There is no
// circle, or the order of lines would not have been found. Those that wait for
// as many others stand together, so that a processor has several to work on.
func (p *Program) withinMonth(columns []int, along map[int]bool) []int {
	level := map[int]int{}
	var visit func(column int) int
	visit = func(column int) int {
		if known, done := level[column]; done {
			return known
		}
		own := 1
		for _, r := range p.columns[column].reads {
			if along[int(r.column)] && r.from <= 0 && r.to >= 0 {
				own = max(own, visit(int(r.column))+1)
			}
		}
		level[column] = own
		return own
	}
	for _, column := range columns {
		visit(column)
	}
	slices.SortStableFunc(columns, func(a, b int) int { return level[a] - level[b] })
	return columns
}
