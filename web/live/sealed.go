package live

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/planning/workflow"
	"centerplan/scenarios"
	"centerplan/store"
)

// A sealedPlan is a plan as it was sealed. Heads share it; nothing changes it.
type sealedPlan struct {
	// sealed is what the stored bytes say; head is that document, evaluated when
	// first asked for. Neither is there if err says why.
	stored store.Seal
	sealed seal.Sealed
	head   *Head
	err    error
	// reconcile sets the sealed budget and amendments against the current budget.
	reconcile func([]workflow.Amendment) (seal.Reconciliation, error)
	// sound says why the sealed numbers may not be shown, nil if this engine
	// comes to them. It is worked out when first asked for.
	sound func() error
}

// sealedOf reads the plan's seal from the store. A seal that is damaged keeps
// nobody from the rest of the plan: what rests on it answers with the damage.
// All heads share what is read here, so it goes on when who asked is gone.
func (h *Hub) sealedOf(ctx context.Context, id store.PlanID) *sealedPlan {
	stored, ok, err := h.store.Sealed(context.WithoutCancel(ctx), id)
	if err == nil && !ok {
		err = problem.Problem{Kind: problem.Internal, Key: "live.seal_missing", Args: problem.Args{"plan": string(id)}}
	}
	s := &sealedPlan{stored: stored, err: err}
	if err != nil {
		return s
	}
	if s.sealed, err = seal.Open(stored.Bytes); err != nil {
		s.err = problem.Problem{
			Kind: problem.Internal, Key: "live.seal_unreadable", Args: problem.Args{"plan": string(id)},
			Err: fmt.Errorf("seal of plan %s: %s", id, outline(err)),
		}
		return s
	}
	s.reconcile = func(amendments []workflow.Amendment) (seal.Reconciliation, error) {
		return seal.Reconcile(s.sealed, amendments, h.engine, h.sizer)
	}
	s.sound = sync.OnceValue(func() error {
		_, err := s.sealed.Outcomes(h.engine, h.sizer)
		return err
	})
	s.head = newHead(State{
		Rev: stored.Rev, Updated: stored.When, Document: s.sealed.Document, Plan: s.sealed.Plan, Book: s.sealed.Plan.Book(),
	}, h.sizer)
	return s
}

// has reports whether the scenario was sealed. Of a seal that cannot be read
// every scenario counts as sealed: numbers that moved must not pass for it.
func (s *sealedPlan) has(code scenarios.Code) bool {
	if s == nil {
		return false
	}
	if s.err != nil {
		return true
	}
	return slices.Contains(s.sealed.Scenarios, code)
}

func (s *sealedPlan) outcome(code scenarios.Code) (*scenarios.Outcome, error) {
	if s.err != nil {
		return nil, s.err
	}
	return s.head.Outcome(code)
}

// sealedFor returns the sealed head that a scenario's numbers come from, nil
// where they come from the plan as it stands.
func (h *Head) sealedFor(code scenarios.Code) *Head {
	if code == "" {
		code = scenarios.Base
	}
	if !h.sealed.has(code) || h.sealed.err != nil {
		return nil
	}
	return h.sealed.head
}

// Mark returns what the plan says of its seal, nil before it is sealed.
func (v *View) Mark() *workflow.Seal { return v.head.Plan.Workflow.Seal }

// IsSealed reports whether a scenario's numbers are those that were sealed.
func (v *View) IsSealed(code scenarios.Code) bool {
	if code == "" {
		code = scenarios.Base
	}
	return v.head.sealed.has(code)
}

// For returns the view that a scenario is printed from: of a sealed scenario
// the plan as it was sealed, else the plan as it stands. It is a Conflict where
// this engine does not come to the numbers that were sealed.
func (v *View) For(code scenarios.Code) (*View, error) {
	if code == "" {
		code = scenarios.Base
	}
	if !v.head.sealed.has(code) {
		return v, nil
	}
	if v.head.sealed.err != nil {
		return nil, v.head.sealed.err
	}
	if err := v.head.sealed.sound(); err != nil {
		return nil, v.told(err)
	}
	sealed := v.head.sealed.head
	return &View{head: sealed, sight: sealed.sightOf(v.who.Person, v.ever), who: v.who, ever: v.ever}, nil
}
