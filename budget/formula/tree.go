package formula

import "math/bits"

// An op is what a node of a checked tree does.
type op uint8

const (
	opBad      op = iota // has a problem; its value is never used
	opNumber             // value
	opBool               // value, 0 or 1
	opLine               // the line's cell
	opCalendar           // a calendar name
	opLocal              // a name bound by let; target is its opLet
	opLet                // args: what is bound, where it is used
	opUnary              // name: - + not
	opBinary             // name: + - * / ^ == != < <= > >= and or
	opChoice             // args: condition, then, else
	opIn                 // args: value, then the list; not for "not in"
	opMember             // whether the current member of dimension dim is in members
	opPick               // args[0] at one member of dimension dim
	opCall               // fn on args
)

// A kind is what values a node has.
type kind uint8

const (
	kindNumber kind = iota
	kindBool
	kindAny // of a node with a problem
)

// A dimSet is a set of dimensions, by their index in the scope.
type dimSet uint64

// mostDimensions is how many dimensions a dimSet holds.
const mostDimensions = 64

func dimBit(dim int) dimSet            { return 1 << dim }
func (s dimSet) has(dim int) bool      { return s&dimBit(dim) != 0 }
func (s dimSet) minus(o dimSet) dimSet { return s &^ o }

// each calls f with the dimensions in the set, in the scope's order.
func (s dimSet) each(f func(dim int)) {
	for ; s != 0; s &= s - 1 {
		f(bits.TrailingZeros64(uint64(s)))
	}
}

// A node is one piece of a bound formula. Names are resolved; dims, kind and
// place are known from the start, the unit after checking.
type node struct {
	op   op
	kind kind
	// implied says that the line is a number of the call's part.
	implied bool
	// costly says that the explainer remembers the value.
	costly bool
	// past says of an opLine within last_year that it gives its history before
	// the plan begins, of a sum over months that it reaches back there.
	past bool
	// checked is the round of checking that has set unit.
	checked int32
	// from and to are where the node and those below it stand, in runes of the
	// rewritten text and without the brackets around; source.span knows the
	// characters as typed.
	from, to int32
	name     string
	args     []*node
	// dims is what the value varies by.
	dims  dimSet
	value float64
	// line is the index of an opLine's line.
	line int
	fn   *function
	unit quantity
	*detail
}

// A detail is what only some nodes have. The others share one, which is not
// written to: own gives a node its own.
type detail struct {
	// divide is what a conversion of time divides by after it multiplied by value.
	divide float64
	// dim and members belong to opMember and opPick; to opCall where a
	// function reduces, reduce is the set of dimensions reduced.
	dim     int
	members []int
	reduce  dimSet
	negate  bool
	target  *node
	// month is a period, for functions that name a month; it may lie outside
	// the plan. word is an option, part a piece of the model that the call names.
	month int
	word  string
	part  *namedPart
	// uses counts an opLet's references.
	uses int
	// shared is what all calls of the node have in common.
	shared *call
}

// noDetail is the detail of all nodes without one.
var noDetail detail

// own gives a node a detail that can be written to.
func (n *node) own() *detail {
	if n.detail == nil || n.detail == &noDetail {
		n.detail = new(detail)
	}
	return n.detail
}

// walk calls f on n and on every node below it, parents first. A node below a
// let is visited once.
func (n *node) walk(f func(*node)) {
	f(n)
	for _, arg := range n.args {
		arg.walk(f)
	}
}

// has reports whether n or a node below it satisfies is.
func (n *node) has(is func(*node) bool) bool {
	found := false
	n.walk(func(m *node) { found = found || is(m) })
	return found
}
