// Package accounts knows the people who work with the plans: their passwords,
// sessions and tokens, the roles each has been granted, and who stands in for
// whom.
//
// Everything is held in memory and written through to records, so that a
// request is let in without a look at the disk. What a cookie or token says is
// 256 random bits, of which only the SHA-256 is kept: a stolen file lets nobody
// in. No error and no log entry holds a secret.
package accounts

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/store"
)

// Records is what the service asks of a store.Store, whose comments hold.
type Records interface {
	PutRecord(ctx context.Context, r store.Record) (store.Rev, error)
	ListRecords(ctx context.Context, kind string) ([]store.Record, error)
	RemoveRecord(ctx context.Context, kind, id string) error
}

// The kinds of records.
const (
	personKind  = "person"
	sessionKind = "session"
	tokenKind   = "token"
	logKind     = "account-log"
)

// Console is who an act is by that came from the command line. No person may
// have this id.
const Console = "console"

// Options set up a Service. The zero value suits a server in earnest.
type Options struct {
	// Demo has five people, one for each role, who need no password. Nothing is
	// stored and nothing about people can be changed.
	Demo bool
	// DemoLead gives the position and members of the demo's team lead.
	DemoLead rights.Grant
	// HashMemory, in KiB, and HashPasses are argon2id's parameters; 0 is 19 MiB
	// and 2.
	HashMemory, HashPasses uint32
	// Warn takes errors that keep nobody from working, such as that the time a
	// session was last used was not stored; nil drops them.
	Warn func(error)
}

// A Mode says what a server asks of those who come.
type Mode string

// The modes.
const (
	ModeSetup    Mode = "setup"    // there is no account yet
	ModeDemo     Mode = "demo"     // people are roles and need no password
	ModeAccounts Mode = "accounts" // people sign in
)

// An Account is a person as others may know them.
type Account struct {
	// ID never changes and is never given to another person.
	ID   string `json:"id"`
	Name string `json:"name"`
	// Grants are the person's own, without those of people they stand in for.
	Grants []rights.Grant `json:"grants"`
	// Disabled people cannot sign in and lend nobody their rights.
	Disabled bool `json:"disabled"`
	// Deputy stands in for the person; nil is nobody.
	Deputy *Deputy `json:"deputy"`
	// MustChange says that the password is a temporary one, with which nothing
	// but changing it is allowed.
	MustChange bool      `json:"must_change"`
	Created    time.Time `json:"created_at"`
}

// A Deputy has the rights of another person, but for those of an administrator,
// from the one day to the other, both included.
type Deputy struct {
	Person string        `json:"person"`
	From   calendar.Date `json:"from"`
	Until  calendar.Date `json:"until"`
}

// Administrator reports whether the account may manage people: an administrator
// of every center who is not disabled.
func (a Account) Administrator() bool {
	return !a.Disabled && slices.ContainsFunc(a.Grants, func(g rights.Grant) bool {
		return g.Role == rights.Administrator && g.Center == rights.Everywhere
	})
}

// A person is an account and what only this package knows of it. Values are
// not changed once they are in Service.people.
type person struct {
	Account
	// Password is a hash, as a PHC string.
	Password string `json:"password"`
	// Sessions and Tokens name the generations that are alive: a session or
	// token of another one has ended. So one write ends all of them at once.
	Sessions string `json:"sessions"`
	Tokens   string `json:"tokens"`

	rev store.Rev
}

// A Service lets people in and manages them. It is safe for concurrent use. All
// errors are problems or the context's.
type Service struct {
	records  Records
	clock    func() time.Time
	options  Options
	hasher   *hasher
	throttle *throttle

	// writing is held by whoever changes anything, records first, memory then.
	// It is taken before mu, and never while a password is hashed.
	writing sync.Mutex
	lastLog int    // the newest log entry; under writing
	setup   string // the set-up token

	mu       sync.Mutex
	people   map[string]*person
	sessions map[string]*session
	tokens   map[string]*token
	changed  chan struct{}
}

