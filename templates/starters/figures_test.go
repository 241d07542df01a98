package starters_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/scenarios"
)

// A caseRow is one row of the case's table, as computed elsewhere to many more
// digits.
type caseRow struct {
	Growth            float64
	FCRGain           float64 `json:"fcr_gain"`
	Volume            float64 `json:"volume_month"`
	Workload          float64 `json:"workload_hours"`
	AgentHours        float64 `json:"agent_hours"`
	PeakAgents        float64 `json:"peak_agents"`
	Occupancy         float64 `json:"avg_occupancy"`
	ServiceLevel      float64 `json:"service_level_month"`
	FTE               float64 `json:"fte"`
	CostMonth         float64 `json:"cost_month"`
	CostYear          float64 `json:"cost_year"`
	CostPerCall       float64 `json:"cost_per_call"`
	RepeatShare       float64 `json:"repeat_share"`
	CallsSaved        float64 `json:"calls_saved"`
	CostPerResolution float64 `json:"cost_per_resolved_issue"`
}

func TestTelecomReproducesTheCase(t *testing.T) {
	rows := caseRows(t)
	plan, err := planning.Read(decode(t, "telecom"))
	if err != nil {
		t.Fatal(err)
	}
	book := plan.Book()
	if found := plan.Check(book); len(found) > 0 {
		t.Errorf("the sample has problems:\n%v", found)
	}
	cases := map[scenarios.Code][2]float64{
		"base": {0, 0}, "today": {0, 0}, "today_fcr1": {0, 0.01}, "today_fcr3": {0, 0.03}, "today_fcr5": {0, 0.05},
		"growth": {0.12, 0}, "growth_fcr3": {0.12, 0.03}, "growth_fcr5": {0.12, 0.05}, "growth_fcr852": {0.12, 0.0852},
	}
	if got, want := len(book.Scenarios()), len(cases)+1; got != want {
		t.Errorf("got %d scenarios, want those of the case and one of our own, %d", got, want)
	}
	sizer := capacity.NewSizer()
	for code, change := range cases {
		outcome, err := book.Evaluate(code, sizer)
		if err != nil {
			t.Fatal(err)
		}
		checkCase(t, outcome, rows[change])
	}
}

// checkCase compares every month, and the year, with the row.
func checkCase(t *testing.T, outcome *scenarios.Outcome, row caseRow) {
	t.Helper()
	const firstContacts = 4_970_000
	monthly := map[string]float64{
		"first_contacts": firstContacts * (1 + row.Growth), "volume": row.Volume, "workload": row.Workload,
		"agent_hours": row.AgentHours, "peak_agents": row.PeakAgents, "occupancy": row.Occupancy, "fte": row.FTE,
		"service_level": row.ServiceLevel,
		"labour_price":  8727, "total_cost": row.CostMonth, "telecom_cost": row.Volume * 150 / 60 * 0.06,
		"labour_cost": row.FTE * 8727, "seat_cost": row.FTE * 1200, "repeat_share": row.RepeatShare,
		"cost_per_contact": row.CostPerCall, "cost_per_resolution": row.CostPerResolution,
		"calls_avoided": row.CallsSaved, "repeats": row.Volume * row.RepeatShare, "aht": 180,
		"fcr_needed": 0.71 * row.Growth,
	}
	yearly := map[string]float64{
		"total_cost": row.CostYear, "fte": row.FTE, "peak_agents": row.PeakAgents, "volume": row.Volume * 12,
		"cost_per_contact": row.CostPerCall, "cost_per_resolution": row.CostPerResolution,
		"repeat_share": row.RepeatShare, "fcr": 0.71 + row.FCRGain, "occupancy": row.Occupancy, "aht": 180,
	}
	sheet, err := outcome.Sheet(nil, scenarios.ByMonth)
	if err != nil {
		t.Fatal(err)
	}
	for code, column := range sheet.Lines {
		if len(column.Errors) > 0 {
			t.Errorf("%s: %s: %v", outcome.Scenario.Code, code, column.Errors)
		}
	}
	for code, want := range monthly {
		rows, err := outcome.Rows(code, scenarios.ByMonth)
		if err != nil {
			t.Fatal(err)
		}
		for month, got := range rows[0].Values {
			if got == nil || !near(*got, want, row.Volume) {
				t.Errorf("%s: %s in month %d: got %v, want %v", outcome.Scenario.Code, code, month+1, shown(got), want)
			}
		}
	}
	for code, want := range yearly {
		if got := sheet.Lines[code].Total; got == nil || !near(*got, want, row.Volume) {
			t.Errorf("%s: %s of the year: got %v, want %v", outcome.Scenario.Code, code, shown(got), want)
		}
	}
}

func caseRows(t *testing.T) map[[2]float64]caseRow {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Case struct{ Rows []caseRow } `json:"case_seed001"`
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	rows := map[[2]float64]caseRow{}
	for _, row := range vectors.Case.Rows {
		rows[[2]float64{row.Growth, row.FCRGain}] = row
	}
	return rows
}

// near accepts a relative error of 1e-9; where nothing is expected, as of a
// difference of two volumes, the error may be that of the volumes.
func near(got, want, scale float64) bool {
	if want == 0 {
		return math.Abs(got) <= 1e-9*scale
	}
	return math.Abs(got-want) <= 1e-9*math.Abs(want)
}

func shown(value *float64) any {
	if value == nil {
		return nil
	}
	return *value
}
