package main_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"centerplan/store/bolt"
)

const (
	killWriters  = 4   // people who edit at the same time, each a cell of their own
	killsPerFile = 100 // after which a new data file is begun, so that a run stays short
)

// killRuns is how often the server is killed: a few times, or RUNS times by
// `make kill`.
func killRuns(t *testing.T) int {
	text := os.Getenv("RUNS")
	if text == "" {
		return 6
	}
	runs, err := strconv.Atoi(text)
	if err != nil || runs < 1 {
		t.Fatalf("RUNS=%s is no number of runs", text)
	}
	return runs
}

// A killWriter sets one cell again and again.
type killWriter struct {
	month        string
	acknowledged float64
	sent         float64
	ops          []string // acknowledged in this run
	err          error    // an answer that was neither yes nor none
}

// edit sets the cell until the server answers no more.
func (w *killWriter) edit(s *server, run int) {
	cell := "/budget/lines/fcr/values/" + w.month
	w.ops = w.ops[:0]
	for i := 0; ; i++ {
		id := fmt.Sprintf("%s-%d-%d", w.month, run, i)
		w.sent = 0.5 + float64((run*1000+i)%400_000)/1e6
		status, err := s.call("PATCH", edit{Base: 1, OpID: id, Patch: []op{
			{"test", cell, w.acknowledged}, {"replace", cell, w.sent},
		}}, nil)
		if err != nil {
			return
		}
		if status != http.StatusOK {
			w.err = fmt.Errorf("run %d, edit %d: status %d", run, i, status)
			return
		}
		w.acknowledged, w.ops = w.sent, append(w.ops, id)
	}
}

// TestKillLosesNoAcknowledgedEdit kills the server while several people edit.
// Each edit that was answered before must be in the data file, and the one under
// way is either there whole or not at all.
func TestKillLosesNoAcknowledgedEdit(t *testing.T) {
	runs, random := killRuns(t), rand.New(rand.NewPCG(7, uint64(os.Getpid())))
	var writers []*killWriter
	var data string
	edits, lost := 0, 0
	for n := range runs {
		if n%killsPerFile == 0 {
			data, writers = filepath.Join(t.TempDir(), "plans.db"), nil
		}
		s := start(t, data)
		cells := s.cells("fcr")
		for at := range killWriters {
			if len(writers) <= at {
				month := fmt.Sprintf("2027-%02d", at+1)
				writers = append(writers, &killWriter{month: month, acknowledged: cells[month], sent: cells[month]})
			}
			w := writers[at]
			if got := cells[w.month]; got != w.acknowledged && got != w.sent {
				t.Errorf("run %d: %s is %v, acknowledged %v, sent last %v", n, w.month, got, w.acknowledged, w.sent)
				lost++
			}
			w.acknowledged = cells[w.month]
		}
		s.killDuring(writers, n, time.Duration(20+random.IntN(180))*time.Millisecond)
		for _, w := range writers {
			if w.err != nil {
				t.Fatal(w.err)
			}
			edits += len(w.ops)
			for _, id := range missing(t, data, w.ops) {
				t.Errorf("run %d: edit %s was acknowledged and is not there", n, id)
				lost++
			}
		}
		if n == runs-1 || n%killsPerFile == killsPerFile-1 {
			if out, errs, code := run(t, "verify", "--data", data); code != 0 {
				t.Errorf("after run %d: %s%s", n, out, errs)
			}
		}
	}
	t.Logf("%d kills, %d acknowledged edits, %d lost", runs, edits, lost)
	if edits == 0 || lost > 0 {
		t.Errorf("of %d acknowledged edits %d were lost", edits, lost)
	}
}

// killDuring lets everyone edit, kills the server after a while and waits until
// all have noticed.
func (s *server) killDuring(writers []*killWriter, run int, after time.Duration) {
	time.AfterFunc(after, func() { _ = s.cmd.Process.Kill() })
	var editing sync.WaitGroup
	for _, w := range writers {
		editing.Go(func() { w.edit(s, run) })
	}
	editing.Wait()
	_ = s.cmd.Wait()
}

// missing returns the operations that the data file does not know.
func missing(t *testing.T, path string, ops []string) (lost []string) {
	t.Helper()
	data, err := bolt.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ops {
		_, found, findErr := data.Find(t.Context(), "telecom-2027", id)
		if findErr != nil || !found {
			lost = append(lost, id)
		}
		err = errors.Join(err, findErr)
	}
	if err := errors.Join(err, data.Close()); err != nil {
		t.Error(err)
	}
	return lost
}

func TestALostEditWouldBeCounted(t *testing.T) {
	data := filepath.Join(t.TempDir(), "plans.db")
	s := start(t, data)
	if status, err := s.call("PATCH", set("stored", 0.71, 0.73), nil); err != nil || status != http.StatusOK {
		t.Fatalf("edit: %d %v", status, err)
	}
	s.stop()
	if lost := missing(t, data, []string{"stored", "never stored"}); !slices.Equal(lost, []string{"never stored"}) {
		t.Errorf("missing: %q", lost)
	}
}
