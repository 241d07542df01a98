package rights

import (
	"centerplan/budget"
	"centerplan/planning/document"
	"centerplan/planning/patch"
)

// What an edit would lay open though it touches nothing hidden: a plan that is
// taken to where the person sees more, and a total that is held against numbers
// of their choice.

// takesAlong reports whether a patch moves the plan to a center in which the
// person sees everything, while they do not in its own.
func (s *Sight) takesAlong(ops []patch.Op) bool {
	center := []string{"plan", "center"}
	for _, op := range ops {
		parts, ok := document.Parts(op.Path)
		if !ok || op.Op == patch.Test || !match(center, parts[:min(len(parts), len(center))]) {
			continue
		}
		after, _, err := patch.Apply(s.doc, ops)
		there := Sight{roles: RolesIn(s.who, CenterOf(after))}
		return err == nil && there.Whole()
	}
	return false
}

// weighs reports whether an operation sets what the amount of an approval is
// measured by, while that amount is not told: which step is next would tell
// whether it is above the number, and so the amount after some tries.
func (s *Sight) weighs(op patch.Op, parts []string) bool {
	if len(parts) > 0 && parts[0] != "workflow" {
		return false
	}
	old, exists := patch.LookUp(s.doc, parts)
	amount, measured := s.plan.Workflow.Amount, false
	for _, place := range changed(op, parts, old, exists) {
		switch {
		case len(place) == 2 && place[1] == "amount":
			measured = true
			if next, ok := patch.LookUp(op.Value, place[len(parts):]); ok && s.keepsAmount(next) {
				return true
			}
		case len(place) == 4 && place[1] == "steps" && place[3] == "from":
			measured = true
		}
	}
	return measured && (s.keepsAmount(amount) || s.holdsHidden("/workflow/amendments"))
}

// keepsAmount reports whether the results of the line with the id are not told.
func (s *Sight) keepsAmount(id document.Node) bool {
	text, _ := id.(string)
	line, ok := s.plan.Budget.ByID(budget.LineID(text))
	return ok && !s.veil.Shown[line.Code]
}
