package capacity

import "centerplan/planning/problem"

// plan makes the class that closes the period's gap as large as it must be,
// within its limits.
func (c *course) plan(period int) {
	required := c.at(c.Required, period, fteRange)
	begin, cohort, ok := c.classFor(period)
	if !ok || c.err != nil {
		return
	}
	known := c.months
	if c.Noticed {
		known = begin + int(c.whole(c.Notice, begin, noticeRange))
	}
	each := c.worth(begin, cohort, period, known)
	short := required - c.foresee(period, known)
	if c.err != nil || short <= 0 || each <= 0 {
		return
	}
	size := c.sized(begin, CeilTol(short/each))
	if size <= 0 || c.err != nil {
		return
	}
	c.enrol(begin, size)
	for earlier := period - cohort; earlier < period; earlier++ {
		c.pass(earlier) // who graduated before the period, not productive yet
	}
}

// classFor returns the latest class whose first productive month the period is,
// and the cohort its people are in by then.
func (c *course) classFor(period int) (begin, cohort int, ok bool) {
	earliest := 0
	if c.Earliest != 0 {
		earliest = max(0, int(c.Earliest-c.start))
	}
	for begin = period; begin >= earliest && c.err == nil; begin-- {
		graduation := begin + int(c.whole(c.TrainingMonths, begin, trainingRange))
		cohort = period - graduation
		if cohort >= 0 && c.firstProductive(graduation, cohort) {
			return begin, cohort, true
		}
	}
	return 0, 0, false
}

// firstProductive reports whether people who graduate on the eve of a period
// are of use in the given month of production and not before.
func (c *course) firstProductive(graduation, cohort int) bool {
	for i := range cohort {
		if c.productivity(i, graduation+i) > 0 {
			return false
		}
	}
	return c.productivity(cohort, graduation+cohort) > 0
}

// worth returns what one person of a class comes to in a period in which its
// people are in the cohort, if nobody leaves after the month known.
func (c *course) worth(begin, cohort, period, known int) float64 {
	share := c.at(c.Yield, begin, yieldRange)
	for i := range cohort {
		share *= 1 - c.foreseen(i, period-cohort+i, known)
	}
	return share * (1 - c.foreseen(cohort, period, known)/2) * c.productivity(cohort, period)
}

// foreseen is the attrition known of.
func (c *course) foreseen(cohort, period, known int) float64 {
	if period > known {
		return 0
	}
	return c.attrition(cohort, period)
}

// foresee returns what the people come to in a period, with the classes there
// are by now, if nobody leaves after the month known.
func (c *course) foresee(period, known int) float64 {
	from := min(period, known+1)
	people := make([]float64, c.cohorts)
	copy(people, c.roster(from))
	effective := 0.0
	for at := from; at <= period; at++ {
		people[0] += c.staff.Graduates[at]
		effective = c.month(people, at, at <= known).effective
	}
	return effective
}

// sized returns how many more a class takes that should grow by size.
func (c *course) sized(begin int, size float64) float64 {
	there := c.staff.Hires[begin]
	least := CeilTol(c.at(c.ClassMin, begin, classLimitRange))
	most := -CeilTol(-c.at(c.ClassMax, begin, classLimitRange))
	if c.err == nil && least > most {
		c.err = refuse("capacity.class_bounds", problem.Args{"min": number(least), "max": number(most)})
	}
	return max(0, min(max(there+size, least), most)-there)
}
