package live

import (
	"sync"
	"time"

	"centerplan/budget/calendar"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/method"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/planning/workflow"
	"centerplan/scenarios"
	"centerplan/store"
)

// A Who is a person who works with plans.
type Who struct {
	// Person has the grants in force today, those of people stood in for among
	// them.
	rights.Person
	// Own has the person's own grants alone, StandsFor the people they stand in
	// for today with theirs.
	Own       rights.Person
	StandsFor []rights.Person
	// ReadOnly is set for a key for programs that may not change anything.
	ReadOnly bool
}

// Alone returns who has these grants of their own and stands in for nobody.
func Alone(p rights.Person) Who { return Who{Person: p, Own: p} }

// Actor returns the name under which the person's changes are stored.
func (w Who) Actor() store.Actor { return store.Actor(w.ID) }

// actors returns in whose names the person can act in a center, their own
// first.
func (w Who) actors(center string, on calendar.Date) []workflow.Actor {
	all := []workflow.Actor{actorOf(w.Own, center, on)}
	for _, principal := range w.StandsFor {
		actor := actorOf(principal, center, on)
		actor.Who, actor.For = w.ID, principal.ID
		all = append(all, actor)
	}
	return all
}

func actorOf(p rights.Person, center string, on calendar.Date) workflow.Actor {
	actor := workflow.Actor{Who: p.ID, On: on}
	for _, role := range rights.RolesIn(p, center) {
		actor.Roles = append(actor.Roles, string(role))
	}
	actor.Positions = rights.PositionsIn(p, center)
	return actor
}

// A View is a plan at one revision as one person may see it. It is immutable
// and safe for concurrent use.
type View struct {
	head  *Head
	sight *sight
	who   Who
	ever  rights.Ever
}

// A sight is what people with the same rights see of one head, worked out when
// first asked for.
type sight struct {
	*rights.Sight
	mu       sync.Mutex
	outcomes map[*scenarios.Outcome]*scenarios.Outcome
}

