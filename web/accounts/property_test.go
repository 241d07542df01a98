package accounts_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"centerplan/planning/rights"
	"centerplan/web/accounts"
)

// A known session is a cookie that was given out and what must be true of it.
type knownSession struct {
	cookie   string
	person   string
	created  time.Time
	lastUsed time.Time
	ended    bool
}

// machine does at random what people do, and knows which sessions and tokens
// must have ended.
type machine struct {
	t        *rapid.T
	clock    *clock
	records  *memory
	s        *accounts.Service
	password map[string]string
	disabled map[string]bool
	sessions []*knownSession
	tokens   map[string]*knownSession // by secret
	next     int
}

// alive reports what must be true of a session now.
func (m *machine) alive(k *knownSession) bool {
	now := m.clock.read()
	return !k.ended && !m.disabled[k.person] && now.Sub(k.lastUsed) < 12*time.Hour && now.Sub(k.created) < 30*24*time.Hour
}

// end ends the sessions of a person but one.
func (m *machine) end(person string, but *knownSession) {
	for _, k := range m.sessions {
		if k.person == person && k != but {
			k.ended = true
		}
	}
}

func (m *machine) endTokens(person string) {
	for _, k := range m.tokens {
		if k.person == person {
			k.ended = true
		}
	}
}

func (m *machine) person() string {
	return rapid.SampledFrom([]string{boss, lead, "third"}).Draw(m.t, "person")
}

func (m *machine) fresh() string {
	m.next++
	return fmt.Sprintf("password number %d", m.next)
}

// session draws a session that is alive, nil if there is none.
func (m *machine) session() *knownSession {
	var alive []*knownSession
	for _, k := range m.sessions {
		if m.alive(k) {
			alive = append(alive, k)
		}
	}
	if len(alive) == 0 {
		return nil
	}
	return rapid.SampledFrom(alive).Draw(m.t, "session")
}

// use authenticates by a session that is alive.
func (m *machine) use(k *knownSession) accounts.Caller {
	who, err := m.s.Authenticate(k.cookie, "")
	if err != nil {
		m.t.Fatalf("a session of %s that is alive: %v", k.person, err)
	}
	k.lastUsed = m.clock.read()
	return who
}

func (m *machine) signIn() {
	person := m.person()
	right := rapid.Bool().Draw(m.t, "right")
	password := m.password[person]
	if !right {
		password = "a wrong password"
	}
	cookie, err := m.s.SignIn(ctx, person, password, "")
	if may := right && !m.disabled[person]; (err == nil) != may {
		m.t.Fatalf("%s signs in, right %v, disabled %v: %v", person, right, m.disabled[person], err)
	}
	if err == nil {
		now := m.clock.read()
		m.sessions = append(m.sessions, &knownSession{cookie: cookie, person: person, created: now, lastUsed: now})
		return
	}
	m.clock.pass(2 * time.Minute) // whatever the wait
}

func (m *machine) changePassword() {
	k := m.session()
	if k == nil {
		return
	}
	next := m.fresh()
	if err := m.s.ChangePassword(ctx, m.use(k), m.password[k.person], next); err != nil {
		m.t.Fatal(err)
	}
	m.password[k.person] = next
	m.end(k.person, k)
}

func (m *machine) reset() {
	person := m.person()
	temporary, err := m.s.Reset(ctx, accounts.Console, person)
	if err != nil {
		m.t.Fatal(err)
	}
	m.password[person] = temporary
	m.end(person, nil)
	m.endTokens(person)
}

func (m *machine) disable() {
	person := m.person()
	account, _ := m.s.Person(person)
	account.Disabled = !account.Disabled
	if err := m.s.Change(ctx, accounts.Console, account); err != nil {
		if person == boss {
			return // the last administrator
		}
		m.t.Fatal(err)
	}
	if m.disabled[person] = account.Disabled; account.Disabled {
		m.end(person, nil)
		m.endTokens(person)
	}
}

func (m *machine) signOut() {
	k := m.session()
	if k == nil {
		return
	}
	if err := m.s.SignOut(ctx, m.use(k).Session); err != nil {
		m.t.Fatal(err)
	}
	k.ended = true
}

func (m *machine) signOutEverywhere() {
	person := m.person()
	if err := m.s.SignOutEverywhere(ctx, person); err != nil {
		m.t.Fatal(err)
	}
	m.end(person, nil)
}

func (m *machine) addToken() {
	k := m.session()
	if k == nil {
		return
	}
	who := m.use(k)
	secret, _, err := m.s.AddToken(ctx, who, "token", accounts.ScopeRead, day(m.t, "2027-11-01"))
	if (err == nil) == who.Account.MustChange {
		m.t.Fatalf("a token of %s, who must change %v: %v", k.person, who.Account.MustChange, err)
	}
	if err == nil {
		m.tokens[secret] = &knownSession{person: k.person}
	}
}

