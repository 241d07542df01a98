package web_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"centerplan/web"
)

// update says to rewrite the golden files: GOLDEN=write, or make golden.
var update = os.Getenv("GOLDEN") == "write"

// The page's types are made from this file.
var openapiFile = filepath.Join("ui", "openapi.json")

func TestTheOpenAPIFileIsCurrent(t *testing.T) {
	s := newServer(t)
	answer := s.get(t, "/api/openapi.json")
	got, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status, err)
	}
	if update {
		if err := os.MkdirAll(filepath.Dir(openapiFile), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(openapiFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(openapiFile)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the server says of itself; run make golden (%v)", openapiFile, err)
	}
}

// Requests the page makes, and the answers to them, are as the document says.
func TestAnswersAreAsDescribed(t *testing.T) {
	s := newServer(t, func(o *web.Options) {
		o.Report = func(web.ReportRequest) ([]byte, error) { return []byte("%PDF-"), nil }
	})
	router := routerOf(t, s)
	edit := `{"base":1,"op_id":"%","why":"w","patch":[{"op":"test","path":"` + voice + `","value":100},{"op":"replace","path":"` + voice + `","value":120}]}`
	for _, tc := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/api/v1/plans", "", 200},
		{"GET", "/api/v1/plans/p", "", 200},
		{"GET", "/api/v1/plans/p/results?scenario=base&scenario=quiet", "", 200},
		{"GET", "/api/v1/plans/p/results?by=quarter&line=handled", "", 200},
		{"GET", "/api/v1/plans/p/compare?with=quiet", "", 200},
		{"GET", "/api/v1/plans/p/progress?scenario=quiet", "", 200},
		{"GET", "/api/v1/plans/p/progress?scenario=none", "", 404},
		{"GET", "/api/v1/plans/p/trace?line=handled&month=2027-02&member=chat", "", 200},
		{"GET", "/api/v1/plans/p/trace?line=broken&month=2027-02", "", 200},
		{"PATCH", "/api/v1/plans/p", strings.Replace(edit, "%", "1", 1), 200},
		{"PATCH", "/api/v1/plans/p", strings.Replace(edit, "%", "2", 1), 409},
		{"POST", "/api/v1/plans/p/undo", `{"op_id":"3"}`, 200},
		{"POST", "/api/v1/plans/p/redo", `{"op_id":"4"}`, 200},
		{"POST", "/api/v1/plans/p/leave", `{"rev":2}`, 200},
		{"POST", "/api/v1/plans/p/redo", `{"op_id":"5"}`, 409},
		{"POST", "/api/v1/plans/p/presence", `{"tab":"1","screen":"budget","cell":"calls/voice/2027-01"}`, 204},
		{"GET", "/api/v1/plans/p/history?limit=5", "", 200},
		{"GET", "/api/v1/plans/p/file", "", 200},
		{"GET", "/api/v1/plans/p/report.pdf?lang=zh", "", 200},
		{"GET", "/api/v1/plans/none", "", 404},
		{"POST", "/api/v1/plans", `{"template":"telecom"}`, 201},
		{"POST", "/api/v1/plans", `{"template":"none"}`, 404},
		{"GET", "/api/v1/functions", "", 200},
		{"GET", "/healthz", "", 200},
		{"GET", "/readyz", "", 200},
	} {
		t.Run(tc.method+" "+tc.path, func(t *testing.T) {
			asDescribed(t, s, router, jsonRequest(tc.method, tc.path, tc.body), tc.status)
		})
	}
}

func jsonRequest(method, path, body string) *http.Request {
	request := httptest.NewRequest(method, path, strings.NewReader(body))
	request.Host = "localhost:8080"
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	return request
}

// A step is a request that somebody makes, and the status of its answer.
type step struct {
	who, method, path, body string
	status                  int
}

