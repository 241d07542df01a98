package report_test

import (
	"os"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/locale"
	"centerplan/templates/report"
	"centerplan/templates/starters"
)

// catalogue returns the messages of one language.
func catalogue(l document.Locale) func(string, problem.Args) string {
	return func(key string, args problem.Args) string { return locale.Message(l, key, args) }
}

func read(t testing.TB, text []byte) planning.Plan {
	t.Helper()
	source, err := planfile.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := planning.Read(source.Document)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// input makes the input of a report of a plan, with everything evaluated.
func input(t testing.TB, plan planning.Plan, l document.Locale) report.Input {
	t.Helper()
	book, sizer := plan.Book(), capacity.NewSizer()
	return report.Input{
		Plan: plan, Locale: l, Say: catalogue(l), Problems: plan.Check(book),
		Outcome: func(code scenarios.Code) (*scenarios.Outcome, error) { return book.Evaluate(code, sizer) },
		Bridge: func(from, to scenarios.Code, line string) (scenarios.Bridge, error) {
			start, err := book.Evaluate(from, sizer)
			if err != nil {
				return scenarios.Bridge{}, err
			}
			end, err := book.Evaluate(to, sizer)
			if err != nil {
				return scenarios.Bridge{}, err
			}
			return scenarios.NewBridge(t.Context(), start, end, line, sizer)
		},
		Date: calendar.Of(2026, 12).Date(15), Rev: 42, Engine: "Centerplan 0.2",
	}
}

func telecom(t testing.TB) planning.Plan {
	t.Helper()
	text, ok := starters.Get("telecom")
	if !ok {
		t.Fatal("there is no starter telecom")
	}
	return read(t, text)
}

func build(t testing.TB, plan planning.Plan, l document.Locale) report.Document {
	t.Helper()
	doc, err := report.Build(input(t, plan, l))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// plans are those that the tests print.
func plans(t testing.TB) map[string]planning.Plan {
	t.Helper()
	hard, err := os.ReadFile("testdata/hard.plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]planning.Plan{"telecom": telecom(t), "hard": read(t, hard)}
}
