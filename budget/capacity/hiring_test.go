package capacity_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
)

var january = calendar.Of(2027, 1)

// noLines is for plans whose numbers are all given.
func noLines(string, int) float64 { panic("the plan names no line") }

// all makes numbers of a plan.
func all(values []float64) []capacity.Param {
	var params []capacity.Param
	for _, value := range values {
		params = append(params, is(value))
	}
	return params
}

// staffOf reckons a plan without lines from January on.
func staffOf(t tester, h capacity.Hiring, months int) capacity.Staff {
	t.Helper()
	return must(h.Staff(january, months, noLines))(t)
}

func TestHiringVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Name         string
		Opening      float64   `json:"opening_tenured"`
		Attrition    float64   `json:"monthly_attrition_tenured"`
		NewAttrition []float64 `json:"monthly_attrition_by_age"`
		Training     float64   `json:"training_months"`
		Yield        float64   `json:"training_yield"`
		Ramp         []float64 `json:"ramp_productivity"`
		Earliest     int       `json:"earliest_class_month"`
		ClassMax     *float64  `json:"class_max"`
		PlannedBy    string    `json:"planned_by"`
		Total        float64   `json:"total_hires"`
		Table        []map[string]float64
	}](t, "hiring.json", "hiring_plan") {
		t.Run(v.Name, func(t *testing.T) {
			h := capacity.DefaultHiring()
			h.Opening, h.Attrition, h.NewAttrition = is(v.Opening), is(v.Attrition), all(v.NewAttrition)
			h.TrainingMonths, h.Yield, h.Ramp = is(v.Training), is(v.Yield), all(v.Ramp)
			h.Required, h.Needed = capacity.Param{Line: "required"}, true
			h.Planned, h.Earliest = v.PlannedBy != "given", january.Add(v.Earliest-1)
			if v.ClassMax != nil {
				h.ClassMax = is(*v.ClassMax)
			}
			if !h.Planned {
				h.ClassLine = "classes"
			}
			got := must(h.Staff(january, len(v.Table), func(line string, period int) float64 {
				if line == "classes" {
					return v.Table[period]["class_start"]
				}
				return v.Table[period]["required_fte"]
			}))(t)
			total := 0.0
			for period, want := range v.Table {
				total += got.Hires[period]
				for name, series := range map[string][]float64{
					"class_start": got.Hires, "in_training": got.InTraining, "graduates": got.Graduates,
					"start_headcount": got.Start, "leavers": got.Leavers, "end_headcount": got.End,
					"avg_headcount": got.Average, "effective_fte": got.Effective, "gap": got.Gap, "paid_headcount": got.Paid,
				} {
					near(t, name, series[period], want[name])
				}
			}
			near(t, "hires in all", total, v.Total)
		})
	}
}

// team is a plan of 100 people of whom a tenth leaves each month, with classes
// of two months of which four fifths graduate, half productive at first.
func team() capacity.Hiring {
	h := capacity.DefaultHiring()
	h.Opening, h.Attrition = is(100), is(0.1)
	h.TrainingMonths, h.Yield, h.Ramp = is(2), is(0.8), all([]float64{0.5})
	return h
}

