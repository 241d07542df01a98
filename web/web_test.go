package web_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/web"
)

const voice = "/budget/lines/calls/values/voice/2027-01"

// edit sets a cell that was 100 when the page saw it.
func edit(opID string, to any) object {
	return object{"base": 1, "op_id": opID, "patch": []object{
		{"op": "test", "path": voice, "value": 100}, {"op": "replace", "path": voice, "value": to},
	}}
}

func TestWhatIsWrongWithAPlanFileHasItsPlace(t *testing.T) {
	s := newServer(t)
	cases := map[string]struct {
		file         string
		line, column float64
		key          string
	}{
		"broken YAML":              {"centerplan: 1\nplan: {id: q\nlines: [}\n", 3, 1, "planfile.syntax"},
		"an anchor":                {planFile + "actuals: &x 1\n", 13, 10, "planfile.not_supported"},
		"a field nobody knows":     {strings.Replace(planFile, "code: share, unit", "code: share, unti", 1), 8, 26, "shape.unknown_field"},
		"a line that is not there": {strings.Replace(planFile, "line: calls", "line: callz", 1), 12, 36, "shape.dangling"},
	}
	for name, c := range cases {
		answer := read(t, s.send(t, "POST", "/api/v1/plans", object{"file": c.file}), 422)
		if at(t, answer, "problems", 0, "key") != c.key || at(t, answer, "problems", 0, "position", "line") != c.line ||
			at(t, answer, "problems", 0, "position", "column") != c.column {
			t.Errorf("%s: got %v", name, at(t, answer, "problems"))
		}
	}
}

func TestAPlanIsReadAndEdited(t *testing.T) {
	s := newServer(t)
	plans := read(t, s.get(t, "/api/v1/plans"), 200)
	if at(t, plans, 0, "id") != "p" || at(t, plans, 0, "name", "zh") != "计划" || at(t, plans, 0, "rev") != 1.0 {
		t.Errorf("got %v", plans)
	}
	answer := s.get(t, "/api/v1/plans/p")
	tag := answer.Header.Get("ETag")
	plan := read(t, answer, 200)
	if at(t, plan, "document", "plan", "id") != "p" || at(t, plan, "problems", 0, "key") != "formula.unknown_name" || at(t, plan, "can_undo") != nil {
		t.Errorf("got %v", plan)
	}
	if again := s.get(t, "/api/v1/plans/p", "If-None-Match", tag); again.StatusCode != http.StatusNotModified {
		t.Errorf("the same revision again: %s", again.Status)
	}
	results := read(t, s.get(t, "/api/v1/plans/p/results?scenario=base&scenario=quiet&line=handled"), 200)
	if at(t, results, "results", 0, "lines", "handled", "values", "voice", 0) != 50.0 ||
		at(t, results, "results", 1, "lines", "handled", "values", "chat", 1) != 22.5 ||
		at(t, results, "results", 0, "calendar", "start") != "2027-01" {
		t.Errorf("got %v", results)
	}
	edited := read(t, s.send(t, "PATCH", "/api/v1/plans/p", edit("1", 120)), 200)
	if at(t, edited, "rev") != 2.0 || at(t, edited, "results", 0, "scenario") != "base" ||
		at(t, edited, "results", 0, "lines", "handled", "values", "voice", 0) != 60.0 ||
		at(t, edited, "results", 0, "lines", "share") != nil || at(t, edited, "can_undo", "rev") != 2.0 {
		t.Errorf("got %v", edited)
	}
	if changed := s.get(t, "/api/v1/plans/p", "If-None-Match", tag); changed.StatusCode != http.StatusOK {
		t.Errorf("the next revision: %s", changed.Status)
	}
	undone := read(t, s.send(t, "POST", "/api/v1/plans/p/undo", object{"op_id": "2"}), 200)
	if at(t, undone, "rev") != 3.0 || at(t, undone, "patch", 1, "value") != 100.0 || at(t, undone, "can_redo", "rev") != 3.0 {
		t.Errorf("got %v", undone)
	}
	redone := read(t, s.send(t, "POST", "/api/v1/plans/p/redo", object{"op_id": "3"}), 200)
	if at(t, redone, "rev") != 4.0 || at(t, redone, "can_redo") != nil {
		t.Errorf("got %v", redone)
	}
	history := read(t, s.get(t, "/api/v1/plans/p/history?limit=3"), 200)
	if len(history.([]document.Node)) != 3 || at(t, history, 0, "undoes") != 3.0 || at(t, history, 2, "op_id") != "1" ||
		at(t, history, 2, "who") != "director" || at(t, history, 2, "inverse", 1, "value") != 100.0 {
		t.Errorf("got %v", history)
	}
	touched := read(t, s.get(t, "/api/v1/plans/p/history?pointer="+voice), 200)
	if len(touched.([]document.Node)) != 3 {
		t.Errorf("got %v", touched)
	}
}

