package calendar

import (
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// ReadMonth reads a month of a document, 0 where there is none. Text that is no
// month is recorded as a fault.
func ReadMonth(r document.Reader) Month {
	text := r.String()
	month, ok := Parse(text)
	if !ok && text != "" {
		r.Fail("shape.month", problem.Args{"got": text})
	}
	return month
}

// ReadDate reads a date of a document, the zero date where there is none. Text
// that is no date is recorded as a fault.
func ReadDate(r document.Reader) Date {
	text := r.String()
	date, ok := ParseDate(text)
	if !ok && text != "" {
		r.Fail("shape.date", problem.Args{"got": text})
	}
	return date
}
