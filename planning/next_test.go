package planning_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
)

const smallPlan = `centerplan: 1
plan: {id: small, currency: CNY}
calendar: {start: 2027-01, months: 12}
dimensions:
  queue: {members: [{code: care}, {code: sales}]}
  site: {members: [{code: north}, {code: south}]}
groups: [{code: volume}, {code: cost}]
accounts: [{code: labour}]
lines:
  - {code: calls, group: volume, unit: contact, by: [queue], values: {care: 900, sales: 100}}
  - {code: aht, group: volume, unit: second/contact, values: 240}
  - {code: seats, unit: person, by: [queue, site], values: {care: {north: 3, south: 4}}, empty: zero}
  - {code: load, group: volume, unit: hour, by: [queue], formula: hours(calls * aht)}
  - {code: stock, unit: person, opening: 5, values: 6, rollup: last}
  - {code: pay, group: cost, account: labour, unit: CNY, formula: load * 30}
`

// with returns a document with another value at a path; nil takes it away. As
// after a patch, only the objects on the way there are others.
func with(node document.Node, value document.Node, path ...string) document.Node {
	if len(path) == 0 {
		return value
	}
	object, _ := node.(document.Object)
	next := maps.Clone(object)
	if next == nil {
		next = document.Object{}
	}
	if below := with(object[path[0]], value, path[1:]...); below != nil {
		next[path[0]] = below
	} else {
		delete(next, path[0])
	}
	return next
}

// drawEdit changes one thing of a plan, lawfully or not.
func drawEdit(t *rapid.T, doc document.Node) document.Node {
	lines, _ := document.Get(doc, "budget", "lines")
	groups, _ := document.Get(doc, "budget", "groups")
	pick := func(of document.Node, what string) string {
		object, _ := of.(document.Object)
		return rapid.SampledFrom(slices.Sorted(maps.Keys(object))).Draw(t, what)
	}
	id := pick(lines, "line")
	line, _ := document.Get(lines, id)
	switch rapid.SampledFrom([]string{
		"code", "name", "rank", "group", "values", "formula", "by", "copy", "remove", "swap", "regroup", "shorter", "member", "unknown", "goal",
	}).Draw(t, "edit") {
	case "code":
		return with(doc, "renamed_"+id, "budget", "lines", id, "code")
	case "name":
		return with(doc, document.Object{"en": "Other", "zh": "其他"}, "budget", "lines", id, "name")
	case "rank":
		return with(doc, rapid.StringMatching(`[a-z]{0,2}`).Draw(t, "rank"), "budget", "lines", id, "rank")
	case "group":
		return with(doc, pick(groups, "group"), "budget", "lines", id, "group")
	case "values":
		return with(doc, rapid.Float64Range(0, 9).Draw(t, "value"), "budget", "lines", id, "values", "2027-02")
	case "formula":
		return with(with(doc, nil, "budget", "lines", id, "values"), "1 + 1", "budget", "lines", id, "formula")
	case "by":
		return with(doc, nil, "budget", "lines", id, "by")
	case "copy":
		return with(doc, line, "budget", "lines", id+"_2")
	case "remove":
		return with(doc, nil, "budget", "lines", id)
	case "swap":
		return with(with(doc, line, "budget", "lines", id+"_2"), nil, "budget", "lines", id)
	case "regroup":
		return with(doc, nil, "budget", "groups", pick(groups, "group"))
	case "shorter":
		return with(doc, 11.0, "budget", "calendar", "months")
	case "member":
		dimensions, _ := document.Get(doc, "budget", "dimensions")
		return with(doc, document.Object{"code": "more"}, "budget", "dimensions", pick(dimensions, "dimension"), "members", "more")
	case "unknown":
		return with(doc, "?", "budget", "lines", id, "colour")
	default:
		return with(doc, document.Object{"en": "A year"}, "plan", "note")
	}
}

// TestNextIsRead holds a plan that is read over what it was before an edit to
// be the one that is read anew, and to be refused for the same reasons.
func TestNextIsRead(t *testing.T) {
	source, err := planfile.Decode([]byte(smallPlan))
	if err != nil {
		t.Fatal(err)
	}
	first, err := planning.Read(source.Document)
	if err != nil {
		t.Fatal(err)
	}
	alike := cmp.Options{
		cmpopts.EquateNaNs(), cmpopts.EquateComparable(calendar.Date{}), cmpopts.IgnoreUnexported(budget.Model{}),
	}
	rapid.Check(t, func(t *rapid.T) {
		plan, doc := first, document.Node(source.Document)
		for range rapid.IntRange(1, 5).Draw(t, "edits") {
			edited := drawEdit(t, doc)
			want, wantErr := planning.Read(edited)
			got, err := plan.Next(edited)
			if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
				t.Fatalf("Next says %v, Read %v", err, wantErr)
			}
			if err != nil {
				continue // what is refused is never a state of the plan
			}
			if diff := cmp.Diff(want.Budget, got.Budget, alike); diff != "" {
				t.Fatal(diff)
			}
			for _, line := range want.Budget.Lines {
				if found, ok := got.Budget.ByCode(line.Code); !ok || found.ID != line.ID {
					t.Fatalf("the code %s is of the line %q (%v), not of %q", line.Code, found.ID, ok, line.ID)
				}
			}
			if found, ok := got.Budget.ByCode("renamed"); ok {
				t.Fatalf("no line has the code, and %q is found", found.ID)
			}
			plan, doc = got, edited
		}
	})
}
