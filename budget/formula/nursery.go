package formula

// A nursery makes nodes and lists of them many at a time: a plan's trees live
// and die together.
type nursery struct {
	nodes []node
	lists []*node
	// stack holds the arguments of calls that are being bound.
	stack []*node
}

// What a nursery makes at once.
const (
	nodesAtOnce = 256
	listsAtOnce = 1024
)

// node returns a node of its own.
func (y *nursery) node(n node) *node {
	if len(y.nodes) == cap(y.nodes) {
		y.nodes = make([]node, 0, nodesAtOnce)
	}
	if n.detail == nil {
		n.detail = &noDetail
	}
	y.nodes = append(y.nodes, n)
	return &y.nodes[len(y.nodes)-1]
}

// list returns a copy of the list, nil of an empty one.
func (y *nursery) list(of []*node) []*node {
	if len(of) == 0 {
		return nil
	}
	if len(y.lists)+len(of) > cap(y.lists) {
		y.lists = make([]*node, 0, max(listsAtOnce, len(of)))
	}
	from := len(y.lists)
	y.lists = append(y.lists, of...)
	return y.lists[from:len(y.lists):len(y.lists)]
}
