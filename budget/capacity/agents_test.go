package capacity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/capacity"
)

func TestAgentsVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		ID            string
		Calls         float64
		Interval      float64  `json:"interval_min"`
		AHT           float64  `json:"aht_s"`
		T             float64  `json:"t_s"`
		Target        float64  `json:"sl_target"`
		MaxOcc        float64  `json:"max_occ"`
		MaxWait       *float64 `json:"asa_max_s"`
		Shrinkage     float64
		A             float64
		ServiceOnly   int `json:"agents_sl_only"`
		Agents        int
		Binding       string
		Wait          float64  `json:"p_wait"`
		ServiceLevel  float64  `json:"service_level"`
		ASA           *float64 `json:"asa_s"`
		Occupancy     float64
		Scheduled     float64 `json:"scheduled_exact"`
		ScheduledCeil float64 `json:"scheduled_ceil"`
	}](t, "agents.json", "erlang_c_agents") {
		t.Run(v.ID, func(t *testing.T) {
			load := must(capacity.OfferedLoad(v.Calls, v.Interval, v.AHT))(t)
			near(t, "load", load, v.A)
			goal := capacity.NewGoal(v.Target, v.T)
			if n, _, err := capacity.Agents(load, v.AHT, goal); err != nil || n != v.ServiceOnly {
				t.Errorf("%d agents for the service level, %v, want %d", n, err, v.ServiceOnly)
			}
			goal.MaxOccupancy = v.MaxOcc
			if v.MaxWait != nil {
				goal.MaxWaitS = *v.MaxWait
			}
			n, binding, err := capacity.Agents(load, v.AHT, goal)
			if err != nil || n != v.Agents {
				t.Errorf("%d agents, %v, want %d", n, err, v.Agents)
			}
			name := binding.String()
			if name == "occupancy" || name == "wait" {
				name = "occupancy_or_asa"
			}
			if name != v.Binding {
				t.Errorf("%s binds, want %s", binding, v.Binding)
			}
			q := must(capacity.NewQueue(load, float64(n), v.AHT))(t)
			if load > 0 {
				near(t, "wait", q.Wait(), v.Wait)
			}
			nearLevel(t, "service level", q.ServiceLevel(v.T), v.ServiceLevel)
			nearOrInf(t, "answer speed", q.AnswerSpeed(), v.ASA)
			near(t, "occupancy", q.Occupancy(), v.Occupancy)
			paid := must(capacity.GrossUp(float64(n), v.Shrinkage))(t)
			near(t, "scheduled", paid, v.Scheduled)
			if got := capacity.CeilTol(paid); got != v.ScheduledCeil {
				t.Errorf("%v scheduled, want %v", got, v.ScheduledCeil)
			}
			exact := must(capacity.AgentsExact(load, v.AHT, goal))(t)
			if exact > float64(n) || n > 0 && exact <= float64(n-1) {
				t.Errorf("exactly %v agents are needed, whole ones %d", exact, n)
			}
		})
	}
}

func goals() *rapid.Generator[capacity.Goal] {
	return rapid.Custom(func(t *rapid.T) capacity.Goal {
		g := capacity.NewGoal(rapid.Float64Range(0.01, 0.999).Draw(t, "target"), rapid.Float64Range(0, 300).Draw(t, "within"))
		g.MaxOccupancy = rapid.Float64Range(0.3, 1).Draw(t, "occupancy")
		if rapid.Bool().Draw(t, "wait capped") {
			g.MaxWaitS = rapid.Float64Range(0.5, 300).Draw(t, "max wait")
		}
		g.Minimum = float64(rapid.IntRange(0, 30).Draw(t, "minimum"))
		return g
	})
}

func meets(t tester, load, agents, aht float64, g capacity.Goal) bool {
	t.Helper()
	q := must(capacity.NewQueue(load, agents, aht))(t)
	return agents > load && agents >= g.Minimum && q.ServiceLevel(g.WithinS) >= g.Target-1e-12 &&
		q.AnswerSpeed() <= g.MaxWaitS && load/agents <= g.MaxOccupancy*(1+2e-9)
}

func TestAgentsAreTheFewestThatMeetTheGoal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := rapid.Float64Range(0.0001, 1500).Draw(t, "load")
		aht := rapid.Float64Range(1, 3600).Draw(t, "aht")
		g := goals().Draw(t, "goal")
		n, binding, err := capacity.Agents(load, aht, g)
		if err != nil {
			t.Fatal(err)
		}
		if !meets(t, load, float64(n), aht, g) || meets(t, load, float64(n-1), aht, g) {
			t.Fatalf("%d agents are not the fewest for %v Erlangs (%s)", n, load, binding)
		}
		fewer := must(capacity.NewQueue(load, float64(n-1), aht))(t)
		broken := map[capacity.Binding]bool{
			capacity.BindingService:   !fewer.Stable() || fewer.ServiceLevel(g.WithinS) < g.Target,
			capacity.BindingOccupancy: load/float64(n-1) > g.MaxOccupancy,
			capacity.BindingWait:      fewer.AnswerSpeed() > g.MaxWaitS,
			capacity.BindingMinimum:   float64(n-1) < g.Minimum,
		}
		if !broken[binding] {
			t.Fatalf("%s is said to bind, but one agent fewer keeps it", binding)
		}
	})
}

