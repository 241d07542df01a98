package bolt_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/store/bolt"
)

// sealOf returns the seal of a revision with the bytes.
func sealOf(rev store.Rev, sealed string) store.Seal {
	sum := sha256.Sum256([]byte(sealed))
	when := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	return store.Seal{Rev: rev, Hash: hex.EncodeToString(sum[:]), When: when, Who: "wang", Bytes: []byte(sealed)}
}

// addSeal seals plan p, and makes two people, one of them twice, and a token.
func addSeal(s store.Store, base store.Rev) error {
	_, err := s.Seal(ctx, "p", base, store.Change{OpID: "seal", Who: "wang", For: "li"}, sealOf(base, "sealed\n\x00\xff 计划"))
	var rev store.Rev
	for n, r := range []store.Record{
		{Kind: "person", ID: "li", Body: json.RawMessage(`{"name":"李"}`)},
		{Kind: "person", ID: "li", Body: json.RawMessage(`{"name":"主任"}`)},
		{Kind: "person", ID: "wang", Body: json.RawMessage(`{"name":"王"}`)},
		{Kind: "token", ID: "t", Body: json.RawMessage(`[]`)},
	} {
		if r.Rev = rev; n != 1 {
			r.Rev = 0
		}
		var putErr error
		rev, putErr = s.PutRecord(ctx, r)
		err = errors.Join(err, putErr)
	}
	return err
}

