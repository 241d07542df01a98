package finance_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/finance"
	"centerplan/planning/problem"
)

// keyOf returns the key of a problem, empty for none.
func keyOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	p, ok := errors.AsType[problem.Problem](err)
	if !ok || p.Kind != problem.Invalid {
		t.Errorf("%v is no problem of kind Invalid", err)
	}
	return p.Key
}

func TestAFlowThatCannotBeJudgedIsRefused(t *testing.T) {
	nan := math.NaN()
	cases := map[string]struct {
		find func([]float64) (float64, error)
		flow []float64
		want string
	}{
		"no change of sign has no rate":          {finance.IRR, []float64{0, 10, 10}, "finance.irr_no_change"},
		"no flow at all has no rate":             {finance.IRR, nil, "finance.irr_no_change"},
		"a hump above zero has no rate":          {finance.IRR, []float64{1, -1, 1}, "finance.irr_none"},
		"two rates are none":                     {finance.IRR, []float64{-1600, 10000, -10000}, "finance.irr_several"},
		"two monthly rates are none":             {finance.IRRMonthly, []float64{-1600, 10000, -10000}, "finance.irr_several"},
		"a flow that is no number has no rate":   {finance.IRR, []float64{-1, nan}, "finance.flow_range"},
		"an endless flow has no rate":            {finance.IRR, []float64{-1, math.Inf(1)}, "finance.flow_range"},
		"what ends below zero is never paid":     {finance.Payback, []float64{-10, 20, -11}, "finance.never_pays_back"},
		"no number is never paid":                {finance.Payback, []float64{nan}, "finance.flow_range"},
		"without an outflow there is no return":  {finance.ROI, []float64{1, 2}, "finance.no_outflow"},
		"a flow that is no number has no return": {finance.ROI, []float64{nan}, "finance.flow_range"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := c.find(c.flow)
			if got := keyOf(t, err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSeveralRatesAreNamed(t *testing.T) {
	_, err := finance.IRR([]float64{-1600, 10000, -10000})
	p, _ := errors.AsType[problem.Problem](err)
	if got, want := p.Args["rates"], "0.25, 4"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRates(t *testing.T) {
	cases := map[string]struct{ flows, want []float64 }{
		"a rate met twice is one rate":             {[]float64{1, -2.2, 1.21}, []float64{0.1}},
		"a rate met three times is one rate":       {[]float64{-1, 3.3, -3.63, 1.331}, []float64{0.1}},
		"three rates are found":                    {product(-0.5, 0.1, 2), []float64{-0.5, 0.1, 2}},
		"five rates are found":                     {product(-0.9, -0.2, 0.01, 0.5, 30), []float64{-0.9, -0.2, 0.01, 0.5, 30}},
		"close rates are told apart":               {product(0.1, 0.1001), []float64{0.1, 0.1001}},
		"a rate of nothing is a rate":              {[]float64{-5, 0, 5}, []float64{0}},
		"idle periods before and after do nothing": {[]float64{0, 0, -100, 110, 0}, []float64{0.1}},
		"a hundredfold in a month is a rate":       {[]float64{-1, 100}, []float64{99}},
		"almost everything may be lost":            {[]float64{-1e9, 1}, []float64{1e-9 - 1}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := finance.Rates(c.flows)
			if err != nil || len(got) != len(c.want) {
				t.Fatalf("got %v (%v), want %v", got, err, c.want)
			}
			for i := range got {
				if math.Abs(got[i]-c.want[i]) > 2e-7*(1+c.want[i]) {
					t.Errorf("got %v, want %v", got, c.want)
				}
			}
		})
	}
}

// product returns flows that are worth nothing at exactly these rates.
func product(rates ...float64) []float64 {
	flows := []float64{1}
	for _, rate := range rates {
		next := make([]float64, len(flows)+1)
		for i, flow := range flows {
			next[i] += flow
			next[i+1] -= flow * (1 + rate)
		}
		flows = next
	}
	return flows
}

func TestPaybackIgnoresBinaryNoise(t *testing.T) {
	got, err := finance.Payback([]float64{-0.3, 0.1, 0.1, 0.1})
	if err != nil || got != 3 {
		t.Errorf("got %v (%v), want 3", got, err)
	}
}

func TestARateMayChangeFromMonthToMonth(t *testing.T) {
	rates := []float64{7, math.Pow(1.01, 12) - 1, math.Pow(1.02, 12) - 1} // the first is not used
	got, err := finance.NPVMonthly(rates, []float64{-100, 101, 103.02})
	if want := 100.0; err != nil || math.Abs(got-want) > 1e-9 {
		t.Errorf("got %v (%v), want %v", got, err, want)
	}
}

func TestRatesOfDiscountAreAboveMinusOne(t *testing.T) {
	for _, rate := range []float64{-1, -2, math.NaN(), math.Inf(1)} {
		_, err := finance.NPV(rate, []float64{1, 1})
		if got := keyOf(t, err); got != "finance.discount_range" {
			t.Errorf("a rate of %v gives %q", rate, got)
		}
		if _, err = finance.NPVMonthly([]float64{rate, 0}, []float64{1, 1}); keyOf(t, err) != "finance.discount_range" {
			t.Errorf("a monthly rate of %v gives %v", rate, err)
		}
	}
}

func tiers(numbers ...float64) finance.Tariff {
	var t finance.Tariff
	for pair := range slices.Chunk(numbers, 2) {
		t.Tiers = append(t.Tiers, finance.Tier[float64]{From: pair[0], Price: pair[1]})
	}
	return t
}

func TestTotals(t *testing.T) {
	committed := tiers(0, 4, 100, 3, 200, 2)
	committed.Commit = 150
	over := committed
	over.Overage, over.HasOverage = 5, true
	cases := map[string]struct {
		tariff finance.Tariff
		mode   finance.Mode
		volume float64
		want   float64
	}{
		"nothing costs nothing":                        {tiers(0, 4, 100, 3), finance.Slab, 0, 0},
		"a tier begins at its volume":                  {tiers(0, 4, 100, 3), finance.Slab, 100, 300},
		"each unit is priced by its own tier":          {tiers(0, 4, 100, 3), finance.Graduated, 101, 403},
		"below the commitment it is billed":            {committed, finance.Graduated, 10, 550},
		"the commitment reaches its own tier":          {committed, finance.Slab, 10, 450},
		"above the commitment the tiers go on":         {committed, finance.Slab, 200, 400},
		"the overage replaces the tiers above it":      {over, finance.Graduated, 250, 550 + 500},
		"the overage replaces the slab's tiers too":    {over, finance.Slab, 250, 450 + 500},
		"an overage without commitment prices it all":  {finance.Tariff{Prices: finance.Prices[float64]{Tiers: tiers(0, 9).Tiers, Overage: 2, HasOverage: true}}, finance.Slab, 10, 20},
		"fractions of a unit are priced as they stand": {tiers(0, 4, 100, 3), finance.Graduated, 0.5, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := c.tariff.Total(c.mode, c.volume)
			if err != nil || got != c.want {
				t.Errorf("got %v (%v), want %v", got, err, c.want)
			}
		})
	}
}

func TestATableThatCannotBeReadIsRefused(t *testing.T) {
	commit, overage := tiers(0, 4), tiers(0, 4)
	commit.Commit, overage.Overage = -1, math.NaN()
	cases := map[string]struct {
		tariff finance.Tariff
		volume float64
		want   string
	}{
		"no tiers":                  {tiers(), 1, "finance.no_tiers"},
		"a first tier above zero":   {tiers(10, 4), 1, "finance.first_tier"},
		"tiers out of order":        {tiers(0, 4, 20, 3, 10, 2), 1, "finance.tier_order"},
		"two tiers at one volume":   {tiers(0, 4, 20, 3, 20, 2), 1, "finance.tier_order"},
		"a price below zero":        {tiers(0, -4), 1, "finance.price_range"},
		"a tier that is no number":  {tiers(0, 4, math.NaN(), 3), 1, "finance.tier_start_range"},
		"a commitment below zero":   {commit, 1, "finance.commit_range"},
		"an overage without number": {overage, 1, "finance.price_range"},
		"a volume below zero":       {tiers(0, 4), -1, "finance.volume_range"},
		"a volume without number":   {tiers(0, 4), math.NaN(), "finance.volume_range"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := c.tariff.Total(finance.Slab, c.volume)
			if got := keyOf(t, err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCliffs(t *testing.T) {
	committed := tiers(0, 4, 100, 3, 200, 2)
	committed.Commit = 150
	deep := tiers(0, 4, 100, 1)
	deep.Commit = 50
	low := tiers(0, 4, 100, 3, 200, 2)
	low.Commit = 120
	over := tiers(0, 4, 100, 3)
	over.Commit, over.HasOverage = 150, true
	cases := map[string]struct {
		tariff finance.Tariff
		want   []finance.Cliff
	}{
		"the price falls at each tier": {tiers(0, 3.2, 50000, 2.9, 100000, 2.6), []finance.Cliff{
			{From: 145000 / 3.2, At: 50000, Before: 160000, After: 145000},
			{From: 260000 / 2.9, At: 100000, Before: 290000, After: 260000},
		}},
		"a rising price is no cliff":                       {tiers(0, 3, 100, 4), nil},
		"an even price is no cliff":                        {tiers(0, 3, 100, 3), nil},
		"a deep fall reaches past earlier tiers":           {tiers(0, 10, 100, 9, 110, 1), []finance.Cliff{{90, 100, 1000, 900}, {11, 110, 990, 110}}},
		"free units are worth any number of them":          {tiers(0, 10, 100, 0), []finance.Cliff{{0, 100, 1000, 0}}},
		"it is cheaper only from the tier that costs more": {tiers(0, 1, 50, 4, 100, 2), []finance.Cliff{{50, 100, 400, 200}}},
		"below the commitment there is none":               {committed, []finance.Cliff{{0, 200, 600, 400}}},
		"the range begins above the commitment":            {low, []finance.Cliff{{400.0 / 3, 200, 600, 400}}},
		"a commitment dearer than the next tier":           {deep, []finance.Cliff{{0, 100, 400, 100}}},
		"with an overage there is none":                    {over, nil},
		"a table that is refused has none":                 {tiers(1, 1), nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.tariff.Cliffs()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBuyingUpIsBetterBelowACliff(t *testing.T) {
	cases := map[string]struct {
		tariff             finance.Tariff
		volume, at, saving float64
	}{
		"below a cliff":                         {tiers(0, 4, 100, 3), 80, 100, 20},
		"where both cost the same it is not":    {tiers(0, 4, 100, 3), 75, 0, 0},
		"at the cliff it is not":                {tiers(0, 4, 100, 3), 100, 0, 0},
		"the cheapest of two cliffs":            {tiers(0, 10, 100, 9, 110, 1), 99, 110, 880},
		"a cheaper one further up":              {tiers(0, 4, 100, 3.9, 110, 2), 99, 110, 176},
		"rising prices have none":               {tiers(0, 3, 100, 4), 99, 0, 0},
		"a volume that is refused has none":     {tiers(0, 4, 100, 3), -1, 0, 0},
		"a table that is refused has none":      {tiers(1, 4, 100, 3), 80, 0, 0},
		"nothing is not worth buying anything":  {tiers(0, 4, 100, 3), 0, 0, 0},
		"what costs nothing cannot cost less":   {tiers(0, 0, 100, 0), 10, 0, 0},
		"free units beyond are worth buying up": {tiers(0, 4, 100, 0), 10, 100, 40},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			at, saving, ok := c.tariff.Better(c.volume)
			if at != c.at || math.Abs(saving-c.saving) > 1e-9 || ok != (c.at > 0) {
				t.Errorf("got %v saving %v (%v), want %v saving %v", at, saving, ok, c.at, c.saving)
			}
		})
	}
}

func TestATierAboveAPricedCommitmentIsNeverReached(t *testing.T) {
	over := tiers(0, 4, 100, 3, 200, 2)
	over.Commit, over.HasOverage = 150, true
	if got, want := over.Unreached(), []int{2}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	over.HasOverage = false
	if got := over.Unreached(); got != nil {
		t.Errorf("got %v, want none", got)
	}
}

func TestDepreciation(t *testing.T) {
	cases := map[string]struct {
		amounts, months, want []float64
		key                   string
	}{
		"begins in the month of spending":       {[]float64{0, 300, 0, 0, 0}, []float64{3, 3, 3, 3, 3}, []float64{0, 100, 100, 100, 0}, ""},
		"assets overlap":                        {[]float64{20, 40, 0, 0}, []float64{2, 2, 2, 2}, []float64{10, 30, 20, 0}, ""},
		"each amount has its own life":          {[]float64{20, 40, 0, 0}, []float64{1, 4, 9, 9}, []float64{20, 10, 10, 10}, ""},
		"a negative amount takes some back":     {[]float64{20, -10, 0, 0}, []float64{4, 2, 1, 1}, []float64{5, 0, 0, 5}, ""},
		"half a month is no life":               {[]float64{1, 1}, []float64{1, 1.5}, []float64{1, 0}, "finance.life_range"},
		"no month is no life":                   {[]float64{1}, []float64{0}, nil, "finance.life_range"},
		"a life without number is none":         {[]float64{1}, []float64{math.NaN()}, nil, "finance.life_range"},
		"an endless life is none":               {[]float64{1}, []float64{math.Inf(1)}, nil, "finance.life_range"},
		"an amount without number is not spent": {[]float64{math.NaN()}, []float64{1}, nil, "finance.flow_range"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			out := make([]float64, len(c.amounts))
			err := finance.Depreciate(c.amounts, c.months, out)
			if got := keyOf(t, err); got != c.key {
				t.Fatalf("got %q, want %q", got, c.key)
			}
			if c.want != nil && !slices.Equal(out, c.want) {
				t.Errorf("got %v, want %v", out, c.want)
			}
		})
	}
}

func TestContributions(t *testing.T) {
	pension := finance.Item[float64]{Rate: 0.16, Floor: 4000, Cap: 20000, HasCap: true}
	union := finance.Item[float64]{Rate: 0.02}
	cases := map[string]struct {
		item finance.Item[float64]
		wage float64
		want float64
		key  string
	}{
		"a wage below the floor counts as the floor": {pension, 3000, 640, ""},
		"a wage between counts as it is":             {pension, 10000, 1600, ""},
		"a wage above the cap counts as the cap":     {pension, 30000, 3200, ""},
		"without a cap every wage counts":            {union, 30000, 600, ""},
		"no wage below zero":                         {union, -1, 0, "finance.wage_range"},
		"no rate above one":                          {finance.Item[float64]{Rate: 1.1}, 1, 0, "finance.rate_range"},
		"no rate below zero":                         {finance.Item[float64]{Rate: -0.1}, 1, 0, "finance.rate_range"},
		"no floor below zero":                        {finance.Item[float64]{Floor: -1}, 1, 0, "finance.bound_range"},
		"no cap without number":                      {finance.Item[float64]{Cap: math.NaN(), HasCap: true}, 1, 0, "finance.bound_range"},
		"no floor above the cap":                     {finance.Item[float64]{Floor: 2, Cap: 1, HasCap: true}, 1, 0, "finance.floor_above_cap"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := finance.Contribution(c.item, c.wage)
			if key := keyOf(t, err); key != c.key || got != c.want {
				t.Errorf("got %v (%q), want %v (%q)", got, key, c.want, c.key)
			}
		})
	}
	total, parts, err := finance.Contributions([]finance.Item[float64]{pension, union}, 10000)
	if want := []float64{1600, 200}; err != nil || total != 1800 || !slices.Equal(parts, want) {
		t.Errorf("got %v of %v (%v), want 1800 of %v", total, parts, err, want)
	}
}

func TestLabourRefusesWhatIsNoWage(t *testing.T) {
	cases := map[string]finance.Labour{
		"finance.wage_range":         {Base: -1},
		"finance.overtime_range":     {Overtime: finance.Overtime{RestDay: 800}},
		"finance.extra_months_range": {ExtraMonths: math.NaN()},
		"finance.rate_range":         {Contributions: []finance.Item[float64]{{Rate: 2}}},
	}
	for want, labour := range cases {
		_, err := labour.Cost()
		if got := keyOf(t, err); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
