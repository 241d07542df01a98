package planfile_test

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
)

const small = `centerplan: 1
plan: {id: north-2027, name: {en: "North: 2027", zh: 北区}, currency: CNY}
calendar: {start: 2027-01, months: 3, days: real}
dimensions:
  queue: {members: [voice, {code: chat, name: {zh: 在线}}]}
accounts:
  - {code: 1000, name: {en: Labour}}
lines:
  - {code: volume, unit: contact, by: [queue], rollup: sum, values: {voice: 100000, chat: [5000, 5200, 5400]}}
  - {code: aht, by: [queue], values: 240, held: {voice: {2027-01: true}, chat: {}}}
  - code: 工作量
    account: 1000
    formula: "hours(sum(volume * aht))"
  - {code: gap, values: {2027-02: 7}}
levers:
  - {code: more, changes: [{line: gap, add: 1}, {id: own, line: aht, formula: "5"}], requires: [2027], excludes: [less]}
  - {code: 2027, name: {en: Year}}
  - {code: less, changes: [{line: volume, scale: 0.9}]}
history:
  volume: {voice: [90, 91, null, 93], chat: {2025-12: 4}}
  gap: [3, 4]
  aht: {voice: {2026-12: 200}, chat: [200, 210]}
actuals:
  volume: {voice: [101, 102], chat: {2027-02: 7}}
  gap: [1, 2, 3]
scenarios:
  - code: growth
    changes:
      - {line: volume, member: {queue: voice}, from: 2027-02, scale: 1.12}
      - {id: mine, line: aht, add: -10}
    cells: {gap: {2027-01: 1e3}}
    levers: [more, 2027]
    initiatives: {coach: off, move: 2027-02}
    actuals_through: 2027-02
    locked: true
  - {code: old, parent: growth, archived: true}
okr:
  milestones: [{code: ready, due: 2027-02-28}]
  initiatives:
    - {code: coach, status: approved, milestone: ready, changes: [{line: aht, scale: 0.97}]}
    - {code: move, go_live: 2027-02}
  checkins:
    2027-02-01-a: {of: /okr/milestones/ready, day: 2027-02-01, confidence: 4, note: 12, blocker: "no"}
    2027-02-15-a: {of: /okr/milestones/ready, day: 2027-02-15}
hiring:
  agents: {opening: gap, attrition: 0.05, ramp: [0.5, 1], classes: {2026-12: 8, 2027-02: gap}}
  crew: {opening: 9, attrition: 0, required: gap, classes: gap, planned: true, earliest_class: 2027-02, notice_months: 1}
`

func decode(t *testing.T, text string) planfile.Source {
	t.Helper()
	source, err := planfile.Decode([]byte(text))
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	return source
}

func at(t *testing.T, doc document.Node, parts ...string) document.Node {
	t.Helper()
	value, ok := document.Get(doc, parts...)
	if !ok {
		t.Fatalf("nothing at /%s", strings.Join(parts, "/"))
	}
	return value
}

