package web

import (
	"context"
	"slices"

	"centerplan/planning/document"
	"centerplan/planning/rights"
)

// A PositionInfo is a position of the plan and who holds it in its center.
type PositionInfo struct {
	ID     string        `json:"id"`
	Name   document.Text `json:"name"`
	People []NameInfo    `json:"people"`
}

// positions lists the plan's positions for all who may read it, so that they
// know whom they can call on.
func (s *Server) positions(ctx context.Context, in *PlanPath) (*list[PositionInfo], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	center := rights.CenterOf(view.Document())
	people := s.options.Accounts.People()
	out := &list[PositionInfo]{Body: []PositionInfo{}}
	for _, role := range view.Plan().OKR.Roles {
		info := PositionInfo{ID: string(role.ID), Name: role.Name, People: []NameInfo{}}
		for _, account := range people {
			held := rights.PositionsIn(rights.Person{ID: account.ID, Grants: account.Grants}, center)
			if !account.Disabled && slices.Contains(held, role.ID) {
				info.People = append(info.People, NameInfo{ID: account.ID, Name: account.Name})
			}
		}
		out.Body = append(out.Body, info)
	}
	return out, nil
}
