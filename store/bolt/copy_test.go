package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/store/storetest"
)

// copied copies a file as the command does.
func copied(path, to string, options bolt.CopyOptions) error {
	s, err := bolt.OpenReadOnly(path)
	if err != nil {
		return err
	}
	return errors.Join(s.CopyTo(ctx, to, options), s.Close())
}

// names returns the names of the files in a folder.
func names(t *testing.T, dir string) string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, file := range files {
		list = append(list, file.Name())
	}
	return strings.Join(list, " ")
}

func TestACopyAnswersAsTheFileDoes(t *testing.T) {
	path := withSeal(t)
	want := everything(t, path)
	for name, options := range map[string]bolt.CopyOptions{"plain": {}, "compact": {Compact: true}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			to := filepath.Join(dir, "copy")
			if err := copied(path, to, options); err != nil {
				t.Fatal(err)
			}
			if got := everything(t, to); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if got := names(t, dir); got != "copy" {
				t.Errorf("the folder holds %s", got)
			}
			if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v, %v", info.Mode(), err)
			}
			s, err := bolt.Open(to)
			if err != nil {
				t.Fatal(err)
			}
			rev, err := s.Append(ctx, "p", 10, store.Change{OpID: "later"})
			if err := errors.Join(err, s.Verify(ctx), s.Close()); err != nil || rev != 11 {
				t.Errorf("the copy goes on at %d, %v", rev, err)
			}
		})
	}
}

func TestACompactCopyLeavesOutFreeRoom(t *testing.T) {
	path := filled(t, 2)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	large := []patch.Op{{Op: patch.Add, Path: "/x", Value: strings.Repeat("x", 1<<20)}}
	_, err = s.Append(ctx, "p", 2, store.Change{OpID: "large", Patch: large})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	alter(t, path, func(tx *bbolt.Tx) error {
		filler, err := tx.CreateBucket([]byte("filler"))
		return errors.Join(err, filler.Put([]byte("x"), make([]byte, 4<<20)))
	})
	alter(t, path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("filler")) })
	dir := t.TempDir()
	plain, compact := filepath.Join(dir, "plain"), filepath.Join(dir, "compact")
	if err := errors.Join(copied(path, plain, bolt.CopyOptions{}), copied(path, compact, bolt.CopyOptions{Compact: true})); err != nil {
		t.Fatal(err)
	}
	a, _ := os.Stat(plain)
	b, _ := os.Stat(compact)
	if b.Size() > a.Size()/2 {
		t.Errorf("compact %d bytes, plain %d", b.Size(), a.Size())
	}
}

func TestACopyThatIsRefusedChangesNothing(t *testing.T) {
	path := filled(t, 3)
	dir := t.TempDir()
	there := filepath.Join(dir, "there")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	linked := filepath.Join(dir, "linked")
	if err := os.Symlink(path, linked); err != nil {
		t.Fatal(err)
	}
	before := names(t, dir)
	wants(t, copied(path, there, bolt.CopyOptions{}), problem.Conflict, "store.copy_exists", there)
	wants(t, copied(path, path, bolt.CopyOptions{Force: true}), problem.Invalid, "store.copy_is_itself", path)
	wants(t, copied(path, linked, bolt.CopyOptions{Force: true}), problem.Invalid, "store.copy_is_itself", path)
	nowhere := filepath.Join(dir, "none", "copy")
	wants(t, copied(path, nowhere, bolt.CopyOptions{}), problem.Invalid, "store.no_copy", nowhere)
	if text, err := os.ReadFile(there); string(text) != "mine" {
		t.Errorf("the file there holds %q, %v", text, err)
	}
	alter(t, path, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("entries")).Bucket([]byte("p")).Delete([]byte{0, 0, 0, 0, 0, 0, 0, 3})
	})
	wants(t, copied(path, there, bolt.CopyOptions{Force: true}), problem.Internal, "store.damaged_record", path)
	if after := names(t, dir); after != before {
		t.Errorf("the folder holds %s, before %s", after, before)
	}
	if err := copied(filled(t, 3), there, bolt.CopyOptions{Force: true}); err != nil {
		t.Errorf("by force: %v", err)
	}
}

func TestRestorePutsTheCopyInPlaceAndKeepsTheOther(t *testing.T) {
	path, backup := withSeal(t), filepath.Join(t.TempDir(), "copy")
	if err := copied(path, backup, bolt.CopyOptions{}); err != nil {
		t.Fatal(err)
	}
	want := everything(t, path)
	for _, damage := range []string{"", "cut", "text", "empty"} {
		t.Run("over a file "+damage, func(t *testing.T) {
			path := filled(t, 7)
			later, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			switch damage {
			case "cut":
				later = later[:12288]
			case "text":
				later = []byte("notes")
			case "empty":
				later = nil
			}
			if err := os.WriteFile(path, later, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err = bolt.Restore(ctx, backup, path, false)
			wants(t, err, problem.Conflict, "store.restore_exists", path)
			for _, name := range []string{path + ".before-restore", path + ".before-restore-2"} {
				kept, err := bolt.Restore(ctx, backup, path, true)
				if err != nil || kept != name {
					t.Fatalf("kept %q, %v", kept, err)
				}
			}
			if got := everything(t, path); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if got, err := os.ReadFile(path + ".before-restore"); !bytes.Equal(got, later) {
				t.Errorf("the kept file differs (%v)", err)
			}
			if got := names(t, filepath.Dir(path)); got != "plans.bolt plans.bolt.before-restore plans.bolt.before-restore-2" {
				t.Errorf("the folder holds %s", got)
			}
		})
	}
	fresh := filepath.Join(t.TempDir(), "fresh")
	if kept, err := bolt.Restore(ctx, backup, fresh, false); err != nil || kept != "" || everything(t, fresh) != want {
		t.Errorf("where there was none: kept %q, %v", kept, err)
	}
}

func TestARestoreThatIsRefusedChangesNothing(t *testing.T) {
	path, good, bad := filled(t, 3), filled(t, 2), filled(t, 4)
	alter(t, bad, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("snapshots")).Bucket([]byte("p")).Put([]byte{0, 0, 0, 0, 0, 0, 0, 1}, []byte("spoiled"))
	})
	missing := filepath.Join(t.TempDir(), "missing")
	before, _ := os.ReadFile(path)
	_, err := bolt.Restore(ctx, bad, path, true)
	wants(t, err, problem.Internal, "store.damaged_record", bad)
	_, err = bolt.Restore(ctx, missing, path, true)
	wants(t, err, problem.NotFound, "store.no_file", missing)
	_, err = bolt.Restore(ctx, path, path, true)
	wants(t, err, problem.Invalid, "store.copy_is_itself", path)
	ended, end := context.WithCancel(ctx)
	end()
	if _, err = bolt.Restore(ended, good, path, true); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
	child, _ := storetest.StartChild(t, "hold", path)
	before, _ = os.ReadFile(path)
	_, err = bolt.Restore(ctx, good, path, true)
	wants(t, err, problem.Conflict, "store.in_use", path)
	_ = child.Process.Kill()
	_ = child.Wait()
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
	if got := names(t, filepath.Dir(path)); got != "plans.bolt" {
		t.Errorf("the folder holds %s", got)
	}
}
