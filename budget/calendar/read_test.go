package calendar_test

import (
	"testing"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
)

func TestReadMonthAndDate(t *testing.T) {
	r := document.Read(document.Object{
		"month": "2027-03", "date": "2027-03-31", "none": "", "odd": "March", "number": 3.0,
	})
	if got := calendar.ReadMonth(r.Field("month")); got.String() != "2027-03" {
		t.Errorf("got %v", got)
	}
	if got := calendar.ReadDate(r.Field("date")); got.String() != "2027-03-31" {
		t.Errorf("got %v", got)
	}
	for _, field := range []string{"none", "missing"} {
		if month, date := calendar.ReadMonth(r.Field(field)), calendar.ReadDate(r.Field(field)); month != 0 || !date.IsZero() {
			t.Errorf("%s: got %v and %v", field, month, date)
		}
	}
	if found := r.Problems(); len(found) != 0 {
		t.Errorf("got %v", found)
	}
	calendar.ReadMonth(r.Field("odd"))
	calendar.ReadDate(r.Field("odd"))
	calendar.ReadMonth(r.Field("number"))
	var keys []string
	for _, p := range r.Problems() {
		keys = append(keys, p.Key+" "+p.Pointer)
	}
	want := []string{"shape.month /odd", "shape.date /odd", "shape.type /number"}
	if len(keys) != len(want) || keys[0] != want[0] || keys[1] != want[1] || keys[2] != want[2] {
		t.Errorf("got %v, want %v", keys, want)
	}
}
