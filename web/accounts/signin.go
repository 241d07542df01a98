package accounts

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"centerplan/planning/problem"
	"centerplan/planning/rights"
)

// SignIn begins a session and returns what its cookie is to hold. The address
// is what the client is counted by; empty counts it by the account alone.
//
// Too many attempts are refused with "accounts.wait" and the seconds to wait.
// A wrong password, a person who does not exist and one who is disabled are
// all refused with "accounts.wrong", after the same time.
func (s *Service) SignIn(ctx context.Context, id, password, address string) (cookie string, err error) {
	id, password = normalID(id), normal(password)
	p := s.find(id)
	if s.options.Demo {
		if p == nil {
			return "", forbidden("accounts.wrong")
		}
		return s.begin(ctx, p)
	}
	account := s.throttle.account(id, p != nil)
	if wait := s.throttle.try(account, address, s.clock()); wait > 0 {
		return "", tooSoon(wait)
	}
	right, err := s.matches(ctx, p, password)
	if err != nil {
		s.throttle.giveBack(account, address)
		return "", err
	}
	if !right || p.Disabled {
		return "", forbidden("accounts.wrong")
	}
	s.throttle.right(account, address)
	if !s.hasher.current(p.Password) {
		p = s.rehash(ctx, p, password)
	}
	return s.begin(ctx, p)
}

// normalID returns the id that somebody meant who typed it.
func normalID(id string) string { return strings.ToLower(strings.TrimSpace(id)) }

func tooSoon(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	return problem.Problem{Kind: problem.Forbidden, Key: "accounts.wait", Args: problem.Args{"seconds": strconv.Itoa(seconds)}}
}

// matches reports whether the password is the person's, nil standing for a
// person who does not exist. The only error is the context's.
func (s *Service) matches(ctx context.Context, p *person, password string) (bool, error) {
	stored := s.hasher.dummy
	if p != nil {
		stored = p.Password
	}
	right, err := s.hasher.matches(ctx, stored, password)
	if errors.Is(err, errHash) {
		s.options.Warn(err)
		_, err = s.hasher.matches(ctx, s.hasher.dummy, password)
		return false, err
	}
	return right && p != nil, err
}

// rehash stores a hash with the parameters of today, and returns the person as
// they then are. The session does not depend on it.
func (s *Service) rehash(ctx context.Context, p *person, password string) *person {
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return p
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.find(p.ID) != p {
		return p // begin will see to it
	}
	next := *p
	next.Password = hash
	if err := s.store(ctx, &next, func() {}); err != nil {
		s.options.Warn(err)
		return p
	}
	return &next
}

// SetupToken returns the one-time token that Setup asks for, empty once there is
// an account. It is another one each time the server starts.
func (s *Service) SetupToken() string {
	if s.Mode() != ModeSetup {
		return ""
	}
	return s.setup
}

// Setup makes the first account, who is an administrator and director of every
// center, and signs it in. A wrong token is Forbidden, "accounts.setup_token";
// once there is an account every token is a Conflict, "accounts.setup_done".
func (s *Service) Setup(ctx context.Context, token, id, name, password string) (cookie string, err error) {
	id, password = normalID(id), normal(password)
	if s.Mode() != ModeSetup {
		return "", problem.Problem{Kind: problem.Conflict, Key: "accounts.setup_done"}
	}
	if !sameSecret(token, s.setup) {
		return "", forbidden("accounts.setup_token")
	}
	account := Account{ID: id, Name: name, Created: s.clock(), Grants: []rights.Grant{
		{Center: rights.Everywhere, Role: rights.Administrator}, {Center: rights.Everywhere, Role: rights.Director},
	}}
	list := checkAccount(account)
	if err := checkPassword(id, password); err != nil {
		list = append(list, problem.Of(err)...)
	}
	if err := list.Err(); err != nil {
		return "", err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	p := newPerson(account, hash)
	if err := s.first(ctx, p); err != nil {
		return "", err
	}
	return s.begin(ctx, p)
}

// first stores the first person, unless there is one by now.
func (s *Service) first(ctx context.Context, p *person) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.Mode() != ModeSetup {
		return problem.Problem{Kind: problem.Conflict, Key: "accounts.setup_done"}
	}
	return s.commit(ctx, p, LogEntry{Who: p.ID, What: "accounts.log.setup", Args: problem.Args{"person": p.ID}})
}

// ChangePassword gives the caller a new password and ends all their other
// sessions. A wrong old one is Invalid, "accounts.old_password", and slows down
// as sign-in does; a caller with a token is Forbidden.
func (s *Service) ChangePassword(ctx context.Context, by Caller, old, next string) error {
	old, next = normal(old), normal(next)
	if err := s.own(by); err != nil {
		return err
	}
	p := s.find(by.Account.ID)
	if p == nil {
		return forbidden("accounts.sign_in")
	}
	if err := checkPassword(p.ID, next); err != nil {
		return err
	}
	if next == old {
		return problem.Problem{Kind: problem.Invalid, Key: "accounts.password_same"}
	}
	if wait := s.throttle.try(p.ID, "", s.clock()); wait > 0 {
		return tooSoon(wait)
	}
	right, err := s.matches(ctx, p, old)
	if err != nil {
		s.throttle.giveBack(p.ID, "")
		return err
	}
	if !right {
		return problem.Problem{Kind: problem.Invalid, Key: "accounts.old_password"}
	}
	s.throttle.right(p.ID, "")
	hash, err := s.hasher.hash(ctx, next)
	if err != nil {
		return err
	}
	return s.replacePassword(ctx, p.Password, hash, by)
}

// replacePassword stores the new hash if the old one is still the person's and
// the session still alive. The session is led into the new generation before
// that begins: if the second write fails, it is in none that will ever be.
func (s *Service) replacePassword(ctx context.Context, old, hash string, by Caller) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	p := s.find(by.Account.ID)
	current, led := s.alive(by.Session)
	if p == nil || p.Password != old || current == nil || led.Person != p.ID {
		return forbidden("accounts.sign_in")
	}
	next := *p
	next.Password, next.MustChange, next.Sessions = hash, false, randomText()
	led.Generation = next.Sessions
	rev, err := s.put(ctx, sessionKind, by.Session, led.rev, led)
	if err != nil {
		return err
	}
	s.mu.Lock()
	current.rev = rev
	s.mu.Unlock()
	entry := LogEntry{Who: p.ID, What: "accounts.log.password", Args: problem.Args{"person": p.ID}}
	return s.commitWith(ctx, &next, func() { current.Generation = next.Sessions }, entry)
}

// own refuses what only a person at their own session may do.
func (s *Service) own(by Caller) error {
	switch {
	case s.options.Demo:
		return forbidden("accounts.demo")
	case by.Token:
		return forbidden("accounts.token_may_not")
	case by.Session == "":
		return forbidden("accounts.sign_in")
	}
	return nil
}
