package capacity

import "math"

// ErlangB returns the share of calls that find all lines busy and are lost
// (M/M/n/n). Lines may be fractional, see inverseB. No line loses every call,
// and no load loses none.
func ErlangB(load, lines float64) (float64, error) {
	if err := firstFault(loadRange.check(load), agentRange.check(lines)); err != nil {
		return 0, err
	}
	return 1 / inverseB(load, lines), nil
}

// ErlangBLines returns the fewest lines that lose no more than maxBlocking of
// the calls.
func ErlangBLines(load, maxBlocking float64) (int, error) {
	if err := firstFault(loadRange.check(load), blockingRange.check(maxBlocking)); err != nil {
		return 0, err
	}
	if load == 0 {
		return 0, nil
	}
	lines := 0
	for inverse := 1.0; inverse*maxBlocking < 1; {
		lines++
		inverse = float64(inverse*(float64(lines)/load)) + 1
	}
	return lines, nil
}

// ErlangC returns the share of contacts that have to wait (M/M/n). Where the
// load is not below the agents all wait.
func ErlangC(load, agents float64) (float64, error) {
	if err := firstFault(loadRange.check(load), agentRange.check(agents)); err != nil {
		return 0, err
	}
	return newQueue(load, agents, 1, math.Inf(1)).Wait(), nil
}

// waitShare is Erlang C from the inverse of Erlang B at the same agents. It has
// no difference of near numbers but agents-load itself.
func waitShare(load, agents, inverse float64) float64 {
	if agents <= load || agents == 0 {
		return 1
	}
	return agents / (float64((agents-load)*inverse) + load)
}

// inverseB returns 1/B(n, a), which follows I(0) = 1, I(n) = 1 + n/a I(n-1).
//
// Written out, that is 1 + n/a + n(n-1)/a² + …: a sum of positive terms, which
// first grow and then vanish, so it needs only about the square root of the
// load many terms, and its overflow to +Inf is B's underflow to 0.
//
// The recursion holds for fractional n as well when it begins with the integral
// I(x) = ∫₀^∞ e^-u (1+u/a)^x du. So continued, B falls smoothly in n and meets
// the whole numbers exactly.
func inverseB(load, n float64) float64 {
	if load == 0 {
		if n == 0 {
			return 1
		}
		return math.Inf(1)
	}
	const negligible = 1e-20
	sum, term, unit := 1.0, 1.0, 1/load
	for ; n >= 1; n-- {
		ratio := n * unit
		term *= ratio
		sum += term
		if term < float64(negligible*sum) && ratio < 1 || sum > math.MaxFloat64 {
			return sum
		}
	}
	if n == 0 {
		return sum
	}
	return sum + float64(term*inverseRest(load, n)) // the sum took I(n) to be 1
}

// inverseRest returns I(x) - 1 for 0 < x < 1, where I(x) is e^a a^-x Γ(x+1, a):
// by the series of the lower incomplete gamma function where the load is small,
// else by Legendre's continued fraction of the upper one, which is
// I(x) = a / (a - x + x·k) with a k that is small.
func inverseRest(load, x float64) float64 {
	const seriesBelow, enough = 3, 1e-17
	s := x + 1
	if load < seriesBelow {
		term := 1 / s
		sum := term
		for n := 1.0; term > float64(enough*sum); n++ {
			term *= load / (s + n)
			sum += term
		}
		return max(0, float64(math.Exp(load)*math.Pow(load, -x)*math.Gamma(s))-float64(load*sum)-1)
	}
	b := load - x + 2
	c := math.Inf(1)
	d := 1 / b
	k := d
	for i := 2.0; i < 500; i++ {
		a := float64(-i * (i - s))
		b += 2
		d = 1 / (float64(a*d) + b)
		c = b + a/c
		step := c * d
		k *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	return x * (1 - k) / (load - x + float64(x*k))
}
