package capacity_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

var planYear = calendar.Calendar{Start: january, Months: 12}

// readHiring reads a hiring plan from JSON and says what was wrong, as pointer
// and key.
func readHiring(t *testing.T, text string) (capacity.Hiring, []string) {
	t.Helper()
	var node any
	if err := json.Unmarshal([]byte(text), &node); err != nil {
		t.Fatal(err)
	}
	r := document.Read(node)
	h := capacity.ReadHiring(r, planYear)
	var problems []string
	for _, problem := range r.Problems() {
		problems = append(problems, problem.Pointer+" "+problem.Key)
	}
	return h, problems
}

func TestHiringDefaults(t *testing.T) {
	got, problems := readHiring(t, `{"opening": 100, "attrition": 0.04}`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := capacity.DefaultHiring()
	want.Opening, want.Attrition = is(100), is(0.04)
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
	if s := staffOf(t, got, 1); s.Hires[0] != 0 || s.Effective[0] != 98 || s.Gap != nil {
		t.Errorf("the defaults come to %+v", s)
	}
}

func TestHiringIsReadInFull(t *testing.T) {
	got, problems := readHiring(t, `{
		"opening": "heads", "attrition": 0.05, "new_attrition": [0.08, "leave_2"], "training_months": 2, "yield": 0.9,
		"ramp": [0.5, "ramp_2"], "required": "need", "classes": {"2026-12": 10, "2027-03": "march"},
		"planned": true, "earliest_class": "2027-04", "class_min": 6, "class_max": "room", "notice_months": 1}`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	line := func(code string) capacity.Param { return capacity.Param{Line: code} }
	want := capacity.Hiring{
		Opening: line("heads"), Attrition: is(0.05), NewAttrition: []capacity.Param{is(0.08), line("leave_2")},
		TrainingMonths: is(2), Yield: is(0.9), Ramp: []capacity.Param{is(0.5), line("ramp_2")},
		Required: line("need"), Needed: true, Planned: true,
		Classes: []capacity.Class{{Month: january.Add(-1), Size: is(10)}, {Month: january.Add(2), Size: line("march")}},
		Planner: capacity.Planner{
			Earliest: january.Add(3), ClassMin: is(6), ClassMax: line("room"), Notice: is(1), Noticed: true,
		},
	}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("(-got +want):\n%s", d)
	}
	got, problems = readHiring(t, `{"opening": 0, "attrition": 0, "classes": "classes"}`)
	if len(problems) > 0 || got.ClassLine != "classes" || got.Classes != nil {
		t.Errorf("classes of a line: %+v, %v", got, problems)
	}
}

func TestHiringNamesEveryFault(t *testing.T) {
	for name, c := range map[string]struct {
		fields string // beside opening and attrition
		want   []string
	}{
		"nothing more is sound":                     {``, nil},
		"a misspelt field is never dropped":         {`"atrition": 0.8`, []string{"/atrition shape.unknown_field"}},
		"a line has a name":                         {`"yield": ""`, []string{"/yield capacity.line_empty"}},
		"somebody graduates":                        {`"yield": 0`, []string{"/yield capacity.yield_range"}},
		"at most all graduate":                      {`"yield": 1.1`, []string{"/yield capacity.yield_range"}},
		"training has whole months":                 {`"training_months": 1.5`, []string{"/training_months capacity.training_range"}},
		"training is no longer than a plan":         {`"training_months": 61`, []string{"/training_months capacity.training_range"}},
		"attrition is a share":                      {`"new_attrition": [0.1, -1]`, []string{"/new_attrition/1 capacity.leaving_range"}},
		"attrition by month is a list":              {`"new_attrition": 0.1`, []string{"/new_attrition shape.type"}},
		"productivity is at most one and a half":    {`"ramp": [1, 2]`, []string{"/ramp/1 capacity.ramp_range"}},
		"a month of production has a number":        {`"ramp": [null]`, []string{"/ramp/0 shape.missing"}},
		"few months of production differ":           {`"ramp": [` + strings.Repeat("1, ", 60) + `1]`, []string{"/ramp capacity.too_many_ages"}},
		"what is required is not negative":          {`"required": -1`, []string{"/required capacity.fte_range"}},
		"classes stand under a month":               {`"classes": {"March": 3}`, []string{"/classes/March shape.month"}},
		"classes are no list":                       {`"classes": [3]`, []string{"/classes shape.type"}},
		"a class is whole":                          {`"classes": {"2027-03": 3.5}`, []string{"/classes/2027-03 capacity.class_range"}},
		"a class is not negative":                   {`"classes": {"2027-03": -3}`, []string{"/classes/2027-03 capacity.class_range"}},
		"a class begins before the plan ends":       {`"classes": {"2028-03": 3}`, []string{"/classes/2028-03 capacity.class_outside"}},
		"a class graduates within the plan":         {`"training_months": 1, "classes": {"2026-11": 3}`, []string{"/classes/2026-11 capacity.class_graduated"}},
		"that is not known if training is a line":   {`"training_months": "weeks", "classes": {"2026-11": 3}`, nil},
		"planned needs what is required":            {`"planned": true`, []string{"/required shape.missing"}},
		"limits need a planner":                     {`"class_min": 2, "notice_months": 1`, []string{"/class_min capacity.hiring_unplanned", "/notice_months capacity.hiring_unplanned"}},
		"the earliest class begins before the end":  {`"required": 9, "planned": true, "earliest_class": "2028-01"`, []string{"/earliest_class capacity.class_outside"}},
		"the earliest class is a month":             {`"required": 9, "planned": true, "earliest_class": "soon"`, []string{"/earliest_class shape.month"}},
		"the least is no more than the most":        {`"required": 9, "planned": true, "class_min": 7, "class_max": 6.5`, []string{"/class_min capacity.class_bounds"}},
		"notice has whole months":                   {`"required": 9, "planned": true, "notice_months": 0.1`, []string{"/notice_months capacity.notice_range"}},
		"all faults are told, not the first one":    {`"yield": 2, "ramp": [2]`, []string{"/yield capacity.yield_range", "/ramp/0 capacity.ramp_range"}},
		"whether classes are planned is yes or no":  {`"planned": "yes"`, []string{"/planned shape.type"}},
		"a number that is required may be constant": {`"required": 90`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			text := `{"opening": 100, "attrition": 0.05`
			if c.fields != "" {
				text += ", " + c.fields
			}
			if _, got := readHiring(t, text+"}"); !slices.Equal(got, c.want) {
				t.Errorf("problems %q, want %q", got, c.want)
			}
		})
	}
	if _, got := readHiring(t, `{}`); !slices.Equal(got, []string{"/opening shape.missing", "/attrition shape.missing"}) {
		t.Errorf("problems %q of an empty plan", got)
	}
}

