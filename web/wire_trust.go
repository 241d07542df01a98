package web

import (
	"time"

	"centerplan/planning/document"
	"centerplan/store"
)

// AccessInfo tells a page what its reader may see and do with a plan. The
// server refuses the rest all the same.
type AccessInfo struct {
	Roles []string `json:"roles"`
	// Hidden are the codes of lines whose values and formulas are not shown,
	// Withheld of those whose results are not.
	Hidden   []string `json:"hidden"`
	Withheld []string `json:"withheld"`
	// HiddenProblems is how many open points are not shown.
	HiddenProblems int `json:"hidden_problems"`
	// May lists what can be done: edit, comment, hand_in, propose, seal,
	// workflow, header, see_pay, download, create.
	May []string `json:"may"`
	// Positions, Lines and Members are what a lead calls their own: positions of
	// the plan, codes of lines and of members.
	Positions []string `json:"positions"`
	Lines     []string `json:"lines"`
	Members   []string `json:"members"`
	// Sealed is set once the plan is sealed.
	Sealed *SealInfo `json:"sealed"`
	// Past says that this is an earlier revision, which nobody edits.
	Past bool `json:"past"`
	// Closed lists the sections that are handed in or approved; none once the
	// plan is sealed.
	Closed []string `json:"closed"`
}

// A SealInfo tells of a plan's seal.
type SealInfo struct {
	Rev       store.Rev `json:"rev"`
	Hash      string    `json:"hash" doc:"SHA-256 of the sealed bytes, in hexadecimal"`
	Short     string    `json:"short" doc:"the beginning of the hash, as printed on each page"`
	Who       string    `json:"who"`
	On        string    `json:"on" format:"date"`
	Engine    string    `json:"engine"`
	Scenarios []string  `json:"scenarios" doc:"codes of the sealed scenarios"`
}

// Sealing names a seal that was made.
type Sealing struct {
	Rev   store.Rev `json:"rev"`
	Hash  string    `json:"hash"`
	Short string    `json:"short"`
}

// A SealState tells of a plan's seal and how it stands, or what keeps the plan
// from being sealed.
type SealState struct {
	Sealed  *SealInfo     `json:"sealed"`
	Blocked []ProblemInfo `json:"blocked"`
	Verdict *SealVerdict  `json:"verdict"`
}

// A SealVerdict has the two verdicts on a seal.
type SealVerdict struct {
	// BytesSame says that what is stored is to the byte what was sealed.
	BytesSame bool `json:"bytes_same"`
	// Recalculated says that this engine comes to the sealed results.
	Recalculated bool            `json:"recalculated"`
	SealedBy     string          `json:"sealed_by"`
	CheckedBy    string          `json:"checked_by"`
	First        *SealDifference `json:"first"`
}

// A SealDifference is the first number that differs from the sealed one.
type SealDifference struct {
	Scenario string   `json:"scenario"`
	Line     string   `json:"line"`
	Member   []string `json:"member"`
	Month    string   `json:"month"`
	Sealed   *float64 `json:"sealed"`
	Now      *float64 `json:"now"`
}

// A DoneInfo tells who did a step of the workflow, when, and what they said.
type DoneInfo struct {
	Step string `json:"step,omitempty"`
	Who  string `json:"who"`
	On   string `json:"on" format:"date"`
	Note string `json:"note"`
	For  string `json:"for,omitempty" doc:"whom they stood in for"`
}

// A WorkflowState is where a plan's sections stand, and what its reader may do
// about it now.
type WorkflowState struct {
	Phase      string         `json:"phase" enum:"draft,negotiation"`
	Amount     *float64       `json:"amount" doc:"null where it failed or is not shown"`
	AmountLine string         `json:"amount_line" doc:"code of the line whose total is the amount"`
	WhyAbove   float64        `json:"why_above"`
	Sections   []SectionState `json:"sections"`
	Steps      []StepInfo     `json:"steps"`
}

// A SectionState is where one section stands.
type SectionState struct {
	ID        string        `json:"id"`
	Name      document.Text `json:"name"`
	Covers    []string      `json:"covers"`
	Owner     string        `json:"owner"`
	Deadline  string        `json:"deadline"`
	Overdue   bool          `json:"overdue"`
	State     string        `json:"state" enum:"open,handed_in,returned,approved"`
	HandedIn  *DoneInfo     `json:"handed_in"`
	Returned  *DoneInfo     `json:"returned"`
	Approvals []DoneInfo    `json:"approvals"`
	Next      string        `json:"next" doc:"the step that is next, empty if none is"`
	Acts      []string      `json:"acts" doc:"what this reader may do now"`
}

// A StepInfo is one step of an approval.
type StepInfo struct {
	ID     string        `json:"id"`
	Name   document.Text `json:"name"`
	Role   string        `json:"role" enum:"director,finance"`
	From   float64       `json:"from"`
	Needed bool          `json:"needed" doc:"whether the plan's amount asks for it"`
}

