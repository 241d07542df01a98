package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"centerplan/web"
)

// metrics returns what /metrics says.
func (s *server) metrics(t testing.TB) string {
	t.Helper()
	answer := s.get(t, "/metrics")
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatal(answer.Status, answer.Header, err)
	}
	return string(text)
}

func TestMetricsCountWhatIsServed(t *testing.T) {
	s := newServer(t, func(o *web.Options) {
		o.Report = func(web.ReportRequest) ([]byte, error) { panic("salary-secret") }
	})
	address := s.listening(t)
	hear(t, watch(t, address+"/api/v1/plans/p/events"))
	_ = s.get(t, "/api/v1/plans/p/results?line=line-secret")
	_ = s.get(t, "/api/v1/plans/plan-secret")
	_ = s.get(t, "/path-secret.js")
	_ = s.get(t, "/api/v1/plans/p/report.pdf")
	_ = s.get(t, "/")
	_ = s.send(t, "PATCH", "/api/v1/plans/p", edit("1", 31415))
	_ = s.send(t, "PATCH", "/api/v1/plans/p", edit("2", 31415))
	_ = s.send(t, "POST", "/api/v1/plans/p/undo", object{"op_id": "3"})
	got := s.metrics(t)
	for _, line := range []string{
		`centerplan_request_duration_seconds_count{route="PATCH /api/v1/plans/:id",status="2xx"} 1`,
		`centerplan_request_duration_seconds_count{route="PATCH /api/v1/plans/:id",status="4xx"} 1`,
		`centerplan_request_duration_seconds_count{route="GET /api/v1/plans/:id",status="4xx"} 1`,
		`centerplan_request_duration_seconds_count{route="GET /api/v1/plans/:id/report.pdf",status="5xx"} 1`,
		`centerplan_request_duration_seconds_count{route="GET /*",status="2xx"} 1`,
		`centerplan_request_duration_seconds_count{route="GET /*",status="4xx"} 1`,
		`centerplan_request_duration_seconds_bucket{route="GET /*",status="2xx",le="+Inf"} 1`,
		"centerplan_edits_committed_total 2", "centerplan_edits_refused_total 1", "centerplan_panics_total 1",
		"centerplan_event_streams 1", "centerplan_open_plans 1",
	} {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("%s is not in\n%s", line, got)
		}
	}
	if strings.Contains(got, "secret") || strings.Contains(got, "31415") {
		t.Errorf("something of a plan or a request is in\n%s", got)
	}
	form := regexp.MustCompile(`^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+0-9.e]+)$`)
	for line := range strings.Lines(got) {
		if !form.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("a reader would stumble over %q", line)
		}
	}
}

func TestMetricsAreForThisMachine(t *testing.T) {
	s := newServer(t)
	request := httptest.NewRequest(http.MethodGet, "/metrics", http.NoBody)
	request.Host = "evil.example"
	refused(t, s.do(t, request), 403, "web.host")
	if text, _ := io.ReadAll(s.get(t, "/api/openapi.json").Body); strings.Contains(string(text), "/metrics") {
		t.Error("the API describes the metrics")
	}
}

// Whatever is asked for, the metrics stay as long as the list of routes.
func TestForeignPathsDoNotFillTheMetrics(t *testing.T) {
	s := newServer(t)
	address := s.listening(t)
	_ = s.get(t, "/none.js")
	_ = answerTo(t, address, "ODD /first HTTP/1.1\r\nHost: localhost\r\n\r\n")
	before := strings.Count(s.metrics(t), "\n")
	for _, path := range []string{"/a.js", "/b.css", "/%00.js", "/api/x"} {
		_ = s.get(t, path)
		_ = answerTo(t, address, "ODD"+path[1:2]+" "+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
	}
	const ofMetrics = 9 // lines of /metrics itself, which was asked for before
	if after := strings.Count(s.metrics(t), "\n"); after > before+ofMetrics {
		t.Errorf("%d lines became %d:\n%s", before, after, s.metrics(t))
	}
}
