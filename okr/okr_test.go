package okr_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/document"
)

func TestProgressAgreesWithVectors(t *testing.T) {
	var vectors struct {
		Progress []struct {
			Start, Target, Current float64
			Direction              string
			Raw                    float64 `json:"progress_raw"`
			Clamped                float64 `json:"progress_clamped"`
		} `json:"okr_progress"`
		Rollup []struct {
			KRs       [][2]float64 `json:"krs"`
			Objective float64
		} `json:"okr_rollup"`
	}
	decodeFile(t, "testdata/vectors.json", &vectors)
	for _, v := range vectors.Progress {
		better := budget.Good
		if v.Direction == "down" {
			better = budget.Bad
		}
		got := okr.KeyResult{Baseline: v.Start, Target: v.Target}.Progress(v.Current, better)
		if !near(got, v.Raw) || !near(okr.Clamp(got), v.Clamped) {
			t.Errorf("%v to %v at %v: got %v, want %v clamped to %v", v.Start, v.Target, v.Current, got, v.Raw, v.Clamped)
		}
	}
	for _, v := range vectors.Rollup {
		var parts []okr.Part
		for _, kr := range v.KRs {
			parts = append(parts, okr.Part{Progress: kr[0], Weight: kr[1]})
		}
		if got, ok := okr.Rollup(parts); !ok || !near(got, v.Objective) {
			t.Errorf("roll-up of %v: got %v, want %v", v.KRs, got, v.Objective)
		}
	}
}

