package patch_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

func TestTheInverseLeadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := value(3).Draw(t, "doc")
		before := encode(t, doc)
		now, ops := doc, []patch.Op(nil)
		for range rapid.IntRange(0, 8).Draw(t, "count") {
			more := change(t, now)
			next, _, err := patch.Apply(now, more)
			if err != nil {
				continue
			}
			now, ops = next, append(ops, more...)
		}
		next, inverse, err := patch.Apply(doc, ops)
		if err != nil {
			t.Fatalf("together they fail: %v", err)
		}
		if !patch.Equal(next, now) {
			t.Fatalf("%v in one patch gives %v, one by one %v", ops, next, now)
		}
		after := encode(t, next)
		back, again, err := patch.Apply(next, inverse)
		if err != nil {
			t.Fatalf("inverse %v of %v: %v", inverse, ops, err)
		}
		if !patch.Equal(back, doc) || encode(t, back) != before {
			t.Fatalf("inverse %v of %v gives %v", inverse, ops, back)
		}
		forth, _, err := patch.Apply(back, again)
		if err != nil || !patch.Equal(forth, next) {
			t.Fatalf("the inverse's inverse %v gives %v, %v", again, forth, err)
		}
		if encode(t, doc) != before || encode(t, next) != after {
			t.Fatal("a document that was given changed")
		}
	})
}

func TestRanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranks := patch.Ranks(rapid.IntRange(0, 5000).Draw(t, "n"))
		if !slices.IsSorted(ranks) || len(slices.Compact(slices.Clone(ranks))) != len(ranks) {
			t.Fatalf("not strictly ascending: %v", ranks)
		}
		ranks = ranks[:min(len(ranks), 20)]
		for range rapid.IntRange(0, 60).Draw(t, "insertions") {
			at := rapid.IntRange(0, len(ranks)).Draw(t, "at")
			before, after := "", ""
			if at > 0 {
				before = ranks[at-1]
			}
			if at < len(ranks) {
				after = ranks[at]
			}
			rank := patch.RankBetween(before, after)
			if rank <= before || after != "" && rank >= after {
				t.Fatalf("between %q and %q: %q", before, after, rank)
			}
			ranks = slices.Insert(ranks, at, rank)
		}
	})
}

func TestRanksStayShort(t *testing.T) {
	for name, next := range map[string]func(rank string) string{
		"at the end":   func(rank string) string { return patch.RankBetween(rank, "") },
		"at the start": func(rank string) string { return patch.RankBetween("", rank) },
	} {
		rank := ""
		for range 600 {
			rank = next(rank)
		}
		if len(rank) > 12 {
			t.Errorf("600 additions %s give %q", name, rank)
		}
	}
	for _, rank := range patch.Ranks(61) {
		if len(rank) != 1 {
			t.Errorf("61 ranks fit one character, got %q", rank)
		}
	}
}

func TestARankWithoutRoomSortsAfterTheFirst(t *testing.T) {
	for _, pair := range [][2]string{{"V", "V"}, {"W", "V"}, {"a", "a0"}, {"甲", "乙"}, {"~", ""}, {"", "0"}} {
		if rank := patch.RankBetween(pair[0], pair[1]); rank <= pair[0] {
			t.Errorf("between %q and %q: %q", pair[0], pair[1], rank)
		}
	}
}

// FuzzApply: any text is a patch that applies and can be taken back, or an
// error of kind Invalid or Conflict.
func FuzzApply(f *testing.F) {
	f.Add(`[{"op":"add","path":"/days/-","value":"x"},{"op":"remove","path":"/plan/id"}]`)
	f.Add(`[{"op":"test","path":"","value":{}},{"op":"replace","path":"/odd~1name~0/k","value":[1]}]`)
	f.Add(`[{"op":"test","path":"/nested/0","value":{"k":1}},{"op":"remove","path":"/nested/0"},{"op":"add","path":"/nested/0/z","value":{"a":[]}}]`)
	f.Fuzz(func(t *testing.T, text string) {
		var ops []patch.Op
		if json.Unmarshal([]byte(text), &ops) != nil {
			return
		}
		doc := decode(t, sample)
		next, inverse, err := patch.Apply(doc, ops)
		if err != nil {
			for _, p := range problem.Of(err) {
				if p.Kind != problem.Invalid && p.Kind != problem.Conflict {
					t.Fatalf("kind %v: %v", p.Kind, p)
				}
			}
			return
		}
		back, _, err := patch.Apply(next, inverse)
		if err != nil || !patch.Equal(back, decode(t, sample)) {
			t.Fatalf("inverse %v gives %v, %v", inverse, back, err)
		}
	})
}

func BenchmarkOneCell(b *testing.B) {
	lines := document.Object{}
	for i := range 500 {
		values := document.Object{}
		for month := range 60 {
			values["m"+strconv.Itoa(month)] = float64(month)
		}
		lines["line"+strconv.Itoa(i)] = document.Object{"values": values}
	}
	doc := document.Object{"budget": document.Object{"lines": lines}}
	ops := []patch.Op{
		{Op: patch.Test, Path: "/budget/lines/line7/values/m7", Value: 7.0},
		{Op: patch.Replace, Path: "/budget/lines/line7/values/m7", Value: 8.0},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := patch.Apply(doc, ops); err != nil {
			b.Fatal(err)
		}
	}
}

func value(depth int) *rapid.Generator[document.Node] {
	plain := rapid.OneOf(
		rapid.Just[document.Node](nil),
		rapid.Map(rapid.Bool(), func(b bool) document.Node { return b }),
		rapid.Map(rapid.IntRange(0, 3), func(i int) document.Node { return float64(i) }),
		rapid.Map(rapid.SampledFrom([]string{"", "a", "中"}), func(s string) document.Node { return s }),
	)
	if depth == 0 {
		return plain
	}
	child := rapid.Deferred(func() *rapid.Generator[document.Node] { return value(depth - 1) })
	return rapid.OneOf(
		plain,
		rapid.Map(rapid.SliceOfN(child, 0, 4), func(list []document.Node) document.Node { return list }),
		rapid.Map(rapid.MapOfN(name(), child, 0, 4), func(object document.Object) document.Node { return object }),
	)
}

func name() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"a", "b", "", "~", "/", "0", "-"})
}

// change draws one operation somewhere in the document, with the test that it
// needs.
func change(t *rapid.T, doc document.Node) []patch.Op {
	path, node := "", doc
	for rapid.IntRange(0, 4).Draw(t, "deeper") > 0 {
		var part string
		switch at := node.(type) {
		case document.Object:
			part = name().Draw(t, "member")
			node = at[part]
		case []document.Node:
			index := rapid.IntRange(0, len(at)).Draw(t, "index")
			part = strconv.Itoa(index)
			if index < len(at) {
				node = at[index]
			}
		default:
			continue
		}
		path = document.Pointer(path, part)
	}
	verb := rapid.SampledFrom([]patch.Verb{patch.Add, patch.Replace, patch.Remove}).Draw(t, "verb")
	op := patch.Op{Op: verb, Path: path}
	if verb != patch.Remove {
		op.Value = value(2).Draw(t, "value")
	}
	if verb == patch.Add || rapid.IntRange(0, 9).Draw(t, "untested") == 0 {
		return []patch.Op{op}
	}
	return []patch.Op{{Op: patch.Test, Path: path, Value: node}, op}
}

func encode(t *rapid.T, node document.Node) string {
	text, err := json.Marshal(node)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
