package storetest

import (
	"encoding/json"
	"strconv"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"centerplan/planning/problem"
	"centerplan/store"
)

// person returns a record.
func person(id string, rev store.Rev, body string) store.Record {
	return store.Record{Kind: "person", ID: id, Rev: rev, Body: json.RawMessage(body)}
}

// put stores a record that must be taken and returns it with its revision.
func (k *book) put(t *testing.T, r store.Record) store.Record {
	t.Helper()
	rev, err := k.PutRecord(ctx, r)
	if err != nil || rev <= r.Rev {
		t.Fatalf("%s %s after %d becomes %d, %v", r.Kind, r.ID, r.Rev, rev, err)
	}
	r.Rev = rev
	return r
}

// hasRecord checks a record, whose body may be written otherwise.
func (k *book) hasRecord(t *testing.T, want store.Record) {
	t.Helper()
	got, found, err := k.GetRecord(ctx, want.Kind, want.ID)
	if diff := cmp.Diff(want, got, sameJSON); !found || err != nil || diff != "" {
		t.Errorf("%s %s: found %v, %v %s", want.Kind, want.ID, found, err, diff)
	}
}

var sameJSON = cmp.Comparer(func(a, b json.RawMessage) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && cmp.Equal(x, y)
})

func records(t *testing.T, k *book) {
	if _, found, err := k.GetRecord(ctx, "person", "li"); found || err != nil {
		t.Errorf("a record that was never made: %v, %v", found, err)
	}
	li := k.put(t, person("li", 0, `{"name": "李 <&>", "of": [1e300, null, true]}`))
	k.hasRecord(t, li)
	li.Body = json.RawMessage(`"another"`)
	li = k.put(t, li)
	k.hasRecord(t, li)
	k.reopen(t)
	k.hasRecord(t, li)
	for range 2 {
		if err := k.RemoveRecord(ctx, "person", "li"); err != nil {
			t.Error(err)
		}
		if _, found, err := k.GetRecord(ctx, "person", "li"); found || err != nil {
			t.Errorf("a removed record: %v, %v", found, err)
		}
	}
	if err := k.RemoveRecord(ctx, "never", "made"); err != nil {
		t.Error(err)
	}
	again := k.put(t, person("li", 0, `2`))
	if again.Rev <= li.Rev {
		t.Errorf("made again it is at revision %d, removed at %d", again.Rev, li.Rev)
	}
}

func staleRecord(t *testing.T, k *book) {
	first := k.put(t, person("li", 0, `1`))
	now := k.put(t, person("li", first.Rev, `2`))
	for _, rev := range []store.Rev{0, first.Rev, now.Rev + 1, -1} {
		_, err := k.PutRecord(ctx, person("li", rev, `3`))
		wants(t, err, problem.Conflict, "store.stale_record")
	}
	k.hasRecord(t, now)
	_, err := k.PutRecord(ctx, person("wang", now.Rev, `3`))
	wants(t, err, problem.Conflict, "store.stale_record")
	if err := k.RemoveRecord(ctx, "person", "li"); err != nil {
		t.Fatal(err)
	}
	_, err = k.PutRecord(ctx, now)
	wants(t, err, problem.Conflict, "store.stale_record")
	if list, err := k.ListRecords(ctx, "person"); err != nil || len(list) != 0 {
		t.Errorf("got %v, %v", list, err)
	}
}

func recordRefused(t *testing.T, k *book) {
	for _, tc := range []struct {
		record store.Record
		key    string
	}{
		{store.Record{ID: "li", Body: json.RawMessage(`1`)}, "store.no_record_id"},
		{person("", 0, `1`), "store.no_record_id"},
		{person("li", 0, ``), "store.no_json"},
		{person("li", 0, `{"name":`), "store.no_json"},
		{person("li", 0, `1 2`), "store.no_json"},
	} {
		_, err := k.PutRecord(ctx, tc.record)
		wants(t, err, problem.Invalid, tc.key)
	}
	if list, err := k.ListRecords(ctx, "person"); err != nil || len(list) != 0 {
		t.Errorf("got %v, %v", list, err)
	}
	if _, found, err := k.GetRecord(ctx, "", ""); found || err != nil {
		t.Errorf("without a name: %v, %v", found, err)
	}
	if err := k.RemoveRecord(ctx, "", ""); err != nil {
		t.Error(err)
	}
}

func recordKinds(t *testing.T, k *book) {
	k.create(t, "p")
	wang, li := k.put(t, person("wang", 0, `1`)), k.put(t, person("li", 0, `2`))
	session := k.put(t, store.Record{Kind: "session", ID: "li", Body: json.RawMessage(`3`)})
	for kind, want := range map[string][]store.Record{"person": {li, wang}, "session": {session}, "none": nil, "": nil} {
		got, err := k.ListRecords(ctx, kind)
		if diff := cmp.Diff(want, got, sameJSON, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("%s: %v %s", kind, err, diff)
		}
	}
	if err := k.RemoveRecord(ctx, "session", "li"); err != nil {
		t.Fatal(err)
	}
	k.hasRecord(t, li)
	if infos, err := k.List(ctx); err != nil || len(infos) != 1 {
		t.Errorf("plans: %v, %v", infos, err)
	}
}

// concurrentRecords lets several writers count one record up, all of whom try
// to make it first.
func concurrentRecords(t *testing.T, k *book) {
	const writers, each = 4, 15
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for n := 0; n < each; {
				r, _, err := k.GetRecord(ctx, "person", "li")
				if err != nil {
					t.Error(err)
					return
				}
				count, _ := strconv.Atoi(string(r.Body))
				_, err = k.PutRecord(ctx, person("li", r.Rev, strconv.Itoa(count+1)))
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
	if r, _, err := k.GetRecord(ctx, "person", "li"); err != nil || string(r.Body) != strconv.Itoa(writers*each) {
		t.Errorf("counted to %s, %v", r.Body, err)
	}
}
