package budget

import (
	"strings"

	"centerplan/budget/formula"
)

// rollup returns how a line is rolled up: as it states, else by the default of
// its unit: sum for money, contacts, issues and time, average for the rest.
func (m Model) rollup(line Line) formula.Rollup {
	if line.Rollup != "" {
		if rule, ok := ParseRollup(line.Rollup); ok {
			return rule
		}
	}
	return formula.Rollup{Kind: formula.ByUnit}
}

var rollupKinds = map[string]formula.RollupKind{
	"sum": formula.Sum, "average": formula.Average, "last": formula.Last, "first": formula.First,
	"min": formula.Min, "max": formula.Max, "formula": formula.Formula,
}

// ParseRollup reads a roll-up rule as plan files write it: `sum`, `average`,
// `weighted(volume)`, `last`, `first`, `min`, `max` or `formula`.
func ParseRollup(text string) (formula.Rollup, bool) {
	if kind, ok := rollupKinds[text]; ok {
		return formula.Rollup{Kind: kind}, true
	}
	by, ok := strings.CutPrefix(text, "weighted(")
	by, closed := strings.CutSuffix(by, ")")
	if by = strings.TrimSpace(by); ok && closed && by != "" {
		return formula.Rollup{Kind: formula.Weighted, By: by}, true
	}
	return formula.Rollup{}, false
}

// RenameRollup returns a roll-up rule with another name for a line, and whether
// it weighs by that line.
func RenameRollup(text, from, to string) (string, bool) {
	rule, ok := ParseRollup(text)
	if !ok || rule.Kind != formula.Weighted || rule.By != from {
		return text, false
	}
	head := strings.Index(text, "(") + 1
	return text[:head] + strings.Replace(text[head:], from, to, 1), true
}
