package capacity

import (
	"math"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
)

// Staff reckons the plan through so many months from start; line gives the
// value of a line in a period, counted from 0. Where a number is outside its
// range the error is its problem, and the staff ends before that month; with a
// planner, which looks ahead, it is then empty.
func (h Hiring) Staff(start calendar.Month, months int, line func(code string, period int) float64) (Staff, error) {
	c := course{Hiring: h, start: start, months: months, line: line, staff: newStaff(months)}
	c.cohorts = h.ages() + 1
	c.rosters = make([]float64, (months+1)*c.cohorts)
	c.begin()
	for period := 0; period < months && c.err == nil; period++ {
		c.enrol(period, c.given(period))
		if h.Planned {
			c.plan(period)
		}
		c.pass(period)
		if c.err == nil {
			c.done = period + 1
		}
	}
	if c.err != nil && h.Planned {
		c.done = 0
	}
	return c.finish(), c.err
}

// A course is a plan being reckoned, month by month.
type course struct {
	Hiring
	start  calendar.Month
	months int
	line   func(code string, period int) float64
	staff  Staff
	// rosters holds the people on the eve of each month by cohort: those who go
	// into their second, third … month of production, the tenured last. The first
	// place is for those who graduate.
	rosters []float64
	cohorts int
	// done counts the months that are reckoned, err is what was wrong first.
	done int
	err  error
}

// at returns a number of the plan in a period, and keeps the problem where it
// is outside its range.
func (c *course) at(p Param, period int, within limits) float64 {
	value := p.Value
	if p.Line != "" {
		value = c.line(p.Line, period)
	}
	if c.err == nil {
		c.err = within.check(value)
	}
	return value
}

// whole is at for a number that must be whole, but for binary noise.
func (c *course) whole(p Param, period int, within limits) float64 {
	value := c.at(p, period, within)
	if c.err != nil {
		return 0
	}
	value, c.err = wholeNumber(value, within)
	return value
}

// roster returns the people on the eve of a period.
func (c *course) roster(period int) []float64 {
	return c.rosters[period*c.cohorts : (period+1)*c.cohorts]
}

// begin puts in who is there before the first month: the tenured, and the
// classes that are still in training.
func (c *course) begin() {
	c.roster(0)[c.cohorts-1] = c.at(c.Opening, 0, peopleRange)
	for _, class := range c.Classes {
		ago := int(c.start - class.Month)
		if ago <= 0 {
			continue
		}
		size := c.whole(class.Size, 0, classRange)
		length, yield := c.training(0)
		if c.err != nil {
			return
		}
		if ago > length {
			c.err = refuse("capacity.class_graduated", problem.Args{"month": class.Month.String()})
			return
		}
		c.train(0, length-ago, size, yield)
	}
}

// training returns the length and the yield of training that begins in a period.
func (c *course) training(period int) (months int, yield float64) {
	return int(c.whole(c.TrainingMonths, period, trainingRange)), c.at(c.Yield, period, yieldRange)
}

// given returns the size of the period's class as the plan gives it.
func (c *course) given(period int) float64 {
	if c.ClassLine != "" {
		return c.whole(Param{Line: c.ClassLine}, period, classRange)
	}
	for _, class := range c.Classes {
		if class.Month == c.start.Add(period) {
			return c.whole(class.Size, period, classRange)
		}
	}
	return 0
}

// enrol lets so many more people begin in a period's class.
func (c *course) enrol(period int, size float64) {
	if c.err != nil || size == 0 {
		return
	}
	length, yield := c.training(period)
	if c.err != nil {
		return
	}
	c.staff.Hires[period] += size
	c.train(period, length, size, yield)
}

// train keeps people in training for so many months from a period on, and
// graduates the yield of them.
func (c *course) train(from, months int, size, yield float64) {
	end := from + months
	for period := from; period < min(end, c.months); period++ {
		c.staff.InTraining[period] += size
	}
	if end < c.months {
		c.staff.Graduates[end] += float64(size * yield)
	}
}

// attrition returns the share of a cohort that leaves in a period.
func (c *course) attrition(cohort, period int) float64 {
	if cohort < len(c.NewAttrition) {
		return c.at(c.NewAttrition[cohort], period, leavingRange)
	}
	return c.at(c.Attrition, period, leavingRange)
}

// productivity returns what one of a cohort comes to in a period.
func (c *course) productivity(cohort, period int) float64 {
	if cohort < len(c.Ramp) {
		return c.at(c.Ramp[cohort], period, rampRange)
	}
	return 1
}

// A flow is what a month does to the people in production.
type flow struct{ start, leavers, average, effective float64 }

// month lets a month go by for the people in it; leaving says whether anybody
// leaves. Those who stay are then a month older.
func (c *course) month(people []float64, period int, leaving bool) flow {
	var f flow
	for cohort, n := range people {
		if n == 0 {
			continue
		}
		leave := 0.0
		if leaving {
			leave = c.attrition(cohort, period)
		}
		average := n * (1 - leave/2)
		f.start += n
		f.leavers += float64(n * leave)
		f.average += average
		f.effective += float64(average * c.productivity(cohort, period))
		people[cohort] = n - float64(n*leave)
	}
	if last := c.cohorts - 1; last > 0 {
		people[last] += people[last-1]
		copy(people[1:last], people[:last-1])
		people[0] = 0
	}
	return f
}

// pass lets a period go by and leaves the people on the eve of the next.
func (c *course) pass(period int) {
	people := c.roster(period + 1)
	copy(people, c.roster(period))
	people[0] += c.staff.Graduates[period]
	f := c.month(people, period, true)
	c.staff.Start[period], c.staff.Leavers[period] = f.start, f.leavers
	c.staff.Average[period], c.staff.Effective[period] = f.average, f.effective
	end := 0.0
	for _, n := range people {
		end += n
	}
	c.staff.End[period] = end
	if c.Needed {
		c.staff.Gap[period] = f.effective - c.at(c.Required, period, fteRange)
	}
}

// finish returns the months that are done.
func (c *course) finish() Staff {
	s, n := c.staff, c.done
	for period := range n {
		s.Paid[period] = s.Average[period] + s.InTraining[period]
	}
	for _, series := range []*[]float64{
		&s.Hires, &s.InTraining, &s.Graduates, &s.Start, &s.Leavers, &s.End, &s.Average, &s.Effective, &s.Paid, &s.Gap,
	} {
		*series = (*series)[:n]
	}
	if !c.Needed {
		s.Gap = nil
	}
	return s
}

// wholeNumber returns the whole number that x is but for binary noise.
func wholeNumber(x float64, of limits) (float64, error) {
	const noise = 1e-9
	rounded := math.Round(x)
	if math.Abs(x-rounded) > noise*max(1, math.Abs(x)) {
		return 0, of.refuse(x)
	}
	return rounded, nil
}
