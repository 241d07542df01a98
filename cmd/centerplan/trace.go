package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/locale"
	"centerplan/web"
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
		return lineWanted(f)
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
	placed := placedStep(f, step)
	if flags.format == "json" {
		return c.writeJSON(placed)
	}
	c.writeStep(placed, 0)
	return nil
}

// lineWanted says that a line must be named, and which there are.
func lineWanted(f file) error {
	var known []string
	for _, line := range f.plan.Budget.Lines {
		known = append(known, line.Code)
	}
	return problem.Problem{Kind: problem.Invalid, Key: "cli.line_wanted", Args: problem.Args{"known": strings.Join(known, ", ")}}
}

// A tracedStep is a step of a trace and where in the plan file what it begins
// with stands: a value, a formula or an opening value.
type tracedStep struct {
	scenarios.Step
	Changes  []tracedChange    `json:"changes"`
	Operands []tracedStep      `json:"operands"`
	Position *web.FilePosition `json:"position"`
}

// A tracedChange is a change of a trace and where it stands in the plan file.
type tracedChange struct {
	scenarios.StepChange
	Position *web.FilePosition `json:"position"`
}

// placedStep finds the places of a trace in its file.
func placedStep(f file, step *scenarios.Step) tracedStep {
	position := func(pointer string) *web.FilePosition {
		at := f.source.Position(pointer, problem.Span{})
		return &web.FilePosition{Line: at.Line, Column: at.Column}
	}
	placed := tracedStep{Step: *step, Changes: []tracedChange{}, Operands: []tracedStep{}, Position: position(step.Pointer)}
	for _, change := range step.Changes {
		placed.Changes = append(placed.Changes, tracedChange{change, position(change.Source)})
	}
	for _, operand := range step.Operands {
		placed.Operands = append(placed.Operands, placedStep(f, operand))
	}
	return placed
}

// writeStep writes a step and, indented below it, what it was made from.
func (c *console) writeStep(step tracedStep, depth int) {
	pad := strings.Repeat("  ", depth)
	value := "#ERROR"
	if step.Value != nil {
		value = exact(step.Value)
	}
	fmt.Fprintf(c.out, "%s%s = %s %s  (%d:%d)\n", pad, c.cellName(step.Step), value, step.Unit,
		step.Position.Line, step.Position.Column)
	if step.Error != nil {
		fmt.Fprintf(c.out, "%s  ! %s%s\n", pad,
			locale.Problem(c.lang, problem.Problem{Key: step.Error.Key, Args: step.Error.Args}), c.beganIn(step.Step))
	}
	if step.Formula != "" {
		fmt.Fprintf(c.out, "%s  = %s\n", pad, step.Formula)
	}
	if step.WithValues != "" && step.WithValues != step.Formula {
		fmt.Fprintf(c.out, "%s  = %s\n", pad, step.WithValues)
	}
	for _, change := range step.Changes {
		fmt.Fprintf(c.out, "%s  %s%s %s: %s → %s  (%d:%d)\n", pad, c.settled(change.StepChange), change.Op, exact(&change.Value),
			exact(change.Before), exact(change.After), change.Position.Line, change.Position.Column)
	}
	if step.Cut {
		fmt.Fprintf(c.out, "%s  …\n", pad)
	}
	for _, operand := range step.Operands {
		c.writeStep(operand, depth+1)
	}
}

// cellName writes line, members and month of a step's cell.
func (c *console) cellName(step scenarios.Step) string {
	name := step.Line
	if len(step.Member) > 0 {
		name += "[" + strings.Join(step.Member, ",") + "]"
	}
	if step.Month == "" {
		return name + " " + c.say("cli.opening")
	}
	return name + " " + step.Month
}

// settled says which step of the settling order a change is, and whose.
func (c *console) settled(change scenarios.StepChange) string {
	text := c.say("trace.kind." + change.Kind)
	if change.Code != "" {
		text += " " + change.Code
	}
	return text + ", "
}

// beganIn names the cell where a step's error began, if that is another one.
func (c *console) beganIn(step scenarios.Step) string {
	if step.Error.Cause == step.Line && step.Error.CauseMonth == step.Month || step.Error.Cause == "" {
		return ""
	}
	return locale.Message(c.lang, "cli.began_in", problem.Args{
		"cell": strings.TrimSpace(step.Error.Cause + " " + step.Error.CauseMonth),
	})
}
