package live

import (
	"context"
	"maps"
	"slices"
	"sync"

	"centerplan/planning/patch"
	"centerplan/scenarios"
	"centerplan/store"
)

// A Kind says what an Event tells.
type Kind int

// The kinds of event.
const (
	// Hello comes first and names the newest revision.
	Hello Kind = iota
	// Changed is one revision.
	Changed
	// Gap means that revisions up to Rev cannot be told any more: fetch the plan
	// again and subscribe anew. It is the last event.
	Gap
)

// An Event is what a subscriber hears of. What it tells of a plan is seen by
// Access.Hear.
type Event struct {
	Kind Kind
	Rev  store.Rev
	Who  store.Actor
	OpID string

	patch []patch.Op
	// lines holds the lines with other results, by scenario. Of several
	// revisions missed only the last has them, for all together.
	lines map[scenarios.Code][]string
	// head has those results. It is nil where lines is.
	head *Head
}

// A Heard is a change as one person may see it.
type Heard struct {
	// Patch is what may be seen of the edit, Hidden how many operations may not.
	Patch  []patch.Op
	Hidden int
	// Changed holds the lines with other results, by scenario, and View has those
	// results. Of several revisions missed only the last has them, for all
	// together.
	Changed map[scenarios.Code][]string
	View    *View
}

// Hear returns what the person may see of an event of kind Changed. It is
// NotFound once they may not read the plan any more.
func (a *Access) Hear(ctx context.Context, id store.PlanID, event Event) (Heard, error) {
	p, head, err := a.hub.open(ctx, id)
	if err != nil {
		return Heard{}, err
	}
	if event.head != nil {
		head = event.head
	}
	view, err := a.see(ctx, p, head)
	if err != nil {
		return Heard{}, err
	}
	var heard Heard
	heard.Patch, heard.Hidden = view.sight.Ops(event.patch)
	if event.head != nil {
		heard.View, heard.Changed = view, view.shown(event.lines)
	}
	return heard, nil
}

const (
	// queueLength is how far a subscriber may lag behind before it is dropped.
	queueLength = 64
	// recentLength is how many revisions are kept for those who come back.
	recentLength = 256
)

// watchers are those who watch one plan.
type watchers struct {
	mu   sync.Mutex
	subs map[*subscriber]bool
	// newest is the newest revision published.
	newest store.Rev
	head   *Head
	recent []Event // the newest last, without heads
}

type subscriber struct {
	queue chan Event
	since store.Rev // what it knows already
}

// Subscribe returns what happens to a plan from now on, and what happened since
// a revision if that is not 0. The channel is closed after a Gap and when the
// hub closes; stop ends the subscription earlier and must be called once the
// channel is no longer read. A subscriber who does not keep up is dropped with
// a Gap and never holds up a writer.
func (a *Access) Subscribe(ctx context.Context, id store.PlanID, since store.Rev) (events <-chan Event, stop func(), err error) {
	h := a.hub
	p, head, err := h.open(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if _, err := a.see(ctx, p, head); err != nil {
		return nil, nil, err
	}
	s := p.watchers.add(since, head)
	p.presence.enter(a.who.Actor())
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		p.watchers.close()
	}
	gone := sync.OnceFunc(func() { p.presence.leave(a.who.Actor()) })
	return s.queue, func() { p.watchers.remove(s); gone() }, nil
}

// start notes the revision a plan was loaded at. Revisions between the newest
// published and that one were never told to anyone here.
func (w *watchers) start(rev store.Rev) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if rev == w.newest {
		return
	}
	w.newest, w.recent, w.head = rev, nil, nil
	for s := range w.subs {
		w.dropWithGap(s)
	}
}

func (w *watchers) add(since store.Rev, head *Head) *subscriber {
	w.mu.Lock()
	defer w.mu.Unlock()
	missed, known := w.missed(since)
	s := &subscriber{queue: make(chan Event, queueLength+len(missed)+2), since: max(since, w.newest)}
	s.queue <- Event{Kind: Hello, Rev: w.newest}
	if w.subs == nil {
		w.subs = map[*subscriber]bool{}
	}
	w.subs[s] = true
	if !known && since > head.Rev || !known && since < w.newest {
		w.dropWithGap(s)
		return s
	}
	for _, event := range missed {
		s.queue <- event
	}
	return s
}

// missed returns the events after a revision, if all of them are still known.
func (w *watchers) missed(since store.Rev) (events []Event, known bool) {
	if since == 0 || since == w.newest {
		return nil, true
	}
	first := slices.IndexFunc(w.recent, func(e Event) bool { return e.Rev == since+1 })
	if first < 0 {
		return nil, false
	}
	events = slices.Clone(w.recent[first:])
	lines := map[scenarios.Code][]string{}
	for i := range events {
		for code, more := range events[i].lines {
			lines[code] = append(lines[code], more...)
		}
		events[i].lines = nil
	}
	for code := range lines {
		slices.Sort(lines[code])
		lines[code] = slices.Compact(lines[code])
	}
	last := &events[len(events)-1]
	last.lines, last.head = lines, w.head
	return events, true
}

func (w *watchers) publish(event Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.newest, w.head = event.Rev, event.head
	kept := event
	kept.head, kept.lines = nil, maps.Clone(event.lines)
	if len(w.recent) >= recentLength {
		w.recent = w.recent[1:]
	}
	w.recent = append(w.recent, kept)
	for s := range w.subs {
		if event.Rev <= s.since {
			continue
		}
		select {
		case s.queue <- event:
		default:
			w.dropWithGap(s)
		}
	}
}

// dropWithGap ends a subscription: what it has not read is replaced by a Gap.
func (w *watchers) dropWithGap(s *subscriber) {
	for len(s.queue) > 0 {
		select {
		case <-s.queue:
		default:
		}
	}
	s.queue <- Event{Kind: Gap, Rev: w.newest} // only this side sends, so there is room
	delete(w.subs, s)
	close(s.queue)
}

func (w *watchers) remove(s *subscriber) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.subs[s] {
		delete(w.subs, s)
		close(s.queue)
	}
}

func (w *watchers) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for s := range w.subs {
		delete(w.subs, s)
		close(s.queue)
	}
}

func (w *watchers) any() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.subs) > 0
}

// changedAt returns the lines a recent revision changed, for the answer to a
// retry; nil for one that is no longer known.
func (w *watchers) changedAt(rev store.Rev) map[scenarios.Code][]string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, event := range w.recent {
		if event.Rev == rev {
			return event.lines
		}
	}
	return nil
}
