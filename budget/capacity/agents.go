package capacity

import "math"

// A Goal is what a queue has to achieve in an interval.
type Goal struct {
	// Target is the share of contacts, above 0 and below 1, to be answered
	// within WithinS seconds.
	Target, WithinS float64
	// MaxOccupancy caps the share of the agents' time spent on contacts; 1 is no
	// cap.
	MaxOccupancy float64
	// MaxWaitS caps the mean wait in seconds; +Inf is no cap.
	MaxWaitS float64
	// Minimum is the fewest agents there must be, contacts or not.
	Minimum float64
}

// NewGoal returns the goal to answer the target share within so many seconds,
// without caps and without a minimum.
func NewGoal(target, withinS float64) Goal {
	return Goal{Target: target, WithinS: withinS, MaxOccupancy: 1, MaxWaitS: math.Inf(1)}
}

func (g Goal) check() error {
	return firstFault(
		targetRange.check(g.Target), withinRange.check(g.WithinS), occupancyRange.check(g.MaxOccupancy),
		maxWaitRange.check(g.MaxWaitS), minimumRange.check(g.Minimum))
}

// meets reports whether a queue keeps the promises on waiting.
func (g Goal) meets(q Queue) bool { return g.service(q) && q.AnswerSpeed() <= g.MaxWaitS }

func (g Goal) service(q Queue) bool { return q.Stable() && q.ServiceLevel(g.WithinS) >= g.Target }

// A Binding is the constraint that makes the last agent necessary.
type Binding int

// The constraints. Service counts before Occupancy and that before Wait where
// one agent fewer breaks several; it includes keeping up with the load at all.
const (
	BindingNone      Binding = iota // no agent is needed
	BindingService                  // the service level
	BindingOccupancy                // the cap on occupancy
	BindingWait                     // the cap on the mean wait
	BindingMinimum                  // the minimum of agents
	bindings         int     = iota
)

// String returns the constraint's name as the API writes it.
func (b Binding) String() string {
	names := [bindings]string{"none", "service_level", "occupancy", "wait", "minimum"}
	if b < 0 || int(b) >= bindings {
		return names[BindingNone]
	}
	return names[b]
}

// Agents returns the fewest agents that meet the goal, and what makes the last
// of them necessary. No load needs none but the minimum.
func Agents(load, aht float64, g Goal) (int, Binding, error) {
	q, binding, err := checkedAgents(load, aht, g)
	return int(q.agents), binding, err
}

// AgentsExact returns the smallest number of agents, fractions allowed, at
// which the queue keeps the service level, the mean wait and the occupancy of
// the goal, and no fewer than the minimum. It uses the queue as continued
// between whole agents (see Queue), is never above Agents nor a whole agent
// below it, and falls and rises with the load without steps.
func AgentsExact(load, aht float64, g Goal) (float64, error) {
	whole, _, err := checkedAgents(load, aht, g)
	if err != nil {
		return 0, err
	}
	if load == 0 {
		return g.Minimum, nil
	}
	waiting := g
	waiting.MaxOccupancy, waiting.Minimum = 1, 0
	enough, _ := wholeAgents(load, aht, waiting)
	high := enough.agents
	low := max(high-1, load)
	for {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if waiting.meets(newQueue(load, middle, aht)) {
			high = middle
		} else {
			low = middle
		}
	}
	return min(whole.agents, max(high, load/g.MaxOccupancy, g.Minimum)), nil
}

// checkedAgents is wholeAgents for numbers from outside.
func checkedAgents(load, aht float64, g Goal) (Queue, Binding, error) {
	if err := firstFault(serviceAHT.check(aht), g.check(), searchable(load, g)); err != nil {
		return Queue{}, BindingNone, err
	}
	q, binding := wholeAgents(load, aht, g)
	return q, binding, nil
}

// searchable refuses loads that would make the search too long.
func searchable(load float64, g Goal) error {
	if err := loadRange.check(load); err != nil {
		return err
	}
	return agentRange.check(load / g.MaxOccupancy)
}

// wholeAgents returns the queue at the fewest agents that meet the goal. It
// climbs from the fewest that keep up with the load and the occupancy until the
// waits are kept too, and starts one below, to know what that agent fewer would
// break.
func wholeAgents(load, aht float64, g Goal) (Queue, Binding) {
	floor := CeilTol(g.Minimum)
	if load == 0 {
		if floor == 0 {
			return newQueue(0, 0, aht), BindingNone
		}
		return newQueue(0, floor, aht), BindingMinimum
	}
	byOccupancy := CeilTol(load / g.MaxOccupancy)
	n := max(math.Floor(load)+1, byOccupancy) - 1
	inverse := inverseB(load, n)
	q := Queue{load: load, agents: n, aht: aht, wait: waitShare(load, n, inverse)}
	var fewer Queue
	for {
		fewer = q
		n++
		inverse = float64(inverse*(n/load)) + 1
		q = Queue{load: load, agents: n, aht: aht, wait: waitShare(load, n, inverse)}
		if g.meets(q) {
			break
		}
	}
	switch {
	case n < floor:
		return newQueue(load, floor, aht), BindingMinimum
	case !g.service(fewer):
		return q, BindingService
	case n == byOccupancy:
		return q, BindingOccupancy
	default:
		return q, BindingWait
	}
}
