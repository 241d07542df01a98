package formula_test

import (
	"testing"

	"centerplan/budget/formula"
)

func TestRenameTouchesTheNameAlone(t *testing.T) {
	cases := map[string]struct{ text, want string }{
		"a name":                               {"a + b", "呼叫量 + b"},
		"every place":                          {"a*a+prev(a)", "呼叫量*呼叫量+prev(呼叫量)"},
		"no part of a longer name":             {"aa + a_1 + xa", "aa + a_1 + xa"},
		"no function":                          {"a(1) + a", "a(1) + 呼叫量"},
		"no text":                              {`a["a"] + live("a")`, `呼叫量["a"] + live("a")`},
		"no number":                            {"1e3 + a", "1e3 + 呼叫量"},
		"signs and spaces stay as typed":       {"（ a ×  3％ ）", "（ 呼叫量 ×  3％ ）"},
		"beside Chinese names":                 {"人数*a", "人数*呼叫量"},
		"before a fault":                       {"a + 'open", "呼叫量 + 'open"},
		"nothing where the name is not used":   {"b", "b"},
		"nothing of what is no formula at all": {"", ""},
	}
	for name, c := range cases {
		got, found := formula.Rename(c.text, "a", "呼叫量")
		if got != c.want || found != (c.text != c.want) {
			t.Errorf("%s: got %q, %v, want %q", name, got, found, c.want)
		}
		if back, _ := formula.Rename(got, "呼叫量", "a"); back != c.text {
			t.Errorf("%s: and back: got %q, want %q", name, back, c.text)
		}
	}
}
