package capacity

import (
	"math"

	"centerplan/planning/problem"
)

// A ChatMethod is a way to reckon with agents who have several contacts at
// once. The two differ a lot, so plans should look at both.
type ChatMethod int

// The methods.
const (
	// BySlot takes each contact an agent may have at once for a server of its
	// own. The handle time is that of a session at this concurrency.
	BySlot ChatMethod = iota
	// ByFactor shortens the session by how many sessions an agent gets done in
	// the time of one: less than the concurrency, see concurrencyFactors.
	ByFactor
)

// ChatMethods returns the names of the methods in plans.
func ChatMethods() []string { return []string{"slot", "factor"} }

// String returns the method's name in plans.
func (m ChatMethod) String() string {
	if m == ByFactor {
		return "factor"
	}
	return "slot"
}

// concurrencyFactors are the sessions that an agent with 1 to 5 of them at once
// gets done in the time of one session, as callcentrehelper.com publishes them
// ("Erlang C for chat").
var concurrencyFactors = [...]float64{1, 1.7, 2.5, 2.9, 3.5}

// concurrencyFactor returns the factor, on a straight line between whole
// numbers. There is none above 5.
func concurrencyFactor(concurrency float64) (float64, error) {
	const most = float64(len(concurrencyFactors))
	if err := concurrentRange.check(concurrency); err != nil {
		return 0, err
	}
	if concurrency > most {
		return 0, refuse("capacity.concurrency_factor", problem.Args{"got": number(concurrency), "high": number(most)})
	}
	if concurrency == most {
		return concurrencyFactors[len(concurrencyFactors)-1], nil
	}
	below := math.Floor(concurrency)
	at, next := concurrencyFactors[int(below)-1], concurrencyFactors[int(below)]
	return at + float64((concurrency-below)*(next-at)), nil
}

// A Chat is an interval of contacts of which an agent has several at once.
type Chat struct {
	Contacts, IntervalMin float64
	// SessionAHT is the length of a session in seconds, measured while agents
	// have Concurrency of them, from 1 to 10 (5 by the factor).
	SessionAHT, Concurrency float64
	Method                  ChatMethod
}

// Agents returns the fewest agents, whole ones, that meet the goal.
func (c Chat) Agents(g Goal) (int, error) {
	z := sizing{slots: c.Concurrency}
	aht := c.SessionAHT
	err := concurrentRange.check(c.Concurrency)
	if c.Method == ByFactor && err == nil {
		var factor float64
		factor, err = concurrencyFactor(c.Concurrency)
		z.slots, aht = 1, aht/factor
	}
	if err != nil {
		return 0, err
	}
	load, err := OfferedLoad(c.Contacts, c.IntervalMin, aht)
	if err == nil {
		err = checkSearch(load, aht, g)
	}
	if err != nil {
		return 0, err
	}
	z.search, z.minimum = newSearch(g, aht), CeilTol(g.Minimum)
	return int(z.agents(load)), nil
}