// Open reads all records. It writes nothing.
func Open(ctx context.Context, records Records, clock func() time.Time, options Options) (*Service, error) {
	if options.Warn == nil {
		options.Warn = func(error) {}
	}
	s := &Service{
		records: records, clock: clock, options: options,
		hasher: newHasher(options.HashMemory, options.HashPasses), throttle: newThrottle(), setup: newSecret(),
		people: map[string]*person{}, sessions: map[string]*session{}, tokens: map[string]*token{},
		changed: make(chan struct{}),
	}
	if options.Demo {
		s.records = forgetful{}
		s.castDemo()
		return s, nil
	}
	if err := s.load(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Service) load(ctx context.Context) error {
	err := each(ctx, s.records, personKind, func(r store.Record, p *person) {
		p.ID, p.rev = r.ID, r.Rev
		s.people[r.ID] = p
	})
	if err != nil {
		return err
	}
	err = each(ctx, s.records, sessionKind, func(r store.Record, one *session) {
		one.rev, one.stored = r.Rev, one.LastUsed
		s.sessions[r.ID] = one
	})
	if err != nil {
		return err
	}
	err = each(ctx, s.records, tokenKind, func(r store.Record, one *token) {
		one.ID, one.rev, one.stored = r.ID, r.Rev, one.LastUsed
		s.tokens[r.ID] = one
	})
	if err != nil {
		return err
	}
	return each(ctx, s.records, logKind, func(r store.Record, _ *json.RawMessage) {
		if n, err := strconv.Atoi(r.ID); err == nil {
			s.lastLog = max(s.lastLog, n)
		}
	})
}

// each decodes every record of a kind.
func each[T any](ctx context.Context, records Records, kind string, take func(store.Record, *T)) error {
	list, err := records.ListRecords(ctx, kind)
	if err != nil {
		return err
	}
	for _, r := range list {
		value := new(T)
		if err := json.Unmarshal(r.Body, value); err != nil {
			return fmt.Errorf("read the %s record %s: %w", kind, r.ID, err)
		}
		take(r, value)
	}
	return nil
}

// put stores a value as a record in place of the one at rev.
func (s *Service) put(ctx context.Context, kind, id string, rev store.Rev, value any) (store.Rev, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return 0, fmt.Errorf("encode a %s record: %w", kind, err)
	}
	return s.records.PutRecord(ctx, store.Record{Kind: kind, ID: id, Rev: rev, Body: body})
}

// Mode returns what the server asks of those who come.
func (s *Service) Mode() Mode {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.options.Demo:
		return ModeDemo
	case len(s.people) == 0:
		return ModeSetup
	}
	return ModeAccounts
}

// Changed returns a channel that is closed when anything next changes about
// people, their rights, or sessions and tokens that end. Who keeps a stream
// open asks for the channel, looks at the caller by Recheck, and waits. What
// ends by time alone, such as a deputy's last day, closes no channel.
func (s *Service) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// announce closes the channel of Changed. The caller holds mu.
func (s *Service) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// today returns the day it is where the server stands.
func (s *Service) today() calendar.Date {
	return dateOf(s.clock())
}

func dateOf(at time.Time) calendar.Date {
	year, month, day := at.Local().Date()
	return calendar.Of(year, int(month)).Date(day)
}

// People returns everybody, by id.
func (s *Service) People() []Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	accounts := make([]Account, 0, len(s.people))
	for _, id := range slices.Sorted(maps.Keys(s.people)) {
		accounts = append(accounts, s.people[id].copy())
	}
	return accounts
}

// Person returns one account.
func (s *Service) Person(id string) (Account, bool) {
	p := s.find(normalID(id))
	if p == nil {
		return Account{}, false
	}
	return p.copy(), true
}

// copy returns the account, which the caller may change.
func (p *person) copy() Account {
	account := p.Account
	account.Grants = copyGrants(account.Grants)
	if account.Deputy != nil {
		deputy := *account.Deputy
		account.Deputy = &deputy
	}
	return account
}

func copyGrants(grants []rights.Grant) []rights.Grant {
	copied := make([]rights.Grant, len(grants))
	for i, g := range grants {
		g.Members = slices.Clone(g.Members)
		copied[i] = g
	}
	return copied
}

// find returns a person, nil if there is none of that id.
func (s *Service) find(id string) *person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.people[id]
}

func noPerson(id string) error {
	return problem.Problem{Kind: problem.NotFound, Key: "accounts.no_person", Args: problem.Args{"person": id}}
}

func forbidden(key string) error { return problem.Problem{Kind: problem.Forbidden, Key: key} }
