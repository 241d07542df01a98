package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/locale"
)

type traceFlags struct {
	scenario string
	line     string
	month    string
	member   []string
	format   string
}

func (c *console) trace() *cobra.Command {
	var flags traceFlags
	cmd := &cobra.Command{
		Use:   "trace PLAN.yaml --line CODE",
		Short: c.say("cli.help.trace"),
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.runTrace(args[0], flags)
		},
	}
	cmd.Flags().StringVar(&flags.scenario, "scenario", "base", c.say("cli.help.scenario"))
	cmd.Flags().StringVar(&flags.line, "line", "", c.say("cli.help.line"))
	cmd.Flags().StringVar(&flags.month, "month", "", c.say("cli.help.month"))
	cmd.Flags().StringSliceVar(&flags.member, "member", nil, c.say("cli.help.member"))
	cmd.Flags().StringVar(&flags.format, "format", "table", c.say("cli.help.format"))
	return cmd
}

func (c *console) runTrace(path string, flags traceFlags) error {
	if err := oneOf("--format", flags.format, "json", "table"); err != nil {
		return err
	}
	f, err := c.open(path)
	if err != nil {
		return err
	}
	if flags.line == "" {
		return problem.Problem{Kind: problem.Invalid, Key: "cli.line_wanted", Args: problem.Args{
			"known": strings.Join(codes(f), ", "),
		}}
	}
	outcome, err := f.book.Evaluate(scenarios.Code(flags.scenario), capacity.NewSizer())
	if err != nil {
		return err
	}
	month := outcome.Model.Calendar.Start
	if flags.month != "" {
		parsed, ok := calendar.Parse(flags.month)
		if !ok {
			return problem.Problem{Kind: problem.Invalid, Key: "shape.month", Args: problem.Args{"got": flags.month}}
		}
		month = parsed
	}
	step, err := outcome.Trace(flags.line, flags.member, month)
	if err != nil {
		return err
	}
	if flags.format == "json" {
		encoder := json.NewEncoder(c.out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(step)
	}
	c.writeStep(step, 0)
	return nil
}

func codes(f file) []string {
	var list []string
	for _, line := range f.plan.Budget.Lines {
		list = append(list, line.Code)
	}
	return list
}

// writeStep writes a step and, indented below it, what it was made from.
func (c *console) writeStep(step *scenarios.Step, depth int) {
	pad := strings.Repeat("  ", depth)
	name := step.Line
	if len(step.Member) > 0 {
		name += "[" + strings.Join(step.Member, ",") + "]"
	}
	value := "#ERROR"
	if step.Value != nil {
		value = exact(step.Value)
	}
	fmt.Fprintf(c.out, "%s%s %s = %s %s\n", pad, name, step.Month, value, step.Unit)
	if step.Error != nil {
		fmt.Fprintf(c.out, "%s  ! %s\n", pad, locale.Problem(c.lang, problem.Problem{Key: step.Error.Key, Args: step.Error.Args}))
	}
	if step.Formula != "" {
		fmt.Fprintf(c.out, "%s  = %s\n", pad, step.Formula)
	}
	if step.WithValues != "" && step.WithValues != step.Formula {
		fmt.Fprintf(c.out, "%s  = %s\n", pad, step.WithValues)
	}
	for _, change := range step.Changes {
		fmt.Fprintf(c.out, "%s  %s %s: %s → %s  (%s)\n", pad,
			change.Op, exact(&change.Value), exact(change.Before), exact(change.After), change.Source)
	}
	if step.Cut {
		fmt.Fprintf(c.out, "%s  …\n", pad)
	}
	for _, operand := range step.Operands {
		c.writeStep(operand, depth+1)
	}
}
