package capacity

import (
	"math"

	"centerplan/planning/problem"
)

// A Queue is one interval in its steady state: contacts arrive at random, wait
// and are served in order. In an endless queue they wait as long as it takes
// (Erlang C, M/M/n); in an impatient one each hangs up when its patience, of
// random length about a mean, is at an end (Erlang A, M/M/n+M).
//
// Agents may be fractional; everything is then continuous, monotone and exact
// at the whole numbers, because Erlang B is continued between them (see
// ErlangB) and everything else follows from it.
//
// An endless queue whose load is not below its agents grows without end: all
// wait, none is answered in time, and its waits and its length are +Inf. An
// impatient one is in balance under any load. A queue without load meets every
// service level.
type Queue struct {
	load, agents, aht float64
	ratio             float64 // the handle time over the mean patience; 0 is endless
	fate
}

// NewQueue returns the endless queue of a load in Erlangs at so many agents,
// with the mean handle time in seconds.
func NewQueue(load, agents, aht float64) (Queue, error) {
	return NewImpatientQueue(load, agents, aht, math.Inf(1))
}

// NewImpatientQueue returns the queue of contacts that have a mean patience in
// seconds; +Inf makes it endless.
func NewImpatientQueue(load, agents, aht, patience float64) (Queue, error) {
	err := firstFault(loadRange.check(load), agentRange.check(agents), serviceAHT.check(aht), checkPatience(patience))
	if err != nil {
		return Queue{}, err
	}
	return newQueue(load, agents, aht, patience), nil
}

// checkPatience takes +Inf for no end of it.
func checkPatience(patience float64) error {
	if math.IsInf(patience, 1) {
		return nil
	}
	return patienceRange.check(patience)
}

func newQueue(load, agents, aht, patience float64) Queue {
	q := Queue{load: load, agents: agents, aht: aht, ratio: aht / patience}
	switch {
	case load == 0:
		q.fate = idleFate(agents)
	case q.ratio > 0:
		q.fate = fateOf(load, agents, q.ratio, exact)
	default:
		q.fate = patientFate(load, agents)
	}
	return q
}

// idleFate is the fate of contacts that do not come.
func idleFate(agents float64) fate {
	if agents == 0 {
		return fate{wait: 1, answered: 1}
	}
	return fate{answered: 1, atOnce: 1}
}

// patientFate is the fate where nobody gives up; the waits are +Inf where the
// agents do not keep up.
func patientFate(load, agents float64) fate {
	if agents <= load {
		return fate{wait: 1, answered: 1, servedWait: math.Inf(1)}
	}
	wait := waitShare(load, agents, inverseB(load, agents))
	return fate{wait: wait, answered: 1, atOnce: 1 - wait, servedWait: wait / (agents - load)}
}

// Impatient reports whether contacts may give up.
func (q Queue) Impatient() bool { return q.ratio > 0 }

// Stable reports whether the queue has an end: whether its agents keep up with
// the load, or contacts give up.
func (q Queue) Stable() bool { return q.load == 0 || q.agents > q.load || q.Impatient() }

// Unstable returns a problem where the agents do not keep up, for callers that
// have to say why there is no wait to show.
func (q Queue) Unstable() error {
	if q.Stable() {
		return nil
	}
	return refuse("capacity.unstable", problem.Args{"load": number(q.load), "agents": number(q.agents)})
}

// Unanswered returns a problem where nobody answers a contact, so that there is
// no wait until an answer.
func (q Queue) Unanswered() error {
	if q.answered > 0 {
		return nil
	}
	return refuse("capacity.unanswered", nil)
}

// Wait returns the share of contacts that have to wait.
func (q Queue) Wait() float64 { return q.wait }

// Abandonment returns the share of contacts that give up.
func (q Queue) Abandonment() float64 { return q.lost }

// ServiceLevel returns the share of all contacts that are answered within so
// many seconds.
func (q Queue) ServiceLevel(within float64) float64 { return q.ServiceLevelOn(Offered, within) }

// ServiceLevelOn returns the service level on another basis. Where nobody is
// answered, those that count answered contacts only are 0.
func (q Queue) ServiceLevelOn(basis Basis, within float64) float64 {
	if q.load == 0 {
		return 1
	}
	if q.Impatient() {
		return q.level(basis, q.load, q.agents, q.ratio, within/q.aht, exact)
	}
	if q.agents <= q.load {
		return 0
	}
	return 1 - float64(q.wait*math.Exp(-(q.agents-q.load)*within/q.aht))
}

// AnswerSpeed returns the mean wait in seconds of the contacts that are
// answered; +Inf where none is.
func (q Queue) AnswerSpeed() float64 {
	if q.answered == 0 {
		return math.Inf(1)
	}
	return q.servedWait / q.answered * q.aht
}

// MeanWait returns the mean wait in seconds over all contacts, those that give
// up included.
func (q Queue) MeanWait() float64 { return (q.servedWait + q.lostWait) * q.aht }

// AbandonedWait returns the mean wait in seconds of the contacts that give up;
// 0 where none does.
func (q Queue) AbandonedWait() float64 {
	if q.lost == 0 {
		return 0
	}
	return q.lostWait / q.lost * q.aht
}

// DelayOfDelayed returns the mean wait in seconds, patient contacts and
// impatient ones together, of those that wait.
func (q Queue) DelayOfDelayed() float64 {
	switch {
	case q.Impatient() && q.wait == 0:
		return 0
	case q.Impatient():
		return q.MeanWait() / q.wait
	case q.agents <= q.load:
		return math.Inf(1)
	default:
		return q.aht / (q.agents - q.load)
	}
}

// Length returns the mean number of contacts that wait.
func (q Queue) Length() float64 {
	if q.load == 0 {
		return 0
	}
	return q.load * (q.servedWait + q.lostWait)
}

// Occupancy returns the share of the agents' time spent on contacts, at most 1.
func (q Queue) Occupancy() float64 {
	switch {
	case q.load == 0:
		return 0
	case q.Impatient():
		if q.answered == 0 {
			return 1
		}
		return min(1, q.load*q.answered/q.agents)
	case q.agents <= q.load:
		return 1
	default:
		return q.load / q.agents
	}
}

// WaitQuantile returns the seconds within which the given share of contacts,
// at least 0 and less than 1, is answered. It is for endless queues.
func (q Queue) WaitQuantile(share float64) (float64, error) {
	if err := quantileRange.check(share); err != nil {
		return 0, err
	}
	if q.load == 0 || 1-q.wait >= share {
		return 0, nil
	}
	return max(0, q.DelayOfDelayed()*math.Log(q.wait/(1-share))), nil
}
