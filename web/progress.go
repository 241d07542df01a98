package web

import (
	"context"

	"centerplan/budget"
	"centerplan/okr"
	"centerplan/scenarios"
	"centerplan/web/live"
)

// A GoalProgress tells how the objectives stand: by the plan's figures in a
// scenario, and by what was measured last. Progress is 0 at the baseline and 1
// at the target; null where a value is missing or not shown.
type GoalProgress struct {
	Scenario   scenarios.Code      `json:"scenario"`
	Planned    *float64            `json:"planned" doc:"weighted over all objectives"`
	Measured   *float64            `json:"measured" doc:"weighted over all objectives, by check-ins"`
	Objectives []ObjectiveProgress `json:"objectives"`
}

// An ObjectiveProgress tells how one objective stands.
type ObjectiveProgress struct {
	ID         string           `json:"id"`
	Planned    *float64         `json:"planned"`
	Measured   *float64         `json:"measured"`
	KeyResults []ResultProgress `json:"key_results"`
}

// A ResultProgress tells how one key result stands.
type ResultProgress struct {
	ID       string       `json:"id"`
	Planned  *ReadingInfo `json:"planned"`
	Measured *ReadingInfo `json:"measured"`
	CheckIn  string       `json:"checkin,omitempty" doc:"the check-in that measured comes from"`
}

// A ReadingInfo is a value and how far it is from baseline to target; below 0
// where it moved the wrong way, above 1 beyond the target.
type ReadingInfo struct {
	Value    float64 `json:"value"`
	Progress float64 `json:"progress"`
}

type progressInput struct {
	PlanPath
	Scenario string `query:"scenario" default:"base" doc:"code of the scenario whose figures count"`
}

func (s *Server) progress(ctx context.Context, in *progressInput) (*one[GoalProgress], error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	outcome, err := view.Outcome(scenarios.Code(in.Scenario))
	if err != nil {
		return nil, err
	}
	return &one[GoalProgress]{progressOf(view, outcome)}, nil
}

func progressOf(view *live.View, outcome *scenarios.Outcome) GoalProgress {
	planned := func(result okr.KeyResult) (float64, budget.Sense, bool) {
		line, known := view.Plan().Budget.ByCode(result.Line)
		if !known {
			return 0, budget.Neither, false
		}
		total, ok := outcome.Total(result.Line)
		return total, line.Sense, ok
	}
	objectives, byPlan, byCheckIn := view.Plan().OKR.Standing(planned)
	told := GoalProgress{Scenario: outcome.Scenario.Code, Planned: byPlan, Measured: byCheckIn, Objectives: []ObjectiveProgress{}}
	for _, objective := range objectives {
		one := ObjectiveProgress{
			ID: string(objective.Objective), Planned: objective.Planned, Measured: objective.Measured, KeyResults: []ResultProgress{},
		}
		for _, result := range objective.Results {
			one.KeyResults = append(one.KeyResults, ResultProgress{
				ID: string(result.KeyResult), Planned: readingInfo(result.Planned), Measured: readingInfo(result.Measured),
				CheckIn: string(result.CheckIn),
			})
		}
		told.Objectives = append(told.Objectives, one)
	}
	return told
}

func readingInfo(reading *okr.Reading) *ReadingInfo {
	if reading == nil {
		return nil
	}
	return &ReadingInfo{Value: reading.Value, Progress: reading.Progress}
}
