package capacity_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
)

// params returns numbers as a policy holds them.
func params(values []float64) []capacity.Param {
	all := make([]capacity.Param, len(values))
	for i, value := range values {
		all[i].Value = value
	}
	return all
}

func is(value float64) capacity.Param { return capacity.Param{Value: value} }

// telecom is the policy of the vectors: open all day, 80% in 20 seconds.
func telecom(t testing.TB) capacity.Policy {
	p := capacity.DefaultPolicy()
	p.Weekday = params(vectors[[]float64](t, "month.json", "weekday_profile_weights"))
	p.Weekend = params(vectors[[]float64](t, "month.json", "weekend_profile_weights"))
	factors := vectors[map[string]float64](t, "month.json", "day_of_week_factor")
	for i, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		p.DayFactors[i] = is(factors[day])
	}
	p.Target, p.WithinS, p.MaxOccupancy = is(0.8), is(20), is(0.85)
	p.Shrinkage, p.ScheduleEfficiency = is(0.3), is(0.92)
	return p
}

// plain is a policy without lines as staffing.
func plain(p capacity.Policy) capacity.Staffing {
	return p.Resolve(func(string) float64 { return math.NaN() })
}

// typical is the month of the source: 30 days from a Monday.
func typical() ([]calendar.Day, float64) {
	c := calendar.Calendar{Start: calendar.Of(2026, 6), Months: 12, Typical: true}
	return c.Days(0), c.PaidHours(0)
}

func TestMonthVectors(t *testing.T) {
	for i, v := range vectors[[]struct {
		Model             string
		Volume            float64
		Year, Month, Days int
		Workdays          int     `json:"work_days"`
		AHT               float64 `json:"aht_s"`
		T                 float64 `json:"t_s"`
		Target            float64 `json:"sl_target"`
		MaxOcc            float64 `json:"max_occ"`
		From              int     `json:"open_from_interval"`
		To                int     `json:"open_to_interval"`
		Minimum           float64 `json:"min_staff"`
		Shrinkage         float64
		Efficiency        float64 `json:"schedule_efficiency"`
		Holidays          []calendar.Date
		HolidayFactor     float64 `json:"holiday_factor"`
		AgentHours        float64 `json:"agent_hours"`
		PeakAgents        int     `json:"peak_agents"`
		PaidHours         float64 `json:"paid_hours_per_fte"`
		FTE               float64 `json:"fte_required"`
		Occupancy         float64 `json:"avg_occupancy"`
		ServiceLevel      float64 `json:"service_level_month"`
		ASA               float64 `json:"asa_month_s"`
		Patience          float64 `json:"patience_s"`
		Abandonment       float64 `json:"abandon_month"`
	}](t, "month.json", "months") {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			c, faults := calendar.New(calendar.Calendar{
				Start: calendar.Of(v.Year, v.Month), Months: 1, Holidays: v.Holidays,
			})
			if len(faults) > 0 || c.DayCount(0) != v.Days || c.WorkdayCount(0) != v.Workdays || c.PaidHours(0) != v.PaidHours {
				t.Fatalf("%d days, %d workdays, %v", c.DayCount(0), c.WorkdayCount(0), faults)
			}
			p := telecom(t)
			p.OpenFrom, p.OpenTo = v.From*30, v.To*30
			p.WithinS, p.Target, p.MaxOccupancy, p.MinimumAgents = is(v.T), is(v.Target), is(v.MaxOcc), is(v.Minimum)
			p.Shrinkage, p.ScheduleEfficiency, p.HolidayFactor = is(v.Shrinkage), is(v.Efficiency), is(v.HolidayFactor)
			if v.Model == "A" {
				p.Model, p.PatienceS = capacity.ErlangAModel, is(v.Patience)
			}
			size, err := capacity.NewSizer().Month(plain(p), c.Days(0), v.Volume, v.AHT, c.PaidHours(0))
			if err != nil {
				t.Fatal(err)
			}
			if size.AgentHours != v.AgentHours || size.PeakAgents != v.PeakAgents {
				t.Errorf("%v agent hours with a peak of %d, want %v and %d", size.AgentHours, size.PeakAgents, v.AgentHours, v.PeakAgents)
			}
			near(t, "FTE", size.FTE, v.FTE)
			// The vectors put all work offered over the time staffed.
			near(t, "occupancy", size.Occupancy, v.Occupancy*(1-v.Abandonment))
			nearLevel(t, "service level", size.ServiceLevel, v.ServiceLevel)
			near(t, "answer speed", size.AnswerSpeed, v.ASA)
			near(t, "abandonment", size.Abandonment, v.Abandonment)
			if size.Meeting != 1 || size.Overloaded != 0 || size.Worst.ServiceLevel < v.Target {
				t.Errorf("%v of the intervals meet the target, the worst gives %v", size.Meeting, size.Worst.ServiceLevel)
			}
		})
	}
}

