package web

import (
	"context"
	"net/http"

	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/web/live"
)

// PlanPath is the part of an address that names a plan.
type PlanPath struct {
	ID string `path:"id" pattern:"^[a-z0-9][a-z0-9._-]{0,63}$" doc:"the plan's id"`
}

func (p PlanPath) plan() store.PlanID { return store.PlanID(p.ID) }

// list is an answer of things by themselves.
type list[T any] struct{ Body []T }

// one is an answer of one thing by itself.
type one[T any] struct{ Body T }

func (s *Server) listPlans(ctx context.Context, _ *struct{}) (*list[PlanListing], error) {
	listings, err := s.options.Hub.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &list[PlanListing]{Body: make([]PlanListing, len(listings))}
	for i, l := range listings {
		out.Body[i] = PlanListing{ID: l.ID, Name: l.Name, Rev: l.Rev, Updated: l.Updated, Problems: []ProblemInfo{}}
		if l.Err != nil {
			at := place{http.MethodGet, "/api/v1/plans/" + string(l.ID), ""}
			out.Body[i].Problems = s.failureOf(at, l.Err).Problems
		}
	}
	return out, nil
}

type createInput struct {
	Body struct {
		Template string `json:"template,omitempty" doc:"name of a starter plan"`
		File     string `json:"file,omitempty" doc:"text of a plan file (YAML)"`
	}
}

type createOutput struct {
	Location string `header:"Location"`
	Body     Created
}

func (s *Server) createPlan(ctx context.Context, in *createInput) (*createOutput, error) {
	text := []byte(in.Body.File)
	if (in.Body.Template == "") == (in.Body.File == "") {
		return nil, invalid("web.template_or_file", nil)
	}
	if in.Body.Template != "" {
		var ok bool
		if text, ok = s.options.Starter(in.Body.Template); !ok {
			return nil, problem.Problem{
				Kind: problem.NotFound, Key: "web.no_template", Args: problem.Args{"template": in.Body.Template},
			}
		}
	}
	source, err := planfile.Decode(text)
	if err != nil {
		return nil, fileError{err, source}
	}
	head, err := s.options.Hub.Create(ctx, Local, source.Document)
	if err != nil {
		return nil, fileError{err, source}
	}
	return &createOutput{
		Location: "/api/v1/plans/" + string(head.Plan.ID),
		Body:     Created{ID: store.PlanID(head.Plan.ID), Rev: head.Rev},
	}, nil
}

type getInput struct {
	PlanPath
	Rev         int    `query:"rev" minimum:"0" doc:"an earlier revision; without it the newest"`
	IfNoneMatch string `header:"If-None-Match"`
}

type getOutput struct {
	Status int
	ETag   string `header:"ETag"`
	Cache  string `header:"Cache-Control"`
	Body   PlanState
}

