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
	line := d.places[document.Pointer("", parts[:len(parts)-1]...)]
	return d.cells(n, parts, dimensionsOf(line), series{axis: d.axis, whole: true})
}

// A series is how months may be written shorter than as a map: as a list.
type series struct {
	// axis are the months a list stands for, from the first; from the last, if
	// it says so.
	axis     []string
	fromLast bool
	// whole says that a list has all of them, and that one number stands for as
	// many; else a list may end before.
	whole bool
}

// series returns how the months of a line's history or actuals are written;
// those of a line that does not exist are left as they are.
func (d *decoder) series(parts []string) (series, bool) {
	switch {
	case isHistory(parts):
		_, known := d.by[parts[1]]
		return series{axis: d.before, fromLast: true}, known
	case isActuals(parts):
		_, known := d.by[parts[1]]
		return series{axis: d.axis}, known
	default:
		return series{}, false
	}
}

// months returns so many months from the first on.
func months(first calendar.Month, count int) []string {
	axis := make([]string, count)
	for i := range axis {
		axis[i] = first.Add(i).String()
	}
	return axis
}

// monthsBefore returns the months that the history of a plan may hold.
func monthsBefore(start calendar.Month) []string {
	return months(start.Add(-calendar.MostMonths), calendar.MostMonths)
}

// mostValues is how many numbers the values of a file may spread to.
const mostValues = 1_000_000

// dimensionsOf returns the dimensions of a line as it is written.
func dimensionsOf(line *node) []string {
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

func (d *decoder) cells(n *node, parts, by []string, of series) document.Node {
	d.places[document.Pointer("", parts...)] = n
	if len(by) == 0 {
		return d.months(n, parts, of)
	}
	object := document.Object{}
	if n.kind == objectNode {
		for _, f := range n.fields {
			object[f.name] = d.cells(f.value, append(slices.Clone(parts), f.name), by[1:], of)
		}
		return object
	}
	if !d.roomForAll(n, by) {
		return object
	}
	for _, member := range d.members[by[0]] { // one value for all members
		if !d.room(n) {
			break
		}
		object[member] = d.cells(n, append(slices.Clone(parts), member), by[1:], of)
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

// roomForAll reports whether the file may spread to a value for every
// combination of the dimensions' members, before it begins to.
func (d *decoder) roomForAll(n *node, by []string) bool {
	values := 1
	for _, dimension := range by {
		if values *= max(1, len(d.members[dimension])); values > d.left {
			d.left = min(d.left, 1)
			return d.room(n)
		}
	}
	return true
}

// months turns one number, a list or a map by month into a map by month. Null
// stands for a missing value.
func (d *decoder) months(n *node, parts []string, of series) document.Node {
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
		if len(of.axis) == 0 {
			return object // there is no count without a calendar, which is refused for itself
		}
		for i, month := range d.monthsOf(n, of) {
			d.cell(object, n.list[i], parts, month)
		}
	default:
		if !of.whole && !n.isNull() {
			d.fail("planfile.want_months", n.at, problem.Args{"text": n.raw})
			return object
		}
		for _, month := range of.axis {
			d.cell(object, n, parts, month)
		}
	}
	return object
}

// monthsOf returns the months that a list stands for, none where it has not as
// many numbers as it must.
func (d *decoder) monthsOf(n *node, of series) []string {
	got, most := len(n.list), len(of.axis)
	switch {
	case of.whole && got != most:
		d.fail("planfile.value_count", n.at, problem.Args{"got": strconv.Itoa(got), "want": strconv.Itoa(most)})
		return nil
	case got > most:
		d.fail("planfile.too_many_months", n.at, problem.Args{"got": strconv.Itoa(got), "most": strconv.Itoa(most)})
		return nil
	case of.fromLast:
		return of.axis[most-got:]
	default:
		return of.axis[:got]
	}
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

// shortMonths is the inverse of decoding a series: a list where the months are
// those a list stands for, else as they are.
func shortMonths(value document.Node, of series, depth int) document.Node {
	object, ok := value.(document.Object)
	if !ok {
		return value
	}
	if depth > 0 {
		short := document.Object{}
		for member, inner := range object {
			short[member] = shortMonths(inner, of, depth-1)
		}
		return short
	}
	if len(object) < 2 || len(object) > len(of.axis) {
		return object
	}
	axis := of.axis[:len(object)]
	if of.fromLast {
		axis = of.axis[len(of.axis)-len(object):]
	}
	list := make([]document.Node, len(axis))
	for i, month := range axis {
		number, isNumber := object[month].(float64)
		if !isNumber {
			return object
		}
		list[i] = number
	}
	return list
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
