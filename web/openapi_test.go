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
		{"GET", "/api/v1/plans/p/trace?line=handled&month=2027-02&member=chat", "", 200},
		{"GET", "/api/v1/plans/p/trace?line=broken&month=2027-02", "", 200},
		{"PATCH", "/api/v1/plans/p", strings.Replace(edit, "%", "1", 1), 200},
		{"PATCH", "/api/v1/plans/p", strings.Replace(edit, "%", "2", 1), 409},
		{"POST", "/api/v1/plans/p/undo", `{"op_id":"3"}`, 200},
		{"POST", "/api/v1/plans/p/redo", `{"op_id":"4"}`, 200},
		{"POST", "/api/v1/plans/p/redo", `{"op_id":"5"}`, 409},
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
			request := httptest.NewRequest(tc.method, tc.path, strings.NewReader(tc.body))
			request.Host = "localhost:8080"
			if tc.body != "" {
				request.Header.Set("Content-Type", "application/json")
			}
			asDescribed(t, s, router, request, tc.status)
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
