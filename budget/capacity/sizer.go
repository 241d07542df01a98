package capacity

import (
	"encoding/binary"
	"math"
	"sync"

	"centerplan/budget/calendar"
)

// A Sizer sizes months by their intervals and remembers what it has sized, so
// that equal months of any scenario cost nothing the second time. It may be
// used from several goroutines at once; what it answers depends on the
// arguments alone.
type Sizer struct {
	mu       sync.Mutex
	profiles map[string]string // one copy of each profile, for the keys
	months   map[monthKey]MonthSize
	services map[serviceKey]Service
}

// NewSizer returns a sizer that remembers nothing yet.
func NewSizer() *Sizer {
	return &Sizer{
		profiles: map[string]string{}, months: map[monthKey]MonthSize{}, services: map[serviceKey]Service{},
	}
}

// remembered is how many results a sizer keeps before it starts afresh.
const remembered = 1 << 14

// A MonthSize is the staff a month needs.
type MonthSize struct {
	// FTE are full-timers: AgentHours over what one of them brings after
	// shrinkage and schedule efficiency.
	FTE float64
	// AgentHours are the staffed hours of all intervals, PeakAgents the agents of
	// the fullest one.
	AgentHours float64
	PeakAgents int
	// Binding is the constraint that binds in most agent-hours.
	Binding Binding
	// Service is what so many agents give.
	Service
}

// A Service is how contacts of a month fare.
type Service struct {
	// ServiceLevel is the share of contacts answered in time, over all of them;
	// 1 where there are none.
	ServiceLevel float64
	// AnswerSpeed is the mean wait in seconds over all contacts; +Inf where an
	// interval is overloaded.
	AnswerSpeed float64
	// Occupancy is the share of staffed time spent on contacts.
	Occupancy float64
	// Meeting is the share of intervals with contacts that reach the target; 1
	// where there are none.
	Meeting float64
	// Overloaded is the share of contacts that arrive in intervals whose load is
	// not below the agents.
	Overloaded float64
	// Worst is the interval with the lowest service level, the first of equals
	// in the order of a week, ordinary days before holidays and those before
	// make-up workdays.
	Worst Interval
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
	hours, err := prepare(st, volume, aht, paidHours)
	if err != nil {
		return MonthSize{}, err
	}
	key := s.key(st, days, volume, aht)
	size, known := lookUp(s, s.months, key)
	if !known {
		cells, err := cellsOf(st, key.days, volume, aht)
		if err != nil {
			return MonthSize{}, err
		}
		size = sizeOf(cells, st)
		store(s, s.months, key, size)
	}
	size.FTE = size.AgentHours / hours
	return size, nil
}

// Achieved returns how the contacts fare with so many full-timers instead of
// those the month needs: every interval has its required agents × fte ÷
// required fte. Agents are then fractional, and the queue is continued between
// whole ones (see Queue). Where no agents are needed the service is perfect.
func (s *Sizer) Achieved(st Staffing, days []calendar.Day, volume, aht, paidHours, fte float64) (Service, error) {
	if err := fteRange.check(fte); err != nil {
		return Service{}, err
	}
	size, err := s.Month(st, days, volume, aht, paidHours)
	if err != nil || fte == size.FTE {
		return size.Service, err
	}
	ratio := 1.0
	if size.FTE > 0 {
		ratio = fte / size.FTE
	}
	key := serviceKey{monthKey: s.key(st, days, volume, aht), ratio: ratio}
	service, known := lookUp(s, s.services, key)
	if !known {
		cells, err := cellsOf(st, key.days, volume, aht)
		if err != nil {
			return Service{}, err
		}
		service = serviceOf(cells, st, ratio)
		store(s, s.services, key, service)
	}
	return service, nil
}

// prepare checks the arguments and returns the hours a full-timer brings.
func prepare(st Staffing, volume, aht, paidHours float64) (float64, error) {
	if err := firstFault(st.Check(), callRange.check(volume)); err != nil {
		return 0, err
	}
	ahtRange := monthAHT
	if volume == 0 {
		ahtRange = durationRange
	}
	if !st.CalendarHours {
		paidHours = st.PaidHours
	}
	if err := firstFault(ahtRange.check(aht), paidHoursRange.check(paidHours)); err != nil {
		return 0, err
	}
	return paidHours * (1 - st.Shrinkage) * st.ScheduleEfficiency, nil
}

// dayKinds is how many kinds of day there are: a day of the week, on which is a
// holiday or not, made up for or not.
const dayKinds = 7 * 3

// dayCounts says how many days of each kind a month has.
type dayCounts [dayKinds]int

func countDays(days []calendar.Day) dayCounts {
	var counts dayCounts
	for _, day := range days {
		kind := int(day.Weekday)
		switch {
		case day.Holiday:
			kind += 7
		case day.MakeUp:
			kind += 14
		}
		counts[kind]++
	}
	return counts
}

// dayOfKind is the day countDays counts under the kind.
func dayOfKind(kind int) calendar.Day {
	return calendar.Day{
		Weekday: calendar.Weekday(kind % 7), Holiday: kind/7 == 1, MakeUp: kind/7 == 2,
	}
}

// A monthKey is all that the agents of a month depend on. Shrinkage, schedule
// efficiency and paid hours come after them.
type monthKey struct {
	days    dayCounts
	profile string
	opening Opening
	factors [8]float64
	goal    Goal

	interval, volume, aht float64
}

type serviceKey struct {
	monthKey
	ratio float64
}

func (s *Sizer) key(st Staffing, days []calendar.Day, volume, aht float64) monthKey {
	text := make([]byte, 0, 8*(len(st.Weekday)+len(st.Weekend))+1)
	for _, weight := range st.Weekday {
		text = binary.LittleEndian.AppendUint64(text, math.Float64bits(weight))
	}
	text = append(text, '|')
	for _, weight := range st.Weekend {
		text = binary.LittleEndian.AppendUint64(text, math.Float64bits(weight))
	}
	key := monthKey{
		days: countDays(days), profile: s.profile(text), opening: st.Opening, goal: st.goal(),
		interval: st.IntervalMin, volume: volume, aht: aht,
	}
	copy(key.factors[:], st.DayFactors[:])
	key.factors[7] = st.HolidayFactor
	return key
}

// profile returns the text as a string that equal profiles share.
func (s *Sizer) profile(text []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	shared, ok := s.profiles[string(text)]
	if !ok {
		if len(s.profiles) >= remembered {
			clear(s.profiles)
		}
		shared = string(text)
		s.profiles[shared] = shared
	}
	return shared
}

func lookUp[K comparable, V any](s *Sizer, memo map[K]V, key K) (V, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := memo[key]
	return value, ok
}

func store[K comparable, V any](s *Sizer, memo map[K]V, key K, value V) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(memo) >= remembered {
		clear(memo)
	}
	memo[key] = value
}
