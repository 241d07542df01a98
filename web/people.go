package web

import "context"

// PersonPath is the part of an address that names a person.
type PersonPath struct {
	Person string `path:"person" minLength:"1" maxLength:"64"`
}

type addPersonInput struct {
	Body struct {
		ID     string      `json:"id" maxLength:"64"`
		Name   string      `json:"name" maxLength:"200"`
		Grants []GrantInfo `json:"grants" maxItems:"100"`
	}
}

type changePersonInput struct {
	PersonPath
	Body struct {
		Name     *string      `json:"name,omitempty" maxLength:"200"`
		Grants   *[]GrantInfo `json:"grants,omitempty"`
		Disabled *bool        `json:"disabled,omitempty"`
	}
}

type tokenPath struct {
	Token string `path:"token" minLength:"1" maxLength:"64"`
}

type addTokenInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"200"`
		Scope string `json:"scope" enum:"read,edit"`
		Until string `json:"until" format:"date"`
	}
}

// RightsAnswer explains what each role may do.
type RightsAnswer struct {
	Rules []RuleInfo `json:"rules"`
}

type seenInput struct {
	Body struct {
		Plan string `json:"plan" maxLength:"64"`
		Rev  int    `json:"rev" minimum:"1"`
	}
}

func (s *Server) listPeople(context.Context, *struct{}) (*list[AccountInfo], error) { return nil, nil }
func (s *Server) addPerson(context.Context, *addPersonInput) (*one[Temporary], error) {
	return nil, nil
}
func (s *Server) changePerson(context.Context, *changePersonInput) (*one[AccountInfo], error) {
	return nil, nil
}
func (s *Server) resetPerson(context.Context, *PersonPath) (*one[Temporary], error) { return nil, nil }
func (s *Server) peopleLog(context.Context, *struct{}) (*list[AccountLogEntry], error) {
	return nil, nil
}
func (s *Server) listNames(context.Context, *struct{}) (*list[NameInfo], error)      { return nil, nil }
func (s *Server) listTokens(context.Context, *struct{}) (*list[TokenInfo], error)    { return nil, nil }
func (s *Server) addToken(context.Context, *addTokenInput) (*one[NewToken], error)   { return nil, nil }
func (s *Server) removeToken(context.Context, *tokenPath) (*struct{}, error)         { return nil, nil }
func (s *Server) rightsTable(context.Context, *struct{}) (*one[RightsAnswer], error) { return nil, nil }
func (s *Server) listOpen(context.Context, *struct{}) (*list[OpenItem], error)       { return nil, nil }
func (s *Server) markSeen(context.Context, *seenInput) (*struct{}, error)            { return nil, nil }
