package calendar

import (
	"slices"
	"strconv"

	"centerplan/planning/problem"
)

// MostMonths is the longest plan there may be.
const MostMonths = 60

// A Calendar is the time axis of one plan. Its periods are numbered from 0,
// the plan's first month; a number outside the plan is answered as if the plan
// went on, so that readers of earlier months need no special case. The zero
// Calendar has no periods.
type Calendar struct {
	// Start is the plan's first month.
	Start Month
	// Months is how many periods there are, 1 to MostMonths.
	Months int
	// FiscalStart is the month number, 1 to 12, fiscal years begin with; 0 is
	// the number of Start.
	FiscalStart int
	// Typical makes every month 30 days from a Monday, 22 of them workdays.
	// Holidays and Workdays then stay unused.
	Typical bool
	// Holidays are days off, whatever the day of the week. Their order does not
	// matter.
	Holidays []Date
	// Workdays are make-up workdays: days at the weekend that are worked.
	Workdays []Date
}

// New returns the calendar with its dates in order, and what is wrong with it.
// Pointers of the problems begin at the calendar's own object. The calendar is
// usable even with problems: its months are kept within the range, dates that
// are missing or double are left out, and a date that is both a holiday and a
// workday counts as a holiday.
func New(c Calendar) (Calendar, problem.List) {
	var faults problem.List
	refuse := func(pointer, key string, args problem.Args) {
		faults = append(faults, problem.Problem{Kind: problem.Invalid, Pointer: pointer, Key: key, Args: args})
	}
	if c.Start == 0 {
		refuse("/start", "calendar.start_missing", nil)
	}
	if c.Months < 1 || c.Months > MostMonths {
		refuse("/months", "calendar.months_range", problem.Args{
			"got": strconv.Itoa(c.Months), "most": strconv.Itoa(MostMonths),
		})
		c.Months = min(max(c.Months, 1), MostMonths)
	}
	if c.FiscalStart < 0 || c.FiscalStart > 12 {
		refuse("/fiscal_start", "calendar.fiscal_start_range", problem.Args{"got": strconv.Itoa(c.FiscalStart)})
		c.FiscalStart = 0
	}
	seen := map[Date]string{}
	keep := func(dates []Date, field string) []Date {
		var kept []Date
		for i, date := range dates {
			at := "/" + field + "/" + strconv.Itoa(i)
			switch {
			case date.IsZero():
			case seen[date] == field:
				refuse(at, "calendar.date_twice", problem.Args{"date": date.String()})
			case seen[date] != "":
				refuse(at, "calendar.date_both", problem.Args{"date": date.String()})
			default:
				seen[date] = field
				kept = append(kept, date)
			}
		}
		slices.SortFunc(kept, Date.Compare)
		return kept
	}
	c.Holidays = keep(c.Holidays, "holidays")
	c.Workdays = keep(c.Workdays, "workdays")
	return c, faults
}

// Month returns the month of a period.
func (c Calendar) Month(period int) Month { return c.Start.Add(period) }

// Index returns the period of a month, and false where the plan does not have
// that month.
func (c Calendar) Index(m Month) (int, bool) {
	period := int(m - c.Start)
	return period, period >= 0 && period < c.Months
}

// Range returns the periods from one month to another, both included, cut to
// the plan; the zero Month means the plan's edge. It reports false where no
// period is left.
func (c Calendar) Range(from, to Month) (first, last int, ok bool) {
	last = c.Months - 1
	if from != 0 {
		first = max(first, int(from-c.Start))
	}
	if to != 0 {
		last = min(last, int(to-c.Start))
	}
	return first, last, first <= last
}

// fiscalStart is the month number fiscal years begin with.
func (c Calendar) fiscalStart() int {
	if c.FiscalStart == 0 {
		return c.Start.Number()
	}
	return c.FiscalStart
}

// fiscal returns the period's month as if fiscal years began in January.
func (c Calendar) fiscal(period int) Month { return c.Month(period).Add(1 - c.fiscalStart()) }

// Quarter returns the period's quarter of the fiscal year, 1 to 4.
func (c Calendar) Quarter(period int) int { return (c.fiscal(period).Number()-1)/3 + 1 }

// FiscalYear returns the fiscal year of the period, named by the calendar year
// in which it begins.
func (c Calendar) FiscalYear(period int) int { return c.fiscal(period).Year() }

// YearStart returns the first period of the plan that lies in the same fiscal
// year as the period.
func (c Calendar) YearStart(period int) int { return max(0, period-c.fiscal(period).Number()+1) }

// A Bucket is a run of periods, both ends included, such as a quarter. At the
// plan's edges it may hold only a part of its quarter or year.
type Bucket struct {
	// Label is "2027-Q1" or "2027", and "FY2027-Q1" or "FY2027" where the
	// fiscal year is not the calendar year.
	Label    string
	From, To int
}

// Quarters returns the plan's fiscal quarters in order.
func (c Calendar) Quarters() []Bucket {
	return c.buckets(func(period int) string {
		return c.yearLabel(period) + "-Q" + strconv.Itoa(c.Quarter(period))
	})
}

// Years returns the plan's fiscal years in order.
func (c Calendar) Years() []Bucket { return c.buckets(c.yearLabel) }

func (c Calendar) yearLabel(period int) string {
	label := strconv.Itoa(c.FiscalYear(period))
	if c.fiscalStart() != 1 {
		return "FY" + label
	}
	return label
}

// buckets joins neighbouring periods with the same label.
func (c Calendar) buckets(label func(period int) string) []Bucket {
	var all []Bucket
	for period := range c.Months {
		name := label(period)
		if last := len(all) - 1; last >= 0 && all[last].Label == name {
			all[last].To = period
			continue
		}
		all = append(all, Bucket{Label: name, From: period, To: period})
	}
	return all
}
