package seal

import (
	"centerplan/budget/calendar"
	"centerplan/planning/workflow"
)

// Mark returns what the plan's document says of this seal once somebody made it
// on a day.
func (s Sealed) Mark(who string, on calendar.Date) workflow.Seal {
	return workflow.Seal{Rev: s.Rev, Hash: s.Hash, Who: who, On: on, Engine: s.Engine, Scenarios: s.ids()}
}
