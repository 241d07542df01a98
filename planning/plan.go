// Package planning is the plan: one center's year, all of it. It reads a plan
// document into typed parts, says what is wrong with it, and how complete it
// is.
//
//	document → Read → Plan → Check → problems
//
// Two sorts of fault are kept apart. What Read refuses (a wrong shape, an id
// that points nowhere) can never be stored. What Check finds (a formula fault,
// shares that do not sum to one, an unlinked finding) is stored with the plan
// and shown until someone mends it.
package planning

import (
	"regexp"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/okr"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/method"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
	"centerplan/scenarios"
)

// Version is the format version of plan documents.
const Version = 1

// An ID names a plan. It is part of addresses and file names.
type ID string

// A Plan is one center's year.
type Plan struct {
	ID       ID
	Name     document.Text
	Center   document.Text
	Currency string
	// Source says where the plan's facts come from, Note what else its readers
	// should know first.
	Source document.Text
	Note   document.Text
	Budget budget.Model
	// Scenarios are in display order and hold base.
	Scenarios []scenarios.Scenario
	Method    method.Model
	OKR       okr.Model
	// Workflow says how far the plan is agreed, by whom, and what was amended.
	Workflow workflow.Model
	// Comments are what people said about places of the plan.
	Comments comments.Model
}

var (
	idPattern       = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)
	currencyPattern = regexp.MustCompile(`^[A-Z]{3}$`)
)

// Read reads a plan document. If its shape is wrong or it holds an id that
// points nowhere, the error is a problem.List of kind Invalid with every such
// fault, and the plan is not to be used.
func Read(doc document.Node) (Plan, error) { return Plan{}.Next(doc) }

// Next reads a later state of the same plan, as Read does. What an edit left
// alone need not be read again.
func (p Plan) Next(doc document.Node) (Plan, error) {
	plan, faults := p.read(doc)
	if err := faults.Err(); err != nil {
		return Plan{}, err
	}
	return plan, nil
}

// read reads what can be read, and lists what cannot.
func (p Plan) read(doc document.Node) (Plan, problem.List) {
	r := document.Read(doc)
	r.Fields("centerplan", "plan", "budget", "scenarios", "method", "okr",
		"comments", "workflow", "history", "actuals")
	if version := r.Field("centerplan").Require().Number(Version); version != Version {
		r.Field("centerplan").Fail("planning.version", problem.Args{
			"got": strconv.FormatFloat(version, 'g', -1, 64), "version": strconv.Itoa(Version),
		})
	}
	plan := readHeader(r.Field("plan").Require())
	plan.Budget = p.Budget.Next(r.Field("budget"), plan.Currency)
	plan.Budget.Actuals = plan.Budget.ReadActuals(r.Field("actuals"))
	plan.Budget.History = plan.Budget.ReadHistory(r.Field("history"))
	plan.OKR = okr.Read(r.Field("okr"), plan.Budget)
	plan.Budget.Launches = plan.OKR.Launches()
	plan.Scenarios = scenarios.Read(r.Field("scenarios"), plan.Budget)
	plan.Method = method.Read(r.Field("method"), plan.OKR)
	plan.Workflow = workflow.Read(r.Field("workflow"), plan.OKR)
	plan.Comments = comments.Read(r.Field("comments"))
	plan.checkWorkflow(r.Field("workflow"))
	plan.checkOwners(r.Field("budget").Field("lines"))
	return plan, r.Problems()
}

// Faults lists everything that is wrong with a document, so that it can be
// mended in one go: beside what Read refuses, the faults of formulas. Where the
// months or the dimensions cannot be read, too many formulas would be at fault
// for nothing, so theirs are left for later.
func Faults(doc document.Node) problem.List {
	plan, faults := Plan{}.read(doc)
	if len(faults) == 0 {
		return plan.Check(plan.Book())
	}
	for _, p := range faults {
		if !strings.HasPrefix(p.Pointer, "/budget/") && !strings.HasPrefix(p.Pointer, "/scenarios/") ||
			strings.HasPrefix(p.Pointer, "/budget/dimensions") || strings.HasPrefix(p.Pointer, "/budget/calendar") {
			return faults
		}
	}
	for _, p := range plan.Book().Problems() {
		if strings.HasSuffix(p.Pointer, "/formula") {
			faults = append(faults, p)
		}
	}
	return faults
}

func readHeader(r document.Reader) Plan {
	r.Fields("id", "name", "center", "currency", "source", "note")
	plan := Plan{
		ID: ID(r.Field("id").Require().String()), Name: r.Field("name").Text(),
		Center: readCenter(r.Field("center")), Currency: r.Field("currency").String(),
		Source: r.Field("source").Text(), Note: r.Field("note").Text(),
	}
	if plan.ID != "" && !idPattern.MatchString(string(plan.ID)) {
		r.Field("id").Fail("planning.id", problem.Args{"id": string(plan.ID)})
	}
	if plan.Currency == "" {
		plan.Currency = "CNY"
	}
	if !currencyPattern.MatchString(plan.Currency) {
		r.Field("currency").Fail("planning.currency", problem.Args{"currency": plan.Currency})
	}
	return plan
}

// readCenter reads a center's name: a text in two languages, or one word for
// both.
func readCenter(r document.Reader) document.Text {
	if word, ok := r.Node().(string); ok {
		return document.Text{En: word, Zh: word}
	}
	return r.Text()
}

// checkOwners refuses lines whose owner is a role the plan does not have.
func (p Plan) checkOwners(r document.Reader) {
	for _, line := range p.Budget.Lines {
		if line.Owner == "" {
			continue
		}
		if _, ok := p.OKR.Role(okr.RoleID(line.Owner)); !ok {
			r.Field(string(line.ID)).Field("owner").Fail("shape.dangling", problem.Args{"id": line.Owner})
		}
	}
}

// Book compiles the plan's model and scenarios.
func (p Plan) Book() *scenarios.Book { return scenarios.NewBook(p.Budget, p.Scenarios) }

// Check returns everything that is wrong or still open but may be stored: the
// formulas' problems, found by the book, the open points of the method and of
// the objectives, and what is odd about how the plan is agreed.
func (p Plan) Check(book *scenarios.Book) problem.List {
	problems := book.Problems()
	problems = append(problems, p.Budget.Check()...)
	problems = append(problems, scenarios.Check(p.Budget, p.Scenarios)...)
	for _, initiative := range p.OKR.Initiatives {
		for _, change := range initiative.Changes {
			problems = append(problems, p.Budget.CheckChange(change)...)
		}
	}
	problems = append(problems, p.Method.Check()...)
	problems = append(problems, p.OKR.Check(func(code string) bool {
		_, ok := p.Budget.ByCode(code)
		return ok
	})...)
	problems = append(problems, p.Workflow.Check()...)
	problems = append(problems, p.checkMoney()...)
	return problems
}

// Links returns how far each of the five links of the planning method has
// come, in order.
func (p Plan) Links(book *scenarios.Book) []method.State {
	facts := method.Budget{Lines: len(p.Budget.Lines), Faults: len(book.Problems())}
	for _, line := range p.Budget.Lines {
		if line.Account != "" {
			facts.Accounted++
		}
	}
	for _, s := range scenarios.Open(p.Scenarios) {
		if s.Code != scenarios.Base {
			facts.Scenarios++
		}
	}
	return p.Method.Completeness(p.OKR, facts)
}
