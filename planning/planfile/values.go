package planfile

import (
	"slices"
	"strconv"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// lineValues turns the short forms of a line's values into one value per cell.
// The line's dimensions decide how many levels of members there are.
func (d *decoder) lineValues(n *node, parts []string) document.Node {
	by := d.lineDimensions(parts)
	return d.cells(n, parts, by)
}

// mostValues is how many numbers the values of a file may spread to.
const mostValues = 1_000_000

// lineDimensions finds the dimensions of the line whose values are at parts.
func (d *decoder) lineDimensions(parts []string) []string {
	line := d.places[document.Pointer("", parts[:len(parts)-1]...)]
	by := line.field("by")
	if by == nil {
		return nil
	}
	var dims []string
	for _, dim := range by.list {
		dims = append(dims, dim.raw)
	}
	return dims
}

func (d *decoder) cells(n *node, parts, by []string) document.Node {
	d.places[document.Pointer("", parts...)] = n
	if len(by) == 0 {
		return d.months(n, parts)
	}
	object := document.Object{}
	if n.kind == objectNode {
		for _, f := range n.fields {
			object[f.name] = d.cells(f.value, append(slices.Clone(parts), f.name), by[1:])
		}
		return object
	}
	// One value for all members.
	for _, member := range d.members[by[0]] {
		if !d.room(n) {
			break
		}
		object[member] = d.cells(n, append(slices.Clone(parts), member), by[1:])
	}
	return object
}

// room reports whether the file may spread to one more value; the first time it
// may not is a problem.
func (d *decoder) room(n *node) bool {
	d.left = max(d.left-1, -1)
	if d.left == 0 {
		d.fail("planfile.too_many_values", n.at, problem.Args{"most": strconv.Itoa(mostValues)})
	}
	return d.left > 0
}

// months turns one number, a list or a map by month into a map by month. Null
// stands for a missing value.
func (d *decoder) months(n *node, parts []string) document.Node {
	object := document.Object{}
	switch n.kind {
	case objectNode:
		for _, f := range n.fields {
			if _, ok := calendar.Parse(f.name); !ok {
				d.fail("planfile.want_month", f.at, problem.Args{"text": f.name})
				continue
			}
			d.cell(object, f.value, parts, f.name)
		}
	case listNode:
		if len(d.axis) == 0 {
			return object // there is no count without a calendar, which is refused for itself
		}
		if len(n.list) != len(d.axis) {
			d.fail("planfile.value_count", n.at, problem.Args{
				"got": strconv.Itoa(len(n.list)), "want": strconv.Itoa(len(d.axis)),
			})
			return object
		}
		for i, month := range d.axis {
			d.cell(object, n.list[i], parts, month)
		}
	default:
		for _, month := range d.axis {
			d.cell(object, n, parts, month)
		}
	}
	return object
}

func (d *decoder) cell(object document.Object, n *node, parts []string, month string) {
	if !d.room(n) {
		return
	}
	d.places[document.Pointer("", append(slices.Clone(parts), month)...)] = n
	if n.isNull() {
		return
	}
	if number, ok := n.scalar.(float64); ok {
		object[month] = number
		return
	}
	d.fail("planfile.want_number", n.at, problem.Args{"text": n.raw})
}

// shortValues is the inverse of lineValues: the shortest form that says the
// same. Members stay as they are, in the order given.
func shortValues(value document.Node, axis []string, depth int) document.Node {
	object, ok := value.(document.Object)
	if !ok {
		return value
	}
	if depth > 0 {
		short := document.Object{}
		for member, inner := range object {
			short[member] = shortValues(inner, axis, depth-1)
		}
		return short
	}
	if len(object) != len(axis) || len(axis) == 0 {
		return object
	}
	list := make([]document.Node, len(axis))
	for i, month := range axis {
		number, ok := object[month]
		if !ok {
			return object
		}
		list[i] = number
	}
	for _, number := range list {
		if number != list[0] {
			return list
		}
	}
	return list[0]
}
