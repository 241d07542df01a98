package patch

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// mostProblems is how many faults of one patch are reported.
const mostProblems = 100

// Apply returns the document after the operations and the patch that leads
// back: applied to that document it gives one equal to doc. The inverse tests
// what this patch left, so that taking it back later finds a conflict instead
// of overwriting.
//
// An error is a problem.List naming each operation refused, apart from those
// that depend on one refused already; then nothing is applied. Kinds: Conflict
// for "patch.test_failed" and "patch.exists" (argument met: the value there, as
// JSON) and for "patch.missing" where there is none; Invalid for the rest.
func Apply(doc document.Node, ops []Op) (next document.Node, inverse []Op, err error) {
	if err := withinBounds(ops); err != nil {
		return nil, nil, err
	}
	a := applier{
		root: doc, owned: map[uintptr]bool{}, tested: map[string]bool{}, refused: map[string]bool{},
	}
	for _, op := range ops {
		if a.dependsOnRefused(op.Path) {
			continue
		}
		undo, fault := a.apply(op)
		if fault != nil {
			a.problems = append(a.problems, *fault)
			a.refused[op.Path] = true
			if len(a.problems) == mostProblems {
				break
			}
			continue
		}
		a.inverse = append(a.inverse, undo)
	}
	if err := a.problems.Err(); err != nil {
		return nil, nil, err
	}
	slices.Reverse(a.inverse)
	return a.root, slices.Concat(a.inverse...), nil
}

func withinBounds(ops []Op) error {
	tests := 0
	for _, op := range ops {
		if op.Op == Test {
			tests++
		}
	}
	if tests > MaxTests || len(ops)-tests > MaxChanges {
		return problem.List{{
			Kind: problem.Invalid, Key: "patch.too_long",
			Args: problem.Args{"count": strconv.Itoa(len(ops)), "most": strconv.Itoa(MaxChanges)},
		}}
	}
	return nil
}

// An applier holds a patch half applied.
type applier struct {
	root document.Node
	// owned are the objects copied by this patch and not yet visible to anyone
	// else, by address: they may be changed in place, so that a long patch
	// copies each object once. Lists are short and copied every time.
	owned    map[uintptr]bool
	tested   map[string]bool // paths whose test passed
	refused  map[string]bool // paths of refused operations
	inverse  [][]Op          // one group for each operation
	problems problem.List
}

// dependsOnRefused reports whether an operation at the path or above it was
// refused, which makes this one's own outcome meaningless.
func (a *applier) dependsOnRefused(path string) bool {
	if len(a.refused) == 0 {
		return false
	}
	for {
		if a.refused[path] {
			return true
		}
		cut := strings.LastIndexByte(path, '/')
		if cut < 0 {
			return false
		}
		path = path[:cut]
	}
}

// apply carries out one operation and returns what takes it back.
func (a *applier) apply(op Op) ([]Op, *problem.Problem) {
	parts, fault := split(op)
	if fault != nil {
		return nil, fault
	}
	if op.Op == Test {
		return nil, a.test(op, parts)
	}
	if op.Op != Remove {
		if fault := checkValue(op, len(parts)); fault != nil {
			return nil, fault
		}
	}
	if len(parts) == 0 {
		return a.replaceRoot(op)
	}
	parent, ok := LookUp(a.root, parts[:len(parts)-1])
	if !ok {
		return nil, refuse(op, problem.Conflict, "patch.missing")
	}
	last := parts[len(parts)-1]
	switch parent := parent.(type) {
	case document.Object:
		return a.changeMember(op, parts, parent, last)
	case []document.Node:
		return a.changeElement(op, parts, parent, last)
	default:
		return nil, refuse(op, problem.Conflict, "patch.missing")
	}
}

// split checks the operation's verb and path and returns the path's parts.
func split(op Op) ([]string, *problem.Problem) {
	if !op.Op.valid() {
		p := badVerb(op)
		return nil, &p
	}
	parts, ok := document.Parts(op.Path)
	if !ok || len(parts) > MaxDepth || badEscape(op.Path) {
		return nil, refuse(op, problem.Invalid, "patch.bad_path")
	}
	return parts, nil
}

