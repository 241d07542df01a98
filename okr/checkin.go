package okr

import (
	"cmp"
	"math"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A CheckInID is the immutable key of a check-in in the document.
type CheckInID string

// The limits of a check-in's confidence.
const (
	LeastConfidence = 1
	MostConfidence  = 5
)

// A CheckIn says how a key result or a milestone stands on a day, in the words
// of who answers for it.
type CheckIn struct {
	ID CheckInID
	// Of points to what it is about: a key result, named by Objective and
	// KeyResult, or Milestone.
	Of        string
	Objective ObjectiveID
	KeyResult KeyResultID
	Milestone MilestoneID
	// Day is the day it tells of.
	Day calendar.Date
	// Value is what the key result's line came to, in the line's unit, if
	// HasValue. Milestones have no value.
	Value    float64
	HasValue bool
	// Confidence that the goal will be reached goes from LeastConfidence to
	// MostConfidence; 0 where none was told.
	Confidence int
	// Note says in a line why, Blocker what stands in the way.
	Note, Blocker string
}

// ResultPointer is the pointer by which check-ins name a key result.
func ResultPointer(objective ObjectiveID, result KeyResultID) string {
	return document.Pointer(section, "objectives", string(objective), "key_results", string(result))
}

// MilestonePointer is the pointer by which check-ins name a milestone.
func MilestonePointer(id MilestoneID) string {
	return document.Pointer(section, "milestones", string(id))
}

// Latest returns the last check-in about what a pointer names: of the same day
// the one with the greater id, as ids are made in order of time.
func (m Model) Latest(of string) (CheckIn, bool) {
	for _, checkIn := range slices.Backward(m.CheckIns) {
		if checkIn.Of == of {
			return checkIn, true
		}
	}
	return CheckIn{}, false
}

// LatestValue returns the last check-in about a key result that has a value.
func (m Model) LatestValue(of string) (CheckIn, bool) {
	for _, checkIn := range slices.Backward(m.CheckIns) {
		if checkIn.Of == of && checkIn.HasValue {
			return checkIn, true
		}
	}
	return CheckIn{}, false
}

func compareCheckIns(a, b CheckIn) int {
	return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.ID, b.ID))
}

func (m Model) readCheckIn(e document.Entry) CheckIn {
	e.Fields("of", "day", "value", "confidence", "note", "blocker")
	c := CheckIn{
		ID:      CheckInID(e.Key),
		Of:      e.Field("of").Require().String(),
		Day:     calendar.ReadDate(e.Field("day").Require()),
		Note:    e.Field("note").String(),
		Blocker: e.Field("blocker").String(),
	}
	if c.Of != "" && !m.place(&c) {
		e.Field("of").Fail("okr.checkin_of", problem.Args{"of": c.Of})
	}
	if value := e.Field("value"); value.Present() {
		c.Value, c.HasValue = value.Number(0), true
		if c.Milestone != "" {
			value.Fail("okr.checkin_no_figure", nil)
		}
	}
	if confidence := e.Field("confidence"); confidence.Present() {
		told := confidence.Between(LeastConfidence, MostConfidence, LeastConfidence)
		if told != math.Trunc(told) {
			confidence.Fail("okr.checkin_confidence", nil)
		}
		c.Confidence = int(told)
	}
	return c
}

// place finds what the check-in is about, and reports whether there is any.
func (m Model) place(c *CheckIn) bool {
	for _, milestone := range m.Milestones {
		if c.Of == MilestonePointer(milestone.ID) {
			c.Milestone = milestone.ID
			return true
		}
	}
	for _, objective := range m.Objectives {
		for _, result := range objective.KeyResults {
			if c.Of == ResultPointer(objective.ID, result.ID) {
				c.Objective, c.KeyResult = objective.ID, result.ID
				return true
			}
		}
	}
	return false
}
