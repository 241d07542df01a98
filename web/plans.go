package web

import (
	"context"
	"net/http"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/planning"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/templates/locale"
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
	listings, err := s.as(ctx).List(ctx)
	if err != nil {
		return nil, err
	}
	out := &list[PlanListing]{Body: make([]PlanListing, len(listings))}
	for i, l := range listings {
		out.Body[i] = PlanListing{
			ID: l.ID, Name: l.Name, Center: l.Center, Rev: l.Rev, Updated: l.Updated, Sealed: l.Sealed,
			Start: monthText(l.Start), Months: l.Months, Problems: []ProblemInfo{},
		}
		if l.Err != nil {
			at := place{http.MethodGet, "/api/v1/plans/" + string(l.ID), ""}
			out.Body[i].Problems = s.failureOf(at, l.Err).Problems
		}
	}
	return out, nil
}

// monthText writes a month, and nothing for none.
func monthText(month calendar.Month) string {
	if month == 0 {
		return ""
	}
	return month.String()
}

type createInput struct {
	Body struct {
		Template string     `json:"template,omitempty" doc:"name of a starter plan; blank has groups and accounts and no lines"`
		File     string     `json:"file,omitempty" doc:"text of a plan file (YAML)"`
		Begin    *Beginning `json:"begin,omitempty" doc:"what the plan made from a template is called and when it runs"`
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
	if in.Body.Begin != nil {
		if in.Body.Template == "" {
			return nil, invalid("web.begin_template", nil)
		}
		return s.fromTemplate(ctx, source.Document, *in.Body.Begin)
	}
	view, err := s.as(ctx).Create(ctx, source.Document)
	if err != nil {
		return nil, fileError{err, source}
	}
	return made(view), nil
}

// fromTemplate makes a plan from a template under a name and in a year of its own.
func (s *Server) fromTemplate(ctx context.Context, template document.Object, wanted Beginning) (*createOutput, error) {
	start, ok := calendar.Parse(wanted.Start)
	if !ok && wanted.Start != "" {
		return nil, problem.Problem{Kind: problem.Invalid, Pointer: "/start", Key: "shape.month", Args: problem.Args{"got": wanted.Start}}
	}
	doc, err := planning.Begin(template, planning.Beginning{
		Name: wanted.Name, Center: wanted.Center, Currency: wanted.Currency,
		Start: start, Months: wanted.Months, FiscalStart: wanted.FiscalStart,
	})
	if err != nil {
		return nil, err
	}
	view, err := s.as(ctx).Create(ctx, doc)
	if err != nil {
		return nil, err
	}
	return made(view), nil
}

func made(view *live.View) *createOutput {
	id := view.Plan().ID
	return &createOutput{
		Location: "/api/v1/plans/" + string(id),
		Body:     Created{ID: store.PlanID(id), Rev: view.Rev()},
	}
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
	view, err := s.as(ctx).ViewAt(ctx, in.plan(), store.Rev(in.Rev))
	if err != nil {
		return nil, err
	}
	out := &getOutput{Status: http.StatusOK, ETag: etag(view), Cache: "no-cache"}
	if matches(in.IfNoneMatch, out.ETag) {
		out.Status = http.StatusNotModified
		return out, nil
	}
	problems, _ := view.Problems()
	out.Body = PlanState{
		ID: in.plan(), Rev: view.Rev(), Document: view.Document(), Problems: problemInfos(problems),
		Notes: problemInfos(view.Notes()), Links: linksOf(view),
		CanUndo: view.CanUndo(), CanRedo: view.CanRedo(), Access: accessInfo(view),
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
	applied, err := s.as(ctx).Apply(ctx, in.plan(), live.Edit{
		Base: in.Body.Base, OpID: in.Body.OpID, Why: in.Body.Why, Label: in.Body.Label, Patch: in.Body.Patch.ops,
	})
	return s.editResult(applied, comments.Touched(in.Body.Patch.ops), err)
}

func (s *Server) editResult(applied *live.Applied, withPatch bool, err error) (*one[EditResult], error) {
	s.metrics.edited(err)
	if err != nil {
		return nil, err
	}
	view := applied.View
	results, err := sheets(view, applied.Changed)
	if err != nil {
		return nil, err
	}
	problems, _ := view.Problems()
	result := EditResult{
		Rev: applied.Rev, Problems: problemInfos(problems), Results: results,
		Notes: problemInfos(view.Notes()), Links: linksOf(view),
		CanUndo: view.CanUndo(), CanRedo: view.CanRedo(), Access: accessInfo(view),
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
		Why  string    `json:"why,omitempty" maxLength:"2000"`
	}
}

func (s *Server) undo(ctx context.Context, in *undoInput) (*one[EditResult], error) {
	applied, err := s.as(ctx).Undo(ctx, in.plan(), in.Body.Rev, live.Edit{OpID: in.Body.OpID, Why: in.Body.Why})
	return s.editResult(applied, true, err)
}

type leaveInput struct {
	PlanPath
	Body struct {
		Rev store.Rev `json:"rev" minimum:"1"`
	}
}

// leave takes a revision out of what one can undo, because one has chosen what
// others have put there since.
func (s *Server) leave(ctx context.Context, in *leaveInput) (*one[Steps], error) {
	view, err := s.as(ctx).Leave(ctx, in.plan(), in.Body.Rev)
	if err != nil {
		return nil, err
	}
	return &one[Steps]{Steps{CanUndo: view.CanUndo(), CanRedo: view.CanRedo()}}, nil
}

type redoInput struct {
	PlanPath
	Body struct {
		OpID string `json:"op_id" minLength:"1" maxLength:"200"`
		Why  string `json:"why,omitempty" maxLength:"2000" doc:"without it, the reason of the edit that is made again"`
	}
}

func (s *Server) redo(ctx context.Context, in *redoInput) (*one[EditResult], error) {
	applied, err := s.as(ctx).Redo(ctx, in.plan(), live.Edit{OpID: in.Body.OpID, Why: in.Body.Why})
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
	filter := live.Filter{
		Before: store.Rev(in.Before), Limit: in.Limit, Pointer: in.Pointer, Who: store.Actor(in.Who), Text: in.Text,
	}
	var err error
	if filter.Since, err = dayOf(in.Since); err != nil {
		return nil, err
	}
	if filter.Until, err = dayOf(in.Until); err != nil {
		return nil, err
	}
	entries, err := s.as(ctx).History(ctx, in.plan(), filter)
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

// dayOf reads a day of a query; the empty text is none.
func dayOf(text string) (calendar.Date, error) {
	date, ok := calendar.ParseDate(text)
	if !ok && text != "" {
		return date, invalid("shape.date", problem.Args{"got": text})
	}
	return date, nil
}

// file writes the plan as a plan file, without what its reader may not see. A
// file that lacks something says so.
func (s *Server) file(ctx context.Context, in *PlanPath) (*download, error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	text := planfile.Encode(view.Document())
	if hidden := view.Rights().Hidden; len(hidden) > 0 {
		at, _ := ctx.Value(placeKey{}).(place)
		said := locale.Message(at.language, "web.file_lacks", problem.Args{"lines": strings.Join(hidden, ", ")})
		text = append([]byte("# "+said+"\n"), text...)
	}
	return &download{
		Type: "text/yaml; charset=utf-8", Disposition: `attachment; filename="` + in.ID + `.plan.yaml"`,
		Body: text,
	}, nil
}
