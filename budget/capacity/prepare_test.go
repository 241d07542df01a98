package capacity_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"centerplan/budget/capacity"
)

// varying is a policy whose shrinkage, target and first weight are lines.
func varying(t testing.TB) capacity.Policy {
	p := small(t)
	p.Shrinkage, p.Target = capacity.Param{Line: "shrink"}, capacity.Param{Line: "sl"}
	p.PaidHours = capacity.Param{Line: "paid"}
	p.Weekday = slices.Clone(p.Weekday)
	p.Weekday[20] = capacity.Param{Line: "peak"}
	p.Weekend = slices.Clone(p.Weekend)
	p.Weekend[20] = capacity.Param{Line: "peak"}
	return p
}

func TestPreparedPolicyIsThePolicy(t *testing.T) {
	p := varying(t)
	ready := p.Prepare()
	if want := []string{"paid", "peak", "shrink", "sl"}; !slices.Equal(ready.Lines(), want) {
		t.Fatalf("lines %v, want %v", ready.Lines(), want)
	}
	values := map[string]float64{"paid": 170, "peak": 60, "shrink": 0.25, "sl": 0.9}
	want := p.Resolve(func(code string) float64 { return values[code] })
	got := ready.Staffing([]float64{170, 60, 0.25, 0.9})
	if d := cmp.Diff(got, want, cmpopts.IgnoreUnexported(capacity.Staffing{})); d != "" {
		t.Errorf("(-prepared +resolved):\n%s", d)
	}
	if again := ready.Staffing([]float64{170, 61, 0.25, 0.9}); got.Weekday[20] != 60 || again.Weekday[20] != 61 {
		t.Errorf("a staffing's weights change with the next one")
	}
	days, paid := typical()
	for name, p := range map[string]capacity.Policy{"with fixed arrivals": small(t), "with lines among the weights": p} {
		ready := p.Prepare()
		numbers := make([]float64, len(ready.Lines()))
		for i, code := range ready.Lines() {
			numbers[i] = values[code]
		}
		got := must(capacity.NewSizer().Month(ready.Staffing(numbers), days, 12000, 240, paid))(t)
		resolved := p.Resolve(func(code string) float64 { return values[code] })
		if want := must(capacity.NewSizer().Month(resolved, days, 12000, 240, paid))(t); got != want {
			t.Errorf("%s: prepared %+v, resolved %+v", name, got, want)
		}
	}
}

func TestUsesNameTheFieldAndItsUnit(t *testing.T) {
	got := varying(t).Uses()
	want := []capacity.Use{
		{Line: "sl", Field: "/target", Unit: "ratio"},
		{Line: "shrink", Field: "/shrinkage", Unit: "ratio"},
		{Line: "paid", Field: "/paid_hours", Unit: "hour/person"},
		{Line: "peak", Field: "/profile/weekday/20"},
		{Line: "peak", Field: "/profile/weekend/20"},
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
}

func TestSizingASimulatedMonthTakesNoMemory(t *testing.T) {
	p := small(t)
	p.Shrinkage = capacity.Param{Line: "shrink"}
	ready, sizer := p.Prepare(), capacity.NewForgetfulSizer()
	days, paid := typical()
	volume := 12000.0
	one := func() {
		volume++
		st := ready.Staffing([]float64{0.3})
		size, err := sizer.Need(st, days, volume, 240, paid)
		if err == nil {
			_, err = sizer.AchievedLevel(st, days, volume, 240, paid, size.FTE*0.9)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	one()
	if got := testing.AllocsPerRun(50, one); got > 0 {
		t.Errorf("%v allocations", got)
	}
}

func TestChatsAreFullySlotted(t *testing.T) {
	p := small(t)
	p.Concurrency = is(3)
	days, paid := typical()
	size := must(capacity.NewSizer().Month(plain(p), days, 12000, 600, paid))(t)
	p.Concurrency = is(1)
	alone := must(capacity.NewSizer().Month(plain(p), days, 12000, 600, paid))(t)
	if size.PeakAgents != int(capacity.CeilTol(float64(alone.PeakAgents)/3)) {
		t.Errorf("a peak of %d, of %d with one chat at a time", size.PeakAgents, alone.PeakAgents)
	}
	if size.ServiceLevel < alone.ServiceLevel || size.Occupancy > alone.Occupancy {
		t.Errorf("rounding up to whole agents gives a level of %v, one at a time %v", size.ServiceLevel, alone.ServiceLevel)
	}
}

func TestAchievedServiceOfTheImpatient(t *testing.T) {
	days, paid := typical()
	for _, basis := range bases {
		p := small(t)
		p.Model, p.PatienceS, p.Basis = capacity.ErlangAModel, is(90), basis
		st, sizer := plain(p), capacity.NewSizer()
		size := must(sizer.Month(st, days, 12000, 240, paid))(t)
		if got := must(sizer.Achieved(st, days, 12000, 240, paid, size.FTE))(t); got != size.Service {
			t.Errorf("%s: the staff required gives %+v, want %+v", basis, got, size.Service)
		}
		last := must(sizer.Achieved(st, days, 12000, 240, paid, 0))(t)
		if last.Abandonment != 1 || last.Overloaded != 0 {
			t.Errorf("%s: nobody at work gives %+v", basis, last)
		}
		for fte := 0.5; fte < 2*size.FTE; fte += 1.5 {
			next := must(sizer.Achieved(st, days, 12000, 240, paid, fte))(t)
			level := must(sizer.AchievedLevel(st, days, 12000, 240, paid, fte))(t)
			if level != next.ServiceLevel {
				t.Fatalf("%s: a level of %v alone and %v among the others", basis, level, next.ServiceLevel)
			}
			if next.ServiceLevel < last.ServiceLevel-1e-9 || next.Abandonment > last.Abandonment+1e-9 || next.AnswerSpeed > last.AnswerSpeed+1e-6 {
				t.Fatalf("%s: %v full-timers give %+v after %+v", basis, fte, next, last)
			}
			last = next
		}
	}
}
