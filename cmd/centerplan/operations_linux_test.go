package main_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

// filesOf lets the server's files be so long and no longer. Where a page lies
// beyond that, writing it fails as on a full disk.
func (s *server) filesOf(length string) {
	s.t.Helper()
	out, err := exec.Command("prlimit", "--pid", strconv.Itoa(s.cmd.Process.Pid), "--fsize="+length+":").CombinedOutput()
	if err != nil {
		s.t.Fatalf("%v: %s", err, out)
	}
}

// TestAFullDiskRefusesEditsAndLosesNone takes the room from a running server
// and gives it back.
func TestAFullDiskRefusesEditsAndLosesNone(t *testing.T) {
	data := filepath.Join(t.TempDir(), "plans.db")
	s := start(t, data)
	must := func(id string, before, after float64, want int) {
		t.Helper()
		if status, err := s.call(http.MethodPatch, set(id, before, after), nil); err != nil || status != want {
			t.Fatalf("%s: %d %v, want %d", id, status, err, want)
		}
	}
	must("before", 0.71, 0.73, http.StatusOK)
	s.filesOf("8192")
	for range 3 {
		must("full", 0.73, 0.75, http.StatusInsufficientStorage)
		if got := s.fcr(); got != 0.73 {
			t.Errorf("after an edit that was refused fcr is %v", got)
		}
	}
	s.filesOf("unlimited")
	must("full", 0.73, 0.75, http.StatusOK)
	s.stop()
	if lost := missing(t, data, []string{"before", "full"}); len(lost) != 0 {
		t.Errorf("lost %q", lost)
	}
	if out, errs, code := run(t, "verify", "--data", data); code != 0 || !strings.Contains(out, "revisions 1–3, sound") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// newer makes a data file that says that it is of the next format.
func newer(t *testing.T) string {
	t.Helper()
	path := stored(t)
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	record := []byte{1, 0, 0, 0, 0, '3'}
	sum := crc32.Checksum([]byte("format\x00\x01"+"3"), crc32.MakeTable(crc32.Castagnoli))
	binary.BigEndian.PutUint32(record[1:], sum)
	err = db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("format"), record) })
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAServerSaysWhatIsWrongWithItsFile(t *testing.T) {
	for name, tc := range map[string]struct{ path, says string }{
		"a file of a newer Centerplan":  {newer(t), "format 3; this one knows 2"},
		"a file that is something else": {written(t, strings.Repeat("notes\n", 4000)), "not a Centerplan store"},
		"where nothing can be written":  {"/sys/plans.db", "cannot be written here"},
		"a folder":                      {t.TempDir(), "not a Centerplan store"},
		"a file that was cut":           {cut(t), "newest backup"},
		"a folder that does not exist":  {filepath.Join(t.TempDir(), "none", "plans.db"), "Make the folder"},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(tc.path)
			_, errs, code := run(t, "serve", "--listen", "127.0.0.1:0", "--data", tc.path)
			if code != 1 || !strings.Contains(errs, tc.path) || !strings.Contains(errs, tc.says) {
				t.Errorf("exit %d: %s", code, errs)
			}
			if after, _ := os.ReadFile(tc.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// TestAFileOfTheFirstVersionIsUpgraded takes the file that the first version
// wrote through verify, backup, a server and back.
func TestAFileOfTheFirstVersionIsUpgraded(t *testing.T) {
	packed, err := os.Open("../../store/bolt/testdata/format1.bolt.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	reader, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	data, backup := written(t, string(whole)), filepath.Join(dir, "backup.db")
	sound := func(alone bool) {
		t.Helper()
		out, errs, code := run(t, "verify", "--data", data)
		if code != 0 || !strings.Contains(out, "p: revisions 1–6, sound") || alone != (strings.Count(out, "revisions") == 1) {
			t.Fatalf("exit %d: %s%s", code, out, errs)
		}
	}
	sound(true)
	if out, errs, code := run(t, "backup", "--data", data, "-o", backup); code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	if after, _ := os.ReadFile(data); !bytes.Equal(after, whole) {
		t.Error("verify or backup changed the file")
	}
	s := start(t, data)
	if got := s.fcr(); got != 0.71 {
		t.Errorf("the sample beside it: fcr is %v", got)
	}
	s.stop()
	sound(false)
	if out, errs, code := run(t, "restore", backup, "--data", data, "--force"); code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	sound(true)
}
