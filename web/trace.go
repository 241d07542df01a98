package web

import (
	"context"
	"slices"
	"time"

	"centerplan/scenarios"
	"centerplan/store"
)

// A TraceStep is one number of a trace, what it was made from, and who set
// what it begins with.
type TraceStep struct {
	scenarios.Step
	Changes  []TraceChange `json:"changes"`
	Operands []*TraceStep  `json:"operands"`
	SetBy    *SetBy        `json:"set_by"`
}

// A TraceChange is one change on the way of a cell to its value, and who made
// it.
type TraceChange struct {
	scenarios.StepChange
	SetBy *SetBy `json:"set_by"`
}

// A SetBy tells who last changed a place of the plan document, when and why.
// Revision 1 is the plan's creation.
type SetBy struct {
	Revision store.Rev   `json:"revision"`
	Who      store.Actor `json:"who"`
	When     time.Time   `json:"when"`
	Why      string      `json:"why"`
	Label    string      `json:"label"`
}

// told makes the trace the API answers with: each place is looked up once, all
// in one question to the store.
func (s *Server) told(ctx context.Context, id store.PlanID, step *scenarios.Step) (*TraceStep, error) {
	pointers := places(step, nil)
	slices.Sort(pointers)
	pointers = slices.Compact(pointers)
	setters, err := s.as(ctx).Setters(ctx, id, pointers)
	if err != nil {
		return nil, err
	}
	by := map[string]*SetBy{}
	for i, entry := range setters {
		if pointers[i] == "" {
			continue // a place that may not be seen
		}
		by[pointers[i]] = &SetBy{Revision: entry.Rev, Who: entry.Who, When: entry.When, Why: entry.Why, Label: entry.Label}
	}
	return traceStep(step, by), nil
}

// places lists the places of a trace's numbers and changes.
func places(step *scenarios.Step, all []string) []string {
	all = append(all, step.Pointer)
	for _, change := range step.Changes {
		all = append(all, change.Source)
	}
	for _, operand := range step.Operands {
		all = places(operand, all)
	}
	return all
}

func traceStep(step *scenarios.Step, by map[string]*SetBy) *TraceStep {
	told := &TraceStep{Step: *step, Changes: []TraceChange{}, Operands: []*TraceStep{}, SetBy: by[step.Pointer]}
	for _, change := range step.Changes {
		told.Changes = append(told.Changes, TraceChange{StepChange: change, SetBy: by[change.Source]})
	}
	for _, operand := range step.Operands {
		told.Operands = append(told.Operands, traceStep(operand, by))
	}
	return told
}
