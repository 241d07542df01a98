package capacity_test

import (
	"math"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/capacity"
)

func TestAchievedServiceFollowsTheStaff(t *testing.T) {
	st, sizer := plain(small(t)), capacity.NewSizer()
	days, paid := typical()
	size := must(sizer.Month(st, days, 12000, 240, paid))(t)
	at := func(fte float64) capacity.Service {
		return must(sizer.Achieved(st, days, 12000, 240, paid, fte))(t)
	}
	if got := at(size.FTE); got != size.Service {
		t.Errorf("the staff required gives %+v, want %+v", got, size.Service)
	}
	beside := at(size.FTE * (1 - 1e-13))
	nearLevel(t, "service just below", beside.ServiceLevel, size.ServiceLevel)
	if beside.Meeting != 1 {
		t.Errorf("noise takes the intervals that meet the target to %v", beside.Meeting)
	}
	last := at(0)
	if last.ServiceLevel != 0 || last.Overloaded != 1 || last.Meeting != 0 || !math.IsInf(last.AnswerSpeed, 1) {
		t.Errorf("nobody at work gives %+v", last)
	}
	for fte := 0.5; fte < 3*size.FTE; fte += 0.5 {
		next := at(fte)
		if next.ServiceLevel < last.ServiceLevel-1e-9 || next.AnswerSpeed > last.AnswerSpeed+1e-9 || next.Overloaded > last.Overloaded {
			t.Fatalf("%v full-timers give %+v after %+v", fte, next, last)
		}
		last = next
	}
	if last.ServiceLevel < 0.9999 {
		t.Errorf("three times the staff answers %v in time", last.ServiceLevel)
	}
	_, err := sizer.Achieved(st, days, 12000, 240, paid, math.NaN())
	if got := keyOf(t, err); got != "capacity.fte_range" {
		t.Errorf("staff that is not a number: problem %q", got)
	}
}

func TestStaffNeverFallsWithVolume(t *testing.T) {
	st, sizer := plain(small(t)), capacity.NewSizer()
	days, paid := typical()
	rapid.Check(t, func(t *rapid.T) {
		volume := rapid.Float64Range(0, 1e6).Draw(t, "volume")
		aht := rapid.Float64Range(1, 1200).Draw(t, "aht")
		size := must(sizer.Month(st, days, volume, aht, paid))(t)
		more := must(sizer.Month(st, days, volume*rapid.Float64Range(1, 1.5).Draw(t, "growth"), aht, paid))(t)
		if more.FTE < size.FTE-1e-9 || more.PeakAgents < size.PeakAgents {
			t.Fatalf("%v full-timers fall to %v", size.FTE, more.FTE)
		}
		if volume > 0 && (size.ServiceLevel < st.Target || size.Worst.ServiceLevel < st.Target || size.Occupancy > st.MaxOccupancy+1e-9) {
			t.Fatalf("the month gives %+v", size.Service)
		}
	})
}

func TestSizerAnswersTheSameFromMemory(t *testing.T) {
	st, shared := plain(small(t)), capacity.NewSizer()
	days, paid := typical()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range 20 {
				volume := 1000 * float64(i%5+1)
				fresh := must(capacity.NewSizer().Month(st, days, volume, 240, paid))(t)
				if got := must(shared.Month(st, days, volume, 240, paid))(t); got != fresh {
					t.Errorf("%v contacts give %+v, afresh %+v", volume, got, fresh)
				}
			}
		})
	}
	wait.Wait()
}

func TestMemoryTellsPoliciesApart(t *testing.T) {
	sizer := capacity.NewSizer()
	days, paid := typical()
	swapped := small(t)
	swapped.Weekday, swapped.Weekend = swapped.Weekend, swapped.Weekday
	for range 2 {
		for _, p := range []capacity.Policy{small(t), swapped} {
			fresh := must(capacity.NewSizer().Month(plain(p), days, 12000, 240, paid))(t)
			if got := must(sizer.Month(plain(p), days, 12000, 240, paid))(t); got != fresh {
				t.Errorf("remembered %+v, afresh %+v", got, fresh)
			}
		}
	}
}

func BenchmarkMonth(b *testing.B) {
	st := telecom(b).Prepare().Staffing(nil)
	days, paid := typical()
	b.Run("telecom", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := capacity.NewSizer().Month(st, days, 7e6, 180, paid); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("telecom from memory", func(b *testing.B) {
		sizer := capacity.NewSizer()
		b.ReportAllocs()
		for b.Loop() {
			if _, err := sizer.Month(st, days, 7e6, 180, paid); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("telecom at other staff", func(b *testing.B) {
		sizer := capacity.NewSizer()
		fte := 3800.0
		b.ReportAllocs()
		for b.Loop() {
			fte -= 1e-6
			if _, err := sizer.Achieved(st, days, 7e6, 180, paid, fte); err != nil {
				b.Fatal(err)
			}
		}
	})
}
