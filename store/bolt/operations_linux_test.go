package bolt_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/store"
	"centerplan/store/bolt"
)

// A disk is a folder with little room. grow makes more.
type disk struct {
	dir  string
	room int
	grow func()
}

// onDisks runs a test on disks with little room: where files may only have a
// certain length, and, for who may mount one, where the disk is full. room is
// what it asks for in the first case and in the second.
func onDisks(t *testing.T, lengths, rooms []int, test func(*testing.T, disk)) {
	for _, length := range lengths {
		t.Run(fmt.Sprintf("files of at most %d bytes", length), func(t *testing.T) {
			if inChild(t) {
				test(t, limitedLength(t, length))
			}
		})
	}
	if !mayMount() {
		t.Log("no disk can be mounted here")
		return
	}
	for _, room := range rooms {
		t.Run(fmt.Sprintf("a disk with room for %d bytes", room), func(t *testing.T) {
			dir := mounted(t, "size="+strconv.Itoa(room))
			test(t, disk{dir, room, func() { remount(t, dir, 0, "size=512m") }})
		})
	}
}

// inChild runs this very test in a process of its own, and reports whether this
// is that process. A limit of the length of files would hold for what `go test`
// writes too.
func inChild(t *testing.T) bool {
	t.Helper()
	const child = "BOLT_TEST_CHILD"
	if os.Getenv(child) != "" {
		return true
	}
	parts := strings.Split(t.Name(), "/")
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	cmd := exec.Command(os.Args[0], "-test.v", "-test.run="+strings.Join(parts, "/"))
	cmd.Env = append(os.Environ(), child+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// limitedLength is a folder where no file may be longer.
func limitedLength(t *testing.T, length int) disk {
	t.Helper()
	dir := t.TempDir()
	var before syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before)
	limit := func(length uint64) {
		err = errors.Join(err, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: length, Max: before.Max}))
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(uint64(length))
	return disk{dir, length, func() { limit(before.Max) }}
}

// mayMount reports whether this process may mount a disk in memory.
func mayMount() bool {
	dir, err := os.MkdirTemp("", "mount")
	if err != nil {
		return false
	}
	defer func() { _ = os.Remove(dir) }()
	if syscall.Mount("none", dir, "tmpfs", 0, "") != nil {
		return false
	}
	return syscall.Unmount(dir, 0) == nil
}

// mounted mounts a disk in memory until the test ends.
func mounted(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func remount(t *testing.T, dir string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
		t.Fatal(err)
	}
}

// largeText is text that hardly gets shorter by compression.
func largeText(length int, seed store.Rev) string {
	random := make([]byte, length/4*3)
	_, _ = rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)}).Read(random)
	return base64.StdEncoding.EncodeToString(random)
}

// largeEdit is the edit that leads to a revision, with so many bytes of text.
func largeEdit(rev store.Rev, length int) store.Change {
	return store.Change{
		OpID: "large " + strconv.Itoa(int(rev)), Label: largeText(length, rev),
		Patch: []patch.Op{{Op: patch.Replace, Path: "/n", Value: float64(rev)}},
	}
}

// fillUp appends edits until one is refused, and returns the newest revision.
func fillUp(t *testing.T, s store.Store, rev store.Rev, length int) store.Rev {
	t.Helper()
	for {
		next, err := s.Append(ctx, "p", rev, largeEdit(rev+1, length))
		if err != nil {
			if got := problem.Of(err); len(got) != 1 || got[0].Kind != problem.Internal || got[0].Key != "store.full" {
				t.Fatalf("refused by %v", err)
			}
			return rev
		}
		if rev = next; rev > 1000 {
			t.Fatal("the disk is never full")
		}
	}
}

