package bolt_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/store/bolt"
)

// examined opens a file read-only and examines it.
func examined(t *testing.T, path string) (bolt.Report, error) {
	t.Helper()
	s, err := bolt.OpenReadOnly(path)
	if err != nil {
		return bolt.Report{}, err
	}
	defer func() { _ = s.Close() }()
	return s.Examine(ctx)
}

// withSnapshots makes a file of 9 revisions with snapshots at 1 and 6.
func withSnapshots(t *testing.T) string {
	t.Helper()
	path := filled(t, 9)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Snapshot(ctx, "p", 6, document.Object{"n": 6.0}), s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExamineSaysWhichRevisionsAreWhole(t *testing.T) {
	key := func(rev byte) []byte { return []byte{0, 0, 0, 0, 0, 0, 0, rev} }
	spoil := func(bucket string, key []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			if bucket != "plans" {
				b = b.Bucket([]byte("p"))
			}
			value := bytes.Clone(b.Get(key))
			value[len(value)-1] ^= 1
			return b.Put(key, value)
		}
	}
	remove := func(bucket string, key []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error { return tx.Bucket([]byte(bucket)).Bucket([]byte("p")).Delete(key) }
	}
	for name, tc := range map[string]struct {
		damage func(*bbolt.Tx) error
		record string // empty if nothing is damaged
		whole  []bolt.Range
	}{
		"nothing damaged":                     {func(*bbolt.Tx) error { return nil }, "", []bolt.Range{{1, 9}}},
		"an entry: until the next snapshot":   {spoil("entries", key(3)), "entry 3 of plan p", []bolt.Range{{1, 2}, {6, 9}}},
		"a late entry: from there on":         {spoil("entries", key(8)), "entry 8 of plan p", []bolt.Range{{1, 7}}},
		"a missing entry":                     {remove("entries", key(8)), "entry 8 of plan p", []bolt.Range{{1, 7}}},
		"the first snapshot":                  {spoil("snapshots", key(1)), "snapshot 1 of plan p", []bolt.Range{{6, 9}}},
		"a later snapshot: nothing lost":      {spoil("snapshots", key(6)), "snapshot 6 of plan p", []bolt.Range{{1, 9}}},
		"the head: nothing lost":              {spoil("plans", []byte("p")), "plan p", []bolt.Range{{1, 9}}},
		"an operation: nothing lost":          {spoil("ops", []byte("opx")), "op opx of plan p", []bolt.Range{{1, 9}}},
		"a missing operation: nothing lost":   {remove("ops", []byte("opx")), "op opx of plan p", []bolt.Range{{1, 9}}},
		"a missing place: nothing lost":       {remove("index", append([]byte("/n\x00"), key(4)...)), "index of entry 4 of plan p", []bolt.Range{{1, 9}}},
		"a bucket of the plan: not looked at": {func(tx *bbolt.Tx) error { return tx.Bucket([]byte("ops")).DeleteBucket([]byte("p")) }, "ops of plan p", nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := withSnapshots(t)
			alter(t, path, tc.damage)
			report, err := examined(t, path)
			if err != nil || len(report.Plans) != 1 || len(report.Problems) != 0 {
				t.Fatalf("got %+v, %v", report, err)
			}
			got := report.Plans[0]
			if diff := cmp.Diff(tc.whole, got.Whole); diff != "" {
				t.Errorf("whole: %s", diff)
			}
			switch {
			case tc.record == "" && len(got.Problems) != 0, tc.record != "" && len(got.Problems) != 1:
				t.Errorf("problems %v", got.Problems)
			case tc.record != "" && got.Problems[0].Args["record"] != tc.record:
				t.Errorf("names %q, want %q", got.Problems[0].Args["record"], tc.record)
			}
		})
	}
}

func TestExamineReplays(t *testing.T) {
	path := withSnapshots(t)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := store.Change{OpID: "wrong", Patch: []patch.Op{{Op: patch.Replace, Path: "/none/x", Value: 1.0}}}
	_, err = s.Append(ctx, "p", 9, wrong)
	err = errors.Join(err, s.Snapshot(ctx, "p", 8, document.Object{"n": 80.0}), s.Close())
	if err != nil {
		t.Fatal(err)
	}
	report, err := examined(t, path)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range report.All() {
		got = append(got, p.Key+" "+p.Args["revision"])
	}
	if diff := cmp.Diff([]string{"store.other_snapshot 8", "store.no_replay 10"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestOpenReadOnlyMakesAndChangesNothing(t *testing.T) {
	dir := t.TempDir()
	missing, empty := filepath.Join(dir, "missing"), filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := bolt.OpenReadOnly(missing)
	wants(t, err, problem.NotFound, "store.no_file", missing)
	if _, err := os.Stat(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file was made: %v", err)
	}
	_, err = bolt.OpenReadOnly(empty)
	wants(t, err, problem.Invalid, "store.foreign", empty)

	path := filled(t, 5)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = bolt.OpenReadOnly(path)
	wants(t, err, problem.Conflict, "store.in_use", path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	if report, err := examined(t, path); err != nil || len(report.All()) != 0 {
		t.Errorf("got %v, %v", report, err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

// TestAFlippedBitIsFoundOrHarmless flips single bits all over a file. Either the
// file is said to be damaged, or every plan in it is what it was; and nothing
// ends the process.
func TestAFlippedBitIsFoundOrHarmless(t *testing.T) {
	path := filepath.Join(t.TempDir(), "compact") // nearly every page of which is in use
	if err := copied(withSeal(t), path, bolt.CopyOptions{Compact: true}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := everything(t, path)
	random := rand.New(rand.NewPCG(1, 2))
	found := 0
	for n := 0; n < 300; {
		at, bit := random.IntN(len(whole)), byte(1)<<random.IntN(8)
		if whole[at] == 0 && random.IntN(200) > 0 {
			continue // most of the file is empty
		}
		n++
		flipped := bytes.Clone(whole)
		flipped[at] ^= bit
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		report, err := examined(t, path)
		if err != nil || len(report.All()) > 0 {
			found++
			continue
		}
		if got := everything(t, path); got != want {
			t.Fatalf("byte %d, bit %08b: not found, and the plans are\n%s\nwant\n%s", at, bit, got, want)
		}
	}
	if found == 0 {
		t.Error("no flipped bit was found")
	}
	t.Logf("%d of 300 were found", found)
}

// everything writes out what a store answers about its plans.
func everything(t *testing.T, path string) string {
	t.Helper()
	s, err := bolt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	list, err1 := s.List(ctx)
	loaded, err2 := s.Load(ctx, "p")
	entries, err3 := s.Entries(ctx, "p", 0, 100)
	touched, err4 := s.Touched(ctx, "p", "/n", 100)
	again, _, err5 := s.Find(ctx, "p", "opxx")
	then, err6 := s.LoadAt(ctx, "p", 2)
	seal, _, err7 := s.Sealed(ctx, "p")
	people, err8 := s.ListRecords(ctx, "person")
	return fmt.Sprint(list, loaded, entries, touched, again, then, seal, people,
		errors.Join(err1, err2, err3, err4, err5, err6, err7, err8))
}
