// Package okr holds what a plan commits to: objectives in four groups, their
// key results, the milestones and initiatives on the way, the roles that answer
// for them, and the check-ins that tell how they stand.
//
// An objective says what shall be true at the year's end. A key result says how
// that is measured: by a line of the budget model, from a baseline to a target.
// A milestone says who does what by when. An initiative says what it changes in
// the budget model from the month it goes live. Work done is never counted as a
// result, so milestones do not enter progress. A check-in says how a key result
// or a milestone stands on a day.
//
// Read turns the document's section into a Model and refuses what has no shape
// or points at nothing. Check reports what may be stored but is not finished.
package okr

import (
	"centerplan/budget/calendar"
	"centerplan/planning/document"
)

// A RoleID is the immutable key of a role in the document.
type RoleID string

// An ObjectiveID is the immutable key of an objective in the document.
type ObjectiveID string

// A KeyResultID is the immutable key of a key result within its objective.
type KeyResultID string

// A MilestoneID is the immutable key of a milestone in the document.
type MilestoneID string

// A Group is one of the four sides on which a center sets goals.
type Group string

// The groups. Customer is what a missing group reads as.
const (
	Customer   Group = "customer"
	Finance    Group = "finance"
	Operations Group = "operations"
	People     Group = "people"
)

// Groups lists the four groups in the order that screens and papers show them.
func Groups() []Group { return []Group{Customer, Finance, Operations, People} }

// A Status is how far a milestone has come.
type Status string

// The statuses. Planned is what a missing status reads as.
const (
	Planned Status = "planned"
	Active  Status = "active"
	Done    Status = "done"
	Dropped Status = "dropped"
)

// Statuses lists every status in the order of a milestone's life.
func Statuses() []Status { return []Status{Planned, Active, Done, Dropped} }

// A Model is everything in the plan's section okr, each list in display order.
// The zero Model is a plan that has set no goals yet.
type Model struct {
	Roles       []Role
	Objectives  []Objective
	Milestones  []Milestone
	Initiatives []Initiative
	// CheckIns are in the order of their days.
	CheckIns []CheckIn
}

// A Role is a position that answers for things. Plans name roles, not people,
// so that a plan outlives its authors.
type Role struct {
	ID   RoleID
	Code string
	Name document.Text
}

// An Objective is something that shall be true at the year's end.
type Objective struct {
	ID    ObjectiveID
	Code  string
	Group Group
	Name  document.Text
	// Owner answers for the objective; empty while nobody does.
	Owner RoleID
	// Weight is the objective's share of the whole, 0 to 1. The weights of a
	// plan's objectives sum to 1.
	Weight     float64
	Note       document.Text
	KeyResults []KeyResult
}

// A KeyResult measures an objective by a line of the budget model.
type KeyResult struct {
	ID   KeyResultID
	Code string
	Name document.Text
	// Line is the code of the line whose value counts; empty while unbound.
	Line string
	// Baseline is the value the plan starts from and Target the one it promises,
	// in the unit of the line. Whether more is better follows from which of the
	// two is larger.
	Baseline, Target float64
	// Unit is how the value is written for people, such as "%"; it only displays.
	Unit string
	// Weight is the key result's share in its objective, relative to the others;
	// 1 unless given.
	Weight float64
}

// A Milestone is one step with an owner, a day and a test of completion.
type Milestone struct {
	ID   MilestoneID
	Code string
	Name document.Text
	// Owner answers for the milestone and Deputy stands in; either may be empty.
	Owner, Deputy RoleID
	// Start is the day work on it begins, Due its last one; each the zero date
	// while undecided.
	Start, Due calendar.Date
	Objective  ObjectiveID
	Status     Status
	// Acceptance says what must be seen to call the milestone done.
	Acceptance document.Text
	Note       document.Text
}

// Role returns the role with the id.
func (m Model) Role(id RoleID) (Role, bool) {
	for _, role := range m.Roles {
		if role.ID == id {
			return role, true
		}
	}
	return Role{}, false
}

// Objective returns the objective with the id.
func (m Model) Objective(id ObjectiveID) (Objective, bool) {
	for _, objective := range m.Objectives {
		if objective.ID == id {
			return objective, true
		}
	}
	return Objective{}, false
}

// Initiative returns the initiative with the id.
func (m Model) Initiative(id InitiativeID) (Initiative, bool) {
	for _, initiative := range m.Initiatives {
		if initiative.ID == id {
			return initiative, true
		}
	}
	return Initiative{}, false
}

// MilestonesOf returns the milestones that serve the objective, in display
// order.
func (m Model) MilestonesOf(id ObjectiveID) []Milestone {
	var found []Milestone
	for _, milestone := range m.Milestones {
		if milestone.Objective == id {
			found = append(found, milestone)
		}
	}
	return found
}

// Open reports whether the milestone still waits to be done.
func (m Milestone) Open() bool { return m.Status == Planned || m.Status == Active }

// Overdue reports whether the milestone is still open after its day. A
// milestone without a day is never overdue.
func (m Milestone) Overdue(today calendar.Date) bool {
	return m.Open() && !m.Due.IsZero() && m.Due.Before(today)
}

// DaysLate returns by how many days an overdue milestone has missed its day,
// and 0 for any other.
func (m Milestone) DaysLate(today calendar.Date) int {
	if !m.Overdue(today) {
		return 0
	}
	return m.Due.DaysUntil(today)
}
