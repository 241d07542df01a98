package capacity

import (
	"errors"
	"slices"
	"strconv"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// ReadPolicy reads a staffing policy, whose fields are named as in Settings.
// Only target and within_s must be there, and patience_s under Erlang A. Any
// number may be the code of a line instead.
func ReadPolicy(r document.Reader) Policy {
	p := DefaultPolicy()
	if !r.Require().Present() {
		return p
	}
	r.Fields("interval_min", "profile", "day_factors", "holiday_factor", "open", "target", "within_s", "basis",
		"max_occupancy", "max_wait_s", "max_abandon", "patience_s", "concurrency", "concurrency_method",
		"shrinkage", "schedule_efficiency", "paid_hours", "minimum_agents", "model")
	r.Field("day_factors").Fields("mon", "tue", "wed", "thu", "fri", "sat", "sun")
	r.Field("profile").Fields("weekday", "weekend")
	p.Reckoning = readReckoning(r)

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

// readReckoning reads the model, the basis and the way to count chats.
func readReckoning(r document.Reader) Reckoning {
	var by Reckoning
	if r.Field("model").OneOf("erlang_c", "erlang_a") == "erlang_a" {
		by.Model = ErlangAModel
		if patience := r.Field("patience_s"); !patience.Present() {
			patience.Fail("capacity.patience_missing", nil)
		}
	}
	by.Basis = Basis(max(0, slices.Index(Bases(), r.Field("basis").OneOf(Bases()...))))
	by.Chats = ChatMethod(max(0, slices.Index(ChatMethods(), r.Field("concurrency_method").OneOf(ChatMethods()...))))
	return by
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

// checkShape refuses numbers that do not fit each other: profiles and hours
// that do not fit the interval, and more contacts at once than there is a
// factor for, as far as they are numbers.
func checkShape(r document.Reader, p Policy) {
	if p.Chats == ByFactor && p.Concurrency.Line == "" {
		if _, err := concurrencyFactor(p.Concurrency.Value); err != nil {
			fail(r.Field("concurrency"), err)
		}
	}
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
