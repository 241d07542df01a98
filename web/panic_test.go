package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"centerplan/planning/document"
	"centerplan/store"
	"centerplan/web"
)

// What handlers throw at us, each with something of a plan in it.
var thrown = map[string]func(web.ReportRequest) ([]byte, error){
	"a text":         func(web.ReportRequest) ([]byte, error) { panic("salary 31415") },
	"a thing":        func(web.ReportRequest) ([]byte, error) { panic(document.Object{"salary": 31415.0}) },
	"an argument":    func(web.ReportRequest) ([]byte, error) { return throwing(31415.0) },
	"a nil map":      func(web.ReportRequest) ([]byte, error) { return writing(nil, "31415") },
	"an odd problem": func(web.ReportRequest) ([]byte, error) { panic(http.ErrAbortHandler) },
}

//go:noinline
func throwing(value float64) ([]byte, error) { panic(value) }

func writing(into map[string]int, name string) ([]byte, error) {
	into[name] = 1
	return nil, nil
}

func TestAPanicIsAnsweredAndLoggedWithoutWhatItHeld(t *testing.T) {
	for name, report := range thrown {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, func(o *web.Options) { o.Report = report })
			address := s.listening(t)
			answer, err := http.Get(address + "/api/v1/plans/p/report.pdf")
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			node := refused(t, answer, 500, "web.failed")
			id, _ := at(t, node, "problems", 0, "args", "id").(string)
			log := s.log.String()
			if id == "" || strings.Count(log, "id="+id) != 1 || strings.Count(log, "request failed") != 1 {
				t.Errorf("the answer has the id %q, the log %s", id, log)
			}
			if !strings.Contains(log, "panic_test.go") {
				t.Errorf("the log does not tell the place: %s", log)
			}
			text, _ := json.Marshal(node)
			bits, _ := json.Marshal(math.Float64bits(31415))
			for _, secret := range []string{"salary", "31415", "40dead", string(bits)} {
				if strings.Contains(log, secret) || bytes.Contains(text, []byte(secret)) {
					t.Errorf("%q is told by %s or %s", secret, text, log)
				}
			}
			if after, err := http.Get(address + "/healthz"); err != nil || after.StatusCode != http.StatusOK {
				t.Errorf("after the panic: %v %v", after, err)
			}
		})
	}
}

// A panickyStore panics with the change in hand while it is broken.
type panickyStore struct {
	store.Store
	broken *atomic.Bool
}

func (p panickyStore) Append(ctx context.Context, id store.PlanID, base store.Rev, change store.Change) (store.Rev, error) {
	if p.broken.Load() {
		panic(change)
	}
	return p.Store.Append(ctx, id, base, change)
}

// A session in which much goes wrong leaves neither values nor texts of a plan
// in the log.
func TestTheLogHoldsNothingOfAPlan(t *testing.T) {
	var broken atomic.Bool
	s := newServerOn(t, func(data store.Store) store.Store { return panickyStore{data, &broken} }, func(o *web.Options) {
		o.Report = thrown["a text"]
	})
	address := s.listening(t)
	send := func(method, path, body string) {
		request, err := http.NewRequestWithContext(t.Context(), method, address+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Cookie", "centerplan=cookie-secret")
		if method == "DELETE" {
			request.Header.Set("Authorization", "Bearer token-secret")
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
	}
	secret := `{"op_id":"%","why":"why-secret","patch":[{"op":"test","path":"` + voice + `","value":100},{"op":"replace","path":"` + voice + `","value":31415}]}`
	for _, failing := range []bool{false, true} {
		broken.Store(failing)
		send("PATCH", "/api/v1/plans/p", strings.Replace(secret, "%", "1", 1))
		send("PATCH", "/api/v1/plans/p", strings.Replace(secret, "%", "2", 1))
		send("PATCH", "/api/v1/plans/p", strings.Replace(secret, `"why"`, `"31415"`, 1))
		send("PATCH", "/api/v1/plans/p", secret[:60])
		send("POST", "/api/v1/plans/p/undo", `{"op_id":"undo-secret"}`)
		send("GET", "/api/v1/plans/p/report.pdf?lang=en&scenario=name-secret", "")
		send("GET", "/api/v1/plans/p/trace?line=line-secret&month=2027-01", "")
		send("POST", "/api/v1/plans", `{"file":"salary-secret: 31415"}`)
		send("GET", "/api/v1/plans/p/history", "")
		send("POST", "/api/v1/session", `{"id":"name-secret","password":"password-secret"}`)
		send("POST", "/api/v1/setup", `{"token":"token-secret","id":"x","name":"name-secret","password":"password-secret"}`)
		send("DELETE", "/api/v1/tokens/token-secret", "")
	}
	broken.Store(false)
	revision := at(t, read(t, s.get(t, "/api/v1/plans/p"), 200), "rev")
	next := object{"op_id": "9", "patch": []object{{"op": "add", "path": "/plan/note", "value": object{"en": "on"}}}}
	if got := at(t, read(t, s.send(t, "PATCH", "/api/v1/plans/p", next), 200), "rev"); got != revision.(float64)+1 {
		t.Errorf("after panics of the store an edit of revision %v makes it %v", revision, got)
	}
	log := s.log.String()
	if strings.Count(log, "request failed") < 3 {
		t.Errorf("too little went wrong: %s", log)
	}
	for _, word := range []string{"secret", "31415", "salary", `"value"`} {
		if strings.Contains(log, word) {
			t.Errorf("%q is in the log: %s", word, log)
		}
	}
}
