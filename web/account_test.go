package web_test

import (
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/store/bolt"
	"centerplan/web"
	"centerplan/web/accounts"
	"centerplan/web/live"
)

// empty returns a server without any account, and the token of its link.
func empty(t testing.TB, secure bool) (s *staffed, token string) {
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
	s = &staffed{
		server:    &server{hub: live.New(data, clock), people: people, data: data, log: &syncBuffer{}},
		passwords: map[string]string{}, entered: map[string]*visitor{},
	}
	s.Server = web.New(web.Options{
		Hub: s.hub, Accounts: people, UI: page, Build: "test", Clock: clock, Secure: secure,
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	return s, people.SetupToken()
}

func TestTheSetUpLinkServesOnce(t *testing.T) {
	s, token := empty(t, false)
	if state := read(t, s.get(t, "/api/v1/session"), 200); at(t, state, "mode") != "setup" || at(t, state, "person") != nil {
		t.Errorf("at first: %v", state)
	}
	first := object{"token": token, "id": "root", "name": "Root", "password": password}
	wrong := object{"token": token + "x", "id": "root", "name": "Root", "password": password}
	short := object{"token": token, "id": "root", "name": "Root", "password": "short"}
	refused(t, s.server.send(t, "POST", "/api/v1/setup", wrong), 403, "accounts.setup_token")
	if answer := s.server.send(t, "POST", "/api/v1/setup", short); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a short password: %s", answer.Status)
	}
	answer := s.server.send(t, "POST", "/api/v1/setup", first)
	if state := read(t, answer, 200); at(t, state, "mode") != "accounts" || at(t, state, "person", "id") != "root" || at(t, state, "person", "administrator") != true {
		t.Errorf("then: %v", state)
	}
	if len(answer.Cookies()) != 1 {
		t.Error("nobody is signed in by it")
	}
	first["id"] = "second"
	refused(t, s.server.send(t, "POST", "/api/v1/setup", first), 409, "accounts.setup_done")
	if strings.Contains(s.log.String(), token) || strings.Contains(s.log.String(), password) {
		t.Error("the log has a secret")
	}
}

func TestTheCookieIsTheBrowsersAlone(t *testing.T) {
	for name, secure := range map[string]bool{"http": false, "https": true} {
		t.Run(name, func(t *testing.T) {
			s, token := empty(t, secure)
			answer := s.server.send(t, "POST", "/api/v1/setup", object{"token": token, "id": "root", "name": "Root", "password": password})
			cookie := answer.Cookies()[0]
			if !cookie.HttpOnly || cookie.Secure != secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || cookie.MaxAge <= 0 {
				t.Errorf("got %+v", cookie)
			}
			body := read(t, answer, 200)
			v := &visitor{staffed: s, t: t, id: "root", cookie: cookie.Name + "=" + cookie.Value}
			told := []string{}
			for _, path := range []string{"/api/v1/session", "/api/v1/people", "/api/v1/people-log", "/api/v1/tokens", "/api/v1/names", "/metrics", "/api/v1/plans/none"} {
				_, text := v.text("GET", path, nil)
				told = append(told, text)
			}
			ended := v.send("DELETE", "/api/v1/session", nil)
			if gone := ended.Cookies()[0]; gone.MaxAge >= 0 || gone.Value != "" || gone.Secure != secure || !gone.HttpOnly {
				t.Errorf("after signing out: %+v", gone)
			}
			_, text := v.text("GET", "/api/v1/session", nil)
			for _, text := range append(told, text, s.log.String()) {
				if strings.Contains(text, cookie.Value) || strings.Contains(text, password) {
					t.Errorf("the cookie or the password is told: %s", text)
				}
			}
			if at(t, body, "person", "id") != "root" {
				t.Errorf("got %v", body)
			}
		})
	}
}

func TestSigningIn(t *testing.T) {
	s := newStaffed(t)
	wrong := read(t, s.server.send(t, "POST", "/api/v1/session", object{"id": "viewer", "password": "wrong password"}), 403)
	nobody := read(t, s.server.send(t, "POST", "/api/v1/session", object{"id": "nobody", "password": "wrong password"}), 403)
	if at(t, wrong, "problems", 0, "key") != "accounts.wrong" || at(t, wrong, "detail") != at(t, nobody, "detail") {
		t.Errorf("it shows who exists: %v, %v", wrong, nobody)
	}
	for range 30 {
		answer := s.server.send(t, "POST", "/api/v1/session", object{"id": "viewer", "password": "wrong password"})
		if answer.StatusCode == http.StatusForbidden {
			continue
		}
		problem := refused(t, answer, http.StatusTooManyRequests, "accounts.wait")
		if seconds := at(t, problem, "problems", 0, "args", "seconds"); answer.Header.Get("Retry-After") != seconds || seconds == "" {
			t.Errorf("it says to wait %q, %v", answer.Header.Get("Retry-After"), seconds)
		}
		return
	}
	t.Error("passwords may be tried for ever")
}

// temporary gives somebody a new temporary password and signs them in with it.
func (s *staffed) temporary(t testing.TB, id string) (v *visitor, word string) {
	t.Helper()
	made := read(t, s.visit(t, "root").send("POST", "/api/v1/people/"+id+"/reset", object{}), 200)
	s.passwords[id], _ = at(t, made, "temporary").(string)
	delete(s.entered, id)
	return s.visit(t, id), s.passwords[id]
}

func TestATemporaryPasswordLetsItsOwnerChangeItAndNoMore(t *testing.T) {
	s := newStaffed(t)
	v, word := s.temporary(t, "finance")
	if state := read(t, v.get("/api/v1/session"), 200); at(t, state, "person", "must_change") != true {
		t.Errorf("got %v", state)
	}
	paths := at(t, read(t, s.server.get(t, "/api/openapi.json"), 200), "paths").(object)
	free := []string{"get-session", "sign-in", "sign-out", "sign-out-everywhere", "set-up", "change-password", "get-functions", "alive", "ready"}
	for path, methods := range paths {
		for method, operation := range methods.(object) {
			id, _ := at(t, operation, "operationId").(string)
			if slices.Contains(free, id) {
				continue
			}
			where := strings.NewReplacer("{id}", "pay", "{person}", "viewer", "{token}", "x").Replace(path)
			body := any(object{})
			if method == "get" || method == "delete" {
				body = nil
			}
			status, text := v.text(strings.ToUpper(method), where, body)
			if status != http.StatusUnprocessableEntity && (status != http.StatusForbidden || !strings.Contains(text, "accounts.must_change")) {
				t.Errorf("%s is open: %d %s", id, status, text)
			}
		}
	}
	refused(t, v.send("POST", "/api/v1/password", object{"old": "something else", "next": password + " new"}), 422, "accounts.old_password")
	read(t, v.send("POST", "/api/v1/password", object{"old": word, "next": password + " new"}), 200)
	if status, _ := v.text("GET", "/api/v1/plans/pay", nil); status != http.StatusOK {
		t.Errorf("after the change: %d", status)
	}
	refused(t, s.server.send(t, "POST", "/api/v1/session", object{"id": "finance", "password": word}), 403, "accounts.wrong")
}

func TestSigningOut(t *testing.T) {
	s := newStaffed(t)
	enter := func() *visitor {
		delete(s.entered, "viewer")
		return s.visit(t, "viewer")
	}
	one, two, three := enter(), enter(), enter()
	opens := func(v *visitor) bool {
		status, _ := v.text("GET", "/api/v1/plans/pay", nil)
		return status == http.StatusOK
	}
	if state := read(t, one.send("DELETE", "/api/v1/session", nil), 200); at(t, state, "person") != nil {
		t.Errorf("signed out, yet %v", state)
	}
	if opens(one) || !opens(two) || !opens(three) {
		t.Error("signing out ends one session")
	}
	read(t, one.send("DELETE", "/api/v1/session", nil), 200) // twice is no error
	read(t, two.send("DELETE", "/api/v1/sessions", nil), 200)
	if opens(two) || opens(three) {
		t.Error("signing out everywhere ends all")
	}
	s.passwords["viewer"] = password + " viewer"
	four, five := enter(), enter()
	read(t, four.send("POST", "/api/v1/password", object{"old": password + " viewer", "next": password + " 2"}), 200)
	if !opens(four) || opens(five) {
		t.Error("a new password ends the other sessions, and not one's own")
	}
}

func TestPeopleAreLookedAfter(t *testing.T) {
	s := newStaffed(t)
	root := s.visit(t, "root")
	grants := []object{{"center": "north", "role": "lead", "position": "voice_lead", "members": []string{"voice"}}}
	made := read(t, root.send("POST", "/api/v1/people", object{"id": "newcomer", "name": "新同事", "grants": grants}), 201)
	if at(t, made, "account", "name") != "新同事" || at(t, made, "account", "must_change") != true || at(t, made, "account", "grants", 0, "position") != "voice_lead" {
		t.Errorf("made %v", made)
	}
	word, _ := at(t, made, "temporary").(string)
	refused(t, root.send("POST", "/api/v1/people", object{"id": "newcomer", "name": "x", "grants": grants}), 409, "accounts.id_taken")
	written := read(t, root.send("POST", "/api/v1/people", object{"id": " Written ", "name": "x", "grants": []object{}}), 201)
	if at(t, written, "account", "id") != "written" || at(t, written, "account", "name") != "x" {
		t.Errorf("an id written otherwise is answered with %v", written)
	}
	if status, text := root.text("POST", "/api/v1/people", object{"id": "Not An Id", "name": "x", "grants": grants}); status != 422 {
		t.Errorf("a bad id: %d %s", status, text)
	}
	if status, text := root.text("POST", "/api/v1/people", object{"id": "odd", "name": "x", "grants": []object{{"center": "north", "role": "king"}}}); status != 422 {
		t.Errorf("a role that is none: %d %s", status, text)
	}
	changed := read(t, root.send("PATCH", "/api/v1/people/newcomer", object{"name": "Newcomer"}), 200)
	if at(t, changed, "name") != "Newcomer" || at(t, changed, "grants", 0, "role") != "lead" {
		t.Errorf("what was not named has changed: %v", changed)
	}
	read(t, root.send("PATCH", "/api/v1/people/newcomer", object{"disabled": true}), 200)
	refused(t, s.server.send(t, "POST", "/api/v1/session", object{"id": "newcomer", "password": word}), 403, "accounts.wrong")
	if status, text := root.text("PATCH", "/api/v1/people/none", object{"name": "x"}); status != 404 {
		t.Errorf("somebody who is not there: %d %s", status, text)
	}
	refused(t, root.send("PATCH", "/api/v1/people/root", object{"disabled": true}), 409, "accounts.last_administrator")
	refused(t, root.send("PATCH", "/api/v1/people/root", object{"grants": []object{}}), 409, "accounts.last_administrator")
	_, log := root.text("GET", "/api/v1/people-log", nil)
	if !strings.Contains(log, "newcomer") || strings.Contains(log, word) {
		t.Errorf("the log is %s", log)
	}
	names := read(t, s.visit(t, "viewer").get("/api/v1/names"), 200)
	if list := names.([]document.Node); len(list) != 10 || at(t, list[0], "grants") != nil {
		t.Errorf("names are %v", names)
	}
}

// routes of those who look after people.
var peopleRoutes = []struct {
	method, path string
	body         any
}{
	{"GET", "/api/v1/people", nil},
	{"GET", "/api/v1/people-log", nil},
	{"POST", "/api/v1/people", object{"id": "friend", "name": "x", "grants": []object{{"center": "*", "role": "director"}}}},
	{"PATCH", "/api/v1/people/viewer", object{"grants": []object{{"center": "*", "role": "director"}}}},
	{"POST", "/api/v1/people/director/reset", object{}},
}

func TestPeopleAreNobodyElsesBusiness(t *testing.T) {
	s := newStaffed(t)
	root := s.visit(t, "root")
	secret, _ := at(t, read(t, root.send("POST", "/api/v1/tokens", object{"name": "k", "scope": "edit", "until": "2027-03-01"}), 201), "secret").(string)
	for _, route := range peopleRoutes {
		for _, id := range []string{"chief", "director", "finance", "lead", "viewer", "administrator", "far"} {
			refused(t, s.visit(t, id).send(route.method, route.path, route.body), 403, "accounts.not_administrator")
		}
		request := root.request(route.method, route.path, route.body)
		request.Header.Del("Cookie")
		request.Header.Set("Authorization", "Bearer "+secret)
		refused(t, s.do(t, request), 403, "accounts.not_administrator")
	}
	if _, text := root.text("GET", "/api/v1/people", nil); strings.Contains(text, "friend") {
		t.Error("somebody was added")
	}
}

func TestKeysAreOnesOwn(t *testing.T) {
	s := newStaffed(t)
	finance, viewer := s.visit(t, "finance"), s.visit(t, "viewer")
	made := read(t, finance.send("POST", "/api/v1/tokens", object{"name": "feed", "scope": "edit", "until": "2027-03-01"}), 201)
	id, _ := at(t, made, "token", "id").(string)
	secret, _ := at(t, made, "secret").(string)
	with := func(method, path string, body any) *http.Response {
		request := finance.request(method, path, body)
		request.Header.Del("Cookie")
		request.Header.Set("Authorization", "Bearer "+secret)
		return s.do(t, request)
	}
	read(t, with("PATCH", "/api/v1/plans/pay", object{"op_id": "k", "patch": set("/budget/lines/rent/values/2027-01", 5000, 5001)}), 200)
	for _, route := range []struct {
		method, path string
		body         any
	}{
		{"POST", "/api/v1/tokens", object{"name": "more", "scope": "read", "until": "2027-03-01"}},
		{"DELETE", "/api/v1/tokens/" + id, nil},
		{"PUT", "/api/v1/deputy", object{"person": "viewer", "from": "2026-11-01", "until": "2026-12-01"}},
		{"DELETE", "/api/v1/deputy", nil},
		{"POST", "/api/v1/password", object{"old": password + " finance", "next": password + " x"}},
	} {
		if answer := with(route.method, route.path, route.body); answer.StatusCode != http.StatusForbidden {
			t.Errorf("a key may %s %s: %s", route.method, route.path, answer.Status)
		}
	}
	if list := read(t, viewer.get("/api/v1/tokens"), 200).([]document.Node); len(list) != 0 {
		t.Errorf("a viewer sees %v", list)
	}
	if status, _ := viewer.text("DELETE", "/api/v1/tokens/"+id, nil); status == http.StatusNoContent && with("GET", "/api/v1/plans", nil).StatusCode != http.StatusOK {
		t.Error("a viewer removes somebody's key")
	}
	for name, body := range map[string]object{
		"a day that is past": {"name": "x", "scope": "read", "until": "2020-01-01"}, "no day": {"name": "x", "scope": "read", "until": "soon"},
		"no scope": {"name": "x", "scope": "all", "until": "2027-01-01"},
	} {
		if status, text := finance.text("POST", "/api/v1/tokens", body); status != 422 {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	if status, text := finance.text("DELETE", "/api/v1/tokens/"+id, nil); status != http.StatusNoContent {
		t.Errorf("removing one's own: %d %s", status, text)
	}
	refused(t, with("GET", "/api/v1/plans", nil), 401, "accounts.sign_in")
}

func TestADeputyHasWhatIsLentAndNoMore(t *testing.T) {
	s := newStaffed(t)
	director, viewer := s.visit(t, "director"), s.visit(t, "viewer")
	keepsQuiet(t, "before", body(viewer, "/api/v1/plans/pay"))
	state := read(t, director.send("PUT", "/api/v1/deputy", object{"person": "viewer", "from": "2026-11-01", "until": "2026-12-01"}), 200)
	if at(t, state, "person", "deputy", "person") != "viewer" {
		t.Errorf("got %v", state)
	}
	if got := read(t, viewer.get("/api/v1/session"), 200); at(t, got, "person", "stands_for", 0, "id") != "director" || at(t, got, "person", "may_create") != true {
		t.Errorf("got %v", got)
	}
	if text := body(viewer, "/api/v1/plans/pay"); !strings.Contains(text, "31415") {
		t.Error("a deputy does not see what they stand in for")
	}
	read(t, viewer.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": "in", "kind": "hand_in", "section": "budget"}), 200)
	entry := at(t, read(t, director.get("/api/v1/plans/pay/history?limit=1"), 200), 0)
	if at(t, entry, "who") != "viewer" || at(t, entry, "for") != "director" {
		t.Errorf("got %v", entry)
	}
	refused(t, viewer.send("POST", "/api/v1/plans/pay/workflow", object{"op_id": "ok", "kind": "approve", "section": "budget"}), 403, "workflow.not_approver")
	read(t, director.send("DELETE", "/api/v1/deputy", nil), 200)
	keepsQuiet(t, "afterwards", body(viewer, "/api/v1/plans/pay"))
	for name, tc := range map[string]object{
		"oneself": {"person": "director", "from": "2026-11-01", "until": "2026-12-01"}, "nobody": {"person": "none", "from": "2026-11-01", "until": "2026-12-01"},
		"days the wrong way": {"person": "viewer", "from": "2026-12-01", "until": "2026-11-01"}, "no days": {"person": "viewer", "from": "x", "until": "y"},
	} {
		if status, text := director.text("PUT", "/api/v1/deputy", tc); status != 422 && status != 404 {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	// Looking after people is not lent.
	read(t, s.visit(t, "root").send("PUT", "/api/v1/deputy", object{"person": "viewer", "from": "2026-11-01", "until": "2026-12-01"}), 200)
	refused(t, viewer.send("GET", "/api/v1/people", nil), 403, "accounts.not_administrator")
}

func body(v *visitor, path string) string {
	_, text := v.text("GET", path, nil)
	return text
}