// badEscape reports whether a tilde stands before anything but 0 or 1.
func badEscape(path string) bool {
	for i := range len(path) {
		if path[i] == '~' && (i+1 == len(path) || path[i+1] != '0' && path[i+1] != '1') {
			return true
		}
	}
	return false
}

func checkValue(op Op, above int) *problem.Problem {
	depth, ok := depthOf(op.Value, MaxDepth)
	if !ok {
		return refuse(op, problem.Invalid, "patch.not_json")
	}
	if above+depth > MaxDepth+1 {
		return refuse(op, problem.Invalid, "patch.too_deep")
	}
	return nil
}

func (a *applier) test(op Op, parts []string) *problem.Problem {
	met, ok := LookUp(a.root, parts)
	if !ok {
		return refuse(op, problem.Conflict, "patch.missing")
	}
	if !Equal(met, op.Value) {
		fault := refuse(op, problem.Conflict, "patch.test_failed")
		fault.Args["met"] = brief(met)
		fault.Args["want"] = brief(op.Value)
		return fault
	}
	a.tested[op.Path] = true
	return nil
}

func (a *applier) replaceRoot(op Op) ([]Op, *problem.Problem) {
	switch op.Op {
	case Add:
		return nil, refuse(op, problem.Conflict, "patch.exists")
	case Remove:
		return nil, refuse(op, problem.Invalid, "patch.bad_path")
	case Test, Replace:
	}
	if fault := a.checkTested(op, a.root); fault != nil {
		return nil, fault
	}
	old := a.root
	a.root = op.Value
	clear(a.owned)
	return []Op{{Test, "", op.Value}, {Replace, "", old}}, nil
}

func (a *applier) changeMember(op Op, parts []string, parent document.Object, name string) ([]Op, *problem.Problem) {
	old, exists := parent[name]
	if op.Op == Add {
		if exists {
			fault := refuse(op, problem.Conflict, "patch.exists")
			fault.Args["met"] = brief(old)
			return nil, fault
		}
		a.ownObject(parts)[name] = op.Value
		return []Op{{Test, op.Path, op.Value}, {Remove, op.Path, nil}}, nil
	}
	if !exists {
		return nil, refuse(op, problem.Conflict, "patch.missing")
	}
	if fault := a.checkTested(op, old); fault != nil {
		return nil, fault
	}
	object := a.ownObject(parts)
	if op.Op == Remove {
		delete(object, name)
		return []Op{{Add, op.Path, a.kept(old)}}, nil
	}
	object[name] = op.Value
	return []Op{{Test, op.Path, op.Value}, {Replace, op.Path, a.kept(old)}}, nil
}

// changeElement changes a list. An index means another element once someone
// else changed the list, so the inverse tests the list as a whole where the
// operation moves elements.
func (a *applier) changeElement(op Op, parts []string, list []document.Node, last string) ([]Op, *problem.Problem) {
	index, ok := indexOf(last, len(list), op.Op == Add)
	if !ok {
		return nil, refuse(op, problem.Invalid, "patch.bad_path")
	}
	if index > len(list) || index == len(list) && op.Op != Add {
		return nil, refuse(op, problem.Conflict, "patch.missing")
	}
	above := strings.TrimSuffix(op.Path, "/"+last)
	path := above + "/" + strconv.Itoa(index)
	if op.Op == Add {
		next := a.setList(parts, slices.Insert(slices.Clone(list), index, op.Value))
		a.forgetBelow(above)
		return []Op{{Test, above, a.kept(next)}, {Test, path, op.Value}, {Remove, path, nil}}, nil
	}
	old := list[index]
	if fault := a.checkTested(op, old); fault != nil {
		return nil, fault
	}
	if op.Op == Remove {
		next := a.setList(parts, slices.Delete(slices.Clone(list), index, index+1))
		a.forgetBelow(above)
		return []Op{{Test, above, a.kept(next)}, {Add, path, a.kept(old)}}, nil
	}
	next := slices.Clone(list)
	next[index] = op.Value
	a.setList(parts, next)
	return []Op{{Test, path, op.Value}, {Replace, path, a.kept(old)}}, nil
}

