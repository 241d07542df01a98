// Package web serves Centerplan over HTTP: the JSON API, server-sent events and
// the built page.
//
// A handler decodes, calls one thing of web/live or the core, and encodes; no
// number is worked out here. Every error becomes an RFC 9457 problem document
// in one place, problem.go; all routes stand in one list, routes.go.
package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v3"

	"centerplan/planning/document"
	"centerplan/planning/workflow"
	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/templates/starters"
	"centerplan/web/accounts"
	"centerplan/web/live"
)

// Limits of one request.
const (
	bodyLimit   = 6 << 20
	headerLimit = 16 << 10
	readTime    = 30 * time.Second
	idleTime    = 2 * time.Minute
	// answerTime is how long a handler may take, writeTime how long a client
	// may take to read an answer.
	answerTime = 30 * time.Second
	writeTime  = time.Minute
	heartbeat  = 15 * time.Second
	// mostStreams bounds event streams, mostConnections all connections: each
	// holds memory for as long as its client likes.
	mostStreams     = 2000
	mostConnections = 8000
)

// Local is who changes are by that the program makes itself: taking in a plan
// file it was started with.
const Local store.Actor = "local"

// Options set up a Server. Hub and Accounts are required.
type Options struct {
	Hub      *live.Hub
	Accounts *accounts.Service
	// Secure says that browsers reach the server by HTTPS, so that the session's
	// cookie goes nowhere else.
	Secure bool
	// Names are those by which browsers reach the server, beside this machine's
	// own; none allows all where others reach it.
	Names []string
	// UI is the built page, index.html at its root; nil serves the API alone.
	UI fs.FS
	// Build names this build, so that an open page sees that it is outdated.
	// Empty takes it from the page's content.
	Build string
	// Log takes what is our own fault; nil drops it.
	Log *slog.Logger
	// Clock dates reports; nil is time.Now.
	Clock func() time.Time
	// Listen is the address served on. On this machine's own addresses only
	// their names are taken as the host of a request, which is also so when it
	// is empty.
	Listen string
	// Starter returns the plan file a new plan can start from; nil takes those
	// of templates/starters.
	Starter func(name string) ([]byte, bool)
	// Report writes a plan's report as a PDF; nil answers that there is none.
	Report func(ReportRequest) ([]byte, error)
	// ReadTime is how long a client may take to send a request, head and body
	// together; 0 is 30 s.
	ReadTime time.Duration
	// WriteTime is how long a client may take to read an answer; 0 is a minute.
	WriteTime time.Duration
	// Streams is how many event streams may be open at once; 0 is 2,000.
	Streams int
	// Rates limit what one address may ask for, unless only this machine is
	// served.
	Rates Rates
	// Heartbeat is the time between signs of life on an event stream; 0 is 15 s.
	Heartbeat time.Duration
}

// A ReportRequest says which report is asked for.
type ReportRequest struct {
	// View is what the reader may see of the plan.
	View   *live.View
	Locale document.Locale
	// Scenario is the one printed in full, empty for base.
	Scenario scenarios.Code
	// Compare lists the scenarios set beside each other; none means all.
	Compare []scenarios.Code
	// Bridge leads from one scenario to another as far as the reader may see.
	Bridge func(from, to scenarios.Code, line string) (scenarios.Bridge, error)
	Date   time.Time
	// Seal is the plan's seal where what is printed is sealed, and SealedBy the
	// name of who sealed it.
	Seal     *workflow.Seal
	SealedBy string
}

// A Server is the web server of one hub.
type Server struct {
	options Options
	app     *fiber.App
	log     *slog.Logger
	build   string
	openapi []byte
	hosts   hostCheck
	streams atomic.Int64 // open event streams
	metrics metrics

	mu       sync.Mutex
	listener net.Listener
	patient  *patientListener
	done     chan struct{} // closed first on shutdown: event streams end by it
	stopOnce sync.Once
	stopped  chan struct{} // closed when shutdown is complete
}

