package capacity

import (
	"math"
	"slices"
	"strconv"

	"centerplan/planning/problem"
)

// A Param is a number of a policy: either Value itself or, where Line is not
// empty, the value that the line with this code has in the month.
type Param struct {
	Value float64
	Line  string
}

// Settings are the numbers of a staffing policy, as Param while they may name
// lines and as float64 once the lines' values are put in.
type Settings[T any] struct {
	// IntervalMin is the length of an interval: 15, 30 or 60 minutes.
	IntervalMin T
	// Weekday and Weekend hold one weight for every interval of a day, from
	// midnight. Only their proportions count. An empty Weekend is as Weekday, an
	// empty Weekday is even.
	Weekday, Weekend []T
	// DayFactors weigh the days of the week against each other, from Monday. A
	// make-up workday keeps the factor of its day of the week.
	DayFactors [7]T
	// HolidayFactor multiplies the day factor of a holiday.
	HolidayFactor T
	// Target is the share of contacts to be answered within WithinS seconds.
	Target, WithinS T
	// MaxOccupancy caps the share of staffed time spent on contacts.
	MaxOccupancy T
	// MaxWaitS caps the mean wait in seconds of every interval.
	MaxWaitS T
	// Shrinkage is the share of paid time in which agents are not available.
	Shrinkage T
	// ScheduleEfficiency is the share of scheduled time that falls where the
	// intervals need it.
	ScheduleEfficiency T
	// PaidHours are those of a full-timer in the month.
	PaidHours T
	// MinimumAgents are there in every open interval, contacts or not.
	MinimumAgents T
}

// Opening is when contacts are taken, in minutes from midnight. Weights outside
// it are dropped. OpenTo 1440 is midnight.
type Opening struct {
	OpenFrom, OpenTo int
}

// A Policy says how contacts become people, as the plan states it. Its model is
// Erlang C. Use DefaultPolicy or ReadPolicy: the zero Policy is refused when it
// is used. A policy varies by member where its numbers name lines that do.
type Policy struct {
	Settings[Param]
	Opening
}

// Staffing is a policy for one month, every number known. A Sizer refuses one
// with a number outside its range. Its slices are not changed by anyone.
type Staffing struct {
	Settings[float64]
	Opening
	// CalendarHours says that the policy leaves PaidHours to the calendar.
	CalendarHours bool
}

// DefaultPolicy returns the policy of what may be left out. It lacks a target.
func DefaultPolicy() Policy {
	is := func(x float64) Param { return Param{Value: x} }
	p := Policy{Opening: Opening{OpenTo: minutesPerDay}}
	p.IntervalMin = is(30)
	for i := range p.DayFactors {
		p.DayFactors[i] = is(1)
	}
	p.HolidayFactor, p.MaxOccupancy, p.ScheduleEfficiency = is(1), is(1), is(1)
	p.MaxWaitS = is(math.Inf(1))
	return p
}

const minutesPerDay = 24 * 60

// numbers is how many single numbers Settings has.
const numbers = 17

// each returns the settings' single numbers in the order of rules.
func (s *Settings[T]) each() [numbers]*T {
	d := &s.DayFactors
	return [numbers]*T{
		&s.IntervalMin, &d[0], &d[1], &d[2], &d[3], &d[4], &d[5], &d[6], &s.HolidayFactor,
		&s.Target, &s.WithinS, &s.MaxOccupancy, &s.MaxWaitS,
		&s.Shrinkage, &s.ScheduleEfficiency, &s.PaidHours, &s.MinimumAgents,
	}
}

// A rule names a number of Settings in the document and its range.
type rule struct {
	parts []string
	limits
}

