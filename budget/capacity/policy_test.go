package capacity_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"centerplan/budget/capacity"
	"centerplan/planning/document"
)

// read reads a policy from JSON and says what was wrong, as pointer and key.
func read(t *testing.T, text string) (capacity.Policy, []string) {
	t.Helper()
	var node any
	if err := json.Unmarshal([]byte(text), &node); err != nil {
		t.Fatal(err)
	}
	r := document.Read(node)
	p := capacity.ReadPolicy(r)
	var problems []string
	for _, problem := range r.Problems() {
		problems = append(problems, problem.Pointer+" "+problem.Key)
	}
	return p, problems
}

func TestPolicyDefaults(t *testing.T) {
	got, problems := read(t, `{"target": 0.8, "within_s": 20}`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := capacity.DefaultPolicy()
	want.Target, want.WithinS = is(0.8), is(20)
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
	staffing := plain(got)
	if !staffing.CalendarHours || staffing.IntervalMin != 30 || staffing.DayFactors[6] != 1 || staffing.HolidayFactor != 1 ||
		staffing.MaxOccupancy != 1 || !math.IsInf(staffing.MaxWaitS, 1) || !math.IsInf(staffing.PatienceS, 1) ||
		staffing.MaxAbandon != 1 || staffing.Concurrency != 1 || staffing.Reckoning != (capacity.Reckoning{}) || staffing.Shrinkage != 0 ||
		staffing.ScheduleEfficiency != 1 || staffing.MinimumAgents != 0 || staffing.OpenFrom != 0 || staffing.OpenTo != 1440 {
		t.Errorf("the defaults are %+v", staffing)
	}
	if err := staffing.Check(); err != nil {
		t.Errorf("the defaults are refused: %v", err)
	}
}

func TestPolicyIsReadInFull(t *testing.T) {
	got, problems := read(t, `{
		"interval_min": 60, "profile": {"weekday": [`+strings.Repeat("1,", 23)+`"peak"], "weekend": [`+strings.Repeat("2,", 23)+`2]},
		"day_factors": {"mon": 1.12, "sun": "sunday"}, "holiday_factor": 0.6, "open": ["08:00", "24:00"],
		"target": "sl", "within_s": 20, "basis": "sl_excl_short", "max_occupancy": 0.85, "max_wait_s": 30,
		"max_abandon": 0.05, "patience_s": "patience", "concurrency": 2.5, "concurrency_method": "factor",
		"shrinkage": "shrink", "schedule_efficiency": 0.92, "paid_hours": 165, "minimum_agents": 2, "model": "erlang_a"}`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if want := []string{"patience", "peak", "shrink", "sl", "sunday"}; !slices.Equal(got.Lines(), want) {
		t.Errorf("lines %v, want %v", got.Lines(), want)
	}
	staffing := got.Resolve(func(code string) float64 {
		return map[string]float64{"patience": 90, "peak": 5, "shrink": 0.3, "sl": 0.9, "sunday": 0.5}[code]
	})
	var want capacity.Staffing
	want.IntervalMin = 60
	want.Weekday, want.Weekend = slices.Repeat([]float64{1}, 24), slices.Repeat([]float64{2}, 24)
	want.Weekday[23] = 5
	want.DayFactors = [7]float64{1.12, 1, 1, 1, 1, 1, 0.5}
	want.HolidayFactor, want.OpenFrom, want.OpenTo = 0.6, 480, 1440
	want.Target, want.WithinS, want.MaxOccupancy, want.MaxWaitS = 0.9, 20, 0.85, 30
	want.MaxAbandon, want.PatienceS, want.Concurrency = 0.05, 90, 2.5
	want.Model, want.Basis, want.Chats = capacity.ErlangAModel, capacity.ExclShort, capacity.ByFactor
	want.Shrinkage, want.ScheduleEfficiency, want.PaidHours, want.MinimumAgents = 0.3, 0.92, 165, 2
	if d := cmp.Diff(staffing, want, cmpopts.IgnoreUnexported(capacity.Staffing{})); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
	if err := staffing.Check(); err != nil {
		t.Error(err)
	}
}

func TestPolicyNamesEveryFault(t *testing.T) {
	for name, c := range map[string]struct {
		fields string // beside target and within_s
		want   []string
	}{
		"nothing more is sound":                  {``, nil},
		"a misspelt field is never dropped":      {`"max_occ": 0.8`, []string{"/max_occ shape.unknown_field"}},
		"a misspelt day is never dropped":        {`"day_factors": {"monday": 1}`, []string{"/day_factors/monday shape.unknown_field"}},
		"a number is no list":                    {`"shrinkage": [0.3]`, []string{"/shrinkage shape.type"}},
		"a line has a name":                      {`"shrinkage": ""`, []string{"/shrinkage capacity.line_empty"}},
		"shrinkage stays below 95%":              {`"shrinkage": 0.95`, []string{"/shrinkage capacity.shrinkage_range"}},
		"occupancy is above zero":                {`"max_occupancy": 0`, []string{"/max_occupancy capacity.occupancy_range"}},
		"a wait is above zero":                   {`"max_wait_s": 0`, []string{"/max_wait_s capacity.max_wait_range"}},
		"efficiency is at most one":              {`"schedule_efficiency": 1.1`, []string{"/schedule_efficiency capacity.efficiency_range"}},
		"paid hours are above zero":              {`"paid_hours": 0`, []string{"/paid_hours capacity.paid_hours_range"}},
		"a minimum is not negative":              {`"minimum_agents": -1`, []string{"/minimum_agents capacity.minimum_range"}},
		"an interval is 15, 30 or 60 minutes":    {`"interval_min": 20`, []string{"/interval_min capacity.interval_values"}},
		"an interval may be a line":              {`"interval_min": "grid"`, nil},
		"a profile has a weight per interval":    {`"profile": {"weekday": [1, 2]}`, []string{"/profile/weekday capacity.profile_length"}},
		"a weight is not negative":               {`"interval_min": "grid", "profile": {"weekend": [1, -2]}`, []string{"/profile/weekend/1 capacity.weight_range"}},
		"hours are a pair of times":              {`"open": ["08:00"]`, []string{"/open capacity.open_shape"}},
		"an hour has sixty minutes":              {`"open": ["08:60", "22:00"]`, []string{"/open capacity.open_shape"}},
		"a day has 24 hours":                     {`"open": ["08:00", "24:30"]`, []string{"/open capacity.open_shape"}},
		"a time has no sign":                     {`"open": ["+8:00", "22:00"]`, []string{"/open capacity.open_shape"}},
		"hours end after they begin":             {`"open": ["22:00", "08:00"]`, []string{"/open capacity.open_order"}},
		"hours fit the intervals":                {`"open": ["08:15", "22:00"]`, []string{"/open capacity.open_grid"}},
		"patience is above zero":                 {`"patience_s": 0`, []string{"/patience_s capacity.patience_range"}},
		"patience alone changes nothing":         {`"patience_s": 120`, nil},
		"Erlang A needs patience":                {`"model": "erlang_a"`, []string{"/patience_s capacity.patience_missing"}},
		"Erlang A with patience is sound":        {`"model": "erlang_a", "patience_s": 120`, nil},
		"patience may be a line":                 {`"model": "erlang_a", "patience_s": "patience"`, nil},
		"somebody may give up":                   {`"max_abandon": 0`, []string{"/max_abandon capacity.max_abandon_range"}},
		"no more than all give up":               {`"max_abandon": 1.1`, []string{"/max_abandon capacity.max_abandon_range"}},
		"an agent has at least one contact":      {`"concurrency": 0.5`, []string{"/concurrency capacity.concurrency_range"}},
		"an agent has at most ten contacts":      {`"concurrency": 11`, []string{"/concurrency capacity.concurrency_range"}},
		"ten contacts are sound by slot":         {`"concurrency": 10`, nil},
		"factors end at five contacts":           {`"concurrency": 6, "concurrency_method": "factor"`, []string{"/concurrency capacity.concurrency_factor"}},
		"five contacts have a factor":            {`"concurrency": 5, "concurrency_method": "factor"`, nil},
		"a method is one of the known":           {`"concurrency_method": "guess"`, []string{"/concurrency_method shape.one_of"}},
		"a model is one of the known":            {`"model": "erlang_x"`, []string{"/model shape.one_of"}},
		"a basis is one of the known":            {`"basis": "sl"`, []string{"/basis shape.one_of"}},
		"all faults are told, not the first one": {`"shrinkage": 2, "model": "erlang_a"`, []string{"/patience_s capacity.patience_missing", "/shrinkage capacity.shrinkage_range"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := `{"target": 0.8, "within_s": 20`
			if c.fields != "" {
				text += ", " + c.fields
			}
			if _, got := read(t, text+"}"); !slices.Equal(got, c.want) {
				t.Errorf("problems %q, want %q", got, c.want)
			}
		})
	}
}

func TestPolicyNeedsItsTarget(t *testing.T) {
	_, got := read(t, `{}`)
	if want := []string{"/target shape.missing", "/within_s shape.missing"}; !slices.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
	_, got = read(t, `{"target": 1, "within_s": -1}`)
	if want := []string{"/target capacity.target_range", "/within_s capacity.within_range"}; !slices.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
	if _, got = read(t, `null`); !slices.Equal(got, []string{" shape.missing"}) {
		t.Errorf("problems %q of no policy", got)
	}
}