func TestScenariosAreComparedAndTraced(t *testing.T) {
	s := newServer(t)
	comparison := read(t, s.get(t, "/api/v1/plans/p/compare?with=quiet&line=handled"), 200)
	if at(t, comparison, "base") != "base" || at(t, comparison, "rows", 0, "cells", 0, "total") != 150.0 ||
		at(t, comparison, "rows", 0, "cells", 1, "difference") != -15.0 {
		t.Errorf("got %v", comparison)
	}
	trace := read(t, s.get(t, "/api/v1/plans/p/trace?scenario=quiet&line=handled&month=2027-01&member=voice"), 200)
	if at(t, trace, "value") != 45.0 || at(t, trace, "operands", 0, "line") != "calls" {
		t.Errorf("got %v", trace)
	}
	refused(t, s.get(t, "/api/v1/plans/p/compare?with=none"), 404, "scenarios.unknown")
	refused(t, s.get(t, "/api/v1/plans/p/trace?line=handled&month=2027-13"), 422, "web.request")
}

func TestATraceTellsWhoSetWhat(t *testing.T) {
	s := newServer(t)
	change := edit("1", 120)
	change["why"] = "new forecast"
	read(t, s.send(t, "PATCH", "/api/v1/plans/p", change), 200)
	trace := read(t, s.get(t, "/api/v1/plans/p/trace?scenario=quiet&line=handled&month=2027-01&member=voice"), 200)
	for _, c := range []struct {
		name string
		path []any
		want any
	}{
		{"an edited input by its edit", []any{"operands", 0, "set_by", "revision"}, 2.0},
		{"and why", []any{"operands", 0, "set_by", "why"}, "new forecast"},
		{"and the place", []any{"operands", 0, "pointer"}, voice},
		{"a formula by the plan's creation", []any{"set_by", "revision"}, 1.0},
		{"a scenario's change too", []any{"operands", 0, "changes", 0, "set_by", "revision"}, 1.0},
	} {
		if got := at(t, trace, c.path...); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	refused(t, s.get(t, "/api/v1/plans/p/results?line=nothing"), 404, "budget.unknown_line")
}

func TestAPlanFileComesBack(t *testing.T) {
	s := newServer(t)
	answer := s.get(t, "/api/v1/plans/p/file")
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.Header.Get("Content-Type") != "text/yaml; charset=utf-8" || !strings.Contains(string(text), "handled") {
		t.Fatalf("%v %v %s", err, answer.Header, text)
	}
	made := read(t, s.send(t, "POST", "/api/v1/plans", object{"file": string(text)}), 201)
	if at(t, made, "id") != "p-2" || at(t, made, "rev") != 1.0 {
		t.Errorf("got %v", made)
	}
	if made := s.send(t, "POST", "/api/v1/plans", object{"template": "telecom"}); made.StatusCode != http.StatusCreated || !strings.HasPrefix(made.Header.Get("Location"), "/api/v1/plans/") {
		t.Errorf("from a starter: %s %v", made.Status, made.Header)
	}
	refused(t, s.send(t, "POST", "/api/v1/plans", object{"template": "none"}), 404, "web.no_template")
	begun := s.send(t, "POST", "/api/v1/plans", object{"template": "blank", "begin": object{"name": object{"en": "North"}, "center": object{}, "start": "2028-04", "months": 24, "fiscal_start": 4}})
	if begun.StatusCode != http.StatusCreated || begun.Header.Get("Location") != "/api/v1/plans/north-2028" {
		t.Errorf("a blank plan: got %d at %q", begun.StatusCode, begun.Header.Get("Location"))
	}
	refused(t, s.send(t, "POST", "/api/v1/plans", object{"template": "twocity", "begin": object{"name": object{}, "center": object{}, "start": "2029-01"}}), 422, "planning.begin_dated")
	refused(t, s.send(t, "POST", "/api/v1/plans", object{"template": "blank", "begin": object{"name": object{}, "center": object{}, "start": "soon"}}), 422, "shape.month")
	refused(t, s.send(t, "POST", "/api/v1/plans", object{"file": "centerplan: 1", "begin": object{"name": object{}, "center": object{}}}), 422, "web.begin_template")
	refused(t, s.send(t, "POST", "/api/v1/plans", object{}), 422, "web.template_or_file")
	refused(t, s.send(t, "POST", "/api/v1/plans", object{"file": "centerplan: 1\nplan: {id: 7}\n"}), 422, "shape.missing")
}

func TestAConflictNamesTheCellAndTheValueMet(t *testing.T) {
	s := newServer(t)
	read(t, s.send(t, "PATCH", "/api/v1/plans/p", edit("1", 120)), 200)
	conflict := refused(t, s.send(t, "PATCH", "/api/v1/plans/p", edit("2", 130)), 409, "patch.test_failed")
	if at(t, conflict, "problems", 0, "kind") != "conflict" || at(t, conflict, "problems", 0, "pointer") != voice ||
		at(t, conflict, "problems", 0, "args", "path") != voice || at(t, conflict, "problems", 0, "args", "met") != "120" {
		t.Errorf("got %v", conflict)
	}
	retry := read(t, s.send(t, "PATCH", "/api/v1/plans/p", edit("1", 120)), 200)
	if at(t, retry, "rev") != 2.0 {
		t.Errorf("a retry gives %v", retry)
	}
}

func TestRequestsThatDoNotFitAreRefused(t *testing.T) {
	s := newServer(t)
	op := func(text string) string { return `{"op_id":"x","patch":[` + text + `]}` }
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
		key                string
	}{
		"broken JSON":            {"PATCH", "/api/v1/plans/p", `{"op_id":`, 400, "web.request"},
		"an unknown field":       {"PATCH", "/api/v1/plans/p", `{"op_id":"x","patch":[],"extra":1}`, 422, "web.request"},
		"another case":           {"PATCH", "/api/v1/plans/p", `{"OP_ID":"x","patch":[]}`, 422, "web.request"},
		"a missing field":        {"PATCH", "/api/v1/plans/p", `{"patch":[]}`, 422, "web.request"},
		"a wrong type":           {"PATCH", "/api/v1/plans/p", `{"op_id":"x","patch":{}}`, 422, "web.request"},
		"no body":                {"PATCH", "/api/v1/plans/p", ``, 400, "web.bad_request"},
		"an unknown operation":   {"PATCH", "/api/v1/plans/p", op(`{"op":"move","path":"/a","from":"/b"}`), 422, "web.request"},
		"an add without value":   {"PATCH", "/api/v1/plans/p", op(`{"op":"add","path":"/a"}`), 422, "patch.member_missing"},
		"an empty patch":         {"PATCH", "/api/v1/plans/p", op(``), 422, "live.empty_patch"},
		"a base to come":         {"PATCH", "/api/v1/plans/p", `{"base":9,"op_id":"x","patch":[]}`, 422, "live.future_base"},
		"an unknown plan":        {"PATCH", "/api/v1/plans/q", op(``), 404, "store.no_plan"},
		"an unknown query":       {"GET", "/api/v1/plans/p/results?sceanrio=a", "", 422, "web.request"},
		"a path that is none":    {"GET", "/api/v1/plan", "", 404, "web.no_page"},
		"a trailing slash":       {"GET", "/api/v1/plans/", "", 404, "web.no_page"},
		"another case of a path": {"GET", "/API/v1/plans.x", "", 404, "web.no_page"},
		"an escaped slash":       {"GET", "/api/v1/plans/p%2Fq", "", 422, "web.request"},
		"a method that is none":  {"DELETE", "/api/v1/plans/p", "", 405, "web.method"},
		"nothing to undo":        {"POST", "/api/v1/plans/p/undo", `{"op_id":"x"}`, 409, "live.nothing_to_undo"},
		"a member of no line":    {"GET", "/api/v1/plans/p/trace?line=share&month=2027-01&member=x", "", 404, "scenarios.no_members"},
		"no such starter":        {"POST", "/api/v1/plans", `{"template":"none"}`, 404, "web.no_template"},
		"no report":              {"GET", "/api/v1/plans/p/report.pdf", "", 404, "web.no_report"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, s.send(t, tc.method, tc.path, tc.body), tc.status, tc.key)
		})
	}
	if log := s.log.String(); log != "" {
		t.Errorf("refusals are logged: %s", log)
	}
}

