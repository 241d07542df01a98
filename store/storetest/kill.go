package storetest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"centerplan/store"
)

// The environment of a child process: what to do and on which database.
const (
	childTask     = "STORETEST_CHILD"
	childLocation = "STORETEST_LOCATION"
)

// Child does the work of a child process, if this process is one, and does not
// return then. A back end's TestMain calls it first.
func Child(open func(location string) (store.Store, error)) {
	task := os.Getenv(childTask)
	if task == "" {
		return
	}
	s, err := open(os.Getenv(childLocation))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("open")
	if task == "append" {
		err = appendForEver(s)
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // hold it open until told
	os.Exit(0)
}

// appendForEver writes each revision to standard output once it is
// acknowledged.
func appendForEver(s store.Store) error {
	loaded, err := s.Load(ctx, "p")
	if err != nil {
		return err
	}
	for rev := loaded.Rev; ; {
		if rev, err = s.Append(ctx, "p", rev, edit(int(rev))); err != nil {
			return err
		}
		fmt.Println(rev)
	}
}

// StartChild starts the test's own program as a child that opens the database,
// waits until it has, and returns its further output. The task is "append" or
// "hold"; the child is killed at the end of the test if it still runs.
func StartChild(t testing.TB, task, location string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childTask+"="+task, childLocation+"="+location)
	child.Stderr = os.Stderr
	if _, err := child.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	})
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("the child does not open the database: %q", lines.Text())
	}
	return child, lines
}

// kill lets a child append, kills it at different moments, and looks for every
// change it had acknowledged.
func kill(t *testing.T, b Backend, k *book) {
	k.create(t, "p")
	for round := range 5 {
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
		child, lines := StartChild(t, "append", k.location)
		acknowledged := lastAcknowledged(lines, func() {
			time.AfterFunc(time.Duration(17*round)*time.Millisecond, func() { _ = child.Process.Kill() })
		})
		_ = child.Wait()
		var err error
		if k.Store, err = b.Open(k.location); err != nil {
			t.Fatal(err)
		}
		loaded, n := newest(t, k, "p")
		if loaded.Rev < acknowledged || n != float64(loaded.Rev-1) {
			t.Fatalf("acknowledged %d, found %d with %v", acknowledged, loaded.Rev, n)
		}
	}
}

// lastAcknowledged reads revisions until the child is gone and returns the
// last one. Once it has seen a few it calls enough, once.
func lastAcknowledged(lines *bufio.Scanner, enough func()) store.Rev {
	var last store.Rev
	for count := 1; lines.Scan(); count++ {
		if rev, err := strconv.Atoi(strings.TrimSpace(lines.Text())); err == nil { // the last line may be cut
			last = max(last, store.Rev(rev))
		}
		if count == 3 {
			enough()
		}
	}
	return last
}
