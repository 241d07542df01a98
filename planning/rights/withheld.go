package rights

import (
	"slices"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/okr"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/scenarios"
)

// A closing works out which results somebody may see.
//
// The results of a hidden line are withheld, and so are those of every line
// that rests on withheld ones, however far. A released line stops that, unless
// the person can move something it rests on: two of its values would be a
// what-if, and their difference what one person earns.
type closing struct {
	secrets *secrets
	plan    planning.Plan
	deps    scenarios.Dependencies
	byCode  map[string]budget.Line
	// moved are the lines that rest on something the person can move.
	moved map[string]bool
}

// close finds what is withheld and notes it in the secrets. It returns the veil
// that keeps it.
func (s *secrets) close(plan planning.Plan, book *scenarios.Book, leads []Grant) *formula.Veil {
	c := &closing{secrets: s, plan: plan, deps: book.Dependencies(), byCode: map[string]budget.Line{}}
	for _, line := range plan.Budget.Lines {
		c.byCode[line.Code] = line
	}
	if movable := c.movable(leads); len(movable) > 0 {
		c.moved = c.deps.Downstream(movable)
	}
	withheld := c.withheld()
	veil := &formula.Veil{Shown: map[string]bool{}, Opaque: map[string]bool{}, Closed: map[string]bool{}}
	s.results, s.shown = map[budget.LineID]bool{}, veil.Shown
	for _, line := range plan.Budget.Lines {
		hidden := s.line(string(line.ID))
		veil.Closed[line.Code] = hidden
		if withheld[line.Code] {
			s.results[line.ID] = true
			continue
		}
		veil.Shown[line.Code] = true
		veil.Opaque[line.Code] = hidden || slices.ContainsFunc(c.deps[line.Code].Lines, func(read string) bool {
			return withheld[read] || c.readsPast(line.Code, read)
		})
	}
	return veil
}

// withheld returns the codes of the lines whose results are withheld.
func (c *closing) withheld() map[string]bool {
	withheld := map[string]bool{}
	var queue []string
	hold := func(code string) {
		if line, ok := c.byCode[code]; ok && !withheld[code] && !c.released(line) {
			withheld[code] = true
			queue = append(queue, code)
		}
	}
	for _, line := range c.plan.Budget.Lines {
		past := func(read string) bool { return c.readsPast(line.Code, read) }
		if c.hidden(line) || slices.ContainsFunc(c.deps[line.Code].Before, past) {
			hold(line.Code)
		}
	}
	readers := c.deps.Readers()
	for ; len(queue) > 0; queue = queue[1:] {
		for _, reader := range readers[queue[0]] {
			hold(reader)
		}
	}
	return withheld
}

func (c *closing) hidden(line budget.Line) bool { return c.secrets.line(string(line.ID)) }

// released reports whether a line's results show although those they rest on
// do not.
func (c *closing) released(line budget.Line) bool { return line.Released && !c.moved[line.Code] }

// readsPast reports whether a line may read what a hidden one was before the
// plan: its opening or its history, which no release covers.
func (c *closing) readsPast(reader, read string) bool {
	line, ok := c.byCode[read]
	if !ok || !c.hidden(line) || !slices.Contains(c.deps[reader].Before, read) {
		return false
	}
	return line.Opening != nil || len(c.plan.Budget.History[line.ID]) > 0
}

// movable lists the codes of the lines whose results a lead can move: those
// whose cells they may change, those that initiatives change which are theirs or
// go live with a milestone of theirs, and those whose formula asks for the month
// of such an initiative.
func (c *closing) movable(leads []Grant) []string {
	var codes []string
	for _, line := range c.plan.Budget.Lines {
		if !c.hidden(line) && slices.ContainsFunc(leads, func(g Grant) bool { return g.mayFill(c.plan.Budget, line) }) {
			codes = append(codes, line.Code)
		}
	}
	launched := map[string]bool{}
	for _, initiative := range c.plan.OKR.Initiatives {
		if !slices.ContainsFunc(leads, func(g Grant) bool { return g.moves(c.plan.OKR, initiative) }) {
			continue
		}
		launched[initiative.Code] = true
		for _, change := range initiative.Changes {
			if line, ok := c.plan.Budget.ByID(change.Line); ok {
				codes = append(codes, line.Code)
			}
		}
	}
	for _, line := range c.plan.Budget.Lines {
		if slices.ContainsFunc(c.deps[line.Code].Live, func(code string) bool { return launched[code] }) {
			codes = append(codes, line.Code)
		}
	}
	return codes
}

// mayFill reports whether the lead may change any cell of an open line. Only
// inputs have cells to change.
func (g Grant) mayFill(model budget.Model, line budget.Line) bool {
	if !line.IsInput() {
		return false
	}
	if g.Position != "" && line.Owner == string(g.Position) {
		return true
	}
	for _, code := range line.By {
		dimension, _ := model.Dimension(code)
		for _, member := range dimension.Members {
			if slices.Contains(g.Members, member.Code) {
				return true
			}
		}
	}
	return false
}

// moves reports whether an initiative is the lead's own or goes live with a
// milestone of theirs.
func (g Grant) moves(model okr.Model, initiative okr.Initiative) bool {
	if g.Position == "" {
		return false
	}
	return initiative.Owner == g.Position || slices.ContainsFunc(model.Milestones, func(m okr.Milestone) bool {
		return m.ID == initiative.Milestone && (m.Owner == g.Position || m.Deputy == g.Position)
	})
}

// sensitiveIn returns the lines that a document marks as sensitive.
func sensitiveIn(doc document.Node) map[budget.LineID]bool {
	found := Ever{}
	found.Add(doc)
	return found
}
