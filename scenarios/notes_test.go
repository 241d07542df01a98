package scenarios_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// short follows the lines of head.
const short = `  - {code: need, unit: person, by: [queue], values: {voice: [10, 9, 14], chat: 8}}
  - {code: leave, values: 0}
  - {code: broken, values: {2027-02: 0}}
hiring:
  given: {opening: 9, attrition: leave, required: need}
  planned: {opening: 9, attrition: leave, training_months: 1, required: need, planned: true, class_max: 2}
  failing: {opening: 9, attrition: broken, required: need}
  asked_nothing: {opening: 9, attrition: leave}
`

func TestNotesTellWhereAHiringPlanIsShort(t *testing.T) {
	outcome := evaluate(t, book(t, short), "base")
	var got []string
	for _, p := range outcome.Notes() {
		got = append(got, p.Key+" "+p.Pointer+" "+p.Args["plan"]+" "+p.Args["most"]+" "+p.Args["months"])
	}
	want := []string{
		`scenarios.note_short /budget/hiring/given given["voice"] 5.0 2027-01, 2027-03`,
		`scenarios.note_unfilled /budget/hiring/planned planned["voice"] 3.0 2027-01, 2027-03`,
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
}
