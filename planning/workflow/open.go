package workflow

import (
	"cmp"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
)

// An ItemKind says what an item waits for.
type ItemKind string

// The kinds of items.
const (
	ItemHandIn    ItemKind = "hand_in"   // a section of this person's own
	ItemReturned  ItemKind = "returned"  // the same, returned to be mended
	ItemApprove   ItemKind = "approve"   // a section whose next step is theirs
	ItemAmendment ItemKind = "amendment" // an amendment to approve, or their own one rejected
)

// An Item is something that waits for a person.
type Item struct {
	Kind ItemKind
	// Section, or Amendment and its State, is what waits.
	Section   SectionID
	Amendment int
	State     AmendmentState
	// Name is the section's or the amendment's, empty where a section has that
	// of its link.
	Name document.Text
	// Step is the approval asked for; empty where none is.
	Step StepID
	// Deadline is the section's; zero where there is none. Overdue says that it
	// is past and the section not handed in.
	Deadline calendar.Date
	Overdue  bool
	// Note, Who and On tell what happened last: the reason of a return or a
	// rejection, the words of a hand-in or a proposal.
	Note string
	Who  string
	On   calendar.Date
}

// rejectedDays is how long a rejected amendment shows to who proposed it.
const rejectedDays = 30

// Open lists what waits for a person, what has a deadline first, in the order
// of deadlines. A section without an owner waits for directors, once it has a
// deadline.
func (m Model) Open(by Actor, amount float64) []Item {
	var items []Item
	for _, section := range m.Sections {
		if item, waits := m.sectionItem(section, by, amount); waits {
			items = append(items, item)
		}
	}
	for _, amendment := range m.Amendments {
		if item, waits := m.amendmentItem(amendment, by); waits {
			items = append(items, item)
		}
	}
	slices.SortStableFunc(items, func(a, b Item) int {
		if a.Deadline.IsZero() != b.Deadline.IsZero() {
			return cmp.Compare(rank(a), rank(b))
		}
		return a.Deadline.Compare(b.Deadline)
	})
	return items
}

// rank orders items with a deadline before those without.
func rank(item Item) int {
	if item.Deadline.IsZero() {
		return 1
	}
	return 0
}

func (m Model) sectionItem(s Section, by Actor, amount float64) (Item, bool) {
	item := Item{Section: s.ID, Name: s.Name, Deadline: s.Deadline}
	if m.Seal != nil || s.State == Approved {
		return Item{}, false
	}
	if s.State == HandedIn {
		if m.refuse(s, Approve, by, amount) != nil {
			return Item{}, false
		}
		step, _ := m.Next(s, amount)
		item.Kind, item.Step = ItemApprove, step.ID
		return item.told(s.HandedIn), true
	}
	own := slices.Contains(by.Positions, s.Owner)
	if s.Owner == "" {
		own = by.has(Director) && !s.Deadline.IsZero()
	}
	item.Kind = ItemHandIn
	if s.State == Returned {
		item.Kind = ItemReturned
	}
	item.Overdue = s.Overdue(by.On)
	return item.told(s.Returned), own
}

func (m Model) amendmentItem(a Amendment, by Actor) (Item, bool) {
	item := Item{Kind: ItemAmendment, Amendment: a.Number, State: a.State, Name: a.Name}
	if a.State == Rejected && a.Closed != nil {
		fresh := a.Closed.On.DaysUntil(by.On) <= rejectedDays
		return item.told(a.Closed), fresh && by.mark("").same(a.Proposed)
	}
	if m.refuseAmendment(a, ApproveAmendment, by) != nil {
		return Item{}, false
	}
	step, _ := m.NextOf(a)
	item.Step = step.ID
	item = item.told(&a.Proposed)
	item.Note = a.Reason
	return item, true
}

// told returns the item with what happened last.
func (i Item) told(mark *Mark) Item {
	if mark != nil {
		i.Note, i.Who, i.On = mark.Note, mark.Who, mark.On
	}
	return i
}
