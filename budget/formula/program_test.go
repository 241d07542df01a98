package formula_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// TestAnExpressionHasAsManyMembersAsALineMay holds that formulas cannot walk
// more member combinations than lines can have.
func TestAnExpressionHasAsManyMembersAsALineMay(t *testing.T) {
	var scope formula.Scope
	scope.Calendar.Months = 1
	var product []string
	for i := range 6 {
		dimension := formula.Dimension{Code: "d" + strconv.Itoa(i)}
		for j := range 40 {
			dimension.Members = append(dimension.Members, "m"+strconv.Itoa(i)+"_"+strconv.Itoa(j))
		}
		line := formula.Line{Code: "x" + strconv.Itoa(i), By: []string{dimension.Code}}
		scope.Dimensions, scope.Lines = append(scope.Dimensions, dimension), append(scope.Lines, line)
		product = append(product, line.Code)
	}
	scope.Lines = append(scope.Lines,
		formula.Line{Code: "wide", Formula: "sum(" + strings.Join(product, " * ") + ") + 1"},
		formula.Line{Code: "narrow", Formula: "sum(x0 * x1 * x2) + sum(x3)"},
	)
	program, problems := formula.Compile(scope)
	if len(problems) != 1 || problems[0].Key != "formula.too_many_combinations" || problems[0].Span.Start != 4 {
		t.Fatalf("got %v, want one problem of the product", problems)
	}
	program.Evaluate(formula.Inputs{}, nil)
}

func TestLinesThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		line formula.Line
		want string
	}{
		"a calendar name is taken":            {formula.Line{Code: "month"}, "formula.reserved_name"},
		"a dimension's name is taken":         {formula.Line{Code: "queue"}, "formula.reserved_name"},
		"a keyword is taken":                  {formula.Line{Code: "let"}, "formula.reserved_name"},
		"a code is a name":                    {formula.Line{Code: "2nd"}, "formula.bad_name"},
		"a code has no spaces":                {formula.Line{Code: "total cost"}, "formula.bad_name"},
		"a code is not empty":                 {formula.Line{}, "formula.bad_name"},
		"two lines cannot have one code":      {formula.Line{Code: "cost"}, "formula.duplicate_line"},
		"a line varies by what there is":      {formula.Line{Code: "x", By: []string{"queues"}}, "formula.unknown_dimension_near"},
		"a line varies by a dimension once":   {formula.Line{Code: "x", By: []string{"queue", "queue"}}, "formula.dimension_twice"},
		"a weight exists":                     {formula.Line{Code: "x", Rollup: formula.Rollup{Kind: formula.Weighted, By: "volum"}}, "formula.rollup_line_near"},
		"an input has no formula to roll up":  {formula.Line{Code: "x", Rollup: formula.Rollup{Kind: formula.Formula}}, "formula.rollup_input"},
		"a function's name is free for lines": {formula.Line{Code: "agents"}, ""},
		"Chinese names are names":             {formula.Line{Code: "话务量_2027"}, ""},
	} {
		scope, in := formula.ExampleScope()
		scope.Lines = append(scope.Lines, c.line)
		program, problems := formula.Compile(scope)
		var keys []string
		for _, p := range problems {
			keys = append(keys, p.Key)
		}
		if got := strings.Join(keys, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		program.Evaluate(in, nil)
	}
}

func TestNotesListOtherwiseAndUnknownUnits(t *testing.T) {
	scope, _ := formula.ExampleScope()
	scope.Lines = append(scope.Lines,
		formula.Line{Code: "a", Formula: "1 + otherwise(cost / 0, cost)", Pointer: "/a"},
		formula.Line{Code: "b", Unit: "widget/contact", Pointer: "/b"})
	program, problems := formula.Compile(scope)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	notes := program.Notes()
	if len(notes) != 2 || notes[0].Key != "formula.note_otherwise" || notes[0].Span.Start != 4 || notes[1].Args["unit"] != "widget" {
		t.Errorf("the notes are %v", notes)
	}
}

