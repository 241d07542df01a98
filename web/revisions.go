package web

import (
	"context"

	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/web/live"
)

type restoreInput struct {
	PlanPath
	Body struct {
		OpID    string    `json:"op_id" minLength:"1" maxLength:"200"`
		Pointer string    `json:"pointer" maxLength:"2000"`
		Rev     store.Rev `json:"rev" minimum:"1"`
		Why     string    `json:"why,omitempty" maxLength:"2000"`
		Label   string    `json:"label,omitempty" maxLength:"200"`
	}
}

// restore puts back what a place held at an earlier revision.
func (s *Server) restore(ctx context.Context, in *restoreInput) (*one[EditResult], error) {
	applied, err := s.as(ctx).Restore(ctx, in.plan(), in.Body.Pointer, in.Body.Rev, live.Edit{
		OpID: in.Body.OpID, Why: in.Body.Why, Label: in.Body.Label,
	})
	return s.editResult(applied, true, err)
}

type revisionsInput struct {
	PlanPath
	From     store.Rev `query:"from" minimum:"1" required:"true"`
	To       store.Rev `query:"to" minimum:"1" required:"true"`
	Scenario string    `query:"scenario" default:"base"`
}

// revisions sets two revisions beside each other.
func (s *Server) revisions(ctx context.Context, in *revisionsInput) (*one[RevisionDifference], error) {
	compared, err := s.as(ctx).Revisions(ctx, in.plan(), in.From, in.To, scenarios.Code(in.Scenario))
	if err != nil {
		return nil, err
	}
	answer := RevisionDifference{
		From: compared.From, To: compared.To, More: compared.More, Changes: []DocumentChange{}, Rows: []RevisionRow{},
	}
	for _, change := range compared.Changes {
		answer.Changes = append(answer.Changes, DocumentChange{Pointer: change.Pointer, Before: change.Before, After: change.After})
	}
	for _, row := range compared.Rows {
		before, after := row.Cells[0], row.Cells[1]
		answer.Rows = append(answer.Rows, RevisionRow{
			Line: row.Line, Unit: row.Unit, From: before.Total, To: after.Total,
			Difference: after.Difference, Verdict: string(after.Verdict),
		})
	}
	return &one[RevisionDifference]{answer}, nil
}
