package method

import (
	"slices"

	"centerplan/okr"
)

// A Link is one of the five steps of making a yearly plan, in their order.
type Link int

// The five links.
const (
	PositioningLink   Link = iota + 1 // where the center stands and wants to stand
	RetrospectiveLink                 // what the past year taught, from four sides
	BusinessLink                      // strategy, goals, objectives
	BudgetLink                        // budget, scenarios, return
	ActionLink                        // who does what by when
)

var linkNames = []string{"", "positioning", "retrospective", "business", "budget", "action"}

// Links lists the five links in order.
func Links() []Link {
	return []Link{PositioningLink, RetrospectiveLink, BusinessLink, BudgetLink, ActionLink}
}

// String returns the link's name as keys and addresses write it.
func (l Link) String() string {
	if l < PositioningLink || l > ActionLink {
		return ""
	}
	return linkNames[l]
}

// A State says how far a link has come.
type State struct {
	Link Link
	// Answered is how many of the Required items have an answer. Required is
	// never 0.
	Answered int
	Required int
	// Open lists what is not answered yet, as message keys without their
	// "method.item." prefix, each once, in the order a person would work.
	Open []string
}

// Completeness returns the answered share of the required items, 0 to 1.
func (s State) Completeness() float64 { return float64(s.Answered) / float64(s.Required) }

// Passed reports whether nothing is missing, so that the next link can build
// on this one.
func (s State) Passed() bool { return s.Answered == s.Required }

// Budget is what the links need to know of the budget, which is not part of
// the method.
type Budget struct {
	// Lines and Accounted count the model's lines, and those on an account.
	Lines, Accounted int
	// Faults counts the formula problems.
	Faults int
	// Scenarios counts the scenarios other than base.
	Scenarios int
}

// scenariosWanted is how many scenarios make a comparison worth having.
const scenariosWanted = 3

// Completeness returns the state of the five links, in order.
func (m Model) Completeness(goals okr.Model, budget Budget) []State {
	return []State{
		m.positioning(), m.retrospective(), m.business(goals), budget.state(), action(goals),
	}
}

// answer counts one required item.
func (s *State) answer(item string, answered bool) {
	s.Required++
	if answered {
		s.Answered++
		return
	}
	if !slices.Contains(s.Open, item) {
		s.Open = append(s.Open, item)
	}
}

func (m Model) positioning() State {
	s := State{Link: PositioningLink}
	today, target := m.Positioning.Shares()
	s.answer("statement", !m.Positioning.Statement.IsZero())
	s.answer("layers", len(m.Positioning.Layers) > 0)
	s.answer("shares_today", whole(today))
	s.answer("shares_target", whole(target))
	return s
}

func (m Model) retrospective() State {
	s := State{Link: RetrospectiveLink}
	for _, party := range Parties() {
		s.answer("party_"+string(party), len(m.FindingsOf(party)) > 0)
	}
	for _, finding := range m.Findings {
		s.answer("evidence", !finding.Evidence.IsZero())
		s.answer("decision", finding.Decision != Undecided)
		s.answer("settled", finding.Settled())
	}
	return s
}

func (m Model) business(goals okr.Model) State {
	s := State{Link: BusinessLink}
	s.answer("values", !m.Strategy.Values.IsZero())
	s.answer("vision", !m.Strategy.Vision.IsZero())
	s.answer("mission", !m.Strategy.Mission.IsZero())
	strategic, measured := map[okr.Group]bool{}, map[okr.Group]bool{}
	for _, goal := range m.Strategy.Goals {
		strategic[goal.Group] = strategic[goal.Group] || !goal.Text.IsZero()
	}
	for _, objective := range goals.Objectives {
		measured[objective.Group] = true
	}
	for _, group := range okr.Groups() {
		s.answer("goal_"+string(group), strategic[group])
		s.answer("objective_"+string(group), measured[group])
	}
	for _, objective := range goals.Objectives {
		s.answer("objective_owner", objective.Owner != "")
		s.answer("key_result", len(objective.KeyResults) > 0)
	}
	_, whole := goals.WeightsSum()
	s.answer("weights", whole)
	return s
}

func (b Budget) state() State {
	s := State{Link: BudgetLink}
	s.answer("lines", b.Lines > 0)
	s.answer("accounts", b.Accounted > 0)
	s.answer("formulas", b.Lines > 0 && b.Faults == 0)
	s.answer("scenarios", b.Scenarios >= scenariosWanted)
	return s
}

func action(goals okr.Model) State {
	s := State{Link: ActionLink}
	s.answer("milestones", len(goals.Milestones) > 0)
	for _, objective := range goals.Objectives {
		steps := goals.MilestonesOf(objective.ID)
		s.answer("objective_milestone", slices.ContainsFunc(steps, func(m okr.Milestone) bool {
			return m.Status != okr.Dropped
		}))
	}
	for _, milestone := range goals.Milestones {
		if milestone.Status == okr.Dropped {
			continue
		}
		s.answer("milestone_owner", milestone.Owner != "")
		s.answer("milestone_due", !milestone.Due.IsZero())
		s.answer("milestone_objective", milestone.Objective != "")
		s.answer("milestone_acceptance", !milestone.Acceptance.IsZero())
	}
	return s
}
