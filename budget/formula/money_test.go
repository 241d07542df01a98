package formula_test

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/finance"
	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// A moneyPlan is a plan made for one vector: its lines are given or formulas.
type moneyPlan struct {
	scope formula.Scope
	in    formula.Inputs
}

func newMoneyPlan(months int) *moneyPlan {
	return &moneyPlan{
		scope: formula.Scope{
			Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: months},
			Prices:   map[string]formula.PriceTable{}, Contributions: map[string]formula.ContributionTable{},
		},
		in: formula.Inputs{Values: map[string][]float64{}},
	}
}

func (m *moneyPlan) given(code, unit string, values ...float64) {
	for len(values) < m.scope.Calendar.Months {
		values = append(values, values[0])
	}
	m.scope.Lines = append(m.scope.Lines, formula.Line{Code: code, Unit: unit, Pointer: "/" + code})
	m.in.Values[code] = values
}

// value evaluates a formula in the unit for the first month; its fault is an
// error.
func (m *moneyPlan) value(t *testing.T, unit, text string) (float64, error) {
	t.Helper()
	scope := m.scope
	scope.Lines = append(slices.Clip(scope.Lines), formula.Line{Code: "result", Unit: unit, Formula: text, Pointer: "/result"})
	program, problems := formula.Compile(scope)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", text, problems)
	}
	series, _ := program.Evaluate(m.in, nil).Series("result")
	if fault, failed := series.Faults[0]; failed {
		return 0, errors.New(fault.Key)
	}
	return series.Values[0], nil
}

// check compares a formula's value with a reference figure, nil for none.
func (m *moneyPlan) check(t *testing.T, unit, text string, want *float64) {
	t.Helper()
	got, err := m.value(t, unit, text)
	switch {
	case want == nil && err == nil:
		t.Errorf("%s is %v, want a fault", text, got)
	case want != nil && err != nil:
		t.Errorf("%s fails with %v, want %v", text, err, *want)
	case want != nil && !(math.Abs(got-*want) <= 1e-12+1e-9*math.Abs(*want)):
		t.Errorf("%s is %v, want %v", text, got, *want)
	}
}

