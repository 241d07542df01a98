package web

import (
	"context"
	"net"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v3"

	"centerplan/planning/problem"
)

// securityHeaders go on every answer, errors included. Styles may stand in the
// page, for Svelte sets them on elements; scripts may not. The page frames what
// it made itself from bytes it fetched, as the preview of a report; no address,
// and nobody frames ours.
var securityHeaders = [][2]string{
	{"Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
		"frame-src blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
}

func setSecurityHeaders(c fiber.Ctx) {
	for _, header := range securityHeaders {
		c.Set(header[0], header[1])
	}
}

// protect refuses requests that a foreign page made a browser send.
func (s *Server) protect(c fiber.Ctx) error {
	setSecurityHeaders(c)
	if strings.HasPrefix(c.Path(), "/api/") {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	host := c.Host()
	if !s.hosts.allows(host) {
		return problem.Problem{Kind: problem.Forbidden, Key: "web.host", Args: problem.Args{"host": host}}
	}
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		if strings.HasPrefix(c.Path(), "/api/") && embedded(c.Get("Sec-Fetch-Site"), c.Get("Sec-Fetch-Dest")) {
			return problem.Problem{Kind: problem.Forbidden, Key: "web.embedded"}
		}
		return c.Next()
	}
	if !sameOrigin(c.Get("Sec-Fetch-Site"), c.Get(fiber.HeaderOrigin), host) {
		return problem.Problem{Kind: problem.Forbidden, Key: "web.origin", Args: problem.Args{"origin": c.Get(fiber.HeaderOrigin)}}
	}
	return c.Next()
}

// plainBody refuses a body that is packed, of which the limit would say nothing,
// and one that is not UTF-8, whose texts JSON would mangle without a word.
func plainBody(c fiber.Ctx) error {
	if coding := c.Get(fiber.HeaderContentEncoding); coding != "" && coding != "identity" {
		return fiber.ErrUnsupportedMediaType
	}
	if !utf8.Valid(c.BodyRaw()) {
		return problem.Problem{Kind: problem.Invalid, Key: "web.not_utf8"}
	}
	return c.Next()
}

// embedded reports whether a read comes from within a foreign page, which could
// not see the answer, but could have reports made as pictures by the hundred. A
// link that a person follows asks for a document.
func embedded(site, destination string) bool {
	return (site == "cross-site" || site == "same-site") && destination != "document"
}

// sameOrigin reports whether a write comes from our own page, or from a
// program, which names neither site nor origin.
func sameOrigin(site, origin, host string) bool {
	switch site {
	case "same-origin", "none":
		return true
	case "":
	default:
		return false
	}
	if origin == "" {
		return true
	}
	from, err := url.Parse(origin)
	return err == nil && from.Host != "" && strings.EqualFold(from.Host, host)
}

// A hostCheck knows the names this server may be asked for. A page of another
// name whose address was turned to this machine (DNS rebinding) counts as our
// own to a browser, so the name is checked here.
type hostCheck struct {
	names map[string]bool // nil allows all
	here  bool
}

func newHostCheck(listen string, names []string) hostCheck {
	host := hostName(listen)
	ip := net.ParseIP(host)
	check := hostCheck{here: host == "" || host == "localhost" || ip != nil && ip.IsLoopback()}
	if !check.here && len(names) == 0 {
		return check
	}
	// Every browser names a host. A request that could not be read has none, and
	// gets to its own error this way.
	check.names = map[string]bool{"": true, "localhost": true, "127.0.0.1": true, "::1": true, host: true}
	for _, name := range names {
		check.names[hostName(name)] = true
	}
	return check
}

// local reports whether only this machine is served.
func (h hostCheck) local() bool { return h.here }

func (h hostCheck) allows(host string) bool {
	return h.names == nil || h.names[hostName(host)]
}

// hostName returns the name part of a host that may have a port.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// limitTime gives the handler and the client a deadline each. Fiber itself
// tells a handler nothing of a client that is gone.
func (s *Server) limitTime(c fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.Context(), answerTime)
	defer cancel()
	c.SetContext(ctx)
	if conn := c.RequestCtx().Conn(); conn != nil {
		_ = conn.SetWriteDeadline(time.Now().Add(s.options.WriteTime))
	}
	return c.Next()
}
