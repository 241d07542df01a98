package bolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"centerplan/planning/problem"
	"centerplan/store"
)

// CopyOptions say how CopyTo copies.
type CopyOptions struct {
	Compact bool // leave out the room that deleted and rewritten pages take
	Force   bool // replace a file that is there
}

// compactBytes is how much one transaction of a compaction holds.
const compactBytes = 8 << 20

// CopyTo writes a copy of a sound file to the path. Whatever happens, the path
// holds what it held before or a whole copy, which was synced and examined
// first. Problems are those of a damaged file, of which no copy is made, and
// "store.copy_exists" (Conflict), "store.copy_is_itself" and "store.no_copy"
// (both Invalid).
func (s *Store) CopyTo(ctx context.Context, path string, options CopyOptions) error {
	path = target(path)
	there, err := s.other(path)
	if err != nil {
		return err
	}
	if there && !options.Force {
		return copyProblem(problem.Conflict, "store.copy_exists", path, nil)
	}
	written, err := s.writeCopy(ctx, path, options.Compact)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(written) }()
	if options.Force {
		err = os.Rename(written, path)
	} else {
		err = link(written, path)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return copyProblem(problem.Conflict, "store.copy_exists", path, err)
	case err != nil:
		return copyProblem(problem.Invalid, "store.no_copy", path, err)
	}
	syncFolder(path)
	return nil
}

// Restore puts a copy of the file from in the place of the file at path. A file
// that is there is replaced by force only, and stays beside it under the name
// that is returned. Nothing is changed unless from is sound and nobody uses
// either file. Further problems are those of CopyTo.
func Restore(ctx context.Context, from, path string, force bool) (kept string, err error) {
	s, err := OpenReadOnly(from)
	if err != nil {
		return "", err
	}
	defer func() { _ = s.Close() }()
	path = target(path)
	there, err := s.other(path)
	switch {
	case err != nil:
		return "", err
	case !there:
		return "", s.CopyTo(ctx, path, CopyOptions{})
	case !force:
		return "", copyProblem(problem.Conflict, "store.restore_exists", path, nil)
	}
	release, err := hold(path)
	if err != nil {
		return "", err
	}
	defer release()
	written, err := s.writeCopy(ctx, path, false)
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(written) }()
	if kept, err = replace(written, path); err != nil {
		return "", copyProblem(problem.Invalid, "store.no_copy", path, err)
	}
	syncFolder(path)
	return kept, nil
}

// replace puts the file written at the path, and keeps the one that is there.
func replace(written, path string) (kept string, err error) {
	if kept, err = keep(path); err != nil {
		return "", err
	}
	if err = os.Rename(written, path); err == nil {
		return kept, nil
	}
	if _, gone := os.Lstat(path); gone != nil { // there are no links here
		return "", errors.Join(err, os.Rename(kept, path))
	}
	return "", errors.Join(err, os.Remove(kept))
}

