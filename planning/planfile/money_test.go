package planfile_test

import (
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
)

const moneyPlan = `centerplan: 1
plan: {id: north-2027, currency: CNY}
calendar: {start: 2027-01, months: 3}
lines:
  - {code: floor, unit: CNY/person, values: 4000}
  - {code: wage, unit: CNY/person, formula: 'employer_contributions(6000, "city")'}
  - {code: fee, unit: CNY, formula: 'tiered(1000, "bpo", "slab")'}
scenarios:
  - {code: base}
prices:
  bpo:
    name: {en: Partner, zh: 合作伙伴}
    unit: CNY/contact
    tiers:
      - {price: 3.2}
      - {from: 50000, price: 2.9}
    commit: 2000
    overage: over
contributions:
  city:
    items:
      - {code: pension, name: {en: Pension, zh: 养老保险}, rate: 0.16, floor: floor, cap: 20000}
      - {code: union, rate: 2e-2}
`

func TestTablesOfMoneyRoundTrip(t *testing.T) {
	source, err := planfile.Decode([]byte(moneyPlan))
	if err != nil {
		t.Fatal(err)
	}
	from, _ := document.Get(source.Document, "budget", "prices", "bpo", "tiers")
	if got := from.([]document.Node)[1].(document.Object)["from"]; got != 50000.0 {
		t.Errorf("a tier begins from the number %v (%T), want 50000", got, got)
	}
	text := planfile.Encode(source.Document)
	again, err := planfile.Decode(text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if diff := cmp.Diff(source.Document, again.Document); diff != "" {
		t.Errorf("%s\nin\n%s", diff, text)
	}
	before, err := planning.Read(source.Document)
	if err != nil {
		t.Fatal(err)
	}
	after, err := planning.Read(again.Document)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before.Budget, after.Budget, cmpopts.IgnoreUnexported(budget.Model{})); diff != "" {
		t.Error(diff)
	}
}

func TestFaultsOfTablesHaveTheirPlace(t *testing.T) {
	cases := map[string]struct{ old, faulty, want string }{
		"tiers in order":           {"from: 50000", "from: 0", "finance.tier_order at /budget/prices/bpo/tiers/1/from"},
		"every later tier begins":  {"{from: 50000, price: 2.9}", "{price: 2.9}", "shape.missing at /budget/prices/bpo/tiers/1/from"},
		"the first tier from zero": {"{price: 3.2}", "{from: 1, price: 3.2}", "finance.first_tier at /budget/prices/bpo/tiers/0/from"},
		"a tier that begins wrong": {"from: 50000", "from: -1", "finance.tier_start_range at /budget/prices/bpo/tiers/1/from"},
		"every tier has a price":   {"{price: 3.2}", "{from: 0}", "shape.missing at /budget/prices/bpo/tiers/0/price"},
		"no negative price":        {"price: 2.9", "price: -2.9", "finance.price_range at /budget/prices/bpo/tiers/1/price"},
		"no negative commitment":   {"commit: 2000", "commit: -1", "finance.commit_range at /budget/prices/bpo/commit"},
		"no misspelt field":        {"overage: over", "overrage: over", "shape.unknown_field at /budget/prices/bpo/overrage"},
		"a price in money":         {"unit: CNY/contact", "unit: contact", "budget.price_unit at /budget/prices/bpo/unit"},
		"a rate is there":          {"rate: 2e-2", "floor: 0", "shape.missing at /budget/contributions/city/items/union/rate"},
		"a rate is a share":        {"rate: 2e-2", "rate: 2", "finance.rate_range at /budget/contributions/city/items/union/rate"},
		"a cap is above its floor": {"floor: floor, cap: 20000", "floor: 9, cap: 8", "finance.floor_above_cap at /budget/contributions/city/items/pension/cap"},
		"two items, two codes":     {"{code: union,", "{code: pension, id: other,", "budget.item_twice at /budget/contributions/city/items/other/code"},
		"a word names a line":      {"commit: 2000", "commit: ''", "capacity.line_empty at /budget/prices/bpo/commit"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(moneyPlan, c.old, c.faulty, 1)
			source, err := planfile.Decode([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			_, err = planning.Read(source.Document)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// TestTheMoneyPlanGivesTheReferenceFigures evaluates testdata/money.plan.yaml,
// whose labour, partner and project are those of the reference figures.
func TestTheMoneyPlanGivesTheReferenceFigures(t *testing.T) {
	text, err := os.ReadFile("testdata/money.plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	source, err := planfile.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := planning.Read(source.Document)
	if err != nil {
		t.Fatal(err)
	}
	book := plan.Book()
	if problems := plan.Check(book); len(problems) > 0 {
		t.Fatal(problems)
	}
	program, _ := formula.Compile(plan.Budget.Scope(nil))
	results := program.Evaluate(plan.Budget.Inputs(nil), nil)
	want := map[string]float64{
		"cost_per_agent": 9114.931034482759,
		"fee":            346000, "fee_slab": 312000, "fee_graduated": 357000,
		"depreciation": 600000.0 / 36,
		"project_npv":  633056.2683062337, "project_irr": 0.7138539999592821,
		"project_payback": 18.125, "discounted_payback": 19.50623295366212,
	}
	for _, code := range slices.Sorted(maps.Keys(want)) {
		series, _ := results.Series(code)
		if got := series.Values[0]; !(math.Abs(got-want[code]) <= 1e-9*want[code]) {
			t.Errorf("%s is %v, want %v (%v)", code, got, want[code], series.Faults[0])
		}
	}
	if value, fault := results.Roll("fee_yearly", -1, 12, 23); fault != nil || math.Abs(value-4284000) > 1e-6 {
		t.Errorf("a year of 1,440,000 contacts costs %v (%v), want 4,284,000", value, fault)
	}
	if value, fault := results.Roll("book_value", -1, 0, 36); fault != nil || math.Abs(value) > 1e-6 {
		t.Errorf("after 36 months the book value is %v (%v), want 0", value, fault)
	}
}
