package bolt_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/store/bolt"
)

const pageSize = 4096

// manyPages makes a compact file with a plan p whose entries take several
// pages, a sealed plan q and records.
func manyPages(t *testing.T) string {
	t.Helper()
	path := filled(t, 40)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(addSeal(s, 40), s.Create(ctx, "q", document.Object{"n": 1.0}, store.Change{OpID: "create"}), s.Close())
	compact := filepath.Join(t.TempDir(), "compact")
	if err := errors.Join(err, copied(path, compact, bolt.CopyOptions{Compact: true})); err != nil {
		t.Fatal(err)
	}
	return compact
}

// TestAFileWithADamagedPageIsOpenedOrRefused spoils the head and the first
// element of every page and works with the file as a server does. bbolt would
// follow such a page wherever it leads.
func TestAFileWithADamagedPageIsOpenedOrRefused(t *testing.T) {
	path := manyPages(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused, partly := 0, 0
	for page := 2; page < len(whole)/pageSize; page++ {
		for _, at := range []int{8, 10, 12, 24} { // kind, number of elements, further pages, place of a key or page below
			spoiled := bytes.Clone(whole)
			spoiled[page*pageSize+at] ^= 3
			if err := os.WriteFile(path, spoiled, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := bolt.Open(path)
			if err != nil {
				refused++
				damage(t, err)
				continue
			}
			if err := work(s); err != nil {
				partly++
				damage(t, err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if refused == 0 || partly == 0 {
		t.Errorf("%d refused, %d partly damaged", refused, partly)
	}
}

// work does what a server does with a file, and joins what goes wrong.
func work(s *bolt.Store) error {
	_, err := s.List(ctx)
	errs := []error{err}
	for id, rev := range map[store.PlanID]store.Rev{"p": 41, "q": 1} {
		_, err1 := s.Load(ctx, id)
		_, err2 := s.LoadAt(ctx, id, 1)
		_, err3 := s.Entries(ctx, id, 0, 100)
		_, err4 := s.Touched(ctx, id, "/n", 100)
		_, _, err5 := s.Sealed(ctx, id)
		_, err6 := s.Append(ctx, id, rev, store.Change{OpID: "later"})
		errs = append(errs, err1, err2, err3, err4, err5, err6)
	}
	_, err = s.ListRecords(ctx, "person")
	return errors.Join(append(errs, err)...)
}

// damage checks that an error says that the file is damaged and nothing else.
func damage(t *testing.T, err error) {
	t.Helper()
	for _, p := range problem.Of(err) {
		if p.Kind != problem.Internal || p.Key != "store.damaged" && p.Key != "store.damaged_record" {
			t.Errorf("got %v", err)
		}
	}
}

func TestADamagedPageOfOnePlanKeepsNobodyFromTheOthers(t *testing.T) {
	path := manyPages(t)
	entry := kept{"entries", "p", "\x00\x00\x00\x00\x00\x00\x00\x05", ""}.bytes(t, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole[bytes.Index(whole, entry)/pageSize*pageSize+8] ^= 3 // of a kind there is not
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	_, loadErr := s.Load(ctx, "p")
	_, appendErr := s.Append(ctx, "p", 41, store.Change{OpID: "later"})
	for _, err := range []error{loadErr, appendErr} {
		wants(t, err, problem.Internal, "store.damaged_record", path)
		if got := problem.Of(err)[0].Args["record"]; got != "entries of plan p" {
			t.Errorf("names %q", got)
		}
	}
	if plans, err := s.List(ctx); err != nil || len(plans) != 2 {
		t.Errorf("lists %v, %v", plans, err)
	}
	if rev, err := s.Append(ctx, "q", 1, store.Change{OpID: "later"}); err != nil || rev != 2 {
		t.Errorf("the other plan: %d, %v", rev, err)
	}
	if people, err := s.ListRecords(ctx, "person"); err != nil || len(people) != 2 {
		t.Errorf("records: %v, %v", people, err)
	}
}
