package capacity_test

import (
	"encoding/json"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// FuzzReadPolicy holds that any JSON value is a policy or has Invalid problems,
// and that a policy without problems sizes a month or says why not.
func FuzzReadPolicy(f *testing.F) {
	for _, text := range []string{
		`null`, `[]`, `{"target": 0.8, "within_s": 20}`, `{"target": "sl", "within_s": 1e999, "open": ["08:00"]}`,
		`{"target": 0.9, "within_s": 0, "max_wait_s": 1, "interval_min": 60, "minimum_agents": 2}`,
		`{"target": 0.8, "within_s": 20, "profile": {"weekday": [1, null]}, "day_factors": {"mon": "x"}}`,
		`{"target": 0.8, "within_s": 20, "model": "erlang_a", "patience_s": 90, "max_abandon": 0.01, "basis": "sl_excl_short"}`,
		`{"target": 0, "within_s": 20, "model": "erlang_a", "patience_s": 1e-9, "concurrency": 3, "concurrency_method": "factor"}`,
		`{"target": 0.999999, "within_s": 0, "model": "erlang_a", "patience_s": 1e12, "max_occupancy": 0.1, "concurrency": 2.5}`,
	} {
		f.Add([]byte(text))
	}
	days := calendar.Calendar{Start: calendar.Of(2026, 6), Months: 1, Typical: true}.Days(0)[:7]
	f.Fuzz(func(t *testing.T, text []byte) {
		var node any
		if json.Unmarshal(text, &node) != nil {
			return
		}
		r := document.Read(node)
		p := capacity.ReadPolicy(r)
		for _, fault := range r.Problems() {
			if fault.Kind != problem.Invalid {
				t.Fatalf("%v is not Invalid", fault)
			}
		}
		size, err := capacity.NewSizer().Month(p.Resolve(func(string) float64 { return 0.5 }), days, 5000, 240, 168)
		if keyOf(t, err) == "" && !(size.FTE > 0 && size.ServiceLevel >= 0 && size.ServiceLevel <= 1 && size.Abandonment >= 0) {
			t.Fatalf("the month comes to %+v", size)
		}
	})
}
