package comments

import (
	"maps"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// An Author is somebody at the moment they send a patch.
type Author struct {
	Who string
	Day calendar.Date
}

// Word reports whether a pointer's parts name something that is said as a
// whole: a comment, a reply, or that a thread is settled.
func Word(parts []string) bool {
	const comment, reply, resolved = 2, 4, 3
	if len(parts) < comment || parts[0] != root {
		return false
	}
	switch len(parts) {
	case comment:
		return true
	case resolved:
		return parts[2] == "resolved"
	case reply:
		return parts[2] == "replies"
	default:
		return false
	}
}

// Complete returns the patch that is stored for one that somebody sent. Who
// says something and on which day is put into it, as are the maps around what is
// said where they are missing, so that nobody who comments first collides with
// somebody else who does. A patch that touches no comment comes back as it is.
//
// The error is a problem.List of kind Forbidden: "comments.forged" where the
// patch has somebody else say or settle something, or on another day,
// "comments.fixed" where it moves a comment to another place or to somebody
// else. Whether the patch is allowed otherwise is for package rights to say.
func Complete(doc document.Node, ops []patch.Op, by Author) ([]patch.Op, error) {
	if !Touched(ops) {
		return ops, nil
	}
	c := completer{by: by, made: map[string]bool{}}
	for _, op := range ops {
		c.take(doc, op)
	}
	after, _, err := patch.Apply(doc, c.ops)
	if err != nil {
		return c.ops, nil //nolint:nilerr // the patch is refused for what it is when it is stored
	}
	return c.ops, forged(doc, after, by).Err()
}

// Bare returns a patch without what Complete puts into one, to compare a patch
// that is stored with one that is sent again.
func Bare(ops []patch.Op) []patch.Op {
	var bare []patch.Op
	for _, op := range ops {
		parts, _ := document.Parts(op.Path)
		if isMap(parts) && op.Op == patch.Add && patch.Equal(op.Value, document.Object{}) {
			continue
		}
		if object, ok := op.Value.(document.Object); ok && Word(parts) {
			stripped := maps.Clone(object)
			delete(stripped, "who")
			delete(stripped, "day")
			op.Value = stripped
		}
		bare = append(bare, op)
	}
	return bare
}

// TakeBack returns an inverse without the operations that take away the maps
// which Complete put in: others may have commented since, and an empty map is as
// good as none.
func TakeBack(inverse []patch.Op) []patch.Op {
	return slices.DeleteFunc(slices.Clone(inverse), func(op patch.Op) bool {
		parts, _ := document.Parts(op.Path)
		return isMap(parts) && op.Op != patch.Add
	})
}

// SetUp returns a document without comments. What people said of a plan is said
// of that one: of a plan that is made from a file or copied from another nobody
// has said anything, and nobody can make others say something by writing a file.
func SetUp(doc document.Node) document.Node {
	object, ok := doc.(document.Object)
	if _, has := object[root]; !ok || !has {
		return doc
	}
	next := maps.Clone(object)
	delete(next, root)
	return next
}

// Touched reports whether a patch changes comments, so that Complete may add to
// it.
func Touched(ops []patch.Op) bool {
	return slices.ContainsFunc(ops, func(op patch.Op) bool {
		parts, ok := document.Parts(op.Path)
		return ok && op.Op != patch.Test && (len(parts) == 0 || parts[0] == root)
	})
}

// isMap reports whether parts name the map of comments or that of a comment's
// replies.
func isMap(parts []string) bool {
	const replies = 3
	return len(parts) == 1 && parts[0] == root || len(parts) == replies && parts[0] == root && parts[2] == "replies"
}

// A completer makes one patch.
type completer struct {
	by   Author
	ops  []patch.Op
	made map[string]bool // maps that the patch adds
}

// take adds an operation, completed.
func (c *completer) take(doc document.Node, op patch.Op) {
	parts, ok := document.Parts(op.Path)
	if ok && Word(parts) && (op.Op == patch.Add || op.Op == patch.Replace) {
		const reply = 4
		c.need(doc, parts[:1])
		if len(parts) == reply {
			c.need(doc, parts[:reply-1])
		}
		if object, isObject := op.Value.(document.Object); isObject {
			op.Value = c.signed(object)
		}
	}
	c.ops = append(c.ops, op)
}

// need adds a map that is not there, where what it is in is there.
func (c *completer) need(doc document.Node, parts []string) {
	at := document.Pointer("", parts...)
	_, exists := document.Get(doc, parts...)
	_, around := document.Get(doc, parts[:len(parts)-1]...)
	if around && !exists && !c.made[at] {
		c.made[at] = true
		c.ops = append(c.ops, patch.Op{Op: patch.Add, Path: at, Value: document.Object{}})
	}
}

// signed returns what is said with who says it and when, where it does not say
// so itself.
func (c *completer) signed(said document.Object) document.Object {
	next := maps.Clone(said)
	if _, has := next["who"]; !has {
		next["who"] = c.by.Who
	}
	if _, has := next["day"]; !has {
		next["day"] = c.by.Day.String()
	}
	return next
}

// fixed are the fields of a comment that nobody changes.
var fixed = []string{"on", "scenario", "who", "day", "rank"}

// forged lists what a patch from one document to the next says that its author
// may not say.
func forged(before, after document.Node, by Author) problem.List {
	old, next := members(before, root), members(after, root)
	var found problem.List
	for _, id := range slices.Sorted(maps.Keys(next)) {
		at := document.Pointer("", root, id)
		was, had := old[id].(document.Object)
		is, _ := next[id].(document.Object)
		if !had {
			found = append(found, by.wrong(at, is)...)
		} else {
			found = append(found, by.moved(at, was, is)...)
		}
		replied, replies := members(was, "replies"), members(is, "replies")
		for _, rid := range slices.Sorted(maps.Keys(replies)) {
			below := document.Pointer(at, "replies", rid)
			earlier, there := replied[rid].(document.Object)
			reply, _ := replies[rid].(document.Object)
			if !there {
				found = append(found, by.wrong(below, reply)...)
			} else {
				found = append(found, by.moved(below, earlier, reply)...)
			}
		}
		if mark, marked := is["resolved"].(document.Object); marked && !patch.Equal(was["resolved"], mark) {
			found = append(found, by.wrong(document.Pointer(at, "resolved"), mark)...)
		}
	}
	return found
}

// wrong refuses what is said in another's name or on another day.
func (a Author) wrong(at string, said document.Object) problem.List {
	if said == nil || said["who"] == a.Who && said["day"] == a.Day.String() {
		return nil
	}
	return problem.List{{Kind: problem.Forbidden, Pointer: at, Key: "comments.forged"}}
}

// moved refuses a change of what stays as it was said, and of another's words.
func (a Author) moved(at string, was, is document.Object) problem.List {
	for _, field := range fixed {
		before, had := was[field]
		now, has := is[field]
		if had != has || !patch.Equal(before, now) {
			return problem.List{{Kind: problem.Forbidden, Pointer: document.Pointer(at, field), Key: "comments.fixed"}}
		}
	}
	if was["who"] != a.Who && (!patch.Equal(was["text"], is["text"]) || !patch.Equal(was["mentions"], is["mentions"])) {
		return problem.List{{Kind: problem.Forbidden, Pointer: at, Key: "comments.forged"}}
	}
	return nil
}

func members(node document.Node, name string) document.Object {
	object, _ := node.(document.Object)
	inner, _ := object[name].(document.Object)
	return inner
}
