package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"centerplan/budget/capacity"
	"centerplan/scenarios"
	"centerplan/templates/locale"
)

type compareFlags struct {
	base   string
	with   []string
	lines  []string
	format string
	bridge bool
}

func (c *console) compare() *cobra.Command {
	var flags compareFlags
	cmd := &cobra.Command{
		Use:   "compare PLAN.yaml",
		Short: c.say("cli.help.compare"),
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.runCompare(args[0], flags)
		},
	}
	cmd.Flags().StringVar(&flags.base, "base", "base", c.say("cli.help.base"))
	cmd.Flags().StringSliceVar(&flags.with, "with", nil, c.say("cli.help.with"))
	cmd.Flags().StringSliceVar(&flags.lines, "line", nil, c.say("cli.help.lines_compare"))
	cmd.Flags().StringVar(&flags.format, "format", "table", c.say("cli.help.format"))
	cmd.Flags().BoolVar(&flags.bridge, "bridge", false, c.say("cli.help.bridge"))
	return cmd
}

func (c *console) runCompare(path string, flags compareFlags) error {
	if err := oneOf("--format", flags.format, "json", "table"); err != nil {
		return err
	}
	f, err := c.open(path)
	if err != nil {
		return err
	}
	if len(flags.with) == 0 {
		for _, s := range scenarios.Open(f.book.Scenarios()) {
			if string(s.Code) != flags.base {
				flags.with = append(flags.with, string(s.Code))
			}
		}
	}
	sizer := capacity.NewSizer()
	var outcomes []*scenarios.Outcome
	for _, code := range append([]string{flags.base}, flags.with...) {
		outcome, err := f.book.Evaluate(scenarios.Code(code), sizer)
		if err != nil {
			return err
		}
		outcomes = append(outcomes, outcome)
	}
	if flags.bridge {
		return c.runBridges(f, outcomes, flags, sizer)
	}
	comparison, err := scenarios.Compare(outcomes, flags.lines)
	if err != nil {
		return err
	}
	if err := c.writeComparison(comparison, flags.format); err != nil {
		return err
	}
	var failed []scenarios.CellError
	for _, row := range comparison.Rows {
		for _, cell := range row.Cells {
			if cell.Error != nil {
				failed = append(failed, *cell.Error)
			}
		}
	}
	return c.conclude(f, failed, flags.format)
}

func (c *console) writeComparison(comparison scenarios.Comparison, format string) error {
	if format == "json" {
		return c.writeJSON(comparison)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, row := range comparison.Rows {
		fmt.Fprintf(w, "%s\t%s\t\t\t\t\t\n", row.Line, row.Unit)
		for _, cell := range row.Cells {
			key := verdictKeys[cell.Verdict]
			if cell.Scenario == comparison.Base {
				key = "cli.verdict_base"
			}
			verdict := locale.Message(c.lang, key, nil)
			fmt.Fprintf(w, "\t%s\t%s\t%s\t%s\t%s\t\n",
				cell.Scenario, short(cell.Total), difference(cell), percent(cell), verdict)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	c.writeDifferences(comparison.Differences)
	return nil
}

// writeDifferences says below the table what each scenario does that the base
// does not: + what it adds, − what it lacks.
func (c *console) writeDifferences(all []scenarios.Difference) {
	for i, d := range all {
		if i == 0 || d.Scenario != all[i-1].Scenario {
			fmt.Fprintf(c.out, "%s:\n", d.Scenario)
		}
		sign := "+"
		if d.Missing {
			sign = "−"
		}
		what := strings.Join(slices.DeleteFunc([]string{c.say("step." + d.Kind), d.Code, d.Month}, func(s string) bool { return s == "" }), " ")
		if len(d.Lines) > 0 {
			what += ": " + strings.Join(d.Lines, ", ")
		}
		fmt.Fprintf(c.out, "  %s %s\n", sign, what)
	}
}

// verdictKeys name the words for each verdict.
var verdictKeys = map[scenarios.Verdict]string{
	scenarios.Unchanged:    "cli.verdict_same",
	scenarios.Favourable:   "cli.verdict_favourable",
	scenarios.Unfavourable: "cli.verdict_unfavourable",
	scenarios.Neutral:      "cli.verdict_neutral",
}

// difference writes how a cell differs from the base, with its sign. What is
// only the noise of binary numbers is no difference.
func difference(cell scenarios.Cell) string {
	switch {
	case cell.Difference == nil || cell.Verdict == scenarios.Unchanged:
		return ""
	case *cell.Difference > 0:
		return "+" + short(cell.Difference)
	default:
		return short(cell.Difference)
	}
}

func percent(cell scenarios.Cell) string {
	if cell.Ratio == nil || cell.Verdict == scenarios.Unchanged {
		return ""
	}
	return fmt.Sprintf("%+.1f%%", *cell.Ratio*100)
}
