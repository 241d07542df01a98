package web

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v3"
)

// An adapter lets huma register its operations with Fiber. huma brings one of
// its own, which links Fiber v2 into the program beside v3; this is all we need
// of it.
type adapter struct{ app *fiber.App }

var _ huma.Adapter = adapter{}

// Handle implements huma.Adapter.
func (a adapter) Handle(op *huma.Operation, handler func(huma.Context)) {
	path := strings.NewReplacer("{", ":", "}", "").Replace(op.Path)
	a.app.Add([]string{op.Method}, path, func(c fiber.Ctx) error {
		handler(&call{op: op, fiber: c, ctx: c.Context()})
		return nil
	})
}

// ServeHTTP implements huma.Adapter for its test helpers, which we do not use:
// requests come through Fiber.
func (adapter) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusNotImplemented)
}

// A call is one request as huma sees it. The strings it gives away are copies,
// for the app is Immutable.
type call struct {
	op     *huma.Operation
	fiber  fiber.Ctx
	ctx    context.Context
	status int
}

// fiberOf returns Fiber's context of a call.
func fiberOf(ctx huma.Context) fiber.Ctx {
	for {
		switch at := ctx.(type) {
		case *call:
			return at.fiber
		case interface{ Unwrap() huma.Context }:
			ctx = at.Unwrap()
		default:
			panic("a context of another adapter")
		}
	}
}

func (c *call) Operation() *huma.Operation  { return c.op }
func (c *call) Matched() string             { return c.op.Path }
func (c *call) Context() context.Context    { return c.ctx }
func (c *call) Method() string              { return c.fiber.Method() }
func (c *call) Host() string                { return c.fiber.Host() }
func (c *call) RemoteAddr() string          { return c.fiber.RequestCtx().RemoteAddr().String() }
func (c *call) Param(name string) string    { return c.fiber.Params(name) }
func (c *call) Query(name string) string    { return c.fiber.Query(name) }
func (c *call) Header(name string) string   { return c.fiber.Get(name) }
func (c *call) Status() int                 { return c.status }
func (c *call) TLS() *tls.ConnectionState   { return c.fiber.RequestCtx().TLSConnectionState() }
func (c *call) Version() huma.ProtoVersion  { return huma.ProtoVersion{Proto: c.fiber.Protocol()} }
func (c *call) BodyReader() io.Reader       { return bytes.NewReader(c.fiber.BodyRaw()) }
func (c *call) BodyWriter() io.Writer       { return c.fiber.RequestCtx() }
func (c *call) SetHeader(name, v string)    { c.fiber.Set(name, v) }
func (c *call) AppendHeader(name, v string) { c.fiber.Append(name, v) }

func (c *call) SetStatus(status int) {
	c.status = status
	c.fiber.Status(status)
}

func (c *call) URL() url.URL {
	parsed, err := url.Parse(string(c.fiber.Request().RequestURI()))
	if err != nil {
		return url.URL{}
	}
	return *parsed
}

func (c *call) EachHeader(visit func(name, value string)) {
	for name, value := range c.fiber.Request().Header.All() {
		visit(string(name), string(value))
	}
}

func (c *call) GetMultipartForm() (*multipart.Form, error) { return c.fiber.MultipartForm() }

func (c *call) SetReadDeadline(deadline time.Time) error {
	return c.fiber.RequestCtx().Conn().SetReadDeadline(deadline)
}
