package starters_test

import (
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/scenarios"
)

// TestRenamingALineMovesNoNumber holds, on real plans, that a line may have any
// name: every result of every scenario is the same to the bit, and renaming it
// back gives the same document.
func TestRenamingALineMovesNoNumber(t *testing.T) {
	sizer := capacity.NewSizer()
	docs, plans, books := map[string]document.Node{}, map[string]planning.Plan{}, map[string]*scenarios.Book{}
	for _, starter := range []string{"telecom", "twocity"} {
		docs[starter] = decode(t, starter)
		plan, err := planning.Read(docs[starter])
		if err != nil {
			t.Fatal(err)
		}
		plans[starter], books[starter] = plan, plan.Book()
	}
	rapid.Check(t, func(t *rapid.T) {
		starter := rapid.SampledFrom([]string{"telecom", "twocity"}).Draw(t, "starter")
		doc, lines := docs[starter], plans[starter].Budget.Lines
		line := lines[rapid.IntRange(0, len(lines)-1).Draw(t, "line")]
		code := rapid.SampledFrom([]string{"呼叫", "zz_9", "A", "éclair", "_"}).Draw(t, "code")
		scenario := rapid.SampledFrom(plans[starter].Scenarios).Draw(t, "scenario").Code
		next := renamed(t, doc, line.ID, code)
		if !patch.Equal(renamed(t, next, line.ID, line.Code), doc) {
			t.Fatalf("%s: renaming there and back gives another document", line.Code)
		}
		after, err := planning.Read(next)
		if err != nil {
			t.Fatal(err)
		}
		before, outcome := evaluated(t, books[starter], scenario, sizer), evaluated(t, after.Book(), scenario, sizer)
		for i, one := range lines {
			want, _ := before.Results.Series(one.Code)
			got, _ := outcome.Results.Series(after.Budget.Lines[i].Code)
			for cell, value := range want.Values {
				if !sameBits(got.Values[cell], value) {
					t.Fatalf("%s as %s: %s is %v, was %v", line.Code, code, one.Code, got.Values[cell], value)
				}
			}
		}
	})
}

func evaluated(t *rapid.T, book *scenarios.Book, code scenarios.Code, sizer *capacity.Sizer) *scenarios.Outcome {
	outcome, err := book.Evaluate(code, sizer)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func renamed(t *rapid.T, doc document.Node, line budget.LineID, code string) document.Node {
	ops, err := planning.Rename(doc, line, code)
	if err != nil {
		t.Fatal(err)
	}
	next, _, err := patch.Apply(doc, ops)
	if err != nil {
		t.Fatal(err)
	}
	return next
}
