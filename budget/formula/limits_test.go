package formula_test

import (
	"strconv"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// wideScope has two dimensions of so many members each over five years.
func wideScope(members int, lines ...formula.Line) formula.Scope {
	s := formula.Scope{Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: 60}, Lines: lines}
	for _, code := range []string{"team", "cause"} {
		dimension := formula.Dimension{Code: code}
		for i := range members {
			dimension.Members = append(dimension.Members, code+strconv.Itoa(i))
		}
		s.Dimensions = append(s.Dimensions, dimension)
	}
	return s
}

func keysOf(problems problem.List) string {
	var keys []string
	for _, p := range problems {
		keys = append(keys, p.Pointer+" "+p.Key)
	}
	return strings.Join(keys, ", ")
}

func TestAPlanTooLargeForMemoryIsRefusedLineByLine(t *testing.T) {
	both := []string{"team", "cause"}
	_, problems := formula.Compile(wideScope(150,
		formula.Line{Code: "a", By: both, Formula: "1", Pointer: "/a"},
		formula.Line{Code: "b", By: both, Formula: "2", Pointer: "/b"},
		formula.Line{Code: "c", By: both, Formula: "3", Pointer: "/c"},
		formula.Line{Code: "d", By: []string{"team"}, Formula: "4", Pointer: "/d"},
		formula.Line{Code: "e", By: both, Formula: "5", Pointer: "/e"},
	))
	if got, want := keysOf(problems), "/e formula.too_many_cells"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAFormulaTooLargeForMemoryIsRefusedAlone(t *testing.T) {
	sums := "x"
	for range 30 { // each sum over months has a column of its own
		sums = "cumulate(" + sums + " + team_pay)"
	}
	program, problems := formula.Compile(wideScope(100,
		formula.Line{Code: "team_pay", By: []string{"team"}, Formula: "2", Pointer: "/team_pay"},
		formula.Line{Code: "x", By: []string{"team", "cause"}, Formula: "1", Pointer: "/x"},
		formula.Line{Code: "deep", By: []string{"team", "cause"}, Formula: sums, Pointer: "/deep"},
	))
	if got, want := keysOf(problems), "/deep formula.too_large"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	results := program.Evaluate(formula.Inputs{}, nil)
	if total, fault := results.Roll("team_pay", -1, 0, 0); fault != nil || total != 2 {
		t.Errorf("beside it a line comes to %v, %v", total, fault)
	}
	if _, fault := results.Roll("deep", 0, 0, 0); fault == nil || fault.Key != "formula.too_large" {
		t.Errorf("the line itself has %v", fault)
	}
}