func TestDecodeGivesOneValuePerCell(t *testing.T) {
	doc := decode(t, small).Document
	cases := map[string]struct {
		got, want document.Node
	}{
		"a constant stands in every month": {
			at(t, doc, "budget", "lines", "volume", "values", "voice"),
			document.Object{"2027-01": 100000.0, "2027-02": 100000.0, "2027-03": 100000.0},
		},
		"a list stands month by month": {
			at(t, doc, "budget", "lines", "volume", "values", "chat"),
			document.Object{"2027-01": 5000.0, "2027-02": 5200.0, "2027-03": 5400.0},
		},
		"one number serves all members": {at(t, doc, "budget", "lines", "aht", "values", "chat", "2027-03"), 240.0},
		"a map by month leaves others missing": {
			at(t, doc, "budget", "lines", "gap", "values"),
			document.Object{"2027-02": 7.0},
		},
		"a code that looks like a number stays text": {at(t, doc, "budget", "lines", "工作量", "account"), "1000"},
		"changes get ids in their order":             {at(t, doc, "scenarios", "growth", "changes", "c1", "scale"), 1.12},
		"a stated id is kept":                        {at(t, doc, "scenarios", "growth", "changes", "mine", "add"), -10.0},
		"a class stands under its month":             {at(t, doc, "budget", "hiring", "agents", "classes", "2026-12"), 8.0},
		"classes may be a line":                      {at(t, doc, "budget", "hiring", "crew", "classes"), "gap"},
		"held cells stay as they are":                {at(t, doc, "budget", "lines", "aht", "held", "voice"), document.Object{"2027-01": true}},
		"cells stay as they are":                     {at(t, doc, "scenarios", "growth", "cells", "gap", "2027-01"), 1000.0},
		"a list of history ends before the plan": {
			at(t, doc, "history", "volume", "voice"),
			document.Object{"2026-09": 90.0, "2026-10": 91.0, "2026-12": 93.0},
		},
		"a list of actuals begins with the plan": {
			at(t, doc, "actuals", "volume", "voice"),
			document.Object{"2027-01": 101.0, "2027-02": 102.0},
		},
		"a lever's changes get ids in their order": {at(t, doc, "budget", "levers", "more", "changes", "c1", "add"), 1.0},
		"levers are named by text":                 {at(t, doc, "scenarios", "growth", "levers"), []document.Node{"more", "2027"}},
		"so are those a lever requires":            {at(t, doc, "budget", "levers", "more", "requires"), []document.Node{"2027"}},
		"an initiative is moved or off by text": {
			at(t, doc, "scenarios", "growth", "initiatives"), document.Object{"coach": "off", "move": "2027-02"},
		},
		"an initiative's changes have no codes": {
			at(t, doc, "okr", "initiatives", "coach", "changes", "c1"),
			document.Object{"line": "aht", "scale": 0.97, "rank": "V"},
		},
		"a check-in's note is text":      {at(t, doc, "okr", "checkins", "2027-02-01-a", "note"), "12"},
		"and its day":                    {at(t, doc, "okr", "checkins", "2027-02-15-a", "day"), "2027-02-15"},
		"a member may be its code alone": {at(t, doc, "budget", "dimensions", "queue", "members", "voice", "code"), "voice"},
	}
	for name, c := range cases {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := document.Ranked(at(t, doc, "budget", "lines").(document.Object)); !cmp.Equal(got, []string{"volume", "aht", "工作量", "gap"}) {
		t.Errorf("lines keep the file's order; got %v", got)
	}
}

func TestEncodeThenDecodeGivesAnEqualDocument(t *testing.T) {
	files := map[string]string{"small": small}
	for _, name := range []string{"north.plan.yaml"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	for name, text := range files {
		first := decode(t, text).Document
		written := planfile.Encode(first)
		second := decode(t, string(written)).Document
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("%s: round trip (-first +second):\n%s\n%s", name, diff, written)
		}
		if again := planfile.Encode(second); !bytes.Equal(again, written) {
			t.Errorf("%s: encoding twice gives two texts", name)
		}
	}
}

func TestPositionNamesThePlaceInTheFile(t *testing.T) {
	source := decode(t, small)
	cases := map[string]struct {
		pointer string
		span    problem.Span
		line    int
		column  int
	}{
		"a span inside a quoted formula": {"/budget/lines/工作量/formula", problem.Span{Start: 6}, 13, 21},
		"a value in a flow object":       {"/plan/currency", problem.Span{}, 2, 69},
		"a cell of a constant":           {"/budget/lines/volume/values/voice/2027-02", problem.Span{}, 9, 77},
		"something the file leaves out":  {"/budget/lines/aht/unit", problem.Span{}, 10, 6},
	}
	for name, c := range cases {
		got := source.Position(c.pointer, c.span)
		if got.Line != c.line || got.Column != c.column {
			t.Errorf("%s: got %d:%d, want %d:%d", name, got.Line, got.Column, c.line, c.column)
		}
	}
}

func TestAPositionCountsTheCharactersOfTheFile(t *testing.T) {
	source := decode(t, strings.Join([]string{
		`centerplan: 1`,
		`plan: {id: p}`,
		`lines:`,
		`  - {code: double, formula: "a[\"b\"] + 宽\u5EA6 + nope"}`,
		`  - {code: single, formula: 'it''s + nope'}`,
		`  - {code: plain, formula: a + nope}`,
		`  - code: block`,
		`    formula: >-`,
		`      a`,
		`      + nope`,
		`  - code: broken`,
		`    formula: "a`,
		`      + nope"`,
	}, "\n"))
	for code, want := range map[string]planfile.Position{
		"double": {Line: 4, Column: 51},
		"single": {Line: 5, Column: 38},
		"plain":  {Line: 6, Column: 32},
		"block":  {Line: 8, Column: 14},
		"broken": {Line: 12, Column: 14},
	} {
		pointer := "/budget/lines/" + code + "/formula"
		text, _ := document.Get(source.Document, "budget", "lines", code, "formula")
		before, _, found := strings.Cut(text.(string), "nope")
		span := problem.Span{Start: utf8.RuneCountInString(before)}
		if got := source.Position(pointer, span); got != want || !found {
			t.Errorf("nope in the %s formula %q is at %v, want %v", code, text, got, want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	head := "centerplan: 1\ncalendar: {start: 2027-01, months: 2}\n"
	cases := map[string]struct{ text, key string }{
		"broken YAML":                  {"lines: [1, 2\nplan: 3\n", "planfile.syntax"},
		"an empty file":                {"", "planfile.not_one_document"},
		"two documents":                {"centerplan: 1\n---\ncenterplan: 1\n", "planfile.not_one_document"},
		"no version":                   {"plan: {id: x}\n", "planfile.no_version"},
		"another version":              {"centerplan: 2\n", "planfile.version"},
		"a list at the top":            {"- 1\n", "planfile.not_an_object"},
		"a code used twice":            {head + "lines:\n  - {code: a, values: 1}\n  - {code: a, values: 2}\n", "planfile.duplicate"},
		"a line without a code":        {head + "lines:\n  - {values: 1}\n", "planfile.no_code"},
		"a field written twice":        {head + "plan: {id: a, id: b}\n", "planfile.syntax"},
		"too few values":               {head + "lines:\n  - {code: a, values: [1]}\n", "planfile.value_count"},
		"a value that is no number":    {head + "lines:\n  - {code: a, values: [1, many]}\n", "planfile.want_number"},
		"a part of no plan":            {"centerplan: 1\ncalender: {start: 2027-01}\n", "shape.unknown_field"},
		"a budget in one piece":        {head + "budget: {lines: []}\n", "planfile.budget"},
		"lines that are no list":       {head + "lines: {a: {values: 1}}\n", "planfile.want_list"},
		"more actuals than months":     {head + "lines:\n  - {code: a, values: 1}\nactuals: {a: [1, 2, 3]}\n", "planfile.too_many_months"},
		"an actual of no month":        {head + "lines:\n  - {code: a, values: 1}\nactuals: {a: 5}\n", "planfile.want_months"},
		"history of no month":          {head + "lines:\n  - {code: a, values: 1}\nhistory: {a: {jan: 5}}\n", "planfile.want_month"},
		"an alias":                     {"centerplan: 1\na: &x 1\nb: *x\n", "planfile.not_supported"},
		"deep brackets":                {strings.Repeat("[", 100_000), "planfile.too_deep"},
		"deep dashes":                  {strings.Repeat("- ", 100_000), "planfile.too_deep"},
		"a row of keys":                {strings.Repeat("a: b: ", 500_000), "planfile.too_deep"},
		"a row of questions":           {strings.Repeat("? ", 1_000_000), "planfile.too_deep"},
		"a row of texts":               {strings.Repeat(`"" `, 1_000_000), "planfile.too_deep"},
		"a row of anchors":             {strings.Repeat("&x ", 1_000_000), "planfile.too_deep"},
		"bytes that are no text":       {"centerplan: \xff\n", "planfile.not_utf8"},
		"a file of a size no plan has": {strings.Repeat("# \n", 6<<20), "planfile.too_large"},
	}
	for name, c := range cases {
		_, err := planfile.Decode([]byte(c.text))
		problems := problem.Of(err)
		if len(problems) == 0 || problems[0].Key != c.key || problems[0].Kind != problem.Invalid {
			t.Errorf("%s: got %v, want key %s", name, err, c.key)
		}
	}
}

// A calendar that cannot be found is told by package planning as what it is, not
// by every list of values there is.
func TestAFaultyCalendarIsNotToldOfTheValues(t *testing.T) {
	for _, calendar := range []string{"", "calendar: {begin: 2027-01}\n", "calendar: {start: 2027-01, months: 61}\n"} {
		if _, err := planfile.Decode([]byte("centerplan: 1\n" + calendar + "lines:\n  - {code: a, values: [1, 2]}\n")); err != nil {
			t.Errorf("%q: %v", calendar, err)
		}
	}
	doc := decode(t, "centerplan: 1\ncalendar: {start: 2027-01, months: null}\nlines:\n  - {code: a, values: 1}\n").Document
	if got := at(t, doc, "budget", "lines", "a", "values").(document.Object); len(got) != 12 {
		t.Errorf("without a number of months there are %d, want 12", len(got))
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(small)
	f.Add("centerplan: 1\nlines:\n- {code: a, values: {2027-01: 1}}")
	f.Add(agreed)
	f.Fuzz(func(t *testing.T, text string) {
		source, err := planfile.Decode([]byte(text))
		if err != nil {
			if kind := problem.KindOf(err); kind != problem.Invalid {
				t.Fatalf("kind %v: %v", kind, err)
			}
			return
		}
		written := planfile.Encode(source.Document)
		again, err := planfile.Decode(written)
		if err != nil {
			t.Fatalf("written file does not decode: %v\n%s", err, written)
		}
		if !cmp.Equal(again.Document, source.Document) {
			t.Fatalf("round trip differs:\n%s\n%s", cmp.Diff(source.Document, again.Document), written)
		}
	})
}
