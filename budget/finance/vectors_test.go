package finance_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/finance"
)

// vectors are reference figures computed to many digits, with null where there
// is no figure.
type vectors struct {
	Investment []struct {
		Name       string
		Flows      []float64 `json:"cash_flows"`
		Rate       float64
		NPV        float64
		IRR        *float64
		All        []float64 `json:"irr_all"`
		Payback    *float64  `json:"payback_periods"`
		Discounted *float64  `json:"discounted_payback_periods"`
		ROI        *float64
		Index      *float64 `json:"profitability_index"`
	}
	Monthly []struct {
		Rate       float64   `json:"annual_rate"`
		Monthly    float64   `json:"monthly_rate"`
		Flows      []float64 `json:"cash_flows"`
		NPV        float64
		Payback    float64   `json:"payback_months"`
		Discounted float64   `json:"discounted_payback_months"`
		IRRMonthly []float64 `json:"irr_monthly"`
		IRR        float64   `json:"irr_annual_effective"`
	} `json:"investment_monthly"`
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
	} `json:"bpo_pricing"`
	Labour []struct {
		Base         float64 `json:"wage_base"`
		Bonus        float64
		Allowance    float64
		Rates        []float64  `json:"si_rates"`
		HousingRate  float64    `json:"hf_rate"`
		SIFloor      float64    `json:"si_floor"`
		SICap        float64    `json:"si_cap"`
		HFFloor      float64    `json:"hf_floor"`
		HFCap        float64    `json:"hf_cap"`
		UnionRate    float64    `json:"union_rate"`
		ExtraMonths  float64    `json:"extra_months"`
		Overtime     [3]float64 `json:"ot_hours_150_200_300"`
		SI           float64    `json:"si_employer"`
		HF           float64    `json:"hf_employer"`
		Hourly       float64    `json:"hourly_for_ot"`
		OvertimePay  float64    `json:"ot_pay"`
		Union        float64
		Accrual      float64 `json:"thirteenth_accrual"`
		MonthlyTotal float64 `json:"monthly_cost"`
	} `json:"labour_cost_cn"`
	Constants struct {
		WorkingHours float64 `json:"working_hours_month"`
		PaidDays     float64 `json:"paid_days_month"`
		PaidHours    float64 `json:"paid_hours_month"`
		Multiplier   struct {
			Workday float64
			RestDay float64 `json:"rest_day"`
			Holiday float64 `json:"statutory_holiday"`
		} `json:"ot_multiplier"`
		Cap float64 `json:"ot_cap_hours_month"`
	} `json:"time_constants_cn"`
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// near fails where got is not want to nine digits.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12+1e-9*math.Abs(want)) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// answer fails where a figure is not as wanted, or where there is one and
// should be none.
func answer(t *testing.T, what string, got float64, err error, want *float64) {
	t.Helper()
	switch {
	case want == nil && err == nil:
		t.Errorf("%s: got %v, want a problem", what, got)
	case want != nil && err != nil:
		t.Errorf("%s: got %v, want %v", what, err, *want)
	case want != nil:
		near(t, what, got, *want)
	}
}

func TestInvestmentVectors(t *testing.T) {
	for _, v := range readVectors(t).Investment {
		t.Run(v.Name, func(t *testing.T) {
			npv, err := finance.NPV(v.Rate, v.Flows)
			answer(t, "npv", npv, err, &v.NPV)
			irr, err := finance.IRR(v.Flows)
			answer(t, "irr", irr, err, v.IRR)
			rates, err := finance.Rates(v.Flows)
			if err != nil || len(rates) != len(v.All) {
				t.Fatalf("rates: got %v (%v), want %v", rates, err, v.All)
			}
			for i := range rates {
				near(t, "rate", rates[i], v.All[i])
			}
			payback, err := finance.Payback(v.Flows)
			answer(t, "payback", payback, err, v.Payback)
			payback, err = finance.DiscountedPayback(v.Rate, v.Flows)
			answer(t, "discounted payback", payback, err, v.Discounted)
			roi, err := finance.ROI(v.Flows)
			answer(t, "roi", roi, err, v.ROI)
			index, err := finance.ProfitabilityIndex(v.Rate, v.Flows)
			answer(t, "profitability index", index, err, v.Index)
		})
	}
}

