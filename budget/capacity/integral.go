package capacity

import "math"

// A hump is the function e^(load·H(x)-rate·x) of a time x in handle times,
// H(x) = (1-e^(-ratio·x))/ratio, which rises to one peak and falls again. Its
// argument is z = ratio·x, the time in patiences.
//
// About its peak it is e^(top + slope·s - bend·ψ(s)), s = z - peak, where both
// parts of the exponent are negative, ψ(s) = e^-s - 1 + s: small differences
// of large numbers do not occur, however large the load or long the patience.
type hump struct {
	peak, top   float64
	slope, bend float64
	low, high   float64 // where the integral runs, from the peak
	end         float64 // high, or beyond it where a straight line is left
	fall        float64 // of that line
	nats        float64 // how far below its peak, in logarithms, the hump ends
}

// newHump returns the hump from 0 to a time, which may be +Inf. What lies more
// than so many nats, in logarithms, below its peak is nothing.
func newHump(load, rate, ratio, until, nats float64) hump {
	end := until * ratio
	h := hump{nats: nats}
	if load > rate {
		h.peak = min(math.Log(load/rate), end)
	}
	h.top = float64(-load/ratio*math.Expm1(-h.peak)) - float64(rate/ratio*h.peak)
	there := load
	if h.peak > 0 {
		there = load * math.Exp(-h.peak)
		if h.peak < end {
			there = rate // exactly, by the definition of the peak
		}
	}
	h.slope, h.bend, h.fall = (there-rate)/ratio, there/ratio, rate/ratio
	h.low = -min(h.peak, h.reachBack())
	h.end = min(end-h.peak, h.reach())
	// Beyond, e^-s is nothing and the exponent a straight line.
	h.high = min(h.end, nats+max(0, math.Log(h.bend)))
	return h
}

// reach returns a distance after the peak at which the hump is negligible.
func (h hump) reach() float64 {
	share := h.nats / h.bend
	far := share + 1 // ψ(s) ≥ s-1
	if share < 0.3 {
		far = 1.2 * math.Sqrt(2*share) // ψ(s) ≥ s²/2·(1-s/3)
	}
	if h.slope < 0 {
		far = min(far, h.nats/-h.slope)
	}
	return far
}

// reachBack returns a distance before the peak at which the hump is
// negligible.
func (h hump) reachBack() float64 {
	share := h.nats / h.bend
	far := min(math.Sqrt(2*share), math.Log(4*share+4)) // ψ(-s) ≥ s²/2, ≥ e^s/4 - 1
	if h.slope > 0 {
		far = min(far, h.nats/h.slope)
	}
	return far
}

// log returns the logarithm of the hump at a distance from its peak, relative
// to it.
func (h hump) log(s float64) float64 {
	return float64(h.slope*s) - float64(h.bend*psi(s))
}

// psi is e^-s - 1 + s.
func psi(s float64) float64 {
	const small = 0.1
	if math.Abs(s) >= small {
		return math.Expm1(-s) + s
	}
	series := 1 - float64(s*(1.0/8)*(1-float64(s*(1.0/9))))
	series = 1 - float64(s*(1.0/6)*(1-float64(s*(1.0/7)*series)))
	series = 1 - float64(s*(1.0/4)*(1-float64(s*(1.0/5)*series)))
	return s * s / 2 * (1 - float64(s*(1.0/3)*series))
}

// each calls what is to be added up at the nodes of the integral over z from
// 0, with the hump there, relative to its peak, times the weight of the node.
func (h hump) each(add func(z, weight float64)) {
	const nats, width = 24, 4 // that a panel spans at most
	span := h.high - h.low
	if span <= 0 {
		return
	}
	panels := max(1, math.Ceil(-(h.log(h.low)+h.log(h.high))/nats), math.Ceil(span/width))
	half := span / panels / 2
	for i := 0.5; i < panels; i++ {
		middle := h.low + float64(i*2*half)
		for _, node := range &gauss {
			for _, s := range [2]float64{middle - float64(half*node[0]), middle + float64(half*node[0])} {
				add(h.peak+s, float64(half*node[1])*math.Exp(h.log(s)))
			}
		}
	}
}

// rest returns the integral from where each ends to the end, over the straight
// line that is left of the exponent.
func (h hump) rest() float64 {
	if h.end <= h.high {
		return 0
	}
	at := h.bend - float64(h.fall*h.high)
	return math.Exp(at) * -math.Expm1(-h.fall*(h.end-h.high)) / h.fall
}

// gauss holds the nodes above 0 and the weights of the Gauss–Legendre rule of
// 20 points on -1 to 1, computed to 60 digits from the Legendre polynomial.
var gauss = [10][2]float64{
	{0.07652652113349733375, 0.15275338713072585070},
	{0.22778585114164507808, 0.14917298647260374679},
	{0.37370608871541956067, 0.14209610931838205133},
	{0.51086700195082709800, 0.13168863844917662690},
	{0.63605368072651502545, 0.11819453196151841731},
	{0.74633190646015079261, 0.10193011981724043504},
	{0.83911697182221882339, 0.08327674157670474872},
	{0.91223442825132590586, 0.06267204833410906357},
	{0.96397192727791379126, 0.04060142980038694133},
	{0.99312859918509492478, 0.01761400713915211831},
}
