package web

import (
	"context"
	"net/http"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/store"
	"centerplan/web/accounts"
)

// PersonPath is the part of an address that names a person.
type PersonPath struct {
	Person string `path:"person" minLength:"1" maxLength:"64"`
}

// none answers that it is done.
type none struct{ Status int }

func done() *none { return &none{Status: http.StatusNoContent} }

// administrator returns who makes the request, or Forbidden for anyone who does
// not look after people.
func administrator(ctx context.Context) (string, error) {
	v := visitOf(ctx)
	if !v.caller.Administrator() {
		return "", problem.Problem{Kind: problem.Forbidden, Key: "accounts.not_administrator"}
	}
	return v.caller.Account.ID, nil
}

func accountInfo(a accounts.Account) AccountInfo {
	return AccountInfo{
		ID: a.ID, Name: a.Name, Grants: grantInfos(a.Grants), Disabled: a.Disabled, MustChange: a.MustChange,
		Created: a.Created, Deputy: deputyInfo(a.Deputy),
	}
}

func (s *Server) account(id string) AccountInfo {
	account, _ := s.options.Accounts.Person(id)
	return accountInfo(account)
}

// nameOf returns what a person is called: the id of one who is not there.
func (s *Server) nameOf(id string) string {
	if account, ok := s.options.Accounts.Person(id); ok {
		return account.Name
	}
	return id
}

func (s *Server) listPeople(ctx context.Context, _ *struct{}) (*list[AccountInfo], error) {
	if _, err := administrator(ctx); err != nil {
		return nil, err
	}
	out := &list[AccountInfo]{Body: []AccountInfo{}}
	for _, account := range s.options.Accounts.People() {
		out.Body = append(out.Body, accountInfo(account))
	}
	return out, nil
}

type addPersonInput struct {
	Body struct {
		ID     string      `json:"id" maxLength:"64"`
		Name   string      `json:"name" maxLength:"200"`
		Grants []GrantInfo `json:"grants" maxItems:"100"`
	}
}

func (s *Server) addPerson(ctx context.Context, in *addPersonInput) (*one[Temporary], error) {
	by, err := administrator(ctx)
	if err != nil {
		return nil, err
	}
	temporary, err := s.options.Accounts.Add(ctx, by, accounts.Account{
		ID: in.Body.ID, Name: in.Body.Name, Grants: grantsOf(in.Body.Grants),
	})
	if err != nil {
		return nil, err
	}
	return &one[Temporary]{Temporary{Account: s.account(in.Body.ID), Temporary: temporary}}, nil
}

type changePersonInput struct {
	PersonPath
	Body struct {
		Name     *string      `json:"name,omitempty" maxLength:"200"`
		Grants   *[]GrantInfo `json:"grants,omitempty"`
		Disabled *bool        `json:"disabled,omitempty"`
	}
}

func (s *Server) changePerson(ctx context.Context, in *changePersonInput) (*one[AccountInfo], error) {
	by, err := administrator(ctx)
	if err != nil {
		return nil, err
	}
	account, _ := s.options.Accounts.Person(in.Person)
	account.ID = in.Person // one who is not there is refused by Change
	if in.Body.Name != nil {
		account.Name = *in.Body.Name
	}
	if in.Body.Grants != nil {
		account.Grants = grantsOf(*in.Body.Grants)
	}
	if in.Body.Disabled != nil {
		account.Disabled = *in.Body.Disabled
	}
	if err := s.options.Accounts.Change(ctx, by, account); err != nil {
		return nil, err
	}
	return &one[AccountInfo]{s.account(in.Person)}, nil
}

func (s *Server) resetPerson(ctx context.Context, in *PersonPath) (*one[Temporary], error) {
	by, err := administrator(ctx)
	if err != nil {
		return nil, err
	}
	temporary, err := s.options.Accounts.Reset(ctx, by, in.Person)
	if err != nil {
		return nil, err
	}
	return &one[Temporary]{Temporary{Account: s.account(in.Person), Temporary: temporary}}, nil
}

func (s *Server) peopleLog(ctx context.Context, _ *struct{}) (*list[AccountLogEntry], error) {
	if _, err := administrator(ctx); err != nil {
		return nil, err
	}
	entries, err := s.options.Accounts.Log(ctx)
	if err != nil {
		return nil, err
	}
	out := &list[AccountLogEntry]{Body: []AccountLogEntry{}}
	for _, entry := range entries {
		args := entry.Args
		if args == nil {
			args = problem.Args{}
		}
		out.Body = append(out.Body, AccountLogEntry{When: entry.When, Who: entry.Who, Key: entry.What, Args: args})
	}
	return out, nil
}

