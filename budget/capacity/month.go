package capacity

import (
	"centerplan/budget/calendar"
)

// A cell stands for the intervals of a month that are alike: same contacts,
// same agents.
type cell struct {
	intervals float64 // how many of them
	calls     float64 // in each
	queue     Queue   // at the agents each needs
	binding   Binding
	day       calendar.Day // the first of them
	minute    int
}

// A dayShape is a group of days whose contacts arrive alike.
type dayShape struct {
	day     calendar.Day // the first of them
	days    int
	factor  float64
	weights []float64 // of the open intervals
	sum     float64
}

// cellsOf returns the open intervals of a month with the agents each needs, in
// the order of the week.
func cellsOf(st Staffing, counts dayCounts, volume, aht float64) ([]cell, error) {
	shapes := shapesOf(st, counts)
	total := 0.0
	for _, shape := range shapes {
		if shape.sum > 0 {
			total += float64(float64(shape.days) * shape.factor)
		}
	}
	if total == 0 && volume > 0 {
		return nil, refuse("capacity.no_arrivals", nil)
	}
	var cells []cell
	for _, shape := range shapes {
		dayVolume := 0.0
		if shape.sum > 0 && volume > 0 {
			dayVolume = volume * (shape.factor / total)
		}
		var err error
		if cells, err = appendDay(cells, st, shape, dayVolume, aht); err != nil {
			return nil, err
		}
	}
	return cells, nil
}

// shapesOf groups the days by profile and factor.
func shapesOf(st Staffing, counts dayCounts) []dayShape {
	weekday := openWeights(st, st.Weekday)
	weekend := weekday
	if len(st.Weekend) > 0 {
		weekend = openWeights(st, st.Weekend)
	}
	var shapes []dayShape
	var atWeekend []bool
next:
	for kind, days := range counts {
		if days == 0 {
			continue
		}
		day := dayOfKind(kind)
		shape := dayShape{day: day, days: days, factor: st.DayFactors[day.Weekday], weights: weekday}
		if day.WeekendProfile() {
			shape.weights = weekend
		}
		if day.Holiday {
			shape.factor *= st.HolidayFactor
		}
		for i := range shapes {
			if shapes[i].factor == shape.factor && atWeekend[i] == day.WeekendProfile() {
				shapes[i].days += days
				continue next
			}
		}
		for _, weight := range shape.weights {
			shape.sum += weight
		}
		shapes = append(shapes, shape)
		atWeekend = append(atWeekend, day.WeekendProfile())
	}
	return shapes
}

// openWeights returns the weights of the open intervals, even ones where there
// is no profile.
func openWeights(st Staffing, profile []float64) []float64 {
	step := int(st.IntervalMin)
	first, end := st.OpenFrom/step, st.OpenTo/step
	if len(profile) > 0 {
		return profile[first:end]
	}
	even := make([]float64, end-first)
	for i := range even {
		even[i] = 1
	}
	return even
}

// appendDay adds the open intervals of the days of one shape, equal ones once.
func appendDay(cells []cell, st Staffing, shape dayShape, volume, aht float64) ([]cell, error) {
	goal := st.goal()
	first := len(cells)
	firstWeight := make([]float64, 0, len(shape.weights))
next:
	for i, weight := range shape.weights {
		for j, known := range firstWeight {
			if known == weight {
				cells[first+j].intervals += float64(shape.days)
				continue next
			}
		}
		c := cell{intervals: float64(shape.days), day: shape.day, minute: st.OpenFrom + i*int(st.IntervalMin)}
		if volume > 0 {
			c.calls = volume * (weight / shape.sum)
		}
		load := load(c.calls, st.IntervalMin, aht)
		if err := searchable(load, goal); err != nil {
			return nil, err
		}
		c.queue, c.binding = wholeAgents(load, aht, goal)
		cells = append(cells, c)
		firstWeight = append(firstWeight, weight)
	}
	return cells, nil
}

// sizeOf adds the intervals up, FTE left out.
func sizeOf(cells []cell, st Staffing) MonthSize {
	size := MonthSize{Service: serviceOf(cells, st, 1)}
	var hours [bindings]float64
	for _, c := range cells {
		here := float64(c.intervals*c.queue.agents) * (st.IntervalMin / 60)
		size.AgentHours += here
		size.PeakAgents = max(size.PeakAgents, int(c.queue.agents))
		hours[c.binding] += here
	}
	for binding, most := range hours {
		if most > hours[size.Binding] {
			size.Binding = Binding(binding)
		}
	}
	return size
}

// serviceOf adds up how the contacts fare when every interval has ratio times
// the agents it needs.
func serviceOf(cells []cell, st Staffing, ratio float64) Service {
	const noise = 1e-9 // a target met exactly is met
	var s Service
	var calls, busy, staffed, intervals float64
	for _, c := range cells {
		q := c.queue
		if ratio != 1 {
			q = newQueue(q.load, q.agents*ratio, q.aht)
		}
		staffed += float64(c.intervals * q.agents)
		if q.load == 0 {
			continue
		}
		weight := c.intervals * c.calls
		level := q.ServiceLevel(st.WithinS)
		calls += weight
		busy += float64(c.intervals * min(q.load, q.agents))
		intervals += c.intervals
		s.ServiceLevel += float64(weight * level)
		s.AnswerSpeed += float64(weight * q.AnswerSpeed())
		if level >= st.Target-noise {
			s.Meeting += c.intervals
		}
		if !q.Stable() {
			s.Overloaded += weight
		}
		if intervals == c.intervals || level < s.Worst.ServiceLevel {
			s.Worst = Interval{Day: c.day, Minute: c.minute, Agents: q.agents, ServiceLevel: level}
		}
	}
	if calls == 0 {
		return Service{ServiceLevel: 1, Meeting: 1, Worst: Interval{ServiceLevel: 1}}
	}
	s.ServiceLevel /= calls
	s.AnswerSpeed /= calls
	s.Overloaded /= calls
	s.Meeting /= intervals
	if staffed > 0 {
		s.Occupancy = busy / staffed
	}
	return s
}
