package web_test

import (
	"bufio"
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"centerplan/planning/rights"
)

func TestNobodyIsNobody(t *testing.T) {
	s := newStaffed(t)
	nobody := &visitor{staffed: s, t: t, id: "nobody"}
	stale := &visitor{staffed: s, t: t, id: "stale", cookie: "centerplan=" + strings.Repeat("A", 43)}
	for _, v := range []*visitor{nobody, stale} {
		for _, path := range append(everywhere("pay"), "/api/v1/people", "/api/v1/people-log", "/api/v1/tokens", "/api/v1/rights", "/api/v1/plans/pay/events") {
			status, text := v.text("GET", path, nil)
			if status != http.StatusUnauthorized || !strings.Contains(text, "accounts.sign_in") {
				t.Errorf("%s %s: %d %s", v.id, path, status, text)
			}
		}
	}
}

// Every operation of the API is closed to who is not signed in, but for those
// named here.
func TestEveryOperationIsClosed(t *testing.T) {
	s := newStaffed(t)
	open := []string{
		"get-session", "sign-in", "sign-out", "set-up", "get-functions", "alive", "ready",
	}
	paths := at(t, read(t, s.server.get(t, "/api/openapi.json"), 200), "paths").(object)
	seen := 0
	for path, methods := range paths {
		for method, operation := range methods.(object) {
			id, _ := at(t, operation, "operationId").(string)
			seen++
			if slices.Contains(open, id) {
				continue
			}
			where := strings.NewReplacer("{id}", "pay", "{person}", "li", "{token}", "x").Replace(path)
			nobody := &visitor{staffed: s, t: t}
			body := any(object{})
			if method == "get" || method == "delete" {
				body = nil
			}
			status, text := nobody.text(strings.ToUpper(method), where, body)
			// What is not even a request is refused before it is asked who sends it.
			if status != http.StatusUnauthorized && status != http.StatusUnprocessableEntity {
				t.Errorf("%s is open: %d %s", id, status, text)
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d operations were looked at", seen)
	}
}

func TestAStaleSessionOpensNothing(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *staffed, *visitor){
		"after signing out":              func(t *testing.T, _ *staffed, v *visitor) { read(t, v.send("DELETE", "/api/v1/session", nil), 200) },
		"after signing out everywhere":   func(t *testing.T, _ *staffed, v *visitor) { read(t, v.send("DELETE", "/api/v1/sessions", nil), 200) },
		"after the account was disabled": func(t *testing.T, s *staffed, _ *visitor) { s.change(t, "finance", object{"disabled": true}) },
		"after the password was reset": func(t *testing.T, s *staffed, _ *visitor) {
			read(t, s.visit(t, "root").send("POST", "/api/v1/people/finance/reset", object{}), 200)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStaffed(t)
			finance := s.visit(t, "finance")
			secret, _ := at(t, read(t, finance.send("POST", "/api/v1/tokens", object{"name": "feed", "scope": "read", "until": "2027-03-01"}), 201), "secret").(string)
			end(t, s, finance)
			if status, _ := finance.text("GET", "/api/v1/plans/pay", nil); status != http.StatusUnauthorized {
				t.Errorf("the session still opens: %d", status)
			}
			request := finance.request("GET", "/api/v1/plans/pay", nil)
			request.Header.Del("Cookie")
			request.Header.Set("Authorization", "Bearer "+secret)
			status := s.do(t, request).StatusCode
			if disabled := strings.Contains(name, "disabled"); disabled && status != http.StatusUnauthorized {
				t.Errorf("the key still opens: %d", status)
			}
		})
	}
}

func TestAKeyDoesNoMoreThanItsScope(t *testing.T) {
	s := newStaffed(t)
	finance := s.visit(t, "finance")
	secret, _ := at(t, read(t, finance.send("POST", "/api/v1/tokens", object{"name": "feed", "scope": "read", "until": "2027-03-01"}), 201), "secret").(string)
	with := func(method, path string, body any) int {
		request := finance.request(method, path, body)
		request.Header.Del("Cookie")
		request.Header.Set("Authorization", "Bearer "+secret)
		return s.do(t, request).StatusCode
	}
	if got := with("GET", "/api/v1/plans/pay/results", nil); got != http.StatusOK {
		t.Errorf("it does not read: %d", got)
	}
	edit := object{"op_id": "k", "patch": set("/budget/lines/rent/values/2027-01", 5000, 5001)}
	for path, body := range map[string]any{"/api/v1/plans/pay/undo": object{"op_id": "u"}, "/api/v1/tokens": object{"name": "more", "scope": "edit", "until": "2027-03-01"}} {
		if got := with("POST", path, body); got != http.StatusForbidden {
			t.Errorf("it may post to %s: %d", path, got)
		}
	}
	if got := with("PATCH", "/api/v1/plans/pay", edit); got != http.StatusForbidden {
		t.Errorf("it edits: %d", got)
	}
	_, text := finance.text("GET", "/api/v1/tokens", nil)
	if strings.Contains(text, secret) {
		t.Error("the list of keys tells the secret")
	}
}

// change has the administrator change an account.
func (s *staffed) change(t testing.TB, id string, body object) {
	t.Helper()
	read(t, s.visit(t, "root").send("PATCH", "/api/v1/people/"+id, body), http.StatusOK)
}

func TestARoleChangedWhileAStreamIsOpen(t *testing.T) {
	for name, grants := range map[string][]object{
		"to a viewer":         {{"center": "north", "role": "viewer"}},
		"to another center's": {{"center": "south", "role": "finance"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStaffed(t)
			address := s.listening(t)
			s.add(t, "mover", []rights.Grant{{Center: "north", Role: rights.Finance}})
			lines, stop := s.stream(t, address, s.visit(t, "mover"), "pay")
			defer stop()
			if got := <-lines; !strings.Contains(got, "hello") {
				t.Fatalf("first comes %q", got)
			}
			s.change(t, "mover", object{"grants": grants})
			if status, text := s.visit(t, "finance").edit("1", set("/budget/lines/wage/values/2027-01", 31415, 58597)...); status != 200 {
				t.Fatal(status, text)
			}
			for line := range lines {
				keepsQuiet(t, "the open stream", line)
			}
			again, stopAgain := s.stream(t, address, s.visit(t, "mover"), "pay")
			defer stopAgain()
			for line := range again {
				keepsQuiet(t, "the next stream", line)
				if strings.HasPrefix(line, "event: ping") {
					break
				}
			}
		})
	}
}

// stream opens an event stream and returns what is heard, line by line, until it
// ends.
func (s *staffed) stream(t testing.TB, address string, v *visitor, plan string) (lines <-chan string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v1/plans/"+plan+"/events", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Cookie", v.cookie)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan string)
	go func() {
		defer close(heard)
		defer answer.Body.Close()
		scanner := bufio.NewScanner(answer.Body)
		scanner.Buffer(nil, 4<<20)
		for scanner.Scan() {
			select {
			case heard <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return heard, cancel
}
