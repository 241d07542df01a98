package capacity

// GrossUp returns what has to be paid for so much to be there: x over the
// share that shrinkage leaves, never x times one plus it.
func GrossUp(x, shrinkage float64) (float64, error) {
	if err := firstFault(amountRange.check(x), shrinkageRange.check(shrinkage)); err != nil {
		return 0, err
	}
	return x / (1 - shrinkage), nil
}

// CombineShrinkage returns the shrinkage on paid time of what keeps people out
// of the office, measured on paid time, and what keeps them from contacts in
// it, measured on the time they are present.
func CombineShrinkage(out, in float64) (float64, error) {
	if err := firstFault(shareRange.check(out), shareRange.check(in)); err != nil {
		return 0, err
	}
	return 1 - float64((1-out)*(1-in)), nil
}

// AddShrinkage is CombineShrinkage where both are measured on paid time.
func AddShrinkage(out, in float64) (float64, error) {
	if err := firstFault(shareRange.check(out), shareRange.check(in)); err != nil {
		return 0, err
	}
	return out + in, shareRange.check(out + in)
}

// A TimeUse is how paid hours are used: those staffed are a part of those paid,
// those worked of those staffed.
type TimeUse struct {
	Work, Staffed, Paid float64 // hours
}

// A TimeShare is what a TimeUse comes to: utilisation is occupancy times what
// shrinkage leaves.
type TimeShare struct {
	Occupancy, Shrinkage, Utilisation float64
}

// Shares returns the shares. Staffed and paid hours must be above 0.
func (t TimeUse) Shares() (TimeShare, error) {
	err := firstFault(amountRange.check(t.Work), positiveRange.check(t.Staffed), positiveRange.check(t.Paid))
	if err != nil {
		return TimeShare{}, err
	}
	return TimeShare{
		Occupancy: t.Work / t.Staffed, Shrinkage: 1 - t.Staffed/t.Paid, Utilisation: t.Work / t.Paid,
	}, nil
}

// Deferred is work that need not be done at once, such as mail and tickets,
// over one month.
type Deferred struct {
	Volume, AHT      float64 // contacts, and seconds each
	Opening, Closing float64 // backlog in contacts before, and wanted after
	Occupancy        float64
	Shrinkage        float64
	PaidHours        float64 // of a full-timer in the month
}

// FTE returns the full-timers that bring the backlog from Opening to Closing;
// 0 where that takes no work.
func (d Deferred) FTE() (float64, error) {
	err := firstFault(amountRange.check(d.Volume), durationRange.check(d.AHT), amountRange.check(d.Opening),
		amountRange.check(d.Closing), occupancyRange.check(d.Occupancy), shrinkageRange.check(d.Shrinkage),
		paidHoursRange.check(d.PaidHours))
	if err != nil {
		return 0, err
	}
	hours := max(0, d.Opening+d.Volume-d.Closing) * d.AHT / 3600
	return hours / d.Occupancy / (1 - d.Shrinkage) / d.PaidHours, nil
}

// A BacklogDay is what a day does to a backlog.
type BacklogDay struct {
	Done, Backlog float64 // contacts
	// Days is how long today's capacity would take for what is left; +Inf where
	// there is no capacity, 0 where nothing is left.
	Days float64
}

// WorkOff returns a day's end: what so many agent hours get done of the backlog
// and the day's volume.
func WorkOff(backlog, volume, hours, aht, occupancy float64) (BacklogDay, error) {
	err := firstFault(amountRange.check(backlog), amountRange.check(volume), amountRange.check(hours),
		serviceAHT.check(aht), occupancyRange.check(occupancy))
	if err != nil {
		return BacklogDay{}, err
	}
	capacity := hours * 3600 * occupancy / aht
	day := BacklogDay{Done: min(backlog+volume, capacity)}
	day.Backlog = backlog + volume - day.Done
	if day.Backlog > 0 {
		day.Days = day.Backlog / capacity
	}
	return day, nil
}

// A Blend is the idle time of a queue's agents, put to deferred work.
type Blend struct {
	Agents, Load float64
	Hours        float64 // that they are staffed
	// MaxOccupancy is how busy agents may be with both kinds of work together,
	// Efficiency the share of idle time that switching leaves.
	MaxOccupancy, Efficiency float64
	Work                     float64 // hours of deferred work there are
}

// A Blended is what a Blend absorbs.
type Blended struct {
	Usable, Absorbed, Remaining float64 // hours
}

// Effect returns what is absorbed, and what remains for others.
func (b Blend) Effect() (Blended, error) {
	err := firstFault(agentRange.check(b.Agents), loadRange.check(b.Load), amountRange.check(b.Hours),
		occupancyRange.check(b.MaxOccupancy), shareRange.check(b.Efficiency), amountRange.check(b.Work))
	if err != nil {
		return Blended{}, err
	}
	e := Blended{Usable: max(0, float64(b.MaxOccupancy*b.Agents)-b.Load) * b.Hours * b.Efficiency}
	e.Absorbed = min(e.Usable, b.Work)
	e.Remaining = b.Work - e.Absorbed
	return e, nil
}
