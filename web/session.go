package web

import (
	"context"
	"maps"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/web/accounts"
)

type sessionOutput struct {
	Cookie string `header:"Set-Cookie"`
	Body   SessionState
}

// getSession tells who is signed in. It answers everyone: a page has to know
// whether to ask for a password.
func (s *Server) getSession(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	return &sessionOutput{Body: s.sessionState(visitOf(ctx))}, nil
}

// begun answers with a session that has just begun.
func (s *Server) begun(cookie string) (*sessionOutput, error) {
	v := visit{credentials: credentials{cookie: cookie}}
	v.caller, v.err = s.options.Accounts.Authenticate(cookie, "")
	if v.err != nil {
		return nil, v.err
	}
	return &sessionOutput{Cookie: s.setCookie(cookie), Body: s.sessionState(v)}, nil
}

// ended answers with a session that has just ended.
func (s *Server) ended() *sessionOutput {
	var v visit
	v.caller, v.err = s.options.Accounts.Authenticate("", "")
	return &sessionOutput{Cookie: s.setCookie(""), Body: s.sessionState(v)}
}

func (s *Server) sessionState(v visit) SessionState {
	all := s.options.Accounts
	state := SessionState{Mode: string(all.Mode()), Demo: []NameInfo{}}
	if all.Mode() == accounts.ModeDemo {
		for _, role := range rights.Roles() {
			if account, ok := all.Person(string(role)); ok {
				state.Demo = append(state.Demo, NameInfo{ID: account.ID, Name: account.Name, Role: string(role)})
			}
		}
	}
	if v.err == nil {
		state.Person = s.personInfo(v.caller)
	}
	return state
}

func (s *Server) personInfo(c accounts.Caller) *PersonInfo {
	info := &PersonInfo{
		ID: c.Account.ID, Name: c.Account.Name, Grants: grantInfos(c.Account.Grants),
		Administrator: c.Administrator(), MustChange: c.Account.MustChange,
		Deputy: deputyInfo(c.Account.Deputy), StandsFor: []NameInfo{},
	}
	access := s.options.Hub.As(whoOf(c))
	for _, grant := range c.Person.Grants {
		info.MayCreate = info.MayCreate || access.MayCreate(grant.Center)
	}
	for _, id := range slices.Sorted(maps.Keys(c.StandsFor)) {
		info.StandsFor = append(info.StandsFor, NameInfo{ID: id, Name: s.nameOf(id)})
	}
	return info
}

func grantInfos(grants []rights.Grant) []GrantInfo {
	infos := make([]GrantInfo, len(grants))
	for i, g := range grants {
		infos[i] = GrantInfo{Center: g.Center, Role: string(g.Role), Position: string(g.Position), Members: g.Members}
	}
	return infos
}

func grantsOf(infos []GrantInfo) []rights.Grant {
	grants := make([]rights.Grant, len(infos))
	for i, g := range infos {
		grants[i] = rights.Grant{
			Center: g.Center, Role: rights.Role(g.Role), Position: okr.RoleID(g.Position), Members: g.Members,
		}
	}
	return grants
}

func deputyInfo(d *accounts.Deputy) *DeputyInfo {
	if d == nil {
		return nil
	}
	return &DeputyInfo{Person: d.Person, From: d.From.String(), Until: d.Until.String()}
}

type signInInput struct {
	Body struct {
		ID       string `json:"id" minLength:"1" maxLength:"64"`
		Password string `json:"password,omitempty" maxLength:"1000" doc:"not asked for in the demo"`
	}
}

func (s *Server) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	cookie, err := s.options.Accounts.SignIn(ctx, in.Body.ID, in.Body.Password, visitOf(ctx).address)
	if err != nil {
		return nil, err
	}
	return s.begun(cookie)
}

func (s *Server) signOut(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	if v := visitOf(ctx); v.err == nil && v.caller.Session != "" {
		if err := s.options.Accounts.SignOut(ctx, v.caller.Session); err != nil {
			return nil, err
		}
	}
	return s.ended(), nil
}

func (s *Server) signOutEverywhere(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	if err := s.options.Accounts.SignOutEverywhere(ctx, visitOf(ctx).caller.Account.ID); err != nil {
		return nil, err
	}
	return s.ended(), nil
}

type setUpInput struct {
	Body struct {
		Token    string `json:"token" maxLength:"200"`
		ID       string `json:"id" maxLength:"64"`
		Name     string `json:"name" maxLength:"200"`
		Password string `json:"password" maxLength:"1000"`
	}
}

func (s *Server) setUp(ctx context.Context, in *setUpInput) (*sessionOutput, error) {
	cookie, err := s.options.Accounts.Setup(ctx, in.Body.Token, in.Body.ID, in.Body.Name, in.Body.Password)
	if err != nil {
		return nil, err
	}
	return s.begun(cookie)
}

type passwordInput struct {
	Body struct {
		Old  string `json:"old" maxLength:"1000"`
		Next string `json:"next" maxLength:"1000"`
	}
}

// changePassword ends every other session; this one goes on.
func (s *Server) changePassword(ctx context.Context, in *passwordInput) (*sessionOutput, error) {
	v := visitOf(ctx)
	if err := s.options.Accounts.ChangePassword(ctx, v.caller, in.Body.Old, in.Body.Next); err != nil {
		return nil, err
	}
	return s.begun(v.cookie)
}

type deputyInput struct{ Body DeputyInfo }

func (s *Server) setDeputy(ctx context.Context, in *deputyInput) (*sessionOutput, error) {
	from, okFrom := calendar.ParseDate(in.Body.From)
	until, okUntil := calendar.ParseDate(in.Body.Until)
	if !okFrom || !okUntil {
		return nil, problem.Problem{Kind: problem.Invalid, Key: "accounts.deputy_span"}
	}
	return s.changeDeputy(ctx, &accounts.Deputy{Person: in.Body.Person, From: from, Until: until})
}

func (s *Server) removeDeputy(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	return s.changeDeputy(ctx, nil)
}

func (s *Server) changeDeputy(ctx context.Context, deputy *accounts.Deputy) (*sessionOutput, error) {
	v := visitOf(ctx)
	if v.caller.Token {
		return nil, problem.Problem{Kind: problem.Forbidden, Key: "accounts.not_by_key"}
	}
	if err := s.options.Accounts.SetDeputy(ctx, v.caller.Account.ID, deputy); err != nil {
		return nil, err
	}
	v.caller, v.err = s.options.Accounts.Authenticate(v.cookie, v.bearer)
	return &sessionOutput{Body: s.sessionState(v)}, nil
}
