package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"centerplan/planning/rights"
)

// The amount decides which steps an approval needs. Who may set that up could
// otherwise hold any total against one number after the other.
func TestNobodyMeasuresAHiddenTotalByTheStepsOfAnApproval(t *testing.T) {
	s := newStaffed(t)
	administrator, chief := s.visit(t, "administrator"), s.visit(t, "chief")
	steps := func(from float64) object {
		return object{"op": "add", "path": "/workflow/steps", "value": object{
			"finance": object{"role": "finance", "rank": "a"}, "director": object{"role": "director", "rank": "b", "from": from},
		}}
	}
	try := func(name string, ops ...object) {
		t.Helper()
		if status, text := administrator.text("PATCH", "/api/v1/plans/pay", object{"op_id": name, "patch": ops}); status != http.StatusForbidden {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	whole := func(amount string, from float64) object {
		return object{"op": "add", "path": "/workflow", "value": object{"amount": amount, "steps": steps(from)["value"]}}
	}
	try("all at once", whole("labour", 300_000))
	if status, text := chief.edit("setup", whole("rent", 1)); status != http.StatusOK {
		t.Fatal(status, text)
	}
	try("pointing it at a withheld total", object{"op": "replace", "path": "/workflow/amount", "value": "labour"})
	if status, text := administrator.edit("open", object{"op": "replace", "path": "/workflow/steps/director/from", "value": 2}); status != http.StatusOK {
		t.Errorf("an open total has no steps of the administrator's: %d %s", status, text)
	}
	if status, text := chief.edit("labour", object{"op": "replace", "path": "/workflow/amount", "value": "labour"}); status != http.StatusOK {
		t.Fatal(status, text)
	}
	try("moving a step", object{"op": "replace", "path": "/workflow/steps/director/from", "value": 400_000})
	try("adding a step", object{"op": "add", "path": "/workflow/steps/probe", "value": object{"role": "director", "rank": "c", "from": 400_000}})
	try("all steps anew", object{"op": "replace", "path": "/workflow/steps", "value": steps(400_000)["value"]})
	if status, text := administrator.edit("other", object{"op": "add", "path": "/workflow/why_above", "value": 0.2}); status != http.StatusOK {
		t.Errorf("the rest of the set-up is closed too: %d %s", status, text)
	}
}

// Whoever looks after one center and directs another could take a plan along.
func TestAPlanIsNotTakenToWhereOneSeesMore(t *testing.T) {
	s := newStaffed(t)
	s.add(t, "mover", []rights.Grant{{Center: "north", Role: rights.Administrator}, {Center: "south", Role: rights.Director}})
	mover := s.visit(t, "mover")
	if status, text := mover.edit("move", set("/plan/center", "north", "south")...); status != http.StatusForbidden {
		t.Errorf("the plan moved: %d %s", status, text)
	}
	if status, text := mover.edit("name", object{"op": "add", "path": "/plan/note", "value": object{"en": "x"}}); status >= http.StatusInternalServerError {
		t.Errorf("%d %s", status, text)
	}
	looksEverywhere(t, mover, "pay")
	// Elsewhere, where one sees no more, it may go.
	if status, text := s.visit(t, "administrator").edit("west", set("/plan/center", "north", "west")...); status != http.StatusOK && status != http.StatusNotFound {
		t.Errorf("an administrator may not move a plan: %d %s", status, text)
	}
}

// A hidden place gives away nothing by when it was changed either: asking for its
// history, or for its changes to be taken back, names no more than was asked.
func TestTakingBackAHiddenChangeNamesNoPlace(t *testing.T) {
	s := newStaffed(t)
	if status, text := s.visit(t, "finance").edit("raise", set("/budget/lines/wage/values/2027-01", 31415, 58597)...); status != http.StatusOK {
		t.Fatal(status, text)
	}
	for _, id := range strangers {
		status, text := s.visit(t, id).text("POST", "/api/v1/plans/pay/undo", object{"op_id": "u" + id, "rev": 2})
		if status != http.StatusForbidden || strings.Contains(text, "/values/") {
			t.Errorf("%s learns which cell was changed: %d %s", id, status, text)
		}
	}
}

// What was answered to one person is not good for another.
func TestATagIsOnesOwn(t *testing.T) {
	s := newStaffed(t)
	tags := map[string]string{}
	for _, id := range []string{"chief", "director", "finance", "lead", "viewer", "administrator"} {
		for _, path := range []string{"", "?rev=1"} {
			answer := s.visit(t, id).get("/api/v1/plans/pay" + path)
			tag := answer.Header.Get("ETag")
			if other, taken := tags[tag]; taken && other != id {
				t.Errorf("%s and %s share the tag %s", id, other, tag)
			}
			tags[tag] = id
			if vary := answer.Header.Get("Cache-Control"); !strings.Contains(vary, "no-cache") && !strings.Contains(vary, "no-store") {
				t.Errorf("kept without asking: %q", vary)
			}
		}
	}
	for tag, owner := range tags {
		request := s.visit(t, "viewer").request("GET", "/api/v1/plans/pay", nil)
		request.Header.Set("If-None-Match", tag)
		if got := s.do(t, request).StatusCode; (got == http.StatusNotModified) != (owner == "viewer") {
			t.Errorf("a viewer with the tag of %s: %d", owner, got)
		}
	}
}

// Operation ids are told in the history; that one is taken tells no more, and
// nothing at all of another center's plan.
func TestOperationIDsTellNothing(t *testing.T) {
	s := newStaffed(t)
	if status, text := s.visit(t, "finance").edit("raise", set("/budget/lines/wage/values/2027-01", 31415, 58597)...); status != http.StatusOK {
		t.Fatal(status, text)
	}
	for _, id := range strangers {
		v := s.visit(t, id)
		for i, body := range []object{
			{"op_id": "raise", "patch": set("/budget/lines/wage/values/2027-01", 31415, 58597)},
			{"op_id": "raise", "patch": set("/budget/lines/wage/values/2027-01", 31415, 1)},
		} {
			status, text := v.text("PATCH", "/api/v1/plans/pay", body)
			keepsQuiet(t, fmt.Sprint(id, i), text)
			if status == http.StatusOK {
				t.Errorf("%s is told that a guess is right: %s", id, text)
			}
		}
		_, right := v.edit("raise", set("/budget/lines/wage/values/2027-01", 31415, 58597)...)
		_, wrong := v.edit("raise", set("/budget/lines/wage/values/2027-01", 31415, 4)...)
		if right != wrong {
			t.Errorf("%s can tell a right guess: %s\n%s", id, right, wrong)
		}
	}
	_, taken := s.visit(t, "far").edit("raise")
	_, free := s.visit(t, "far").edit("never")
	if taken != free {
		t.Errorf("the south learns of the north's operations: %s %s", taken, free)
	}
}

// Proposing an amendment is answered by a calculation. It tells nothing of lines
// that are kept from who proposes.
func TestAProposalTellsNothingOfHiddenLines(t *testing.T) {
	s := newStaffed(t)
	bonus := object{"op": "add", "path": "/budget/lines/bonus", "value": object{
		"code": "bonus", "rank": "zz", "unit": "CNY", "sensitive": true, "values": object{"2027-01": 58597, "2027-02": 58597},
	}}
	twice := object{"op": "add", "path": "/budget/lines/twice", "value": object{"code": "twice", "rank": "zzz", "unit": "CNY", "formula": "bonus * 2"}}
	if status, text := s.visit(t, "finance").edit("bonus", bonus, twice); status != http.StatusOK {
		t.Fatal(status, text)
	}
	agree(t, s)
	read(t, s.visit(t, "chief").send("POST", "/api/v1/plans/pay/seal", object{"op_id": "seal", "why": "agreed"}), http.StatusOK)
	actual := object{"op": "add", "path": "/actuals", "value": object{"bonus": object{"2027-01": 31415}, "rent": object{"2027-01": 5100}}}
	if status, text := s.visit(t, "finance").edit("actual", actual); status != http.StatusOK {
		t.Fatal(status, text)
	}
	n := 0
	for _, id := range strangers {
		v := s.visit(t, id)
		for _, line := range []string{"bonus", "twice", "labour", "wage", "total", "rent", "per_call", "none"} {
			for _, kind := range []string{"supplement", "transfer", "reserve"} {
				n++
				status, text := v.text("POST", "/api/v1/plans/pay/workflow", object{"op_id": fmt.Sprint("p", n), "kind": "propose", "proposal": object{
					"kind": kind, "name": object{"en": "x"}, "reason": "x",
					"entries": []object{{"line": line, "month": "2027-01", "amount": -1}, {"line": "rent", "month": "2027-02", "amount": 1}},
				}})
				keepsQuiet(t, fmt.Sprint(id, " proposes ", kind, " of ", line), text)
				if status >= http.StatusInternalServerError {
					t.Errorf("%s %s %s: %d %s", id, kind, line, status, text)
				}
			}
		}
		looksEverywhere(t, v, "pay")
	}
}
