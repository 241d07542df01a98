package capacity

import (
	"math"
	"sync"

	"centerplan/budget/calendar"
)

// A Sizer sizes months by their intervals and remembers what it has sized, so
// that equal months of any scenario cost nothing the second time. It may be
// used from several goroutines at once; what it answers depends on the
// arguments alone.
type Sizer struct {
	mu      sync.RWMutex
	spreads map[spreadKey]*spread
	// What is remembered of results; nil in a sizer that forgets.
	needs  map[monthKey]Need
	months map[monthKey]MonthSize
	levels map[levelKey]float64
	fares  map[levelKey]Service

	lent sync.Pool // of *[]float64
}

// NewSizer returns a sizer that remembers nothing yet.
func NewSizer() *Sizer {
	s := NewForgetfulSizer()
	s.needs, s.months = map[monthKey]Need{}, map[monthKey]MonthSize{}
	s.levels, s.fares = map[levelKey]float64{}, map[levelKey]Service{}
	return s
}

// NewForgetfulSizer returns a sizer that never remembers a result, for
// simulations, where no month comes twice. It answers as any other does.
func NewForgetfulSizer() *Sizer { return &Sizer{spreads: map[spreadKey]*spread{}} }

// remembered is how many results of a kind a sizer keeps before it starts
// afresh.
const remembered = 1 << 14

// A Need is the people that a month needs.
type Need struct {
	// FTE are full-timers: AgentHours over what one of them brings after
	// shrinkage and schedule efficiency.
	FTE float64
	// AgentHours are the staffed hours of all intervals, PeakAgents the agents of
	// the fullest one.
	AgentHours float64
	PeakAgents int
}

// A MonthSize is the staff a month needs, with what comes of it.
type MonthSize struct {
	Need
	// Binding is the constraint that binds in most agent-hours.
	Binding Binding
	// Service is what so many agents give.
	Service
}

// A Service is how contacts of a month fare.
type Service struct {
	// ServiceLevel is the service level on the policy's basis, weighted by the
	// contacts; 1 where there are none.
	ServiceLevel float64
	// AnswerSpeed is the mean wait in seconds of the contacts answered, by
	// interval and weighted by its contacts; +Inf where an interval is
	// overloaded or has none to answer.
	AnswerSpeed float64
	// Abandonment is the share of contacts that give up; 0 under Erlang C.
	Abandonment float64
	// Occupancy is the share of staffed time, or of the contacts that agents
	// could have at once, spent on contacts.
	Occupancy float64
	// Meeting is the share of intervals with contacts that reach the target; 1
	// where there are none.
	Meeting float64
	// Overloaded is the share of contacts that arrive in intervals whose queue
	// grows without end. There are none where contacts give up.
	Overloaded float64
	// Worst is the interval with the lowest service level, the first of equals
	// in the order of a week, ordinary days before holidays and those before
	// make-up workdays.
	Worst Interval
}

// Unanswered returns a problem where contacts wait without end, so that there is
// no answer speed.
func (s Service) Unanswered() error {
	if !math.IsInf(s.AnswerSpeed, 1) {
		return nil
	}
	return refuse("capacity.unanswered", nil)
}

// An Interval is one of those a kind of day has.
type Interval struct {
	Day calendar.Day
	// Minute is when it begins, from midnight.
	Minute       int
	Agents       float64
	ServiceLevel float64
}

// Month sizes a month of so many contacts of aht seconds each. PaidHours is
// what a full-timer is paid for by the calendar; it counts where the policy has
// no hours of its own.
//
// The month's contacts spread over its days by their factors, and over a day's
// open intervals by its profile. A day whose open weights are all zero gets no
// contacts. The minimum of agents holds in every open interval of every day.
func (s *Sizer) Month(st Staffing, days []calendar.Day, volume, aht, paidHours float64) (MonthSize, error) {
	j, err := s.job(&st, days, volume, aht, paidHours)
	if err != nil {
		return MonthSize{}, err
	}
	size, known := lookUp(s, s.months, j.key)
	if !known {
		m := j.month(&st, volume, aht)
		if err := m.check(); err != nil {
			return MonthSize{}, err
		}
		need := s.borrow(len(m.parts))
		defer s.lent.Put(need)
		size.AgentHours, size.PeakAgents = m.staff(*need)
		size.Service = m.service(*need, 1)
		size.Binding = m.binding(*need)
		store(s, s.months, j.key, size)
	}
	size.FTE = size.AgentHours / j.hours
	return size, nil
}

// Need is Month without what comes of the staff, and much quicker.
func (s *Sizer) Need(st Staffing, days []calendar.Day, volume, aht, paidHours float64) (Need, error) {
	j, err := s.job(&st, days, volume, aht, paidHours)
	if err != nil {
		return Need{}, err
	}
	size, known := lookUp(s, s.needs, j.key)
	if !known {
		m := j.month(&st, volume, aht)
		if err := m.check(); err != nil {
			return Need{}, err
		}
		size.AgentHours, size.PeakAgents = m.staff(nil)
		store(s, s.needs, j.key, size)
	}
	size.FTE = size.AgentHours / j.hours
	return size, nil
}

