package web_test

import (
	"net/http"
	"testing"
)

// settling are patches that bring every step of the settling order into the
// plan of planFile, each cell and thing on its own as the page sends them.
var settling = []object{
	{"op": "add", "path": "/budget/levers", "value": object{"more": object{"code": "more", "changes": object{
		"c1": object{"line": "calls", "member": object{"queue": "voice"}, "add": 10},
	}}}},
	{"op": "add", "path": "/okr", "value": object{"initiatives": object{"push": object{
		"code": "push", "status": "approved", "go_live": "2027-02", "changes": object{"c1": object{"line": "share", "set": 0.4}},
	}}}},
	{"op": "add", "path": "/actuals", "value": object{"calls": object{"voice": object{"2027-01": 90}}}},
	{"op": "add", "path": "/history", "value": object{"calls": object{"voice": object{"2026-01": 80}}}},
	{"op": "add", "path": "/scenarios/forecast", "value": object{"code": "forecast", "rank": "z", "levers": []any{"more"}, "actuals_through": "2027-01"}},
}

func TestEveryStepOfSettlingIsEditedAndTraced(t *testing.T) {
	s := newServer(t)
	edited := read(t, s.send(t, http.MethodPatch, "/api/v1/plans/p", object{"base": 1, "op_id": "1", "patch": settling}), 200)
	if at(t, edited, "rev") != 2.0 {
		t.Fatalf("got %v", edited)
	}
	results := read(t, s.get(t, "/api/v1/plans/p/results?scenario=base&scenario=forecast&line=handled"), 200)
	for i, want := range [][]float64{{50, 44}, {45, 48}} {
		for month, value := range want {
			if got := at(t, results, "results", i, "lines", "handled", "values", "voice", month); got != value {
				t.Errorf("scenario %d, month %d: got %v, want %v", i, month, got, value)
			}
		}
	}
	trace := read(t, s.get(t, "/api/v1/plans/p/trace?scenario=forecast&line=calls&month=2027-01&member=voice"), 200)
	for i, want := range [][3]any{{"lever", "more", 110.0}, {"actual", "", 90.0}} {
		if at(t, trace, "changes", i, "kind") != want[0] || at(t, trace, "changes", i, "code") != want[1] || at(t, trace, "changes", i, "after") != want[2] {
			t.Errorf("step %d: got %v, want %v", i, at(t, trace, "changes", i), want)
		}
	}
	comparison := read(t, s.get(t, "/api/v1/plans/p/compare?with=forecast&line=handled"), 200)
	if at(t, comparison, "differences", 0, "kind") != "lever" || at(t, comparison, "differences", 1, "kind") != "actual" {
		t.Errorf("got %v", at(t, comparison, "differences"))
	}
	one := object{"base": 2, "op_id": "2", "patch": []object{{"op": "replace", "path": "/actuals/calls/voice/2027-01", "value": 70}}}
	again := read(t, s.send(t, http.MethodPatch, "/api/v1/plans/p", one), 200)
	if all, _ := at(t, again, "results").([]any); len(all) != 1 || at(t, again, "results", 0, "scenario") != "forecast" {
		t.Errorf("an actual changes only the scenario that closes its month: got %v", at(t, again, "results"))
	}
	refused(t, s.send(t, http.MethodPatch, "/api/v1/plans/p", object{"base": 3, "op_id": "3", "patch": []object{
		{"op": "add", "path": "/scenarios/forecast/levers", "value": []any{"none"}},
	}}), 409, "patch.exists")
	refused(t, s.send(t, http.MethodPatch, "/api/v1/plans/p", object{"base": 3, "op_id": "4", "patch": []object{
		{"op": "test", "path": "/scenarios/forecast/levers", "value": []any{"more"}},
		{"op": "replace", "path": "/scenarios/forecast/levers", "value": []any{"none"}},
	}}), 422, "shape.dangling")
}
