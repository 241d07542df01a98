package capacity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/capacity"
)

func TestErlangBVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		ID       string
		N, A     float64
		Blocking float64
	}](t, "erlang.json", "erlang_b") {
		near(t, v.ID, must(capacity.ErlangB(v.A, v.N))(t), v.Blocking)
	}
}

func TestErlangBLinesVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		ID          string
		A           float64
		MaxBlocking float64 `json:"max_blocking"`
		Lines       int
	}](t, "erlang.json", "erlang_b_lines") {
		if got := must(capacity.ErlangBLines(v.A, v.MaxBlocking))(t); got != v.Lines {
			t.Errorf("%s: %d lines, want %d", v.ID, got, v.Lines)
		}
	}
}

func TestErlangCVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		ID            string
		N, A          float64
		AHT           float64 `json:"aht_s"`
		T             float64 `json:"t_s"`
		Stable        bool
		Wait          float64  `json:"p_wait"`
		ServiceLevel  float64  `json:"service_level"`
		ASA           *float64 `json:"asa_s"`
		WaitIfDelayed *float64 `json:"wait_if_delayed_s"`
		QueueLen      *float64 `json:"queue_len"`
		Occupancy     float64
	}](t, "erlang.json", "erlang_c") {
		q := must(capacity.NewQueue(v.A, v.N, v.AHT))(t)
		near(t, v.ID+" wait", q.Wait(), v.Wait)
		near(t, v.ID+" erlang_c", must(capacity.ErlangC(v.A, v.N))(t), v.Wait)
		nearLevel(t, v.ID+" service level", q.ServiceLevel(v.T), v.ServiceLevel)
		nearOrInf(t, v.ID+" answer speed", q.AnswerSpeed(), v.ASA)
		nearOrInf(t, v.ID+" delay of delayed", q.DelayOfDelayed(), v.WaitIfDelayed)
		nearOrInf(t, v.ID+" length", q.Length(), v.QueueLen)
		near(t, v.ID+" occupancy", q.Occupancy(), v.Occupancy)
		if q.Stable() != v.Stable || (keyOf(t, q.Unstable()) == "") != v.Stable {
			t.Errorf("%s: stable is %t, want %t", v.ID, q.Stable(), v.Stable)
		}
	}
}

func TestWaitQuantileVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		N, A     float64
		AHT      float64 `json:"aht_s"`
		Quantile float64
		Wait     float64 `json:"wait_s"`
	}](t, "erlang.json", "erlang_c_wait_quantile") {
		q := must(capacity.NewQueue(v.A, v.N, v.AHT))(t)
		near(t, "wait", must(q.WaitQuantile(v.Quantile))(t), v.Wait)
	}
}

func TestOfferedLoadVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Calls, A float64
		Interval float64 `json:"interval_min"`
		AHT      float64 `json:"aht_s"`
	}](t, "erlang.json", "offered_load") {
		near(t, "load", must(capacity.OfferedLoad(v.Calls, v.Interval, v.AHT))(t), v.A)
	}
}

func TestTrunkVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Calls       float64
		Interval    float64 `json:"interval_min"`
		Menu        float64 `json:"ivr_s"`
		Queue       float64 `json:"queue_s"`
		Talk        float64 `json:"talk_s"`
		MaxBlocking float64 `json:"max_blocking"`
		A           float64
		Lines       int
	}](t, "erlang.json", "trunks") {
		load := must(capacity.TrunkLoad(v.Calls, v.Interval, v.Menu, v.Queue, v.Talk))(t)
		near(t, "load", load, v.A)
		if got := must(capacity.ErlangBLines(load, v.MaxBlocking))(t); got != v.Lines {
			t.Errorf("%v Erlangs need %d lines, want %d", load, got, v.Lines)
		}
	}
}

func TestCeilTolForgivesBinaryNoise(t *testing.T) {
	for _, v := range vectors[[]struct {
		Kind           string
		Raw, Shrinkage float64
		A              float64
		MaxOcc         float64 `json:"max_occ"`
		Expected       float64
	}](t, "erlang.json", "ceil_traps") {
		x := v.A / v.MaxOcc
		if v.Kind == "gross_up" {
			x = must(capacity.GrossUp(v.Raw, v.Shrinkage))(t)
		}
		if got := capacity.CeilTol(x); got != v.Expected {
			t.Errorf("%s: CeilTol(%v) is %v, want %v", v.Kind, x, got, v.Expected)
		}
	}
	for x, want := range map[float64]float64{0: 0, 1: 1, 1.0001: 2, -0.5: 0, 3 + 1e-8: 4, 1e12 + 1: 1e12 + 1 - 999} {
		if got := capacity.CeilTol(x); x < 1e9 && got != want {
			t.Errorf("CeilTol(%v) is %v, want %v", x, got, want)
		}
	}
}

