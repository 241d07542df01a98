package bolt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The parts of a page: a header, then elements of the same length, each of
// which says where its key and value lie.
const (
	branchPage    = 0x01
	leafPage      = 0x02
	freePage      = 0x10
	bucketElement = 0x01
	elementLength = 16
	bucketHead    = 16
	manyFree      = 0xFFFF
	deepest       = 64 // levels of pages and buckets; real files have fewer than ten
)

// A pageWalk follows every pointer of a file before bbolt does, which trusts
// them: a page that leads to itself would end the process. Reading is all it
// does.
type pageWalk struct {
	file  io.ReaderAt
	meta  fileMeta
	seen  map[uint64]bool
	found map[string][]error // by the bucket the fault is in, "" for the root
}

// checkPages returns what is wrong with the structure of a file that nobody
// writes meanwhile, by the path of the bucket it is in, such as
// "entries/telecom".
func checkPages(file io.ReaderAt) map[string][]error {
	w := pageWalk{file: file, meta: newestMeta(file), seen: map[uint64]bool{}, found: map[string][]error{}}
	if w.meta.bytes == 0 {
		w.fault("", errors.New("both meta pages are damaged"))
		return w.found
	}
	w.tree("", w.meta.root, nil, nil, 0)
	whole := len(w.found) == 0
	w.free(whole)
	return w.found
}

func (w *pageWalk) fault(bucket string, err error) {
	w.found[bucket] = append(w.found[bucket], err)
}

func (w *pageWalk) pages() uint64 { return uint64(w.meta.bytes / w.meta.pageSize) }

// page reads a page with the pages that belong to it, each once.
func (w *pageWalk) page(id uint64) ([]byte, error) {
	if id < 2 || id >= w.pages() {
		return nil, fmt.Errorf("there is no page %d", id)
	}
	head := make([]byte, pageHeader)
	if _, err := w.file.ReadAt(head, int64(id)*w.meta.pageSize); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	more := uint64(binary.NativeEndian.Uint32(head[12:]))
	if own := binary.NativeEndian.Uint64(head); own != id || id+more >= w.pages() {
		return nil, fmt.Errorf("page %d says it is page %d and %d more", id, own, more)
	}
	for at := id; at <= id+more; at++ {
		if w.seen[at] {
			return nil, fmt.Errorf("page %d is used twice", at)
		}
		w.seen[at] = true
	}
	page := make([]byte, int64(more+1)*w.meta.pageSize)
	if _, err := w.file.ReadAt(page, int64(id)*w.meta.pageSize); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	return page, nil
}

// tree walks the pages of a bucket whose keys lie from first up to but not
// including end; nil is no bound.
func (w *pageWalk) tree(bucket string, id uint64, first, end []byte, depth int) {
	if depth > deepest {
		w.fault(bucket, fmt.Errorf("page %d lies too deep", id))
		return
	}
	page, err := w.page(id)
	if err != nil {
		w.fault(bucket, err)
		return
	}
	flags := binary.NativeEndian.Uint16(page[8:])
	if flags != branchPage && flags != leafPage {
		w.fault(bucket, fmt.Errorf("page %d is of no known kind", id))
		return
	}
	w.elements(bucket, id, page, first, end, depth)
}

// An element is one entry of a page.
type element struct {
	key, value []byte
	flags      uint32
	page       uint64
}

// elements walks what a page holds, which may be a bucket small enough to lie
// inside another's page.
func (w *pageWalk) elements(bucket string, id uint64, page, first, end []byte, depth int) {
	list, err := elementsOf(page)
	if err == nil {
		err = ascending(list, first, end)
	}
	if err != nil {
		w.fault(bucket, fmt.Errorf("page %d: %w", id, err))
		return
	}
	branch := binary.NativeEndian.Uint16(page[8:]) == branchPage
	for i, e := range list {
		switch {
		case branch:
			below := end
			if i+1 < len(list) {
				below = list[i+1].key
			}
			w.tree(bucket, e.page, e.key, below, depth+1)
		case e.flags == bucketElement:
			w.bucket(joined(bucket, e.key), id, e.value, depth)
		case e.flags != 0:
			w.fault(bucket, fmt.Errorf("page %d: element %d is of no known kind", id, i))
		}
	}
}

