package rights

import (
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// Trace returns a trace as the person may see it. A withheld line is Forbidden
// with the key "rights.withheld". Of a line that shows while what it rests on
// does not there is one step: its number, without operands, without the numbers
// in its formula, and without what stood before a change. The formula and the
// changes of a hidden line are not told either, nor any pointer to them. The step
// given is not changed.
//
// A trace of an outcome that this Sight has made is cut in the same way already,
// and more exactly: which of its steps are left out for length does not depend on
// steps that are not told.
func (s *Sight) Trace(step *scenarios.Step) (*scenarios.Step, error) {
	if s.Whole() || step == nil {
		return step, nil
	}
	if !s.veil.Shown[step.Line] {
		return nil, problem.Problem{
			Kind: problem.Forbidden, Key: formula.Withheld, Args: problem.Args{"line": step.Line},
		}
	}
	return s.trace(step), nil
}

// trace cuts the step of a shown line.
func (s *Sight) trace(step *scenarios.Step) *scenarios.Step {
	told := *step
	told.Error = s.cellError(step)
	told.Operands, told.Changes = []*scenarios.Step{}, []scenarios.StepChange{}
	if s.veil.Closed[step.Line] || s.hides(step.Pointer) {
		told.Pointer = ""
	}
	if s.veil.Closed[step.Line] {
		told.Formula, told.WithValues, told.Cut = "", "", false
		return &told
	}
	opaque := s.veil.Opaque[step.Line]
	for _, change := range step.Changes {
		if s.hides(change.Source) {
			continue
		}
		if opaque {
			change.Before, change.After = nil, nil
		}
		told.Changes = append(told.Changes, change)
	}
	if opaque {
		told.WithValues, told.Cut = "", false
		return &told
	}
	for _, operand := range step.Operands {
		if s.tells(operand) {
			told.Operands = append(told.Operands, s.trace(operand))
		}
	}
	return &told
}

// tells reports whether an operand may stand in a trace: its line shows, and it
// is no opening and no history of a hidden one.
func (s *Sight) tells(operand *scenarios.Step) bool {
	beforePlan := operand.History || operand.Month == ""
	return s.veil.Shown[operand.Line] && (!beforePlan || !s.veil.Closed[operand.Line])
}

// hides reports whether a pointer is to something hidden.
func (s *Sight) hides(pointer string) bool {
	parts, ok := document.Parts(pointer)
	return !ok || len(parts) > 0 && s.secrets.inside(parts, nil)
}

// cellError returns why a cell failed as far as that is told.
func (s *Sight) cellError(step *scenarios.Step) *scenarios.CellError {
	failed := step.Error
	if failed == nil || !s.keeps(step.Line) && (failed.Cause == "" || !s.keeps(failed.Cause)) {
		return failed
	}
	return &scenarios.CellError{
		Member: failed.Member, Month: failed.Month, Key: formula.Withheld,
		Args: problem.Args{"line": step.Line}, Cause: step.Line,
	}
}
