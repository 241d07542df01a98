package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/store"
)

// loadedAt loads every revision of a plan that has snapshots at 1, 4 and 7.
func loadedAt(t *testing.T, k *book) {
	const last = 9
	k.grow(t, "p", last)
	for _, rev := range []store.Rev{7, 4} {
		if err := k.Snapshot(ctx, "p", rev, document.Object{"n": float64(rev - 1)}); err != nil {
			t.Fatal(err)
		}
	}
	k.grow(t, "pp", 3) // another plan is not looked into
	for rev := store.Rev(1); rev <= last; rev++ {
		loaded, err := k.LoadAt(ctx, "p", rev)
		if err != nil {
			t.Fatal(err)
		}
		updated := noon
		if rev > 1 {
			updated = edit(int(rev - 1)).When
		}
		want := store.Info{ID: "p", Rev: rev, Created: noon, Updated: updated, Snapshot: 1 + (rev-1)/3*3}
		want.Snapshot = min(want.Snapshot, 7)
		if diff := cmp.Diff(want, loaded.Info); diff != "" {
			t.Errorf("revision %d: %s", rev, diff)
		}
		if n := replayed(t, loaded); n != float64(rev-1) {
			t.Errorf("revision %d counts %v", rev, n)
		}
	}
	now, _ := newest(t, k, "p")
	then, err := k.LoadAt(ctx, "p", last)
	if diff := cmp.Diff(now, then); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func loadedAtNothing(t *testing.T, k *book) {
	k.grow(t, "p", 2)
	for _, rev := range []store.Rev{-1, 0, 3} {
		_, err := k.LoadAt(ctx, "p", rev)
		wants(t, err, problem.Invalid, "store.no_revision")
	}
}

func standIn(t *testing.T, k *book) {
	k.create(t, "p")
	change := edit(1)
	change.For = "李"
	if _, err := k.Append(ctx, "p", 1, change); err != nil {
		t.Fatal(err)
	}
	entry, _, err := k.Find(ctx, "p", change.OpID)
	if diff := cmp.Diff(store.Entry{Rev: 2, Change: change}, entry); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// sealOf returns the seal of a revision with the bytes.
func sealOf(rev store.Rev, sealed string) store.Seal {
	sum := sha256.Sum256([]byte(sealed))
	return store.Seal{Rev: rev, Hash: hex.EncodeToString(sum[:]), When: noon, Who: "li", Bytes: []byte(sealed)}
}

// hasSeal checks the plan's seal.
func (k *book) hasSeal(t *testing.T, id store.PlanID, want store.Seal) {
	t.Helper()
	got, found, err := k.Sealed(ctx, id)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); !found || err != nil || diff != "" {
		t.Errorf("plan %s: found %v, %v %s", id, found, err, diff)
	}
}

func sealed(t *testing.T, k *book) {
	k.grow(t, "p", 3)
	if got, found, err := k.Sealed(ctx, "p"); found || err != nil {
		t.Errorf("a plan without a seal has %v, %v", got, err)
	}
	seal := sealOf(3, "{\"n\":2}\n\n\x00\xff  计划\n")
	if rev, err := k.Seal(ctx, "p", 3, edit(3), seal); rev != 4 || err != nil {
		t.Fatalf("sealed as %d, %v", rev, err)
	}
	k.hasSeal(t, "p", seal)
	loaded, n := newest(t, k, "p")
	if loaded.Rev != 4 || loaded.Sealed != 4 || n != 3 {
		t.Errorf("got %+v with %v", loaded.Info, n)
	}
	entry, _, err := k.Find(ctx, "p", edit(3).OpID)
	if diff := cmp.Diff(store.Entry{Rev: 4, Change: edit(3)}, entry); err != nil || diff != "" {
		t.Error(err, diff)
	}
	k.create(t, "empty")
	if _, err := k.Seal(ctx, "empty", 1, edit(1), sealOf(1, "")); err != nil {
		t.Fatal(err)
	}
	k.hasSeal(t, "empty", sealOf(1, ""))
	k.reopen(t)
	k.hasSeal(t, "p", seal)
	if infos, err := k.List(ctx); err != nil || len(infos) != 2 || infos[0].Sealed != 2 || infos[1].Sealed != 4 {
		t.Errorf("listed as %+v, %v", infos, err)
	}
}

func sealedOnce(t *testing.T, k *book) {
	k.grow(t, "p", 2)
	first, second := sealOf(2, "first"), sealOf(2, "second")
	if _, err := k.Seal(ctx, "p", 2, edit(2), first); err != nil {
		t.Fatal(err)
	}
	for _, base := range []store.Rev{2, 3} {
		_, err := k.Seal(ctx, "p", base, edit(9), second)
		wants(t, err, problem.Conflict, "store.sealed")
		_, err = k.Seal(ctx, "p", base, edit(1), second) // an operation the plan has, of an ordinary edit
		wants(t, err, problem.Conflict, "store.sealed")
		if rev, err := k.Seal(ctx, "p", base, edit(2), second); rev != 3 || err != nil {
			t.Errorf("the retry with base %d gives %d, %v", base, rev, err)
		}
		if rev, err := k.Append(ctx, "p", base, edit(2)); rev != 3 || err != nil {
			t.Errorf("the operation appended again with base %d gives %d, %v", base, rev, err)
		}
	}
	k.hasSeal(t, "p", first)
	if loaded, _ := newest(t, k, "p"); loaded.Rev != 3 {
		t.Errorf("the plan is at revision %d", loaded.Rev)
	}
}

func sealRefused(t *testing.T, k *book) {
	k.grow(t, "p", 3)
	seal := sealOf(3, "sealed")
	other := seal
	other.Hash = sealOf(3, "other").Hash
	loud := seal
	loud.Hash = strings.ToUpper(seal.Hash)
	noOp := edit(3)
	noOp.OpID = ""
	for name, tc := range map[string]struct {
		base   store.Rev
		change store.Change
		seal   store.Seal
		kind   problem.Kind
		key    string
	}{
		"a stale base":               {2, edit(3), seal, problem.Conflict, "store.stale"},
		"a base to come":             {4, edit(3), seal, problem.Conflict, "store.stale"},
		"an operation of an edit":    {3, edit(1), seal, problem.Conflict, "store.op_taken"},
		"no operation":               {3, noOp, seal, problem.Invalid, "store.no_op_id"},
		"another hash":               {3, edit(3), other, problem.Invalid, "store.seal_hash"},
		"a hash in capitals":         {3, edit(3), loud, problem.Invalid, "store.seal_hash"},
		"a revision that is not yet": {3, edit(3), sealOf(5, "sealed"), problem.Invalid, "store.no_revision"},
		"no revision":                {3, edit(3), sealOf(0, "sealed"), problem.Invalid, "store.no_revision"},
	} {
		_, err := k.Seal(ctx, "p", tc.base, tc.change, tc.seal)
		if got := problem.Of(err); len(got) != 1 || got[0].Kind != tc.kind || got[0].Key != tc.key {
			t.Errorf("%s: got %v, want %v %s", name, err, tc.kind, tc.key)
		}
	}
	if _, found, err := k.Sealed(ctx, "p"); found || err != nil {
		t.Errorf("the plan is sealed: %v", err)
	}
	if loaded, _ := newest(t, k, "p"); loaded.Rev != 3 || loaded.Sealed != 0 {
		t.Errorf("got %+v", loaded.Info)
	}
}

func concurrentSeals(t *testing.T, k *book) {
	k.grow(t, "p", 2)
	const writers = 6
	errs := make([]error, writers)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			change := edit(2)
			change.OpID = fmt.Sprintf("seal %d", w)
			_, errs[w] = k.Seal(ctx, "p", 2, change, sealOf(2, change.OpID))
		})
	}
	all.Wait()
	won := slices.Index(errs, nil)
	for w, err := range errs {
		if w != won {
			wants(t, err, problem.Conflict, "store.sealed")
		}
	}
	if won < 0 {
		t.Fatal(errors.Join(errs...))
	}
	k.hasSeal(t, "p", sealOf(2, fmt.Sprintf("seal %d", won)))
}

