package finance_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/finance"
)

func flowsOf(t *rapid.T, label string, n int) []float64 {
	flows := make([]float64, n)
	for i, cents := range rapid.SliceOfN(rapid.IntRange(-1e8, 1e8), n, n).Draw(t, label) {
		flows[i] = float64(cents) / 100
	}
	return flows
}

// within fails where the two differ by more than rounding on this scale makes.
func within(t *rapid.T, what string, got, want, scale float64) {
	if !(math.Abs(got-want) <= 1e-9*(1+scale)) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

func TestNPVIsLinearInTheFlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "periods")
		a, b := flowsOf(t, "a", n), flowsOf(t, "b", n)
		rate := rapid.Float64Range(-0.5, 2).Draw(t, "rate")
		k := rapid.Float64Range(-10, 10).Draw(t, "k")
		both, size := make([]float64, n), 0.0
		for i := range both {
			both[i] = k*a[i] + b[i]
			size += (math.Abs(k*a[i]) + math.Abs(b[i])) / math.Pow(1+rate, float64(i))
		}
		va, _ := finance.NPV(rate, a)
		vb, _ := finance.NPV(rate, b)
		got, err := finance.NPV(rate, both)
		if err != nil {
			t.Fatal(err)
		}
		within(t, "npv", got, k*va+vb, size)
	})
}

func TestEveryRateFoundIsARootOfTheWorth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := flowsOf(t, "flows", rapid.IntRange(2, 60).Draw(t, "periods"))
		rates, err := finance.Rates(flows)
		if err != nil {
			t.Fatal(err)
		}
		for _, rate := range rates {
			if rate < -0.999 {
				continue // one plus the rate has lost its digits
			}
			worth, size := 0.0, 0.0
			for i, flow := range flows {
				value := flow / math.Pow(1+rate, float64(i))
				worth, size = worth+value, size+math.Abs(value)
			}
			if math.Abs(worth) > 1e-9*size {
				t.Fatalf("at %v the flows are worth %v of %v", rate, worth, size)
			}
		}
	})
}

func TestAnInvestmentThatOnlyReturnsHasOneRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 59).Draw(t, "periods")
		flows := append([]float64{-rapid.Float64Range(1, 1e6).Draw(t, "spent")},
			rapid.SliceOfN(rapid.Float64Range(1, 1e5), n, n).Draw(t, "returns")...)
		rate, err := finance.IRR(flows)
		if err != nil {
			t.Fatal(err)
		}
		if below, err := finance.NPV(rate-1e-6*(1+rate), flows); err != nil || below < 0 {
			t.Fatalf("just below %v the worth is %v (%v)", rate, below, err)
		}
		if above, err := finance.NPV(rate+1e-6*(1+rate), flows); err != nil || above > 0 {
			t.Fatalf("just above %v the worth is %v (%v)", rate, above, err)
		}
	})
}

func TestRatesOfAProductAreItsFactors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "rates")
		want, at := make([]float64, n), -0.9
		for i := range want {
			at = (1+at)*rapid.Float64Range(1.2, 3).Draw(t, "step") - 1
			want[i] = at
		}
		got, err := finance.Rates(product(want...))
		if err != nil || len(got) != n {
			t.Fatalf("got %v (%v), want %v", got, err, want)
		}
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-6*(1+want[i]) {
				t.Fatalf("got %v, want %v", got, want)
			}
		}
	})
}

func tariffOf(t *rapid.T) finance.Tariff {
	var tariff finance.Tariff
	from := 0.0
	for range rapid.IntRange(1, 6).Draw(t, "tiers") {
		tariff.Tiers = append(tariff.Tiers, finance.Tier[float64]{From: from, Price: float64(rapid.IntRange(0, 1000).Draw(t, "price")) / 100})
		from += float64(rapid.IntRange(1, 1000).Draw(t, "width"))
	}
	if rapid.Bool().Draw(t, "committed") {
		tariff.Commit = rapid.Float64Range(0, 2000).Draw(t, "commit")
	}
	return tariff
}

