//go:build unix

package formula_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// processorTime is the time the processors have spent on this process: unlike
// the clock it does not count the work of others.
func processorTime(b *testing.B) time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// telecomStaffing is the staffing of the telecom sample: a policy of half-hour
// profiles that takes its target, cap, shrinkage and efficiency from lines.
func telecomStaffing(b *testing.B, model capacity.Model) (formula.Scope, formula.Inputs) {
	text, err := os.ReadFile(filepath.Join("..", "capacity", "testdata", "month.json"))
	if err != nil {
		b.Fatal(err)
	}
	var file struct {
		Weekday []float64          `json:"weekday_profile_weights"`
		Weekend []float64          `json:"weekend_profile_weights"`
		Factors map[string]float64 `json:"day_of_week_factor"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		b.Fatal(err)
	}
	p := capacity.DefaultPolicy()
	for i := range file.Weekday {
		p.Weekday = append(p.Weekday, capacity.Param{Value: file.Weekday[i]})
		p.Weekend = append(p.Weekend, capacity.Param{Value: file.Weekend[i]})
	}
	for i, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		p.DayFactors[i].Value = file.Factors[day]
	}
	p.WithinS.Value, p.PatienceS.Value, p.Model = 20, 120, model
	p.Target, p.MaxOccupancy = capacity.Param{Line: "target"}, capacity.Param{Line: "cap"}
	p.Shrinkage, p.ScheduleEfficiency = capacity.Param{Line: "shrink"}, capacity.Param{Line: "efficiency"}
	in := formula.Inputs{Values: map[string][]float64{}}
	scope := formula.Scope{
		Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: 12, Typical: true},
		Staffing: map[string]capacity.Policy{"voice": p},
		Lines:    []formula.Line{{Code: "fte", Formula: `required_fte(volume, aht, "voice")`, Pointer: "/fte"}},
	}
	for code, value := range map[string]float64{
		"volume": 7e6, "aht": 180, "target": 0.8, "cap": 0.85, "shrink": 0.3, "efficiency": 0.92,
	} {
		scope.Lines = append(scope.Lines, formula.Line{Code: code, Pointer: "/" + code})
		for range 12 {
			in.Values[code] = append(in.Values[code], value)
		}
	}
	return scope, in
}

// BenchmarkStaffing simulates the telecom sample's staffing: in every run the
// months have other contacts, handle times and shrinkage.
func BenchmarkStaffing(b *testing.B) {
	const trials = 250
	for _, model := range []capacity.Model{capacity.ErlangCModel, capacity.ErlangAModel} {
		scope, in := telecomStaffing(b, model)
		program, problems := formula.Compile(scope)
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		runs := formula.Runs{Count: trials, Outputs: []string{"fte"}}
		for line, width := range map[string]float64{"volume": 0.1, "aht": 0.06, "shrink": 0.04} {
			factor := formula.RunFactor{Line: line, From: 0, To: 11}
			for trial := range trials {
				factor.ByRun = append(factor.ByRun, 1+width*(float64(trial*7%trials)/trials-0.5))
			}
			runs.Factors = append(runs.Factors, factor)
		}
		b.Run(model.String(), func(b *testing.B) {
			b.ReportAllocs()
			before := processorTime(b)
			for b.Loop() {
				if _, err := program.EvaluateRuns(b.Context(), in, runs, capacity.NewForgetfulSizer()); err != nil {
					b.Fatal(err)
				}
			}
			months := float64(b.N) * trials * 12
			b.ReportMetric(float64((processorTime(b)-before).Nanoseconds())/1e3/months, "cpu-µs/month")
		})
	}
}