// writeCopy writes a copy beside the path, under a name of its own, and
// examines it. Nothing is left of a copy that fails.
func (s *Store) writeCopy(ctx context.Context, path string, compact bool) (written string, err error) {
	before, err := s.sound(ctx)
	if err != nil {
		return "", err
	}
	file, err := partial(path)
	if err != nil {
		return "", copyProblem(problem.Invalid, "store.no_copy", path, err)
	}
	if err := s.fillCopy(ctx, path, file, compact, before); err != nil {
		_ = os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

// partial makes a file beside the path, under a name of its own.
func partial(path string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.partial")
}

// fillCopy writes the copy that is to lie at the path into the file, closes
// that, and holds it against what was there before.
func (s *Store) fillCopy(ctx context.Context, path string, file *os.File, compact bool, before holding) (err error) {
	if compact {
		err = errors.Join(file.Close(), s.compact(file.Name()))
	} else {
		buffered := bufio.NewWriterSize(file, 1<<20)
		err = errors.Join(s.Backup(ctx, buffered), buffered.Flush(), file.Sync(), file.Close())
	}
	if err != nil {
		return copyProblem(problem.Invalid, "store.no_copy", path, err)
	}
	if err := same(ctx, file.Name(), before); err != nil {
		return copyProblem(problem.Internal, "store.no_copy", path, err)
	}
	return ctx.Err()
}

// A holding is what two files with the same content have in common.
type holding struct {
	Plans   map[store.PlanID]planHolding
	Records map[string]store.Rev
}

type planHolding struct {
	Newest store.Rev
	Seal   string // its hash
}

// sound examines the file and returns what it holds.
func (s *Store) sound(ctx context.Context) (holding, error) {
	report, err := s.Examine(ctx)
	if err == nil {
		err = report.All().Err()
	}
	if err != nil {
		return holding{}, err
	}
	held := holding{Plans: map[store.PlanID]planHolding{}, Records: report.records}
	for _, plan := range report.Plans {
		held.Plans[plan.ID] = planHolding{Newest: plan.Newest, Seal: plan.Seal.Hash}
	}
	return held, nil
}

// same examines a copy and compares what it holds with what was copied.
func same(ctx context.Context, written string, want holding) error {
	s, err := OpenReadOnly(written)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	got, err := s.sound(ctx)
	if err != nil {
		return err
	}
	if !maps.Equal(got.Plans, want.Plans) || !maps.Equal(got.Records, want.Records) {
		return fmt.Errorf("the copy holds something else: %v, not %v", got, want)
	}
	return nil
}

// compact writes the file's records into another, page by full page, and cuts
// off what that one grew in advance.
func (s *Store) compact(path string) error {
	var used int64
	err := s.guard(func() error {
		options := *bbolt.DefaultOptions
		options.NoSync = true // once, at the end, is enough
		to, err := bbolt.Open(path, 0o600, &options)
		if err != nil {
			return err
		}
		err = bbolt.Compact(to, s.db, compactBytes)
		if err == nil {
			err = to.View(func(tx *bbolt.Tx) error {
				used = tx.Size()
				return nil
			})
		}
		return errors.Join(err, to.Close())
	})
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Truncate(used), file.Sync(), file.Close())
}

// target returns the file that a path leads to, itself if there is none.
func target(path string) string {
	if led, err := filepath.EvalSymlinks(path); err == nil {
		return led
	}
	return path
}

// other reports whether there is a file at the path, which must not be this
// store's own.
func (s *Store) other(path string) (there bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	own, ownErr := os.Stat(s.path)
	switch err := errors.Join(err, ownErr); {
	case err != nil:
		return false, copyProblem(problem.Invalid, "store.no_copy", path, err)
	case os.SameFile(info, own):
		return true, copyProblem(problem.Invalid, "store.copy_is_itself", path, nil)
	}
	return true, nil
}

// hold keeps other processes from opening a file for writing until release is
// called. A file that is no store, or a damaged one, is used by nobody.
func hold(path string) (release func(), err error) {
	s := &Store{path: path}
	options := *bbolt.DefaultOptions
	options.ReadOnly = true
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		err = s.openFile(options)
		if errors.Is(err, bolterrors.ErrTimeout) {
			return nil, s.fault(problem.Conflict, "store.in_use", err)
		}
	}
	return func() {
		if s.db != nil {
			_ = s.db.Close()
		}
	}, nil
}

// keep gives a file a second name that is free, so that it stays when another
// takes its place.
func keep(path string) (kept string, err error) {
	for n := 1; ; n++ {
		kept = path + ".before-restore"
		if n > 1 {
			kept += "-" + strconv.Itoa(n)
		}
		if err := link(path, kept); !errors.Is(err, fs.ErrExist) {
			return kept, err
		}
	}
}

// link gives a file another name, and fails where that is taken. Where the file
// system knows no links, the file is renamed.
func link(path, to string) error {
	err := os.Link(path, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(path, to)
}

func copyProblem(kind problem.Kind, key, path string, err error) error {
	p := problem.Problem{Kind: kind, Key: key, Args: problem.Args{"path": path}}
	if err != nil {
		p.Err = errors.New(err.Error()) // its own problems are about a name nobody knows
		if key == "store.no_copy" {
			p.Args["reason"] = reasonOf(err)
		}
	}
	return p
}

// reasonOf returns the innermost words of a file's error.
func reasonOf(err error) string {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err.Error()
	}
	return err.Error()
}
