package web_test

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"centerplan/web"
)

// from returns a client of a server on every address that calls from the
// loopback address given.
func from(t *testing.T, source string) *http.Client {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(source)}}
	transport := &http.Transport{DialContext: dialer.DialContext}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// ask sends a request and returns the answer.
func ask(t *testing.T, client *http.Client, method, address, body string, headers ...string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func TestOneAddressIsLimitedAndAnotherIsNot(t *testing.T) {
	for name, tc := range map[string]struct {
		method, path, body string
		status, most       int
	}{
		"writes":           {"POST", "/api/v1/plans", `{"template":"none"}`, 404, 5},
		"trials":           {"POST", "/api/v1/plans/p/try", `{"line":"share","formula":"1"}`, 200, 5},
		"moves":            {"POST", "/api/v1/plans/p/presence", `{"tab":"1","screen":"budget"}`, 204, 4},
		"reports":          {"GET", "/api/v1/plans/p/report.pdf", "", 200, 3},
		"bridges":          {"GET", "/api/v1/plans/p/bridge?from=base&to=base&line=share", "", 200, 3},
		"swings":           {"GET", "/api/v1/plans/p/sensitivity?line=share", "", 200, 3},
		"verdicts":         {"GET", "/api/v1/plans/p/seal", "", 200, 3},
		"revisions":        {"GET", "/api/v1/plans/p/revisions?from=1&to=1", "", 200, 3},
		"an earlier state": {"GET", "/api/v1/plans/p?rev=1", "", 200, 3},
	} {
		s := newServer(t, func(o *web.Options) {
			o.Listen, o.Rates = "0.0.0.0:80", web.Rates{Writes: 5, Heavy: 3, Moves: 4}
			o.Report = func(web.ReportRequest) ([]byte, error) { return []byte("%PDF-"), nil }
		})
		address := s.listening(t)
		flood, other := from(t, "127.0.0.1"), from(t, "127.0.0.2")
		for n := range tc.most {
			// A header that claims another address changes nothing.
			answer := ask(t, flood, tc.method, address+tc.path, tc.body, "X-Forwarded-For", fmt.Sprint("10.0.0.", n))
			if answer.StatusCode != tc.status {
				t.Fatalf("%s, number %d: %s", name, n, answer.Status)
			}
		}
		answer := ask(t, flood, tc.method, address+tc.path, tc.body)
		refused(t, answer, 429, "web.too_many")
		if wait, err := strconv.Atoi(answer.Header.Get("Retry-After")); err != nil || wait < 1 || wait > 120 {
			t.Errorf("%s: Retry-After is %q", name, answer.Header.Get("Retry-After"))
		}
		if answer := ask(t, other, tc.method, address+tc.path, tc.body); answer.StatusCode != tc.status {
			t.Errorf("%s from another address: %s", name, answer.Status)
		}
		for range 20 {
			if answer := ask(t, flood, "GET", address+"/api/v1/plans/p", ""); answer.StatusCode != http.StatusOK {
				t.Errorf("a plain read: %s", answer.Status)
			}
		}
	}
}

// A demo on this machine never meets a limit, however many tabs there are.
func TestThisMachineIsNotLimited(t *testing.T) {
	s := newServer(t, func(o *web.Options) { o.Listen, o.Rates = "127.0.0.1:8080", web.Rates{Writes: 1, Heavy: 1} })
	for range 20 {
		refused(t, s.send(t, "POST", "/api/v1/plans", object{"template": "none"}), 404, "web.no_template")
		read(t, s.get(t, "/api/v1/plans/p/trace?line=calls&month=2027-01&member=chat"), 200)
	}
}

// Whoever types a formula, which is tried at every pause, can store it afterwards.
func TestTrialsDoNotUseUpEdits(t *testing.T) {
	s := newServer(t, func(o *web.Options) { o.Listen, o.Rates = "0.0.0.0:80", web.Rates{Writes: 3} })
	address := s.listening(t)
	client := from(t, "127.0.0.1")
	for n := range 5 {
		answer := ask(t, client, "POST", address+"/api/v1/plans/p/try", `{"line":"share","formula":"1"}`)
		if limited := answer.StatusCode == http.StatusTooManyRequests; limited != (n >= 3) {
			t.Errorf("trial %d: %s", n, answer.Status)
		}
	}
	refused(t, ask(t, client, "POST", address+"/api/v1/plans", `{"template":"none"}`), 404, "web.no_template")
}

func TestAForeignPageDoesNotUseUpAnAddress(t *testing.T) {
	s := newServer(t, func(o *web.Options) { o.Listen, o.Rates = "0.0.0.0:80", web.Rates{Writes: 3} })
	address := s.listening(t)
	client := from(t, "127.0.0.1")
	for range 10 {
		refused(t, ask(t, client, "POST", address+"/api/v1/plans", `{}`, "Sec-Fetch-Site", "cross-site"), 403, "web.origin")
	}
	refused(t, ask(t, client, "POST", address+"/api/v1/plans", `{"template":"none"}`), 404, "web.no_template")
}
