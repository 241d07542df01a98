package formula_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// The workload is a contact center's year: thirty drivers and two hundred
// formulas from customers over contacts, staff and hiring to cost, tied into
// one recurrence through hiring. The large one has 24 units of it over five
// years and their sums. Benchmarks and laws run on it.
const (
	workloadUnits  = 24
	workloadMonths = 12
	largeMonths    = 60
	workloadSeed   = 20261121
)

// A workload is a model ready to compile, with its numbers.
type workload struct {
	scope formula.Scope
	in    formula.Inputs
	// drivers and lines are the codes of the inputs and of the formula lines in
	// the order of the document.
	drivers, lines []string
}

// A driverRow is one driver's numbers by month.
type driverRow struct {
	code, unit string
	values     []float64
}

var seasons = []float64{1.06, 0.88, 1.00, 0.98, 1.02, 1.05, 0.97, 0.96, 1.01, 1.04, 1.12, 1.09}

// driverSpecs says what each driver is about: its level and unit, how far a
// month may be off, and what it gains from the first month to the last.
var driverSpecs = []struct {
	code, unit          string
	level, spread, gain float64
}{
	{"cust_growth", "ratio", 0.0145, 0.2, 0},
	{"churn", "ratio", 0.0082, 0.2, 0},
	{"season", "ratio", 1, 0.01, 0},
	{"attrition", "ratio", 0.031, 0.3, 0},
	{"wage", "CNY/person", 5820, 0.004, 0},
	{"social_rate", "ratio", 0.372, 0.001, 0},
	{"merit", "ratio", 0.045, 0.01, 0},
	{"shrink", "ratio", 0.285, 0.06, 0},
	{"hours", "hour/person", 174, 0.05, 0},
	{"fcr", "ratio", 0.735, 0.02, 0.0132},
	{"repeat_f", "ratio", 0.62, 0.03, 0},
	{"bot_share", "ratio", 0.24, 0.03, 0.072},
	{"self_share", "ratio", 0.19, 0.03, 0.036},
	{"hire_cost", "CNY/person", 2650, 0.05, 0},
	{"train_cost", "CNY/person", 4100, 0.05, 0},
	{"seat_rent", "CNY/person", 1180, 0.01, 0},
	{"tel_rate", "CNY/minute", 0.047, 0.01, 0},
	{"licence", "CNY/person", 318, 0.01, 0},
	{"bpo_share", "ratio", 0.16, 0.1, 0},
	{"bpo_price", "CNY/contact", 5.35, 0.02, 0},
}

// drawDrivers makes the thirty drivers of one unit. The scale is the size of
// its demand.
func drawDrivers(random *rand.Rand, months int, scale float64) []driverRow {
	var rows []driverRow
	add := func(code, unit string, value func(t int) float64) {
		row := driverRow{code: code, unit: unit, values: make([]float64, months)}
		for t := range row.values {
			row.values[t] = value(t)
		}
		rows = append(rows, row)
	}
	around := func(level, spread float64) float64 { return level * (1 + float64(spread*(random.Float64()-0.5))) }
	for _, d := range driverSpecs {
		add(d.code, d.unit, func(t int) float64 {
			value := around(d.level, d.spread) + float64(d.gain*float64(t)/float64(months))
			switch {
			case d.code == "season":
				value *= seasons[t%12]
			case d.code == "merit" && t%12 != 3:
				value = 0
			}
			return value
		})
	}
	for _, c := range channels {
		add("rate_"+c.code, "contact/customer", func(int) float64 { return around(c.rate*1.75*scale, 0.03) })
	}
	for _, c := range channels {
		add("aht_"+c.code, "second/contact", func(int) float64 { return around(c.aht, 0.02) })
	}
	return rows
}

// constants are the two numbers of formulas that have a unit, as inputs.
func constants(months int) []driverRow {
	price, heads := driverRow{"seat_price", "CNY/person", make([]float64, months)}, driverRow{"overhead_heads", "person", make([]float64, months)}
	for t := range months {
		price.values[t], heads.values[t] = 6400, 9000
	}
	return []driverRow{price, heads}
}

func newWorkload(months int) *workload {
	return &workload{
		scope: formula.Scope{Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: months}},
		in:    formula.Inputs{Values: map[string][]float64{}, Opening: map[string][]float64{}},
	}
}

func (w *workload) addDriver(code, unit string, by []string, values []float64) {
	w.drivers = append(w.drivers, code)
	w.scope.Lines = append(w.scope.Lines, formula.Line{Code: code, Unit: unit, By: by, Pointer: "/" + code})
	w.in.Values[code] = values
}

func (w *workload) addLine(code, unit string, by []string, text string, opening []float64) {
	w.lines = append(w.lines, code)
	w.scope.Lines = append(w.scope.Lines, formula.Line{Code: code, Unit: unit, By: by, Formula: text, Pointer: "/" + code})
	if opening != nil {
		w.in.Opening[code] = opening
	}
}

// unitOrNone is the driver's unit, where the workload has units.
func unitOrNone(row driverRow, units bool) string {
	if units {
		return row.unit
	}
	return ""
}

// baseWorkload is one unit's model on the drivers.
func baseWorkload(rows []driverRow, units bool) *workload {
	w := newWorkload(len(rows[0].values))
	if units {
		rows = append(slices.Clip(rows), constants(len(rows[0].values))...)
	}
	for _, row := range rows {
		w.addDriver(row.code, unitOrNone(row, units), nil, row.values)
	}
	for _, line := range formulaLines(units) {
		w.addLine(line.code, line.unit, nil, line.formula, line.openings(1))
	}
	return w
}

