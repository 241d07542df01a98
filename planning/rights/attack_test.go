package rights_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/scenarios"
)

// attackers are those who may not know the wage of pay.
var attackers = map[string][]rights.Grant{
	"viewer":        {{Center: "north", Role: rights.Viewer}},
	"administrator": {{Center: "*", Role: rights.Administrator}},
	"lead":          {{Center: "north", Role: rights.Lead, Position: "ops", Members: []string{"red"}}},
	"other center":  {{Center: "south", Role: rights.Director}, {Center: "south", Role: rights.Finance}},
	"no center":     {{Center: "", Role: rights.Director}},
	"no role":       {{Center: "north", Role: "owner"}},
	"nobody":        nil,
}

// An attempt is one way to the wage. What it returns is what it learnt.
type attempt func(a *attacker) string

type attacker struct {
	*testing.T
	center
	*rights.Sight
	grants []rights.Grant
}

// TestAttacks tries every way to the wage that the core can show, as everybody
// who may not know it. None may learn a number that gives it away.
func TestAttacks(t *testing.T) {
	for way, try := range map[string]attempt{
		"a formula of one's own":         byFormula,
		"a what-if and a difference":     byWhatIf,
		"a test operation":               byTest,
		"an addition on what is there":   byAddition,
		"the history":                    byHistory,
		"an inverse":                     byInverse,
		"an event":                       byEvent,
		"a trace":                        byTrace,
		"a comparison":                   byComparison,
		"a sheet":                        bySheet,
		"a bridge":                       byBridge,
		"a sensitivity":                  bySensitivity,
		"a gap":                          byGap,
		"an error text":                  byProblems,
		"a renamed line":                 byRenaming,
		"a line removed and put back":    byReturning,
		"a line no longer marked":        byUnmarking,
		"a lever":                        byLever,
		"an initiative":                  byInitiative,
		"a copy of the plan":             byCopy,
		"a past revision":                byPast,
		"a key result bound anew":        byKeyResult,
		"a change bound anew":            byRebinding,
		"a comment":                      byComment,
		"an amendment":                   byAmendment,
		"the model handed to consumers":  byModel,
		"the whole document as one edit": byWholeDocument,
	} {
		t.Run(way, func(t *testing.T) {
			for name, grants := range attackers {
				c := file(t, pay)
				a := &attacker{t, c, c.seenBy(grants...), grants}
				learnt := try(a)
				for _, secret := range secrets {
					if i := strings.Index(learnt, secret); i >= 0 {
						const around = 300
						t.Errorf("the %s learns %s:\n%s", name, secret, learnt[max(0, i-around):min(len(learnt), i+around)])
					}
				}
			}
		})
	}
}

// TestTheAttacksCanSucceed shows the ways to a holder, for whom they lead there.
func TestTheAttacksCanSucceed(t *testing.T) {
	c := file(t, pay)
	for _, role := range []rights.Role{rights.Director, rights.Finance} {
		holder := &attacker{t, c, c.seenBy(grant(role)), []rights.Grant{grant(role)}}
		for i, way := range []attempt{byHistory, byTrace, byComparison, bySheet, byCopy, byModel, byTest, byBridge, bySensitivity} {
			if !strings.Contains(way(holder), "8123") && !strings.Contains(way(holder), "243690") {
				t.Errorf("a holder does not see the wage, way %d", i)
			}
		}
	}
}

// again is the attacker before another state of the plan.
func (a *attacker) again(doc object, ever rights.Ever) *attacker {
	c := open(a.T, doc, ever)
	return &attacker{a.T, c, c.seenBy(a.grants...), a.grants}
}

// tried tells what comes of an edit: the refusal, or what the document answers.
func (a *attacker) tried(ops ...patch.Op) string {
	if refused := a.Edit(ops); len(refused) > 0 {
		for _, p := range refused {
			if p.Kind != problem.Forbidden {
				a.Errorf("the refusal is %v, want Forbidden", p)
			}
		}
		return fmt.Sprint(refused)
	}
	next, inverse, err := patch.Apply(a.doc, ops)
	if err != nil {
		return err.Error()
	}
	changed, _ := next.(object)
	return text(a.T, inverse) + everything(a.again(changed, a.ever))
}

// everything is all that the attacker is shown of results.
func everything(a *attacker) string {
	return bySheet(a) + byTrace(a) + byComparison(a) + problemsOf(a) + text(a.T, a.Document())
}

func byFormula(a *attacker) string {
	var learnt strings.Builder
	learnt.WriteString(a.tried(patch.Op{Op: patch.Add, Path: "/budget/lines/probe", Value: object{"formula": "wage"}}))
	for _, path := range []string{"/budget/lines/open/formula", "/scenarios/growth/changes/0/formula", "/scenarios/growth/changes/x"} {
		learnt.WriteString(a.tried(patch.Op{Op: patch.Replace, Path: path, Value: "wage"}))
		learnt.WriteString(a.tried(patch.Op{Op: patch.Add, Path: path, Value: "wage"}))
	}
	// Even if somebody had written it, what it comes to is withheld.
	doc, _ := copied(a.doc).(object)
	linesOf(doc)["probe"] = object{"formula": "wage * 1"}
	linesOf(doc)["probe_of_probe"] = object{"formula": "prev(probe) + probe"}
	return learnt.String() + everything(a.again(doc, a.ever))
}

