package web_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/rights"
)

// An offer is an act that somebody is or is not offered.
type offer struct {
	kind, section string
	amendment     int
}

// offers lists what somebody is offered, and all there could be.
func offers(t testing.TB, v *visitor) (offered map[offer]bool, all []offer) {
	t.Helper()
	offered = map[offer]bool{}
	state := read(t, v.get("/api/v1/plans/pay/workflow"), 200)
	for _, section := range at(t, state, "sections").([]document.Node) {
		id, _ := at(t, section, "id").(string)
		for _, kind := range []string{"hand_in", "return", "approve", "reopen"} {
			all = append(all, offer{kind: kind, section: id})
		}
		for _, kind := range words(at(t, section, "acts")) {
			offered[offer{kind: kind, section: id}] = true
		}
	}
	amendments := read(t, v.get("/api/v1/plans/pay/amendments"), 200)
	for _, amendment := range at(t, amendments, "amendments").([]document.Node) {
		number, _ := at(t, amendment, "number").(float64)
		for _, kind := range []string{"approve_amendment", "reject", "withdraw"} {
			all = append(all, offer{kind: kind, amendment: int(number)})
		}
		for _, kind := range words(at(t, amendment, "acts")) {
			offered[offer{kind: kind, amendment: int(number)}] = true
		}
	}
	all = append(all, offer{kind: "propose"})
	offered[offer{kind: "propose"}] = at(t, amendments, "may_propose") == true
	return offered, all
}

// body is the act as a request, with everything an act may ask for.
func (o offer) body(op string, amount float64) object {
	body := object{"op_id": op, "kind": o.kind, "note": "because"}
	if o.section != "" {
		body["section"] = o.section
	}
	if o.amendment > 0 {
		body["amendment"] = o.amendment
	}
	if o.kind == "propose" {
		body["proposal"] = object{"kind": "supplement", "name": object{"en": "More", "zh": "追加"}, "reason": "needed", "entries": []object{{"line": "rent", "month": "2027-01", "amount": amount}}}
	}
	return body
}

// What somebody is offered is what they can do, whoever they are and wherever the
// plan stands: each act tried succeeds exactly if it was offered.
func TestActsOfferedAreTheActsThatSucceed(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 9))
	s := newStaffed(t)
	s.add(t, "deputised", []rights.Grant{{Center: "north", Role: rights.Finance}})
	read(t, s.visit(t, "director").send("PUT", "/api/v1/deputy", object{"person": "deputised", "from": "2026-11-01", "until": "2026-12-01"}), 200)
	if status, text := s.visit(t, "chief").edit("setup", object{"op": "add", "path": "/workflow", "value": object{
		"amount": "total", "steps": object{
			"finance": object{"rank": "a", "role": "finance"}, "director": object{"rank": "b", "role": "director", "from": 1000},
			"never": object{"rank": "c", "role": "director", "from": 1e9},
		}, "sections": object{
			"wide": object{"rank": "a", "covers": []string{"/budget"}, "owner": "voice_lead"}, "small": object{"rank": "b", "covers": []string{"/okr/milestones"}},
		},
	}}); status != http.StatusOK {
		t.Fatal(status, text)
	}
	people := []string{"chief", "director", "finance", "deputised", "lead", "viewer", "administrator"}
	succeeded := map[string]int{}
	for n := range 260 {
		if n == 120 { // from here on the plan is sealed
			sealAnyhow(t, s)
		}
		v := s.visit(t, people[random.IntN(len(people))])
		offered, all := offers(t, v)
		act := all[random.IntN(len(all))]
		if likely := slices.DeleteFunc(all, func(o offer) bool { return !offered[o] }); len(likely) > 0 && n%3 == 0 {
			// What was done least is tried first, so that every kind gets its turn.
			random.Shuffle(len(likely), func(i, j int) { likely[i], likely[j] = likely[j], likely[i] })
			act = slices.MinFunc(likely, func(a, b offer) int { return succeeded[a.kind] - succeeded[b.kind] })
		}
		status, text := v.text("POST", "/api/v1/plans/pay/workflow", act.body(fmt.Sprint("act", n), float64(1+random.IntN(3000))))
		if (status == http.StatusOK) != offered[act] {
			t.Fatalf("%s is offered %v: %v, and is answered %d %s", v.id, act, offered[act], status, text)
		}
		if status == http.StatusOK {
			succeeded[act.kind]++
		}
	}
	for _, kind := range []string{"hand_in", "return", "approve", "reopen", "propose", "approve_amendment", "reject", "withdraw"} {
		if succeeded[kind] == 0 {
			t.Errorf("no %s was tried that succeeds", kind)
		}
	}
}

