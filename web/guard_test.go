package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"centerplan/web"
)

func TestOnlyOurOwnNamesAreAnswered(t *testing.T) {
	for listen, hosts := range map[string]map[string]bool{
		"": {
			"localhost": true, "LOCALHOST:1": true, "127.0.0.1:8080": true, "[::1]:8080": true, "localhost.": true,
			"evil.example": false, "evil.example:8080": false, "localhost.evil.example": false, "127.0.0.1.evil.example": false, "192.168.1.2": false,
		},
		"127.0.0.2:8080": {"127.0.0.2:8080": true, "localhost:8080": true, "evil.example": false},
		"192.168.1.2:80": {"plans.example": true, "192.168.1.2": true},
	} {
		s := newServer(t, func(o *web.Options) { o.Listen = listen })
		for host, allowed := range hosts {
			request := httptest.NewRequest(http.MethodGet, "/api/v1/plans", http.NoBody)
			request.Host = host
			answer := s.do(t, request)
			if allowed && answer.StatusCode != http.StatusOK {
				t.Errorf("listening on %q, host %q: %s", listen, host, answer.Status)
			}
			if !allowed {
				refused(t, answer, 403, "web.host")
			}
		}
	}
}

func TestBodiesArePlainUTF8(t *testing.T) {
	s := newServer(t)
	for name, tc := range map[string]struct {
		body, coding string
		status       int
		key          string
	}{
		"plain":           {`{"template":"none"}`, "identity", 404, "web.no_template"},
		"packed":          {"\x1f\x8b", "gzip", 415, "web.media_type"},
		"packed somehow":  {`{"template":"none"}`, "zzz", 415, "web.media_type"},
		"Chinese in GBK":  {"{\"template\":\"\xd6\xd0\xce\xc4\"}", "", 422, "web.not_utf8"},
		"Chinese in UTF8": {`{"template":"中文"}`, "", 404, "web.no_template"},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodPost, "/api/v1/plans", strings.NewReader(tc.body))
			request.Header.Set("Content-Type", "application/json")
			if tc.coding != "" {
				request.Header.Set("Content-Encoding", tc.coding)
			}
			refused(t, s.do(t, request), tc.status, tc.key)
		})
	}
}

func TestARefusalNamesWhatIsAllowedAndStaysShort(t *testing.T) {
	s := newServer(t)
	answer := s.send(t, "DELETE", "/api/v1/plans/p", object{})
	if allow := answer.Header.Get("Allow"); !strings.Contains(allow, "PATCH") {
		t.Errorf("Allow is %q", allow)
	}
	file := planFile + "okr: {roles: [" + strings.Repeat("{x: 1, id: q}, ", 3000) + "]}\n"
	node := refused(t, s.send(t, "POST", "/api/v1/plans", object{"file": file}), 422, "planfile.duplicate")
	if problems := at(t, node, "problems").([]any); len(problems) != 500 {
		t.Errorf("%d problems are told", len(problems))
	}
}

func TestWritesComeFromOurOwnPage(t *testing.T) {
	s := newServer(t)
	for name, tc := range map[string]struct {
		site, origin string
		status       int
	}{
		"a program":                       {"", "", 404},
		"our page":                        {"same-origin", "http://localhost:8080", 404},
		"our page in an old browser":      {"", "http://localhost:8080", 404},
		"the address bar":                 {"none", "", 404},
		"another site":                    {"cross-site", "https://evil.example", 403},
		"another port of this machine":    {"same-site", "http://localhost:9999", 403},
		"another site in an old browser":  {"", "https://evil.example", 403},
		"another port in an old browser":  {"", "http://localhost:9999", 403},
		"a sandboxed page, an old one":    {"", "null", 403},
		"another site that hides its own": {"cross-site", "", 403},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodPost, "/api/v1/plans", strings.NewReader(`{"template":"none"}`))
			request.Header.Set("Content-Type", "application/json")
			for header, value := range map[string]string{"Sec-Fetch-Site": tc.site, "Origin": tc.origin} {
				if value != "" {
					request.Header.Set(header, value)
				}
			}
			if answer := s.do(t, request); answer.StatusCode != tc.status {
				t.Errorf("got %s, want %d", answer.Status, tc.status)
			}
		})
	}
}

