package web_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/store/bolt"
	"centerplan/templates/locale"
	"centerplan/templates/report"
	"centerplan/web"
	"centerplan/web/accounts"
	"centerplan/web/live"
)

// payFile is a plan whose wages are for few eyes. 31415 is the wage, and what
// can be reckoned with it stands in secretNumbers.
const payFile = `
centerplan: 1
plan: {id: pay, name: {en: Pay, zh: 薪酬}, center: north, currency: CNY}
calendar: {start: 2027-01, months: 2, days: typical}
dimensions: {queue: {members: [voice, chat]}}
lines:
  - {code: calls, unit: contact, by: [queue], owner: planning, values: {voice: [100, 110], chat: [40, 50]}}
  - {code: heads, unit: person, owner: voice_lead, values: [10, 11]}
  - {code: wage, unit: CNY/person, sensitive: true, note: {en: "About 31415 each.", zh: 每人约31415。}, values: [31415, 31415]}
  - {code: labour, unit: CNY, formula: wage * heads}
  - {code: rent, unit: CNY, values: [5000, 5000]}
  - {code: total, unit: CNY, released: true, formula: labour + rent}
  - {code: per_call, unit: CNY/contact, formula: "total / sum(calls)", rollup: formula}
scenarios:
  - {code: raise, changes: [{line: wage, add: 27182}]}
  - {code: fewer, changes: [{line: heads, add: -1}]}
levers:
  - {code: freeze, name: {en: Freeze, zh: 冻薪}, changes: [{line: wage, set: 27182}]}
okr:
  roles: [{code: voice_lead, name: {en: Voice lead, zh: 语音班长}}, {code: planning, name: {en: Planning, zh: 规划}}]
  objectives:
    - {code: cost, group: finance, name: {en: Cost, zh: 成本}, owner: planning, weight: 1, key_results: [{code: pay, name: {en: Pay, zh: 薪酬}, line: wage, baseline: 31415, target: 27182}]}
  milestones:
    - {code: rota, name: {en: Rota, zh: 排班}, owner: voice_lead, due: 2027-02-01, objective: cost, acceptance: {en: The rota hangs out., zh: 排班已公布。}}
  checkins:
    a: {of: /okr/objectives/cost/key_results/pay, day: 2027-01-31, value: 31415, note: "31415 so far"}
    b: {of: /okr/milestones/rota, day: 2027-01-15, confidence: 4}
`

// southFile is another center's plan.
const southFile = `
centerplan: 1
plan: {id: south, name: {en: South, zh: 南区}, center: south, currency: CNY}
calendar: {start: 2027-01, months: 2, days: typical}
lines:
  - {code: calls, unit: contact, values: [16180, 16180]}
`

// secretNumbers are the wages and what can be reckoned with them alone: as
// values, scaled and added up. Totals are released, so they are none.
var secretNumbers = []string{
	"31415", "31,415", "27182", "27,182", "58597", "58,597", "314150", "345565", "659715", "282735", "314,150", "345,565", "659,715",
}

// A staffed server has accounts, and plans of two centers.
type staffed struct {
	*server
	passwords map[string]string
	// entered are the visitors so far.
	entered map[string]*visitor
}

// A visitor is somebody signed in.
type visitor struct {
	*staffed
	t      testing.TB
	id     string
	cookie string
}

const password = "correct horse battery"

