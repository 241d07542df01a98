package live

import (
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/planning/workflow"
	"centerplan/store"
)

// guard refuses what no edit may do, whoever makes it and by whatever way: give
// a plan another id, move what is sealed, change what is handed in or approved,
// change the workflow's state other than by an act, leave out a reason that is
// asked for.
func guard(before *Head, doc document.Node, after planning.Plan, change store.Change) error {
	if after.ID != before.Plan.ID {
		return problem.Problem{Kind: problem.Invalid, Pointer: "/plan/id", Key: "live.plan_id"}
	}
	if moved := seal.Unmoved(before.Document, doc); len(moved) > 0 {
		return moved
	}
	if closed := before.Plan.Workflow.Closed(before.Document, doc); len(closed) > 0 {
		return closed
	}
	if change.Act != "" {
		return nil
	}
	if !workflow.SameState(before.Plan.Workflow, after.Workflow) {
		return problem.Problem{Kind: problem.Forbidden, Pointer: "/workflow", Key: "workflow.state"}
	}
	if change.Undoes == 0 {
		if missing := before.Plan.Workflow.WhyNeeded(before.Document, doc, change.Patch, change.Why); missing != nil {
			return *missing
		}
	}
	return nil
}