func TestTraceExplainsACell(t *testing.T) {
	scope, in := formula.ExampleScope()
	scope.Lines = append(scope.Lines,
		formula.Line{Code: "work", Unit: "hour", By: []string{"queue"}, Formula: "hours(volume * aht)"},
		formula.Line{Code: "faulty", Formula: "work + 1"})
	program, problems := formula.Compile(scope)
	results := program.Evaluate(in, nil)
	work := program.Trace(results, "work", 1, 2)
	want := &formula.Step{
		Line: "work", Lane: []string{"chat"}, Period: 2, Value: 500.0 * 300 / 3600, Unit: "hour",
		Formula: "hours(volume * aht)", WithValues: "hours(500 * 300)",
		Operands: []*formula.Step{
			{Line: "volume", Lane: []string{"chat"}, Period: 2, Value: 500, Unit: "contact"},
			{Line: "aht", Lane: []string{"chat"}, Period: 2, Value: 300, Unit: "second/contact"},
		},
	}
	if diff := cmp.Diff(want, work); diff != "" {
		t.Errorf("a formula line with its inputs (-want +got):\n%s", diff)
	}
	faulty := program.Trace(results, "faulty", 0, 0)
	if faulty.Fault == nil || faulty.Fault.Key != problems[0].Key || len(faulty.Operands) > 0 {
		t.Errorf("a line with a problem is %+v, its problems %v", faulty, problems)
	}
}

func TestTraceShowsAdjustmentsOpeningsAndSharedCells(t *testing.T) {
	scope, in := formula.ExampleScope()
	scope.Lines = append(scope.Lines,
		formula.Line{Code: "staff", Unit: "person", Formula: "prev(staff) * 2 - less"},
		formula.Line{Code: "less"},
		formula.Line{Code: "both", Formula: "staff + prev(staff) + (period == 1 ? staff : less)"})
	in.Values["less"] = []float64{-1, -1, -1}
	in.Opening["staff"] = []float64{5}
	in.Adjust = map[string][]formula.Adjustment{"staff": {
		{Op: formula.Scale, Value: 2, From: 0, To: 11, Source: "/first"},
		{Op: formula.Add, Value: 1, From: 0, To: 0, Source: "/second"},
	}}
	program, problems := formula.Compile(scope)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	results := program.Evaluate(in, nil)
	top := program.Trace(results, "both", 0, 1)
	if got, want := top.WithValues, "94 + 23 + (2 == 1 ? 94 : (-1))"; got != want {
		t.Errorf("with values it is %q, want %q", got, want)
	}
	codes := []string{}
	for _, step := range top.Operands {
		codes = append(codes, step.Line)
	}
	if !slices.Equal(codes, []string{"staff", "staff", "less"}) {
		t.Fatalf("the operands are %v", codes)
	}
	now, before := top.Operands[0], top.Operands[1]
	if now.Operands[0].Period != 0 || !now.Operands[0].Cut || len(now.Operands[0].Operands) > 0 {
		t.Errorf("a cell explained elsewhere is not cut: %+v", now.Operands[0])
	}
	if opening := before.Operands[0]; opening.Period != -1 || opening.Value != 5 || opening.Formula != "" {
		t.Errorf("the opening is %+v", opening)
	}
	want := []formula.TraceAdjustment{
		{Op: formula.Scale, Value: 2, Before: 11, After: 22, Source: "/first"},
		{Op: formula.Add, Value: 1, Before: 22, After: 23, Source: "/second"},
	}
	if diff := cmp.Diff(want, before.Adjustments); diff != "" {
		t.Errorf("the adjustments differ (-want +got):\n%s", diff)
	}
}

