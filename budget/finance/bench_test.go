package finance_test

import (
	"testing"

	"centerplan/budget/finance"
)

// BenchmarkIRR finds the internal rate of five years of months.
func BenchmarkIRR(b *testing.B) {
	flows := make([]float64, 60)
	flows[0] = -600000
	for i := 1; i < len(flows); i++ {
		flows[i] = 1000 * float64(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := finance.IRRMonthly(flows); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRates finds five rates.
func BenchmarkRates(b *testing.B) {
	flows := product(-0.9, -0.2, 0.01, 0.5, 30)
	b.ReportAllocs()
	for b.Loop() {
		if rates, err := finance.Rates(flows); err != nil || len(rates) != 5 {
			b.Fatal(rates, err)
		}
	}
}

// BenchmarkNPV discounts five years of months.
func BenchmarkNPV(b *testing.B) {
	flows, rates := make([]float64, 60), make([]float64, 60)
	for i := range flows {
		flows[i], rates[i] = 1000*float64(i), 0.1
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := finance.NPVMonthly(rates, flows); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTiered prices a month by three tiers.
func BenchmarkTiered(b *testing.B) {
	tariff := tiers(0, 3.2, 50000, 2.9, 100000, 2.6)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tariff.Total(finance.Graduated, 120000); err != nil {
			b.Fatal(err)
		}
	}
}
