package planning_test

import (
	"encoding/json"
	"testing"

	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
)

// FuzzRead holds that any JSON is a plan or Invalid, and that what was read
// can be checked, and settled in each of its scenarios.
func FuzzRead(f *testing.F) {
	seed := settling + initiative + `history: {a: [1, 2, 3]}
actuals: {a: [8, 9], q: {voice: [1]}}
scenarios:
  - {code: r, levers: [double], changes: [{line: a, add: 1}]}
  - {code: s, parent: r, levers: [plus], cells: {a: {2027-02: 77}}, initiatives: {push: 2027-03}, actuals_through: 2027-02}
`
	source, err := planfile.Decode([]byte(seed))
	if err != nil {
		f.Fatal(err)
	}
	text, err := json.Marshal(source.Document)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text))
	f.Add(`{"centerplan": 1, "plan": {"id": "p"}, "budget": {"calendar": {"start": "2027-01"}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var node document.Node
		if json.Unmarshal([]byte(text), &node) != nil {
			return
		}
		plan, err := planning.Read(node)
		if err != nil {
			if kind := problem.KindOf(err); kind != problem.Invalid {
				t.Fatalf("kind %v: %v", kind, err)
			}
			return
		}
		book := plan.Book()
		_ = plan.Check(book)
		for _, s := range book.Scenarios() {
			if _, err := book.Evaluate(s.Code, capacity.NewSizer()); err != nil {
				t.Fatal(err)
			}
		}
	})
}
