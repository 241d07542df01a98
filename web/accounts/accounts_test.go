package accounts_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/web/accounts"
)

func TestSetupIsForTheFirstPersonWithTheToken(t *testing.T) {
	everyStore(t, func(t *testing.T, records accounts.Records) {
		s := open(t, records, newClock())
		token := s.SetupToken()
		if s.Mode() != accounts.ModeSetup || token == "" {
			t.Fatalf("mode %s, token %q", s.Mode(), token)
		}
		_, err := s.Setup(ctx, token+"x", boss, "Office", bossPassword)
		wants(t, err, problem.Forbidden, "accounts.setup_token")
		_, err = s.Setup(ctx, "", boss, "Office", bossPassword)
		wants(t, err, problem.Forbidden, "accounts.setup_token")
		_, err = s.Setup(ctx, token, "Not An Id", "", "short")
		var keys []string
		for _, p := range problem.Of(err) {
			keys = append(keys, p.Key)
		}
		if want := []string{"accounts.id_form", "accounts.name_form", "accounts.password_length"}; !slices.Equal(keys, want) {
			t.Errorf("got %v, want %v", keys, want)
		}
		cookie, err := s.Setup(ctx, token, " OFFICE ", "Office", bossPassword)
		if err != nil {
			t.Fatal(err)
		}
		if got := caller(t, s, cookie); !got.Administrator() || got.Account.ID != boss || got.Account.MustChange || got.Scope != accounts.ScopeEdit {
			t.Errorf("got %+v", got)
		}
		if s.Mode() != accounts.ModeAccounts || s.SetupToken() != "" {
			t.Errorf("mode %s, token %q", s.Mode(), s.SetupToken())
		}
		_, err = s.Setup(ctx, token, "other", "Other", bossPassword)
		wants(t, err, problem.Conflict, "accounts.setup_done")
	})
}

