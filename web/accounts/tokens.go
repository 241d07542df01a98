package accounts

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
	"centerplan/store"
)

const (
	// tokenPrefix makes a token known for one where it should not lie.
	tokenPrefix = "cpt_"
	mostTokens  = 50
	// mostTokenDays is how long a token may last.
	mostTokenDays = 366
)

// A Token lets a program work for a person. The secret is not in it.
type Token struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Scope Scope  `json:"scope"`
	// Until is the last day it lets anybody in.
	Until   calendar.Date `json:"until"`
	Created time.Time     `json:"created_at"`
	// LastUsed is nil if it never was.
	LastUsed *time.Time `json:"last_used"`
}

// A token is a Token and whose it is.
type token struct {
	Token
	Person     string `json:"person"`
	Generation string `json:"generation"`

	rev    store.Rev
	stored *time.Time
}

// AddToken makes a token for the caller, who must be at a session of their own,
// and returns the secret, which is kept nowhere.
func (s *Service) AddToken(ctx context.Context, by Caller, name string, scope Scope, until calendar.Date) (secret string, made Token, err error) {
	if err := s.own(by); err != nil {
		return "", Token{}, err
	}
	if err := by.Allowed(); err != nil {
		return "", Token{}, err
	}
	if err := s.checkToken(name, scope, until); err != nil {
		return "", Token{}, err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	p := s.find(by.Account.ID)
	if alive, _ := s.alive(by.Session); alive == nil || p == nil {
		return "", Token{}, forbidden("accounts.sign_in")
	}
	s.pruneTokens(ctx)
	if len(s.Tokens(p.ID)) >= mostTokens {
		return "", Token{}, problem.Problem{Kind: problem.Conflict, Key: "accounts.many_tokens", Args: problem.Args{
			"most": strconv.Itoa(mostTokens),
		}}
	}
	secret = tokenPrefix + newSecret()
	one := &token{
		Token:  Token{ID: digest(secret), Name: name, Scope: scope, Until: until, Created: s.clock()},
		Person: p.ID, Generation: p.Tokens,
	}
	written, err := s.log(ctx, []LogEntry{{Who: p.ID, What: "accounts.log.token", Args: problem.Args{
		"person": p.ID, "token": name, "scope": string(scope), "until": until.String(),
	}}})
	if err == nil {
		one.rev, err = s.put(ctx, tokenKind, one.ID, 0, one)
	}
	if err != nil {
		s.unlog(ctx, written)
		return "", Token{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens[one.ID] = one
	return secret, one.Token, nil
}

// pruneTokens takes tokens that ended out of the store. The caller holds
// writing.
func (s *Service) pruneTokens(ctx context.Context) {
	var ended []string
	s.mu.Lock()
	for id, one := range s.tokens {
		if !s.tokenAlive(one) {
			ended = append(ended, id)
		}
	}
	s.mu.Unlock()
	for _, id := range ended[:min(len(ended), prunedAtOnce)] {
		if err := s.records.RemoveRecord(ctx, tokenKind, id); err != nil {
			s.options.Warn(err)
			return
		}
		s.mu.Lock()
		delete(s.tokens, id)
		s.mu.Unlock()
	}
}

func (s *Service) checkToken(name string, scope Scope, until calendar.Date) error {
	var list problem.List
	if !nameable(name) {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.token_name", Args: problem.Args{"most": strconv.Itoa(mostName)}})
	}
	if scope != ScopeRead && scope != ScopeEdit {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.token_scope", Args: problem.Args{"scope": string(scope)}})
	}
	if days := s.today().DaysUntil(until); until.IsZero() || days < 0 || days > mostTokenDays {
		list = append(list, problem.Problem{Kind: problem.Invalid, Key: "accounts.token_until", Args: problem.Args{
			"most": strconv.Itoa(mostTokenDays),
		}})
	}
	return list.Err()
}

// Tokens returns a person's tokens that are alive, the oldest first.
func (s *Service) Tokens(id string) []Token {
	s.mu.Lock()
	defer s.mu.Unlock()
	tokens := []Token{}
	for _, one := range s.tokens {
		if one.Person == id && s.tokenAlive(one) {
			tokens = append(tokens, one.Token)
		}
	}
	slices.SortFunc(tokens, func(a, b Token) int {
		if c := a.Created.Compare(b.Created); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return tokens
}

// RemoveToken ends a token of the person.
func (s *Service) RemoveToken(ctx context.Context, id, tokenID string) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	one := s.tokens[tokenID]
	s.mu.Unlock()
	if one == nil || one.Person != id {
		return problem.Problem{Kind: problem.NotFound, Key: "accounts.no_token"}
	}
	_, err := s.log(ctx, []LogEntry{{Who: id, What: "accounts.log.no_token", Args: problem.Args{"person": id, "token": one.Name}}})
	if err != nil {
		return err
	}
	if err := s.records.RemoveRecord(ctx, tokenKind, tokenID); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tokens, tokenID)
	s.announce()
	return nil
}

// tokenAlive reports whether a token lets anybody in. The caller holds mu.
func (s *Service) tokenAlive(one *token) bool {
	p := s.people[one.Person]
	return p != nil && !p.Disabled && one.Generation == p.Tokens && !one.Until.Before(s.today())
}

// byToken returns who makes a request with a token.
func (s *Service) byToken(bearer string, use bool) (Caller, error) {
	id := digest(bearer)
	s.mu.Lock()
	one := s.tokens[id]
	if !strings.HasPrefix(bearer, tokenPrefix) || one == nil || !s.tokenAlive(one) {
		s.mu.Unlock()
		return Caller{}, forbidden("accounts.sign_in")
	}
	caller := s.caller(s.people[one.Person])
	caller.Token, caller.Scope = true, one.Scope
	now := s.clock()
	due := false
	if use {
		one.LastUsed = &now
		if due = one.stored == nil || now.Sub(*one.stored) >= touchEvery; due {
			one.stored = &now
		}
	}
	s.mu.Unlock()
	if due {
		touch(s, tokenKind, id, s.tokens, func(one *token) *store.Rev { return &one.rev })
	}
	if err := caller.Allowed(); err != nil {
		return Caller{}, err
	}
	return caller, nil
}
