// Package capacity is the mathematics of a contact center: queues, the agents
// they need, staffing policies that turn a month's contacts into people, and
// the arithmetic of repeats, shrinkage, attrition and deferred work around
// them.
//
// Rates and shares are fractions, handle times and waits are seconds, intervals
// are minutes, paid time is hours, and a load is in Erlangs. Nothing is rounded
// on the way except agents per interval, which are whole. A number outside its
// range, not finite numbers included, is refused with a problem of kind Invalid
// whose key begins with "capacity."; nothing here panics on a number.
package capacity

import (
	"math"
	"strconv"

	"centerplan/planning/problem"
)

// CeilTol rounds up to a whole number, but takes a number that exceeds one by
// no more than binary noise for that one: 17/(1-0.32) is 25, not 26.
func CeilTol(x float64) float64 {
	const noise = 1e-9
	return math.Ceil(x - float64(noise*max(1, math.Abs(x))))
}

// OfferedLoad returns the load in Erlangs of calls that arrive within an
// interval and take aht seconds each.
func OfferedLoad(calls, intervalMin, aht float64) (float64, error) {
	if err := firstFault(callRange.check(calls), intervalRange.check(intervalMin), durationRange.check(aht)); err != nil {
		return 0, err
	}
	load := load(calls, intervalMin, aht)
	return load, loadRange.check(load)
}

func load(calls, intervalMin, aht float64) float64 {
	return calls * aht / (intervalMin * 60)
}

// A limits is the range a number must lie in, and the problem that says so.
type limits struct {
	key               string
	low, high         float64
	openLow, openHigh bool // the bound itself is outside
}

// The ranges. Load is capped so that no formula can make a search endless.
var (
	callRange       = limits{key: "capacity.volume_range", high: 1e12}
	intervalRange   = limits{key: "capacity.interval_range", high: 527040, openLow: true} // a leap year's minutes
	durationRange   = limits{key: "capacity.aht_range", high: 1e9}
	serviceAHT      = limits{key: "capacity.aht_range", low: 1e-9, high: 1e9}
	monthAHT        = limits{key: "capacity.aht_range", low: 1, high: 86400}
	loadRange       = limits{key: "capacity.load_range", high: 1e6}
	agentRange      = limits{key: "capacity.agents_range", high: 1e9}
	targetRange     = limits{key: "capacity.target_range", high: 1, openHigh: true}
	withinRange     = limits{key: "capacity.within_range", high: 86400}
	occupancyRange  = limits{key: "capacity.occupancy_range", high: 1, openLow: true}
	maxWaitRange    = limits{key: "capacity.max_wait_range", high: math.Inf(1), openLow: true}
	patienceRange   = limits{key: "capacity.patience_range", low: 1e-9, high: 1e12}
	maxAbandonRange = limits{key: "capacity.max_abandon_range", high: 1, openLow: true}
	concurrentRange = limits{key: "capacity.concurrency_range", low: 1, high: 10}
	blockingRange   = limits{key: "capacity.blocking_range", high: 1, openLow: true}
	quantileRange   = limits{key: "capacity.quantile_range", high: 1, openHigh: true}
	shrinkageRange  = limits{key: "capacity.shrinkage_range", high: 0.95, openHigh: true}
	efficiencyRange = limits{key: "capacity.efficiency_range", high: 1, openLow: true}
	paidHoursRange  = limits{key: "capacity.paid_hours_range", high: 744, openLow: true}
	minimumRange    = limits{key: "capacity.minimum_range", high: 1e6}
	factorRange     = limits{key: "capacity.day_factor_range", high: 1e6}
	weightRange     = limits{key: "capacity.weight_range", high: 1e12}
	fteRange        = limits{key: "capacity.fte_range", high: 1e9}
	shareRange      = limits{key: "capacity.share_range", high: 1}
	repeatRange     = limits{key: "capacity.repeat_range", high: 1, openHigh: true}
	growthRange     = limits{key: "capacity.growth_range", low: -1, high: 1e6}
	amountRange     = limits{key: "capacity.amount_range", high: 1e15}
	positiveRange   = limits{key: "capacity.amount_range", high: 1e15, openLow: true}
	peopleRange     = limits{key: "capacity.people_range", high: 1e9}
	leavingRange    = limits{key: "capacity.leaving_range", high: 1}
	trainingRange   = limits{key: "capacity.training_range", high: 60}
	yieldRange      = limits{key: "capacity.yield_range", high: 1, openLow: true}
	rampRange       = limits{key: "capacity.ramp_range", high: 1.5}
	classRange      = limits{key: "capacity.class_range", high: 1e6}
	classLimitRange = limits{key: "capacity.class_limit_range", high: 1e6}
	noticeRange     = limits{key: "capacity.notice_range", high: 60}
	attritionRange  = limits{key: "capacity.attrition_range", high: 12}
	survivalRange   = limits{key: "capacity.attrition_survival_range", high: 1, openHigh: true}
)

// check returns the problem of a number outside the range, NaN included.
func (l limits) check(x float64) error {
	above := x > l.low || (x == l.low && !l.openLow)
	below := x < l.high || (x == l.high && !l.openHigh)
	if above && below {
		return nil
	}
	return l.refuse(x)
}

// refuse returns the problem of a number that is not as the limits say.
func (l limits) refuse(x float64) error {
	return refuse(l.key, problem.Args{"got": number(x), "low": number(l.low), "high": number(l.high)})
}

func refuse(key string, args problem.Args) error {
	return problem.Problem{Kind: problem.Invalid, Key: key, Args: args}
}

// number writes a number in full, without an exponent where that stays short.
func number(x float64) string {
	const short = 1e15
	if math.Abs(x) < short && x == math.Trunc(x) {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
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
