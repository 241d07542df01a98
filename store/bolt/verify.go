package bolt

import (
	"context"
	"encoding/json"

	"go.etcd.io/bbolt"

	"centerplan/planning/problem"
	"centerplan/store"
)

// Verify reads every record and returns a problem for each that is damaged or
// missing, as a problem.List.
func (s *Store) Verify(ctx context.Context) error {
	var found problem.List
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			found = append(found, s.damaged("", err))
		}
		return tx.Bucket(planBucket).ForEach(func(key, _ []byte) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			found = append(found, s.verifyPlan(tx, store.PlanID(key))...)
			return nil
		})
	})
	if err != nil {
		return err
	}
	return found.Err()
}

func (s *Store) verifyPlan(tx *bbolt.Tx, id store.PlanID) (found problem.List) {
	check := func(bucket *bbolt.Bucket, key []byte, name string) {
		var payload json.RawMessage
		if err := s.read(bucket, key, name, &payload); err != nil {
			found = append(found, problem.Of(err)...)
		}
	}
	info, err := s.info(tx, id)
	if err != nil {
		return problem.Of(err)
	}
	entries, snapshots := tx.Bucket(entryBucket).Bucket([]byte(id)), tx.Bucket(snapshotBucket).Bucket([]byte(id))
	for rev := store.Rev(1); rev <= info.Rev; rev++ {
		check(entries, revKey(rev), entryName(id, rev))
		if rev == info.Snapshot || snapshots.Get(revKey(rev)) != nil {
			check(snapshots, revKey(rev), snapshotName(id, rev))
		}
	}
	ops := tx.Bucket(opBucket).Bucket([]byte(id))
	_ = ops.ForEach(func(key, _ []byte) error {
		check(ops, key, opName(id, string(key)))
		return nil
	})
	return found
}
