package planning

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// Rename returns the operations that give a line of the document another code
// and put that code wherever the old one stands: in formulas, of lines and of
// changes, in roll-up rules, in the numbers of policies, hiring plans and
// tables, in key results. No number changes by it.
//
// It is NotFound for a line that does not exist, and Invalid where the code
// cannot be a line's name, is another line's, is used by a formula already,
// which would begin to read the line, or makes a formula too long.
func Rename(doc document.Node, line budget.LineID, code string) ([]patch.Op, error) {
	plan, err := Read(doc)
	if err != nil {
		return nil, err
	}
	found, ok := plan.Budget.ByID(line)
	if !ok {
		return nil, problem.Problem{
			Kind: problem.NotFound, Pointer: "/budget/lines", Key: "budget.unknown_line", Args: problem.Args{"line": string(line)},
		}
	}
	if found.Code == code {
		return nil, problem.Problem{Kind: problem.Conflict, Pointer: found.Pointer(), Key: "planning.rename_same", Args: problem.Args{"code": code}}
	}
	if other, taken := plan.Budget.ByCode(code); taken {
		return nil, problem.Problem{
			Kind: problem.Invalid, Pointer: document.Pointer(found.Pointer(), "code"), Key: "budget.code_twice",
			Args: problem.Args{"code": code, "other": string(other.ID)},
		}
	}
	r := renamer{from: found.Code, to: code}
	stated, _ := document.Get(doc, "budget", "lines", string(line), "code")
	verb := patch.Replace
	if stated == nil {
		verb = patch.Add
	}
	r.ops = append(r.ops, patch.Op{Op: verb, Path: document.Pointer(found.Pointer(), "code"), Value: code})
	r.document(doc)
	if len(r.used) > 0 {
		return nil, r.used
	}
	return r.ops, worse(doc, r.ops)
}

// worse returns the problems of names and of formulas that a patch brings.
func worse(doc document.Node, ops []patch.Op) error {
	next, _, err := patch.Apply(doc, ops)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, p := range Faults(doc) {
		known[p.Pointer+" "+p.Key] = true
	}
	faults := slices.DeleteFunc(Faults(next), func(p problem.Problem) bool { return known[p.Pointer+" "+p.Key] })
	return faults.Err()
}

// A renamer collects the operations that rename a line.
type renamer struct {
	from, to string
	ops      []patch.Op
	// used are the places that use the new name already.
	used problem.List
}

// A mention is a sort of place that names a line.
type mention struct {
	// pattern are the parts of its pointer, * standing for any.
	pattern []string
	rename  func(text, from, to string) (string, bool)
}

// mentions are all of them but the numbers of the parts of the model.
var mentions = []mention{
	{strings.Fields("budget lines * formula"), formula.Rename},
	{strings.Fields("budget lines * rollup"), budget.RenameRollup},
	{strings.Fields("budget levers * changes * formula"), formula.Rename},
	{strings.Fields("scenarios * changes * formula"), formula.Rename},
	{strings.Fields("okr objectives * key_results * line"), renameWord},
}

// numbered are the parts of the model any number of which may be the code of a
// line; worded are the fields in them that hold other text.
var (
	numbered = []string{"staffing", "hiring", "prices", "contributions"}
	worded   = []string{"name", "code", "rank", "unit", "model", "basis", "concurrency_method", "open", "earliest_class"}
)

func renameWord(text, from, to string) (string, bool) {
	if text != from {
		return text, false
	}
	return to, true
}

func (r *renamer) document(doc document.Node) {
	for _, m := range mentions {
		r.along(doc, m.pattern, "", m.rename)
	}
	for _, part := range numbered {
		tables, _ := document.Get(doc, "budget", part)
		r.numbers(tables, document.Pointer("/budget", part))
	}
}

// along renames the texts that a pattern leads to.
func (r *renamer) along(node document.Node, pattern []string, at string, rename func(text, from, to string) (string, bool)) {
	if len(pattern) == 0 {
		if text, ok := node.(string); ok {
			r.text(text, at, rename)
		}
		return
	}
	object, _ := node.(document.Object)
	if pattern[0] != "*" {
		r.along(object[pattern[0]], pattern[1:], document.Pointer(at, pattern[0]), rename)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		r.along(object[name], pattern[1:], document.Pointer(at, name), rename)
	}
}

// numbers renames the texts below a node that stand for numbers.
func (r *renamer) numbers(node document.Node, at string) {
	switch value := node.(type) {
	case string:
		r.text(value, at, renameWord)
	case []document.Node:
		for i, item := range value {
			r.numbers(item, document.Pointer(at, strconv.Itoa(i)))
		}
	case document.Object:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if !slices.Contains(worded, name) {
				r.numbers(value[name], document.Pointer(at, name))
			}
		}
	}
}

func (r *renamer) text(text, at string, rename func(text, from, to string) (string, bool)) {
	if _, used := rename(text, r.to, r.from); used {
		r.used = append(r.used, problem.Problem{
			Kind: problem.Invalid, Pointer: at, Key: "planning.rename_used", Args: problem.Args{"code": r.to},
		})
	}
	if next, found := rename(text, r.from, r.to); found {
		r.ops = append(r.ops, patch.Op{Op: patch.Replace, Path: at, Value: next})
	}
}