type caseRow struct {
	Volume       float64 `json:"volume_month"`
	AgentHours   float64 `json:"agent_hours"`
	PeakAgents   int     `json:"peak_agents"`
	Occupancy    float64 `json:"avg_occupancy"`
	ServiceLevel float64 `json:"service_level_month"`
	FTE          float64
}

func TestTelecomCase(t *testing.T) {
	staffing, sizer := plain(telecom(t)), capacity.NewSizer()
	days, paid := typical()
	rows := vectors[[]caseRow](t, "month.json", "case_seed001")
	for _, v := range rows {
		checkCase(t, sizer, staffing, v, 1)
	}
	checkCase(t, sizer, staffing, vectors[caseRow](t, "month.json", "case_seed001_ten_sites"), 10)

	fte := func(volume, aht float64) float64 {
		return must(sizer.Month(staffing, days, volume, aht, paid))(t).FTE
	}
	for _, v := range vectors[[]struct {
		AHT  float64 `json:"aht_s"`
		FTE0 float64
		FTE5 float64
	}](t, "month.json", "case_seed001_aht") {
		near(t, "FTE of today", fte(7e6, v.AHT), v.FTE0)
		near(t, "FTE with 5 points more resolved", fte(6539473.684210527, v.AHT), v.FTE5)
	}
	for _, v := range vectors[[]struct {
		Callback float64 `json:"callback_propensity"`
		FCR      float64 `json:"implied_fcr"`
		After    float64 `json:"volume_after"`
		Saved    float64 `json:"fte_saved"`
	}](t, "month.json", "case_seed001_callback") {
		gain := must(capacity.Resolution{Contacts: 7e6, Repeat: 0.29, Callback: v.Callback, Gain: 0.05}.Effect())(t)
		near(t, "volume", gain.After, v.After)
		near(t, "first contact resolution", gain.FCR, v.FCR)
		near(t, "FTE saved", fte(7e6, 180)-fte(gain.After, 180), v.Saved)
	}
}

func checkCase(t *testing.T, sizer *capacity.Sizer, st capacity.Staffing, v caseRow, sites int) {
	t.Helper()
	days, paid := typical()
	n := float64(sites)
	size := must(sizer.Month(st, days, v.Volume/n, 180, paid))(t)
	if size.AgentHours*n != v.AgentHours || size.PeakAgents*sites != v.PeakAgents {
		t.Errorf("%v contacts: %v agent hours, peak %d; want %v, %d",
			v.Volume, size.AgentHours*n, size.PeakAgents*sites, v.AgentHours, v.PeakAgents)
	}
	near(t, "FTE", size.FTE*n, v.FTE)
	near(t, "occupancy", size.Occupancy, v.Occupancy)
	nearLevel(t, "service level", size.ServiceLevel, v.ServiceLevel)
	if sites == 1 && size.Binding != capacity.BindingOccupancy {
		t.Errorf("%s binds, want the occupancy", size.Binding)
	}
}

// small is a policy with few agents, where every field makes a difference.
func small(t testing.TB) capacity.Policy {
	p := telecom(t)
	p.OpenFrom, p.OpenTo = 8*60, 22*60
	return p
}

