package capacity

import "math"

// A Goal is what a queue has to achieve in an interval.
type Goal struct {
	// Target is the share of contacts, at least 0 and below 1, to be answered
	// within WithinS seconds, on the Basis. Target 0 promises nothing.
	Target, WithinS float64
	Basis           Basis
	// MaxOccupancy caps the share of the agents' time spent on contacts; 1 is no
	// cap.
	MaxOccupancy float64
	// MaxWaitS caps the mean wait in seconds of the contacts answered; +Inf is no
	// cap.
	MaxWaitS float64
	// PatienceS is the mean time in seconds after which contacts give up; +Inf is
	// never.
	PatienceS float64
	// MaxAbandon caps the share of contacts that give up; 1 is no cap.
	MaxAbandon float64
	// Minimum is the fewest agents there must be, contacts or not.
	Minimum float64
}

// NewGoal returns the goal to answer the target share within so many seconds,
// of contacts that never give up, without caps and without a minimum.
func NewGoal(target, withinS float64) Goal {
	return Goal{
		Target: target, WithinS: withinS, MaxOccupancy: 1, MaxWaitS: math.Inf(1), PatienceS: math.Inf(1), MaxAbandon: 1,
	}
}

func (g Goal) check() error {
	return firstFault(
		targetRange.check(g.Target), withinRange.check(g.WithinS), occupancyRange.check(g.MaxOccupancy),
		maxWaitRange.check(g.MaxWaitS), checkPatience(g.PatienceS), maxAbandonRange.check(g.MaxAbandon),
		minimumRange.check(g.Minimum))
}

// impatient reports whether contacts give up.
func (g Goal) impatient() bool { return !math.IsInf(g.PatienceS, 1) }

// queue returns the queue of the goal's contacts.
func (g Goal) queue(load, agents, aht float64) Queue { return newQueue(load, agents, aht, g.PatienceS) }

// service reports whether a queue keeps up with its load and reaches the
// target.
func (g Goal) service(q Queue) bool {
	if !q.Stable() || q.agents == 0 {
		return q.load == 0
	}
	if q.Impatient() {
		return q.ServiceLevelOn(g.Basis, g.WithinS) >= g.Target
	}
	// The misses are compared, so that a target close to 1 is told apart from it.
	return q.wait*math.Exp(-(q.agents-q.load)*g.WithinS/q.aht) <= 1-g.Target
}

// broken returns the first constraint that a queue breaks, the minimum left
// out, or BindingNone. Slack is what the occupancy may exceed its cap by, as a
// share of it.
func (g Goal) broken(q Queue, slack float64) Binding {
	switch {
	case !g.service(q):
		return BindingService
	case q.Occupancy() > g.MaxOccupancy*(1+slack):
		return BindingOccupancy
	case q.AnswerSpeed() > g.MaxWaitS:
		return BindingWait
	case q.Abandonment() > g.MaxAbandon:
		return BindingAbandonment
	default:
		return BindingNone
	}
}

// occupancySlack is the binary noise by which an occupancy may exceed its cap:
// equality is accepted, as in CeilTol.
const occupancySlack = 2e-9

// A Binding is the constraint that makes the last agent necessary.
type Binding int

// The constraints. Where one agent fewer breaks several, the first of them
// counts; Service includes keeping up with the load at all, and Minimum counts
// only where it exceeds what the others ask.
const (
	BindingNone        Binding = iota // no agent is needed
	BindingService                    // the service level
	BindingOccupancy                  // the cap on occupancy
	BindingWait                       // the cap on the mean wait
	BindingAbandonment                // the cap on the share that gives up
	BindingMinimum                    // the minimum of agents
	bindings           int     = iota
)

// String returns the constraint's name as the API writes it.
func (b Binding) String() string {
	names := [bindings]string{"none", "service_level", "occupancy", "wait", "abandonment", "minimum"}
	if b < 0 || int(b) >= bindings {
		return names[BindingNone]
	}
	return names[b]
}

// Agents returns the fewest agents that meet the goal, and what makes the last
// of them necessary. No load needs none but the minimum; any other needs one.
func Agents(load, aht float64, g Goal) (int, Binding, error) {
	if err := checkSearch(load, aht, g); err != nil {
		return 0, BindingNone, err
	}
	s := newSearch(g, aht)
	n := s.least(load)
	floor := CeilTol(g.Minimum)
	if n < floor {
		return int(floor), BindingMinimum, nil
	}
	return int(n), s.binding(load, n), nil
}

// AgentsExact returns the smallest number of agents, fractions allowed, at
// which the queue keeps the goal, and no fewer than the minimum. It uses the
// queue as continued between whole agents (see Queue), is never above Agents
// nor a whole agent below it, and falls and rises with the load without steps.
func AgentsExact(load, aht float64, g Goal) (float64, error) {
	if err := checkSearch(load, aht, g); err != nil || load == 0 {
		return g.Minimum, err
	}
	s := newSearch(g, aht)
	high := s.least(load)
	low := high - 1
	for {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if g.broken(g.queue(load, middle, aht), 0) == BindingNone {
			high = middle
		} else {
			low = middle
		}
	}
	return max(high, g.Minimum), nil
}

// checkSearch refuses what a search cannot take, or would take too long for.
func checkSearch(load, aht float64, g Goal) error {
	return firstFault(serviceAHT.check(aht), g.check(), searchable(load, g))
}

func searchable(load float64, g Goal) error {
	if err := loadRange.check(load); err != nil {
		return err
	}
	return agentRange.check(load / g.MaxOccupancy)
}
