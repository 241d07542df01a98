package capacity

import (
	"slices"

	"centerplan/budget/calendar"
)

// A Hiring is a hiring plan as the plan states it: the people there are, how
// they leave, and the classes that join them. Any of its numbers may be a line,
// read in the month it is about. Use ReadHiring; the zero Hiring is a team of
// nobody that hires nobody.
//
// Everybody is of a cohort: the tenured, or those in their first, second … month
// of production. Within a month a cohort of n people loses n × attrition of
// them, evenly over the month, so that n × (1 − attrition / 2) are there on
// average. Expected values stay fractional; classes are whole.
type Hiring struct {
	// Opening is how many tenured people there are when the plan begins. It is
	// read in the first month.
	Opening Param
	// Attrition is the share of the tenured who leave in a month, NewAttrition
	// that of people in their first, second … month of production. From the
	// month after the last of these they leave as the tenured do.
	Attrition    Param
	NewAttrition []Param
	// TrainingMonths is how many whole months a class is paid and not productive,
	// Yield the share of it that graduates. Both are read in the month a class
	// begins, or in the first where it begins before the plan.
	TrainingMonths, Yield Param
	// Ramp is the productivity in the first, second … month of production; it is
	// 1 after the last of these.
	Ramp []Param
	// Required is the full-timers a month needs, Needed whether the plan says so.
	Required Param
	Needed   bool
	// Classes are the sizes of the classes that are given, by the month they
	// begin in; ClassLine is instead a line that has the size of every month's.
	Classes   []Class
	ClassLine string
	// Planned says that classes are planned beside those given, see Planner.
	Planned bool
	Planner
}

// A Class is people who begin training together.
type Class struct {
	Month calendar.Month
	Size  Param
}

// A Planner plans classes. It goes through the months; where the people do not
// meet what is required, the latest class that is productive by then is made as
// large as closes the gap. The plan it finds closes every gap that its limits
// allow and is not the cheapest.
type Planner struct {
	// Earliest is the first month in which a class can begin; zero is the first
	// month of the plan.
	Earliest calendar.Month
	// ClassMin and ClassMax bound the size of a class, read in the month it
	// begins; a class of nobody is not held.
	ClassMin, ClassMax Param
	// Notice is how many months before they go leavers are known, Noticed
	// whether the plan says so. A class that begins in a month is then planned
	// as if nobody left after as many months: only leavers who have given notice
	// are replaced. Otherwise all expected attrition is hired for ahead.
	Notice  Param
	Noticed bool
}

// Lines returns the codes of the lines the plan refers to, each once, in
// alphabetical order.
func (h Hiring) Lines() []string {
	codes := []string{h.ClassLine}
	for _, param := range []Param{
		h.Opening, h.Attrition, h.TrainingMonths, h.Yield, h.Required, h.ClassMin, h.ClassMax, h.Notice,
	} {
		codes = append(codes, param.Line)
	}
	for _, param := range slices.Concat(h.NewAttrition, h.Ramp) {
		codes = append(codes, param.Line)
	}
	for _, class := range h.Classes {
		codes = append(codes, class.Size.Line)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if codes[0] == "" {
		codes = codes[1:]
	}
	return codes
}

// LooksBack reports whether no month of the plan depends on a later one. A
// planner looks ahead at what is required.
func (h Hiring) LooksBack() bool { return !h.Planned }

// WithoutRequired returns the plan without what it does not need to know for
// any series but the gap.
func (h Hiring) WithoutRequired() Hiring {
	if !h.Planned {
		h.Required, h.Needed = Param{}, false
	}
	return h
}

// ages is the number of production months that differ from the tenured's.
func (h Hiring) ages() int { return max(len(h.NewAttrition), len(h.Ramp)) }

// A Staff is the people of a hiring plan, month by month.
type Staff struct {
	// Hires is the people who begin training, InTraining those who are in it.
	Hires, InTraining []float64
	// Graduates join production on the first day, so Start counts them; Leavers
	// go until the last day, when End are left.
	Graduates, Start, Leavers, End []float64
	// Average is the people in production on average, Effective what they come
	// to with those new to it counted by their productivity.
	Average, Effective []float64
	// Paid is the people in production on average and those in training.
	Paid []float64
	// Gap is what is effective less what is required; negative where people are
	// missing. It is empty if the plan requires nothing.
	Gap []float64
}

// newStaff makes room for so many months.
func newStaff(months int) Staff {
	all := make([]float64, 10*months)
	next := func() []float64 {
		part := all[:months:months]
		all = all[months:]
		return part
	}
	return Staff{
		Hires: next(), InTraining: next(), Graduates: next(), Start: next(), Leavers: next(), End: next(),
		Average: next(), Effective: next(), Paid: next(), Gap: next(),
	}
}

// Unfilled returns the periods in which people are missing.
func (s Staff) Unfilled() []int {
	const noise = 1e-9
	var periods []int
	for period, gap := range s.Gap {
		if gap < -noise*max(1, s.Effective[period]) {
			periods = append(periods, period)
		}
	}
	return periods
}
