package formula

import (
	"strings"

	"centerplan/planning/problem"
)

// A direction is how the months of a group are gone through.
type direction int

const (
	whole    direction = iota // one line that does not read itself
	forward                   // lines that read each other's earlier months
	backward                  // later ones
)

// A group is lines to be evaluated together, in this order within a month.
type group struct {
	lines []int
	way   direction
}

// A graph is what each line reads.
type graph struct {
	edges  [][]edge
	report func(line int, at *node, key string, args problem.Args)
	code   func(line int) string
	// of is the group of each line.
	of []int
}

// order returns the groups so that each reads only itself and those before it.
// Lines that read each other in a circle that no month begins are reported
// with the whole path and left without edges, so that the rest has an order.
func (g *graph) order() []group {
	for {
		groups, sound := g.components(), true
		for i := range groups {
			if !g.arrange(i, &groups[i]) {
				sound = false
			}
		}
		if sound {
			return groups
		}
	}
}

// components returns the strongly connected groups, those that are read before
// their readers (Tarjan).
func (g *graph) components() []group {
	t := tarjan{
		graph: g, index: make([]int, len(g.edges)), low: make([]int, len(g.edges)), onStack: make([]bool, len(g.edges)),
		sorted: make([]int, 0, len(g.edges)), groups: make([]group, 0, len(g.edges)),
	}
	g.of = make([]int, len(g.edges))
	for line := range g.edges {
		if t.index[line] == 0 {
			t.visit(line)
		}
	}
	return t.groups
}

type tarjan struct {
	*graph
	index, low []int
	onStack    []bool
	stack      []int
	next       int
	// sorted are the lines of all groups so far.
	sorted []int
	groups []group
}

func (t *tarjan) visit(line int) {
	t.next++
	t.index[line], t.low[line] = t.next, t.next
	t.stack = append(t.stack, line)
	t.onStack[line] = true
	for _, e := range t.edges[line] {
		if t.index[e.to] == 0 {
			t.visit(e.to)
			t.low[line] = min(t.low[line], t.low[e.to])
		} else if t.onStack[e.to] {
			t.low[line] = min(t.low[line], t.index[e.to])
		}
	}
	if t.low[line] != t.index[line] {
		return
	}
	first := len(t.sorted)
	for {
		last := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[last] = false
		t.sorted = append(t.sorted, last)
		t.of[last] = len(t.groups)
		if last == line {
			break
		}
	}
	t.groups = append(t.groups, group{lines: t.sorted[first:len(t.sorted):len(t.sorted)]})
}

// arrange finds the direction of a group and its order within a month. It
// returns false after reporting a circle and cutting its edges.
func (g *graph) arrange(index int, c *group) bool {
	var notBack, notOnward *step
	inner := 0
	for _, line := range c.lines {
		for _, e := range g.edges[line] {
			if g.of[e.to] != index {
				continue
			}
			inner++
			if !e.when.back() && notBack == nil {
				notBack = &step{line, e}
			}
			if !e.when.onward() && notOnward == nil {
				notOnward = &step{line, e}
			}
		}
	}
	if inner == 0 {
		return true
	}
	sorted, circle := g.withinMonth(c.lines)
	switch {
	case circle != nil:
		g.cut("formula.cycle", circle)
		return false
	case notBack != nil && notOnward != nil:
		g.cut("formula.cycle_months", g.through(*notBack, *notOnward))
		return false
	}
	c.lines, c.way = sorted, forward
	if notBack != nil {
		c.way = backward
	}
	return true
}

// A step is an edge with the line it leaves.
type step struct {
	from int
	edge
}

// withinMonth sorts the lines by what they read in the same month, or returns
// a circle among them.
func (g *graph) withinMonth(lines []int) (sorted []int, circle []step) {
	state := make(map[int]checkState, len(lines))
	var path []step
	var visit func(line int) bool
	visit = func(line int) bool {
		state[line] = checking
		for _, e := range g.edges[line] {
			if g.of[e.to] != g.of[line] || !e.when.now() || state[e.to] == checked {
				continue
			}
			path = append(path, step{line, e})
			if state[e.to] == checking {
				return false
			}
			if !visit(e.to) {
				return false
			}
			path = path[:len(path)-1]
		}
		state[line] = checked
		sorted = append(sorted, line)
		return true
	}
	for _, line := range lines {
		if state[line] == unchecked && !visit(line) {
			end := path[len(path)-1].to
			for path[0].from != end {
				path = path[1:]
			}
			return nil, path
		}
	}
	return sorted, nil
}

// through returns a circle within the group that takes both steps, or the one
// if they are the same.
func (g *graph) through(a, b step) []step {
	circle := append([]step{a}, g.way(a.to, b.from)...)
	if a.from == b.from && a.to == b.to {
		circle = []step{a}
		return append(circle, g.way(a.to, a.from)...)
	}
	circle = append(circle, b)
	return append(circle, g.way(b.to, a.from)...)
}

// way is a shortest way between two lines of a group.
func (g *graph) way(from, to int) []step {
	came := map[int]step{}
	queue := []int{from}
	for seen := map[int]bool{from: true}; len(queue) > 0 && !seen[to]; queue = queue[1:] {
		for _, e := range g.edges[queue[0]] {
			if g.of[e.to] == g.of[from] && !seen[e.to] {
				seen[e.to] = true
				came[e.to] = step{queue[0], e}
				queue = append(queue, e.to)
			}
		}
	}
	var path []step
	for at := to; at != from; at = path[0].from {
		path = append([]step{came[at]}, path...)
	}
	return path
}

// cut reports the circle at each of its lines and takes their edges away.
func (g *graph) cut(key string, circle []step) {
	codes := make([]string, 0, len(circle)+1)
	for _, s := range circle {
		codes = append(codes, g.code(s.from))
	}
	codes = append(codes, codes[0])
	path := strings.Join(codes, " → ")
	told := map[int]bool{}
	for _, s := range circle {
		if !told[s.from] {
			told[s.from] = true
			g.report(s.from, s.at, key, problem.Args{"path": path})
		}
	}
	for line := range told {
		g.edges[line] = nil
	}
}
