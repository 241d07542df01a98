package bolt

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"

	"centerplan/planning/problem"
)

// isFull reports whether an error means that there is no room for the file, or
// that it may not be longer. bbolt keeps of some errors the words alone.
func isFull(err error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) || err != nil && strings.HasSuffix(err.Error(), full.Error()) {
			return true
		}
	}
	return errors.Is(err, bolterrors.ErrMaxSizeReached)
}

// openError says what an error of opening the file means.
func (s *Store) openError(err error) error {
	var path *fs.PathError
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return s.fault(problem.Conflict, "store.locked", err)
	case errors.Is(err, bolterrors.ErrInvalid):
		return s.fault(problem.Invalid, "store.foreign", err)
	case errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		return s.damaged("", err)
	case isFull(err):
		return s.fault(problem.Internal, "store.full", err)
	case errors.Is(err, fs.ErrNotExist):
		return s.fault(problem.Invalid, "store.no_folder", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return s.fault(problem.Invalid, "store.not_writable", err)
	case errors.As(err, &path):
		p := s.fault(problem.Invalid, "store.cannot_open", err)
		p.Args["reason"] = path.Err.Error()
		return p
	}
	return err
}

func (s *Store) fault(kind problem.Kind, key string, err error) problem.Problem {
	return problem.Problem{Kind: kind, Key: key, Args: problem.Args{"path": s.path}, Err: err}
}

// damaged returns the problem of a record that cannot be read, or of the file
// as a whole.
func (s *Store) damaged(record string, err error) problem.Problem {
	if record == "" {
		return s.fault(problem.Internal, "store.damaged", err)
	}
	p := s.fault(problem.Internal, "store.damaged_record", err)
	p.Args["record"] = record
	return p
}
