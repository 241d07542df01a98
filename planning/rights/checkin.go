package rights

import (
	"slices"

	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/patch"
)

// The parts of the places of check-ins.
const (
	checkInsAt = 2 // of the section that holds them
	checkInAt  = 3 // of one
)

// ownsCheckIn reports whether an operation on check-ins is a lead's own at a
// place: a new one on what they own, or the latest on it, which stays on it.
// The section itself may come with its first and go with its last.
func (s *Sight) ownsCheckIn(op patch.Op, parts []string, exists bool) bool {
	if len(parts) == checkInsAt {
		return op.Op == patch.Add && !exists || op.Op == patch.Remove
	}
	id := parts[checkInsAt]
	at := document.Pointer("", parts[:checkInAt]...)
	if there, ok := document.Get(s.doc, parts[:checkInAt]...); ok {
		moves := len(parts) > checkInAt && parts[checkInAt] == "of" && !removes(op, at)
		return !moves && s.isLatest(okr.CheckInID(id)) && s.answersFor(there)
	}
	return s.answersFor(named(op, id))
}

// removes reports whether an operation takes away the thing at a pointer as a
// whole, or what it is in.
func removes(op patch.Op, pointer string) bool {
	return op.Op == patch.Remove && (op.Path == pointer || document.Pointer("", "okr", "checkins") == op.Path)
}

// named returns the check-in that an operation adds: by itself, or with the
// section.
func named(op patch.Op, id string) document.Node {
	parts, _ := document.Parts(op.Path)
	switch len(parts) {
	case checkInAt:
		return op.Value
	case checkInsAt:
		one, _ := document.Get(op.Value, id)
		return one
	default:
		return nil
	}
}

// isLatest reports whether no check-in on the same thing is newer.
func (s *Sight) isLatest(id okr.CheckInID) bool {
	i := slices.IndexFunc(s.plan.OKR.CheckIns, func(c okr.CheckIn) bool { return c.ID == id })
	if i < 0 {
		return false
	}
	last, _ := s.plan.OKR.Latest(s.plan.OKR.CheckIns[i].Of)
	return last.ID == id
}

// answersFor reports whether a check-in is on something that the person, as a
// lead, answers for and may see.
func (s *Sight) answersFor(checkIn document.Node) bool {
	if s.secrets != nil && told(s.secrets, nil, nil, checkIn) {
		return false
	}
	of, _ := document.Get(checkIn, "of")
	text, _ := of.(string)
	parts, ok := document.Parts(text)
	if !ok || len(parts) < checkInAt || parts[0] != "okr" {
		return false
	}
	if parts[1] == "objectives" {
		return s.owns(objective, parts)
	}
	return parts[1] == "milestones" && s.owns(milestone, parts)
}

// result returns the parts of the key result that a check-in is on; nil for one
// on something else.
func result(checkIn document.Node) []string {
	of, _ := document.Get(checkIn, "of")
	text, _ := of.(string)
	parts, ok := document.Parts(text)
	if !ok || len(parts) != 5 || !match([]string{"okr", "objectives", "*", "key_results", "*"}, parts) {
		return nil
	}
	return parts
}

// told hides what is told of a key result whose figures are hidden, and what is
// told of something that nobody knows.
func told(s *secrets, _ []string, _ document.Object, value document.Node) bool {
	if parts := result(value); parts != nil {
		about, _ := document.Get(s.doc, parts...)
		object, _ := about.(document.Object)
		return figure(s, nil, object, nil)
	}
	of, _ := document.Get(value, "of")
	text, _ := of.(string)
	parts, ok := document.Parts(text)
	return !ok || len(parts) != checkInAt || !match([]string{"okr", "milestones", "*"}, parts)
}

// lost reports whether an operation puts a check-in on a key result that was
// bound to another line, or taken away, at some time: of the past nobody can say
// any more what it told of.
func (s *secrets) lost(parts []string, value document.Node) bool {
	if len(parts) < checkInsAt || parts[0] != "okr" || parts[1] != "checkins" {
		return false
	}
	unbound := func(checkIn document.Node) bool {
		about := result(checkIn)
		return about != nil && s.ever.unbound(about)
	}
	if len(parts) == checkInsAt {
		object, _ := value.(document.Object)
		for _, one := range object {
			if unbound(one) {
				return true
			}
		}
		return false
	}
	if len(parts) == checkInAt && value != nil {
		return unbound(value)
	}
	there, _ := document.Get(s.doc, parts[:checkInAt]...)
	return unbound(there)
}