func TestARefusalDoesNotRepeatWhatWasSent(t *testing.T) {
	s := newServer(t)
	answer := s.send(t, "PATCH", "/api/v1/plans/p", `{"op_id":7,"patch":"secret-1","secret-2":"secret-3"}`)
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusUnprocessableEntity || bytes.Contains(text, []byte("secret-1")) || bytes.Contains(text, []byte("secret-3")) {
		t.Errorf("%v %s", answer.Status, text)
	}
}

func TestARefusalSpeaksTheReadersLanguage(t *testing.T) {
	s := newServer(t)
	for accept, want := range map[string]string{"": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh", "fr,en": "en"} {
		english := read(t, s.get(t, "/api/v1/plans/q", "Accept-Language", accept), 404)
		detail, _ := at(t, english, "detail").(string)
		if isHan := strings.ContainsFunc(detail, func(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }); isHan != (want == "zh") {
			t.Errorf("%q answers %q", accept, detail)
		}
	}
}

func TestAReportIsServed(t *testing.T) {
	var asked web.ReportRequest
	s := newServer(t, func(o *web.Options) {
		o.Report = func(r web.ReportRequest) ([]byte, error) {
			asked = r
			return []byte("%PDF-"), nil
		}
	})
	answer := s.get(t, "/api/v1/plans/p/report.pdf?lang=en&scenario=quiet&compare=base&compare=quiet")
	text, err := io.ReadAll(answer.Body)
	if err != nil || string(text) != "%PDF-" || answer.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("%v %s %v", err, text, answer.Header)
	}
	if asked.Locale != document.English || asked.Scenario != "quiet" || len(asked.Compare) != 2 || asked.View.Rev() != 1 || !asked.Date.Equal(clock()) {
		t.Errorf("asked for %+v", asked)
	}
}