// byWhatIf moves what the attacker may move and takes the difference of what is
// told before and after.
func byWhatIf(a *attacker) string {
	var learnt strings.Builder
	for _, place := range []string{"/budget/lines/heads/values/red/2027-01", "/budget/lines/rent/values/2027-01"} {
		was, _ := at(a.doc, place).(float64)
		ops := []patch.Op{{Op: patch.Replace, Path: place, Value: was + 1}}
		if len(a.Edit(ops)) > 0 {
			continue
		}
		next, _, err := patch.Apply(a.doc, ops)
		if err != nil {
			a.Fatal(err)
		}
		doc, _ := next.(object)
		after := a.again(doc, a.ever)
		for _, line := range a.plan.Budget.Lines {
			before, fault := a.Outcome(a.base()).Results.Roll(line.Code, -1, 0, 0)
			now, faultNow := after.Outcome(after.base()).Results.Roll(line.Code, -1, 0, 0)
			if fault == nil && faultNow == nil {
				fmt.Fprintln(&learnt, line.Code, now-before)
			}
		}
	}
	return learnt.String()
}

// byTest asks of every place whether it holds the wage, and what else it holds.
func byTest(a *attacker) string {
	var learnt strings.Builder
	for _, place := range places("", a.doc) {
		answer := a.answered(patch.Op{Op: patch.Test, Path: place, Value: "x"})
		learnt.WriteString(answer)
		if strings.Contains(place, "wage") && strings.Contains(place, "values") && a.Reads() && !a.Whole() && !strings.Contains(answer, "rights.may_not_read") {
			a.Errorf("a test of %s is answered: %s", place, answer)
		}
	}
	return learnt.String()
}

// answered is tried without a look at the results.
func (a *attacker) answered(op patch.Op) string {
	if refused := a.Edit([]patch.Op{op}); len(refused) > 0 {
		return fmt.Sprint(refused)
	}
	_, inverse, err := patch.Apply(a.doc, []patch.Op{op})
	return fmt.Sprint(err) + text(a.T, inverse)
}

// byAddition adds where something is: the conflict would say what.
func byAddition(a *attacker) string {
	var learnt strings.Builder
	for _, place := range places("", a.doc) {
		for _, verb := range []patch.Verb{patch.Add, patch.Replace, patch.Remove} {
			learnt.WriteString(a.answered(patch.Op{Op: verb, Path: place, Value: 1.0}))
		}
	}
	return learnt.String()
}

func byHistory(a *attacker) string {
	var learnt strings.Builder
	for _, place := range places("", a.doc) {
		if place == "/comments" {
			continue // of which nothing is told at all
		}
		value := at(a.doc, place)
		seen, hidden := a.Ops([]patch.Op{
			{Op: patch.Test, Path: place, Value: value}, {Op: patch.Replace, Path: place, Value: value}, {Op: patch.Add, Path: place, Value: value},
		})
		if len(seen) > 3 || hidden > 3 || len(seen)+hidden < 3 {
			a.Errorf("%d operations are seen and %d hidden, of 3", len(seen), hidden)
		}
		learnt.WriteString(text(a.T, seen))
	}
	return learnt.String()
}

func byInverse(a *attacker) string {
	next, inverse, err := patch.Apply(a.doc, []patch.Op{
		{Op: patch.Replace, Path: "/budget/lines/wage/values/2027-01", Value: 1.0},
		{Op: patch.Test, Path: "/budget/lines/wage", Value: replaced(a.doc, "/budget/lines/wage/values/2027-01", 1.0)},
		{Op: patch.Remove, Path: "/budget/lines/wage"},
	})
	if err != nil {
		a.Fatal(err)
	}
	ever := rights.Ever{}
	ever.AddOps(inverse)
	// The line is gone: only Ever knows that it was sensitive.
	doc, _ := next.(object)
	for _, section := range []string{"/history", "/actuals"} {
		delete(at(doc, section).(object), "wage")
	}
	c := center{doc: doc, plan: a.plan, book: a.book, ever: ever}
	seen, _ := c.seenBy(a.grants...).Ops(inverse)
	return text(a.T, seen)
}

// replaced is the line wage with another value.
func replaced(doc object, pointer string, value document.Node) document.Node {
	next, _, err := patch.Apply(doc, []patch.Op{{Op: patch.Replace, Path: pointer, Value: value}})
	if err != nil {
		panic(err)
	}
	return lineOf(next, "wage")
}

