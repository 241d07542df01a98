package capacity

import (
	"math"
	"strconv"

	"centerplan/planning/problem"
)

// RepeatShare returns the share of contacts that repeat an earlier one: of the
// issues not resolved in the first contact, callback of them come back.
func RepeatShare(fcr, callback float64) (float64, error) {
	if err := firstFault(shareRange.check(fcr), shareRange.check(callback)); err != nil {
		return 0, err
	}
	return (1 - fcr) * callback, nil
}

// ContactsFromIssues returns the contacts that issues cause when each contact
// leads to another with probability repeat, below 1, without end.
func ContactsFromIssues(issues, repeat float64) (float64, error) {
	if err := firstFault(amountRange.check(issues), repeatRange.check(repeat)); err != nil {
		return 0, err
	}
	return issues / (1 - repeat), nil
}

// IssuesFromContacts returns the issues behind contacts of which repeat, below
// 1, are repeats.
func IssuesFromContacts(contacts, repeat float64) (float64, error) {
	if err := firstFault(amountRange.check(contacts), repeatRange.check(repeat)); err != nil {
		return 0, err
	}
	return contacts * (1 - repeat), nil
}

// ContactsWithin returns the contacts that issues cause when people come back
// at most so many times, which must not exceed 1000.
func ContactsWithin(issues, repeat float64, times int) (float64, error) {
	const most = 1000
	if err := firstFault(amountRange.check(issues), shareRange.check(repeat)); err != nil {
		return 0, err
	}
	if times < 0 || times > most {
		return 0, refuse("capacity.recontacts_range", problem.Args{
			"got": strconv.Itoa(times), "most": strconv.Itoa(most),
		})
	}
	perIssue := 1.0
	for range times {
		perIssue = float64(perIssue*repeat) + 1
	}
	return issues * perIssue, nil
}

// A Resolution asks what resolving more issues in the first contact saves.
type Resolution struct {
	Contacts float64 // a month, of today
	// Repeat is the share of them that are repeats, below 1; Callback the share
	// of unresolved issues that come back, above 0.
	Repeat, Callback float64
	// Gain is what is added to the share of issues resolved in the first
	// contact.
	Gain float64
	// Growth of the issues, 0.12 for 12%.
	Growth float64
}

// A ResolutionGain is the answer to a Resolution.
type ResolutionGain struct {
	FCR           float64 // first contact resolution that today's numbers imply
	Issues        float64 // after growth
	Before, After float64 // contacts after growth, without and with the gain
	Repeat        float64 // share of repeats that is left, at least 0
	Saved         float64 // contacts
	SavedShare    float64 // of Before; 0 where there are none
}

// Effect answers the question.
func (r Resolution) Effect() (ResolutionGain, error) {
	err := firstFault(amountRange.check(r.Contacts), repeatRange.check(r.Repeat), shareRange.check(r.Callback),
		shareRange.check(r.Gain), growthRange.check(r.Growth))
	if err == nil && r.Callback == 0 {
		err = refuse("capacity.callback_zero", nil)
	}
	if err != nil {
		return ResolutionGain{}, err
	}
	g := ResolutionGain{
		FCR:    1 - r.Repeat/r.Callback,
		Issues: r.Contacts * (1 - r.Repeat) * (1 + r.Growth),
		Repeat: max(0, r.Repeat-float64(r.Gain*r.Callback)),
	}
	g.Before = g.Issues / (1 - r.Repeat)
	g.After = g.Issues / (1 - g.Repeat)
	g.Saved = g.Before - g.After
	if g.Before > 0 {
		g.SavedShare = g.Saved / g.Before
	}
	return g, nil
}

// BreakEven returns the gain in first contact resolution that absorbs the
// growth, so that contacts stay as many, and whether there are repeats enough
// for it. The Gain of r does not count.
func (r Resolution) BreakEven() (gain float64, feasible bool, err error) {
	r.Gain = 0
	if _, err := r.Effect(); err != nil {
		return 0, false, err
	}
	gain = (1 - r.Repeat) * r.Growth / r.Callback
	return gain, float64(gain*r.Callback) <= r.Repeat, nil
}

// A Deflection is what self-service does to a month's contacts.
type Deflection struct {
	Contacts float64 // before self-service
	// Reach is the share of them that enters self-service, Containment the share
	// of those that ends there, Leakage the share of these that reaches a person
	// after all.
	Reach, Containment, Leakage float64
	// AHT is the handle time of all contacts, EasyAHT that of the contained.
	AHT, EasyAHT float64
}

// A Deflected is what a Deflection leaves.
type Deflected struct {
	Sessions  float64 // contacts that entered self-service
	Contained float64
	Leaked    float64
	Human     float64 // contacts for people
	Saved     float64 // contacts that people no longer have
	Hours     float64 // of handling that is left
	// AHT is the handle time of what is left, longer than before because the
	// easy contacts went. It is 0 where nothing is left.
	AHT float64
}

// Effect returns what is left.
func (d Deflection) Effect() (Deflected, error) {
	err := firstFault(amountRange.check(d.Contacts), shareRange.check(d.Reach), shareRange.check(d.Containment),
		shareRange.check(d.Leakage), durationRange.check(d.AHT), durationRange.check(d.EasyAHT))
	if err != nil {
		return Deflected{}, err
	}
	e := Deflected{Sessions: d.Contacts * d.Reach}
	e.Contained = e.Sessions * d.Containment
	e.Leaked = e.Contained * d.Leakage
	e.Human = d.Contacts - e.Contained + e.Leaked
	e.Saved = e.Contained - e.Leaked
	seconds := float64(d.Contacts*d.AHT) - float64(e.Saved*d.EasyAHT)
	if seconds < 0 {
		return Deflected{}, refuse("capacity.deflected_too_long", problem.Args{
			"easy": number(d.EasyAHT), "all": number(d.AHT),
		})
	}
	e.Hours = seconds / 3600
	if e.Human > 0 {
		e.AHT = seconds / e.Human
	}
	return e, nil
}

// TrunkLoad returns the load on the lines, in Erlangs: a call holds its line
// while it is in the voice menu, in the queue and in talk, but not for the work
// after it. ErlangBLines gives the lines.
func TrunkLoad(calls, intervalMin, menuS, queueS, talkS float64) (float64, error) {
	err := firstFault(durationRange.check(menuS), durationRange.check(queueS), durationRange.check(talkS))
	if err != nil {
		return 0, err
	}
	return OfferedLoad(calls, intervalMin, menuS+queueS+talkS)
}

// AttritionMonthly returns the monthly rate of an annual one that counts
// leavers over the average headcount; such a rate may exceed 1.
func AttritionMonthly(annual float64) (float64, error) {
	return annual / 12, attritionRange.check(annual)
}

// AttritionSurvival returns the monthly rate of an annual one that is the
// share, below 1, of people who are gone after a year.
func AttritionSurvival(annual float64) (float64, error) {
	if err := survivalRange.check(annual); err != nil {
		return 0, err
	}
	return -math.Expm1(math.Log1p(-annual) / 12), nil
}

// AttritionAnnual returns the annual rate that leavers over so many months
// amount to, over the average headcount.
func AttritionAnnual(leavers, headcount, months float64) (float64, error) {
	err := firstFault(amountRange.check(leavers), positiveRange.check(headcount), positiveRange.check(months))
	if err != nil {
		return 0, err
	}
	return leavers / headcount * 12 / months, nil
}
