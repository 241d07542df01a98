// Package storetest is the contract of package store as code. Every back end
// runs it on the real database.
package storetest

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
)

// A Backend is a database under test.
type Backend struct {
	// Location makes room for an empty database and says where it is.
	Location func(t testing.TB) string
	// Open opens the database there, and again after Close or the loss of the
	// process that had it.
	Open func(location string) (store.Store, error)
}

// Run holds a back end to the contract.
func Run(t *testing.T, b Backend) {
	for name, rule := range map[string]func(*testing.T, *book){
		"a plan begins at revision 1 with its document":         begins,
		"a plan is created once":                                createdOnce,
		"a change becomes the revision after its base":          appends,
		"a stale base is a Conflict and changes nothing":        staleBase,
		"a retry returns the same revision":                     retry,
		"a change without operation id is Invalid":              noOpID,
		"an unknown plan is NotFound":                           unknownPlan,
		"a snapshot shortens what is loaded":                    snapshots,
		"a snapshot needs a revision":                           snapshotOfNothing,
		"entries come newest first in pages":                    pages,
		"plans do not see each other":                           separate,
		"who changed a place can be asked":                      touched,
		"of concurrent writers one wins each revision":          concurrentWriters,
		"everything is there after opening again":               reopened,
		"a context that has ended changes nothing":              endedContext,
		"a closed store answers with an error":                  closed,
		"values given and returned are not shared":              unshared,
		"text in any script and any JSON value comes back":      anyValue,
		"any revision can be loaded":                            loadedAt,
		"a revision that does not exist is not loaded":          loadedAtNothing,
		"a change keeps whom its author stood in for":           standIn,
		"a seal comes with its change, to the byte":             sealed,
		"a plan is sealed once":                                 sealedOnce,
		"a seal that is refused changes nothing":                sealRefused,
		"of concurrent seals one wins":                          concurrentSeals,
		"nothing changes a seal":                                sealKept,
		"a record is created, replaced and removed":             records,
		"a stale record is a Conflict and changes nothing":      staleRecord,
		"a record needs a name and a JSON body":                 recordRefused,
		"records come by id and kinds do not mix":               recordKinds,
		"of concurrent writers of a record one wins each":       concurrentRecords,
		"no acknowledged change is lost by killing the process": func(t *testing.T, k *book) { kill(t, b, k) },
		"no acknowledged seal or record is lost by killing":     func(t *testing.T, k *book) { killBeside(t, b, k) },
	} {
		t.Run(name, func(t *testing.T) {
			location := b.Location(t)
			s, err := b.Open(location)
			if err != nil {
				t.Fatal(err)
			}
			k := &book{Store: s, location: location, open: b.Open}
			t.Cleanup(func() { _ = k.Close() })
			rule(t, k)
		})
	}
}

// A book is an open store under test.
type book struct {
	store.Store
	location string
	open     func(string) (store.Store, error)
}

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 21, 12, 0, 0, 123456789, time.UTC)
)

// document0 is the document every plan here begins with.
func document0() document.Node { return document.Object{"n": 0.0, "label": "呼叫中心 <&>"} }

// edit returns the change that counts n up by one.
func edit(n int) store.Change {
	before, after := float64(n-1), float64(n)
	return store.Change{
		OpID: "op-" + strconv.Itoa(n), Who: "local", When: noon.Add(time.Duration(n) * time.Second),
		Why: "why " + strconv.Itoa(n), Label: "n", Undoes: store.Rev(n % 3),
		Patch:   []patch.Op{{Op: patch.Test, Path: "/n", Value: before}, {Op: patch.Replace, Path: "/n", Value: after}},
		Inverse: []patch.Op{{Op: patch.Test, Path: "/n", Value: after}, {Op: patch.Replace, Path: "/n", Value: before}},
	}
}

func creation() store.Change {
	return store.Change{OpID: "create", Who: "local", When: noon, Label: "created"}
}

func (k *book) create(t testing.TB, id store.PlanID) {
	t.Helper()
	if err := k.Create(ctx, id, document0(), creation()); err != nil {
		t.Fatal(err)
	}
}

// grow creates the plan and appends edits up to revision rev.
func (k *book) grow(t testing.TB, id store.PlanID, rev store.Rev) {
	t.Helper()
	k.create(t, id)
	for n := store.Rev(1); n < rev; n++ {
		if got, err := k.Append(ctx, id, n, edit(int(n))); err != nil || got != n+1 {
			t.Fatalf("append to %d: %d, %v", n, got, err)
		}
	}
}

