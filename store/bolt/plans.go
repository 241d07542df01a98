package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
)

// The names of records, for messages and checksums.
func planName(id store.PlanID) string { return fmt.Sprintf("plan %s", id) }

func entryName(id store.PlanID, rev store.Rev) string {
	return fmt.Sprintf("entry %d of plan %s", rev, id)
}

func snapshotName(id store.PlanID, rev store.Rev) string {
	return fmt.Sprintf("snapshot %d of plan %s", rev, id)
}

func opName(id store.PlanID, op string) string {
	return fmt.Sprintf("op %s of plan %s", op, id)
}

func revKey(rev store.Rev) []byte { return binary.BigEndian.AppendUint64(nil, uint64(rev)) }
func revOf(key []byte) store.Rev  { return store.Rev(binary.BigEndian.Uint64(key)) }

// Create implements store.Store.
func (s *Store) Create(ctx context.Context, id store.PlanID, doc document.Node, change store.Change) error {
	if id == "" {
		return problem.Problem{Kind: problem.Invalid, Key: "store.no_plan_id"}
	}
	packed, err := packed(doc)
	if err != nil {
		return err
	}
	info := store.Info{ID: id, Rev: 1, Created: change.When, Updated: change.When, Snapshot: 1}
	return s.update(ctx, func(tx *bbolt.Tx) error {
		if tx.Bucket(planBucket).Get([]byte(id)) != nil {
			return problem.Problem{
				Kind: problem.Conflict, Key: "store.plan_exists", Args: problem.Args{"plan": string(id)},
			}
		}
		for _, name := range [][]byte{entryBucket, snapshotBucket, opBucket, indexBucket} {
			if _, err := tx.Bucket(name).CreateBucket([]byte(id)); err != nil {
				return err
			}
		}
		if err := s.putSnapshot(tx, id, 1, packed); err != nil {
			return err
		}
		return s.putEntry(tx, info, change)
	})
}

// Append implements store.Store.
func (s *Store) Append(ctx context.Context, id store.PlanID, base store.Rev, change store.Change) (rev store.Rev, err error) {
	if change.OpID == "" {
		return 0, problem.Problem{Kind: problem.Invalid, Key: "store.no_op_id"}
	}
	err = s.update(ctx, func(tx *bbolt.Tx) error {
		info, err := s.info(tx, id)
		if err != nil {
			return err
		}
		if rev, err = s.revOfOp(tx, id, change.OpID); rev != 0 || err != nil {
			return err
		}
		rev, err = s.putNext(tx, info, base, change)
		return err
	})
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// putNext stores the change as the revision after base, which must be the
// newest.
func (s *Store) putNext(tx *bbolt.Tx, info store.Info, base store.Rev, change store.Change) (store.Rev, error) {
	if info.Rev != base {
		return 0, problem.Problem{Kind: problem.Conflict, Key: "store.stale", Args: problem.Args{
			"base": fmt.Sprint(base), "newest": fmt.Sprint(info.Rev),
		}}
	}
	info.Rev, info.Updated = base+1, change.When
	return info.Rev, s.putEntry(tx, info, change)
}

// putEntry stores the change as revision info.Rev and the head that goes with
// it.
func (s *Store) putEntry(tx *bbolt.Tx, info store.Info, change store.Change) error {
	id, key := []byte(info.ID), revKey(info.Rev)
	entries := tx.Bucket(entryBucket).Bucket(id)
	entries.FillPercent = 0.95 // keys only ascend
	entry := store.Entry{Rev: info.Rev, Change: change}
	if err := s.write(entries, key, entryName(info.ID, info.Rev), entry); err != nil {
		return err
	}
	if change.OpID != "" {
		ops := tx.Bucket(opBucket).Bucket(id)
		if err := s.write(ops, []byte(change.OpID), opName(info.ID, change.OpID), info.Rev); err != nil {
			return err
		}
	}
	index := tx.Bucket(indexBucket).Bucket(id)
	for _, op := range change.Patch {
		if op.Op == patch.Test {
			continue
		}
		if err := index.Put(indexKey(op.Path, info.Rev), nil); err != nil {
			return err
		}
	}
	return s.write(tx.Bucket(planBucket), id, planName(info.ID), info)
}

// indexKey is the pointer and the revision. A pointer so long that bbolt does
// not take it as a key is cut, which finds too much rather than too little.
func indexKey(pointer string, rev store.Rev) []byte {
	pointer = pointer[:min(len(pointer), bbolt.MaxKeySize/2)]
	return binary.BigEndian.AppendUint64(append([]byte(pointer), 0), uint64(rev))
}

// Snapshot implements store.Store.
func (s *Store) Snapshot(ctx context.Context, id store.PlanID, rev store.Rev, doc document.Node) error {
	packed, err := packed(doc)
	if err != nil {
		return err
	}
	return s.update(ctx, func(tx *bbolt.Tx) error {
		info, err := s.info(tx, id)
		if err != nil {
			return err
		}
		if rev < 1 || rev > info.Rev {
			return noRevision(id, rev)
		}
		if tx.Bucket(snapshotBucket).Bucket([]byte(id)).Get(revKey(rev)) != nil {
			return nil
		}
		if err := s.putSnapshot(tx, id, rev, packed); err != nil {
			return err
		}
		info.Snapshot = max(info.Snapshot, rev)
		return s.write(tx.Bucket(planBucket), []byte(id), planName(id), info)
	})
}

func noRevision(id store.PlanID, rev store.Rev) error {
	return problem.Problem{Kind: problem.Invalid, Key: "store.no_revision", Args: problem.Args{
		"plan": string(id), "revision": fmt.Sprint(rev),
	}}
}

func packed(doc document.Node) ([]byte, error) {
	text, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("encode a document: %w", err)
	}
	return pack(text)
}

