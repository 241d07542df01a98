package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v3"

	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/web/accounts"
	"centerplan/web/live"
)

// flushTime is how long a client may take to take in one event.
const flushTime = 10 * time.Second

// streams describes an event stream to OpenAPI.
func streams(api huma.API) func(*huma.Operation) {
	registry := api.OpenAPI().Components.Schemas
	event := func(name string, data reflect.Type) *huma.Schema {
		return &huma.Schema{
			Type: huma.TypeObject, Required: []string{"event", "data"},
			Properties: map[string]*huma.Schema{
				"event": {Type: huma.TypeString, Enum: []any{name}},
				"data":  registry.Schema(data, true, name),
			},
		}
	}
	return func(o *huma.Operation) {
		o.Responses = map[string]*huma.Response{"200": {
			Description: "Server-sent events: hello at first, then a change for each revision, who has the plan open whenever that changes, and pings.",
			Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{OneOf: []*huma.Schema{
				event("hello", reflect.TypeFor[Hello]()), event("change", reflect.TypeFor[ChangeEvent]()),
				event("presence", reflect.TypeFor[PresenceEvent]()), event("ping", reflect.TypeFor[Ping]()),
			}}}},
		}}
	}
}

type eventsInput struct {
	PlanPath
	Since int `query:"since" minimum:"0" doc:"the revision the client has; what came after it is told first"`
	// LastEventID is what a browser sends when it connects again by itself.
	LastEventID int `header:"Last-Event-ID" minimum:"0"`
}

// A stream is one client that watches a plan.
type stream struct {
	server *Server
	who    credentials
	// caller is who the client was when the stream was opened.
	caller accounts.Caller
	plan   store.PlanID
	// changed is closed when somebody's rights or sessions have changed.
	changed <-chan struct{}
	out     *bufio.Writer
	conn    net.Conn
	events  <-chan live.Event
	stop    func()
	// moved is closed when somebody may have come, moved or gone; pause ends when
	// the client may be told of it again. told is what it was told last.
	moved <-chan struct{}
	pause <-chan time.Time
	told  []byte
}

// events opens an event stream. The writer runs after the handler has returned,
// in a goroutine of its own, where a panic would end the process.
func (s *Server) events(ctx context.Context, in *eventsInput) (*huma.StreamResponse, error) {
	if s.stopping() {
		return nil, context.Canceled
	}
	if s.streams.Add(1) > int64(s.options.Streams) {
		s.streams.Add(-1)
		return nil, fiber.ErrTooManyRequests
	}
	// From here on: what changes while the stream is being opened is noticed too.
	changed := s.options.Accounts.Changed()
	events, stop, err := s.as(ctx).Subscribe(ctx, in.plan(), store.Rev(max(in.Since, in.LastEventID)))
	if err != nil {
		s.streams.Add(-1)
		return nil, err
	}
	who := visitOf(ctx)
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		c := fiberOf(ctx)
		c.Set(fiber.HeaderContentType, "text/event-stream")
		c.Set(fiber.HeaderCacheControl, "no-store, no-transform")
		c.Set("X-Accel-Buffering", "no")
		c.Status(http.StatusOK)
		client := &stream{server: s, who: who.credentials, caller: who.caller, changed: changed, plan: in.plan(), conn: c.RequestCtx().Conn(), events: events, stop: stop}
		// SendStreamWriter only stores the function, so there is no error.
		_ = c.SendStreamWriter(func(out *bufio.Writer) {
			client.out = out
			client.run()
		})
	}}, nil
}

// run writes events until the client is gone or the server stops.
func (c *stream) run() {
	defer func() {
		c.stop()
		c.server.streams.Add(-1)
		if thrown := recover(); thrown != nil {
			c.fail(c.server.panicked(thrown))
		}
	}()
	beat := time.NewTicker(c.server.options.Heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-c.server.done:
			return
		case event, ok := <-c.events:
			if !ok || c.tell(event) != nil {
				return
			}
		case <-c.changed:
			// What this person may see may be another thing now. The client comes
			// back, and is asked who it is.
			c.changed = c.server.options.Accounts.Changed()
			if !c.same() {
				return
			}
		case <-beat.C:
			if c.beat() != nil {
				return
			}
		case <-c.moved:
			c.moved, c.pause = nil, time.After(presentPause)
		case <-c.pause:
			c.pause = nil
			if c.tellPresent() != nil {
				return
			}
		}
	}
}

