package accounts

import (
	"context"
	"maps"
	"slices"
	"time"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/store"
)

// How long a session lasts.
const (
	idleTime    = 12 * time.Hour      // without a request
	longestTime = 30 * 24 * time.Hour // in all
	// touchEvery is how old the stored time of last use may get.
	touchEvery = 5 * time.Minute
	// touchTime bounds the writing of it.
	touchTime = 10 * time.Second
	// mostSessions are alive for one person: the one that was idle longest makes
	// room for a new one.
	mostSessions = 100
	// prunedAtOnce is how many ended sessions a sign-in takes out of the store.
	prunedAtOnce = 20
)

// A session is somebody signed in. Fields but rev, stored, LastUsed and
// Generation do not change; those only under mu.
type session struct {
	Person     string    `json:"person"`
	Generation string    `json:"generation"`
	Created    time.Time `json:"created_at"`
	LastUsed   time.Time `json:"last_used"`

	rev    store.Rev
	stored time.Time // LastUsed as it is in the store
}

// A Scope is what a request may do at most.
type Scope string

// The scopes. A session has the scope edit.
const (
	ScopeRead Scope = "read"
	ScopeEdit Scope = "edit"
)

// A Caller is who makes a request.
type Caller struct {
	Account Account
	// Person has every right in effect today: the account's own grants, and those
	// of the people it stands in for. It has none while the password must be
	// changed.
	Person rights.Person
	// StandsFor holds what is lent, by the id of who lends it.
	StandsFor map[string][]rights.Grant
	// Session is the session's name, for SignOut. It is empty for a token, and in
	// the demo for who has not chosen a role.
	Session string
	Scope   Scope
	// Token says that the caller is a program with a token.
	Token bool
}

// Administrator reports whether the caller may manage people. Programs may not.
func (c Caller) Administrator() bool {
	return !c.Token && !c.Account.MustChange && c.Account.Administrator()
}

// Allowed returns a Forbidden, "accounts.must_change", while the caller may do
// nothing but change the password and sign out.
func (c Caller) Allowed() error {
	if c.Account.MustChange {
		return forbidden("accounts.must_change")
	}
	return nil
}

// Authenticate returns who makes a request with the cookie or, if that is not
// empty, the bearer token. Nobody is Forbidden, "accounts.sign_in". It counts
// as a use of the session.
func (s *Service) Authenticate(cookie, bearer string) (Caller, error) {
	return s.authenticate(cookie, bearer, true)
}

// Recheck is Authenticate for a request that goes on, such as a stream, which
// does not keep a session from ending by idleness.
func (s *Service) Recheck(cookie, bearer string) (Caller, error) {
	return s.authenticate(cookie, bearer, false)
}

func (s *Service) authenticate(cookie, bearer string, use bool) (Caller, error) {
	if bearer != "" {
		return s.byToken(bearer, use)
	}
	id := digest(cookie)
	s.mu.Lock()
	one := s.aliveLocked(id)
	if one == nil {
		defer s.mu.Unlock()
		if s.options.Demo {
			return s.caller(s.people[string(rights.Director)]), nil
		}
		return Caller{}, forbidden("accounts.sign_in")
	}
	caller := s.caller(s.people[one.Person])
	caller.Session = id
	now := s.clock()
	due := false
	if use {
		one.LastUsed = now
		if due = now.Sub(one.stored) >= touchEvery; due {
			one.stored = now // nobody else needs to write it
		}
	}
	s.mu.Unlock()
	if due {
		touch(s, sessionKind, id, s.sessions, func(one *session) *store.Rev { return &one.rev })
	}
	return caller, nil
}

// touch stores when a session or a token was last used. held are all of its kind.
func touch[T any](s *Service, kind, id string, held map[string]*T, rev func(*T) *store.Rev) {
	ctx, cancel := context.WithTimeout(context.Background(), touchTime)
	defer cancel()
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	one := held[id]
	if one == nil {
		s.mu.Unlock()
		return
	}
	touched := *one
	s.mu.Unlock()
	next, err := s.put(ctx, kind, id, *rev(&touched), touched)
	if err != nil {
		s.options.Warn(err)
		return
	}
	s.mu.Lock()
	*rev(one) = next
	s.mu.Unlock()
}

