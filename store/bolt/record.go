package bolt

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"go.etcd.io/bbolt"
)

// An upgrade turns the JSON of a record from one format to the next. kind is
// "plan", "entry", "snapshot", "op", "record" or "seal"; of a seal it gets all
// but the sealed bytes, which no upgrade touches.
type upgrade func(kind string, payload []byte) ([]byte, error)

// upgrades leads from each format to the next: the first element from 1 to 2.
// The list is only ever added to, each time with a test on a file of the format
// before. Records are upgraded as they are read and never rewritten.
//
//	1 → 2: the file has seals and records beside the plans, which a program that
//	does not know them would neither keep nor obey; what was there stays as it is.
var upgrades = []upgrade{
	func(_ string, payload []byte) ([]byte, error) { return payload, nil },
}

// A codec writes records and reads those of every format so far.
type codec struct{ upgrades []upgrade }

// newest returns the format that is written.
func (c codec) newest() int { return len(c.upgrades) + 1 }

// A record is one byte of format, four of checksum and the payload, which is
// JSON, compressed if it is a whole document.
const recordHead = 5

// formatName names the record that says which format the newest records of a
// file may have. That one stays as it is for ever, so that an older Centerplan
// can tell a newer file from a damaged one.
const formatName = "format"

// The kinds of records whose payload is compressed.
const (
	snapshotKind = "snapshot"
	sealKind     = "seal"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var (
	errShort    = errors.New("the record is too short")
	errChecksum = errors.New("the checksum does not match")
	errFormat   = errors.New("the record's format is unknown")
)

// checksum covers the record's name too, so that a record found under another
// key is not taken for that one.
func checksum(name string, format byte, payload []byte) uint32 {
	sum := crc32.Update(0, castagnoli, []byte(name))
	sum = crc32.Update(sum, castagnoli, []byte{0, format})
	return crc32.Update(sum, castagnoli, payload)
}

func (c codec) encode(name string, payload []byte) []byte {
	record := make([]byte, recordHead, recordHead+len(payload))
	record[0] = byte(c.newest())
	if name == formatName {
		record[0] = 1
	}
	binary.BigEndian.PutUint32(record[1:], checksum(name, record[0], payload))
	return append(record, payload...)
}

// open checks a record and returns its payload, which is part of it, and the
// format that has.
func (c codec) open(name string, record []byte) (payload []byte, format int, err error) {
	if len(record) < recordHead {
		return nil, 0, errShort
	}
	payload = record[recordHead:]
	if checksum(name, record[0], payload) != binary.BigEndian.Uint32(record[1:]) {
		return nil, 0, errChecksum
	}
	if format = int(record[0]); format < 1 || format > c.newest() {
		return nil, 0, errFormat
	}
	return payload, format, nil
}

func (c codec) upgrade(kind string, payload []byte, format int) ([]byte, error) {
	for at := format; at < c.newest(); at++ {
		var err error
		if payload, err = c.upgrades[at-1](kind, payload); err != nil {
			return nil, fmt.Errorf("upgrade from format %d: %w", at, err)
		}
	}
	return payload, nil
}

// decode reads a record into a value. It keeps nothing of the record's bytes,
// which die with the transaction.
func (c codec) decode(name, kind string, record []byte, into any) error {
	payload, format, err := c.open(name, record)
	if err != nil {
		return err
	}
	if kind == snapshotKind {
		if payload, err = unpack(payload); err != nil {
			return err
		}
	}
	if name != formatName {
		if payload, err = c.upgrade(kind, payload, format); err != nil {
			return err
		}
	}
	return json.Unmarshal(payload, into)
}

// pack compresses a document or a seal.
func pack(payload []byte) ([]byte, error) {
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := writer.Write(payload); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

func unpack(packed []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

// read decodes the record under the key; a missing one is a damaged file.
func (s *Store) read(bucket *bbolt.Bucket, key []byte, name string, into any) error {
	if err := s.codec.decode(name, kindOf(name), bucket.Get(key), into); err != nil {
		return s.damaged(name, err)
	}
	return nil
}

// write encodes the value under the key.
func (s *Store) write(bucket *bbolt.Bucket, key []byte, name string, value any) error {
	payload, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	return bucket.Put(key, s.codec.encode(name, payload))
}

// kindOf returns what a record's name begins with.
func kindOf(name string) string {
	kind, _, _ := bytes.Cut([]byte(name), []byte(" "))
	return string(kind)
}
