package web

import "context"

type sessionOutput struct {
	Cookie string `header:"Set-Cookie"`
	Body   SessionState
}

type signInInput struct {
	Body struct {
		ID       string `json:"id" minLength:"1" maxLength:"64"`
		Password string `json:"password,omitempty" maxLength:"1000" doc:"not asked for in the demo"`
	}
}

type setUpInput struct {
	Body struct {
		Token    string `json:"token" maxLength:"200"`
		ID       string `json:"id" maxLength:"64"`
		Name     string `json:"name" maxLength:"200"`
		Password string `json:"password" maxLength:"1000"`
	}
}

type passwordInput struct {
	Body struct {
		Old  string `json:"old" maxLength:"1000"`
		Next string `json:"next" maxLength:"1000"`
	}
}

type deputyInput struct{ Body DeputyInfo }

func (s *Server) getSession(context.Context, *struct{}) (*sessionOutput, error) { return nil, nil }
func (s *Server) signIn(context.Context, *signInInput) (*sessionOutput, error)  { return nil, nil }
func (s *Server) signOut(context.Context, *struct{}) (*sessionOutput, error)    { return nil, nil }
func (s *Server) signOutEverywhere(context.Context, *struct{}) (*sessionOutput, error) {
	return nil, nil
}
func (s *Server) setUp(context.Context, *setUpInput) (*sessionOutput, error) { return nil, nil }
func (s *Server) changePassword(context.Context, *passwordInput) (*sessionOutput, error) {
	return nil, nil
}
func (s *Server) setDeputy(context.Context, *deputyInput) (*sessionOutput, error) { return nil, nil }
func (s *Server) removeDeputy(context.Context, *struct{}) (*sessionOutput, error) { return nil, nil }
