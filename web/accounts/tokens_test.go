package accounts_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/web/accounts"
)

func TestTokens(t *testing.T) {
	c := newClock()
	s := office(t, newMemory(), c)
	who := caller(t, s, signIn(t, s, boss, bossPassword))
	for name, tc := range map[string]struct {
		name  string
		scope accounts.Scope
		until string
		key   string
	}{
		"no name":           {"", accounts.ScopeRead, "2027-01-01", "accounts.token_name"},
		"no scope":          {"export", "", "2027-01-01", "accounts.token_scope"},
		"a scope of all":    {"export", "all", "2027-01-01", "accounts.token_scope"},
		"a day past":        {"export", accounts.ScopeRead, "2026-11-20", "accounts.token_until"},
		"a day too far off": {"export", accounts.ScopeRead, "2027-11-23", "accounts.token_until"},
	} {
		_, _, err := s.AddToken(ctx, who, tc.name, tc.scope, day(t, tc.until))
		if got := problem.Of(err); len(got) != 1 || got[0].Key != tc.key {
			t.Errorf("%s: got %v, want %s", name, err, tc.key)
		}
	}
	_, _, err := s.AddToken(ctx, who, "export", accounts.ScopeRead, calendar.Date{})
	wants(t, err, problem.Invalid, "accounts.token_until")

	secret, token, err := s.AddToken(ctx, who, "export", accounts.ScopeEdit, day(t, "2026-11-22"))
	if err != nil || !strings.HasPrefix(secret, "cpt_") {
		t.Fatalf("%q, %v", secret, err)
	}
	program, err := s.Authenticate("", secret)
	if err != nil || program.Scope != accounts.ScopeEdit || program.Session != "" || program.Administrator() {
		t.Fatalf("got %+v, %v", program, err)
	}
	_, _, err = s.AddToken(ctx, program, "more", accounts.ScopeEdit, day(t, "2026-11-22"))
	wants(t, err, problem.Forbidden, "accounts.token_may_not")
	wants(t, s.ChangePassword(ctx, program, bossPassword, "another password"), problem.Forbidden, "accounts.token_may_not")
	for _, wrong := range []string{secret + "x", strings.TrimPrefix(secret, "cpt_"), "cpt_", token.ID} {
		_, err := s.Authenticate("", wrong)
		wants(t, err, problem.Forbidden, "accounts.sign_in")
	}
	_, err = s.Authenticate(secret, "")
	wants(t, err, problem.Forbidden, "accounts.sign_in")
	wants(t, s.RemoveToken(ctx, lead, token.ID), problem.NotFound, "accounts.no_token")
	c.pass(24 * time.Hour)
	if _, err := s.Authenticate("", secret); err != nil {
		t.Errorf("on its last day: %v", err)
	}
	c.pass(24 * time.Hour)
	_, err = s.Authenticate("", secret)
	wants(t, err, problem.Forbidden, "accounts.sign_in")
	if got := s.Tokens(boss); len(got) != 0 {
		t.Errorf("tokens: %+v", got)
	}
}

func TestTokensHaveAnEnd(t *testing.T) {
	records := newMemory()
	s := office(t, records, newClock())
	cookie := signIn(t, s, lead, leadPassword)
	var secrets []string
	for n := range 51 {
		secret, _, err := s.AddToken(ctx, caller(t, s, cookie), strconv.Itoa(n), accounts.ScopeRead, day(t, "2026-12-01"))
		if n == 50 {
			wants(t, err, problem.Conflict, "accounts.many_tokens")
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, secret)
	}
	tokens := s.Tokens(lead)
	if err := s.RemoveToken(ctx, lead, tokens[0].ID); err != nil {
		t.Fatal(err)
	}
	modify(t, s, lead, func(a *accounts.Account) { a.Disabled = true })
	modify(t, s, lead, func(a *accounts.Account) { a.Disabled = false })
	for _, secret := range secrets {
		_, err := s.Authenticate("", secret)
		wants(t, err, problem.Forbidden, "accounts.sign_in")
	}
	_, err := s.Authenticate(cookie, "")
	wants(t, err, problem.Forbidden, "accounts.sign_in")
	if _, _, err := s.AddToken(ctx, caller(t, s, signIn(t, s, lead, leadPassword)), "new", accounts.ScopeRead, day(t, "2026-12-01")); err != nil {
		t.Error(err)
	}
	if list, _ := records.ListRecords(ctx, "token"); len(list) != 30 {
		t.Errorf("%d tokens are stored: the ended ones go, some at a time", len(list))
	}
}