func TestMonthlyInvestmentVectors(t *testing.T) {
	for _, v := range readVectors(t).Monthly {
		rates := make([]float64, len(v.Flows))
		for i := range rates {
			rates[i] = v.Rate
		}
		monthly, err := finance.MonthlyRate(v.Rate)
		answer(t, "monthly rate", monthly, err, &v.Monthly)
		near(t, "annual rate", finance.AnnualRate(v.Monthly), v.Rate)
		npv, err := finance.NPVMonthly(rates, v.Flows)
		answer(t, "npv", npv, err, &v.NPV)
		payback, err := finance.Payback(v.Flows)
		answer(t, "payback", payback, err, &v.Payback)
		payback, err = finance.DiscountedPaybackMonthly(rates, v.Flows)
		answer(t, "discounted payback", payback, err, &v.Discounted)
		irr, err := finance.IRR(v.Flows)
		answer(t, "monthly irr", irr, err, &v.IRRMonthly[0])
		irr, err = finance.IRRMonthly(v.Flows)
		answer(t, "annual irr", irr, err, &v.IRR)
	}
}

func TestPricingVectors(t *testing.T) {
	for _, v := range readVectors(t).Pricing {
		var tariff finance.Tariff
		switch v.Kind {
		case "tiered_per_contact":
			for _, tier := range v.Tiers {
				tariff.Tiers = append(tariff.Tiers, finance.Tier[float64]{From: tier[0], Price: tier[1]})
			}
			total, err := tariff.Total(finance.Slab, v.Volume)
			answer(t, "slab", total, err, &v.Slab)
			total, err = tariff.Total(finance.Graduated, v.Volume)
			answer(t, "graduated", total, err, &v.Graduated)
		case "min_commit":
			tariff.Tiers = []finance.Tier[float64]{{Price: v.Price}}
			tariff.Commit, tariff.Overage, tariff.HasOverage = v.Commit, v.Overage, true
			for _, mode := range []finance.Mode{finance.Slab, finance.Graduated} {
				total, err := tariff.Total(mode, v.Volume)
				answer(t, "commitment", total, err, &v.Total)
			}
		}
	}
}

func TestLabourVectors(t *testing.T) {
	for _, v := range readVectors(t).Labour {
		var items []finance.Item[float64]
		for _, rate := range v.Rates {
			items = append(items, finance.Item[float64]{Rate: rate, Floor: v.SIFloor, Cap: v.SICap, HasCap: true})
		}
		items = append(items,
			finance.Item[float64]{Rate: v.HousingRate, Floor: v.HFFloor, Cap: v.HFCap, HasCap: true},
			finance.Item[float64]{Rate: v.UnionRate},
		)
		overtime := finance.Overtime{Workday: v.Overtime[0], RestDay: v.Overtime[1], Holiday: v.Overtime[2]}
		cost, err := finance.Labour{
			Base: v.Base, Bonus: v.Bonus, Allowance: v.Allowance,
			Contributions: items, ExtraMonths: v.ExtraMonths, Overtime: overtime,
		}.Cost()
		if err != nil {
			t.Fatal(err)
		}
		parts := cost.Contributions
		near(t, "social insurance", parts[0]+parts[1]+parts[2]+parts[3], v.SI)
		near(t, "housing fund", parts[4], v.HF)
		near(t, "union", parts[5], v.Union)
		near(t, "hourly wage", finance.HourlyWage(v.Base), v.Hourly)
		near(t, "overtime", cost.Overtime, v.OvertimePay)
		near(t, "thirteenth month", cost.Accrual, v.Accrual)
		near(t, "total", cost.Total, v.MonthlyTotal)
	}
}

func TestTimeConstants(t *testing.T) {
	v := readVectors(t).Constants
	near(t, "paid days", finance.PaidDays, v.PaidDays)
	near(t, "paid hours", finance.PaidHours, v.PaidHours)
	near(t, "workday", finance.OvertimeWorkday, v.Multiplier.Workday)
	near(t, "rest day", finance.OvertimeRestDay, v.Multiplier.RestDay)
	near(t, "holiday", finance.OvertimeHoliday, v.Multiplier.Holiday)
	near(t, "overtime allowed", finance.MostOvertime, v.Cap)
	typical := calendar.Calendar{Start: calendar.Of(2027, 1), Months: 12, Typical: true}
	near(t, "working hours", typical.PaidHours(0), v.WorkingHours)
}
