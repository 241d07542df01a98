package planning

import (
	"slices"
	"strconv"

	"centerplan/budget"
	"centerplan/budget/unit"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
)

// amendments is where amendments stand in the document.
const amendments = "/workflow/amendments"

// checkWorkflow refuses what the section workflow names and the budget does not
// have: lines, members and months.
func (p Plan) checkWorkflow(r document.Reader) {
	if _, ok := p.Budget.ByID(budget.LineID(p.Workflow.Amount)); !ok && p.Workflow.Amount != "" {
		r.Field("amount").Fail("shape.dangling", problem.Args{"id": p.Workflow.Amount})
	}
	for _, a := range p.Workflow.Amendments {
		entries := r.Field("amendments").Field(strconv.Itoa(a.Number)).Field("entries")
		for _, entry := range a.Entries {
			p.checkEntry(entries.Field(entry.ID), entry)
		}
	}
}

// checkEntry refuses an entry that is not on one cell of the budget.
func (p Plan) checkEntry(r document.Reader, entry workflow.Entry) {
	months := p.Budget.Calendar
	if _, ok := months.Index(entry.Month); !ok && entry.Month != 0 && months.Months > 0 {
		r.Field("month").Fail("budget.month_outside", problem.Args{
			"month": entry.Month.String(),
			"first": months.Month(0).String(), "last": months.Month(months.Months - 1).String(),
		})
	}
	line, ok := p.Budget.ByID(entry.Line)
	if !ok {
		if entry.Line != "" {
			r.Field("line").Fail("shape.dangling", problem.Args{"id": string(entry.Line)})
		}
		return
	}
	known := map[string]bool{}
	for _, code := range line.By {
		dimension, _ := p.Budget.Dimension(code)
		known[dimension.ID] = true
		member, named := entry.Member[dimension.ID]
		if !named {
			r.Field("member").Fail("workflow.entry_member", problem.Args{"line": line.Code, "dimension": code})
			continue
		}
		if !slices.ContainsFunc(dimension.Members, func(m budget.Member) bool { return m.ID == member }) {
			r.Field("member").Field(dimension.ID).Fail("budget.unknown_member", problem.Args{
				"member": member, "dimension": code,
			})
		}
	}
	for _, member := range r.Field("member").Members() {
		if !known[member.Key] {
			member.Fail("budget.change_dimension", problem.Args{"dimension": member.Key})
		}
	}
}

// checkMoney reports the lines that the section workflow takes for money and
// that do not say they are.
func (p Plan) checkMoney() problem.List {
	var found problem.List
	if line, ok := p.Budget.ByID(budget.LineID(p.Workflow.Amount)); ok && !p.money(line) {
		found = append(found, p.noMoney("/workflow/amount", line))
	}
	for _, a := range p.Workflow.Amendments {
		found = append(found, p.CheckAmendment(a)...)
	}
	return found
}

// CheckAmendment reports the entries of an amendment whose lines are not money.
// Such an amendment should not be proposed; one that is there already, because
// a line's unit changed, is a problem of the plan.
func (p Plan) CheckAmendment(a workflow.Amendment) problem.List {
	var found problem.List
	for _, entry := range a.Entries {
		if line, ok := p.Budget.ByID(entry.Line); ok && !p.money(line) {
			pointer := document.Pointer(amendments, strconv.Itoa(a.Number), "entries", entry.ID, "line")
			found = append(found, p.noMoney(pointer, line))
		}
	}
	return found
}

// money reports whether a line states the plan's currency for its unit.
func (p Plan) money(line budget.Line) bool {
	stated, _ := unit.ParseLine(line.Unit, p.Currency)
	return stated == unit.Currency(p.Currency)
}

func (p Plan) noMoney(pointer string, line budget.Line) problem.Problem {
	return problem.Problem{
		Kind: problem.Invalid, Pointer: pointer, Key: "workflow.not_money",
		Args: problem.Args{"line": line.Code, "currency": p.Currency},
	}
}
