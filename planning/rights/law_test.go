package rights_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/rights"
	"centerplan/scenarios"
)

// others are those who may not see pay.
var others = map[string][]rights.Grant{
	"viewer":        {grant(rights.Viewer)},
	"administrator": {grant(rights.Administrator)},
	"lead":          {{Center: rights.Everywhere, Role: rights.Lead, Position: "ops", Members: []string{"alpha"}}},
	"lead of a team": {
		{Center: rights.Everywhere, Role: rights.Lead, Members: []string{"b"}},
	},
	"lead of nothing":  {grant(rights.Lead)},
	"of another place": {{Center: "south", Role: rights.Director}},
	"nobody":           nil,
}

// TestHiddenNumbersChangeNothingSeen is the law of this package: two plans that
// differ in hidden numbers only are one plan to whoever may not see them. What
// is compared is everything that is told, as JSON, apart from the results of
// released lines and of what rests on those.
func TestHiddenNumbersChangeNothingSeen(t *testing.T) {
	names := make([]string, 0, len(others))
	for name := range others {
		names = append(names, name)
	}
	slices.Sort(names)
	told, kept := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		doc := drawDocument(t)
		ever := rights.Ever{}
		if rapid.IntRange(0, 3).Draw(t, "once sensitive") == 0 {
			ever["la"] = true
		}
		grants := others[rapid.SampledFrom(names).Draw(t, "who")]
		one := open(t, doc, ever)
		sight := one.seenBy(grants...)
		other := open(t, changeHidden(t, doc, sensitiveIDs(doc, ever), sight.Withheld()), ever)
		steady, released := steadyLines(one, sight)
		told, kept = told+len(steady), kept+len(sight.Withheld())
		left, right := seen(t, one, one, grants, steady, released), seen(t, other, one, grants, steady, released)
		for i := range left {
			if left[i] != right[i] {
				t.Fatalf("a hidden number shows:\n%s\n%s\nof %s", left[i], right[i], text(t, one.doc))
			}
		}
	})
	if told == 0 || kept == 0 {
		t.Errorf("%d lines told, %d kept: the law was tried on nothing", told, kept)
	}
}

// steadyLines are the codes of the lines seen that rest on no released line
// whose making is hidden: what they come to is nobody's secret. It returns those
// released lines too.
func steadyLines(c center, sight *rights.Sight) (steady, released []string) {
	deps := c.book.Dependencies()
	hidden, withheld := sight.Hidden(), sight.Withheld()
	for _, line := range c.plan.Budget.Lines {
		kept := func(code string) bool { return slices.Contains(withheld, code) }
		if !kept(line.Code) && (slices.Contains(hidden, line.Code) || slices.ContainsFunc(deps[line.Code].Lines, kept)) {
			released = append(released, line.Code)
		}
	}
	below := deps.Downstream(released)
	for _, line := range c.plan.Budget.Lines {
		if !slices.Contains(withheld, line.Code) && !below[line.Code] {
			steady = append(steady, line.Code)
		}
	}
	return steady, released
}

// seen writes everything that the person is told of a center, piece by piece.
// What the person asks for is taken from another center, the same for both.
func seen(t tester, c, asked center, grants []rights.Grant, steady, released []string) []string {
	sight := c.seenBy(grants...)
	w := &telling{t: t, c: c, sight: sight, steady: steady, released: released}
	w.tell("document", sight.Document())
	w.tell("lines", sight.Hidden(), sight.Withheld(), sight.Reads())
	w.problems()
	if sight.Reads() {
		w.results()
		w.traces()
	}
	w.operations(asked)
	w.edits(asked)
	return w.told
}

// A telling is seen at work.
type telling struct {
	t     tester
	c     center
	sight *rights.Sight
	// steady and released are codes of lines.
	steady, released []string
	told             []string
}

func (w *telling) tell(what string, values ...any) {
	w.told = append(w.told, what+": "+text(w.t, values))
}

func (w *telling) problems() {
	problems, hidden := w.sight.Problems(w.c.plan.Check(w.c.book))
	w.tell("problems", problems, hidden)
	notes, _ := w.sight.Problems(w.c.book.Notes())
	w.tell("notes", notes)
	if len(w.released) > 0 {
		return // what rests on released numbers may be noted
	}
	for _, o := range w.c.outcomes {
		raw, _ := w.sight.Problems(o.Notes())
		w.tell("notes of results", raw, w.sight.Outcome(o).Notes())
	}
}

