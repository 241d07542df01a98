package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/store/storetest"
)

var ctx = context.Background()

func open(path string) (store.Store, error) { return bolt.Open(path) }

func TestMain(m *testing.M) {
	storetest.Child(open)
	os.Exit(m.Run())
}

func TestContract(t *testing.T) {
	storetest.Run(t, storetest.Backend{
		Location: func(t testing.TB) string { return filepath.Join(t.TempDir(), "plans.bolt") },
		Open:     open,
	})
}

// filled makes a file with plan p at the revision and returns its path.
func filled(t testing.TB, rev store.Rev) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plans.bolt")
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, rev)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func fill(t testing.TB, s store.Store, rev store.Rev) {
	t.Helper()
	when := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	if err := s.Create(ctx, "p", document.Object{"n": 1.0}, store.Change{OpID: "create", When: when}); err != nil {
		t.Fatal(err)
	}
	for n := store.Rev(1); n < rev; n++ {
		change := store.Change{
			OpID: "op" + strings.Repeat("x", int(n)), Who: "local", When: when,
			Patch:   []patch.Op{{Op: patch.Replace, Path: "/n", Value: float64(n + 1)}},
			Inverse: []patch.Op{{Op: patch.Replace, Path: "/n", Value: float64(n)}},
		}
		if _, err := s.Append(ctx, "p", n, change); err != nil {
			t.Fatal(err)
		}
	}
}

// alter changes a file behind the store's back.
func alter(t *testing.T, path string, change func(*bbolt.Tx) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(change), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestADamagedRecordIsNamed(t *testing.T) {
	rev3 := []byte{0, 0, 0, 0, 0, 0, 0, 3}
	rev1 := []byte{0, 0, 0, 0, 0, 0, 0, 1}
	for name, tc := range map[string]struct {
		bucket string
		key    []byte
		record string
	}{
		"an entry":    {"entries", rev3, "entry 3 of plan p"},
		"a snapshot":  {"snapshots", rev1, "snapshot 1 of plan p"},
		"a plan head": {"plans", []byte("p"), "plan p"},
	} {
		for damage, change := range map[string]func([]byte) []byte{
			"with a flipped bit":        func(b []byte) []byte { b[len(b)/2] ^= 4; return b },
			"cut short":                 func(b []byte) []byte { return b[:len(b)-1] },
			"empty":                     func([]byte) []byte { return nil },
			"with another format's tag": func(b []byte) []byte { b[0]++; return b },
		} {
			t.Run(name+" "+damage, func(t *testing.T) {
				path := filled(t, 4)
				alter(t, path, func(tx *bbolt.Tx) error {
					bucket := tx.Bucket([]byte(tc.bucket))
					if tc.bucket != "plans" {
						bucket = bucket.Bucket([]byte("p"))
					}
					return bucket.Put(tc.key, change(bytes.Clone(bucket.Get(tc.key))))
				})
				s, err := bolt.Open(path)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = s.Close() }()
				_, err = s.Load(ctx, "p")
				wants(t, err, problem.Internal, "store.damaged_record", path)
				if got := problem.Of(err)[0].Args["record"]; got != tc.record {
					t.Errorf("names %q, want %q", got, tc.record)
				}
				if found := problem.Of(s.Verify(ctx)); len(found) != 1 || found[0].Args["record"] != tc.record {
					t.Errorf("Verify finds %v", found)
				}
			})
		}
	}
}

func TestARecordUnderAnotherKeyIsDamaged(t *testing.T) {
	path := filled(t, 4)
	alter(t, path, func(tx *bbolt.Tx) error {
		bucket := tx.Bucket([]byte("entries")).Bucket([]byte("p"))
		return bucket.Put([]byte{0, 0, 0, 0, 0, 0, 0, 3}, bytes.Clone(bucket.Get([]byte{0, 0, 0, 0, 0, 0, 0, 2})))
	})
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	_, err = s.Entries(ctx, "p", 0, 10)
	wants(t, err, problem.Internal, "store.damaged_record", path)
}

func TestATruncatedFileIsDamaged(t *testing.T) {
	path := filled(t, 50)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	used := bytes.TrimRight(whole, "\x00")
	for _, length := range []int{1, 100, 4096, 8192, 12288, len(used) / 2, len(used) / 2 / 4096 * 4096} {
		if err := os.WriteFile(path, whole[:length], 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := bolt.Open(path)
		if err == nil {
			_ = s.Close()
			t.Errorf("a file cut to %d bytes opens", length)
			continue
		}
		key := "store.damaged"
		if length < 80 {
			key = "store.foreign" // nothing is left that tells what it was
		}
		if got := problem.Of(err)[0]; got.Key != key || got.Args["path"] != path {
			t.Errorf("cut to %d bytes: %v", length, err)
		}
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatalf("the restored copy: %v", err)
	}
	_ = s.Close()
}

func TestAFileCutWhileOpenIsDamagedNotACrash(t *testing.T) {
	path := filled(t, 50)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := os.Truncate(path, 8192); err != nil {
		t.Fatal(err)
	}
	_, err = s.Entries(ctx, "p", 0, 50)
	wants(t, err, problem.Internal, "store.damaged", path)
}

func TestAnotherProcessHasTheFile(t *testing.T) {
	path := filled(t, 2)
	child, _ := storetest.StartChild(t, "hold", path)
	_, err := bolt.Open(path)
	wants(t, err, problem.Conflict, "store.locked", path)
	_ = child.Process.Kill()
	_ = child.Wait()
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatalf("after the other process ended: %v", err)
	}
	_ = s.Close()
}

func TestOneOfManyMakesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plans.bolt")
	stores, errs := make([]*bolt.Store, 4), make([]error, 4)
	var all sync.WaitGroup
	for n := range stores {
		all.Go(func() { stores[n], errs[n] = bolt.Open(path) })
	}
	all.Wait()
	open := 0
	for n, s := range stores {
		if errs[n] != nil {
			wants(t, errs[n], problem.Conflict, "store.locked", path)
			continue
		}
		open++
		if err := errors.Join(s.Create(ctx, "p", document.Object{}, store.Change{OpID: "create"}), s.Verify(ctx), s.Close()); err != nil {
			t.Error(err)
		}
	}
	if got := names(t, filepath.Dir(path)); open != 1 || got != "plans.bolt" {
		t.Errorf("%d of them have it open; the folder holds %s", open, got)
	}
}

func TestFilesThatAreSomethingElse(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("notes\n", 5000)), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.bolt")
	alter(t, other, func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("theirs"))
		return err
	})
	for path, key := range map[string]string{
		text: "store.foreign", other: "store.foreign", dir: "store.foreign",
		filepath.Join(dir, "none", "plans.bolt"): "store.no_folder",
	} {
		_, err := bolt.Open(path)
		wants(t, err, problem.Invalid, key, path)
	}
	empty := filepath.Join(dir, "empty.bolt")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := bolt.Open(empty)
	if err != nil {
		t.Fatalf("an empty file: %v", err)
	}
	_ = s.Close()
}

func TestAFullDiskIsSaidAndLosesNothing(t *testing.T) {
	path := filled(t, 3)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	s.SetMostBytes(1) // no room beyond what the file has
	change := store.Change{OpID: "large", Label: strings.Repeat("x", 32<<20)}
	_, err = s.Append(ctx, "p", 3, change)
	wants(t, err, problem.Internal, "store.full", path)
	change.Label = "small"
	if loaded, err := s.Load(ctx, "p"); err != nil || loaded.Rev != 3 {
		t.Errorf("afterwards the plan is at %d, %v", loaded.Rev, err)
	}
	s.SetMostBytes(0)
	if rev, err := s.Append(ctx, "p", 3, change); rev != 4 || err != nil {
		t.Errorf("with room again: %d, %v", rev, err)
	}
}

func TestWhereNothingCanBeWrittenIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		dir = "/sys" // root may write everywhere but where the kernel makes the files
	}
	path := filepath.Join(dir, "plans.bolt")
	_, err := bolt.Open(path)
	wants(t, err, problem.Invalid, "store.not_writable", path)
}

func TestOnlyTheOwnerReadsTheFile(t *testing.T) {
	info, err := os.Stat(filled(t, 1))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestABackupOpensLikeTheFile(t *testing.T) {
	s, err := bolt.Open(filled(t, 5))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	copied := filepath.Join(t.TempDir(), "copy.bolt")
	file, err := os.Create(copied)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Backup(ctx, file), file.Close()); err != nil {
		t.Fatal(err)
	}
	again, err := bolt.Open(copied)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if err := again.Verify(ctx); err != nil {
		t.Error(err)
	}
	if loaded, err := again.Load(ctx, "p"); err != nil || loaded.Rev != 5 {
		t.Errorf("the copy is at revision %d, %v", loaded.Rev, err)
	}
}

func BenchmarkAppend(b *testing.B) {
	s, err := bolt.Open(filepath.Join(b.TempDir(), "plans.bolt"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	fill(b, s, 1)
	rev := store.Rev(1)
	for b.Loop() {
		rev, err = s.Append(ctx, "p", rev, store.Change{OpID: time.Duration(rev).String(), Patch: []patch.Op{{Op: patch.Replace, Path: "/budget/lines/calls/values/voice/2027-01", Value: 1.0}}})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func wants(t testing.TB, err error, kind problem.Kind, key, path string) {
	t.Helper()
	if got := problem.Of(err); len(got) != 1 || got[0].Kind != kind || got[0].Key != key || got[0].Args["path"] != path {
		t.Errorf("got %v, want %v %s naming %s", err, kind, key, path)
	}
}
