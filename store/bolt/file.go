package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"

	"centerplan/planning/problem"
)

// A bbolt file begins with two meta pages, the newer one of which counts. The
// numbers are where the parts of a meta page lie.
const (
	metaMagic    = 0xED0CDAED
	pageHeader   = 16
	magicAt      = pageHeader + 0
	pageSizeAt   = pageHeader + 8
	rootAt       = pageHeader + 16
	freelistAt   = pageHeader + 32
	pageCountAt  = pageHeader + 40
	revisionAt   = pageHeader + 48
	checksumAt   = pageHeader + 56
	metaLength   = pageHeader + 64
	mostPageSize = 64 << 10
)

// checkSize refuses a file that is shorter than its own account of itself.
// bbolt would panic on it, or read past its end. The file may be open in
// another process, which makes it longer before it says so; therefore the
// length is asked for last.
func checkSize(path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // Open makes it
	}
	s := Store{path: path}
	if err != nil {
		return s.openError(err)
	}
	defer func() { _ = file.Close() }()
	meta := newestMeta(file)
	info, err := file.Stat()
	switch {
	case err != nil:
		return s.openError(err)
	case !info.Mode().IsRegular():
		return s.fault(problem.Invalid, "store.foreign", nil)
	case info.Size() == 0:
		return nil
	case !meta.bbolt:
		return s.fault(problem.Invalid, "store.foreign", nil)
	case meta.bytes == 0:
		return s.damaged("", errors.New("both meta pages are damaged"))
	case info.Size() < meta.bytes:
		return s.damaged("", fmt.Errorf("the file has %d bytes of %d", info.Size(), meta.bytes))
	}
	return nil
}

// A fileMeta is what a file says of itself.
type fileMeta struct {
	bbolt bool  // it was written by bbolt
	bytes int64 // the length it needs; 0 if no meta page is whole
	// whole counts the meta pages that are whole. There are two.
	whole          int
	pageSize       int64
	root, freelist uint64 // pages
}

// newestMeta reads the newer one of the whole meta pages.
func newestMeta(file io.ReaderAt) (meta fileMeta) {
	page := make([]byte, metaLength)
	var newest uint64
	for pageAt := 0; pageAt <= mostPageSize; pageAt = max(4<<10, pageAt*2) {
		// The second meta page lies one page in, whatever size pages have.
		if _, err := file.ReadAt(page, int64(pageAt)); err != nil {
			continue
		}
		if binary.NativeEndian.Uint32(page[magicAt:]) != metaMagic {
			continue
		}
		size := binary.NativeEndian.Uint32(page[pageSizeAt:])
		if pageAt != 0 && uint32(pageAt) != size {
			continue
		}
		meta.bbolt = true
		sum := fnv.New64a()
		_, _ = sum.Write(page[pageHeader:checksumAt])
		revision := binary.NativeEndian.Uint64(page[revisionAt:])
		if sum.Sum64() != binary.NativeEndian.Uint64(page[checksumAt:]) {
			continue
		}
		meta.whole++
		if revision < newest {
			continue
		}
		newest = revision
		meta.bytes = int64(size) * int64(binary.NativeEndian.Uint64(page[pageCountAt:]))
		meta.pageSize = int64(size)
		meta.root = binary.NativeEndian.Uint64(page[rootAt:])
		meta.freelist = binary.NativeEndian.Uint64(page[freelistAt:])
	}
	return meta
}
