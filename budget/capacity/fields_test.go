package capacity_test

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/document"
)

// evenMonth is a month of 30 days from a Monday whose contacts, spread evenly,
// are a load of ten Erlangs.
const (
	evenVolume = 30 * 48 * 100.0
	evenAHT    = 180.0
	evenHours  = 30 * 24.0
	paidHours  = 160.0
)

// merge puts the fields of a JSON object into another, objects field by field.
func merge(t *testing.T, into map[string]any, fields string) {
	t.Helper()
	var more map[string]any
	if err := json.Unmarshal([]byte("{"+fields+"}"), &more); err != nil {
		t.Fatal(err)
	}
	for key, value := range more {
		inner, nested := value.(map[string]any)
		outer, known := into[key].(map[string]any)
		if nested && known {
			maps.Copy(outer, inner)
			continue
		}
		into[key] = value
	}
}

// TestEachFieldAtItsDefaultAndAway sizes the same month with a field left out,
// at its default and away from it, against what follows by hand from the agents
// of single intervals. Hours are those staffed, FTE hours over paid ones.
func TestEachFieldAtItsDefaultAndAway(t *testing.T) {
	goal := func(change func(*capacity.Goal)) func(load float64) float64 {
		g := capacity.NewGoal(0.8, 20)
		change(&g)
		return func(load float64) float64 {
			n, _, err := capacity.Agents(load, evenAHT, g)
			if err != nil {
				t.Fatal(err)
			}
			return float64(n)
		}
	}
	n := goal(func(*capacity.Goal) {})
	impatient := func(change func(*capacity.Goal)) float64 {
		return goal(func(g *capacity.Goal) { g.PatienceS = 120; change(g) })(10) * evenHours
	}
	chats := func(method capacity.ChatMethod) float64 {
		agents, err := capacity.Chat{
			Contacts: 100, IntervalMin: 30, SessionAHT: evenAHT, Concurrency: 3, Method: method,
		}.Agents(capacity.NewGoal(0.8, 20))
		if err != nil {
			t.Fatal(err)
		}
		return float64(agents) * evenHours
	}
	list := func(text string, times int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(text, times), ",") + "]"
	}
	halves, even, hourly := list("2,0,", 24), list("1,", 48), list("1,", 24)
	base := n(10) * evenHours
	holiday := func(factor float64) float64 {
		all := 29 + factor
		return 29*24*n(300/all) + 24*n(300/all*factor)
	}
	for name, c := range map[string]struct {
		with            string // fields beside target and within_s
		atDefault, away string
		hours, awayHrs  float64
		awayFTE         float64 // 0 is hours over the paid hours
	}{
		"interval_min": {
			with: `"profile": {"weekday": ` + halves + `}`, atDefault: `"interval_min": 30`, hours: 12 * 30 * n(20),
			away: `"interval_min": 60, "profile": {"weekday": ` + hourly + `}`, awayHrs: base,
		},
		"profile.weekday": {
			atDefault: `"profile": {"weekday": ` + even + `}`, hours: base,
			away: `"profile": {"weekday": ` + halves + `}`, awayHrs: 12 * 30 * n(20),
		},
		"profile.weekend": {
			with: `"profile": {"weekday": ` + even + `}`, atDefault: `"profile": {"weekend": ` + even + `}`, hours: base,
			away: `"profile": {"weekend": ` + halves + `}`, awayHrs: 22*24*n(10) + 8*12*n(20),
		},
		"day_factors": {
			atDefault: `"day_factors": {"mon": 1, "sun": 1}`, hours: base,
			away: `"day_factors": {"mon": 3, "sun": 0}`, awayHrs: 5*24*n(900.0/36) + 21*24*n(300.0/36),
		},
		"holiday_factor": {
			atDefault: `"holiday_factor": 1`, hours: holiday(1), away: `"holiday_factor": 0.5`, awayHrs: holiday(0.5),
		},
		"open": {
			atDefault: `"open": ["00:00", "24:00"]`, hours: base,
			away: `"open": ["08:00", "22:00"]`, awayHrs: 30 * 14 * n(480.0/28),
		},
		"target":        {atDefault: ``, hours: base, away: `"target": 0.95`, awayHrs: goal(func(g *capacity.Goal) { g.Target = 0.95 })(10) * evenHours},
		"within_s":      {atDefault: ``, hours: base, away: `"within_s": 90`, awayHrs: goal(func(g *capacity.Goal) { g.WithinS = 90 })(10) * evenHours},
		"max_occupancy": {atDefault: `"max_occupancy": 1`, hours: base, away: `"max_occupancy": 0.5`, awayHrs: 20 * evenHours},
		"max_wait_s":    {atDefault: ``, hours: base, away: `"max_wait_s": 1`, awayHrs: goal(func(g *capacity.Goal) { g.MaxWaitS = 1 })(10) * evenHours},
		"model": {
			with: `"patience_s": 120`, atDefault: `"model": "erlang_c"`, hours: base,
			away: `"model": "erlang_a"`, awayHrs: impatient(func(*capacity.Goal) {}),
		},
		"patience_s": {
			with: `"model": "erlang_a", "patience_s": 120`, atDefault: `"patience_s": 120`, hours: impatient(func(*capacity.Goal) {}),
			away: `"patience_s": 20`, awayHrs: impatient(func(g *capacity.Goal) { g.PatienceS = 20 }),
		},
		"max_abandon": {
			with: `"model": "erlang_a", "patience_s": 120`, atDefault: `"max_abandon": 1`, hours: impatient(func(*capacity.Goal) {}),
			away: `"max_abandon": 0.01`, awayHrs: impatient(func(g *capacity.Goal) { g.MaxAbandon = 0.01 }),
		},
		"basis": {
			with: `"model": "erlang_a", "patience_s": 30`, atDefault: `"basis": "sl_offered"`,
			hours: impatient(func(g *capacity.Goal) { g.PatienceS = 30 }),
			away:  `"basis": "sl_answered"`, awayHrs: impatient(func(g *capacity.Goal) { g.PatienceS, g.Basis = 30, capacity.Answered }),
		},
		"concurrency": {atDefault: `"concurrency": 1`, hours: base, away: `"concurrency": 3`, awayHrs: chats(capacity.BySlot)},
		"concurrency_method": {
			with: `"concurrency": 3`, atDefault: `"concurrency_method": "slot"`, hours: chats(capacity.BySlot),
			away: `"concurrency_method": "factor"`, awayHrs: chats(capacity.ByFactor),
		},
		"shrinkage":           {atDefault: `"shrinkage": 0`, hours: base, away: `"shrinkage": 0.2`, awayHrs: base, awayFTE: base / paidHours / 0.8},
		"schedule_efficiency": {atDefault: `"schedule_efficiency": 1`, hours: base, away: `"schedule_efficiency": 0.9`, awayHrs: base, awayFTE: base / paidHours / 0.9},
		"paid_hours":          {atDefault: `"paid_hours": 160`, hours: base, away: `"paid_hours": 100`, awayHrs: base, awayFTE: base / 100},
		"minimum_agents":      {atDefault: `"minimum_agents": 0`, hours: base, away: `"minimum_agents": 19.5`, awayHrs: 20 * evenHours},
	} {
		t.Run(name, func(t *testing.T) {
			size := func(fields string) capacity.Need {
				t.Helper()
				policy := map[string]any{"target": 0.8, "within_s": 20.0}
				merge(t, policy, c.with)
				merge(t, policy, fields)
				p := capacity.ReadPolicy(document.Read(policy))
				days := calendar.Calendar{Start: calendar.Of(2026, 6), Months: 1, Typical: true}.Days(0)
				if name == "holiday_factor" {
					days = slices.Clone(days)
					days[3].Holiday = true
				}
				return must(capacity.NewSizer().Need(plain(p), days, evenVolume, evenAHT, paidHours))(t)
			}
			left, same, away := size(""), size(c.atDefault), size(c.away)
			if d := cmp.Diff(left, same); d != "" {
				t.Errorf("left out and at its default (-left +default):\n%s", d)
			}
			if same.AgentHours != c.hours || away.AgentHours != c.awayHrs {
				t.Errorf("%v and away %v agent hours, want %v and %v", same.AgentHours, away.AgentHours, c.hours, c.awayHrs)
			}
			if c.awayFTE == 0 {
				c.awayFTE = c.awayHrs / paidHours
			}
			near(t, "FTE", same.FTE, c.hours/paidHours)
			near(t, "FTE away", away.FTE, c.awayFTE)
			if math.Abs(same.FTE-away.FTE) < 1e-6 {
				t.Errorf("the field has no effect")
			}
		})
	}
}