func TestHealth(t *testing.T) {
	s := newServer(t)
	if health := read(t, s.get(t, "/healthz"), 200); at(t, health, "status") != "ok" || at(t, health, "build") != "test" {
		t.Errorf("got %v", health)
	}
	read(t, s.get(t, "/readyz"), 200)
}

// Fiber's Bind().Query, Cookie and Form hand out memory that changes with the
// next request, Immutable or not. Bodies are huma's, queries come one by one.
func TestFibersBindersAreNotUsed(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(sources, err)
	}
	for _, source := range sources {
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(source, "_test.go") && bytes.Contains(text, []byte(".Bind()")) {
			t.Errorf("%s uses a binder of Fiber", source)
		}
	}
}

// watchfulStore notes whether the contexts it is given end.
type watchfulStore struct {
	store.Store
	endless bool
}

func (w *watchfulStore) List(ctx context.Context) ([]store.Info, error) {
	_, ends := ctx.Deadline()
	w.endless = w.endless || !ends
	return w.Store.List(ctx)
}

func TestEveryHandlerHasADeadline(t *testing.T) {
	watchful := &watchfulStore{}
	s := newServerOn(t, func(data store.Store) store.Store {
		watchful.Store = data
		return watchful
	})
	for _, path := range []string{"/readyz", "/api/v1/plans"} {
		read(t, s.get(t, path), 200)
	}
	if watchful.endless {
		t.Error("a handler could run for ever")
	}
}

