package capacity

import "math"

// A fate is how the contacts of a queue fare whose callers hang up when their
// patience is at an end (Erlang A, M/M/n+M). Times are in handle times.
type fate struct {
	wait       float64 // share that has to wait
	lost       float64 // share that gives up
	answered   float64 // share that does not, 1-lost
	servedWait float64 // the wait of those answered, over all contacts
	lostWait   float64 // the wait of those that give up, over all contacts
	atOnce     float64 // share that does not wait, 1-wait
	logFull    float64 // logarithm of the share of time all agents are busy and nobody waits
}

// A care is how exactly a fate is reckoned.
type care struct {
	share float64 // of the sums, below which a term is left out
	nats  float64 // below its peak, as a logarithm, at which an integrand is
}

// The cares: to the last digits, and to 1e-8 for what is far from doubtful.
var (
	exact = care{share: 1e-20, nats: 39}
	rough = care{share: 1e-11, nats: 22}
)

// A tail adds up the states in which all agents are busy, each relative to the
// one in which nobody waits, in units of e^scale.
type tail struct {
	mass       float64
	lost       float64 // share of those arriving there that give up
	served     float64 // mass less lost
	servedWait float64
	lostWait   float64
	scale      float64
}

// fateOf returns the fate of a load at so many agents, fractions allowed, where
// ratio is the handle time over the mean patience. The load is above 0.
//
// With j waiting, contacts leave at the rate n + j·ratio per handle time, so
// that every number here is a ratio of sums of positive terms: nothing cancels,
// whether hardly anybody gives up or nearly all do.
func fateOf(load, n, ratio float64, care care) fate {
	const nobody = 1e-12 // and below
	if n <= nobody {
		return fate{wait: 1, lost: 1, lostWait: 1 / ratio, logFull: math.Inf(-1)}
	}
	idle := idleSum(load, n, care)
	if math.IsInf(idle, 1) {
		return fate{answered: 1, atOnce: 1, logFull: math.Inf(-1)}
	}
	t, short := addTail(load, n, ratio, care.share)
	if !short {
		t = integrateTail(load, n, ratio)
	}
	if t.scale != 0 {
		idle *= math.Exp(-t.scale)
	}
	total := t.mass + idle
	return fate{
		wait: t.mass / total, atOnce: idle / total,
		lost: min(1, t.lost/total), answered: min(1, (t.served+idle)/total),
		servedWait: t.servedWait / total, lostWait: t.lostWait / total,
		logFull: -t.scale - math.Log(total),
	}
}

// idleSum returns 1/B(n, a) - 1: the time that some agent is idle over the time
// that all are busy in a system without a queue. It is continued between whole
// agents as inverseB is, and falls to 0 with them.
func idleSum(load, n float64, care care) float64 {
	const least = 1e-6 // below it the difference would be noise, the line is not
	switch {
	case care == rough: // n is whole
		return n / load * roughInverseB(load, n-1, care.share)
	case n >= 1:
		return n / load * inverseB(load, n-1)
	case n >= least:
		return inverseRest(load, n)
	default:
		return n / least * inverseRest(load, least)
	}
}

// mostWaiting is how many waiting contacts addTail follows.
const mostWaiting = 4096

// addTail adds the states up one by one, and reports whether they became
// negligible within mostWaiting.
//
// Who arrives with j waiting has the place j+1: served, the wait is the sum of
// 1/(n+i·ratio) over the places i passed, and the chance to give up on the way
// is (j+1)·ratio/(n+(j+1)·ratio).
func addTail(load, n, ratio, negligible float64) (t tail, short bool) {
	const huge = 1e200
	u := 1.0
	var wait, lostWait float64
	for place := 1.0; place <= mostWaiting; place++ {
		step := 1 / (n + float64(place*ratio))
		wait += step
		lostWait += float64(place * step)
		served, lost := u*n*step, u*ratio*step
		t.mass += u
		t.served += served
		t.lost += float64(lost * place)
		t.servedWait += float64(served * wait)
		t.lostWait += float64(lost * lostWait)
		grows := load * step
		if grows < 1 && u*place*place < float64(negligible*t.mass) {
			return t, true
		}
		u *= grows
		if u > huge {
			u /= huge
			t = t.over(huge)
		}
	}
	return t, false
}

// over returns the tail in units larger by the factor.
func (t tail) over(factor float64) tail {
	return tail{
		mass: t.mass / factor, lost: t.lost / factor, served: t.served / factor,
		servedWait: t.servedWait / factor, lostWait: t.lostWait / factor,
		scale: t.scale + math.Log(factor),
	}
}

// integrateTail is addTail by integrals over the wait that an arrival with
// endless patience would have: its density is n·e^(load·H(x)-n·x), relative to
// the state in which nobody waits, H(x) = (1-e^(-ratio·x))/ratio. It serves
// queues with long patience, whose states are too many to count.
func integrateTail(load, n, ratio float64) tail {
	h := newHump(load, n, ratio, math.Inf(1), exact.nats)
	t := tail{scale: h.top}
	h.each(func(z, weight float64) {
		stays := math.Exp(-z)
		t.mass += weight
		t.served += float64(weight * stays)
		t.lost -= float64(weight * math.Expm1(-z))
		t.servedWait += float64(weight * stays * z)
		t.lostWait += float64(weight * lostBy(z))
	})
	rest := h.rest()
	t.mass += rest
	t.lost += rest
	t.lostWait += rest
	unit := n / ratio
	t.mass, t.lost, t.served = t.mass*unit, t.lost*unit, t.served*unit
	t.servedWait, t.lostWait = t.servedWait*unit/ratio, t.lostWait*unit/ratio
	return t
}

// lostBy is 1 - e^-z (1+z), the mean wait in patiences of who gives up before
// z of them.
func lostBy(z float64) float64 {
	const small = 0.02
	if z < small {
		return z * z * (1.0/2 - float64(z*(1.0/3-float64(z*(1.0/8-float64(z*(1.0/30-z/144)))))))
	}
	return -math.Expm1(-z) - float64(z*math.Exp(-z))
}

// level returns the service level on a basis: what becomes of contacts within
// so many handle times.
func (f fate) level(basis Basis, load, n, ratio, within float64, care care) float64 {
	onTime := min(f.atOnce+f.early(load, n, n+ratio, ratio, within, care), f.answered)
	switch basis {
	case Answered:
		return over(onTime, f.answered)
	case InclAbandoned, ExclShort:
		// Of those that would still wait then, some are still there.
		late := max(0, f.wait-f.early(load, n, n, ratio, within, care)) * math.Exp(-ratio*within)
		if basis == InclAbandoned {
			return 1 - late
		}
		return over(onTime, onTime+late)
	default:
		return onTime
	}
}

func over(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// early returns the share of contacts whose wait, had they endless patience,
// would be above 0 and end within so many handle times; where the rate of
// leaving is that of the agents and one patience more, only of those that are
// patient enough.
func (f fate) early(load, n, leaving, ratio, within float64, care care) float64 {
	if within == 0 || f.answered == 0 || f.wait == 0 {
		return 0
	}
	h := newHump(load, leaving, ratio, within, care.nats)
	sum := 0.0
	h.each(func(_, weight float64) { sum += weight })
	return math.Exp(f.logFull+h.top) * (sum + h.rest()) * (n / ratio)
}
