package live

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"centerplan/budget/calendar"
	"centerplan/planning/patch"
	"centerplan/planning/rights"
	"centerplan/scenarios"
	"centerplan/store"
)

// everSensitive knows which lines of a plan were sensitive in any revision up
// to one, so that a line which was renamed, taken away or made again stays
// closed in the history too.
type everSensitive struct {
	mu   sync.Mutex
	rev  store.Rev
	ever rights.Ever
}

// pageLength is how many entries are read at once where all are looked at.
const pageLength = 200

// everOf returns the lines that were sensitive up to the head.
func (h *Hub) everOf(ctx context.Context, p *plan, head *Head) (rights.Ever, error) {
	if head.ever != nil {
		return head.ever, nil
	}
	e := &p.ever
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ever == nil {
		first, err := h.store.LoadAt(ctx, p.id, 1)
		if err != nil {
			return nil, err
		}
		e.rev, e.ever = 1, rights.Ever{}
		e.ever.Add(first.Document)
	}
	if head.Rev <= e.rev {
		return e.ever, nil
	}
	ever := maps.Clone(e.ever) // the one before is shared
	for rev := e.rev; rev < head.Rev; {
		last := min(rev+pageLength, head.Rev)
		entries, err := h.store.Entries(ctx, p.id, last+1, int(last-rev))
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			ever.AddOps(entry.Patch)
		}
		rev = last
	}
	e.rev, e.ever = head.Rev, ever
	return ever, nil
}

// ViewAt returns an earlier revision of a plan as the person may see it: what
// is hidden now stays hidden in it. Revision 0 is the newest.
func (a *Access) ViewAt(ctx context.Context, id store.PlanID, rev store.Rev) (*View, error) {
	now, err := a.View(ctx, id)
	if err != nil || rev == 0 || rev == now.Rev() {
		return now, err
	}
	loaded, err := a.hub.store.LoadAt(ctx, id, rev)
	if err != nil {
		return nil, err
	}
	state, err := replay(loaded)
	if err != nil {
		return nil, err
	}
	head := newHead(state, a.hub.sizer)
	head.past, head.ever = true, now.ever
	if head.Plan.Workflow.Seal != nil {
		head.sealed = now.head.sealed
	}
	return a.see(ctx, a.hub.held(id), head)
}

// A Filter says which entries of a history are wanted. Zero members do not
// count.
type Filter struct {
	// Before leaves out this revision and later ones.
	Before store.Rev
	// Pointer wants changes of a place, a part of it or what it is part of.
	Pointer string
	Who     store.Actor
	// Since and Until are days, both included.
	Since, Until calendar.Date
	// Text wants entries with the text in their label, reason or a place.
	Text string
	// Limit is how many entries are wanted, 1 to 200.
	Limit int
}

// A Told is an entry of the history as one person may see it.
type Told struct {
	store.Entry
	// Hidden is how many operations are not shown. The label and the reason of
	// such an entry are left out too, for people write numbers into them.
	Hidden int
}

const (
	// mostEntries is how many entries one page of history holds at most.
	mostEntries = 200
	// mostScanned is how many entries are looked at for one page.
	mostScanned = 50_000
)

// History returns the entries that fit the filter, newest first, as the person
// may see them.
func (a *Access) History(ctx context.Context, id store.PlanID, filter Filter) ([]Told, error) {
	view, err := a.View(ctx, id)
	if err != nil {
		return nil, err
	}
	filter.Limit = min(max(filter.Limit, 1), mostEntries)
	filter.Text = strings.ToLower(strings.TrimSpace(filter.Text))
	var told []Told
	for before, scanned := filter.Before, 0; scanned < mostScanned && len(told) < filter.Limit; {
		entries, err := a.page(ctx, id, filter, before)
		if err != nil || len(entries) == 0 {
			return told, err
		}
		for _, entry := range entries {
			seen := view.tell(entry)
			if len(told) < filter.Limit && filter.wants(seen) && !filter.silent(seen) {
				told = append(told, seen)
			}
			before = entry.Rev
		}
		scanned += len(entries)
		if filter.Pointer != "" {
			return told, nil // all of them came at once
		}
	}
	return told, nil
}

