package capacity_test

import (
	"math"
	"testing"

	"centerplan/budget/capacity"
)

var bases = []capacity.Basis{capacity.Offered, capacity.Answered, capacity.InclAbandoned, capacity.ExclShort}

func TestErlangAVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		ID         string
		N, A       float64
		AHT        float64  `json:"aht_s"`
		Patience   float64  `json:"patience_s"`
		T          float64  `json:"t_s"`
		Wait       *float64 `json:"p_wait"`
		Abandon    float64  `json:"p_abandon"`
		MeanWait   float64  `json:"avg_wait_all_s"`
		ASA        float64  `json:"asa_answered_s"`
		LostWait   *float64 `json:"avg_wait_abandoned_s"`
		Length     float64  `json:"queue_len"`
		Occupancy  *float64
		SLOffered  float64 `json:"sl_offered"`
		SLAnswered float64 `json:"sl_answered"`
		SLIncl     float64 `json:"sl_incl_ab"`
		SLExcl     float64 `json:"sl_excl_short"`
	}](t, "patience.json", "erlang_a") {
		q := must(capacity.NewImpatientQueue(v.A, v.N, v.AHT, v.Patience))(t)
		if v.Wait != nil {
			near(t, v.ID+" wait", q.Wait(), *v.Wait)
		}
		near(t, v.ID+" abandonment", q.Abandonment(), v.Abandon)
		near(t, v.ID+" mean wait", q.MeanWait(), v.MeanWait)
		near(t, v.ID+" answer speed", q.AnswerSpeed(), v.ASA)
		if v.LostWait != nil {
			near(t, v.ID+" wait of those that give up", q.AbandonedWait(), *v.LostWait)
		}
		near(t, v.ID+" length", q.Length(), v.Length)
		if v.Occupancy != nil {
			near(t, v.ID+" occupancy", q.Occupancy(), *v.Occupancy)
		}
		for i, want := range []float64{v.SLOffered, v.SLAnswered, v.SLIncl, v.SLExcl} {
			nearLevel(t, v.ID+" "+bases[i].String(), q.ServiceLevelOn(bases[i], v.T), want)
		}
	}
}

func TestImpatientAgentsVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		ID         string
		AHT        float64 `json:"aht_s"`
		Patience   float64 `json:"patience_s"`
		T          float64 `json:"t_s"`
		Basis      string  `json:"sl_basis"`
		Target     float64 `json:"sl_target"`
		MaxAbandon float64 `json:"max_abandon"`
		MaxOcc     float64 `json:"max_occ"`
		A          float64
		Agents     int
		SL         float64
		Abandon    float64 `json:"p_abandon"`
		Occupancy  float64
		Wait       float64 `json:"p_wait"`
		ErlangC    int     `json:"agents_erlang_c_same_target"`
	}](t, "patience.json", "erlang_a_agents") {
		goal := capacity.NewGoal(v.Target, v.T)
		goal.MaxOccupancy = v.MaxOcc
		if n, _, err := capacity.Agents(v.A, v.AHT, goal); err != nil || n != v.ErlangC {
			t.Errorf("%s: %d agents by Erlang C, want %d (%v)", v.ID, n, v.ErlangC, err)
		}
		goal.PatienceS, goal.MaxAbandon = v.Patience, v.MaxAbandon
		for _, basis := range bases {
			if basis.String() == v.Basis {
				goal.Basis = basis
			}
		}
		n, binding, err := capacity.Agents(v.A, v.AHT, goal)
		if err != nil || n != v.Agents {
			t.Errorf("%s: %d agents (%s), want %d (%v)", v.ID, n, binding, v.Agents, err)
			continue
		}
		q := must(capacity.NewImpatientQueue(v.A, float64(n), v.AHT, v.Patience))(t)
		nearLevel(t, v.ID+" service level", q.ServiceLevelOn(goal.Basis, v.T), v.SL)
		near(t, v.ID+" abandonment", q.Abandonment(), v.Abandon)
		near(t, v.ID+" occupancy", q.Occupancy(), v.Occupancy)
		if v.A > 0 {
			near(t, v.ID+" wait", q.Wait(), v.Wait)
		}
		exact := must(capacity.AgentsExact(v.A, v.AHT, goal))(t)
		if exact > float64(n) || n > 0 && exact <= float64(n-1) {
			t.Errorf("%s: exactly %v agents, whole ones %d", v.ID, exact, n)
		}
	}
}

// states is Erlang A by its states, added up one by one without tricks: the
// share that waits, that gives up, and that is answered within so many handle
// times, which is left to a numerical integral over the virtual wait.
func states(load, n, ratio float64) (wait, lost float64) {
	weights := []float64{1}
	for k := 1.0; k < n+200000; k++ {
		leaving := min(k, n) + ratio*max(0, k-n)
		w := weights[len(weights)-1] * load / leaving
		if w > 1e250 {
			for i := range weights {
				weights[i] /= 1e250
			}
			w /= 1e250
		}
		weights = append(weights, w)
		if leaving > load && w < 1e-30 {
			break
		}
	}
	var all, full, queued float64
	for k, w := range weights {
		all += w
		if float64(k) >= n {
			full += w
			queued += w * (float64(k) - n)
		}
	}
	return full / all, ratio * queued / all / load
}

func TestErlangAIsTheSumOfItsStates(t *testing.T) {
	for _, load := range []float64{0.01, 0.7, 5, 48, 300, 2000, 25000} {
		for _, share := range []float64{0.1, 0.5, 0.9, 0.99, 1, 1.01, 1.1, 1.5, 4} {
			for _, ratio := range []float64{1e-5, 1e-3, 0.1, 1, 3, 50, 1e4, 1e9} {
				n := math.Max(1, math.Round(load*share))
				if (load-n)/ratio > 100000 || 10*math.Sqrt(load/ratio) > 190000 {
					continue
				}
				wait, lost := states(load, n, ratio)
				q := must(capacity.NewImpatientQueue(load, n, 180, 180/ratio))(t)
				if math.Abs(q.Wait()-wait) > 1e-9 || math.Abs(q.Abandonment()-lost) > 1e-8*lost+1e-12 {
					t.Errorf("a=%v n=%v r=%v: wait %v, by states %v; abandonment %v, by states %v", load, n, ratio, q.Wait(), wait, q.Abandonment(), lost)
				}
			}
		}
	}
}
