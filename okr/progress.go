package okr

import "centerplan/budget"

// Progress returns how far actual has moved from Baseline to Target: 0 at the
// baseline, 1 at the target, negative when it has moved the wrong way, above 1
// beyond the target. Where the target is the baseline, holding it (or being
// better, as the line's own sense says) is 1 and losing it is 0. That sense
// matters only there: otherwise baseline and target tell which way is better.
func (k KeyResult) Progress(actual float64, better budget.Sense) float64 {
	if k.Target != k.Baseline {
		return (actual - k.Baseline) / (k.Target - k.Baseline)
	}
	held := actual == k.Target || better == budget.Good && actual > k.Target || better == budget.Bad && actual < k.Target
	if held {
		return 1
	}
	return 0
}

// Clamp limits progress to 0..1, as roll-ups count it: a setback does not eat
// another result's gain, and no result can be more than reached.
func Clamp(progress float64) float64 { return min(max(progress, 0), 1) }

// A Part is one thing's progress and how much it counts among its siblings.
type Part struct {
	Progress float64
	Weight   float64
}

// Rollup returns the weighted mean of the parts' clamped progress. It reports
// false where there is nothing to average: no parts, or weights that sum to 0.
func Rollup(parts []Part) (float64, bool) {
	var sum, weights float64
	for _, part := range parts {
		sum += float64(Clamp(part.Progress) * part.Weight)
		weights += part.Weight
	}
	if weights <= 0 {
		return 0, false
	}
	return sum / weights, true
}

// An Actual answers the present value of a key result's line and which way of
// it is better. It reports false where the line has no value.
type Actual func(KeyResult) (value float64, better budget.Sense, ok bool)

// Progress returns the weighted mean of the key results' clamped progress. It
// reports false where the objective has no key result or one of them has no
// value: a mean over the known ones would look better than what is known.
func (o Objective) Progress(actual Actual) (float64, bool) {
	parts := make([]Part, 0, len(o.KeyResults))
	for _, result := range o.KeyResults {
		value, better, ok := actual(result)
		if !ok {
			return 0, false
		}
		parts = append(parts, Part{Progress: result.Progress(value, better), Weight: result.Weight})
	}
	return Rollup(parts)
}

// Progress returns the weighted mean over all objectives, and false where one
// of them has none.
func (m Model) Progress(actual Actual) (float64, bool) {
	parts := make([]Part, 0, len(m.Objectives))
	for _, objective := range m.Objectives {
		progress, ok := objective.Progress(actual)
		if !ok {
			return 0, false
		}
		parts = append(parts, Part{Progress: progress, Weight: objective.Weight})
	}
	return Rollup(parts)
}
