package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/scenarios"
)

// settled is a plan in which every step of the settling order is taken.
const settled = `centerplan: 1
plan: {id: t, currency: CNY}
calendar: {start: 2027-01, months: 3}
lines:
  - {code: calls, unit: contact, values: [100, 200, 300]}
  - {code: aht, unit: second/contact, values: 300, rollup: weighted(calls)}
  - {code: work, unit: hour, formula: "hours(calls * aht)"}
  - {code: growth, unit: "%", formula: "calls / last_year(calls) - 1", rollup: average}
  - {code: coached, unit: "%", formula: "live(\"coaching\")", rollup: last}
levers:
  - {code: menu, name: {en: A menu first, zh: 先走菜单}, changes: [{line: calls, scale: 0.5}]}
  - {code: bot, changes: [{line: calls, add: -10}], requires: [menu]}
history:
  calls: [80, 160, 240, 90, 90, 90, 90, 90, 90, 90, 90, 90]
actuals:
  calls: [120]
scenarios:
  - {code: lean, levers: [menu], changes: [{line: calls, from: 2027-03, add: 50}]}
  - {code: late, parent: lean, initiatives: {coaching: 2027-03}}
  - {code: forecast, parent: lean, actuals_through: 2027-01}
okr:
  roles: [{code: lead}]
  milestones: [{code: trained, due: 2027-02-10, owner: lead, objective: o, acceptance: {en: x}}]
  objectives: [{code: o, owner: lead, weight: 1, key_results: [{code: k, line: aht, baseline: 300, target: 240}]}]
  initiatives:
    - {code: coaching, owner: lead, status: approved, milestone: trained, changes: [{line: aht, scale: 0.8}]}
`

func settledFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.plan.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCalcSettlesEveryStep(t *testing.T) {
	path := settledFile(t, settled)
	for scenario, want := range map[string]map[string][]any{
		"base": {
			"calls": {100.0, 200.0, 300.0}, "aht": {300.0, 240.0, 240.0}, "growth": {0.25, 0.25, 0.25}, "coached": {0.0, 1.0, 1.0},
		},
		"lean":     {"calls": {50.0, 100.0, 200.0}, "aht": {300.0, 240.0, 240.0}, "work": {50.0 / 12, 100.0 / 15, 200.0 / 15}},
		"late":     {"calls": {50.0, 100.0, 200.0}, "aht": {300.0, 300.0, 240.0}, "coached": {0.0, 0.0, 1.0}},
		"forecast": {"calls": {120.0, 100.0, 200.0}, "growth": {0.5, -0.375, 200.0/240 - 1}},
	} {
		out, errs, code := run(t, "calc", path, "--scenario", scenario, "--format", "json")
		var sheet scenarios.Sheet
		if err := json.Unmarshal([]byte(out), &sheet); err != nil || code != 0 {
			t.Fatalf("%s: exit %d: %s %v", scenario, code, errs, err)
		}
		for line, values := range want {
			got, _ := sheet.Lines[line].Values.([]any)
			same := slices.EqualFunc(got, values, func(a, b any) bool { return near(a.(float64), b.(float64)) })
			if !same {
				t.Errorf("%s in %s: got %v, want %v", line, scenario, got, values)
			}
		}
	}
}

// What is put away is compared where it is named, and checked as ever.
func TestAnArchivedScenarioIsComparedWhereItIsNamed(t *testing.T) {
	text := strings.Replace(settled, "code: lean,", "code: lean, archived: true, locked: true,", 1)
	if text == settled {
		t.Fatal("the plan has no scenario lean")
	}
	path := settledFile(t, text)
	for with, want := range map[string]bool{"": false, "lean": true} {
		args := []string{"compare", path, "--line", "calls"}
		if with != "" {
			args = append(args, "--with", with)
		}
		out, errs, code := run(t, args...)
		if code != 0 || strings.Contains(out, " lean  ") != want {
			t.Errorf("with %q: exit %d %s, lean shown %v, want %v:\n%s", with, code, errs, !want, want, out)
		}
	}
	if out, errs, code := run(t, "check", path); code != 0 {
		t.Errorf("check: exit %d %s%s", code, out, errs)
	}
	out, errs, code := run(t, "check", settledFile(t, strings.Replace(text, "scenarios:\n", "scenarios:\n  - {code: base, archived: true}\n", 1)))
	if text := out + errs; code == 0 || !strings.Contains(text, "base cannot be archived") {
		t.Errorf("an archived base: exit %d %s", code, text)
	}
}

func TestCompareListsWhatScenariosDo(t *testing.T) {
	path := settledFile(t, settled)
	out, errs, code := run(t, "compare", path, "--base", "lean", "--with", "base,late,forecast", "--line", "calls", "--format", "json")
	var got scenarios.Comparison
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
		t.Fatalf("exit %d: %s %v", code, errs, err)
	}
	calls, aht := []string{"calls"}, []string{"aht"}
	want := []scenarios.Difference{
		{Scenario: "base", Kind: "lever", Code: "menu", Missing: true, Lines: calls},
		{Scenario: "base", Kind: "change", Code: "lean", Missing: true, Lines: calls},
		{Scenario: "late", Kind: "initiative", Code: "coaching", Month: "2027-03", Lines: aht},
		{Scenario: "late", Kind: "initiative", Code: "coaching", Month: "2027-02", Missing: true, Lines: aht},
		{Scenario: "forecast", Kind: "actual", Month: "2027-01", Lines: calls},
	}
	if diff := cmp.Diff(want, got.Differences); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	out, _, _ = run(t, "compare", path, "--base", "lean", "--with", "base,forecast", "--line", "calls")
	for _, part := range []string{"base:\n  − lever menu: calls\n  − changes of lean: calls\n", "forecast:\n  + actuals through 2027-01: calls\n"} {
		if !strings.Contains(out, part) {
			t.Errorf("the comparison lacks %q:\n%s", part, out)
		}
	}
}

func TestCheckTellsWhereLeversDoNotFit(t *testing.T) {
	path := settledFile(t, strings.Replace(settled, "levers: [menu]", "levers: [bot]", 1))
	out, errs, code := run(t, "check", path)
	want := path + `:18:27: The lever “bot” requires “menu”, which neither “lean” nor its parents pull.`
	if code != 1 || !strings.Contains(out+errs, want) {
		t.Errorf("exit %d, want %q in\n%s%s", code, want, out, errs)
	}
}
