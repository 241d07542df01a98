package scenarios_test

import (
	"strings"
	"testing"

	"centerplan/budget"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/planfile"
	"centerplan/scenarios"
)

const marked = `scenarios:
  - {code: base, changes: [{line: price, add: 1}]}
  - {code: safe, locked: true, levers: [], changes: [{line: price, scale: 2}], cells: {price: {2027-02: 9}}}
  - {code: child, parent: safe, changes: [{line: price, add: 1}]}
  - {code: old, archived: true, changes: [{line: price, add: 7}]}
`

func TestALockedScenarioChangesInNothingButItsMarks(t *testing.T) {
	source, err := planfile.Decode([]byte(head + marked))
	if err != nil {
		t.Fatal(err)
	}
	r := document.Read(source.Document)
	all := scenarios.Read(r.Field("scenarios"), budget.Read(r.Field("budget"), "CNY"))
	put := func(path string, value document.Node) patch.Op {
		parts, _ := document.Parts(path)
		if _, there := document.Get(source.Document, parts...); there {
			return patch.Op{Op: patch.Replace, Path: path, Value: value}
		}
		return patch.Op{Op: patch.Add, Path: path, Value: value}
	}
	drop := func(path string) []patch.Op {
		parts, _ := document.Parts(path)
		held, _ := document.Get(source.Document, parts...)
		return []patch.Op{{Op: patch.Test, Path: path, Value: held}, {Op: patch.Remove, Path: path}}
	}
	cases := map[string]struct {
		ops  []patch.Op
		want string // the place that is refused
	}{
		"a cell":                       {[]patch.Op{put("/scenarios/safe/cells/price/2027-03", 4.0)}, "/scenarios/safe/cells/price/2027-03"},
		"a change's number":            {[]patch.Op{put("/scenarios/safe/changes/c1/scale", 3.0)}, "/scenarios/safe/changes/c1/scale"},
		"a change more":                {[]patch.Op{put("/scenarios/safe/changes/c2", document.Object{"line": "price", "add": 1.0})}, "/scenarios/safe/changes/c2"},
		"its name":                     {[]patch.Op{put("/scenarios/safe/name", document.Object{"en": "x"})}, "/scenarios/safe/name"},
		"all of it":                    {drop("/scenarios/safe"), "/scenarios/safe"},
		"all scenarios":                {drop("/scenarios"), "/scenarios/safe"},
		"an edit that unlocks too":     {append(drop("/scenarios/safe/locked"), put("/scenarios/safe/cells/price/2027-03", 4.0)), "/scenarios/safe/cells/price/2027-03"},
		"unlocking":                    {drop("/scenarios/safe/locked"), ""},
		"unlocking in so many words":   {[]patch.Op{put("/scenarios/safe/locked", false)}, ""},
		"archiving":                    {[]patch.Op{put("/scenarios/safe/archived", true)}, ""},
		"the same number once more":    {[]patch.Op{put("/scenarios/safe/cells/price/2027-02", 9.0)}, ""},
		"a child of it":                {[]patch.Op{put("/scenarios/child/changes/c1/add", 3.0)}, ""},
		"another child of it":          {[]patch.Op{put("/scenarios/new", document.Object{"parent": "safe"})}, ""},
		"its parent, which flows on":   {[]patch.Op{put("/scenarios/base/changes/c1/add", 3.0)}, ""},
		"a scenario that is put away":  {[]patch.Op{put("/scenarios/old/changes/c1/add", 3.0)}, ""},
		"the plan below the scenarios": {[]patch.Op{put("/budget/lines/price/values/2027-01", 3.0)}, ""},
	}
	for name, c := range cases {
		after, _, err := patch.Apply(source.Document, c.ops)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := scenarios.Locked(all, source.Document, after)
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0].Error() != `scenarios.locked at `+c.want+` scenario="safe"`) {
			t.Errorf("%s: got %q, want a refusal at %q", name, got.Error(), c.want)
		}
	}
}

func TestBaseBearsNoMark(t *testing.T) {
	for mark, want := range map[string]string{"locked": "scenarios.base_locked", "archived": "scenarios.base_archived"} {
		source, err := planfile.Decode([]byte(head + "scenarios:\n  - {code: base, " + mark + ": true}\n"))
		if err != nil {
			t.Fatal(err)
		}
		r := document.Read(source.Document)
		scenarios.Read(r.Field("scenarios"), budget.Read(r.Field("budget"), "CNY"))
		if got := r.Problems().Error(); !strings.Contains(got, want+" at /scenarios/base/"+mark) {
			t.Errorf("%s: got %q, want %s", mark, got, want)
		}
	}
}

func TestMarksMoveNoNumber(t *testing.T) {
	b, plain := book(t, marked), book(t, strings.NewReplacer("locked: true, ", "", "archived: true, ", "").Replace(marked))
	for _, code := range []scenarios.Code{"base", "safe", "child", "old"} {
		if got, want := evaluate(t, b, code), evaluate(t, plain, code); !scenarios.Same(got, want, "cost") {
			t.Errorf("%s: its cost is another with the marks", code)
		}
	}
	var open []string
	for _, s := range scenarios.Open(b.Scenarios()) {
		open = append(open, string(s.Code))
	}
	if got := strings.Join(open, " "); got != "base safe child" {
		t.Errorf("open: got %s", got)
	}
}
