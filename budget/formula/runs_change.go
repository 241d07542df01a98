package formula

import "centerplan/planning/problem"

// A RunChange is an adjustment that some runs make and others do not, as
// scenarios that take some steps of others do. It applies after the line's
// adjustments and factors and before those that are marked AfterRisk, whatever
// it is marked itself.
type RunChange struct {
	Line string
	Adjustment

	// In says of each run whether it makes the change; nil is that all do.
	In []bool
}

// made reports whether a run makes the change.
func (c *RunChange) made(run int) bool { return len(c.In) == 0 || c.In[run] }

// checkChanges reports changes the program cannot run.
func (p *Program) checkChanges(runs *Runs) error {
	for i := range runs.Changes {
		c := &runs.Changes[i]
		if _, ok := p.names.lines[c.Line]; !ok {
			return problem.Problem{Kind: problem.NotFound, Key: "formula.unknown_name", Args: problem.Args{"name": c.Line}}
		}
		if c.In != nil && len(c.In) != runs.Count {
			return problem.Problem{Kind: problem.Invalid, Key: "formula.run_factors", Args: problem.Args{
				"line": c.Line, "got": count(len(c.In)), "want": count(runs.Count),
			}}
		}
	}
	return nil
}

// change applies the changes of a column in a month to the runs that make them.
func (b *block) change(c *column, cells []float64, month int) {
	for _, one := range b.changes[c.index] {
		for lane := range c.lanes {
			if !one.applies(lane, month) {
				continue
			}
			row := cells[lane*b.n:][:b.n]
			for j, v := range row {
				if one.made(b.first + j) {
					row[j] = one.to(v)
				}
			}
		}
	}
}
