package seal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"

	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/scenarios"
)

// engine is the one that seals in the tests.
const engine = "Centerplan test"

// unplaced leaves out of a comparison where in the document a line is.
var unplaced = cmpopts.IgnoreFields(seal.Difference{}, "Pointer")

// text is a plan with what a seal must hold: dimensions, totals, a cell that
// fails, Chinese codes, a scenario of a scenario.
const text = `centerplan: 1
plan: {id: north-2027, name: {en: North center, zh: 北区中心}, currency: CNY}
calendar: {start: 2027-01, months: 3}
dimensions:
  queue: {members: [voice, chat]}
lines:
  - {code: calls, unit: contact, by: [queue], values: {voice: [100, 200, 300], chat: 10}}
  - {code: price, unit: CNY/contact, values: 2.1}
  - {code: cost, unit: CNY, by: [queue], formula: "calls * price"}
  - {code: 薪酬, name: {zh: 薪酬}, unit: CNY, values: [1000, 1000, 1000]}
  - {code: training, unit: CNY, values: [90, 0, 0]}
  - {code: total, unit: CNY, formula: "sum(cost) + 薪酬 + training"}
  - {code: growth, unit: ratio, formula: "total / prev(total) - 1"}
scenarios:
  - {code: base}
  - {code: mid, changes: [{line: calls, scale: 1.1}]}
  - {code: high, parent: mid, changes: [{line: price, add: 0.5}]}
  - {code: forecast, changes: [{line: calls, scale: 0.9}]}
`

func decode(t rapid.TB, text string) document.Node {
	t.Helper()
	source, err := planfile.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return source.Document
}

