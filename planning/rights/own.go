package rights

import (
	"slices"

	"centerplan/okr"
)

// PositionsIn returns the positions of the plan that somebody holds in the
// center, each once.
func PositionsIn(who Person, center string) []okr.RoleID {
	var positions []okr.RoleID
	for _, grant := range who.in(center) {
		if grant.Position != "" && !slices.Contains(positions, grant.Position) {
			positions = append(positions, grant.Position)
		}
	}
	return positions
}

// Own returns what a lead may fill in: the codes of lines of their own in
// display order, and the codes of their members, whose cells are theirs in every
// open line. Those who may fill in everything have nothing of their own.
func (s *Sight) Own() (lines, members []string) {
	for _, line := range s.plan.Budget.Lines {
		own := slices.ContainsFunc(s.leads, func(g Grant) bool {
			return g.Position != "" && line.Owner == string(g.Position)
		})
		if own && line.IsInput() && !s.secrets.line(string(line.ID)) {
			lines = append(lines, line.Code)
		}
	}
	for _, grant := range s.leads {
		members = append(members, grant.Members...)
	}
	slices.Sort(members)
	return lines, slices.Compact(members)
}
