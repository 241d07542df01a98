package web

import (
	"context"

	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/web/live"
)

type tryInput struct {
	PlanPath
	Body struct {
		Base     store.Rev `json:"base,omitempty" minimum:"0" doc:"the revision the editor saw"`
		Scenario string    `json:"scenario,omitempty" maxLength:"200" doc:"where the formula would stand; base without it"`
		Line     string    `json:"line" minLength:"1" maxLength:"200" doc:"the line's code"`
		Formula  string    `json:"formula" doc:"as typed, without the = in front"`
	}
}

// A TryResult is what a formula would come to if it were stored.
type TryResult struct {
	Rev store.Rev `json:"rev"`
	// Pointer is where the formula would stand. Problems there are those of the
	// formula itself; behind them are those that it would make elsewhere.
	Pointer  string        `json:"pointer"`
	Problems []ProblemInfo `json:"problems"`
	scenarios.Column
}

// try evaluates a formula that is being typed. It asks for the rights of the edit
// that would store it.
func (s *Server) try(ctx context.Context, in *tryInput) (*one[TryResult], error) {
	tried, err := s.as(ctx).Try(ctx, in.plan(), live.Trial{
		Base: in.Body.Base, Scenario: scenarios.Code(in.Body.Scenario), Line: in.Body.Line, Formula: in.Body.Formula,
	})
	if err != nil {
		return nil, err
	}
	return &one[TryResult]{TryResult{
		Rev: tried.Rev, Pointer: tried.Pointer, Problems: problemInfos(tried.Problems), Column: tried.Column,
	}}, nil
}
