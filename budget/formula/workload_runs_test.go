package formula_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/formula"
)

// What the loops over many runs go by: runs in a block, and the runs of the
// two jobs.
const (
	loopBlock = 256
	manyRuns  = 1_000
	trialRuns = 10_000
)

// The lines whose distribution a simulation is asked for.
var simulated = []string{"total_cost", "cpc"}

// scaledDrivers fills a block of columns with a month's drivers times the
// factors of its runs.
func scaledDrivers(rows []driverRow, factors map[string][]float64, from int) func(t int, drivers [][]float64) {
	byDriver := make([][]float64, loopDrivers)
	for d := range byDriver {
		byDriver[d] = factors[rows[d].code]
	}
	return func(t int, drivers [][]float64) {
		for d, column := range drivers {
			value, by := rows[d].values[t], byDriver[d]
			if by == nil {
				for i := range column {
					column[i] = value
				}
				continue
			}
			by = by[from:][:len(column)]
			for i := range column {
				column[i] = value * by[i]
			}
		}
	}
}

// loopRuns computes many scenarios by hand and keeps all cells, in blocks.
func loopRuns(blocks []*loopLanes, rows []driverRow, factors map[string][]float64) {
	from := 0
	for _, block := range blocks {
		block.run(workloadMonths, scaledDrivers(rows, factors, from), nil)
		from += len(block.drivers[0])
	}
}

// newLoopRuns makes the blocks that keep all cells of the runs.
func newLoopRuns(runs int) []*loopLanes {
	var blocks []*loopLanes
	for ; runs > 0; runs -= loopBlock {
		blocks = append(blocks, newLoopLanes(workloadMonths, min(runs, loopBlock)))
	}
	return blocks
}

// loopTrials computes trials by hand, keeping the two lines asked for:
// [line][month][trial].
func loopTrials(rows []driverRow, factors map[string][]float64, trials int) [][][]float64 {
	lines := formulaLines(false)
	kept, at := make([][][]float64, len(simulated)), make([]int, len(simulated))
	for i, code := range simulated {
		kept[i] = columnsOf(workloadMonths, trials)
		at[i] = slices.IndexFunc(lines, func(l modelLine) bool { return l.code == code })
	}
	var block *loopLanes
	for from := 0; from < trials; from += loopBlock {
		if lanes := min(trials-from, loopBlock); block == nil || len(block.drivers[0]) != lanes {
			block = newLoopLanes(2, lanes)
		}
		block.run(workloadMonths, scaledDrivers(rows, factors, from), func(t int, lines [][]float64) {
			for i, line := range at {
				copy(kept[i][t][from:], lines[line])
			}
		})
	}
	return kept
}

// spread is the tenth, the half and the nine tenths quantile by line and month.
func spread(kept [][][]float64) [][][]float64 {
	all := make([][][]float64, len(kept))
	for i, months := range kept {
		for _, values := range months {
			all[i] = append(all[i], formula.Quantiles(values, 0.1, 0.5, 0.9))
		}
	}
	return all
}

// TestRunsByBlockAreSingleRuns holds that a run in a block gives the bits it
// gives alone.
func TestRunsByBlockAreSingleRuns(t *testing.T) {
	rows := referenceRows(t)
	factors := scenarioFactors(workloadSeed, rows, loopBlock+44)
	blocks := newLoopRuns(loopBlock + 44)
	loopRuns(blocks, rows, factors)
	lines := make([][loopLines]float64, workloadMonths)
	for _, run := range []int{0, 17, loopBlock - 1, loopBlock, loopBlock + 43} {
		drivers := byMonth(rows)
		for m := range drivers {
			for d := range drivers[m] {
				drivers[m][d] *= factors[rows[d].code][run]
			}
		}
		loopUnit(drivers, lines)
		for m := range lines {
			for i, want := range lines[m] {
				if got := blocks[run/loopBlock].months[m][i][run%loopBlock]; !same(got, want) {
					t.Fatalf("run %d: line %d in month %d is %v, want %v", run, i, m+1, got, want)
				}
			}
		}
	}
}

// runFactors are the factors of drivers for the engine, in the order of their
// names.
func runFactors(factors map[string][]float64) []formula.RunFactor {
	var all []formula.RunFactor
	for _, code := range slices.Sorted(maps.Keys(factors)) {
		all = append(all, formula.RunFactor{Line: code, To: workloadMonths - 1, ByRun: factors[code]})
	}
	return all
}

// TestEngineRunsAreTheLoops holds that the engine's scenarios and trials are
// the loops', to the bit.
func TestEngineRunsAreTheLoops(t *testing.T) {
	rows := referenceRows(t)
	w := baseWorkload(rows, false)
	program := w.compiled(t)
	factors := scenarioFactors(workloadSeed, rows, loopBlock+44)
	blocks := newLoopRuns(loopBlock + 44)
	loopRuns(blocks, rows, factors)
	columns, err := program.EvaluateRuns(t.Context(), w.in, formula.Runs{Count: loopBlock + 44, Factors: runFactors(factors)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, code := range w.lines {
		values, _ := columns.Values(code)
		for at, got := range values {
			m, run := at/(loopBlock+44), at%(loopBlock+44)
			if want := blocks[run/loopBlock].months[m][i][run%loopBlock]; !same(got, want) {
				t.Fatalf("run %d: %s in month %d is %v, want %v", run, code, m+1, got, want)
			}
		}
	}
	const trials = 600
	factors = drawFactors(workloadSeed, trials)
	columns, err = program.EvaluateRuns(t.Context(), w.in, formula.Runs{Count: trials, Factors: runFactors(factors), Outputs: simulated}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, want := byLineAndMonth(columns, trials), loopTrials(rows, factors, trials)
	for i, months := range want {
		for m, values := range months {
			for trial, want := range values {
				if got := got[i][m][trial]; !same(got, want) {
					t.Fatalf("trial %d: %s in month %d is %v, want %v", trial, simulated[i], m+1, got, want)
				}
			}
		}
	}
	if diff := cmp.Diff(spread(want), spread(got)); diff != "" {
		t.Error(diff)
	}
}

// byLineAndMonth takes the simulated lines' numbers apart by month.
func byLineAndMonth(columns *formula.Columns, runs int) [][][]float64 {
	all := make([][][]float64, len(simulated))
	for i, code := range simulated {
		values, _ := columns.Values(code)
		for t := range workloadMonths {
			all[i] = append(all[i], values[t*runs:][:runs])
		}
	}
	return all
}
