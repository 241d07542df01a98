package planfile

import (
	"slices"
	"strconv"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// A Source is a decoded plan file: its document, and where in the file each
// part of it stands.
type Source struct {
	Document document.Object
	places   map[string]*node
}

// Decode reads a plan file. Faults of the file's own form, such as broken YAML
// or a name used twice, come back as a problem.List of kind Invalid; whether
// the document is a plan is for package planning to say.
func Decode(text []byte) (Source, error) {
	root, err := parseYAML(text)
	if err != nil {
		return Source{}, err
	}
	d := decoder{places: map[string]*node{"": root}, left: mostValues}
	source := Source{Document: d.document(root), places: d.places}
	if len(d.problems) > 0 {
		return Source{}, d.problems
	}
	return source, nil
}

// Position returns where the value at a document pointer stands in the file,
// and for a span of a formula where that span begins. A pointer the file does
// not hold itself has the place of the nearest thing around it.
func (s Source) Position(pointer string, span problem.Span) Position {
	for {
		if n, ok := s.places[pointer]; ok {
			return n.position(span)
		}
		cut := strings.LastIndexByte(pointer, '/')
		if cut < 0 {
			return Position{Line: 1, Column: 1}
		}
		pointer = pointer[:cut]
	}
}

// PositionOf returns where in the file a problem is, the zero Position if that
// is not known. The source is that of the file, or the zero Source if Decode
// refused it.
func (s Source) PositionOf(p problem.Problem) Position {
	if s.places != nil {
		return s.Position(p.Pointer, p.Span)
	}
	line, _ := strconv.Atoi(p.Args["line"])
	column, _ := strconv.Atoi(p.Args["column"])
	return Position{Line: line, Column: column}
}

// position returns where the node, or a span of its text, begins. A text of
// several lines is placed at its beginning.
func (n *node) position(span problem.Span) Position {
	at := n.at
	column := 0
	if n.quoted {
		column++
	}
	for range span.Start {
		column += escapeLength(n.written, column)
	}
	if column < len(n.written) {
		at.Column += column
	}
	return at
}

// escapeLength returns how many characters of a written text stand for the
// one that begins at i: more than one in an escape of a quoted text.
func escapeLength(written []rune, i int) int {
	if i+1 >= len(written) || written[0] != '"' && written[0] != '\'' {
		return 1
	}
	switch two := string(written[i : i+2]); {
	case written[0] == '\'' && two == "''":
		return 2
	case written[0] == '\'' || written[i] != '\\':
		return 1
	case two == `\x`:
		return 4
	case two == `\u`:
		return 6
	case two == `\U`:
		return 10
	default:
		return 2
	}
}

type decoder struct {
	places   map[string]*node
	problems problem.List
	axis     []string            // the months of the plan, as written
	before   []string            // those its history may hold
	members  map[string][]string // dimension → member ids
	by       map[string][]string // line → dimensions
	left     int                 // how many more numbers values may spread to
}

func (d *decoder) fail(key string, at Position, args problem.Args) {
	d.problems = append(d.problems, fileProblem(key, at, args)...)
}

// document builds the document from the file's root.
func (d *decoder) document(root *node) document.Object {
	if root.kind != objectNode {
		d.fail("planfile.not_an_object", root.at, nil)
		return nil
	}
	d.checkVersion(root)
	d.readAxis(root.field("calendar"))
	d.readMembers(root.field("dimensions"))
	d.readLines(root.field("lines"))
	plan := document.Object{}
	model := document.Object{}
	for _, f := range root.fields {
		switch {
		case f.name == "budget":
			d.fail("planfile.budget", f.at, problem.Args{"names": strings.Join(lifted, ", ")})
			continue
		case !slices.Contains(fileParts, f.name):
			d.fail("shape.unknown_field", f.at, problem.Args{"field": f.name, "known": strings.Join(fileParts, ", ")})
			continue
		}
		if slices.Contains(lifted, f.name) {
			model[f.name] = d.value(f.value, []string{"budget", f.name})
			continue
		}
		plan[f.name] = d.value(f.value, []string{f.name})
	}
	plan["budget"] = model
	return plan
}

func (d *decoder) checkVersion(root *node) {
	version := root.field("centerplan")
	if version == nil {
		d.fail("planfile.no_version", root.at, problem.Args{"version": strconv.Itoa(Version)})
		return
	}
	if number, ok := version.scalar.(float64); !ok || number != Version {
		d.fail("planfile.version", version.at, problem.Args{
			"got": version.raw, "version": strconv.Itoa(Version),
		})
	}
}

// readAxis finds the plan's months, which constants spread over. A faulty
// calendar leaves them empty; package planning then says what is wrong.
func (d *decoder) readAxis(n *node) {
	if n == nil {
		return
	}
	start, length := n.field("start"), n.field("months")
	if start == nil {
		return
	}
	first, ok := calendar.Parse(start.raw)
	count := 12.0
	if length != nil && !length.isNull() {
		count, _ = length.scalar.(float64)
	}
	if !ok || count < 1 || count > calendar.MostMonths {
		return
	}
	d.axis, d.before = months(first, int(count)), monthsBefore(first)
}

// readLines finds the dimensions of each line, which the months of its history
// and its actuals are written by.
func (d *decoder) readLines(n *node) {
	d.by = map[string][]string{}
	if n == nil {
		return
	}
	for _, line := range n.list {
		d.by[idOf(line)] = dimensionsOf(line)
	}
}

func (d *decoder) readMembers(n *node) {
	d.members = map[string][]string{}
	if n == nil {
		return
	}
	for _, f := range n.fields {
		members := f.value.field("members")
		if members == nil {
			continue
		}
		for _, member := range members.list {
			d.members[f.name] = append(d.members[f.name], idOf(member))
		}
	}
}

// idOf returns the id a listed thing has: what it says, else its code.
func idOf(n *node) string {
	if n.kind == scalarNode {
		return n.raw
	}
	for _, name := range []string{"id", "code"} {
		if f := n.field(name); f != nil && f.kind == scalarNode {
			return f.raw
		}
	}
	return ""
}

// value turns a node of the file into the value of the document at parts.
func (d *decoder) value(n *node, parts []string) document.Node {
	d.places[document.Pointer("", parts...)] = n
	if l, ok := listingAt(parts); ok {
		return d.listed(n, parts, l)
	}
	if isLineValues(parts) {
		return d.lineValues(n, parts)
	}
	if of, ok := d.series(parts); ok {
		return d.cells(n, parts, d.by[parts[1]], of)
	}
	switch n.kind {
	case objectNode:
		return d.object(n, parts)
	case listNode:
		list := make([]document.Node, len(n.list))
		for i, item := range n.list {
			list[i] = d.value(item, append(slices.Clone(parts), strconv.Itoa(i)))
		}
		return list
	default:
		if _, already := n.scalar.(string); !already && n.scalar != nil && isText(parts) {
			return n.raw
		}
		return n.scalar
	}
}

func (d *decoder) object(n *node, parts []string) document.Object {
	object := document.Object{}
	ranks := []string(nil)
	if rankedMapAt(parts) {
		ranks = patch.Ranks(len(n.fields))
	}
	for i, f := range n.fields {
		value := d.value(f.value, append(slices.Clone(parts), f.name))
		if inner, ok := value.(document.Object); ok && ranks != nil {
			inner["rank"] = ranks[i]
			if _, named := inner["code"]; !named {
				inner["code"] = f.name
			}
		}
		object[f.name] = value
	}
	return object
}

// listed turns a list of things into a map by id, in which each carries the
// rank of its place.
func (d *decoder) listed(n *node, parts []string, l listing) document.Node {
	if n.kind != listNode {
		if n.isNull() {
			return document.Object{}
		}
		d.fail("planfile.want_list", n.at, problem.Args{"name": parts[len(parts)-1]})
		return document.Object{}
	}
	object := document.Object{}
	ranks := patch.Ranks(len(n.list))
	for i, item := range n.list {
		id := idOf(item)
		if id == "" && l.prefix != "" {
			id = l.prefix + strconv.Itoa(i+1)
		}
		if id == "" {
			d.fail("planfile.no_code", item.at, problem.Args{"name": parts[len(parts)-1]})
			continue
		}
		if _, twice := object[id]; twice {
			d.fail("planfile.duplicate", item.at, problem.Args{"name": id})
			continue
		}
		object[id] = d.listedThing(item, append(slices.Clone(parts), id), id, ranks[i], l)
	}
	return object
}

func (d *decoder) listedThing(n *node, parts []string, id, rank string, l listing) document.Node {
	if n.kind == scalarNode { // a dimension member may be its code alone
		d.places[document.Pointer("", parts...)] = n
		return document.Object{"code": n.raw, "rank": rank}
	}
	value := d.value(n, parts)
	thing, ok := value.(document.Object)
	if !ok {
		d.fail("planfile.want_object", n.at, problem.Args{"name": id})
		return document.Object{}
	}
	delete(thing, "id")
	thing["rank"] = rank
	if _, named := thing["code"]; !named && !l.uncoded {
		thing["code"] = id
	}
	return thing
}
