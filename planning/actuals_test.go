package planning_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMissingActualsAreNoted(t *testing.T) {
	text := swap(settling, `  - {code: on, formula: "live(\"push\")"}`+"\n", "")
	cases := map[string]struct {
		text string
		want []string
	}{
		"none is missing":                 {"actuals: {a: [1, 2], q: {voice: [1, 2], chat: [3, 4]}}", nil},
		"cells of a line that has some":   {"actuals: {a: [1], q: {voice: [1, 2], chat: [3, 4]}}", []string{"scenarios.actual_missing a 1"}},
		"members of a line that has some": {"actuals: {q: {voice: [1, 2]}}", []string{"scenarios.actual_missing q 2"}},
		"no actuals at all":               {"", []string{"scenarios.no_actuals  "}},
	}
	for name, c := range cases {
		p := plan(t, text+"scenarios: [{code: s, actuals_through: 2027-02}]\n"+c.text)
		var got []string
		for _, note := range p.Book().Notes() {
			if strings.HasPrefix(note.Key, "scenarios.") {
				got = append(got, note.Key+" "+note.Args["line"]+" "+note.Args["cells"])
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestHistoryOfALineWhoseEmptyMonthsAreZero(t *testing.T) {
	text := head + `lines:
  - {code: a, values: 1, empty: zero}
  - {code: b, formula: "otherwise(last_year(a), -1)"}
history: {a: {2026-02: 5}}
`
	if diff := cmp.Diff([]float64{-1, 5, 0}, series(t, text, "", "b")); diff != "" {
		t.Errorf("zero from the first month given on (-want +got):\n%s", diff)
	}
}
