package capacity

import "math"

// A search finds the fewest agents for the loads of intervals that share a goal
// and a handle time. Its answer for a load is the whole number that keeps the
// goal while one fewer does not, by the same test of a queue whatever was
// searched before: shortcuts and starts only decide what is far from doubtful.
type search struct {
	goal    Goal
	aht     float64
	within  float64 // the time to answer, in handle times
	maxWait float64 // in handle times
	missed  float64 // the share of contacts that may be late
	decay   float64 // what one agent more leaves of those late
	ratio   float64 // the handle time over the patience
	last    guess
}

// A guess tells from the last loads' answers about where the next one is.
type guess struct {
	load, agents float64 // fractional, where the goal is just kept
	slope        float64 // agents for one more Erlang
}

// at returns what the guess is for a load.
func (g *guess) at(load float64) float64 {
	if g.slope == 0 {
		return load
	}
	return g.agents + float64(g.slope*(load-g.load))
}

// learn takes in the answer for a load.
func (g *guess) learn(load, agents float64) {
	if between := load - g.load; g.slope != 0 && math.Abs(between) > 1e-3*load {
		g.slope = min(max((agents-g.agents)/between, 0.5), 1.5)
	} else {
		g.slope = 1
	}
	g.load, g.agents = load, agents
}

func newSearch(g Goal, aht float64) search {
	within := g.WithinS / aht
	return search{
		goal: g, aht: aht, within: within, maxWait: g.MaxWaitS / aht, missed: 1 - g.Target,
		decay: math.Exp(-within), ratio: aht / g.PatienceS,
	}
}

// least returns the fewest agents that keep the goal, its minimum left out.
func (s *search) least(load float64) float64 {
	switch {
	case load == 0:
		return 0
	case s.goal.impatient():
		return s.leastImpatient(load)
	default:
		return s.leastEndless(load)
	}
}

// binding returns what one agent fewer than n, the least, would break.
func (s *search) binding(load, n float64) Binding {
	if n == 0 {
		return BindingNone
	}
	fewer := s.goal.queue(load, n-1, s.aht)
	if !s.goal.impatient() && s.goal.service(fewer) && n == CeilTol(load/s.goal.MaxOccupancy) {
		return BindingOccupancy
	}
	return s.goal.broken(fewer, occupancySlack)
}

// doubt is how near a test may come to its limit, relative to it, before it is
// made again in full precision.
const doubt = 1e-5

// leastEndless climbs from the fewest agents that keep up with the load and
// the occupancy until the waits are kept too. A step costs little, since 1/B
// and the share of those late follow from those one agent below.
func (s *search) leastEndless(load float64) float64 {
	n := max(math.Floor(load)+1, CeilTol(load/s.goal.MaxOccupancy))
	room := n - load
	late := math.Exp(-room * s.within)
	if late < s.missed*(1-doubt) && room*s.maxWait > 1+doubt {
		return n // though all had to wait
	}
	inverse := roughInverseB(load, n, doubt/100)
	for {
		wait := waitShare(load, n, inverse)
		missed, slow := wait*late, wait/room
		switch {
		case missed > s.missed*(1+doubt) || slow > s.maxWait*(1+doubt):
		case missed < s.missed*(1-doubt) && slow < s.maxWait*(1-doubt):
			return n
		case s.keeps(load, n):
			return n
		}
		n++
		inverse = float64(inverse*(n/load)) + 1
		room = n - load
		late *= s.decay
	}
}

// keeps is the test that decides.
func (s *search) keeps(load, n float64) bool {
	return s.goal.broken(s.goal.queue(load, n, s.aht), occupancySlack) == BindingNone
}

