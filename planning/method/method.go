// Package method holds the planning method: strategy, positioning in six
// layers and the retrospective from four sides, and how complete the five
// links of the yearly plan are.
//
// The method comes from the trade's literature; the names of the six layers
// and all texts here are our own, since the figure that names them is lost.
//
// Read turns the document's section into a Model and refuses what has no shape
// or points at nothing. Check reports what may be stored but is not finished.
package method

import (
	"math"

	"centerplan/okr"
	"centerplan/planning/document"
)

// A GoalID is the immutable key of a strategic goal in the document.
type GoalID string

// A LayerID is the immutable key of a positioning layer in the document.
type LayerID string

// A FindingID is the immutable key of a finding in the document.
type FindingID string

// A Party is one of the four sides from which the past year is looked at.
type Party string

// The parties. Company is what a missing party reads as.
const (
	Company  Party = "company"
	Customer Party = "customer"
	Partner  Party = "partner"
	Employee Party = "employee"
)

// Parties lists the four parties in the order that screens and papers show
// them.
func Parties() []Party { return []Party{Company, Customer, Partner, Employee} }

// An Effect says whether a finding was good or bad for the center.
type Effect string

// The effects. Gain is what a missing effect reads as.
const (
	Gain Effect = "gain"
	Loss Effect = "loss"
)

// A Decision is what shall happen to what a finding describes.
type Decision string

// The decisions. Undecided is the zero value.
const (
	Undecided    Decision = ""
	Continue     Decision = "continue"
	Breakthrough Decision = "breakthrough"
	Stop         Decision = "stop"
)

// A Model is everything in the plan's section method. The zero Model is a plan
// whose authors have not begun.
type Model struct {
	Strategy    Strategy
	Positioning Positioning
	Findings    []Finding
}

// A Strategy is what the center stands for and wants.
type Strategy struct {
	Values, Vision, Mission document.Text
	Goals                   []Goal
}

// A Goal is a strategic goal, in words. Objectives make goals measurable.
type Goal struct {
	ID    GoalID
	Code  string
	Group okr.Group
	Text  document.Text
}

// A Positioning says where the center's effort goes, today and at the year's
// end.
type Positioning struct {
	Statement document.Text
	Note      document.Text
	// Layers are in order: the first is number 1. Six are usual; a center may
	// have others.
	Layers []Layer
}

// A Layer is one kind of work a center can put its effort into.
type Layer struct {
	ID   LayerID
	Code string
	Name document.Text
	// Today and Target are shares of the whole effort, 0 to 1. Over all layers
	// each sums to 1.
	Today, Target float64
	Note          document.Text
	// Objective is what moves effort to the layer or away from it; empty where
	// nothing is said.
	Objective okr.ObjectiveID
}

// A Finding is what the retrospective found, and what became of it.
type Finding struct {
	ID        FindingID
	Code      string
	Party     Party
	Statement document.Text
	Evidence  document.Text
	Effect    Effect
	Decision  Decision
	// Severity is 1, hardly matters, to 5, decides the year.
	Severity int
	// Objective and Initiative are what the plan does about the finding; either
	// is empty where there is none.
	Objective  okr.ObjectiveID
	Initiative okr.InitiativeID
	// Refused says why the plan does nothing about the finding.
	Refused document.Text
}

// Led reports whether the finding led to an objective or an initiative.
func (f Finding) Led() bool { return f.Objective != "" || f.Initiative != "" }

// Settled reports whether the finding led to something or was refused with a
// reason.
func (f Finding) Settled() bool { return f.Led() || !f.Refused.IsZero() }

// FindingsOf returns the party's findings in display order.
func (m Model) FindingsOf(party Party) []Finding {
	var found []Finding
	for _, finding := range m.Findings {
		if finding.Party == party {
			found = append(found, finding)
		}
	}
	return found
}

// Shares returns the sums of the layers' shares today and at the year's end.
func (p Positioning) Shares() (today, target float64) {
	for _, layer := range p.Layers {
		today += layer.Today
		target += layer.Target
	}
	return today, target
}

// whole reports whether shares sum to 1, give or take okr.Tolerance.
func whole(sum float64) bool { return math.Abs(sum-1) <= okr.Tolerance }

// Index returns the position index today and at the year's end: the layers'
// numbers, from 1, weighted by their shares. It rises as effort moves to the
// higher layers.
func (p Positioning) Index() (today, target float64) {
	for i, layer := range p.Layers {
		number := float64(i + 1)
		today += float64(number * layer.Today)
		target += float64(number * layer.Target)
	}
	return today, target
}

// Shift returns by how much each layer's part of total changes from today to
// the year's end: of FTE, of hours or of money.
func (p Positioning) Shift(total float64) []float64 {
	shift := make([]float64, len(p.Layers))
	for i, layer := range p.Layers {
		shift[i] = (layer.Target - layer.Today) * total
	}
	return shift
}