// of returns what is seen of an outcome of the head.
func (s *sight) of(outcome *scenarios.Outcome) *scenarios.Outcome {
	if s.Whole() {
		return outcome
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seen, ok := s.outcomes[outcome]
	if !ok {
		seen = s.Outcome(outcome)
		s.outcomes[outcome] = seen
	}
	return seen
}

// sightOf returns what the person sees of the head.
func (h *Head) sightOf(who rights.Person, ever rights.Ever) *sight {
	key := who.Key(rights.CenterOf(h.Document))
	h.mu.Lock()
	work, ok := h.sights[key]
	if !ok {
		work = sync.OnceValue(func() *sight {
			return &sight{
				Sight:    rights.Of(who, h.Document, h.Plan, h.Book, ever),
				outcomes: map[*scenarios.Outcome]*scenarios.Outcome{},
			}
		})
		h.sights[key] = work
	}
	h.mu.Unlock()
	return work()
}

// Rev returns the revision.
func (v *View) Rev() store.Rev { return v.head.Rev }

// Updated returns when the revision was made.
func (v *View) Updated() time.Time { return v.head.Updated }

// Viewer names who the viewer is and what they may see, so that what was kept
// for one is not shown to another.
func (v *View) Viewer() string { return v.who.ID + " " + v.who.Key(rights.CenterOf(v.head.Document)) }

// Document returns the plan's document without what is hidden.
func (v *View) Document() document.Node { return v.sight.Document() }

// Plan returns what Document reads as.
func (v *View) Plan() planning.Plan { return v.sight.Plan() }

// Scenarios returns the plan's scenarios in display order.
func (v *View) Scenarios() []scenarios.Scenario { return v.sight.Plan().Scenarios }

// Problems returns the plan's open points, and how many others there are.
func (v *View) Problems() (seen problem.List, hidden int) { return v.sight.Problems(v.head.Problems) }

// Notes returns what is lawful but worth knowing.
func (v *View) Notes() problem.List {
	seen, _ := v.sight.Problems(v.head.Notes())
	return seen
}

// Links tells how far each of the five links has come. It counts, and shows no
// number of the plan.
func (v *View) Links() []method.State { return v.head.Links }

// Outcome returns the results of a scenario; cells that may not be seen fail
// with "rights.withheld". Of a sealed scenario they are those that were sealed,
// whatever happened since. The empty code is base; a code the plan does not
// have is NotFound.
func (v *View) Outcome(code scenarios.Code) (*scenarios.Outcome, error) {
	outcome, err := v.head.Outcome(code)
	if err != nil {
		return nil, err
	}
	if sealed := v.head.sealedFor(code); sealed != nil {
		return sealed.sightOf(v.who.Person, v.ever).of(outcome), nil
	}
	return v.sight.of(outcome), nil
}

// Trace returns how a cell came about, as far as the person may see.
func (v *View) Trace(scenario scenarios.Code, line string, members []string, month calendar.Month) (*scenarios.Step, error) {
	outcome, err := v.Outcome(scenario)
	if err != nil {
		return nil, err
	}
	seen := v.sight
	if sealed := v.head.sealedFor(scenario); sealed != nil {
		seen = sealed.sightOf(v.who.Person, v.ever)
	}
	step, err := outcome.Trace(line, members, month)
	if err != nil {
		return nil, v.told(err)
	}
	return seen.Trace(step)
}

// CanUndo returns the change that Undo takes back, nil if there is none.
func (v *View) CanUndo() *Ref { return v.head.CanUndo(v.who.Actor()) }

// CanRedo returns the undo that Redo takes back, nil if there is none.
func (v *View) CanRedo() *Ref { return v.head.CanRedo(v.who.Actor()) }

// A Rights tells what a viewer may see and do, for a page to offer no more.
type Rights struct {
	Roles []rights.Role
	// Hidden are the codes of lines without values or formula, Withheld of those
	// without results.
	Hidden, Withheld []string
	May              []rights.Action
	// Positions, Lines and Members are a lead's own.
	Positions []string
	Lines     []string
	Members   []string
	// Closed are the sections that are handed in or approved; none once the
	// plan is sealed, when the seal says what may move.
	Closed []workflow.SectionID
}

// Rights returns what the viewer may see and do.
func (v *View) Rights() Rights {
	center := rights.CenterOf(v.head.Document)
	r := Rights{
		Roles: rights.RolesIn(v.who.Person, center), Hidden: v.sight.Hidden(), Withheld: v.sight.Withheld(),
	}
	for _, action := range rights.Actions() {
		reads := action == rights.SeeingPay || action == rights.Downloading
		if v.sight.May(action) && (reads || !v.who.ReadOnly && !v.head.past) {
			r.May = append(r.May, action)
		}
	}
	for _, position := range rights.PositionsIn(v.who.Person, center) {
		r.Positions = append(r.Positions, string(position))
	}
	r.Lines, r.Members = v.sight.Own()
	for _, section := range v.head.Plan.Workflow.Sections {
		if section.Closed() && v.head.Plan.Workflow.Seal == nil {
			r.Closed = append(r.Closed, section.ID)
		}
	}
	return r
}

// May reports whether the viewer may do something to the plan as a whole.
func (v *View) May(action rights.Action) bool { return v.sight.May(action) }

// Past reports whether this is an earlier revision.
func (v *View) Past() bool { return v.head.past }

// told keeps from an error what the viewer may not see. What concerns hidden
// places becomes one problem that says so.
func (v *View) told(err error) error { return v.sight.told(err) }

func (s *sight) told(err error) error {
	if err == nil || s.Whole() || problem.KindOf(err) == problem.Internal {
		return err
	}
	all := problem.Of(err)
	seen, _ := s.Problems(all)
	if len(seen) < len(all) {
		seen = append(seen, problem.Problem{Kind: problem.Forbidden, Key: "rights.hidden_fault"})
	}
	return seen
}
