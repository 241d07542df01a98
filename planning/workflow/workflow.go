// Package workflow is how a plan comes to be agreed: the sections that are
// handed in, returned and approved in steps, the seal on what was agreed, and
// the numbered amendments after it.
//
//	document → Read → Model → Ops(act) → patch
//
// Read turns the document's section workflow into a Model and refuses what has
// no shape or points at nothing. Check reports what may be stored but is odd.
// An Act is one step of one person; Ops says whether that person may do it now
// and makes the patch that it is. State changes through acts only: SameState
// and Closed tell an ordinary edit that would change it, or what lies under it,
// apart from one that does not. DESIGN.md says why it is as it is.
package workflow

import (
	"math"
	"slices"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/document"
)

// A SectionID is the immutable key of a section in the document.
type SectionID string

// The sections of a plan that sets up none of its own: the five links of the
// planning method.
const (
	Positioning   SectionID = "positioning"
	Retrospective SectionID = "retrospective"
	Business      SectionID = "business"
	Budget        SectionID = "budget"
	Action        SectionID = "action"
)

// A StepID is the immutable key of an approval step in the document.
type StepID string

// A Phase is how freely a plan is edited.
type Phase string

// The phases. Draft is what a missing phase reads as; in Negotiation every
// edit that moves a number says why.
const (
	Draft       Phase = "draft"
	Negotiation Phase = "negotiation"
)

// Phases lists the phases in their order.
func Phases() []Phase { return []Phase{Draft, Negotiation} }

// A State is how far a section has come.
type State string

// The states. Open is what a missing state reads as.
const (
	Open     State = "open"
	HandedIn State = "handed_in"
	Returned State = "returned"
	Approved State = "approved"
)

// States lists every state of a section.
func States() []State { return []State{Open, HandedIn, Returned, Approved} }

// The roles that acts ask for. Package rights says who has them.
const (
	Director = "director"
	Finance  = "finance"
	Lead     = "lead"
)

// An AmendmentKind says what an amendment does to the budget.
type AmendmentKind string

// The kinds of amendments.
const (
	Transfer   AmendmentKind = "transfer"   // moves money and sums to 0
	Supplement AmendmentKind = "supplement" // adds money or takes it away
	Reserve    AmendmentKind = "reserve"    // draws on one line and sums to 0
)

// AmendmentKinds lists every kind of amendment.
func AmendmentKinds() []AmendmentKind { return []AmendmentKind{Transfer, Supplement, Reserve} }

// An AmendmentState is how far an amendment has come.
type AmendmentState string

// The states of an amendment. Only Proposed ever changes.
const (
	Proposed          AmendmentState = "proposed"
	AmendmentApproved AmendmentState = "approved"
	Rejected          AmendmentState = "rejected"
	Withdrawn         AmendmentState = "withdrawn"
)

// AmendmentStates lists every state of an amendment.
func AmendmentStates() []AmendmentState {
	return []AmendmentState{Proposed, AmendmentApproved, Rejected, Withdrawn}
}

// A Model is everything in the plan's section workflow. The zero Model has no
// sections; Read always gives some.
type Model struct {
	Phase Phase
	// WhyAbove is the share by which a number may change without a reason; 0
	// asks for none on that account.
	WhyAbove float64
	// Amount is the id of the line whose total decides which steps are needed;
	// empty where the amount is 0.
	Amount string
	// Sections and Steps are in display order, the steps in that of approval.
	Sections []Section
	Steps    []Step
	// Seal is what the plan was sealed with, nil before.
	Seal *Seal
	// Amendments are in the order of their numbers.
	Amendments []Amendment
}

// A Section is a part of the plan that one position hands in as a whole.
type Section struct {
	ID SectionID
	// Name is empty where a section has that of its link.
	Name document.Text
	// Covers are JSON pointers to what the section holds.
	Covers []string
	// Owner is the position that hands the section in; empty leaves it to a
	// director.
	Owner okr.RoleID
	// Deadline is the last day to hand in; zero while undecided.
	Deadline calendar.Date
	State    State
	// HandedIn is the last hand-in that was not taken back, Returned the last
	// time the section was returned or opened again; nil if never.
	HandedIn, Returned *Mark
	// Approvals are in the order of the steps.
	Approvals []Approval
}

