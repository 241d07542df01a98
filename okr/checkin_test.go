package okr_test

import (
	"strings"
	"testing"

	"centerplan/budget"
	"centerplan/okr"
)

// checked is sample with check-ins, out of order.
func checked(checkIns string) string {
	return strings.TrimSuffix(strings.TrimSpace(sample), "}") + `, "checkins": {` + checkIns + `}}`
}

const onFCR = `"of": "/okr/objectives/resolve/key_results/fcr"`

func TestTheLatestCheckInCounts(t *testing.T) {
	model := read(t, checked(`
 "z": {`+onFCR+`, "day": "2027-01-31", "value": 0.72, "confidence": 2},
 "b": {`+onFCR+`, "day": "2027-03-31", "value": 0.73, "note": "recounted"},
 "a": {`+onFCR+`, "day": "2027-03-31", "value": 0.71},
 "c": {`+onFCR+`, "day": "2027-04-30", "confidence": 5, "blocker": "the survey"},
 "m": {"of": "/okr/milestones/study", "day": "2027-02-01", "confidence": 4}`))
	var order []string
	for _, c := range model.CheckIns {
		order = append(order, string(c.ID))
	}
	if got := strings.Join(order, ""); got != "zmabc" {
		t.Errorf("check-ins come in the order %s, want zmabc", got)
	}
	of := okr.ResultPointer("resolve", "fcr")
	if last, _ := model.Latest(of); last.ID != "c" || last.HasValue || last.Blocker != "the survey" || last.KeyResult != "fcr" || last.Objective != "resolve" {
		t.Errorf("the latest is %+v", last)
	}
	if last, _ := model.LatestValue(of); last.ID != "b" || last.Value != 0.73 {
		t.Errorf("the latest with a value is %+v", last)
	}
	if last, ok := model.Latest(okr.MilestonePointer("study")); !ok || last.Milestone != "study" || last.Confidence != 4 {
		t.Errorf("the latest on the milestone is %+v", last)
	}
	for _, nothing := range []string{"", "/okr/milestones/none", "/okr/objectives/resolve"} {
		if _, ok := model.Latest(nothing); ok {
			t.Errorf("there is a check-in on %q", nothing)
		}
	}
	if _, ok := model.LatestValue(okr.MilestonePointer("study")); ok {
		t.Error("a milestone has a value")
	}
}

func TestReadRefusesCheckIns(t *testing.T) {
	for name, c := range map[string]struct{ checkIn, want string }{
		"on nothing":                {`"day": "2027-01-31"`, "shape.missing at /okr/checkins/x/of"},
		"on a key result not there": {`"of": "/okr/objectives/resolve/key_results/none", "day": "2027-01-31"`, "okr.checkin_of at /okr/checkins/x/of"},
		"on an objective":           {`"of": "/okr/objectives/resolve", "day": "2027-01-31"`, "okr.checkin_of at /okr/checkins/x/of"},
		"on a line":                 {`"of": "/budget/lines/fcr", "day": "2027-01-31"`, "okr.checkin_of at /okr/checkins/x/of"},
		"on no pointer":             {`"of": "study", "day": "2027-01-31"`, "okr.checkin_of at /okr/checkins/x/of"},
		"without a day":             {onFCR, "shape.missing at /okr/checkins/x/day"},
		"on a day that is none":     {onFCR + `, "day": "2027-02-29"`, "shape.date at /okr/checkins/x/day"},
		"of a month":                {onFCR + `, "day": "2027-02"`, "shape.date at /okr/checkins/x/day"},
		"with no confidence at all": {onFCR + `, "day": "2027-01-31", "confidence": 0`, "shape.range at /okr/checkins/x/confidence"},
		"with too much of it":       {onFCR + `, "day": "2027-01-31", "confidence": 6`, "shape.range at /okr/checkins/x/confidence"},
		"with half a confidence":    {onFCR + `, "day": "2027-01-31", "confidence": 3.5`, "okr.checkin_confidence at /okr/checkins/x/confidence"},
		"with a value in words":     {onFCR + `, "day": "2027-01-31", "value": "71%"`, "shape.type at /okr/checkins/x/value"},
		"of a milestone with value": {`"of": "/okr/milestones/study", "day": "2027-01-31", "value": 1`, "okr.checkin_no_figure at /okr/checkins/x/value"},
		"with a note that is none":  {onFCR + `, "day": "2027-01-31", "note": {"en": "x"}`, "shape.type at /okr/checkins/x/note"},
		"with a field too many":     {onFCR + `, "day": "2027-01-31", "who": "me"`, "shape.unknown_field at /okr/checkins/x/who"},
	} {
		r := section(t, checked(`"x": {`+c.checkIn+`}`))
		okr.Read(r, budget.Model{})
		if got := r.Problems().Error(); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestStanding(t *testing.T) {
	planned := func(result okr.KeyResult) (float64, budget.Sense, bool) {
		return map[string]float64{"fcr": 0.735}[result.Line], budget.Good, result.Line == "fcr"
	}
	model := read(t, checked(`"a": {`+onFCR+`, "day": "2027-01-31", "value": 0.72},
 "b": {"of": "/okr/objectives/cost/key_results/cpr", "day": "2027-01-31", "value": 8.5}`))
	objectives, byPlan, byCheckIn := model.Standing(planned)
	resolve, cost := objectives[0], objectives[1]
	if got := resolve.Results[0]; !near(got.Planned.Progress, 0.5) || !near(got.Measured.Progress, 0.2) || got.Measured.Value != 0.72 || got.CheckIn != "a" {
		t.Errorf("a rising key result: got %+v %+v", got.Planned, got.Measured)
	}
	if got := cost.Results[0]; got.Planned != nil || !near(got.Measured.Progress, -1) {
		t.Errorf("a falling one that rose, on a line without a value: got %+v", got)
	}
	if !near(*resolve.Planned, 0.5) || cost.Planned != nil || *cost.Measured != 0 {
		t.Errorf("objectives: got %+v and %+v", resolve, cost)
	}
	if byPlan != nil || !near(*byCheckIn, 0.12) {
		t.Errorf("the whole: got %v by plan, %v by check-ins; want none and 0.12", byPlan, *byCheckIn)
	}
	if objectives, byPlan, byCheckIn := (okr.Model{}).Standing(planned); objectives != nil || byPlan != nil || byCheckIn != nil {
		t.Error("a plan without goals stands somewhere")
	}
}

func TestAMilestoneStartsBeforeItIsDue(t *testing.T) {
	for start, want := range map[string]int{"2027-01-01": 0, "2027-02-28": 0, "2027-03-01": 1} {
		model := read(t, strings.Replace(sample, `"due"`, `"start": "`+start+`", "due"`, 1))
		if model.Milestones[0].Start.String() != start {
			t.Errorf("the start is %v, want %s", model.Milestones[0].Start, start)
		}
		list := model.Check(knows("fcr", "cost_per_resolution"))
		if len(list) != want || want > 0 && list[0].Key != "okr.milestone_starts_late" {
			t.Errorf("a start on %s: got %v", start, list)
		}
	}
}
