package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/web/live"
)

// Operation describes patch.Op, which has JSON of its own, to OpenAPI: one
// operation of a JSON Patch (RFC 6902). Every one but remove has a value.
type Operation struct {
	Op    string `json:"op" enum:"test,add,replace,remove"`
	Path  string `json:"path" doc:"JSON pointer into the plan document"`
	Value any    `json:"value,omitempty" doc:"any JSON value; a remove has none"`
}

// operations are a patch as it was sent. Reading it never fails, so that what
// is wrong with it is told as its own problem.
type operations struct {
	ops []patch.Op
	err error
}

// Schema implements huma.SchemaProvider.
func (operations) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeArray, Items: r.Schema(reflect.TypeFor[Operation](), true, "")}
}

// UnmarshalJSON implements json.Unmarshaler.
func (o *operations) UnmarshalJSON(text []byte) error {
	o.err = json.Unmarshal(text, &o.ops)
	return nil
}

// PlanListing is one plan in the list of plans.
type PlanListing struct {
	ID      store.PlanID  `json:"id"`
	Name    document.Text `json:"name"`
	Center  string        `json:"center" doc:"the center by which roles are granted"`
	Rev     store.Rev     `json:"rev"`
	Updated time.Time     `json:"updated_at"`
	Sealed  bool          `json:"sealed"`
	// Start is the plan's first month, empty where it cannot be opened.
	Start  string `json:"start"`
	Months int    `json:"months"`
	// Problems says why a plan cannot be opened; empty for all others.
	Problems []ProblemInfo `json:"problems"`
}

// Beginning says what a plan made from a template is called and when it runs.
// What is left out stays as the template says.
type Beginning struct {
	Name     document.Text `json:"name"`
	Center   document.Text `json:"center"`
	Currency string        `json:"currency,omitempty" pattern:"^[A-Z]{3}$"`
	// Start is the first month.
	Start       string `json:"start,omitempty" doc:"the first month, such as 2028-01"`
	Months      int    `json:"months,omitempty" minimum:"1" maximum:"60"`
	FiscalStart int    `json:"fiscal_start,omitempty" minimum:"1" maximum:"12" doc:"the number of the month fiscal years begin with"`
}

// Created names a plan that was made.
type Created struct {
	ID  store.PlanID `json:"id"`
	Rev store.Rev    `json:"rev"`
}

// PlanState is a plan at its newest revision.
type PlanState struct {
	ID       store.PlanID  `json:"id"`
	Rev      store.Rev     `json:"rev"`
	Document document.Node `json:"document"`
	Problems []ProblemInfo `json:"problems"`
	// Notes are lawful but worth knowing: where otherwise hides failed values,
	// and units nobody knows.
	Notes []ProblemInfo `json:"notes"`
	// Links tells how far each of the five links of the method has come.
	Links   []LinkState `json:"links"`
	CanUndo *live.Ref   `json:"can_undo"`
	CanRedo *live.Ref   `json:"can_redo"`
	// Access is what the reader may see and do.
	Access AccessInfo `json:"access"`
}

// LinkState tells how far one of the five links has come, and which of its
// items are open, by the keys of their sentences below "method.item.".
type LinkState struct {
	Link     string   `json:"link" enum:"positioning,retrospective,business,budget,action"`
	Answered int      `json:"answered"`
	Required int      `json:"required"`
	Open     []string `json:"open"`
}

func linksOf(view *live.View) []LinkState {
	links := []LinkState{}
	for _, state := range view.Links() {
		links = append(links, LinkState{
			Link: state.Link.String(), Answered: state.Answered, Required: state.Required,
			Open: append([]string{}, state.Open...),
		})
	}
	return links
}

// EditResult is what came of an edit.
type EditResult struct {
	Rev      store.Rev     `json:"rev"`
	Problems []ProblemInfo `json:"problems"`
	// Results has the lines that changed, for the scenarios in use.
	Results []scenarios.Sheet `json:"results"`
	// Patch is what was done where that is not what was sent: by an undo or redo,
	// an act, and where somebody said something.
	Patch   []patch.Op    `json:"patch,omitempty"`
	Notes   []ProblemInfo `json:"notes"`
	Links   []LinkState   `json:"links"`
	CanUndo *live.Ref     `json:"can_undo"`
	CanRedo *live.Ref     `json:"can_redo"`
	Access  AccessInfo    `json:"access"`
}

// Steps are what one can undo and redo next.
type Steps struct {
	CanUndo *live.Ref `json:"can_undo"`
	CanRedo *live.Ref `json:"can_redo"`
}

// ResultsAnswer has the results of one revision.
type ResultsAnswer struct {
	Rev     store.Rev         `json:"rev"`
	Results []scenarios.Sheet `json:"results"`
}

