package scenarios

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// A Bridge leads from a line's total in one scenario to its total in another,
// part by part.
type Bridge struct {
	From  Code         `json:"from"`
	To    Code         `json:"to"`
	Line  string       `json:"line"`
	Unit  string       `json:"unit"`
	Sense budget.Sense `json:"sense"`
	// Start and End are the totals, null where one failed; Error then says why.
	Start *float64 `json:"start"`
	End   *float64 `json:"end"`
	// Difference is End − Start, and Ratio is Difference ÷ Start.
	Difference *float64 `json:"difference"`
	Ratio      *float64 `json:"ratio"`
	Verdict    Verdict  `json:"verdict"`
	// Parts add up to Difference, to the last bit, in this order: the largest
	// first, what is merged last.
	Parts []Part `json:"parts"`
	// Error is set where a total failed, in one of the scenarios or in a mixture
	// of both; there are no parts then.
	Error *CellError `json:"error"`
}

// A Part is what one driver has of a difference.
type Part struct {
	// Kind says whether Code is that of an initiative, a lever or a line that the
	// scenarios set themselves; actuals and what is merged have no code.
	Kind string `json:"kind" enum:"initiative,lever,line,actual,other"`
	Code string `json:"code"`
	// Lines are the lines it changes, in display order.
	Lines   []string `json:"lines"`
	Value   float64  `json:"value"`
	Verdict Verdict  `json:"verdict"`
	// Merged names the drivers of the part that is several.
	Merged []Driver `json:"merged"`
}

// A Driver names what a part stands for.
type Driver struct {
	Kind string `json:"kind" enum:"initiative,lever,line,actual"`
	Code string `json:"code"`
}

// mostPlayers is how many drivers a bridge tells apart: all combinations of
// them are evaluated.
const mostPlayers = 8

// NewBridge explains how a line's total differs between two outcomes of the
// same model. Every driver on which they differ gets its Shapley value: the mean
// of what it adds over all orders in which the drivers could change. So no order
// is preferred, the parts add up to the difference, a driver without effect gets
// nothing, and the way back has the same parts with the opposite sign.
//
// Of more than eight drivers those with the smallest effects on their own are
// merged. An unknown line is a problem of kind NotFound. The outcomes are whole:
// who may see a bridge is decided before.
func NewBridge(ctx context.Context, from, to *Outcome, code string, sizer *capacity.Sizer) (Bridge, error) {
	b, err := Ends(from, to, code)
	if err != nil || b.Error != nil {
		return b, err
	}
	g := &game{rivalry: rivals(from, to, upstream(code, from, to)), code: code, sizer: sizer}
	for _, p := range g.players {
		g.groups = append(g.groups, []*player{p})
	}
	if err := g.merge(ctx, &b); err != nil || b.Error != nil {
		return b, err
	}
	err = g.share(ctx, &b)
	return b, err
}

// BridgeBetween is NewBridge of two scenarios, whose outcomes are asked for.
func BridgeBetween(ctx context.Context, outcome func(Code) (*Outcome, error), from, to Code, line string, sizer *capacity.Sizer) (Bridge, error) {
	start, err := outcome(from)
	if err != nil {
		return Bridge{}, err
	}
	end, err := outcome(to)
	if err != nil {
		return Bridge{}, err
	}
	return NewBridge(ctx, start, end, line, sizer)
}

// Effort returns about how many cells are computed for the bridge that
// NewBridge would make, so that who asks for many can leave out those that take
// long. It is 0 where the outcomes differ in nothing that the line rests on.
func Effort(from, to *Outcome, code string) int {
	reach := upstream(code, from, to)
	n := len(rivals(from, to, reach).players)
	if n == 0 {
		return 0
	}
	combinations := 1 << min(n, mostPlayers)
	if n > mostPlayers {
		combinations += 2 * (n + 1)
	}
	cells := 0
	for code := range reach {
		if series, ok := from.Results.Series(code); ok {
			cells += len(series.Values)
		}
	}
	return combinations * cells
}

// Ends returns the bridge between two outcomes without its parts. An unknown
// line is a problem of kind NotFound.
func Ends(from, to *Outcome, code string) (Bridge, error) {
	line, err := from.Line(code)
	if err != nil {
		return Bridge{}, err
	}
	series, _ := to.Results.Series(code)
	b := Bridge{
		From: from.Scenario.Code, To: to.Scenario.Code, Line: code, Unit: series.Unit.String(), Sense: line.Sense,
		Verdict: Neutral, Parts: []Part{},
	}
	b.totals(from, to)
	return b, nil
}

// Withheld returns the bridge for somebody who may see its ends, but not what
// leads from one to the other.
func (b Bridge) Withheld() Bridge {
	b.Parts, b.Error = []Part{}, withheldCell(b.Line)
	return b
}

// IsWithheld reports whether the parts are kept from whoever asked.
func (b Bridge) IsWithheld() bool { return b.Error != nil && b.Error.Key == formula.Withheld }

// withheldCell says that what a line comes to otherwise is not told.
func withheldCell(line string) *CellError {
	return &CellError{Member: []string{}, Key: formula.Withheld, Args: problem.Args{"line": line}, Cause: line}
}

