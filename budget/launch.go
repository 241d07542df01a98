package budget

import (
	"slices"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// A Launch is an initiative as the model sees it: from which month on it
// changes which lines. Package okr holds the initiatives themselves.
type Launch struct {
	// ID is the initiative's id in the document, Code its name in formulas.
	ID, Code string
	// Month is when it goes live; zero for one that does not. Planned is when it
	// would, were it approved.
	Month, Planned calendar.Month
	Changes        []Change
}

// InForce returns what the initiative changes: each change from the month it
// goes live, or from the change's own month where that is later.
func (l Launch) InForce() []Change {
	if l.Month == 0 {
		return nil
	}
	var changes []Change
	for _, change := range l.Changes {
		change.From = max(change.From, l.Month)
		if change.To == 0 || change.To >= change.From {
			changes = append(changes, change)
		}
	}
	return changes
}

// AsksLive reports whether a formula in force may ask when an initiative goes
// live. Where none does, moving one changes no program.
func (m Model) AsksLive(changes []Change) bool {
	asks := func(text string) bool { return strings.Contains(text, "live") }
	return slices.ContainsFunc(m.Lines, func(l Line) bool { return asks(l.Formula) }) ||
		slices.ContainsFunc(changes, func(c Change) bool { return asks(c.Formula) })
}

// live returns the period in which each initiative goes live, by its code;
// nothing where no formula asks.
func (m Model) live(changes []Change) map[string]int {
	if !m.AsksLive(changes) {
		return nil
	}
	periods := map[string]int{}
	for _, launch := range m.Launches {
		periods[launch.Code] = formula.Never
		if launch.Month != 0 {
			periods[launch.Code], _ = m.Calendar.Index(launch.Month)
		}
	}
	return periods
}
