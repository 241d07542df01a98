package capacity

import (
	"math"
	"slices"
	"strconv"
	"strings"

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
	// MaxAbandon caps the share of contacts that give up in every interval.
	MaxAbandon T
	// PatienceS is the mean patience in seconds of contacts that wait. It counts
	// under Erlang A, which needs it.
	PatienceS T
	// Concurrency is how many contacts an agent has at once, from 1 to 10.
	Concurrency T
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

// A Reckoning is how a policy reckons, apart from its numbers. The zero one is
// Erlang C, which every basis gives the same service level, and chats by slot.
type Reckoning struct {
	Model Model
	Basis Basis
	Chats ChatMethod
}

// A Policy says how contacts become people, as the plan states it. Use
// DefaultPolicy or ReadPolicy: the zero Policy is refused when it is used. A
// policy varies by member where its numbers name lines that do.
type Policy struct {
	Settings[Param]
	Opening
	Reckoning
}

// Staffing is a policy for one month, every number known. A Sizer refuses one
// with a number outside its range. Its slices are not changed by anyone.
type Staffing struct {
	Settings[float64]
	Opening
	Reckoning
	// CalendarHours says that the policy leaves PaidHours to the calendar.
	CalendarHours bool
	// pattern is how contacts arrive where that is the same in every month; nil
	// where it has yet to be found.
	pattern *pattern
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
	p.MaxWaitS, p.PatienceS = is(math.Inf(1)), is(math.Inf(1))
	p.MaxAbandon, p.Concurrency = is(1), is(1)
	return p
}

const minutesPerDay = 24 * 60

// numbers is how many single numbers Settings has.
const numbers = 20

// each returns the settings' single numbers in the order of rules.
func (s *Settings[T]) each() [numbers]*T {
	d := &s.DayFactors
	return [numbers]*T{
		&s.IntervalMin, &d[0], &d[1], &d[2], &d[3], &d[4], &d[5], &d[6], &s.HolidayFactor,
		&s.Target, &s.WithinS, &s.MaxOccupancy, &s.MaxWaitS, &s.MaxAbandon, &s.PatienceS, &s.Concurrency,
		&s.Shrinkage, &s.ScheduleEfficiency, &s.PaidHours, &s.MinimumAgents,
	}
}

// A rule names a number of Settings in the document, its unit and its range.
type rule struct {
	parts []string
	unit  string
	limits
}

// rules are in the order of Settings.each.
var rules = [numbers]rule{
	{[]string{"interval_min"}, "minute", limits{key: "capacity.interval_values", low: 15, high: 60}},
	{[]string{"day_factors", "mon"}, "ratio", factorRange},
	{[]string{"day_factors", "tue"}, "ratio", factorRange},
	{[]string{"day_factors", "wed"}, "ratio", factorRange},
	{[]string{"day_factors", "thu"}, "ratio", factorRange},
	{[]string{"day_factors", "fri"}, "ratio", factorRange},
	{[]string{"day_factors", "sat"}, "ratio", factorRange},
	{[]string{"day_factors", "sun"}, "ratio", factorRange},
	{[]string{"holiday_factor"}, "ratio", factorRange},
	{[]string{"target"}, "ratio", targetRange},
	{[]string{"within_s"}, "second", withinRange},
	{[]string{"max_occupancy"}, "ratio", occupancyRange},
	{[]string{"max_wait_s"}, "second", maxWaitRange},
	{[]string{"max_abandon"}, "ratio", maxAbandonRange},
	{[]string{"patience_s"}, "second", patienceRange},
	{[]string{"concurrency"}, "", concurrentRange},
	{[]string{"shrinkage"}, "ratio", shrinkageRange},
	{[]string{"schedule_efficiency"}, "ratio", efficiencyRange},
	{[]string{"paid_hours"}, "hour/person", paidHoursRange},
	{[]string{"minimum_agents"}, "person", minimumRange},
}

// patternNumbers is how many of the rules, from the first, shape the arrivals.
const patternNumbers = 9

// patienceRule and paidHoursRule are the places of PatienceS and PaidHours in
// rules.
const (
	patienceRule  = 14
	paidHoursRule = 18
)

// Lines returns the codes of the lines the policy refers to, each once, in
// alphabetical order.
func (p Policy) Lines() []string {
	var codes []string
	for _, use := range p.Uses() {
		codes = append(codes, use.Line)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// A Use is a number of a policy that names a line.
type Use struct {
	Line string
	// Field is the number's place in the policy, as a JSON pointer, and Unit what
	// the line should be measured in; "" is any.
	Field, Unit string
}

// Uses returns the numbers that name lines, in the order of the policy's
// fields, so that their units can be checked.
func (p Policy) Uses() []Use {
	var uses []Use
	add := func(param Param, field, unit string) {
		if param.Line != "" {
			uses = append(uses, Use{Line: param.Line, Field: field, Unit: unit})
		}
	}
	for i, param := range p.each() {
		add(*param, "/"+strings.Join(rules[i].parts, "/"), rules[i].unit)
	}
	for i, param := range p.Weekday {
		add(param, "/profile/weekday/"+strconv.Itoa(i), "")
	}
	for i, param := range p.Weekend {
		add(param, "/profile/weekend/"+strconv.Itoa(i), "")
	}
	return uses
}

// Resolve puts the lines' values in. A value that is not a number, such as NaN
// for a line that failed, is refused when the staffing is used.
func (p Policy) Resolve(line func(code string) float64) Staffing {
	ready := p.Prepare()
	values := make([]float64, len(ready.lines))
	for i, code := range ready.lines {
		values[i] = line(code)
	}
	st := ready.Staffing(values)
	st.pattern = nil // its slices are the caller's to change
	return st
}

// Check returns the first thing that is wrong with the staffing.
func (s *Staffing) Check() error {
	values := s.each()
	first := 0
	if s.pattern != nil {
		first = patternNumbers
	}
	for i := first; i < numbers; i++ {
		switch {
		case i == paidHoursRule && s.CalendarHours:
		case i == patienceRule && s.Model == ErlangCModel && math.IsInf(*values[i], 1):
		default:
			if err := rules[i].check(*values[i]); err != nil {
				return err
			}
		}
	}
	if s.Concurrency != 1 && s.Chats == ByFactor {
		if _, err := concurrencyFactor(s.Concurrency); err != nil {
			return err
		}
	}
	if s.pattern != nil {
		return s.pattern.err
	}
	return s.checkArrivals()
}

// checkArrivals checks the profiles and the opening hours.
func (s *Staffing) checkArrivals() error {
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

// goal is what the staffing asks of every open interval, the minimum left out.
func (s *Staffing) goal() Goal {
	g := Goal{
		Target: s.Target, WithinS: s.WithinS, MaxOccupancy: s.MaxOccupancy, MaxWaitS: s.MaxWaitS,
		PatienceS: math.Inf(1), MaxAbandon: 1,
	}
	if s.Model == ErlangAModel {
		g.Basis, g.PatienceS, g.MaxAbandon = s.Basis, s.PatienceS, s.MaxAbandon
	}
	return g
}
