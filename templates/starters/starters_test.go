package starters_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget"
	"centerplan/okr"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/method"
	"centerplan/planning/planfile"
	"centerplan/templates/starters"
)

func TestNames(t *testing.T) {
	if got, want := starters.Names(), []string{"telecom", "twocity"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, name := range starters.Names() {
		if _, ok := starters.Get(name); !ok {
			t.Errorf("%s is named but not there", name)
		}
	}
	for _, name := range []string{"", "nothing", "../starters/telecom", "telecom.plan.yaml"} {
		if _, ok := starters.Get(name); ok {
			t.Errorf("%q is no starter, but was found", name)
		}
	}
}

// TestBlank holds that the empty plan can be read as it is, in both languages,
// and that it is no sample.
func TestBlank(t *testing.T) {
	doc := decode(t, starters.Blank)
	plan, err := planning.Read(doc)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Budget.Lines) > 0 || len(plan.Budget.Accounts) < 40 || len(plan.OKR.Roles) != 7 {
		t.Errorf("got %d lines, %d accounts, %d positions", len(plan.Budget.Lines), len(plan.Budget.Accounts), len(plan.OKR.Roles))
	}
	if problems := plan.Book().Problems(); len(problems) > 0 {
		t.Error(problems)
	}
	eachText(doc, "", func(pointer string, text document.Object) {
		if text["en"] == nil || text["zh"] == nil {
			t.Errorf("%s lacks a language: %v", pointer, text)
		}
	})
	if slices.Contains(starters.Names(), starters.Blank) {
		t.Error("the blank plan is listed as a sample")
	}
}

func TestStartersHaveAFinishedMethodAndGoals(t *testing.T) {
	for _, name := range starters.Names() {
		doc := decode(t, name)
		root := document.Read(doc)
		goals := okr.Read(root.Field("okr"), budget.Read(root.Field("budget"), "CNY"))
		plan := method.Read(root.Field("method"), goals)
		if err := root.Problems().Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		hasLine := func(code string) bool {
			_, ok := document.Get(doc, "budget", "lines", code)
			return ok
		}
		if found := append(goals.Check(hasLine), plan.Check()...); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
		for _, state := range plan.Completeness(goals, method.Budget{Lines: 1, Accounted: 1, Scenarios: 3}) {
			if !state.Passed() {
				t.Errorf("%s: link %s lacks %v", name, state.Link, state.Open)
			}
		}
	}
}

func TestStartersSpeakBothLanguages(t *testing.T) {
	for _, name := range starters.Names() {
		eachText(decode(t, name), "", func(pointer string, text document.Object) {
			if text["en"] == nil || text["zh"] == nil || text["en"] == "" || text["zh"] == "" {
				t.Errorf("%s: %s lacks a language: %v", name, pointer, text)
			}
		})
	}
}

// TestTelecomIsTheCaseItClaims holds the counts that the case promises.
func TestTelecomIsTheCaseItClaims(t *testing.T) {
	root := document.Read(decode(t, "telecom"))
	goals := okr.Read(root.Field("okr"), budget.Read(root.Field("budget"), "CNY"))
	plan := method.Read(root.Field("method"), goals)
	for what, count := range map[string][2]int{
		"layers":     {len(plan.Positioning.Layers), 6},
		"findings":   {len(plan.Findings), 12},
		"objectives": {len(goals.Objectives), 4},
		"milestones": {len(goals.Milestones), 8},
	} {
		if count[0] != count[1] {
			t.Errorf("%s: got %d, want %d", what, count[0], count[1])
		}
	}
	groups := map[okr.Group]bool{}
	for _, objective := range goals.Objectives {
		groups[objective.Group] = true
	}
	if len(groups) != len(okr.Groups()) {
		t.Errorf("objectives: got groups %v, want one of each", groups)
	}
}

func eachText(node document.Node, pointer string, visit func(string, document.Object)) {
	object, ok := node.(document.Object)
	if !ok {
		return
	}
	_, en := object["en"]
	_, zh := object["zh"]
	if en || zh {
		visit(pointer, object)
		return
	}
	for _, key := range document.Ranked(object) {
		eachText(object[key], document.Pointer(pointer, key), visit)
	}
}

func decode(t *testing.T, name string) document.Object {
	t.Helper()
	text, ok := starters.Get(name)
	if !ok {
		t.Fatalf("no starter %s", name)
	}
	source, err := planfile.Decode(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return source.Document
}

// TestStartersComeBackFromTheirText holds that a starter loses nothing when it
// is written as a plan file again.
func TestStartersComeBackFromTheirText(t *testing.T) {
	for _, name := range starters.Names() {
		first := decode(t, name)
		again, err := planfile.Decode(planfile.Encode(first))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(first, again.Document); diff != "" {
			t.Errorf("%s (-first +again):\n%s", name, diff)
		}
	}
}
