package main_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"centerplan/store/bolt"
)

// TestABackupDuringEditsIsAMomentOfThem makes backups while several people
// edit. Each copy is sound and holds, of what everybody did, all that was
// acknowledged before and nothing that stands after something missing.
func TestABackupDuringEditsIsAMomentOfThem(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "plans.db")
	s := start(t, data)
	cells := s.cells("fcr")
	type writer struct {
		killWriter
		mu sync.Mutex
	}
	stop, cancel := context.WithCancel(t.Context())
	var editing sync.WaitGroup
	writers := make([]*writer, 3)
	for at := range writers {
		w := &writer{killWriter: killWriter{month: fmt.Sprintf("2027-%02d", at+1)}}
		w.acknowledged = cells[w.month]
		writers[at] = w
		editing.Go(func() {
			for n := 0; stop.Err() == nil; n++ {
				id, value := fmt.Sprintf("%s-%d", w.month, n), 0.5+float64(n)/1e6
				status, err := s.call("PATCH", edit{Base: 1, OpID: id, Patch: []op{
					{"test", "/budget/lines/fcr/values/" + w.month, w.acknowledged}, {"replace", "/budget/lines/fcr/values/" + w.month, value},
				}}, nil)
				if err != nil || status != http.StatusOK {
					w.err = fmt.Errorf("%s: %d %w", id, status, err)
					return
				}
				w.acknowledged = value
				w.mu.Lock()
				w.ops = append(w.ops, id)
				w.mu.Unlock()
			}
		})
	}
	acknowledged := func() (all [][]string) {
		for _, w := range writers {
			w.mu.Lock()
			all = append(all, slices.Clone(w.ops))
			w.mu.Unlock()
		}
		return all
	}
	type moment struct {
		path   string
		before [][]string
	}
	var moments []moment
	for n := range 5 {
		time.Sleep(100 * time.Millisecond)
		m := moment{filepath.Join(dir, fmt.Sprintf("copy%d.db", n)), acknowledged()}
		args := []string{"backup", "--data", data, "-o", m.path}
		if n%2 == 1 {
			args = append(args, "--compact")
		}
		if _, errs, code := run(t, args...); code != 0 {
			t.Fatalf("backup: exit %d, %s", code, errs)
		}
		moments = append(moments, m)
	}
	cancel()
	editing.Wait()
	for _, w := range writers {
		if w.err != nil {
			t.Fatal(w.err)
		}
	}
	all := acknowledged()
	if len(all[0]) < 5 {
		t.Errorf("only %d edits were made meanwhile", len(all[0]))
	}
	for _, m := range moments {
		if out, errs, code := run(t, "verify", "--data", m.path); code != 0 || !strings.Contains(out, "sound.") {
			t.Errorf("verify: exit %d, %s%s", code, out, errs)
		}
		for at, ops := range all {
			lost := missing(t, m.path, ops)
			if !slices.Equal(lost, ops[len(ops)-len(lost):]) || len(ops)-len(lost) < len(m.before[at]) {
				t.Errorf("%s: of %d edits, %d of them acknowledged before, it lacks %v", m.path, len(ops), len(m.before[at]), lost)
			}
		}
	}
	s.stop()
	left, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestABackupOfAServedFileReplacesOnlyWhatItMay(t *testing.T) {
	dir := t.TempDir()
	data, taken := filepath.Join(dir, "plans.db"), filepath.Join(dir, "taken.db")
	s := start(t, data)
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.db")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		args []string
		errs string
	}{
		"over another file":          {[]string{"--data", data, "-o", taken}, "--force"},
		"over itself":                {[]string{"--data", data, "-o", data, "--force"}, "itself"},
		"over itself by a link":      {[]string{"--data", data, "-o", link, "--force"}, "itself"},
		"where nothing can be":       {[]string{"--data", data, "-o", filepath.Join(dir, "none", "copy.db")}, "was not written"},
		"in Chinese, over another":   {[]string{"--data", data, "-o", taken, "--lang", "zh"}, "已经存在"},
		"of a link, over its target": {[]string{"--data", link, "-o", data, "--force"}, "itself"},
	} {
		if _, errs, code := run(t, append([]string{"backup"}, tc.args...)...); code != 1 || !strings.Contains(errs, tc.errs) {
			t.Errorf("%s: exit %d, %q lacks %q", name, code, errs, tc.errs)
		}
	}
	if text, err := os.ReadFile(taken); err != nil || string(text) != "mine" {
		t.Errorf("the other file is %q, %v", text, err)
	}
	if out, errs, code := run(t, "backup", "--data", link, "-o", taken, "--force"); code != 0 || !strings.Contains(out, "checked") {
		t.Errorf("by a link: exit %d, %s", code, errs)
	}
	if got := s.fcr(); got != 0.71 {
		t.Errorf("the server's fcr is %v", got)
	}
	s.stop()
}

