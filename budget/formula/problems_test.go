package formula_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/capacity"
	"centerplan/budget/finance"
	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// update says to rewrite the golden files: GOLDEN=write, or make golden.
var update = os.Getenv("GOLDEN") == "write"

// TestProblems reads testdata/problems.txt: formulas, each followed by its
// problems with carets below the characters they are about. A line that begins
// with "unit" states the unit of the formula below it. A formula may be written
// with ⏎ for a line break.
func TestProblems(t *testing.T) {
	const path = "testdata/problems.txt"
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	unit := ""
	for line := range strings.Lines(string(golden)) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "^"):
			continue // an answer, written anew below
		case line == "" || strings.HasPrefix(line, "# "):
			got.WriteString(line + "\n")
		case strings.HasPrefix(line, "unit "):
			got.WriteString(line + "\n")
			unit = strings.TrimPrefix(line, "unit ")
		default:
			got.WriteString(line + "\n" + answer(t, strings.ReplaceAll(line, "⏎", "\n"), unit))
			unit = ""
		}
	}
	if update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got.String() != string(golden) {
		t.Errorf("problems differ from %s; run go test make golden and read the difference:\n%s", path, got.String())
	}
}

// answer compiles the formula and draws its problems.
func answer(t *testing.T, text, unit string) string {
	scope, _ := formula.ExampleScope()
	scope.Dimensions = append(scope.Dimensions, formula.Dimension{Code: "site", Members: []string{"north", "south"}})
	scope.Prices["priced"] = formula.PriceTable{Prices: scope.Prices["bpo"].Prices, Unit: "CNY/contact"}
	scope.Prices["gone"] = formula.PriceTable{Prices: finance.Prices[capacity.Param]{Commit: capacity.Param{Line: "lost_line"}}}
	scope.Contributions["lost"] = formula.ContributionTable{Items: []formula.Contribution{
		{Code: "union", Item: finance.Item[capacity.Param]{Rate: capacity.Param{Line: "lost_line"}}},
	}}
	scope.Lines = append(scope.Lines,
		formula.Line{Code: "grid", Unit: "contact", By: []string{"queue", "site"}},
		formula.Line{Code: "factor"},
		formula.Line{Code: "话务量", Unit: "contact"},
		formula.Line{Code: "here", Unit: unit, Formula: text, Pointer: "/here"},
	)
	_, problems := formula.Compile(scope)
	var b strings.Builder
	for _, p := range problems {
		if p.Kind != problem.Invalid || p.Pointer != "/here" {
			t.Errorf("%s: %v is no fault of the formula", text, p)
		}
		end := max(p.Span.End, p.Span.Start+1)
		b.WriteString(strings.Repeat(" ", p.Span.Start) + strings.Repeat("^", end-p.Span.Start) + " " + p.Key)
		var names []string
		for name := range p.Args {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			b.WriteString(" " + name + "=" + p.Args[name])
		}
		b.WriteString("\n")
	}
	return b.String()
}
