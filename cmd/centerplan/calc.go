package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/locale"
)

type calcFlags struct {
	scenario string
	lines    []string
	format   string
	by       string
}

func (c *console) calc() *cobra.Command {
	var flags calcFlags
	cmd := &cobra.Command{
		Use:   "calc PLAN.yaml",
		Short: c.say("cli.help.calc"),
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.runCalc(args[0], flags)
		},
	}
	cmd.Flags().StringVar(&flags.scenario, "scenario", "base", c.say("cli.help.scenario"))
	cmd.Flags().StringSliceVar(&flags.lines, "lines", nil, c.say("cli.help.lines"))
	cmd.Flags().StringVar(&flags.format, "format", "table", c.say("cli.help.format_calc"))
	cmd.Flags().StringVar(&flags.by, "by", "month", c.say("cli.help.by"))
	return cmd
}

func (c *console) runCalc(path string, flags calcFlags) error {
	if err := oneOf("--format", flags.format, "json", "csv", "table"); err != nil {
		return err
	}
	if err := oneOf("--by", flags.by, "month", "quarter", "year"); err != nil {
		return err
	}
	f, err := c.open(path)
	if err != nil {
		return err
	}
	outcome, err := f.book.Evaluate(scenarios.Code(flags.scenario), capacity.NewSizer())
	if err != nil {
		return err
	}
	sheet, err := outcome.Sheet(flags.lines, scenarios.By(flags.by))
	if err != nil {
		return err
	}
	if len(flags.lines) == 0 {
		for _, line := range f.plan.Budget.Lines {
			flags.lines = append(flags.lines, line.Code)
		}
	}
	if err := c.writeResults(outcome, sheet, flags); err != nil {
		return err
	}
	var failed []scenarios.CellError
	for _, code := range flags.lines {
		failed = append(failed, sheet.Lines[code].Errors...)
	}
	return c.conclude(f, failed, flags.format)
}

// conclude writes the plan's problems and why printed cells have no numbers,
// which JSON has in it: each cause once, with the first month it has, but for
// those that are told as problems of formulas.
func (c *console) conclude(f file, failed []scenarios.CellError, format string) error {
	told := f.book.Problems()
	c.list(f, told)
	switch {
	case len(failed) == 0:
		return nil
	case format == "json":
		return errSaid
	}
	type cause struct{ line, key string }
	seen := map[cause]bool{}
	for _, e := range failed {
		this := cause{e.Cause, e.Key}
		known := slices.ContainsFunc(told, func(p problem.Problem) bool { return p.Key == e.Key })
		if seen[this] || known {
			continue
		}
		seen[this] = true
		place := strings.TrimSpace(e.Cause + " " + e.CauseMonth)
		fmt.Fprintf(c.err, "centerplan: %s: %s\n", place, locale.Problem(c.lang, problem.Problem{Key: e.Key, Args: e.Args}))
	}
	return errSaid
}

// oneOf refuses a flag's value that is not among the words.
func oneOf(flag, got string, words ...string) error {
	if slices.Contains(words, got) {
		return nil
	}
	return problem.Problem{Kind: problem.Invalid, Key: "cli.flag", Args: problem.Args{
		"flag": flag, "got": got, "want": strings.Join(words, ", "),
	}}
}

// labels returns the names of the sheet's periods.
func labels(outcome *scenarios.Outcome, sheet scenarios.Sheet) []string {
	if sheet.Calendar.Buckets != nil {
		return sheet.Calendar.Buckets
	}
	var names []string
	for i := range sheet.Calendar.Months {
		names = append(names, outcome.Model.Calendar.Month(i).String())
	}
	return names
}

func (c *console) writeResults(outcome *scenarios.Outcome, sheet scenarios.Sheet, flags calcFlags) error {
	if flags.format == "json" {
		return c.writeJSON(sheet)
	}
	var rows []tableRow
	for _, code := range flags.lines {
		own, err := outcome.Rows(code, scenarios.By(flags.by))
		if err != nil {
			return err
		}
		for _, row := range own {
			rows = append(rows, tableRow{code, strings.Join(row.Members, ","), sheet.Lines[code].Unit, append(row.Values, row.Total)})
		}
	}
	periods := append(labels(outcome, sheet), "total")
	if flags.format == "csv" {
		return writeCSV(c.out, rows, periods)
	}
	return writeTable(c.out, flags.scenario, rows, periods)
}

// A tableRow is one row of results as it is printed, its total last.
type tableRow struct {
	line, member, unit string
	values             []*float64
}

func writeCSV(out io.Writer, rows []tableRow, periods []string) error {
	records := [][]string{append([]string{"line", "member", "unit"}, periods...)}
	for _, row := range rows {
		record := []string{row.line, row.member, row.unit}
		for _, value := range row.values {
			record = append(record, exact(value))
		}
		records = append(records, record)
	}
	if err := csv.NewWriter(out).WriteAll(records); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

func writeTable(out io.Writer, scenario string, rows []tableRow, periods []string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\t\t%s\t\n", scenario, strings.Join(periods, "\t"))
	for _, row := range rows {
		name := row.line
		if row.member != "" {
			name += "[" + row.member + "]"
		}
		fmt.Fprintf(w, "%s\t%s\t", name, row.unit)
		for _, value := range row.values {
			fmt.Fprintf(w, "%s\t", short(value))
		}
		fmt.Fprint(w, "\n")
	}
	return w.Flush()
}

// exact writes every digit a number has, without an exponent where it reads
// well. A failed cell is empty.
func exact(value *float64) string {
	if value == nil {
		return ""
	}
	if size := math.Abs(*value); size < 1e15 && size >= 1e-4 || size == 0 {
		return strconv.FormatFloat(*value, 'f', -1, 64)
	}
	return strconv.FormatFloat(*value, 'g', -1, 64)
}

// short writes a number for the eye: grouped, with as many decimals as its
// size leaves worth reading. A failed cell says so.
func short(value *float64) string {
	if value == nil {
		return "#ERROR"
	}
	decimals := 0
	switch size := max(*value, -*value); {
	case size == 0 || size >= 10000:
	case size < 1:
		decimals = 4
	case size < 100:
		decimals = 2
	default:
		decimals = 1
	}
	return grouped(strconv.FormatFloat(*value, 'f', decimals, 64))
}

// grouped puts a comma after every three digits before the point.
func grouped(text string) string {
	sign, rest := "", text
	if strings.HasPrefix(rest, "-") {
		sign, rest = "-", rest[1:]
	}
	whole, fraction, point := strings.Cut(rest, ".")
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if point {
		b.WriteString("." + fraction)
	}
	return sign + b.String()
}