// sealAnyhow approves what is not approved and seals.
func sealAnyhow(t testing.TB, s *staffed) {
	t.Helper()
	chief, finance, director := s.visit(t, "chief"), s.visit(t, "finance"), s.visit(t, "director")
	for _, section := range []string{"wide", "small"} {
		for i, step := range []struct {
			v    *visitor
			kind string
		}{{chief, "reopen"}, {chief, "hand_in"}, {finance, "approve"}, {director, "approve"}} {
			step.v.text("POST", "/api/v1/plans/pay/workflow", object{"op_id": fmt.Sprint("sealing", section, i), "kind": step.kind, "section": section, "note": "now"})
		}
	}
	read(t, chief.send("POST", "/api/v1/plans/pay/seal", object{"op_id": "sealing", "why": "agreed"}), 200)
}

func TestWhereTheSectionsStand(t *testing.T) {
	s := newStaffed(t)
	director, viewer := s.visit(t, "director"), s.visit(t, "viewer")
	if status, text := director.edit("setup", object{"op": "add", "path": "/workflow", "value": object{
		"phase": "negotiation", "why_above": 0.1, "amount": "labour",
		"sections": object{"budget": object{"rank": "a", "name": object{"zh": "预算"}, "covers": []string{"/budget"}, "owner": "voice_lead", "deadline": "2026-11-01"}},
	}}); status != http.StatusOK {
		t.Fatal(status, text)
	}
	state := read(t, viewer.get("/api/v1/plans/pay/workflow"), 200)
	if at(t, state, "phase") != "negotiation" || at(t, state, "amount") != nil || at(t, state, "sections", 0, "overdue") != true || at(t, state, "amount_line") != "labour" {
		t.Errorf("a viewer is told %v", state)
	}
	if state := read(t, director.get("/api/v1/plans/pay/workflow"), 200); at(t, state, "amount") != 659715.0 {
		t.Errorf("a director is told %v", at(t, state, "amount"))
	}
	refused(t, director.send("PATCH", "/api/v1/plans/pay", object{"op_id": "silent", "patch": set("/budget/lines/rent/values/2027-01", 5000, 5001)}), 422, "workflow.why_needed")
	read(t, director.send("PATCH", "/api/v1/plans/pay", object{"op_id": "told", "why": "合同", "patch": set("/budget/lines/rent/values/2027-01", 5000, 5001)}), 200)
	refused(t, director.send("POST", "/api/v1/plans/pay/restore", object{"op_id": "r", "pointer": "/budget/lines/rent/values/2027-01", "rev": 1}), 422, "workflow.why_needed")
	back := read(t, director.send("POST", "/api/v1/plans/pay/restore", object{"op_id": "r", "pointer": "/budget/lines/rent/values/2027-01", "rev": 1, "why": "back"}), 200)
	if patch := at(t, back, "patch").([]document.Node); len(patch) != 2 || at(t, patch[1], "value") != 5000.0 {
		t.Errorf("a restore did %v", patch)
	}
	items := read(t, s.visit(t, "lead").get("/api/v1/open"), 200).([]document.Node)
	if i := slices.IndexFunc(items, func(n document.Node) bool { return at(t, n, "kind") == "hand_in" && at(t, n, "overdue") == true }); i < 0 {
		t.Errorf("the lead's overdue section is not open: %v", items)
	}
	read(t, s.visit(t, "lead").send("POST", "/api/v1/plans/pay/workflow", object{"op_id": "in", "kind": "hand_in", "section": "budget", "note": "完成"}), 200)
	refused(t, s.visit(t, "finance").send("PATCH", "/api/v1/plans/pay", object{"op_id": "late", "why": "x", "patch": set("/budget/lines/rent/values/2027-01", 5000, 5002)}), 403, "workflow.section_closed")
	news := read(t, viewer.get("/api/v1/open"), 200)
	if at(t, news, 0, "kind") != "news" || at(t, news, 0, "act", "section") != "budget" || at(t, news, 0, "who") != "lead" || at(t, news, 0, "note") != "完成" {
		t.Errorf("news are %v", news)
	}
	rev := at(t, news, 0, "rev")
	if status, text := viewer.text("POST", "/api/v1/open/seen", object{"plan": "pay", "rev": rev}); status != http.StatusNoContent {
		t.Errorf("seen: %d %s", status, text)
	}
	if news := read(t, viewer.get("/api/v1/open"), 200).([]document.Node); len(news) != 0 {
		t.Errorf("seen news are %v", news)
	}
	refused(t, viewer.send("POST", "/api/v1/open/seen", object{"plan": "south", "rev": 1}), 404, "store.no_plan")
}

