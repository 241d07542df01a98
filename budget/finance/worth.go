package finance

import (
	"math"
	"slices"

	"centerplan/planning/problem"
)

// monthsPerYear turns annual rates into monthly ones.
const monthsPerYear = 12

// MonthlyRate returns the monthly rate that an annual effective rate compounds
// from: (1+r)^(1/12) - 1, which is less than a twelfth of it.
func MonthlyRate(annual float64) (float64, error) {
	if err := discountRange.Check(annual); err != nil {
		return 0, err
	}
	return math.Expm1(math.Log1p(annual) / monthsPerYear), nil
}

// AnnualRate returns the annual effective rate of a monthly one, the inverse
// of MonthlyRate.
func AnnualRate(monthly float64) float64 {
	return math.Expm1(monthsPerYear * math.Log1p(monthly))
}

// NPV returns the net present value of flows at a rate per period. The first
// flow falls into the present and is not discounted.
func NPV(rate float64, flows []float64) (float64, error) {
	if err := firstFault(discountRange.Check(rate), checkFlows(flows)); err != nil {
		return 0, err
	}
	return worth(slices.Repeat([]float64{1 + rate}, len(flows)), flows), nil
}

// NPVMonthly returns the net present value of monthly flows at annual effective
// rates, one for each month: the rate of a month discounts from that month to
// the one before, so that a rate may change over time. The first month's flow
// is not discounted and its rate is not used.
func NPVMonthly(rates, flows []float64) (float64, error) {
	growth, err := monthlyGrowth(rates)
	if err == nil {
		err = checkFlows(flows)
	}
	if err != nil {
		return 0, err
	}
	return worth(growth, flows), nil
}

// monthlyGrowth returns what an amount grows by in each month.
func monthlyGrowth(rates []float64) ([]float64, error) {
	growth := make([]float64, len(rates))
	for i, rate := range rates {
		if i > 0 && rate == rates[i-1] {
			growth[i] = growth[i-1]
			continue
		}
		monthly, err := MonthlyRate(rate)
		if err != nil {
			return nil, err
		}
		growth[i] = 1 + monthly
	}
	return growth, nil
}

// worth discounts from the last period to the first.
func worth(growth, flows []float64) float64 {
	total := 0.0
	for i, flow := range slices.Backward(flows) {
		total += flow
		if i > 0 {
			total /= growth[i]
		}
	}
	return total
}

// Payback returns after how many periods the flows have paid back: the last
// time that their running total goes from below zero to zero or above, with
// the last flow spread evenly over its period. Flows that are never below zero
// are paid back at once; those that end below zero are refused, for they never
// are.
func Payback(flows []float64) (float64, error) {
	if err := checkFlows(flows); err != nil {
		return 0, err
	}
	total, gross, at := 0.0, 0.0, 0.0
	for i, flow := range flows {
		before := total
		total += flow
		gross += math.Abs(flow)
		if math.Abs(total) <= binaryNoise*gross {
			total = 0
		}
		if before < 0 && total >= 0 {
			at = float64(i) - total/flow
		}
	}
	if total < 0 {
		return 0, refuse("finance.never_pays_back", problem.Args{"short": number(-total)})
	}
	return at, nil
}

// binaryNoise is the part of all amounts within which a sum of them counts as
// zero.
const binaryNoise = 1e-12

// DiscountedPayback is Payback of flows discounted at a rate per period.
func DiscountedPayback(rate float64, flows []float64) (float64, error) {
	if err := firstFault(discountRange.Check(rate), checkFlows(flows)); err != nil {
		return 0, err
	}
	return Payback(discounted(slices.Repeat([]float64{1 + rate}, len(flows)), flows))
}

// DiscountedPaybackMonthly is Payback of monthly flows discounted at annual
// effective rates in the manner of NPVMonthly.
func DiscountedPaybackMonthly(rates, flows []float64) (float64, error) {
	growth, err := monthlyGrowth(rates)
	if err == nil {
		err = checkFlows(flows)
	}
	if err != nil {
		return 0, err
	}
	return Payback(discounted(growth, flows))
}

// discounted returns each flow's present value.
func discounted(growth, flows []float64) []float64 {
	values, factor := make([]float64, len(flows)), 1.0
	for i, flow := range flows {
		if i > 0 {
			factor /= growth[i]
		}
		values[i] = float64(flow * factor)
	}
	return values
}

// ROI returns the return on what flows out: what flows in less what flows out,
// over what flows out, undiscounted. Flows of which none is below zero are
// refused.
func ROI(flows []float64) (float64, error) {
	in, out, err := inAndOut(flows)
	return (in - out) / out, err
}

// ProfitabilityIndex returns the present value of what flows in over that of
// what flows out, at a rate per period.
func ProfitabilityIndex(rate float64, flows []float64) (float64, error) {
	if err := firstFault(discountRange.Check(rate), checkFlows(flows)); err != nil {
		return 0, err
	}
	in, out, err := inAndOut(discounted(slices.Repeat([]float64{1 + rate}, len(flows)), flows))
	return in / out, err
}

func inAndOut(flows []float64) (in, out float64, err error) {
	if err := checkFlows(flows); err != nil {
		return 0, 1, err
	}
	for _, flow := range flows {
		in += max(flow, 0)
		out -= min(flow, 0)
	}
	if out == 0 {
		return 0, 1, refuse("finance.no_outflow", nil)
	}
	return in, out, nil
}
