package planning_test

import (
	"slices"
	"testing"

	"centerplan/planning"
	"centerplan/planning/method"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
)

// agreed is a plan with a line of money by site and one without.
const agreed = head + `
dimensions: {site: {members: [east, {id: w, code: west}]}}
lines:
  - {code: pay, unit: CNY, by: [site], values: 5}
  - {code: calls, unit: contact, values: 5}
  - {code: rent, unit: 元, values: 5}
workflow:
  amount: rent
  seal: {rev: 7, hash: "0123456789012345678901234567890123456789012345678901234567890123", who: d, on: 2026-12-20}
  amendments:
    1: {number: 1, kind: supplement, reason: r, proposed: {who: h, on: 2027-02-01}, entries: {e1: `

func TestEntriesStandOnCellsOfTheBudget(t *testing.T) {
	cases := map[string]struct{ entry, want string }{
		"a line without dimensions":      {"{line: rent, month: 2027-03, amount: 5}", ""},
		"a line by site":                 {"{line: pay, member: {site: w}, month: 2027-03, amount: 5}", ""},
		"a line that is not there":       {"{line: gone, month: 2027-03, amount: 5}", "shape.dangling /workflow/amendments/1/entries/e1/line"},
		"a month outside the plan":       {"{line: rent, month: 2027-04, amount: 5}", "budget.month_outside /workflow/amendments/1/entries/e1/month"},
		"no member where there are some": {"{line: pay, month: 2027-03, amount: 5}", "workflow.entry_member /workflow/amendments/1/entries/e1/member"},
		"a member that is not there":     {"{line: pay, member: {site: west}, month: 2027-03, amount: 5}", "budget.unknown_member /workflow/amendments/1/entries/e1/member/site"},
		"a member too many":              {"{line: rent, member: {site: w}, month: 2027-03, amount: 5}", "budget.change_dimension /workflow/amendments/1/entries/e1/member/site"},
	}
	for name, c := range cases {
		_, err := read(t, agreed+c.entry+"}}\n")
		var want []string
		if c.want != "" {
			want = []string{c.want}
		}
		if got := keys(problem.Of(err)); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestTheWorkflowTakesMoneyOnly(t *testing.T) {
	check := func(text string) []string {
		plan, err := read(t, text)
		if err != nil {
			t.Fatal(err)
		}
		return keys(plan.Check(plan.Book()))
	}
	if got := check(agreed + "{line: rent, month: 2027-03, amount: 5}}}\n"); len(got) > 0 {
		t.Errorf("money has problems: %v", got)
	}
	want := []string{"workflow.not_money /workflow/amendments/1/entries/e1/line"}
	if got := check(agreed + "{line: calls, month: 2027-03, amount: 5}}}\n"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	want = []string{"workflow.not_money /workflow/amount"}
	if got := check(head + "lines: [{code: calls, unit: contact, values: 5}]\nworkflow: {amount: calls}\n"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	_, err := read(t, head+"workflow: {amount: gone}\n")
	if got, want := keys(problem.Of(err)), []string{"shape.dangling /workflow/amount"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTheSectionsAreTheFiveLinks(t *testing.T) {
	var links []workflow.SectionID
	for _, link := range method.Links() {
		links = append(links, workflow.SectionID(link.String()))
	}
	if !slices.Equal(links, workflow.Links()) {
		t.Errorf("got %v, want %v", workflow.Links(), links)
	}
	plan, err := planning.Read(decoded(t, head))
	if err != nil || len(plan.Workflow.Sections) != len(links) || len(plan.Workflow.Check()) > 0 {
		t.Errorf("got %+v, %v", plan.Workflow, err)
	}
}
