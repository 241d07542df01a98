// Package store says what Centerplan asks of a database: plans as documents
// that grow by revisions, a seal for each plan that has one, small records
// beside the plans, and nothing about what is in them.
//
// Package storetest is the same contract as code; every back end passes it.
package store

import (
	"context"
	"encoding/json"
	"time"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// A PlanID names a plan for ever.
type PlanID string

// An Actor is who makes a change.
type Actor string

// A Rev counts the revisions of one plan. The first is 1; 0 means none.
type Rev int

// SnapshotEvery is after how many revisions the whole document is worth
// storing again, so that opening a plan replays fewer entries than this.
const SnapshotEvery = 200

// A Change is one edit of a plan and everything history tells about it.
type Change struct {
	// OpID is made by whoever edits and makes a retry harmless.
	OpID string `json:"op_id"`
	Who  Actor  `json:"who"`
	// For is whom Who stood in for, empty for nobody.
	For  Actor     `json:"for,omitempty"`
	When time.Time `json:"when"`
	Why  string    `json:"why,omitempty"`
	// Label is a few words for lists, in the words of whoever edited.
	Label string `json:"label,omitempty"`
	// Patch leads from the revision before to this one, Inverse back.
	Patch   []patch.Op `json:"patch"`
	Inverse []patch.Op `json:"inverse"`
	// Act names the act of the workflow that the change is, empty for an
	// ordinary edit. Acts are not undone.
	Act string `json:"act,omitempty"`
	// Undoes is the revision this change takes back, 0 for an ordinary edit. A
	// redo is the change that undoes an undo.
	Undoes Rev `json:"undoes,omitempty"`
}

// An Entry is a change that is stored.
type Entry struct {
	Rev Rev `json:"rev"`
	Change
}

// Info is what a list of plans tells about one.
type Info struct {
	ID      PlanID    `json:"id"`
	Rev     Rev       `json:"rev"`
	Created time.Time `json:"created_at"`
	Updated time.Time `json:"updated_at"`
	// Snapshot is the newest revision whose whole document is stored.
	Snapshot Rev `json:"snapshot"`
	// Sealed is the revision whose change sealed the plan, 0 if none did.
	Sealed Rev `json:"sealed,omitempty"`
}

// A Loaded plan is a document and the entries after it, oldest first. Applying
// their patches in order gives the document at Info.Rev.
type Loaded struct {
	Info
	Document document.Node // at revision Info.Snapshot
	Entries  []Entry
}

// A Seal is what one revision of a plan was when it was sealed.
type Seal struct {
	// Rev is the revision whose content is in Bytes.
	Rev Rev
	// Hash is the SHA-256 of Bytes, in 64 small hexadecimal digits.
	Hash string
	When time.Time
	Who  Actor
	// Bytes come back as they were given, whatever they are.
	Bytes []byte
}

// A Record is a small document beside the plans, such as a person.
type Record struct {
	// Kind and ID name the record for ever; neither is empty.
	Kind, ID string
	// Rev tells one state of the record from every other.
	Rev Rev
	// Body is any JSON value. It comes back as that value, perhaps written with
	// other white space and escapes.
	Body json.RawMessage
}

// A Store keeps plans. It is safe for concurrent use. Errors are problems;
// every method returns one of kind NotFound, "store.no_plan", for a plan that
// does not exist, one of kind Internal, "store.damaged", that names a record
// whose bytes are not what was written, one of kind Internal, "store.full",
// where there is no room to write and nothing was changed, and the context's
// error if that ended before anything was done.
//
// Documents and patches given to a store are not changed afterwards by the
// caller; what a store returns belongs to the caller.
type Store interface {
	// Create stores a new plan with doc as its revision 1, described by change,
	// whose patch is empty. A plan of that id is a Conflict, "store.plan_exists".
	Create(ctx context.Context, id PlanID, doc document.Node, change Change) error

	// Append stores change as the revision after base, in one transaction, and
	// returns that revision. When it returns, the change survives the loss of
	// the process. If base is not the newest revision it changes nothing and
	// returns a Conflict, "store.stale". A change whose operation id the plan
	// has already returns that revision again, whatever base says; a change
	// without one is Invalid, "store.no_op_id".
	Append(ctx context.Context, id PlanID, base Rev, change Change) (Rev, error)

	// Snapshot stores the whole document as it is at a revision that exists, to
	// make Load short. A revision that has one already keeps it; a revision
	// that does not exist is Invalid, "store.no_revision".
	Snapshot(ctx context.Context, id PlanID, rev Rev, doc document.Node) error

	// Load returns the newest snapshot and the entries after it.
	Load(ctx context.Context, id PlanID) (Loaded, error)

	// LoadAt returns the plan as it was at a revision: the newest snapshot at or
	// before it, and the entries after that up to it. Info tells Rev, Updated and
	// Snapshot of that revision, and the rest as it is now. A revision that does
	// not exist is Invalid, "store.no_revision".
	LoadAt(ctx context.Context, id PlanID, rev Rev) (Loaded, error)

	// Entries returns up to limit entries before a revision, newest first;
	// before 0 means from the newest. Revision 1 is among them.
	Entries(ctx context.Context, id PlanID, before Rev, limit int) ([]Entry, error)

	// Find returns the entry with the operation id, if there is one.
	Find(ctx context.Context, id PlanID, opID string) (Entry, bool, error)

	// Touched returns up to limit entries whose patch changed the place, a part
	// of it or something it is part of, newest first.
	Touched(ctx context.Context, id PlanID, pointer string, limit int) ([]Entry, error)

	// Setters returns for each place the newest entry that changed it, a part of
	// it or something it is part of, and revision 1 for a place that nothing has
	// changed since.
	Setters(ctx context.Context, id PlanID, pointers []string) ([]Entry, error)

	// Seal appends the change as Append does and stores the seal with it, in one
	// transaction. A plan is sealed once: if it is sealed already, nothing is
	// changed and the answer is a Conflict, "store.sealed", unless this very
	// operation sealed it, which returns its revision again. An operation id that
	// another change of the plan has is a Conflict, "store.op_taken"; a seal of a
	// revision that there is not even then is Invalid, "store.no_revision"; a hash
	// that is not that of the bytes is Invalid, "store.seal_hash".
	Seal(ctx context.Context, id PlanID, base Rev, change Change, seal Seal) (Rev, error)

	// Sealed returns the plan's seal, if it has one. Nothing changes or removes a
	// seal, and it is what it was when it was stored, or damaged.
	Sealed(ctx context.Context, id PlanID) (Seal, bool, error)

	// PutRecord stores a record in place of the one at revision r.Rev, 0 if there
	// is to be none yet, and returns its new revision, which is higher than that
	// of any record of its kind has been. If the record is at another revision,
	// or not there, it changes nothing and returns a Conflict,
	// "store.stale_record". A record without kind or id is Invalid,
	// "store.no_record_id", one whose body is no JSON "store.no_json".
	PutRecord(ctx context.Context, r Record) (Rev, error)

	// GetRecord returns the record, if it is there.
	GetRecord(ctx context.Context, kind, id string) (Record, bool, error)

	// ListRecords returns every record of a kind, by id.
	ListRecords(ctx context.Context, kind string) ([]Record, error)

	// RemoveRecord removes the record, whatever its revision. Removing what is
	// not there is no error.
	RemoveRecord(ctx context.Context, kind, id string) error

	// List returns every plan, by id.
	List(ctx context.Context) ([]Info, error)

	// Close waits for what is under way and releases the database. Any method
	// but Close called later returns an error.
	Close() error
}

// NoPlan returns the problem of a plan that does not exist.
func NoPlan(id PlanID) error {
	return problem.Problem{
		Kind: problem.NotFound, Key: "store.no_plan", Args: problem.Args{"plan": string(id)},
	}
}
