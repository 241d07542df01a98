package workflow

import (
	"slices"
	"strconv"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// A Kind is what an act does.
type Kind string

// The kinds of acts, first those on a section, then those on an amendment.
const (
	HandIn           Kind = "hand_in"
	Return           Kind = "return"
	Approve          Kind = "approve"
	Reopen           Kind = "reopen"
	Propose          Kind = "propose"
	ApproveAmendment Kind = "approve_amendment"
	Reject           Kind = "reject"
	Withdraw         Kind = "withdraw"
)

// Kinds lists every kind of act.
func Kinds() []Kind {
	return []Kind{HandIn, Return, Approve, Reopen, Propose, ApproveAmendment, Reject, Withdraw}
}

// sectionKinds and amendmentKinds are those on something that is there already.
var (
	sectionKinds   = []Kind{HandIn, Return, Approve, Reopen}
	amendmentKinds = []Kind{ApproveAmendment, Reject, Withdraw}
)

// wantsReason reports whether an act undoes another's work and must say why.
func (k Kind) wantsReason() bool { return k == Return || k == Reopen || k == Reject }

// An Act is one step of the workflow.
type Act struct {
	Kind Kind
	// Section or Amendment is what the act is on; a proposal has neither.
	Section   SectionID
	Amendment int
	Note      string
	// Proposal is what Propose proposes. Its number, state and marks are set by
	// the act.
	Proposal *Amendment
}

// An Actor is a person at the moment of an act.
type Actor struct {
	Who string
	// For is the person Who stands in for, empty for none.
	For string
	// Roles and Positions are what the person may act as now, those stood in for
	// included.
	Roles     []string
	Positions []okr.RoleID
	On        calendar.Date
}

func (a Actor) has(role string) bool { return slices.Contains(a.Roles, role) }

func (a Actor) mark(note string) Mark {
	return Mark{Who: a.Who, For: a.For, On: a.On, Note: strings.TrimSpace(note)}
}

// Ops returns the patch on the document that an act is. The amount is the total
// of the line Amount, NaN where it is not known. An error is a problem.List:
// Forbidden where the act is not this person's, Conflict where the section or
// the amendment is not in a state for it, NotFound where there is none, and
// Invalid where a reason is missing or a proposal breaks its rules.
func (m Model) Ops(doc document.Node, act Act, by Actor, amount float64) ([]patch.Op, error) {
	switch {
	case slices.Contains(sectionKinds, act.Kind):
		return m.sectionOps(doc, act, by, amount)
	case slices.Contains(amendmentKinds, act.Kind):
		return m.amendmentOps(doc, act, by)
	case act.Kind == Propose:
		return m.proposeOps(doc, act, by)
	default:
		return nil, problem.List{invalid("", "workflow.unknown_act", problem.Args{"act": string(act.Kind)})}
	}
}

func (m Model) sectionOps(doc document.Node, act Act, by Actor, amount float64) ([]patch.Op, error) {
	section, ok := m.Section(act.Section)
	if !ok {
		return nil, problem.List{{
			Kind: problem.NotFound, Pointer: root + "/sections", Key: "workflow.no_section",
			Args: problem.Args{"section": string(act.Section)},
		}}
	}
	if fault := m.refuse(section, act.Kind, by, amount); fault != nil {
		return nil, problem.List{*fault}
	}
	if fault := act.reasonless(section.pointer()); fault != nil {
		return nil, problem.List{*fault}
	}
	return m.writeSection(doc, m.after(section, act, by, amount)), nil
}

// after returns the section as an act that may happen leaves it.
func (m Model) after(s Section, act Act, by Actor, amount float64) Section {
	mark := by.mark(act.Note)
	switch act.Kind {
	case HandIn:
		s.State, s.HandedIn = HandedIn, &mark
	case Return:
		s.State, s.Returned, s.HandedIn, s.Approvals = Returned, &mark, nil, nil
	case Reopen:
		s.State, s.Returned, s.HandedIn, s.Approvals = Open, &mark, nil, nil
	case Approve:
		step, _ := m.Next(s, amount)
		s.Approvals = append(slices.Clone(s.Approvals), Approval{step.ID, mark})
		if _, more := m.Next(s, amount); !more {
			s.State = Approved
		}
	default: // the others are on amendments
	}
	return s
}

// refuse says why an act on a section is not this person's or not possible now,
// nil if it is.
func (m Model) refuse(s Section, kind Kind, by Actor, amount float64) *problem.Problem {
	refusal := refusal{pointer: s.pointer(), args: problem.Args{"section": string(s.ID)}}
	if m.Seal != nil {
		return refusal.conflict("workflow.sealed")
	}
	switch kind {
	case HandIn:
		if s.Closed() {
			return refusal.conflict("workflow.not_open")
		}
		if !by.has(Director) && (s.Owner == "" || !slices.Contains(by.Positions, s.Owner)) {
			return refusal.forbidden("workflow.not_owner")
		}
	case Return:
		if s.State != HandedIn {
			return refusal.conflict("workflow.not_handed_in")
		}
		if step, next := m.Next(s, amount); !by.has(Director) && (!next || !by.has(step.Role)) {
			return refusal.forbidden("workflow.not_approver")
		}
	case Approve:
		if s.State != HandedIn {
			return refusal.conflict("workflow.not_handed_in")
		}
		step, next := m.Next(s, amount)
		return refusal.approval(step, next, by, marks(s.Approvals, s.HandedIn))
	case Reopen:
		if !s.Closed() {
			return refusal.conflict("workflow.is_open")
		}
		if !by.has(Director) {
			return refusal.forbidden("workflow.not_director")
		}
	default: // the others are on amendments
	}
	return nil
}

// A refusal makes the problems of acts that are refused at one place.
type refusal struct {
	pointer string
	args    problem.Args
}

func (r refusal) conflict(key string) *problem.Problem {
	return &problem.Problem{Kind: problem.Conflict, Pointer: r.pointer, Key: key, Args: r.args}
}

func (r refusal) forbidden(key string) *problem.Problem {
	return &problem.Problem{Kind: problem.Forbidden, Pointer: r.pointer, Key: key, Args: r.args}
}

// approval says why a person may not approve the next step, given the marks of
// all who acted on the thing before: four eyes see it, deputies and those they
// stand in for counting as one.
func (r refusal) approval(step Step, next bool, by Actor, before []Mark) *problem.Problem {
	if !next {
		return r.conflict("workflow.nothing_to_approve")
	}
	if !by.has(step.Role) {
		return r.forbidden("workflow.not_approver")
	}
	if slices.ContainsFunc(before, by.mark("").same) {
		return r.forbidden("workflow.four_eyes")
	}
	return nil
}

// marks returns the marks of all who acted on a thing: who began it, if anyone
// did, and who approved it.
func marks(approvals []Approval, begun *Mark) []Mark {
	var marks []Mark
	if begun != nil {
		marks = append(marks, *begun)
	}
	for _, approval := range approvals {
		marks = append(marks, approval.Mark)
	}
	return marks
}

// reasonless refuses an act that must say why and does not.
func (a Act) reasonless(pointer string) *problem.Problem {
	if !a.Kind.wantsReason() || strings.TrimSpace(a.Note) != "" {
		return nil
	}
	fault := invalid(pointer, "workflow.no_reason", nil)
	return &fault
}

// ActsOn lists what a person may do with a section now.
func (m Model) ActsOn(id SectionID, by Actor, amount float64) []Kind {
	section, ok := m.Section(id)
	if !ok {
		return nil
	}
	var kinds []Kind
	for _, kind := range sectionKinds {
		if m.refuse(section, kind, by, amount) == nil {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// ActsOnAmendment lists what a person may do with an amendment now.
func (m Model) ActsOnAmendment(number int, by Actor) []Kind {
	amendment, ok := m.Amendment(number)
	if !ok {
		return nil
	}
	var kinds []Kind
	for _, kind := range amendmentKinds {
		if m.refuseAmendment(amendment, kind, by) == nil {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// MayPropose reports whether a person may propose an amendment now.
func (m Model) MayPropose(by Actor) bool { return m.refuseProposal(by) == nil }

func (m Model) refuseProposal(by Actor) *problem.Problem {
	refusal := refusal{pointer: root + "/amendments"}
	if m.Seal == nil {
		return refusal.conflict("workflow.not_sealed")
	}
	if !by.has(Director) && !by.has(Finance) && !by.has(Lead) {
		return refusal.forbidden("workflow.not_proposer")
	}
	return nil
}

// refuseAmendment is refuse for an act on an amendment.
func (m Model) refuseAmendment(a Amendment, kind Kind, by Actor) *problem.Problem {
	refusal := refusal{pointer: a.pointer(), args: problem.Args{"number": strconv.Itoa(a.Number)}}
	if m.Seal == nil {
		return refusal.conflict("workflow.not_sealed")
	}
	if a.State != Proposed {
		return refusal.conflict("workflow.amendment_closed")
	}
	step, next := m.NextOf(a)
	switch kind {
	case ApproveAmendment:
		return refusal.approval(step, next, by, marks(a.Approvals, &a.Proposed))
	case Reject:
		if !by.has(Director) && (!next || !by.has(step.Role)) {
			return refusal.forbidden("workflow.not_approver")
		}
	case Withdraw:
		if !by.mark("").same(a.Proposed) {
			return refusal.forbidden("workflow.not_yours")
		}
	default: // the others are on sections
	}
	return nil
}

func (m Model) amendmentOps(doc document.Node, act Act, by Actor) ([]patch.Op, error) {
	amendment, ok := m.Amendment(act.Amendment)
	if !ok {
		return nil, problem.List{{
			Kind: problem.NotFound, Pointer: root + "/amendments", Key: "workflow.no_amendment",
			Args: problem.Args{"number": strconv.Itoa(act.Amendment)},
		}}
	}
	if fault := m.refuseAmendment(amendment, act.Kind, by); fault != nil {
		return nil, problem.List{*fault}
	}
	if fault := act.reasonless(amendment.pointer()); fault != nil {
		return nil, problem.List{*fault}
	}
	mark := by.mark(act.Note)
	switch act.Kind {
	case Reject:
		amendment.State, amendment.Closed = Rejected, &mark
	case Withdraw:
		amendment.State, amendment.Closed = Withdrawn, &mark
	default:
		step, _ := m.NextOf(amendment)
		amendment.Approvals = append(slices.Clone(amendment.Approvals), Approval{step.ID, mark})
		if _, more := m.NextOf(amendment); !more {
			amendment.State = AmendmentApproved
		}
	}
	return writeAmendment(doc, amendment), nil
}

// proposeOps numbers a proposal and puts it beside the others.
func (m Model) proposeOps(doc document.Node, act Act, by Actor) ([]patch.Op, error) {
	if fault := m.refuseProposal(by); fault != nil {
		return nil, problem.List{*fault}
	}
	if act.Proposal == nil {
		return nil, problem.List{invalid(root+"/amendments", "workflow.no_entries", nil)}
	}
	proposal := Amendment{
		Number: 1, Kind: act.Proposal.Kind, Name: act.Proposal.Name, State: Proposed,
		Reason: strings.TrimSpace(act.Proposal.Reason), Proposed: by.mark(act.Note),
	}
	for _, other := range m.Amendments {
		proposal.Number = max(proposal.Number, other.Number+1)
	}
	width := len(strconv.Itoa(len(act.Proposal.Entries)))
	for i, entry := range act.Proposal.Entries {
		number := strconv.Itoa(i + 1)
		entry.ID = "e" + strings.Repeat("0", width-len(number)) + number // so that ids sort as the entries do
		proposal.Entries = append(proposal.Entries, entry)
	}
	if !slices.Contains(AmendmentKinds(), proposal.Kind) {
		return nil, problem.List{invalid(proposal.pointer()+"/kind", "shape.one_of", problem.Args{
			"got": string(proposal.Kind), "want": strings.Join(document.Words(AmendmentKinds()), ", "),
		})}
	}
	if err := proposal.check(proposal.pointer()).Err(); err != nil {
		return nil, err
	}
	return writeAmendment(doc, proposal), nil
}

func (a Amendment) pointer() string {
	return document.Pointer(root, "amendments", strconv.Itoa(a.Number))
}
