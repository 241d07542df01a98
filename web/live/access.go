package live

import (
	"context"
	"slices"
	"strconv"

	"centerplan/budget"
	"centerplan/planning"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/scenarios"
	"centerplan/store"
)

// An Access is all that one person does with the open plans. Whatever people
// see or change goes through one: what they may not see never leaves it, and
// what they may not change never gets in.
type Access struct {
	hub *Hub
	who Who
}

// As returns the access of a person.
func (h *Hub) As(who Who) *Access { return &Access{hub: h, who: who} }

// List returns the plans the person may read, by id. One that cannot be opened
// is listed, without its name, to those who look after every center.
func (a *Access) List(ctx context.Context) ([]Listing, error) {
	all, err := a.hub.List(ctx)
	if err != nil {
		return nil, err
	}
	var listings []Listing
	for _, listing := range all {
		if listing.Err != nil {
			if len(rights.RolesIn(a.who.Person, rights.Everywhere)) > 0 {
				listings = append(listings, listing)
			}
			continue
		}
		view, err := a.View(ctx, listing.ID)
		if problem.KindOf(err) == problem.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		listing.Center = rights.CenterOf(view.head.Document)
		listing.Sealed = view.head.Plan.Workflow.Seal != nil
		listings = append(listings, listing)
	}
	return listings, nil
}

// View returns the newest state of a plan. A plan of a center in which the
// person has no role is NotFound, as one that does not exist.
func (a *Access) View(ctx context.Context, id store.PlanID) (*View, error) {
	p, head, err := a.hub.open(ctx, id)
	if err != nil {
		return nil, err
	}
	return a.see(ctx, p, head)
}

// see returns what the person sees of a head.
func (a *Access) see(ctx context.Context, p *plan, head *Head) (*View, error) {
	if len(rights.RolesIn(a.who.Person, rights.CenterOf(head.Document))) == 0 {
		return nil, store.NoPlan(p.id)
	}
	var ever rights.Ever
	if !rights.SeesPay(a.who.Person, rights.CenterOf(head.Document)) { // to others it makes no difference
		var err error
		if ever, err = a.hub.everOf(ctx, p, head); err != nil {
			return nil, err
		}
	}
	sight := head.sightOf(a.who.Person, ever)
	if !sight.Reads() {
		return nil, store.NoPlan(p.id)
	}
	return &View{head: head, sight: sight, who: a.who, ever: ever}, nil
}

// MayCreate reports whether the person may make a plan of the center.
func (a *Access) MayCreate(center string) bool {
	if a.who.ReadOnly {
		return false
	}
	for _, role := range rights.RolesIn(a.who.Person, center) {
		if role == rights.Director || role == rights.Finance || role == rights.Administrator {
			return true
		}
	}
	return false
}

// Create stores a new plan under its own id, or under that id with a number
// where it is taken. It is Forbidden to those without a role that makes plans
// in its center. That an id is taken by a plan of another center shows in the
// number, and nothing else of that plan.
func (a *Access) Create(ctx context.Context, doc document.Node) (*View, error) {
	center := rights.CenterOf(doc)
	if !a.MayCreate(center) {
		return nil, problem.Problem{Kind: problem.Forbidden, Key: "rights.may_not_create", Args: problem.Args{"center": center}}
	}
	head, err := a.hub.Create(ctx, a.who.Actor(), doc)
	if err != nil {
		return nil, err
	}
	return a.View(ctx, store.PlanID(head.Plan.ID))
}

// Apply makes the edit the plan's next revision. Kinds: NotFound for an
// unknown plan; Forbidden where the person may not change or test a place, the
// plan is sealed or a section closed; Conflict where a test failed or a place
// changed; Invalid for a malformed patch, a document that planning.Read refuses,
// a base that is yet to come, an empty patch, an operation id that was used for
// something else, and a missing reason.
func (a *Access) Apply(ctx context.Context, id store.PlanID, edit Edit) (*Applied, error) {
	prepare := func(head *Head) (store.Change, error) {
		if edit.Base > head.Rev {
			return store.Change{}, futureBase(edit.Base, head.Rev)
		}
		change, err := a.allowed(ctx, id, head, store.Change{
			Who: a.who.Actor(), Why: edit.Why, Label: edit.Label, Patch: edit.Patch,
		})
		if err != nil {
			return store.Change{}, err
		}
		change.Patch, err = comments.Complete(head.Document, change.Patch, comments.Author{Who: a.who.ID, Day: a.hub.today()})
		return change, err
	}
	same := func(stored store.Entry) bool {
		return stored.Undoes == 0 && stored.Act == "" && stored.Who == a.who.Actor() &&
			samePatch(comments.Bare(stored.Patch), comments.Bare(edit.Patch))
	}
	return a.write(ctx, task{plan: id, opID: edit.OpID, prepare: prepare, same: same})
}