func TestProgressOfAHeldBaseline(t *testing.T) {
	held := okr.KeyResult{Baseline: 0.8, Target: 0.8}
	cases := map[string]struct {
		actual float64
		better budget.Sense
		want   float64
	}{
		"the exact value holds":                       {0.8, budget.Neither, 1},
		"any other value is lost without a direction": {0.9, budget.Neither, 0},
		"more holds where more is better":             {0.9, budget.Good, 1},
		"less is lost where more is better":           {0.7, budget.Good, 0},
		"less holds where less is better":             {0.7, budget.Bad, 1},
		"more is lost where less is better":           {0.9, budget.Bad, 0},
	}
	for name, c := range cases {
		if got := held.Progress(c.actual, c.better); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestProgressRollsUpOnlyWhatIsKnown(t *testing.T) {
	model := read(t, sample)
	values := map[string]float64{"fcr": 0.735, "cost_per_resolution": 7.5}
	actual := func(k okr.KeyResult) (float64, budget.Sense, bool) {
		value, ok := values[k.Line]
		return value, budget.Neither, ok
	}
	if got, ok := model.Objectives[0].Progress(actual); !ok || !near(got, 0.5) {
		t.Errorf("one key result half way: got %v %v, want 0.5", got, ok)
	}
	if got, ok := model.Progress(actual); !ok || !near(got, 0.6*0.5+0.4*1) {
		t.Errorf("the whole: got %v %v, want 0.7", got, ok)
	}
	delete(values, "cost_per_resolution")
	if _, ok := model.Progress(actual); ok {
		t.Error("a key result without a value leaves the whole without progress")
	}
	if _, ok := (okr.Objective{}).Progress(actual); ok {
		t.Error("an objective without key results has no progress")
	}
}

func TestMilestoneOverdue(t *testing.T) {
	due, _ := calendar.ParseDate("2027-03-31")
	cases := map[string]struct {
		due    calendar.Date
		status okr.Status
		today  string
		late   int
	}{
		"on its day it is not late":         {due, okr.Planned, "2027-03-31", 0},
		"the day after it is one day late":  {due, okr.Planned, "2027-04-01", 1},
		"an active one can be late":         {due, okr.Active, "2027-04-30", 30},
		"a done one is never late":          {due, okr.Done, "2028-01-01", 0},
		"a dropped one is never late":       {due, okr.Dropped, "2028-01-01", 0},
		"one without a day is never late":   {calendar.Date{}, okr.Planned, "2028-01-01", 0},
		"before its day it is not late yet": {due, okr.Active, "2026-12-31", 0},
	}
	for name, c := range cases {
		today, _ := calendar.ParseDate(c.today)
		m := okr.Milestone{Due: c.due, Status: c.status}
		if got := m.DaysLate(today); got != c.late || m.Overdue(today) != (c.late > 0) {
			t.Errorf("%s: got %d days, overdue %v; want %d days", name, got, m.Overdue(today), c.late)
		}
	}
}

const sample = `{
 "roles": {"director": {"code": "director", "rank": "a", "name": {"en": "Center director", "zh": "中心总监"}}},
 "objectives": {
  "resolve": {"code": "resolve", "rank": "a", "group": "customer", "name": {"en": "Solved at once"}, "owner": "director", "weight": 0.6,
   "key_results": {"fcr": {"code": "fcr", "rank": "a", "name": {"en": "FCR"}, "line": "fcr", "baseline": 0.71, "target": 0.76, "unit": "%"}}},
  "cost": {"code": "cost", "rank": "b", "group": "finance", "owner": "director", "weight": 0.4,
   "key_results": {"cpr": {"code": "cpr", "rank": "a", "line": "cost_per_resolution", "baseline": 8, "target": 7.5}}}},
 "milestones": {
  "study": {"code": "study", "rank": "a", "name": {"en": "Repeat study"}, "owner": "director", "due": "2027-02-28",
   "objective": "resolve", "status": "active", "acceptance": {"en": "Ten causes ranked"}}}
}`

func TestRead(t *testing.T) {
	model := read(t, sample)
	if got := model.Objectives[0].KeyResults[0]; got.Line != "fcr" || got.Target != 0.76 || got.Weight != 1 {
		t.Errorf("key result: got %+v", got)
	}
	milestone := model.MilestonesOf("resolve")[0]
	if milestone.Due.String() != "2027-02-28" || milestone.Status != okr.Active || milestone.Owner != "director" {
		t.Errorf("milestone: got %+v", milestone)
	}
	if list := model.Check(knows("fcr", "cost_per_resolution")); len(list) != 0 {
		t.Errorf("a finished section has no problems: got\n%v", list)
	}
	if list := (okr.Model{}).Check(knows()); len(list) != 0 {
		t.Errorf("a plan without goals has no problems: got\n%v", list)
	}
}

func TestReadRefuses(t *testing.T) {
	cases := map[string]struct{ from, to, want string }{
		"an owner that is no role":           {`"owner": "director", "weight"`, `"owner": "boss", "weight"`, "okr.unknown_role at /okr/objectives/resolve/owner"},
		"a deputy that is no role":           {`"due"`, `"deputy": "x", "due"`, "okr.unknown_role at /okr/milestones/study/deputy"},
		"a milestone of no objective":        {`"objective": "resolve"`, `"objective": "gone"`, "okr.unknown_objective at /okr/milestones/study/objective"},
		"a day that does not exist":          {`2027-02-28`, `2027-02-30`, "shape.date at /okr/milestones/study/due"},
		"a weight above the whole":           {`0.6`, `1.6`, "shape.range at /okr/objectives/resolve/weight"},
		"a negative weight of a key result":  {`"unit": "%"`, `"weight": -1`, "okr.weight_negative at /okr/objectives/resolve/key_results/fcr/weight"},
		"a status that does not exist":       {`"active"`, `"late"`, "shape.one_of at /okr/milestones/study/status"},
		"a misspelt field":                   {`"acceptance"`, `"acceptances"`, "shape.unknown_field at /okr/milestones/study/acceptances"},
		"a list where members are kept":      {`"roles": {"director": {"code": "director", "rank": "a", "name": {"en": "Center director", "zh": "中心总监"}}}`, `"roles": []`, "shape.type at /okr/roles"},
		"a number where the line's code is":  {`"line": "fcr"`, `"line": 7`, "shape.type at /okr/objectives/resolve/key_results/fcr/line"},
		"a group that is none of the four":   {`"finance"`, `"money"`, "shape.one_of at /okr/objectives/cost/group"},
		"a target that is not a number":      {`"target": 0.76`, `"target": "76%"`, "shape.type at /okr/objectives/resolve/key_results/fcr/target"},
		"an objective that is not an object": {`"milestones": {`, `"milestones": {"m": 1,`, "shape.type at /okr/milestones/m"},
	}
	for name, c := range cases {
		text := strings.Replace(sample, c.from, c.to, 1)
		r := section(t, text)
		okr.Read(r, budget.Model{})
		if got := r.Problems().Error(); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestCheckReports(t *testing.T) {
	cases := map[string]struct{ from, to, want string }{
		"weights that do not sum to 1":    {`0.6`, `0.5`, `okr.weights_sum at /okr/objectives sum="0.9"`},
		"an objective nobody owns":        {`"owner": "director", "weight": 0.6`, `"weight": 0.6`, `okr.no_owner at /okr/objectives/resolve/owner objective="resolve"`},
		"an objective without key result": {`"cpr": {"code": "cpr", "rank": "a", "line": "cost_per_resolution", "baseline": 8, "target": 7.5}`, ``, `okr.no_key_result at /okr/objectives/cost/key_results objective="cost"`},
		"a key result on no line":         {`"line": "fcr",`, ``, `okr.key_result_unbound at /okr/objectives/resolve/key_results/fcr/line`},
		"a key result on an unknown line": {`"line": "fcr"`, `"line": "fcrr"`, `okr.unknown_line at /okr/objectives/resolve/key_results/fcr/line key_result="fcr" line="fcrr"`},
		"a milestone of no objective":     {`"objective": "resolve",`, ``, `okr.milestone_no_objective at /okr/milestones/study/objective`},
		"a milestone nobody owns":         {`"owner": "director", "due"`, `"due"`, `okr.milestone_no_owner at /okr/milestones/study/owner`},
		"a milestone without a day":       {`"due": "2027-02-28",`, ``, `okr.milestone_no_due at /okr/milestones/study/due`},
		"a milestone without a test":      {`"acceptance": {"en": "Ten causes ranked"}`, `"note": {}`, `okr.milestone_no_acceptance at /okr/milestones/study/acceptance`},
		"a code given twice":              {`"code": "cost"`, `"code": "resolve"`, `okr.code_twice at /okr/objectives/cost/code code="resolve"`},
	}
	for name, c := range cases {
		model := read(t, strings.Replace(sample, c.from, c.to, 1))
		got := model.Check(knows("fcr", "cost_per_resolution"))
		if len(got) != 1 || !strings.HasPrefix(got[0].Error(), c.want) {
			t.Errorf("%s: got %q, want only %q", name, got.Error(), c.want)
		}
	}
	dropped := strings.Replace(sample, `"objective": "resolve", "status": "active"`, `"status": "dropped"`, 1)
	if got := read(t, dropped).Check(knows("fcr", "cost_per_resolution")); len(got) != 0 {
		t.Errorf("a dropped milestone needs nothing more: got %v", got)
	}
}

func knows(lines ...string) func(string) bool {
	return func(code string) bool { return slices.Contains(lines, code) }
}

func section(t *testing.T, text string) document.Reader {
	t.Helper()
	var node document.Node
	if err := json.Unmarshal([]byte(`{"okr":`+text+`}`), &node); err != nil {
		t.Fatal(err)
	}
	return document.Read(node).Field("okr")
}

func read(t *testing.T, text string) okr.Model {
	t.Helper()
	r := section(t, text)
	model := okr.Read(r, budget.Model{})
	if err := r.Problems().Err(); err != nil {
		t.Fatal(err)
	}
	return model
}

func decodeFile(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func near(a, b float64) bool {
	return math.Abs(a-b) <= max(1e-12, 1e-9*math.Abs(b))
}

// FuzzRead holds that any JSON reads without a panic, and that what was read
// can be checked and asked for its progress.
func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add(`{"roles": {"a": 1}, "objectives": [], "milestones": {"m": {"due": {}, "owner": null}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var node document.Node
		if json.Unmarshal([]byte(text), &node) != nil {
			return
		}
		model := okr.Read(document.Read(node), budget.Model{})
		_ = model.Check(knows())
		model.Progress(func(okr.KeyResult) (float64, budget.Sense, bool) { return 1, budget.Good, true })
	})
}