// What accounts, workflow, seal and amendments answer is as the document says
// too, and no operation is left out.
func TestAnswersOfTrustAreAsDescribed(t *testing.T) {
	s := newStaffed(t)
	router := routerOf(t, s.server)
	read(t, s.visit(t, "viewer").send("DELETE", "/api/v1/sessions", nil), 200)
	delete(s.entered, "viewer")
	steps := []step{
		{"", "GET", "/api/v1/session", "", 200},
		{"", "POST", "/api/v1/session", `{"id":"viewer","password":"` + s.passwords["viewer"] + `"}`, 200},
		{"", "POST", "/api/v1/session", `{"id":"viewer","password":"wrong password"}`, 403},
		{"", "GET", "/api/v1/plans", "", 401},
		{"", "POST", "/api/v1/setup", `{"token":"x","id":"x","name":"x","password":"long enough for it"}`, 409},
		{"viewer", "GET", "/api/v1/session", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay?rev=1", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay/results?scenario=raise", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay/trace?line=total&month=2027-01", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay/seal.json", "", 404},
		{"viewer", "GET", "/api/v1/people", "", 403},
		{"root", "GET", "/api/v1/people", "", 200},
		{"root", "POST", "/api/v1/people", `{"id":"new","name":"New","grants":[{"center":"north","role":"lead","position":"voice_lead","members":["voice"]}]}`, 201},
		{"root", "PATCH", "/api/v1/people/new", `{"disabled":true}`, 200},
		{"root", "POST", "/api/v1/people/new/reset", "", 200},
		{"root", "GET", "/api/v1/people-log", "", 200},
		{"viewer", "GET", "/api/v1/names", "", 200},
		{"viewer", "GET", "/api/v1/rights", "", 200},
		{"finance", "POST", "/api/v1/tokens", `{"name":"feed","scope":"read","until":"2027-03-01"}`, 201},
		{"finance", "GET", "/api/v1/tokens", "", 200},
		{"finance", "DELETE", "/api/v1/tokens/none", "", 404},
		{"director", "PUT", "/api/v1/deputy", `{"person":"finance","from":"2026-11-01","until":"2026-11-30"}`, 200},
		{"finance", "GET", "/api/v1/session", "", 200},
		{"director", "DELETE", "/api/v1/deputy", "", 200},
		{"lead", "GET", "/api/v1/open", "", 200},
		{"finance", "PATCH", "/api/v1/plans/pay", `{"op_id":"1","patch":[{"op":"replace","path":"/budget/lines/wage/values/2027-01","value":40000}]}`, 200},
		{"viewer", "GET", "/api/v1/plans/pay/history", "", 200},
		{"finance", "GET", "/api/v1/plans/pay/revisions?from=1&to=2", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay/revisions?from=1&to=2", "", 200},
		{"finance", "POST", "/api/v1/plans/pay/restore", `{"op_id":"2","pointer":"/budget/lines/wage/values/2027-01","rev":1}`, 200},
		{"viewer", "POST", "/api/v1/plans/pay/restore", `{"op_id":"3","pointer":"/budget/lines/wage/values/2027-01","rev":1}`, 403},
		{"finance", "POST", "/api/v1/plans/pay/rename", `{"op_id":"r1","line":"rent","code":"租金"}`, 200},
		{"finance", "POST", "/api/v1/plans/pay/rename", `{"op_id":"r2","line":"rent","code":"rent"}`, 200},
		{"viewer", "POST", "/api/v1/plans/pay/rename", `{"op_id":"r3","line":"rent","code":"x"}`, 403},
		{"viewer", "GET", "/api/v1/plans/pay/calendar", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay/workflow", "", 200},
		{"director", "POST", "/api/v1/plans/pay/workflow", `{"op_id":"4","kind":"hand_in","section":"budget"}`, 200},
		{"finance", "POST", "/api/v1/plans/pay/workflow", `{"op_id":"5","kind":"approve","section":"budget"}`, 403},
		{"chief", "POST", "/api/v1/plans/pay/workflow", `{"op_id":"6","kind":"return","section":"budget","note":"更多"}`, 200},
		{"director", "GET", "/api/v1/plans/pay/workflow", "", 200},
		{"viewer", "GET", "/api/v1/open", "", 200},
		{"viewer", "POST", "/api/v1/open/seen", `{"plan":"pay","rev":5}`, 204},
		{"viewer", "GET", "/api/v1/plans/pay/seal", "", 200},
		{"chief", "POST", "/api/v1/plans/pay/seal", `{"op_id":"7","why":"now"}`, 409},
		{"chief", "GET", "/api/v1/plans/pay/amendments", "", 200},
	}
	described(t, s, router, steps)
	agree(t, s)
	described(t, s, router, []step{
		{"chief", "POST", "/api/v1/plans/pay/seal", `{"op_id":"8","why":"agreed"}`, 200},
		{"viewer", "GET", "/api/v1/plans/pay/seal", "", 200},
		{"chief", "GET", "/api/v1/plans/pay/seal.json", "", 200},
		{"finance", "POST", "/api/v1/plans/pay/workflow", `{"op_id":"9","kind":"propose","proposal":{"kind":"supplement","name":{"en":"More","zh":"追加"},"reason":"needed","entries":[{"line":"rent","month":"2027-01","amount":5}]}}`, 200},
		{"director", "GET", "/api/v1/plans/pay/amendments", "", 200},
		{"director", "POST", "/api/v1/plans/pay/workflow", `{"op_id":"10","kind":"approve_amendment","amendment":1}`, 200},
		{"viewer", "GET", "/api/v1/plans/pay/amendments", "", 200},
		{"viewer", "GET", "/api/v1/plans/pay/history", "", 200},
		{"director", "GET", "/api/v1/open", "", 200},
		{"lead", "POST", "/api/v1/password", `{"old":"` + s.passwords["lead"] + `","next":"another good password"}`, 200},
		{"lead", "DELETE", "/api/v1/session", "", 200},
		{"far", "DELETE", "/api/v1/sessions", "", 200},
	})
	const wrong = `{"id":"nobody","password":"wrong password"}`
	for range 10 {
		s.do(t, jsonRequest("POST", "/api/v1/session", wrong))
	}
	described(t, s, router, []step{{"", "POST", "/api/v1/session", wrong, 429}})
}

func described(t *testing.T, s *staffed, router routers.Router, steps []step) {
	t.Helper()
	for _, step := range steps {
		t.Run(step.who+" "+step.method+" "+step.path, func(t *testing.T) {
			request := jsonRequest(step.method, step.path, step.body)
			if step.who != "" {
				request.Header.Set("Cookie", s.visit(t, step.who).cookie)
			}
			asDescribed(t, s.server, router, request, step.status)
		})
	}
}

// routerOf checks the document the server serves, and returns what finds a
// request's operation in it.
func routerOf(t *testing.T, s *server) routers.Router {
	t.Helper()
	openapi3.DefineStringFormatValidator("date-time", openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringDateTime))
	text, err := io.ReadAll(s.get(t, "/api/openapi.json").Body)
	if err != nil {
		t.Fatal(err)
	}
	document, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	router, err := legacy.NewRouter(document)
	if err != nil {
		t.Fatal(err)
	}
	return router
}

// asDescribed sends the request and holds both it and its answer to the
// document.
func asDescribed(t *testing.T, s *server, router routers.Router, request *http.Request, status int) {
	t.Helper()
	route, params, err := router.FindRoute(request)
	if err != nil {
		t.Fatal(err)
	}
	input := &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
		t.Errorf("the request: %v", err)
	}
	answer := s.do(t, request)
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != status {
		t.Fatalf("%s %s", answer.Status, body)
	}
	if err := openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: answer.StatusCode, Header: answer.Header, Body: io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}); err != nil {
		t.Errorf("the answer: %v", err)
	}
}
