package bolt_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/store/bolt"
)

// unpacked unpacks a file that the code of a format wrote. None of them is ever
// written again.
func unpacked(t *testing.T, format string) string {
	t.Helper()
	packed, err := os.Open("testdata/" + format + ".bolt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }()
	reader, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), format+".bolt")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// isFormat1 checks what the file of format 1 holds.
func isFormat1(t *testing.T, s store.Store) {
	t.Helper()
	loaded, err := s.Load(ctx, "p")
	if err != nil || loaded.Rev != 6 || len(loaded.Entries) != 5 || loaded.Sealed != 0 {
		t.Fatalf("got %+v, %v", loaded, err)
	}
	if got := loaded.Entries[4].Patch[0].Value; got != 6.0 {
		t.Errorf("the last entry puts %v", got)
	}
	if seal, found, err := s.Sealed(ctx, "p"); found || err != nil {
		t.Errorf("it is sealed: %v, %v", seal, err)
	}
	if people, err := s.ListRecords(ctx, "person"); len(people) != 0 || err != nil {
		t.Errorf("it has people: %v, %v", people, err)
	}
}

func TestFormat1IsReadAsItIs(t *testing.T) {
	path := unpacked(t, "format1")
	before, _ := os.ReadFile(path)
	s, err := bolt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	isFormat1(t, s)
	plain, compact := filepath.Join(t.TempDir(), "copy"), filepath.Join(t.TempDir(), "compact")
	if err := errors.Join(
		s.Verify(ctx), s.CopyTo(ctx, plain, bolt.CopyOptions{}), s.CopyTo(ctx, compact, bolt.CopyOptions{Compact: true}),
	); err != nil {
		t.Error(err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
	for _, path := range []string{plain, compact} {
		upgraded, err := bolt.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		isFormat1(t, upgraded)
		_ = upgraded.Close()
	}
}

func TestFormat1IsUpgradedAsItIsOpened(t *testing.T) {
	path := unpacked(t, "format1")
	heads := func() (format, plan []byte) {
		alter(t, path, func(tx *bbolt.Tx) error {
			format = bytes.Clone(tx.Bucket([]byte("meta")).Get([]byte("format")))
			plan = bytes.Clone(tx.Bucket([]byte("plans")).Get([]byte("p")))
			return nil
		})
		return format, plan
	}
	_, plan := heads()
	for range 2 {
		s, err := bolt.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		isFormat1(t, s)
		if err := errors.Join(s.Verify(ctx), s.Close()); err != nil {
			t.Error(err)
		}
	}
	format, same := heads()
	if !bytes.HasSuffix(format, []byte("2")) || !bytes.Equal(plan, same) {
		t.Errorf("format %q; the plan's record is rewritten: %v", format, !bytes.Equal(plan, same))
	}
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(addSeal(s, 6), s.Close()); err != nil {
		t.Fatal(err)
	}
	if report, err := examined(t, path); err != nil || len(report.All()) != 0 || report.Records != 3 || report.Plans[0].Seal.Rev != 6 {
		t.Errorf("got %+v, %v", report, err)
	}
}

func TestAFileLacksNoBucketOfItsFormat(t *testing.T) {
	for _, bucket := range []string{"seals", "records", "entries"} {
		path := unpacked(t, "format2")
		alter(t, path, func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte(bucket)) })
		_, err := bolt.OpenReadOnly(path)
		wants(t, err, problem.Internal, "store.damaged_record", path)
	}
}

func TestFormat2IsRead(t *testing.T) {
	path := unpacked(t, "format2")
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
	loaded, err := s.Load(ctx, "p")
	if err != nil || loaded.Rev != 7 || loaded.Sealed != 7 || loaded.Snapshot != 4 || loaded.Entries[2].For != "wang" {
		t.Fatalf("got %+v, %v", loaded, err)
	}
	when := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	want := store.Seal{
		Rev: 6, When: when, Who: "li",
		Hash:  "d6847e59614419e9ea21c61dd812f4f70cea48051a12c8fefe37cd008f2e334a",
		Bytes: []byte("{\"centerplan_seal\":1,\"label\":\"呼叫中心\",\"n\":6}\n\x00\xff"),
	}
	seal, found, err := s.Sealed(ctx, "p")
	if diff := cmp.Diff(want, seal); !found || err != nil || diff != "" {
		t.Errorf("found %v, %v %s", found, err, diff)
	}
	people, err := s.ListRecords(ctx, "person")
	wantPeople := []store.Record{
		{Kind: "person", ID: "li", Rev: 4, Body: json.RawMessage(`{"name":"主任","grants":[{"center":"*","role":"director"}]}`)},
		{Kind: "person", ID: "wang", Rev: 2, Body: json.RawMessage(`{"name":"王"}`)},
	}
	if diff := cmp.Diff(wantPeople, people); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestRecordsOfAnOlderFormatAreUpgradedAsTheyAreRead(t *testing.T) {
	path := unpacked(t, "format1")
	var kinds []string
	s, err := bolt.OpenWithUpgrade(path, func(kind string, payload []byte) ([]byte, error) {
		kinds = append(kinds, kind)
		return bytes.ReplaceAll(payload, []byte(`"local"`), []byte(`"upgraded"`)), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := s.Load(ctx, "p")
	if err != nil || loaded.Entries[0].Who != "upgraded" {
		t.Fatalf("got %+v, %v; upgraded %v", loaded, err, kinds)
	}
	rev, err := s.Append(ctx, "p", 6, store.Change{OpID: "new", Who: "local"})
	if err != nil || rev != 7 {
		t.Fatalf("append: %d, %v", rev, err)
	}
	entry, _, err := s.Find(ctx, "p", "new")
	if err != nil || entry.Who != "local" {
		t.Errorf("a record of the new format was upgraded: %+v, %v", entry, err)
	}
	if err := errors.Join(s.Verify(ctx), s.Close()); err != nil {
		t.Error(err)
	}
	_, err = bolt.Open(path)
	wants(t, err, problem.Invalid, "store.newer_format", path)
	_, err = bolt.OpenReadOnly(path)
	wants(t, err, problem.Invalid, "store.newer_format", path)
}

// TestNoUpgradeTouchesSealedBytes opens a file as a later Centerplan would that
// rewrites everything it is given.
func TestNoUpgradeTouchesSealedBytes(t *testing.T) {
	path := withSeal(t)
	kinds := map[string]bool{}
	s, err := bolt.OpenWithUpgrade(path, func(kind string, payload []byte) ([]byte, error) {
		kinds[kind] = true
		return bytes.ReplaceAll(bytes.ReplaceAll(payload, []byte("wang"), []byte("upgraded")), []byte("sealed\n"), nil), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	want := sealOf(9, "sealed\n\x00\xff 计划")
	want.Who = "upgraded"
	seal, _, err := s.Sealed(ctx, "p")
	if diff := cmp.Diff(want, seal); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if _, _, err := s.GetRecord(ctx, "person", "li"); err != nil || !kinds["record"] || !kinds["seal"] {
		t.Errorf("upgraded %v, %v", kinds, err)
	}
}
