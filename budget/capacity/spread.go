package capacity

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"

	"centerplan/budget/calendar"
)

// A pattern is how contacts arrive over the days and intervals of any month.
type pattern struct {
	err error // why there is none
	id  patternID

	interval         int
	opening          Opening
	weekday, weekend []float64 // the open weights
	factors          [7]float64
	holiday          float64
}

// A patternID tells patterns apart by what is in them, in a form that is cheap
// to compare.
type patternID [16]byte

// newPattern returns the pattern of a staffing whose numbers may be out of
// range.
func newPattern(st *Staffing) *pattern {
	values := st.each()
	for i := range patternNumbers {
		if err := rules[i].check(*values[i]); err != nil {
			return &pattern{err: err}
		}
	}
	if err := st.checkArrivals(); err != nil {
		return &pattern{err: err}
	}
	p := &pattern{
		interval: int(st.IntervalMin), opening: st.Opening, factors: st.DayFactors, holiday: st.HolidayFactor,
		weekday: openWeights(st, st.Weekday),
	}
	p.weekend = p.weekday
	if len(st.Weekend) > 0 {
		p.weekend = openWeights(st, st.Weekend)
	}
	p.id = p.identify()
	return p
}

// openWeights returns the weights of the open intervals, even ones where there
// is no profile.
func openWeights(st *Staffing, profile []float64) []float64 {
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

func (p *pattern) identify() patternID {
	text := make([]byte, 0, 8*(len(p.weekday)+len(p.weekend)+11))
	text = binary.LittleEndian.AppendUint64(text, uint64(p.interval))
	text = binary.LittleEndian.AppendUint64(text, uint64(p.opening.OpenFrom*minutesPerDay*2+p.opening.OpenTo))
	for _, values := range [][]float64{p.factors[:], {p.holiday}, p.weekday, p.weekend} {
		for _, value := range values {
			text = binary.LittleEndian.AppendUint64(text, math.Float64bits(value))
		}
	}
	sum := sha256.Sum256(text)
	return patternID(sum[:len(patternID{})])
}

// A spread is how the contacts of a month with certain days arrive.
type spread struct {
	// parts have ever more contacts, so that a search that begins where the last
	// one ended has a short way.
	parts []part
	// open says that there is an interval for contacts to arrive in.
	open bool
}

// A part stands for the intervals of a month that are alike.
type part struct {
	intervals float64 // how many of them
	// Each gets the month's contacts × dayShare × share.
	dayShare, share float64
	day             calendar.Day // the first of them
	minute          int
	place           int // among the parts in the order of the week
}

// A dayShape is a group of days whose contacts arrive alike.
type dayShape struct {
	day     calendar.Day // the first of them
	days    int
	factor  float64
	weekend bool
	weights []float64 // of the open intervals
	sum     float64
}

// spread returns how contacts arrive over the days.
func (p *pattern) spread(counts dayCounts) *spread {
	shapes := p.shapes(counts)
	total := 0.0
	for _, shape := range shapes {
		if shape.sum > 0 {
			total += float64(float64(shape.days) * shape.factor)
		}
	}
	s := &spread{open: total > 0}
	for _, shape := range shapes {
		dayShare := 0.0
		if shape.sum > 0 && total > 0 {
			dayShare = shape.factor / total
		}
		s.parts = p.appendDay(s.parts, shape, dayShare)
	}
	slices.SortStableFunc(s.parts, func(a, b part) int { return cmp.Compare(a.dayShare*a.share, b.dayShare*b.share) })
	return s
}

// shapes groups the days by profile and factor.
func (p *pattern) shapes(counts dayCounts) []dayShape {
	var shapes []dayShape
next:
	for kind, days := range counts {
		if days == 0 {
			continue
		}
		day := dayOfKind(kind)
		shape := dayShape{
			day: day, days: int(days), factor: p.factors[day.Weekday], weekend: day.WeekendProfile(), weights: p.weekday,
		}
		if shape.weekend {
			shape.weights = p.weekend
		}
		if day.Holiday {
			shape.factor *= p.holiday
		}
		for i := range shapes {
			if shapes[i].factor == shape.factor && shapes[i].weekend == shape.weekend {
				shapes[i].days += shape.days
				continue next
			}
		}
		for _, weight := range shape.weights {
			shape.sum += weight
		}
		shapes = append(shapes, shape)
	}
	return shapes
}

// appendDay adds the open intervals of the days of one shape, equal ones once.
func (p *pattern) appendDay(parts []part, shape dayShape, dayShare float64) []part {
	first := len(parts)
	firstWeight := make([]float64, 0, len(shape.weights))
next:
	for i, weight := range shape.weights {
		for j, known := range firstWeight {
			if known == weight {
				parts[first+j].intervals += float64(shape.days)
				continue next
			}
		}
		share := 0.0
		if shape.sum > 0 {
			share = weight / shape.sum
		}
		parts = append(parts, part{
			intervals: float64(shape.days), dayShare: dayShare, share: share,
			day: shape.day, minute: p.opening.OpenFrom + i*p.interval, place: len(parts),
		})
		firstWeight = append(firstWeight, weight)
	}
	return parts
}

// dayKinds is how many kinds of day there are: a day of the week, on which is a
// holiday or not, made up for or not.
const dayKinds = 7 * 3

// dayCounts says how many days of each kind a month has.
type dayCounts [dayKinds]uint8

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