// rules are in the order of Settings.each.
var rules = [numbers]rule{
	{[]string{"interval_min"}, limits{key: "capacity.interval_values", low: 15, high: 60}},
	{[]string{"day_factors", "mon"}, factorRange},
	{[]string{"day_factors", "tue"}, factorRange},
	{[]string{"day_factors", "wed"}, factorRange},
	{[]string{"day_factors", "thu"}, factorRange},
	{[]string{"day_factors", "fri"}, factorRange},
	{[]string{"day_factors", "sat"}, factorRange},
	{[]string{"day_factors", "sun"}, factorRange},
	{[]string{"holiday_factor"}, factorRange},
	{[]string{"target"}, targetRange},
	{[]string{"within_s"}, withinRange},
	{[]string{"max_occupancy"}, occupancyRange},
	{[]string{"max_wait_s"}, maxWaitRange},
	{[]string{"shrinkage"}, shrinkageRange},
	{[]string{"schedule_efficiency"}, efficiencyRange},
	{[]string{"paid_hours"}, paidHoursRange},
	{[]string{"minimum_agents"}, minimumRange},
}

// paidHoursRule is the place of PaidHours in rules.
const paidHoursRule = 15

// Lines returns the codes of the lines the policy refers to, each once, in
// alphabetical order.
func (p Policy) Lines() []string {
	var codes []string
	add := func(param Param) {
		if param.Line != "" {
			codes = append(codes, param.Line)
		}
	}
	for _, param := range p.each() {
		add(*param)
	}
	for _, param := range slices.Concat(p.Weekday, p.Weekend) {
		add(param)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// Resolve puts the lines' values in. A value that is not a number, such as NaN
// for a line that failed, is refused when the staffing is used.
func (p Policy) Resolve(line func(code string) float64) Staffing {
	value := func(param Param) float64 {
		if param.Line != "" {
			return line(param.Line)
		}
		return param.Value
	}
	s := Staffing{Opening: p.Opening, CalendarHours: p.PaidHours == Param{}}
	from, to := p.each(), s.each()
	for i := range from {
		*to[i] = value(*from[i])
	}
	s.Weekday = resolveAll(p.Weekday, value)
	s.Weekend = resolveAll(p.Weekend, value)
	return s
}

func resolveAll(params []Param, value func(Param) float64) []float64 {
	if len(params) == 0 {
		return nil
	}
	values := make([]float64, len(params))
	for i, param := range params {
		values[i] = value(param)
	}
	return values
}

// Check returns the first thing that is wrong with the staffing.
func (s Staffing) Check() error {
	values := s.each()
	for i := range rules {
		if i == paidHoursRule && s.CalendarHours {
			continue
		}
		if err := rules[i].check(*values[i]); err != nil {
			return err
		}
	}
	if err := checkInterval(s.IntervalMin); err != nil {
		return err
	}
	for _, profile := range [][]float64{s.Weekday, s.Weekend} {
		if err := checkLength(len(profile), s.IntervalMin); err != nil {
			return err
		}
		for _, weight := range profile {
			if err := weightRange.check(weight); err != nil {
				return err
			}
		}
	}
	return s.Opening.check(s.IntervalMin)
}

func checkInterval(minutes float64) error {
	if minutes == 15 || minutes == 30 || minutes == 60 {
		return nil
	}
	return refuse("capacity.interval_values", problem.Args{"got": number(minutes)})
}

// checkLength refuses a profile that has not one weight for each interval.
func checkLength(weights int, intervalMin float64) error {
	want := minutesPerDay / int(intervalMin)
	if weights == 0 || weights == want {
		return nil
	}
	return refuse("capacity.profile_length", problem.Args{
		"got": strconv.Itoa(weights), "want": strconv.Itoa(want), "interval": number(intervalMin),
	})
}

// check refuses hours that are no part of a day or split an interval.
func (o Opening) check(intervalMin float64) error {
	step := int(intervalMin)
	if o.OpenFrom < 0 || o.OpenFrom >= o.OpenTo || o.OpenTo > minutesPerDay {
		return refuse("capacity.open_order", nil)
	}
	if o.OpenFrom%step != 0 || o.OpenTo%step != 0 {
		return refuse("capacity.open_grid", problem.Args{"interval": number(intervalMin)})
	}
	return nil
}

// goal is what the staffing asks of every open interval.
func (s Staffing) goal() Goal {
	return Goal{s.Target, s.WithinS, s.MaxOccupancy, s.MaxWaitS, s.MinimumAgents}
}
