package formula_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/document"
)

// hiringSeries are the functions of hiring plans by the columns of the table
// that package capacity is held to.
var hiringSeries = map[string]string{
	"class_start": "hires", "in_training": "in_training", "effective_fte": "effective_fte", "gap": "gap",
	"leavers": "leavers", "paid_headcount": "paid_headcount", "end_headcount": "end_headcount",
}

func TestHiringPlansComeToTheirTablesThroughFormulas(t *testing.T) {
	text, err := os.ReadFile("../capacity/testdata/hiring.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Plans []struct {
			Name      string
			Opening   float64              `json:"opening_tenured"`
			Attrition float64              `json:"monthly_attrition_tenured"`
			Young     []any                `json:"monthly_attrition_by_age"`
			Training  float64              `json:"training_months"`
			Yield     float64              `json:"training_yield"`
			Ramp      []any                `json:"ramp_productivity"`
			Earliest  int                  `json:"earliest_class_month"`
			ClassMax  *float64             `json:"class_max"`
			PlannedBy string               `json:"planned_by"`
			Table     []map[string]float64 `json:"table"`
		} `json:"hiring_plan"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	for _, v := range file.Plans {
		t.Run(v.Name, func(t *testing.T) {
			start := calendar.Of(2027, 1)
			plan := document.Object{
				"opening": "opening", "attrition": "attrition", "new_attrition": v.Young, "training_months": v.Training,
				"yield": v.Yield, "ramp": v.Ramp, "required": "required",
			}
			if v.PlannedBy == "given" {
				plan["classes"] = "classes"
			} else {
				plan["planned"], plan["earliest_class"] = true, start.Add(v.Earliest-1).String()
			}
			if v.ClassMax != nil {
				plan["class_max"] = *v.ClassMax
			}
			scope := formula.Scope{Calendar: calendar.Calendar{Start: start, Months: len(v.Table)}}
			r := document.Read(plan)
			scope.Hiring = map[string]capacity.Hiring{"team": capacity.ReadHiring(r, scope.Calendar)}
			if problems := r.Problems(); len(problems) > 0 {
				t.Fatal(problems)
			}
			in := formula.Inputs{Values: map[string][]float64{}}
			for _, code := range []string{"opening", "attrition", "required", "classes"} {
				scope.Lines = append(scope.Lines, formula.Line{Code: code, Pointer: "/" + code})
			}
			for _, row := range v.Table {
				for code, value := range map[string]float64{
					"opening": v.Opening, "attrition": v.Attrition, "required": row["required_fte"], "classes": row["class_start"],
				} {
					in.Values[code] = append(in.Values[code], value)
				}
			}
			for _, name := range hiringSeries {
				scope.Lines = append(scope.Lines, formula.Line{Code: "line_" + name, Formula: name + `("team")`, Pointer: "/" + name})
			}
			program, problems := formula.Compile(scope)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			results := program.Evaluate(in, nil)
			for column, name := range hiringSeries {
				series, _ := results.Series("line_" + name)
				for period, row := range v.Table {
					if got, want := series.Values[period], row[column]; !(math.Abs(got-want) <= 1e-9*math.Max(1e-3, math.Abs(want))) {
						t.Errorf("%s in month %d is %v, want %v (%v)", name, period+1, got, want, series.Faults[period])
					}
				}
			}
		})
	}
}

// Classes that follow from the plan itself, month by month, come to the same to
// the bit as the same classes given as numbers.
func TestAHiringPlanIsTheSameWithinARecurrence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.IntRange(1, 24).Draw(t, "months")
		share := rapid.Float64Range(0, 0.4)
		team := capacity.DefaultHiring()
		team.Opening.Value = float64(rapid.IntRange(0, 200).Draw(t, "opening"))
		team.Attrition.Value = share.Draw(t, "attrition")
		team.NewAttrition = []capacity.Param{{Value: share.Draw(t, "new attrition")}}
		team.TrainingMonths.Value = float64(rapid.IntRange(0, 2).Draw(t, "training"))
		team.Ramp = []capacity.Param{{Value: share.Draw(t, "ramp")}, {Value: 0.75}}
		team.ClassLine = "classes"
		classes := formula.Line{Code: "classes", Formula: "ceil(prev(gone) * 1.1)", Pointer: "/classes"}
		run := func(classes formula.Line, in formula.Inputs) [][]float64 {
			scope := formula.Scope{
				Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: months},
				Hiring:   map[string]capacity.Hiring{"team": team},
				Lines: []formula.Line{
					classes,
					{Code: "gone", Formula: `leavers("team")`, Pointer: "/gone"},
					{Code: "useful", Formula: `effective_fte("team")`, Pointer: "/useful"},
				},
			}
			program, problems := formula.Compile(scope)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var all [][]float64
			for _, line := range scope.Lines {
				series, _ := program.Evaluate(in, nil).Series(line.Code)
				if len(series.Faults) > 0 {
					t.Fatal(line.Code, series.Faults)
				}
				all = append(all, series.Values)
			}
			return all
		}
		opening := map[string][]float64{"gone": {float64(rapid.IntRange(0, 20).Draw(t, "gone before"))}}
		within := run(classes, formula.Inputs{Opening: opening})
		given := run(formula.Line{Code: "classes", Pointer: "/classes"},
			formula.Inputs{Opening: opening, Values: map[string][]float64{"classes": within[0]}})
		for i := range given {
			if !slices.Equal(given[i], within[i]) {
				t.Errorf("%v within the recurrence, %v with the same classes given", within[i], given[i])
			}
		}
	})
}

func TestATraceOfAHiringPlanNamesItsLines(t *testing.T) {
	scope, in := formula.ExampleScope()
	scope.Lines = append(scope.Lines, formula.Line{Code: "missing", Formula: `gap("team") * 2`, Pointer: "/missing"})
	program, _ := formula.Compile(scope)
	step := program.Trace(program.Evaluate(in, nil), "missing", 0, 2)
	var lines []string
	for _, operand := range step.Operands {
		lines = append(lines, operand.Line)
	}
	if !slices.Contains(lines, "headcount") {
		t.Errorf("the gap does not name what it requires: %v", lines)
	}
	if !strings.Contains(step.WithValues, "(-16.1") {
		t.Errorf("with values it reads %q", step.WithValues)
	}
}
