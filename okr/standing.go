package okr

import "centerplan/budget"

// A Reading is a value of a key result and how far that is from its baseline to
// its target, as KeyResult.Progress reckons it.
type Reading struct {
	Value    float64
	Progress float64
}

// A ResultStanding is how one key result stands: by the plan, and by what was
// measured last. Either is nil where it is not known.
type ResultStanding struct {
	KeyResult KeyResultID
	Planned   *Reading
	Measured  *Reading
	// CheckIn is the one Measured comes from; empty where there is none.
	CheckIn CheckInID
}

// An ObjectiveStanding is how one objective stands. A progress is nil where one
// of its key results has no value.
type ObjectiveStanding struct {
	Objective         ObjectiveID
	Planned, Measured *float64
	Results           []ResultStanding
}

// Standing returns how every objective stands and how the whole does, by the
// plan's figures and by the last check-in of each key result.
func (m Model) Standing(planned Actual) (objectives []ObjectiveStanding, byPlan, byCheckIn *float64) {
	for _, objective := range m.Objectives {
		standing := ObjectiveStanding{Objective: objective.ID}
		for _, result := range objective.KeyResults {
			standing.Results = append(standing.Results, m.standingOf(objective, result, planned))
		}
		standing.Planned = known(objective.Progress(planned))
		standing.Measured = known(objective.Progress(m.measured(objective.ID, planned)))
		objectives = append(objectives, standing)
	}
	return objectives, known(m.Progress(planned)), known(m.measuredProgress(planned))
}

func (m Model) standingOf(objective Objective, result KeyResult, planned Actual) ResultStanding {
	standing := ResultStanding{KeyResult: result.ID}
	value, better, ok := planned(result)
	if ok {
		standing.Planned = &Reading{value, result.Progress(value, better)}
	}
	if last, ok := m.LatestValue(ResultPointer(objective.ID, result.ID)); ok {
		standing.CheckIn = last.ID
		standing.Measured = &Reading{last.Value, result.Progress(last.Value, better)}
	}
	return standing
}

// measured answers the values that the check-ins of an objective told last.
func (m Model) measured(objective ObjectiveID, planned Actual) Actual {
	return func(result KeyResult) (float64, budget.Sense, bool) {
		_, better, _ := planned(result)
		last, ok := m.LatestValue(ResultPointer(objective, result.ID))
		return last.Value, better, ok
	}
}

// measuredProgress is Progress by check-ins.
func (m Model) measuredProgress(planned Actual) (float64, bool) {
	var parts []Part
	for _, objective := range m.Objectives {
		progress, ok := objective.Progress(m.measured(objective.ID, planned))
		if !ok {
			return 0, false
		}
		parts = append(parts, Part{Progress: progress, Weight: objective.Weight})
	}
	return Rollup(parts)
}

func known(progress float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &progress
}
