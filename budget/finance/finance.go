// Package finance is the money side of a plan: the worth of flows over time,
// price tables with tiers, depreciation, employer contributions, and what an
// employee in China costs.
//
// Rates and shares are fractions, times are in months or, where a function says
// so, in periods of any length, and amounts are in the plan's one currency.
// Nothing is rounded. A number outside its range, not finite numbers included,
// is refused with a problem of kind Invalid whose key begins with "finance.";
// nothing here panics on a number.
package finance

import (
	"math"
	"strconv"

	"centerplan/planning/problem"
)

// A Range is the numbers that may stand in a place, and the problem that says
// so of others.
type Range struct {
	key       string
	low, high float64
	openLow   bool // low itself is outside
}

// The ranges of numbers that a plan states in its tables.
var (
	// TierStart is where a tier of a price table may begin.
	TierStart = Range{key: "finance.tier_start_range", high: 1e15}
	// TierPrice is what a unit may cost.
	TierPrice = Range{key: "finance.price_range", high: 1e15}
	// CommitRange is the volume that may be committed.
	CommitRange = Range{key: "finance.commit_range", high: 1e15}
	// ContributionRate is the share of a wage that an item may take.
	ContributionRate = Range{key: "finance.rate_range", high: 1}
	// ContributionBound is what a floor or a cap may be.
	ContributionBound = Range{key: "finance.bound_range", high: 1e15}
)

var (
	flowRange     = Range{key: "finance.flow_range", low: -1e18, high: 1e18}
	volumeRange   = Range{key: "finance.volume_range", high: 1e15}
	discountRange = Range{key: "finance.discount_range", low: -1, high: 1e6, openLow: true}
	wageRange     = Range{key: "finance.wage_range", high: 1e15}
	hoursRange    = Range{key: "finance.overtime_range", high: 744}
	extraRange    = Range{key: "finance.extra_months_range", high: 120}
)

// Check returns the problem of a number outside the range, NaN included.
func (r Range) Check(x float64) error {
	if x >= r.low && x <= r.high && (!r.openLow || x > r.low) {
		return nil
	}
	return refuse(r.key, problem.Args{"got": number(x), "low": number(r.low), "high": number(r.high)})
}

func refuse(key string, args problem.Args) error {
	return problem.Problem{Kind: problem.Invalid, Key: key, Args: args}
}

// number writes a number in full, without an exponent where that stays short.
func number(x float64) string {
	if a := math.Abs(x); a >= 1e-4 && a < 1e15 || a == 0 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// checkFlows refuses flows of which one is outside its range.
func checkFlows(flows []float64) error {
	for _, flow := range flows {
		if err := flowRange.Check(flow); err != nil {
			return err
		}
	}
	return nil
}

// firstFault returns the first error there is.
func firstFault(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
