package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/web/accounts"
)

func day(t failer, text string) calendar.Date {
	t.Helper()
	date, ok := calendar.ParseDate(text)
	if !ok {
		t.Fatal(text)
	}
	return date
}

func TestWhoCannotSignInIsToldTheSame(t *testing.T) {
	s := office(t, newMemory(), newClock())
	if _, err := s.Add(ctx, boss, accounts.Account{ID: "gone", Name: "Gone"}); err != nil {
		t.Fatal(err)
	}
	temporary, err := s.Reset(ctx, boss, "gone")
	if err != nil {
		t.Fatal(err)
	}
	modify(t, s, "gone", func(a *accounts.Account) { a.Disabled = true })
	said := map[string]bool{}
	for _, tc := range [][2]string{{"nobody", leadPassword}, {lead, "wrong password"}, {lead, ""}, {"gone", temporary}, {"", ""}} {
		_, err := s.SignIn(ctx, tc[0], tc[1], "")
		wants(t, err, problem.Forbidden, "accounts.wrong")
		said[err.Error()] = true
	}
	if len(said) != 1 {
		t.Errorf("told apart: %v", said)
	}
}

func TestPasswordsAreTheSameFromEveryKeyboard(t *testing.T) {
	s := office(t, newMemory(), newClock())
	change(t, s, lead, leadPassword, "cafe\u0301 au lait")
	signIn(t, s, " FIRST.SECOND ", "caf\u00e9 au lait")
}

func TestWhatAPasswordMayBe(t *testing.T) {
	s := office(t, newMemory(), newClock())
	if _, err := s.Add(ctx, boss, accounts.Account{ID: "someone.long", Name: "S"}); err != nil {
		t.Fatal(err)
	}
	temporary, err := s.Reset(ctx, boss, "someone.long")
	if err != nil {
		t.Fatal(err)
	}
	who := caller(t, s, signIn(t, s, "someone.long", temporary))
	for password, key := range map[string]string{
		"九个汉字不够长也":               "accounts.password_length",
		strings.Repeat("x", 201): "accounts.password_length",
		"not \xff text at all":   "accounts.password_length",
		"Someone.Long":           "accounts.password_is_id",
		temporary:                "accounts.password_same",
	} {
		wants(t, s.ChangePassword(ctx, who, temporary, password), problem.Invalid, key)
	}
	if err := s.ChangePassword(ctx, who, temporary, strings.Repeat("汉", 200)); err != nil {
		t.Error(err)
	}
	if err := s.ChangePassword(ctx, who, strings.Repeat("汉", 200), "十个汉字正好就够长了"); err != nil {
		t.Error(err)
	}
}