func TestEverythingIsThereAgainAfterARestart(t *testing.T) {
	everyStore(t, func(t *testing.T, records accounts.Records) {
		c := newClock()
		s := office(t, records, c)
		cookie := signIn(t, s, lead, leadPassword)
		who := caller(t, s, cookie)
		secret, made, err := s.AddToken(ctx, who, "export", accounts.ScopeRead, day(t, "2027-11-21"))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SetDeputy(ctx, lead, &accounts.Deputy{Person: boss, From: day(t, "2026-11-21"), Until: day(t, "2026-11-30")}); err != nil {
			t.Fatal(err)
		}
		before := s.People()
		again := open(t, records, c)
		if got := again.People(); !reflect.DeepEqual(utc(got), utc(before)) {
			t.Errorf("people: got %+v, want %+v", got, before)
		}
		if got := caller(t, again, cookie); got.Session != who.Session || got.Account.ID != lead {
			t.Errorf("session: got %+v", got)
		}
		if got, err := again.Authenticate("", secret); err != nil || !got.Token || got.Scope != accounts.ScopeRead || got.Administrator() {
			t.Errorf("token: got %+v, %v", got, err)
		}
		if got := again.Tokens(lead); len(got) != 1 || got[0].ID != made.ID || got[0].LastUsed == nil {
			t.Errorf("tokens: got %+v", got)
		}
		// The log goes on where it was.
		entries, err := s.Log(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := again.SignOutEverywhere(ctx, boss); err != nil {
			t.Fatal(err)
		}
		if more, err := again.Log(ctx); err != nil || len(more) != len(entries)+1 {
			t.Errorf("log: %d entries after %d, %v", len(more), len(entries), err)
		}
	})
}

func utc(list []accounts.Account) []accounts.Account {
	for i := range list {
		list[i].Created = list[i].Created.UTC()
	}
	return list
}

func TestNothingSecretIsStoredSaidOrLogged(t *testing.T) {
	records, c := newMemory(), newClock()
	s := open(t, records, c)
	setup := s.SetupToken()
	cookie, err := s.Setup(ctx, setup, boss, "Office", bossPassword)
	if err != nil {
		t.Fatal(err)
	}
	temporary, err := s.Add(ctx, boss, accounts.Account{ID: lead, Name: "First Second"})
	if err != nil {
		t.Fatal(err)
	}
	reset, err := s.Reset(ctx, boss, lead)
	if err != nil {
		t.Fatal(err)
	}
	secret, _, err := s.AddToken(ctx, caller(t, s, cookie), "export", accounts.ScopeEdit, day(t, "2027-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	_, wrong := s.SignIn(ctx, lead, "a wrong password", "")
	_, short := s.SignIn(ctx, lead, temporary, "")
	said := wrong.Error() + short.Error() + s.ChangePassword(ctx, caller(t, s, cookie), "another wrong one", "next password").Error()
	entries, err := s.Log(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{setup, cookie, temporary, reset, secret, bossPassword, "a wrong password", "another wrong one", "next password"} {
		if strings.Contains(records.text(), text) {
			t.Errorf("%q is stored", text)
		}
		if strings.Contains(said, text) {
			t.Errorf("%q is said: %s", text, said)
		}
		if holds(t, entries, text) || holds(t, s.People(), text) || holds(t, s.Tokens(boss), text) {
			t.Errorf("%q is shown", text)
		}
	}
	if holds(t, s.People(), "argon2id") || holds(t, entries, "argon2id") {
		t.Error("a hash is shown")
	}
}

func TestRolesAreManagedByAdministratorsOnly(t *testing.T) {
	s := office(t, newMemory(), newClock())
	account, _ := s.Person(lead)
	account.Grants = append(account.Grants, rights.Grant{Center: "*", Role: rights.Administrator})
	for _, by := range []string{lead, "nobody", ""} {
		wants(t, s.Change(ctx, by, account), problem.Forbidden, "accounts.not_administrator")
		_, err := s.Add(ctx, by, accounts.Account{ID: "new", Name: "New"})
		wants(t, err, problem.Forbidden, "accounts.not_administrator")
		_, err = s.Reset(ctx, by, boss)
		wants(t, err, problem.Forbidden, "accounts.not_administrator")
	}
	modify(t, s, lead, func(a *accounts.Account) { a.Grants = []rights.Grant{{Center: "Beijing", Role: rights.Administrator}} })
	_, err := s.Reset(ctx, lead, boss)
	wants(t, err, problem.Forbidden, "accounts.not_administrator")
	if _, err := s.Reset(ctx, accounts.Console, lead); err != nil {
		t.Error(err)
	}
}

func TestSomebodyCanAlwaysManagePeople(t *testing.T) {
	s := office(t, newMemory(), newClock())
	without := func(how func(*accounts.Account)) error {
		account, _ := s.Person(boss)
		how(&account)
		return s.Change(ctx, boss, account)
	}
	disable := func(a *accounts.Account) { a.Disabled = true }
	demote := func(a *accounts.Account) { a.Grants = []rights.Grant{{Center: "*", Role: rights.Director}} }
	narrow := func(a *accounts.Account) { a.Grants = []rights.Grant{{Center: "Beijing", Role: rights.Administrator}} }
	for _, how := range []func(*accounts.Account){disable, demote, narrow} {
		wants(t, without(how), problem.Conflict, "accounts.last_administrator")
	}
	modify(t, s, lead, func(a *accounts.Account) {
		a.Disabled = true
		a.Grants = []rights.Grant{{Center: "*", Role: rights.Administrator}}
	})
	wants(t, without(demote), problem.Conflict, "accounts.last_administrator")
	modify(t, s, lead, func(a *accounts.Account) { a.Disabled = false })
	if err := without(demote); err != nil {
		t.Errorf("one of two: %v", err)
	}
}

func TestWhatAnAccountMayHold(t *testing.T) {
	s := office(t, newMemory(), newClock())
	grants := func(g rights.Grant) accounts.Account {
		return accounts.Account{ID: "new", Name: "New", Grants: []rights.Grant{g}}
	}
	for name, tc := range map[string]struct {
		account accounts.Account
		kind    problem.Kind
		key     string
	}{
		"an id with a space":     {accounts.Account{ID: "a b", Name: "A"}, problem.Invalid, "accounts.id_form"},
		"an id in Chinese":       {accounts.Account{ID: "王", Name: "A"}, problem.Invalid, "accounts.id_form"},
		"no id":                  {accounts.Account{Name: "A"}, problem.Invalid, "accounts.id_form"},
		"an id too long":         {accounts.Account{ID: strings.Repeat("a", 65), Name: "A"}, problem.Invalid, "accounts.id_form"},
		"the console's id":       {accounts.Account{ID: accounts.Console, Name: "A"}, problem.Invalid, "accounts.id_form"},
		"the id of old edits":    {accounts.Account{ID: "local", Name: "A"}, problem.Invalid, "accounts.id_form"},
		"an id that is taken":    {accounts.Account{ID: "OFFICE", Name: "A"}, problem.Conflict, "accounts.id_taken"},
		"no name":                {accounts.Account{ID: "new", Name: " "}, problem.Invalid, "accounts.name_form"},
		"a name of two lines":    {accounts.Account{ID: "new", Name: "a\nb"}, problem.Invalid, "accounts.name_form"},
		"a name too long":        {accounts.Account{ID: "new", Name: strings.Repeat("王", 101)}, problem.Invalid, "accounts.name_form"},
		"a role there is not":    {grants(rights.Grant{Center: "*", Role: "king"}), problem.Invalid, "accounts.grant_role"},
		"a role in no center":    {grants(rights.Grant{Role: rights.Viewer}), problem.Invalid, "accounts.grant_center"},
		"a member without bound": {grants(rights.Grant{Center: "*", Role: rights.Lead, Members: []string{strings.Repeat("m", 201)}}), problem.Invalid, "accounts.grant_center"},
		"too many roles":         {accounts.Account{ID: "new", Name: "New", Grants: make([]rights.Grant, 51)}, problem.Invalid, "accounts.many_grants"},
	} {
		_, err := s.Add(ctx, boss, tc.account)
		if got := problem.Of(err); len(got) == 0 || got[0].Kind != tc.kind || got[0].Key != tc.key {
			t.Errorf("%s: got %v, want %s", name, err, tc.key)
		}
	}
	if got := len(s.People()); got != 2 {
		t.Errorf("%d people", got)
	}
	_, err := s.Add(ctx, boss, accounts.Account{ID: "third@firm.cn", Name: "张", Grants: []rights.Grant{leadGrant}})
	if err != nil {
		t.Error(err)
	}
	wants(t, s.Change(ctx, boss, accounts.Account{ID: "nobody", Name: "N"}), problem.NotFound, "accounts.no_person")
}

func TestWhatIsReturnedIsTheCallers(t *testing.T) {
	s := office(t, newMemory(), newClock())
	got := caller(t, s, signIn(t, s, lead, leadPassword))
	got.Account.Grants[0].Role = rights.Director
	got.Person.Grants[0].Role = rights.Director
	got.Person.Grants[0].Members[0] = "all"
	people := s.People()
	people[0].Grants[0].Members[0] = "all"
	if now, _ := s.Person(lead); !reflect.DeepEqual(now.Grants, []rights.Grant{leadGrant}) {
		t.Errorf("got %+v", now.Grants)
	}
}

func TestTheLogTellsWhoDidWhatToWhom(t *testing.T) {
	c := newClock()
	s := office(t, newMemory(), c)
	modify(t, s, lead, func(a *accounts.Account) { a.Name = "First" })
	modify(t, s, lead, func(a *accounts.Account) { a.Grants, a.Disabled = nil, true })
	modify(t, s, lead, func(*accounts.Account) {}) // nothing
	modify(t, s, lead, func(a *accounts.Account) { a.Disabled = false })
	if _, err := s.Reset(ctx, accounts.Console, lead); err != nil {
		t.Fatal(err)
	}
	entries, err := s.Log(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Who+" "+strings.TrimPrefix(e.What, "accounts.log.")+" "+e.Args["person"])
		if !e.When.Equal(c.read()) {
			t.Errorf("%s at %v", e.What, e.When)
		}
	}
	want := []string{
		"console reset first.second", "office enabled first.second", "office disabled first.second", "office granted first.second", "office renamed first.second",
		"first.second password first.second", "office added first.second", "office setup office",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if from := entries[3].Args["from"]; from != "lead@Beijing(team_a: voice)" {
		t.Errorf("roles before: %q", from)
	}
}

func TestWhatCannotBeStoredDidNotHappen(t *testing.T) {
	for writes := range 4 {
		records, c := newMemory(), newClock()
		s := office(t, records, c)
		cookie := signIn(t, s, lead, leadPassword)
		who := caller(t, s, cookie)
		before := s.People()
		entries, _ := s.Log(ctx)
		for name, act := range map[string]func() error{
			"change": func() error {
				account, _ := s.Person(lead)
				account.Disabled, account.Name = true, "other"
				return s.Change(ctx, boss, account)
			},
			"reset":    func() error { _, err := s.Reset(ctx, boss, lead); return err },
			"password": func() error { return s.ChangePassword(ctx, who, leadPassword, "another password") },
		} {
			full := map[string]int{"change": 3, "reset": 2, "password": 3}[name]
			if writes >= full {
				continue
			}
			records.fail(writes)
			err := act()
			records.fail(-1)
			if err == nil {
				t.Errorf("%s with %d writes: no error", name, writes)
			}
			if got := s.People(); !reflect.DeepEqual(got, before) {
				t.Errorf("%s with %d writes: people are %+v", name, writes, got)
			}
			if _, err := s.Authenticate(cookie, ""); err != nil {
				t.Errorf("%s with %d writes: the session ended", name, writes)
			}
			if writes > 0 {
				continue // the entry could not be taken out again: the store fails
			}
			if now, _ := s.Log(ctx); len(now) != len(entries) {
				t.Errorf("%s: the log tells what did not happen: %v", name, now)
			}
		}
		if err := s.ChangePassword(ctx, who, leadPassword, "another password"); err != nil {
			t.Errorf("after %d writes: %v", writes, err)
		}
	}
}

func TestChangedTellsOfEveryEnd(t *testing.T) {
	s := office(t, newMemory(), newClock())
	cookie := signIn(t, s, lead, leadPassword)
	who := caller(t, s, cookie)
	_, token, err := s.AddToken(ctx, who, "export", accounts.ScopeRead, day(t, "2027-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		act  func() error
	}{
		{"a token removed", func() error { return s.RemoveToken(ctx, lead, token.ID) }},
		{"a role", func() error {
			return s.Change(ctx, boss, accounts.Account{ID: lead, Name: "First Second"})
		}},
		{"a deputy", func() error {
			return s.SetDeputy(ctx, boss, &accounts.Deputy{Person: lead, From: day(t, "2026-11-21"), Until: day(t, "2026-11-22")})
		}},
		{"a password", func() error { return s.ChangePassword(ctx, who, leadPassword, "another password") }},
		{"a sign-out", func() error { return s.SignOut(ctx, who.Session) }},
		{"a sign-out everywhere", func() error { return s.SignOutEverywhere(ctx, lead) }},
		{"a reset", func() error { _, err := s.Reset(ctx, boss, lead); return err }},
	} {
		changed := s.Changed()
		if err := tc.act(); err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		select {
		case <-changed:
		case <-time.After(30 * time.Second):
			t.Errorf("%s: nobody was told", tc.name)
		}
	}
	changed := s.Changed()
	signIn(t, s, boss, bossPassword)
	select {
	case <-changed:
		t.Error("a sign-in wakes every stream")
	default:
	}
}