// alive returns a session that has not ended and what it is now, nil for none.
func (s *Service) alive(id string) (one *session, now session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one = s.aliveLocked(id); one != nil {
		now = *one
	}
	return one, now
}

func (s *Service) aliveLocked(id string) *session {
	one := s.sessions[id]
	if one == nil || s.ended(one) {
		return nil
	}
	return one
}

// ended reports whether a session is one no more. The caller holds mu.
func (s *Service) ended(one *session) bool {
	p, now := s.people[one.Person], s.clock()
	return p == nil || p.Disabled || one.Generation != p.Sessions ||
		now.Sub(one.LastUsed) >= idleTime || now.Sub(one.Created) >= longestTime
}

// caller returns a person with every right in effect today. The caller of this
// holds mu.
func (s *Service) caller(p *person) Caller {
	c := Caller{Account: p.copy(), Scope: ScopeEdit, Person: rights.Person{ID: p.ID}}
	if p.MustChange {
		return c
	}
	c.Person.Grants = copyGrants(p.Grants)
	today := s.today()
	for id, other := range s.people {
		lent := other.lent(p.ID, today)
		if len(lent) == 0 {
			continue
		}
		if c.StandsFor == nil {
			c.StandsFor = map[string][]rights.Grant{}
		}
		c.StandsFor[id] = lent
	}
	for _, id := range slices.Sorted(maps.Keys(c.StandsFor)) {
		c.Person.Grants = append(c.Person.Grants, copyGrants(c.StandsFor[id])...)
	}
	return c
}

// lent returns the grants a person lends to another on a day: their own but for
// those of an administrator, and none that they only stand in for.
func (p *person) lent(to string, today calendar.Date) []rights.Grant {
	if p.Disabled || p.StandIn(today) != to {
		return nil
	}
	return slices.DeleteFunc(copyGrants(p.Grants), func(g rights.Grant) bool { return g.Role == rights.Administrator })
}

// begin begins a session of a person who has shown who they are, unless that
// has changed since.
func (s *Service) begin(ctx context.Context, p *person) (cookie string, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	now := s.find(p.ID)
	if now == nil || now.Disabled || now.Password != p.Password {
		return "", forbidden("accounts.wrong")
	}
	s.prune(ctx, now.ID)
	cookie = newSecret()
	at := s.clock()
	one := &session{Person: now.ID, Generation: now.Sessions, Created: at, LastUsed: at, stored: at}
	if one.rev, err = s.put(ctx, sessionKind, digest(cookie), 0, one); err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[digest(cookie)] = one
	return cookie, nil
}

// prune takes sessions that ended out of the store, and makes room for another
// one of the person. The caller holds writing.
func (s *Service) prune(ctx context.Context, person string) {
	var ended, own []string
	s.mu.Lock()
	for id, one := range s.sessions {
		switch {
		case s.ended(one):
			ended = append(ended, id)
		case one.Person == person:
			own = append(own, id)
		}
	}
	slices.SortFunc(own, func(a, b string) int { return s.sessions[a].LastUsed.Compare(s.sessions[b].LastUsed) })
	s.mu.Unlock()
	ended = ended[:min(len(ended), prunedAtOnce)]
	ended = append(ended, own[:max(0, len(own)-mostSessions+1)]...)
	for _, id := range ended {
		if err := s.drop(ctx, id); err != nil {
			s.options.Warn(err)
			return
		}
	}
}

// drop ends a session, in memory first. The caller holds writing.
func (s *Service) drop(ctx context.Context, id string) error {
	s.mu.Lock()
	delete(s.sessions, id)
	s.mu.Unlock()
	return s.records.RemoveRecord(ctx, sessionKind, id)
}

// SignOut ends a session. One that has ended is no error.
func (s *Service) SignOut(ctx context.Context, session string) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	_, there := s.sessions[session]
	s.mu.Unlock()
	if !there {
		return nil
	}
	err := s.drop(ctx, session)
	s.mu.Lock()
	s.announce()
	s.mu.Unlock()
	return err
}

// SignOutEverywhere ends every session of a person.
func (s *Service) SignOutEverywhere(ctx context.Context, id string) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	p := s.find(id)
	if p == nil {
		return noPerson(id)
	}
	next := *p
	next.Sessions = randomText()
	return s.commit(ctx, &next, LogEntry{Who: id, What: "accounts.log.sign_out", Args: problem.Args{"person": id}})
}
