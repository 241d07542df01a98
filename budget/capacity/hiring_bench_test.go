package capacity_test

import (
	"testing"

	"centerplan/budget/capacity"
)

// BenchmarkHiring reckons a year and five years of one team.
func BenchmarkHiring(b *testing.B) {
	team := func(planned bool) capacity.Hiring {
		h := capacity.DefaultHiring()
		h.Opening, h.Attrition, h.NewAttrition = is(200), is(0.05), all([]float64{0.08, 0.06})
		h.TrainingMonths, h.Yield, h.Ramp = is(1), is(0.9), all([]float64{0.5, 0.75, 0.9})
		h.Required, h.Needed, h.Planned = is(230), true, planned
		return h
	}
	for _, c := range []struct {
		name   string
		plan   capacity.Hiring
		months int
	}{
		{"given 12", team(false), 12}, {"planned 12", team(true), 12}, {"planned 60", team(true), 60},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.plan.Staff(january, c.months, noLines); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
