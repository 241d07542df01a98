package patch_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

func TestDifferencesNameEachPlace(t *testing.T) {
	before := document.Object{"a": 1.0, "b": document.Object{"c": 2.0, "d": "x"}, "e": []document.Node{1.0}, "z": nil}
	after := document.Object{"a": 1.0, "b": document.Object{"c": 3.0, "f~/": true}, "e": []document.Node{1.0, 2.0}, "z": document.Object{}}
	got := patch.Differences(before, after)
	want := []patch.Difference{
		{Pointer: "/b/c", Before: 2.0, After: 3.0, InBefore: true, InAfter: true},
		{Pointer: "/b/d", Before: "x", InBefore: true},
		{Pointer: "/b/f~0~1", After: true, InAfter: true},
		{Pointer: "/e", Before: []document.Node{1.0}, After: []document.Node{1.0, 2.0}, InBefore: true, InAfter: true},
		{Pointer: "/z", After: document.Object{}, InBefore: true, InAfter: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRestore(t *testing.T) {
	now := document.Object{"a": 1.0, "new": 5.0, "tree": document.Object{"x": 1.0}, "same": "s"}
	earlier := document.Object{"a": 2.0, "old": 7.0, "tree": document.Object{"x": 2.0}, "same": "s"}
	for pointer, want := range map[string]document.Node{"/a": 2.0, "/old": 7.0, "/tree": document.Object{"x": 2.0}, "/tree/x": 2.0, "/new": nil} {
		ops, err := patch.Restore(now, earlier, pointer)
		if err != nil {
			t.Fatal(pointer, err)
		}
		next, _, err := patch.Apply(now, ops)
		if err != nil {
			t.Fatal(pointer, err)
		}
		parts, _ := document.Parts(pointer)
		got, there := document.Get(next, parts...)
		if there != (want != nil) || !patch.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", pointer, got, want)
		}
	}
	for pointer, key := range map[string]string{"": "patch.bad_path", "a": "patch.bad_path", "/same": "patch.nothing_to_restore", "/nowhere": "patch.nothing_to_restore"} {
		_, err := patch.Restore(now, earlier, pointer)
		if got := problem.Of(err); len(got) != 1 || got[0].Key != key {
			t.Errorf("%q: got %v, want %s", pointer, err, key)
		}
	}
}

// Putting back every place that differs gives the earlier document.
func TestRestoringEveryDifferenceLeadsBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		now, earlier := drawObject(r, "now", 2), drawObject(r, "earlier", 2)
		doc := document.Node(now)
		for _, difference := range patch.Differences(now, earlier) {
			ops, err := patch.Restore(doc, earlier, difference.Pointer)
			if err != nil {
				r.Fatal(err)
			}
			if doc, _, err = patch.Apply(doc, ops); err != nil {
				r.Fatal(err)
			}
		}
		if !patch.Equal(doc, earlier) {
			r.Fatalf("got %v, want %v", doc, earlier)
		}
	})
}

func drawObject(r *rapid.T, label string, depth int) document.Object {
	object := document.Object{}
	for _, name := range []string{"a", "b", "c"} {
		switch rapid.IntRange(0, 3).Draw(r, label+name) {
		case 0:
		case 1:
			if depth > 0 {
				object[name] = drawObject(r, label+name, depth-1)
			}
		default:
			object[name] = float64(rapid.IntRange(0, 2).Draw(r, label+name+"n"))
		}
	}
	return object
}
