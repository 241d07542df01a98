package planfile

import (
	"maps"
	"slices"
	"strconv"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
)

// Encode writes a document as a plan file. Decoding the file again gives an
// equal document, but for ranks, which keep their order and not their letters.
func Encode(doc document.Node) []byte {
	e := newEncoder(doc)
	root, _ := doc.(document.Object)
	var w writer
	for _, name := range fileOrder(root) {
		value, path := document.Node(nil), []string{name}
		if slices.Contains(lifted, name) {
			path = []string{"budget", name}
		}
		value, _ = document.Get(root, path...)
		w.section(name, e.value(value, path))
	}
	return w.bytes()
}

// newEncoder finds out what the short forms of the document's values depend on.
func newEncoder(doc document.Node) encoder {
	e := encoder{depths: map[string]int{}}
	lines, _ := document.Get(doc, "budget", "lines")
	object, _ := lines.(document.Object)
	for id := range object {
		by, _ := document.Get(object, id, "by")
		list, _ := by.([]document.Node)
		e.depths[id] = len(list)
	}
	start, _ := document.Get(doc, "budget", "calendar", "start")
	text, _ := start.(string)
	first, ok := calendar.Parse(text)
	if !ok {
		return e
	}
	count := 12.0
	if length, ok := document.Get(doc, "budget", "calendar", "months"); ok {
		count, _ = length.(float64)
	}
	e.axis, e.before = months(first, int(min(max(count, 0), calendar.MostMonths))), monthsBefore(first)
	return e
}

// fileOrder lists the parts a file of the document has, in the order they are
// written.
func fileOrder(root document.Object) []string {
	var names []string
	for _, name := range fileParts {
		path := []string{name}
		if slices.Contains(lifted, name) {
			path = []string{"budget", name}
		}
		if _, ok := document.Get(root, path...); ok {
			names = append(names, name)
		}
	}
	return names
}

type encoder struct {
	axis, before []string       // the plan's months, and those before it
	depths       map[string]int // line → how many dimensions it has
}

// value turns the document's form of a value into the file's.
func (e encoder) value(value document.Node, parts []string) document.Node {
	object, isObject := value.(document.Object)
	if !isObject {
		return value
	}
	if l, ok := listingAt(parts); ok {
		return e.list(object, parts, l)
	}
	if depth, known := e.depths[parts[len(parts)-1]]; known {
		switch {
		case isHistory(parts):
			return shortMonths(value, series{axis: e.before, fromLast: true}, depth)
		case isActuals(parts):
			return shortMonths(value, series{axis: e.axis}, depth)
		}
	}
	if matches("/budget/lines/*", parts) {
		object = e.line(object)
	}
	ordered := rankedMapAt(parts)
	names := fieldOrder(object)
	if ordered {
		names = document.Ranked(object)
	}
	out := fields{}
	for _, name := range names {
		inner := e.value(object[name], append(slices.Clone(parts), name))
		if ordered {
			inner = without(inner, name)
		}
		out = append(out, entry{name, inner})
	}
	return out
}

// line returns the line with its values in short form.
func (e encoder) line(object document.Object) document.Object {
	values, ok := object["values"]
	if !ok {
		return object
	}
	by, _ := object["by"].([]document.Node)
	short := make(document.Object, len(object))
	maps.Copy(short, object)
	short["values"] = shortValues(values, e.axis, len(by))
	return short
}

func (e encoder) list(object document.Object, parts []string, l listing) document.Node {
	list := make([]document.Node, 0, len(object))
	for i, id := range document.Ranked(object) {
		thing := e.value(object[id], append(slices.Clone(parts), id))
		shown, ok := thing.(fields)
		if !ok {
			list = append(list, thing)
			continue
		}
		implied := shown.text("code")
		if implied == "" && l.prefix != "" {
			implied = l.prefix + strconv.Itoa(i+1)
		}
		kept := fields{}
		if id != implied {
			kept = append(kept, entry{"id", id})
		}
		for _, f := range shown {
			if f.name != "rank" {
				kept = append(kept, f)
			}
		}
		if len(kept) == 1 && kept[0].name == "code" && matches("/budget/dimensions/*/members", parts) {
			list = append(list, kept[0].value)
			continue
		}
		list = append(list, kept)
	}
	return list
}

// without drops what a ranked map's place in the file says already.
func without(value document.Node, name string) document.Node {
	inner, ok := value.(fields)
	if !ok {
		return value
	}
	return slices.DeleteFunc(inner, func(f entry) bool {
		return f.name == "rank" || (f.name == "code" && f.value == name)
	})
}

// fields is an object whose members have an order.
type fields []entry

type entry struct {
	name  string
	value document.Node
}

func (f fields) text(name string) string {
	for _, e := range f {
		if e.name == name {
			text, _ := e.value.(string)
			return text
		}
	}
	return ""
}

// first are the fields written before all others, in this order.
var first = []string{
	"id", "code", "name", "center", "currency", "parent", "actuals_through", "initiatives", "levers", "start", "months", "fiscal_start", "days",
	"group", "party", "account", "unit", "by", "rollup", "line", "member", "from", "to", "sense", "owner",
	"opening", "values", "formula", "en", "zh",
	"attrition", "new_attrition", "training_months", "yield", "ramp", "required", "classes", "planned", "earliest_class",
}

func fieldOrder(object document.Object) []string {
	names := sortedKeys(object)
	place := func(name string) int {
		if i := slices.Index(first, name); i >= 0 {
			return i
		}
		return len(first)
	}
	slices.SortStableFunc(names, func(a, b string) int { return place(a) - place(b) })
	return names
}

func sortedKeys(object document.Object) []string {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
