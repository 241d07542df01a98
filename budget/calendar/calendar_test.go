package calendar_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
)

func month(t *testing.T, text string) calendar.Month {
	t.Helper()
	m, ok := calendar.Parse(text)
	if !ok {
		t.Fatalf("%q is no month", text)
	}
	return m
}

func dates(t *testing.T, texts ...string) []calendar.Date {
	t.Helper()
	var all []calendar.Date
	for _, text := range texts {
		date, ok := calendar.ParseDate(text)
		if !ok {
			t.Fatalf("%q is no date", text)
		}
		all = append(all, date)
	}
	return all
}

func TestMonthReadsOnlyYearAndMonth(t *testing.T) {
	for text, want := range map[string]bool{
		"2027-01": true, "2027-12": true, "0001-01": true, "9999-12": true,
		"2027-00": false, "2027-13": false, "0000-01": false, "2027-1": false,
		"2027/01": false, "+027-01": false, "2027-01-01": false, "": false, "二〇二七": false,
	} {
		m, ok := calendar.Parse(text)
		if ok != want {
			t.Errorf("Parse(%q) is a month: %t, want %t", text, ok, want)
		}
		if ok && m.String() != text {
			t.Errorf("Parse(%q) writes back as %q", text, m)
		}
	}
}

func TestDateReadsOnlyDaysThatExist(t *testing.T) {
	for text, want := range map[string]bool{
		"2027-03-31": true, "2024-02-29": true, "2000-02-29": true,
		"2026-02-29": false, "1900-02-29": false, "2027-04-31": false, "2027-01-00": false,
		"2027-1-1": false, "2027-13-01": false, "": false, "2027-03-31T": false,
	} {
		date, ok := calendar.ParseDate(text)
		if ok != want {
			t.Errorf("ParseDate(%q) is a date: %t, want %t", text, ok, want)
		}
		if ok && date.String() != text {
			t.Errorf("ParseDate(%q) writes back as %q", text, date)
		}
	}
}

func TestMonthsAddAcrossYears(t *testing.T) {
	start := month(t, "2026-11")
	for n, want := range map[int]string{0: "2026-11", 1: "2026-12", 2: "2027-01", 14: "2028-01", -11: "2025-12"} {
		if got := start.Add(n).String(); got != want {
			t.Errorf("2026-11 and %d months is %s, want %s", n, got, want)
		}
	}
}

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		when := time.Date(rapid.IntRange(3, 3000).Draw(t, "year"), time.January,
			rapid.IntRange(1, 366).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		date, ok := calendar.ParseDate(when.Format(time.DateOnly))
		if !ok {
			t.Fatalf("%s is no date", when.Format(time.DateOnly))
		}
		if got, want := int(date.Weekday()+1)%7, int(when.Weekday()); got != want {
			t.Fatalf("%s is day %d of the week, want %d", date, got, want)
		}
		later := when.AddDate(0, 0, rapid.IntRange(-500, 500).Draw(t, "step"))
		other, _ := calendar.ParseDate(later.Format(time.DateOnly))
		if got, want := date.DaysUntil(other), int(later.Sub(when).Hours()/24); got != want {
			t.Fatalf("%s to %s is %d days, want %d", date, other, got, want)
		}
		if got, want := date.Before(other), when.Before(later); got != want {
			t.Fatalf("%s before %s: %t, want %t", date, other, got, want)
		}
	})
}