func TestTheControlSocketIsPrivateAndGoesWithTheServer(t *testing.T) {
	data := filepath.Join(t.TempDir(), "plans.db")
	socket := data + ".sock"
	s := start(t, data)
	info, err := os.Lstat(socket)
	if err != nil || info.Mode().Type() != os.ModeSocket || info.Mode().Perm() != 0o600 {
		t.Fatalf("the socket: %v, %v", info, err)
	}
	s.stop()
	if _, err := os.Lstat(socket); !os.IsNotExist(err) {
		t.Errorf("the socket is left: %v", err)
	}
	// One that a killed server left is replaced.
	s = start(t, data)
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	if _, err := os.Lstat(socket); err != nil {
		t.Fatal(err)
	}
	s = start(t, data)
	if _, errs, code := run(t, "backup", "--data", data, "-o", data+".copy"); code != 0 {
		t.Errorf("backup: exit %d, %s", code, errs)
	}
	s.stop()
	if s.errs.Len() > 0 {
		t.Errorf("said %q", s.errs.String())
	}
}

func TestAServerGoesOnWithoutAControlSocket(t *testing.T) {
	long := filepath.Join(t.TempDir(), strings.Repeat("d", 60))
	if err := os.Mkdir(long, 0o700); err != nil {
		t.Fatal(err)
	}
	file, answered := filepath.Join(t.TempDir(), "a.db"), filepath.Join(t.TempDir(), "b.db")
	if err := os.WriteFile(file+".sock", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", answered+".sock")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for reason, data := range map[string]string{
		"longer than a socket's": filepath.Join(long, "plans-of-the-center.db"), "a file of this name": file, "answers there already": answered,
	} {
		s := start(t, data)
		if got := s.fcr(); got != 0.71 {
			t.Errorf("fcr is %v", got)
		}
		if data != answered { // where somebody else answers nothing can be said
			if _, errs, code := run(t, "backup", "--data", data, "-o", filepath.Join(t.TempDir(), "copy")); code != 1 || !strings.Contains(errs, "Ctrl+C") {
				t.Errorf("backup: exit %d, %s", code, errs)
			}
		}
		s.stop()
		if said := s.errs.String(); strings.Count(said, data+".sock") != 1 || !strings.Contains(said, reason) {
			t.Errorf("said %q, not %q", said, reason)
		}
	}
	if text, err := os.ReadFile(file + ".sock"); err != nil || string(text) != "mine" {
		t.Errorf("the file is %q, %v", text, err)
	}
}

// TestABackupCutShortLeavesNothing has the server die while it sends, and
// somebody else answer in its place.
func TestABackupCutShortLeavesNothing(t *testing.T) {
	for name, answer := range map[string]string{
		"cut short":      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
		"something else": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"no answer":      "",
		"nonsense":       "HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n{}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			data := filepath.Join(dir, "p.db")
			held, err := bolt.Open(data)
			if err != nil {
				t.Fatal(err)
			}
			defer held.Close()
			listener, err := net.Listen("unix", data+".sock")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			go func() {
				for {
					c, err := listener.Accept()
					if err != nil {
						return
					}
					_, _ = c.Read(make([]byte, 4096))
					_, _ = c.Write([]byte(answer))
					_ = c.Close()
				}
			}()
			_, errs, code := run(t, "backup", "--data", data, "-o", filepath.Join(dir, "copy.db"))
			if code != 1 || errs == "" || strings.Contains(errs, "received") || strings.Contains(errs, "[problem") {
				t.Errorf("exit %d, %q", code, errs)
			}
			files, err := os.ReadDir(dir)
			if err != nil || len(files) != 2 {
				t.Errorf("in the folder: %v, %v", files, err)
			}
		})
	}
}

// TestABackupInterruptedLeavesNothing stops the command itself.
func TestABackupInterruptedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "p.db")
	held, err := bolt.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	listener, err := net.Listen("unix", data+".sock")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	asked := make(chan struct{}, 10)
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			if n, _ := c.Read(make([]byte, 4096)); n > 0 {
				_, _ = c.Write([]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"))
				asked <- struct{}{}
			}
		}
	}()
	cmd := exec.Command(program, "backup", "--data", data, "-o", filepath.Join(dir, "copy.db"))
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-asked:
	case <-time.After(20 * time.Second):
		_ = cmd.Process.Kill()
		t.Fatal("nobody asked for a backup")
	}
	time.Sleep(100 * time.Millisecond)
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("exit 0")
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Errorf("in the folder: %v, %v", files, err)
	}
}
