package web

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v3"

	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/web/accounts"
	"centerplan/web/live"
)

// cookieName is the session's cookie.
const cookieName = "centerplan"

// cookieDays is how long a browser keeps the cookie; the session itself may end
// earlier.
const cookieDays = 30

// credentials are what a request says of who makes it.
type credentials struct{ cookie, bearer string }

func credentialsOf(c fiber.Ctx) credentials {
	bearer, _ := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	return credentials{cookie: c.Cookies(cookieName), bearer: bearer}
}

// A visit is who makes a request, or why nobody is known.
type visit struct {
	credentials
	caller  accounts.Caller
	err     error
	address string
}

type visitKey struct{}

// recognise notes who makes a request. Whether they may is asked by each
// operation, which is closed unless it says otherwise.
func (s *Server) recognise(c fiber.Ctx) error {
	if strings.HasPrefix(c.Path(), "/api/") {
		v := visit{credentials: credentialsOf(c)}
		if !s.hosts.local() { // else everyone comes from this machine, or from a proxy on it
			v.address = clientOf(c.IP())
		}
		v.caller, v.err = s.options.Accounts.Authenticate(v.cookie, v.bearer)
		c.SetContext(context.WithValue(c.Context(), visitKey{}, v))
	}
	return c.Next()
}

func visitOf(ctx context.Context) visit {
	v, ok := ctx.Value(visitKey{}).(visit)
	if !ok {
		v.err = problem.Problem{Kind: problem.Forbidden, Key: "accounts.sign_in"}
	}
	return v
}

// How open an operation is.
const (
	forEveryone = "everyone" // signed in or not
	forUnset    = "unset"    // signed in, even with a password that must be changed
)

// open marks an operation as open to people who are not signed in.
func open(o *huma.Operation) { o.Metadata = map[string]any{forEveryone: true, forUnset: true} }

// unset marks an operation as open to people whose password must be changed.
func unset(o *huma.Operation) { o.Metadata = map[string]any{forUnset: true} }

// admit returns why whoever makes the request may not do the operation at all.
func admit(ctx context.Context, o *huma.Operation) error {
	if o.Metadata[forEveryone] == true {
		return nil
	}
	v := visitOf(ctx)
	if v.err != nil {
		return v.err
	}
	if o.Metadata[forUnset] != true {
		if err := v.caller.Allowed(); err != nil {
			return err
		}
	}
	if v.caller.Scope == accounts.ScopeRead && o.Method != http.MethodGet {
		return problem.Problem{Kind: problem.Forbidden, Key: "rights.read_only_key"}
	}
	return nil
}

// as returns the access of whoever makes the request.
func (s *Server) as(ctx context.Context) *live.Access {
	return s.options.Hub.As(whoOf(visitOf(ctx).caller))
}

// whoOf returns the caller as package live knows people. Nobody has no rights.
func whoOf(c accounts.Caller) live.Who {
	who := live.Who{
		Person: c.Person, Own: rights.Person{ID: c.Person.ID},
		ReadOnly: c.Scope != accounts.ScopeEdit,
	}
	if len(c.Person.Grants) > 0 { // none are in effect while the password must be changed
		who.Own.Grants = c.Account.Grants
	}
	for _, id := range slices.Sorted(maps.Keys(c.StandsFor)) {
		who.StandsFor = append(who.StandsFor, rights.Person{ID: id, Grants: c.StandsFor[id]})
	}
	return who
}

// setCookie returns the header that gives a browser its session; an empty value
// takes it away.
func (s *Server) setCookie(value string) string {
	cookie := http.Cookie{
		Name: cookieName, Value: value, Path: "/", HttpOnly: true, Secure: s.options.Secure,
		SameSite: http.SameSiteLaxMode, MaxAge: cookieDays * 24 * 60 * 60,
	}
	if value == "" {
		cookie.MaxAge = -1
	}
	return cookie.String()
}