// totals fills in what the line comes to in the two outcomes.
func (b *Bridge) totals(from, to *Outcome) {
	start, fault := from.total(b.Line)
	if fault != nil {
		b.fail(from.cellError(nil, "", *fault))
		return
	}
	end, fault := to.total(b.Line)
	if fault != nil {
		b.Start = &start
		b.fail(to.cellError(nil, "", *fault))
		return
	}
	b.Start, b.End = &start, &end
	cell := Cell{Total: &end}
	cell.against(&start, b.Sense)
	b.Difference, b.Ratio, b.Verdict = cell.Difference, cell.Ratio, cell.Verdict
}

func (b *Bridge) fail(e CellError) { b.Error = &e }

// upstream returns the line and all it rests on in either outcome.
func upstream(code string, outcomes ...*Outcome) map[string]bool {
	reached := map[string]bool{}
	for queue := []string{code}; len(queue) > 0; queue = queue[1:] {
		if reached[queue[0]] {
			continue
		}
		reached[queue[0]] = true
		for _, o := range outcomes {
			queue = append(queue, o.Program.Dependencies()[queue[0]].Lines...)
		}
	}
	return reached
}

// merge makes one group of the players with the smallest effects if there are
// too many: what each adds where all others are as in the one scenario, and as
// in the other.
func (g *game) merge(ctx context.Context, b *Bridge) error {
	n := len(g.groups)
	if n <= mostPlayers {
		return nil
	}
	all := []coalition{make(coalition, n), slices.Repeat(coalition{true}, n)}
	for i := range n {
		one, rest := make(coalition, n), slices.Repeat(coalition{true}, n)
		one[i], rest[i] = true, false
		all = append(all, one, rest)
	}
	totals, err := g.values(ctx, all, b)
	if err != nil || b.Error != nil {
		return err
	}
	effect := map[*player]float64{}
	for i, p := range g.players {
		effect[p] = math.Abs(totals[2+2*i]-totals[0]) + math.Abs(totals[1]-totals[3+2*i])
	}
	sorted := slices.Clone(g.players)
	slices.SortStableFunc(sorted, func(p, q *player) int { return cmp.Or(cmp.Compare(effect[q], effect[p]), p.less(q)) })
	g.groups = nil
	for _, p := range sorted[:mostPlayers-1] {
		g.groups = append(g.groups, []*player{p})
	}
	rest := sorted[mostPlayers-1:]
	slices.SortFunc(rest, (*player).less)
	g.groups = append(g.groups, rest)
	return nil
}

// values returns the totals of coalitions; if one failed, b says why.
func (g *game) values(ctx context.Context, all []coalition, b *Bridge) ([]float64, error) {
	totals, err := g.totals(ctx, all)
	if err != nil {
		return nil, err
	}
	for i, total := range totals {
		if total == total {
			continue
		}
		out := g.alone(all[i])
		_, fault := out.total(g.code)
		if fault == nil {
			fault = &formula.Fault{Key: "formula.not_finite", Line: g.code, Lane: -1, Period: -1}
		}
		b.fail(out.cellError(nil, "", *fault))
		return nil, nil
	}
	return totals, nil
}

// share gives each group its part.
func (g *game) share(ctx context.Context, b *Bridge) error {
	n := len(g.groups)
	all := make([]coalition, 1<<n)
	for mask := range all {
		all[mask] = make(coalition, n)
		for i := range n {
			all[mask][i] = mask>>i&1 == 1
		}
	}
	totals, err := g.values(ctx, all, b)
	if err != nil || b.Error != nil {
		return err
	}
	shares := shapley(totals, n)
	for i, group := range g.groups {
		b.Parts = append(b.Parts, g.part(group, shares[i]))
	}
	// What two revisions of the plan differ in besides has no driver.
	if rest := *b.End - totals[len(totals)-1]; rest != 0 {
		b.Parts = append(b.Parts, Part{Kind: otherKind, Lines: []string{}, Value: rest, Merged: []Driver{}})
	}
	slices.SortStableFunc(b.Parts, inOrder)
	shares = shares[:0]
	for _, part := range b.Parts {
		shares = append(shares, part.Value)
	}
	difference := footing(shares, *b.Difference)
	b.Difference = &difference
	for i := range b.Parts {
		b.Parts[i].Value = shares[i]
		b.Parts[i].Verdict = verdict(shares[i], *b.Start, b.Sense)
	}
	return nil
}

// inOrder puts the largest part first and what is merged last.
func inOrder(p, q Part) int {
	if (p.Kind == otherKind) != (q.Kind == otherKind) {
		if p.Kind == otherKind {
			return 1
		}
		return -1
	}
	return cmp.Compare(math.Abs(q.Value), math.Abs(p.Value))
}

// part describes a group.
func (g *game) part(group []*player, value float64) Part {
	p := Part{Kind: group[0].kind, Code: group[0].code, Value: value, Merged: []Driver{}}
	lines := maps.Clone(group[0].lines)
	if len(group) > 1 {
		p.Kind, p.Code = otherKind, ""
		for _, one := range group {
			p.Merged = append(p.Merged, Driver{one.kind, one.code})
			maps.Copy(lines, one.lines)
		}
	}
	p.Lines = []string{}
	for _, line := range g.from.Model.Lines {
		if lines[line.Code] {
			p.Lines = append(p.Lines, line.Code)
		}
	}
	return p
}
