package bolt

import (
	"context"
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"centerplan/planning/problem"
	"centerplan/store"
)

func recordName(kind, id string) string { return fmt.Sprintf("record %s %s", kind, id) }

// A storedRecord is what is stored of a record under its kind and id.
type storedRecord struct {
	Rev  store.Rev       `json:"rev"`
	Body json.RawMessage `json:"body"`
}

// PutRecord implements store.Store.
func (s *Store) PutRecord(ctx context.Context, r store.Record) (rev store.Rev, err error) {
	name := problem.Args{"kind": r.Kind, "id": r.ID}
	switch {
	case r.Kind == "" || r.ID == "":
		return 0, problem.Problem{Kind: problem.Invalid, Key: "store.no_record_id", Args: name}
	case !json.Valid(r.Body):
		return 0, problem.Problem{Kind: problem.Invalid, Key: "store.no_json", Args: name}
	}
	err = s.update(ctx, func(tx *bbolt.Tx) error {
		if _, err := s.recordsOf(tx, r.Kind); err != nil {
			return err
		}
		bucket, err := tx.Bucket(recordBucket).CreateBucketIfNotExists([]byte(r.Kind))
		if err != nil {
			return err
		}
		there, _, err := s.record(bucket, r.Kind, r.ID)
		if err != nil {
			return err
		}
		if there.Rev != r.Rev {
			return problem.Problem{Kind: problem.Conflict, Key: "store.stale_record", Args: name}
		}
		// The bucket counts, so that a record that is made again after it was
		// removed is not taken for the one it was.
		sequence, err := bucket.NextSequence()
		rev = store.Rev(sequence)
		if err != nil {
			return err
		}
		return s.write(bucket, []byte(r.ID), recordName(r.Kind, r.ID), storedRecord{Rev: rev, Body: r.Body})
	})
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// record reads a record, the zero one if it is not there.
func (s *Store) record(bucket *bbolt.Bucket, kind, id string) (r store.Record, found bool, err error) {
	if bucket == nil || id == "" || bucket.Get([]byte(id)) == nil {
		return store.Record{}, false, nil
	}
	var stored storedRecord
	if err := s.read(bucket, []byte(id), recordName(kind, id), &stored); err != nil {
		return store.Record{}, false, err
	}
	return store.Record{Kind: kind, ID: id, Rev: stored.Rev, Body: stored.Body}, true, nil
}

// recordsOf returns the bucket of a kind, nil if it has no records.
func (s *Store) recordsOf(tx *bbolt.Tx, kind string) (*bbolt.Bucket, error) {
	records := tx.Bucket(recordBucket)
	if records == nil || kind == "" {
		return nil, nil
	}
	if err := s.walked(recordBucket, kind); err != nil {
		return nil, s.damaged(kindName(kind), err)
	}
	return records.Bucket([]byte(kind)), nil
}

// kindName names all records of a kind.
func kindName(kind string) string { return fmt.Sprintf("records of kind %s", kind) }

// GetRecord implements store.Store.
func (s *Store) GetRecord(ctx context.Context, kind, id string) (r store.Record, found bool, err error) {
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		bucket, err := s.recordsOf(tx, kind)
		if err == nil {
			r, found, err = s.record(bucket, kind, id)
		}
		return err
	})
	return r, found, err
}

// ListRecords implements store.Store.
func (s *Store) ListRecords(ctx context.Context, kind string) ([]store.Record, error) {
	var list []store.Record
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		bucket, err := s.recordsOf(tx, kind)
		if bucket == nil {
			return err
		}
		return bucket.ForEach(func(key, _ []byte) error {
			r, _, err := s.record(bucket, kind, string(key))
			list = append(list, r)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return list, nil
}

// RemoveRecord implements store.Store.
func (s *Store) RemoveRecord(ctx context.Context, kind, id string) error {
	return s.update(ctx, func(tx *bbolt.Tx) error {
		bucket, err := s.recordsOf(tx, kind)
		if bucket == nil || id == "" {
			return err
		}
		return bucket.Delete([]byte(id))
	})
}
