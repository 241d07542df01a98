package accounts_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/web/accounts"
)

var ctx = context.Background()

// cheap makes hashing quick enough for tests.
var cheap = accounts.Options{HashMemory: 8, HashPasses: 1}

// A clock stands still unless told otherwise.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.Local)} }

func (c *clock) read() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// memory is the contract of store's records in a map. It can be told to fail.
type memory struct {
	mu      sync.Mutex
	rev     store.Rev
	records map[[2]string]store.Record
	// failAfter is how many writes still succeed, if it is not negative.
	failAfter int
	writes    int
}

func newMemory() *memory {
	return &memory{records: map[[2]string]store.Record{}, failAfter: -1}
}

var errFull = errors.New("full")

func (m *memory) write() error {
	m.writes++
	if m.failAfter == 0 {
		return errFull
	}
	m.failAfter = max(-1, m.failAfter-1)
	return nil
}

// PutRecord implements accounts.Records.
func (m *memory) PutRecord(_ context.Context, r store.Record) (store.Rev, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.write(); err != nil {
		return 0, err
	}
	key := [2]string{r.Kind, r.ID}
	if m.records[key].Rev != r.Rev {
		return 0, problem.Problem{Kind: problem.Conflict, Key: "store.stale_record"}
	}
	m.rev++
	r.Rev, r.Body = m.rev, slices.Clone(r.Body)
	m.records[key] = r
	return r.Rev, nil
}

// ListRecords implements accounts.Records.
func (m *memory) ListRecords(_ context.Context, kind string) ([]store.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var list []store.Record
	for key, r := range m.records {
		if key[0] == kind {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b store.Record) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// RemoveRecord implements accounts.Records.
func (m *memory) RemoveRecord(_ context.Context, kind, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.write(); err != nil {
		return err
	}
	delete(m.records, [2]string{kind, id})
	return nil
}

// text returns everything that is stored.
func (m *memory) text() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all strings.Builder
	for key, r := range m.records {
		all.WriteString(key[0] + " " + key[1] + " " + string(r.Body) + "\n")
	}
	return all.String()
}

func (m *memory) fail(after int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failAfter = after
}

func openBolt(t testing.TB) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "plans.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// everyStore runs a test on records in memory and on those of a file.
func everyStore(t *testing.T, test func(t *testing.T, records accounts.Records)) {
	t.Run("memory", func(t *testing.T) { test(t, newMemory()) })
	t.Run("bolt", func(t *testing.T) { test(t, openBolt(t)) })
}

type failer interface {
	Helper()
	Fatal(args ...any)
}

func open(t failer, records accounts.Records, c *clock) *accounts.Service {
	t.Helper()
	s, err := accounts.Open(ctx, records, c.read, cheap)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The people of most tests.
const (
	boss         = "office"
	bossPassword = "the boss's password"
	lead         = "first.second"
	leadPassword = "correct horse 电池"
)

var leadGrant = rights.Grant{Center: "Beijing", Role: rights.Lead, Position: "team_a", Members: []string{"voice"}}

// office sets up a server with an administrator and a lead, who has a password
// of their own.
func office(t failer, records accounts.Records, c *clock) *accounts.Service {
	t.Helper()
	s := open(t, records, c)
	if _, err := s.Setup(ctx, s.SetupToken(), boss, "Office", bossPassword); err != nil {
		t.Fatal(err)
	}
	temporary, err := s.Add(ctx, boss, accounts.Account{ID: lead, Name: "First Second", Grants: []rights.Grant{leadGrant}})
	if err != nil {
		t.Fatal(err)
	}
	change(t, s, lead, temporary, leadPassword)
	return s
}

func signIn(t failer, s *accounts.Service, id, password string) string {
	t.Helper()
	cookie, err := s.SignIn(ctx, id, password, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	return cookie
}

func caller(t failer, s *accounts.Service, cookie string) accounts.Caller {
	t.Helper()
	c, err := s.Authenticate(cookie, "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// change signs a person in, changes the password and signs out.
func change(t failer, s *accounts.Service, id, old, next string) {
	t.Helper()
	who := caller(t, s, signIn(t, s, id, old))
	if err := s.ChangePassword(ctx, who, old, next); err != nil {
		t.Fatal(err)
	}
	if err := s.SignOut(ctx, who.Session); err != nil {
		t.Fatal(err)
	}
}

// modify changes an account as an administrator does.
func modify(t failer, s *accounts.Service, id string, how func(*accounts.Account)) {
	t.Helper()
	account, _ := s.Person(id)
	how(&account)
	if err := s.Change(ctx, boss, account); err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err error, kind problem.Kind, key string) {
	t.Helper()
	if got := problem.Of(err); len(got) == 0 || got[0].Kind != kind || got[0].Key != key {
		t.Errorf("got %v, want %v %s", err, kind, key)
	}
}

// holds reports whether any JSON of a value holds a text.
func holds(t *testing.T, value any, text string) bool {
	t.Helper()
	body, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(body), text)
}
