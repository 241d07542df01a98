package formula_test

import (
	"math"
	"math/rand/v2"
)

// An uncertain driver is multiplied by a factor drawn once for each trial.
type uncertain struct {
	driver string
	// shape is normal (mean, deviation), triangular or pert (least, likely, most).
	shape            string
	low, likely, top float64
}

var uncertainDrivers = []uncertain{
	{"season", "normal", 1, 0.03, 0},
	{"cust_growth", "normal", 1, 0.12, 0},
	{"fcr", "normal", 1, 0.02, 0},
	{"wage", "normal", 1, 0.015, 0},
	{"attrition", "triangular", 0.8, 1, 1.5},
	{"shrink", "triangular", 0.93, 1, 1.12},
	{"bot_share", "triangular", 0.6, 1, 1.15},
	{"aht_voice", "pert", 0.93, 1, 1.14},
	{"rate_voice", "pert", 0.9, 1, 1.2},
	{"tel_rate", "pert", 0.85, 1, 1.1},
}

// drawFactors draws each uncertain driver's factor for every trial.
func drawFactors(seed uint64, trials int) map[string][]float64 {
	random := rand.New(rand.NewPCG(seed, 3))
	factors := map[string][]float64{}
	for _, u := range uncertainDrivers {
		drawn := make([]float64, trials)
		for i := range drawn {
			drawn[i] = u.draw(random)
		}
		factors[u.driver] = drawn
	}
	return factors
}

func (u uncertain) draw(random *rand.Rand) float64 {
	switch u.shape {
	case "normal":
		return u.low + float64(u.likely*normal(random))
	case "triangular":
		return triangular(random.Float64(), u.low, u.likely, u.top)
	default:
		a := 1 + 4*(u.likely-u.low)/(u.top-u.low)
		x, y := gamma(random, a), gamma(random, 6-a)
		return u.low + float64((u.top-u.low)*x/(x+y))
	}
}

// normal draws from the standard normal distribution (Box and Muller).
func normal(random *rand.Rand) float64 {
	return math.Sqrt(-2*math.Log(1-random.Float64())) * math.Cos(2*math.Pi*random.Float64())
}

// triangular inverts the triangular distribution.
func triangular(share, low, likely, top float64) float64 {
	if split := (likely - low) / (top - low); share < split {
		return low + math.Sqrt(share*(top-low)*(likely-low))
	}
	return top - math.Sqrt((1-share)*(top-low)*(top-likely))
}

// gamma draws from the gamma distribution of a shape of at least one (Marsaglia
// and Tsang).
func gamma(random *rand.Rand, shape float64) float64 {
	d := shape - 1.0/3
	for {
		x := normal(random)
		v := 1 + x/math.Sqrt(9*d)
		v = v * v * v
		if v > 0 && math.Log(1-random.Float64()) < 0.5*x*x+d-float64(d*v)+float64(d*math.Log(v)) {
			return d * v
		}
	}
}

// scenarioFactors are the factors of many scenarios: each driver's by run,
// between 0.92 and 1.08.
func scenarioFactors(seed uint64, drivers []driverRow, runs int) map[string][]float64 {
	random := rand.New(rand.NewPCG(seed, 2))
	factors := map[string][]float64{}
	for _, row := range drivers {
		byRun := make([]float64, runs)
		for i := range byRun {
			byRun[i] = 1 + float64(0.16*(random.Float64()-0.5))
		}
		factors[row.code] = byRun
	}
	return factors
}
