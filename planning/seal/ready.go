package seal

import (
	"slices"
	"strings"

	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
)

// Ready returns what keeps a plan from being sealed, nothing if it is ready: a
// seal it has already, sections that are not approved in every step that the
// amount needs, and the problems given, which are those of the plan's Check.
// How sections are set up matters no more once they are approved, so that
// problems of their set-up do not count. An amount that is not known (NaN)
// needs every step.
func Ready(plan planning.Plan, problems problem.List, amount float64) problem.List {
	if mark := plan.Workflow.Seal; mark != nil {
		return problem.List{conflict("/workflow/seal", "seal.already", problem.Args{
			"short": Short(mark.Hash), "on": mark.On.String(),
		})}
	}
	var found problem.List
	for _, section := range plan.Workflow.Sections {
		at := document.Pointer("/workflow/sections", string(section.ID))
		args := problem.Args{"section": string(section.ID)}
		if section.State != workflow.Approved {
			found = append(found, conflict(at, openKeys[section.State], args))
			continue
		}
		for _, step := range plan.Workflow.Needed(amount) {
			if !slices.ContainsFunc(section.Approvals, func(a workflow.Approval) bool { return a.Step == step.ID }) {
				found = append(found, conflict(at, "seal.step_open", problem.Args{
					"section": string(section.ID), "step": string(step.ID),
				}))
			}
		}
	}
	for _, p := range problems {
		if !strings.HasPrefix(p.Pointer, "/workflow/sections/") {
			found = append(found, p)
		}
	}
	return found
}

// openKeys name the message for each state a section must not be in.
var openKeys = map[workflow.State]string{
	workflow.Open:     "seal.section_open",
	workflow.HandedIn: "seal.section_handed_in",
	workflow.Returned: "seal.section_returned",
}

func conflict(pointer, key string, args problem.Args) problem.Problem {
	return problem.Problem{Kind: problem.Conflict, Pointer: pointer, Key: key, Args: args}
}
