package live

import (
	"context"
	"math"
	"slices"
	"strconv"

	"centerplan/budget"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/planning/seal"
	"centerplan/planning/workflow"
	"centerplan/scenarios"
	"centerplan/store"
)

// amount is the total that decides which steps of an approval are needed: NaN
// where it failed, so that all of them are.
func (h *Head) amount() float64 {
	if h.Plan.Workflow.Amount == "" {
		return 0
	}
	line, ok := h.Plan.Budget.ByID(budget.LineID(h.Plan.Workflow.Amount))
	if !ok {
		return math.NaN()
	}
	outcome, err := h.Outcome(scenarios.Base)
	if err != nil {
		return math.NaN()
	}
	total, ok := outcome.Total(line.Code)
	if !ok {
		return math.NaN()
	}
	return total
}

// Act carries out an act of the workflow as the plan's next revision, in the
// person's own name or, where that is not enough, in that of somebody they stand
// in for. Kinds: Forbidden where it is not theirs, Conflict where it is not the
// time for it, Invalid where a reason or a part of a proposal is missing.
func (a *Access) Act(ctx context.Context, id store.PlanID, opID string, act workflow.Act) (*Applied, error) {
	name := actName(act)
	prepare := func(head *Head) (store.Change, error) {
		ops, by, err := a.ops(head, act)
		if err != nil {
			return store.Change{}, err
		}
		return store.Change{
			Who: a.who.Actor(), For: store.Actor(by.For), Why: reasonOf(act), Act: name, Patch: ops,
		}, nil
	}
	same := func(stored store.Entry) bool {
		return stored.Who == a.who.Actor() && stored.Act == name && stored.Why == reasonOf(act)
	}
	return a.write(ctx, task{plan: id, opID: opID, prepare: prepare, same: same})
}

// ops returns the patch of an act and in whose name it is done.
func (a *Access) ops(head *Head, act workflow.Act) (ops []patch.Op, by workflow.Actor, err error) {
	center := rights.CenterOf(head.Document)
	for _, actor := range a.who.actors(center, a.hub.today()) {
		done, refused := head.Plan.Workflow.Ops(head.Document, act, actor, head.amount())
		if refused == nil {
			return done, actor, nil
		}
		if err == nil {
			err = refused
		}
	}
	return nil, workflow.Actor{}, err
}

func reasonOf(act workflow.Act) string {
	if act.Proposal != nil {
		return act.Proposal.Reason
	}
	return act.Note
}

// actName is how the history names an act: its kind and what it is on. The
// number of a proposal is not known before it is made.
func actName(act workflow.Act) string {
	switch {
	case act.Section != "":
		return string(act.Kind) + " " + string(act.Section)
	case act.Amendment > 0:
		return string(act.Kind) + " " + strconv.Itoa(act.Amendment)
	default:
		return string(act.Kind)
	}
}

// SealAct is how the history names the sealing of a plan.
const SealAct = "seal"

// Seal seals the plan with the scenarios of the codes, all where there are
// none: what their documents and results are now is stored for ever, and the
// change that says so becomes the next revision. It is a Conflict while
// something keeps the plan from being sealed.
func (a *Access) Seal(ctx context.Context, id store.PlanID, opID, why string, codes []scenarios.Code) (*Applied, error) {
	var sealed seal.Sealed
	prepare := func(head *Head) (store.Change, error) {
		view, err := a.see(ctx, a.hub.held(id), head)
		if err != nil {
			return store.Change{}, err
		}
		if !view.May(rights.Sealing) || !view.sight.Whole() {
			return store.Change{}, problem.Problem{Kind: problem.Forbidden, Pointer: "/workflow/seal", Key: "rights.may_not_seal"}
		}
		if blocked := view.Blocked(); len(blocked) > 0 {
			return store.Change{}, blocked
		}
		if sealed, err = head.seal(codes, a.hub.engine); err != nil {
			return store.Change{}, err
		}
		mark := sealed.Mark(a.who.ID, a.hub.today())
		return store.Change{
			Who: a.who.Actor(), Why: why, Act: SealAct,
			Patch: mark.SealOps(head.Document),
		}, nil
	}
	same := func(stored store.Entry) bool { return stored.Act == SealAct && stored.Who == a.who.Actor() }
	stored := func() store.Seal {
		return store.Seal{
			Rev: store.Rev(sealed.Rev), Hash: sealed.Hash, When: a.hub.clock().UTC(), Who: a.who.Actor(), Bytes: sealed.Bytes,
		}
	}
	return a.write(ctx, task{plan: id, opID: opID, prepare: prepare, same: same, seal: stored})
}

// seal makes the seal of a head.
func (h *Head) seal(codes []scenarios.Code, engine string) (seal.Sealed, error) {
	if len(codes) == 0 {
		for _, s := range scenarios.Open(h.Plan.Scenarios) {
			codes = append(codes, s.Code)
		}
	}
	codes, err := seal.Scenarios(h.Plan, codes)
	if err != nil {
		return seal.Sealed{}, err
	}
	var outcomes []*scenarios.Outcome
	for _, code := range codes {
		outcome, err := h.Outcome(code)
		if err != nil {
			return seal.Sealed{}, err
		}
		outcomes = append(outcomes, outcome)
	}
	return seal.Make(h.Document, int(h.Rev), outcomes, engine)
}

// Blocked lists what keeps the plan from being sealed, as far as the viewer may
// see it.
func (v *View) Blocked() problem.List {
	blocked := seal.Ready(v.head.Plan, v.head.Problems, v.head.amount())
	seen, hidden := v.sight.Problems(blocked)
	for i := range seen {
		seen[i].Kind = problem.Conflict // of the sealing, whatever it is of the plan
	}
	if hidden > 0 {
		seen = append(seen, problem.Problem{
			Kind: problem.Conflict, Key: "rights.hidden_points", Args: problem.Args{"count": strconv.Itoa(hidden)},
		})
	}
	return seen
}

