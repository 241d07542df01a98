package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/templates/locale"
	"centerplan/web"
)

// update says to rewrite the golden files: GOLDEN=write, or make golden.
var update = os.Getenv("GOLDEN") == "write"

func TestFunctionsExplainsTheWholeLanguage(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		out, errs, code := run(t, "functions", "--lang", lang)
		if code != 0 || errs != "" {
			t.Fatalf("exit %d: %s", code, errs)
		}
		file := filepath.Join("testdata", "functions."+lang+".txt")
		if update {
			if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || out != string(want) {
			t.Errorf("%s is not what centerplan functions prints; run make golden and read the difference (%v)", file, err)
		}
	}
}

func TestEveryGroupAndKindOfParameterHasWords(t *testing.T) {
	r := web.NewReference()
	groups := map[string]bool{}
	for _, f := range r.Functions {
		groups[f.Group] = true
	}
	for _, w := range r.Words {
		groups[w.Group] = true
	}
	for _, f := range r.Functions {
		for _, p := range f.Params {
			key := "functions.takes." + p.Kind
			if got := locale.Message(document.English, key, nil); p.Kind != "option" && strings.HasPrefix(got, "[") {
				t.Errorf("there are no words for what %s takes as %s: %s", f.Name, p.Name, key)
			}
		}
	}
	for group := range groups {
		for _, lang := range document.Locales() {
			if got := locale.Message(lang, "functions.group."+group, nil); strings.HasPrefix(got, "[") {
				t.Errorf("there is no heading functions.group.%s", group)
			}
		}
	}
}

func TestFunctionsPicks(t *testing.T) {
	for name, c := range map[string]struct {
		args     []string
		code     int
		has, not string
	}{
		"one function by its name":         {[]string{"required_fte"}, 0, "required_fte(volume, aht_s, policy) → person", "prev("},
		"a calendar name":                  {[]string{"workdays"}, 0, "working days", "prev("},
		"one heading":                      {[]string{"--group", "repeats"}, 0, "issues_from_contacts(", "prev("},
		"the nearest to a misspelt name":   {[]string{"requird_fte"}, 1, "Did you mean required_fte?", ""},
		"no heading that does not exist":   {[]string{"--group", "magic"}, 1, "--group", ""},
		"nothing of a format unknown":      {[]string{"--format", "xml"}, 1, "text, json", ""},
		"the sentence in Chinese as asked": {[]string{"prev", "--lang", "zh"}, 0, "期初值", "The value"},
	} {
		out, errs, code := run(t, append([]string{"functions"}, c.args...)...)
		all := out + errs
		if code != c.code || !strings.Contains(all, c.has) || c.not != "" && strings.Contains(all, c.not) {
			t.Errorf("%s: exit %d\n%s", name, code, all)
		}
	}
}

func TestFunctionsAsJSONIsTheTable(t *testing.T) {
	out, errs, code := run(t, "functions", "--format", "json")
	var r web.Reference
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != 0 {
		t.Fatalf("exit %d: %s %v", code, errs, err)
	}
	if got, want := len(r.Functions), len(formula.Functions()); got != want {
		t.Errorf("got %d functions, want %d", got, want)
	}
}