// restart begins anew with what is stored. A session's last use is stored once
// in five minutes only, and seems that much earlier.
func (m *machine) restart() {
	for _, k := range m.sessions {
		if m.alive(k) {
			m.clock.pass(6 * time.Minute)
			if !m.alive(k) {
				continue
			}
			m.use(k) // stored now
		}
	}
	m.s = open(m.t, m.records, m.clock)
}

func (m *machine) pass() {
	m.clock.pass(time.Duration(rapid.IntRange(1, 14*60).Draw(m.t, "minutes")) * time.Minute)
}

// failingStore does something that needs the store while that is full, which
// changes nothing.
func (m *machine) failingStore() {
	person := m.person()
	m.records.fail(rapid.IntRange(0, 1).Draw(m.t, "writes"))
	defer m.records.fail(-1)
	if err := m.s.SignOutEverywhere(ctx, person); err == nil {
		m.t.Fatal("stored in a full store")
	}
	if _, err := m.s.Reset(ctx, accounts.Console, person); err == nil {
		m.t.Fatal("stored in a full store")
	}
}

// check is what must be true after every step.
func (m *machine) check(t *rapid.T) {
	for _, k := range m.sessions {
		_, err := m.s.Recheck(k.cookie, "")
		if want := m.alive(k); (err == nil) != want {
			t.Fatalf("a session of %s lets in: %v, must: %v", k.person, err == nil, want)
		}
	}
	for secret, k := range m.tokens {
		account, _ := m.s.Person(k.person)
		_, err := m.s.Recheck("", secret)
		if want := !k.ended && !account.Disabled && !account.MustChange; (err == nil) != want {
			t.Fatalf("a token of %s lets in: %v, must: %v (%v)", k.person, err == nil, want, err)
		}
	}
}

// TestWhatHasEndedNeverLetsAnybodyIn and what has not does, whatever the order
// of what people do, restarts and full disks among it.
func TestWhatHasEndedNeverLetsAnybodyIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{
			t: t, clock: newClock(), records: newMemory(),
			password: map[string]string{boss: bossPassword, lead: leadPassword, "third": ""},
			disabled: map[string]bool{}, tokens: map[string]*knownSession{},
		}
		m.s = office(t, m.records, m.clock)
		temporary, err := m.s.Add(ctx, boss, accounts.Account{ID: "third", Name: "Third", Grants: []rights.Grant{leadGrant}})
		if err != nil {
			t.Fatal(err)
		}
		m.password["third"] = temporary
		// The session that set the server up is still alive and not looked at.
		step := func(do func()) func(*rapid.T) { return func(*rapid.T) { do() } }
		t.Repeat(map[string]func(*rapid.T){
			"": m.check, "sign in": step(m.signIn), "sign in too": step(m.signIn), "change password": step(m.changePassword),
			"reset": step(m.reset), "disable": step(m.disable), "sign out": step(m.signOut),
			"sign out everywhere": step(m.signOutEverywhere), "add token": step(m.addToken), "restart": step(m.restart),
			"pass": step(m.pass), "full": step(m.failingStore),
		})
	})
}

// TestASignInDuringAnEndIsBeforeOrAfterIt lets people sign in, use their
// sessions and lose them all at once.
func TestASignInDuringAnEndIsBeforeOrAfterIt(t *testing.T) {
	c := newClock()
	s := office(t, openBolt(t), c)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var cookies []string
	for n := range 4 {
		wg.Go(func() {
			for range 20 {
				cookie, err := s.SignIn(ctx, lead, leadPassword, strconv.Itoa(n))
				if err != nil {
					continue // disabled just now
				}
				_, _ = s.Authenticate(cookie, "")
				c.pass(time.Second)
				mu.Lock()
				cookies = append(cookies, cookie)
				mu.Unlock()
			}
		})
	}
	wg.Go(func() {
		for range 10 {
			account, _ := s.Person(lead)
			account.Disabled = !account.Disabled
			if err := s.Change(ctx, boss, account); err != nil {
				t.Error(err)
			}
			_, _, _ = s.People(), s.Tokens(lead), s.Mode()
		}
	})
	wg.Wait()
	if err := s.SignOutEverywhere(ctx, lead); err != nil {
		t.Fatal(err)
	}
	for _, cookie := range cookies {
		if _, err := s.Authenticate(cookie, ""); err == nil {
			t.Fatal("a session outlived its end")
		}
	}
}