func TestHiringRules(t *testing.T) {
	planned := func(h capacity.Hiring) capacity.Hiring {
		h.Required, h.Needed, h.Planned = is(100), true, true
		return h
	}
	steady := func() capacity.Hiring {
		h := planned(capacity.DefaultHiring())
		h.Opening, h.Attrition, h.TrainingMonths = is(100), is(0), is(1)
		return h
	}
	for name, c := range map[string]struct {
		plan   func() capacity.Hiring
		months int
		series func(capacity.Staff) []float64
		want   []float64
	}{
		"a team that hires nobody shrinks": {
			team, 3, func(s capacity.Staff) []float64 { return s.End }, []float64{90, 81, 72.9},
		},
		"a class that began before the plan graduates in it and is no hire of it": {func() capacity.Hiring {
			h := team()
			h.Classes = []capacity.Class{{Month: january.Add(-1), Size: is(10)}}
			return h
		}, 3, func(s capacity.Staff) []float64 { return slices.Concat(s.Hires, s.InTraining, s.Graduates) }, []float64{0, 0, 0, 10, 0, 0, 0, 8, 0}},
		"a class that begins late in the plan is paid and never graduates in it": {func() capacity.Hiring {
			h := team()
			h.Classes = []capacity.Class{{Month: january.Add(2), Size: is(10)}}
			return h
		}, 3, func(s capacity.Staff) []float64 { return slices.Concat(s.InTraining, s.Graduates) }, []float64{0, 0, 10, 0, 0, 0}},
		"without training people begin at once": {func() capacity.Hiring {
			h := team()
			h.TrainingMonths, h.Classes = is(0), []capacity.Class{{Month: january, Size: is(10)}}
			return h
		}, 1, func(s capacity.Staff) []float64 { return slices.Concat(s.InTraining, s.Start) }, []float64{0, 108}},
		"a planned class is as large as the gap needs": {func() capacity.Hiring {
			h := steady()
			h.Opening = is(97)
			return h
		}, 3, func(s capacity.Staff) []float64 { return s.Hires }, []float64{3, 0, 0}},
		"a planned class is no smaller than the least": {func() capacity.Hiring {
			h := steady()
			h.Opening, h.ClassMin = is(97), is(8)
			return h
		}, 3, func(s capacity.Staff) []float64 { return s.Hires }, []float64{8, 0, 0}},
		"a planned class is no larger than the most, in whole people": {func() capacity.Hiring {
			h := steady()
			h.Opening, h.ClassMax = is(97), is(2.5)
			return h
		}, 3, func(s capacity.Staff) []float64 { return s.Hires }, []float64{2, 1, 0}},
		"classes given count before any are planned": {func() capacity.Hiring {
			h := steady()
			h.Opening, h.Classes = is(90), []capacity.Class{{Month: january, Size: is(4)}}
			return h
		}, 3, func(s capacity.Staff) []float64 { return s.Hires }, []float64{10, 0, 0}},
		"people who are of no use at first are planned a month earlier": {func() capacity.Hiring {
			h := steady()
			h.Opening, h.Ramp = is(98), all([]float64{0, 0.5})
			return h
		}, 4, func(s capacity.Staff) []float64 { return slices.Concat(s.Hires, s.Effective) }, []float64{4, 0, 0, 0, 98, 98, 100, 102}},
		"no class begins before the earliest": {func() capacity.Hiring {
			h := steady()
			h.Opening, h.Earliest = is(97), january.Add(1)
			return h
		}, 3, func(s capacity.Staff) []float64 { return slices.Concat(s.Hires, s.Gap) }, []float64{0, 3, 0, -3, -3, 0}},
		"all expected leavers are hired for ahead": {func() capacity.Hiring {
			h := steady()
			h.Attrition = is(0.2) // 90, then 72 + 18 who also leave
			return h
		}, 2, func(s capacity.Staff) []float64 { return s.Hires }, []float64{32, 0}},
		"only leavers who have given notice are replaced": {func() capacity.Hiring {
			h := steady()
			h.Attrition, h.Noticed = is(0.2), true // 80 are left, nobody else has said so
			return h
		}, 2, func(s capacity.Staff) []float64 { return s.Hires }, []float64{20, 0}},
		"notice as long as the training is all one needs to know": {func() capacity.Hiring {
			h := steady()
			h.Attrition, h.Notice, h.Noticed = is(0.2), is(1), true
			return h
		}, 2, func(s capacity.Staff) []float64 { return s.Hires }, []float64{32, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.series(staffOf(t, c.plan(), c.months))
			if len(got) != len(c.want) {
				t.Fatalf("got %v, want %v", got, c.want)
			}
			for i := range got {
				near(t, "value", got[i], c.want[i])
			}
		})
	}
}

func TestHiringTellsWhatItCannotFill(t *testing.T) {
	h := team()
	h.Required, h.Needed, h.Planned, h.Earliest = is(90), true, true, january.Add(1)
	got := staffOf(t, h, 6)
	if want := []int{1, 2}; !slices.Equal(got.Unfilled(), want) {
		t.Errorf("unfilled %v, want %v; gaps %v", got.Unfilled(), want, got.Gap)
	}
	h.Required, h.Needed, h.Planned = capacity.Param{}, false, false
	if got := staffOf(t, h, 6); got.Gap != nil || got.Unfilled() != nil {
		t.Errorf("a plan that requires nothing has the gaps %v", got.Gap)
	}
}

