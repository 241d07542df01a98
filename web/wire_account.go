package web

import (
	"time"

	"centerplan/planning/problem"
)

// A SessionState tells a page who it acts for and how one signs in.
type SessionState struct {
	// Mode is setup while there is no account, demo where everyone may choose a
	// role, and accounts otherwise.
	Mode   string      `json:"mode" enum:"setup,demo,accounts"`
	Person *PersonInfo `json:"person"`
	// Demo lists who one may be in the demo.
	Demo []NameInfo `json:"demo"`
}

// A PersonInfo is who is signed in.
type PersonInfo struct {
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Grants []GrantInfo `json:"grants"`
	// Administrator says that the person looks after people and roles.
	Administrator bool `json:"administrator"`
	// MayCreate says that the person may make plans of some center.
	MayCreate bool `json:"may_create"`
	// MustChange says that the password is a temporary one and nothing else can
	// be done before it is changed.
	MustChange bool        `json:"must_change"`
	Deputy     *DeputyInfo `json:"deputy"`
	// StandsFor lists whom the person stands in for today.
	StandsFor []NameInfo `json:"stands_for"`
}

// A GrantInfo is one role of a person.
type GrantInfo struct {
	Center   string   `json:"center" maxLength:"200" doc:"the center's name, * for every center"`
	Role     string   `json:"role" enum:"director,finance,lead,viewer,administrator"`
	Position string   `json:"position,omitempty" maxLength:"200" doc:"of a lead: the position in the plan that owns lines and milestones"`
	Members  []string `json:"members,omitempty" maxItems:"100" doc:"of a lead: the codes of the members (queues, teams, sites) whose cells are theirs"`
}

// A DeputyInfo is who stands in for a person from one day to another, both
// included.
type DeputyInfo struct {
	Person string `json:"person" minLength:"1" maxLength:"64"`
	From   string `json:"from" format:"date"`
	Until  string `json:"until" format:"date"`
}

// A NameInfo is a person's id and name.
type NameInfo struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Role is set where the demo offers it.
	Role string `json:"role,omitempty"`
}

// An AccountInfo is a person as the administrator sees them.
type AccountInfo struct {
	ID         string      `json:"id"`
	Name       string      `json:"name"`
	Grants     []GrantInfo `json:"grants"`
	Disabled   bool        `json:"disabled"`
	MustChange bool        `json:"must_change"`
	Created    time.Time   `json:"created_at"`
	Deputy     *DeputyInfo `json:"deputy"`
}

// A Temporary is a password that its owner must change when they sign in. It is
// told this once.
type Temporary struct {
	Account   AccountInfo `json:"account"`
	Temporary string      `json:"temporary"`
}

// An AccountLogEntry tells what was done to an account.
type AccountLogEntry struct {
	When time.Time    `json:"when"`
	Who  string       `json:"who"`
	Key  string       `json:"key" doc:"names the sentence in the catalogues"`
	Args problem.Args `json:"args"`
}

// A TokenInfo is a key for programs, without its secret.
type TokenInfo struct {
	ID       string     `json:"id"`
	Name     string     `json:"name"`
	Scope    string     `json:"scope" enum:"read,edit"`
	Created  time.Time  `json:"created_at"`
	Until    string     `json:"until" format:"date"`
	LastUsed *time.Time `json:"last_used"`
}

// A NewToken is a key with its secret, which is told this once.
type NewToken struct {
	Token  TokenInfo `json:"token"`
	Secret string    `json:"secret"`
}

// A RuleInfo is one row of the table of rights: what each role may do with the
// places that the pattern stands for.
type RuleInfo struct {
	Pattern       string `json:"pattern"`
	Title         string `json:"title" doc:"names the sentence in the catalogues"`
	Director      string `json:"director" enum:"edit,own,read,none"`
	Finance       string `json:"finance" enum:"edit,own,read,none"`
	Lead          string `json:"lead" enum:"edit,own,read,none"`
	Viewer        string `json:"viewer" enum:"edit,own,read,none"`
	Administrator string `json:"administrator" enum:"edit,own,read,none"`
}
