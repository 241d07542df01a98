package web

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v3"
	"github.com/gofiber/fiber/v3/middleware/limiter"
)

// How many requests one address may make in a minute: ten a second for a page
// that stores what is typed, and of those that take long to answer less.
const (
	writesPerMinute = 600
	heavyPerMinute  = 240
	movesPerMinute  = 3000
)

// Rates are how many requests one address may make in a minute. Zero takes what
// suits an office of people behind one address.
type Rates struct {
	// Writes are edits and new plans. Formulas that are tried while they are typed
	// are counted by themselves, to the same number.
	Writes int
	// Heavy are reports, traces, verdicts and earlier revisions.
	Heavy int
	// Moves tell where in a plan somebody is, a few times a second while they go
	// about; they cost next to nothing and are no writes.
	Moves int
}

// limitRates returns the handlers that refuse what is more than the rates. A
// server of this machine alone has none: its one user may be as quick as they
// like, and so may a proxy in front of it, whose clients all seem to be itself.
func (s *Server) limitRates(rates Rates) []any {
	if s.hosts.local() {
		return nil
	}
	if rates.Writes == 0 {
		rates.Writes = writesPerMinute
	}
	if rates.Heavy == 0 {
		rates.Heavy = heavyPerMinute
	}
	if rates.Moves == 0 {
		rates.Moves = movesPerMinute
	}
	return []any{limit(rates.Writes, isWrite), limit(rates.Writes, isTrial), limit(rates.Heavy, isHeavy), limit(rates.Moves, isMove)}
}

// limit refuses requests of a kind above so many a minute and address.
func limit(perMinute int, kind func(fiber.Ctx) bool) fiber.Handler {
	return limiter.New(limiter.Config{
		Max: perMinute, Expiration: time.Minute, LimiterMiddleware: limiter.SlidingWindow{},
		Next:         func(c fiber.Ctx) bool { return !kind(c) },
		KeyGenerator: func(c fiber.Ctx) string { return clientOf(c.IP()) },
		LimitReached: func(fiber.Ctx) error { return fiber.ErrTooManyRequests },
	})
}

func isWrite(c fiber.Ctx) bool {
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
		return false
	}
	return !isMove(c) && !isTrial(c)
}

func isMove(c fiber.Ctx) bool {
	return c.Method() == fiber.MethodPost && strings.HasSuffix(c.Path(), "/presence")
}

// isTrial reports whether a request tries a formula: typing must not use up what
// edits need.
func isTrial(c fiber.Ctx) bool {
	return c.Method() == fiber.MethodPost && strings.HasSuffix(c.Path(), "/try")
}

// heavy are the last parts of addresses whose answers are worked out anew each
// time, as is everything of an earlier revision.
var heavy = []string{"report.pdf", "trace", "bridge", "sensitivity", "effects", "gap", "revisions", "seal", "amendments"}

func isHeavy(c fiber.Ctx) bool {
	if isWrite(c) || isMove(c) || isTrial(c) {
		return false
	}
	return slices.Contains(heavy, c.Path()[strings.LastIndexByte(c.Path(), '/')+1:]) || c.Query("rev") != ""
}

// clientOf returns what an address is counted by: of IPv6 the network, for one
// client has all addresses of its network.
func clientOf(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Is4() || ip.Is4In6() {
		return address
	}
	network, _ := ip.WithZone("").Prefix(64) // an IPv6 address has 64 bits
	return network.String()
}
