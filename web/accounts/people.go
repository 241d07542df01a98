package accounts

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
)

// Bounds of what an account holds.
const (
	mostName    = 100 // characters
	mostGrants  = 50
	mostMembers = 200
	mostText    = 200 // of a center, position or member
)

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{0,63}$`)

// reservedIDs stand for something that is no person.
var reservedIDs = []string{Console, "local"}

// checkAccount returns every fault of what can be given to an account.
func checkAccount(a Account) problem.List {
	var list problem.List
	if !idForm.MatchString(a.ID) || slices.Contains(reservedIDs, a.ID) {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.id_form", Args: problem.Args{"id": a.ID}})
	}
	if !nameable(a.Name) {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.name_form", Args: problem.Args{
			"most": strconv.Itoa(mostName),
		}})
	}
	if len(a.Grants) > mostGrants {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.many_grants", Args: problem.Args{
			"most": strconv.Itoa(mostGrants),
		}})
		return list
	}
	for _, g := range a.Grants {
		list = append(list, checkGrant(g)...)
	}
	return list
}

// nameable reports whether a text can name a person or a token: some signs that
// can be seen, on one line.
func nameable(name string) bool {
	count := utf8.RuneCountInString(name)
	return utf8.ValidString(name) && strings.TrimSpace(name) != "" && count <= mostName && !strings.ContainsFunc(name, unicode.IsControl)
}

func checkGrant(g rights.Grant) problem.List {
	var list problem.List
	if !slices.Contains(rights.Roles(), g.Role) {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.grant_role", Args: problem.Args{"role": string(g.Role)}})
	}
	texts := append([]string{g.Center, string(g.Position)}, g.Members...)
	long := func(text string) bool { return len(text) > mostText || !utf8.ValidString(text) }
	if strings.TrimSpace(g.Center) == "" || slices.ContainsFunc(texts, long) || len(g.Members) > mostMembers {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.grant_center", Args: problem.Args{
			"role": string(g.Role), "most": strconv.Itoa(mostText),
		}})
	}
	return list
}

// newPerson returns a person with the hash of a password, in new generations.
func newPerson(account Account, hash string) *person {
	account.Grants = copyGrants(account.Grants)
	return &person{Account: account, Password: hash, Sessions: randomText(), Tokens: randomText()}
}

// manages refuses who may not manage people.
func (s *Service) manages(by string) error {
	if s.options.Demo {
		return forbidden("accounts.demo")
	}
	if by == Console {
		return nil
	}
	p := s.find(by)
	if p == nil || p.MustChange || !p.Administrator() {
		return forbidden("accounts.not_administrator")
	}
	return nil
}

// Add makes an account of the id, name and grants given and returns a temporary
// password, which is kept nowhere. by is an administrator or Console. An id that
// was ever taken is a Conflict, "accounts.id_taken".
func (s *Service) Add(ctx context.Context, by string, account Account) (temporary string, err error) {
	account = Account{ID: normalID(account.ID), Name: account.Name, Grants: account.Grants, MustChange: true, Created: s.clock()}
	if err := s.manages(by); err != nil {
		return "", err
	}
	if err := checkAccount(account).Err(); err != nil {
		return "", err
	}
	temporary = temporaryPassword()
	hash, err := s.hasher.hash(ctx, temporary)
	if err != nil {
		return "", err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.manages(by); err != nil {
		return "", err
	}
	if s.find(account.ID) != nil {
		return "", problem.Problem{Kind: problem.Conflict, Key: "accounts.id_taken", Args: problem.Args{"person": account.ID}}
	}
	entry := LogEntry{Who: by, What: "accounts.log.added", Args: problem.Args{"person": account.ID, "grants": grantText(account.Grants)}}
	if err := s.commit(ctx, newPerson(account, hash), entry); err != nil {
		return "", err
	}
	return temporary, nil
}

// Change gives an account the name, the grants and the state Disabled of the one
// given; by is an administrator or Console. Who is disabled loses every session
// and token for good. That nobody could manage people afterwards is a Conflict,
// "accounts.last_administrator".
func (s *Service) Change(ctx context.Context, by string, account Account) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.manages(by); err != nil {
		return err
	}
	p := s.find(account.ID)
	if p == nil {
		return noPerson(account.ID)
	}
	if err := checkAccount(account).Err(); err != nil {
		return err
	}
	next := *p
	next.Name, next.Grants, next.Disabled = account.Name, copyGrants(account.Grants), account.Disabled
	if p.Administrator() && !next.Administrator() && s.administrators() == 1 {
		return problem.Problem{Kind: problem.Conflict, Key: "accounts.last_administrator", Args: problem.Args{"person": p.ID}}
	}
	if next.Disabled && !p.Disabled {
		next.Sessions, next.Tokens = randomText(), randomText()
	}
	entries := changes(by, p, &next)
	if len(entries) == 0 {
		return nil
	}
	return s.commit(ctx, &next, entries...)
}

// changes tells what is different about a person.
func changes(by string, old, next *person) []LogEntry {
	var entries []LogEntry
	add := func(what string, args problem.Args) {
		args["person"] = old.ID
		entries = append(entries, LogEntry{Who: by, What: what, Args: args})
	}
	if old.Name != next.Name {
		add("accounts.log.renamed", problem.Args{"from": old.Name, "to": next.Name})
	}
	if from, to := grantText(old.Grants), grantText(next.Grants); from != to {
		add("accounts.log.granted", problem.Args{"from": from, "to": to})
	}
	switch {
	case next.Disabled && !old.Disabled:
		add("accounts.log.disabled", problem.Args{})
	case old.Disabled && !next.Disabled:
		add("accounts.log.enabled", problem.Args{})
	}
	return entries
}

// grantText writes grants as "director@*, lead@Beijing(team_a: voice, chat)".
func grantText(grants []rights.Grant) string {
	texts := make([]string, len(grants))
	for i, g := range grants {
		texts[i] = string(g.Role) + "@" + g.Center
		if g.Position != "" || len(g.Members) > 0 {
			texts[i] += "(" + strings.TrimPrefix(string(g.Position)+": "+strings.Join(g.Members, ", "), ": ") + ")"
		}
	}
	if len(texts) == 0 {
		return "–"
	}
	return strings.Join(texts, ", ")
}

func (s *Service) administrators() (count int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.people {
		if p.Administrator() {
			count++
		}
	}
	return count
}

// Reset gives a person a temporary password, which is returned and kept
// nowhere, and ends all their sessions and tokens; by is an administrator or
// Console.
func (s *Service) Reset(ctx context.Context, by, id string) (temporary string, err error) {
	if err := s.manages(by); err != nil {
		return "", err
	}
	temporary = temporaryPassword()
	hash, err := s.hasher.hash(ctx, temporary)
	if err != nil {
		return "", err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.manages(by); err != nil {
		return "", err
	}
	p := s.find(id)
	if p == nil {
		return "", noPerson(id)
	}
	next := *p
	next.Password, next.MustChange, next.Sessions, next.Tokens = hash, true, randomText(), randomText()
	err = s.commit(ctx, &next, LogEntry{Who: by, What: "accounts.log.reset", Args: problem.Args{"person": id}})
	if err != nil {
		return "", err
	}
	s.throttle.right(id, "")
	return temporary, nil
}

// SetDeputy names who stands in for a person, or nobody.
func (s *Service) SetDeputy(ctx context.Context, id string, deputy *Deputy) error {
	if s.options.Demo {
		return forbidden("accounts.demo")
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	p := s.find(id)
	if p == nil {
		return noPerson(id)
	}
	next := *p
	entry := LogEntry{Who: id, What: "accounts.log.no_deputy", Args: problem.Args{"person": id}}
	if next.Deputy = nil; deputy != nil {
		if err := s.checkDeputy(id, *deputy); err != nil {
			return err
		}
		named := *deputy
		next.Deputy = &named
		entry.What = "accounts.log.deputy"
		entry.Args = problem.Args{
			"person": id, "deputy": named.Person, "from": named.From.String(), "until": named.Until.String(),
		}
	}
	if deputy == nil && p.Deputy == nil {
		return nil
	}
	return s.commit(ctx, &next, entry)
}

func (s *Service) checkDeputy(id string, d Deputy) error {
	other := s.find(d.Person)
	switch {
	case d.Person == id:
		return problem.Problem{Kind: problem.Invalid, Key: "accounts.deputy_self"}
	case other == nil || other.Disabled:
		return problem.Problem{Kind: problem.Invalid, Key: "accounts.deputy_person", Args: problem.Args{"person": d.Person}}
	case d.From.IsZero() || d.Until.IsZero() || d.Until.Before(d.From) || d.Until.Before(s.today()):
		return problem.Problem{Kind: problem.Invalid, Key: "accounts.deputy_span"}
	}
	return nil
}

// StandIn returns the deputy of a person on a day, empty for nobody.
func (a Account) StandIn(on calendar.Date) string {
	if a.Deputy == nil || on.Before(a.Deputy.From) || a.Deputy.Until.Before(on) {
		return ""
	}
	return a.Deputy.Person
}
