// Package bolt keeps plans in one file, by bbolt. Nothing has to be installed;
// one process at a time opens the file.
//
// Layout: bucket "meta" holds the file's format; "plans" one head record for
// each plan; "entries", "snapshots", "ops" and "index" one bucket for each
// plan: revision → entry, revision → document, operation id → revision, and
// pointer, zero byte, revision → nothing; "seals" one bucket for each sealed
// plan, with the seal in it; "records" one bucket for each kind: id → record.
//
// Every transaction is synced before a method returns. Each record carries its
// format version and a checksum that also covers its name.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"centerplan/planning/problem"
	"centerplan/store"
)

// lockWait is how long to wait for another process to let go of the file.
const lockWait = time.Second

// mapSize is how much is mapped at once. bbolt has to wait for every reader
// before it maps more, so the first mapping is larger than most files will
// ever be. On Windows the file itself grows to that size, so there it is less.
func mapSize() int {
	if runtime.GOOS == "windows" {
		return 16 << 20
	}
	return 256 << 20
}

var (
	metaBucket     = []byte("meta")
	planBucket     = []byte("plans")
	entryBucket    = []byte("entries")
	snapshotBucket = []byte("snapshots")
	opBucket       = []byte("ops")
	indexBucket    = []byte("index")
	sealBucket     = []byte("seals")
	recordBucket   = []byte("records")
	formatKey      = []byte(formatName)
	// buckets are those of the top level, in the order of the format they came
	// with: the first six with 1.
	buckets = [][]byte{metaBucket, planBucket, entryBucket, snapshotBucket, opBucket, indexBucket, sealBucket, recordBucket}
	// planBuckets have a key for each plan they know.
	planBuckets = [][]byte{planBucket, entryBucket, snapshotBucket, opBucket, indexBucket, sealBucket}
)

// bucketsOf returns the buckets of the top level that a file of the format has.
func bucketsOf(format int) [][]byte {
	if format < 2 {
		return buckets[:6]
	}
	return buckets
}

// A Store is a store.Store in a file.
type Store struct {
	db    *bbolt.DB
	path  string
	codec codec
	// broken are the buckets whose pages were damaged when the file was opened,
	// such as "entries/telecom". bbolt must not walk them.
	broken map[string][]error
}

var _ store.Store = (*Store)(nil)

// Open opens the file, and makes it if it does not exist. Every page is checked
// before it is used: where those of one plan are damaged the others can be
// worked on, and each method that asks for that one answers "store.damaged".
// Problems:
// "store.locked" (Conflict) when another process has it open, "store.foreign"
// (Invalid) for a file that is something else, "store.newer_format" (Invalid)
// for one written by a newer Centerplan, "store.no_folder",
// "store.not_writable" and "store.cannot_open" (all Invalid), "store.full" and
// "store.damaged" (both Internal).
func Open(path string) (*Store, error) {
	return open(path, codec{upgrades: upgrades})
}

func open(path string, c codec) (*Store, error) {
	if err := checkSize(path); err != nil {
		return nil, err
	}
	s := &Store{path: path, codec: c}
	err := s.create()
	if err == nil {
		err = s.inspect()
	}
	if err == nil {
		err = s.openFile(*bbolt.DefaultOptions)
	}
	if err == nil {
		syncFolder(path)
		err = s.update(context.Background(), s.prepare)
	}
	return s.opened(err)
}

// create writes a new file where there is none. It gets its name once it is
// whole, so that neither a full disk nor the loss of the process leaves a part
// of a file there. Where another process was first, its file stays.
func (s *Store) create() error {
	if _, err := os.Lstat(s.path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := partial(s.path)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	err = s.guard(func() error {
		if err := file.Close(); err != nil {
			return err
		}
		db, err := bbolt.Open(file.Name(), 0o600, nil)
		if err != nil {
			return err
		}
		return errors.Join(db.Update(s.prepare), db.Close())
	})
	if err != nil {
		return err
	}
	if err := link(file.Name(), s.path); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// OpenReadOnly opens a file that exists and changes nothing in it. Every page
// is checked before it is used. Problems are those of Open, but "store.no_file"
// (NotFound) for a file that does not exist and "store.in_use" (Conflict) for
// one that another process writes.
func OpenReadOnly(path string) (*Store, error) {
	s := &Store{path: path, codec: codec{upgrades: upgrades}}
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, s.fault(problem.NotFound, "store.no_file", err)
	case errors.Is(err, fs.ErrPermission), err == nil && !mayRead(path):
		p := s.fault(problem.Invalid, "store.cannot_open", err)
		p.Args["reason"] = fs.ErrPermission.Error()
		return nil, p
	case err == nil && info.Size() == 0:
		return nil, s.fault(problem.Invalid, "store.foreign", nil) // bbolt would fill it
	}
	if err := checkSize(path); err != nil {
		return nil, err
	}
	options := *bbolt.DefaultOptions
	options.ReadOnly = true
	err := s.openFile(options)
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, s.fault(problem.Conflict, "store.in_use", err)
	}
	if err == nil {
		err = s.walkable(false)
	}
	if err == nil {
		err = s.view(context.Background(), s.complete)
	}
	return s.opened(err)
}

// mayRead reports whether this user may read a file that exists.
func mayRead(path string) bool {
	file, err := os.Open(path)
	if err == nil {
		_ = file.Close()
	}
	return !errors.Is(err, fs.ErrPermission)
}

