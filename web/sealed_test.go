package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/seal"
)

// agree has every section of the plan pay handed in and approved.
func agree(t testing.TB, s *staffed) {
	t.Helper()
	director, chief := s.visit(t, "director"), s.visit(t, "chief")
	for i, section := range []string{"positioning", "retrospective", "business", "budget", "action"} {
		read(t, director.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": fmt.Sprint("in", i), "kind": "hand_in", "section": section}), 200)
		read(t, chief.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": fmt.Sprint("ok", i), "kind": "approve", "section": section}), 200)
	}
}

// sealed returns a server whose plan pay is sealed with the scenarios base and
// raise, so that fewer goes on.
func sealed(t testing.TB) *staffed {
	t.Helper()
	s := newStaffed(t)
	agree(t, s)
	chief := s.visit(t, "chief")
	state := read(t, chief.get("/api/v1/plans/pay/seal"), 200)
	if blocked := at(t, state, "blocked").([]document.Node); len(blocked) > 0 {
		t.Fatalf("something keeps the plan from being sealed: %v", blocked)
	}
	read(t, chief.send("POST", "/api/v1/plans/pay/seal", object{"op_id": "seal", "why": "agreed", "scenarios": []string{"raise"}}), 200)
	return s
}

func TestAPlanIsSealedOnceEverySectionIsApproved(t *testing.T) {
	s := newStaffed(t)
	chief := s.visit(t, "chief")
	refused(t, chief.send("POST", "/api/v1/plans/pay/seal", object{"op_id": "1", "why": "now"}), 409, "seal.section_open")
	agree(t, s)
	for _, id := range []string{"lead", "viewer", "administrator"} {
		refused(t, s.visit(t, id).send("POST", "/api/v1/plans/pay/seal", object{"op_id": "s" + id, "why": "now"}), 403, "rights.may_not_seal")
	}
	made := read(t, chief.send("POST", "/api/v1/plans/pay/seal", object{"op_id": "2", "why": "now"}), 200)
	again := read(t, chief.send("POST", "/api/v1/plans/pay/seal", object{"op_id": "2", "why": "now"}), 200)
	if at(t, made, "hash") != at(t, again, "hash") || at(t, made, "rev") != at(t, again, "rev") {
		t.Errorf("a retry seals again: %v, %v", made, again)
	}
	refused(t, chief.send("POST", "/api/v1/plans/pay/seal", object{"op_id": "3", "why": "now"}), 409, "seal.already")
	_, file := chief.text("GET", "/api/v1/plans/pay/seal.json", nil)
	sum := sha256.Sum256([]byte(file))
	if got := hex.EncodeToString(sum[:]); got != at(t, made, "hash") {
		t.Errorf("sha256sum says %s, the seal %s", got, at(t, made, "hash"))
	}
	verdict := at(t, read(t, chief.get("/api/v1/plans/pay/seal"), 200), "verdict")
	if at(t, verdict, "bytes_same") != true || at(t, verdict, "recalculated") != true || at(t, verdict, "sealed_by") != "test" {
		t.Errorf("the verdict is %v", verdict)
	}
	refused(t, s.visit(t, "viewer").get("/api/v1/plans/pay/seal.json"), 403, "rights.seal_file")
}

func TestWhatIsSealedStaysAndTheRestGoesOn(t *testing.T) {
	s := sealed(t)
	chief := s.visit(t, "chief")
	for name, ops := range map[string][]object{
		"a value":             set("/budget/lines/rent/values/2027-01", 5000, 1),
		"a formula":           set("/budget/lines/labour/formula", "wage * heads", "1"),
		"a rename":            set("/budget/lines/rent/code", "rent", "lease"),
		"a new line":          {{"op": "add", "path": "/budget/lines/new", "value": object{"code": "new", "rank": "z", "unit": "CNY", "values": object{}}}},
		"a sealed scenario":   {{"op": "add", "path": "/scenarios/raise/name", "value": object{"en": "x"}}},
		"the plan's name":     {{"op": "replace", "path": "/plan/name/en", "value": "x"}},
		"the method":          {{"op": "add", "path": "/method", "value": object{}}},
		"the seal itself":     {{"op": "replace", "path": "/workflow/seal/hash", "value": strings.Repeat("0", 64)}},
		"history":             {{"op": "add", "path": "/history", "value": object{"rent": object{"2026-01": 1}}}},
		"an amendment's text": {{"op": "add", "path": "/workflow/amendments", "value": object{}}},
	} {
		status, text := chief.edit(name, ops...)
		if status != http.StatusForbidden {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	for name, ops := range map[string][]object{
		"an actual":       {{"op": "add", "path": "/actuals", "value": object{"rent": object{"2027-01": 4800}}}},
		"a milestone":     {{"op": "add", "path": "/okr/milestones/rota/status", "value": "done"}},
		"a live scenario": {{"op": "add", "path": "/scenarios/fewer/actuals_through", "value": "2027-01"}},
	} {
		if status, text := chief.edit(name, ops...); status != http.StatusOK {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	// The page offers what the server takes.
	if closed := at(t, read(t, chief.get("/api/v1/plans/pay"), 200), "access", "closed").([]document.Node); len(closed) > 0 {
		t.Errorf("a sealed plan names the sections %v as closed", closed)
	}
}

// Whatever anyone does afterwards, in whatever order: what was sealed is to the
// byte what it was, and so is what is printed of it.
func TestASealedPlanNeverMoves(t *testing.T) {
	s := sealed(t)
	chief := s.visit(t, "chief")
	paper := func() string {
		var all strings.Builder
		for _, path := range []string{
			"/seal.json", "/report.pdf?lang=zh", "/report.pdf?lang=en&scenario=raise&compare=raise",
			"/results?scenario=base&scenario=raise", "/results?scenario=base&by=year",
		} {
			status, text := chief.text("GET", "/api/v1/plans/pay"+path, nil)
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", path, status, text)
			}
			if strings.HasPrefix(path, "/results") { // the revision goes on, the results do not
				_, text, _ = strings.Cut(text, `"results":`)
			}
			all.WriteString(path + "\n" + text + "\n")
		}
		return all.String()
	}
	before, bytesBefore := paper(), sealedBytes(t, s)
	random := rand.New(rand.NewPCG(2027, 4))
	people := []string{"chief", "director", "finance", "lead", "viewer", "administrator", "far", "root"}
	done, refusals := 0, 0
	for n := range 1000 {
		v := s.visit(t, people[random.IntN(len(people))])
		method, path, body := drawOperation(random, n, currentOf(t, s))
		status, text := v.text(method, "/api/v1/plans/pay"+path, body)
		switch {
		case status >= http.StatusInternalServerError:
			t.Fatalf("operation %d %s %s %v: %d %s", n, method, path, body, status, text)
		case status == http.StatusOK:
			done++
		default:
			refusals++
		}
		if n%100 == 99 {
			if after := paper(); after != before {
				t.Fatalf("after %d operations what is sealed has moved", n+1)
			}
		}
	}
	if !bytes.Equal(sealedBytes(t, s), bytesBefore) {
		t.Error("the stored seal has other bytes")
	}
	if done < 100 || refusals < 100 {
		t.Errorf("%d operations were done and %d refused: too few to tell", done, refusals)
	}
	verdict := at(t, read(t, chief.get("/api/v1/plans/pay/seal"), 200), "verdict")
	if at(t, verdict, "bytes_same") != true || at(t, verdict, "recalculated") != true {
		t.Errorf("the verdict is %v", verdict)
	}
	if err := s.data.Verify(t.Context()); err != nil {
		t.Errorf("verify: %v", err)
	}
}

func sealedBytes(t testing.TB, s *staffed) []byte {
	t.Helper()
	stored, ok, err := s.data.Sealed(t.Context(), "pay")
	if err != nil || !ok || seal.Hash(stored.Bytes) != stored.Hash {
		t.Fatalf("the stored seal: %v %v", ok, err)
	}
	return stored.Bytes
}

func currentOf(t testing.TB, s *staffed) document.Node {
	t.Helper()
	return at(t, read(t, s.visit(t, "chief").get("/api/v1/plans/pay"), 200), "document")
}

// drawOperation draws something anyone might do to a plan, lawful or not: edits
// of every section, renames, removals, new members, formulas, actuals, undo,
// acts and amendments.
func drawOperation(r *rand.Rand, n int, doc document.Node) (method, path string, body object) {
	op := fmt.Sprint("random", n)
	number := float64(r.IntN(100_000)) / 4
	month := []string{"2027-01", "2027-02"}[r.IntN(2)]
	get := func(parts ...string) document.Node { value, _ := document.Get(doc, parts...); return value }
	edit := func(ops ...object) (string, string, object) {
		return "PATCH", "", object{"op_id": op, "why": "because", "patch": ops}
	}
	put := func(path string, parts ...string) (string, string, object) {
		if old := get(parts...); old != nil {
			return edit(object{"op": "test", "path": path, "value": old}, object{"op": "replace", "path": path, "value": number})
		}
		return edit(object{"op": "add", "path": path, "value": number})
	}
	act := func(kind string, more object) (string, string, object) {
		more["op_id"], more["kind"] = op, kind
		if more["note"] == nil {
			more["note"] = "because"
		}
		return "POST", "/workflow", more
	}
	lines := []string{"rent", "heads", "wage"}
	line := lines[r.IntN(len(lines))]
	sections := []string{"positioning", "retrospective", "business", "budget", "action"}
	switch r.IntN(20) {
	case 0:
		return put("/budget/lines/"+line+"/values/"+month, "budget", "lines", line, "values", month)
	case 1:
		return edit(set("/budget/lines/"+line+"/code", line, fmt.Sprint(line, n))...)
	case 2:
		return edit(object{"op": "test", "path": "/budget/lines/rent", "value": get("budget", "lines", "rent")}, object{"op": "remove", "path": "/budget/lines/rent"})
	case 3:
		return edit(object{"op": "add", "path": fmt.Sprint("/budget/dimensions/queue/members/m", n), "value": object{"code": fmt.Sprint("m", n), "rank": "z"}})
	case 4:
		return edit(object{"op": "replace", "path": "/budget/lines/labour/formula", "value": "heads * 2"})
	case 5:
		if get("actuals") == nil {
			return edit(object{"op": "add", "path": "/actuals", "value": object{}})
		}
		if get("actuals", line) == nil {
			return edit(object{"op": "add", "path": "/actuals/" + line, "value": object{month: number}})
		}
		return put("/actuals/"+line+"/"+month, "actuals", line, month)
	case 6:
		return edit(object{"op": "add", "path": fmt.Sprint("/scenarios/live", n), "value": object{
			"code": fmt.Sprint("live", n), "rank": "z", "parent": "base", "changes": []object{{"line": "heads", "add": number}},
		}})
	case 7:
		return put("/scenarios/fewer/cells/heads/"+month, "scenarios", "fewer", "cells", "heads", month)
	case 8:
		return edit(object{"op": "add", "path": "/scenarios/raise/cells", "value": object{"heads": object{month: number}}})
	case 9:
		status := []string{"planned", "active", "done", "dropped"}[r.IntN(4)]
		verb := map[bool]string{true: "replace", false: "add"}[get("okr", "milestones", "rota", "status") != nil]
		return edit(object{"op": verb, "path": "/okr/milestones/rota/status", "value": status})
	case 10:
		return edit(object{"op": "replace", "path": "/okr/milestones/rota/due", "value": fmt.Sprintf("2027-%02d-15", 1+r.IntN(12))})
	case 11:
		return edit(object{"op": "add", "path": fmt.Sprint("/okr/milestones/m", n), "value": object{"code": fmt.Sprint("m", n), "rank": "z", "name": object{"en": "m"}, "owner": "voice_lead"}})
	case 12:
		return "POST", []string{"/undo", "/redo"}[r.IntN(2)], object{"op_id": op}
	case 13:
		return "POST", "/undo", object{"op_id": op, "rev": 1 + r.IntN(30)}
	case 14:
		return "POST", "/restore", object{"op_id": op, "pointer": []string{"/budget", "/actuals", "/okr/milestones/rota/due", "/workflow/seal", "/scenarios/fewer"}[r.IntN(5)], "rev": 1 + r.IntN(30)}
	case 15:
		return act([]string{"hand_in", "return", "approve", "reopen"}[r.IntN(4)], object{"section": sections[r.IntN(len(sections))]})
	case 16, 17:
		entries := []object{{"line": "rent", "month": month, "amount": -number}, {"line": "rent", "month": "2027-02", "amount": number}}
		kind := []string{"transfer", "supplement", "reserve"}[r.IntN(3)]
		return act("propose", object{"proposal": object{"kind": kind, "name": object{"en": "a"}, "reason": "r", "entries": entries[:1+r.IntN(2)]}})
	case 18:
		return act([]string{"approve_amendment", "reject", "withdraw"}[r.IntN(3)], object{"amendment": 1 + r.IntN(20)})
	default:
		return "POST", "/seal", object{"op_id": op, "why": "again"}
	}
}

func TestAmendmentsReconcile(t *testing.T) {
	s := sealed(t)
	finance, director := s.visit(t, "finance"), s.visit(t, "director")
	propose := func(op, kind string, entries ...object) {
		t.Helper()
		read(t, finance.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": op, "kind": "propose", "proposal": object{
			"kind": kind, "name": object{"en": "Move", "zh": "调剂"}, "reason": "needed", "entries": entries,
		}}), 200)
	}
	propose("p1", "transfer", object{"line": "rent", "month": "2027-01", "amount": -500}, object{"line": "rent", "month": "2027-02", "amount": 500})
	propose("p2", "supplement", object{"line": "rent", "month": "2027-02", "amount": 250.5})
	refused(t, finance.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": "own", "kind": "approve_amendment", "amendment": 2}), 403, "workflow.not_approver")
	read(t, director.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": "a1", "kind": "approve_amendment", "amendment": 1}), 200)
	read(t, director.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": "a2", "kind": "approve_amendment", "amendment": 2}), 200)
	state := read(t, director.get("/api/v1/plans/pay/amendments"), 200)
	want := map[string][5]float64{
		"rent":  {10000, 0, 250.5, 10250.5, 0},
		"total": {669715, 0, 0, 669965.5, 250.5},
	}
	for _, row := range at(t, state, "table").([]document.Node) {
		code, _ := at(t, row, "line").(string)
		got := [5]float64{}
		for i, name := range []string{"original", "transfers", "supplements", "current", "difference"} {
			got[i], _ = at(t, row, name).(float64)
		}
		if expected, ok := want[code]; ok && got != expected {
			t.Errorf("%s: got %v, want %v", code, got, expected)
		}
		delete(want, code)
	}
	if len(want) > 0 {
		t.Errorf("the table lacks %v", want)
	}
	keepsQuietTable(t, s)
}

// keepsQuietTable looks at the table as those who may not see pay.
func keepsQuietTable(t *testing.T, s *staffed) {
	t.Helper()
	for _, id := range strangers {
		_, text := s.visit(t, id).text("GET", "/api/v1/plans/pay/amendments", nil)
		keepsQuiet(t, id+" sees the amendments", text)
		if strings.Contains(text, `"line":"wage"`) || strings.Contains(text, `"line":"labour"`) {
			t.Errorf("%s sees rows of withheld lines: %s", id, text)
		}
	}
}
