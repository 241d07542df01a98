package planfile_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning"
	"centerplan/planning/planfile"
)

// talked is a plan with everything the section comments can hold, much of it
// text that YAML would read as something else.
const talked = `centerplan: 1
plan: {id: talked, currency: CNY}
calendar: {start: 2027-01, months: 3}
dimensions:
  site: {members: [2027, east]}
lines:
  - {code: 9000, unit: CNY, values: 5}
  - {code: pay, unit: CNY, by: [site], formula: "1"}
okr:
  roles: [{code: head}, {code: 100}]
comments:
  c1:
    on: /budget/lines/pay/values/2027/2027-02
    scenario: 2027
    text: |
      Two lines:
      "the second" # is one too
    who: 12
    day: 2026-11-20
    mentions: [100, head]
    replies:
      r1: {text: yes, who: true, day: 2026-11-21}
      1: {text: 2027, who: f, day: 2026-11-22, mentions: [100]}
    resolved: {who: 12, day: 2026-11-23}
  "2": {rank: V, on: /budget/lines/9000, text: 話務量？, who: d, day: 2026-11-20}
  c3: {on: /budget/lines/gone/values/2027-01, text: "null", who: d, day: 2026-11-19, replies: {}}
`

func TestTheCommentsOfAFile(t *testing.T) {
	source := decode(t, talked)
	plan, err := planning.Read(source.Document)
	if err != nil {
		t.Fatal(err)
	}
	threads := plan.Comments.Threads
	if len(threads) != 3 || threads[0].ID != "c3" || threads[1].ID != "c1" {
		t.Fatalf("got %+v", threads)
	}
	first := threads[1]
	if first.Who != "12" || first.Scenario != "2027" || first.Mentions[0] != "100" || first.Resolved.Who != "12" ||
		first.Replies[0].Text != "yes" || first.Replies[0].Who != "true" || first.Replies[1].Text != "2027" || threads[0].Text != "null" {
		t.Errorf("what reads as something else stays text: got %+v", threads)
	}
	written := planfile.Encode(source.Document)
	again := decode(t, string(written)).Document
	if diff := cmp.Diff(source.Document, again); diff != "" {
		t.Errorf("round trip (-first +second):\n%s\n%s", diff, written)
	}
	if twice := planfile.Encode(again); !bytes.Equal(written, twice) {
		t.Errorf("written again it is\n%s\nand was\n%s", twice, written)
	}
	if notes := plan.Notes(); len(notes) != 1 || notes[0].Key != "comments.place_gone" || source.PositionOf(notes[0]).Line != 26 {
		t.Errorf("the place that is gone is noted as %v", notes)
	}
}

// TestFaultsOfCommentsHaveTheirPlaceInTheFile gives one comment in a file, and
// where in it the fault is.
func TestFaultsOfCommentsHaveTheirPlaceInTheFile(t *testing.T) {
	const head = "centerplan: 1\nplan: {id: p}\ncalendar: {start: 2027-01, months: 3}\nlines: [{code: a, values: 1}]\ncomments:\n  c:\n"
	const rest = "    on: /budget/lines/a\n    text: x\n    who: d\n    day: 2026-11-20\n"
	for name, tc := range map[string]struct {
		comment, key string
		line, column int
	}{
		"nothing said":      {"    on: /budget/lines/a\n    text: \" \"\n    who: d\n    day: 2026-11-20\n", "comments.empty", 8, 12},
		"no text":           {"    on: /budget/lines/a\n    who: d\n    day: 2026-11-20\n", "shape.missing", 7, 5},
		"no place":          {"    on: /plan\n    text: x\n    who: d\n    day: 2026-11-20\n", "comments.place", 7, 9},
		"no day":            {"    on: /budget/lines/a\n    text: x\n    who: d\n    day: soon\n", "shape.date", 10, 10},
		"nobody":            {"    on: /budget/lines/a\n    text: x\n    who: \"\"\n    day: 2026-11-20\n", "comments.nobody", 9, 11},
		"a field too many":  {rest + "    mood: bad\n", "shape.unknown_field", 11, 11},
		"a faulty reply":    {rest + "    replies: {r: {text: y, who: e}}\n", "shape.missing", 11, 19},
		"a faulty mark":     {rest + "    resolved: {day: 2026-11-21}\n", "shape.missing", 11, 16},
		"mentions in words": {rest + "    mentions: head\n", "shape.type", 11, 15},
	} {
		t.Run(name, func(t *testing.T) {
			source := decode(t, head+tc.comment)
			got := planning.Faults(source.Document)
			if len(got) == 0 || got[0].Key != tc.key {
				t.Fatalf("got %v, want %s", got, tc.key)
			}
			if at := source.PositionOf(got[0]); fmt.Sprint(at.Line, at.Column) != fmt.Sprint(tc.line, tc.column) {
				t.Errorf("%s is at %d:%d, want %d:%d", got[0].Pointer, at.Line, at.Column, tc.line, tc.column)
			}
		})
	}
}
