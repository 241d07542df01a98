package formula_test

import (
	"slices"
	"testing"
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
func spread(kept [][][]float64) [][][3]float64 {
	all := make([][][3]float64, len(kept))
	for i, months := range kept {
		for _, values := range months {
			all[i] = append(all[i], [3]float64{quantile(values, 0.1), quantile(values, 0.5), quantile(values, 0.9)})
		}
	}
	return all
}

// TestQuantilesAreThoseOfSortedValues compares selection with sorting.
func TestQuantilesAreThoseOfSortedValues(t *testing.T) {
	for driver, values := range drawFactors(workloadSeed, 2001) {
		sorted := slices.Sorted(slices.Values(values))
		for _, share := range []float64{0, 0.1, 0.5, 0.9, 0.99999, 1} {
			h := share * 2000
			want := sorted[int(h)]
			if k := int(h); k < 2000 {
				want += float64((h - float64(k)) * (sorted[k+1] - sorted[k]))
			}
			if got := quantile(values, share); !same(got, want) {
				t.Errorf("%s at %v is %v, sorted %v", driver, share, got, want)
			}
		}
	}
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

// BenchmarkScenarios is job J2: a thousand scenarios over a year, all cells
// kept.
func BenchmarkScenarios(b *testing.B) {
	rows := referenceRows(b)
	factors := scenarioFactors(workloadSeed, rows, manyRuns)
	const cells = manyRuns * loopLines * workloadMonths
	b.Run("loop", func(b *testing.B) {
		blocks := newLoopRuns(manyRuns)
		for b.Loop() {
			loopRuns(blocks, rows, factors)
		}
		perCell(b, cells)
	})
}

// BenchmarkTrials is job J3: ten thousand trials of a year, and the quantiles
// of two lines by month. The draws are made before.
func BenchmarkTrials(b *testing.B) {
	rows, factors := referenceRows(b), drawFactors(workloadSeed, trialRuns)
	const cells = trialRuns * loopLines * workloadMonths
	b.Run("loop", func(b *testing.B) {
		for b.Loop() {
			spread(loopTrials(rows, factors, trialRuns))
		}
		perCell(b, cells)
	})
}