func TestEveryFieldCounts(t *testing.T) {
	c, _ := calendar.New(calendar.Calendar{
		Start: calendar.Of(2026, 2), Months: 1,
		Holidays: []calendar.Date{calendar.Of(2026, 2).Date(17)},
		Workdays: []calendar.Date{calendar.Of(2026, 2).Date(14)},
	})
	size := func(t *testing.T, p capacity.Policy) capacity.MonthSize {
		t.Helper()
		return must(capacity.NewSizer().Month(plain(p), c.Days(0), 12000, 240, c.PaidHours(0)))(t)
	}
	double := func(of []capacity.Param) []capacity.Param {
		all := make([]capacity.Param, 0, 2*len(of))
		for _, p := range of {
			all = append(all, p, p)
		}
		return all
	}
	base := size(t, small(t))
	for name, c := range map[string]struct {
		change func(p *capacity.Policy)
		fte    int // whether it falls (-1), stays or rises (+1)
	}{
		"half the interval at the same profile staffs the same": {func(p *capacity.Policy) {
			p.IntervalMin, p.Weekday, p.Weekend = is(15), double(p.Weekday), double(p.Weekend)
		}, 0},
		"only proportions of a profile count": {func(p *capacity.Policy) {
			for i := range p.Weekday {
				p.Weekday[i].Value *= 8
			}
		}, 0},
		"only proportions of day factors count": {func(p *capacity.Policy) {
			for i := range p.DayFactors {
				p.DayFactors[i].Value *= 8
			}
		}, 0},
		"an even profile needs fewer":              {func(p *capacity.Policy) { p.Weekday, p.Weekend = nil, nil }, -1},
		"a weekend left out needs fewer":           {func(p *capacity.Policy) { p.Weekend = nil }, -1},
		"a holiday without contacts needs fewer":   {func(p *capacity.Policy) { p.HolidayFactor = is(0) }, -1},
		"weekdays alone differ":                    {func(p *capacity.Policy) { p.DayFactors[5], p.DayFactors[6] = is(0), is(0) }, -1},
		"a higher target needs more":               {func(p *capacity.Policy) { p.Target = is(0.95) }, 1},
		"more time to answer needs fewer":          {func(p *capacity.Policy) { p.WithinS = is(90) }, -1},
		"a lower cap on occupancy needs more":      {func(p *capacity.Policy) { p.MaxOccupancy = is(0.5) }, 1},
		"no cap on occupancy is a cap at one":      {func(p *capacity.Policy) { p.MaxOccupancy = is(1) }, 0},
		"a cap on the wait needs more":             {func(p *capacity.Policy) { p.MaxWaitS = is(2) }, 1},
		"no cap on the wait is one without end":    {func(p *capacity.Policy) { p.MaxWaitS = is(math.Inf(1)) }, 0},
		"more shrinkage needs more":                {func(p *capacity.Policy) { p.Shrinkage = is(0.4) }, 1},
		"no shrinkage needs fewer":                 {func(p *capacity.Policy) { p.Shrinkage = is(0) }, -1},
		"a perfect schedule needs fewer":           {func(p *capacity.Policy) { p.ScheduleEfficiency = is(1) }, -1},
		"own paid hours replace the calendar's":    {func(p *capacity.Policy) { p.PaidHours = is(200) }, -1},
		"the calendar's hours as own change none":  {func(p *capacity.Policy) { p.PaidHours = is(c.PaidHours(0)) }, 0},
		"a minimum needs more":                     {func(p *capacity.Policy) { p.MinimumAgents = is(6) }, 1},
		"a minimum of none changes nothing":        {func(p *capacity.Policy) { p.MinimumAgents = is(0) }, 0},
		"a part of an agent as minimum is a whole": {func(p *capacity.Policy) { p.MinimumAgents = is(5.2) }, 1},
		"longer hours need more":                   {func(p *capacity.Policy) { p.OpenFrom, p.OpenTo = 0, 1440 }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			p := small(t)
			c.change(&p)
			got := size(t, p)
			if order := compare(got.FTE, base.FTE); order != c.fte {
				t.Errorf("%v full-timers after %v", got.FTE, base.FTE)
			}
		})
	}
}

func TestWhatIsLeftOutOfAProfile(t *testing.T) {
	even, days := make([]float64, 48), []calendar.Day{{}, {Weekday: calendar.Saturday}}
	for i := range even {
		even[i] = 3
	}
	for name, c := range map[string]struct{ out, written func(p *capacity.Policy) }{
		"a weekend left out is as a weekday": {
			func(p *capacity.Policy) { p.Weekend = nil },
			func(p *capacity.Policy) { p.Weekend = p.Weekday },
		},
		"a profile left out is even": {
			func(p *capacity.Policy) { p.Weekday, p.Weekend = nil, nil },
			func(p *capacity.Policy) { p.Weekday, p.Weekend = params(even), params(even) },
		},
	} {
		out, written := small(t), small(t)
		c.out(&out)
		c.written(&written)
		got := must(capacity.NewSizer().Month(plain(out), days, 900, 240, 168))(t)
		want := must(capacity.NewSizer().Month(plain(written), days, 900, 240, 168))(t)
		if d := cmp.Diff(got, want); d != "" {
			t.Errorf("%s (-out +written):\n%s", name, d)
		}
	}
}

func compare(a, b float64) int {
	switch d := a - b; {
	case math.Abs(d) <= 1e-9*b:
		return 0
	case d < 0:
		return -1
	default:
		return 1
	}
}

func TestMinimumHoldsInOpenIntervalsWithoutContacts(t *testing.T) {
	p := small(t)
	p.MinimumAgents = is(2)
	days, paid := typical()
	size := must(capacity.NewSizer().Month(plain(p), days, 0, 0, paid))(t)
	if want := 30 * 14 * 2.0; size.AgentHours != want || size.PeakAgents != 2 || size.Binding != capacity.BindingMinimum {
		t.Errorf("%v agent hours (%s), want %v", size.AgentHours, size.Binding, want)
	}
	if size.ServiceLevel != 1 || size.AnswerSpeed != 0 || size.Occupancy != 0 || size.Meeting != 1 {
		t.Errorf("no contacts fare %+v", size.Service)
	}
	p.MinimumAgents = is(0)
	if size := must(capacity.NewSizer().Month(plain(p), days, 0, 0, paid))(t); size.FTE != 0 || size.Binding != capacity.BindingNone {
		t.Errorf("no contacts and no minimum need %v full-timers", size.FTE)
	}
}