// newStaffed returns a server on which chief directs every center, and the others
// have the role of their name in the center north, but for far, who directs the
// south.
func newStaffed(t testing.TB) *staffed {
	t.Helper()
	data, err := bolt.Open(filepath.Join(t.TempDir(), "plans.bolt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = data.Close() })
	people, err := accounts.Open(t.Context(), data, clock, accounts.Options{HashMemory: 64, HashPasses: 1})
	if err != nil {
		t.Fatal(err)
	}
	s := &staffed{
		server:    &server{hub: live.New(data, clock, live.WithEngine("test")), people: people, data: data, log: &syncBuffer{}},
		passwords: map[string]string{}, entered: map[string]*visitor{},
	}
	s.Server = web.New(web.Options{
		Hub: s.hub, Accounts: people, UI: page, Build: "test", Clock: clock, Report: reported, Heartbeat: 50 * time.Millisecond,
	})
	if _, err := people.Setup(t.Context(), people.SetupToken(), "root", "Root", password); err != nil {
		t.Fatal(err)
	}
	s.passwords["root"] = password
	north := func(role rights.Role) []rights.Grant { return []rights.Grant{{Center: "north", Role: role}} }
	for id, grants := range map[string][]rights.Grant{
		"chief": {{Center: "*", Role: rights.Director}}, "director": north(rights.Director), "finance": north(rights.Finance),
		"viewer": north(rights.Viewer), "administrator": north(rights.Administrator),
		"lead": {{Center: "north", Role: rights.Lead, Position: "voice_lead", Members: []string{"voice"}}},
		"far":  {{Center: "south", Role: rights.Director}},
	} {
		s.add(t, id, grants)
	}
	chief := s.visit(t, "chief")
	for _, file := range []string{payFile, southFile} {
		read(t, chief.send("POST", "/api/v1/plans", object{"file": file}), http.StatusCreated)
	}
	return s
}

// add makes an account with a password of its own.
func (s *staffed) add(t testing.TB, id string, grants []rights.Grant) {
	t.Helper()
	temporary, err := s.people.Add(t.Context(), "root", accounts.Account{ID: id, Name: id, Grants: grants})
	if err != nil {
		t.Fatal(err)
	}
	cookie, err := s.people.SignIn(t.Context(), id, temporary, "")
	if err != nil {
		t.Fatal(err)
	}
	caller, err := s.people.Authenticate(cookie, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.people.ChangePassword(t.Context(), caller, temporary, password+" "+id); err != nil {
		t.Fatal(err)
	}
	s.passwords[id] = password + " " + id
}

// visit signs somebody in over the API, once.
func (s *staffed) visit(t testing.TB, id string) *visitor {
	t.Helper()
	if v, ok := s.entered[id]; ok {
		return v
	}
	answer := s.server.send(t, "POST", "/api/v1/session", object{"id": id, "password": s.passwords[id]})
	read(t, answer, http.StatusOK)
	v := &visitor{staffed: s, t: t, id: id}
	for _, cookie := range answer.Cookies() {
		v.cookie = cookie.Name + "=" + cookie.Value
	}
	s.entered[id] = v
	return v
}

func (v *visitor) request(method, path string, body any) *http.Request {
	v.t.Helper()
	text := ""
	switch body := body.(type) {
	case nil:
	case string:
		text = body
	default:
		encoded, err := json.Marshal(body)
		if err != nil {
			v.t.Fatal(err)
		}
		text = string(encoded)
	}
	request := httptest.NewRequest(method, path, strings.NewReader(text))
	request.Header.Set("Cookie", v.cookie)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	return request
}

func (v *visitor) get(path string) *http.Response { return v.send("GET", path, nil) }

func (v *visitor) send(method, path string, body any) *http.Response {
	v.t.Helper()
	return v.do(v.t, v.request(method, path, body))
}

// text returns the status and all of an answer.
func (v *visitor) text(method, path string, body any) (status int, text string) {
	v.t.Helper()
	answer := v.send(method, path, body)
	all, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer.StatusCode, string(all)
}

// edit sends a patch of the plan pay.
func (v *visitor) edit(op string, ops ...object) (status int, text string) {
	v.t.Helper()
	return v.text("PATCH", "/api/v1/plans/pay", object{"op_id": op, "patch": ops})
}

// reported is the whole text of the report that would be printed.
func reported(r web.ReportRequest) ([]byte, error) {
	problems, _ := r.View.Problems()
	doc, err := report.Build(report.Input{
		Plan: r.View.Plan(), Problems: problems, Locale: r.Locale, Scenario: r.Scenario, Compare: r.Compare,
		Outcome: r.View.Outcome, Rev: int64(r.View.Rev()), Engine: "test",
		Say: func(key string, args problem.Args) string { return locale.Message(r.Locale, key, args) },
	})
	if err != nil {
		return nil, err
	}
	return json.Marshal(doc)
}

func set(path string, from, to document.Node) []object {
	return []object{{"op": "test", "path": path, "value": from}, {"op": "replace", "path": path, "value": to}}
}