func TestAGraduatedTotalIsContinuousAndNeverFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tariff := tariffOf(t)
		if rapid.Bool().Draw(t, "overage") {
			tariff.Overage, tariff.HasOverage = rapid.Float64Range(0, 10).Draw(t, "over"), true
		}
		volume := rapid.Float64Range(0, 5000).Draw(t, "volume")
		step := rapid.Float64Range(0, 1).Draw(t, "step")
		low, err := tariff.Total(finance.Graduated, volume)
		if err != nil {
			t.Fatal(err)
		}
		high, _ := tariff.Total(finance.Graduated, volume+step)
		if rise := high - low; rise < -1e-7 || rise > 10*step+1e-7 {
			t.Fatalf("from %v by %v the total rises by %v", volume, step, rise)
		}
	})
}

func TestASlabTotalFallsExactlyAtItsCliffs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tariff := tariffOf(t)
		cliffs := map[float64]finance.Cliff{}
		for _, cliff := range tariff.Cliffs() {
			cliffs[cliff.At] = cliff
		}
		for _, tier := range tariff.Tiers[1:] {
			at, _ := tariff.Total(finance.Slab, tier.From)
			below, _ := tariff.Total(finance.Slab, math.Nextafter(tier.From, 0))
			cliff, is := cliffs[tier.From]
			if is != (below > at+1e-9*(1+at)) {
				t.Fatalf("at %v the total goes from %v to %v, a cliff: %v", tier.From, below, at, is)
			}
			if !is {
				continue
			}
			volume := cliff.From + rapid.Float64Range(0.001, 0.999).Draw(t, "between")*(cliff.At-cliff.From)
			if total, _ := tariff.Total(finance.Slab, volume); total < cliff.After*(1-1e-9) {
				t.Fatalf("%v costs %v, less than the %v of %v", volume, total, cliff.After, cliff.At)
			}
			if cliff.From == 0 {
				continue
			}
			below, _ = tariff.Total(finance.Slab, math.Nextafter(cliff.From, 0))
			itself, _ := tariff.Total(finance.Slab, cliff.From)
			if least := min(below, itself); least > cliff.After*(1+1e-9) {
				t.Fatalf("at %v it costs %v, more than the %v of %v", cliff.From, least, cliff.After, cliff.At)
			}
		}
	})
}

func TestDepreciationAddsUpToTheAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spending := rapid.IntRange(1, 24).Draw(t, "months of spending")
		lives := rapid.SliceOfN(rapid.IntRange(1, 36), spending, spending).Draw(t, "lives")
		horizon := spending + 36
		amounts, months, out := make([]float64, horizon), make([]float64, horizon), make([]float64, horizon)
		copy(amounts, flowsOf(t, "amounts", spending))
		want, size := 0.0, 0.0
		for i := range months {
			months[i] = 1
			if i < spending {
				months[i] = float64(lives[i])
			}
			want, size = want+amounts[i], size+math.Abs(amounts[i])
		}
		if err := finance.Depreciate(amounts, months, out); err != nil {
			t.Fatal(err)
		}
		got := 0.0
		for _, amount := range out {
			got += amount
		}
		within(t, "depreciation", got, want, size)
	})
}

func TestContributionsLieBetweenThoseOfFloorAndCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		floor := rapid.Float64Range(0, 1e4).Draw(t, "floor")
		most := floor + rapid.Float64Range(0, 1e5).Draw(t, "width")
		var items []finance.Item[float64]
		rates := 0.0
		for range rapid.IntRange(0, 8).Draw(t, "items") {
			rate := rapid.Float64Range(0, 0.3).Draw(t, "rate")
			items = append(items, finance.Item[float64]{Rate: rate, Floor: floor, Cap: most, HasCap: true})
			rates += rate
		}
		got, _, err := finance.Contributions(items, rapid.Float64Range(0, 1e6).Draw(t, "wage"))
		if err != nil || got < floor*rates-1e-6 || got > most*rates+1e-6 {
			t.Fatalf("got %v (%v), want between %v and %v", got, err, floor*rates, most*rates)
		}
	})
}
