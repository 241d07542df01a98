package formula_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// A drawnPlan is a plan of lines that read each other at will, with inputs
// some of which are missing.
type drawnPlan struct {
	scope formula.Scope
	in    formula.Inputs
}

var drawnDimensions = []formula.Dimension{
	{Code: "queue", Members: []string{"voice", "chat", "mail"}},
	{Code: "site", Members: []string{"north", "south"}},
}

// drawPlan draws a plan. A formula reads lines above it in any month, and any
// line in earlier months.
func drawPlan(t *rapid.T) drawnPlan {
	months := rapid.IntRange(1, 15).Draw(t, "months")
	d := drawnPlan{
		scope: formula.Scope{
			Calendar:   calendar.Calendar{Start: calendar.Of(2027, 1), Months: months, FiscalStart: rapid.IntRange(1, 12).Draw(t, "fiscal")},
			Dimensions: drawnDimensions,
			Staffing:   map[string]capacity.Policy{},
		},
		in: formula.Inputs{Values: map[string][]float64{}, Opening: map[string][]float64{}, History: map[string][]float64{}, Adjust: map[string][]formula.Adjustment{}},
	}
	bys := [][]string{nil, nil, {"queue"}, {"site"}, {"queue", "site"}, {"site", "queue"}}
	count := rapid.IntRange(4, 12).Draw(t, "lines")
	var all []formula.Line
	for i := range count {
		line := formula.Line{Code: fmt.Sprintf("l%d", i), By: rapid.SampledFrom(bys).Draw(t, "by")}
		line.Pointer = "/" + line.Code
		line.Empty = rapid.SampledFrom([]formula.Empty{formula.EmptyError, formula.EmptyZero, formula.EmptyHold}).Draw(t, "empty")
		line.Rollup.Kind = rapid.SampledFrom([]formula.RollupKind{formula.ByUnit, formula.Last, formula.Formula}).Draw(t, "rollup")
		all = append(all, line)
	}
	for i := range all {
		line := &all[i]
		lanes := lanesOf(d.scope.Dimensions, line.By)
		if rapid.IntRange(0, 3).Draw(t, "opening") > 0 {
			d.in.Opening[line.Code] = rapid.SliceOfN(drawnNumber, lanes, lanes).Draw(t, "opening values")
		}
		if i >= 3 {
			g := planText{t: t, lines: all, above: i, by: line.By}
			line.Formula = g.number(rapid.IntRange(1, 4).Draw(t, "depth"), 0)
		} else {
			d.in.History[line.Code] = rapid.SliceOfN(drawnNumber, 0, 12*lanes).Draw(t, "history")
			d.in.Values[line.Code] = rapid.SliceOfN(drawnNumber, lanes, lanes*months).Draw(t, "values")
		}
		if rapid.IntRange(0, 5).Draw(t, "adjusted") == 0 {
			d.in.Adjust[line.Code] = []formula.Adjustment{drawAdjustment(t, lanes, months), drawAdjustment(t, lanes, months)}
		}
	}
	d.scope.Lines = all
	return d
}

func lanesOf(dimensions []formula.Dimension, by []string) int {
	lanes := 1
	for _, code := range by {
		i := slices.IndexFunc(dimensions, func(d formula.Dimension) bool { return d.Code == code })
		lanes *= len(dimensions[i].Members)
	}
	return lanes
}

func drawAdjustment(t *rapid.T, lanes, months int) formula.Adjustment {
	a := formula.Adjustment{
		Op:    rapid.SampledFrom([]formula.Op{formula.Set, formula.Scale, formula.Add}).Draw(t, "op"),
		Value: drawnNumber.Draw(t, "by how much"), From: rapid.IntRange(0, months-1).Draw(t, "from"),
	}
	a.To = rapid.IntRange(a.From, months-1).Draw(t, "to")
	if rapid.Bool().Draw(t, "one lane") {
		a.Lanes = []int{rapid.IntRange(0, lanes-1).Draw(t, "lane")}
	}
	return a
}

var drawnNumber = rapid.OneOf(
	rapid.SampledFrom([]float64{0, 1, -1, 2, 100, 0.5, 1e308, math.NaN()}),
	rapid.Float64Range(-1000, 1000), rapid.Float64Range(1, 10),
)

// A planText draws formulas of a line with the dimensions by, which may read
// the first so many lines in any month. Shift is how many months back from the
// line's own an expression is read for certain.
type planText struct {
	t     *rapid.T
	lines []formula.Line
	above int
	by    []string
}

func (g planText) pick(what string, texts ...string) string {
	return rapid.SampledFrom(texts).Draw(g.t, what)
}

// name draws a line, picked or summed down to the dimensions there are.
func (g planText) name(back int) string {
	most := g.above
	if back > 0 {
		most = len(g.lines)
	}
	line := g.lines[rapid.IntRange(0, most-1).Draw(g.t, "line")]
	text := line.Code
	for _, code := range line.By {
		if slices.Contains(g.by, code) {
			continue
		}
		if rapid.Bool().Draw(g.t, "reduce") {
			text = g.pick("reduction", "sum", "average", "lowest", "highest") + "(" + text + ", " + code + ")"
			continue
		}
		text += `["` + g.pick("member", drawnDimensions[strings.Index("qs", code[:1])].Members...) + `"]`
	}
	return text
}

