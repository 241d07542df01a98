package capacity

import (
	"math"
	"strconv"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// DefaultHiring returns the hiring plan of what may be left out: no training,
// all of a class graduate, nobody has to grow into the work.
func DefaultHiring() Hiring {
	h := Hiring{Yield: Param{Value: 1}}
	h.ClassMax = Param{Value: classLimitRange.high}
	return h
}

// mostAges is how many months of production may differ from the tenured's.
const mostAges = 60

// plannerFields say how classes are planned, and nothing where none are.
var plannerFields = []string{"earliest_class", "class_min", "class_max", "notice_months"}

// ReadHiring reads a hiring plan for the months of the calendar:
//
//	{opening, attrition, new_attrition: […], training_months, yield, ramp: […],
//	 required, classes: {month: size} or "line",
//	 planned, earliest_class, class_min, class_max, notice_months}
//
// Only opening and attrition must be there, and required where classes are
// planned. Any number may be the code of a line instead.
func ReadHiring(r document.Reader, c calendar.Calendar) Hiring {
	h := DefaultHiring()
	if !r.Require().Present() {
		return h
	}
	r.Fields("opening", "attrition", "new_attrition", "training_months", "yield", "ramp", "required", "classes",
		"planned", "earliest_class", "class_min", "class_max", "notice_months")
	h.Opening = readParam(r.Field("opening").Require(), peopleRange, h.Opening)
	h.Attrition = readParam(r.Field("attrition").Require(), leavingRange, h.Attrition)
	h.NewAttrition = readAges(r.Field("new_attrition"), leavingRange)
	h.TrainingMonths = readWhole(r.Field("training_months"), trainingRange, h.TrainingMonths)
	h.Yield = readParam(r.Field("yield"), yieldRange, h.Yield)
	h.Ramp = readAges(r.Field("ramp"), rampRange)
	h.Required = readParam(r.Field("required"), fteRange, h.Required)
	h.Needed = r.Field("required").Present()
	h.readClasses(r.Field("classes"), c)
	h.readPlanner(r, c)
	return h
}

// readAges reads a number for each of the first months of production.
func readAges(r document.Reader, within limits) []Param {
	items := r.Items()
	if len(items) > mostAges {
		r.Fail("capacity.too_many_ages", problem.Args{"most": strconv.Itoa(mostAges)})
		return nil
	}
	var params []Param
	for _, item := range items {
		params = append(params, readParam(item.Require(), within, Param{}))
	}
	return params
}

// readWhole is readParam for numbers that must be whole.
func readWhole(r document.Reader, within limits, fallback Param) Param {
	param := readParam(r, within, fallback)
	whole, err := wholeNumber(param.Value, within)
	if err != nil {
		fail(r, err)
		return fallback
	}
	param.Value = whole
	return param
}

// readClasses reads the code of a line, or the classes by the month they begin.
func (h *Hiring) readClasses(r document.Reader, c calendar.Calendar) {
	if _, isText := r.Node().(string); isText {
		h.ClassLine = readParam(r, classRange, Param{}).Line
		return
	}
	for _, entry := range r.Members() {
		month, ok := calendar.Parse(entry.Key)
		if !ok {
			entry.Fail("shape.month", problem.Args{"got": entry.Key})
			continue
		}
		if checkClassMonth(entry.Reader, month, c) && h.inTraining(entry.Reader, month, c) {
			h.Classes = append(h.Classes, Class{Month: month, Size: readWhole(entry.Require(), classRange, Param{})})
		}
	}
}

// checkClassMonth refuses a month in which nobody could begin who matters.
func checkClassMonth(r document.Reader, month calendar.Month, c calendar.Calendar) bool {
	first, last := c.Start.Add(-int(trainingRange.high)), c.Month(c.Months-1)
	if c.Start == 0 || month >= first && month <= last {
		return true
	}
	r.Fail("capacity.class_outside", problem.Args{"month": month.String(), "last": last.String()})
	return false
}

// inTraining refuses a class that graduates before the plan begins, as far as
// that can be known.
func (h *Hiring) inTraining(r document.Reader, month calendar.Month, c calendar.Calendar) bool {
	length := h.TrainingMonths
	if c.Start == 0 || length.Line != "" || month.Add(int(length.Value)) >= c.Start {
		return true
	}
	r.Fail("capacity.class_graduated", problem.Args{"month": month.String()})
	return false
}

// readPlanner reads how classes are planned.
func (h *Hiring) readPlanner(r document.Reader, c calendar.Calendar) {
	h.Planned = r.Field("planned").Bool()
	if !h.Planned {
		for _, name := range plannerFields {
			if field := r.Field(name); field.Present() {
				field.Fail("capacity.hiring_unplanned", problem.Args{"field": name})
			}
		}
		return
	}
	r.Field("required").Require()
	if earliest := r.Field("earliest_class"); earliest.Present() {
		h.Earliest = readClassMonth(earliest, c)
	}
	h.ClassMin = readParam(r.Field("class_min"), classLimitRange, h.ClassMin)
	h.ClassMax = readParam(r.Field("class_max"), classLimitRange, h.ClassMax)
	h.Notice = readWhole(r.Field("notice_months"), noticeRange, h.Notice)
	h.Noticed = r.Field("notice_months").Present()
	if h.ClassMin.Line == "" && h.ClassMax.Line == "" && CeilTol(h.ClassMin.Value) > math.Floor(h.ClassMax.Value) {
		r.Field("class_min").Fail("capacity.class_bounds", problem.Args{
			"min": number(h.ClassMin.Value), "max": number(h.ClassMax.Value),
		})
	}
}

// readClassMonth reads a month of the plan or before it.
func readClassMonth(r document.Reader, c calendar.Calendar) calendar.Month {
	text := r.String()
	month, ok := calendar.Parse(text)
	if !ok {
		if text != "" {
			r.Fail("shape.month", problem.Args{"got": text})
		}
		return 0
	}
	if last := c.Month(c.Months - 1); c.Start != 0 && month > last {
		r.Fail("capacity.class_outside", problem.Args{"month": text, "last": last.String()})
		return 0
	}
	return month
}
