package scenarios_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/formula"
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

// dear follows the lines of head: calls are voice 100, 200, 300 and chat 10.
const dear = `  - {code: step, unit: CNY/contact, by: [queue], values: {voice: [1, 1, 2], chat: 1}}
  - {code: fee, by: [queue], formula: 'tiered(calls, "slabs", "slab")'}
  - {code: both, formula: '10 + 2 * tiered(sum(calls), "moving", "slab")'}
  - {code: perhaps, by: [queue], formula: 'month > 1 ? tiered(calls, "slabs", "slab") : 0'}
  - {code: mixed, by: [queue], formula: 'tiered(calls * 2, "slabs", "slab")'}
  - {code: fair, by: [queue], formula: 'tiered(calls, "slabs", "graduated")'}
  - {code: all, formula: 'sum(tiered(calls, "slabs", "slab"))'}
  - {code: limit, values: [115, 400, 310]}
prices:
  slabs: {tiers: [{from: 0, price: 3}, {from: 110, price: 2}, {from: 310, price: 1}]}
  moving: {tiers: [{from: 0, price: 3}, {from: limit, price: 2}]}
`

func TestNotesTellWhereBuyingUpIsCheaper(t *testing.T) {
	outcome := evaluate(t, book(t, dear), "base")
	var got []string
	for _, p := range outcome.Notes() {
		got = append(got, p.Pointer+" "+p.Args["line"]+" "+p.Args["months"]+" "+p.Args["at"]+" "+p.Args["saving"])
	}
	want := []string{
		// 100 cost 300 and 110 would cost 220; 200 cost 400 and 300 cost 600, where 310 cost 310
		`/budget/lines/fee/formula fee["voice"] 2027-01–2027-03 110 460.00`,
		// 110 cost 330 and 115 would cost 230; 210 cost 630 and 400 would cost 800; 310 cost 620
		`/budget/lines/both/formula both 2027-01 115 100.00`,
		`/budget/lines/all/formula all["voice"] 2027-01–2027-03 110 460.00`,
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
}

func TestNotesTellNothingOfWhatIsNotOpen(t *testing.T) {
	b := book(t, dear)
	veil := &formula.Veil{Shown: map[string]bool{"calls": true, "fee": true, "both": true, "all": true}, Opaque: map[string]bool{"fee": true}}
	notes := evaluate(t, b, "base").Behind(veil, b.Model(), b.Scenarios()).Notes()
	// fee is told and nothing else of it, both has a limit that is withheld
	if len(notes) != 1 || notes[0].Pointer != "/budget/lines/all/formula" {
		t.Errorf("the notes are %v, want the one on all", notes)
	}
}
