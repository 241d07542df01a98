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
	"centerplan/store"
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
			Description: "Server-sent events: hello at first, then a change for each revision, and pings.",
			Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{OneOf: []*huma.Schema{
				event("hello", reflect.TypeFor[Hello]()), event("change", reflect.TypeFor[ChangeEvent]()),
				event("ping", reflect.TypeFor[Ping]()),
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
	plan   store.PlanID
	out    *bufio.Writer
	conn   net.Conn
	events <-chan live.Event
	stop   func()
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
	events, stop, err := s.options.Hub.Subscribe(ctx, in.plan(), store.Rev(max(in.Since, in.LastEventID)))
	if err != nil {
		s.streams.Add(-1)
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		c := fiberOf(ctx)
		c.Set(fiber.HeaderContentType, "text/event-stream")
		c.Set(fiber.HeaderCacheControl, "no-store, no-transform")
		c.Set("X-Accel-Buffering", "no")
		c.Status(http.StatusOK)
		client := &stream{server: s, plan: in.plan(), conn: c.RequestCtx().Conn(), events: events, stop: stop}
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
		case <-beat.C:
			if c.write("ping", 0, Ping{}) != nil {
				return
			}
		}
	}
}

// tell writes one event.
func (c *stream) tell(event live.Event) error {
	switch event.Kind {
	case live.Hello:
		return c.write("hello", 0, Hello{Rev: event.Rev, Build: c.server.build})
	case live.Gap:
		return c.startOver()
	default:
		change, err := changeEvent(event)
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
	c.stop()
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	events, stop, err := c.server.options.Hub.Subscribe(ctx, c.plan, 0)
	if err != nil {
		return err
	}
	c.events, c.stop = events, stop
	return nil
}

func changeEvent(event live.Event) (ChangeEvent, error) {
	change := ChangeEvent{
		Rev: event.Rev, Who: event.Who, OpID: event.OpID, Patch: append([]patch.Op{}, event.Patch...),
	}
	if event.Head == nil {
		return change, nil
	}
	var err error
	change.Results, err = sheets(event.Head, event.Lines)
	change.Problems = problemInfos(event.Head.Problems)
	change.Notes, change.Links = problemInfos(event.Head.Notes()), linksOf(event.Head)
	change.CanUndo, change.CanRedo = event.Head.CanUndo(Local), event.Head.CanRedo(Local)
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
