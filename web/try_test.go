package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"centerplan/planning/document"
)

// tried tries a formula on the plan of planFile and returns the answer.
func (s *server) tried(t testing.TB, scenario, line, formula string) document.Node {
	t.Helper()
	return read(t, s.send(t, "POST", "/api/v1/plans/p/try", object{"scenario": scenario, "line": line, "formula": formula}), 200)
}

func asJSON(t testing.TB, node any) string {
	t.Helper()
	text, err := json.Marshal(node)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAFormulaIsTriedAndNothingIsStored(t *testing.T) {
	s := newServer(t)
	before := read(t, s.get(t, "/api/v1/plans/p"), 200)
	for name, tc := range map[string]struct {
		scenario, line, formula, pointer, values string
		total                                    any
	}{
		"a formula line":           {"", "handled", "calls * 2", "/budget/lines/handled/formula", `{"chat":[80,100],"voice":[200,220]}`, 600.0},
		"full-width signs":         {"base", "handled", "calls＊2", "/budget/lines/handled/formula", `{"chat":[80,100],"voice":[200,220]}`, 600.0},
		"an input line":            {"base", "share", "0.25", "/budget/lines/share/formula", `[0.25,0.25]`, 0.25},
		"of a scenario":            {"quiet", "handled", "calls", "/scenarios/quiet/changes/try/formula", `{"chat":[36,45],"voice":[90,99]}`, 270.0},
		"a value that fails":       {"base", "handled", "calls / 0", "/budget/lines/handled/formula", `{"chat":[null,null],"voice":[null,null]}`, nil},
		"a formula with a problem": {"base", "handled", "call * 2", "/budget/lines/handled/formula", `{"chat":[null,null],"voice":[null,null]}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.tried(t, tc.scenario, tc.line, tc.formula)
			if asJSON(t, at(t, got, "values")) != tc.values || at(t, got, "total") != tc.total || at(t, got, "pointer") != tc.pointer {
				t.Errorf("got %v", got)
			}
		})
	}
	after := read(t, s.get(t, "/api/v1/plans/p"), 200)
	if was, is := asJSON(t, before), asJSON(t, after); was != is {
		t.Errorf("the plan was\n%s\nand is\n%s", was, is)
	}
	if history := read(t, s.get(t, "/api/v1/plans/p/history"), 200).([]document.Node); len(history) != 1 {
		t.Errorf("trials stand in the history: %v", history)
	}
}

func TestATrialNamesTheProblemsOfTheFormulaThenThoseItMakes(t *testing.T) {
	s := newServer(t)
	got := s.tried(t, "base", "handled", "calls * 份额 + call")
	if problem := at(t, got, "problems", 0); at(t, problem, "key") != "formula.unknown_name" || at(t, problem, "span", "start") != 8.0 || at(t, problem, "span", "end") != 10.0 {
		t.Errorf("the first problem is %v", problem)
	}
	if problem := at(t, got, "problems", 1); at(t, problem, "args", "suggestion") != "calls" || at(t, problem, "span", "start") != 13.0 {
		t.Errorf("the second problem is %v", problem)
	}
	got = s.tried(t, "base", "share", "sum(calls)")
	for _, found := range at(t, got, "problems").([]document.Node) {
		if at(t, found, "pointer") == at(t, got, "pointer") {
			t.Errorf("the formula itself is blamed: %v", found)
		}
	}
	if got := at(t, got, "problems", 0, "pointer"); got != "/budget/lines/handled/formula" {
		t.Errorf("share in contacts makes handled wrong, and the trial tells of %v", got)
	}
}

// What a trial promises is what the edit gives, to the bit.
func TestATrialIsWhatTheEditGives(t *testing.T) {
	for i, formula := range []string{
		"calls * share / 3", "prev(calls) * 0.1", "calls + ", "sum(calls) / 7", "otherwise(broken, 3) * calls", "handled", "",
		"ytd(calls)", "calls / (share - 0.5)", "hours(calls)", "(((1", strings.Repeat("1+", 3000) + "1",
	} {
		s := newServer(t)
		want := s.tried(t, "base", "handled", formula)
		op := object{"op": "replace", "path": "/budget/lines/handled/formula", "value": formula}
		answer := s.send(t, "PATCH", "/api/v1/plans/p", object{"op_id": fmt.Sprint("op", i), "patch": []object{op}})
		stored := read(t, answer, 200)
		line := at(t, read(t, s.get(t, "/api/v1/plans/p/results?line=handled"), 200), "results", 0, "lines", "handled")
		for _, part := range []string{"unit", "by", "values", "total", "errors"} {
			if got, want := asJSON(t, at(t, line, part)), asJSON(t, at(t, want, part)); got != want {
				t.Errorf("%.20s: the %s came to %s, the trial said %s", formula, part, got, want)
			}
		}
		var own []any
		for _, found := range at(t, stored, "problems").([]document.Node) {
			if at(t, found, "pointer") == at(t, want, "pointer") {
				own = append(own, found)
			}
		}
		told := at(t, want, "problems").([]document.Node)
		if got, want := asJSON(t, own), asJSON(t, told[:min(len(own), len(told))]); len(own) > 0 && got != want {
			t.Errorf("%.20s: problems are %s, the trial said %s", formula, got, want)
		}
	}
}

func TestATrialReplacesTheFormulaThatStandsInTheScenario(t *testing.T) {
	s := newServer(t)
	change := object{"op": "add", "path": "/scenarios/quiet/changes/own", "value": object{"line": "handled", "formula": "calls"}}
	read(t, s.send(t, "PATCH", "/api/v1/plans/p", object{"op_id": "1", "patch": []object{change}}), 200)
	got := s.tried(t, "quiet", "handled", "calls * 2")
	if at(t, got, "pointer") != "/scenarios/quiet/changes/own/formula" || at(t, got, "values", "voice", 0) != 180.0 {
		t.Errorf("got %v", got)
	}
	if got := s.tried(t, "base", "handled", "calls"); at(t, got, "values", "voice", 0) != 100.0 {
		t.Errorf("base has the scenario's formula: %v", got)
	}
}

func TestTrialsThatCannotBe(t *testing.T) {
	s := newServer(t)
	for name, tc := range map[string]struct {
		body   any
		status int
		key    string
	}{
		"no such line":             {object{"line": "nothing", "formula": "1"}, 404, "budget.unknown_line"},
		"no such scenario":         {object{"line": "share", "scenario": "none", "formula": "1"}, 404, "scenarios.unknown"},
		"a base that is yet to be": {object{"line": "share", "base": 99, "formula": "1"}, 422, "live.future_base"},
		"no line":                  {object{"formula": "1"}, 422, "web.request"},
		"more than is asked":       {object{"line": "share", "formula": "1", "op_id": "1"}, 422, "web.request"},
		"larger than any request":  {`{"line":"share","formula":"` + strings.Repeat("1", 7<<20) + `"}`, 413, "web.too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.status == http.StatusRequestEntityTooLarge {
				answer := ask(t, from(t, "127.0.0.1"), "POST", s.listening(t)+"/api/v1/plans/p/try", tc.body.(string))
				refused(t, answer, tc.status, tc.key)
				return
			}
			refused(t, s.send(t, "POST", "/api/v1/plans/p/try", tc.body), tc.status, tc.key)
		})
	}
	long := s.tried(t, "base", "share", strings.Repeat("1+", 1<<20)+"1")
	if got := at(t, long, "problems", 0, "key"); got != "formula.too_long" {
		t.Errorf("a formula of megabytes: %v", got)
	}
}

// No one without the right to store a formula may learn anything by trying one:
// not of pay, not of lines that are open to them, not of their own.
func TestNobodyReckonsPayByTrying(t *testing.T) {
	s := newStaffed(t)
	path := "/api/v1/plans/pay/try"
	for _, id := range strangers {
		v := s.visit(t, id)
		for _, line := range []string{"calls", "heads", "wage", "labour", "rent", "total", "per_call"} {
			for _, formula := range []string{
				"wage", "labour", "labour / heads", "wage * heads", "otherwise(wage, 0)", "total - rent", "wage == 31415 ? 1 : 0", "1 / (wage - 31415)",
				"heads + 1", "rent", "wagee", "1 +", "",
			} {
				for _, scenario := range []string{"base", "raise", "fewer"} {
					status, text := v.text("POST", path, object{"scenario": scenario, "line": line, "formula": formula})
					if status != http.StatusForbidden {
						t.Errorf("%s tries %q on %s in %s: %d %s", id, formula, line, scenario, status, text)
					}
					keepsQuiet(t, id+" trying "+formula, text)
				}
			}
		}
	}
	refused(t, s.visit(t, "far").send("POST", path, object{"line": "rent", "formula": "wage"}), 404, "store.no_plan")
	finance := s.visit(t, "finance")
	got := read(t, finance.send("POST", path, object{"line": "labour", "formula": "wage * heads * 2"}), 200)
	if at(t, got, "values", 0) != 628300.0 {
		t.Errorf("finance is told %v", got)
	}
}

// The answer to a trial that is refused depends on no number.
func TestARefusedTrialTellsNotWhetherAGuessIsRight(t *testing.T) {
	s := newStaffed(t)
	answer := func() string {
		_, text := s.visit(t, "lead").text("POST", "/api/v1/plans/pay/try", object{"line": "heads", "formula": "1 / (wage - 31415)"})
		return text
	}
	right := answer()
	if status, text := s.visit(t, "finance").edit("op", set("/budget/lines/wage/values/2027-01", 31415, 4)...); status != http.StatusOK {
		t.Fatal(text)
	}
	if wrong := answer(); right != wrong {
		t.Errorf("right: %s\nwrong: %s", right, wrong)
	}
}

func TestAKeyThatOnlyReadsTriesNothing(t *testing.T) {
	s := newStaffed(t)
	chief := s.visit(t, "chief")
	made := read(t, chief.send("POST", "/api/v1/tokens", object{"name": "reader", "scope": "read", "until": "2027-01-01"}), 201)
	key, _ := at(t, made, "secret").(string)
	request := chief.request("POST", "/api/v1/plans/pay/try", object{"line": "rent", "formula": "1"})
	request.Header.Del("Cookie")
	request.Header.Set("Authorization", "Bearer "+key)
	refused(t, s.do(t, request), 403, "rights.read_only_key")
}

func TestNothingIsTriedOnWhatIsSealed(t *testing.T) {
	s := sealed(t)
	chief := s.visit(t, "chief")
	for _, scenario := range []string{"base", "raise"} {
		answer := chief.send("POST", "/api/v1/plans/pay/try", object{"scenario": scenario, "line": "rent", "formula": "1"})
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("a trial in the sealed scenario %s: %s", scenario, answer.Status)
		}
	}
	got := read(t, chief.send("POST", "/api/v1/plans/pay/try", object{"scenario": "fewer", "line": "rent", "formula": "7"}), 200)
	if at(t, got, "total") != 14.0 {
		t.Errorf("a trial in a scenario that goes on: %v", got)
	}
}