func TestExactAgentsLieWithinTheLastWholeOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		load := rapid.Float64Range(0.0001, 500).Draw(t, "load")
		aht := rapid.Float64Range(1, 3600).Draw(t, "aht")
		g := goals().Draw(t, "goal")
		n, _, err := capacity.Agents(load, aht, g)
		exact := must(capacity.AgentsExact(load, aht, g))(t)
		if err != nil || exact > float64(n) || exact <= float64(n-1) {
			t.Fatalf("exactly %v agents, whole ones %d", exact, n)
		}
		if !meets(t, load, exact, aht, g) && exact < float64(n) {
			t.Fatalf("%v agents do not meet the goal", exact)
		}
		if more := must(capacity.AgentsExact(load*1.01, aht, g))(t); more < exact-1e-9 {
			t.Fatalf("a higher load needs %v agents instead of %v", more, exact)
		}
	})
}

func TestAgentsWithoutLoad(t *testing.T) {
	goal := capacity.NewGoal(0.8, 20)
	if n, binding, err := capacity.Agents(0, 180, goal); n != 0 || binding != capacity.BindingNone || err != nil {
		t.Errorf("no load needs %d agents (%s, %v)", n, binding, err)
	}
	goal.Minimum = 2
	if n, binding, err := capacity.Agents(0, 180, goal); n != 2 || binding != capacity.BindingMinimum || err != nil {
		t.Errorf("no load and a minimum of two need %d agents (%s, %v)", n, binding, err)
	}
	if exact := must(capacity.AgentsExact(0, 180, goal))(t); exact != 2 {
		t.Errorf("exactly %v agents, want the minimum", exact)
	}
}

func TestGoalsOutOfRangeAreRefused(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		change func(*capacity.Goal)
		want   string
	}{
		"a sound goal is taken":             {func(*capacity.Goal) {}, ""},
		"no target is taken":                {func(g *capacity.Goal) { g.Target = 0 }, ""},
		"a negative target":                 {func(g *capacity.Goal) { g.Target = -0.1 }, "capacity.target_range"},
		"no patience":                       {func(g *capacity.Goal) { g.PatienceS = 0 }, "capacity.patience_range"},
		"patience that is not a number":     {func(g *capacity.Goal) { g.PatienceS = nan }, "capacity.patience_range"},
		"patience beyond the limit":         {func(g *capacity.Goal) { g.PatienceS = 1e13 }, "capacity.patience_range"},
		"patience of a nanosecond is taken": {func(g *capacity.Goal) { g.PatienceS = 1e-9 }, ""},
		"patience without end is taken":     {func(g *capacity.Goal) { g.PatienceS = math.Inf(1) }, ""},
		"nobody may give up":                {func(g *capacity.Goal) { g.MaxAbandon = 0 }, "capacity.max_abandon_range"},
		"more than all may give up":         {func(g *capacity.Goal) { g.MaxAbandon = 2 }, "capacity.max_abandon_range"},
		"a target of all contacts":          {func(g *capacity.Goal) { g.Target = 1 }, "capacity.target_range"},
		"a target just below is taken":      {func(g *capacity.Goal) { g.Target = math.Nextafter(1, 0) }, ""},
		"a target that is not a number":     {func(g *capacity.Goal) { g.Target = nan }, "capacity.target_range"},
		"a negative answer time":            {func(g *capacity.Goal) { g.WithinS = -1 }, "capacity.within_range"},
		"an answer at once is taken":        {func(g *capacity.Goal) { g.WithinS = 0 }, ""},
		"an answer time of more than a day": {func(g *capacity.Goal) { g.WithinS = 86401 }, "capacity.within_range"},
		"no occupancy":                      {func(g *capacity.Goal) { g.MaxOccupancy = 0 }, "capacity.occupancy_range"},
		"an occupancy above one":            {func(g *capacity.Goal) { g.MaxOccupancy = 1.01 }, "capacity.occupancy_range"},
		"an occupancy that needs too many":  {func(g *capacity.Goal) { g.MaxOccupancy = 1e-9 }, "capacity.agents_range"},
		"no wait at all":                    {func(g *capacity.Goal) { g.MaxWaitS = 0 }, "capacity.max_wait_range"},
		"a wait that is not a number":       {func(g *capacity.Goal) { g.MaxWaitS = nan }, "capacity.max_wait_range"},
		"the shortest wait is taken":        {func(g *capacity.Goal) { g.MaxWaitS = 5e-324 }, ""},
		"a negative minimum":                {func(g *capacity.Goal) { g.Minimum = -1 }, "capacity.minimum_range"},
	} {
		goal := capacity.NewGoal(0.8, 20)
		c.change(&goal)
		_, _, err := capacity.Agents(10, 180, goal)
		if got := keyOf(t, err); got != c.want {
			t.Errorf("%s: problem %q, want %q", name, got, c.want)
		}
		if _, exactErr := capacity.AgentsExact(10, 180, goal); keyOf(t, exactErr) != c.want {
			t.Errorf("%s: problem %v for exact agents, want %q", name, exactErr, c.want)
		}
	}
}
