package capacity

import (
	"errors"
	"strconv"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// ReadPolicy reads a staffing policy, whose fields are named as in Settings.
// Only target and within_s must be there. Any number may be the code of a line
// instead. What this package cannot reckon with yet, such as patience, is
// refused rather than left out of account.
func ReadPolicy(r document.Reader) Policy {
	p := DefaultPolicy()
	if !r.Require().Present() {
		return p
	}
	r.Fields("interval_min", "profile", "day_factors", "holiday_factor", "open", "target", "within_s", "basis",
		"max_occupancy", "max_wait_s", "max_abandon", "patience_s", "concurrency", "shrinkage",
		"schedule_efficiency", "paid_hours", "minimum_agents", "model")
	r.Field("day_factors").Fields("mon", "tue", "wed", "thu", "fri", "sat", "sun")
	r.Field("profile").Fields("weekday", "weekend")
	refuseUnsupported(r)

	r.Field("target").Require()
	r.Field("within_s").Require()
	for i, param := range p.each() {
		at := r
		for _, part := range rules[i].parts {
			at = at.Field(part)
		}
		*param = readParam(at, rules[i].limits, *param)
	}
	p.Weekday = readProfile(r.Field("profile").Field("weekday"))
	p.Weekend = readProfile(r.Field("profile").Field("weekend"))
	p.Opening = readOpening(r.Field("open"))
	checkShape(r, p)
	return p
}

// refuseUnsupported refuses what changes the result but is not reckoned yet.
func refuseUnsupported(r document.Reader) {
	for _, name := range []string{"patience_s", "max_abandon", "concurrency"} {
		if field := r.Field(name); field.Present() {
			field.Fail("capacity.unsupported_field", problem.Args{"field": name})
		}
	}
	if model := r.Field("model"); model.OneOf("erlang_c", "erlang_a") != "erlang_c" {
		model.Fail("capacity.unsupported_model", problem.Args{"model": "erlang_a"})
	}
	basis := r.Field("basis")
	if got := basis.OneOf("sl_offered", "sl_answered", "sl_incl_ab", "sl_excl_short"); got != "sl_offered" {
		basis.Fail("capacity.unsupported_basis", problem.Args{"basis": got})
	}
}

func readParam(r document.Reader, within limits, fallback Param) Param {
	return ReadParam(r, within.check, fallback)
}

// ReadParam reads a number that passes the check, or the code of a line, whose
// values are checked when they are known. The fallback is what is not there or
// cannot be read.
func ReadParam(r document.Reader, check func(float64) error, fallback Param) Param {
	if !r.Present() {
		return fallback
	}
	if _, isText := r.Node().(string); isText {
		code := r.String()
		if code == "" {
			r.Fail("capacity.line_empty", nil)
			return fallback
		}
		return Param{Line: code}
	}
	faults := len(r.Problems())
	value := r.Number(fallback.Value)
	if len(r.Problems()) > faults {
		return fallback
	}
	if err := check(value); err != nil {
		fail(r, err)
		return fallback
	}
	return Param{Value: value}
}

func readProfile(r document.Reader) []Param {
	var weights []Param
	for _, item := range r.Items() {
		weights = append(weights, readParam(item.Require(), weightRange, Param{}))
	}
	return weights
}

// readOpening reads ["08:00", "22:00"]; the whole day when missing.
func readOpening(r document.Reader) Opening {
	allDay := Opening{OpenTo: minutesPerDay}
	if !r.Present() {
		return allDay
	}
	times := r.Strings()
	if len(times) == 2 {
		from, okFrom := minutes(times[0])
		to, okTo := minutes(times[1])
		if okFrom && okTo {
			return Opening{OpenFrom: from, OpenTo: to}
		}
	}
	r.Fail("capacity.open_shape", nil)
	return allDay
}

// minutes reads "08:30" as minutes from midnight; "24:00" is the day's end.
func minutes(clock string) (int, bool) {
	if len(clock) != len("08:30") || clock[2] != ':' {
		return 0, false
	}
	hour, errHour := strconv.ParseUint(clock[:2], 10, 8)
	minute, errMinute := strconv.ParseUint(clock[3:], 10, 8)
	total := int(hour)*60 + int(minute)
	return total, errHour == nil && errMinute == nil && minute < 60 && total <= minutesPerDay
}

// checkShape refuses profiles and hours that do not fit the interval, as far as
// that is a number.
func checkShape(r document.Reader, p Policy) {
	if p.IntervalMin.Line != "" {
		return
	}
	interval := p.IntervalMin.Value
	if err := checkInterval(interval); err != nil {
		fail(r.Field("interval_min"), err)
		return
	}
	for _, profile := range []struct {
		name    string
		weights []Param
	}{{"weekday", p.Weekday}, {"weekend", p.Weekend}} {
		if err := checkLength(len(profile.weights), interval); err != nil {
			fail(r.Field("profile").Field(profile.name), err)
		}
	}
	if err := p.Opening.check(interval); err != nil {
		fail(r.Field("open"), err)
	}
}

// fail records a problem at the reader's place.
func fail(r document.Reader, err error) {
	if p, ok := errors.AsType[problem.Problem](err); ok {
		r.Fail(p.Key, p.Args)
	}
}
