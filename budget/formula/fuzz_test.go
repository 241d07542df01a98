package formula_test

import (
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// seed adds the formulas of the golden file to a fuzz target.
func seed(f *testing.F, add func(text string)) {
	golden, err := os.ReadFile("testdata/problems.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(golden)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '^' && line[0] != '#' {
			add(line)
		}
	}
	add("((((" + strings.Repeat("-", 60) + "1")
	add(strings.Repeat("(", 4000))
	add(strings.Repeat("not ", 1000) + "true")
	add(strings.Repeat("a ? b : ", 500) + "c")
	add(strings.Repeat("1 < (", 50) + "1" + strings.Repeat(") < 2", 50))
	add("\xff\x00“")
}

// FuzzParse holds that any text is a program or Invalid problems that point
// into it.
func FuzzParse(f *testing.F) {
	seed(f, func(text string) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text string) {
		scope, in := formula.ExampleScope()
		scope.Lines = append(scope.Lines, formula.Line{Code: "here", Formula: text, Pointer: "/here"})
		program, problems := formula.Compile(scope)
		runes := utf8.RuneCountInString(text)
		for _, p := range problems {
			if p.Kind != problem.Invalid || p.Pointer != "/here" || p.Key == "formula.internal" {
				t.Errorf("%q has %v", text, p)
			}
			if p.Span.Start < 0 || p.Span.End > runes || p.Span.Start > p.Span.End {
				t.Errorf("%q has the span %v", text, p.Span)
			}
		}
		series, _ := program.Evaluate(in, nil).Series("here")
		for i, v := range series.Values {
			fault, failed := series.Faults[i]
			if failed != math.IsNaN(v) || math.IsInf(v, 0) || fault.Key == "formula.internal" {
				t.Fatalf("%q is %v in month %d, %v", text, v, i+1, fault)
			}
			if len(problems) > 0 && fault.Key == "" {
				t.Fatalf("%q has problems and a value", text)
			}
		}
	})
}

// FuzzCompile holds that lines which refer to each other at will are compiled,
// evaluated, rolled up and traced without panic, and all to the same bits.
func FuzzCompile(f *testing.F) {
	f.Add("a = prev(b) + 1\nb = a * 2\nc[queue] = volume / a", 3)
	f.Add("a = next(b)\nb = prev(a)\nc = sum(c)", 0)
	f.Add("a[queue] = let x = volume; x[\"voice\"] + prev(a)\nb = year_total(sum(a * a))", 1)
	f.Add("a = a\nb[queue] = a + prev(b[\"chat\"]) + required_fte(volume, aht, \"flat\")", 7)
	f.Fuzz(func(t *testing.T, text string, pick int) {
		scope, in := formula.ExampleScope()
		scope.Calendar.Months = 4
		for line := range strings.SplitSeq(text, "\n") {
			name, body, _ := strings.Cut(line, "=")
			name, by, _ := strings.Cut(strings.TrimSpace(name), "[")
			l := formula.Line{Code: name, Formula: strings.TrimSpace(body), Pointer: "/" + name}
			l.Rollup.Kind = formula.RollupKind((pick + len(scope.Lines)) & 7)
			l.Rollup.By = "volume"
			if by != "" {
				l.By = strings.Split(strings.TrimSuffix(by, "]"), "+")
			}
			if len(scope.Lines) < 12 {
				scope.Lines = append(scope.Lines, l)
			}
		}
		program, _ := formula.Compile(scope)
		first, second := program.Evaluate(in, nil), program.Evaluate(in, nil)
		for _, line := range scope.Lines {
			a, _ := first.Series(line.Code)
			b, _ := second.Series(line.Code)
			for i := range a.Values {
				if math.Float64bits(a.Values[i]) != math.Float64bits(b.Values[i]) {
					t.Fatalf("%s differs from itself", line.Code)
				}
			}
			if _, fault := first.Roll(line.Code, -1, 0, 3); fault != nil && fault.Key == "formula.internal" {
				t.Fatalf("%s rolls up to %v", line.Code, fault)
			}
			program.Trace(first, line.Code, 0, 2)
		}
	})
}
