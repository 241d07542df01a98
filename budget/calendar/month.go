// Package calendar is the time axis of a plan: months, the periods counted
// from the plan's first month, the days of each, fiscal quarters and years.
//
// It never reads a clock. Holidays and make-up workdays are data of the plan,
// and no rule of any country is built in.
package calendar

import (
	"fmt"
)

// A Month is a calendar month, counted as year*12 + month-1, so that months
// compare and subtract as integers. The zero Month is no month.
type Month int

// Of returns the month with the given number, 1 to 12, of a year. Numbers
// outside that range run into the neighbouring years.
func Of(year, number int) Month { return Month(year*12 + number - 1) }

// Parse reads a month written as "2027-01". It reports false for any other
// text.
func Parse(text string) (Month, bool) {
	if len(text) != len("2027-01") || text[4] != '-' {
		return 0, false
	}
	year, okYear := digits(text[:4])
	number, okNumber := digits(text[5:])
	if !okYear || !okNumber || year < 1 || number < 1 || number > 12 {
		return 0, false
	}
	return Of(year, number), true
}

func digits(text string) (int, bool) {
	n := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// String writes the month as "2027-01".
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year(), m.Number()) }

// Year returns the month's calendar year.
func (m Month) Year() int { return (int(m) - m.index()) / 12 }

// Number returns the month's place in its calendar year, 1 to 12.
func (m Month) Number() int { return m.index() + 1 }

// index is the month's place in its year counted from 0, for negative months
// too.
func (m Month) index() int { return ((int(m) % 12) + 12) % 12 }

// Add returns the month n months later, or earlier where n is negative.
func (m Month) Add(n int) Month { return m + Month(n) }

// Days returns how many days the month has.
func (m Month) Days() int {
	switch m.Number() {
	case 2:
		if leap(m.Year()) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	default:
		return 31
	}
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// Date returns a day of the month, 1 being the first. A day the month does not
// have gives the zero Date.
func (m Month) Date(day int) Date {
	if day < 1 || day > m.Days() {
		return Date{}
	}
	return Date{month: m, day: day}
}

// MarshalText writes the month as "2027-01", the zero Month as nothing.
func (m Month) MarshalText() ([]byte, error) {
	if m == 0 {
		return nil, nil
	}
	return []byte(m.String()), nil
}

// UnmarshalText reads what MarshalText writes.
func (m *Month) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = 0
		return nil
	}
	month, ok := Parse(string(text))
	if !ok {
		return fmt.Errorf("%q is not a month like 2027-01", text)
	}
	*m = month
	return nil
}

// A Run is months that follow each other, both ends included.
type Run struct{ First, Last Month }

// Runs groups months in order into runs.
func Runs(months []Month) []Run {
	var runs []Run
	for i, month := range months {
		if i == 0 || months[i-1].Add(1) != month {
			runs = append(runs, Run{First: month})
		}
		runs[len(runs)-1].Last = month
	}
	return runs
}
