package web

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/planning/workflow"
	"centerplan/store"
	"centerplan/web/live"
)

// workflow tells where the sections stand.
func (s *Server) workflow(ctx context.Context, in *PlanPath) (*one[WorkflowState], error) {
	access := s.as(ctx)
	view, err := access.View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	m := view.Plan().Workflow
	stages := access.Workflow(view)
	state := WorkflowState{
		Phase: string(m.Phase), Amount: stages.Shown, WhyAbove: m.WhyAbove, Sections: []SectionState{}, Steps: []StepInfo{},
	}
	if line, ok := view.Plan().Budget.ByID(budget.LineID(m.Amount)); ok {
		state.AmountLine = line.Code
	}
	for _, section := range m.Sections {
		state.Sections = append(state.Sections, sectionState(section, stages.Sections[section.ID]))
	}
	for _, step := range m.Steps {
		state.Steps = append(state.Steps, StepInfo{
			ID: string(step.ID), Name: step.Name, Role: step.Role, From: step.From, Needed: stages.Needed[step.ID],
		})
	}
	return &one[WorkflowState]{state}, nil
}

func sectionState(section workflow.Section, stage live.Stage) SectionState {
	return SectionState{
		ID: string(section.ID), Name: section.Name, Covers: append([]string{}, section.Covers...),
		Owner: string(section.Owner), Deadline: dateText(section.Deadline), Overdue: stage.Overdue,
		State: string(section.State), HandedIn: doneInfo(section.HandedIn), Returned: doneInfo(section.Returned),
		Approvals: approvalInfos(section.Approvals), Next: string(stage.Next), Acts: texts(stage.Acts),
	}
}

// texts writes words of one kind as plain texts, none as an empty list.
func texts[T ~string](words []T) []string {
	all := make([]string, len(words))
	for i, word := range words {
		all[i] = string(word)
	}
	return all
}

