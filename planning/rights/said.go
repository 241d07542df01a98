package rights

import (
	"slices"

	"centerplan/okr"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/patch"
)

// What one may do with comments hangs on who said what. A Sight is kept for all
// who see the same, so who asks is named when it matters.

// By returns the Sight for another person with the same rights, whose own words
// are other ones.
func (s *Sight) By(id string) *Sight {
	by := *s
	by.who.ID = id
	return &by
}

// mayTalk reports whether an operation at a place of the comments is the
// person's own.
func (s *Sight) mayTalk(owns owner, op patch.Op, place []string, exists bool) bool {
	switch owns {
	case word:
		if op.Op == patch.Add {
			return !exists && s.speaksAlone(op.Value)
		}
		return op.Op == patch.Remove && s.mayUnsay(place)
	case text:
		const last = "text"
		field := place[len(place)-1]
		return (field == last || field == "mentions") && comments.Word(place[:len(place)-1]) && s.mayUnsay(place[:len(place)-1])
	case settling:
		return s.maySettle(place[1])
	case nobody, cells, milestone, objective, checkin:
	}
	return false
}

// speaksAlone reports whether nobody but the person says anything in what an
// operation adds. Words without a name become theirs.
func (s *Sight) speaksAlone(said document.Node) bool {
	object, isObject := said.(document.Object)
	if who, named := object["who"]; isObject && named && who != s.who.ID {
		return false
	}
	for _, member := range object {
		if inner, isObject := member.(document.Object); isObject && !s.speaksAlone(inner) {
			return false
		}
	}
	return true
}

// mayUnsay reports whether a comment or a reply is the person's own and nobody
// answered it.
func (s *Sight) mayUnsay(word []string) bool {
	const comment = 2
	said, _ := document.Get(s.doc, word...)
	own, _ := said.(document.Object)
	if own == nil || s.who.ID == "" || own["who"] != s.who.ID {
		return false
	}
	node, _ := document.Get(s.doc, append(slices.Clone(word[:comment]), "replies")...)
	replies, _ := node.(document.Object)
	if len(word) == comment {
		return len(replies) == 0
	}
	id := word[len(word)-1]
	for other, node := range replies {
		if reply, isObject := node.(document.Object); isObject && other != id && comments.Later(reply, other, own, id) {
			return false
		}
	}
	return true
}

// maySettle reports whether somebody settles a thread: who began it, and who
// owns what it is about.
func (s *Sight) maySettle(id string) bool {
	node, _ := document.Get(s.doc, "comments", id)
	thread, isObject := node.(document.Object)
	if !isObject {
		return false
	}
	if s.who.ID != "" && thread["who"] == s.who.ID {
		return true
	}
	on, _ := thread["on"].(string)
	place, ok := comments.PlaceOf(on)
	if !ok || len(place.Owned()) == 0 {
		return false
	}
	node, _ = document.Get(s.doc, place.Owned()...)
	thing, _ := node.(document.Object)
	return slices.ContainsFunc(PositionsIn(s.who, s.center), func(position okr.RoleID) bool {
		return thing["owner"] == string(position) || thing["deputy"] == string(position)
	})
}
