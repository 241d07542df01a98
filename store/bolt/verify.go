package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"go.etcd.io/bbolt"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
)

// A Report is what Examine found.
type Report struct {
	Plans []Verdict // by id
	// Problems are those of the file that belong to no single plan.
	Problems problem.List
}

// A Verdict is what Examine found about one plan, which is sound if it has no
// problems.
type Verdict struct {
	ID       store.PlanID
	Newest   store.Rev // the newest revision, 0 if none can be found
	Whole    []Range   // the revisions whose documents can be had
	Problems problem.List
}

// A Range is the revisions from First to Last.
type Range struct{ First, Last store.Rev }

// All returns every problem of the report.
func (r Report) All() problem.List {
	all := slices.Clone(r.Problems)
	for _, plan := range r.Plans {
		all = append(all, plan.Problems...)
	}
	return all
}

// Verify examines the file and returns its problems as a problem.List.
func (s *Store) Verify(ctx context.Context) error {
	report, err := s.Examine(ctx)
	if err != nil {
		return err
	}
	return report.All().Err()
}

// Examine reads every page and every record, and replays each plan from its
// first revision to its newest. Nobody can write meanwhile. Where the file as a
// whole is damaged, plans are not looked at.
func (s *Store) Examine(ctx context.Context) (report Report, err error) {
	err = s.guard(func() error {
		tx, err := s.db.Begin(!s.db.IsReadOnly()) // a writer keeps out the others
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		report, err = s.examine(ctx, tx)
		return err
	})
	return report, err
}

func (s *Store) examine(ctx context.Context, tx *bbolt.Tx) (report Report, err error) {
	found, err := s.walk()
	if err != nil {
		return report, err
	}
	whole, plans := s.structure(found)
	report.Problems = whole
	if !usable(found) {
		return report, nil
	}
	if _, err := s.format(tx.Bucket(metaBucket)); err != nil {
		report.Problems = append(report.Problems, problem.Of(err)...)
	}
	for _, id := range planIDs(tx, plans) {
		if err := ctx.Err(); err != nil {
			return report, err
		}
		verdict := Verdict{ID: id, Problems: plans[id]}
		if len(verdict.Problems) == 0 {
			verdict = s.examinePlan(tx, id)
		}
		report.Plans = append(report.Plans, verdict)
	}
	return report, nil
}

// walk checks the file's pages and its two meta pages.
func (s *Store) walk() (map[string][]error, error) {
	file, err := os.Open(s.path)
	if err != nil {
		return nil, s.openError(err)
	}
	defer func() { _ = file.Close() }()
	found := checkPages(file)
	if whole := newestMeta(file).whole; whole == 1 {
		found[oneMeta] = append(found[oneMeta], errors.New("one of the two meta pages is damaged"))
	}
	return found, nil
}

// Names that stand for a part of the file beside buckets.
const (
	oneMeta  = "a meta page (the newest edit may be missing)"
	freeList = "the list of free pages"
)

// usable reports whether the buckets of the top level and those that tell which
// plans there are can be walked.
func usable(found map[string][]error) bool {
	for bucket := range found {
		if bucket != oneMeta && bucket != freeList && !strings.Contains(bucket, "/") {
			return false
		}
	}
	return true
}

// structure returns what walk found as problems: of the file as a whole, and
// of single plans.
func (s *Store) structure(found map[string][]error) (whole problem.List, plans map[store.PlanID]problem.List) {
	plans = map[store.PlanID]problem.List{}
	for _, path := range slices.Sorted(maps.Keys(found)) {
		bucket, id, ofPlan := strings.Cut(path, "/")
		err := errors.Join(found[path]...)
		switch {
		case path == "":
			whole = append(whole, s.damaged("", err))
		case !ofPlan:
			whole = append(whole, s.damaged(bucket, err))
		default:
			plans[store.PlanID(id)] = append(plans[store.PlanID(id)], s.damaged(bucket+" of plan "+id, err))
		}
	}
	return whole, plans
}

// planIDs returns every plan that any bucket knows.
func planIDs(tx *bbolt.Tx, damaged map[store.PlanID]problem.List) []store.PlanID {
	ids := slices.Collect(maps.Keys(damaged))
	for _, name := range topLevelBuckets[1:] {
		if bucket := tx.Bucket(name); bucket != nil {
			_ = bucket.ForEach(func(key, _ []byte) error {
				ids = append(ids, store.PlanID(key))
				return nil
			})
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// A planCheck examines one plan.
type planCheck struct {
	s                             *Store
	verdict                       Verdict
	info                          store.Info
	entries, snapshots, ops, keys *bbolt.Bucket
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
}

var errExtra = errors.New("there is no such revision")