// newest replays what Load returns and returns the document's count.
func newest(t testing.TB, s store.Store, id store.PlanID) (store.Loaded, float64) {
	t.Helper()
	loaded, err := s.Load(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return loaded, replayed(t, loaded)
}

// replayed applies the entries and returns the document's count.
func replayed(t testing.TB, loaded store.Loaded) float64 {
	t.Helper()
	doc := loaded.Document
	var err error
	for i, entry := range loaded.Entries {
		if want := loaded.Snapshot + 1 + store.Rev(i); entry.Rev != want {
			t.Fatalf("entry %d is of revision %d, want %d", i, entry.Rev, want)
		}
		if doc, _, err = patch.Apply(doc, entry.Patch); err != nil {
			t.Fatalf("replay of revision %d: %v", entry.Rev, err)
		}
	}
	if last := loaded.Snapshot + store.Rev(len(loaded.Entries)); last != loaded.Rev {
		t.Fatalf("the entries end at %d, the plan at %d", last, loaded.Rev)
	}
	n, _ := document.Get(doc, "n")
	count, _ := n.(float64)
	return count
}

func begins(t *testing.T, k *book) {
	k.create(t, "p")
	loaded, _ := newest(t, k, "p")
	want := store.Loaded{
		Info:     store.Info{ID: "p", Rev: 1, Created: noon, Updated: noon, Snapshot: 1},
		Document: document0(),
	}
	if diff := cmp.Diff(want, loaded, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
	entries, err := k.Entries(ctx, "p", 0, 10)
	if diff := cmp.Diff([]store.Entry{{Rev: 1, Change: creation()}}, entries, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func createdOnce(t *testing.T, k *book) {
	k.grow(t, "p", 3)
	err := k.Create(ctx, "p", document.Object{}, creation())
	wants(t, err, problem.Conflict, "store.plan_exists")
	if _, n := newest(t, k, "p"); n != 2 {
		t.Errorf("the plan changed: %v", n)
	}
}

func appends(t *testing.T, k *book) {
	k.grow(t, "p", 4)
	loaded, n := newest(t, k, "p")
	if loaded.Rev != 4 || n != 3 || !loaded.Updated.Equal(edit(3).When) || !loaded.Created.Equal(noon) {
		t.Errorf("got %+v with %v", loaded.Info, n)
	}
	for i, entry := range loaded.Entries {
		if diff := cmp.Diff(store.Entry{Rev: store.Rev(i + 2), Change: edit(i + 1)}, entry); diff != "" {
			t.Error(diff)
		}
	}
}

func staleBase(t *testing.T, k *book) {
	k.grow(t, "p", 3)
	for _, base := range []store.Rev{0, 2, 4} {
		_, err := k.Append(ctx, "p", base, edit(9))
		wants(t, err, problem.Conflict, "store.stale")
	}
	if loaded, _ := newest(t, k, "p"); loaded.Rev != 3 {
		t.Errorf("the plan is at revision %d", loaded.Rev)
	}
	if _, found, err := k.Find(ctx, "p", "op-9"); found || err != nil {
		t.Errorf("the refused operation is found: %v", err)
	}
}

func retry(t *testing.T, k *book) {
	k.grow(t, "p", 4)
	for _, base := range []store.Rev{1, 2, 4} {
		if rev, err := k.Append(ctx, "p", base, edit(1)); rev != 2 || err != nil {
			t.Errorf("the retry with base %d gives %d, %v", base, rev, err)
		}
	}
	if loaded, _ := newest(t, k, "p"); loaded.Rev != 4 {
		t.Errorf("the plan is at revision %d", loaded.Rev)
	}
	entry, found, err := k.Find(ctx, "p", "op-2")
	if diff := cmp.Diff(store.Entry{Rev: 3, Change: edit(2)}, entry); !found || err != nil || diff != "" {
		t.Errorf("found %v, %v %s", found, err, diff)
	}
}

func noOpID(t *testing.T, k *book) {
	k.create(t, "p")
	change := edit(1)
	change.OpID = ""
	_, err := k.Append(ctx, "p", 1, change)
	wants(t, err, problem.Invalid, "store.no_op_id")
}

func unknownPlan(t *testing.T, k *book) {
	k.create(t, "other")
	_, appendErr := k.Append(ctx, "p", 1, edit(1))
	_, loadErr := k.Load(ctx, "p")
	_, entriesErr := k.Entries(ctx, "p", 0, 1)
	_, _, findErr := k.Find(ctx, "p", "op-1")
	_, touchedErr := k.Touched(ctx, "p", "/n", 1)
	_, settersErr := k.Setters(ctx, "p", []string{"/n"})
	snapshotErr := k.Snapshot(ctx, "p", 1, document0())
	_, loadAtErr := k.LoadAt(ctx, "p", 1)
	_, sealErr := k.Seal(ctx, "p", 1, edit(1), sealOf(1, "x"))
	_, _, sealedErr := k.Sealed(ctx, "p")
	for _, err := range []error{
		appendErr, loadErr, entriesErr, findErr, touchedErr, settersErr, snapshotErr, loadAtErr, sealErr, sealedErr,
	} {
		wants(t, err, problem.NotFound, "store.no_plan")
	}
}

func snapshots(t *testing.T, k *book) {
	k.grow(t, "p", 6)
	if err := k.Snapshot(ctx, "p", 4, document.Object{"n": 3.0}); err != nil {
		t.Fatal(err)
	}
	if err := k.Snapshot(ctx, "p", 2, document.Object{"n": 1.0}); err != nil {
		t.Fatal(err)
	}
	if err := k.Snapshot(ctx, "p", 4, document.Object{"n": "later"}); err != nil {
		t.Fatal(err)
	}
	loaded, n := newest(t, k, "p")
	if loaded.Snapshot != 4 || len(loaded.Entries) != 2 || n != 5 {
		t.Errorf("got snapshot %d, %d entries, %v", loaded.Snapshot, len(loaded.Entries), n)
	}
	if rev, err := k.Append(ctx, "p", 6, edit(6)); rev != 7 || err != nil {
		t.Errorf("append after a snapshot: %d, %v", rev, err)
	}
}

func snapshotOfNothing(t *testing.T, k *book) {
	k.grow(t, "p", 2)
	for _, rev := range []store.Rev{-1, 0, 3} {
		wants(t, k.Snapshot(ctx, "p", rev, document0()), problem.Invalid, "store.no_revision")
	}
}

func pages(t *testing.T, k *book) {
	k.grow(t, "p", 7)
	for _, tc := range []struct {
		before store.Rev
		limit  int
		want   []store.Rev
	}{
		{0, 3, []store.Rev{7, 6, 5}},
		{5, 3, []store.Rev{4, 3, 2}},
		{2, 3, []store.Rev{1}},
		{1, 3, nil},
		{99, 1, []store.Rev{7}},
		{0, 0, nil},
		{0, 99, []store.Rev{7, 6, 5, 4, 3, 2, 1}},
	} {
		entries, err := k.Entries(ctx, "p", tc.before, tc.limit)
		if diff := cmp.Diff(tc.want, revs(entries), cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("before %d, limit %d: %v %s", tc.before, tc.limit, err, diff)
		}
	}
}

func separate(t *testing.T, k *book) {
	k.grow(t, "p", 3)
	k.grow(t, "pp", 2)
	infos, err := k.List(ctx)
	if err != nil || len(infos) != 2 || infos[0].ID != "p" || infos[0].Rev != 3 || infos[1].ID != "pp" || infos[1].Rev != 2 {
		t.Errorf("got %+v, %v", infos, err)
	}
	if _, found, _ := k.Find(ctx, "pp", "op-2"); found {
		t.Error("an operation of p is found in pp")
	}
}

func touched(t *testing.T, k *book) {
	k.create(t, "p")
	for i, path := range []string{"/a/b", "/a", "/a/bc", "/a/b/c", "/d", "/a~1b"} {
		change := edit(i + 1)
		change.Patch = []patch.Op{
			{Op: patch.Test, Path: "/tested", Value: 1.0}, {Op: patch.Add, Path: path, Value: 1.0},
		}
		if _, err := k.Append(ctx, "p", store.Rev(i+1), change); err != nil {
			t.Fatal(err)
		}
	}
	for pointer, want := range map[string][]store.Rev{
		"/a/b": {5, 3, 2}, "/a": {5, 4, 3, 2}, "/d": {6}, "": {7, 6, 5, 4, 3, 2}, "/tested": nil, "/a/b/c/d": {5, 3, 2}, "/a~1b": {7},
	} {
		entries, err := k.Touched(ctx, "p", pointer, 10)
		if diff := cmp.Diff(want, revs(entries), cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%q: %v %s", pointer, err, diff)
		}
	}
	if entries, err := k.Touched(ctx, "p", "/a", 2); err != nil || len(entries) != 2 || entries[0].Rev != 5 {
		t.Errorf("limited to two: %v, %v", revs(entries), err)
	}
	setters, err := k.Setters(ctx, "p", []string{"/a/b", "/d", "/tested", "/d", "/a/bc", "/e"})
	if diff := cmp.Diff([]store.Rev{5, 6, 1, 6, 4, 1}, revs(setters)); err != nil || diff != "" {
		t.Errorf("the setters: %v %s", err, diff)
	}
}

func revs(entries []store.Entry) []store.Rev {
	var revs []store.Rev
	for _, entry := range entries {
		revs = append(revs, entry.Rev)
	}
	return revs
}

func wants(t testing.TB, err error, kind problem.Kind, key string) {
	t.Helper()
	if got := problem.Of(err); len(got) != 1 || got[0].Kind != kind || got[0].Key != key {
		t.Errorf("got %v, want %v %s", err, kind, key)
	}
}
