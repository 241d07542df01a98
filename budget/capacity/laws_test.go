package capacity_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
)

// patiences draws a patience in seconds, from a nanosecond to 30,000 years.
func patiences() *rapid.Generator[float64] {
	return rapid.Custom(func(t *rapid.T) float64 {
		if rapid.Bool().Draw(t, "usual") {
			return rapid.Float64Range(5, 1800).Draw(t, "patience")
		}
		return math.Pow(10, rapid.Float64Range(-9, 12).Draw(t, "magnitude"))
	})
}

func TestMoreAgentsNeverServeTheImpatientWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := loads().Draw(t, "load")
		agents := rapid.Float64Range(0, load*1.3+10).Draw(t, "agents")
		aht := rapid.Float64Range(1, 3600).Draw(t, "aht")
		patience := patiences().Draw(t, "patience")
		wait := rapid.Float64Range(0, 600).Draw(t, "within")
		q := must(capacity.NewImpatientQueue(load, agents, aht, patience))(t)
		r := must(capacity.NewImpatientQueue(load, agents+rapid.Float64Range(0, 3).Draw(t, "more"), aht, patience))(t)
		for _, basis := range bases {
			level, more := q.ServiceLevelOn(basis, wait), r.ServiceLevelOn(basis, wait)
			if !(level >= 0 && level <= 1) || more < level-1e-9 {
				t.Fatalf("%s: level %v falls to %v", basis, level, more)
			}
		}
		if r.Wait() > q.Wait()+1e-12 || r.Abandonment() > q.Abandonment()+1e-12 || r.Occupancy() > q.Occupancy()+1e-9 {
			t.Fatalf("wait %v, abandonment %v, occupancy %v grow to %v, %v, %v",
				q.Wait(), q.Abandonment(), q.Occupancy(), r.Wait(), r.Abandonment(), r.Occupancy())
		}
		if r.AnswerSpeed() > q.AnswerSpeed()*(1+1e-9)+1e-12 || r.MeanWait() > q.MeanWait()*(1+1e-9)+1e-12 {
			t.Fatalf("answer speed %v grows to %v", q.AnswerSpeed(), r.AnswerSpeed())
		}
	})
}

func TestWhatBecomesOfTheImpatientAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := loads().Draw(t, "load")
		agents := rapid.Float64Range(0, load*1.3+10).Draw(t, "agents")
		patience := patiences().Draw(t, "patience")
		q := must(capacity.NewImpatientQueue(load, agents, 180, patience))(t)
		if load == 0 {
			return
		}
		// Little's law: who gives up does so at the rate of those waiting.
		if lost := q.MeanWait() / patience; math.Abs(lost-q.Abandonment()) > 1e-9*lost+1e-12 {
			t.Fatalf("abandonment %v, by the mean wait %v", q.Abandonment(), lost)
		}
		all := q.AnswerSpeed()*(1-q.Abandonment()) + q.AbandonedWait()*q.Abandonment()
		if 1-q.Abandonment() > 1e-6 && math.Abs(all-q.MeanWait()) > 1e-9*all+1e-12 {
			t.Fatalf("mean wait %v, of its parts %v", q.MeanWait(), all)
		}
		within := rapid.Float64Range(0, 600).Draw(t, "within")
		inTime := q.ServiceLevel(within)
		short := q.ServiceLevelOn(capacity.InclAbandoned, within) - inTime
		if short < -1e-9 || short > q.Abandonment()+1e-9 {
			t.Fatalf("%v abandon within %v s, %v in all", short, within, q.Abandonment())
		}
		if 1-short > 1e-6 {
			nearLevel2(t, q.ServiceLevelOn(capacity.ExclShort, within), inTime/(1-short))
		}
	})
}

func nearLevel2(t tester, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-8) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// virtual is the service level by Simpson's rule over the virtual wait, whose
// density is n·p·e^(load·H(x)-n·x), scaled by its value where nobody waits.
func virtual(load, n, ratio, within float64) float64 {
	density := func(x float64) float64 {
		return n * math.Exp(-load/ratio*math.Expm1(-ratio*x)-n*x)
	}
	simpson := func(f func(float64) float64, top float64) float64 {
		const steps = 1 << 16
		sum, h := f(0)+f(top), top/steps
		for i := 1; i < steps; i++ {
			sum += f(float64(i)*h) * float64(2+2*(i%2))
		}
		return sum * h / 3
	}
	end := 1.0
	for density(end) > 1e-18 {
		end *= 1.3
	}
	idle, term := 0.0, 1.0 // Σ p_k/p_n below n
	for k := n; k >= 1; k-- {
		term *= k / load
		idle += term
	}
	total := idle + simpson(density, end)
	early := simpson(func(x float64) float64 { return density(x) * math.Exp(-ratio*x) }, within)
	return (idle + early) / total
}

