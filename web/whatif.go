package web

import (
	"context"

	"centerplan/scenarios"
)

type bridgeInput struct {
	PlanPath
	From string `query:"from" required:"true" doc:"code of a scenario"`
	To   string `query:"to" required:"true" doc:"code of a scenario"`
	Line string `query:"line" required:"true" doc:"code of the line whose total is explained"`
}

// bridge explains how a line's total differs between two scenarios.
func (s *Server) bridge(ctx context.Context, in *bridgeInput) (*one[scenarios.Bridge], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	found, err := view.Bridge(ctx, scenarios.Code(in.From), scenarios.Code(in.To), in.Line)
	if err != nil {
		return nil, err
	}
	return &one[scenarios.Bridge]{found}, nil
}

type effectsInput struct {
	PlanPath
	Scenario string `query:"scenario" default:"base"`
	Line     string `query:"line" required:"true" doc:"code of the line whose total is watched"`
}

// effects tells what each initiative does to a line's total.
func (s *Server) effects(ctx context.Context, in *effectsInput) (*one[scenarios.Effects], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	found, err := view.Effects(ctx, scenarios.Code(in.Scenario), in.Line)
	if err != nil {
		return nil, err
	}
	return &one[scenarios.Effects]{found}, nil
}

type sensitivityInput struct {
	PlanPath
	Scenario string   `query:"scenario" default:"base"`
	Line     string   `query:"line" required:"true" doc:"code of the line whose total is watched"`
	Range    float64  `query:"range" default:"0.1" exclusiveMinimum:"0" maximum:"1" doc:"share by which each driver is scaled down and up"`
	Driver   []string `query:"driver,explode" doc:"codes of input lines; without any all that the line rests on"`
	Most     int      `query:"most" default:"12" minimum:"1" maximum:"200" doc:"how many drivers to tell, the widest swings first"`
}

// sensitivity tells how far a line's total swings with each of its drivers.
func (s *Server) sensitivity(ctx context.Context, in *sensitivityInput) (*one[scenarios.Sensitivity], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	found, err := view.Sensitivity(ctx, scenarios.Code(in.Scenario), scenarios.SensitivityAsk{
		Line: in.Line, Range: in.Range, Drivers: in.Driver, Most: in.Most,
	})
	if err != nil {
		return nil, err
	}
	return &one[scenarios.Sensitivity]{found}, nil
}

type gapInput struct {
	PlanPath
	Scenario string `query:"scenario" default:"base"`
	Hiring   string `query:"hiring" doc:"code of the hiring plan whose people are missing"`
	Line     string `query:"line" doc:"code of a line of people needed, where there is no hiring plan"`
	Against  string `query:"against" default:"base" doc:"with line: the scenario whose people are there"`
	Cost     string `query:"cost" doc:"code of the line whose total prices the options; without it they have no price"`
}

// gap tells where people are missing in a scenario and what would close it.
func (s *Server) gap(ctx context.Context, in *gapInput) (*one[scenarios.Gap], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	ask := scenarios.GapAsk{Hiring: in.Hiring, Line: in.Line, Cost: in.Cost}
	if in.Line != "" {
		ask.Hiring, ask.Against = "", scenarios.Code(in.Against)
	}
	found, err := view.Gap(ctx, scenarios.Code(in.Scenario), ask)
	if err != nil {
		return nil, err
	}
	return &one[scenarios.Gap]{found}, nil
}
