package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"centerplan/web"
)

// dial opens a bare connection.
func dial(t testing.TB, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	return conn
}

// answerTo sends raw text and reads one answer.
func answerTo(t testing.TB, address, text string) *http.Response {
	t.Helper()
	conn := dial(t, address)
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// A client that sends a byte now and then is cut off at the deadline, whether
// it is at the head, in the body or in its second request.
func TestASlowClientIsCutOff(t *testing.T) {
	const limit = 300 * time.Millisecond
	whole := "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
	for name, begin := range map[string]string{
		"nothing yet":         "",
		"in the head":         "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
		"in the body":         "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
		"in a chunk":          "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
		"in a second request": whole + "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newServer(t, func(o *web.Options) { o.ReadTime = limit })
			conn := dial(t, s.listening(t))
			if _, err := io.WriteString(conn, begin); err != nil {
				t.Fatal(err)
			}
			ended := make(chan string, 1)
			go func() {
				text, _ := io.ReadAll(conn)
				ended <- string(text)
			}()
			started := time.Now()
			drip := time.NewTicker(20 * time.Millisecond)
			defer drip.Stop()
			for {
				select {
				case text := <-ended:
					if waited := time.Since(started); waited < limit/2 {
						t.Errorf("cut off after %v with %q", waited, text)
					}
					if n := strings.Count(text, "HTTP/1.1 200"); n != strings.Count(begin, "GET") {
						t.Errorf("the answers are %q", text)
					}
					return
				case <-drip.C:
					_, _ = conn.Write([]byte("1"))
				}
			}
		})
	}
}

func TestAClientThatDoesNotReadIsCutOff(t *testing.T) {
	s := newServer(t, func(o *web.Options) {
		o.WriteTime = 200 * time.Millisecond
		o.Report = func(web.ReportRequest) ([]byte, error) { return make([]byte, 64<<20), nil }
	})
	conn := dial(t, s.listening(t))
	started := time.Now()
	_, _ = io.WriteString(conn, "GET /api/v1/plans/p/report.pdf HTTP/1.1\r\nHost: localhost\r\n\r\n")
	time.Sleep(50 * time.Millisecond)
	for s.App().Server().GetOpenConnectionsCount() != 0 {
		if time.Since(started) > patience {
			t.Fatal("an answer nobody takes is kept")
		}
		time.Sleep(10 * time.Millisecond)
	}
	if waited := time.Since(started); waited < 150*time.Millisecond {
		t.Errorf("cut off after %v", waited)
	}
}

// A foreign page cannot have work done for it by embedding an answer.
func TestAForeignPageEmbedsNothing(t *testing.T) {
	s := newServer(t, func(o *web.Options) {
		o.Report = func(web.ReportRequest) ([]byte, error) { return []byte("%PDF-"), nil }
	})
	for name, tc := range map[string]struct {
		path, site, destination string
		status                  int
	}{
		"a picture":                     {"/api/v1/plans/p/report.pdf", "cross-site", "image", 403},
		"a hidden frame":                {"/api/v1/plans/p/report.pdf", "cross-site", "iframe", 403},
		"another port of this machine":  {"/api/v1/plans", "same-site", "empty", 403},
		"a stream":                      {"/api/v1/plans/p/events", "cross-site", "empty", 403},
		"a link that somebody followed": {"/api/v1/plans/p/report.pdf", "cross-site", "document", 200},
		"a link to the page":            {"/plans/p", "cross-site", "document", 200},
		"our own page":                  {"/api/v1/plans", "same-origin", "empty", 200},
		"the address bar":               {"/api/v1/plans", "none", "document", 200},
		"a program":                     {"/api/v1/plans", "", "", 200},
	} {
		t.Run(name, func(t *testing.T) {
			answer := s.get(t, tc.path, "Sec-Fetch-Site", tc.site, "Sec-Fetch-Dest", tc.destination)
			if tc.status == http.StatusForbidden {
				refused(t, answer, 403, "web.embedded")
			} else if answer.StatusCode != tc.status {
				t.Errorf("got %s", answer.Status)
			}
		})
	}
}

// Requests that two readers could take for different ones are refused, or at
// least held to the name they are for.
func TestAmbiguousRequestsAreRefused(t *testing.T) {
	s := newServer(t)
	address := s.listening(t)
	for name, tc := range map[string]struct {
		text string
		from int
	}{
		"a host in the target":   {"GET http://evil.example/api/v1/plans HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
		"two hosts":              {"GET /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400},
		"two hosts, ours last":   {"GET /api/v1/plans HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n\r\n", 400},
		"two lengths":            {"POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}", 400},
		"a length and chunks":    {"POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400},
		"a negative length":      {"POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n{}", 400},
		"a file outside":         {"GET /../../etc/passwd.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
		"a file outside, packed": {"GET /assets/%2e%2e%2f%2e%2e%2fgo.mod.js HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
		"a method of nobody":     {"PWN /api/v1/plans HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
	} {
		if answer := answerTo(t, address, tc.text); answer.StatusCode < tc.from || answer.StatusCode >= 600 {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	if endless := announceChunks(t, address); endless != http.StatusRequestEntityTooLarge {
		t.Errorf("chunks without end are answered %d", endless)
	}
}

// announceChunks sends chunks until it is answered.
func announceChunks(t testing.TB, address string) int {
	t.Helper()
	conn := dial(t, address)
	_, _ = io.WriteString(conn, "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
	chunk := fmt.Sprintf("%x\r\n%s\r\n", 1<<16, strings.Repeat("1", 1<<16))
	for range 100 {
		if _, err := io.WriteString(conn, chunk); err != nil {
			break
		}
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode
}

func TestEventStreamsAreBounded(t *testing.T) {
	s := newServer(t, func(o *web.Options) { o.Streams, o.Heartbeat = 2, 20*time.Millisecond })
	address := s.listening(t)
	first := dial(t, address)
	_, _ = io.WriteString(first, "GET /api/v1/plans/p/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
	if answer, err := http.ReadResponse(bufio.NewReader(first), nil); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	watch(t, address+"/api/v1/plans/p/events")
	refused(t, s.get(t, "/api/v1/plans/p/events"), 429, "web.too_many")
	_ = first.Close()
	for range int(patience / (20 * time.Millisecond)) {
		answer := answerTo(t, address, "GET /api/v1/plans/p/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
		if answer.StatusCode == http.StatusOK {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the place of a stream that ended is not given to the next")
}

// Asking for the head of a stream takes no place for good.
func TestHeadsOfStreamsTakeNoPlace(t *testing.T) {
	s := newServer(t, func(o *web.Options) { o.Streams, o.Heartbeat = 3, 20*time.Millisecond })
	address := s.listening(t)
	for range 10 {
		_ = answerTo(t, address, "HEAD /api/v1/plans/p/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
	}
	for range int(patience / (20 * time.Millisecond)) {
		if answerTo(t, address, "GET /api/v1/plans/p/events HTTP/1.1\r\nHost: localhost\r\n\r\n").StatusCode == http.StatusOK {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("heads of streams keep their places")
}
