//go:build unix

package capacity_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"centerplan/budget/capacity"
)

// cpuTime is the time the processors have spent on this process: unlike the
// clock it does not count the work of others.
func cpuTime(b *testing.B) time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkMonthOfSimulation sizes the telecom month with other numbers in
// every trial, so that nothing is remembered.
func BenchmarkMonthOfSimulation(b *testing.B) {
	days, paid := typical()
	for _, c := range []struct {
		name   string
		volume float64
		change func(p *capacity.Policy)
	}{
		{"model=C", 7e6, func(*capacity.Policy) {}},
		{"achieved,model=C", 7e6, func(*capacity.Policy) {}},
		{"achieved,model=A", 7e6, impatient},
		{"model=C,volume=120000", 120000, func(*capacity.Policy) {}},
		{"model=C,occupancy=free", 7e6, func(p *capacity.Policy) { p.MaxOccupancy = is(1) }},
		{"model=A", 7e6, impatient},
		{"model=A,volume=120000", 120000, impatient},
		{"model=A,occupancy=free", 7e6, func(p *capacity.Policy) { impatient(p); p.MaxOccupancy = is(1) }},
	} {
		p := telecom(b)
		c.change(&p)
		p.Shrinkage = capacity.Param{Line: "shrinkage"}
		ready, sizer := p.Prepare(), capacity.NewForgetfulSizer()
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			trial, before := 0, cpuTime(b)
			for b.Loop() {
				trial++
				shift := 1 + float64(trial%1000)/1e4
				st := ready.Staffing([]float64{0.3 * shift})
				volume, aht := c.volume*shift, 180/shift*(1+float64(trial%7)/100)
				var err error
				if strings.HasPrefix(c.name, "achieved") {
					_, err = sizer.AchievedLevel(st, days, volume, aht, paid, 3800)
				} else {
					_, err = sizer.Need(st, days, volume, aht, paid)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((cpuTime(b)-before).Nanoseconds())/1e3/float64(b.N), "cpu-µs/month")
		})
	}
}

func impatient(p *capacity.Policy) { p.Model, p.PatienceS = capacity.ErlangAModel, is(120) }