func TestServiceLevelFollowsTheVirtualWait(t *testing.T) {
	for _, load := range []float64{0.5, 4, 30, 150} {
		for _, share := range []float64{0.6, 0.95, 1, 1.05, 1.4} {
			for _, ratio := range []float64{0.02, 0.5, 2, 20} {
				for _, within := range []float64{0.01, 0.1, 0.7} {
					n := math.Max(1, math.Round(load*share))
					q := must(capacity.NewImpatientQueue(load, n, 200, 200/ratio))(t)
					got, want := q.ServiceLevel(within*200), virtual(load, n, ratio, within)
					if math.Abs(got-want) > 1e-9 {
						t.Errorf("a=%v n=%v r=%v within %v: %v, by the virtual wait %v", load, n, ratio, within, got, want)
					}
				}
			}
		}
	}
}

func TestPatienceWithoutEndIsErlangC(t *testing.T) {
	for _, c := range [][2]float64{{10, 14}, {0.3, 1}, {300, 310}, {1000, 1177}} {
		endless := must(capacity.NewQueue(c[0], c[1], 180))(t)
		patient := must(capacity.NewImpatientQueue(c[0], c[1], 180, 1e12))(t)
		within(t, "wait", patient.Wait(), endless.Wait(), 1e-8)
		within(t, "answer speed", patient.AnswerSpeed(), endless.AnswerSpeed(), 1e-6)
		within(t, "service level", patient.ServiceLevel(20), endless.ServiceLevel(20), 1e-8)
	}
}

func TestNoPatienceIsErlangB(t *testing.T) {
	for _, c := range [][2]float64{{10, 14}, {10, 3}, {0.3, 1}, {300, 310}, {12, 7.5}} {
		q := must(capacity.NewImpatientQueue(c[0], c[1], 180, 1e-9))(t)
		within(t, "abandonment", q.Abandonment(), must(capacity.ErlangB(c[0], c[1]))(t), 1e-8)
	}
}

func TestFractionalAgentsServeTheImpatientAlike(t *testing.T) {
	for _, load := range []float64{0.3, 4.5, 12, 700} {
		for _, patience := range []float64{1, 120, 1e6} {
			for _, agents := range []float64{1, math.Floor(load) + 1, math.Ceil(load * 1.2)} {
				whole := must(capacity.NewImpatientQueue(load, agents, 180, patience))(t)
				for _, step := range []float64{-1e-9, 1e-9} {
					beside := must(capacity.NewImpatientQueue(load, agents+step, 180, patience))(t)
					for _, basis := range bases {
						within(t, basis.String(), beside.ServiceLevelOn(basis, 20), whole.ServiceLevelOn(basis, 20), 1e-6)
					}
					within(t, "abandonment", beside.Abandonment(), whole.Abandonment(), 1e-6)
				}
			}
		}
	}
}

// allGoals draws goals of every kind.
func allGoals() *rapid.Generator[capacity.Goal] {
	return rapid.Custom(func(t *rapid.T) capacity.Goal {
		g := goals().Draw(t, "goal")
		if rapid.Bool().Draw(t, "impatient") {
			g.PatienceS = rapid.Float64Range(1, 3600).Draw(t, "patience")
			g.Basis = rapid.SampledFrom(bases).Draw(t, "basis")
			if rapid.Bool().Draw(t, "abandonment capped") {
				g.MaxAbandon = rapid.Float64Range(0.001, 0.3).Draw(t, "max abandon")
			}
		}
		return g
	})
}

// slowAgents is the search without shortcuts: agent by agent, from one.
func slowAgents(t tester, load, aht float64, g capacity.Goal) int {
	for n := 1; ; n++ {
		q := must(capacity.NewImpatientQueue(load, float64(n), aht, g.PatienceS))(t)
		if float64(n) >= g.Minimum && q.Stable() && q.ServiceLevelOn(g.Basis, g.WithinS) >= g.Target &&
			q.AnswerSpeed() <= g.MaxWaitS && q.Abandonment() <= g.MaxAbandon &&
			q.Occupancy() <= g.MaxOccupancy*(1+2e-9) {
			return n
		}
	}
}

func TestAgentsAreThoseOfTheSlowSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := rapid.Float64Range(0.001, 400).Draw(t, "load")
		aht := rapid.Float64Range(5, 1200).Draw(t, "aht")
		g := allGoals().Draw(t, "goal")
		n, binding, err := capacity.Agents(load, aht, g)
		if want := slowAgents(t, load, aht, g); err != nil || n != want {
			t.Fatalf("%d agents (%s, %v), by the slow search %d", n, binding, err, want)
		}
		exact := must(capacity.AgentsExact(load, aht, g))(t)
		if exact > float64(n) || exact <= float64(n-1) {
			t.Fatalf("exactly %v agents, whole ones %d", exact, n)
		}
		if binding == capacity.BindingNone || binding == capacity.BindingMinimum && float64(n-1) >= g.Minimum {
			t.Fatalf("%s binds at %d agents", binding, n)
		}
	})
}