// sealKept does to a sealed plan what the interface offers, and looks through
// the interface for anything else that could take a seal.
func sealKept(t *testing.T, k *book) {
	k.grow(t, "p", 2)
	seal := sealOf(2, "sealed")
	given := seal
	given.Bytes = slices.Clone(seal.Bytes)
	if _, err := k.Seal(ctx, "p", 2, edit(2), given); err != nil {
		t.Fatal(err)
	}
	given.Bytes[0]++
	got, _, err := k.Sealed(ctx, "p")
	if err != nil {
		t.Fatal(err)
	}
	got.Bytes[0]++
	for n := store.Rev(3); n < 8; n++ {
		if _, err := k.Append(ctx, "p", n, edit(int(n))); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(k.Snapshot(ctx, "p", 3, document.Object{"n": 2.0}), k.RemoveRecord(ctx, "seal", "p")); err != nil {
		t.Fatal(err)
	}
	wants(t, k.Create(ctx, "p", document0(), creation()), problem.Conflict, "store.plan_exists")
	k.hasSeal(t, "p", seal)
	k.reopen(t)
	k.hasSeal(t, "p", seal)
	if loaded, n := newest(t, k, "p"); loaded.Sealed != 3 || loaded.Rev != 8 || n != 7 {
		t.Errorf("got %+v with %v", loaded.Info, n)
	}

	var about []string
	for method := range reflect.TypeFor[store.Store]().Methods() {
		for in := range method.Type.Ins() {
			if in == reflect.TypeFor[store.Seal]() {
				about = append(about, method.Name)
			}
		}
	}
	if !slices.Equal(about, []string{"Seal"}) {
		t.Errorf("methods that take a seal: %q", about)
	}
}