func futureBase(base, newest store.Rev) error {
	return problem.Problem{Kind: problem.Invalid, Key: "live.future_base", Args: problem.Args{
		"base": strconv.Itoa(int(base)), "newest": strconv.Itoa(int(newest)),
	}}
}

// write carries out a task and shows what came of it.
func (a *Access) write(ctx context.Context, t task) (*Applied, error) {
	if _, err := a.View(ctx, t.plan); err != nil {
		return nil, err
	}
	if a.who.ReadOnly {
		return nil, readOnlyKey()
	}
	applied, err := a.hub.write(ctx, t)
	if err != nil {
		return nil, a.told(ctx, t.plan, err)
	}
	view, err := a.see(ctx, a.hub.held(t.plan), applied.head)
	if err != nil {
		return nil, err
	}
	applied.View = view
	applied.Changed = view.shown(applied.Changed)
	applied.Patch, _ = view.sight.Ops(applied.Patch)
	return applied, nil
}

func readOnlyKey() error {
	return problem.Problem{Kind: problem.Forbidden, Key: "rights.read_only_key"}
}

// told keeps from an error what the person may not see of the plan.
func (a *Access) told(ctx context.Context, id store.PlanID, err error) error {
	if ctx.Err() != nil {
		return err
	}
	view, failed := a.View(ctx, id)
	if failed != nil {
		return failed
	}
	return view.told(err)
}

// allowed returns a change that the person may make, with whom they stand in for
// if their own rights do not suffice, or why they may not.
func (a *Access) allowed(ctx context.Context, id store.PlanID, head *Head, change store.Change) (store.Change, error) {
	view, err := a.see(ctx, a.hub.held(id), head)
	if err != nil {
		return store.Change{}, err
	}
	if refused := view.sight.By(a.who.ID).Edit(change.Patch); len(refused) > 0 {
		return store.Change{}, refused
	}
	may := func(person rights.Person) bool {
		return len(head.sightOf(person, view.ever).By(person.ID).Edit(change.Patch)) == 0
	}
	if len(a.who.StandsFor) == 0 || may(a.who.Own) {
		return change, nil
	}
	for _, principal := range a.who.StandsFor {
		if may(principal) {
			change.For = store.Actor(principal.ID)
			break
		}
	}
	return change, nil
}

// shown leaves out lines whose results the viewer may not see: that one changed
// is told by nothing else.
func (v *View) shown(changed map[scenarios.Code][]string) map[scenarios.Code][]string {
	withheld := map[string]bool{}
	for _, code := range v.sight.Withheld() {
		withheld[code] = true
	}
	if len(withheld) == 0 {
		return changed
	}
	shown := map[scenarios.Code][]string{}
	for scenario, codes := range changed {
		for _, code := range codes {
			if !withheld[code] {
				shown[scenario] = append(shown[scenario], code)
			}
		}
	}
	return shown
}

// Undo takes back the person's newest change that is not undone, or the change
// of the revision if that is not 0, by applying its inverse as a new revision.
// It is a Conflict if what the change put there has been changed since, and
// "live.nothing_to_undo", also a Conflict, if there is nothing to take back. An
// act of the workflow is not undone but answered by another act: Forbidden. Of
// the edit the operation id and the reason count: an undo needs one of its own
// where an edit does.
func (a *Access) Undo(ctx context.Context, id store.PlanID, rev store.Rev, edit Edit) (*Applied, error) {
	return a.takeBack(ctx, id, edit, rev, func(head *Head) (store.Rev, error) {
		if rev != 0 {
			return rev, nil
		}
		return revOf(head.CanUndo(a.who.Actor()), "live.nothing_to_undo")
	})
}

// Leave takes the change of a revision out of what the person can undo: they
// have chosen to leave what stands there now. It is forgotten with a restart,
// after which the change can be undone, or asked about, once more.
func (a *Access) Leave(ctx context.Context, id store.PlanID, rev store.Rev) (*View, error) {
	if _, err := a.View(ctx, id); err != nil {
		return nil, err
	}
	if a.who.ReadOnly {
		return nil, readOnlyKey()
	}
	if err := a.hub.leave(ctx, id, a.who.Actor(), rev); err != nil {
		return nil, err
	}
	return a.View(ctx, id)
}

// Redo takes back the person's newest undo, unless they edited since; then, or
// if there is none, it is a Conflict, "live.nothing_to_redo". Without a reason
// in the edit it has that of the change it makes again.
func (a *Access) Redo(ctx context.Context, id store.PlanID, edit Edit) (*Applied, error) {
	return a.takeBack(ctx, id, edit, 0, func(head *Head) (store.Rev, error) {
		return revOf(head.CanRedo(a.who.Actor()), "live.nothing_to_redo")
	})
}

