package budget

import (
	"maps"
	"slices"

	"centerplan/budget/formula"
)

// Mentions returns the codes of the lines that a formula's text may read, in
// alphabetical order: those it names, and those that are numbers of the parts
// it names. It may be more than the formula reads, never less.
func (m Model) Mentions(text string) []string {
	known := make(map[string]bool, len(m.Lines))
	for _, line := range m.Lines {
		known[line.Code] = true
	}
	found := map[string]bool{}
	add := func(codes ...string) {
		for _, code := range codes {
			if known[code] {
				found[code] = true
			}
		}
	}
	for _, word := range formula.Mentions(text) {
		add(word)
		add(m.partLines(word)...)
	}
	return slices.Sorted(maps.Keys(found))
}

// partLines returns the lines that are numbers of the parts with the code.
func (m Model) partLines(code string) []string {
	lines := m.Staffing[code].Lines()
	lines = append(slices.Clone(lines), m.Hiring[code].Lines()...)
	lines = append(lines, m.Prices[code].Lines()...)
	return append(lines, m.Contributions[code].compiled().Lines()...)
}
