package live

import (
	"context"
	"encoding/json"
	"slices"

	"centerplan/okr"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/planning/workflow"
	"centerplan/store"
)

// An Item is something of a plan that waits for a person, or news for them.
type Item struct {
	Plan     store.PlanID
	PlanName document.Text
	workflow.Item
	// Milestone is set for one of the person's own that is due.
	Milestone okr.MilestoneID
	// Call is set for a thread that waits for the person.
	Call *comments.Call
	// Called are the positions that its message calls on, as far as there are
	// such.
	Called []okr.Role
	// News is set for an entry of the history that they have not seen.
	News *Told
}

// soon is how many days before its day a milestone shows as open.
const soon = 30

// Open lists what waits for the person in all plans, and for each plan the acts
// of others that they have not marked as seen.
func (a *Access) Open(ctx context.Context) ([]Item, error) {
	listings, err := a.List(ctx)
	if err != nil {
		return nil, err
	}
	seen, _, err := a.seen(ctx)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, listing := range listings {
		if listing.Err != nil {
			continue
		}
		view, err := a.View(ctx, listing.ID)
		if err != nil {
			return nil, err
		}
		of := Item{Plan: listing.ID, PlanName: listing.Name}
		items = append(items, a.waiting(view, of)...)
		news, err := a.news(ctx, listing.ID, seen[listing.ID], of)
		if err != nil {
			return nil, err
		}
		items = append(items, news...)
	}
	return items, nil
}

// seenKind is the kind of records that hold which revision of each plan somebody
// has seen the news of.
const seenKind = "seen"

func (a *Access) seen(ctx context.Context) (map[store.PlanID]store.Rev, store.Record, error) {
	seen := map[store.PlanID]store.Rev{}
	record, found, err := a.hub.store.GetRecord(ctx, seenKind, a.who.ID)
	if err == nil && found {
		err = json.Unmarshal(record.Body, &seen)
	}
	return seen, record, err
}

// MarkSeen notes that the person has seen a plan's news up to a revision.
func (a *Access) MarkSeen(ctx context.Context, id store.PlanID, rev store.Rev) error {
	view, err := a.View(ctx, id)
	if err != nil {
		return err
	}
	if a.who.ReadOnly {
		return readOnlyKey()
	}
	const attempts = 5 // they may have several pages open
	for range attempts {
		if err = a.markSeen(ctx, id, min(rev, view.Rev())); problem.KindOf(err) != problem.Conflict {
			return err
		}
	}
	return err
}

func (a *Access) markSeen(ctx context.Context, id store.PlanID, rev store.Rev) error {
	seen, record, err := a.seen(ctx)
	if err != nil {
		return err
	}
	seen[id] = max(seen[id], rev)
	body, err := json.Marshal(seen)
	if err != nil {
		return err
	}
	_, err = a.hub.store.PutRecord(ctx, store.Record{Kind: seenKind, ID: a.who.ID, Rev: record.Rev, Body: body})
	return err
}

// waiting lists what waits for the person in one plan.
func (a *Access) waiting(view *View, of Item) []Item {
	var items []Item
	center, today := rights.CenterOf(view.head.Document), a.hub.today()
	type key struct {
		kind      workflow.ItemKind
		section   workflow.SectionID
		amendment int
	}
	known := map[key]bool{}
	for _, actor := range a.who.actors(center, today) {
		for _, item := range view.head.Plan.Workflow.Open(actor, view.head.amount()) {
			if k := (key{item.Kind, item.Section, item.Amendment}); !known[k] {
				known[k] = true
				of.Item = item
				items = append(items, of)
			}
		}
	}
	for _, milestone := range view.Plan().OKR.Milestones {
		if a.owns(milestone, center) && milestone.Open() && !milestone.Due.IsZero() && today.DaysUntil(milestone.Due) <= soon {
			own := Item{Plan: of.Plan, PlanName: of.PlanName, Milestone: milestone.ID}
			own.Item = workflow.Item{Name: milestone.Name, Deadline: milestone.Due, Overdue: milestone.Overdue(today)}
			items = append(items, own)
		}
	}
	for _, call := range a.calls(view) {
		said := Item{Plan: of.Plan, PlanName: of.PlanName, Call: &call}
		for _, id := range call.Mentions {
			if role, ok := view.Plan().OKR.Role(id); ok {
				said.Called = append(said.Called, role)
			}
		}
		said.Item = workflow.Item{Name: view.Plan().NameOf(call.Thread.Place), Note: call.Text, Who: call.Who, On: call.Day}
		items = append(items, said)
	}
	return items
}

// calls lists the threads that wait for the person as far as they may see them:
// those that call on a position of theirs, or of somebody they stand in for.
func (a *Access) calls(view *View) []comments.Call {
	people := []string{a.who.ID}
	for _, principal := range a.who.StandsFor {
		people = append(people, principal.ID)
	}
	center := rights.CenterOf(view.head.Document)
	return view.Plan().Comments.Waiting(people, rights.PositionsIn(a.who.Person, center))
}

func (a *Access) owns(m okr.Milestone, center string) bool {
	return slices.ContainsFunc(rights.PositionsIn(a.who.Person, center), func(position okr.RoleID) bool {
		return position == m.Owner || position == m.Deputy
	})
}

// mostNews is how many news of one plan are told.
const mostNews = 20

// news lists the acts of others since a revision.
func (a *Access) news(ctx context.Context, id store.PlanID, seen store.Rev, of Item) ([]Item, error) {
	told, err := a.History(ctx, id, Filter{Pointer: "/workflow", Limit: mostEntries})
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, entry := range told {
		if entry.Rev > seen && entry.Act != "" && entry.Who != a.who.Actor() && len(items) < mostNews {
			of.News = &entry
			items = append(items, of)
		}
	}
	return items, nil
}