// takeBack undoes the change of the revision that pick picks; wanted is it where
// the person named one, for a retry, and else 0.
func (a *Access) takeBack(
	ctx context.Context, id store.PlanID, edit Edit, wanted store.Rev, pick func(*Head) (store.Rev, error),
) (*Applied, error) {
	prepare := func(head *Head) (store.Change, error) {
		rev, err := pick(head)
		if err != nil {
			return store.Change{}, err
		}
		entry, err := a.hub.entry(ctx, id, rev)
		if err != nil {
			return store.Change{}, err
		}
		switch {
		case len(entry.Inverse) == 0:
			return store.Change{}, problem.Problem{Kind: problem.Invalid, Key: "live.creation"}
		case entry.Act != "":
			return store.Change{}, problem.Problem{Kind: problem.Forbidden, Key: "live.act_stays"}
		}
		why, err := a.whyBack(ctx, id, edit.Why, entry)
		if err != nil {
			return store.Change{}, err
		}
		return a.allowed(ctx, id, head, store.Change{
			Who: a.who.Actor(), Why: why, Label: entry.Label, Patch: comments.TakeBack(entry.Inverse), Undoes: rev,
		})
	}
	same := func(stored store.Entry) bool {
		return stored.Undoes != 0 && stored.Who == a.who.Actor() && (wanted == 0 || stored.Undoes == wanted)
	}
	return a.write(ctx, task{plan: id, opID: edit.OpID, prepare: prepare, same: same})
}

// whyBack returns the reason for taking an entry back: the one given, or, where
// the entry is an undo itself, that of the change which is made again.
func (a *Access) whyBack(ctx context.Context, id store.PlanID, given string, entry store.Entry) (string, error) {
	if given != "" || entry.Undoes == 0 {
		return given, nil
	}
	made, err := a.hub.entry(ctx, id, entry.Undoes)
	return made.Why, err
}

// entry returns the entry of a revision.
func (h *Hub) entry(ctx context.Context, id store.PlanID, rev store.Rev) (store.Entry, error) {
	entries, err := h.store.Entries(ctx, id, rev+1, 1)
	if err != nil {
		return store.Entry{}, err
	}
	if rev < 1 || len(entries) == 0 || entries[0].Rev != rev {
		return store.Entry{}, problem.Problem{Kind: problem.NotFound, Key: "store.no_revision", Args: problem.Args{
			"plan": string(id), "revision": strconv.Itoa(int(rev)),
		}}
	}
	return entries[0], nil
}

// Restore gives a place of the document what it held at an earlier revision, as
// a new one. Kinds are those of Apply; it is a Conflict where the place holds
// the same now.
func (a *Access) Restore(ctx context.Context, id store.PlanID, pointer string, rev store.Rev, edit Edit) (*Applied, error) {
	past, err := a.ViewAt(ctx, id, rev)
	if err != nil {
		return nil, err
	}
	prepare := func(head *Head) (store.Change, error) {
		ops, err := patch.Restore(head.Document, past.head.Document, pointer)
		if err != nil {
			return store.Change{}, err
		}
		return a.allowed(ctx, id, head, store.Change{Who: a.who.Actor(), Why: edit.Why, Label: edit.Label, Patch: ops})
	}
	same := func(stored store.Entry) bool {
		is := func(op patch.Op) bool { return op.Path == pointer }
		return stored.Who == a.who.Actor() && stored.Undoes == 0 && stored.Act == "" && slices.ContainsFunc(stored.Patch, is)
	}
	if err := past.sight.By(a.who.ID).Edit([]patch.Op{{Op: patch.Test, Path: pointer}}).Err(); err != nil {
		return nil, err
	}
	return a.write(ctx, task{plan: id, opID: edit.OpID, prepare: prepare, same: same})
}

// Rename gives a line another code, and puts it wherever the old one stands.
// Kinds are those of Apply and of planning.Rename: whoever may not change, or not
// see, one of the places may not rename the line.
func (a *Access) Rename(ctx context.Context, id store.PlanID, line budget.LineID, code string, edit Edit) (*Applied, error) {
	place := document.Pointer("/budget/lines", string(line), "code")
	prepare := func(head *Head) (store.Change, error) {
		change := store.Change{
			Who: a.who.Actor(), Why: edit.Why, Label: edit.Label, Patch: []patch.Op{{Op: patch.Replace, Path: place, Value: code}},
		}
		// Whoever may not rename a line is not told where its name stands.
		if _, err := a.allowed(ctx, id, head, change); err != nil {
			return store.Change{}, err
		}
		var err error
		if change.Patch, err = planning.Rename(head.Document, line, code); err != nil {
			return store.Change{}, err
		}
		return a.allowed(ctx, id, head, change)
	}
	same := func(stored store.Entry) bool {
		is := func(op patch.Op) bool { return op.Path == place && op.Value == code }
		return stored.Who == a.who.Actor() && stored.Undoes == 0 && stored.Act == "" && slices.ContainsFunc(stored.Patch, is)
	}
	return a.write(ctx, task{plan: id, opID: edit.OpID, prepare: prepare, same: same})
}
