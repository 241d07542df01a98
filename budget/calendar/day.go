package calendar

// A Day is one day of a period, as far as work and demand depend on it.
type Day struct {
	Weekday Weekday
	// Holiday says that the day is a holiday, on whatever day of the week.
	Holiday bool
	// MakeUp says that the day is a make-up workday at the weekend.
	MakeUp bool
}

// Workday reports whether full-timers work on the day: Monday to Friday but
// for holidays, and make-up workdays.
func (d Day) Workday() bool { return !d.Holiday && (d.MakeUp || !d.Weekday.Weekend()) }

// Restday reports whether the day is neither worked nor a holiday.
func (d Day) Restday() bool { return !d.Holiday && !d.Workday() }

// WeekendProfile reports whether contacts arrive as at a weekend: on a holiday
// and on Saturday and Sunday, unless made up for.
func (d Day) WeekendProfile() bool { return !d.Workday() }

const (
	typicalDays    = 30
	hoursPerDay    = 8
	typicalPerYear = 248 // workdays, after weekends and statutory holidays
)

// Days returns the days of a period, the first of the month first.
func (c Calendar) Days(period int) []Day {
	if c.Typical {
		days := make([]Day, typicalDays)
		for i := range days {
			days[i].Weekday = Weekday(i % 7)
		}
		return days
	}
	month := c.Month(period)
	days := make([]Day, month.Days())
	first := month.Date(1).Weekday()
	for i := range days {
		days[i].Weekday = (first + Weekday(i)) % 7
	}
	for _, date := range c.Workdays {
		if date.Month() == month {
			days[date.Day()-1].MakeUp = days[date.Day()-1].Weekday.Weekend()
		}
	}
	for _, date := range c.Holidays {
		if date.Month() == month {
			days[date.Day()-1].Holiday = true
			days[date.Day()-1].MakeUp = false
		}
	}
	return days
}

// DayCount returns how many days the period has. They are its workdays, its
// restdays and its holidays together.
func (c Calendar) DayCount(period int) int {
	if c.Typical {
		return typicalDays
	}
	return c.Month(period).Days()
}

// WorkdayCount returns how many days of the period are worked.
func (c Calendar) WorkdayCount(period int) int { return c.count(period, Day.Workday) }

// RestdayCount returns how many days of the period are neither worked nor
// holidays.
func (c Calendar) RestdayCount(period int) int { return c.count(period, Day.Restday) }

// HolidayCount returns how many days of the period are holidays, those at a
// weekend included.
func (c Calendar) HolidayCount(period int) int {
	return c.count(period, func(d Day) bool { return d.Holiday })
}

func (c Calendar) count(period int, is func(Day) bool) int {
	n := 0
	for _, day := range c.Days(period) {
		if is(day) {
			n++
		}
	}
	return n
}

// PaidHours returns the hours a full-timer is paid for in the period: eight for
// every workday, and in a typical month a twelfth of the legal year of 248
// workdays.
func (c Calendar) PaidHours(period int) float64 {
	if c.Typical {
		return typicalPerYear * hoursPerDay / 12.0
	}
	return float64(c.WorkdayCount(period) * hoursPerDay)
}
