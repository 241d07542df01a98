package rights

import (
	"slices"
	"strings"

	"centerplan/budget"
	"centerplan/planning/document"
	"centerplan/planning/patch"
)

// Ever are the lines that were sensitive in any revision of a plan. What was
// closed once stays closed, in the present and in every past revision; a holder
// opens the results by releasing the line.
//
// Beside ids of lines it holds pointers of things that were bound to another
// line or taken away in some revision, such as a change of a scenario: of their
// parts nobody can say any more which line they were of.
type Ever map[budget.LineID]bool

// Add notes the lines that are sensitive in a document.
func (e Ever) Add(doc document.Node) {
	lines, _ := document.Get(doc, "budget", "lines")
	object, _ := lines.(document.Object)
	for id, line := range object {
		if flag, _ := document.Get(line, "sensitive"); flag == true {
			e[budget.LineID(id)] = true
		}
	}
}

// AddOps notes the lines that are sensitive in what the operations of a patch
// or of its inverse hold. With the first revision's document and the patches
// since, or with the present document and the inverses back, every sensitive
// line is found.
func (e Ever) AddOps(ops []patch.Op) {
	for _, op := range ops {
		parts, ok := document.Parts(op.Path)
		if !ok {
			continue
		}
		if op.Op != patch.Remove && (len(parts) == 0 || parts[0] == "budget") {
			e.Add(within(parts, op.Value))
		}
		if op.Op == patch.Remove || op.Op == patch.Replace {
			e.unbind(parts)
		}
	}
}

// within puts a value at its place in a document of nothing else.
func within(parts []string, value document.Node) document.Node {
	for _, part := range slices.Backward(parts) {
		value = document.Object{part: value}
	}
	return value
}

// unbind notes that something which says its line was bound anew or taken away.
func (e Ever) unbind(parts []string) {
	for _, k := range kinds {
		if k.bound && match(append(slices.Clone(k.thing()), "line"), parts) {
			if len(parts) == len(k.thing())+1 {
				parts = parts[:len(parts)-1]
			}
			e[budget.LineID(document.Pointer("", parts...))] = true
			return
		}
	}
}

// unbound reports whether the thing at the place, or anything around it, was
// bound anew or taken away.
func (e Ever) unbound(parts []string) bool {
	pointer := document.Pointer("", parts...)
	for {
		if e[budget.LineID(pointer)] {
			return true
		}
		cut := strings.LastIndexByte(pointer, '/')
		if cut < 0 {
			return false
		}
		pointer = pointer[:cut]
	}
}

// match reports whether the parts are the beginning of a place that the pattern
// names, a part * standing for any.
func match(pattern, parts []string) bool {
	if len(parts) > len(pattern) {
		return false
	}
	for i, part := range parts {
		if pattern[i] != "*" && pattern[i] != part {
			return false
		}
	}
	return true
}