// FuzzReadHiring holds that any JSON value is a hiring plan or has Invalid
// problems, and that a plan without problems is reckoned or says why not.
func FuzzReadHiring(f *testing.F) {
	for _, text := range []string{
		`null`, `[]`, `{"opening": 100, "attrition": 0.05}`, `{"opening": 1e999, "attrition": "a", "classes": {"2027-13": 1}}`,
		`{"opening": 9, "attrition": 0, "classes": {"2026-12": 4, "2027-02": "x"}, "training_months": 1, "ramp": [0, 0.5]}`,
		`{"opening": 9, "attrition": 1, "required": 50, "planned": true, "earliest_class": "2027-02", "class_max": 7, "notice_months": 0}`,
		`{"opening": 9, "attrition": "x", "required": "x", "planned": true, "ramp": [0, 1e-300], "class_min": 3}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var node any
		if json.Unmarshal(text, &node) != nil {
			return
		}
		r := document.Read(node)
		h := capacity.ReadHiring(r, planYear)
		for _, fault := range r.Problems() {
			if fault.Kind != problem.Invalid {
				t.Fatalf("%v is not Invalid", fault)
			}
		}
		staff, err := h.Staff(january, 12, func(_ string, period int) float64 { return float64(period % 2) })
		keyOf(t, err)
		for period, end := range staff.End {
			if !(end >= 0 && staff.Effective[period] >= 0 && staff.Paid[period] >= 0) {
				t.Fatalf("month %d has %v people, %v effective, %v paid", period, end, staff.Effective[period], staff.Paid[period])
			}
		}
	})
}
