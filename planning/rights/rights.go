// Package rights says what a person may see and change of a plan.
//
//	grants + document → Of → Sight → the document, results, history one may see
//	                             └→ Edit: why a patch is refused
//
// Directors and finance see everything. To everyone else lines marked
// sensitive are closed, and so is every result from which they could be
// reckoned, unless a holder marked it released. What no rule opens is closed.
//
// The rules are one table, Table; Edit enforces it and a page shows it.
// DESIGN.md says what is hidden and why, and what no rule can protect.
package rights

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"centerplan/okr"
	"centerplan/planning/document"
)

// A Role is what somebody is in a center.
type Role string

// The roles there are.
const (
	Director      Role = "director"      // answers for the plan; sees and changes all of it
	Finance       Role = "finance"       // keeps the numbers; sees all of it
	Lead          Role = "lead"          // has a team, milestones and key results of their own
	Viewer        Role = "viewer"        // reads and comments
	Administrator Role = "administrator" // looks after people and set-up, changes no number
)

// Roles lists the roles in the order screens show them.
func Roles() []Role { return []Role{Director, Finance, Lead, Viewer, Administrator} }

// Everywhere is the center of a grant that holds in every center.
const Everywhere = "*"

// A Grant gives somebody a role in a center.
type Grant struct {
	// Center is the center's name as CenterOf returns it, or Everywhere. An
	// empty one grants nothing.
	Center string `json:"center"`
	Role   Role   `json:"role"`
	// Position is the role of the plan, of /okr/roles, that a lead holds: what
	// it owns is the lead's own.
	Position okr.RoleID `json:"position,omitempty"`
	// Members are the codes of the members that are a lead's own team or teams.
	Members []string `json:"members,omitempty"`
}

// A Person is whom rights are asked for, with the grants in force today.
type Person struct {
	ID     string
	Grants []Grant
}

// CenterOf returns the name by which grants know the center of a plan: its one
// word, else its English, else its Chinese name; empty where it has none.
func CenterOf(doc document.Node) string {
	center, _ := document.Get(doc, "plan", "center")
	if word, ok := center.(string); ok {
		return word
	}
	for _, locale := range []string{"en", "zh"} {
		name, _ := document.Get(center, locale)
		if word, ok := name.(string); ok && word != "" {
			return word
		}
	}
	return ""
}

// in returns the person's grants that hold in the center.
func (p Person) in(center string) []Grant {
	var grants []Grant
	for _, grant := range p.Grants {
		if slices.Contains(Roles(), grant.Role) && grant.Center != "" && (grant.Center == Everywhere || grant.Center == center) {
			grants = append(grants, grant)
		}
	}
	return grants
}

// RolesIn returns the roles somebody has in the center, in the order of Roles;
// none is no right at all.
func RolesIn(who Person, center string) []Role {
	grants := who.in(center)
	var roles []Role
	for _, role := range Roles() {
		if slices.ContainsFunc(grants, func(g Grant) bool { return g.Role == role }) {
			roles = append(roles, role)
		}
	}
	return roles
}

// Key names what the person may do in the center. Two people with the same key
// see and may change the same, so that what was worked out for one serves the
// other. Where else they see everything counts too: a plan may be moved there.
func (p Person) Key(center string) string {
	var parts []string
	for _, grant := range p.in(center) {
		part := []string{string(grant.Role)}
		if grant.Role == Lead {
			members := slices.Compact(slices.Sorted(slices.Values(grant.Members)))
			part = append(part, string(grant.Position))
			part = append(part, members...)
		}
		text, _ := json.Marshal(part) // texts always marshal
		parts = append(parts, string(text))
	}
	for _, grant := range p.Grants {
		if grant.Center != center && slices.Contains(may[SeeingPay], grant.Role) {
			parts = append(parts, strconv.Quote(grant.Center))
		}
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), "")
}

// An Action is something one may be allowed to do to a plan as a whole.
type Action string

// The actions. Those of the workflow say who may try; the workflow itself says
// whether it is their turn.
const (
	Editing     Action = "edit"     // change anything at all; Edit says what
	Commenting  Action = "comment"  // add comments
	HandingIn   Action = "hand_in"  // hand in a section
	Approving   Action = "approve"  // approve or return what was handed in
	Proposing   Action = "propose"  // propose an amendment
	Sealing     Action = "seal"     // seal the plan
	Workflow    Action = "workflow" // set the workflow up
	Header      Action = "header"   // change the plan's header
	SeeingPay   Action = "see_pay"  // see everything, sensitive lines too
	Downloading Action = "download" // take a PDF or a file of what one sees along
)

// Actions lists every action.
func Actions() []Action {
	return []Action{
		Editing, Commenting, HandingIn, Approving, Proposing, Sealing, Workflow, Header, SeeingPay, Downloading,
	}
}

// may says which roles may try an action.
var may = map[Action][]Role{
	Editing:     {Director, Finance, Lead, Administrator},
	Commenting:  Roles(),
	HandingIn:   {Director, Finance, Lead},
	Approving:   {Director, Finance},
	Proposing:   {Director, Finance, Lead},
	Sealing:     {Director, Finance},
	Workflow:    {Director, Administrator},
	Header:      {Director, Finance, Administrator},
	SeeingPay:   {Director, Finance},
	Downloading: Roles(),
}
