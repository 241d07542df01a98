package storetest

import (
	"bufio"
	"encoding/json"
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
	if work := tasks[task]; work != nil {
		fmt.Fprintln(os.Stderr, work(s))
		os.Exit(1)
	}
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // hold it open until told
	os.Exit(0)
}

// The tasks that go on until the child is killed.
var tasks = map[string]func(store.Store) error{"append": appendForEver, "beside": sealForEver}

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

// sealForEver makes plan after plan, seals each, counts it in a record, and
// then writes its number to standard output.
func sealForEver(s store.Store) error {
	counter, _, err := s.GetRecord(ctx, "counter", "plans")
	if err != nil {
		return err
	}
	plans, err := s.List(ctx)
	if err != nil {
		return err
	}
	for n := len(plans); ; n++ {
		id := store.PlanID(strconv.Itoa(n))
		if err := s.Create(ctx, id, document0(), creation()); err != nil {
			return err
		}
		if _, err := s.Seal(ctx, id, 1, edit(1), sealOf(1, string(id))); err != nil {
			return err
		}
		counter.Kind, counter.ID, counter.Body = "counter", "plans", json.RawMessage(id)
		if counter.Rev, err = s.PutRecord(ctx, counter); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// StartChild starts the test's own program as a child that opens the database,
// waits until it has, and returns its further output. The task is "append",
// "beside" or "hold"; the child is killed at the end of the test if it still runs.
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
	killed(t, b, k, "append", func(acknowledged int) {
		loaded, n := newest(t, k, "p")
		if loaded.Rev < store.Rev(acknowledged) || n != float64(loaded.Rev-1) {
			t.Fatalf("acknowledged %d, found %d with %v", acknowledged, loaded.Rev, n)
		}
	})
}

// killBeside does the same to a child that seals plans and writes a record. A
// plan that is not sealed yet, the last one at most, is as it was created.
func killBeside(t *testing.T, b Backend, k *book) {
	unfinished := 0
	killed(t, b, k, "beside", func(acknowledged int) {
		plans, err := k.List(ctx)
		if err != nil || len(plans) <= acknowledged {
			t.Fatalf("acknowledged %d, found %d plans, %v", acknowledged, len(plans), err)
		}
		counter, _, err := k.GetRecord(ctx, "counter", "plans")
		if n, _ := strconv.Atoi(string(counter.Body)); err != nil || n < acknowledged {
			t.Fatalf("acknowledged %d, counted %d, %v", acknowledged, n, err)
		}
		open := 0
		for _, info := range plans {
			if info.Sealed != 0 {
				k.hasSeal(t, info.ID, sealOf(1, string(info.ID)))
				continue
			}
			open++
			if _, found, err := k.Sealed(ctx, info.ID); found || err != nil || info.Rev != 1 {
				t.Fatalf("plan %s is half sealed: %+v, %v", info.ID, info, err)
			}
		}
		if open > unfinished+1 {
			t.Fatalf("%d plans are not sealed, %d before", open, unfinished)
		}
		unfinished = open
	})
}

// killed starts a child, kills it and calls check with the last number it had
// acknowledged, several times.
func killed(t *testing.T, b Backend, k *book, task string, check func(acknowledged int)) {
	for round := range 5 {
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
		child, lines := StartChild(t, task, k.location)
		acknowledged := lastAcknowledged(lines, func() {
			time.AfterFunc(time.Duration(17*round)*time.Millisecond, func() { _ = child.Process.Kill() })
		})
		_ = child.Wait()
		var err error
		if k.Store, err = b.Open(k.location); err != nil {
			t.Fatal(err)
		}
		check(acknowledged)
	}
}

// lastAcknowledged reads numbers until the child is gone and returns the last
// one. Once it has seen a few it calls enough, once.
func lastAcknowledged(lines *bufio.Scanner, enough func()) (last int) {
	for count := 1; lines.Scan(); count++ {
		if number, err := strconv.Atoi(strings.TrimSpace(lines.Text())); err == nil { // the last line may be cut
			last = max(last, number)
		}
		if count == 3 {
			enough()
		}
	}
	return last
}
