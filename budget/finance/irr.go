package finance

import (
	"math"
	"slices"
	"strings"

	"centerplan/planning/problem"
)

// IRR returns the internal rate of return per period: the one rate above -1 at
// which the flows are worth nothing. Flows without such a rate are refused,
// and so are flows with several, of which none means anything by itself; the
// problem then lists them.
func IRR(flows []float64) (float64, error) { return theRate(flows, 1) }

// IRRMonthly returns the internal rate of return of monthly flows as an annual
// effective rate, in the manner of IRR.
func IRRMonthly(flows []float64) (float64, error) { return theRate(flows, monthsPerYear) }

// Rates returns every rate per period above -1 at which the flows are worth
// nothing, in ascending order; none for flows that are all zero.
func Rates(flows []float64) ([]float64, error) {
	if err := checkFlows(flows); err != nil {
		return nil, err
	}
	return rates(flows, 1), nil
}

// rates returns the rates per so many periods.
func rates(flows []float64, periods float64) []float64 {
	found := make([]float64, 0, 1)
	for _, log := range newExponentials(flows).roots() {
		found = append(found, math.Expm1(periods*log))
	}
	return found
}

func theRate(flows []float64, periods float64) (float64, error) {
	if err := checkFlows(flows); err != nil {
		return 0, err
	}
	found := rates(flows, periods)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		texts := make([]string, len(found))
		for i, rate := range found {
			texts[i] = number(math.Round(rate*rateDigits) / rateDigits)
		}
		return 0, refuse("finance.irr_several", problem.Args{"rates": strings.Join(texts, ", ")})
	case newExponentials(flows).changes() == 0:
		return 0, refuse("finance.irr_no_change", nil)
	default:
		return 0, refuse("finance.irr_none", nil)
	}
}

// rateDigits is where rates in messages are rounded.
const rateDigits = 1e6

// exponentials is the function Σ terms[i]·e^(-i·y): the worth of flows at the
// rate e^y - 1.
//
// Its roots are found by Rolle's theorem. Multiplied by e^(k·y) it has the same
// roots, and between two of them its derivative Σ terms[i]·(k-i)·e^((k-i)·y)
// has one. With k between two terms of different sign, that derivative has one
// change of sign fewer, so that after as many steps as there are changes the
// function has no root, and on the way back each root is alone between its
// neighbours.
type exponentials struct {
	terms []float64
}

// newExponentials drops zeros at either end, which have no influence on roots.
func newExponentials(flows []float64) exponentials {
	from, to := 0, len(flows)
	for from < to && flows[from] == 0 {
		from++
	}
	for to > from && flows[to-1] == 0 {
		to--
	}
	return exponentials{flows[from:to]}
}

// changes counts the changes of sign, which roots cannot outnumber.
func (e exponentials) changes() int {
	count, before := 0, 0.0
	for _, term := range e.terms {
		if term == 0 {
			continue
		}
		if before*math.Copysign(1, term) < 0 {
			count++
		}
		before = math.Copysign(1, term)
	}
	return count
}

// roots returns the roots in ascending order.
func (e exponentials) roots() []float64 {
	at, ok := e.firstChange()
	if !ok {
		return nil
	}
	bound := e.bound()
	nodes := []float64{-bound}
	for _, node := range e.derivative(at).roots() {
		if node > -bound && node < bound {
			nodes = append(nodes, node)
		}
	}
	nodes = append(nodes, bound)
	var found []float64
	before := e.sign(nodes[0])
	for i, node := range nodes[1:] {
		sign := e.sign(node)
		switch {
		case sign == 0:
			found = append(found, node)
		case before*sign < 0:
			found = append(found, e.between(nodes[i], node, before))
		}
		before = sign
	}
	return found
}

// firstChange returns a power between the first two terms of different sign.
func (e exponentials) firstChange() (power float64, ok bool) {
	last := -1
	for i, term := range e.terms {
		if term == 0 {
			continue
		}
		if last >= 0 && (term > 0) != (e.terms[last] > 0) {
			return float64(last+i) / 2, true
		}
		last = i
	}
	return 0, false
}

// derivative returns the derivative of e times e^(power·y), but for a factor
// without roots.
func (e exponentials) derivative(power float64) exponentials {
	terms := make([]float64, len(e.terms))
	for i, term := range e.terms {
		terms[i] = float64(term * (power - float64(i)))
	}
	return newExponentials(terms)
}

// bound returns a number that no root exceeds in size, by Cauchy's bound for
// the roots of a polynomial and of its reverse.
func (e exponentials) bound() float64 {
	most := math.Inf(-1)
	for _, term := range e.terms {
		most = max(most, math.Log(math.Abs(term)))
	}
	least := min(math.Log(math.Abs(e.terms[0])), math.Log(math.Abs(e.terms[len(e.terms)-1])))
	return most - least + 1
}

// sign returns the sign of the function at y, 0 where it is within what
// rounding can make of zero.
func (e exponentials) sign(y float64) float64 {
	value, size := e.value(y), e.size(y)
	if math.Abs(value) <= float64(2*len(e.terms))*0x1p-52*size {
		return 0
	}
	return math.Copysign(1, value)
}

// value returns the function at y, but for a positive factor that keeps it from
// overflowing.
func (e exponentials) value(y float64) float64 {
	step, sum := math.Exp(-math.Abs(y)), 0.0
	if y > 0 {
		for _, term := range slices.Backward(e.terms) {
			sum = float64(sum*step) + term
		}
		return sum
	}
	for _, term := range e.terms {
		sum = float64(sum*step) + term
	}
	return sum
}

// size returns what value would be if all terms were above zero.
func (e exponentials) size(y float64) float64 {
	sizes := make([]float64, len(e.terms))
	for i, term := range e.terms {
		sizes[i] = math.Abs(term)
	}
	return exponentials{sizes}.value(y)
}

// between halves an interval at whose ends the signs differ down to its root.
func (e exponentials) between(low, high, lowSign float64) float64 {
	const steps = 200
	for range steps {
		middle := low + (high-low)/2
		if middle == low || middle == high {
			break
		}
		value := e.value(middle)
		switch {
		case value == 0:
			return middle
		case value*lowSign > 0:
			low = middle
		default:
			high = middle
		}
	}
	return low + (high-low)/2
}