func TestDaysOfAMonth(t *testing.T) {
	type counts struct{ Days, Workdays, Restdays, Holidays int }
	for name, c := range map[string]struct {
		month              string
		typical            bool
		holidays, workdays []string
		want               counts
		paid               float64
	}{
		"a plain month counts Monday to Friday": {
			month: "2026-06", want: counts{30, 22, 8, 0}, paid: 176,
		},
		"a holiday on a weekday is not worked": {
			month: "2026-06", holidays: []string{"2026-06-19"}, want: counts{30, 21, 8, 1}, paid: 168,
		},
		"Spring Festival takes four weekdays of February 2026": {
			month:    "2026-02",
			holidays: []string{"2026-02-19", "2026-02-16", "2026-02-17", "2026-02-18"},
			want:     counts{28, 16, 8, 4}, paid: 128,
		},
		"a make-up workday counts as a workday": {
			month:    "2026-02",
			holidays: []string{"2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19"},
			workdays: []string{"2026-02-14", "2026-02-28"},
			want:     counts{28, 18, 6, 4}, paid: 144,
		},
		"a holiday at a weekend is a holiday, no longer a restday": {
			month: "2026-06", holidays: []string{"2026-06-20"}, want: counts{30, 22, 7, 1}, paid: 176,
		},
		"a workday named on a weekday changes nothing": {
			month: "2026-06", workdays: []string{"2026-06-19"}, want: counts{30, 22, 8, 0}, paid: 176,
		},
		"dates of other months change nothing": {
			month: "2026-06", holidays: []string{"2026-05-01", "2025-06-19"}, want: counts{30, 22, 8, 0}, paid: 176,
		},
		"a leap year has a 29 February": {
			month: "2028-02", want: counts{29, 21, 8, 0}, paid: 168,
		},
		"a typical month has 30 days and 22 workdays, its pay a twelfth of 248": {
			month: "2026-02", typical: true, holidays: []string{"2026-02-16"},
			want: counts{30, 22, 8, 0}, paid: 248 * 8 / 12.0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c2, faults := calendar.New(calendar.Calendar{
				Start: month(t, c.month), Months: 1, Typical: c.typical,
				Holidays: dates(t, c.holidays...), Workdays: dates(t, c.workdays...),
			})
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			got := counts{c2.DayCount(0), c2.WorkdayCount(0), c2.RestdayCount(0), c2.HolidayCount(0)}
			if got != c.want {
				t.Errorf("counts are %+v, want %+v", got, c.want)
			}
			if got := c2.PaidHours(0); got != c.paid {
				t.Errorf("a full-timer is paid %v hours, want %v", got, c.paid)
			}
			if got := len(c2.Days(0)); got != c.want.Days {
				t.Errorf("there are %d days, want %d", got, c.want.Days)
			}
		})
	}
}

func TestProfileOfADay(t *testing.T) {
	for name, c := range map[string]struct {
		day  calendar.Day
		want bool
	}{
		"a weekday has the weekday profile":                      {calendar.Day{Weekday: calendar.Friday}, false},
		"a Saturday has the weekend profile":                     {calendar.Day{Weekday: calendar.Saturday}, true},
		"a holiday has the weekend profile on a weekday too":     {calendar.Day{Weekday: calendar.Monday, Holiday: true}, true},
		"a make-up workday has the weekday profile on a weekend": {calendar.Day{Weekday: calendar.Sunday, MakeUp: true}, false},
	} {
		if got := c.day.WeekendProfile(); got != c.want {
			t.Errorf("%s: weekend profile %t, want %t", name, got, c.want)
		}
	}
}

func TestTypicalMonthBeginsOnMonday(t *testing.T) {
	c := calendar.Calendar{Start: month(t, "2027-02"), Months: 12, Typical: true}
	for period := range 3 {
		days := c.Days(period)
		if days[0].Weekday != calendar.Monday || days[29].Weekday != calendar.Tuesday {
			t.Errorf("period %d runs from day %d to day %d", period, days[0].Weekday, days[29].Weekday)
		}
	}
}

func TestPeriods(t *testing.T) {
	c := calendar.Calendar{Start: month(t, "2027-01"), Months: 12}
	for text, want := range map[string]struct {
		period int
		inside bool
	}{
		"2027-01": {0, true}, "2027-12": {11, true}, "2026-12": {-1, false}, "2028-01": {12, false},
	} {
		period, inside := c.Index(month(t, text))
		if period != want.period || inside != want.inside {
			t.Errorf("Index(%s) is %d, %t, want %d, %t", text, period, inside, want.period, want.inside)
		}
		if got := c.Month(period).String(); got != text {
			t.Errorf("Month(%d) is %s, want %s", period, got, text)
		}
	}
}

