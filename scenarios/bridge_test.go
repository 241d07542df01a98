package scenarios_test

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/budget/capacity"
	"centerplan/scenarios"
)

func bridge(t rapid.TB, b *scenarios.Book, from, to scenarios.Code, line string) scenarios.Bridge {
	t.Helper()
	found, err := scenarios.NewBridge(context.Background(), evaluate(t, b, from), evaluate(t, b, to), line, capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// parts writes a bridge's parts as kind code=value.
func parts(b scenarios.Bridge) map[string]float64 {
	all := map[string]float64{}
	for _, part := range b.Parts {
		all[strings.TrimSpace(part.Kind+" "+part.Code)] = part.Value
	}
	return all
}

func TestABridgeGivesEachDriverItsPart(t *testing.T) {
	cases := map[string]struct {
		text     string
		from, to scenarios.Code
		line     string
		want     map[string]float64
	}{
		"one driver has all of it": {`scenarios:
  - {code: s, changes: [{line: price, set: 3}]}`, "base", "s", "cost", map[string]float64{"line price": 630}},
		"two that multiply share what they do together": {
			`scenarios:
  - {code: s, changes: [{line: price, set: 4}, {line: calls, scale: 2}]}`, "base", "s", "cost",
			// 630 contacts at 2 are 1260; 1260 at 4 are 5040. Alone each adds 1260.
			map[string]float64{"line price": 1890, "line calls": 1890},
		},
		"what reaches nothing of the line is no driver": {`scenarios:
  - {code: s, changes: [{line: price, set: 3}, {line: stock, set: 9}]}`, "base", "s", "cost", map[string]float64{"line price": 630}},
		"a driver without effect gets nothing": {
			`scenarios:
  - {code: s, changes: [{line: price, set: 2}, {line: calls, scale: 2}]}`, "base", "s", "cost",
			map[string]float64{"line price": 0, "line calls": 1260},
		},
		"what both do is no driver": {`scenarios:
  - {code: p, changes: [{line: price, scale: 2}]}
  - {code: s, parent: p, changes: [{line: calls, member: {queue: chat}, set: 0}]}`, "p", "s", "cost", map[string]float64{"line calls": -120}},
		"edits of cells go with the line": {`scenarios:
  - {code: p, cells: {price: {2027-01: 3}}}
  - {code: s, cells: {price: {2027-01: 3, 2027-02: 4}}}`, "p", "s", "cost", map[string]float64{"line price": 420}},
		"a change of the line itself": {
			`scenarios:
  - {code: s, changes: [{line: cost, from: 2027-02, add: 1}, {line: price, set: 3}]}`, "base", "s", "cost",
			map[string]float64{"line price": 630, "line cost": 2},
		},
		"a formula is a driver": {
			`scenarios:
  - {code: s, changes: [{line: cost, formula: "sum(calls) * price * 2"}, {line: price, set: 4}]}`, "base", "s", "cost",
			map[string]float64{"line price": 1890, "line cost": 1890},
		},
		"a lever is one driver, whatever it changes": {
			`scenarios:
  - {code: s, levers: [both], changes: [{line: price, add: 1}]}
levers:
  - {code: both, changes: [{line: price, set: 4}, {line: calls, scale: 2}]}`, "base", "s", "cost",
			// Together 6300: the lever alone adds 3780, the price alone 630, on top of the lever 1260.
			map[string]float64{"lever both": 4095, "line price": 945},
		},
		"a lever that both pull is none": {`scenarios:
  - {code: p, levers: [both]}
  - {code: s, parent: p, changes: [{line: price, set: 3}]}
levers:
  - {code: both, changes: [{line: calls, scale: 2}]}`, "p", "s", "cost", map[string]float64{"line price": 1260}},
		"the same scenario differs in nothing": {`scenarios:
  - {code: s, changes: [{line: price, set: 3}]}`, "s", "s", "cost", map[string]float64{}},
	}
	for name, c := range cases {
		found := bridge(t, book(t, c.text+"\n"), c.from, c.to, c.line)
		if diff := cmp.Diff(c.want, parts(found)); diff != "" || found.Error != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, found.Error, diff)
		}
		back := bridge(t, book(t, c.text+"\n"), c.to, c.from, c.line)
		for key, value := range parts(back) {
			if value != -c.want[key] {
				t.Errorf("%s: on the way back %s is %v, want %v", name, key, value, -c.want[key])
			}
		}
	}
}

