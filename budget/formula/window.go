package formula

// forever is further than any plan reaches.
const forever = 1 << 20

// A window is the periods in which something is read, relative to the period
// it is read from, both ends included.
type window struct{ from, to int }

// plus is the window in which w is read from somewhere in o.
func (w window) plus(o window) window {
	return window{max(w.from+o.from, -forever), min(w.to+o.to, forever)}
}

func (w window) now() bool    { return w.from <= 0 && w.to >= 0 }
func (w window) back() bool   { return w.to <= 0 }
func (w window) onward() bool { return w.from >= 0 }

// reach is the periods in which a node reads an argument.
func (n *node) reach(arg int) window {
	switch {
	case n.op != opCall:
		return window{}
	case n.fn.series != nil && n.looksBack():
		return reachPast(n)
	case n.fn.series != nil:
		return reachWhole(n)
	case n.fn.reach != nil && arg == 0:
		return n.fn.reach(n)
	default:
		return window{}
	}
}

// looksBack reports whether a series needs no month after the one it is for.
func (n *node) looksBack() bool { return n.fn.back != nil && n.fn.back(n) }