func TestRangeIsCutToThePlan(t *testing.T) {
	c := calendar.Calendar{Start: month(t, "2027-01"), Months: 12}
	for name, want := range map[string]struct {
		from, to    string
		first, last int
		ok          bool
	}{
		"no ends is the whole plan":    {"", "", 0, 11, true},
		"both ends are included":       {"2027-04", "2027-06", 3, 5, true},
		"an open end runs to the edge": {"2027-11", "", 10, 11, true},
		"months before the plan drop":  {"2026-06", "2027-02", 0, 1, true},
		"a range after it is empty":    {"2028-01", "", 12, 11, false},
		"a range backwards is empty":   {"2027-05", "2027-04", 4, 3, false},
	} {
		var from, to calendar.Month
		if want.from != "" {
			from = month(t, want.from)
		}
		if want.to != "" {
			to = month(t, want.to)
		}
		first, last, ok := c.Range(from, to)
		if first != want.first || last != want.last || ok != want.ok {
			t.Errorf("%s: got %d to %d, %t", name, first, last, ok)
		}
	}
}

func TestFiscalYears(t *testing.T) {
	type bucket = calendar.Bucket
	for name, c := range map[string]struct {
		start             string
		months, fiscal    int
		quarters, fiscals []bucket
	}{
		"the fiscal year begins with the plan unless it says otherwise": {
			"2027-04", 12, 0,
			[]bucket{{"FY2027-Q1", 0, 2}, {"FY2027-Q2", 3, 5}, {"FY2027-Q3", 6, 8}, {"FY2027-Q4", 9, 11}},
			[]bucket{{"FY2027", 0, 11}},
		},
		"a calendar year needs no mark": {
			"2027-01", 6, 1,
			[]bucket{{"2027-Q1", 0, 2}, {"2027-Q2", 3, 5}},
			[]bucket{{"2027", 0, 5}},
		},
		"a fiscal year from April has its last quarter in January": {
			"2027-01", 12, 4,
			[]bucket{{"FY2026-Q4", 0, 2}, {"FY2027-Q1", 3, 5}, {"FY2027-Q2", 6, 8}, {"FY2027-Q3", 9, 11}},
			[]bucket{{"FY2026", 0, 2}, {"FY2027", 3, 11}},
		},
		"quarters are cut at the plan's edges": {
			"2027-02", 3, 1,
			[]bucket{{"2027-Q1", 0, 1}, {"2027-Q2", 2, 2}},
			[]bucket{{"2027", 0, 2}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			axis := calendar.Calendar{Start: month(t, c.start), Months: c.months, FiscalStart: c.fiscal}
			if d := cmp.Diff(axis.Quarters(), c.quarters); d != "" {
				t.Errorf("quarters (-got +want):\n%s", d)
			}
			if d := cmp.Diff(axis.Years(), c.fiscals); d != "" {
				t.Errorf("years (-got +want):\n%s", d)
			}
		})
	}
}

func TestYearStartStaysInThePlan(t *testing.T) {
	c := calendar.Calendar{Start: month(t, "2027-03"), Months: 24, FiscalStart: 7}
	for period, want := range map[int]int{0: 0, 3: 0, 4: 4, 15: 4, 16: 16, 23: 16} {
		if got := c.YearStart(period); got != want {
			t.Errorf("the fiscal year of period %d starts at %d, want %d", period, got, want)
		}
	}
}

