package capacity

import "math"

// A Prepared is a policy made ready to be used month after month: what it takes
// from lines is found by place instead of by code, and what does not vary is
// worked out once. It is immutable and safe for concurrent use.
type Prepared struct {
	fixed Staffing // NaN where a line's value belongs
	lines []string
	uses  []Use
	// The places that take the values of lines.
	single           []taken // of Settings.each
	weekday, weekend []taken
}

// A taken is a place that takes a line's value.
type taken struct {
	place, line int
}

// Prepare makes the policy ready.
func (p Policy) Prepare() *Prepared {
	ready := &Prepared{lines: p.Lines(), uses: p.Uses()}
	at := make(map[string]int, len(ready.lines))
	for i, code := range ready.lines {
		at[code] = i
	}
	value := func(param Param, place int, taking *[]taken) float64 {
		if param.Line == "" {
			return param.Value
		}
		*taking = append(*taking, taken{place: place, line: at[param.Line]})
		return math.NaN()
	}
	profile := func(params []Param, taking *[]taken) []float64 {
		if len(params) == 0 {
			return nil
		}
		weights := make([]float64, len(params))
		for i, param := range params {
			weights[i] = value(param, i, taking)
		}
		return weights
	}
	st := Staffing{Opening: p.Opening, Reckoning: p.Reckoning, CalendarHours: p.PaidHours == Param{}}
	from, to := p.each(), st.each()
	for i := range from {
		*to[i] = value(*from[i], i, &ready.single)
	}
	st.Weekday = profile(p.Weekday, &ready.weekday)
	st.Weekend = profile(p.Weekend, &ready.weekend)
	shaped := len(ready.weekday) + len(ready.weekend)
	for _, take := range ready.single {
		if take.place < patternNumbers {
			shaped++
		}
	}
	if shaped == 0 {
		st.pattern = newPattern(&st)
	}
	ready.fixed = st
	return ready
}

// Lines returns the codes of the lines it takes values from, each once, in
// alphabetical order. Do not write to it.
func (p *Prepared) Lines() []string { return p.lines }

// Uses returns the numbers that name lines, as Policy.Uses does. Do not write to
// it.
func (p *Prepared) Uses() []Use { return p.uses }

// Staffing returns the policy with the values of its lines put in, in the order
// of Lines. A value that is not a number is refused when the staffing is used.
// Its slices are shared: do not change them.
func (p *Prepared) Staffing(values []float64) Staffing {
	st := p.fixed
	if len(p.single) > 0 {
		to := st.each()
		for _, take := range p.single {
			*to[take.place] = values[take.line]
		}
	}
	st.Weekday = put(st.Weekday, p.weekday, values)
	st.Weekend = put(st.Weekend, p.weekend, values)
	return st
}

// put returns the weights with the values in their places.
func put(weights []float64, places []taken, values []float64) []float64 {
	if len(places) == 0 {
		return weights
	}
	filled := append([]float64(nil), weights...)
	for _, take := range places {
		filled[take.place] = values[take.line]
	}
	return filled
}
