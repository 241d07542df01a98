package formula_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// center reads testdata/center.txt: thirty drivers and two hundred formulas
// that form one recurrence, as a model of a whole center does. Copies repeat
// the lines under other names, for a larger model.
func center(tb testing.TB, copies int) (formula.Scope, formula.Inputs, map[string][]float64) {
	tb.Helper()
	text, err := os.ReadFile("testdata/center.txt")
	if err != nil {
		tb.Fatal(err)
	}
	scope := formula.Scope{Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: 12}}
	in := formula.Inputs{Values: map[string][]float64{}, Opening: map[string][]float64{}}
	want := map[string][]float64{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		switch fields[0] {
		case "driver":
			scope.Lines = append(scope.Lines, formula.Line{Code: fields[1], Pointer: "/" + fields[1]})
			in.Values[fields[1]] = numbers(tb, fields[2:])
		case "want":
			want[fields[1]] = numbers(tb, fields[2:])
		case "line":
			_, body, _ := strings.Cut(strings.TrimSpace(line), " = ")
			scope.Lines = append(scope.Lines, formula.Line{Code: fields[1], Formula: body, Pointer: "/" + fields[1]})
			if fields[2] != "-" {
				in.Opening[fields[1]] = numbers(tb, fields[2:3])
			}
		}
	}
	return multiply(scope, in, copies), in, want
}

// multiply adds copies of the formula lines that read the original ones.
func multiply(scope formula.Scope, in formula.Inputs, copies int) formula.Scope {
	lines := scope.Lines
	for i := 1; i < copies; i++ {
		for _, line := range lines {
			if line.Formula != "" {
				copied := line
				copied.Code = fmt.Sprintf("%s_%d", line.Code, i)
				scope.Lines = append(scope.Lines, copied)
				in.Opening[copied.Code] = in.Opening[line.Code]
			}
		}
	}
	return scope
}

func numbers(tb testing.TB, fields []string) []float64 {
	var all []float64
	for _, field := range fields {
		var v float64
		if _, err := fmt.Sscan(field, &v); err != nil {
			tb.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

func TestCenterComesOutToTheBit(t *testing.T) {
	scope, in, want := center(t, 1)
	program, problems := formula.Compile(scope)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	results := program.Evaluate(in, nil)
	for code, values := range want {
		series, _ := results.Series(code)
		for i, v := range values {
			if got := series.Values[i]; math.Float64bits(got) != math.Float64bits(v) {
				t.Errorf("%s in month %d is %v, want %v %v", code, i+1, got, v, series.Faults[i])
			}
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	scope, _, _ := center(b, 1) // 230 lines
	b.ReportAllocs()
	for b.Loop() {
		if _, problems := formula.Compile(scope); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	for _, copies := range []int{1, 3} {
		scope, in, _ := center(b, copies)
		program, _ := formula.Compile(scope)
		sizer := capacity.NewSizer()
		b.Run(fmt.Sprintf("lines=%d", len(scope.Lines)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				program.Evaluate(in, sizer)
			}
		})
	}
}
