package rights

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"centerplan/budget"
	"centerplan/planning/document"
)

// A kind is one sort of place that may be hidden.
type kind struct {
	// pattern are the parts of its pointer, * standing for any.
	pattern []string
	// hides says whether the place is hidden, by its parts, by the object it is
	// a member of and by its own value; either is nil where it is not known.
	hides func(s *secrets, parts []string, parent document.Object, value document.Node) bool
	// bound says that the kind is hidden by the line that the thing names, which
	// may name another one another day. Depth is how many parts of the pattern
	// name the thing.
	bound bool
	depth int
	// said says that people wrote it, about whatever they like.
	said bool
}

// thing is the pattern of what names the line.
func (k kind) thing() []string { return k.pattern[:k.depth] }

func kindOf(pattern string, hides func(*secrets, []string, document.Object, document.Node) bool) kind {
	parts, _ := document.Parts(pattern)
	return kind{pattern: parts, hides: hides, depth: len(parts)}
}

// of makes the kind one of what its thing, so many parts deep, is bound to.
func (k kind) of(depth int) kind {
	k.bound, k.depth = true, depth
	return k
}

// byPeople makes the kind one of what people wrote.
func (k kind) byPeople() kind {
	k.said = true
	return k
}

// kinds are the sorts of hidden places. No pattern begins with another.
var kinds []kind

// init breaks the circle that a comment is hidden by what it is about.
func init() {
	const lineAt = 2
	content := func(s *secrets, parts []string, parent document.Object, _ document.Node) bool {
		return s.line(parts[lineAt]) || parent["sensitive"] == true
	}
	kinds = []kind{
		kindOf("/budget/lines/*/values", content),
		kindOf("/budget/lines/*/held", content),
		kindOf("/budget/lines/*/formula", content),
		kindOf("/budget/lines/*/note", content),
		kindOf("/budget/lines/*/opening", func(s *secrets, parts []string, parent document.Object, value document.Node) bool {
			return content(s, parts, parent, value) || s.results[budget.LineID(parts[lineAt])]
		}),
		kindOf("/history/*", past),
		kindOf("/actuals/*", past),
		kindOf("/scenarios/*/cells/*", func(s *secrets, parts []string, _ document.Object, _ document.Node) bool {
			return s.line(parts[3])
		}),
		kindOf("/scenarios/*/changes/*", change).of(4),
		kindOf("/budget/levers/*/changes/*", change).of(5),
		kindOf("/okr/initiatives/*/changes/*", change).of(5),
		kindOf("/okr/objectives/*/key_results/*/baseline", figure).of(5),
		kindOf("/okr/objectives/*/key_results/*/target", figure).of(5),
		kindOf("/okr/checkins/*", told),
		kindOf("/comments/*", func(s *secrets, _ []string, _ document.Object, value document.Node) bool {
			return s.about(value)
		}).byPeople(),
		kindOf("/workflow/amendments/*/entries", amendment),
		kindOf("/workflow/amendments/*/reason", amendment),
		kindOf("/workflow/amendments/*/proposed/note", said),
		kindOf("/workflow/amendments/*/approvals/*/note", said),
		kindOf("/workflow/amendments/*/closed/note", said),
	}
}

// past hides what a line was before the plan, or came to: of a line whose
// results are withheld that is a result too.
func past(s *secrets, parts []string, _ document.Object, _ document.Node) bool {
	return s.line(parts[1]) || s.results[budget.LineID(parts[1])]
}

// change hides a change of a hidden line.
func change(s *secrets, _ []string, _ document.Object, value document.Node) bool {
	line, ok := document.Get(value, "line")
	id, isText := line.(string)
	return !ok || !isText || s.line(id)
}

// figure hides the figures of a key result that measures a withheld line, or
// one nobody knows.
func figure(s *secrets, _ []string, parent document.Object, _ document.Node) bool {
	if parent == nil {
		return true
	}
	code, _ := parent["line"].(string)
	return code != "" && !s.shown[code]
}

// amendment hides what an amendment moves, and why, if it moves money of a hidden
// line: the entries of the other lines would tell how much.
func amendment(s *secrets, _ []string, parent document.Object, _ document.Node) bool {
	return s.moves(parent["entries"])
}

// said hides what people said about such an amendment. It is judged by the
// amendment in the document, which never loses one.
func said(s *secrets, parts []string, _ document.Object, _ document.Node) bool {
	entries, _ := document.Get(s.doc, append(slices.Clone(parts[:3]), "entries")...)
	return s.moves(entries)
}

// secrets are what is kept from somebody, by line.
type secrets struct {
	doc document.Node
	// lines are the lines of the document that are sensitive, or were in any
	// revision; ever knows those that are not in the document as well.
	lines map[budget.LineID]bool
	ever  Ever
	// results are the lines whose results are withheld; shown are the codes of
	// all others.
	results map[budget.LineID]bool
	shown   map[string]bool
}

// line reports whether a line's definition is hidden.
func (s *secrets) line(id string) bool {
	return s.lines[budget.LineID(id)] || s.ever[budget.LineID(id)]
}