func TestDaysWithoutWeightGetNoContacts(t *testing.T) {
	p := small(t)
	p.Weekend = params(make([]float64, 48))
	days, paid := typical()
	closed := must(capacity.NewSizer().Month(plain(p), days, 12000, 240, paid))(t)
	p = small(t)
	p.DayFactors[5], p.DayFactors[6] = is(0), is(0)
	factors := must(capacity.NewSizer().Month(plain(p), days, 12000, 240, paid))(t)
	if d := cmp.Diff(closed, factors); d != "" {
		t.Errorf("closed by the profile and by the factors (-profile +factors):\n%s", d)
	}
}

func TestMonthRefusals(t *testing.T) {
	days, paid := typical()
	for name, c := range map[string]struct {
		volume, aht, paid float64
		change            func(*capacity.Staffing)
		want              string
	}{
		"a sound month is taken":            {12000, 240, paid, nil, ""},
		"volume that is not a number":       {math.NaN(), 240, paid, nil, "capacity.volume_range"},
		"a negative volume":                 {-1, 240, paid, nil, "capacity.volume_range"},
		"a volume without end":              {math.Inf(1), 240, paid, nil, "capacity.volume_range"},
		"contacts that take no time":        {12000, 0, paid, nil, "capacity.aht_range"},
		"contacts of more than a day":       {12000, 86401, paid, nil, "capacity.aht_range"},
		"a load beyond the limit":           {1e12, 240, paid, nil, "capacity.load_range"},
		"no paid hours":                     {12000, 240, 0, nil, "capacity.paid_hours_range"},
		"a target of all":                   {12000, 240, paid, func(s *capacity.Staffing) { s.Target = 1 }, "capacity.target_range"},
		"shrinkage of nearly all":           {12000, 240, paid, func(s *capacity.Staffing) { s.Shrinkage = 0.95 }, "capacity.shrinkage_range"},
		"a failed line":                     {12000, 240, paid, func(s *capacity.Staffing) { s.Shrinkage = math.NaN() }, "capacity.shrinkage_range"},
		"no schedule efficiency":            {12000, 240, paid, func(s *capacity.Staffing) { s.ScheduleEfficiency = 0 }, "capacity.efficiency_range"},
		"own paid hours of none":            {12000, 240, paid, func(s *capacity.Staffing) { s.CalendarHours = false }, "capacity.paid_hours_range"},
		"intervals of twenty minutes":       {12000, 240, paid, func(s *capacity.Staffing) { s.IntervalMin = 20 }, "capacity.interval_values"},
		"intervals that are not a number":   {12000, 240, paid, func(s *capacity.Staffing) { s.IntervalMin = math.NaN() }, "capacity.interval_values"},
		"a profile of another interval":     {12000, 240, paid, func(s *capacity.Staffing) { s.IntervalMin = 60 }, "capacity.profile_length"},
		"a negative day factor":             {12000, 240, paid, func(s *capacity.Staffing) { s.DayFactors[3] = -1 }, "capacity.day_factor_range"},
		"a negative weight":                 {12000, 240, paid, func(s *capacity.Staffing) { s.Weekend = []float64{}; s.Weekday[3] = -1 }, "capacity.weight_range"},
		"hours that end before they begin":  {12000, 240, paid, func(s *capacity.Staffing) { s.OpenTo = s.OpenFrom }, "capacity.open_order"},
		"hours that split an interval":      {12000, 240, paid, func(s *capacity.Staffing) { s.OpenFrom += 15 }, "capacity.open_grid"},
		"contacts but no day for them":      {12000, 240, paid, func(s *capacity.Staffing) { s.DayFactors = [7]float64{} }, "capacity.no_arrivals"},
		"contacts but no interval for them": {12000, 240, paid, func(s *capacity.Staffing) { s.Weekday, s.Weekend = make([]float64, 48), nil }, "capacity.no_arrivals"},
	} {
		t.Run(name, func(t *testing.T) {
			staffing := plain(small(t))
			if c.change != nil {
				c.change(&staffing)
			}
			_, err := capacity.NewSizer().Month(staffing, days, c.volume, c.aht, c.paid)
			if got := keyOf(t, err); got != c.want {
				t.Errorf("problem %q, want %q", got, c.want)
			}
		})
	}
}
