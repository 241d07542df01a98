package formula_test

import (
	"slices"
	"testing"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

func TestEveryExampleOfTheWordsRuns(t *testing.T) {
	for _, w := range formula.Words() {
		t.Run(w.Texts[0], func(t *testing.T) {
			if w.Doc.En == "" || w.Doc.Zh == "" || len(w.Examples) == 0 {
				t.Error("a word has a sentence in both languages and an example")
			}
			for _, e := range w.Examples {
				runExample(t, e)
			}
		})
	}
}

func TestEveryCalendarNameIsExplainedAndReserved(t *testing.T) {
	var explained []string
	for _, w := range formula.Words() {
		if w.Group == "calendar" {
			explained = append(explained, w.Texts...)
		}
	}
	want := []string{"month", "quarter", "year", "period", "days", "workdays", "restdays", "holidays"}
	if !slices.Equal(explained, want) {
		t.Errorf("got %v, want %v", explained, want)
	}
	for _, name := range append(want, "let", "in", "not") {
		if !slices.Contains(formula.Reserved(), name) {
			t.Errorf("%s is not reserved", name)
		}
	}
}

func TestEveryKindOfParameterHasAName(t *testing.T) {
	for _, f := range formula.Functions() {
		for _, p := range f.Params {
			if p.Kind.String() == "" {
				t.Errorf("%s: the kind of %s has no name for help", f.Name, p.Name)
			}
		}
	}
}

func TestLookup(t *testing.T) {
	if f, err := formula.Lookup("required_fte"); err != nil || f.Name != "required_fte" {
		t.Errorf("got %v, %v", f.Name, err)
	}
	for name, want := range map[string]string{
		"requird_fte": "formula.unknown_function_near", "zzzzzzzz": "formula.unknown_function",
	} {
		_, err := formula.Lookup(name)
		problems := problem.Of(err)
		if len(problems) != 1 || problems[0].Key != want || problems[0].Kind != problem.NotFound {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
	}
}