// byEvent watches what is sent when a holder changes things.
func byEvent(a *attacker) string {
	seen, hidden := a.Ops([]patch.Op{
		{Op: patch.Replace, Path: "/budget/lines/wage/values/2027-02", Value: 8123.0},
		{Op: patch.Add, Path: "/scenarios/growth/cells/wage/2027-03", Value: 8123.0},
		{Op: patch.Add, Path: "/actuals/wage/2027-02", Value: 8123.0},
		{Op: patch.Add, Path: "/scenarios/growth/changes/new", Value: object{"line": "wage", "set": 8123.0}},
		{Op: patch.Replace, Path: "/scenarios/growth/changes/unknown/set", Value: 8123.0},
		{Op: patch.Add, Path: "/scenarios/new", Value: object{"cells": object{"wage": object{"2027-01": 8123.0}}, "changes": object{"c": object{"line": "wage", "add": 8123.0}}}},
		{Op: patch.Replace, Path: "/budget/lines/rent/values/2027-02", Value: 5200.0},
	})
	if a.Reads() && !strings.Contains(text(a.T, seen), "5200") {
		a.Error("a change of an open line is not told")
	}
	if a.Reads() && hidden != 6 {
		a.Errorf("%d operations are hidden, want 6", hidden)
	}
	return text(a.T, seen)
}

func byTrace(a *attacker) string {
	var learnt strings.Builder
	for _, raw := range a.outcomes {
		for _, line := range a.plan.Budget.Lines {
			for _, lane := range a.plan.Budget.Lanes(line.By) {
				month := a.plan.Budget.Calendar.Start
				step, err := raw.Trace(line.Code, lane, month)
				if err != nil {
					a.Fatal(err)
				}
				cut, err := a.Trace(step)
				learnt.WriteString(text(a.T, cut) + fmt.Sprint(err))
				exact, err := traced(a.Outcome(raw), line.Code, lane, month)
				learnt.WriteString(text(a.T, exact) + fmt.Sprint(err))
			}
		}
	}
	return a.withoutReleased(learnt.String())
}

// traced asks for a trace; nobody's model has no months and no lines.
func traced(o *scenarios.Outcome, code string, lane []string, month calendar.Month) (*scenarios.Step, error) {
	return o.Trace(code, lane, month)
}

// withoutReleased takes out what the released total opens by the holder's own
// choice, for those to whom it is released: it is the pay and the rent.
func (a *attacker) withoutReleased(learnt string) string {
	if slices.Contains(a.Withheld(), "total") {
		return learnt
	}
	return strings.ReplaceAll(learnt, "248690", "total")
}

func byComparison(a *attacker) string {
	var outcomes []*scenarios.Outcome
	for _, o := range a.outcomes {
		outcomes = append(outcomes, a.Outcome(o))
	}
	comparison, err := scenarios.Compare(outcomes, nil)
	return text(a.T, comparison) + fmt.Sprint(err)
}

func bySheet(a *attacker) string {
	var learnt strings.Builder
	for _, raw := range a.outcomes {
		o := a.Outcome(raw)
		for _, by := range []scenarios.By{scenarios.ByMonth, scenarios.ByQuarter, scenarios.ByYear} {
			sheet, err := o.Sheet(nil, by)
			learnt.WriteString(text(a.T, sheet) + fmt.Sprint(err))
		}
		for _, code := range a.Withheld() {
			rows, _ := o.Rows(code, scenarios.ByMonth)
			learnt.WriteString(text(a.T, rows))
		}
	}
	return a.withoutReleased(learnt.String())
}

func byProblems(a *attacker) string {
	seen, _ := a.Problems(problem.List{
		{Pointer: "/budget/lines/wage/values/2027-01", Key: "x", Args: problem.Args{"got": "8123"}},
		{Pointer: "/scenarios/growth/cells/wage/2027-02", Key: "x", Args: problem.Args{"got": "8123"}},
		{Pointer: "/budget/hiring/crew", Key: "x", Args: problem.Args{"plan": "crew", "most": "8123"}},
		{Pointer: "/budget/lines/fee/formula", Key: "x", Args: problem.Args{"at": "8123"}},
		{Pointer: "/budget/lines/gone/formula", Key: "x", Args: problem.Args{"at": "8123"}},
		{Key: "x", Args: problem.Args{"line": `pay["red"]`, "saving": "243690"}},
	})
	if len(seen) > 0 && !a.Whole() {
		a.Errorf("these problems are told: %v", seen)
	}
	return fmt.Sprint(seen) + problemsOf(a)
}

// problemsOf is what the attacker is told of the plan's own problems and notes.
func problemsOf(a *attacker) string {
	list := slices.Concat(a.plan.Check(a.book), a.book.Notes())
	for _, o := range a.outcomes {
		list = slices.Concat(list, o.Notes(), a.Outcome(o).Notes())
	}
	seen, _ := a.Problems(list)
	return fmt.Sprint(seen)
}
