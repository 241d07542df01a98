package live

import (
	"slices"

	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/planning/workflow"
	"centerplan/scenarios"
	"centerplan/store"
)

// guard refuses what no edit may do, whoever makes it and by whatever way: give
// a plan another id, move what is sealed, change what is handed in or approved
// or a locked scenario, change the workflow's state other than by an act, leave out a reason that is
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
	if locked := scenarios.Locked(before.Plan.Scenarios, before.Document, doc); len(locked) > 0 {
		return locked
	}
	if change.Act != "" {
		return proposed(before, after)
	}
	if !workflow.SameState(before.Plan.Workflow, after.Workflow) {
		return problem.Problem{Kind: problem.Forbidden, Pointer: "/workflow", Key: "workflow.state"}
	}
	if change.Undoes == 0 {
		if faults := after.Said(before.Plan); len(faults) > 0 {
			return faults
		}
	}
	if missing := before.Plan.Workflow.WhyNeeded(before.Document, doc, change.Patch, change.Why); missing != nil {
		return *missing
	}
	return nil
}

// proposed refuses an amendment that has just been proposed and is no money of
// the plan, or would not come to the sealed budget and itself together: one of a
// line that is not added up over the year, for instance.
func proposed(before *Head, after planning.Plan) error {
	all := slices.Clone(after.Workflow.Amendments)
	if len(all) == len(before.Plan.Workflow.Amendments) {
		return nil
	}
	newest := &all[len(all)-1]
	if faults := after.CheckAmendment(*newest); len(faults) > 0 || before.sealed == nil || before.sealed.err != nil {
		return faults.Err()
	}
	newest.State = workflow.AmendmentApproved
	table, err := before.sealed.reconcile(all)
	if err != nil {
		return err
	}
	return table.Problems.Err()
}