// bucket walks a bucket from its head, on the page where that lies.
func (w *pageWalk) bucket(path string, id uint64, head []byte, depth int) {
	if len(head) < bucketHead {
		w.fault(path, fmt.Errorf("page %d: a bucket's head is too short", id))
		return
	}
	if root := binary.NativeEndian.Uint64(head); root != 0 {
		w.tree(path, root, nil, nil, depth+1)
		return
	}
	inline := head[bucketHead:]
	if len(inline) < pageHeader || binary.NativeEndian.Uint16(inline[8:]) != leafPage {
		w.fault(path, fmt.Errorf("page %d: a bucket inside it is not whole", id))
		return
	}
	w.elements(path, id, inline, nil, nil, depth+1)
}

// joined returns the path of a bucket in a bucket. There are two levels of them.
func joined(bucket string, key []byte) string {
	switch {
	case bucket == "":
		return string(key)
	case strings.Contains(bucket, "/"):
		return bucket
	}
	return bucket + "/" + string(key)
}

// elementsOf cuts a page into its elements, none of which may reach beyond it.
func elementsOf(page []byte) ([]element, error) {
	branch := binary.NativeEndian.Uint16(page[8:]) == branchPage
	count := int(binary.NativeEndian.Uint16(page[10:]))
	begin := pageHeader + count*elementLength
	if begin > len(page) || branch && count == 0 {
		return nil, fmt.Errorf("it cannot have %d elements", count)
	}
	list := make([]element, count)
	for i := range list {
		at := pageHeader + i*elementLength
		raw := page[at:]
		word := func(n int) uint64 { return uint64(binary.NativeEndian.Uint32(raw[4*n:])) }
		key, keyLength, valueLength := uint64(at)+word(1), word(2), word(3)
		e := element{flags: uint32(word(0))}
		if branch {
			key, keyLength, valueLength = uint64(at)+word(0), word(1), 0
			e = element{page: binary.NativeEndian.Uint64(raw[8:])}
		}
		if key < uint64(begin) || key+keyLength+valueLength > uint64(len(page)) {
			return nil, fmt.Errorf("element %d reaches beyond it", i)
		}
		e.key = page[key : key+keyLength]
		e.value = page[key+keyLength : key+keyLength+valueLength]
		list[i] = e
	}
	return list, nil
}

// ascending checks the order of keys and their bounds.
func ascending(list []element, first, end []byte) error {
	for i, e := range list {
		switch {
		case i > 0 && bytes.Compare(list[i-1].key, e.key) >= 0:
			return fmt.Errorf("keys %d and %d are out of order", i-1, i)
		case first != nil && bytes.Compare(e.key, first) < 0, end != nil && bytes.Compare(e.key, end) >= 0:
			return fmt.Errorf("key %d belongs to another page", i)
		}
	}
	return nil
}

// free checks the list of free pages: a page in use that the list names would
// be written over. What lies on neither side is looked for where all pages in
// use could be found.
func (w *pageWalk) free(all bool) {
	page, err := w.page(w.meta.freelist)
	if err != nil || binary.NativeEndian.Uint16(page[8:]) != freePage {
		w.fault(freeList, errors.Join(err, errors.New("it is not where it should be")))
		return
	}
	count, begin := uint64(binary.NativeEndian.Uint16(page[10:])), uint64(pageHeader)
	if count == manyFree {
		count, begin = binary.NativeEndian.Uint64(page[pageHeader:]), pageHeader+8
	}
	if count > (uint64(len(page))-begin)/8 {
		w.fault(freeList, fmt.Errorf("it cannot hold %d pages", count))
		return
	}
	for i := range count {
		id := binary.NativeEndian.Uint64(page[begin+8*i:])
		if id < 2 || id >= w.pages() || w.seen[id] {
			w.fault(freeList, fmt.Errorf("it names page %d, which is not free", id))
			return
		}
		w.seen[id] = true
	}
	for id := uint64(2); all && id < w.pages(); id++ {
		if !w.seen[id] {
			w.fault(freeList, fmt.Errorf("it lacks page %d", id))
			return
		}
	}
}