// sealedOf seals the plan of a document with scenarios, in another's name if
// one is given.
func sealedOf(t rapid.TB, doc document.Node, by string, codes ...scenarios.Code) seal.Sealed {
	t.Helper()
	sealed, err := seal.Make(doc, 7, outcomes(t, doc, codes...), by)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func outcomes(t rapid.TB, doc document.Node, codes ...scenarios.Code) []*scenarios.Outcome {
	t.Helper()
	plan, err := planning.Read(doc)
	if err != nil {
		t.Fatal(err)
	}
	all, err := seal.Scenarios(plan, codes)
	if err != nil {
		t.Fatal(err)
	}
	var outcomes []*scenarios.Outcome
	for _, code := range all {
		outcome, err := plan.Book().Evaluate(code, capacity.NewSizer())
		if err != nil {
			t.Fatal(err)
		}
		outcomes = append(outcomes, outcome)
	}
	return outcomes
}

// edited returns the bytes with something in them changed, in canonical form.
func edited(t rapid.TB, text []byte, edit func(document.Object)) []byte {
	t.Helper()
	var root document.Object
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	edit(root)
	changed, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	if changed, err = jcs.Transform(changed); err != nil {
		t.Fatal(err)
	}
	return changed
}

func at(t rapid.TB, node document.Node, parts ...string) document.Object {
	t.Helper()
	found, _ := document.Get(node, parts...)
	object, ok := found.(document.Object)
	if !ok {
		t.Fatalf("there is nothing at %v", parts)
	}
	return object
}

func TestASealHoldsThePlanItsResultsAndTheEngine(t *testing.T) {
	doc := decode(t, text)
	made := sealedOf(t, doc, engine, "high")
	opened, err := seal.Open(made.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(doc, opened.Document); diff != "" {
		t.Errorf("the document differs:\n%s", diff)
	}
	if want := []scenarios.Code{"base", "mid", "high"}; !slices.Equal(opened.Scenarios, want) {
		t.Errorf("got the scenarios %v, want %v: a scenario is sealed with those it descends from", opened.Scenarios, want)
	}
	if opened.Rev != 7 || opened.Engine != engine || opened.Plan.ID != "north-2027" {
		t.Errorf("got revision %d of %s by %s", opened.Rev, opened.Plan.ID, opened.Engine)
	}
	sum := sha256.Sum256(made.Bytes)
	if got, want := opened.Hash, hex.EncodeToString(sum[:]); got != want || made.Hash != want {
		t.Errorf("got the hashes %s and %s, want %s", made.Hash, got, want)
	}
	if got, want := *opened.Results[0].Lines["total"].Total, 630*2.1+3000+90; math.Abs(got-want) > 1e-9 {
		t.Errorf("got the total %v, want %v", got, want)
	}
	v := seal.Verify(made.Bytes, made.Hash, engine, capacity.NewSizer())
	if !v.Good() || v.First != nil || v.SealedBy != engine {
		t.Errorf("got %+v, want both verdicts good", v)
	}
}

// numbers are the samples of RFC 8785, appendix B, by their bits.
var numbers = map[uint64]string{
	0x0000000000000000: "0", 0x8000000000000000: "0", 0x0000000000000001: "5e-324", 0x8000000000000001: "-5e-324",
	0x7fefffffffffffff: "1.7976931348623157e+308", 0xffefffffffffffff: "-1.7976931348623157e+308",
	0x4340000000000000: "9007199254740992", 0xc340000000000000: "-9007199254740992",
	0x4430000000000000: "295147905179352830000", 0x44b52d02c7e14af5: "9.999999999999997e+22",
	0x44b52d02c7e14af6: "1e+23", 0x44b52d02c7e14af7: "1.0000000000000001e+23",
	0x444b1ae4d6e2ef4e: "999999999999999700000", 0x444b1ae4d6e2ef4f: "999999999999999900000",
	0x444b1ae4d6e2ef50: "1e+21", 0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7", 0x3eb0c6f7a0b5ed8d: "0.000001",
	0x41b3de4355555553: "333333333.3333332", 0x41b3de4355555554: "333333333.33333325",
	0x41b3de4355555555: "333333333.3333333", 0x41b3de4355555556: "333333333.3333334",
	0x41b3de4355555557: "333333333.33333343", 0xbecbf647612f3696: "-0.0000033333333333333333",
	0x43143ff3c1cb0959: "1424953923781206.2",
}

func TestNumbersAreWrittenAsTheStandardHasThem(t *testing.T) {
	for bits, want := range numbers {
		doc := decode(t, text)
		at(t, doc, "budget", "lines", "training", "values")["2027-02"] = math.Float64frombits(bits)
		sealed := sealedOf(t, doc, engine)
		if member := `"2027-02":` + want + `,"2027-03":0}`; !bytes.Contains(sealed.Bytes, []byte(member)) {
			t.Errorf("%x: the bytes do not hold %s", bits, member)
		}
		if v := seal.Verify(sealed.Bytes, sealed.Hash, engine, capacity.NewSizer()); !v.Good() {
			t.Errorf("%x: got %+v", bits, v)
		}
	}
}

func TestKeysAreSortedAsTheStandardHasThem(t *testing.T) {
	cases := map[string]struct {
		object document.Object
		want   string
	}{
		"the sample of RFC 8785, 3.2.3": {
			document.Object{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew", "1": "One", "\U0001f600": "Emoji", "\u0080": "Control", "\u00f6": "o"},
			`{"\r":"Carriage Return","1":"One","` + "\u0080" + `":"Control","ö":"o","€":"Euro Sign","😀":"Emoji","` + "\ufb33" + `":"Hebrew"}`,
		},
		"Chinese":              {document.Object{"话务量": 1.0, "中心": "<北&区>", "a": true, "𠮷": nil}, `{"a":true,"中心":"<北&区>","话务量":1,"𠮷":null}`},
		"controls and slashes": {document.Object{"x": "\x00\b\t\n\f\r\"\\/\x7f"}, `{"x":"\u0000\b\t\n\f\r\"\\/` + "\x7f" + `"}`},
	}
	for name, c := range cases {
		written, err := seal.Canonical(c.object) // no plan has room for such names
		if err != nil || string(written) != c.want {
			t.Errorf("%s: got %s, want %s (%v)", name, written, c.want, err)
		}
		var read document.Object
		if err := json.Unmarshal(written, &read); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(c.object, read); diff != "" {
			t.Errorf("%s: what is read differs:\n%s", name, diff)
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := decode(t, text)
		at(t, doc, "budget", "lines", "training", "values")["2027-02"] = rapid.Float64Range(-1e100, 1e100).Draw(t, "value")
		at(t, doc, "plan")["note"] = document.Object{"zh": rapid.String().Draw(t, "note")}
		first, second := sealedOf(t, doc, engine), sealedOf(t, doc, engine)
		if !bytes.Equal(first.Bytes, second.Bytes) {
			t.Fatal("two seals of one plan differ")
		}
		again, err := seal.Make(first.Document, first.Rev, outcomes(t, first.Document), first.Engine)
		if err != nil || !bytes.Equal(again.Bytes, first.Bytes) {
			t.Fatalf("the plan that was opened seals to other bytes: %v", err)
		}
		if v := seal.Verify(first.Bytes, first.Hash, engine, capacity.NewSizer()); !v.Good() {
			t.Fatalf("got %+v", v)
		}
	})
}

func TestAnyOtherByteIsFound(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine)
	rapid.Check(t, func(t *rapid.T) {
		changed := bytes.Clone(sealed.Bytes)
		changed[rapid.IntRange(0, len(changed)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		v := seal.Verify(changed, sealed.Hash, engine, capacity.NewSizer())
		if v.BytesSame || v.Good() || v.Hash == sealed.Hash {
			t.Fatalf("got %+v", v)
		}
		if !v.Recalculated && v.First == nil && len(v.Problems) == 0 {
			t.Fatal("the verdict does not say why there is no recalculation")
		}
	})
}

func TestAChangedInputIsFoundByTheHashAndByTheNumbers(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine)
	changed := edited(t, sealed.Bytes, func(root document.Object) {
		at(t, root, "document", "budget", "lines", "training", "values")["2027-02"] = 5.0
	})
	v := seal.Verify(changed, sealed.Hash, engine, capacity.NewSizer())
	if v.BytesSame || v.Recalculated {
		t.Errorf("got %+v, want both verdicts bad", v)
	}
	wanted := seal.Difference{Scenario: "base", Line: "training", Member: []string{}, Month: "2027-02", Sealed: new(0.0), Now: new(5.0)}
	if diff := cmp.Diff(&wanted, v.First, unplaced); diff != "" {
		t.Errorf("the first difference is another:\n%s", diff)
	}
	unread := edited(t, sealed.Bytes, func(root document.Object) {
		at(t, root, "document", "plan", "name")["zh"] = "南区中心"
	})
	v = seal.Verify(unread, sealed.Hash, engine, capacity.NewSizer())
	if v.BytesSame || !v.Recalculated {
		t.Errorf("got %+v, want the bytes other and the numbers the same", v)
	}
}

func TestAlteredResultsAreNamed(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine, "high")
	cells := func(root document.Object, scenario int, line string) document.Object {
		return at(t, root["results"].([]any)[scenario], "lines", line)
	}
	cases := map[string]struct {
		alter func(document.Object)
		want  seal.Difference
	}{
		"a member's month": {
			func(root document.Object) {
				at(t, cells(root, 0, "cost"), "values")["chat"].([]any)[1] = 22.0
			},
			seal.Difference{Scenario: "base", Line: "cost", Member: []string{"chat"}, Month: "2027-02", Sealed: new(22.0), Now: new(21.0)},
		},
		"a little more than the tolerance": {
			func(root document.Object) { cells(root, 0, "薪酬")["values"].([]any)[0] = 1000.000002 },
			seal.Difference{Scenario: "base", Line: "薪酬", Member: []string{}, Month: "2027-01", Sealed: new(1000.000002), Now: new(1000.0)},
		},
		"a total": {
			func(root document.Object) { cells(root, 1, "薪酬")["total"] = 3001.0 },
			seal.Difference{Scenario: "mid", Line: "薪酬", Member: []string{}, Sealed: new(3001.0), Now: new(3000.0)},
		},
		"a number for a cell that fails": {
			func(root document.Object) { cells(root, 2, "growth")["values"].([]any)[0] = 0.0 },
			seal.Difference{Scenario: "high", Line: "growth", Member: []string{}, Month: "2027-01", Sealed: new(0.0)},
		},
		"no number for one that does not": {
			func(root document.Object) { cells(root, 0, "training")["values"].([]any)[0] = nil },
			seal.Difference{Scenario: "base", Line: "training", Member: []string{}, Month: "2027-01", Now: new(90.0)},
		},
		"a month too many": {
			func(root document.Object) {
				column := cells(root, 0, "training")
				column["values"] = append(column["values"].([]any), 1.0)
			},
			seal.Difference{Scenario: "base", Line: "training", Member: []string{}, Month: "2027-01", Sealed: new(90.0), Now: new(90.0)},
		},
		"a member too many": {
			func(root document.Object) {
				at(t, cells(root, 0, "calls"), "values")["mail"] = []any{1.0, 1.0, 1.0}
			},
			seal.Difference{Scenario: "base", Line: "calls", Member: []string{"voice"}, Month: "2027-01", Sealed: new(100.0), Now: new(100.0)},
		},
		"another unit": {
			func(root document.Object) { cells(root, 0, "training")["unit"] = "USD" },
			seal.Difference{Scenario: "base", Line: "training", Member: []string{}, Sealed: new(90.0), Now: new(90.0)},
		},
		"a line too many": {
			func(root document.Object) {
				at(t, root["results"].([]any)[0], "lines")["zzz"] = document.Object{
					"unit": "CNY", "by": []any{}, "values": []any{1.0, 2.0, 3.0}, "total": 6.0, "errors": []any{},
				}
			},
			seal.Difference{Scenario: "base", Line: "zzz", Member: []string{}, Month: "2027-01", Sealed: new(1.0)},
		},
		"a line too few": {
			func(root document.Object) { delete(at(t, root["results"].([]any)[0], "lines"), "training") },
			seal.Difference{Scenario: "base", Line: "training", Member: []string{}, Month: "2027-01", Now: new(90.0)},
		},
	}
	for name, c := range cases {
		changed := edited(t, sealed.Bytes, c.alter)
		v := seal.Verify(changed, seal.Hash(changed), engine, capacity.NewSizer())
		if !v.BytesSame || v.Recalculated {
			t.Errorf("%s: got %+v, want the bytes same and the numbers other", name, v)
		}
		if diff := cmp.Diff(&c.want, v.First, unplaced); diff != "" {
			t.Errorf("%s: the first difference is another:\n%s", name, diff)
		}
	}
}

func TestWithinTheToleranceIsTheSame(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine)
	for line, near := range map[string]float64{"薪酬": 1000.0000005, "training": 1e-13} {
		changed := edited(t, sealed.Bytes, func(root document.Object) {
			values := at(t, root["results"].([]any)[0], "lines", line)["values"].([]any)
			values[len(values)-1] = near
		})
		if v := seal.Verify(changed, "", engine, capacity.NewSizer()); !v.Recalculated {
			t.Errorf("got %+v, want %v to be the same", v, near)
		}
	}
}

func TestAnotherEngineWithTheSameNumbersIsNamed(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), "Centerplan 0.0")
	v := seal.Verify(sealed.Bytes, sealed.Hash, engine, capacity.NewSizer())
	if !v.Good() || v.SealedBy != "Centerplan 0.0" || v.CheckedBy != engine {
		t.Errorf("got %+v, want good verdicts that name both engines", v)
	}
	if other := sealedOf(t, decode(t, text), engine); other.Hash == sealed.Hash {
		t.Error("the engine is not under the hash")
	}
}