func TestAFormCannotWrite(t *testing.T) {
	s := newServer(t)
	for _, mediaType := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
		request := httptest.NewRequest(http.MethodPost, "/api/v1/plans", strings.NewReader(`{"template":"telecom"}`))
		request.Header.Set("Content-Type", mediaType)
		if answer := s.do(t, request); answer.StatusCode != http.StatusUnsupportedMediaType {
			t.Errorf("%s: %s", mediaType, answer.Status)
		}
	}
}

func TestSecurityHeadersAreOnEveryAnswer(t *testing.T) {
	s := newServer(t)
	for _, path := range []string{"/", "/assets/index.js", "/api/v1/plans", "/api/v1/plans/p/report.pdf", "/api/v1/none", "/api/openapi.json"} {
		headers := s.get(t, path).Header
		policy := headers.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'self';", "style-src 'self' 'unsafe-inline';", "frame-src blob:;", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: policy %q lacks %q", path, policy, part)
			}
		}
		if headers.Get("X-Content-Type-Options") != "nosniff" || headers.Get("Referrer-Policy") == "" {
			t.Errorf("%s: %v", path, headers)
		}
	}
}

func TestThePageIsServed(t *testing.T) {
	s := newServer(t)
	for path, tc := range map[string]struct{ mediaType, has string }{
		"/":                  {"text/html; charset=utf-8", "page"},
		"/index.html":        {"text/html; charset=utf-8", "page"},
		"/plans/p/budget":    {"text/html; charset=utf-8", "page"},
		"/assets/index.js":   {"text/javascript; charset=utf-8", "console"},
		"/assets/tiny.svg":   {"image/svg+xml", "<svg/>"},
		"/assets/font.woff2": {"font/woff2", "font"},
	} {
		answer := s.get(t, path)
		text, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != tc.mediaType || !strings.Contains(string(text), tc.has) {
			t.Errorf("%s: %s %v", path, answer.Status, answer.Header)
		}
		if answer.Header.Get("Cache-Control") != "no-cache" || answer.Header.Get("Last-Modified") != "" {
			t.Errorf("%s: a browser would keep it: %v", path, answer.Header)
		}
		again := s.get(t, path, "If-None-Match", answer.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified {
			t.Errorf("%s again: %s", path, again.Status)
		}
		if since := s.get(t, path, "If-Modified-Since", "Sat, 21 Nov 2026 12:00:00 GMT"); since.StatusCode != http.StatusOK {
			t.Errorf("%s since a date, which says nothing: %s", path, since.Status)
		}
	}
	for _, path := range []string{"/missing.js", "/assets/none.css", "/api", "/api/v2/plans"} {
		refused(t, s.get(t, path), 404, "web.no_page")
	}
	if head := s.do(t, httptest.NewRequest(http.MethodHead, "/", http.NoBody)); head.StatusCode != http.StatusOK || head.Header.Get("ETag") == "" {
		t.Errorf("HEAD: %s %v", head.Status, head.Header)
	}
}

func TestThePageIsCompressedForWhoTakesIt(t *testing.T) {
	s := newServer(t)
	plain := s.get(t, "/assets/index.js")
	for accept, packed := range map[string]bool{
		"gzip": true, "br, gzip;q=0.5": true, "*": true, "": false, "br": false, "gzip;q=0": false, "identity": false,
	} {
		answer := s.get(t, "/assets/index.js", "Accept-Encoding", accept)
		if got := answer.Header.Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("%q is answered with %v", accept, answer.Header)
		}
		if answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Vary is %q", accept, answer.Header.Get("Vary"))
		}
		if same := answer.Header.Get("ETag") == plain.Header.Get("ETag"); same == packed {
			t.Errorf("%q: the forms must have ETags of their own", accept)
		}
	}
	if tiny := s.get(t, "/assets/tiny.svg", "Accept-Encoding", "gzip"); tiny.Header.Get("Content-Encoding") != "" {
		t.Error("a file that gains nothing is compressed")
	}
}

func TestTheAPIIsThereWithoutAPage(t *testing.T) {
	s := newServer(t, func(o *web.Options) { o.UI, o.Build = nil, "" })
	refused(t, s.get(t, "/"), 404, "web.no_page")
	if health := read(t, s.get(t, "/healthz"), 200); len(at(t, health, "build").(string)) != 12 {
		t.Errorf("got %v", health)
	}
}
