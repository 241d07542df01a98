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
