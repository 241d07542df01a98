package web_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/rights"
	"centerplan/web"
	"centerplan/web/live"
)

// An event as it came over the wire.
type event struct {
	name, id string
	data     document.Node
}

// watch opens an event stream.
func watch(t testing.TB, address string, headers ...string) <-chan event {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s %v", answer.Status, answer.Header)
	}
	events := make(chan event, 100)
	go func() {
		defer close(events)
		defer func() { _ = answer.Body.Close() }()
		var at event
		lines := bufio.NewScanner(answer.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			field, value, _ := strings.Cut(lines.Text(), ": ")
			switch field {
			case "event":
				at.name = value
			case "id":
				at.id = value
			case "data":
				_ = json.Unmarshal([]byte(value), &at.data)
			case "":
				events <- at
				at = event{}
			}
		}
	}()
	return events
}

// hear returns the next event that is no ping.
func hear(t testing.TB, events <-chan event) event {
	t.Helper()
	timeout := time.After(patience)
	for {
		select {
		case e, ok := <-events:
			if !ok {
				t.Fatal("the stream has ended")
			}
			if e.name != "ping" {
				return e
			}
		case <-timeout:
			t.Fatal("no event came")
		}
	}
}

func (s *server) edit(t testing.TB, opID string, from, to float64) {
	t.Helper()
	finance := rights.Person{ID: "finance", Grants: []rights.Grant{{Center: rights.Everywhere, Role: rights.Finance}}}
	_, err := s.hub.As(live.Alone(finance)).Apply(context.Background(), "p", live.Edit{OpID: opID, Patch: []patch.Op{
		{Op: patch.Test, Path: voice, Value: from}, {Op: patch.Replace, Path: voice, Value: to},
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func TestChangesAreStreamed(t *testing.T) {
	s := newServer(t)
	address := s.listening(t)
	read(t, s.get(t, "/api/v1/plans/p/results"), 200)
	events := watch(t, address+"/api/v1/plans/p/events?since=1")
	hello := hear(t, events)
	if hello.name != "hello" || at(t, hello.data, "rev") != 1.0 || at(t, hello.data, "build") != "test" {
		t.Errorf("got %+v", hello)
	}
	s.edit(t, "1", 100, 120)
	change := hear(t, events)
	if change.name != "change" || change.id != "2" || at(t, change.data, "who") != "finance" || at(t, change.data, "op_id") != "1" ||
		at(t, change.data, "patch", 1, "path") != voice || at(t, change.data, "patch", 1, "value") != 120.0 ||
		at(t, change.data, "results", 0, "lines", "handled", "values", "voice", 0) != 60.0 ||
		at(t, change.data, "problems", 0, "key") != "formula.unknown_name" {
		t.Errorf("got %+v", change)
	}
	select {
	case e := <-events:
		if e.name != "ping" {
			t.Errorf("got %+v", e)
		}
	case <-time.After(patience):
		t.Error("no sign of life came")
	}
	// A browser that connects again by itself names the last event it had.
	s.edit(t, "2", 120, 130)
	again := watch(t, address+"/api/v1/plans/p/events?since=1", "Last-Event-ID", "2")
	if hello, missed := hear(t, again), hear(t, again); at(t, hello.data, "rev") != 3.0 || missed.id != "3" {
		t.Errorf("got %+v and %+v", hello, missed)
	}
}

func TestAGapIsAnotherHello(t *testing.T) {
	s := newServer(t)
	address := s.listening(t)
	s.edit(t, "1", 100, 120)
	events := watch(t, address+"/api/v1/plans/p/events?since=99")
	if hello := hear(t, events); hello.name != "hello" || at(t, hello.data, "rev") != 2.0 {
		t.Errorf("got %+v", hello)
	}
	s.edit(t, "2", 120, 130)
	if change := hear(t, events); change.name != "change" || change.id != "3" {
		t.Errorf("after the gap came %+v", change)
	}
}

func TestStreamsOfUnknownPlansAreRefused(t *testing.T) {
	s := newServer(t)
	refused(t, s.get(t, "/api/v1/plans/q/events"), 404, "store.no_plan")
}

func TestShutdownEndsStreamsAndLetsRequestsFinish(t *testing.T) {
	inside, goOn := make(chan struct{}), make(chan struct{})
	s := newServer(t, func(o *web.Options) {
		o.Heartbeat = time.Hour
		o.Report = func(web.ReportRequest) ([]byte, error) {
			close(inside)
			<-goOn
			return []byte("%PDF-"), nil
		}
	})
	address := s.listening(t)
	events := watch(t, address+"/api/v1/plans/p/events")
	hear(t, events)
	finished := make(chan string, 1)
	go func() {
		answer, err := http.Get(address + "/api/v1/plans/p/report.pdf")
		if err != nil {
			finished <- err.Error()
			return
		}
		defer func() { _ = answer.Body.Close() }()
		text, _ := io.ReadAll(answer.Body)
		finished <- string(text)
	}()
	<-inside
	stopped := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		stopped <- s.Shutdown(ctx)
	}()
	select {
	case _, open := <-events:
		if open {
			t.Error("an event came during shutdown")
		}
	case <-time.After(patience):
		t.Error("the stream goes on")
	}
	select {
	case err := <-stopped:
		t.Errorf("Shutdown returned while a request ran: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(goOn)
	if text := <-finished; text != "%PDF-" {
		t.Errorf("the request under way got %q", text)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestAShutdownBeforeServingHolds(t *testing.T) {
	s := newServer(t)
	if err := s.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	_ = s.listening(t) // whose clean-up waits for Serve
}

func TestReadinessEndsWithShutdown(t *testing.T) {
	s := newServer(t)
	_ = s.listening(t)
	read(t, s.get(t, "/readyz"), 200)
	if err := s.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	refused(t, s.get(t, "/readyz"), 503, "web.busy")
}

func TestTooLargeRequestsAreRefused(t *testing.T) {
	s := newServer(t)
	address := s.listening(t)
	post := func(body io.Reader, header string) *http.Response {
		request, err := http.NewRequest(http.MethodPost, address+"/api/v1/plans", body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("X-Long", header)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = answer.Body.Close() })
		return answer
	}
	refused(t, announce(t, address, 7<<20, 1), 413, "web.too_large")
	// A client that sends all of it before it reads sees the answer too.
	refused(t, announce(t, address, 10<<20, 10<<20), 413, "web.too_large")
	refused(t, post(strings.NewReader("{}"), strings.Repeat("x", 20<<10)), 431, "web.headers_too_large")
	// What a browser with many cookies sends fits.
	refused(t, post(strings.NewReader("{}"), strings.Repeat("x", 8<<10)), 422, "web.template_or_file")
	// So does a paste of twenty thousand cells.
	read(t, post(strings.NewReader(`{"file":`+string(must(json.Marshal(planFile+strings.Repeat("# padding\n", 500_000))))+`}`), ""), 201)
}

// announce sends the head of a request whose body would have the length and as
// much of that as is said, and returns the answer.
func announce(t testing.TB, address string, length, sent int) *http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", length, strings.Repeat("1", sent))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}

// Fiber reuses the memory of requests; what an edit keeps must not change with
// the next request.
func TestWhatARequestSaidIsKept(t *testing.T) {
	s := newServer(t)
	address := s.listening(t)
	client := &http.Client{}
	for n := range 20 {
		body, err := json.Marshal(object{"op_id": fmt.Sprintf("operation-%02d", n), "why": fmt.Sprintf("why-%02d", n), "patch": []object{
			{"op": "replace", "path": "/plan/note", "value": object{"en": fmt.Sprintf("note-%02d", n)}},
		}})
		if n == 0 {
			body = bytes.Replace(body, []byte("replace"), []byte("add"), 1)
		} else {
			test := fmt.Sprintf(`[{"op":"test","path":"/plan/note","value":{"en":"note-%02d"}},`, n-1)
			body = bytes.Replace(body, []byte(`"patch":[`), []byte(`"patch":`+test), 1)
		}
		request, _ := http.NewRequest(http.MethodPatch, address+"/api/v1/plans/p", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/json")
		answer, doErr := client.Do(request)
		if err != nil || doErr != nil {
			t.Fatal(err, doErr)
		}
		read(t, answer, 200)
		_ = answer.Body.Close()
	}
	history := read(t, s.get(t, "/api/v1/plans/p/history?limit=20"), 200)
	for i := range 20 {
		n := 19 - i
		if at(t, history, i, "op_id") != fmt.Sprintf("operation-%02d", n) || at(t, history, i, "why") != fmt.Sprintf("why-%02d", n) {
			t.Errorf("revision %d keeps %v", n+2, at(t, history, i))
		}
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	s := newServer(t)
	address := s.listening(t)
	streams := make([]<-chan event, 8)
	for i := range streams {
		streams[i] = watch(t, address+"/api/v1/plans/p/events")
		hear(t, streams[i])
	}
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for n := range 10 {
				answer, err := http.Get(fmt.Sprintf("%s/api/v1/plans/p/results?scenario=quiet&line=%s", address, []string{"calls", "handled", "share", "calls"}[worker]))
				if err != nil || answer.StatusCode != http.StatusOK {
					t.Errorf("%v %v", answer, err)
					return
				}
				_, _ = io.Copy(io.Discard, answer.Body)
				_ = answer.Body.Close()
				if worker == 0 {
					s.edit(t, fmt.Sprint("many", n), 100+float64(n), 101+float64(n))
				}
			}
		})
	}
	all.Wait()
	for _, events := range streams {
		for n := range 10 {
			if e := hear(t, events); e.id != strconv.Itoa(n+2) {
				t.Errorf("got %+v", e)
			}
		}
	}
}

func TestADisconnectedWatcherIsForgotten(t *testing.T) {
	s := newServer(t, func(o *web.Options) { o.Heartbeat = 20 * time.Millisecond })
	address := s.listening(t)
	ctx, leave := context.WithCancel(t.Context())
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/v1/plans/p/events", http.NoBody)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = answer.Body.Read(make([]byte, 10))
	if n := s.App().Server().GetOpenConnectionsCount(); n == 0 {
		t.Error("the stream is not counted")
	}
	leave()
	_ = answer.Body.Close()
	for range int(patience / (20 * time.Millisecond)) {
		if s.App().Server().GetOpenConnectionsCount() == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the connection is kept")
}

func TestAConnectionThatAsksForNothingDoesNotHoldUpAShutdown(t *testing.T) {
	s := newServer(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(listener) }()
	silent, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for s.App().Server().GetOpenConnectionsCount() == 0 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		t.Error(err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
}
