package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v3"

	"centerplan/planning/document"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/web"
	"centerplan/web/accounts"
	"centerplan/web/live"
)

// patience is how long a test waits for what comes at once on a machine that
// has nothing else to do.
const patience = 30 * time.Second

const planFile = `
centerplan: 1
plan: {id: p, name: {en: Plan, zh: 计划}, currency: CNY}
calendar: {start: 2027-01, months: 2, days: typical}
dimensions: {queue: {members: [voice, chat]}}
lines:
  - {code: calls, unit: contact, by: [queue], values: {voice: [100, 110], chat: [40, 50]}}
  - {code: share, unit: "", values: [0.5, 0.5]}
  - {code: handled, unit: contact, by: [queue], formula: calls * share}
  - {code: broken, formula: share / nothing}
scenarios:
  - {code: quiet, changes: [{line: calls, scale: 0.9}]}
`

// A server under test: with its log, its hub, and its page.
type server struct {
	*web.Server
	hub    *live.Hub
	people *accounts.Service
	data   *bolt.Store
	log    *syncBuffer
}

// syncBuffer is a buffer that goroutines share.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var page = fstest.MapFS{
	"index.html":        {Data: []byte("<!doctype html>" + strings.Repeat("<p>page</p>", 200))},
	"assets/index.js":   {Data: []byte(strings.Repeat("console.log(1);\n", 200))},
	"assets/tiny.svg":   {Data: []byte("<svg/>")},
	"assets/font.woff2": {Data: []byte("font")},
}

func clock() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

// newServer returns a server that has the plan of planFile.
func newServer(t testing.TB, change ...func(*web.Options)) *server {
	t.Helper()
	return newServerOn(t, func(data store.Store) store.Store { return data }, change...)
}

// newServerOn is newServer with something between it and its store.
func newServerOn(t testing.TB, wrap func(store.Store) store.Store, change ...func(*web.Options)) *server {
	t.Helper()
	data, err := bolt.Open(filepath.Join(t.TempDir(), "plans.bolt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = data.Close() })
	people, err := accounts.Open(context.Background(), data, clock, accounts.Options{Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{hub: live.New(wrap(data), clock, live.WithEngine("test")), people: people, data: data, log: &syncBuffer{}}
	options := web.Options{
		Hub: s.hub, Accounts: people, UI: page, Build: "test", Clock: clock, Heartbeat: 50 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(s.log, nil)),
	}
	for _, apply := range change {
		apply(&options)
	}
	s.Server = web.New(options)
	answer := s.send(t, "POST", "/api/v1/plans", object{"file": planFile})
	if answer.StatusCode != http.StatusCreated {
		text, _ := io.ReadAll(answer.Body)
		t.Fatalf("create: %s %s", answer.Status, text)
	}
	return s
}

type object = map[string]any

func (s *server) do(t testing.TB, request *http.Request) *http.Response {
	t.Helper()
	if request.Host == "example.com" { // what httptest takes for a host
		request.Host = "localhost:8080"
	}
	// On a busy machine with the race detector an answer may take its time.
	answer, err := s.App().Test(request, fiber.TestConfig{Timeout: 2 * time.Minute, FailOnTimeout: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func (s *server) get(t testing.TB, path string, headers ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, path, http.NoBody)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return s.do(t, request)
}

func (s *server) send(t testing.TB, method, path string, body any) *http.Response {
	t.Helper()
	text, ok := body.(string)
	if !ok {
		encoded, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		text = string(encoded)
	}
	request := httptest.NewRequest(method, path, strings.NewReader(text))
	request.Header.Set("Content-Type", "application/json")
	return s.do(t, request)
}

// read decodes an answer that has the status.
func read(t testing.TB, answer *http.Response, status int) document.Node {
	t.Helper()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != status {
		t.Fatalf("status %d, want %d: %s", answer.StatusCode, status, text)
	}
	var node document.Node
	if err := json.Unmarshal(text, &node); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return node
}

// at walks objects by name and lists by index.
func at(t testing.TB, node document.Node, path ...any) document.Node {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := node.(document.Object)
			node = object[step]
		case int:
			list, _ := node.([]document.Node)
			if step >= len(list) {
				t.Fatalf("no element %d in %v", step, node)
			}
			node = list[step]
		}
	}
	return node
}

// refused checks that an answer is a problem document with the key.
func refused(t testing.TB, answer *http.Response, status int, key string) document.Node {
	t.Helper()
	if got := answer.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("content type %q", got)
	}
	node := read(t, answer, status)
	if got := at(t, node, "problems", 0, "key"); got != key || at(t, node, "status") != float64(status) {
		t.Errorf("got %v, want %d %s", node, status, key)
	}
	if answer.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Error("the answer lacks the security headers")
	}
	return node
}

// listening serves on a port of its own and returns its address.
func (s *server) listening(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}