func (g planText) leaf(back int) string {
	switch rapid.IntRange(0, 5).Draw(g.t, "leaf") {
	case 0:
		return g.pick("literal", "0", "1", "2.5", "0.1", "100")
	case 1:
		return g.pick("calendar", "month", "quarter", "year", "period", "workdays", `ramp("2027-03", 4)`)
	default:
		return g.name(back)
	}
}

func (g planText) number(depth, back int) string {
	if depth == 0 {
		return g.leaf(back)
	}
	sub := func() string { return g.number(depth-1, back) }
	switch rapid.IntRange(0, 22).Draw(g.t, "form") {
	case 0, 1, 2, 3:
		return "(" + sub() + g.pick("sign", " + ", " - ", " * ", " / ") + sub() + ")"
	case 4:
		return "-" + sub()
	case 5:
		return "(" + g.condition(depth-1, back) + " ? " + sub() + " : " + sub() + ")"
	case 6:
		return g.pick("function", "min", "max", "otherwise") + "(" + sub() + ", " + sub() + ")"
	case 7:
		return g.pick("function", "abs", "ceil", "floor", "round", "sqrt", "exp", "log") + "(" + sub() + ")"
	case 8:
		return "clamp(" + sub() + ", " + sub() + ", " + sub() + ")"
	case 9, 10, 11:
		n := rapid.IntRange(1, 3).Draw(g.t, "back")
		return fmt.Sprintf("prev(%s, %d)", g.number(depth-1, back+n), n)
	case 12:
		return fmt.Sprintf("next(%s, %d)", g.number(depth-1, -100), rapid.IntRange(1, 3).Draw(g.t, "ahead"))
	case 13:
		return g.pick("sum", "cumulate", "ytd") + "(" + sub() + ")"
	case 14:
		return g.pick("sum", "plan_total", "year_total") + "(" + g.number(depth-1, -100) + ")"
	case 15:
		return fmt.Sprintf("rolling(%s, %d)", sub(), rapid.IntRange(1, 4).Draw(g.t, "months"))
	case 16:
		return fmt.Sprintf("at(%s, %q)", g.number(depth-1, -100), "2027-01")
	case 17:
		v := fmt.Sprintf("v%d_%d", depth, rapid.IntRange(0, 1_000_000).Draw(g.t, "let"))
		return "(let " + v + " = " + sub() + "; " + v + " * prev(" + v + ") + " + sub() + ")"
	case 18:
		if len(g.by) > 0 {
			inner := g
			inner.by = g.by[:1]
			return fmt.Sprintf("share(%s, %s)", g.wide(inner.number(depth-1, back)), g.by[0])
		}
		inner := g
		inner.by = []string{"queue"}
		return "sum(" + g.wide(inner.number(depth-1, back)) + ")"
	case 19:
		return "npv(0.1, " + g.number(depth-1, -100) + ")"
	case 20:
		return "depreciate(" + sub() + ", " + g.pick("months", "3", "2.5 + 0.5") + ")"
	case 21:
		return g.pick("call", "gross_up(0.5, ", "pow(2, ", "erlang_c(5, ") + sub() + ")"
	case 22:
		return "last_year(" + g.name(back+12) + ")"
	default:
		return "prev(" + g.number(depth-1, -100) + ", " + g.pick("months", "1 + 1", "period") + ")"
	}
}

// wide makes sure that an expression varies by some queue or site.
func (g planText) wide(text string) string {
	code, first := "queue", "voice"
	if len(g.by) > 0 && g.by[0] == "site" {
		code, first = "site", "north"
	}
	return fmt.Sprintf("(%s) * (%s == %q ? 2 : 1)", text, code, first)
}

func (g planText) condition(depth, back int) string {
	sub := func() string { return g.number(max(depth-1, 0), back) }
	switch rapid.IntRange(0, 6).Draw(g.t, "condition") {
	case 0:
		return "(" + sub() + " in [1, 2.5, 0])"
	case 1:
		return "not (" + sub() + " > " + sub() + ")"
	case 2:
		return "(" + sub() + " > 0" + g.pick("join", " and ", " or ") + sub() + " < 2)"
	case 3:
		if len(g.by) > 0 && g.by[0] == "queue" {
			return `queue in ["voice", "mail"]`
		}
		return "true"
	default:
		return "(" + sub() + g.pick("compare", " < ", " <= ", " > ", " >= ", " == ", " != ") + sub() + ")"
	}
}

// TestKernelsAndExplainerAgree holds that every cell of any plan is, to the
// bit, what walking its formula's tree gives, and that what failed has a
// reason.
func TestKernelsAndExplainerAgree(t *testing.T) {
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawPlan(t)
		program, problems := formula.Compile(d.scope)
		results := program.Evaluate(d.in, nil)
		for _, line := range d.scope.Lines {
			series, _ := results.Series(line.Code)
			for i, got := range series.Values {
				want, fault := results.Explained(line.Code, i)
				have, failed := series.Faults[i]
				if math.Float64bits(got) != math.Float64bits(want) && (got == got || want == want) || failed != (got != got) {
					t.Fatalf("%s = %s, cell %d is %v, by its tree %v (%v, %v)\nproblems %v", line.Code, line.Formula, i, got, want, have, fault, problems)
				}
				if failed && (have.Key == "formula.internal" || have.Key != fault.Key) {
					t.Fatalf("%s = %s, cell %d fails with %v and %v", line.Code, line.Formula, i, have, fault)
				}
				if got == got && line.Formula != "" {
					made++
				}
			}
		}
	})
	t.Logf("%d cells of formulas", made)
}