// A fullStore has no room for an edit.
type fullStore struct{ store.Store }

func (fullStore) Append(context.Context, store.PlanID, store.Rev, store.Change) (store.Rev, error) {
	return 0, problem.Problem{Kind: problem.Internal, Key: "store.full", Args: problem.Args{"path": "/secret/plans.db"}}
}

func TestAFullDiskIsSaidAndThePlanStaysOpen(t *testing.T) {
	s := newServerOn(t, func(data store.Store) store.Store { return fullStore{data} })
	refused(t, s.send(t, "PATCH", "/api/v1/plans/p", edit("1", 120)), 507, "store.full")
	if rev := at(t, read(t, s.get(t, "/api/v1/plans/p"), 200), "rev"); rev != 1.0 {
		t.Errorf("the plan is at %v", rev)
	}
}

func TestAPlanThatCannotBeReadIsListedWithTheOthers(t *testing.T) {
	s := newServerOn(t, func(data store.Store) store.Store {
		err := data.Create(context.Background(), "odd", document.Object{"centerplan": 99.0}, store.Change{OpID: "create"})
		if err != nil {
			t.Fatal(err)
		}
		return data
	})
	plans := read(t, s.get(t, "/api/v1/plans"), 200)
	if at(t, plans, 0, "id") != "odd" || at(t, plans, 0, "problems", 0, "key") != "live.unreadable" || at(t, plans, 1, "name", "en") != "Plan" {
		t.Errorf("got %v", plans)
	}
	refused(t, s.get(t, "/api/v1/plans/odd"), 500, "live.unreadable")
	if log := s.log.String(); !strings.Contains(log, "live.unreadable") || !strings.Contains(log, "planning.version") {
		t.Errorf("the log says %s", log)
	}
}

func TestNotesOfFormulasComeWithThePlanAndItsEdits(t *testing.T) {
	s := newServer(t)
	if notes, _ := at(t, read(t, s.get(t, "/api/v1/plans/p"), http.StatusOK), "notes").([]any); len(notes) != 0 {
		t.Errorf("the plan begins with notes: %v", notes)
	}
	change := object{"base": 1, "op_id": "careful", "patch": []object{{
		"op": "replace", "path": "/budget/lines/broken/formula", "value": "otherwise(share / nothing, 0)",
	}}}
	answer := read(t, s.send(t, http.MethodPatch, "/api/v1/plans/p", change), http.StatusOK)
	for name, node := range map[string]any{"edit": answer, "plan": read(t, s.get(t, "/api/v1/plans/p"), http.StatusOK)} {
		if got := at(t, node, "notes", 0, "key"); got != "formula.note_otherwise" {
			t.Errorf("%s: got %v", name, at(t, node, "notes"))
		}
	}
}

// What people see of a plan, and what they do to it, goes through Hub.As: no
// handler can forget to ask what they may.
func TestPlansAreReachedThroughTheirReadersRights(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(sources, err)
	}
	used := regexp.MustCompile(`\bHub\.(\w+)`)
	asked := 0
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		text, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range used.FindAllSubmatch(text, -1) {
			switch string(call[1]) {
			case "As":
				asked++
			case "Open", "Ready": // how many plans are open, and whether the store answers
			default:
				t.Errorf("%s calls Hub.%s, which shows or changes a plan whoever asks", source, call[1])
			}
		}
	}
	if asked == 0 {
		t.Error("nothing goes through Hub.As: the test looks in the wrong place")
	}
}
