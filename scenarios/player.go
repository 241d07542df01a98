package scenarios

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// The kinds of parts of a bridge that are no step of the settling order.
const (
	lineKind  = "line"
	otherKind = "other"
)

// A player is what two scenarios do otherwise as one: an initiative, a lever,
// what they set themselves on one line, or the actuals of closed months.
type player struct {
	kind, code string
	lines      map[string]bool // by code
	// programs says that it changes formulas, or what a formula asks for.
	programs bool
}

// less orders players: initiatives, levers, lines, actuals, each by code.
func (p *player) less(other *player) int {
	order := []string{string(formula.Initiative), string(formula.Lever), lineKind, string(formula.Actual)}
	return cmp.Or(cmp.Compare(slices.Index(order, p.kind), slices.Index(order, other.kind)), strings.Compare(p.code, other.code))
}

// A move is one adjustment or formula of a line that is in force in one of two
// scenarios or in both.
type move struct {
	kind    formula.StepKind
	code    string // of the initiative, the lever or the scenario
	pointer string
	formula string
	adjust  formula.Adjustment
	from    bool // in force in the one
	to      bool // in force in the other
	player  *player
}

// same reports whether two scenarios do the same at this place.
func (m *move) same(other *move) bool {
	a, b := &m.adjust, &other.adjust
	return m.kind == other.kind && (m.code == other.code || m.kind == formula.Change || m.kind == formula.CellEdit) &&
		m.formula == other.formula && a.Op == b.Op && a.Value == b.Value && a.From == b.From && a.To == b.To &&
		a.AfterRisk == b.AfterRisk && (a.Lanes == nil) == (b.Lanes == nil) && slices.Equal(a.Lanes, b.Lanes)
}

// before orders moves of two scenarios that have no order of their own. Which
// of them is whose does not matter.
func (m *move) before(other *move) bool {
	order := []formula.StepKind{formula.Initiative, formula.Lever, formula.Change, formula.CellEdit, formula.Actual}
	return cmp.Or(
		cmp.Compare(slices.Index(order, m.kind), slices.Index(order, other.kind)),
		strings.Compare(m.code, other.code), strings.Compare(m.pointer, other.pointer),
	) < 0
}

// movesOf lists what is in force in an outcome, by the code of the line, in the
// order it applies.
func movesOf(o *Outcome) map[string][]move {
	all := map[string][]move{}
	for _, change := range o.Changes {
		line, ok := o.Model.ByID(change.Line)
		if !ok {
			continue
		}
		m := move{kind: change.Kind, code: change.Code, pointer: change.Pointer, formula: change.Formula}
		if m.formula == "" {
			if m.adjust, ok = o.Model.Adjustment(change); !ok {
				continue
			}
		}
		all[line.Code] = append(all[line.Code], m)
	}
	for code, actuals := range o.Model.Inputs(nil).Adjust {
		for _, a := range actuals {
			all[code] = append(all[code], move{kind: formula.Actual, pointer: a.Source, adjust: a})
		}
	}
	return all
}

// A rivalry is two scenarios taken apart into players.
type rivalry struct {
	from, to *Outcome
	players  []*player
	// moves are those of each line that the two treat differently, by code.
	moves map[string][]move
}

// rivals takes two outcomes apart. Players that reach none of the lines are left
// out, and so are those lines.
func rivals(from, to *Outcome, reach map[string]bool) *rivalry {
	r := &rivalry{from: from, to: to, moves: map[string][]move{}}
	ours, theirs := movesOf(from), movesOf(to)
	found := map[string]*player{}
	for _, line := range from.Model.Lines {
		if !reach[line.Code] || len(ours[line.Code]) == 0 && len(theirs[line.Code]) == 0 {
			continue
		}
		merged := merge(ours[line.Code], theirs[line.Code])
		differs := false
		for i := range merged {
			m := &merged[i]
			if m.from == m.to {
				continue
			}
			differs = true
			m.player = r.player(found, m, line.Code)
			m.player.lines[line.Code] = true
			m.player.programs = m.player.programs || m.formula != ""
		}
		if differs {
			r.moves[line.Code] = merged
		}
	}
	r.launches(found, reach)
	r.players = slices.SortedFunc(maps.Values(found), (*player).less)
	return r
}

