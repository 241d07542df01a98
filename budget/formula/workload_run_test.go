package formula_test

import (
	"math"
	"math/rand/v2"
	"testing"
)

// loopUnit computes a unit's months by hand: rows[t] are the lines of month t.
func loopUnit(drivers [][loopDrivers]float64, rows [][loopLines]float64) {
	before := &loopOpening
	for t := range rows {
		loopMonth(&drivers[t], before, &rows[t])
		before = &rows[t]
	}
}

// byMonth turns rows of drivers into one array for each month.
func byMonth(rows []driverRow) [][loopDrivers]float64 {
	all := make([][loopDrivers]float64, len(rows[0].values))
	for d, row := range rows[:loopDrivers] {
		for t, v := range row.values {
			all[t][d] = v
		}
	}
	return all
}

// A loopLarge is the large workload computed by hand.
type loopLarge struct {
	drivers [][][loopDrivers]float64 // by unit and month
	units   [][][loopLines]float64
	group   [][loopLines]float64 // the sums by month
}

func newLoopLarge(seed uint64) *loopLarge {
	l := &loopLarge{group: make([][loopLines]float64, largeMonths)}
	for _, rows := range unitRows(seed, false) {
		l.drivers = append(l.drivers, byMonth(rows))
		l.units = append(l.units, make([][loopLines]float64, largeMonths))
	}
	return l
}

// run computes all 300,000 cells: unit by unit, then the group's sums.
func (l *loopLarge) run() {
	clear(l.group)
	for u := range l.units {
		loopUnit(l.drivers[u], l.units[u])
		for t := range l.group {
			group, unit := &l.group[t], &l.units[u][t]
			for i := range group {
				group[i] += unit[i]
			}
		}
	}
}

// A loopLanes is months of columns computed by hand: [month][line][lane].
type loopLanes struct {
	drivers, opening [][]float64 // by driver and line; drivers of the month at hand
	months           [][][]float64
}

func newLoopLanes(months, lanes int) *loopLanes {
	l := &loopLanes{drivers: columnsOf(loopDrivers, lanes), opening: columnsOf(loopLines, lanes)}
	for i, column := range l.opening {
		for lane := range column {
			column[lane] = loopOpening[i]
		}
	}
	for range months {
		l.months = append(l.months, columnsOf(loopLines, lanes))
	}
	return l
}

func columnsOf(count, lanes int) [][]float64 {
	all, cells := make([][]float64, count), make([]float64, count*lanes)
	for i := range all {
		all[i] = cells[i*lanes:][:lanes:lanes]
	}
	return all
}

// run goes through the months; fill puts a month's drivers into the columns.
// With fewer columns kept than months, a month overwrites an earlier one.
func (l *loopLanes) run(months int, fill func(t int, drivers [][]float64), done func(t int, lines [][]float64)) {
	before := l.opening
	for t := range months {
		now := l.months[t%len(l.months)]
		fill(t, l.drivers)
		loopColumns(l.drivers, before, now)
		if done != nil {
			done(t, now)
		}
		before = now
	}
}

func same(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// TestLoopsAreTheReference holds that the loops give what another program did.
func TestLoopsAreTheReference(t *testing.T) {
	drivers := byMonth(referenceRows(t))
	rows := make([][loopLines]float64, workloadMonths)
	for file, factor := range map[string]float64{"ref0.f64": 1, "ref1.f64": 1.05} {
		changed := append([][loopDrivers]float64(nil), drivers...)
		changed[0][0] *= factor
		loopUnit(changed, rows)
		for i, want := range doubles(t, file, loopLines*workloadMonths) {
			if got := rows[i%workloadMonths][i/workloadMonths]; !same(got, want) {
				t.Fatalf("%s: line %d in month %d is %v, want %v", file, i/workloadMonths, i%workloadMonths+1, got, want)
			}
		}
	}
}

// TestLoopsByLaneAreTheLoops holds that columns of lanes give the bits of one
// unit after the other.
func TestLoopsByLaneAreTheLoops(t *testing.T) {
	l := newLoopLarge(workloadSeed)
	l.run()
	lanes := newLoopLanes(largeMonths, workloadUnits)
	lanes.run(largeMonths, func(t int, drivers [][]float64) {
		for d, column := range drivers {
			for u := range column {
				column[u] = l.drivers[u][t][d]
			}
		}
	}, func(month int, lines [][]float64) {
		for i, column := range lines {
			for u, got := range column {
				if want := l.units[u][month][i]; !same(got, want) {
					t.Fatalf("line %d of unit %d in month %d is %v, want %v", i, u+1, month+1, got, want)
				}
			}
		}
	})
}

// TestEngineIsTheLoops holds that the engine gives the loops' numbers to the
// bit, on other drivers than the reference's and on both forms of the large
// workload.
func TestEngineIsTheLoops(t *testing.T) {
	rows := drawDrivers(rand.New(rand.NewPCG(7, 7)), workloadMonths, 1.1)
	want := make([][loopLines]float64, workloadMonths)
	loopUnit(byMonth(rows), want)
	w := baseWorkload(rows, true)
	base := w.compiled(t).Evaluate(w.in, nil)
	for i, code := range w.lines {
		series, _ := base.Series(code)
		for m, got := range series.Values {
			if !same(got, want[m][i]) {
				t.Fatalf("%s in month %d is %v, want %v", code, m+1, got, want[m][i])
			}
		}
	}
	l := newLoopLarge(workloadSeed)
	l.run()
	for _, units := range []bool{false, true} {
		separate, dimension := largeWorkload(workloadSeed, units), dimensionWorkload(workloadSeed, units)
		lines, lanes := separate.compiled(t).Evaluate(separate.in, nil), dimension.compiled(t).Evaluate(dimension.in, nil)
		for i, line := range formulaLines(units) {
			grouped, _ := lanes.Series("g_" + line.code)
			varied, _ := lanes.Series(line.code)
			total, _ := lines.Series("g_" + line.code)
			for m := range largeMonths {
				if want := l.group[m][i]; !same(grouped.Values[m], want) || !same(total.Values[m], want) {
					t.Fatalf("%s of all in month %d is %v and %v, want %v", line.code, m+1, total.Values[m], grouped.Values[m], want)
				}
				for u := range workloadUnits {
					series, _ := lines.Series(unitCode(u) + "_" + line.code)
					if want := l.units[u][m][i]; !same(series.Values[m], want) || !same(varied.Values[m*workloadUnits+u], want) {
						t.Fatalf("%s of unit %d in month %d is %v and %v, want %v", line.code, u+1, m+1, series.Values[m], varied.Values[m*workloadUnits+u], want)
					}
				}
			}
		}
	}
}
