package scenarios

import (
	"context"
	"slices"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// A game is a rivalry for the total of one line: what it comes to with some
// players as in one scenario and the rest as in the other.
type game struct {
	*rivalry
	code  string
	sizer *capacity.Sizer
	// groups are the players that go together, by group.
	groups [][]*player
}

// few is how many evaluations go side by side: staffing is sized one by one, so
// that more blocks to share among the processors are worth more than long rows.
const few = 16

// A coalition says of each group whether it does as the second scenario does.
type coalition []bool

// joins returns the players of a coalition.
func (g *game) joins(c coalition) map[*player]bool {
	in := map[*player]bool{}
	for i, group := range g.groups {
		for _, p := range group {
			in[p] = c[i]
		}
	}
	return in
}

// totals returns the line's total for each coalition, NaN where there is none.
// Those whose formulas are the same are evaluated side by side.
func (g *game) totals(ctx context.Context, all []coalition) ([]float64, error) {
	totals := make([]float64, len(all))
	joined := make([]map[*player]bool, len(all))
	byProgram := map[string][]int{}
	var order []string
	for i, c := range all {
		joined[i] = g.joins(c)
		key := g.programKey(joined[i])
		if byProgram[key] == nil {
			order = append(order, key)
		}
		byProgram[key] = append(byProgram[key], i)
	}
	for _, key := range order {
		indexes := byProgram[key]
		same := make([]map[*player]bool, len(indexes))
		for n, i := range indexes {
			same[n] = joined[i]
		}
		found, err := g.sideBySide(ctx, same)
		if err != nil {
			return nil, err
		}
		for n, i := range indexes {
			totals[i] = found[n]
		}
	}
	return totals, nil
}

// programKey tells apart the coalitions that compile to different programs.
func (g *game) programKey(joined map[*player]bool) string {
	key := make([]byte, 0, len(g.players))
	for _, p := range g.players {
		if p.programs && joined[p] {
			key = append(key, '1')
			continue
		}
		key = append(key, '0')
	}
	return string(key)
}

// sideBySide evaluates coalitions with the same formulas in one batch.
func (g *game) sideBySide(ctx context.Context, joined []map[*player]bool) ([]float64, error) {
	program, _ := g.program(joined[0])
	in := g.from.Model.Inputs(g.from.Changes)
	runs := formula.Runs{Count: len(joined), Outputs: program.TotalReads(g.code), Block: few}
	for _, line := range g.from.Model.Lines {
		moves, differs := g.moves[line.Code]
		if !differs {
			continue
		}
		delete(in.Adjust, line.Code)
		for i := range moves {
			if m := &moves[i]; m.formula == "" {
				runs.Changes = append(runs.Changes, formula.RunChange{Line: line.Code, Adjustment: m.adjust, In: m.made(joined)})
			}
		}
	}
	columns, err := program.EvaluateRuns(ctx, in, runs, g.sizer)
	if err != nil {
		return nil, err
	}
	return columns.Totals(g.code), nil
}

// made says which coalitions make a move.
func (m *move) made(joined []map[*player]bool) []bool {
	made := make([]bool, len(joined))
	for i, in := range joined {
		made[i] = m.inForce(in)
	}
	return made
}

// inForce reports whether a move is made where those players have joined.
func (m *move) inForce(joined map[*player]bool) bool {
	if m.from == m.to {
		return true
	}
	return joined[m.player] == m.to
}

// alone evaluates one coalition with all that can be told of it.
func (g *game) alone(c coalition) *Outcome {
	joined := g.joins(c)
	program, out := g.program(joined)
	in := out.Model.Inputs(g.from.Changes)
	for code, moves := range g.moves {
		delete(in.Adjust, code)
		for i := range moves {
			if m := &moves[i]; m.formula == "" && m.inForce(joined) {
				in.Adjust[code] = append(in.Adjust[code], m.adjust)
			}
		}
	}
	out.Program, out.Results = program, program.Evaluate(in, g.sizer)
	return out
}

// program returns the program of the formulas that are in force where those
// players have joined, and an outcome without results of that model.
func (g *game) program(joined map[*player]bool) (*formula.Program, *Outcome) {
	out := &Outcome{Scenario: g.from.Scenario, Model: g.from.Model, Changes: g.formulas(joined)}
	out.Model.Launches = slices.Clone(g.from.Model.Launches)
	none, every := true, true
	for _, p := range g.players {
		if !p.programs {
			continue
		}
		none, every = none && !joined[p], every && joined[p]
		for i := range out.Model.Launches {
			if launch := &out.Model.Launches[i]; p.kind == string(formula.Initiative) && launch.Code == p.code && joined[p] {
				launch.Month = monthOf(g.to.Model, launch.ID)
			}
		}
	}
	switch {
	case none:
		return g.from.Program, out
	case every:
		return g.to.Program, out
	}
	program, _ := formula.Compile(out.Model.Scope(out.Changes))
	return program, out
}

// formulas lists the changes of formulas that are in force: of lines that the
// two scenarios treat alike those of the first.
func (g *game) formulas(joined map[*player]bool) []budget.Change {
	var all []budget.Change
	for _, line := range g.from.Model.Lines {
		moves, differs := g.moves[line.Code]
		if !differs {
			for _, change := range g.from.Changes {
				if change.Line == line.ID && change.Formula != "" {
					all = append(all, change)
				}
			}
			continue
		}
		for i := range moves {
			if m := &moves[i]; m.formula != "" && m.inForce(joined) {
				all = append(all, budget.Change{Pointer: m.pointer, Line: line.ID, Formula: m.formula, Kind: m.kind, Code: m.code})
			}
		}
	}
	return all
}