func TestATemporaryPasswordAllowsNothingButChangingIt(t *testing.T) {
	s := office(t, newMemory(), newClock())
	cookie := signIn(t, s, lead, leadPassword)
	secret, _, err := s.AddToken(ctx, caller(t, s, cookie), "export", accounts.ScopeRead, day(t, "2027-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	temporary, err := s.Reset(ctx, boss, lead)
	if err != nil {
		t.Fatal(err)
	}
	for _, dead := range [][2]string{{cookie, ""}, {"", secret}} {
		_, err := s.Authenticate(dead[0], dead[1])
		wants(t, err, problem.Forbidden, "accounts.sign_in")
	}
	_, err = s.SignIn(ctx, lead, leadPassword, "")
	wants(t, err, problem.Forbidden, "accounts.wrong")
	who := caller(t, s, signIn(t, s, lead, temporary))
	wants(t, who.Allowed(), problem.Forbidden, "accounts.must_change")
	if len(who.Person.Grants) != 0 || who.StandsFor != nil {
		t.Errorf("has rights: %+v", who.Person)
	}
	_, _, err = s.AddToken(ctx, who, "other", accounts.ScopeRead, day(t, "2027-01-01"))
	wants(t, err, problem.Forbidden, "accounts.must_change")
	if err := s.ChangePassword(ctx, who, temporary, leadPassword); err != nil {
		t.Fatal(err)
	}
	who = caller(t, s, signIn(t, s, lead, leadPassword))
	if who.Allowed() != nil || len(who.Person.Grants) != 1 {
		t.Errorf("got %+v", who)
	}
}

func TestATemporaryAdministratorManagesNobody(t *testing.T) {
	s := office(t, newMemory(), newClock())
	temporary, err := s.Reset(ctx, accounts.Console, boss)
	if err != nil {
		t.Fatal(err)
	}
	if caller(t, s, signIn(t, s, boss, temporary)).Administrator() {
		t.Error("is an administrator")
	}
	_, err = s.Reset(ctx, boss, lead)
	wants(t, err, problem.Forbidden, "accounts.not_administrator")
}

func TestAChangeOfPasswordEndsTheOtherSessions(t *testing.T) {
	everyStore(t, func(t *testing.T, records accounts.Records) {
		c := newClock()
		s := office(t, records, c)
		own, other := signIn(t, s, lead, leadPassword), signIn(t, s, lead, leadPassword)
		if err := s.ChangePassword(ctx, caller(t, s, own), leadPassword, "another password"); err != nil {
			t.Fatal(err)
		}
		for _, s := range []*accounts.Service{s, open(t, records, c)} {
			caller(t, s, own)
			_, err := s.Authenticate(other, "")
			wants(t, err, problem.Forbidden, "accounts.sign_in")
		}
		wants(t, s.ChangePassword(ctx, caller(t, s, own), leadPassword, "yet another one"), problem.Invalid, "accounts.old_password")
	})
}

func TestSignInSlowsDown(t *testing.T) {
	// tries makes attempts until the clock would have to wait longer than most,
	// and returns how many were answered in that time.
	answered := func(s *accounts.Service, c *clock, id func(int) string, address string, span time.Duration) int {
		end, count := c.read().Add(span), 0
		for c.read().Before(end) {
			_, err := s.SignIn(ctx, id(count), "wrong password", address)
			p := problem.Of(err)[0]
			if p.Key != "accounts.wait" {
				count++
				continue
			}
			seconds, _ := strconv.Atoi(p.Args["seconds"])
			if seconds < 1 {
				t.Fatalf("waits %q seconds", p.Args["seconds"])
			}
			c.pass(time.Duration(seconds) * time.Second)
		}
		return count
	}
	same := func(id string) func(int) string { return func(int) string { return id } }
	for name, tc := range map[string]struct {
		id          func(int) string
		address     string
		least, most int
	}{
		"on an account":               {same(lead), "", 10, 75},
		"on one that does not exist":  {same("nobody"), "", 10, 75},
		"from an address on everyone": {func(n int) string { return fmt.Sprint("guess", n) }, "192.0.2.7", 20, 35},
	} {
		c := newClock()
		s := office(t, newMemory(), c)
		if got := answered(s, c, tc.id, tc.address, time.Hour); got < tc.least || got > tc.most {
			t.Errorf("%s: %d attempts in an hour, want %d to %d", name, got, tc.least, tc.most)
		}
	}
}

func TestWhoWaitsIsRefusedWithTheRightPasswordToo(t *testing.T) {
	c := newClock()
	s := office(t, newMemory(), c)
	for {
		if _, err := s.SignIn(ctx, lead, "wrong password", ""); problem.Of(err)[0].Key == "accounts.wait" {
			break
		}
	}
	_, err := s.SignIn(ctx, lead, leadPassword, "")
	wants(t, err, problem.Forbidden, "accounts.wait")
	c.pass(time.Minute)
	signIn(t, s, lead, leadPassword)
	if _, err := s.SignIn(ctx, lead, "wrong password", ""); problem.Of(err)[0].Key != "accounts.wrong" {
		t.Errorf("after the right password: %v", err)
	}
}

func TestManyAttemptsAtOnceGetNoFurther(t *testing.T) {
	s := office(t, newMemory(), newClock())
	var wg sync.WaitGroup
	var mu sync.Mutex
	answered := 0
	for range 100 {
		wg.Go(func() {
			_, err := s.SignIn(ctx, lead, "wrong password", "192.0.2.9")
			mu.Lock()
			defer mu.Unlock()
			if problem.Of(err)[0].Key == "accounts.wrong" {
				answered++
			}
		})
	}
	wg.Wait()
	if answered > 6 {
		t.Errorf("%d attempts were answered", answered)
	}
}

func TestAnAttemptThatCameToNoAnswerDoesNotCount(t *testing.T) {
	s := office(t, newMemory(), newClock())
	over, cancel := context.WithCancel(ctx)
	cancel()
	gone := 0
	for range 200 { // a turn may be free and is taken then
		if _, err := s.SignIn(over, lead, leadPassword, "192.0.2.9"); errors.Is(err, context.Canceled) {
			gone++
		}
	}
	if gone == 0 {
		t.Error("every attempt found a turn")
	}
	signIn(t, s, lead, leadPassword)
}

func TestPasswordGuessesAtASessionSlowDownToo(t *testing.T) {
	s := office(t, newMemory(), newClock())
	who := caller(t, s, signIn(t, s, lead, leadPassword))
	var err error
	for range 7 {
		err = s.ChangePassword(ctx, who, "a wrong password", "another password")
	}
	wants(t, err, problem.Forbidden, "accounts.wait")
}

func TestSessionsEndByIdlenessAndByAge(t *testing.T) {
	everyStore(t, func(t *testing.T, records accounts.Records) {
		c := newClock()
		s := office(t, records, c)
		idle, busy, streamed := signIn(t, s, lead, leadPassword), signIn(t, s, lead, leadPassword), signIn(t, s, lead, leadPassword)
		for hours := range 30 * 24 {
			caller(t, s, busy)
			_, streamErr := s.Recheck(streamed, "")
			if ended := hours >= 12; (streamErr != nil) != ended {
				t.Fatalf("after %d hours a stream: %v", hours, streamErr)
			}
			if hours == 12 {
				_, err := s.Authenticate(idle, "")
				wants(t, err, problem.Forbidden, "accounts.sign_in")
			}
			c.pass(time.Hour)
			if hours%100 == 0 {
				s = open(t, records, c)
			}
		}
		_, err := s.Authenticate(busy, "")
		wants(t, err, problem.Forbidden, "accounts.sign_in")
	})
}

func TestUsingASessionWritesSeldom(t *testing.T) {
	records, c := newMemory(), newClock()
	s := office(t, records, c)
	cookie := signIn(t, s, lead, leadPassword)
	before := records.writes
	for range 3600 {
		c.pass(time.Second)
		caller(t, s, cookie)
	}
	if got := records.writes - before; got < 10 || got > 12 {
		t.Errorf("%d writes in an hour of a request each second", got)
	}
}

func TestSessionsDoNotFillTheStore(t *testing.T) {
	records, c := newMemory(), newClock()
	s := office(t, records, c)
	first := signIn(t, s, lead, leadPassword)
	for range 100 {
		c.pass(time.Minute)
		signIn(t, s, lead, leadPassword)
	}
	list, err := records.ListRecords(ctx, "session")
	if err != nil || len(list) > 101 { // the boss's own among them
		t.Errorf("%d sessions, %v", len(list), err)
	}
	_, err = s.Authenticate(first, "")
	wants(t, err, problem.Forbidden, "accounts.sign_in")
	c.pass(13 * time.Hour)
	for range 10 {
		signIn(t, s, lead, leadPassword)
	}
	if list, err := records.ListRecords(ctx, "session"); err != nil || len(list) != 10 {
		t.Errorf("%d sessions after the others ended, %v", len(list), err)
	}
}

func TestAHashOfOldParametersIsMadeAnew(t *testing.T) {
	records, c := newMemory(), newClock()
	office(t, records, c)
	raised := cheap
	raised.HashMemory, raised.HashPasses = 64, 2
	s, err := accounts.Open(ctx, records, c.read, raised)
	if err != nil {
		t.Fatal(err)
	}
	signIn(t, s, lead, leadPassword)
	text := records.text()
	if strings.Count(text, "$m=64,t=2,p=1$") != 1 || strings.Count(text, "$m=8,t=1,p=1$") != 1 {
		t.Errorf("stored: %s", text)
	}
	signIn(t, s, lead, leadPassword)
	signIn(t, open(t, records, c), lead, leadPassword)
}

func TestASpoiledHashLetsNobodyInAndIsWarnedOf(t *testing.T) {
	for _, spoiled := range []string{
		"", "$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=1,p=1$AAAA$",
		"$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=18$m=8,t=1,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=8,t=0,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=1,p=1$!$AAAAAAAAAAAAAAAAAAAAAAAA",
	} {
		records, c := newMemory(), newClock()
		body := fmt.Sprintf(`{"name":"S","grants":[],"password":%q,"sessions":"a","tokens":"b"}`, spoiled)
		if _, err := records.PutRecord(ctx, record("person", "someone", body)); err != nil {
			t.Fatal(err)
		}
		warned := 0
		options := cheap
		options.Warn = func(error) { warned++ }
		s, err := accounts.Open(ctx, records, c.read, options)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.SignIn(ctx, "someone", "any password", "")
		wants(t, err, problem.Forbidden, "accounts.wrong")
		if warned != 1 {
			t.Errorf("%q: warned %d times", spoiled, warned)
		}
	}
}

func record(kind, id, body string) store.Record {
	return store.Record{Kind: kind, ID: id, Body: []byte(body)}
}
