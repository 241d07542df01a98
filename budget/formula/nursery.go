package formula

// A nursery makes nodes and lists of them many at a time: a plan's trees live
// and die together.
type nursery struct {
	nodes []node
	lists arena[*node]
	// stack holds the arguments of calls that are being bound.
	stack []*node
}

// What a nursery makes at once.
const (
	nodesAtOnce = 256
	listsAtOnce = 1024
)

// node returns a new node that stands at the runes from and to.
func (y *nursery) node(o op, from, to int32) *node {
	if len(y.nodes) == 0 {
		y.nodes = make([]node, nodesAtOnce)
	}
	n := &y.nodes[0]
	y.nodes = y.nodes[1:]
	n.op, n.from, n.to, n.detail = o, from, to, &noDetail
	return n
}

// bad returns a node for what has a problem. It varies by nothing, so that one
// problem does not cause another.
func (y *nursery) bad(from, to int32) *node {
	n := y.node(opBad, from, to)
	n.kind = kindAny
	return n
}

// An arena keeps copies of short lists, many of them in one piece of memory.
type arena[T any] struct{ free []T }

// keep returns a copy of the list, nil of an empty one.
func (a *arena[T]) keep(list []T) []T {
	kept := a.make(len(list))
	copy(kept, list)
	return kept
}

// make returns a list of zero values.
func (a *arena[T]) make(length int) []T {
	if length == 0 {
		return nil
	}
	if length > len(a.free) {
		a.free = make([]T, max(length, listsAtOnce))
	}
	made := a.free[:length:length]
	a.free = a.free[length:]
	return made
}