func TestASealedPlanShowsNoOtherNumbers(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine, "high")
	outcome, err := sealed.Outcomes(engine, capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []scenarios.Code{"", "base", "mid", "high"} {
		if _, err := outcome(code); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, err := outcome("forecast"); problem.KindOf(err) != problem.NotFound {
		t.Errorf("got %v for a scenario that was not sealed, want NotFound", err)
	}
	changed := edited(t, sealed.Bytes, func(root document.Object) {
		at(t, at(t, root["results"].([]any)[2], "lines", "cost"), "values")["voice"].([]any)[2] = 1.5
	})
	other, err := seal.Open(changed)
	if err != nil {
		t.Fatal(err)
	}
	_, err = other.Outcomes(engine, capacity.NewSizer())
	p, ok := errors.AsType[problem.Problem](err)
	if !ok || p.Kind != problem.Conflict || p.Key != "seal.differs" || p.Pointer != "/budget/lines/cost" {
		t.Fatalf("got %v, want a Conflict seal.differs", err)
	}
	want := problem.Args{
		"scenario": "high", "line": "cost[voice]", "month": "2027-03", "sealed": "1.5",
		"now": p.Args["now"], "sealed_by": engine, "engine": engine,
	}
	if diff := cmp.Diff(want, p.Args); diff != "" || !strings.HasPrefix(p.Args["now"], "858") {
		t.Errorf("the problem names something else, %s:\n%s", p.Args["now"], diff)
	}
}

func TestOpenRefusesWhatIsNoSeal(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine)
	change := func(edit func(document.Object)) []byte { return edited(t, sealed.Bytes, edit) }
	cases := map[string]struct {
		text []byte
		want string
	}{
		"nothing":           {nil, "seal.unreadable"},
		"a plan file":       {[]byte(text), "seal.unreadable"},
		"a list":            {[]byte("[]"), "seal.unreadable"},
		"half of it":        {sealed.Bytes[:len(sealed.Bytes)/2], "seal.unreadable"},
		"something after":   {append(bytes.Clone(sealed.Bytes), "{}"...), "seal.unreadable"},
		"a line feed after": {append(bytes.Clone(sealed.Bytes), '\n'), "seal.not_canonical"},
		"other spaces":      {bytes.Replace(sealed.Bytes, []byte(":"), []byte(": "), 1), "seal.not_canonical"},
		"a key twice":       {bytes.Replace(sealed.Bytes, []byte(`"revision":7`), []byte(`"revision":7,"revision":7`), 1), "seal.not_canonical"},
		"no version":        {change(func(root document.Object) { delete(root, "centerplan_seal") }), "seal.version"},
		"a later version":   {change(func(root document.Object) { root["centerplan_seal"], root["more"] = 2.0, 1.0 }), "seal.version"},
		"an unknown member": {change(func(root document.Object) { root["more"] = 1.0 }), "seal.unreadable"},
		"another plan's id": {change(func(root document.Object) { root["plan"] = "south" }), "seal.incoherent"},
		"without results":   {change(func(root document.Object) { root["results"] = []any{} }), "seal.incoherent"},
		"without base":      {change(func(root document.Object) { root["scenarios"] = []any{"mid"} }), "seal.incoherent"},
		"no such scenario":  {change(func(root document.Object) { root["scenarios"] = []any{"base", "x"} }), "scenarios.unknown"},
		"no document":       {change(func(root document.Object) { root["document"] = nil }), "shape.missing"},
		"a document that is no plan": {change(func(root document.Object) {
			at(t, root, "document", "budget", "lines", "training")["formule"] = "1"
		}), "shape.unknown_field"},
	}
	for name, c := range cases {
		_, err := seal.Open(c.text)
		if got := problem.Of(err); len(got) == 0 || got[0].Key != c.want || got[0].Kind == problem.Internal {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
		if v := seal.Verify(c.text, seal.Hash(c.text), engine, capacity.NewSizer()); !v.BytesSame || v.Recalculated || len(v.Problems) == 0 {
			t.Errorf("%s: got %+v, want the hash good, no recalculation and the reason", name, v)
		}
	}
}

func TestMakeRefusesScenariosWithoutThoseTheyDescendFrom(t *testing.T) {
	doc := decode(t, text)
	all := outcomes(t, doc, "high")
	for name, some := range map[string][]*scenarios.Outcome{
		"without base": all[1:], "without the parent": {all[0], all[2]}, "none": nil, "base twice": {all[0], all[0]},
	} {
		if _, err := seal.Make(doc, 1, some, engine); problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
}

func TestShortNamesAHash(t *testing.T) {
	hash := "3f2a91bc04de" + strings.Repeat("0", 52)
	if got, want := seal.Short(hash), "3f2a-91bc-04de"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := seal.Short("3f2a"); got != "3f2a" {
		t.Errorf("got %s for less than a hash", got)
	}
	for meant, want := range map[string]bool{
		hash: true, strings.ToUpper(hash): true, "3f2a-91bc-04de": true, "3F2A91BC04DE\n": true,
		"": false, "3f2a": false, "3f2a-91bc-04df": false, hash[:40]: false, hash + "0": false,
	} {
		if seal.Matches(hash, meant) != want {
			t.Errorf("%q: got %v, want %v", meant, !want, want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	sealed := sealedOf(f, decode(f, text), engine)
	f.Add(sealed.Bytes)
	f.Add([]byte(`{"centerplan_seal":1}`))
	f.Add([]byte(`{"centerplan_seal":1,"document":{},"engine":"","plan":"","results":[],"revision":0,"scenarios":[]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		opened, err := seal.Open(text)
		for _, p := range problem.Of(err) {
			if p.Kind != problem.Invalid && p.Kind != problem.NotFound {
				t.Fatalf("got %v", err)
			}
		}
		if err == nil && opened.Hash != seal.Hash(text) {
			t.Fatalf("got the hash %s", opened.Hash)
		}
	})
}