// inspect checks every page of a file that is to be written, before it is opened
// for that: bbolt would panic there, and keep the file locked.
func (s *Store) inspect() error {
	if info, err := os.Stat(s.path); err != nil || info.Size() == 0 {
		return err
	}
	options := *bbolt.DefaultOptions
	options.ReadOnly = true
	reading := &Store{path: s.path}
	if err := reading.openFile(options); err != nil {
		return err
	}
	defer func() { _ = reading.db.Close() }()
	if err := reading.walkable(true); err != nil {
		return err
	}
	s.broken = reading.broken
	return nil
}

// walkable checks every page of a file just opened for reading. Damage of the
// top level keeps it from being used; so does that of the list of free pages
// where the file is to be written, for what is in use could be written over.
func (s *Store) walkable(forWriting bool) error {
	found, err := s.walk()
	if err != nil {
		return err
	}
	if len(found[freeList]) > 0 && forWriting || !usable(found) {
		whole, _ := s.structure(found)
		return whole.Err()
	}
	s.broken = found
	return nil
}

// walked returns what is damaged of a bucket in one of the top level.
func (s *Store) walked(of []byte, bucket string) error {
	if errs := s.broken[joined(string(of), []byte(bucket))]; len(errs) > 0 {
		return errors.Join(errs...)
	}
	return nil
}

// complete checks that the file has every bucket that its format asks for.
func (s *Store) complete(tx *bbolt.Tx) error {
	format, foreign := 1, true
	if meta := tx.Bucket(metaBucket); meta != nil {
		var err error
		if format, err = s.format(meta); err != nil {
			return err
		}
	}
	var missing problem.List
	for _, name := range bucketsOf(format) {
		if tx.Bucket(name) == nil {
			missing = append(missing, s.damaged(string(name), errMissing))
			continue
		}
		foreign = false
	}
	if foreign {
		return s.fault(problem.Invalid, "store.foreign", nil)
	}
	return missing.Err()
}

// openFile opens the database, and closes it again if that fails.
func (s *Store) openFile(options bbolt.Options) error {
	var file *os.File
	options.Timeout = lockWait
	options.InitialMmapSize = mapSize()
	options.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		var err error
		file, err = os.OpenFile(name, flag, mode)
		return file, err
	}
	err := s.guard(func() (err error) {
		s.db, err = bbolt.Open(s.path, 0o600, &options)
		if err == nil && !isAt(file, s.path) {
			_ = s.db.Close()
			s.db = nil
			return fmt.Errorf("%w: another file took its place", bolterrors.ErrTimeout)
		}
		return err
	})
	if err != nil && s.db == nil && file != nil {
		_ = file.Close() // bbolt panicked and left it open, and locked
	}
	return err
}

// isAt reports whether a file still has its name. While one process waits for
// the file, another may restore a copy in its place.
func isAt(file *os.File, path string) bool {
	own, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(own, there)
}

// opened returns the store, or closes it and says what kept it from opening.
func (s *Store) opened(err error) (*Store, error) {
	if err == nil {
		return s, nil
	}
	if s.db != nil {
		_ = s.db.Close()
	}
	return nil, s.openError(err)
}

// syncFolder makes a new file's name as durable as its content. Not every
// system can, and the file is of use without.
func syncFolder(path string) {
	if folder, err := os.Open(filepath.Dir(path)); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// prepare makes the buckets of a new file, and checks the format of another,
// which it leads to the newest.
func (s *Store) prepare(tx *bbolt.Tx) error {
	meta := tx.Bucket(metaBucket)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return s.fault(problem.Invalid, "store.foreign", nil)
		}
	}
	for _, name := range buckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	newest := s.codec.newest()
	if meta != nil {
		if format, err := s.format(meta); err != nil || format == newest {
			return err
		}
	}
	return s.write(tx.Bucket(metaBucket), formatKey, formatName, newest)
}

// format reads which format the newest records have, which none may be newer
// than this program.
func (s *Store) format(meta *bbolt.Bucket) (format int, err error) {
	if err := s.read(meta, formatKey, formatName, &format); err != nil {
		return 0, err
	}
	if newest := s.codec.newest(); format > newest {
		p := s.fault(problem.Invalid, "store.newer_format", nil)
		p.Args["format"], p.Args["known"] = strconv.Itoa(format), strconv.Itoa(newest)
		return 0, p
	}
	return format, nil
}

// Close implements store.Store.
func (s *Store) Close() error { return s.db.Close() }

// Path returns the file's path.
func (s *Store) Path() string { return s.path }

// Backup writes a consistent copy of the file as it is now, while work goes
// on. The copy is opened like any other.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	return s.view(ctx, func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(w)
		return err
	})
}

// view and update run one transaction. Errors come back as problems.
func (s *Store) view(ctx context.Context, run func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.guard(func() error { return s.db.View(run) })
}

func (s *Store) update(ctx context.Context, run func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.guard(func() error { return s.db.Update(run) })
}

// guard turns a panic inside bbolt, which is what a cut or overwritten file
// leads to, into "store.damaged". Reading past the end of a mapped file is a
// fault of memory that only becomes a panic when asked for.
func (s *Store) guard(run func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if panicked := recover(); panicked != nil {
			err = s.damaged("", fmt.Errorf("panic: %v", panicked))
		}
	}()
	err = run()
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[problem.Problem](err); ok {
		return err
	}
	if isFull(err) {
		return s.fault(problem.Internal, "store.full", err)
	}
	return fmt.Errorf("store %s: %w", s.path, err)
}
