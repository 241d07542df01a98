package rights_test

import (
	"fmt"
	"slices"
	"strings"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/rights"
)

// byRenaming looks after a holder gave the line another code.
func byRenaming(a *attacker) string {
	doc, _ := copied(a.doc).(object)
	lineOf(doc, "wage")["code"] = "remuneration"
	for id, line := range linesOf(doc) {
		for _, field := range []string{"formula", "rollup"} {
			if formula, ok := line.(object)[field].(string); ok {
				linesOf(doc)[id].(object)[field] = strings.ReplaceAll(strings.ReplaceAll(formula, "wage", "remuneration"), "remuneration_grade", "wage_grade")
			}
		}
	}
	lineOf(doc, "pay")["code"] = "payroll"
	lineOf(doc, "total")["formula"] = "payroll + rent"
	renamed := a.again(doc, a.ever)
	return everything(renamed) + byHistory(renamed)
}

// byReturning has a line that was removed put back without its mark.
func byReturning(a *attacker) string {
	ever := rights.Ever{}
	ever.Add(a.doc)
	doc, _ := copied(a.doc).(object)
	delete(lineOf(doc, "wage"), "sensitive")
	delete(lineOf(doc, "wage_grade"), "sensitive")
	back := a.again(doc, ever)
	return everything(back) + byHistory(back) + byTest(back)
}

func byUnmarking(a *attacker) string {
	learnt := a.tried(patch.Op{Op: patch.Remove, Path: "/budget/lines/wage/sensitive"})
	learnt += a.tried(patch.Op{Op: patch.Replace, Path: "/budget/lines/wage/sensitive", Value: false})
	learnt += a.tried(patch.Op{Op: patch.Add, Path: "/budget/lines/wage/released", Value: true})
	learnt += a.tried(patch.Op{Op: patch.Add, Path: "/budget/lines/pay/released", Value: true})
	return learnt + byReturning(a)
}

func byLever(a *attacker) string {
	learnt := a.tried(patch.Op{Op: patch.Add, Path: "/budget/levers/unpulled/changes/9", Value: object{"line": "open", "formula": "wage"}})
	learnt += a.tried(patch.Op{Op: patch.Add, Path: "/scenarios/growth/levers/1", Value: "unpulled"})
	// Somebody pulls it: rent times wage is no more open than the wage.
	doc, _ := copied(a.doc).(object)
	at(doc, "/scenarios/growth").(object)["levers"] = []any{"raise", "unpulled"}
	return learnt + everything(a.again(doc, a.ever))
}

func byInitiative(a *attacker) string {
	learnt := a.tried(patch.Op{Op: patch.Replace, Path: "/okr/initiatives/bot/owner", Value: "ops"})
	learnt += a.tried(patch.Op{Op: patch.Replace, Path: "/okr/milestones/theirs/owner", Value: "ops"})
	learnt += a.tried(patch.Op{Op: patch.Add, Path: "/okr/initiatives/mine", Value: object{"owner": "ops", "changes": object{"c": object{"line": "heads", "add": 1.0}}}})
	// With a milestone that moves the wage, two totals would tell it.
	doc, _ := copied(a.doc).(object)
	at(doc, "/okr/milestones/theirs").(object)["deputy"] = "ops"
	mover := a.again(doc, a.ever)
	if slices.ContainsFunc(a.grants, func(g rights.Grant) bool { return g.Position == "ops" }) && !slices.Contains(mover.Withheld(), "total") {
		a.Error("a released total is told to the one who can move the wage below it")
	}
	return learnt + everything(mover)
}

// byCopy copies what the attacker sees into a plan of their own, of which they
// see everything.
func byCopy(a *attacker) string {
	doc, ok := a.Document().(object)
	if !ok {
		return ""
	}
	own := open(a.T, doc, rights.Ever{})
	director := &attacker{a.T, own, own.seenBy(grant(rights.Director)), []rights.Grant{grant(rights.Director)}}
	return everything(director)
}

// byPast reads a revision in which nothing was marked yet.
func byPast(a *attacker) string {
	ever := rights.Ever{}
	ever.AddOps([]patch.Op{
		{Op: patch.Add, Path: "/budget/lines/wage/sensitive", Value: true},
		{Op: patch.Replace, Path: "/budget/lines/wage_grade/sensitive", Value: true},
	})
	doc, _ := copied(a.doc).(object)
	delete(lineOf(doc, "wage"), "sensitive")
	delete(lineOf(doc, "wage_grade"), "sensitive")
	return everything(a.again(doc, ever))
}

// byKeyResult binds a key result that one owns to an open line, so that the
// figures of the withheld one would show.
func byKeyResult(a *attacker) string {
	const result = "/okr/objectives/cost/key_results/cap"
	learnt := a.tried(patch.Op{Op: patch.Replace, Path: result + "/line", Value: "calls"})
	learnt += a.tried(patch.Op{Op: patch.Remove, Path: result + "/line"})
	learnt += a.tried(patch.Op{Op: patch.Test, Path: result, Value: 1.0})
	// A code that nobody has opens nothing either.
	doc, _ := copied(a.doc).(object)
	at(doc, result).(object)["line"] = "payroll_of_old"
	return learnt + everything(a.again(doc, a.ever))
}

