package planning_test

import (
	"math"
	"testing"

	"centerplan/budget/capacity"
	"centerplan/scenarios"
)

// hiringPlan is a center with a planned team: what a hiring plan is in a plan
// file, its series as lines, and the accounts that they cost.
const hiringPlan = `centerplan: 1
plan: {id: t, currency: CNY}
calendar: {start: 2027-01, months: 12}
groups: [{code: people, name: {en: People, zh: 人员}}]
accounts: [{code: "1010"}, {code: "1110"}, {code: "1120"}]
lines:
  - {code: fte, unit: person, values: [195, 190, 205, 210, 215, 225, 225, 220, 215, 215, 230, 220]}
  - {code: attrition, values: 0.05}
  - {code: hired, group: people, unit: person, rollup: sum, formula: 'hires("agents")'}
  - {code: in_class, group: people, unit: person, formula: 'in_training("agents")'}
  - {code: effective, group: people, unit: person, formula: 'effective_fte("agents")'}
  - {code: paid, group: people, unit: person, formula: 'paid_headcount("agents")'}
  - {code: left, group: people, unit: person, rollup: sum, formula: 'leavers("agents")'}
  - {code: missing, group: people, unit: person, rollup: min, formula: 'gap("agents")'}
  - {code: base_pay, unit: CNY, account: "1010", formula: '(paid - in_class) * pay'}
  - {code: recruiting, unit: CNY, account: "1110", formula: 'hired * recruiting_price'}
  - {code: training, unit: CNY, account: "1120", formula: 'hired * training_price + in_class * pay'}
  - {code: pay, unit: CNY/person, values: 5000}
  - {code: recruiting_price, unit: CNY/person, values: 2000}
  - {code: training_price, unit: CNY/person, values: 1500}
scenarios:
  - code: stay
    changes: [{line: attrition, scale: 0.5}]
hiring:
  agents:
    opening: 200
    attrition: attrition
    new_attrition: [0.08, 0.06]
    training_months: 1
    yield: 0.9
    ramp: [0.5, 0.75, 0.9]
    required: fte
    planned: true
    earliest_class: 2027-01
`

func TestAHiringPlanIsLinesWithAccounts(t *testing.T) {
	p, err := read(t, hiringPlan)
	if err != nil {
		t.Fatal(err)
	}
	book := p.Book()
	if problems := p.Check(book); len(problems) > 0 {
		t.Fatal(problems)
	}
	total := func(scenario scenarios.Code, line string) float64 {
		outcome, err := book.Evaluate(scenario, capacity.NewSizer())
		if err != nil {
			t.Fatal(err)
		}
		value, fault := outcome.Results.Roll(line, -1, 0, 11)
		if fault != nil {
			t.Fatalf("%s fails: %v", line, fault)
		}
		return value
	}
	for line, want := range map[string]float64{"hired": 203, "missing": 0, "recruiting": 203 * 2000, "training": 203 * (1500 + 5000)} {
		if got := total("base", line); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s is %v in total, want %v", line, got, want)
		}
	}
	const average = 226.516176 // in production over the year, of the table of this case
	if got := total("base", "base_pay") / (12 * 5000); math.Abs(got-average) > 1e-6 {
		t.Errorf("%v people are paid in production, want %v", got, average)
	}
	if base, stay := total("base", "hired"), total("stay", "hired"); stay >= base {
		t.Errorf("%v are hired where half as many leave, %v otherwise", stay, base)
	}
}
