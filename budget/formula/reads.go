package formula

// An edge says that a line reads another, and in which periods.
type edge struct {
	to   int
	when window
	at   *node // where, for problems
}

// reads returns what a bound formula reads, each line once, in the order of
// first mention.
func reads(root *node) []edge { return new(reader).of(root) }

// allReads returns the reads of every tree, none of a nil one. The trees read
// lines in so many places, about.
func allReads(trees []*node, mentions int) [][]edge {
	all := make([][]edge, len(trees))
	r := reader{edges: make([]edge, 0, mentions), places: make([]int, len(trees))}
	for line, tree := range trees {
		if tree != nil {
			all[line] = r.of(tree)
		}
	}
	return all
}

// A reader gathers the edges of one formula after another.
type reader struct {
	// edges are those of all formulas so far, of the one at hand from start on.
	edges []edge
	start int
	// places[line] is where the edge to the line is, behind start, and one more;
	// 0 is none.
	places []int
	// lets remembers what is bound by let, which may be used many times.
	lets map[*node][]edge
}

func (r *reader) of(root *node) []edge {
	r.start = len(r.edges)
	r.lets = nil
	r.under(root, window{})
	found := r.edges[r.start:len(r.edges):len(r.edges)]
	for i := range found {
		r.places[found[i].to] = 0
	}
	return found
}

// under adds what a node reads when it is itself read from somewhere in the
// window.
func (r *reader) under(n *node, from window) {
	switch n.op {
	case opLine:
		r.add(edge{to: n.line, when: from, at: n})
		return
	case opLocal:
		for _, e := range r.bound(n.target) {
			e.when = e.when.plus(from)
			r.add(e)
		}
		return
	case opLet:
		r.under(n.args[1], from)
		return
	default: // all others read what their arguments read
	}
	for i, arg := range n.args {
		r.under(arg, n.reach(i).plus(from))
	}
}

// bound returns what the value of a let reads.
func (r *reader) bound(let *node) []edge {
	value, known := r.lets[let]
	if !known {
		if r.lets == nil {
			r.lets = map[*node][]edge{}
		}
		inner := reader{lets: r.lets}
		inner.under(let.args[0], window{})
		value = inner.edges
		r.lets[let] = value
	}
	return value
}

// add adds an edge, or its window to the edge there is to the same line.
func (r *reader) add(e edge) {
	if e.to >= len(r.places) {
		r.places = append(r.places, make([]int, e.to+1-len(r.places))...)
	}
	if i := r.places[e.to]; i > 0 {
		when := &r.edges[r.start+i-1].when
		*when = window{min(when.from, e.when.from), max(when.to, e.when.to)}
		return
	}
	r.edges = append(r.edges, e)
	r.places[e.to] = len(r.edges) - r.start
}