func TestABridgeTellsFavourableByTheLinesSense(t *testing.T) {
	found := bridge(t, book(t, `scenarios:
  - {code: s, changes: [{line: price, set: 3}, {line: calls, scale: 0.5}]}
`), "base", "s", "cost")
	var got []string
	for _, part := range found.Parts {
		got = append(got, part.Code+" "+string(part.Verdict))
	}
	if want := []string{"calls favourable", "price unfavourable"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestABridgeThatFailsNamesTheCell(t *testing.T) {
	cases := map[string]struct {
		text  string
		cause string
	}{
		"in a scenario": {`scenarios:
  - {code: s, changes: [{line: cost, formula: "sum(calls) * price * (price / (price - 2))"}]}`, "cost"},
		"in a mixture only": {`scenarios:
  - {code: s, changes: [{line: cost, formula: "sum(calls) * price * (price / (price - 2))"}, {line: price, set: 3}]}`, "cost"},
	}
	for name, c := range cases {
		found := bridge(t, book(t, c.text+"\n"), "base", "s", "cost")
		if found.Error == nil || found.Error.Cause != c.cause || found.Error.CauseMonth != "2027-01" || len(found.Parts) != 0 {
			t.Errorf("%s: got %+v with %d parts", name, found.Error, len(found.Parts))
		}
	}
}

const many = `centerplan: 1
plan: {id: t}
calendar: {start: 2027-01, months: 2}
dimensions:
  queue: {members: [voice, chat]}
lines:
  - {code: a, by: [queue], values: {voice: 3, chat: 5}}
  - {code: b, values: 7}
  - {code: c, values: 11}
  - {code: d, by: [queue], values: {voice: 2, chat: 9}}
  - {code: e, values: 4}
  - {code: f, values: 6}
  - {code: g, values: 8}
  - {code: h, values: 10}
  - {code: i, values: 12}
  - {code: j, values: 14}
  - {code: k, values: 16}
  - {code: idle, values: 1}
  - {code: target, sense: bad, formula: FORMULA}
`

// drawRivals draws two scenarios of a plan with eleven drivers.
func drawRivals(t *rapid.T, formula string) string {
	number := rapid.SampledFrom([]string{"0", "1", "2", "-3", "0.1", "1.7", "1e6", "0.333"})
	text := strings.Replace(many, "FORMULA", formula, 1) + "levers:\n"
	change := func(line string) string {
		op := rapid.SampledFrom([]string{"set", "scale", "add"}).Draw(t, "op")
		reach := rapid.SampledFrom([]string{"", ", from: 2027-02", ", to: 2027-01"}).Draw(t, "reach")
		return "{line: " + line + reach + ", " + op + ": " + number.Draw(t, "value") + "}"
	}
	lines := rapid.SliceOfNDistinct(rapid.SampledFrom(strings.Fields("a b c d e f g h i j k idle")), 1, 12, rapid.ID[string])
	changes := func(name string) string {
		var all []string
		for _, line := range lines.Draw(t, name) {
			all = append(all, change(line))
		}
		return "[" + strings.Join(all, ", ") + "]"
	}
	text += "  - {code: x, changes: " + changes("lever x") + "}\n  - {code: y, changes: " + changes("lever y") + "}\n"
	levers := func(name string) string {
		return "[" + strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"x", "y"}), 0, 2, rapid.ID[string]).Draw(t, name), ", ") + "]"
	}
	text += "scenarios:\n  - {code: p, changes: " + changes("of the parent") + "}\n"
	scenario := func(code string) string {
		return "  - {code: " + code + ", parent: " + rapid.SampledFrom([]string{"base", "p"}).Draw(t, "parent") +
			", levers: " + levers("levers") + ", changes: " + changes("of "+code) + "}\n"
	}
	return text + scenario("one") + scenario("two")
}

