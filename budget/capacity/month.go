package capacity

import "math"

// A sizing turns the loads of a month's intervals into agents.
type sizing struct {
	search
	slots    float64 // contacts that an agent has at once
	minimum  float64 // whole
	interval float64 // minutes
	target   float64
	within   float64 // seconds
}

// newSizing returns the sizing of a month whose handle time is above 0, unless
// there are no contacts.
func newSizing(st *Staffing, aht float64) sizing {
	z := sizing{
		slots: st.Concurrency, minimum: CeilTol(st.MinimumAgents), interval: st.IntervalMin,
		target: st.Target, within: st.WithinS,
	}
	if st.Concurrency != 1 && st.Chats == ByFactor {
		factor, _ := concurrencyFactor(st.Concurrency) // checked with the staffing
		z.slots, aht = 1, aht/factor
	}
	z.search = newSearch(st.goal(), aht)
	return z
}

// agents returns the agents that a load needs, whole ones.
func (z *sizing) agents(load float64) float64 {
	n := z.least(load)
	if z.slots != 1 {
		n = CeilTol(n / z.slots)
	}
	return max(n, z.minimum)
}

// queue returns the queue of a load at so many agents.
func (z *sizing) queue(load, agents float64) Queue {
	return z.goal.queue(load, agents*z.slots, z.aht)
}

// level returns the service level of a load at so many agents, to 1e-13.
func (z *sizing) level(load, agents float64) float64 {
	const shown = 1e-13
	n := agents * z.slots
	switch {
	case z.goal.impatient():
		return z.queue(load, agents).ServiceLevelOn(z.goal.Basis, z.within)
	case n <= load:
		return 0
	}
	late := math.Exp(-(n - load) * z.search.within) // of those that wait
	if late < shown {
		return 1
	}
	return 1 - float64(late*waitShare(load, n, roughInverseB(load, n, shown/late)))
}

// binding returns what makes the last of a load's agents necessary.
func (z *sizing) binding(load, agents float64) Binding {
	n := z.least(load)
	if CeilTol(n/z.slots) < z.minimum || n == 0 && agents > 0 {
		return BindingMinimum
	}
	return z.search.binding(load, n)
}

// load returns the load of one of a part's intervals.
func (z *sizing) load(p *part, volume float64) (calls, erlangs float64) {
	calls = volume * p.dayShare * p.share
	return calls, load(calls, z.interval, z.aht)
}

// A month is a month to be sized: its contacts and how they arrive.
type month struct {
	sizing
	*spread
	volume float64
}

// check refuses contacts that can arrive nowhere, and loads beyond the limits.
func (m *month) check() error {
	if m.volume == 0 {
		return nil
	}
	if !m.open {
		return refuse("capacity.no_arrivals", nil)
	}
	_, most := m.load(&m.parts[len(m.parts)-1], m.volume)
	return searchable(most, m.goal)
}

// staff adds up the agents. Where need is not nil it is filled with those of
// each part.
func (m *month) staff(need []float64) (hours float64, peak int) {
	most := 0.0
	for i := range m.parts {
		p := &m.parts[i]
		_, load := m.sizing.load(p, m.volume)
		n := m.agents(load)
		if need != nil {
			need[i] = n
		}
		hours += float64(p.intervals*n) * (m.interval / 60)
		most = max(most, n)
	}
	return hours, int(most)
}

// binding returns the constraint that binds in most agent-hours.
func (m *month) binding(need []float64) Binding {
	var hours [bindings]float64
	for i := range m.parts {
		p := &m.parts[i]
		_, load := m.sizing.load(p, m.volume)
		hours[m.sizing.binding(load, need[i])] += float64(p.intervals * need[i])
	}
	most := BindingNone
	for binding := range hours {
		if hours[binding] > hours[most] {
			most = Binding(binding)
		}
	}
	return most
}

// level returns the service level where every interval has ratio times the
// agents it needs.
func (m *month) level(need []float64, ratio float64) float64 {
	var level, contacts float64
	for i := range m.parts {
		p := &m.parts[i]
		calls, load := m.sizing.load(p, m.volume)
		if load == 0 {
			continue
		}
		weight := p.intervals * calls
		contacts += weight
		level += float64(weight * m.sizing.level(load, need[i]*ratio))
	}
	if contacts == 0 {
		return 1
	}
	return level / contacts
}

// service adds up how the contacts fare where every interval has ratio times
// the agents it needs.
func (m *month) service(need []float64, ratio float64) Service {
	const noise = 1e-9 // a target met exactly is met
	var s Service
	worst := -1
	var contacts, busy, staffed, intervals float64
	for i := range m.parts {
		p := &m.parts[i]
		calls, load := m.sizing.load(p, m.volume)
		agents := need[i] * ratio
		staffed += float64(p.intervals * agents)
		if load == 0 {
			continue
		}
		q := m.queue(load, agents)
		weight := p.intervals * calls
		level := m.sizing.level(load, agents)
		contacts += weight
		s.ServiceLevel += float64(weight * level)
		s.Abandonment += float64(weight * q.lost)
		s.AnswerSpeed += float64(weight * q.AnswerSpeed())
		busy += float64(p.intervals * min(load*q.answered, q.agents))
		intervals += p.intervals
		if level >= m.target-noise {
			s.Meeting += p.intervals
		}
		if !q.Stable() {
			s.Overloaded += weight
		}
		if worst < 0 || level < s.Worst.ServiceLevel || level == s.Worst.ServiceLevel && p.place < worst {
			worst = p.place
			s.Worst = Interval{Day: p.day, Minute: p.minute, Agents: agents, ServiceLevel: level}
		}
	}
	if contacts == 0 {
		return Service{ServiceLevel: 1, Meeting: 1, Worst: Interval{ServiceLevel: 1}}
	}
	s.ServiceLevel /= contacts
	s.Abandonment /= contacts
	s.Overloaded /= contacts
	s.Meeting /= intervals
	s.AnswerSpeed /= contacts
	if staffed > 0 {
		s.Occupancy = busy / (staffed * m.slots)
	}
	return s
}