// HistoryEntry is one change of a plan.
type HistoryEntry struct {
	Rev     store.Rev   `json:"rev"`
	Who     store.Actor `json:"who"`
	When    time.Time   `json:"when"`
	Why     string      `json:"why"`
	Label   string      `json:"label"`
	OpID    string      `json:"op_id"`
	Patch   []patch.Op  `json:"patch"`
	Inverse []patch.Op  `json:"inverse"`
	Undoes  store.Rev   `json:"undoes,omitempty" doc:"the revision this one takes back"`
	For     store.Actor `json:"for,omitempty" doc:"whom they stood in for"`
	Act     *ActInfo    `json:"act,omitempty" doc:"the act of the workflow that the change is"`
	Hidden  int         `json:"hidden" doc:"how many operations are not shown"`
}

func historyEntry(e live.Told) HistoryEntry {
	return HistoryEntry{
		Rev: e.Rev, Who: e.Who, For: e.For, When: e.When, Why: e.Why, Label: e.Label, OpID: e.OpID, Act: actInfo(e.Act),
		Patch: append([]patch.Op{}, e.Patch...), Inverse: append([]patch.Op{}, e.Inverse...), Undoes: e.Undoes,
		Hidden: e.Hidden,
	}
}

// Hello begins an event stream, and comes again where changes were missed that
// can no longer be told: fetch the plan anew if rev is not yours.
type Hello struct {
	Rev   store.Rev `json:"rev"`
	Build string    `json:"build"`
}

// ChangeEvent is one revision, as an event.
type ChangeEvent struct {
	Rev   store.Rev   `json:"rev"`
	Who   store.Actor `json:"who"`
	OpID  string      `json:"op_id"`
	Patch []patch.Op  `json:"patch"`
	// Results and Problems are null for all but the last of several revisions
	// told at once.
	Results  []scenarios.Sheet `json:"results" nullable:"true"`
	Problems []ProblemInfo     `json:"problems" nullable:"true"`
	Notes    []ProblemInfo     `json:"notes" nullable:"true"`
	Links    []LinkState       `json:"links" nullable:"true"`
	CanUndo  *live.Ref         `json:"can_undo"`
	CanRedo  *live.Ref         `json:"can_redo"`
	// Access is null for all but the last of several revisions told at once.
	Access *AccessInfo `json:"access"`
	// Hidden is how many operations of the patch are not shown.
	Hidden int `json:"hidden"`
}

// Ping is a sign of life on an event stream.
type Ping struct{}

// sheets returns the results of the lines in each scenario, scenarios in the
// plan's order. Lines and scenarios the head no longer has are left out.
func sheets(view *live.View, lines map[scenarios.Code][]string) ([]scenarios.Sheet, error) {
	answer := []scenarios.Sheet{}
	for _, scenario := range view.Scenarios() {
		known := slices.DeleteFunc(slices.Clone(lines[scenario.Code]), func(code string) bool {
			_, ok := view.Plan().Budget.ByCode(code)
			return !ok
		})
		if len(known) == 0 {
			continue
		}
		outcome, err := view.Outcome(scenario.Code)
		if err != nil {
			return nil, err
		}
		sheet, err := outcome.Sheet(known, scenarios.ByMonth)
		if err != nil {
			return nil, err
		}
		answer = append(answer, sheet)
	}
	return answer, nil
}

// etag names a revision as one person sees it. The time is part of it because a
// plan restored from a copy can come to the same revision another way; what the
// viewer may see, because the same address shows each what they may.
func etag(view *live.View) string {
	seen := sha256.Sum256([]byte(view.Viewer()))
	return strconv.Quote(strconv.Itoa(int(view.Rev())) + "-" + strconv.FormatInt(view.Updated().UnixNano(), 36) + "-" + hex.EncodeToString(seen[:6]))
}

// accessInfo tells what the viewer may see and do.
func accessInfo(view *live.View) AccessInfo {
	may := view.Rights()
	_, hidden := view.Problems()
	return AccessInfo{
		Roles: texts(may.Roles), Hidden: texts(may.Hidden), Withheld: texts(may.Withheld), HiddenProblems: hidden,
		May: texts(may.May), Positions: texts(may.Positions), Lines: texts(may.Lines), Members: texts(may.Members),
		Sealed: sealInfo(view), Past: view.Past(), Closed: texts(may.Closed),
	}
}

func codes(texts []string) []scenarios.Code {
	var all []scenarios.Code
	for _, text := range texts {
		if code := scenarios.Code(text); !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}

func invalid(key string, args problem.Args) error {
	return problem.Problem{Kind: problem.Invalid, Key: key, Args: args}
}