// withSeal makes the file withSnapshots makes, sealed by revision 10, with
// records.
func withSeal(t *testing.T) string {
	t.Helper()
	path := withSnapshots(t)
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(addSeal(s, 9), s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// A kept is a record as it lies in the file.
type kept struct{ bucket, of, key, name string }

var (
	keptSeal   = kept{"seals", "p", "seal", "seal of plan p"}
	keptRecord = kept{"records", "person", "li", "record person li"}
)

// bytes returns the record.
func (k kept) bytes(t *testing.T, path string) []byte {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var record []byte
	err = db.View(func(tx *bbolt.Tx) error {
		record = bytes.Clone(tx.Bucket([]byte(k.bucket)).Bucket([]byte(k.of)).Get([]byte(k.key)))
		return nil
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return record
}

// named checks that examining the file finds this record damaged, and nothing
// else.
func (k kept) named(t *testing.T, path, what string) {
	t.Helper()
	report, err := examined(t, path)
	if found := report.All(); err != nil || len(found) != 1 || found[0].Key != "store.damaged_record" || found[0].Args["record"] != k.name {
		t.Errorf("%s: found %v, %v; want %s", what, found, err, k.name)
	}
}

// TestAnyByteFlippedInASealOrRecordIsNamed flips every byte of a seal and of a
// record, one after the other, in the file itself.
func TestAnyByteFlippedInASealOrRecordIsNamed(t *testing.T) {
	for _, k := range []kept{keptSeal, keptRecord} {
		path := filepath.Join(t.TempDir(), "compact") // small enough to be written a thousand times
		if err := copied(withSeal(t), path, bolt.CopyOptions{Compact: true}); err != nil {
			t.Fatal(err)
		}
		record := k.bytes(t, path)
		whole, err := os.ReadFile(path)
		if err != nil || len(record) < 20 || bytes.Count(whole, record) == 0 {
			t.Fatalf("%s: %d bytes, %v", k.name, len(record), err)
		}
		for at := range record {
			flipped := bytes.ReplaceAll(whole, record, append(append(bytes.Clone(record[:at]), record[at]^0x10), record[at+1:]...))
			if err := os.WriteFile(path, flipped, 0o600); err != nil {
				t.Fatal(err)
			}
			k.named(t, path, fmt.Sprintf("byte %d", at))
		}
		s, err := bolt.OpenReadOnly(path)
		if err != nil {
			t.Fatal(err)
		}
		if k == keptSeal {
			_, _, err = s.Sealed(ctx, "p")
		} else {
			_, _, err = s.GetRecord(ctx, "person", "li")
		}
		wants(t, err, problem.Internal, "store.damaged_record", path)
		if loaded, err := s.Load(ctx, "p"); err != nil || loaded.Rev != 10 {
			t.Errorf("the plan beside it: %d, %v", loaded.Rev, err)
		}
		_ = s.Close()
	}
}

// TestASealThatDoesNotBelongIsNamed replaces, moves and removes the seal where
// no checksum tells.
func TestASealThatDoesNotBelongIsNamed(t *testing.T) {
	seals := func(tx *bbolt.Tx) *bbolt.Bucket { return tx.Bucket([]byte("seals")) }
	other := withSeal(t)
	fake := keptSeal.bytes(t, other)
	forged := func(seal store.Seal) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			record, err := bolt.ForgedSeal("p", seal)
			return errors.Join(err, seals(tx).Bucket([]byte("p")).Put([]byte("seal"), record))
		}
	}
	changed := sealOf(9, "sealed")
	changed.Bytes = []byte("another")
	for name, tc := range map[string]struct {
		damage func(*bbolt.Tx) error
		record string
	}{
		"removed":             {func(tx *bbolt.Tx) error { return seals(tx).Bucket([]byte("p")).Delete([]byte("seal")) }, "seal of plan p"},
		"its bucket removed":  {func(tx *bbolt.Tx) error { return seals(tx).DeleteBucket([]byte("p")) }, "seal of plan p"},
		"all buckets removed": {func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("seals")) }, "seals"},
		"a second one": {func(tx *bbolt.Tx) error {
			return seals(tx).Bucket([]byte("p")).Put([]byte("seal2"), fake)
		}, "seal under the key 7365616c32 of plan p"},
		"other bytes under the same hash": {forged(changed), "seal of plan p"},
		"of a revision that there is not": {forged(sealOf(11, "sealed")), "seal of plan p"},
		"that of a plan that is not sealed": {func(tx *bbolt.Tx) error {
			unsealed := bytes.Clone(tx.Bucket([]byte("plans")).Get([]byte("q")))
			err := tx.Bucket([]byte("plans")).Put([]byte("q"), unsealed)
			q, makeErr := seals(tx).CreateBucket([]byte("q"))
			return errors.Join(err, makeErr, q.Put([]byte("seal"), fake))
		}, "seal of plan q"},
	} {
		t.Run(name, func(t *testing.T) {
			path := withSeal(t)
			s, err := bolt.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(s.Create(ctx, "q", document.Object{}, store.Change{OpID: "q"}), s.Close()); err != nil {
				t.Fatal(err)
			}
			alter(t, path, tc.damage)
			report, err := examined(t, path)
			found := problem.Of(errors.Join(err, report.All().Err()))
			if len(found) != 1 || found[0].Args["record"] != tc.record {
				t.Errorf("found %v, want %s", found, tc.record)
			}
			if tc.record != "seal of plan p" {
				return
			}
			if s, err = bolt.Open(path); err != nil {
				t.Fatal(err)
			}
			_, _, err = s.Sealed(ctx, "p")
			wants(t, err, problem.Internal, "store.damaged_record", path)
			_, err = s.Seal(ctx, "p", 10, store.Change{OpID: "again"}, sealOf(10, "another"))
			if got := problem.Of(err); len(got) != 1 || got[0].Key != "store.sealed" {
				t.Errorf("a plan whose seal is lost is sealed again: %v", err)
			}
			_ = s.Close()
		})
	}
}

func TestARecordUnderAnotherNameIsNamed(t *testing.T) {
	path := withSeal(t)
	alter(t, path, func(tx *bbolt.Tx) error {
		people := tx.Bucket([]byte("records")).Bucket([]byte("person"))
		return people.Put([]byte("wang"), bytes.Clone(people.Get([]byte("li"))))
	})
	kept{name: "record person wang"}.named(t, path, "a record copied to another id")
}

func TestExamineCountsWhatLiesBesideThePlans(t *testing.T) {
	report, err := examined(t, withSeal(t))
	if err != nil || len(report.All()) != 0 || report.Records != 3 {
		t.Fatalf("got %+v, %v", report, err)
	}
	want := sealOf(9, "sealed\n\x00\xff 计划")
	if got := report.Plans[0].Seal; got.Hash != want.Hash || got.Rev != 9 || got.Who != "wang" || got.Bytes != nil {
		t.Errorf("got %+v", got)
	}
}