// player returns whose move it is.
func (r *rivalry) player(found map[string]*player, m *move, line string) *player {
	kind, code := string(m.kind), m.code
	if m.kind == formula.Change || m.kind == formula.CellEdit {
		kind, code = lineKind, line
	}
	return meet(found, kind, code)
}

func meet(found map[string]*player, kind, code string) *player {
	key := kind + " " + code
	if found[key] == nil {
		found[key] = &player{kind: kind, code: code, lines: map[string]bool{}}
	}
	return found[key]
}

// launches finds the initiatives of which formulas ask and that go live in
// different months.
func (r *rivalry) launches(found map[string]*player, reach map[string]bool) {
	asked := map[string][]string{}
	for _, o := range []*Outcome{r.from, r.to} {
		for code, d := range o.Program.Dependencies() {
			for _, live := range d.Live {
				if reach[code] {
					asked[live] = append(asked[live], code)
				}
			}
		}
	}
	for _, launch := range r.from.Model.Launches {
		lines := asked[launch.Code]
		if len(lines) == 0 || monthOf(r.to.Model, launch.ID) == launch.Month {
			continue
		}
		p := meet(found, string(formula.Initiative), launch.Code)
		p.programs = true
		for _, code := range lines {
			p.lines[code] = true
		}
	}
}

// monthOf returns when an initiative goes live in a model, zero where it does
// not.
func monthOf(m budget.Model, id string) calendar.Month {
	for _, launch := range m.Launches {
		if launch.ID == id {
			return launch.Month
		}
	}
	return 0
}

// merge puts the moves of two scenarios on one line into one order that is each
// scenario's own. What both do in the same order is there once.
func merge(ours, theirs []move) []move {
	var all, tail []move
	for len(ours) > 0 && len(theirs) > 0 && ours[0].same(&theirs[0]) {
		all, ours, theirs = append(all, shared(ours[0])), ours[1:], theirs[1:]
	}
	for len(ours) > 0 && len(theirs) > 0 && ours[len(ours)-1].same(&theirs[len(theirs)-1]) {
		tail = append(tail, shared(ours[len(ours)-1]))
		ours, theirs = ours[:len(ours)-1], theirs[:len(theirs)-1]
	}
	all = append(all, weave(ours, theirs)...)
	slices.Reverse(tail)
	return append(all, tail...)
}

// weave merges moves so that as many as can be are shared. Lists too long to
// look for that share none.
func weave(ours, theirs []move) []move {
	const most = 1 << 22
	common := func(int, int) int { return 0 }
	if len(ours)*len(theirs) <= most {
		common = longest(ours, theirs)
	}
	all := make([]move, 0, len(ours)+len(theirs))
	i, j := 0, 0
	for i < len(ours) || j < len(theirs) {
		switch {
		case i < len(ours) && j < len(theirs) && common(i, j) > 0 && ours[i].same(&theirs[j]):
			all = append(all, shared(ours[i]))
			i, j = i+1, j+1
		case j == len(theirs), i < len(ours) && oursFirst(common(i+1, j), common(i, j+1), &ours[i], &theirs[j]):
			one := ours[i]
			one.from = true
			all, i = append(all, one), i+1
		default:
			one := theirs[j]
			one.to = true
			all, j = append(all, one), j+1
		}
	}
	return all
}

// oursFirst chooses the way that shares more, else the move that is before the
// other one.
func oursFirst(afterOurs, afterTheirs int, ours, theirs *move) bool {
	if afterOurs != afterTheirs {
		return afterOurs > afterTheirs
	}
	return ours.before(theirs)
}

func shared(m move) move {
	m.from, m.to = true, true
	return m
}

// longest returns how many moves the rests of two lists can share.
func longest(ours, theirs []move) func(i, j int) int {
	width := len(theirs) + 1
	table := make([]int, (len(ours)+1)*width)
	for i := range slices.Backward(ours) {
		for j := range slices.Backward(theirs) {
			if ours[i].same(&theirs[j]) {
				table[i*width+j] = table[(i+1)*width+j+1] + 1
				continue
			}
			table[i*width+j] = max(table[(i+1)*width+j], table[i*width+j+1])
		}
	}
	return func(i, j int) int { return table[i*width+j] }
}
