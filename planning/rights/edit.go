package rights

import (
	"maps"
	"slices"
	"strings"

	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// mostRefusals is how many refused operations of one patch are told.
const mostRefusals = 100

// Edit returns why the person may not make a patch: a problem of kind Forbidden
// for each operation refused, "rights.may_not_read" where it touches something
// hidden and "rights.may_not_change" where no rule of the table allows it. No
// problem holds a value. The empty list is consent.
//
// Every operation is judged on the document as it is before the patch, so that
// an earlier operation cannot make a later one somebody's own. An operation on a
// whole subtree is judged at each place in which the new differs from the old.
// What the workflow and the seal forbid is not asked here.
func (s *Sight) Edit(ops []patch.Op) problem.List {
	var refused problem.List
	for _, op := range ops {
		parts, ok := document.Parts(op.Path)
		if !ok {
			continue // no place at all; the patch is refused as malformed
		}
		if key, at := s.judge(op, parts); key != "" {
			refused = append(refused, problem.Problem{
				Kind: problem.Forbidden, Pointer: at, Key: key, Args: problem.Args{"path": at},
			})
		}
		if len(refused) == mostRefusals {
			return refused
		}
	}
	if len(refused) == 0 && !s.Whole() && s.takesAlong(ops) {
		const center = "/plan/center"
		return problem.List{{Kind: problem.Forbidden, Pointer: center, Key: mayNotChange, Args: problem.Args{"path": center}}}
	}
	return refused
}

// The keys of refusals.
const (
	mayNotRead   = "rights.may_not_read"
	mayNotChange = "rights.may_not_change"
)

// judge returns the key of the reason an operation is refused for and the place
// it names; no key is consent.
func (s *Sight) judge(op patch.Op, parts []string) (key, at string) {
	if !s.Reads() || !s.Whole() && (s.touchesHidden(op, parts) || isTalk(parts)) {
		return mayNotRead, op.Path
	}
	if op.Op == patch.Test {
		return "", ""
	}
	if !s.Whole() && s.weighs(op, parts) {
		return mayNotChange, op.Path
	}
	old, exists := patch.LookUp(s.doc, parts)
	for _, place := range changed(op, parts, old, exists) {
		if holdsCells(op, place[len(parts):], old) && ruleFor(place).owns == cells {
			continue
		}
		if !s.allows(op, place, exists) {
			return mayNotChange, document.Pointer("", place...)
		}
	}
	return "", ""
}

// holdsCells reports whether what comes or goes below an operation's place is an
// object with something in it. Where cells are owned one by one, such an object
// is judged by them: a team's first cell of a line brings it.
func holdsCells(op patch.Op, below []string, old document.Node) bool {
	value := op.Value
	switch op.Op {
	case patch.Remove:
		value = old
	case patch.Add:
	default:
		return false
	}
	value, _ = document.Get(value, below...)
	object, _ := value.(document.Object)
	return len(object) > 0
}

// touchesHidden reports whether an operation is at, below or above something
// hidden, or would put something that is hidden, or would lay open what is.
func (s *Sight) touchesHidden(op patch.Op, parts []string) bool {
	if old, exists := patch.LookUp(s.doc, parts); exists || op.Op == patch.Remove {
		if s.secrets.inside(parts, old) {
			return true
		}
	} else if s.secrets.inside(parts, op.Value) {
		return true
	}
	if op.Op != patch.Remove && s.secrets.inside(parts, op.Value) {
		return true
	}
	return s.holdsHidden(op.Path) || op.Op != patch.Test && s.binds(parts)
}

// holdsHidden reports whether something below the pointer is hidden.
func (s *Sight) holdsHidden(pointer string) bool {
	taken, below := s.redacted().taken, pointer+"/"
	i, _ := slices.BinarySearch(taken, below)
	return i < len(taken) && strings.HasPrefix(taken[i], below)
}

// binds reports whether the place says which line a key result measures whose
// figures are hidden: bound to another line they would show.
func (s *Sight) binds(parts []string) bool {
	const deep = 6
	if len(parts) != deep || !match([]string{"okr", "objectives", "*", "key_results", "*", "line"}, parts) {
		return false
	}
	result := document.Pointer("", parts[:deep-1]...)
	return s.holdsHidden(result)
}

// allows reports whether the table lets any of the person's roles make an
// operation at a place, at its own or below.
func (s *Sight) allows(op patch.Op, parts []string, exists bool) bool {
	rule := ruleFor(parts)
	for _, role := range s.roles {
		switch rule.Of(role) {
		case Edit:
			return true
		case Own:
			if s.mayTalk(rule.owns, op, parts, exists) || role == Lead && s.owns(rule.owns, parts) {
				return true
			}
			if rule.owns == checkin && role == Lead && s.ownsCheckIn(op, parts, exists) {
				return true
			}
		case None, Read:
		}
	}
	return false
}

// owns reports whether a place of the document is the person's own.
func (s *Sight) owns(owns owner, parts []string) bool {
	const thing = 3 // the section, the sort and the id
	if len(parts) < thing {
		return false
	}
	value, _ := document.Get(s.doc, parts[:thing]...)
	object, _ := value.(document.Object)
	if object == nil {
		return false
	}
	return slices.ContainsFunc(s.leads, func(g Grant) bool {
		is := func(field string) bool { return g.Position != "" && object[field] == string(g.Position) }
		switch owns {
		case milestone:
			return is("owner") || is("deputy")
		case objective:
			return is("owner")
		case cells:
			return !s.secrets.line(parts[2]) && (is("owner") || s.isOwnCell(g, object, parts[thing+1:]))
		case nobody, word, text, settling, checkin:
		}
		return false
	})
}

// isOwnCell reports whether the members that a place within a line's values
// names are of the lead's team.
func (s *Sight) isOwnCell(g Grant, line document.Object, members []string) bool {
	by, _ := line["by"].([]document.Node)
	for i, node := range by {
		dimension, isText := node.(string)
		if !isText || i >= len(members) {
			return false
		}
		member, ok := document.Get(s.doc, "budget", "dimensions", dimension, "members", members[i])
		if !ok {
			return false
		}
		code, _ := document.Get(member, "code")
		if word, _ := code.(string); slices.Contains(g.Members, word) && word != "" || word == "" && slices.Contains(g.Members, members[i]) {
			return true
		}
	}
	return false
}

// ruleFor returns the first rule of the table that matches the place.
func ruleFor(parts []string) Rule {
	for i := range table {
		if table[i].matches(parts) {
			return table[i]
		}
	}
	return Rule{} // the last rule matches everything
}

// matches reports whether the rule is for the place.
func (r *Rule) matches(parts []string) bool {
	pattern := r.parts
	if n := len(pattern); pattern[n-1] == "**" {
		pattern = pattern[:n-1]
		if len(parts) < len(pattern) {
			return false
		}
		parts = parts[:len(pattern)]
	}
	return len(parts) == len(pattern) && match(pattern, parts)
}

// changed lists the places that an operation changes, each with all its parts:
// the place itself where it comes, goes or is no object, and below it every
// place in which old and new differ. What somebody said comes and goes as one.
func changed(op patch.Op, parts []string, old document.Node, exists bool) [][]string {
	if comments.Word(parts) && (op.Op != patch.Replace || !exists) {
		return [][]string{parts}
	}
	if op.Op == patch.Remove {
		return everywhere(nil, parts, old)
	}
	if op.Op == patch.Add || !exists {
		return everywhere(nil, parts, op.Value)
	}
	return differing(nil, parts, old, op.Value)
}

// everywhere adds a place and all places below it.
func everywhere(places [][]string, parts []string, value document.Node) [][]string {
	places = append(places, parts)
	object, _ := value.(document.Object)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		places = everywhere(places, append(slices.Clip(parts), name), object[name])
	}
	return places
}

// differing adds the places in which two values differ. A list is one value.
func differing(places [][]string, parts []string, old, next document.Node) [][]string {
	before, wasObject := old.(document.Object)
	after, isObject := next.(document.Object)
	if !wasObject || !isObject {
		if patch.Equal(old, next) {
			return places
		}
		places = everywhere(places, parts, old)
		return everywhere(places, parts, next)
	}
	names := maps.Clone(before)
	maps.Copy(names, after)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		at := slices.Concat(parts, []string{name})
		was, had := before[name]
		is, has := after[name]
		switch {
		case !has:
			places = everywhere(places, at, was)
		case !had:
			places = everywhere(places, at, is)
		default:
			places = differing(places, at, was, is)
		}
	}
	return places
}
