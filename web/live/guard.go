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

// begun returns the document of a plan that nobody has handed in, approved or
// sealed yet.
func begun(doc document.Node) document.Node {
	set, ok := document.Get(doc, "workflow")
	if _, isObject := set.(document.Object); !ok || !isObject {
		return doc
	}
	root, section := copyObject(doc), copyObject(set)
	delete(section, "seal")
	delete(section, "amendments")
	if sections, ok := section["sections"].(document.Object); ok {
		fresh := make(document.Object, len(sections))
		for id, one := range sections {
			if _, ok := one.(document.Object); !ok {
				fresh[id] = one // refused when it is read
				continue
			}
			own := copyObject(one)
			for _, state := range []string{"state", "handed_in", "returned", "approvals"} {
				delete(own, state)
			}
			fresh[id] = own
		}
		section["sections"] = fresh
	}
	root["workflow"] = section
	return root
}