// Achieved returns how the contacts fare with so many full-timers instead of
// those the month needs: every interval has its required agents × fte ÷
// required fte. Agents are then fractional, and the queue is continued between
// whole ones (see Queue). Where no agents are needed the service is perfect.
func (s *Sizer) Achieved(st Staffing, days []calendar.Day, volume, aht, paidHours, fte float64) (Service, error) {
	j, err := s.job(&st, days, volume, aht, paidHours)
	if err != nil {
		return Service{}, err
	}
	key := levelKey{monthKey: j.key, fte: fte, hours: j.hours}
	service, known := lookUp(s, s.fares, key)
	if known {
		return service, nil
	}
	m, need, ratio, err := s.achieve(&j, &st, volume, aht, fte)
	if err != nil {
		return Service{}, err
	}
	defer s.lent.Put(need)
	service = m.service(*need, ratio)
	store(s, s.fares, key, service)
	return service, nil
}

// AchievedLevel is the service level of Achieved, on the policy's basis.
func (s *Sizer) AchievedLevel(st Staffing, days []calendar.Day, volume, aht, paidHours, fte float64) (float64, error) {
	j, err := s.job(&st, days, volume, aht, paidHours)
	if err != nil {
		return 0, err
	}
	key := levelKey{monthKey: j.key, fte: fte, hours: j.hours}
	level, known := lookUp(s, s.levels, key)
	if known {
		return level, nil
	}
	m, need, ratio, err := s.achieve(&j, &st, volume, aht, fte)
	if err != nil {
		return 0, err
	}
	defer s.lent.Put(need)
	level = m.level(*need, ratio)
	store(s, s.levels, key, level)
	return level, nil
}

// achieve sizes a month and returns it with the agents its parts need, which
// the caller gives back, and what the full-timers are of those needed.
func (s *Sizer) achieve(j *job, st *Staffing, volume, aht, fte float64) (m month, need *[]float64, ratio float64, err error) {
	if err := fteRange.check(fte); err != nil {
		return month{}, nil, 0, err
	}
	m = j.month(st, volume, aht)
	if err := m.check(); err != nil {
		return month{}, nil, 0, err
	}
	need = s.borrow(len(m.parts))
	hours, _ := m.staff(*need)
	ratio = 1
	if required := hours / j.hours; required > 0 && fte != required {
		ratio = fte / required
	}
	return m, need, ratio, nil
}

// borrow returns a slice of n numbers to be put back into s.lent.
func (s *Sizer) borrow(n int) *[]float64 {
	need, ok := s.lent.Get().(*[]float64)
	if !ok || cap(*need) < n {
		fresh := make([]float64, n)
		need = &fresh
	}
	*need = (*need)[:n]
	return need
}

// A job is a month to be sized, checked.
type job struct {
	key    monthKey
	spread *spread
	hours  float64 // that a full-timer brings
}

// job checks the arguments.
func (s *Sizer) job(st *Staffing, days []calendar.Day, volume, aht, paidHours float64) (job, error) {
	if err := firstFault(st.Check(), callRange.check(volume)); err != nil {
		return job{}, err
	}
	ahtRange := monthAHT
	if volume == 0 {
		ahtRange = durationRange
	}
	if !st.CalendarHours {
		paidHours = st.PaidHours
	}
	if err := firstFault(ahtRange.check(aht), paidHoursRange.check(paidHours)); err != nil {
		return job{}, err
	}
	p := st.pattern
	if p == nil {
		p = newPattern(st)
	}
	counts := countDays(days)
	j := job{
		key: monthKey{
			spreadKey: spreadKey{pattern: p.id, days: counts}, goal: st.goal(), minimum: st.MinimumAgents,
			concurrency: st.Concurrency, chats: st.Chats, volume: volume, aht: aht,
		},
		spread: s.spread(p, counts),
		hours:  paidHours * (1 - st.Shrinkage) * st.ScheduleEfficiency,
	}
	return j, nil
}

func (j *job) month(st *Staffing, volume, aht float64) month {
	return month{sizing: newSizing(st, aht), spread: j.spread, volume: volume}
}

// A spreadKey is all that the spread of a month's contacts depends on.
type spreadKey struct {
	pattern patternID
	days    dayCounts
}

// A monthKey is all that the agents of a month depend on. Shrinkage, schedule
// efficiency and paid hours come after them.
type monthKey struct {
	spreadKey
	goal    Goal
	minimum float64

	concurrency, volume, aht float64
	chats                    ChatMethod
}

// A levelKey adds the staff: full-timers, and the hours that one of them brings.
type levelKey struct {
	monthKey
	fte, hours float64
}

// spread returns how contacts arrive over the days.
func (s *Sizer) spread(p *pattern, days dayCounts) *spread {
	key := spreadKey{pattern: p.id, days: days}
	s.mu.RLock()
	found, known := s.spreads[key]
	s.mu.RUnlock()
	if known {
		return found
	}
	found = p.spread(days)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.spreads) >= remembered/64 {
		clear(s.spreads)
	}
	s.spreads[key] = found
	return found
}

func lookUp[K comparable, V any](s *Sizer, memo map[K]V, key K) (V, bool) {
	if memo == nil {
		var none V
		return none, false
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, ok := memo[key]
	return value, ok
}

func store[K comparable, V any](s *Sizer, memo map[K]V, key K, value V) {
	if memo == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(memo) >= remembered {
		clear(memo)
	}
	memo[key] = value
}