func TestNewNamesEveryFault(t *testing.T) {
	good := calendar.Calendar{Start: month(t, "2027-01"), Months: 12}
	for name, c := range map[string]struct {
		change func(*calendar.Calendar)
		want   []string
	}{
		"a sound calendar has none": {func(*calendar.Calendar) {}, nil},
		"the start must be given":   {func(c *calendar.Calendar) { c.Start = 0 }, []string{"/start calendar.start_missing"}},
		"no month is too few":       {func(c *calendar.Calendar) { c.Months = 0 }, []string{"/months calendar.months_range"}},
		"sixty months are allowed":  {func(c *calendar.Calendar) { c.Months = 60 }, nil},
		"sixty-one months are not":  {func(c *calendar.Calendar) { c.Months = 61 }, []string{"/months calendar.months_range"}},
		"there is no thirteenth month": {
			func(c *calendar.Calendar) { c.FiscalStart = 13 }, []string{"/fiscal_start calendar.fiscal_start_range"},
		},
		"a date stands once": {
			func(c *calendar.Calendar) { c.Holidays = dates(t, "2027-01-01", "2027-01-01") },
			[]string{"/holidays/1 calendar.date_twice"},
		},
		"no date is both holiday and workday": {
			func(c *calendar.Calendar) {
				c.Holidays, c.Workdays = dates(t, "2027-01-01"), dates(t, "2027-01-02", "2027-01-01")
			},
			[]string{"/workdays/1 calendar.date_both"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			changed := good
			c.change(&changed)
			kept, faults := calendar.New(changed)
			var got []string
			for _, p := range faults {
				if p.Kind != problem.Invalid {
					t.Errorf("%v is not Invalid", p)
				}
				got = append(got, p.Pointer+" "+p.Key)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("problems %v, want %v", got, c.want)
			}
			if kept.Months < 1 || kept.Months > calendar.MostMonths {
				t.Errorf("%d months are kept", kept.Months)
			}
		})
	}
}

func TestTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := calendar.Of(rapid.IntRange(1, 9999).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"))
		d := m.Date(rapid.IntRange(1, m.Days()).Draw(t, "day"))
		var gotMonth calendar.Month
		var gotDate calendar.Date
		for _, pair := range []struct {
			from interface{ MarshalText() ([]byte, error) }
			to   interface{ UnmarshalText([]byte) error }
		}{{m, &gotMonth}, {d, &gotDate}} {
			text, err := pair.from.MarshalText()
			if err != nil {
				t.Fatal(err)
			}
			if err := pair.to.UnmarshalText(text); err != nil {
				t.Fatal(err)
			}
		}
		if gotMonth != m || gotDate != d {
			t.Fatalf("%s and %s come back as %s and %s", m, d, gotMonth, gotDate)
		}
	})
}

// FuzzParse holds that a text is a month or a date exactly when it is what that
// month or date writes.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"", "2027-01", "2027-03-31", "2027-02-30", "20x7-01", "０００１-01"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, ok := calendar.Parse(text); ok && m.String() != text {
			t.Errorf("%q reads as %s", text, m)
		}
		if d, ok := calendar.ParseDate(text); ok && d.String() != text {
			t.Errorf("%q reads as %s", text, d)
		}
	})
}

func TestRunsGroupMonthsThatFollowEachOther(t *testing.T) {
	month := func(number int) calendar.Month { return calendar.Of(2027, number) }
	for name, c := range map[string]struct {
		months []calendar.Month
		want   []calendar.Run
	}{
		"no months are no run":      {nil, nil},
		"a month alone is a run":    {[]calendar.Month{month(3)}, []calendar.Run{{First: month(3), Last: month(3)}}},
		"a year's end is no break":  {[]calendar.Month{month(12), month(13)}, []calendar.Run{{First: month(12), Last: month(13)}}},
		"a gap begins another run":  {[]calendar.Month{month(1), month(2), month(4)}, []calendar.Run{{First: month(1), Last: month(2)}, {First: month(4), Last: month(4)}}},
		"two gaps make three of it": {[]calendar.Month{month(1), month(3), month(5)}, []calendar.Run{{First: month(1), Last: month(1)}, {First: month(3), Last: month(3)}, {First: month(5), Last: month(5)}}},
	} {
		if got := calendar.Runs(c.months); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
