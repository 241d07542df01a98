package web

import (
	"context"

	"centerplan/store"
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

type revisionsInput struct {
	PlanPath
	From     int    `query:"from" minimum:"1" required:"true"`
	To       int    `query:"to" minimum:"1" required:"true"`
	Scenario string `query:"scenario" default:"base"`
}

func (s *Server) restore(context.Context, *restoreInput) (*one[EditResult], error) { return nil, nil }
func (s *Server) revisions(context.Context, *revisionsInput) (*one[RevisionDifference], error) {
	return nil, nil
}
