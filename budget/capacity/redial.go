package capacity

import (
	"math"

	"centerplan/planning/problem"
)

// RedialTolerance is how closely Redials.Offered solves its equation, as a share
// of the calls.
const RedialTolerance = 1e-12

// Redials is an interval in which some of the callers that give up call again.
type Redials struct {
	Calls, IntervalMin, AHT float64 // calls without the redials
	Agents, PatienceS       float64
	// Redial is the share of the calls given up that are made again.
	Redial float64
}

// Offered returns the calls with their redials: the fixed point of
// offered = calls / (1 - abandonment(offered) × redial) under Erlang A.
//
// Calls less those made again, offered × (1 - abandonment × redial), rise with
// the calls offered, so there is one such point or none: where nobody gives up
// for good and the agents cannot serve all, the calls pile up without end. That
// is the problem capacity.redials_no_convergence.
func (r Redials) Offered() (float64, error) {
	err := firstFault(callRange.check(r.Calls), intervalRange.check(r.IntervalMin), serviceAHT.check(r.AHT),
		agentRange.check(r.Agents), patienceRange.check(r.PatienceS), shareRange.check(r.Redial),
		loadRange.check(load(r.Calls, r.IntervalMin, r.AHT)))
	if err != nil || r.Calls == 0 || r.Redial == 0 {
		return r.Calls, err
	}
	low, high := r.Calls, r.Calls
	for r.first(high) < r.Calls {
		low, high = high, 2*high
		if load(high, r.IntervalMin, r.AHT) > loadRange.high {
			return 0, r.diverges(high)
		}
	}
	return r.between(low, high)
}

// first returns what is left of so many calls without their redials.
func (r Redials) first(offered float64) float64 {
	q := newQueue(load(offered, r.IntervalMin, r.AHT), r.Agents, r.AHT, r.PatienceS)
	return offered * (q.answered + float64((1-r.Redial)*q.lost))
}

// between finds the fixed point between bounds that enclose it: each step tries
// where a straight line between the bounds would cross, and halves them where
// the last steps did not bring them together.
func (r Redials) between(low, high float64) (float64, error) {
	const most = 200
	tolerance := RedialTolerance * r.Calls
	below, above := r.first(low)-r.Calls, r.first(high)-r.Calls
	if above <= tolerance {
		return high, nil
	}
	for range most {
		width := high - low
		for _, share := range [2]float64{below / (below - above), 0.5} {
			x := low + float64(min(max(share, 0.001), 0.999)*(high-low))
			rest := r.first(x) - r.Calls
			switch {
			case math.Abs(rest) <= tolerance || x <= low || x >= high:
				return x, nil
			case rest < 0:
				low, below = x, rest
			default:
				high, above = x, rest
			}
			if high-low < width/2 {
				break // no need to halve
			}
		}
	}
	return 0, r.diverges(high)
}

func (r Redials) diverges(offered float64) error {
	return refuse("capacity.redials_no_convergence", problem.Args{
		"calls": number(r.Calls), "agents": number(r.Agents), "redial": number(r.Redial), "reached": number(offered),
	})
}
