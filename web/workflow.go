package web

import (
	"context"

	"centerplan/planning/document"
)

type actInput struct {
	PlanPath
	Body struct {
		OpID      string    `json:"op_id" minLength:"1" maxLength:"200"`
		Kind      string    `json:"kind" enum:"hand_in,return,approve,reopen,propose,approve_amendment,reject,withdraw"`
		Section   string    `json:"section,omitempty" maxLength:"200"`
		Amendment int       `json:"amendment,omitempty" minimum:"1"`
		Note      string    `json:"note,omitempty" maxLength:"2000"`
		Proposal  *Proposal `json:"proposal,omitempty"`
	}
}

// A Proposal is an amendment before anyone decided on it.
type Proposal struct {
	Kind    string          `json:"kind" enum:"transfer,supplement,reserve"`
	Name    document.Text   `json:"name"`
	Reason  string          `json:"reason" maxLength:"2000"`
	Entries []AmendmentLine `json:"entries" maxItems:"500"`
}

type sealInput struct {
	PlanPath
	Body struct {
		OpID      string   `json:"op_id" minLength:"1" maxLength:"200"`
		Why       string   `json:"why" maxLength:"2000"`
		Scenarios []string `json:"scenarios,omitempty" maxItems:"200" doc:"codes of the scenarios to seal; all without any"`
	}
}

func (s *Server) workflow(context.Context, *PlanPath) (*one[WorkflowState], error) { return nil, nil }
func (s *Server) act(context.Context, *actInput) (*one[EditResult], error)         { return nil, nil }
func (s *Server) sealState(context.Context, *PlanPath) (*one[SealState], error)    { return nil, nil }
func (s *Server) seal(context.Context, *sealInput) (*one[Sealing], error)          { return nil, nil }
func (s *Server) sealFile(context.Context, *PlanPath) (*download, error)           { return nil, nil }
func (s *Server) amendments(context.Context, *PlanPath) (*one[AmendmentsState], error) {
	return nil, nil
}