// byRebinding reads the history of a change that was once of the wage.
func byRebinding(a *attacker) string {
	ever := rights.Ever{}
	ever.AddOps([]patch.Op{
		{Op: patch.Replace, Path: "/scenarios/growth/changes/0/line", Value: "rent"},
		{Op: patch.Replace, Path: "/okr/objectives/cost/key_results/calls_up/line", Value: "calls"},
	})
	doc, _ := copied(a.doc).(object)
	changes := at(doc, "/scenarios/growth/changes").(object)
	for _, change := range changes {
		change.(object)["line"], change.(object)["set"] = "rent", 1.0
		delete(change.(object), "scale")
	}
	mine := a.again(doc, ever)
	seen, _ := mine.Ops([]patch.Op{
		{Op: patch.Replace, Path: "/scenarios/growth/changes/0/set", Value: 8123.0},
		{Op: patch.Test, Path: "/scenarios/growth/changes/0", Value: object{"line": "wage", "set": 8123.0}},
		{Op: patch.Replace, Path: "/okr/objectives/cost/key_results/calls_up/target", Value: 243690.0},
	})
	return text(a.T, seen)
}

func byComment(a *attacker) string {
	doc, _ := copied(a.doc).(object)
	doc["comments"] = object{
		"a": said("/budget/lines/wage/values/2027-01", "8123?"),
		"b": said("/budget/lines/wage", "8123!"),
		"c": said("/budget/lines/rent", "Set off: 8123", "see /scenarios/growth/cells/wage, and that is 8123."),
		"d": said("/budget/lines/rent", "/actuals/pay says 243690"),
		"e": said("/budget/lines/rent", "fine", "wage"),
		"f": said("/budget/lines/rent", "fine"),
	}
	with := a.again(doc, a.ever)
	if comments, _ := document.Get(with.Document(), "comments"); with.Reads() && len(comments.(object)) != 1 {
		a.Errorf("the comments told are %v, want the one on rent", comments)
	}
	return everything(with) + byHistory(with) + byTest(with) + byAddition(with)
}

// said is a comment by somebody, with the replies.
func said(on, text string, replies ...string) object {
	comment := object{"on": on, "text": text, "who": "chief", "day": "2027-01-05"}
	if len(replies) > 0 {
		answers := object{}
		for i, reply := range replies {
			answers[fmt.Sprint("r", i)] = object{"text": reply, "who": "chief", "day": "2027-01-06"}
		}
		comment["replies"] = answers
	}
	return comment
}

func byAmendment(a *attacker) string {
	doc, _ := copied(a.doc).(object)
	doc["workflow"] = object{"amendments": object{"1": object{
		"number": 1.0, "kind": "transfer", "reason": "Pay rises by 8123", "name": object{"en": "Rise"}, "state": "proposed",
		"proposed": object{"who": "f", "on": "2027-01-05"},
		"entries": object{
			"a": object{"line": "wage", "month": "2027-01", "amount": 8123.0}, "b": object{"line": "rent", "month": "2027-01", "amount": -8123.0},
		},
	}}}
	// Whether a wage may stand in an amendment is the workflow's to say; here it is
	// asked only what would be told of it.
	c := center{doc: doc, plan: a.plan, book: a.book, ever: a.ever}
	sight := c.seenBy(a.grants...)
	seen, _ := sight.Ops([]patch.Op{{Op: patch.Add, Path: "/workflow", Value: doc["workflow"]}})
	return text(a.T, sight.Document()) + text(a.T, seen)
}

// byModel reads what consumers of results are handed: reports and exports.
func byModel(a *attacker) string {
	plan := a.Plan()
	var learnt strings.Builder
	fmt.Fprintf(&learnt, "%+v", plan)
	for _, raw := range a.outcomes {
		o := a.Outcome(raw)
		fmt.Fprintf(&learnt, "%+v %+v %+v %v", o.Model, o.Changes, o.Scenario, o.Program.Notes())
	}
	return learnt.String()
}

func byWholeDocument(a *attacker) string {
	var learnt strings.Builder
	learnt.WriteString(a.answered(patch.Op{Op: patch.Test, Path: "", Value: a.Document()}))
	for _, section := range []string{"/budget", "/budget/lines", "/history", "/scenarios", "/okr", "/okr/objectives/cost"} {
		learnt.WriteString(a.answered(patch.Op{Op: patch.Test, Path: section, Value: object{}}))
		learnt.WriteString(a.answered(patch.Op{Op: patch.Replace, Path: section, Value: object{}}))
	}
	return learnt.String()
}
