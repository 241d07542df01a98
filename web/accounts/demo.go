package accounts

import (
	"context"

	"centerplan/okr"
	"centerplan/planning/rights"
	"centerplan/store"
)

// roleNames name the people of the demo, in both languages at once.
var roleNames = map[rights.Role]string{
	rights.Director:      "Director · 总监",
	rights.Finance:       "Finance · 财务",
	rights.Lead:          "Team lead · 班组长",
	rights.Viewer:        "Viewer · 查看者",
	rights.Administrator: "Administrator · 管理员",
}

// castDemo makes one person for each role, whose id is the role.
func (s *Service) castDemo() {
	for _, role := range rights.Roles() {
		grant := rights.Grant{Center: rights.Everywhere, Role: role}
		switch role {
		case rights.Director, rights.Finance:
			grant.Position = okr.RoleID(role) // as the sample plans call them
		case rights.Lead:
			grant.Position, grant.Members = s.options.DemoLead.Position, s.options.DemoLead.Members
		case rights.Viewer, rights.Administrator:
		}
		s.people[string(role)] = newPerson(Account{
			ID: string(role), Name: roleNames[role], Grants: []rights.Grant{grant}, Created: s.clock(),
		}, "")
	}
}

// forgetful is the Records of a demo: it takes everything and keeps nothing.
type forgetful struct{}

// PutRecord implements Records.
func (forgetful) PutRecord(_ context.Context, r store.Record) (store.Rev, error) {
	return r.Rev + 1, nil
}

// ListRecords implements Records.
func (forgetful) ListRecords(context.Context, string) ([]store.Record, error) { return nil, nil }

// RemoveRecord implements Records.
func (forgetful) RemoveRecord(context.Context, string, string) error { return nil }