func (s *Server) getPlan(ctx context.Context, in *getInput) (*getOutput, error) {
	head, err := s.options.Hub.Head(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	out := &getOutput{Status: http.StatusOK, ETag: etag(head), Cache: "no-cache"}
	if matches(in.IfNoneMatch, out.ETag) {
		out.Status = http.StatusNotModified
		return out, nil
	}
	out.Body = PlanState{
		ID: in.plan(), Rev: head.Rev, Document: head.Document, Problems: problemInfos(head.Problems),
		Notes: problemInfos(head.Notes()), Links: linksOf(head),
		CanUndo: head.CanUndo(Local), CanRedo: head.CanRedo(Local),
	}
	return out, nil
}

type patchInput struct {
	PlanPath
	Body struct {
		Base  store.Rev  `json:"base,omitempty" minimum:"0" doc:"the revision the editor saw"`
		OpID  string     `json:"op_id" minLength:"1" maxLength:"200" doc:"made by the client; a retry carries the same one"`
		Why   string     `json:"why,omitempty" maxLength:"2000"`
		Label string     `json:"label,omitempty" maxLength:"200" doc:"a few words for the history"`
		Patch operations `json:"patch"`
	}
}

// patchPlan applies the JSON Patch in the body and answers with the results it
// changed.
func (s *Server) patchPlan(ctx context.Context, in *patchInput) (*one[EditResult], error) {
	if in.Body.Patch.err != nil {
		return nil, in.Body.Patch.err
	}
	applied, err := s.options.Hub.Apply(ctx, Local, in.plan(), live.Edit{
		Base: in.Body.Base, OpID: in.Body.OpID, Why: in.Body.Why, Label: in.Body.Label, Patch: in.Body.Patch.ops,
	})
	return s.editResult(applied, false, err)
}

func (s *Server) editResult(applied *live.Applied, withPatch bool, err error) (*one[EditResult], error) {
	s.metrics.edited(err)
	if err != nil {
		return nil, err
	}
	head := applied.Head
	results, err := sheets(head, applied.Changed)
	if err != nil {
		return nil, err
	}
	result := EditResult{
		Rev: applied.Rev, Problems: problemInfos(head.Problems), Results: results,
		Notes: problemInfos(head.Notes()), Links: linksOf(head),
		CanUndo: head.CanUndo(Local), CanRedo: head.CanRedo(Local),
	}
	if withPatch {
		result.Patch = applied.Patch
	}
	return &one[EditResult]{result}, nil
}

type undoInput struct {
	PlanPath
	Body struct {
		OpID string    `json:"op_id" minLength:"1" maxLength:"200"`
		Rev  store.Rev `json:"rev,omitempty" minimum:"1" doc:"the revision to take back; without it one's newest"`
	}
}

func (s *Server) undo(ctx context.Context, in *undoInput) (*one[EditResult], error) {
	applied, err := s.options.Hub.Undo(ctx, Local, in.plan(), in.Body.OpID, in.Body.Rev)
	return s.editResult(applied, true, err)
}

type redoInput struct {
	PlanPath
	Body struct {
		OpID string `json:"op_id" minLength:"1" maxLength:"200"`
	}
}

func (s *Server) redo(ctx context.Context, in *redoInput) (*one[EditResult], error) {
	applied, err := s.options.Hub.Redo(ctx, Local, in.plan(), in.Body.OpID)
	return s.editResult(applied, true, err)
}

type historyInput struct {
	PlanPath
	Before  int    `query:"before" minimum:"0" doc:"only revisions before this one"`
	Limit   int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Pointer string `query:"pointer" doc:"only changes of this place, a part of it or what it is part of"`
	Who     string `query:"who" maxLength:"64" doc:"only changes of this person"`
	Since   string `query:"since" format:"date" doc:"only changes from this day on"`
	Until   string `query:"until" format:"date" doc:"only changes up to this day"`
	Text    string `query:"text" maxLength:"200" doc:"only changes whose label, reason or place has this text"`
}

func (s *Server) history(ctx context.Context, in *historyInput) (*list[HistoryEntry], error) {
	read := func() ([]store.Entry, error) {
		if in.Pointer != "" {
			return s.options.Hub.Touched(ctx, in.plan(), in.Pointer, in.Limit)
		}
		return s.options.Hub.History(ctx, in.plan(), store.Rev(in.Before), in.Limit)
	}
	entries, err := read()
	if err != nil {
		return nil, err
	}
	out := &list[HistoryEntry]{Body: make([]HistoryEntry, len(entries))}
	for i, entry := range entries {
		out.Body[i] = historyEntry(entry)
	}
	return out, nil
}

// download is an answer a browser saves as a file.
type download struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func (s *Server) file(ctx context.Context, in *PlanPath) (*download, error) {
	head, err := s.options.Hub.Head(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	return &download{
		Type: "text/yaml; charset=utf-8", Disposition: `attachment; filename="` + in.ID + `.plan.yaml"`,
		Body: planfile.Encode(head.Document),
	}, nil
}
