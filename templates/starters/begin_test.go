package starters_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/starters"
)

func template(t *testing.T, name string) document.Object {
	t.Helper()
	text, ok := starters.Get(name)
	if !ok {
		t.Fatalf("no starter %s", name)
	}
	source, err := planfile.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	return source.Document
}

func TestBegin(t *testing.T) {
	for name, c := range map[string]struct {
		from    string
		begin   planning.Beginning
		refused []string
		header  map[string]any
		start   string
		months  float64
	}{
		"as the template says":                 {from: "telecom", start: "2027-01", months: 12, header: map[string]any{"id": "telecom-2027", "currency": "CNY"}},
		"another year":                         {from: "telecom", begin: planning.Beginning{Start: calendar.Of(2029, 1)}, start: "2029-01", months: 12, header: map[string]any{"id": "telecom-2029"}},
		"another name and center":              {from: "telecom", begin: planning.Beginning{Name: document.Text{En: "Hotline North 2027", Zh: "北区热线"}, Center: document.Text{Zh: "北区中心"}}, start: "2027-01", months: 12, header: map[string]any{"id": "hotline-north-2027", "name": document.Object{"en": "Hotline North 2027", "zh": "北区热线"}, "center": document.Object{"zh": "北区中心"}}},
		"a Chinese name alone":                 {from: "blank", begin: planning.Beginning{Name: document.Text{Zh: "北区热线"}}, start: "2027-01", months: 12, header: map[string]any{"id": "plan-2027"}},
		"a blank plan of any kind":             {from: "blank", begin: planning.Beginning{Start: calendar.Of(2028, 4), Months: 24, FiscalStart: 4, Currency: "HKD"}, start: "2028-04", months: 24, header: map[string]any{"id": "plan-2028", "currency": "HKD"}},
		"figures in another month of the year": {from: "telecom", begin: planning.Beginning{Start: calendar.Of(2027, 4)}, refused: []string{"/start planning.begin_month"}},
		"figures of another length":            {from: "telecom", begin: planning.Beginning{Months: 18}, refused: []string{"/months planning.begin_months"}},
		"prices in another currency":           {from: "telecom", begin: planning.Beginning{Currency: "USD"}, refused: []string{"/currency planning.begin_currency"}},
		"holidays in another year":             {from: "twocity", begin: planning.Beginning{Start: calendar.Of(2028, 1)}, refused: []string{"/start planning.begin_dated"}},
		"holidays in their year":               {from: "twocity", begin: planning.Beginning{Name: document.Text{En: "Mine"}}, start: "2027-01", months: 12, header: map[string]any{"id": "mine-2027"}},
		"a year that cannot be":                {from: "blank", begin: planning.Beginning{Start: calendar.Of(9999, 1)}, refused: []string{"/start planning.begin_year"}},
		"too long":                             {from: "blank", begin: planning.Beginning{Months: 99}, refused: []string{"/budget/calendar/months calendar.months_range"}},
		"everything at once": {from: "telecom", begin: planning.Beginning{Start: calendar.Of(2028, 2), Months: 6, Currency: "USD"}, refused: []string{
			"/start planning.begin_month", "/months planning.begin_months", "/currency planning.begin_currency",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			from := template(t, c.from)
			before, _ := json.Marshal(from)
			doc, err := planning.Begin(from, c.begin)
			if after, _ := json.Marshal(from); !bytes.Equal(after, before) {
				t.Error("the template was changed")
			}
			var refused []string
			for _, p := range problem.Of(err) {
				refused = append(refused, p.Pointer+" "+p.Key)
			}
			if diff := cmp.Diff(c.refused, refused); diff != "" {
				t.Fatalf("refused (-want +got):\n%s", diff)
			}
			if len(c.refused) > 0 {
				return
			}
			for field, want := range c.header {
				got, _ := document.Get(doc, "plan", field)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", field, diff)
				}
			}
			if got, _ := document.Get(doc, "budget", "calendar", "start"); got != c.start {
				t.Errorf("start: got %v, want %s", got, c.start)
			}
			if got, _ := document.Get(doc, "budget", "calendar", "months"); got != c.months {
				t.Errorf("months: got %v, want %v", got, c.months)
			}
		})
	}
}

// TestBeginKeepsEveryFigure holds that a plan moved by years gives in each of
// its months what the template gives in the same month of its own.
func TestBeginKeepsEveryFigure(t *testing.T) {
	from := template(t, "telecom")
	doc, err := planning.Begin(from, planning.Beginning{Start: calendar.Of(2030, 1)})
	if err != nil {
		t.Fatal(err)
	}
	was, is := readTemplate(t, from), readTemplate(t, doc)
	for _, scenario := range was.Scenarios {
		before, after := sheetOf(t, was, scenario.Code), sheetOf(t, is, scenario.Code)
		for code, column := range before.Lines {
			if diff := cmp.Diff(column.Values, after.Lines[code].Values); diff != "" {
				t.Errorf("%s in %s (-want +got):\n%s", code, scenario.Code, diff)
			}
		}
	}
	if due, _ := document.Get(doc, "okr", "milestones", "repeat_study", "due"); due != "2030-01-29" {
		t.Errorf("the milestone did not move along: %v", due)
	}
}

// TestBeginMovesTheMonthsThatFormulasName holds the same for formulas that name
// a month.
func TestBeginMovesTheMonthsThatFormulasName(t *testing.T) {
	source, err := planfile.Decode([]byte(`centerplan: 1
plan: {id: ramps-2027, currency: CNY}
calendar: {start: 2027-01, months: 12, days: typical}
lines:
  - {code: grown, rollup: sum, formula: 'ramp("2027-04", 6) * 100'}
  - {code: march, rollup: sum, formula: "at(grown, '2027-06')"}
`))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := planning.Begin(source.Document, planning.Beginning{Start: calendar.Of(2029, 1)})
	if err != nil {
		t.Fatal(err)
	}
	was, is := sheetOf(t, readTemplate(t, source.Document), "base"), sheetOf(t, readTemplate(t, doc), "base")
	for code, column := range was.Lines {
		if diff := cmp.Diff(column.Values, is.Lines[code].Values); diff != "" {
			t.Errorf("%s (-want +got):\n%s", code, diff)
		}
	}
}

func readTemplate(t *testing.T, doc document.Object) planning.Plan {
	t.Helper()
	read, err := planning.Read(doc)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func sheetOf(t *testing.T, plan planning.Plan, code scenarios.Code) scenarios.Sheet {
	t.Helper()
	outcome, err := plan.Book().Evaluate(code, capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := outcome.Sheet(nil, scenarios.ByMonth)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}