func TestTwoRevisionsBesideEachOther(t *testing.T) {
	s := newStaffed(t)
	finance := s.visit(t, "finance")
	read(t, finance.send("PATCH", "/api/v1/plans/pay", object{"op_id": "1", "patch": set("/budget/lines/rent/values/2027-01", 5000, 5500)}), 200)
	read(t, finance.send("PATCH", "/api/v1/plans/pay", object{"op_id": "2", "patch": set("/budget/lines/wage/values/2027-01", 31415, 58597)}), 200)
	told := read(t, finance.get("/api/v1/plans/pay/revisions?from=1&to=3"), 200)
	text, _ := json.Marshal(told)
	for _, want := range []string{
		`{"after":5500,"before":5000,"pointer":"/budget/lines/rent/values/2027-01"}`, `"line":"rent"`, `"line":"wage"`, `"difference":500`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s lacks %s", text, want)
		}
	}
	few := body(s.visit(t, "viewer"), "/api/v1/plans/pay/revisions?from=1&to=3")
	keepsQuiet(t, "revisions", few)
	if !strings.Contains(few, `"/budget/lines/rent/values/2027-01"`) || strings.Contains(few, "wage") {
		t.Errorf("a viewer is told %s", few)
	}
	refused(t, finance.get("/api/v1/plans/pay/revisions?from=1&to=9"), 422, "store.no_revision")
	refused(t, finance.get("/api/v1/plans/pay/revisions?from=1&to=2&scenario=none"), 404, "scenarios.unknown")
	past := read(t, finance.get("/api/v1/plans/pay?rev=2"), 200)
	if at(t, past, "access", "past") != true || at(t, past, "document", "budget", "lines", "wage", "values", "2027-01") != 31415.0 {
		t.Errorf("revision 2 is %v", at(t, past, "access"))
	}
}

func TestAmendmentsThatMoveHiddenMoneyAreTold(t *testing.T) {
	s := newStaffed(t)
	director, finance := s.visit(t, "director"), s.visit(t, "finance")
	bonus := object{"op": "add", "path": "/budget/lines/bonus", "value": object{
		"code": "bonus", "rank": "zz", "unit": "CNY", "sensitive": true, "values": object{"2027-01": 58597, "2027-02": 58597},
	}}
	if status, text := finance.edit("bonus", bonus); status != http.StatusOK {
		t.Fatal(status, text)
	}
	agree(t, s)
	read(t, s.visit(t, "chief").send("POST", "/api/v1/plans/pay/seal", object{"op_id": "seal", "why": "agreed"}), 200)
	propose := object{"op_id": "p", "kind": "propose", "note": "27182 each", "proposal": object{
		"kind": "supplement", "name": object{"en": "Bonus", "zh": "奖金"}, "reason": "each gets 31415", "entries": []object{{"line": "bonus", "month": "2027-01", "amount": 31415}},
	}}
	read(t, finance.send("POST", "/api/v1/plans/pay/workflow", propose), 200)
	for _, id := range strangers {
		looksEverywhere(t, s.visit(t, id), "pay")
	}
	if text := body(director, "/api/v1/plans/pay/amendments"); !strings.Contains(text, "31415") {
		t.Errorf("a director is not told: %s", text)
	}
	if text := body(director, "/api/v1/open"); !strings.Contains(text, "each gets 31415") {
		t.Errorf("nor that it waits: %s", text)
	}
}