// Closed reports whether nothing the section covers may change.
func (s Section) Closed() bool { return s.State == HandedIn || s.State == Approved }

// Overdue reports whether the deadline is past and the section not handed in.
func (s Section) Overdue(today calendar.Date) bool {
	return !s.Closed() && !s.Deadline.IsZero() && s.Deadline.Before(today)
}

// A Step is one approval a section or an amendment needs.
type Step struct {
	ID StepID
	// Name is empty where a step has that of its role.
	Name document.Text
	Role string
	// From is the amount from which the step is needed.
	From float64
}

// A Mark says who did something, and when.
type Mark struct {
	// Who is a person's id, For that of the person they stood in for.
	Who  string
	On   calendar.Date
	Note string
	For  string
}

// same reports whether a person of the other mark is one of this one, as
// themselves or as someone they stood in for.
func (m Mark) same(other Mark) bool {
	return m.Who == other.Who || m.Who == other.For || m.For != "" && (m.For == other.Who || m.For == other.For)
}

// An Approval is the mark under one step.
type Approval struct {
	Step StepID
	Mark
}

// A Seal says which revision was sealed, and into what.
type Seal struct {
	Rev int
	// Hash is the SHA-256 of the sealed bytes, 64 hexadecimal digits.
	Hash   string
	Who    string
	On     calendar.Date
	Engine string
	// Scenarios are the ids of the scenarios that were sealed.
	Scenarios []string
}

// An Amendment is a numbered change of a sealed budget.
type Amendment struct {
	// Number counts from 1 without gaps.
	Number   int
	Kind     AmendmentKind
	Name     document.Text
	Reason   string
	Entries  []Entry
	State    AmendmentState
	Proposed Mark
	// Approvals are in the order of the steps.
	Approvals []Approval
	// Closed is who rejected or withdrew it; nil for any other.
	Closed *Mark
}

// An Entry is the money an amendment adds to one line in one month.
type Entry struct {
	// ID is the entry's key in the document; a proposal leaves it empty.
	ID   string
	Line budget.LineID
	// Member holds a member's id for each of the line's dimensions, by their ids.
	Member map[string]string
	Month  calendar.Month
	// Amount is in the plan's currency, negative where money is taken.
	Amount float64
}

// Amount returns what the amendment's steps go by: the sum of what it adds.
func (a Amendment) Amount() float64 {
	sum := 0.0
	for _, entry := range a.Entries {
		sum += max(entry.Amount, 0)
	}
	return sum
}

// Section returns the section with the id.
func (m Model) Section(id SectionID) (Section, bool) {
	for _, section := range m.Sections {
		if section.ID == id {
			return section, true
		}
	}
	return Section{}, false
}

// Amendment returns the amendment with the number.
func (m Model) Amendment(number int) (Amendment, bool) {
	for _, amendment := range m.Amendments {
		if amendment.Number == number {
			return amendment, true
		}
	}
	return Amendment{}, false
}

// Needed returns the steps that an amount needs, in order. Nothing is approved
// by nobody: an amount below every step's needs the lowest. An amount that is
// not known (NaN) needs all.
func (m Model) Needed(amount float64) []Step {
	var needed []Step
	for _, step := range m.Steps {
		if math.IsNaN(amount) || amount >= step.From {
			needed = append(needed, step)
		}
	}
	if len(needed) == 0 && len(m.Steps) > 0 {
		needed = append(needed, slices.MinFunc(m.Steps, func(a, b Step) int {
			if a.From < b.From {
				return -1
			}
			return 1
		}))
	}
	return needed
}

// Next returns the first step of the amount that a section handed in has no
// approval under, false if there is none.
func (m Model) Next(s Section, amount float64) (Step, bool) {
	if s.State != HandedIn {
		return Step{}, false
	}
	return m.next(s.Approvals, amount)
}

// NextOf is Next for an amendment, which has an amount of its own.
func (m Model) NextOf(a Amendment) (Step, bool) {
	if a.State != Proposed {
		return Step{}, false
	}
	return m.next(a.Approvals, a.Amount())
}

func (m Model) next(approvals []Approval, amount float64) (Step, bool) {
	for _, step := range m.Needed(amount) {
		if !slices.ContainsFunc(approvals, func(a Approval) bool { return a.Step == step.ID }) {
			return step, true
		}
	}
	return Step{}, false
}
