package starters_test

import (
	"testing"

	"centerplan/planning"
	"centerplan/planning/planfile"
	"centerplan/templates/starters"
)

func TestStartersLeaveNothingOpen(t *testing.T) {
	for _, name := range starters.Names() {
		text, _ := starters.Get(name)
		source, err := planfile.Decode(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		plan, err := planning.Read(source.Document)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		book := plan.Book()
		if problems := plan.Check(book); len(problems) > 0 {
			t.Errorf("%s has problems: %v", name, problems)
		}
		for _, state := range plan.Links(book) {
			if !state.Passed() {
				t.Errorf("%s leaves %v open: %v", name, state.Link, state.Open)
			}
		}
	}
}
