package budget

import (
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// Check returns what is wrong with the model and the compiler of formulas does
// not see: roll-up rules that cannot be read, changes of levers that do
// nothing, levers that contradict themselves.
func (m Model) Check() problem.List {
	var problems problem.List
	for _, line := range m.Lines {
		if _, ok := ParseRollup(line.Rollup); line.Rollup != "" && !ok {
			problems = append(problems, problem.Problem{
				Kind: problem.Invalid, Pointer: document.Pointer(line.Pointer(), "rollup"),
				Key: "budget.rollup", Args: problem.Args{"rollup": line.Rollup},
			})
		}
	}
	for _, lever := range m.Levers {
		for _, change := range lever.Changes {
			problems = append(problems, m.CheckChange(change)...)
		}
	}
	return append(problems, m.checkLevers()...)
}

// CheckChange reports a change that can touch no month of the plan: a mistyped
// year would otherwise do nothing in silence.
func (m Model) CheckChange(c Change) problem.List {
	if _, _, ok := m.Calendar.Range(c.From, c.To); ok {
		return nil
	}
	return problem.List{{
		Kind: problem.Invalid, Pointer: c.Pointer, Key: "budget.change_outside", Args: problem.Args{
			"first": m.Calendar.Start.String(), "last": m.Calendar.Month(m.Calendar.Months - 1).String(),
		},
	}}
}
