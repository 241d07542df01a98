// Command bench reads what `go test -bench` prints and writes the table of the
// engine's speed: each job beside the same work as a hand-written loop, by the
// medians of all runs, with the bar it is to stay below.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A job is one row: a benchmark, what it is compared with, and the bar.
type job struct {
	name, what string
	engine     string
	loop       string // empty where the bar is a number of the unit itself
	unit       string
	bar        float64 // 0 is none
}

var jobs = []job{
	{"J1", "one driver changed, 2,400 cells current", "Latency/engine", "Latency/loop", "ns/cell", 6.5},
	{"J2", "1,000 scenarios, all cells kept", "Scenarios/engine", "Scenarios/loop", "ns/cell", 1.1},
	{"J3", "10,000 trials, quantiles of two lines", "Trials/engine", "Trials/loop", "ns/cell", 1.2},
	{"J4", "5,000 lines × 60 months", "Large/lines/engine", "Large/lines/loop", "ns/cell", 6.5},
	{"J4", "200 lines × 24 units × 60 months", "Large/dimension/engine", "Large/dimension/loop", "ns/cell", 1.5},
	{"compile", "5,000 lines, beside expr's parser", "CompileLarge/plain/engine", "CompileLarge/plain/parser", "ms/plan", 2},
	{"compile", "the same with units to check", "CompileLarge/units/engine", "CompileLarge/units/parser", "ms/plan", 2},
	{"staffing", "required_fte, a month of trials, Erlang C", "MonthOfSimulation/model=C", "", "cpu-µs/month", 25},
	{"staffing", "the same, Erlang A", "MonthOfSimulation/model=A", "", "cpu-µs/month", 0},
	{"edit", "500 lines × 12 × 3, over HTTP", "Edit/500lines", "", "ms/op", 20},
	{"memory", "J3, allocated at most", "Trials/engine", "", "MB/op", 80},
}

func main() {
	measured, err := read(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%-9s %-42s %10s %10s %7s %7s  %s\n", "job", "", "engine", "loop", "ratio", "bar", "unit")
	for _, j := range jobs {
		engine, ok := measured[j.engine][j.unit]
		if !ok {
			continue
		}
		loop, ratio, shown := "", median(engine), ""
		if j.loop != "" {
			beside := median(measured[j.loop][j.unit])
			ratio /= beside
			loop, shown = fmt.Sprintf("%10.2f", beside), fmt.Sprintf("%7.2f", ratio)
		}
		bar, verdict := "", ""
		if j.bar > 0 {
			bar = strconv.FormatFloat(j.bar, 'g', -1, 64)
			if ratio > j.bar {
				verdict = " over"
			}
		}
		fmt.Printf("%-9s %-42s %10.2f %10s %7s %7s  %s%s\n", j.name, j.what, median(engine), loop, shown, bar, j.unit, verdict)
	}
}

// read gathers the numbers of each benchmark by their unit.
func read(from io.Reader) (map[string]map[string][]float64, error) {
	all := map[string]map[string][]float64{}
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		name := strings.TrimPrefix(fields[0], "Benchmark")
		if dash := strings.LastIndexByte(name, '-'); dash > 0 && strings.Trim(name[dash+1:], "0123456789") == "" {
			name = name[:dash] // the number of processors
		}
		if all[name] == nil {
			all[name] = map[string][]float64{}
		}
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			unit := fields[i+1]
			all[name][unit] = append(all[name][unit], value)
			switch unit { // also in the table's units
			case "ns/op":
				all[name]["ms/op"] = append(all[name]["ms/op"], value/1e6)
			case "B/op":
				all[name]["MB/op"] = append(all[name]["MB/op"], value/1e6)
			}
		}
	}
	return all, lines.Err()
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}
