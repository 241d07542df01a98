package planfile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
)

const agreedPlan = `centerplan: 1
plan: {id: north-2027, currency: CNY}
calendar: {start: 2027-01, months: 3}
dimensions:
  queue: {members: [voice, {id: 12, code: chat}]}
lines:
  - {code: 1001, id: 1001, unit: CNY, values: 4000}
  - {code: fee, unit: CNY, by: [queue], values: 7}
workflow:
  phase: negotiation
  why_above: 0.05
  amount: 1001
  steps:
    director: {rank: a, role: director}
    finance: {rank: b, role: finance, from: 1000000}
  sections:
    all:
      covers: [/budget]
      deadline: 2026-11-30
      state: approved
      handed_in: {who: 1002, on: 2026-11-20, note: 7}
      approvals:
        director: {who: 1003, on: 2026-11-21, for: 1004}
  seal:
    rev: 9
    hash: 1234567890123456789012345678901234567890123456789012345678901234
    who: 1003
    on: 2026-12-01
    engine: Centerplan 0.1
    scenarios: [base]
  amendments:
    1:
      number: 1
      kind: transfer
      reason: 2
      state: rejected
      proposed: {who: 1002, on: 2027-01-03}
      closed: {who: 1003, on: 2027-01-04, note: 5}
      entries:
        a: {line: 1001, month: 2027-02, amount: -500}
        b: {line: fee, member: {queue: 12}, month: 2027-02, amount: 500}
`

func TestAWorkflowRoundTrips(t *testing.T) {
	source := decode(t, agreedPlan)
	if _, err := planning.Read(source.Document); err != nil {
		t.Errorf("numbers that are names are not read as text: %v", err)
	}
	for pointer, want := range map[string]document.Node{
		"workflow/steps/finance/from":                  1e6,
		"workflow/amount":                              "1001",
		"workflow/sections/all/deadline":               "2026-11-30",
		"workflow/sections/all/handed_in/who":          "1002",
		"workflow/seal/hash":                           strings.Repeat("1234567890", 6) + "1234",
		"workflow/amendments/1/entries/b/member/queue": "12",
		"workflow/amendments/1/entries/a/amount":       -500.0,
		"workflow/sections/all/approvals/director/for": "1004",
		"workflow/amendments/1/closed/note":            "5",
	} {
		if got := at(t, source.Document, strings.Split(pointer, "/")...); got != want {
			t.Errorf("%s: got %v (%T), want %v", pointer, got, got, want)
		}
	}
	text := planfile.Encode(source.Document)
	again := decode(t, string(text))
	if diff := cmp.Diff(source.Document, again.Document); diff != "" {
		t.Errorf("%s\nin\n%s", diff, text)
	}
}
