package bolt

import (
	"bytes"
	"context"

	"go.etcd.io/bbolt"

	"centerplan/store"
)

// Load implements store.Store.
func (s *Store) Load(ctx context.Context, id store.PlanID) (store.Loaded, error) {
	return s.load(ctx, id, func(_ *bbolt.Tx, info store.Info) (store.Info, error) { return info, nil })
}

// LoadAt implements store.Store.
func (s *Store) LoadAt(ctx context.Context, id store.PlanID, rev store.Rev) (store.Loaded, error) {
	return s.load(ctx, id, func(tx *bbolt.Tx, info store.Info) (store.Info, error) {
		if rev < 1 || rev > info.Rev {
			return info, noRevision(id, rev)
		}
		var entry store.Entry
		err := s.read(tx.Bucket(entryBucket).Bucket([]byte(id)), revKey(rev), entryName(id, rev), &entry)
		info.Rev, info.Updated = rev, entry.When
		info.Snapshot = snapshotBefore(tx.Bucket(snapshotBucket).Bucket([]byte(id)), rev)
		return info, err
	})
}

// snapshotBefore returns the newest revision up to rev that has a snapshot, the
// first if none is found, which is damage for the caller to find.
func snapshotBefore(snapshots *bbolt.Bucket, rev store.Rev) store.Rev {
	cursor := snapshots.Cursor()
	key, _ := cursor.Seek(revKey(rev + 1))
	if key == nil {
		key, _ = cursor.Last()
	} else {
		key, _ = cursor.Prev()
	}
	if len(key) != 8 {
		return 1
	}
	return revOf(key)
}

// load loads a plan at the revision and from the snapshot that at chooses. The
// bytes are copied out of the transaction and decoded after it, for a large
// document takes long enough to matter.
func (s *Store) load(
	ctx context.Context, id store.PlanID, at func(*bbolt.Tx, store.Info) (store.Info, error),
) (loaded store.Loaded, err error) {
	var snapshot []byte
	var entries [][]byte
	err = s.view(ctx, func(tx *bbolt.Tx) error {
		info, err := s.info(tx, id)
		if err != nil {
			return err
		}
		if loaded.Info, err = at(tx, info); err != nil {
			return err
		}
		snapshot = bytes.Clone(tx.Bucket(snapshotBucket).Bucket([]byte(id)).Get(revKey(loaded.Snapshot)))
		for rev := loaded.Snapshot + 1; rev <= loaded.Rev; rev++ {
			entries = append(entries, bytes.Clone(tx.Bucket(entryBucket).Bucket([]byte(id)).Get(revKey(rev))))
		}
		return nil
	})
	if err != nil {
		return store.Loaded{}, err
	}
	name := snapshotName(id, loaded.Snapshot)
	if err := s.codec.decode(name, snapshotKind, snapshot, &loaded.Document); err != nil {
		return store.Loaded{}, s.damaged(name, err)
	}
	loaded.Entries, err = s.decodeEntries(id, entries, loaded.Snapshot+1)
	if err != nil {
		return store.Loaded{}, err
	}
	return loaded, nil
}

// decodeEntries decodes the records of the revisions from first on.
func (s *Store) decodeEntries(id store.PlanID, records [][]byte, first store.Rev) ([]store.Entry, error) {
	entries := make([]store.Entry, len(records))
	for i, record := range records {
		name := entryName(id, first+store.Rev(i))
		if err := s.codec.decode(name, "entry", record, &entries[i]); err != nil {
			return nil, s.damaged(name, err)
		}
	}
	return entries, nil
}
