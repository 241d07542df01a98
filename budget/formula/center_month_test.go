package formula_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// TestMonthVectorsInTheLanguage sizes the months of package capacity's vectors
// by the functions of a staffing policy.
func TestMonthVectorsInTheLanguage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "capacity", "testdata", "month.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Weekday []float64          `json:"weekday_profile_weights"`
		Weekend []float64          `json:"weekend_profile_weights"`
		Factors map[string]float64 `json:"day_of_week_factor"`
		Months  []struct {
			Model         string
			Volume        float64
			Year, Month   int
			AHT           float64 `json:"aht_s"`
			T             float64 `json:"t_s"`
			Target        float64 `json:"sl_target"`
			MaxOcc        float64 `json:"max_occ"`
			From          int     `json:"open_from_interval"`
			To            int     `json:"open_to_interval"`
			Minimum       float64 `json:"min_staff"`
			Patience      float64 `json:"patience_s"`
			Shrinkage     float64
			Efficiency    float64 `json:"schedule_efficiency"`
			Holidays      []calendar.Date
			HolidayFactor float64 `json:"holiday_factor"`
			AgentHours    float64 `json:"agent_hours"`
			PeakAgents    float64 `json:"peak_agents"`
			FTE           float64 `json:"fte_required"`
			ServiceLevel  float64 `json:"service_level_month"`
			Abandonment   float64 `json:"abandon_month"`
			ASA           float64 `json:"asa_month_s"`
			Occupancy     float64 `json:"avg_occupancy"`
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	is := func(x float64) capacity.Param { return capacity.Param{Value: x} }
	for _, v := range file.Months {
		p := capacity.DefaultPolicy()
		for _, weight := range file.Weekday {
			p.Weekday = append(p.Weekday, is(weight))
		}
		for _, weight := range file.Weekend {
			p.Weekend = append(p.Weekend, is(weight))
		}
		for i, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
			p.DayFactors[i] = is(file.Factors[day])
		}
		p.OpenFrom, p.OpenTo = v.From*30, v.To*30
		p.Target, p.WithinS, p.MaxOccupancy, p.MinimumAgents = is(v.Target), is(v.T), is(v.MaxOcc), is(v.Minimum)
		p.Shrinkage, p.ScheduleEfficiency, p.HolidayFactor = capacity.Param{Line: "shrink"}, is(v.Efficiency), is(v.HolidayFactor)
		if v.Model == "A" {
			p.Model, p.PatienceS = capacity.ErlangAModel, is(v.Patience)
		}
		c, faults := calendar.New(calendar.Calendar{Start: calendar.Of(v.Year, v.Month), Months: 1, Holidays: v.Holidays})
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		scope := formula.Scope{Calendar: c, Staffing: map[string]capacity.Policy{"voice": p}, Lines: []formula.Line{
			{Code: "volume", Unit: "contact", Pointer: "/volume"},
			{Code: "aht", Unit: "second/contact", Pointer: "/aht"},
			{Code: "shrink", Unit: "%", Pointer: "/shrink"},
			{Code: "fte", Formula: `required_fte(volume, aht, "voice")`, Pointer: "/fte"},
			{Code: "staffed", Formula: `agent_hours(volume, aht, "voice")`, Pointer: "/staffed"},
			{Code: "peak", Formula: `peak_agents(volume, aht, "voice")`, Pointer: "/peak"},
			{Code: "lost", Formula: `achieved_abandonment(volume, aht, fte, "voice")`, Pointer: "/lost"},
			{Code: "speed", Formula: `achieved_answer_speed(volume, aht, fte, "voice")`, Pointer: "/speed"},
			{Code: "busy", Formula: `achieved_occupancy(volume, aht, fte, "voice")`, Pointer: "/busy"},
			{Code: "met", Formula: `intervals_met(volume, aht, fte, "voice")`, Pointer: "/met"},
			{Code: "service", Formula: `achieved_service(volume, aht, fte, "voice")`, Pointer: "/service"},
		}}
		program, problems := formula.Compile(scope)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		results := program.Evaluate(formula.Inputs{Values: map[string][]float64{
			"volume": {v.Volume}, "aht": {v.AHT}, "shrink": {v.Shrinkage},
		}}, nil)
		for code, want := range map[string]float64{
			"fte": v.FTE, "staffed": v.AgentHours, "peak": v.PeakAgents, "service": v.ServiceLevel,
			"lost": v.Abandonment, "speed": v.ASA, "met": 1,
			"busy": v.Occupancy * (1 - v.Abandonment), // the vectors put all work offered over the time staffed
		} {
			series, _ := results.Series(code)
			if got := series.Values[0]; !(math.Abs(got-want) <= 1e-9*want) {
				t.Errorf("%s of %v contacts by Erlang %s is %v, want %v (%v)", code, v.Volume, v.Model, got, want, series.Faults)
			}
		}
	}
}