// New returns a server. It serves once Serve is called.
func New(options Options) *Server {
	s := &Server{
		options: options, log: options.Log, hosts: newHostCheck(options.Listen, options.Names),
		done: make(chan struct{}), stopped: make(chan struct{}),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.options.Clock == nil {
		s.options.Clock = time.Now
	}
	if s.options.Starter == nil {
		s.options.Starter = starters.Get
	}
	if s.options.Heartbeat == 0 {
		s.options.Heartbeat = heartbeat
	}
	if s.options.ReadTime == 0 {
		s.options.ReadTime = readTime
	}
	if s.options.WriteTime == 0 {
		s.options.WriteTime = writeTime
	}
	if s.options.Streams == 0 {
		s.options.Streams = mostStreams
	}
	s.app = fiber.New(fiber.Config{
		// Without Immutable, strings of a request change once it is answered.
		// Bind().Query, Cookie and Form stay unsafe all the same: not used here.
		Immutable:      true,
		CaseSensitive:  true,
		StrictRouting:  true,
		ReadBufferSize: headerLimit,
		BodyLimit:      bodyLimit,
		ReadTimeout:    s.options.ReadTime,
		Concurrency:    mostConnections,
		IdleTimeout:    idleTime,
		// No WriteTimeout: it would cut event streams. limitTime sets a deadline
		// for each answer instead.
		ErrorHandler: s.answerError,
		// No operation takes a form; huma refuses them by their type.
		DisablePreParseMultipartForm: true,
	})
	s.app.Use(slices.Concat([]any{s.measure, s.contain, s.protect}, s.limitRates(options.Rates), []any{plainBody, s.limitTime, s.recognise})...)
	page := newPage(options.UI)
	s.build = options.Build
	if s.build == "" {
		s.build = page.build
	}
	s.routes()
	s.app.Get("/*", page.serve)
	s.metrics.know(s.app)
	return s
}

// Serve serves on the listener until Shutdown is complete, and then returns
// nil; any other end is an error. It closes the listener.
func (s *Server) Serve(listener net.Listener) error {
	if !s.begin(listener) {
		<-s.stopped
		return nil
	}
	err := s.app.Listener(s.listener, fiber.ListenConfig{DisableStartupMessage: true})
	if s.stopping() {
		// Fiber returns as soon as a shutdown begins, while requests still run.
		<-s.stopped
		return nil
	}
	if err == nil {
		return errors.New("the listener closed")
	}
	return fmt.Errorf("serve: %w", err)
}

// begin notes the listener, so that a shutdown ends it however little time has
// passed, or closes it and returns false if one has begun.
func (s *Server) begin(listener net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping() {
		_ = listener.Close()
		return false
	}
	s.patient = &patientListener{Listener: listener}
	s.listener = &closedOnce{Listener: s.patient}
	return true
}

// closedOnce is a listener that may be closed twice, by us and by Fiber, which
// would otherwise take the second time for a failed shutdown.
type closedOnce struct {
	net.Listener
	once sync.Once
}

// Close implements net.Listener.
func (l *closedOnce) Close() (err error) {
	l.once.Do(func() { err = l.Listener.Close() })
	return err
}

// Shutdown ends event streams, takes no new requests and waits for those under
// way, no longer than the context.
func (s *Server) Shutdown(ctx context.Context) (err error) {
	s.stopOnce.Do(func() {
		defer close(s.stopped)
		s.mu.Lock()
		close(s.done)
		if s.listener != nil {
			_ = s.listener.Close()
			s.patient.closeSilent()
		}
		s.mu.Unlock()
		err = s.app.ShutdownWithContext(ctx)
	})
	if err != nil {
		return fmt.Errorf("stop serving: %w", err)
	}
	return nil
}

// App returns the Fiber application, for tests that need no network.
func (s *Server) App() *fiber.App { return s.app }

// stopping reports whether a shutdown has begun.
func (s *Server) stopping() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}