func TestADeputyHasTheRightsForItsDays(t *testing.T) {
	c := newClock()
	s := office(t, newMemory(), c)
	cookie := signIn(t, s, lead, leadPassword)
	self, unknown := accounts.Deputy{Person: boss}, accounts.Deputy{Person: "nobody"}
	wants(t, s.SetDeputy(ctx, boss, &self), problem.Invalid, "accounts.deputy_self")
	wants(t, s.SetDeputy(ctx, boss, &unknown), problem.Invalid, "accounts.deputy_person")
	for _, span := range [][2]string{{"2026-11-25", "2026-11-24"}, {"2026-11-01", "2026-11-20"}} {
		wants(t, s.SetDeputy(ctx, boss, &accounts.Deputy{Person: lead, From: day(t, span[0]), Until: day(t, span[1])}),
			problem.Invalid, "accounts.deputy_span")
	}
	wants(t, s.SetDeputy(ctx, boss, &accounts.Deputy{Person: lead}), problem.Invalid, "accounts.deputy_span")
	if err := s.SetDeputy(ctx, boss, &accounts.Deputy{Person: lead, From: day(t, "2026-11-22"), Until: day(t, "2026-11-23")}); err != nil {
		t.Fatal(err)
	}
	director := rights.Grant{Center: "*", Role: rights.Director}
	for at, stands := range []bool{false, true, true, false} {
		who, err := s.Recheck(cookie, "")
		if at > 0 { // the session ends by idleness: a new one
			cookie = signIn(t, s, lead, leadPassword)
			who, err = s.Recheck(cookie, "")
		}
		if err != nil {
			t.Fatal(err)
		}
		want := []rights.Grant{leadGrant}
		if stands {
			want = append(want, director)
		}
		if fmt.Sprint(who.Person.Grants) != fmt.Sprint(want) || (len(who.StandsFor[boss]) == 1) != stands || who.Administrator() {
			t.Errorf("on day %d: %+v, stands for %v", at, who.Person.Grants, who.StandsFor)
		}
		c.pass(24 * time.Hour)
	}
}

func TestWhatIsLentIsNotLentOn(t *testing.T) {
	s := office(t, newMemory(), newClock())
	temporary, err := s.Add(ctx, boss, accounts.Account{ID: "third", Name: "Third", Grants: []rights.Grant{{Center: "*", Role: rights.Viewer}}})
	if err != nil {
		t.Fatal(err)
	}
	change(t, s, "third", temporary, "third's password")
	now := func(person string) *accounts.Deputy {
		return &accounts.Deputy{Person: person, From: day(t, "2026-11-21"), Until: day(t, "2026-11-21")}
	}
	if err := errors.Join(s.SetDeputy(ctx, boss, now(lead)), s.SetDeputy(ctx, lead, now("third"))); err != nil {
		t.Fatal(err)
	}
	cookie := signIn(t, s, "third", "third's password")
	if who := caller(t, s, cookie); len(who.Person.Grants) != 2 || len(who.StandsFor[boss]) != 0 {
		t.Errorf("got %+v", who)
	}
	modify(t, s, lead, func(a *accounts.Account) { a.Disabled = true })
	if who := caller(t, s, cookie); len(who.Person.Grants) != 1 || who.StandsFor != nil {
		t.Errorf("of a disabled person: %+v", who)
	}
	if err := s.SetDeputy(ctx, boss, nil); err != nil {
		t.Error(err)
	}
	if account, _ := s.Person(boss); account.Deputy != nil {
		t.Errorf("still %+v", account.Deputy)
	}
}

func TestTheDemoLetsEverybodyBeEveryRole(t *testing.T) {
	records := newMemory()
	s, err := accounts.Open(ctx, records, newClock().read, accounts.Options{
		Demo: true, DemoLead: rights.Grant{Position: "team_a", Members: []string{"voice"}}, HashMemory: 8, HashPasses: 1,
	})
	if err != nil || s.Mode() != accounts.ModeDemo {
		t.Fatal(s.Mode(), err)
	}
	for _, cookie := range []string{"", "from before a restart"} {
		if who := caller(t, s, cookie); who.Account.ID != "director" || who.Session != "" {
			t.Errorf("%q: got %+v", cookie, who)
		}
	}
	for _, role := range rights.Roles() {
		cookie, err := s.SignIn(ctx, string(role), "", "")
		if err != nil {
			t.Fatal(err)
		}
		who := caller(t, s, cookie)
		if who.Account.ID != string(role) || rights.RolesIn(who.Person, "anywhere")[0] != role || !strings.Contains(who.Account.Name, " · ") {
			t.Errorf("%s: got %+v", role, who)
		}
		if role == rights.Lead && (who.Person.Grants[0].Position != "team_a" || who.Person.Grants[0].Members[0] != "voice") {
			t.Errorf("lead: %+v", who.Person)
		}
		for _, err := range []error{
			s.ChangePassword(ctx, who, "", "another password"), s.SetDeputy(ctx, who.Account.ID, nil), s.Change(ctx, "administrator", who.Account),
		} {
			wants(t, err, problem.Forbidden, "accounts.demo")
		}
		_, err = s.Reset(ctx, accounts.Console, "lead")
		wants(t, err, problem.Forbidden, "accounts.demo")
		_, _, err = s.AddToken(ctx, who, "export", accounts.ScopeRead, day(t, "2027-01-01"))
		wants(t, err, problem.Forbidden, "accounts.demo")
		if err := s.SignOut(ctx, who.Session); err != nil {
			t.Error(err)
		}
		if caller(t, s, cookie).Account.ID != "director" {
			t.Error("signed out and not the director")
		}
	}
	_, err = s.SignIn(ctx, "nobody", "", "")
	wants(t, err, problem.Forbidden, "accounts.wrong")
	_, err = s.Authenticate("", "cpt_x")
	wants(t, err, problem.Forbidden, "accounts.sign_in")
	if records.writes > 0 || s.SetupToken() != "" {
		t.Error("the demo stores something")
	}
}
