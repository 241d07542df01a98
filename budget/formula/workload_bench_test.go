package formula_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"

	"centerplan/budget/formula"
)

// loop runs a benchmark and reports the processor's time for one of so many
// things that each round does.
func loop(b *testing.B, per string, each float64, round func(n int)) {
	b.Helper()
	b.ReportAllocs()
	before := time.Duration(-1)
	for n := 0; b.Loop(); n++ {
		if before < 0 { // what prepared it is not measured
			before = cpuTime()
		}
		round(n)
	}
	b.ReportMetric(float64(cpuTime()-before)/float64(b.N)/each, per)
}

// loopCells is loop for the cells that each round computes.
func loopCells(b *testing.B, cells int, round func(n int)) {
	b.Helper()
	loop(b, "ns/cell", float64(cells), round)
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
		loopCells(b, cells, func(n int) {
			calculator.Set("cust_growth", 0, 0, grown[n%2])
			calculator.Run()
		})
	})
	b.Run("loop", func(b *testing.B) {
		drivers, lines := byMonth(rows), make([][loopLines]float64, workloadMonths)
		loopCells(b, cells, func(n int) {
			drivers[0][0] = grown[n%2]
			loopUnit(drivers, lines)
		})
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
		runs := formula.Runs{Count: manyRuns, Factors: runFactors(factors), Outputs: formulaCodes(w), Workers: 1}
		loopCells(b, cells, func(int) {
			columns, err := program.EvaluateRuns(b.Context(), w.in, runs, nil)
			if err != nil {
				b.Fatal(err)
			}
			runs.Reuse = columns
		})
	})
	b.Run("loop", func(b *testing.B) {
		blocks := newLoopRuns(manyRuns)
		loopCells(b, cells, func(int) { loopRuns(blocks, rows, factors) })
	})
}

// formulaCodes lists the lines that are computed.
func formulaCodes(w *workload) []string {
	var codes []string
	for _, line := range w.scope.Lines {
		if line.Formula != "" {
			codes = append(codes, line.Code)
		}
	}
	return codes
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
		loopCells(b, cells, func(int) {
			columns, err := program.EvaluateRuns(b.Context(), w.in, runs, nil)
			if err != nil {
				b.Fatal(err)
			}
			spread(byLineAndMonth(columns, trialRuns))
			runs.Reuse = columns
		})
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		b.ReportMetric(float64(memory.HeapInuse)/1e6, "heap-MB")
	})
	b.Run("loop", func(b *testing.B) {
		loopCells(b, cells, func(int) { spread(loopTrials(rows, factors, trialRuns)) })
	})
}

// BenchmarkLarge is job J4: all 300,000 cells of the large workload, as
// separate lines and over a dimension.
func BenchmarkLarge(b *testing.B) {
	const cells = (workloadUnits + 1) * loopLines * largeMonths
	for _, form := range []struct {
		name string
		make func(seed uint64, units bool) *workload
	}{{"lines", largeWorkload}, {"dimension", dimensionWorkload}} {
		b.Run(form.name+"/engine", func(b *testing.B) {
			w := form.make(workloadSeed, false)
			calculator := w.compiled(b).Calculator(w.in, nil)
			loopCells(b, cells, func(int) { calculator.Recalculate() })
		})
	}
	b.Run("lines/loop", func(b *testing.B) {
		l := newLoopLarge(workloadSeed)
		loopCells(b, cells, func(int) { l.run() })
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
		loopCells(b, cells, func(int) {
			l.run(largeMonths, func(t int, drivers [][]float64) { copy(drivers, columns[t]) }, func(t int, lines [][]float64) {
				for i, column := range lines {
					sum := 0.0
					for _, v := range column {
						sum += v
					}
					group[t][i] = sum
				}
			})
		})
	})
}

// BenchmarkCompileLarge compiles the 5,000 lines of the large workload, with
// all checks of names, dimensions and units, beside what expr's parser alone
// takes for their formulas.
func BenchmarkCompileLarge(b *testing.B) {
	for i, name := range []string{"plain", "units"} {
		w := largeWorkload(workloadSeed, i == 1)
		b.Run(name+"/engine", func(b *testing.B) {
			loop(b, "ms/plan", 1e6, func(int) {
				if _, problems := formula.Compile(w.scope); len(problems) > 0 {
					b.Fatal(problems[0])
				}
			})
		})
		b.Run(name+"/parser", func(b *testing.B) {
			loop(b, "ms/plan", 1e6, func(int) {
				config := overridden()
				for _, line := range w.scope.Lines {
					if line.Formula == "" {
						continue
					}
					if _, err := parser.ParseWithConfig(line.Formula, config); err != nil {
						b.Fatal(err)
					}
				}
			})
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
