package calendar

import (
	"cmp"
	"fmt"
)

// A Weekday is a day of the week, counted from Monday.
type Weekday int

// The days of the week. Monday is the zero value.
const (
	Monday Weekday = iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday
)

// Weekend reports whether the day is Saturday or Sunday.
func (w Weekday) Weekend() bool { return w >= Saturday }

// A Date is a day of the calendar, without a time or a zone. The zero Date is
// no date. Dates compare with == and may be keys of maps.
type Date struct {
	month Month
	day   int
}

// ParseDate reads a date written as "2027-03-31". It reports false for any
// other text and for a day that does not exist.
func ParseDate(text string) (Date, bool) {
	if len(text) != len("2027-03-31") || text[7] != '-' {
		return Date{}, false
	}
	month, okMonth := Parse(text[:7])
	day, okDay := digits(text[8:])
	if !okMonth || !okDay || day < 1 || day > month.Days() {
		return Date{}, false
	}
	return Date{month: month, day: day}, true
}

// String writes the date as "2027-03-31", the zero Date as nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s-%02d", d.month, d.day)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Month returns the month the date lies in.
func (d Date) Month() Month { return d.month }

// Day returns the day of the month, 1 being the first.
func (d Date) Day() int { return d.day }

// Compare returns -1, 0 or 1 as d is before, on or after the other date. The
// zero Date is before all others.
func (d Date) Compare(other Date) int {
	if c := cmp.Compare(d.month, other.month); c != 0 {
		return c
	}
	return cmp.Compare(d.day, other.day)
}

// Before reports whether d is an earlier day than the other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// Weekday returns the day of the week.
func (d Date) Weekday() Weekday {
	const firstWasMonday = 1 // 0001-01-01
	return Weekday(((d.number()-firstWasMonday)%7 + 7) % 7)
}

// DaysUntil returns how many days lie between d and the later date, negative
// if that is earlier.
func (d Date) DaysUntil(later Date) int { return later.number() - d.number() }

// number counts days in the Gregorian calendar, 0001-01-01 being 1.
func (d Date) number() int {
	before := d.month.Year() - 1
	n := before*365 + before/4 - before/100 + before/400 + d.day
	for m := Of(d.month.Year(), 1); m < d.month; m++ {
		n += m.Days()
	}
	return n
}

// MarshalText writes the date as "2027-03-31", the zero Date as nothing.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	date, ok := ParseDate(string(text))
	if !ok {
		return fmt.Errorf("%q is not a date like 2027-03-31", text)
	}
	*d = date
	return nil
}
