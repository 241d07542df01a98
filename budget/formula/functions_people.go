package formula

import (
	"math"
	"slices"

	"centerplan/budget/capacity"
	"centerplan/budget/unit"
	"centerplan/planning/document"
)

var hiringParam = Param{Name: "plan", Kind: HiringPlan}

var peopleFunctions = []function{
	{Function: Function{
		Name: "attrition_monthly", Group: "people", Unit: "ratio",
		Params: []Param{ratio("annual"), {Name: "measure", Kind: Option, Optional: true, Options: []string{"survival"}}},
		Doc: doc(
			"The monthly share of leavers. Annual attrition is leavers over average headcount, so a twelfth; with \"survival\" it is the share of people gone within a year.",
			"月流失率。年流失率按“离职人数 ÷ 平均人数”口径，即除以 12；写 \"survival\" 则按一年内离开的人员占比折算。"),
		Examples: []Example{example("attrition_monthly(0.6)", 0.05), example(`attrition_monthly(0.6, "survival")`, 1-math.Pow(0.4, 1.0/12))},
	}, local: attritionMonthly},
	hiring("hires", doc(
		"The people who begin training in a month of the hiring plan.",
		"招聘计划中当月开班的新员工人数。"),
		func(s capacity.Staff) []float64 { return s.Hires },
		Example{Formula: `hires("team")`, Month: "2027-02", Want: 10}),
	hiring("in_training", doc(
		"The people of the hiring plan who are in training: paid and not productive yet.",
		"招聘计划中当月在培训、领薪但尚未上线的人数。"),
		func(s capacity.Staff) []float64 { return s.InTraining },
		Example{Formula: `in_training("team")`, Month: "2027-02", Want: 10}),
	hiring("effective_fte", doc(
		"The people in production on average over the month, those new to it counted by their productivity.",
		"招聘计划中当月平均在岗人数，爬坡期员工按其产能系数折算。"),
		func(s capacity.Staff) []float64 { return s.Effective },
		example(`effective_fte("team")`, 90.25*0.975+8*0.975*0.5)),
	hiring("paid_headcount", doc(
		"The people in production on average over the month and those in training.",
		"招聘计划中当月平均在岗人数与培训中人数之和，即计薪人数。"),
		func(s capacity.Staff) []float64 { return s.Paid },
		example(`paid_headcount("team")`, 98.25*0.975),
		example(`paid_headcount("team") - in_training("team")`, 98.25*0.975)),
	hiring("end_headcount", doc(
		"The people in production at the end of the month.",
		"招聘计划中当月末的在岗人数。"),
		func(s capacity.Staff) []float64 { return s.End },
		example(`end_headcount("team")`, 98.25*0.95)),
	hiring("leavers", doc(
		"The people in production who leave during the month.",
		"招聘计划中当月从生产岗位离职的人数。"),
		func(s capacity.Staff) []float64 { return s.Leavers },
		example(`leavers("team")`, 98.25*0.05)),
	hiring("gap", doc(
		"The effective full-timers less those the hiring plan requires; negative where people are missing.",
		"有效人力与招聘计划所需人力之差，负数表示缺人。"),
		func(s capacity.Staff) []float64 { return s.Gap },
		example(`gap("team")`, 90.25*0.975+8*0.975*0.5-108)),
}

// hiring makes the function of a series of hiring plans. Only the gap needs to
// know what is required of a plan that is not planned by it.
func hiring(name string, text document.Text, series func(capacity.Staff) []float64, examples ...Example) function {
	view := func(p part) (part, string) { return p.(capacity.Hiring).WithoutRequired(), "" }
	if name == "gap" {
		view = func(p part) (part, string) {
			if !p.(capacity.Hiring).Needed {
				return p, "formula.hiring_required"
			}
			return p, ""
		}
	}
	return function{
		Function: Function{Name: name, Group: "people", Params: []Param{hiringParam}, Unit: "person", Doc: text, Examples: examples},
		series: func(c *call, _ [][]float64, out []float64) error {
			plan := c.part.part.(capacity.Hiring)
			staff, err := plan.Staff(c.prog.scope.Calendar.Start, len(out), c.line)
			copy(out, series(staff))
			return err
		},
		back:  func(n *node) bool { return n.part != nil && n.part.part.(capacity.Hiring).LooksBack() },
		view:  view,
		units: (*checker).staffed,
		bound: true,
	}
}

// staffed returns the unit of a hiring plan's series, people, and wants the
// lines that the plan names in the units of its numbers.
func (c *checker) staffed(n *node) quantity {
	if n.part == nil {
		return fixed(unit.Person)
	}
	plan, _ := n.part.part.(capacity.Hiring)
	people := []capacity.Param{plan.Opening, plan.Required, plan.ClassMin, plan.ClassMax, {Line: plan.ClassLine}}
	for _, class := range plan.Classes {
		people = append(people, class.Size)
	}
	for _, of := range []struct {
		numbers []capacity.Param
		want    unit.Unit
	}{
		{people, unit.Person},
		{slices.Concat([]capacity.Param{plan.Attrition, plan.Yield}, plan.NewAttrition, plan.Ramp), unit.Ratio},
		{[]capacity.Param{plan.TrainingMonths, plan.Notice}, unit.Month},
	} {
		told := map[string]bool{"": true}
		for _, number := range of.numbers {
			if !told[number.Line] {
				told[number.Line] = true
				c.partNumber(n, number, of.want)
			}
		}
	}
	return fixed(unit.Person)
}