// SealBytes returns the sealed bytes. They hold everything, so only those who
// see everything get them; without a seal it is NotFound.
func (v *View) SealBytes() ([]byte, error) {
	if v.head.sealed == nil {
		return nil, problem.Problem{Kind: problem.NotFound, Key: "live.not_sealed"}
	}
	if !v.sight.Whole() {
		return nil, problem.Problem{Kind: problem.Forbidden, Key: "rights.seal_file"}
	}
	return v.head.sealed.stored.Bytes, v.head.sealed.err
}

// VerifySeal gives the two verdicts on the plan's seal, read again from the
// store. The first difference is told to those who may see it.
func (a *Access) VerifySeal(ctx context.Context, view *View) (seal.Verdict, error) {
	id := store.PlanID(view.head.Plan.ID)
	stored, ok, err := a.hub.store.Sealed(ctx, id)
	if err != nil {
		return seal.Verdict{}, err
	}
	mark := view.head.Plan.Workflow.Seal
	if !ok || mark == nil {
		return seal.Verdict{}, problem.Problem{Kind: problem.NotFound, Key: "live.not_sealed"}
	}
	verdict := seal.Verify(stored.Bytes, mark.Hash, a.hub.engine, a.hub.sizer)
	if first := verdict.First; first != nil && slices.Contains(view.sight.Withheld(), first.Line) {
		verdict.First = nil
	}
	return verdict, nil
}

// Reconcile sets the sealed budget and the approved amendments against the
// current budget. Rows of lines that the viewer may not see are left out.
func (a *Access) Reconcile(view *View) (seal.Reconciliation, error) {
	sealed := view.head.sealed
	if sealed == nil {
		return seal.Reconciliation{}, problem.Problem{Kind: problem.NotFound, Key: "live.not_sealed"}
	}
	if sealed.err != nil {
		return seal.Reconciliation{}, sealed.err
	}
	table, err := sealed.reconcile(view.head.Plan.Workflow.Amendments)
	if err != nil {
		return seal.Reconciliation{}, view.told(err)
	}
	withheld := view.sight.Withheld()
	table.Rows = slices.DeleteFunc(table.Rows, func(row seal.Row) bool { return slices.Contains(withheld, row.Code) })
	table.Problems, _ = view.sight.Problems(table.Problems)
	return table, nil
}

// Stages is where the sections and the amendments stand for one person.
type Stages struct {
	Sections   map[workflow.SectionID]Stage
	Amendments map[int]Stage
	// Needed has the steps that the plan's amount asks for.
	Needed map[workflow.StepID]bool
	// Shown is the amount, nil where it failed or may not be seen.
	Shown *float64
}

// A Stage is where a section or an amendment stands for one person.
type Stage struct {
	// Next is the step that is next, empty if none is.
	Next workflow.StepID
	// Overdue says that a section's deadline is past and it is not handed in.
	Overdue bool
	// Acts is what the person may do now.
	Acts []workflow.Kind
}

// Workflow returns where each section and each amendment stands.
func (a *Access) Workflow(view *View) Stages {
	m, amount := view.head.Plan.Workflow, view.head.amount()
	actors := a.mayAct(rights.CenterOf(view.head.Document))
	stages := Stages{
		Sections: map[workflow.SectionID]Stage{}, Amendments: map[int]Stage{}, Needed: map[workflow.StepID]bool{},
		Shown: view.amount(),
	}
	for _, step := range m.Needed(amount) {
		stages.Needed[step.ID] = true
	}
	for _, section := range m.Sections {
		stage := Stage{Overdue: section.Overdue(a.hub.today())}
		if step, ok := m.Next(section, amount); ok && section.State == workflow.HandedIn {
			stage.Next = step.ID
		}
		for _, actor := range actors {
			stage.Acts = append(stage.Acts, m.ActsOn(section.ID, actor, amount)...)
		}
		stage.Acts = distinct(stage.Acts)
		stages.Sections[section.ID] = stage
	}
	for _, amendment := range m.Amendments {
		var stage Stage
		if step, ok := m.NextOf(amendment); ok && amendment.State == workflow.Proposed {
			stage.Next = step.ID
		}
		for _, actor := range actors {
			stage.Acts = append(stage.Acts, m.ActsOnAmendment(amendment.Number, actor)...)
		}
		stage.Acts = distinct(stage.Acts)
		stages.Amendments[amendment.Number] = stage
	}
	return stages
}

// amount returns the amount that decides on steps as far as the viewer may see
// it.
func (v *View) amount() *float64 {
	amount := v.head.amount()
	line, _ := v.head.Plan.Budget.ByID(budget.LineID(v.head.Plan.Workflow.Amount))
	if math.IsNaN(amount) || slices.Contains(v.sight.Withheld(), line.Code) {
		return nil
	}
	return &amount
}

// mayAct returns in whose names the person may act; nobody's with a key that
// only reads.
func (a *Access) mayAct(center string) []workflow.Actor {
	if a.who.ReadOnly {
		return nil
	}
	return a.who.actors(center, a.hub.today())
}

func distinct(kinds []workflow.Kind) []workflow.Kind {
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// MayPropose reports whether the person may propose an amendment now.
func (a *Access) MayPropose(view *View) bool {
	return slices.ContainsFunc(a.mayAct(rights.CenterOf(view.head.Document)), view.head.Plan.Workflow.MayPropose)
}