// TestMonthIsTheSumOfItsIntervals holds that neither the order of intervals nor
// what a sizer has sized before changes an answer.
func TestMonthIsTheSumOfItsIntervals(t *testing.T) {
	days, paid := typical()
	shared, ready := capacity.NewForgetfulSizer(), small(t)
	rapid.Check(t, func(t *rapid.T) {
		p := ready
		g := allGoals().Draw(t, "goal")
		p.Target, p.WithinS, p.MaxOccupancy, p.MaxWaitS = is(g.Target), is(g.WithinS), is(g.MaxOccupancy), is(g.MaxWaitS)
		if !math.IsInf(g.PatienceS, 1) {
			p.Model, p.Basis, p.PatienceS, p.MaxAbandon = capacity.ErlangAModel, g.Basis, is(g.PatienceS), is(g.MaxAbandon)
		}
		volume := rapid.Float64Range(100, 2e6).Draw(t, "volume")
		st := p.Prepare().Staffing(nil)
		g.Minimum = 0
		got := must(shared.Need(st, days, volume, 240, paid))(t)
		hours, peak := intervalByInterval(t, st, days, volume, 240, g)
		if got.AgentHours != hours || got.PeakAgents != peak {
			t.Fatalf("%v agent hours with a peak of %d, interval by interval %v and %d", got.AgentHours, got.PeakAgents, hours, peak)
		}
		if full := must(capacity.NewSizer().Month(plain(p), days, volume, 240, paid))(t); full.Need != got {
			t.Fatalf("%+v in full, %+v in short", full.Need, got)
		}
	})
}

func intervalByInterval(t tester, st capacity.Staffing, days []calendar.Day, volume, aht float64, g capacity.Goal) (float64, int) {
	profile := func(day calendar.Day) []float64 {
		weights := st.Weekday
		if day.WeekendProfile() {
			weights = st.Weekend
		}
		return weights[st.OpenFrom/30 : st.OpenTo/30]
	}
	total := 0.0
	for _, day := range days {
		total += st.DayFactors[day.Weekday]
	}
	hours, peak := 0.0, 0
	known := map[float64]int{}
	for _, day := range slices.Backward(days) {
		sum := 0.0
		for _, weight := range profile(day) {
			sum += weight
		}
		for _, weight := range profile(day) {
			load := volume * (st.DayFactors[day.Weekday] / total) * (weight / sum) * aht / 1800
			n, ok := known[load]
			if !ok {
				var err error
				if n, _, err = capacity.Agents(load, aht, g); err != nil {
					t.Fatal(err)
				}
				known[load] = n
			}
			hours += float64(n) / 2
			peak = max(peak, n)
		}
	}
	return hours, peak
}

func TestExtremesHaveNumbers(t *testing.T) {
	magnitude := func(low, high float64) *rapid.Generator[float64] {
		return rapid.Custom(func(t *rapid.T) float64 { return math.Pow(10, rapid.Float64Range(low, high).Draw(t, "magnitude")) })
	}
	rapid.Check(t, func(t *rapid.T) {
		load := magnitude(-12, 6).Draw(t, "load")
		agents := magnitude(-12, 9).Draw(t, "agents")
		if rapid.Bool().Draw(t, "near") {
			agents = load * rapid.Float64Range(0.5, 1.5).Draw(t, "share")
		}
		aht := magnitude(-9, 9).Draw(t, "aht")
		q := must(capacity.NewImpatientQueue(load, agents, aht, magnitude(-9, 12).Draw(t, "patience")))(t)
		within := magnitude(-3, 4.9).Draw(t, "within")
		shares := []float64{q.Wait(), q.Abandonment(), q.Occupancy()}
		for _, basis := range bases {
			shares = append(shares, q.ServiceLevelOn(basis, within))
		}
		for _, share := range shares {
			if !(share >= 0 && share <= 1) {
				t.Fatalf("the shares are %v", shares)
			}
		}
		for _, wait := range []float64{q.MeanWait(), q.AbandonedWait(), q.Length(), q.DelayOfDelayed()} {
			if !(wait >= 0) || math.IsInf(wait, 1) {
				t.Fatalf("the waits are %v, %v, %v", q.MeanWait(), q.AbandonedWait(), q.DelayOfDelayed())
			}
		}
	})
}
