package okr

import (
	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// An InitiativeID is the immutable key of an initiative in the document.
type InitiativeID string

// A Stage is how far an initiative has come.
type Stage string

// The stages. Idea is what a missing stage reads as. Approved and live
// initiatives change the model from the month they go live; ideas and stopped
// ones do not.
const (
	Idea     Stage = "idea"
	Approved Stage = "approved"
	Live     Stage = "live"
	Stopped  Stage = "stopped"
)

// Stages lists every stage in the order of an initiative's life.
func Stages() []Stage { return []Stage{Idea, Approved, Live, Stopped} }

// An Initiative is something the center sets about, with what it changes in
// the budget model from the month it goes live.
type Initiative struct {
	ID InitiativeID
	// Code names the initiative in formulas.
	Code string
	Name document.Text
	// Owner answers for the initiative; empty while nobody does.
	Owner RoleID
	// Objective is what it serves; empty where it serves none yet.
	Objective ObjectiveID
	Status    Stage
	// GoLive is the month stated; zero while undecided.
	GoLive calendar.Month
	// Milestone is the one the initiative goes live with, in the month it is
	// due, so that a slip moves the forecast. It counts before GoLive.
	Milestone MilestoneID
	Changes   []budget.Change
	Note      document.Text
}

// Committed reports whether the initiative is to take effect.
func (i Initiative) Committed() bool { return i.Status == Approved || i.Status == Live }

// GoesLive returns the month the initiative goes live: its milestone's, where
// it has one, else its own; zero while that is undecided or the milestone is
// dropped.
func (m Model) GoesLive(i Initiative) calendar.Month {
	if i.Milestone == "" {
		return i.GoLive
	}
	for _, milestone := range m.Milestones {
		if milestone.ID == i.Milestone && milestone.Status != Dropped && !milestone.Due.IsZero() {
			return milestone.Due.Month()
		}
	}
	return 0
}

// Launches returns the initiatives as the budget model sees them. Those that
// are not committed are among them and never go live.
func (m Model) Launches() []budget.Launch {
	launches := make([]budget.Launch, len(m.Initiatives))
	for i, initiative := range m.Initiatives {
		planned := m.GoesLive(initiative)
		launches[i] = budget.Launch{
			ID: string(initiative.ID), Code: initiative.Code, Changes: initiative.Changes, Planned: planned,
		}
		if initiative.Committed() {
			launches[i].Month = planned
		}
	}
	return launches
}

func (m Model) readInitiative(e document.Entry, lines budget.Model) Initiative {
	e.Fields("code", "rank", "name", "owner", "objective", "status", "go_live", "milestone", "changes", "note")
	i := Initiative{
		ID:        InitiativeID(e.Key),
		Code:      code(e),
		Name:      e.Field("name").Text(),
		Owner:     m.readRoleID(e.Field("owner")),
		Objective: m.readObjectiveID(e.Field("objective")),
		Status:    document.Choice(e.Field("status"), Stages()),
		GoLive:    calendar.ReadMonth(e.Field("go_live")),
		Milestone: m.readMilestoneID(e.Field("milestone")),
		Note:      e.Field("note").Text(),
	}
	i.Changes = lines.ReadChanges(e.Field("changes"), formula.Initiative, i.Code)
	return i
}

func (m Model) readMilestoneID(r document.Reader) MilestoneID {
	id := MilestoneID(r.String())
	for _, milestone := range m.Milestones {
		if milestone.ID == id {
			return id
		}
	}
	if id != "" {
		r.Fail("okr.unknown_milestone", problem.Args{"milestone": string(id)})
	}
	return ""
}

func (m Model) checkInitiative(i Initiative, found *findings) {
	at := func(field string) []string { return []string{"initiatives", string(i.ID), field} }
	args := problem.Args{"initiative": i.Code}
	if i.GoLive != 0 && i.Milestone != "" {
		found.add("okr.initiative_two_months", args, at("go_live")...)
	}
	if !i.Committed() {
		return
	}
	if i.Owner == "" {
		found.add("okr.initiative_no_owner", args, at("owner")...)
	}
	if m.GoesLive(i) != 0 {
		return
	}
	if i.Milestone != "" {
		found.add("okr.initiative_milestone_open", args, at("milestone")...)
		return
	}
	found.add("okr.initiative_no_month", args, at("go_live")...)
}
