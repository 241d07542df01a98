package method

import (
	"strconv"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// section is where Read's section stands in the document.
const section = "/method"

// Check returns what is stored but not in order, with pointers into the
// document: layers whose shares do not sum to 1, findings that led to nothing
// and were not refused, parties without a finding, codes given twice. What
// nobody has begun is no problem here; Links says what is missing.
func (m Model) Check() problem.List {
	var found problem.List
	add := func(key string, args problem.Args, parts ...string) {
		found = append(found, problem.Problem{
			Kind: problem.Invalid, Pointer: document.Pointer(section, parts...), Key: key, Args: args,
		})
	}
	m.checkCodes(add)
	m.Positioning.check(add)
	m.checkFindings(add)
	return found
}

// report records a problem of the section at the place the parts name.
type report func(key string, args problem.Args, parts ...string)

func (m Model) checkCodes(add report) {
	seen := map[string]bool{}
	unique := func(code string, parts ...string) {
		name := document.Pointer("", append(parts[:len(parts)-1:len(parts)-1], code)...)
		if seen[name] {
			add("method.code_twice", problem.Args{"code": code}, append(parts, "code")...)
		}
		seen[name] = true
	}
	for _, goal := range m.Strategy.Goals {
		unique(goal.Code, "strategy", "goals", string(goal.ID))
	}
	for _, layer := range m.Positioning.Layers {
		unique(layer.Code, "positioning", "layers", string(layer.ID))
	}
	for _, finding := range m.Findings {
		unique(finding.Code, "findings", string(finding.ID))
	}
}

func (p Positioning) check(add report) {
	if len(p.Layers) == 0 {
		return
	}
	today, target := p.Shares()
	if !whole(today) {
		add("method.shares_today", problem.Args{"sum": strconv.FormatFloat(today, 'g', -1, 64)}, "positioning", "layers")
	}
	if !whole(target) {
		add("method.shares_target", problem.Args{"sum": strconv.FormatFloat(target, 'g', -1, 64)}, "positioning", "layers")
	}
}

func (m Model) checkFindings(add report) {
	if len(m.Findings) == 0 {
		return
	}
	for _, finding := range m.Findings {
		if !finding.Settled() {
			add("method.finding_unlinked", problem.Args{"finding": finding.Code}, "findings", string(finding.ID), "objective")
		}
		if finding.Led() && !finding.Refused.IsZero() {
			add("method.finding_both", problem.Args{"finding": finding.Code}, "findings", string(finding.ID), "refused")
		}
	}
	for _, party := range Parties() {
		if len(m.FindingsOf(party)) == 0 {
			add(partyMissing[party], nil, "findings")
		}
	}
}

// partyMissing names the message for each side the retrospective left out.
var partyMissing = map[Party]string{
	Company:  "method.no_company_finding",
	Customer: "method.no_customer_finding",
	Partner:  "method.no_partner_finding",
	Employee: "method.no_employee_finding",
}
