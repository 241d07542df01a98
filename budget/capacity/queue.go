package capacity

import (
	"math"

	"centerplan/planning/problem"
)

// A Queue is one interval in its steady state: contacts arrive at random, wait
// as long as it takes and are served in order (Erlang C, M/M/n). Agents may be
// fractional; everything is then continuous, monotone and exact at the whole
// numbers, because Erlang B is continued between them (see ErlangB).
//
// A queue whose load is not below its agents grows without end: all wait, none
// is answered in time, and its waits and its length are +Inf. A queue without
// load meets every service level.
type Queue struct {
	load, agents, aht, wait float64
}

// NewQueue returns the queue of a load in Erlangs at so many agents, with the
// mean handle time in seconds.
func NewQueue(load, agents, aht float64) (Queue, error) {
	err := firstFault(loadRange.check(load), agentRange.check(agents), serviceAHT.check(aht))
	if err != nil {
		return Queue{}, err
	}
	return newQueue(load, agents, aht), nil
}

func newQueue(load, agents, aht float64) Queue {
	q := Queue{load: load, agents: agents, aht: aht, wait: 1}
	if agents > load {
		q.wait = waitShare(load, agents, inverseB(load, agents))
	}
	return q
}

// Stable reports whether the agents keep up with the load.
func (q Queue) Stable() bool { return q.load == 0 || q.agents > q.load }

// Unstable returns a problem where the agents do not keep up, for callers that
// have to say why there is no wait to show.
func (q Queue) Unstable() error {
	if q.Stable() {
		return nil
	}
	return refuse("capacity.unstable", problem.Args{"load": number(q.load), "agents": number(q.agents)})
}

// Wait returns the share of contacts that have to wait.
func (q Queue) Wait() float64 { return q.wait }

// ServiceLevel returns the share of contacts answered within so many seconds.
// Nobody abandons here, so every basis of a service level gives this number.
func (q Queue) ServiceLevel(within float64) float64 {
	if q.load == 0 {
		return 1
	}
	if q.agents <= q.load {
		return 0
	}
	return 1 - float64(q.wait*math.Exp(-(q.agents-q.load)*within/q.aht))
}

// AnswerSpeed returns the mean wait in seconds over all contacts.
func (q Queue) AnswerSpeed() float64 {
	if q.load == 0 {
		return 0
	}
	return q.wait * q.DelayOfDelayed()
}

// DelayOfDelayed returns the mean wait in seconds of those that wait.
func (q Queue) DelayOfDelayed() float64 {
	if q.agents <= q.load {
		return math.Inf(1)
	}
	return q.aht / (q.agents - q.load)
}

// Length returns the mean number of contacts that wait.
func (q Queue) Length() float64 {
	if q.load == 0 {
		return 0
	}
	if q.agents <= q.load {
		return math.Inf(1)
	}
	return q.wait * q.load / (q.agents - q.load)
}

// Occupancy returns the share of the agents' time spent on contacts, at most 1.
func (q Queue) Occupancy() float64 {
	if q.load == 0 {
		return 0
	}
	if q.agents <= q.load {
		return 1
	}
	return q.load / q.agents
}

// WaitQuantile returns the seconds within which the given share of contacts,
// at least 0 and less than 1, is answered.
func (q Queue) WaitQuantile(share float64) (float64, error) {
	if err := quantileRange.check(share); err != nil {
		return 0, err
	}
	if q.load == 0 || 1-q.wait >= share {
		return 0, nil
	}
	return max(0, q.DelayOfDelayed()*math.Log(q.wait/(1-share))), nil
}