func (w *telling) results() {
	var outcomes []*scenarios.Outcome
	for _, raw := range w.c.outcomes {
		o := w.sight.Outcome(raw)
		outcomes = append(outcomes, o)
		if sheet, err := o.Sheet(nil, scenarios.ByMonth); err == nil {
			for code, column := range sheet.Lines {
				for i := range column.Errors {
					w.cause(code, &column.Errors[i])
				}
			}
		}
		w.tell("model", o.Scenario, o.Changes, o.Model.Levers, o.Model.Launches)
		for _, by := range []scenarios.By{scenarios.ByMonth, scenarios.ByYear} {
			for _, code := range append(slices.Clone(w.steady), w.sight.Withheld()...) {
				sheet, err := o.Sheet([]string{code}, by)
				w.tell("sheet", sheet, err)
			}
		}
	}
	codes := append(slices.Clone(w.steady), w.sight.Withheld()...)
	if len(codes) > 0 {
		comparison, err := scenarios.Compare(outcomes, codes)
		w.tell("comparison", comparison, err)
	}
}

// traces asks how every cell came about, in both ways there are. Of a released
// line all but its number is the same.
func (w *telling) traces() {
	calendar := w.c.plan.Budget.Calendar
	for _, raw := range w.c.outcomes {
		mine := w.sight.Outcome(raw)
		for _, line := range w.c.plan.Budget.Lines {
			for _, lane := range w.c.plan.Budget.Lanes(line.By) {
				for period := range calendar.Months {
					exact, exactErr := mine.Trace(line.Code, lane, calendar.Month(period))
					whole, err := raw.Trace(line.Code, lane, calendar.Month(period))
					if err != nil {
						w.t.Fatalf("trace: %v", err)
					}
					cut, cutErr := w.sight.Trace(whole)
					for _, step := range []*scenarios.Step{exact, cut} {
						w.look(line.Code, step)
					}
					w.tell("trace", exact, exactErr, cut, cutErr)
				}
			}
		}
	}
}

// look holds what a trace may tell, and takes out what may differ.
func (w *telling) look(line string, step *scenarios.Step) {
	if step == nil {
		return
	}
	w.cause(line, step.Error)
	for _, operand := range step.Operands {
		w.cause(operand.Line, operand.Error)
	}
	if !slices.Contains(w.steady, line) {
		w.unsteady(step)
	}
}

// cause holds that no fault is told of a line that is not open, whichever way it
// comes.
func (w *telling) cause(line string, failed *scenarios.CellError) {
	if failed == nil || failed.Key == formula.Withheld {
		return
	}
	kept := func(code string) bool {
		return slices.Contains(w.released, code) || slices.Contains(w.sight.Hidden(), code) || slices.Contains(w.sight.Withheld(), code)
	}
	if kept(line) || kept(failed.Cause) {
		w.t.Fatalf("%s tells of a fault: %+v", line, *failed)
	}
}

// unsteady takes from a trace what released lines open: of the line itself its
// number alone, of one that rests on it what it was made from.
func (w *telling) unsteady(step *scenarios.Step) {
	step.Value, step.Error = nil, nil
	if slices.Contains(w.released, step.Line) {
		return
	}
	step.WithValues, step.Operands = "", nil
	for i := range step.Changes {
		step.Changes[i].Before, step.Changes[i].After = nil, nil
	}
}

// operations shows the person a history in which every place was written.
func (w *telling) operations(asked center) {
	for _, place := range places("", asked.doc) {
		if _, ok := document.Get(w.c.doc, partsOf(place)...); !ok {
			continue
		}
		value := at(w.c.doc, place)
		seen, hidden := w.sight.Ops([]patch.Op{
			{Op: patch.Test, Path: place, Value: value},
			{Op: patch.Add, Path: place, Value: value},
			{Op: patch.Replace, Path: place, Value: value},
			{Op: patch.Remove, Path: place},
		})
		w.tell("operations at "+place, seen, hidden)
	}
}

func partsOf(pointer string) []string {
	parts, _ := document.Parts(pointer)
	return parts
}

// edits tries a test of every place with the value it has in one of the plans,
// and an addition in the place of what is there: what is not forbidden is
// answered by the document itself.
func (w *telling) edits(asked center) {
	for _, place := range places("", asked.doc) {
		for _, op := range []patch.Op{
			{Op: patch.Test, Path: place, Value: at(asked.doc, place)},
			{Op: patch.Add, Path: place, Value: 1.0},
			{Op: patch.Replace, Path: place, Value: 1.0},
			{Op: patch.Remove, Path: place},
		} {
			refused := w.sight.Edit([]patch.Op{op})
			answer := fmt.Sprint(refused)
			if len(refused) == 0 {
				_, inverse, err := patch.Apply(w.c.doc, []patch.Op{op})
				answer = fmt.Sprint(err) + text(w.t, inverse)
			}
			w.tell("edit of "+place, op.Op, answer)
		}
	}
}