// beat gives a sign of life, unless the session has ended, and forgets those who
// gave none.
func (c *stream) beat() error {
	if _, err := c.access(); err != nil {
		return err
	}
	if err := c.write("ping", 0, Ping{}); err != nil {
		return err
	}
	return c.tellPresent()
}

// tell writes one event.
func (c *stream) tell(event live.Event) error {
	switch event.Kind {
	case live.Hello:
		c.told = nil
		if err := c.write("hello", 0, Hello{Rev: event.Rev, Build: c.server.build}); err != nil {
			return err
		}
		return c.tellPresent()
	case live.Gap:
		return c.startOver()
	default:
		change, err := c.changeEvent(event)
		if problem.KindOf(err) == problem.NotFound || problem.KindOf(err) == problem.Forbidden {
			return err // no longer for this client
		}
		if err != nil {
			c.fail(err)
			return err
		}
		return c.write("change", event.Rev, change)
	}
}

// startOver follows the plan from now on after a gap. The hello that comes
// with it tells the client where the plan is.
func (c *stream) startOver() error {
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	access, err := c.access()
	if err != nil {
		return err
	}
	events, stop, err := access.Subscribe(ctx, c.plan, 0)
	if err != nil {
		return err
	}
	c.stop() // only now: meanwhile the client is not gone
	c.events, c.stop = events, stop
	return nil
}

// same reports whether the client is who it was and has the rights it had.
func (c *stream) same() bool {
	now, err := c.server.options.Accounts.Recheck(c.who.cookie, c.who.bearer)
	return err == nil && reflect.DeepEqual(whoOf(now), whoOf(c.caller))
}

// access returns the access of whoever opened the stream, as their rights are
// now.
func (c *stream) access() (*live.Access, error) {
	caller, err := c.server.options.Accounts.Recheck(c.who.cookie, c.who.bearer)
	if err != nil {
		return nil, err
	}
	return c.server.options.Hub.As(whoOf(caller)), nil
}

// changeEvent is what the client may see of an event, asked anew for each: a
// role may have changed since the last.
func (c *stream) changeEvent(event live.Event) (ChangeEvent, error) {
	access, err := c.access()
	if err != nil {
		return ChangeEvent{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	heard, err := access.Hear(ctx, c.plan, event)
	if err != nil {
		return ChangeEvent{}, err
	}
	change := ChangeEvent{
		Rev: event.Rev, Who: event.Who, OpID: event.OpID, Patch: append([]patch.Op{}, heard.Patch...), Hidden: heard.Hidden,
	}
	view := heard.View
	if view == nil {
		return change, nil
	}
	problems, _ := view.Problems()
	may := accessInfo(view)
	change.Results, err = sheets(view, heard.Changed)
	change.Problems, change.Access = problemInfos(problems), &may
	change.Notes, change.Links = problemInfos(view.Notes()), linksOf(view)
	change.CanUndo, change.CanRedo = view.CanUndo(), view.CanRedo()
	return change, err
}

// write sends one event. A revision becomes its id, so that a browser that
// connects again names it.
func (c *stream) write(name string, rev store.Rev, data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		c.fail(err)
		return err
	}
	if c.conn != nil {
		_ = c.conn.SetWriteDeadline(time.Now().Add(flushTime))
	}
	if rev != 0 {
		_, _ = fmt.Fprintf(c.out, "id: %d\n", rev) // a failure comes back from Flush
	}
	_, _ = fmt.Fprintf(c.out, "event: %s\ndata: %s\n\n", name, text)
	return c.out.Flush()
}

func (c *stream) fail(err error) {
	c.server.log.LogAttrs(context.Background(), slog.LevelError, "event stream failed",
		slog.String("plan", string(c.plan)), slog.Any("error", err))
}