// listNames tells the names of people to everyone who is signed in, for lists of
// who did what.
func (s *Server) listNames(context.Context, *struct{}) (*list[NameInfo], error) {
	out := &list[NameInfo]{Body: []NameInfo{}}
	for _, account := range s.options.Accounts.People() {
		out.Body = append(out.Body, NameInfo{ID: account.ID, Name: account.Name})
	}
	return out, nil
}

type tokenPath struct {
	Token string `path:"token" minLength:"1" maxLength:"64"`
}

func tokenInfo(t accounts.Token) TokenInfo {
	return TokenInfo{
		ID: t.ID, Name: t.Name, Scope: string(t.Scope), Created: t.Created, Until: t.Until.String(), LastUsed: t.LastUsed,
	}
}

func (s *Server) listTokens(ctx context.Context, _ *struct{}) (*list[TokenInfo], error) {
	out := &list[TokenInfo]{Body: []TokenInfo{}}
	for _, token := range s.options.Accounts.Tokens(visitOf(ctx).caller.Account.ID) {
		out.Body = append(out.Body, tokenInfo(token))
	}
	return out, nil
}

type addTokenInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"200"`
		Scope string `json:"scope" enum:"read,edit"`
		Until string `json:"until" format:"date"`
	}
}

func (s *Server) addToken(ctx context.Context, in *addTokenInput) (*one[NewToken], error) {
	until, ok := calendar.ParseDate(in.Body.Until)
	if !ok {
		return nil, problem.Problem{Kind: problem.Invalid, Key: "shape.date", Args: problem.Args{"got": in.Body.Until}}
	}
	secret, token, err := s.options.Accounts.AddToken(ctx, visitOf(ctx).caller, in.Body.Name, accounts.Scope(in.Body.Scope), until)
	if err != nil {
		return nil, err
	}
	return &one[NewToken]{NewToken{Token: tokenInfo(token), Secret: secret}}, nil
}

func (s *Server) removeToken(ctx context.Context, in *tokenPath) (*none, error) {
	v := visitOf(ctx)
	if v.caller.Token {
		return nil, problem.Problem{Kind: problem.Forbidden, Key: "accounts.not_by_key"}
	}
	if err := s.options.Accounts.RemoveToken(ctx, v.caller.Account.ID, in.Token); err != nil {
		return nil, err
	}
	return done(), nil
}

// RightsAnswer explains what each role may do.
type RightsAnswer struct {
	Rules []RuleInfo `json:"rules"`
}

func (s *Server) rightsTable(context.Context, *struct{}) (*one[RightsAnswer], error) {
	answer := RightsAnswer{Rules: []RuleInfo{}}
	for _, rule := range rights.Table() {
		answer.Rules = append(answer.Rules, RuleInfo{
			Pattern: rule.Pattern, Title: rule.Title, Director: string(rule.Director), Finance: string(rule.Finance),
			Lead: string(rule.Lead), Viewer: string(rule.Viewer), Administrator: string(rule.Administrator),
		})
	}
	return &one[RightsAnswer]{answer}, nil
}

func (s *Server) listOpen(ctx context.Context, _ *struct{}) (*list[OpenItem], error) {
	items, err := s.as(ctx).Open(ctx)
	if err != nil {
		return nil, err
	}
	out := &list[OpenItem]{Body: []OpenItem{}}
	for _, item := range items {
		open := OpenItem{
			Plan: item.Plan, PlanName: item.PlanName, Kind: string(item.Kind), Section: string(item.Section),
			Amendment: item.Amendment, Milestone: string(item.Milestone), Name: item.Name, Overdue: item.Overdue,
			Note: item.Note, Who: store.Actor(item.Who),
		}
		if !item.Deadline.IsZero() {
			open.Deadline = item.Deadline.String()
		}
		switch {
		case item.Milestone != "":
			open.Kind = "milestone"
		case item.Call != nil:
			open.Kind, open.Comment = "mention", string(item.Call.Thread.ID)
			for _, role := range item.Called {
				open.Mentions = append(open.Mentions, Mention{ID: string(role.ID), Name: role.Name})
			}
			open.On, open.Scenario, open.Day = item.Call.Thread.On, item.Call.Thread.Scenario, item.Call.Day.String()
		case item.News != nil:
			open.Kind, open.Act = "news", actInfo(item.News.Act)
			open.Note, open.Who, open.When, open.Rev = item.News.Why, item.News.Who, &item.News.When, item.News.Rev
		}
		out.Body = append(out.Body, open)
	}
	return out, nil
}

type seenInput struct {
	Body struct {
		Plan string    `json:"plan" maxLength:"64"`
		Rev  store.Rev `json:"rev" minimum:"1"`
	}
}

func (s *Server) markSeen(ctx context.Context, in *seenInput) (*none, error) {
	if err := s.as(ctx).MarkSeen(ctx, store.PlanID(in.Body.Plan), in.Body.Rev); err != nil {
		return nil, err
	}
	return done(), nil
}
