package main_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"centerplan/scenarios"
)

// A vector is one set of reference numbers: what goes in and what must come
// out, computed to 60 digits and more; null is undefined.
type vector map[string]any

// readVectors reads a section of a package's reference numbers.
func readVectors(t *testing.T, file, section string) []vector {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(text, &sections); err != nil {
		t.Fatal(err)
	}
	var all []vector
	if err := json.Unmarshal(sections[section], &all); err != nil || len(all) == 0 {
		t.Fatalf("%s of %s: %d vectors, %v", section, file, len(all), err)
	}
	return all
}

func (v vector) number(key string) float64 {
	x, ok := v[key].(float64)
	if !ok {
		panic(fmt.Sprintf("the vector has no number %s: %v", key, v[key]))
	}
	return x
}

func (v vector) numbers(key string) []float64 {
	var all []float64
	for _, x := range v[key].([]any) {
		all = append(all, x.(float64))
	}
	return all
}

// result returns a number that must come out, NaN where it is undefined.
func (v vector) result(key string) float64 {
	switch x, there := v[key]; {
	case x != nil:
		return x.(float64)
	case there:
		return math.NaN()
	default:
		panic("the vector has no " + key)
	}
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// fill puts the vector's numbers and texts in the place of {names}.
func (v vector) fill(formula string) string {
	return placeholder.ReplaceAllStringFunc(formula, func(name string) string {
		switch x := v[name[1:len(name)-1]].(type) {
		case float64:
			return literal(x)
		case string:
			return x
		default:
			panic(fmt.Sprintf("%s in %s: %v", name, formula, x))
		}
	})
}

// literal writes a number as a formula takes it.
func literal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// A madePlan is the text of a plan made from vectors, and what its lines must
// come to.
type madePlan struct {
	calendar string
	// parts are the parts of the model besides its lines.
	parts   string
	opening map[string]float64
	text    strings.Builder
	wants   map[string]wanted
	codes   []string
}

// wanted are a line's values by month. NaN is a cell that must be an error.
type wanted struct {
	formula  string
	values   []float64
	absolute float64
}

func newMadePlan(calendar string) *madePlan {
	return &madePlan{calendar: calendar, wants: map[string]wanted{}}
}

// line adds a line that helps others.
func (p *madePlan) line(code, properties string) {
	fmt.Fprintf(&p.text, "  - {code: %s, %s}\n", code, properties)
}

// want adds a line that must come to the values.
func (p *madePlan) want(code, formula string, absolute float64, values ...float64) {
	properties := "rollup: last, formula: " + strconv.Quote(formula)
	if opening, ok := p.opening[code]; ok {
		properties += ", opening: " + literal(opening)
	}
	p.line(code, properties)
	p.wants[code] = wanted{formula, values, absolute}
	p.codes = append(p.codes, code)
}

// inputs writes a line's values by month.
func inputs(values []float64) string {
	texts := make([]string, len(values))
	for i, x := range values {
		texts[i] = literal(x)
	}
	return "values: [" + strings.Join(texts, ", ") + "]"
}

// check calculates the plan with the built command and compares every cell.
func (p *madePlan) check(t *testing.T) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "vectors.plan.yaml")
	text := "centerplan: 1\nplan: {id: vectors, currency: CNY}\ncalendar: {" + p.calendar + "}\n" + p.parts + "lines:\n" + p.text.String()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := run(t, "calc", path, "--format", "json", "--lines", strings.Join(p.codes, ","))
	var sheet scenarios.Sheet
	if err := json.Unmarshal([]byte(out), &sheet); err != nil {
		t.Fatalf("exit %d: %s: %v", code, errs, err)
	}
	for _, code := range p.codes {
		p.compare(t, code, sheet.Lines[code])
	}
}

func (p *madePlan) compare(t *testing.T, code string, column scenarios.Column) {
	t.Helper()
	want := p.wants[code]
	cells, _ := column.Values.([]any)
	if len(cells) != len(want.values) {
		t.Errorf("%s: %d months, want %d", code, len(cells), len(want.values))
		return
	}
	for month, cell := range cells {
		got, isNumber := cell.(float64)
		switch w := want.values[month]; {
		case math.IsNaN(w) && isNumber:
			t.Errorf("%s = %s in month %d: got %v, want an error", code, want.formula, month+1, got)
		case math.IsNaN(w):
		case !isNumber:
			t.Errorf("%s = %s in month %d: want %v, got %v", code, want.formula, month+1, w, column.Errors)
		case !(math.Abs(got-w) <= max(want.absolute, 1e-9*math.Abs(w))):
			t.Errorf("%s = %s in month %d: got %v, want %v", code, want.formula, month+1, got, w)
		}
	}
}

// oneMonth is the calendar of a plan in which every vector is a line.
const oneMonth = "start: 2027-01, months: 1, days: typical"

// A rule says that a formula of a vector's numbers gives another of its numbers.
type rule struct {
	formula, want string
	absolute      float64
	// only picks the vectors that the formula's signature can carry.
	only func(v vector) bool
}

// A section is reference numbers with what the language must make of them.
type section struct {
	file, name string
	rules      []rule
}

const (
	exact   = 1e-12 // besides the relative 1e-9
	service = 1e-9  // for shares of contacts answered in time
)

func TestVectorsThroughTheLanguage(t *testing.T) {
	for _, s := range sections {
		t.Run(s.name, func(t *testing.T) {
			plan := newMadePlan(oneMonth)
			plan.parts = sectionParts[s.name]
			used := make([]int, len(s.rules))
			for i, v := range readVectors(t, s.file, s.name) {
				for j, r := range s.rules {
					if r.only != nil && !r.only(v) {
						continue
					}
					used[j]++
					plan.want(fmt.Sprintf("v%d_%d", i, j), v.fill(r.formula), r.absolute, v.result(r.want))
				}
			}
			for j, n := range used {
				if n == 0 {
					t.Errorf("no vector for %s", s.rules[j].formula)
				}
			}
			plan.check(t)
		})
	}
}