// judge is keeps for impatient contacts, by a rough look where that leaves no
// doubt.
func (s *search) judge(load, n float64) end {
	const doubt = 1e-6
	f := fateOf(load, n, s.ratio, rough)
	level := f.level(s.goal.Basis, load, n, s.ratio, s.within, rough)
	occupancy, wait := load*f.answered/n, over(f.servedWait, f.answered)
	at := end{n: n, margin: level - s.goal.Target}
	switch {
	case at.margin < -doubt || occupancy > s.goal.MaxOccupancy*(1+doubt) ||
		wait > s.maxWait*(1+doubt) || f.lost > s.goal.MaxAbandon*(1+doubt):
	case at.margin > doubt && occupancy < s.goal.MaxOccupancy*(1-doubt) &&
		wait < s.maxWait*(1-doubt) && f.lost < s.goal.MaxAbandon*(1-doubt):
		at.keeps = true
	default:
		at.keeps = s.keeps(load, n)
	}
	return at
}

// leastImpatient looks for the least around where the last load had it, in
// steps that double until they enclose it, and then halves them: every test
// gets easier with more agents.
func (s *search) leastImpatient(load float64) float64 {
	byOccupancy := CeilTol(load / s.goal.MaxOccupancy)
	if s.surely(load, byOccupancy) {
		return byOccupancy
	}
	n := max(1, math.Ceil(s.last.at(load)))
	low, high := end{n: 0, margin: -1}, s.judge(load, n) // low does not keep the goal, high does
	step := 1.0
	if high.keeps {
		for try := s.try(load, n-1); ; try = s.try(load, max(0, high.n-step)) {
			if !try.keeps {
				low = try
				break
			}
			high = try
			step *= 2
		}
	} else {
		for low, high = high, s.judge(load, n+1); !high.keeps; {
			low = high
			step *= 2
			high = s.judge(load, low.n+step)
		}
	}
	for high.n-low.n > 1 {
		if middle := s.judge(load, math.Floor(low.n+(high.n-low.n)/2)); middle.keeps {
			high = middle
		} else {
			low = middle
		}
	}
	// Where a straight line between the two meets the target.
	reached := 0.5
	if low.margin < 0 && high.margin > 0 {
		reached = high.margin / (high.margin - low.margin)
	}
	s.last.learn(load, high.n-reached)
	return high.n
}

// An end is a number of agents looked at.
type end struct {
	n      float64
	keeps  bool
	margin float64 // about what the service level is above its target
}

// try is judge, where no agents never keep a goal.
func (s *search) try(load, n float64) end {
	if n == 0 {
		return end{margin: -1}
	}
	return s.judge(load, n)
}

// surely reports whether n, the fewest agents that the occupancy would allow if
// nobody gave up, is beyond doubt the least.
//
// Who hangs up only shortens the queue. So no more contacts wait than in the
// endless queue, none longer, and those that give up are no more than their
// mean wait there makes of the patience.
func (s *search) surely(load, n float64) bool {
	if n <= load || n-1 <= load {
		return false
	}
	wait := mostWaitShare(load, n)
	room := n - load
	lost := wait * min(1, s.ratio/room)
	late := wait * math.Exp(-room*s.within)
	kept := lost+late < s.missed*(1-doubt) && lost < s.goal.MaxAbandon*(1-doubt) &&
		wait/room < s.maxWait*(1-lost)*(1-doubt)
	if !kept {
		return false
	}
	room--
	lost = mostWaitShare(load, n-1) * min(1, s.ratio/room)
	return load*(1-lost) > s.goal.MaxOccupancy*(n-1)*(1+2*occupancySlack)
}

// mostWaitShare returns no less than Erlang C, from the first terms of 1/B.
func mostWaitShare(load, n float64) float64 {
	const terms = 24
	sum, term := 1.0, 1.0
	for i := range terms {
		term *= max(0, (n-float64(i))/load)
		sum += term
	}
	return waitShare(load, n, sum)
}

// roughInverseB is inverseB, too small by no more than a share of it.
func roughInverseB(load, n, share float64) float64 {
	sum, term, unit := 1.0, 1.0, 1/load
	for ; n >= 1; n-- {
		ratio := n * unit
		term *= ratio
		sum += term
		// The terms from here on fall at least as fast as their ratio does.
		if term*ratio < share*sum*(1-ratio) || sum > math.MaxFloat64 {
			return sum
		}
	}
	if n == 0 {
		return sum
	}
	return sum + float64(term*inverseRest(load, n))
}