// TestWhereThereIsNoRoomNothingIsLost fills the disk by edits, tries everything
// that writes, reads on, and goes on once there is room. A file grows by 16 MB
// at a time, of which a disk only gives what is written.
func TestWhereThereIsNoRoomNothingIsLost(t *testing.T) {
	onDisks(t, []int{17 << 20}, []int{256 << 10}, func(t *testing.T, disk disk) {
		path := filepath.Join(disk.dir, "plans.bolt")
		s, err := bolt.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		fill(t, s, 2)
		li, err := s.PutRecord(ctx, store.Record{Kind: "person", ID: "li", Body: json.RawMessage(`1`)})
		if err != nil {
			t.Fatal(err)
		}
		length := disk.room / 16
		rev := fillUp(t, s, 2, length)
		text := largeText(disk.room, 0)
		_, sealErr := s.Seal(ctx, "p", rev, store.Change{OpID: "seal"}, sealOf(rev, text))
		_, recordErr := s.PutRecord(ctx, store.Record{Kind: "person", ID: "li", Rev: li, Body: json.RawMessage(strconv.Quote(text))})
		createErr := s.Create(ctx, "q", document.Object{"text": text}, store.Change{OpID: "create"})
		snapshotErr := s.Snapshot(ctx, "p", rev, document.Object{"n": float64(rev), "text": text})
		for _, err := range []error{sealErr, recordErr, createErr, snapshotErr} {
			wants(t, err, problem.Internal, "store.full", path)
		}
		holds(t, s, rev, length)
		disk.grow()
		if rev, err = s.Append(ctx, "p", rev, largeEdit(rev+1, length)); err != nil {
			t.Fatalf("with room again: %v", err)
		}
		_, err = s.Seal(ctx, "p", rev, store.Change{OpID: "seal"}, sealOf(rev, text))
		if err := errors.Join(err, s.Close()); err != nil {
			t.Fatal(err)
		}
		if report, err := examined(t, path); err != nil || len(report.All()) != 0 || report.Plans[0].Seal.Rev != rev {
			t.Errorf("got %+v, %v", report, err)
		}
	})
}

// holds checks that a store that has no room answers as it did, with every
// edit up to the revision and the record as it was.
func holds(t *testing.T, s store.Store, rev store.Rev, length int) {
	t.Helper()
	loaded, err := s.Load(ctx, "p")
	if err != nil || loaded.Rev != rev || rev < 5 || loaded.Sealed != 0 || loaded.Snapshot != 1 {
		t.Fatalf("the plan is at %+v, %v; want %d", loaded.Info, err, rev)
	}
	for _, entry := range loaded.Entries[1:] {
		if entry.Label != largeText(length, entry.Rev) {
			t.Errorf("revision %d has another text", entry.Rev)
		}
	}
	r, _, recordErr := s.GetRecord(ctx, "person", "li")
	_, sealed, sealErr := s.Sealed(ctx, "p")
	plans, listErr := s.List(ctx)
	if string(r.Body) != "1" || sealed || len(plans) != 1 || errors.Join(recordErr, sealErr, listErr) != nil {
		t.Errorf("got %v, sealed %v, %v", r, sealed, plans)
	}
}

// TestAFileThatFindsNoRoomIsMadeLater opens a file that does not exist where
// there is no room for one, or for a part of it, and again where there is.
func TestAFileThatFindsNoRoomIsMadeLater(t *testing.T) {
	lengths := []int{0, 4096, 3 * 4096, 4 * 4096, 6 * 4096}
	rooms := []int{4096, 2 * 4096, 3 * 4096, 4 * 4096, 5 * 4096, 6 * 4096, 7 * 4096, 8 * 4096}
	refused := 0
	onDisks(t, lengths, rooms, func(t *testing.T, disk disk) {
		path := filepath.Join(disk.dir, "plans.bolt")
		s, err := bolt.Open(path)
		if err == nil {
			_ = s.Close()
		} else {
			refused++
			wants(t, err, problem.Internal, "store.full", path)
			if left := names(t, disk.dir); left != "" {
				t.Errorf("the folder holds %s", left)
			}
		}
		disk.grow()
		if s, err = bolt.Open(path); err != nil {
			t.Fatalf("with room: %v", err)
		}
		fill(t, s, 2)
		if err := errors.Join(s.Verify(ctx), s.Close()); err != nil {
			t.Error(err)
		}
	})
	if refused == 0 && mayMount() {
		t.Error("there was room everywhere")
	}
}

