package bolt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"go.etcd.io/bbolt"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
)

// A planCheck examines one plan.
type planCheck struct {
	s                             *Store
	verdict                       Verdict
	info                          store.Info
	entries, snapshots, ops, keys *bbolt.Bucket
	seals                         *bbolt.Bucket // nil if the plan is not sealed
	doc                           document.Node
	whole                         bool // doc is the document at the revision looked at
}

func (s *Store) examinePlan(tx *bbolt.Tx, id store.PlanID) Verdict {
	c := planCheck{s: s, verdict: Verdict{ID: id}}
	if !c.open(tx) {
		return c.verdict
	}
	for rev := store.Rev(1); rev <= c.verdict.Newest; rev++ {
		c.revision(rev)
	}
	c.seal()
	c.extra()
	return c.verdict
}

func (c *planCheck) say(err error) {
	if err != nil {
		c.verdict.Problems = append(c.verdict.Problems, problem.Of(err)...)
	}
}

// open finds the plan's buckets and its newest revision, the latter from the
// entries where its head is damaged.
func (c *planCheck) open(tx *bbolt.Tx) bool {
	id := c.verdict.ID
	for _, part := range []struct {
		name   []byte
		bucket **bbolt.Bucket
	}{{entryBucket, &c.entries}, {snapshotBucket, &c.snapshots}, {opBucket, &c.ops}, {indexBucket, &c.keys}} {
		if of := tx.Bucket(part.name); of != nil {
			*part.bucket = of.Bucket([]byte(id))
		}
		if *part.bucket == nil {
			c.say(c.s.damaged(fmt.Sprintf("%s of plan %s", part.name, id), errMissing))
		}
	}
	if of := tx.Bucket(sealBucket); of != nil {
		c.seals = of.Bucket([]byte(id))
	}
	if err := c.s.read(tx.Bucket(planBucket), []byte(id), planName(id), &c.info); err != nil {
		c.say(err)
	}
	if c.entries == nil || c.snapshots == nil || c.ops == nil || c.keys == nil {
		return false
	}
	c.verdict.Newest = c.info.Rev
	if c.info.Rev == 0 {
		if last, _ := c.entries.Cursor().Last(); len(last) == 8 {
			c.verdict.Newest = revOf(last)
		}
	}
	return true
}

var errMissing = errors.New("it is missing")

// revision checks what is stored of a revision, and whether replaying leads to
// it.
func (c *planCheck) revision(rev store.Rev) {
	id := c.verdict.ID
	var entry store.Entry
	err := c.s.read(c.entries, revKey(rev), entryName(id, rev), &entry)
	c.say(err)
	if err == nil {
		c.replay(entry)
		c.found(entry)
	} else {
		c.whole = false
	}
	if rev == 1 || rev == c.info.Snapshot || c.snapshots.Get(revKey(rev)) != nil {
		c.snapshot(rev)
	}
	if !c.whole {
		return
	}
	if n := len(c.verdict.Whole); n > 0 && c.verdict.Whole[n-1].Last == rev-1 {
		c.verdict.Whole[n-1].Last = rev
		return
	}
	c.verdict.Whole = append(c.verdict.Whole, Range{rev, rev})
}

// replay applies an entry to the document before it.
func (c *planCheck) replay(entry store.Entry) {
	if !c.whole {
		return
	}
	next, _, err := patch.Apply(c.doc, entry.Patch)
	if err != nil {
		c.whole = false
		// The patch's own problem is about an edit of long ago.
		c.say(c.unlike("store.no_replay", entry.Rev, errors.New(err.Error())))
		return
	}
	c.doc = next
}

// snapshot checks a whole document, from which replaying goes on.
func (c *planCheck) snapshot(rev store.Rev) {
	var doc document.Node
	if err := c.s.read(c.snapshots, revKey(rev), snapshotName(c.verdict.ID, rev), &doc); err != nil {
		c.say(err)
		return
	}
	if c.whole && !patch.Equal(c.doc, doc) {
		c.say(c.unlike("store.other_snapshot", rev, nil))
	}
	c.doc, c.whole = doc, true
}

func (c *planCheck) unlike(key string, rev store.Rev, err error) problem.Problem {
	p := c.s.fault(problem.Internal, key, err)
	p.Args["plan"], p.Args["revision"] = string(c.verdict.ID), strconv.Itoa(int(rev))
	return p
}

// found checks that an entry is found by its operation and by the places it
// changed.
func (c *planCheck) found(entry store.Entry) {
	id := c.verdict.ID
	if entry.OpID != "" && c.ops.Get([]byte(entry.OpID)) == nil {
		c.say(c.s.damaged(opName(id, entry.OpID), errMissing))
	}
	for _, op := range entry.Patch {
		if op.Op == patch.Test {
			continue
		}
		key := indexKey(op.Path, entry.Rev)
		if at, _ := c.keys.Cursor().Seek(key); !bytes.Equal(at, key) {
			c.say(c.s.damaged(fmt.Sprintf("index of %s", entryName(id, entry.Rev)), errMissing))
			return
		}
	}
}

// seal checks the seal's record, its bytes against its hash, and that what it
// names is there: the revision it is of, and the head that says what sealed the
// plan. Where the head is damaged, a seal alone says that the plan is sealed.
func (c *planCheck) seal() {
	if c.seals == nil && c.info.Sealed == 0 {
		return
	}
	name := sealName(c.verdict.ID)
	var record []byte
	if c.seals != nil {
		record = c.seals.Get(sealKey)
	}
	seal, err := c.s.codec.decodeSeal(name, record)
	switch {
	case record == nil:
		err = errMissing
	case err != nil:
	case seal.Rev < 1 || seal.Rev > c.verdict.Newest || c.info.Sealed > c.verdict.Newest:
		err = errExtra
	case c.info.Rev != 0 && c.info.Sealed == 0:
		err = errUnsealed
	}
	if err != nil {
		c.say(c.s.damaged(name, err))
		return
	}
	seal.Bytes = nil
	c.verdict.Seal = seal
}

// extra checks the operations, and looks for records of revisions there are
// not.
func (c *planCheck) extra() {
	id := c.verdict.ID
	_ = c.ops.ForEach(func(key, _ []byte) error {
		var rev json.RawMessage
		c.say(c.s.read(c.ops, key, opName(id, string(key)), &rev))
		return nil
	})
	for _, of := range []struct {
		bucket *bbolt.Bucket
		name   string
	}{{c.entries, "entry"}, {c.snapshots, "snapshot"}} {
		_ = of.bucket.ForEach(func(key, _ []byte) error {
			if len(key) != 8 || binary.BigEndian.Uint64(key)-1 >= uint64(c.verdict.Newest) {
				c.say(c.s.damaged(fmt.Sprintf("%s under the key %x of plan %s", of.name, key, id), errExtra))
			}
			return nil
		})
	}
	if c.seals == nil {
		return
	}
	_ = c.seals.ForEach(func(key, _ []byte) error {
		if !bytes.Equal(key, sealKey) {
			c.say(c.s.damaged(fmt.Sprintf("seal under the key %x of plan %s", key, c.verdict.ID), errExtra))
		}
		return nil
	})
}

var errExtra = errors.New("there is no such revision")