func dateText(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func doneInfo(mark *workflow.Mark) *DoneInfo {
	if mark == nil {
		return nil
	}
	return &DoneInfo{Who: mark.Who, On: dateText(mark.On), Note: mark.Note, For: mark.For}
}

func approvalInfos(approvals []workflow.Approval) []DoneInfo {
	infos := []DoneInfo{}
	for _, approval := range approvals {
		info := doneInfo(&approval.Mark)
		info.Step = string(approval.Step)
		infos = append(infos, *info)
	}
	return infos
}

// actInfo tells an act as the history names it, nil for an ordinary edit.
func actInfo(act string) *ActInfo {
	if act == "" {
		return nil
	}
	kind, subject, _ := strings.Cut(act, " ")
	info := &ActInfo{Kind: kind, Section: subject}
	if number, err := strconv.Atoi(subject); err == nil {
		info.Section, info.Amendment = "", number
	}
	return info
}

type actInput struct {
	PlanPath
	Body struct {
		OpID      string    `json:"op_id" minLength:"1" maxLength:"200"`
		Kind      string    `json:"kind" enum:"hand_in,return,approve,reopen,propose,approve_amendment,reject,withdraw"`
		Section   string    `json:"section,omitempty" maxLength:"200"`
		Amendment int       `json:"amendment,omitempty" minimum:"1"`
		Note      string    `json:"note,omitempty" maxLength:"2000"`
		Proposal  *Proposal `json:"proposal,omitempty"`
	}
}

// A Proposal is an amendment before anyone decided on it.
type Proposal struct {
	Kind    string          `json:"kind" enum:"transfer,supplement,reserve"`
	Name    document.Text   `json:"name"`
	Reason  string          `json:"reason" maxLength:"2000"`
	Entries []AmendmentLine `json:"entries" maxItems:"500"`
}

func (s *Server) act(ctx context.Context, in *actInput) (*one[EditResult], error) {
	access := s.as(ctx)
	act := workflow.Act{
		Kind: workflow.Kind(in.Body.Kind), Section: workflow.SectionID(in.Body.Section),
		Amendment: in.Body.Amendment, Note: in.Body.Note,
	}
	if in.Body.Proposal != nil {
		view, err := access.View(ctx, in.plan())
		if err != nil {
			return nil, err
		}
		if act.Proposal, err = proposalOf(*in.Body.Proposal, view.Plan().Budget); err != nil {
			return nil, err
		}
	}
	applied, err := access.Act(ctx, in.plan(), in.Body.OpID, act)
	return s.editResult(applied, true, err)
}

// proposalOf reads a proposal whose entries name lines and members by their
// codes.
func proposalOf(p Proposal, model budget.Model) (*workflow.Amendment, error) {
	amendment := &workflow.Amendment{Kind: workflow.AmendmentKind(p.Kind), Name: p.Name, Reason: p.Reason}
	var faults problem.List
	for i, line := range p.Entries {
		entry, fault := entryOf(line, model)
		if fault != nil {
			fault.Args["row"] = strconv.Itoa(i + 1)
			faults = append(faults, *fault)
		}
		entry.ID = fmt.Sprintf("e%d", i+1)
		amendment.Entries = append(amendment.Entries, entry)
	}
	return amendment, faults.Err()
}

func entryOf(l AmendmentLine, model budget.Model) (workflow.Entry, *problem.Problem) {
	fault := func(key string, args problem.Args) *problem.Problem {
		return &problem.Problem{Kind: problem.Invalid, Key: key, Args: args}
	}
	line, ok := model.ByCode(l.Line)
	if !ok {
		return workflow.Entry{}, fault("web.entry_line", problem.Args{"line": l.Line})
	}
	month, ok := calendar.Parse(l.Month)
	if !ok {
		return workflow.Entry{}, fault("web.entry_month", problem.Args{"month": l.Month})
	}
	members, ok := model.MemberIDs(line, l.Member)
	if !ok {
		return workflow.Entry{}, fault("web.entry_member", problem.Args{
			"line": l.Line, "by": strings.Join(line.By, ", "), "got": strings.Join(l.Member, ", "),
		})
	}
	return workflow.Entry{Line: line.ID, Member: members, Month: month, Amount: l.Amount}, nil
}

func sealInfo(view *live.View) *SealInfo {
	mark := view.Mark()
	if mark == nil {
		return nil
	}
	info := &SealInfo{
		Rev: store.Rev(mark.Rev), Hash: mark.Hash, Short: seal.Short(mark.Hash), Who: mark.Who, On: mark.On.String(),
		Engine: mark.Engine, Scenarios: []string{},
	}
	for _, scenario := range view.Scenarios() {
		for _, id := range mark.Scenarios {
			if scenario.ID == id {
				info.Scenarios = append(info.Scenarios, string(scenario.Code))
			}
		}
	}
	return info
}

// sealState verifies the seal each time it is asked: a verdict is worth what
// was looked at for it.
func (s *Server) sealState(ctx context.Context, in *PlanPath) (*one[SealState], error) {
	access := s.as(ctx)
	view, err := access.View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	state := SealState{Sealed: sealInfo(view), Blocked: []ProblemInfo{}}
	if state.Sealed == nil {
		state.Blocked = problemInfos(view.Blocked())
		return &one[SealState]{state}, nil
	}
	verdict, err := access.VerifySeal(ctx, view)
	if err != nil {
		return nil, err
	}
	state.Verdict = &SealVerdict{
		BytesSame: verdict.BytesSame, Recalculated: verdict.Recalculated, SealedBy: verdict.SealedBy, CheckedBy: verdict.CheckedBy,
	}
	if first := verdict.First; first != nil {
		state.Verdict.First = &SealDifference{
			Scenario: string(first.Scenario), Line: first.Line, Member: append([]string{}, first.Member...),
			Month: first.Month, Sealed: first.Sealed, Now: first.Now,
		}
	}
	return &one[SealState]{state}, nil
}

type sealInput struct {
	PlanPath
	Body struct {
		OpID      string   `json:"op_id" minLength:"1" maxLength:"200"`
		Why       string   `json:"why" maxLength:"2000"`
		Scenarios []string `json:"scenarios,omitempty" maxItems:"200" doc:"codes of the scenarios to seal; all that are not archived without any"`
	}
}

func (s *Server) seal(ctx context.Context, in *sealInput) (*one[Sealing], error) {
	applied, err := s.as(ctx).Seal(ctx, in.plan(), in.Body.OpID, in.Body.Why, codes(in.Body.Scenarios))
	s.metrics.edited(err)
	if err != nil {
		return nil, err
	}
	info := sealInfo(applied.View)
	return &one[Sealing]{Sealing{Rev: applied.Rev, Hash: info.Hash, Short: info.Short}}, nil
}

func (s *Server) sealFile(ctx context.Context, in *PlanPath) (*download, error) {
	view, err := s.as(ctx).View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	bytes, err := view.SealBytes()
	if err != nil {
		return nil, err
	}
	return &download{
		Type: "application/json", Disposition: `attachment; filename="` + in.ID + `.seal.json"`, Body: bytes,
	}, nil
}

func (s *Server) amendments(ctx context.Context, in *PlanPath) (*one[AmendmentsState], error) {
	access := s.as(ctx)
	view, err := access.View(ctx, in.plan())
	if err != nil {
		return nil, err
	}
	state := AmendmentsState{
		Sealed: view.Mark() != nil, MayPropose: access.MayPropose(view),
		Amendments: []AmendmentState{}, Table: []ReconciledLine{}, Blocked: []ProblemInfo{},
	}
	if !state.Sealed {
		return &one[AmendmentsState]{state}, nil
	}
	plan, stages := view.Plan(), access.Workflow(view)
	for _, amendment := range plan.Workflow.Amendments {
		state.Amendments = append(state.Amendments, amendmentState(amendment, stages.Amendments[amendment.Number], plan.Budget))
	}
	table, err := access.Reconcile(view)
	if err != nil && problem.KindOf(err) == problem.Internal {
		return nil, err
	}
	state.Blocked = problemInfos(append(problem.Of(err), table.Problems...))
	for _, row := range table.Rows {
		state.Table = append(state.Table, ReconciledLine{
			Line: row.Code, Unit: row.Unit, Original: row.Original, Transfers: row.Transfers, Supplements: row.Supplements,
			Reserve: row.Reserve, Current: row.Current, Difference: row.Difference, Amended: row.Amended, Follows: row.Follows,
		})
	}
	return &one[AmendmentsState]{state}, nil
}

func amendmentState(a workflow.Amendment, stage live.Stage, model budget.Model) AmendmentState {
	state := AmendmentState{
		Number: a.Number, Kind: string(a.Kind), Name: a.Name, Reason: a.Reason, State: string(a.State),
		Entries: []AmendmentLine{}, Proposed: doneInfo(&a.Proposed), Approvals: approvalInfos(a.Approvals),
		Closed: doneInfo(a.Closed), Amount: a.Amount(), Next: string(stage.Next), Acts: texts(stage.Acts),
	}
	for _, entry := range a.Entries {
		line, _ := model.ByID(entry.Line)
		state.Entries = append(state.Entries, AmendmentLine{
			Line: line.Code, Member: model.MemberCodes(line, entry.Member), Month: entry.Month.String(), Amount: entry.Amount,
		})
	}
	return state
}
