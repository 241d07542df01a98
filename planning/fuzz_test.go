package planning_test

import (
	"testing"

	"centerplan/planning"
	"centerplan/planning/planfile"
)

// Whatever a file holds, everything wrong with it is listed and nothing
// panics.
func FuzzFaults(f *testing.F) {
	f.Add(head + "lines: [{code: a, by: [q], values: {v: 1}}, {code: b, formula: \"sum(a) + x\"}]\ndimensions: {q: {members: [v]}}\n")
	f.Add(head + "lines: [{code: a, formula: 'hires(\"t\")'}]\nhiring: {t: {opening: 1, attrition: 2}}\nstaffing: {d: {target: 3}}\n")
	f.Add(head + "lines: [{code: a, values: 1}]\nlevers: [{code: l, changes: [{line: b, add: 1}]}]\nscenarios: [{code: s, levers: [m]}]\n")
	f.Add(agreed + "{line: pay, member: {site: w}, month: 2027-03, amount: 5}}}\n")
	f.Fuzz(func(t *testing.T, text string) {
		source, err := planfile.Decode([]byte(text))
		if err != nil {
			return
		}
		_, refused := planning.Read(source.Document)
		if faults := planning.Faults(source.Document); refused != nil && len(faults) == 0 {
			t.Errorf("the plan is refused, but nothing is wrong: %v", refused)
		}
	})
}