// AmendmentsState has a sealed plan's amendments, and the table in which the
// sealed budget and the approved ones come to the current budget.
type AmendmentsState struct {
	Sealed bool `json:"sealed"`
	// MayPropose says that the reader may propose one now.
	MayPropose bool             `json:"may_propose"`
	Amendments []AmendmentState `json:"amendments"`
	Table      []ReconciledLine `json:"table"`
	// Blocked says why there is no table.
	Blocked []ProblemInfo `json:"blocked"`
}

// An AmendmentState is one amendment.
type AmendmentState struct {
	Number    int             `json:"number"`
	Kind      string          `json:"kind" enum:"transfer,supplement,reserve"`
	Name      document.Text   `json:"name"`
	Reason    string          `json:"reason"`
	State     string          `json:"state" enum:"proposed,approved,rejected,withdrawn"`
	Entries   []AmendmentLine `json:"entries"`
	Proposed  *DoneInfo       `json:"proposed"`
	Approvals []DoneInfo      `json:"approvals"`
	Closed    *DoneInfo       `json:"closed"`
	Amount    float64         `json:"amount"`
	Next      string          `json:"next"`
	Acts      []string        `json:"acts"`
}

// An AmendmentLine is one entry of an amendment.
type AmendmentLine struct {
	Line   string   `json:"line" doc:"code of the line"`
	Member []string `json:"member" required:"false" doc:"one member of each of the line's dimensions"`
	Month  string   `json:"month"`
	Amount float64  `json:"amount"`
}

// A ReconciledLine is one line of the table of amendments: original, what was
// moved, and what it comes to.
type ReconciledLine struct {
	Line        string   `json:"line"`
	Unit        string   `json:"unit"`
	Original    *float64 `json:"original"`
	Transfers   float64  `json:"transfers"`
	Supplements float64  `json:"supplements"`
	Reserve     float64  `json:"reserve"`
	Current     *float64 `json:"current"`
	Difference  *float64 `json:"difference"`
	Amended     bool     `json:"amended" doc:"approved amendments have entries on the line itself; original and entries are then current"`
	Follows     bool     `json:"follows" doc:"the line is not amended itself but follows from those that are"`
}

// A RevisionDifference sets two revisions of a plan beside each other.
type RevisionDifference struct {
	From    store.Rev        `json:"from"`
	To      store.Rev        `json:"to"`
	Changes []DocumentChange `json:"changes"`
	// More is how many further changes there are.
	More int           `json:"more"`
	Rows []RevisionRow `json:"rows"`
}

// A DocumentChange is one place that differs. A missing value was not there.
type DocumentChange struct {
	Pointer string        `json:"pointer"`
	Before  document.Node `json:"before,omitempty"`
	After   document.Node `json:"after,omitempty"`
}

// A RevisionRow is a line's total in both revisions.
type RevisionRow struct {
	Line       string   `json:"line"`
	Unit       string   `json:"unit"`
	From       *float64 `json:"from"`
	To         *float64 `json:"to"`
	Difference *float64 `json:"difference"`
	Verdict    string   `json:"verdict" enum:"same,favourable,unfavourable,neutral"`
}

// An OpenItem is something that waits for whoever asks, or news for them.
type OpenItem struct {
	Plan      store.PlanID  `json:"plan"`
	PlanName  document.Text `json:"plan_name"`
	Kind      string        `json:"kind" enum:"hand_in,returned,approve,amendment,milestone,mention,news"`
	Section   string        `json:"section,omitempty"`
	Amendment int           `json:"amendment,omitempty"`
	Milestone string        `json:"milestone,omitempty"`
	Comment   string        `json:"comment,omitempty" doc:"of a mention: the thread"`
	On        string        `json:"on,omitempty" doc:"of a mention: the pointer of what is talked about"`
	Scenario  string        `json:"scenario,omitempty"`
	Day       string        `json:"day,omitempty" doc:"of a mention: when it was said"`
	Mentions  []Mention     `json:"mentions,omitempty" doc:"of a mention: the positions that the note calls on"`
	Name      document.Text `json:"name" doc:"of the section, the amendment, the milestone or what is talked about"`
	Deadline  string        `json:"deadline,omitempty"`
	Overdue   bool          `json:"overdue"`
	Note      string        `json:"note,omitempty"`
	Act       *ActInfo      `json:"act,omitempty" doc:"of news: what was done"`
	Who       store.Actor   `json:"who,omitempty"`
	When      *time.Time    `json:"when,omitempty"`
	Rev       store.Rev     `json:"rev,omitempty"`
}

// A Mention is a position that a text calls on, in which it stands as @id.
type Mention struct {
	ID   string        `json:"id"`
	Name document.Text `json:"name"`
}

// An ActInfo is an act of the workflow, as the history tells it.
type ActInfo struct {
	Kind      string `json:"kind" enum:"hand_in,return,approve,reopen,propose,approve_amendment,reject,withdraw,seal"`
	Section   string `json:"section,omitempty"`
	Amendment int    `json:"amendment,omitempty"`
}
