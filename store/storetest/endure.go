package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

func concurrentWriters(t *testing.T, k *book) {
	const writers, each = 4, 15
	k.create(t, "p")
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for n := 0; n < each; {
				loaded, err := k.Load(ctx, "p")
				if err != nil {
					t.Error(err)
					return
				}
				change := edit(int(loaded.Rev))
				change.OpID = fmt.Sprintf("writer %d edit %d", w, n)
				_, err = k.Append(ctx, "p", loaded.Rev, change)
				switch {
				case err == nil:
					n++
				case problem.KindOf(err) != problem.Conflict:
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if loaded, n := newest(t, k, "p"); loaded.Rev != writers*each+1 || n != writers*each {
		t.Errorf("got revision %d with %v", loaded.Rev, n)
	}
}

// reopen closes the database and opens it again.
func (k *book) reopen(t *testing.T) {
	t.Helper()
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	var err error
	if k.Store, err = k.open(k.location); err != nil {
		t.Fatal(err)
	}
}

func reopened(t *testing.T, k *book) {
	k.grow(t, "p", 5)
	k.reopen(t)
	loaded, n := newest(t, k, "p")
	if loaded.Rev != 5 || n != 4 {
		t.Errorf("got revision %d with %v", loaded.Rev, n)
	}
	if diff := cmp.Diff(edit(4), loaded.Entries[3].Change); diff != "" {
		t.Error(diff)
	}
	if rev, err := k.Append(ctx, "p", 1, edit(2)); rev != 3 || err != nil {
		t.Errorf("the retry after opening again gives %d, %v", rev, err)
	}
}

func endedContext(t *testing.T, k *book) {
	k.grow(t, "p", 2)
	ended, end := context.WithCancel(ctx)
	end()
	if _, err := k.Append(ended, "p", 2, edit(2)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := k.Seal(ended, "p", 2, edit(2), sealOf(2, "x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := k.PutRecord(ended, person("li", 0, `1`)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, found, err := k.GetRecord(ctx, "person", "li"); found || err != nil {
		t.Errorf("the record is found: %v", err)
	}
	if loaded, _ := newest(t, k, "p"); loaded.Rev != 2 {
		t.Errorf("the plan is at revision %d", loaded.Rev)
	}
}

func closed(t *testing.T, k *book) {
	k.create(t, "p")
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Append(ctx, "p", 1, edit(1)); err == nil {
		t.Error("a closed store takes a change")
	}
	if _, err := k.Load(ctx, "p"); err == nil {
		t.Error("a closed store loads a plan")
	}
	if _, _, err := k.Sealed(ctx, "p"); err == nil {
		t.Error("a closed store knows a seal")
	}
	if _, err := k.PutRecord(ctx, person("li", 0, `1`)); err == nil {
		t.Error("a closed store takes a record")
	}
}

func unshared(t *testing.T, k *book) {
	k.create(t, "p")
	first, _ := newest(t, k, "p")
	first.Document.(document.Object)["n"] = "mine"
	if second, _ := newest(t, k, "p"); !patch.Equal(second.Document, document0()) {
		t.Errorf("got %v", second.Document)
	}
}

func anyValue(t *testing.T, k *book) {
	doc := document.Object{
		"": nil, "中/~": []document.Node{true, 0.1, 1e300, -5e-324, "\u2028\x00𠮷"}, "empty": document.Object{}, "list": []document.Node{},
	}
	if err := k.Create(ctx, "计划 1", doc, creation()); err != nil {
		t.Fatal(err)
	}
	if loaded, _ := newest(t, k, "计划 1"); !patch.Equal(loaded.Document, doc) {
		t.Errorf("got %v", loaded.Document)
	}
}