// TestAnUpgradeThatFindsNoRoomChangesNothing opens a file of format 1 on a disk
// that it fills.
func TestAnUpgradeThatFindsNoRoomChangesNothing(t *testing.T) {
	whole, err := os.ReadFile(unpacked(t, "format1"))
	if err != nil {
		t.Fatal(err)
	}
	onDisks(t, []int{len(whole)}, []int{len(whole)}, func(t *testing.T, disk disk) {
		path := filepath.Join(disk.dir, "plans.bolt")
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := bolt.Open(path); err == nil { // the pages that are free may do
			isFormat1(t, s)
			_ = s.Close()
		} else {
			wants(t, err, problem.Internal, "store.full", path)
		}
		s, err := bolt.OpenReadOnly(path)
		if err != nil {
			t.Fatal(err)
		}
		isFormat1(t, s)
		_ = s.Close()
		disk.grow()
		if s, err = bolt.Open(path); err != nil {
			t.Fatalf("with room: %v", err)
		}
		isFormat1(t, s)
		if err := errors.Join(addSeal(s, 6), s.Verify(ctx), s.Close()); err != nil {
			t.Error(err)
		}
	})
}

// withLargeEdits makes a file with a megabyte of edits.
func withLargeEdits(t *testing.T) string {
	t.Helper()
	path := filled(t, 2)
	s, err := bolt.Open(path)
	for rev := store.Rev(2); rev < 18 && err == nil; rev++ {
		_, err = s.Append(ctx, "p", rev, largeEdit(rev+1, 64<<10))
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestACopyThatFindsNoRoomLeavesNothing copies and restores to where there is
// too little room.
func TestACopyThatFindsNoRoomLeavesNothing(t *testing.T) {
	path := withLargeEdits(t)
	whole, err := os.ReadFile(unpacked(t, "format2"))
	if err != nil {
		t.Fatal(err)
	}
	onDisks(t, []int{len(whole)}, []int{256 << 10}, func(t *testing.T, disk disk) {
		there, free := filepath.Join(disk.dir, "there"), filepath.Join(disk.dir, "free")
		if err := os.WriteFile(there, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, options := range []bolt.CopyOptions{{}, {Compact: true}} {
			wants(t, copied(path, free, options), problem.Invalid, "store.no_copy", free)
			options.Force = true
			wants(t, copied(path, there, options), problem.Invalid, "store.no_copy", there)
		}
		_, err := bolt.Restore(ctx, path, there, true)
		wants(t, err, problem.Invalid, "store.no_copy", there)
		if after, _ := os.ReadFile(there); !bytes.Equal(after, whole) || names(t, disk.dir) != "there" {
			t.Errorf("the folder holds %s; the file is as it was: %v", names(t, disk.dir), bytes.Equal(after, whole))
		}
		disk.grow()
		if _, err := bolt.Restore(ctx, path, there, true); err != nil {
			t.Errorf("with room: %v", err)
		}
	})
}

// TestAFileThatCannotBeWrittenIsReadAndCopied holds a file that is there to
// where nothing can be written: on a disk that is mounted for reading, or, for
// who may not mount one, without the right to write.
func TestAFileThatCannotBeWrittenIsReadAndCopied(t *testing.T) {
	whole, err := os.ReadFile(unpacked(t, "format1")) // which opening would upgrade
	if err != nil {
		t.Fatal(err)
	}
	var dir string
	if mayMount() {
		dir = mounted(t, "")
	} else {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, "plans.bolt")
	if err := os.WriteFile(path, whole, 0o400); err != nil {
		t.Fatal(err)
	}
	if mayMount() {
		remount(t, dir, syscall.MS_RDONLY, "")
	}
	if os.Geteuid() != 0 || mayMount() { // root without a disk of its own may write everywhere
		_, err = bolt.Open(path)
		wants(t, err, problem.Invalid, "store.not_writable", path)
	}
	s, err := bolt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	isFormat1(t, s)
	copyTo := filepath.Join(t.TempDir(), "copy")
	if err := errors.Join(s.Verify(ctx), s.CopyTo(ctx, copyTo, bolt.CopyOptions{}), s.Close()); err != nil {
		t.Error(err)
	}
	if _, err := examined(t, copyTo); err != nil {
		t.Error(err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(after, whole) || names(t, dir) != "plans.bolt" {
		t.Errorf("the folder holds %s; the file is as it was: %v", names(t, dir), bytes.Equal(after, whole))
	}
}
