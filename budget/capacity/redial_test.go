package capacity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/capacity"
)

func TestRedialVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Calls    float64 `json:"unique_calls"`
		Interval float64 `json:"interval_min"`
		AHT      float64 `json:"aht_s"`
		Patience float64 `json:"patience_s"`
		N        float64
		Redial   float64 `json:"redial_prob"`
		Offered  float64 `json:"offered_calls"`
		Abandon  float64 `json:"p_abandon"`
		Lost     float64 `json:"lost_for_good"`
	}](t, "patience.json", "redial_fixed_point") {
		r := capacity.Redials{
			Calls: v.Calls, IntervalMin: v.Interval, AHT: v.AHT, Agents: v.N, PatienceS: v.Patience, Redial: v.Redial,
		}
		offered := must(r.Offered())(t)
		near(t, "offered", offered, v.Offered)
		load := must(capacity.OfferedLoad(offered, v.Interval, v.AHT))(t)
		lost := must(capacity.NewImpatientQueue(load, v.N, v.AHT, v.Patience))(t).Abandonment()
		near(t, "abandonment", lost, v.Abandon)
		near(t, "lost for good", offered*lost*(1-v.Redial), v.Lost)
	}
}

func redials() *rapid.Generator[capacity.Redials] {
	return rapid.Custom(func(t *rapid.T) capacity.Redials {
		return capacity.Redials{
			Calls: rapid.Float64Range(0, 5000).Draw(t, "calls"), IntervalMin: 30,
			AHT:    rapid.Float64Range(1, 1200).Draw(t, "aht"),
			Agents: rapid.Float64Range(0, 2000).Draw(t, "agents"), PatienceS: rapid.Float64Range(0.1, 10000).Draw(t, "patience"),
			Redial: rapid.Float64Range(0, 0.99).Draw(t, "redial"),
		}
	})
}

func TestRedialsSolveTheirEquation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := redials().Draw(t, "redials")
		offered := must(r.Offered())(t)
		load := must(capacity.OfferedLoad(offered, r.IntervalMin, r.AHT))(t)
		lost := must(capacity.NewImpatientQueue(load, r.Agents, r.AHT, r.PatienceS))(t).Abandonment()
		if first := offered * (1 - lost*r.Redial); math.Abs(first-r.Calls) > 1e-9*r.Calls {
			t.Fatalf("%v offered are %v without redials", offered, first)
		}
		r.Redial += (1 - r.Redial) / 100
		if more := must(r.Offered())(t); more < offered*(1-1e-9) {
			t.Fatalf("more redials lead to %v calls instead of %v", more, offered)
		}
	})
}

func TestRedialsThatPileUp(t *testing.T) {
	r := capacity.Redials{Calls: 100, IntervalMin: 30, AHT: 180, Agents: 9, PatienceS: 120, Redial: 1}
	_, err := r.Offered()
	if got := keyOf(t, err); got != "capacity.redials_no_convergence" {
		t.Errorf("nobody gives up for good and nine agents cannot serve ten Erlangs: problem %q", got)
	}
	r.Agents = 11
	if offered := must(r.Offered())(t); !(offered > 100 && offered < 1000) {
		t.Errorf("eleven agents are offered %v calls", offered)
	}
	r.Redial = 1.1
	if _, err := r.Offered(); keyOf(t, err) != "capacity.share_range" {
		t.Errorf("more redials than lost calls: %v", err)
	}
}

func TestChatVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Chats    float64
		Interval float64 `json:"interval_min"`
		AHT      float64 `json:"session_aht_at_k_s"`
		K        float64
		T        float64 `json:"t_s"`
		Target   float64 `json:"sl_target"`
		ByFactor int     `json:"agents_factor_method"`
		BySlot   int     `json:"agents_slot_method"`
	}](t, "chat.json", "chat_concurrency") {
		c := capacity.Chat{Contacts: v.Chats, IntervalMin: v.Interval, SessionAHT: v.AHT, Concurrency: v.K}
		goal := capacity.NewGoal(v.Target, v.T)
		if n := must(c.Agents(goal))(t); n != v.BySlot {
			t.Errorf("%v chats at %v need %d agents by slot, want %d", v.Chats, v.K, n, v.BySlot)
		}
		c.Method = capacity.ByFactor
		if n := must(c.Agents(goal))(t); n != v.ByFactor {
			t.Errorf("%v chats at %v need %d agents by factor, want %d", v.Chats, v.K, n, v.ByFactor)
		}
	}
}

func TestChatRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		concurrency float64
		method      capacity.ChatMethod
		want        string
	}{
		"ten at once by slot":           {10, capacity.BySlot, ""},
		"eleven at once":                {11, capacity.BySlot, "capacity.concurrency_range"},
		"less than one at once":         {0.9, capacity.BySlot, "capacity.concurrency_range"},
		"concurrency that is no number": {math.NaN(), capacity.ByFactor, "capacity.concurrency_range"},
		"between two factors":           {2.5, capacity.ByFactor, ""},
		"beyond the factors":            {5.1, capacity.ByFactor, "capacity.concurrency_factor"},
	} {
		_, err := capacity.Chat{
			Contacts: 100, IntervalMin: 30, SessionAHT: 600, Concurrency: c.concurrency, Method: c.method,
		}.Agents(capacity.NewGoal(0.8, 30))
		if got := keyOf(t, err); got != c.want {
			t.Errorf("%s: problem %q, want %q", name, got, c.want)
		}
	}
}