// indexOf reads a list index as RFC 6901 writes it: digits without leading
// zeros, or "-" for the end of the list where that is allowed.
func indexOf(text string, length int, end bool) (int, bool) {
	if text == "-" {
		return length, end
	}
	if text == "" || len(text) > 9 || len(text) > 1 && text[0] == '0' {
		return 0, false
	}
	index := 0
	for _, digit := range []byte(text) {
		if digit < '0' || digit > '9' {
			return 0, false
		}
		index = index*10 + int(digit-'0')
	}
	return index, true
}

// checkTested refuses to replace or remove an object or list that this patch
// has not tested.
func (a *applier) checkTested(op Op, old document.Node) *problem.Problem {
	if isTree(old) && !a.tested[op.Path] {
		return refuse(op, problem.Invalid, "patch.untested_subtree")
	}
	return nil
}

// forgetBelow drops the tests below a list whose elements moved.
func (a *applier) forgetBelow(path string) {
	maps.DeleteFunc(a.tested, func(tested string, _ bool) bool {
		return strings.HasPrefix(tested, path+"/")
	})
}

// kept returns a value of the document for use in the inverse. From then on
// the inverse shares it, so nothing copied so far may be changed in place.
func (a *applier) kept(value document.Node) document.Node {
	if isTree(value) {
		clear(a.owned)
	}
	return value
}

// ownObject copies the path down to the object that holds the last part,
// where it is not copied yet, and returns that object.
func (a *applier) ownObject(parts []string) document.Object {
	var object document.Object
	a.root = a.own(a.root, parts[:len(parts)-1], func(node document.Node) document.Node {
		object = a.ownedCopy(node.(document.Object))
		return object
	})
	return object
}

// setList puts the list in place of the one that holds the last part.
func (a *applier) setList(parts []string, list []document.Node) []document.Node {
	a.root = a.own(a.root, parts[:len(parts)-1], func(document.Node) document.Node { return list })
	return list
}

// own returns node with the value at the parts changed by the function and
// the path to it copied. The path exists.
func (a *applier) own(node document.Node, parts []string, change func(document.Node) document.Node) document.Node {
	if len(parts) == 0 {
		return change(node)
	}
	if list, ok := node.([]document.Node); ok {
		index, _ := indexOf(parts[0], len(list), false)
		list = slices.Clone(list)
		list[index] = a.own(list[index], parts[1:], change)
		return list
	}
	object := a.ownedCopy(node.(document.Object))
	object[parts[0]] = a.own(object[parts[0]], parts[1:], change)
	return object
}

func (a *applier) ownedCopy(object document.Object) document.Object {
	if object != nil && a.owned[reflect.ValueOf(object).Pointer()] {
		return object
	}
	copied := make(document.Object, len(object)+1)
	maps.Copy(copied, object)
	a.owned[reflect.ValueOf(copied).Pointer()] = true
	return copied
}

// LookUp returns the value at the parts below node, through objects and, by
// index, lists.
func LookUp(node document.Node, parts []string) (document.Node, bool) {
	for _, part := range parts {
		switch at := node.(type) {
		case document.Object:
			child, ok := at[part]
			if !ok {
				return nil, false
			}
			node = child
		case []document.Node:
			index, ok := indexOf(part, len(at), false)
			if !ok || index >= len(at) {
				return nil, false
			}
			node = at[index]
		default:
			return nil, false
		}
	}
	return node, true
}

func refuse(op Op, kind problem.Kind, key string) *problem.Problem {
	return &problem.Problem{
		Kind: kind, Pointer: op.Path, Key: key, Args: problem.Args{"path": op.Path},
	}
}