// page returns the next entries to look at.
func (a *Access) page(ctx context.Context, id store.PlanID, filter Filter, before store.Rev) ([]store.Entry, error) {
	if filter.Pointer == "" {
		return a.hub.store.Entries(ctx, id, before, pageLength)
	}
	entries, err := a.hub.store.Touched(ctx, id, filter.Pointer, mostScanned)
	return slices.DeleteFunc(entries, func(e store.Entry) bool { return before > 0 && e.Rev >= before }), err
}

// tell returns what the viewer may see of an entry.
func (v *View) tell(entry store.Entry) Told {
	told := Told{Entry: entry}
	var inverse int
	told.Patch, told.Hidden = v.sight.Ops(entry.Patch)
	told.Inverse, inverse = v.sight.Ops(entry.Inverse)
	told.Hidden = max(told.Hidden, inverse)
	if told.Hidden > 0 {
		told.Label, told.Why = "", ""
	}
	return told
}

// silent reports whether an entry was found for comments that are not told:
// that there are any would be told by its being there.
func (f Filter) silent(t Told) bool {
	const section = "/comments"
	rest, asked := strings.CutPrefix(f.Pointer, section)
	return asked && (rest == "" || rest[0] == '/') && t.Hidden > 0 &&
		!slices.ContainsFunc(t.Patch, func(op patch.Op) bool { return strings.HasPrefix(op.Path, section+"/") })
}

func (f Filter) wants(t Told) bool {
	day := dayOf(t.When)
	if f.Who != "" && t.Who != f.Who && t.For != f.Who ||
		!f.Since.IsZero() && day.Before(f.Since) || !f.Until.IsZero() && f.Until.Before(day) {
		return false
	}
	if f.Text == "" {
		return true
	}
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), f.Text) }
	return has(t.Label) || has(t.Why) || slices.ContainsFunc(t.Patch, func(op patch.Op) bool { return has(op.Path) })
}

// Setters returns for each place in the document the newest entry that changed
// it, as the person may see it; revision 1, the plan's creation, for one that
// nothing has changed since.
func (a *Access) Setters(ctx context.Context, id store.PlanID, pointers []string) ([]Told, error) {
	view, err := a.View(ctx, id)
	if err != nil {
		return nil, err
	}
	entries, err := a.hub.store.Setters(ctx, id, pointers)
	if err != nil {
		return nil, err
	}
	told := make([]Told, len(entries))
	for i, entry := range entries {
		told[i] = view.tell(entry)
	}
	return told, nil
}

// mostDifferences is how many places of a document one comparison lists.
const mostDifferences = 500

// Revisions is two revisions of a plan beside each other.
type Revisions struct {
	From, To store.Rev
	Changes  []patch.Difference
	// More is how many further places differ.
	More int
	// Rows are the lines whose totals differ in the scenario.
	Rows []scenarios.Row
}

// Revisions compares two revisions as the person may see them: the documents,
// and the totals of a scenario that both have.
func (a *Access) Revisions(ctx context.Context, id store.PlanID, from, to store.Rev, scenario scenarios.Code) (Revisions, error) {
	before, err := a.ViewAt(ctx, id, from)
	if err != nil {
		return Revisions{}, err
	}
	after, err := a.ViewAt(ctx, id, to)
	if err != nil {
		return Revisions{}, err
	}
	compared := Revisions{From: before.Rev(), To: after.Rev(), Changes: patch.Differences(before.Document(), after.Document())}
	if more := len(compared.Changes) - mostDifferences; more > 0 {
		compared.Changes, compared.More = compared.Changes[:mostDifferences], more
	}
	compared.Rows, err = changedTotals(before, after, scenario)
	return compared, err
}

// changedTotals returns the lines that both revisions have and whose totals
// differ.
func changedTotals(before, after *View, scenario scenarios.Code) ([]scenarios.Row, error) {
	then, err := before.Outcome(scenario)
	if err != nil {
		return nil, err
	}
	now, err := after.Outcome(scenario)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, line := range then.Model.Lines {
		if _, err := now.Line(line.Code); err == nil {
			codes = append(codes, line.Code)
		}
	}
	if len(codes) == 0 {
		return nil, nil
	}
	compared, err := scenarios.Compare([]*scenarios.Outcome{then, now}, codes)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(compared.Rows, func(row scenarios.Row) bool {
		a, b := row.Cells[0].Total, row.Cells[1].Total
		return a == nil && b == nil || a != nil && b != nil && math.Float64bits(*a) == math.Float64bits(*b)
	}), nil
}