// about reports whether a comment has to do with a hidden place: whether any
// text in it, or any name, is a pointer to one or the id of a hidden line. Of a
// comment that is not there nobody knows.
func (s *secrets) about(comment document.Node) bool {
	switch node := comment.(type) {
	case nil:
		return true
	case string:
		return s.names(node)
	case []document.Node:
		return slices.ContainsFunc(node, func(element document.Node) bool { return element != nil && s.about(element) })
	case document.Object:
		for name, member := range node {
			if s.names(name) || member != nil && s.about(member) {
				return true
			}
		}
	}
	return false
}

// names reports whether a text is the id of a hidden line, or has a pointer to a
// hidden place or line in it.
func (s *secrets) names(text string) bool {
	return s.line(strings.TrimSpace(text)) || slices.ContainsFunc(strings.FieldsFunc(text, between), s.points)
}

// between reports whether a character stands between a pointer and the words
// around it.
func between(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\"'`()[]<>,;，。、；：（）「」“”", r)
}

// points reports whether a word is a pointer to a hidden place, or to a hidden
// line as a whole.
func (s *secrets) points(text string) bool {
	text = strings.TrimRight(text, ".:!?")
	if !strings.HasPrefix(text, "/") {
		return false
	}
	parts, ok := document.Parts(text)
	if !ok || len(parts) == 0 || parts[0] == "comments" {
		return false
	}
	if len(parts) > 2 && parts[0] == "budget" && parts[1] == "lines" && s.line(parts[2]) {
		return true
	}
	return s.inside(parts, nil)
}

// moves reports whether entries of an amendment are of a hidden line. Of entries
// that are not there nobody knows.
func (s *secrets) moves(entries document.Node) bool {
	object, ok := entries.(document.Object)
	if !ok {
		return true
	}
	for _, entry := range object {
		if id, ok := document.Get(entry, "line"); ok {
			if text, isText := id.(string); !isText || s.line(text) {
				return true
			}
		}
	}
	return false
}

// inside reports whether a place is hidden or lies within one that is. The
// value is what an operation puts there, nil for one that has none: of a thing
// named as a whole it says what the thing is; of its parts the document does.
func (s *secrets) inside(parts []string, value document.Node) bool {
	for i := range kinds {
		k := &kinds[i]
		n := len(k.pattern)
		if len(parts) < n || !match(k.pattern, parts[:n]) {
			continue
		}
		parent, _ := document.Get(s.doc, parts[:n-1]...)
		object, _ := parent.(document.Object)
		if k.said && len(parts) > n && value != nil && s.about(value) {
			return true // what a comment holds is judged by itself too: it may be gone from there
		}
		if len(parts) > n || value == nil {
			value = object[parts[n-1]]
		}
		if k.bound && len(parts) > k.depth && s.ever.unbound(parts[:k.depth]) {
			return true
		}
		return k.hides(s, parts[:n], object, value)
	}
	return false
}

// redact returns the value at a place without what is hidden in it, and the
// pointers of what was taken away. Nothing that is shared is changed. The place
// itself is not hidden.
func (s *secrets) redact(parts []string, value document.Node) (document.Node, []string) {
	var active []*kind
	for i := range kinds {
		if match(kinds[i].pattern, parts) && len(parts) < len(kinds[i].pattern) {
			active = append(active, &kinds[i])
		}
	}
	r := redactor{secrets: s}
	value, _ = r.below(parts, value, active)
	if object, isObject := value.(document.Object); isObject && len(parts) == 0 {
		value = withoutSilence(object)
	}
	slices.Sort(r.taken)
	return value, r.taken
}

// withoutSilence returns a document without a section of comments that is empty,
// so that nobody can tell whether somebody commented on what they may not see.
func withoutSilence(doc document.Object) document.Object {
	section, _ := doc["comments"].(document.Object)
	if section == nil || len(section) > 0 {
		return doc
	}
	doc = maps.Clone(doc)
	delete(doc, "comments")
	return doc
}

// isTalk reports whether parts name the section of comments as a whole. What it
// is like would say whether there are comments in it that one may not see.
func isTalk(parts []string) bool { return len(parts) == 1 && parts[0] == "comments" }

// A redactor is redact at work.
type redactor struct {
	*secrets
	taken []string
}

// below returns the value at a place without what is hidden in it, and whether
// that is another one.
func (r *redactor) below(parts []string, value document.Node, active []*kind) (document.Node, bool) {
	object, ok := value.(document.Object)
	if !ok || len(active) == 0 {
		return value, false
	}
	var copied document.Object // once something differs
	for name, member := range object {
		next, keep, differs := r.member(append(slices.Clip(parts), name), object, member, active)
		if !differs {
			continue
		}
		if copied == nil {
			copied = maps.Clone(object)
		}
		if copied[name] = next; !keep {
			delete(copied, name)
		}
	}
	if copied == nil {
		return object, false
	}
	return copied, true
}

// member redacts one member of an object. It says whether it stays, and whether
// anything differs.
func (r *redactor) member(parts []string, parent document.Object, value document.Node, active []*kind) (next document.Node, keep, differs bool) {
	at := len(parts) - 1
	var further []*kind
	for _, k := range active {
		switch {
		case k.pattern[at] != "*" && k.pattern[at] != parts[at]:
		case len(k.pattern) > len(parts):
			further = append(further, k)
		case k.hides(r.secrets, parts, parent, value):
			r.taken = append(r.taken, document.Pointer("", parts...))
			return nil, false, true
		}
	}
	next, differs = r.below(parts, value, further)
	return next, true, differs
}
