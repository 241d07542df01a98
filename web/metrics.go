package web

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v3"

	"centerplan/planning/problem"
)

// metrics counts what the server does, for /metrics in the text format of
// Prometheus. It is ours because it is small: the format is a page of text, the
// library brings a dozen modules. Nothing in it names a plan, a person or a
// number of a plan: routes come from the list of routes.
type metrics struct {
	routes map[string]bool // method and pattern of every route

	mu       sync.Mutex
	requests map[served]*timing

	committed, refused, panics atomic.Int64
}

// served is what requests are counted by.
type served struct {
	route string
	class int // the status's first digit
}

// timing is how long requests took: how many no longer than each bound, and all
// together.
type timing struct {
	within [len(bounds)]int64
	count  int64
	sum    time.Duration
}

// bounds are in seconds.
var bounds = [...]float64{0.005, 0.025, 0.1, 0.5, 2.5, 10}

// otherRoute is what a request to no route of ours counts as, so that foreign
// paths neither fill memory nor show.
const otherRoute = "other"

// know notes the routes there are.
func (m *metrics) know(app *fiber.App) {
	m.routes = map[string]bool{}
	for _, route := range app.GetRoutes(true) {
		m.routes[route.Method+" "+route.Path] = true
	}
}

// beganKey is where a request's begin is kept.
type beganKey struct{}

// measure counts answered requests. Those that end in an error are counted by
// answerError, which knows their status.
func (s *Server) measure(c fiber.Ctx) error {
	c.Locals(beganKey{}, time.Now())
	err := c.Next()
	if err == nil {
		s.metrics.observe(c, c.Response().StatusCode())
	}
	return err
}

func (m *metrics) observe(c fiber.Ctx, status int) {
	key := served{otherRoute, status / 100}
	if name := c.Method() + " " + c.Route().Path; m.routes[name] {
		key.route = name
	}
	var took time.Duration
	if began, ok := c.Locals(beganKey{}).(time.Time); ok {
		took = time.Since(began)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.requests == nil {
		m.requests = map[served]*timing{}
	}
	t := m.requests[key]
	if t == nil {
		t = &timing{}
		m.requests[key] = t
	}
	t.count++
	t.sum += took
	for i, bound := range bounds {
		if took.Seconds() <= bound {
			t.within[i]++
		}
	}
}

// edited counts an edit by what came of it.
func (m *metrics) edited(err error) {
	switch {
	case err == nil:
		m.committed.Add(1)
	case problem.KindOf(err) != problem.Internal:
		m.refused.Add(1)
	}
}

// tell answers /metrics.
func (s *Server) tell(c fiber.Ctx) error {
	var out strings.Builder
	s.metrics.writeRequests(&out)
	for _, single := range []struct {
		name, kind, help string
		value            int64
	}{
		{"edits_committed_total", "counter", "Edits, undos and redos that were stored.", s.metrics.committed.Load()},
		{"edits_refused_total", "counter", "Edits, undos and redos that were refused.", s.metrics.refused.Load()},
		{"panics_total", "counter", "Panics that were contained.", s.metrics.panics.Load()},
		{"event_streams", "gauge", "Event streams that are open.", s.streams.Load()},
		{"open_plans", "gauge", "Plans held in memory.", int64(s.options.Hub.Open())},
	} {
		fmt.Fprintf(&out, "# HELP centerplan_%s %s\n# TYPE centerplan_%s %s\ncenterplan_%s %d\n",
			single.name, single.help, single.name, single.kind, single.name, single.value)
	}
	c.Set(fiber.HeaderContentType, "text/plain; version=0.0.4; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Status(http.StatusOK).SendString(out.String())
}

func (m *metrics) writeRequests(out *strings.Builder) {
	const name = "centerplan_request_duration_seconds"
	fmt.Fprintf(out, "# HELP %s Requests by route and class of status, and how long they took.\n# TYPE %s histogram\n", name, name)
	m.mu.Lock()
	defer m.mu.Unlock()
	keys := slices.SortedFunc(maps.Keys(m.requests), func(a, b served) int {
		if order := strings.Compare(a.route, b.route); order != 0 {
			return order
		}
		return a.class - b.class
	})
	for _, key := range keys {
		t, labels := m.requests[key], fmt.Sprintf("route=%q,status=\"%dxx\"", key.route, key.class)
		for i, bound := range bounds {
			fmt.Fprintf(out, "%s_bucket{%s,le=\"%g\"} %d\n", name, labels, bound, t.within[i])
		}
		fmt.Fprintf(out, "%s_bucket{%s,le=\"+Inf\"} %d\n", name, labels, t.count)
		fmt.Fprintf(out, "%s_sum{%s} %g\n%s_count{%s} %d\n", name, labels, t.sum.Seconds(), name, labels, t.count)
	}
}