func readMoneyVectors(t *testing.T, into any) {
	t.Helper()
	text, err := os.ReadFile("../finance/testdata/vectors.json")
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestInvestmentVectorsInFormulas reads each period of a flow as a month, so
// that the vector's rate per period is the monthly one.
func TestInvestmentVectorsInFormulas(t *testing.T) {
	var vectors struct {
		Investment []struct {
			Name       string
			Flows      []float64 `json:"cash_flows"`
			Rate       float64
			NPV        float64
			IRR        *float64
			Payback    *float64 `json:"payback_periods"`
			Discounted *float64 `json:"discounted_payback_periods"`
			ROI        *float64
			Index      *float64 `json:"profitability_index"`
		}
	}
	readMoneyVectors(t, &vectors)
	for _, v := range vectors.Investment {
		t.Run(v.Name, func(t *testing.T) {
			plan := newMoneyPlan(len(v.Flows))
			plan.given("flow", "CNY", v.Flows...)
			plan.given("rate", "ratio", math.Pow(1+v.Rate, 12)-1)
			plan.check(t, "CNY", "npv(rate, flow)", &v.NPV)
			plan.check(t, "ratio", "pow(1 + irr(flow), 1/12) - 1", v.IRR)
			plan.check(t, "month", "payback(flow)", v.Payback)
			plan.check(t, "month", "payback(flow, rate)", v.Discounted)
			plan.check(t, "ratio", "plan_total(flow) / plan_total(max(0 - flow, 0))", v.ROI)
			plan.check(t, "ratio", "npv(rate, max(flow, 0)) / npv(rate, max(0 - flow, 0))", v.Index)
		})
	}
}

func TestMonthlyInvestmentVectorsInFormulas(t *testing.T) {
	var vectors struct {
		Monthly []struct {
			Rate       float64   `json:"annual_rate"`
			Flows      []float64 `json:"cash_flows"`
			NPV        float64
			Payback    float64 `json:"payback_months"`
			Discounted float64 `json:"discounted_payback_months"`
			IRR        float64 `json:"irr_annual_effective"`
		} `json:"investment_monthly"`
	}
	readMoneyVectors(t, &vectors)
	for _, v := range vectors.Monthly {
		plan := newMoneyPlan(len(v.Flows))
		plan.given("flow", "CNY", v.Flows...)
		plan.given("rate", "ratio", v.Rate)
		plan.check(t, "CNY", "npv(rate, flow)", &v.NPV)
		plan.check(t, "ratio", "irr(flow)", &v.IRR)
		plan.check(t, "month", "payback(flow)", &v.Payback)
		plan.check(t, "month", "payback(flow, rate)", &v.Discounted)
	}
}

func is(x float64) capacity.Param { return capacity.Param{Value: x} }

func TestPricingVectorsInFormulas(t *testing.T) {
	var vectors struct {
		Pricing []struct {
			Kind      string
			Tiers     [][2]float64
			Volume    float64
			Slab      float64 `json:"slab_total"`
			Graduated float64 `json:"graduated_total"`
			Commit    float64
			Price     float64
			Overage   float64 `json:"overage_price"`
			Total     float64
			Seats     float64
			SeatPrice float64 `json:"price_ex_vat"`
			VAT       float64
			Bonus     float64 `json:"bonus_malus"`
			Net       float64 `json:"net_ex_vat"`
			Gross     float64 `json:"gross_inc_vat"`
		} `json:"bpo_pricing"`
	}
	readMoneyVectors(t, &vectors)
	for _, v := range vectors.Pricing {
		plan := newMoneyPlan(1)
		table := formula.PriceTable{Unit: "CNY/contact"}
		plan.given("volume", "contact", v.Volume)
		switch v.Kind {
		case "tiered_per_contact":
			for _, tier := range v.Tiers {
				table.Tiers = append(table.Tiers, finance.Tier[capacity.Param]{From: is(tier[0]), Price: is(tier[1])})
			}
			plan.scope.Prices["bpo"] = table
			plan.check(t, "CNY", `tiered(volume, "bpo", "slab")`, &v.Slab)
			plan.check(t, "CNY", `tiered(volume, "bpo", "graduated")`, &v.Graduated)
		case "min_commit":
			table.Tiers = []finance.Tier[capacity.Param]{{Price: is(v.Price)}}
			table.Commit, table.Overage, table.HasOverage = is(v.Commit), is(v.Overage), true
			plan.scope.Prices["bpo"] = table
			plan.check(t, "CNY", `tiered(volume, "bpo", "graduated")`, &v.Total)
		case "per_seat":
			plan.given("seats", "seat", v.Seats)
			plan.given("price", "CNY/seat", v.SeatPrice)
			plan.given("bonus", "ratio", v.Bonus)
			plan.given("vat", "ratio", v.VAT)
			plan.check(t, "CNY", "seats * price * (1 + bonus)", &v.Net)
			plan.check(t, "CNY", "seats * price * (1 + bonus) * (1 + vat)", &v.Gross)
		}
	}
}

func TestLabourVectorsInFormulas(t *testing.T) {
	var vectors struct {
		Labour []struct {
			Base        float64 `json:"wage_base"`
			Bonus       float64
			Allowance   float64
			Rates       []float64  `json:"si_rates"`
			HousingRate float64    `json:"hf_rate"`
			SIFloor     float64    `json:"si_floor"`
			SICap       float64    `json:"si_cap"`
			HFFloor     float64    `json:"hf_floor"`
			HFCap       float64    `json:"hf_cap"`
			UnionRate   float64    `json:"union_rate"`
			ExtraMonths float64    `json:"extra_months"`
			Overtime    [3]float64 `json:"ot_hours_150_200_300"`
			HF          float64    `json:"hf_employer"`
			OvertimePay float64    `json:"ot_pay"`
			Cost        float64    `json:"monthly_cost"`
		} `json:"labour_cost_cn"`
	}
	readMoneyVectors(t, &vectors)
	for _, v := range vectors.Labour {
		plan := newMoneyPlan(1)
		table := formula.ContributionTable{}
		for i, rate := range v.Rates {
			table.Items = append(table.Items, formula.Contribution{Code: "insurance" + string(rune('a'+i)), Item: finance.Item[capacity.Param]{
				Rate: is(rate), Floor: is(v.SIFloor), Cap: capacity.Param{Line: "insurance_cap"}, HasCap: true,
			}})
		}
		table.Items = append(table.Items,
			formula.Contribution{Code: "housing", Item: finance.Item[capacity.Param]{Rate: is(v.HousingRate), Floor: is(v.HFFloor), Cap: is(v.HFCap), HasCap: true}},
			formula.Contribution{Code: "union", Item: finance.Item[capacity.Param]{Rate: is(v.UnionRate)}})
		plan.scope.Contributions["city"] = table
		plan.given("insurance_cap", "CNY/person", v.SICap)
		plan.given("base", "CNY/person", v.Base)
		plan.given("bonus", "CNY/person", v.Bonus)
		plan.given("allowance", "CNY/person", v.Allowance)
		plan.given("extra_months", "", v.ExtraMonths)
		plan.given("workday", "hour/person", v.Overtime[0])
		plan.given("restday", "hour/person", v.Overtime[1])
		plan.given("holiday", "hour/person", v.Overtime[2])
		plan.given("wage_hours", "hour/person", finance.PaidHours)
		overtime := "base * (workday * 1.5 + restday * 2 + holiday * 3) / wage_hours"
		plan.check(t, "CNY/person", `employer_contributions(base + bonus, "city", "housing")`, &v.HF)
		plan.check(t, "CNY/person", overtime, &v.OvertimePay)
		plan.check(t, "CNY/person", `base + bonus + allowance + employer_contributions(base + bonus, "city")`+
			" + base * extra_months / 12 + "+overtime, &v.Cost)
	}
}

func TestUnitCostVectorsInFormulas(t *testing.T) {
	var vectors struct {
		Costs []struct {
			Opex, Handled, FCR float64
			Customers          float64  `json:"active_customers"`
			PerContact         *float64 `json:"cost_per_contact"`
			PerResolution      *float64 `json:"cost_per_resolution"`
			ToServe            float64  `json:"cost_to_serve"`
		} `json:"unit_costs"`
		Checks []struct {
			Issues  float64 `json:"issues_per_month"`
			CPC     float64
			FCR0    float64
			FCR1    float64
			Calls   float64
			Gap     float64
			Extra   float64 `json:"extra_calls"`
			Savings float64 `json:"annual_saving"`
		} `json:"published_fcr_checks"`
	}
	readMoneyVectors(t, &vectors)
	for _, v := range vectors.Costs {
		plan := newMoneyPlan(1)
		plan.given("opex", "CNY", v.Opex)
		plan.given("handled", "contact", v.Handled)
		plan.given("fcr", "issue/contact", v.FCR)
		plan.given("customers", "customer", v.Customers)
		plan.check(t, "CNY/contact", "opex / handled", v.PerContact)
		plan.check(t, "CNY/issue", "opex / (handled * fcr)", v.PerResolution)
		plan.check(t, "CNY/customer", "opex / customers", &v.ToServe)
	}
	for _, v := range vectors.Checks {
		plan := newMoneyPlan(12)
		plan.given("issues", "issue", v.Issues)
		plan.given("cpc", "CNY/contact", v.CPC)
		plan.given("before", "issue/contact", v.FCR0)
		plan.given("after", "issue/contact", v.FCR1)
		plan.given("calls", "contact", v.Calls)
		plan.given("gap", "ratio", v.Gap)
		plan.given("extra", "ratio", v.Extra)
		if v.Issues > 0 {
			plan.check(t, "CNY", "plan_total(issues * cpc / before - issues * cpc / after)", &v.Savings)
			continue
		}
		plan.check(t, "CNY", "calls * gap * extra * cpc", &v.Savings)
	}
}

// TestWhatIsOddAboutMoneyIsNoted compiles formulas and looks at the notes.
func TestWhatIsOddAboutMoneyIsNoted(t *testing.T) {
	cliffs := formula.PriceTable{Prices: finance.Prices[capacity.Param]{Tiers: []finance.Tier[capacity.Param]{
		{From: is(0), Price: is(3.2)}, {From: is(50000), Price: is(2.9)}, {From: is(100000), Price: is(2.6)},
	}}}
	moving := cliffs
	moving.Commit = capacity.Param{Line: "volume"}
	priced := cliffs
	priced.Commit, priced.Overage, priced.HasOverage = is(60000), is(3), true
	cases := map[string]struct {
		formula string
		want    []string
	}{
		"a slab table has a note for each cliff": {`1 + tiered(volume, "cliffs", "slab")`, []string{
			`formula.note_cliff at /result[4:36] after="145000" at="50000" before="160000" from="45312.5" line="result"`,
			`formula.note_cliff at /result[4:36] after="260000" at="100000" before="290000" from="89655.17" line="result"`,
		}},
		"a graduated one has none":              {`tiered(volume, "cliffs", "graduated")`, nil},
		"where numbers are lines there is none": {`tiered(volume, "moving", "slab")`, nil},
		"a tier above a priced commitment": {`tiered(volume, "priced", "graduated")`, []string{
			`formula.note_unreached_tier at /result[0:37] commit="60000" from="100000" line="result"`,
		}},
		"a worth that months would add up": {`npv(10%, fee)`, []string{
			`formula.note_constant_sum at /result[0:13] function="npv" line="result"`,
		}},
		"a plan's total that months would add up": {`plan_total(fee)`, []string{
			`formula.note_constant_sum at /result[0:15] function="plan_total" line="result"`,
		}},
		"a share of a plan's total may be added":  {`fee / plan_total(fee)`, nil},
		"a rate of return is averaged, not added": {`irr(fee)`, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			plan := newMoneyPlan(1)
			plan.given("volume", "contact", 1)
			plan.given("fee", "CNY", 1)
			plan.scope.Prices = map[string]formula.PriceTable{"cliffs": cliffs, "moving": moving, "priced": priced}
			plan.scope.Lines = append(plan.scope.Lines, formula.Line{Code: "result", Formula: c.formula, Pointer: "/result"})
			program, problems := formula.Compile(plan.scope)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var got []string
			for _, note := range program.Notes() {
				got = append(got, note.Error())
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSeveralRatesAreNamedInTheFault looks at the arguments of the message.
func TestSeveralRatesAreNamedInTheFault(t *testing.T) {
	plan := newMoneyPlan(25)
	plan.given("flow", "CNY", 0)
	flow := plan.in.Values["flow"]
	flow[0], flow[12], flow[24] = -1600, 10000, -10000
	plan.scope.Lines = append(plan.scope.Lines, formula.Line{Code: "rate", Formula: "irr(flow)"})
	program, _ := formula.Compile(plan.scope)
	series, _ := program.Evaluate(plan.in, nil).Series("rate")
	got, want := series.Faults[0].Args, problem.Args{"rates": "0.25, 4"}
	if series.Faults[0].Key != "finance.irr_several" || got["rates"] != want["rates"] {
		t.Errorf("got %v, want %v", series.Faults[0], want)
	}
}

// TestATablesLinesAreTraced looks for the lines that a table's numbers name.
func TestATablesLinesAreTraced(t *testing.T) {
	plan := newMoneyPlan(2)
	plan.given("volume", "contact", 10)
	plan.given("price", "CNY/contact", 3)
	plan.scope.Prices["deal"] = formula.PriceTable{Prices: finance.Prices[capacity.Param]{
		Tiers: []finance.Tier[capacity.Param]{{Price: capacity.Param{Line: "price"}}},
	}}
	plan.scope.Lines = append(plan.scope.Lines, formula.Line{Code: "fee", Formula: `tiered(volume, "deal", "slab")`})
	program, _ := formula.Compile(plan.scope)
	step := program.Trace(program.Evaluate(plan.in, nil), "fee", 0, 1)
	var lines []string
	for _, operand := range step.Operands {
		lines = append(lines, operand.Line)
	}
	if got, want := strings.Join(lines, " "), "volume price"; got != want || step.Value != 30 {
		t.Errorf("got %v from %s, want 30 from %s", step.Value, got, want)
	}
}