func TestHiringNumbersMayBeLines(t *testing.T) {
	line := func(code string) capacity.Param { return capacity.Param{Line: code} }
	h := capacity.DefaultHiring()
	h.Opening, h.Attrition, h.NewAttrition = line("open"), line("leave"), []capacity.Param{line("leave_new")}
	h.TrainingMonths, h.Yield, h.Ramp = line("train"), line("yield"), []capacity.Param{line("ramp")}
	h.Required, h.Needed, h.Planned = line("need"), true, true
	h.ClassMin, h.ClassMax, h.Notice, h.Noticed = line("least"), line("most"), line("notice"), true
	h.Classes = []capacity.Class{{Month: january, Size: line("size")}}
	want := []string{"least", "leave", "leave_new", "most", "need", "notice", "open", "ramp", "size", "train", "yield"}
	if !slices.Equal(h.Lines(), want) {
		t.Errorf("lines %v, want %v", h.Lines(), want)
	}
	// By month: training gets shorter, so the March class graduates with the
	// February one; attrition and ramp are those of the month.
	values := map[string][]float64{
		"open": {10, 0, 0, 0}, "leave": {0, 0.5, 0, 0}, "leave_new": {0, 0, 0.5, 0}, "train": {1, 2, 1, 1},
		"yield": {0.5, 1, 1, 1}, "ramp": {1, 0.5, 0.25, 1}, "need": {0, 0, 0, 20}, "least": {0, 0, 0, 0},
		"most": {9, 9, 9, 99}, "notice": {2, 2, 2, 2}, "size": {8, 0, 0, 0},
	}
	got := must(h.Staff(january, 4, func(code string, period int) float64 { return values[code][period] }))(t)
	for name, c := range map[string]struct{ got, want []float64 }{
		"hires":     {got.Hires, []float64{8, 0, 9, 0}},
		"effective": {got.Effective, []float64{10, 7.5 + 2, 9, 18}},
		"leavers":   {got.Leavers, []float64{0, 5, 0, 0}},
	} {
		for i := range c.want {
			near(t, name, c.got[i], c.want[i])
		}
	}
	h.ClassLine, h.Classes, h.Planned = "classes", nil, false
	if got := h.WithoutRequired().Lines(); slices.Contains(got, "need") || !slices.Contains(got, "classes") {
		t.Errorf("without what is required the lines are %v", got)
	}
}

func TestHiringRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*capacity.Hiring)
		key    string
		months int // reckoned before the fault
	}{
		"fewer than nobody":                 {func(h *capacity.Hiring) { h.Opening = is(-1) }, "capacity.people_range", 0},
		"more leavers than people":          {func(h *capacity.Hiring) { h.Attrition = is(1.1) }, "capacity.leaving_range", 0},
		"a yield of nothing":                {func(h *capacity.Hiring) { h.Yield = is(0) }, "capacity.yield_range", 1},
		"productivity far above the normal": {func(h *capacity.Hiring) { h.TrainingMonths, h.Ramp = is(0), all([]float64{1.6}) }, "capacity.ramp_range", 1},
		"training for part of a month":      {func(h *capacity.Hiring) { h.TrainingMonths = is(0.5) }, "capacity.training_range", 1},
		"half a trainee":                    {func(h *capacity.Hiring) { h.Classes[0].Size = is(2.5) }, "capacity.class_range", 1},
		"a class before the plan that is through": {func(h *capacity.Hiring) {
			h.Classes[0].Month = january.Add(-3)
		}, "capacity.class_graduated", 0},
		"a class whose least exceeds its most": {func(h *capacity.Hiring) {
			h.Required, h.Needed, h.Planned = is(200), true, true
			h.ClassMin, h.ClassMax = is(5), is(4)
		}, "capacity.class_bounds", 0},
		"notice of part of a month": {func(h *capacity.Hiring) {
			h.Required, h.Needed, h.Planned = is(200), true, true
			h.Notice, h.Noticed = is(0.5), true
		}, "capacity.notice_range", 0},
	} {
		t.Run(name, func(t *testing.T) {
			h := team()
			h.Classes = []capacity.Class{{Month: january.Add(1), Size: is(10)}}
			c.change(&h)
			got, err := h.Staff(january, 6, noLines)
			if key := keyOf(t, err); key != c.key {
				t.Errorf("refused with %q, want %q", key, c.key)
			}
			if len(got.End) != c.months || len(got.Hires) != c.months {
				t.Errorf("%d months were reckoned, want %d", len(got.End), c.months)
			}
		})
	}
}

// hirings draws a plan with given classes, of whole numbers of people.
func hirings(t *rapid.T) capacity.Hiring {
	share := rapid.Float64Range(0, 0.5)
	h := capacity.DefaultHiring()
	h.Opening = is(float64(rapid.IntRange(0, 300).Draw(t, "opening")))
	h.Attrition = is(share.Draw(t, "attrition"))
	h.NewAttrition = all(rapid.SliceOfN(share, 0, 3).Draw(t, "new attrition"))
	h.TrainingMonths = is(float64(rapid.IntRange(0, 3).Draw(t, "training")))
	h.Yield = is(rapid.Float64Range(0.1, 1).Draw(t, "yield"))
	h.Ramp = all(rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0.3, 0.7, 1, 1.2}), 0, 4).Draw(t, "ramp"))
	for month := range 12 {
		if size := rapid.IntRange(-20, 30).Draw(t, "class"); size > 0 {
			h.Classes = append(h.Classes, capacity.Class{Month: january.Add(month), Size: is(float64(size))})
		}
	}
	return h
}