func (s *Store) putSnapshot(tx *bbolt.Tx, id store.PlanID, rev store.Rev, packed []byte) error {
	snapshots := tx.Bucket(snapshotBucket).Bucket([]byte(id))
	return snapshots.Put(revKey(rev), s.codec.encode(snapshotName(id, rev), packed))
}

// Entries implements store.Store.
func (s *Store) Entries(ctx context.Context, id store.PlanID, before store.Rev, limit int) ([]store.Entry, error) {
	var records [][]byte
	var first store.Rev
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		info, err := s.info(tx, id)
		if err != nil {
			return err
		}
		if before <= 0 || before > info.Rev {
			before = info.Rev + 1
		}
		first = max(1, before-store.Rev(max(0, limit)))
		for rev := first; rev < before; rev++ {
			records = append(records, bytes.Clone(tx.Bucket(entryBucket).Bucket([]byte(id)).Get(revKey(rev))))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	entries, err := s.decodeEntries(id, records, first)
	slices.Reverse(entries)
	return entries, err
}

// Find implements store.Store.
func (s *Store) Find(ctx context.Context, id store.PlanID, opID string) (entry store.Entry, found bool, err error) {
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		if _, err := s.info(tx, id); err != nil {
			return err
		}
		rev, err := s.revOfOp(tx, id, opID)
		if rev == 0 || err != nil {
			return err
		}
		found = true
		return s.read(tx.Bucket(entryBucket).Bucket([]byte(id)), revKey(rev), entryName(id, rev), &entry)
	})
	return entry, found && err == nil, err
}

// revOfOp returns the revision with the operation id, 0 if there is none.
func (s *Store) revOfOp(tx *bbolt.Tx, id store.PlanID, opID string) (rev store.Rev, err error) {
	ops := tx.Bucket(opBucket).Bucket([]byte(id))
	if ops.Get([]byte(opID)) == nil {
		return 0, nil
	}
	err = s.read(ops, []byte(opID), opName(id, opID), &rev)
	return rev, err
}

