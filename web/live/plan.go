package live

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"centerplan/planning"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/store"
)

// A plan is one open plan.
type plan struct {
	id store.PlanID
	// writing holds one token; who takes it may write.
	writing chan struct{}
	// head is nil until the plan is loaded, and again when the store may have
	// gone on without us.
	head     atomic.Pointer[Head]
	journal  *journal  // the writer's
	snapshot store.Rev // the writer's: the newest snapshot stored
	watchers watchers
	presence presence
	ever     everSensitive
}

func newPlan(id store.PlanID) *plan {
	p := &plan{id: id, writing: make(chan struct{}, 1)}
	p.writing <- struct{}{}
	return p
}

// lock waits for the turn to write.
func (p *plan) lock(ctx context.Context) (unlock func(), err error) {
	select {
	case <-p.writing:
		return func() { p.writing <- struct{}{} }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// mostUndo is how many entries back the steps to undo are looked for when a
// plan is opened.
const mostUndo = 500

// load reads the plan from the store, unless someone did meanwhile.
func (h *Hub) load(ctx context.Context, p *plan) (*Head, error) {
	if head := p.head.Load(); head != nil {
		return head, nil
	}
	loaded, err := h.store.Load(ctx, p.id)
	if err != nil {
		return nil, err
	}
	state, err := replay(loaded)
	if err != nil {
		return nil, err
	}
	entries, err := h.store.Entries(ctx, p.id, loaded.Rev+1, mostUndo)
	if err != nil {
		return nil, err
	}
	p.journal, p.snapshot = newJournal(entries), loaded.Snapshot
	head := newHead(state, h.sizer)
	head.keepSteps(p.journal)
	if head.Plan.Workflow.Seal != nil {
		head.sealed = h.sealedOf(ctx, p.id)
	}
	p.watchers.start(head.Rev)
	p.head.Store(head)
	return head, nil
}

// replay returns the plan at the revision that was loaded.
func replay(loaded store.Loaded) (State, error) {
	doc, err := loaded.Document, error(nil)
	for _, entry := range loaded.Entries {
		if doc, _, err = patch.Apply(doc, entry.Patch); err != nil {
			return State{}, fmt.Errorf("replay revision %d of plan %s: %s", entry.Rev, loaded.ID, outline(err))
		}
	}
	read, err := planning.Read(doc)
	if err != nil {
		// The faults are not the reader's, so they stay out of the error's chain.
		return State{}, problem.Problem{
			Kind: problem.Internal, Key: "live.unreadable", Args: problem.Args{"plan": string(loaded.ID)},
			Err: errors.New(outline(err)),
		}
	}
	return State{Rev: loaded.Rev, Updated: loaded.Updated, Document: doc, Plan: read, Book: read.Book()}, nil
}

// outline tells what problems an error has and where, without their arguments,
// which may be numbers of the plan and have no business in a log. It is text
// alone: what was wrong long ago is not the problem of who asks now.
func outline(err error) string {
	var parts []string
	for _, p := range problem.Of(err) {
		parts = append(parts, problem.Problem{Key: p.Key, Pointer: p.Pointer, Span: p.Span}.Error())
	}
	return strings.Join(parts, "\n")
}

// An Edit is what someone wants to change.
type Edit struct {
	// Base is the revision the editor saw, 0 if they do not say. An older one
	// is fine: what the patch tests decides.
	Base store.Rev
	// OpID is made by the editor; a retry carries the same one.
	OpID  string
	Why   string
	Label string
	Patch []patch.Op
}

// Applied is what came of an edit.
type Applied struct {
	// Rev is the revision the edit became. View may be of a later one if this is
	// the answer to a retry.
	Rev  store.Rev
	View *View
	// Patch is what the edit did.
	Patch []patch.Op
	// Changed holds the lines with other results than before, by scenario, for
	// the scenarios that were evaluated.
	Changed map[scenarios.Code][]string

	head *Head
}

func revOf(ref *Ref, key string) (store.Rev, error) {
	if ref == nil {
		return 0, problem.Problem{Kind: problem.Conflict, Key: key}
	}
	return ref.Rev, nil
}

// mostOpID is how long an operation id may be.
const mostOpID = 200

// A task is one write to a plan.
type task struct {
	plan store.PlanID
	opID string
	// prepare makes the change, apart from its inverse, from the head.
	prepare func(*Head) (store.Change, error)
	// same says whether a stored change with the operation id is this one.
	same func(store.Entry) bool
	// seal is stored with the change that seals a plan.
	seal func() store.Seal
}

// write waits for its turn and commits what the task prepares.
func (h *Hub) write(ctx context.Context, t task) (*Applied, error) {
	if t.opID == "" || len(t.opID) > mostOpID {
		return nil, problem.Problem{Kind: problem.Invalid, Key: "live.op_id", Args: problem.Args{"most": strconv.Itoa(mostOpID)}}
	}
	p, _, err := h.open(ctx, t.plan)
	if err != nil {
		return nil, err
	}
	unlock, err := p.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	const attempts = 3 // another process may write to the same store
	for range attempts {
		var applied *Applied
		if applied, err = h.attempt(ctx, p, t); !isStale(err) {
			return applied, err
		}
		p.head.Store(nil)
	}
	return nil, err
}

func isStale(err error) bool {
	problems := problem.Of(err)
	return len(problems) == 1 && problems[0].Key == "store.stale"
}

func (h *Hub) attempt(ctx context.Context, p *plan, t task) (*Applied, error) {
	head, err := h.load(ctx, p)
	if err != nil {
		return nil, err
	}
	stored, found, err := h.store.Find(ctx, p.id, t.opID)
	if err != nil {
		return nil, err
	}
	if found {
		if !t.same(stored) {
			return nil, problem.Problem{Kind: problem.Invalid, Key: "live.op_id_used", Args: problem.Args{"op_id": t.opID}}
		}
		return &Applied{Rev: stored.Rev, head: head, Patch: stored.Patch, Changed: p.watchers.changedAt(stored.Rev)}, nil
	}
	change, err := t.prepare(head)
	if err != nil {
		return nil, err
	}
	change.OpID, change.When = t.opID, h.clock().UTC()
	return h.commit(ctx, p, head, t, change)
}

// commit applies the change to the head, stores it and tells everyone.
func (h *Hub) commit(ctx context.Context, p *plan, head *Head, t task, change store.Change) (*Applied, error) {
	doc, inverse, err := patch.Apply(head.Document, change.Patch)
	if err != nil {
		return nil, err
	}
	if len(inverse) == 0 {
		return nil, problem.Problem{Kind: problem.Invalid, Key: "live.empty_patch"}
	}
	change.Inverse = inverse
	read, err := head.Plan.Next(doc)
	if err != nil {
		return nil, err
	}
	if err := guard(head, doc, read, change); err != nil {
		return nil, err
	}
	// Everything that could go wrong in the core comes before the change is
	// stored, so that no plan is stored that cannot be opened.
	next := newHead(State{
		Rev: head.Rev + 1, Updated: change.When, Document: doc, Plan: read,
		Book: head.Book.Next(read.Budget, read.Scenarios),
	}, h.sizer)
	next.sealed = head.sealed
	rev, err := h.append(ctx, p.id, head.Rev, t, change)
	if err != nil {
		p.head.Store(nil) // it may have been stored all the same
		return nil, err
	}
	if t.seal != nil {
		next.sealed = h.sealedOf(ctx, p.id)
	}
	p.journal.add(store.Entry{Rev: rev, Change: change})
	next.keepSteps(p.journal)
	p.head.Store(next)
	changed := next.changedLines(head, h.warn)
	p.watchers.publish(Event{
		Kind: Changed, Rev: rev, Who: change.Who, OpID: change.OpID, patch: change.Patch, lines: changed, head: next,
	})
	h.keepSnapshot(ctx, p, next)
	return &Applied{Rev: rev, head: next, Patch: change.Patch, Changed: changed}, nil
}

// append stores the change, and the seal that goes with it.
func (h *Hub) append(ctx context.Context, id store.PlanID, base store.Rev, t task, change store.Change) (store.Rev, error) {
	if t.seal != nil {
		return h.store.Seal(ctx, id, base, change, t.seal())
	}
	return h.store.Append(ctx, id, base, change)
}

// leave takes a revision out of what an actor can undo, if it is there.
func (h *Hub) leave(ctx context.Context, id store.PlanID, actor store.Actor, rev store.Rev) error {
	p, _, err := h.open(ctx, id)
	if err != nil {
		return err
	}
	unlock, err := p.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	head, err := h.load(ctx, p)
	if err != nil {
		return err
	}
	p.journal.leave(actor, rev)
	head.keepSteps(p.journal)
	return nil
}

// keepSnapshot stores the whole document now and then. The edit is stored
// already, so a failure only makes the next start slower.
func (h *Hub) keepSnapshot(ctx context.Context, p *plan, head *Head) {
	if head.Rev < p.snapshot+store.SnapshotEvery {
		return
	}
	if err := h.store.Snapshot(context.WithoutCancel(ctx), p.id, head.Rev, head.Document); err != nil {
		h.warn(fmt.Errorf("snapshot of plan %s: %w", p.id, err))
		return
	}
	p.snapshot = head.Rev
}

func samePatch(a, b []patch.Op) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Op != b[i].Op || a[i].Path != b[i].Path || a[i].Op != patch.Remove && !patch.Equal(a[i].Value, b[i].Value) {
			return false
		}
	}
	return true
}