// TestTheLawsOfABridge holds what makes a bridge one: its parts add up to the
// last bit, in their order; the way back is the same with the other sign; a
// driver without effect gets nothing.
func TestTheLawsOfABridge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		formula := rapid.SampledFrom([]string{
			`"sum(a * d) * b + c * e * f - g * h + i * j * k + 0 * idle"`,
			`"sum(a) + b + c + sum(d) + e + f + g + h + i + j + k"`,
			`"(sum(a) > 10 ? b * c : e * f) + max(g, h) + min(i, j) * k + sum(d)"`,
		}).Draw(t, "formula")
		b := bookOf(t, drawRivals(t, formula))
		found := bridge(t, b, "one", "two", "target")
		if found.Error != nil {
			t.Fatal(found.Error)
		}
		sum, size := 0.0, 0.0
		for _, part := range found.Parts {
			sum += part.Value
			size += math.Abs(part.Value)
			if slices.Equal(part.Lines, []string{"idle"}) && part.Value != 0 {
				t.Fatalf("a driver without effect gets %v", part.Value)
			}
		}
		if sum != *found.Difference {
			t.Fatalf("the parts add up to %v, the difference is %v", sum, *found.Difference)
		}
		// Only parts larger than the totals have no room for the last bits.
		want := *found.End - *found.Start
		room := 8*size <= min(math.Abs(*found.Start), math.Abs(*found.End))
		if room && *found.Difference != want || math.Abs(*found.Difference-want) > 1e-15*size {
			t.Fatalf("the difference is %v, the totals' %v", *found.Difference, want)
		}
		if len(found.Parts) > 8 {
			t.Fatalf("%d parts", len(found.Parts))
		}
		back := parts(bridge(t, b, "two", "one", "target"))
		for key, value := range parts(found) {
			if back[key] != -value {
				t.Fatalf("%s is %v there and %v back", key, value, back[key])
			}
		}
	})
}

// TestAnAdditiveModelHasNoSharedEffects holds that where drivers do not meet,
// each part is what the driver does alone.
func TestAnAdditiveModelHasNoSharedEffects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(-1000, 1000), 7, 7).Draw(t, "values")
		lines := strings.Fields("b c e f g h i")
		old := []int{7, 11, 4, 6, 8, 10, 12}
		var changes []string
		want := map[string]float64{}
		for n, line := range lines {
			changes = append(changes, "{line: "+line+", set: "+strconv.Itoa(values[n])+"}")
			want["line "+line] = float64(values[n] - old[n]) // the total is the mean of two months
		}
		order := rapid.Permutation(changes).Draw(t, "order")
		b := bookOf(t, strings.Replace(many, "FORMULA", `"b + c + e + f + g + h + i"`, 1)+
			"scenarios:\n  - {code: s, changes: ["+strings.Join(order, ", ")+"]}\n")
		found := bridge(t, b, "base", "s", "target")
		got := parts(found)
		for key, value := range want {
			if math.Abs(got[key]-value) > 1e-9 {
				t.Fatalf("%s is %v, want %v", key, got[key], value)
			}
		}
	})
}

func TestTheSmallestDriversAreMerged(t *testing.T) {
	b := bookOf(t, strings.Replace(many, "FORMULA", `"sum(a) + b + c + sum(d) + e + f + g + h + i + j + k"`, 1)+`scenarios:
  - code: s
    changes: [{line: b, add: 100}, {line: c, add: 90}, {line: e, add: 80}, {line: f, add: 1}, {line: g, add: 70}, {line: h, add: 60}, {line: i, add: 2}, {line: j, add: 50}, {line: k, add: -40}]
`)
	found := bridge(t, b, "base", "s", "target")
	var got []string
	for _, part := range found.Parts {
		got = append(got, part.Kind+" "+part.Code)
	}
	want := []string{"line b", "line c", "line e", "line g", "line h", "line j", "line k", "other "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	last := found.Parts[len(found.Parts)-1]
	if diff := cmp.Diff([]scenarios.Driver{{Kind: "line", Code: "f"}, {Kind: "line", Code: "i"}}, last.Merged); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
}