// blocking is Erlang B by its integral, 1/B = ∫ e^-u (1+u/a)^n du, by Simpson's
// rule.
func blocking(load, lines float64) float64 {
	const steps = 1 << 18
	top := 60 + 2*lines
	f := func(u float64) float64 { return math.Exp(-u + lines*math.Log1p(u/load)) }
	sum, h := f(0)+f(top), top/steps
	for i := 1; i < steps; i++ {
		sum += f(float64(i)*h) * float64(2+2*(i%2))
	}
	return 3 / (sum * h)
}

func TestFractionalLinesFollowTheIntegral(t *testing.T) {
	for _, load := range []float64{0.5, 2.9, 3.1, 10, 40} {
		for _, lines := range []float64{0.001, 0.25, 0.5, 0.999, 1.5, 7.75, 33.3} {
			got, want := must(capacity.ErlangB(load, lines))(t), blocking(load, lines)
			if math.Abs(got-want) > 1e-8*want {
				t.Errorf("B(%v, %v) is %v, by the integral %v", lines, load, got, want)
			}
		}
	}
}

func loads() *rapid.Generator[float64] {
	return rapid.OneOf(rapid.Float64Range(0.001, 20), rapid.Float64Range(0, 2000), rapid.Float64Range(0, 100000))
}

func TestErlangBFallsWithLinesAndStaysAShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := loads().Draw(t, "load")
		lines := rapid.Float64Range(0, load*1.5+10).Draw(t, "lines")
		more := lines + rapid.Float64Range(0, 5).Draw(t, "more")
		b, less := must(capacity.ErlangB(load, lines))(t), must(capacity.ErlangB(load, more))(t)
		if !(b >= 0 && b <= 1) || less > b+1e-12 {
			t.Fatalf("B is %v at %v lines and %v at %v", b, lines, less, more)
		}
	})
}

func TestMoreAgentsNeverServeWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := loads().Draw(t, "load")
		agents := rapid.Float64Range(0, load*1.3+10).Draw(t, "agents")
		aht := rapid.Float64Range(1, 3600).Draw(t, "aht")
		wait := rapid.Float64Range(0, 600).Draw(t, "within")
		q := must(capacity.NewQueue(load, agents, aht))(t)
		r := must(capacity.NewQueue(load, agents+rapid.Float64Range(0, 3).Draw(t, "more"), aht))(t)
		if level := q.ServiceLevel(wait); !(level >= 0 && level <= 1) || r.ServiceLevel(wait) < level-1e-9 {
			t.Fatalf("level %v falls to %v", level, r.ServiceLevel(wait))
		}
		if r.AnswerSpeed() > q.AnswerSpeed()*(1+1e-9) || r.Wait() > q.Wait()+1e-12 {
			t.Fatalf("answer speed %v grows to %v", q.AnswerSpeed(), r.AnswerSpeed())
		}
	})
}

func TestFractionalAgentsMeetWholeOnes(t *testing.T) {
	for _, load := range []float64{0.3, 4.5, 12, 700} {
		for _, agents := range []float64{math.Floor(load) + 1, math.Ceil(load * 1.2)} {
			whole := must(capacity.NewQueue(load, agents, 180))(t).ServiceLevel(20)
			for _, step := range []float64{-1e-9, 1e-9} {
				if agents+step <= load {
					continue
				}
				beside := must(capacity.NewQueue(load, agents+step, 180))(t).ServiceLevel(20)
				if math.Abs(beside-whole) > 1e-6 {
					t.Errorf("at %v Erlangs %v agents give %v and %v more give %v", load, agents, whole, step, beside)
				}
			}
		}
	}
}

func TestQueueRefusesWhatIsNoNumber(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, c := range map[string]struct {
		load, agents, aht float64
		want              string
	}{
		"a sound queue is taken":          {10, 12, 180, ""},
		"a load that is not a number":     {nan, 12, 180, "capacity.load_range"},
		"a negative load":                 {-1, 12, 180, "capacity.load_range"},
		"a load without end":              {inf, 12, 180, "capacity.load_range"},
		"a load beyond the limit":         {1e6 + 1, 12, 180, "capacity.load_range"},
		"the limit itself is taken":       {1e6, 1.1e6, 180, ""},
		"agents that are not a number":    {10, nan, 180, "capacity.agents_range"},
		"negative agents":                 {10, -1, 180, "capacity.agents_range"},
		"agents without end":              {10, inf, 180, "capacity.agents_range"},
		"contacts that take no time":      {10, 12, 0, "capacity.aht_range"},
		"contacts that take forever":      {10, 12, inf, "capacity.aht_range"},
		"a handle time that is no number": {10, 12, nan, "capacity.aht_range"},
	} {
		_, err := capacity.NewQueue(c.load, c.agents, c.aht)
		if got := keyOf(t, err); got != c.want {
			t.Errorf("%s: problem %q, want %q", name, got, c.want)
		}
	}
}

func TestNoCallsMeetEveryLevel(t *testing.T) {
	q := must(capacity.NewQueue(0, 0, 180))(t)
	if q.ServiceLevel(20) != 1 || q.AnswerSpeed() != 0 || q.Occupancy() != 0 || q.Length() != 0 {
		t.Errorf("a queue without calls and agents gives %v, %v s", q.ServiceLevel(20), q.AnswerSpeed())
	}
}
