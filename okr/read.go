package okr

import (
	"slices"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// Read reads the section okr of a document. Faults of shape, and ids that name
// no role or objective, are recorded in the reader; the Model then holds what
// could be read. The lines are those that initiatives may change.
func Read(r document.Reader, lines budget.Model) Model {
	r.Fields("roles", "objectives", "milestones", "initiatives", "checkins")
	var m Model
	for _, entry := range r.Field("roles").Members() {
		m.Roles = append(m.Roles, readRole(entry))
	}
	for _, entry := range r.Field("objectives").Members() {
		m.Objectives = append(m.Objectives, m.readObjective(entry))
	}
	for _, entry := range r.Field("milestones").Members() {
		m.Milestones = append(m.Milestones, m.readMilestone(entry))
	}
	for _, entry := range r.Field("initiatives").Members() {
		m.Initiatives = append(m.Initiatives, m.readInitiative(entry, lines))
	}
	for _, entry := range r.Field("checkins").Members() {
		m.CheckIns = append(m.CheckIns, m.readCheckIn(entry))
	}
	slices.SortFunc(m.CheckIns, compareCheckIns)
	return m
}

func readRole(e document.Entry) Role {
	e.Fields("code", "rank", "name")
	return Role{ID: RoleID(e.Key), Code: code(e), Name: e.Field("name").Text()}
}

func (m Model) readObjective(e document.Entry) Objective {
	e.Fields("code", "rank", "group", "name", "owner", "weight", "note", "key_results")
	o := Objective{
		ID:     ObjectiveID(e.Key),
		Code:   code(e),
		Group:  document.Choice(e.Field("group"), Groups()),
		Name:   e.Field("name").Text(),
		Owner:  m.readRoleID(e.Field("owner")),
		Weight: e.Field("weight").Between(0, 1, 0),
		Note:   e.Field("note").Text(),
	}
	for _, entry := range e.Field("key_results").Members() {
		o.KeyResults = append(o.KeyResults, readKeyResult(entry))
	}
	return o
}

func readKeyResult(e document.Entry) KeyResult {
	e.Fields("code", "rank", "name", "line", "baseline", "target", "unit", "weight")
	weight := e.Field("weight").Number(1)
	if weight < 0 {
		e.Field("weight").Fail("okr.weight_negative", nil)
		weight = 1
	}
	return KeyResult{
		ID:       KeyResultID(e.Key),
		Code:     code(e),
		Name:     e.Field("name").Text(),
		Line:     e.Field("line").String(),
		Baseline: e.Field("baseline").Number(0),
		Target:   e.Field("target").Number(0),
		Unit:     e.Field("unit").String(),
		Weight:   weight,
	}
}

func (m Model) readMilestone(e document.Entry) Milestone {
	e.Fields("code", "rank", "name", "owner", "deputy", "start", "due", "objective", "status", "acceptance", "note")
	return Milestone{
		ID:         MilestoneID(e.Key),
		Code:       code(e),
		Name:       e.Field("name").Text(),
		Owner:      m.readRoleID(e.Field("owner")),
		Deputy:     m.readRoleID(e.Field("deputy")),
		Start:      calendar.ReadDate(e.Field("start")),
		Due:        calendar.ReadDate(e.Field("due")),
		Objective:  m.readObjectiveID(e.Field("objective")),
		Status:     document.Choice(e.Field("status"), Statuses()),
		Acceptance: e.Field("acceptance").Text(),
		Note:       e.Field("note").Text(),
	}
}

// code reads a thing's code; one without has its key for a code.
func code(e document.Entry) string {
	if text := e.Field("code").String(); text != "" {
		return text
	}
	return e.Key
}

func (m Model) readRoleID(r document.Reader) RoleID {
	id := RoleID(r.String())
	if _, ok := m.Role(id); !ok && id != "" {
		r.Fail("okr.unknown_role", problem.Args{"role": string(id)})
		return ""
	}
	return id
}

func (m Model) readObjectiveID(r document.Reader) ObjectiveID {
	id := ObjectiveID(r.String())
	if _, ok := m.Objective(id); !ok && id != "" {
		r.Fail("okr.unknown_objective", problem.Args{"objective": string(id)})
		return ""
	}
	return id
}
