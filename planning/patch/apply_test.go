package patch_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

const sample = `{
  "plan": {"id": "p", "name": {"en": "Plan"}},
  "days": ["a", "b", "c"],
  "lines": {"calls": {"unit": "contact", "values": {"2027-01": 100, "2027-02": 110}}},
  "odd/name~": {"k": 1},
  "nested": [{"k": 1}, {"k": 2}],
  "nothing": null
}`

func TestApply(t *testing.T) {
	for name, tc := range map[string]struct{ patch, want string }{
		"add puts a new member":           {`[{"op":"add","path":"/plan/note","value":"n"}]`, `{"plan":{"id":"p","name":{"en":"Plan"},"note":"n"}}`},
		"replace puts another value":      {`[{"op":"replace","path":"/plan/id","value":7}]`, `{"plan":{"id":7,"name":{"en":"Plan"}}}`},
		"a value may be null":             {`[{"op":"replace","path":"/plan/id","value":null}]`, `{"plan":{"id":null,"name":{"en":"Plan"}}}`},
		"remove takes a member away":      {`[{"op":"remove","path":"/plan/id"}]`, `{"plan":{"name":{"en":"Plan"}}}`},
		"an escaped name is one part":     {`[{"op":"replace","path":"/odd~1name~0/k","value":2}]`, `{"odd/name~":{"k":2}}`},
		"a list takes a value inside":     {`[{"op":"add","path":"/days/1","value":"x"}]`, `{"days":["a","x","b","c"]}`},
		"a dash is the end of a list":     {`[{"op":"add","path":"/days/-","value":"x"}]`, `{"days":["a","b","c","x"]}`},
		"a list gives up an element":      {`[{"op":"remove","path":"/days/0"}]`, `{"days":["b","c"]}`},
		"paths go through lists":          {`[{"op":"replace","path":"/nested/1/k","value":3}]`, `{"nested":[{"k":1},{"k":3}]}`},
		"later operations see earlier":    {`[{"op":"add","path":"/plan/x","value":{}},{"op":"add","path":"/plan/x/y","value":1}]`, `{"plan":{"id":"p","name":{"en":"Plan"},"x":{"y":1}}}`},
		"a tested object may be replaced": {`[{"op":"test","path":"/plan/name","value":{"en":"Plan"}},{"op":"replace","path":"/plan/name","value":{}}]`, `{"plan":{"id":"p","name":{}}}`},
		"a tested list may be removed":    {`[{"op":"test","path":"/days","value":["a","b","c"]},{"op":"remove","path":"/days"}]`, `{"days":null}`},
		"equal numbers pass a test":       {`[{"op":"test","path":"/lines/calls/values/2027-01","value":1e2}]`, `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			doc := decode(t, sample).(document.Object)
			next, inverse, err := patch.Apply(doc, operations(t, tc.patch))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(decode(t, sample), document.Node(doc)); diff != "" {
				t.Errorf("the document given changed:\n%s", diff)
			}
			for key, want := range decode(t, tc.want).(document.Object) {
				if got := next.(document.Object)[key]; !patch.Equal(got, want) {
					t.Errorf("%s = %v, want %v", key, got, want)
				}
			}
			back, _, err := patch.Apply(next, inverse)
			if err != nil || !patch.Equal(back, doc) {
				t.Errorf("the inverse %v gives %v, %v", inverse, back, err)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	deep := strings.Repeat(`{"a":`, patch.MaxDepth) + "1" + strings.Repeat("}", patch.MaxDepth)
	for name, tc := range map[string]struct {
		patch string
		want  string // each problem's kind, key and path
	}{
		"a failed test is a conflict":             {`[{"op":"test","path":"/plan/id","value":"q"}]`, "conflict patch.test_failed /plan/id"},
		"a test of nothing is a conflict":         {`[{"op":"test","path":"/plan/none","value":1}]`, "conflict patch.missing /plan/none"},
		"null is not the same as nothing":         {`[{"op":"test","path":"/plan/none","value":null}]`, "conflict patch.missing /plan/none"},
		"add on a member is a conflict":           {`[{"op":"add","path":"/plan/id","value":1}]`, "conflict patch.exists /plan/id"},
		"add on the document is a conflict":       {`[{"op":"add","path":"","value":1}]`, "conflict patch.exists "},
		"add below nothing is a conflict":         {`[{"op":"add","path":"/none/x","value":1}]`, "conflict patch.missing /none/x"},
		"add below a number is a conflict":        {`[{"op":"add","path":"/plan/id/x","value":1}]`, "conflict patch.missing /plan/id/x"},
		"replace of nothing is a conflict":        {`[{"op":"replace","path":"/plan/none","value":1}]`, "conflict patch.missing /plan/none"},
		"remove of nothing is a conflict":         {`[{"op":"remove","path":"/plan/none"}]`, "conflict patch.missing /plan/none"},
		"an index past the end is a conflict":     {`[{"op":"add","path":"/days/4","value":1}]`, "conflict patch.missing /days/4"},
		"a dash names no element":                 {`[{"op":"remove","path":"/days/-"}]`, "invalid patch.bad_path /days/-"},
		"an index has no leading zero":            {`[{"op":"remove","path":"/days/01"}]`, "invalid patch.bad_path /days/01"},
		"a path begins with a slash":              {`[{"op":"remove","path":"plan"}]`, "invalid patch.bad_path plan"},
		"a tilde is escaped":                      {`[{"op":"remove","path":"/odd~2"}]`, "invalid patch.bad_path /odd~2"},
		"the document cannot be removed":          {`[{"op":"remove","path":""}]`, "invalid patch.bad_path "},
		"an object is tested before replaced":     {`[{"op":"replace","path":"/plan","value":{}}]`, "invalid patch.untested_subtree /plan"},
		"an object is tested before removed":      {`[{"op":"remove","path":"/plan"}]`, "invalid patch.untested_subtree /plan"},
		"a test of the part above does not count": {`[{"op":"test","path":"/plan","value":{"id":"p","name":{"en":"Plan"}}},{"op":"remove","path":"/plan/name"}]`, "invalid patch.untested_subtree /plan/name"},
		"a test does not follow a moved element":  {`[{"op":"test","path":"/nested/0","value":{"k":1}},{"op":"add","path":"/nested/0","value":0},{"op":"remove","path":"/nested/0"},{"op":"remove","path":"/nested/0"}]`, "invalid patch.untested_subtree /nested/0"},
		"the depth is bounded":                    {`[{"op":"add","path":"/deep","value":` + deep + `}]`, "invalid patch.too_deep /deep"},
		"every refusal is named, consequences are not": {
			`[{"op":"test","path":"/plan/id","value":1},{"op":"replace","path":"/plan/id","value":2},{"op":"add","path":"/x","value":1},{"op":"remove","path":"/y"}]`,
			"conflict patch.test_failed /plan/id; conflict patch.missing /y",
		},
	} {
		t.Run(name, func(t *testing.T) {
			next, inverse, err := patch.Apply(decode(t, sample), operations(t, tc.patch))
			if next != nil || inverse != nil {
				t.Error("something was applied")
			}
			var got []string
			for _, p := range problem.Of(err) {
				got = append(got, p.Kind.String()+" "+p.Key+" "+p.Pointer)
			}
			if text := strings.Join(got, "; "); text != tc.want {
				t.Errorf("got %q, want %q", text, tc.want)
			}
		})
	}
}

func TestAFailedTestQuotesTheValueMetAsJSON(t *testing.T) {
	for pointer, want := range map[string]string{
		"/lines/calls/values/2027-01": "100", "/plan/id": `"p"`, "/plan/name": `{"en":"Plan"}`, "/long": `"` + strings.Repeat("长", 200) + `…"`, "/big": `"…"`,
	} {
		doc := decode(t, sample).(document.Object)
		doc["long"] = strings.Repeat("长", 300)
		doc["big"] = []document.Node{strings.Repeat("x", 300)}
		_, _, err := patch.Apply(doc, []patch.Op{{Op: patch.Test, Path: pointer, Value: "other"}})
		if got := problem.Of(err)[0].Args["met"]; got != want {
			t.Errorf("%s met %s, want %s", pointer, got, want)
		}
	}
}

func TestTheInverseFindsALaterChange(t *testing.T) {
	_, inverse, err := patch.Apply(decode(t, sample), operations(t, `[{"op":"replace","path":"/plan/id","value":"mine"}]`))
	if err != nil {
		t.Fatal(err)
	}
	theirs := decode(t, strings.Replace(sample, `"id": "p"`, `"id": "theirs"`, 1))
	if _, _, err = patch.Apply(theirs, inverse); problem.KindOf(err) != problem.Conflict {
		t.Errorf("taking back an overwritten change gives %v, want a conflict", err)
	}
}

func TestAValueThatIsNotJSONIsInvalid(t *testing.T) {
	_, _, err := patch.Apply(decode(t, sample), []patch.Op{{Op: patch.Add, Path: "/x", Value: 7}})
	if got := problem.Of(err); len(got) != 1 || got[0].Key != "patch.not_json" {
		t.Errorf("got %v", err)
	}
}

func TestTheNumberOfOperationsIsBounded(t *testing.T) {
	ops := make([]patch.Op, patch.MaxChanges+1)
	for i := range ops {
		ops[i] = patch.Op{Op: patch.Replace, Path: "/plan/id", Value: "x"}
	}
	if _, _, err := patch.Apply(decode(t, sample), ops); problem.Of(err)[0].Key != "patch.too_long" {
		t.Errorf("got %v", err)
	}
	next, inverse, err := patch.Apply(decode(t, sample), ops[1:])
	if err != nil {
		t.Fatal(err)
	}
	if back, _, err := patch.Apply(next, inverse); err != nil || !patch.Equal(back, decode(t, sample)) {
		t.Errorf("the inverse of the longest patch: %v", err)
	}
}

func TestUntouchedSubtreesAreShared(t *testing.T) {
	doc := decode(t, sample)
	next, _, err := patch.Apply(doc, operations(t, `[{"op":"replace","path":"/plan/id","value":"q"}]`))
	if err != nil {
		t.Fatal(err)
	}
	lines := next.(document.Object)["lines"].(document.Object)
	lines["mark"] = true
	if _, ok := document.Get(doc, "lines", "mark"); !ok {
		t.Error("an untouched subtree was copied")
	}
}

func TestOperationsAreReadStrictly(t *testing.T) {
	for name, tc := range map[string]struct{ text, key string }{
		"a move":              {`{"op":"move","path":"/a","from":"/b"}`, "patch.member_unknown"},
		"an unknown verb":     {`{"op":"copy","path":"/a"}`, "patch.unknown_operation"},
		"no path":             {`{"op":"remove"}`, "patch.member_missing"},
		"no value":            {`{"op":"add","path":"/a"}`, "patch.member_missing"},
		"a remove with value": {`{"op":"remove","path":"/a","value":1}`, "patch.member_unknown"},
		"a member twice":      {`{"op":"add","path":"/a","value":1,"value":2}`, "patch.member_unknown"},
		"another case":        {`{"Op":"add","path":"/a","value":1}`, "patch.member_unknown"},
		"a path of null":      {`{"op":"remove","path":null}`, "patch.member_type"},
		"not an object":       {`[]`, "patch.not_an_operation"},
	} {
		t.Run(name, func(t *testing.T) {
			var op patch.Op
			err := json.Unmarshal([]byte(tc.text), &op)
			if got := problem.Of(err); len(got) != 1 || got[0].Key != tc.key || got[0].Kind != problem.Invalid {
				t.Errorf("got %v, want %s", err, tc.key)
			}
		})
	}
	var op patch.Op
	if err := json.Unmarshal([]byte(`{"op":"add","path":"/a","value":null}`), &op); err != nil || op.Value != nil {
		t.Errorf("a value of null: %v, %v", op, err)
	}
}

func decode(t testing.TB, text string) document.Node {
	t.Helper()
	var node document.Node
	if err := json.Unmarshal([]byte(text), &node); err != nil {
		t.Fatal(err)
	}
	return node
}

func operations(t testing.TB, text string) []patch.Op {
	t.Helper()
	var ops []patch.Op
	if err := json.Unmarshal([]byte(text), &ops); err != nil {
		t.Fatal(err)
	}
	return ops
}