func TestHiringConservesPeople(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := hirings(t)
		h.Required, h.Needed = is(rapid.Float64Range(0, 400).Draw(t, "required")), true
		h.Planned = rapid.Bool().Draw(t, "planned")
		s := staffOf(t, h, 12)
		before, trained := h.Opening.Value, 0.0
		for month := range 12 {
			trained += s.Hires[month] - s.Graduates[month]/h.Yield.Value
			nearLevel(t, "start", s.Start[month], before+s.Graduates[month])
			before += s.Graduates[month] - s.Leavers[month]
			nearLevel(t, "end", s.End[month], before)
			nearLevel(t, "average", s.Average[month], (s.Start[month]+s.End[month])/2)
			nearLevel(t, "in training", s.InTraining[month], trained)
			nearLevel(t, "paid", s.Paid[month], s.Average[month]+s.InTraining[month])
			nearLevel(t, "gap", s.Gap[month], s.Effective[month]-h.Required.Value)
		}
	})
}

func TestMoreAttritionNeverHelps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := hirings(t)
		worse := h
		more := rapid.Float64Range(0, 0.5).Draw(t, "more")
		worse.Attrition = is(h.Attrition.Value + more)
		worse.NewAttrition = slices.Clone(h.NewAttrition)
		for i, param := range worse.NewAttrition {
			worse.NewAttrition[i] = is(param.Value + more)
		}
		a, b := staffOf(t, h, 12), staffOf(t, worse, 12)
		for month := range 12 {
			if b.Effective[month] > a.Effective[month]+1e-9*a.Effective[month] || b.End[month] > a.End[month]+1e-9*a.End[month] {
				t.Fatalf("month %d: %v effective of %v, %v at the end of %v", month, b.Effective[month], a.Effective[month], b.End[month], a.End[month])
			}
		}
	})
}

func TestHiringScales(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := hirings(t)
		scale := float64(rapid.IntRange(2, 50).Draw(t, "scale"))
		large := h
		large.Opening, large.Classes = is(h.Opening.Value*scale), slices.Clone(h.Classes)
		for i := range large.Classes {
			large.Classes[i].Size.Value *= scale
		}
		a, b := staffOf(t, h, 12), staffOf(t, large, 12)
		for month := range 12 {
			nearLevel(t, "effective", b.Effective[month], a.Effective[month]*scale)
			nearLevel(t, "leavers", b.Leavers[month], a.Leavers[month]*scale)
			nearLevel(t, "paid", b.Paid[month], a.Paid[month]*scale)
		}
	})
}

// A planner without limits leaves no gap that a class could have closed, plans
// nobody where nobody is missing, and no more than it takes.
func TestPlannerFillsWhatCanBeFilled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := hirings(t)
		h.Classes, h.Needed, h.Planned = nil, true, true
		h.Required = capacity.Param{Line: "required"}
		h.Earliest = january.Add(rapid.IntRange(-1, 5).Draw(t, "earliest"))
		required := rapid.SliceOfN(rapid.Float64Range(0, 400), 12, 12).Draw(t, "required")
		s := must(h.Staff(january, 12, func(_ string, period int) float64 { return required[period] }))(t)
		lead := int(h.TrainingMonths.Value)
		for _, param := range h.Ramp {
			if param.Value > 0 {
				break
			}
			lead++
		}
		first := max(0, int(h.Earliest-january)) + lead
		for _, period := range s.Unfilled() {
			if period >= first {
				t.Errorf("%v people are missing in month %d although classes could help from %d on", -s.Gap[period], period, first)
			}
		}
		given := h
		given.Planned = false
		for month, size := range s.Hires {
			if size == 0 {
				continue
			}
			if month < int(h.Earliest-january) {
				t.Errorf("a class begins in month %d", month)
			}
			given.Classes = append(given.Classes, capacity.Class{Month: january.Add(month), Size: is(size)})
		}
		again := must(given.Staff(january, 12, func(_ string, period int) float64 { return required[period] }))(t)
		for month := range 12 {
			nearLevel(t, "effective as given", again.Effective[month], s.Effective[month])
			nearLevel(t, "paid as given", again.Paid[month], s.Paid[month])
		}
	})
}

// What a plan without a planner says of its first months does not depend on how
// many follow.
func TestHiringLooksBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := hirings(t)
		if !h.LooksBack() {
			t.Error("given classes look ahead")
		}
		months := rapid.IntRange(1, 12).Draw(t, "months")
		part, whole := staffOf(t, h, months), staffOf(t, h, 12)
		if !slices.Equal(part.Effective, whole.Effective[:months]) || !slices.Equal(part.Paid, whole.Paid[:months]) {
			t.Errorf("%v are not the first of %v", part.Effective, whole.Effective)
		}
	})
}
