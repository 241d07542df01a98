package formula_test

import (
	"runtime"
	"testing"

	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"

	"centerplan/budget/formula"
)

// perCell reports the time of one cell.
func perCell(b *testing.B, cells int) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
}

// BenchmarkLatency is job J1: one driver of the first month changes in a model
// that stands ready, until all its 2,400 cells are current.
func BenchmarkLatency(b *testing.B) {
	rows := referenceRows(b)
	grown := []float64{rows[0].values[0], rows[0].values[0] * 1.05}
	const cells = loopLines * workloadMonths
	b.Run("engine", func(b *testing.B) {
		w := baseWorkload(rows, false)
		program := w.compiled(b)
		calculator := program.Calculator(w.in, nil)
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			calculator.Set("cust_growth", 0, 0, grown[n%2])
			calculator.Run()
		}
		perCell(b, cells)
	})
	b.Run("loop", func(b *testing.B) {
		drivers, lines := byMonth(rows), make([][loopLines]float64, workloadMonths)
		for n := 0; b.Loop(); n++ {
			drivers[0][0] = grown[n%2]
			loopUnit(drivers, lines)
		}
		perCell(b, cells)
	})
}

// BenchmarkScenarios is job J2: a thousand scenarios over a year, all cells
// kept.
func BenchmarkScenarios(b *testing.B) {
	rows := referenceRows(b)
	factors := scenarioFactors(workloadSeed, rows, manyRuns)
	const cells = manyRuns * loopLines * workloadMonths
	b.Run("engine", func(b *testing.B) {
		w := baseWorkload(rows, false)
		program := w.compiled(b)
		runs := formula.Runs{Count: manyRuns, Factors: runFactors(factors), Workers: 1}
		b.ReportAllocs()
		for b.Loop() {
			columns, err := program.EvaluateRuns(b.Context(), w.in, runs, nil)
			if err != nil {
				b.Fatal(err)
			}
			runs.Reuse = columns
		}
		perCell(b, cells)
	})
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
	b.Run("engine", func(b *testing.B) {
		w := baseWorkload(rows, false)
		program := w.compiled(b)
		runs := formula.Runs{Count: trialRuns, Factors: runFactors(factors), Outputs: simulated, Workers: 1}
		b.ReportAllocs()
		for b.Loop() {
			columns, err := program.EvaluateRuns(b.Context(), w.in, runs, nil)
			if err != nil {
				b.Fatal(err)
			}
			kept := make([][][]float64, len(simulated))
			for i, code := range simulated {
				values, _ := columns.Values(code)
				for t := range workloadMonths {
					kept[i] = append(kept[i], values[t*trialRuns:][:trialRuns])
				}
			}
			spread(kept)
			runs.Reuse = columns
		}
		perCell(b, cells)
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		b.ReportMetric(float64(memory.HeapInuse)/1e6, "heap-MB")
	})
	b.Run("loop", func(b *testing.B) {
		for b.Loop() {
			spread(loopTrials(rows, factors, trialRuns))
		}
		perCell(b, cells)
	})
}

// BenchmarkLarge is job J4: all 300,000 cells of the large workload, as
// separate lines and over a dimension.
func BenchmarkLarge(b *testing.B) {
	const cells = (workloadUnits + 1) * loopLines * largeMonths
	for name, w := range map[string]*workload{
		"lines": largeWorkload(workloadSeed, false), "dimension": dimensionWorkload(workloadSeed, false),
	} {
		b.Run(name+"/engine", func(b *testing.B) {
			program := w.compiled(b)
			b.ReportAllocs()
			for b.Loop() {
				program.Evaluate(w.in, nil)
			}
			perCell(b, cells)
		})
	}
	b.Run("lines/loop", func(b *testing.B) {
		l := newLoopLarge(workloadSeed)
		for b.Loop() {
			l.run()
		}
		perCell(b, cells)
	})
	b.Run("dimension/loop", func(b *testing.B) {
		l := newLoopLanes(largeMonths, workloadUnits)
		rows := unitRows(workloadSeed, false)
		columns := make([][][]float64, largeMonths)
		for t := range columns {
			columns[t] = columnsOf(loopDrivers, workloadUnits)
			for d, column := range columns[t] {
				for u := range column {
					column[u] = rows[u][d].values[t]
				}
			}
		}
		group := make([][loopLines]float64, largeMonths)
		for b.Loop() {
			l.run(largeMonths, func(t int, drivers [][]float64) { copy(drivers, columns[t]) }, func(t int, lines [][]float64) {
				for i, column := range lines {
					sum := 0.0
					for _, v := range column {
						sum += v
					}
					group[t][i] = sum
				}
			})
		}
		perCell(b, cells)
	})
}

// BenchmarkCompileLarge compiles the 5,000 lines of the large workload, with
// all checks of names, dimensions and units, beside what expr's parser alone
// takes for their formulas.
func BenchmarkCompileLarge(b *testing.B) {
	for name, units := range map[string]bool{"plain": false, "units": true} {
		w := largeWorkload(workloadSeed, units)
		b.Run(name+"/engine", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, problems := formula.Compile(w.scope); len(problems) > 0 {
					b.Fatal(problems[0])
				}
			}
		})
		b.Run(name+"/parser", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				config := overridden()
				for _, line := range w.scope.Lines {
					if line.Formula == "" {
						continue
					}
					if _, err := parser.ParseWithConfig(line.Formula, config); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// overridden is the parser's configuration as formulas are parsed with: every
// builtin is an ordinary function.
func overridden() *conf.Config {
	config := conf.CreateNew()
	for _, f := range builtin.Builtins {
		config.Functions[f.Name] = &builtin.Function{Name: f.Name}
	}
	return config
}
