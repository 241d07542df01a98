package web

import (
	"context"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/web/live"
)

type resultsInput struct {
	PlanPath
	Scenario []string `query:"scenario,explode" doc:"codes of scenarios; base without any"`
	Line     []string `query:"line,explode" doc:"codes of lines; all without any"`
	By       string   `query:"by" enum:"month,quarter,year" default:"month"`
	Rev      int      `query:"rev" minimum:"0" doc:"an earlier revision; without it the newest"`
}

func (s *Server) results(ctx context.Context, in *resultsInput) (*one[ResultsAnswer], error) {
	view, err := s.as(ctx).ViewAt(ctx, in.plan(), store.Rev(in.Rev))
	if err != nil {
		return nil, err
	}
	out := &one[ResultsAnswer]{ResultsAnswer{Rev: view.Rev(), Results: []scenarios.Sheet{}}}
	outcomes, err := outcomesOf(view, in.Scenario)
	if err != nil {
		return nil, err
	}
	for _, outcome := range outcomes {
		sheet, err := outcome.Sheet(in.Line, scenarios.By(in.By))
		if err != nil {
			return nil, err
		}
		out.Body.Results = append(out.Body.Results, sheet)
	}
	return out, nil
}

// outcomesOf evaluates the scenarios, base if there are none.
func outcomesOf(view *live.View, texts []string) ([]*scenarios.Outcome, error) {
	if len(texts) == 0 {
		texts = []string{string(scenarios.Base)}
	}
	var outcomes []*scenarios.Outcome
	for _, code := range codes(texts) {
		outcome, err := view.Outcome(code)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, outcome)
	}
	return outcomes, nil
}

type compareInput struct {
	PlanPath
	Base string   `query:"base" default:"base"`
	With []string `query:"with,explode" doc:"codes of scenarios to set beside it"`
	Line []string `query:"line,explode" doc:"codes of lines; all without any"`
}

func (s *Server) compare(ctx context.Context, in *compareInput) (*one[scenarios.Comparison], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	outcomes, err := outcomesOf(view, slices.Concat([]string{in.Base}, in.With))
	if err != nil {
		return nil, err
	}
	comparison, err := scenarios.Compare(outcomes, in.Line)
	if err != nil {
		return nil, err
	}
	return &one[scenarios.Comparison]{comparison}, nil
}

type traceInput struct {
	PlanPath
	Scenario string   `query:"scenario" default:"base"`
	Line     string   `query:"line" required:"true"`
	Month    string   `query:"month" required:"true" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$"`
	Member   []string `query:"member,explode" doc:"one member of each of the line's dimensions"`
}

func (s *Server) trace(ctx context.Context, in *traceInput) (*one[TraceStep], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	month, _ := calendar.Parse(in.Month) // the pattern lets only months through
	step, err := view.Trace(scenarios.Code(in.Scenario), in.Line, in.Member, month)
	if err != nil {
		return nil, err
	}
	told, err := s.told(ctx, in.plan(), step)
	if err != nil {
		return nil, err
	}
	return &one[TraceStep]{*told}, nil
}

type reportInput struct {
	PlanPath
	Lang     string   `query:"lang" enum:"zh,en" default:"zh"`
	Scenario string   `query:"scenario" default:"base"`
	Compare  []string `query:"compare,explode" doc:"codes of scenarios to set side by side; all that are not archived without any"`
}

func (s *Server) report(ctx context.Context, in *reportInput) (*download, error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	if s.options.Report == nil {
		return nil, problem.Problem{Kind: problem.NotFound, Key: "web.no_report"}
	}
	request := ReportRequest{
		View: view, Locale: document.Locale(in.Lang), Scenario: scenarios.Code(in.Scenario),
		Compare: codes(in.Compare), Date: s.options.Clock(),
	}
	if view.IsSealed(request.Scenario) {
		request.Seal = view.Mark()
		request.SealedBy = s.nameOf(request.Seal.Who)
	}
	if request.View, err = view.For(request.Scenario); err != nil {
		return nil, err
	}
	request.Bridge = func(from, to scenarios.Code, line string) (scenarios.Bridge, error) {
		return request.View.Bridge(ctx, from, to, line)
	}
	pdf, err := s.options.Report(request)
	if err != nil {
		return nil, err
	}
	return &download{
		Type: "application/pdf", Disposition: `inline; filename="` + in.ID + `.` + in.Lang + `.pdf"`, Body: pdf,
	}, nil
}

// Health tells how the server is.
type Health struct {
	Status string `json:"status" enum:"ok"`
	Build  string `json:"build"`
}

func (s *Server) alive(context.Context, *struct{}) (*one[Health], error) {
	return &one[Health]{Health{Status: "ok", Build: s.build}}, nil
}

// ready fails once the server is stopping, so that nothing new is sent to it.
func (s *Server) ready(ctx context.Context, _ *struct{}) (*one[Health], error) {
	if s.stopping() {
		return nil, context.Canceled
	}
	if err := s.options.Hub.Ready(ctx); err != nil {
		return nil, err
	}
	return s.alive(ctx, nil)
}
