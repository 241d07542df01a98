package workflow

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// negotiated are the parts of a document that are negotiated. In weighed a
// large change of a number is noticed; actuals are measured and may be restated.
var (
	negotiated = []string{"budget", "scenarios", "okr"}
	weighed    = []string{"budget", "scenarios", "okr", "history"}
)

// moving are the fields that hold text and move numbers all the same, or hold
// such texts.
var moving = []string{
	"formula", "rollup", "empty", "line", "member", "from", "to", "parent", "levers", "initiatives",
	"actuals_through", "go_live", "milestone", "due",
}

// rounding is what a share may miss by when a number is changed by exactly as
// much as is allowed.
const rounding = 1e-9

// WhyNeeded returns a problem of kind Invalid, "workflow.why_needed", if an edit
// needs a reason and why is none: in negotiation whatever moves a number, in
// any phase a number changed by a larger share than WhyAbove. The operations
// lead from the document before to the one after. The problem names the place
// of the largest change.
//
// A number's change is measured against what it was; one that is removed has
// changed by all of it. What was not there has not been changed. What was 0 is
// measured against the largest number beside it, such as the other months of a
// line, and where there is none it was not filled in yet.
func (m Model) WhyNeeded(before, after document.Node, ops []patch.Op, why string) *problem.Problem {
	if strings.TrimSpace(why) != "" || m.Phase != Negotiation && m.WhyAbove == 0 {
		return nil
	}
	var w weigher
	for _, op := range ops {
		if parts, ok := document.Parts(op.Path); ok && op.Op != patch.Test {
			w.edit(before, after, parts)
		}
	}
	if (m.Phase == Negotiation && w.moved) || (m.WhyAbove > 0 && w.share > m.WhyAbove+rounding) {
		fault := invalid(document.Pointer("", w.place...), "workflow.why_needed", problem.Args{
			"place": placeName(before, after, w.place),
		})
		return &fault
	}
	return nil
}

// A weigher looks for what an edit moved.
type weigher struct {
	// moved says that something negotiated moved.
	moved bool
	// share is the largest change of a number, place where it is or else the
	// first thing that moved.
	share float64
	place []string
}

// edit weighs what lies below the parts, or the nearest object or list above
// them that both documents have.
func (w *weigher) edit(before, after document.Node, parts []string) {
	if len(parts) == 0 {
		for _, part := range weighed {
			w.edit(before, after, []string{part})
		}
		return
	}
	if !slices.Contains(weighed, parts[0]) {
		return
	}
	var beside document.Object
	for i, part := range parts {
		old, wasObject := before.(document.Object)
		now, isObject := after.(document.Object)
		if !wasObject || !isObject {
			parts = parts[:i]
			break
		}
		beside = old
		before, after = member(old, part), member(now, part)
	}
	w.weigh(parts, before, after, beside)
}

// weigh compares two values at a place; beside holds what the first stands
// among.
func (w *weigher) weigh(at []string, before, after document.Node, beside document.Object) {
	if document.Pointer("", at...) == checkIns || len(at) > 2 && document.Pointer("", at[:2]...) == checkIns {
		return // measured, not negotiated
	}
	old, now := children(before), children(after)
	if old != nil || now != nil {
		if old != nil && now != nil && shared(old, now) {
			return
		}
		for _, name := range names(old, now) {
			w.weigh(append(slices.Clip(at), name), member(old, name), member(now, name), old)
		}
		return
	}
	from, wasNumber := before.(float64)
	to, isNumber := after.(float64)
	switch {
	case wasNumber || isNumber:
		if from != to || wasNumber != isNumber {
			w.note(at, shareOf(from, to, wasNumber, beside))
		}
	case movesNumbers(at) && !patch.Equal(text(before), text(after)):
		w.note(at, 0)
	}
}

// note takes down that something moved, and by what share.
func (w *weigher) note(at []string, share float64) {
	if slices.Contains(negotiated, at[0]) {
		w.moved = true
	}
	if w.place == nil || share > w.share {
		w.place = at
	}
	w.share = max(w.share, share)
}

// shareOf returns by which share a number changed; see WhyNeeded.
func shareOf(from, to float64, was bool, beside document.Object) float64 {
	if !was {
		return 0
	}
	base := math.Abs(from)
	if base == 0 {
		for _, node := range beside {
			if number, ok := node.(float64); ok {
				base = max(base, math.Abs(number))
			}
		}
	}
	if base == 0 {
		return 0
	}
	return math.Abs(to-from) / base
}

// children returns the members of an object or the elements of a list by their
// index, nil for any other value.
func children(node document.Node) document.Object {
	switch node := node.(type) {
	case document.Object:
		return node
	case []document.Node:
		elements := document.Object{}
		for i, element := range node {
			elements[strconv.Itoa(i)] = element
		}
		return elements
	default:
		return nil
	}
}

// text returns a value that is a text, and nothing for what is none or not
// there.
func text(node document.Node) document.Node {
	text, _ := node.(string)
	return text
}

// movesNumbers reports whether the text at a place moves numbers.
func movesNumbers(at []string) bool {
	const above = 2 // the field itself, or a member or element right in it
	if slices.ContainsFunc(at[max(0, len(at)-above):], func(part string) bool { return slices.Contains(moving, part) }) {
		return true
	}
	return at[len(at)-1] == "status" && len(at) > 1 && at[1] == "initiatives"
}

// placeName names a place for people: by the code of the last thing on the way
// that has one, and what follows.
func placeName(before, after document.Node, parts []string) string {
	words := slices.Clone(parts)
	for i := range parts {
		code, ok := document.Get(after, append(slices.Clone(parts[:i+1]), "code")...)
		if !ok {
			code, ok = document.Get(before, append(slices.Clone(parts[:i+1]), "code")...)
		}
		if word, isText := code.(string); ok && isText {
			words = append([]string{word}, parts[i+1:]...)
		}
	}
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "values" }), " · ")
}
