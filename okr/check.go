package okr

import (
	"math"
	"strconv"
	"strings"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// section is where Read's section stands in the document.
const section = "/okr"

// Tolerance is how far weights or shares may be from summing to 1.
const Tolerance = 1e-6

// Check returns what is stored but not in order, with pointers into the
// document: weights that do not sum to 1, objectives without an owner or a key
// result, key results on no line or on one that hasLine does not know,
// milestones without an objective, owner, day or acceptance or due before they
// start, initiatives that
// are to take effect without an owner or a month, codes given twice.
// A plan without goals has no problems here; its links say what is missing.
func (m Model) Check(hasLine func(code string) bool) problem.List {
	var found findings
	m.checkCodes(&found)
	m.checkWeights(&found)
	for _, objective := range m.Objectives {
		objective.check(&found, hasLine)
	}
	for _, milestone := range m.Milestones {
		milestone.check(&found)
	}
	for _, initiative := range m.Initiatives {
		m.checkInitiative(initiative, &found)
	}
	return problem.List(found)
}

// WeightsSum returns the sum of the objectives' weights and whether it is 1,
// give or take Tolerance.
func (m Model) WeightsSum() (sum float64, whole bool) {
	for _, objective := range m.Objectives {
		sum += objective.Weight
	}
	return sum, math.Abs(sum-1) <= Tolerance
}

func (m Model) checkWeights(found *findings) {
	if len(m.Objectives) == 0 {
		return
	}
	if sum, whole := m.WeightsSum(); !whole {
		found.add("okr.weights_sum", problem.Args{"sum": strconv.FormatFloat(sum, 'g', -1, 64)}, "objectives")
	}
}

func (m Model) checkCodes(found *findings) {
	seen := map[string]bool{}
	unique := func(kind, id, code string) {
		if seen[kind+"/"+code] {
			parts := append(strings.Split(kind, "/"), id, "code")
			found.add("okr.code_twice", problem.Args{"code": code}, parts...)
		}
		seen[kind+"/"+code] = true
	}
	for _, role := range m.Roles {
		unique("roles", string(role.ID), role.Code)
	}
	for _, objective := range m.Objectives {
		unique("objectives", string(objective.ID), objective.Code)
		for _, result := range objective.KeyResults {
			unique("objectives/"+string(objective.ID)+"/key_results", string(result.ID), result.Code)
		}
	}
	for _, milestone := range m.Milestones {
		unique("milestones", string(milestone.ID), milestone.Code)
	}
	for _, initiative := range m.Initiatives {
		unique("initiatives", string(initiative.ID), initiative.Code)
	}
}

func (o Objective) check(found *findings, hasLine func(string) bool) {
	args := problem.Args{"objective": o.Code}
	if o.Owner == "" {
		found.add("okr.no_owner", args, "objectives", string(o.ID), "owner")
	}
	if len(o.KeyResults) == 0 {
		found.add("okr.no_key_result", args, "objectives", string(o.ID), "key_results")
	}
	for _, result := range o.KeyResults {
		at := []string{"objectives", string(o.ID), "key_results", string(result.ID), "line"}
		switch {
		case result.Line == "":
			found.add("okr.key_result_unbound", problem.Args{"key_result": result.Code, "objective": o.Code}, at...)
		case !hasLine(result.Line):
			found.add("okr.unknown_line", problem.Args{"key_result": result.Code, "line": result.Line}, at...)
		}
	}
}

func (m Milestone) check(found *findings) {
	if m.Status == Dropped {
		return
	}
	args := problem.Args{"milestone": m.Code}
	missing := func(is bool, key, field string) {
		if is {
			found.add(key, args, "milestones", string(m.ID), field)
		}
	}
	missing(m.Objective == "", "okr.milestone_no_objective", "objective")
	missing(m.Owner == "", "okr.milestone_no_owner", "owner")
	missing(m.Due.IsZero(), "okr.milestone_no_due", "due")
	missing(m.Acceptance.IsZero(), "okr.milestone_no_acceptance", "acceptance")
	missing(!m.Start.IsZero() && !m.Due.IsZero() && m.Due.Before(m.Start), "okr.milestone_starts_late", "start")
}

// findings collects problems of the section.
type findings problem.List

func (f *findings) add(key string, args problem.Args, parts ...string) {
	*f = append(*f, problem.Problem{
		Kind: problem.Invalid, Pointer: document.Pointer(section, parts...), Key: key, Args: args,
	})
}
