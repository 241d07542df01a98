// Package live holds the open plans in memory: for each its newest state,
// compiled and evaluated as far as anyone asked, one writer at a time, and
// those who watch it.
//
// An edit goes patch → planning.Read → store.Append → new head → events. Heads
// are immutable; readers never wait for a writer.
package live

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
	"centerplan/store"
)

// A Hub is all open plans of one store. It is safe for concurrent use.
type Hub struct {
	store store.Store
	clock func() time.Time
	warn  func(error)
	sizer *capacity.Sizer
	// engine names this program under seals.
	engine string

	mu     sync.Mutex
	plans  map[store.PlanID]*plan
	closed bool
}

// An Option sets up a Hub.
type Option func(*Hub)

// WithWarn has warn told of faults that did not stop what was asked, such as a
// snapshot that could not be written. Without it they are dropped.
func WithWarn(warn func(error)) Option { return func(h *Hub) { h.warn = warn } }

// WithEngine names the program that seals and checks seals.
func WithEngine(name string) Option { return func(h *Hub) { h.engine = name } }

// New returns a hub on the store, which it does not close. The clock dates the
// changes.
func New(s store.Store, clock func() time.Time, options ...Option) *Hub {
	h := &Hub{
		store: s, clock: clock, warn: func(error) {}, sizer: capacity.NewSizer(),
		plans: map[store.PlanID]*plan{},
	}
	for _, option := range options {
		option(h)
	}
	return h
}

// Close ends every subscription.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, p := range h.plans {
		p.watchers.close()
	}
}

// Ready returns an error if the store does not answer.
func (h *Hub) Ready(ctx context.Context) error {
	_, err := h.store.List(ctx)
	return err
}

// Open returns how many plans are held in memory.
func (h *Hub) Open() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	open := 0
	for _, p := range h.plans {
		if p.head.Load() != nil {
			open++
		}
	}
	return open
}

// A Listing is one plan in the list of plans.
type Listing struct {
	store.Info
	Name document.Text `json:"name"`
	// Center is the name by which rights know the plan's center, Sealed whether
	// the plan is sealed.
	Center string `json:"center"`
	Sealed bool   `json:"sealed"`
	// Start is the plan's first month, Months how many it has.
	Start  calendar.Month `json:"start"`
	Months int            `json:"months"`
	// Err says why a plan that is stored cannot be opened.
	Err error `json:"-"`
}

// List returns every plan, by id, for the program itself. One that cannot be opened is listed with the
// reason and does not hide the others.
func (h *Hub) List(ctx context.Context) ([]Listing, error) {
	infos, err := h.store.List(ctx)
	if err != nil {
		return nil, err
	}
	listings := make([]Listing, len(infos))
	for i, info := range infos {
		listings[i].Info = info
		head, err := h.Head(ctx, info.ID)
		if err != nil {
			listings[i].Err = err
			continue
		}
		listings[i].Name = head.Plan.Name
		listings[i].Start, listings[i].Months = head.Plan.Budget.Calendar.Start, head.Plan.Budget.Calendar.Months
	}
	return listings, nil
}

// mostNames bounds the search for a free id.
const mostNames = 1000

// Create stores a new plan, for the program itself, under its own id, or under
// that id with a number where it is taken, and returns its head. A document
// planning.Read refuses is Invalid.
//
// What a document says of its own agreement does not count: nobody here handed a
// new plan in, approved or sealed it. Nor does what it has people say of it.
func (h *Hub) Create(ctx context.Context, actor store.Actor, doc document.Node) (*Head, error) {
	doc = comments.SetUp(workflow.SetUp(doc))
	read, err := planning.Read(doc)
	if err != nil {
		return nil, err
	}
	change := store.Change{OpID: "create", Who: actor, When: h.clock().UTC()}
	for n := 1; n <= mostNames; n++ {
		id := read.ID
		if n > 1 {
			suffix := fmt.Sprintf("-%d", n)
			id = planning.ID(strings.TrimRight(string(id[:min(len(id), 64-len(suffix))]), "-") + suffix)
		}
		err = h.store.Create(ctx, store.PlanID(id), withID(doc, id), change)
		if err == nil {
			return h.Head(ctx, store.PlanID(id))
		}
		if problem.KindOf(err) != problem.Conflict {
			return nil, err
		}
	}
	return nil, err
}

// withID returns the document with the plan's id set to another.
func withID(doc document.Node, id planning.ID) document.Node {
	root := copyObject(doc)
	header := copyObject(root["plan"])
	header["id"] = string(id)
	root["plan"] = header
	return root
}

func copyObject(node document.Node) document.Object {
	object, _ := node.(document.Object)
	copied := make(document.Object, len(object)+1)
	maps.Copy(copied, object)
	return copied
}

// Head returns the newest state of a plan, all of it. It is for the program
// itself: what a person sees comes from As.
func (h *Hub) Head(ctx context.Context, id store.PlanID) (*Head, error) {
	_, head, err := h.open(ctx, id)
	return head, err
}

// open returns the plan and its head, loading it where it is not in memory.
func (h *Hub) open(ctx context.Context, id store.PlanID) (*plan, *Head, error) {
	h.mu.Lock()
	p, ok := h.plans[id]
	if !ok {
		p = newPlan(id)
		h.plans[id] = p
	}
	h.mu.Unlock()
	if head := p.head.Load(); head != nil {
		return p, head, nil
	}
	unlock, err := p.lock(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()
	head, err := h.load(ctx, p)
	if err != nil {
		h.forget(p)
		return nil, nil, err
	}
	return p, head, nil
}

// forget drops a plan that could not be loaded, so that asking for plans that
// do not exist takes no memory.
func (h *Hub) forget(p *plan) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.plans[p.id] == p && !p.watchers.any() {
		delete(h.plans, p.id)
	}
}

// held returns a plan that is open already.
func (h *Hub) held(id store.PlanID) *plan {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p, ok := h.plans[id]; ok {
		return p
	}
	return newPlan(id)
}

// today returns the day it is where the server stands.
func (h *Hub) today() calendar.Date { return dayOf(h.clock()) }

func dayOf(t time.Time) calendar.Date {
	return calendar.Of(t.Year(), int(t.Month())).Date(t.Day())
}
