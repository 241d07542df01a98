package bolt

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"

	"go.etcd.io/bbolt"

	"centerplan/planning/problem"
	"centerplan/store"
)

// A Report is what Examine found.
type Report struct {
	Plans []Verdict // by id
	// Records counts the sound records beside the plans.
	Records int
	// Problems are those of the file that belong to no single plan.
	Problems problem.List
	// records are the revisions of the records, by name.
	records map[string]store.Rev
}

// A Verdict is what Examine found about one plan, which is sound if it has no
// problems.
type Verdict struct {
	ID     store.PlanID
	Newest store.Rev // the newest revision, 0 if none can be found
	Whole  []Range   // the revisions whose documents can be had
	// Seal is the plan's seal without its bytes, whose hash was compared. Rev is
	// 0 if there is none, or none that is sound.
	Seal     store.Seal
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
	s.examineRecords(tx, found, &report)
	return report, nil
}

// examineRecords reads every record beside the plans, but not those of a kind
// whose pages are damaged.
func (s *Store) examineRecords(tx *bbolt.Tx, found map[string][]error, report *Report) {
	report.records = map[string]store.Rev{}
	kinds := tx.Bucket(recordBucket)
	if kinds == nil {
		return // a file of format 1; any other would not have opened
	}
	_ = kinds.ForEachBucket(func(kind []byte) error {
		if found[joined(string(recordBucket), kind)] != nil {
			return nil
		}
		bucket := kinds.Bucket(kind)
		return bucket.ForEach(func(id, _ []byte) error {
			r, there, err := s.record(bucket, string(kind), string(id))
			if err == nil && !there {
				err = s.damaged(recordName(string(kind), string(id)), errMissing)
			}
			if err != nil {
				report.Problems = append(report.Problems, problem.Of(err)...)
				return nil
			}
			report.records[recordName(r.Kind, r.ID)] = r.Rev
			report.Records++
			return nil
		})
	})
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
		case bucket == string(recordBucket):
			whole = append(whole, s.damaged(kindName(id), err))
		default:
			plans[store.PlanID(id)] = append(plans[store.PlanID(id)], s.damaged(bucketName([]byte(bucket), store.PlanID(id)), err))
		}
	}
	return whole, plans
}

// planIDs returns every plan that any bucket knows.
func planIDs(tx *bbolt.Tx, damaged map[store.PlanID]problem.List) []store.PlanID {
	ids := slices.Collect(maps.Keys(damaged))
	for _, name := range planBuckets {
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
