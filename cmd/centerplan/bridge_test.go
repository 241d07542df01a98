package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/scenarios"
)

const twocity = "../../templates/starters/twocity.plan.yaml"

// golden compares what a command printed with a file of testdata, which GOLDEN
// rewrites.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestBridgesAndTornadosArePrintedInBothLanguages(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		for name, args := range map[string][]string{
			"bridge":  {"compare", sample, "--base", "growth", "--with", "growth_answered,today", "--line", "total_cost", "--bridge"},
			"tornado": {"tornado", sample, "--line", "total_cost", "--most", "6"},
		} {
			out, errs, code := run(t, append(args, "--lang", lang)...)
			if code != 0 || errs != "" {
				t.Errorf("%s %s: exit %d, %s", name, lang, code, errs)
			}
			golden(t, name+"."+lang+".txt", out)
		}
	}
}

// TestABridgeOfJSONFoots holds that the parts add up in the order in which they
// are written.
func TestABridgeOfJSONFoots(t *testing.T) {
	out, errs, code := run(t, "compare", twocity, "--base", "forecast", "--with", "on_time", "--line", "total_cost", "--bridge", "--format", "json")
	var bridges []scenarios.Bridge
	if err := json.Unmarshal([]byte(out), &bridges); err != nil || code != 0 || len(bridges) != 1 {
		t.Fatalf("exit %d %s: %v\n%s", code, errs, err, out)
	}
	sum := 0.0
	for _, part := range bridges[0].Parts {
		sum += part.Value
	}
	if sum != *bridges[0].Difference || len(bridges[0].Parts) != 2 {
		t.Errorf("%d parts add up to %v, the difference is %v", len(bridges[0].Parts), sum, *bridges[0].Difference)
	}
}

func TestWhatCannotBeBridgedIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no line of a bridge":    {[]string{"compare", sample, "--bridge"}, "--line"},
		"an unknown line":        {[]string{"compare", sample, "--bridge", "--line", "nowhere"}, "nowhere"},
		"no line of a tornado":   {[]string{"tornado", sample}, "--line"},
		"a range that is none":   {[]string{"tornado", sample, "--line", "fte", "--range", "wide"}, "“wide” is no range"},
		"a range beyond whole":   {[]string{"tornado", sample, "--line", "fte", "--range", "120%"}, "is no range"},
		"a driver of formula":    {[]string{"tornado", sample, "--line", "total_cost", "--driver", "fte"}, "“fte” is a formula"},
		"an unknown driver":      {[]string{"tornado", sample, "--line", "total_cost", "--driver", "nowhere"}, "nowhere"},
		"a format there is none": {[]string{"tornado", sample, "--line", "total_cost", "--format", "csv"}, "--format"},
	} {
		out, errs, code := run(t, append(c.args, "--lang", "en")...)
		if code != 1 || out != "" || !strings.Contains(errs, c.want) {
			t.Errorf("%s: exit %d, %q, want %q in it", name, code, errs, c.want)
		}
	}
}
