package planfile_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
)

// agreed is a plan with everything the section workflow can hold.
const agreed = `centerplan: 1
plan: {id: agreed, currency: CNY}
calendar: {start: 2027-01, months: 3}
dimensions:
  site: {members: [2027, east]}
lines:
  - {code: 9000, unit: CNY, values: 5}
  - {code: pay, unit: CNY, by: [site], values: 7}
okr:
  roles: [{code: head}, {code: 100}]
workflow:
  phase: negotiation
  why_above: 0.2
  amount: 9000
  sections:
    - {id: money, name: {en: Money, zh: 钱}, covers: [/budget, /scenarios], owner: 100, deadline: 2026-11-20, state: approved,
       handed_in: {who: 12, on: 2026-11-18, note: 2027}, approvals: {check: {who: f, on: 2026-11-19}, sign: {who: d, on: 2026-11-20, for: 7, note: "yes: all"}}}
    - {id: action, owner: head, state: returned, returned: {who: d, on: 2026-11-19, note: thin}}
  steps:
    - {id: sign, role: finance}
    - {id: check, role: director, from: 1e6}
  seal: {rev: 7, hash: 1234567890123456789012345678901234567890123456789012345678901234, who: d, on: 2026-12-20, engine: 1.0, scenarios: [base, 2027]}
  amendments:
    1: {number: 1, kind: transfer, name: {en: Chat}, reason: 2027, state: approved, proposed: {who: 12, on: 2027-02-01},
        approvals: {check: {who: d, on: 2027-02-02}},
        entries: {e1: {line: 9000, month: 2027-03, amount: -5}, e2: {line: pay, member: {site: 2027}, month: 2027-03, amount: 5}}}
    2: {number: 2, kind: supplement, reason: r, state: rejected, proposed: {who: h, on: 2027-02-01}, closed: {who: d, on: 2027-02-03, note: no}}
    10: {number: 10, kind: reserve, state: withdrawn, reason: r, proposed: {who: h, on: 2027-02-01}, closed: {who: h, on: 2027-02-01}}
`

func TestTheWorkflowOfAFile(t *testing.T) {
	source := decode(t, agreed)
	plan, err := planning.Read(source.Document)
	if err != nil {
		t.Fatal(err)
	}
	m := plan.Workflow
	var ids []workflow.SectionID
	for _, section := range m.Sections {
		ids = append(ids, section.ID)
	}
	if want := []workflow.SectionID{"money", "action"}; !slices.Equal(ids, want) || m.Steps[0].ID != "sign" || m.Amount != "9000" {
		t.Errorf("sections and steps keep the file's order: got %v and %v", ids, m.Steps)
	}
	if got := m.Sections[0].HandedIn; got.Who != "12" || got.Note != "2027" || m.Sections[0].Owner != "100" {
		t.Errorf("what reads as a number stays text: got %+v", got)
	}
	if m.Seal.Engine != "1.0" || len(m.Amendments) != 3 || m.Amendments[0].Entries[1].Member["site"] != "2027" {
		t.Errorf("got %+v and %+v", m.Seal, m.Amendments)
	}
	written := planfile.Encode(source.Document)
	again := decode(t, string(written)).Document
	if diff := cmp.Diff(source.Document, again); diff != "" {
		t.Errorf("round trip (-first +second):\n%s\n%s", diff, written)
	}
	if twice := planfile.Encode(again); !bytes.Equal(written, twice) {
		t.Errorf("written again it is\n%s\nand was\n%s", twice, written)
	}
	if at(t, source.Document, "workflow", "sections", "money").(document.Object)["code"] != nil {
		t.Error("a section got a code")
	}
	if got := source.Position("/workflow/sections/action/owner", problem.Span{}); got.Line != 18 {
		t.Errorf("the action's owner is on line %d", got.Line)
	}
}