func TestTraceIsBounded(t *testing.T) {
	scope, in, _ := center(t, 1)
	program, _ := formula.Compile(scope)
	results := program.Evaluate(in, nil)
	steps := 0
	var visit func(s *formula.Step)
	visit = func(s *formula.Step) {
		steps++
		for _, operand := range s.Operands {
			visit(operand)
		}
	}
	visit(program.Trace(results, "total_cost", 0, 11))
	if steps < 100 || steps > 600 {
		t.Errorf("the trace has %d steps", steps)
	}
	for name, got := range map[string]*formula.Step{
		"no line": program.Trace(results, "nothing", 0, 0), "no lane": program.Trace(results, "cust", 1, 0), "no month": program.Trace(results, "cust", 0, 12),
	} {
		if got != nil {
			t.Errorf("%s: there is a trace", name)
		}
	}
}

func TestEveryEvaluationIsTheSameToTheBit(t *testing.T) {
	scope, in, _ := center(t, 1)
	program, _ := formula.Compile(scope)
	first := program.Evaluate(in, nil)
	sizer := capacity.NewSizer()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			again, _ := formula.Compile(scope)
			for _, results := range []*formula.Results{program.Evaluate(in, sizer), again.Evaluate(in, sizer)} {
				for _, line := range scope.Lines {
					a, _ := first.Series(line.Code)
					b, _ := results.Series(line.Code)
					for i := range a.Values {
						if math.Float64bits(a.Values[i]) != math.Float64bits(b.Values[i]) {
							t.Errorf("%s in month %d is %v and %v", line.Code, i+1, a.Values[i], b.Values[i])
						}
					}
				}
				program.Trace(first, "total_cost", 0, 11)
			}
		})
	}
	wait.Wait()
}

// TestNoTextIsSlow holds texts that would cost exponential or quadratic time in
// a naive compiler to a bound far above what they take.
func TestNoTextIsSlow(t *testing.T) {
	for name, text := range map[string]string{
		"a long sum":                strings.Repeat("cost+", 800) + "cost",
		"comparisons in the middle": strings.Repeat("1 < (", 60) + "1" + strings.Repeat(" ? 1 : 2) < 2", 60),
		"choices in a row":          strings.Repeat("cost > 1 ? cost : ", 200) + "cost",
		"sums within sums":          strings.Repeat("plan_total(", 60) + "cost" + strings.Repeat(")", 60),
		"reductions within":         strings.Repeat("sum(volume + ", 60) + "cost" + strings.Repeat(")", 60),
		"months within months":      strings.Repeat("cumulate(cost * ", 60) + "cost" + strings.Repeat(")", 60),
		"lets before the plan":      lets("prev(headcount) + prev(headcount)", "prev(NAME) + prev(NAME)"),
		"lets past the end":         lets("next(cost) + 1", "otherwise(next(NAME), 1) + otherwise(next(NAME), 1)"),
		"a doubling let":            strings.Repeat("let a = cost; ", 200) + "a",
		"brackets side by side":     strings.Repeat("(cost)+", 550) + "cost",
		"a long list":               "month in [" + strings.Repeat("1,", 1900) + "2] ? 1 : 2",
	} {
		scope, in := formula.ExampleScope()
		scope.Lines = append(scope.Lines, formula.Line{Code: "here", Formula: text})
		begin := time.Now()
		program, _ := formula.Compile(scope)
		results := program.Evaluate(in, nil)
		results.Roll("here", -1, 0, 11)
		program.Trace(results, "here", 0, 11)
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%s takes %v", name, took)
		} else {
			t.Logf("%s: %v", name, took.Round(time.Millisecond))
		}
	}
}

// lets writes forty names, each made from the one before.
func lets(first, next string) string {
	var text strings.Builder
	text.WriteString("let v0 = " + first + "; ")
	for i := range 40 {
		value := strings.ReplaceAll(next, "NAME", "v"+strconv.Itoa(i))
		text.WriteString("let v" + strconv.Itoa(i+1) + " = " + value + "; ")
	}
	return text.String() + "v40"
}
