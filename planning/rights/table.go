package rights

import "centerplan/planning/document"

// A Level is what a rule lets a role do with a place of the document.
type Level string

// The levels. To read is to see what is not hidden.
const (
	None Level = "none" // neither see nor change
	Read Level = "read" // see
	Own  Level = "own"  // see, and change what is one's own
	Edit Level = "edit" // see and change
)

// A Rule says for a place of the document what each role may do there.
type Rule struct {
	// Pattern is a JSON pointer in which * stands for one part and a last ** for
	// any number of them, none included. The first rule that matches holds.
	Pattern string `json:"pattern"`
	// Title is the key of the rule's name in the catalogues.
	Title         string `json:"title"`
	Director      Level  `json:"director"`
	Finance       Level  `json:"finance"`
	Lead          Level  `json:"lead"`
	Viewer        Level  `json:"viewer"`
	Administrator Level  `json:"administrator"`

	// owns says what a lead's own is where the rule says Own.
	owns owner
	// parts are the pattern's.
	parts []string
}

// Of returns the level of a role.
func (r Rule) Of(role Role) Level {
	switch role {
	case Director:
		return r.Director
	case Finance:
		return r.Finance
	case Lead:
		return r.Lead
	case Viewer:
		return r.Viewer
	case Administrator:
		return r.Administrator
	default:
		return None
	}
}

// An owner says of a place whether it belongs to somebody.
type owner int

// What may be somebody's own.
const (
	nobody    owner = iota
	cells           // the values of own lines, and of own members in open lines
	milestone       // a milestone one owns or is the deputy for
	objective       // an objective one owns
	checkin         // check-ins on what one owns: new ones and the latest
	word            // a comment or a reply: what one adds, and takes back while nobody answered
	text            // what one said, while nobody answered
	settling        // a thread one began, or whose place one owns
)

// Table returns the rules in the order they are asked.
func Table() []Rule { return append([]Rule(nil), table...) }

// table is the one truth about who may change what.
var table = []Rule{
	rule("/plan/id", "rights.table.identity", Read, Read, Read, Read, Read, nobody),
	rule("/plan/center/**", "rights.table.center", Read, Read, Read, Read, Edit, nobody),
	rule("/plan/**", "rights.table.header", Edit, Edit, Read, Read, Edit, nobody),
	rule("/method/strategy/**", "rights.table.strategy", Edit, Read, Read, Read, Read, nobody),
	rule("/method/positioning/**", "rights.table.positioning", Edit, Read, Read, Read, Read, nobody),
	rule("/method/**", "rights.table.method", Edit, Edit, Read, Read, Read, nobody),
	rule("/budget/lines/*/sensitive", "rights.table.sensitive", Edit, Edit, Read, Read, Read, nobody),
	rule("/budget/lines/*/released", "rights.table.released", Edit, Edit, Read, Read, Read, nobody),
	rule("/budget/lines/*/values/**", "rights.table.values", Edit, Edit, Own, Read, Read, cells),
	rule("/budget/lines/*/held/**", "rights.table.held", Edit, Edit, Own, Read, Read, cells),
	rule("/budget/**", "rights.table.budget", Edit, Edit, Read, Read, Read, nobody),
	rule("/history/**", "rights.table.history", Edit, Edit, Read, Read, Read, nobody),
	rule("/actuals/**", "rights.table.actuals", Edit, Edit, Read, Read, Read, nobody),
	rule("/scenarios/**", "rights.table.scenarios", Edit, Edit, Read, Read, Read, nobody),
	rule("/okr/milestones/*", "rights.table.milestone", Edit, Edit, Read, Read, Read, nobody),
	rule("/okr/milestones/*/owner", "rights.table.milestone_owner", Edit, Edit, Read, Read, Read, nobody),
	rule("/okr/milestones/*/deputy", "rights.table.milestone_deputy", Edit, Edit, Read, Read, Read, nobody),
	rule("/okr/milestones/*/objective", "rights.table.milestone_objective", Edit, Edit, Read, Read, Read, nobody),
	rule("/okr/milestones/*/**", "rights.table.milestone_content", Edit, Edit, Own, Read, Read, milestone),
	rule("/okr/objectives/*/note/**", "rights.table.objective_note", Edit, Edit, Own, Read, Read, objective),
	rule("/okr/objectives/*/key_results/*", "rights.table.key_result", Edit, Edit, Read, Read, Read, nobody),
	rule("/okr/objectives/*/key_results/*/weight", "rights.table.key_result_weight", Edit, Edit, Read, Read, Read, nobody),
	rule("/okr/objectives/*/key_results/*/**", "rights.table.key_result_content", Edit, Edit, Own, Read, Read, objective),
	rule("/okr/checkins/**", "rights.table.checkins", Edit, Edit, Own, Read, Read, checkin),
	rule("/okr/**", "rights.table.okr", Edit, Edit, Read, Read, Read, nobody),
	rule("/comments/*", "rights.table.comments", Edit, Own, Own, Own, Own, word),
	rule("/comments/*/replies/*", "rights.table.comments_replies", Edit, Own, Own, Own, Own, word),
	rule("/comments/*/resolved/**", "rights.table.comments_resolved", Edit, Edit, Own, Own, Own, settling),
	rule("/comments/*/**", "rights.table.comments_text", Own, Own, Own, Own, Own, text),
	rule("/workflow/sections/*/state", "rights.table.workflow_state", Read, Read, Read, Read, Read, nobody),
	rule("/workflow/sections/*/handed_in/**", "rights.table.workflow_handed_in", Read, Read, Read, Read, Read, nobody),
	rule("/workflow/sections/*/returned/**", "rights.table.workflow_returned", Read, Read, Read, Read, Read, nobody),
	rule("/workflow/sections/*/approvals/**", "rights.table.workflow_approvals", Read, Read, Read, Read, Read, nobody),
	rule("/workflow/seal/**", "rights.table.seal", Read, Read, Read, Read, Read, nobody),
	rule("/workflow/amendments/**", "rights.table.amendments", Read, Read, Read, Read, Read, nobody),
	rule("/workflow/**", "rights.table.workflow", Edit, Read, Read, Read, Edit, nobody),
	rule("/**", "rights.table.rest", Read, Read, Read, Read, Read, nobody),
}

// rule makes a rule; the levels stand in the order of Roles.
func rule(pattern, title string, director, finance, lead, viewer, administrator Level, owns owner) Rule {
	parts, _ := document.Parts(pattern)
	return Rule{
		Pattern: pattern, Title: title, Director: director, Finance: finance, Lead: lead, Viewer: viewer,
		Administrator: administrator, owns: owns, parts: parts,
	}
}