// Touched implements store.Store.
func (s *Store) Touched(ctx context.Context, id store.PlanID, pointer string, limit int) ([]store.Entry, error) {
	var entries []store.Entry
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		if _, err := s.info(tx, id); err != nil {
			return err
		}
		revs := touching(tx.Bucket(indexBucket).Bucket([]byte(id)), pointer)
		for _, rev := range revs[:min(len(revs), max(0, limit))] {
			var entry store.Entry
			if err := s.read(tx.Bucket(entryBucket).Bucket([]byte(id)), revKey(rev), entryName(id, rev), &entry); err != nil {
				return err
			}
			entries = append(entries, entry)
		}
		return nil
	})
	return entries, err
}

// Setters implements store.Store. Entries are decoded once each, however many
// places they set.
func (s *Store) Setters(ctx context.Context, id store.PlanID, pointers []string) ([]store.Entry, error) {
	setters := make([]store.Entry, len(pointers))
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		if _, err := s.info(tx, id); err != nil {
			return err
		}
		index, entries := tx.Bucket(indexBucket).Bucket([]byte(id)), tx.Bucket(entryBucket).Bucket([]byte(id))
		known := map[store.Rev]store.Entry{}
		for i, pointer := range pointers {
			rev := store.Rev(1)
			if revs := touching(index, pointer); len(revs) > 0 {
				rev = revs[0]
			}
			entry, ok := known[rev]
			if !ok {
				if err := s.read(entries, revKey(rev), entryName(id, rev), &entry); err != nil {
					return err
				}
				known[rev] = entry
			}
			setters[i] = entry
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return setters, nil
}

// touching returns the revisions that changed the place, anything below it or
// one of the places above it as a whole, newest first.
func touching(index *bbolt.Bucket, pointer string) []store.Rev {
	prefixes := []string{pointer + "/", pointer + "\x00"}
	for above := pointer; above != ""; {
		above = above[:strings.LastIndexByte(above, '/')+1]
		above = strings.TrimSuffix(above, "/")
		prefixes = append(prefixes, above+"\x00")
	}
	var revs []store.Rev
	for _, prefix := range prefixes {
		cursor := index.Cursor()
		for key, _ := cursor.Seek([]byte(prefix)); bytes.HasPrefix(key, []byte(prefix)); key, _ = cursor.Next() {
			revs = append(revs, revOf(key[len(key)-8:]))
		}
	}
	slices.Sort(revs)
	revs = slices.Compact(revs)
	slices.Reverse(revs)
	return revs
}

// List implements store.Store.
func (s *Store) List(ctx context.Context) ([]store.Info, error) {
	var infos []store.Info
	err := s.view(ctx, func(tx *bbolt.Tx) error {
		return tx.Bucket(planBucket).ForEach(func(key, _ []byte) error {
			info, err := s.head(tx, store.PlanID(key))
			infos = append(infos, info)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return infos, nil
}

// info reads the head record of a plan whose pages are whole.
func (s *Store) info(tx *bbolt.Tx, id store.PlanID) (info store.Info, err error) {
	for _, bucket := range planBuckets[1:] {
		if err := s.walked(bucket, string(id)); err != nil {
			return info, s.damaged(bucketName(bucket, id), err)
		}
	}
	return s.head(tx, id)
}

// bucketName names all that a bucket of the top level has of a plan.
func bucketName(of []byte, id store.PlanID) string { return fmt.Sprintf("%s of plan %s", of, id) }

// head reads a plan's head record.
func (s *Store) head(tx *bbolt.Tx, id store.PlanID) (info store.Info, err error) {
	plans := tx.Bucket(planBucket)
	if id == "" || plans.Get([]byte(id)) == nil {
		return info, store.NoPlan(id)
	}
	err = s.read(plans, []byte(id), planName(id), &info)
	return info, err
}
