package formula_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// drawTeams draws hiring plans by team whose attrition may fail, one of them
// within a recurrence and one planned against the other.
func drawTeams(t *rapid.T) drawnPlan {
	months := rapid.IntRange(1, 14).Draw(t, "months")
	by := rapid.SampledFrom([][]string{nil, {"site"}, {"queue", "site"}, {"site", "queue"}}).Draw(t, "by")
	lanes := lanesOf(drawnDimensions, by)
	share := rapid.OneOf(rapid.Float64Range(0, 0.4), rapid.SampledFrom([]float64{0, 0, 0.1, 0.1, 1, 2, math.NaN()}))
	whole := rapid.Map(rapid.IntRange(0, 100), func(n int) float64 { return float64(n) })
	param := func(code string) capacity.Param { return capacity.Param{Line: code} }
	team := capacity.DefaultHiring()
	team.Opening, team.Attrition, team.ClassLine = param("opening"), param("leave"), "classes"
	team.Ramp, team.TrainingMonths.Value = []capacity.Param{{Value: 0.5}}, float64(rapid.IntRange(0, 2).Draw(t, "training"))
	team.Required, team.Needed = param("need"), true
	crew := team
	crew.ClassLine, crew.Planned, crew.Required = "", true, param("useful")
	d := drawnPlan{
		scope: formula.Scope{
			Calendar:   calendar.Calendar{Start: calendar.Of(2027, 1), Months: months},
			Dimensions: drawnDimensions, Hiring: map[string]capacity.Hiring{"team": team, "crew": crew},
			Lines: []formula.Line{
				{Code: "leave", By: rapid.SampledFrom([][]string{nil, by}).Draw(t, "leave by")},
				{Code: "opening", By: by},
				{Code: "gone", By: by, Formula: `leavers("team")`},
				{Code: "classes", By: by, Formula: rapid.SampledFrom([]string{
					"ceil(prev(gone))", "period > 2 ? ceil(prev(rolling(leavers(\"team\") * 1, 2))) : 3", "7",
					"ceil(prev(gone) + prev(otherwise(gap(\"team\"), 0) < 0 ? 2 : 0))",
				}).Draw(t, "classes")},
				{Code: "useful", By: by, Formula: `effective_fte("team") * 1.1`},
				{Code: "need", By: by, Formula: `100 * paid_headcount("team") / max(useful / paid_headcount("team"), 0.1)`},
				{Code: "missing", By: by, Formula: `gap("team") + next(in_training("team"))`},
				{Code: "planned", By: by, Formula: `hires("crew") - cumulate(leavers("crew"))`},
			},
		},
		in: formula.Inputs{Values: map[string][]float64{}, Opening: map[string][]float64{}},
	}
	for i := range d.scope.Lines {
		d.scope.Lines[i].Pointer = "/" + d.scope.Lines[i].Code
	}
	leaving := lanesOf(drawnDimensions, d.scope.Lines[0].By) * months
	d.in.Values["leave"] = rapid.SliceOfN(share, leaving, leaving).Draw(t, "leave")
	d.in.Values["opening"] = rapid.SliceOfN(whole, lanes*months, lanes*months).Draw(t, "opening")
	d.in.Opening["gone"] = rapid.SliceOfN(whole, lanes, lanes).Draw(t, "gone before")
	return d
}

// Series of all months come to the same, by columns, by the explainer and in
// many runs, and where they fail the explainer says why.
func TestSeriesAreTheSameHoweverTheyAreEvaluated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawTeams(t)
		program, problems := formula.Compile(d.scope)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		results := program.Evaluate(d.in, nil)
		factors := rapid.SliceOfN(rapid.Float64Range(0.5, 1.5), 5, 5).Draw(t, "factors")
		columns, err := program.EvaluateRuns(t.Context(), d.in, formula.Runs{
			Count: len(factors), Block: rapid.IntRange(0, 3).Draw(t, "block"),
			Factors: []formula.RunFactor{{Line: "leave", To: d.scope.Calendar.Months - 1, ByRun: factors}},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range d.scope.Lines {
			series, _ := results.Series(line.Code)
			for i, got := range series.Values {
				want, fault := results.Explained(line.Code, i)
				if !sameBits([]float64{got}, []float64{want}) || fmt.Sprint(series.Faults[i]) != fmt.Sprint(fault) {
					t.Fatalf("%s, cell %d is %v (%v), explained %v (%v)", line.Code, i, got, series.Faults[i], want, fault)
				}
				if fault.Key == "formula.internal" {
					t.Fatalf("%s, cell %d fails within", line.Code, i)
				}
			}
			values, _ := columns.Values(line.Code)
			for run := range factors {
				alone, _ := columns.Results(run).Series(line.Code)
				for i, want := range alone.Values {
					if got := values[i*len(factors)+run]; !sameBits([]float64{got}, []float64{want}) {
						t.Fatalf("%s, cell %d of run %d is %v, alone %v", line.Code, i, run, got, want)
					}
				}
			}
		}
	})
}