// openings is the line's opening value for each of the lanes.
func (l modelLine) openings(lanes int) []float64 {
	if !l.opens {
		return nil
	}
	all := make([]float64, lanes)
	for i := range all {
		all[i] = l.opening
	}
	return all
}

// unitRows are the drivers of each unit of the large workload.
func unitRows(seed uint64, units bool) [][]driverRow {
	random := rand.New(rand.NewPCG(seed, 24))
	all := make([][]driverRow, workloadUnits)
	for u := range all {
		all[u] = drawDrivers(random, largeMonths, 0.6+float64(0.05*float64(u)))
		if units {
			all[u] = append(all[u], constants(largeMonths)...)
		}
	}
	return all
}

func unitCode(u int) string { return fmt.Sprintf("u%02d", u+1) }

// largeWorkload is the large model as separate lines: the group's sums first,
// then the two hundred lines of each unit.
func largeWorkload(seed uint64, units bool) *workload {
	w, lines, rows := newWorkload(largeMonths), formulaLines(units), unitRows(seed, units)
	own := map[string]bool{}
	for _, line := range lines {
		own[line.code] = true
	}
	for u, rows := range rows {
		for _, row := range rows {
			own[row.code] = true
			w.addDriver(unitCode(u)+"_"+row.code, unitOrNone(row, units), nil, row.values)
		}
	}
	for _, line := range lines {
		terms := make([]string, workloadUnits)
		for u := range terms {
			terms[u] = unitCode(u) + "_" + line.code
		}
		w.addLine("g_"+line.code, line.unit, nil, strings.Join(terms, " + "), nil)
	}
	for u := range workloadUnits {
		for _, line := range lines {
			w.addLine(unitCode(u)+"_"+line.code, line.unit, nil, prefixed(line.formula, unitCode(u)+"_", own), line.openings(1))
		}
	}
	return w
}

// prefixed puts a prefix before every name that is own.
func prefixed(text, prefix string, own map[string]bool) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		end := nameEnd(text, i)
		if end == i {
			out.WriteByte(text[i])
			i++
			continue
		}
		if call := end < len(text) && text[end] == '('; own[text[i:end]] && !call {
			out.WriteString(prefix)
		}
		out.WriteString(text[i:end])
		i = end
	}
	return out.String()
}

// dimensionWorkload is the large model over a dimension of units: the same
// numbers, in two hundred lines and their sums.
func dimensionWorkload(seed uint64, units bool) *workload {
	w, rows, by := newWorkload(largeMonths), unitRows(seed, units), []string{"unit"}
	dim := formula.Dimension{Code: "unit"}
	for u := range workloadUnits {
		dim.Members = append(dim.Members, unitCode(u))
	}
	w.scope.Dimensions = []formula.Dimension{dim}
	for d, first := range rows[0] {
		values := make([]float64, 0, largeMonths*workloadUnits)
		for t := range largeMonths {
			for u := range rows {
				values = append(values, rows[u][d].values[t])
			}
		}
		w.addDriver(first.code, unitOrNone(first, units), by, values)
	}
	lines := formulaLines(units)
	for _, line := range lines {
		w.addLine("g_"+line.code, line.unit, nil, "sum("+line.code+")", nil)
	}
	for _, line := range lines {
		w.addLine(line.code, line.unit, by, line.formula, line.openings(workloadUnits))
	}
	return w
}

// compiled compiles the workload, which must have no problem.
func (w *workload) compiled(tb testing.TB) *formula.Program {
	tb.Helper()
	program, problems := formula.Compile(w.scope)
	if len(problems) > 0 {
		tb.Fatal(problems[0].Key, problems[0].Args, problems[0].Pointer, len(problems))
	}
	return program
}

// referenceRows reads the reference's drivers.
func referenceRows(tb testing.TB) []driverRow {
	tb.Helper()
	rows := drawDrivers(rand.New(rand.NewPCG(1, 1)), workloadMonths, 1)
	values := doubles(tb, "drivers.f64", len(rows)*workloadMonths)
	for i := range rows {
		rows[i].values = values[i*workloadMonths:][:workloadMonths]
	}
	return rows
}

// doubles reads a file of numbers in testdata/workload, little-endian.
func doubles(tb testing.TB, name string, count int) []float64 {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "workload", name))
	if err != nil {
		tb.Fatal(err)
	}
	if len(raw) != 8*count {
		tb.Fatalf("%s has %d bytes, want %d numbers", name, len(raw), count)
	}
	all := make([]float64, count)
	for i := range all {
		all[i] = math.Float64frombits(binary.LittleEndian.Uint64(raw[8*i:]))
	}
	return all
}

// TestWorkloadIsTheReference compares the base model with numbers that another
// program computed from the same formulas: as the drivers stand, and with the
// customers' growth of the first month five percent higher.
func TestWorkloadIsTheReference(t *testing.T) {
	for name, units := range map[string]bool{"without units": false, "with units": true} {
		w := baseWorkload(referenceRows(t), units)
		program := w.compiled(t)
		for file, factor := range map[string]float64{"ref0.f64": 1, "ref1.f64": 1.05} {
			changed := w.in
			changed.Adjust = map[string][]formula.Adjustment{"cust_growth": {{Op: formula.Scale, Value: factor}}}
			results := program.Evaluate(changed, nil)
			want := doubles(t, file, len(w.lines)*workloadMonths)
			for i, code := range w.lines {
				series, _ := results.Series(code)
				for m, got := range series.Values {
					if math.Float64bits(got) != math.Float64bits(want[i*workloadMonths+m]) {
						t.Fatalf("%s, %s: %s in month %d is %v, want %v", name, file, code, m+1, got, want[i*workloadMonths+m])
					}
				}
			}
		}
	}
}
