package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/locale"
)

type tornadoFlags struct {
	scenario string
	line     string
	span     string
	drivers  []string
	most     int
	format   string
}

func (c *console) tornado() *cobra.Command {
	var flags tornadoFlags
	cmd := &cobra.Command{
		Use:   "tornado PLAN.yaml --line CODE",
		Short: c.say("cli.help.tornado"),
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.runTornado(args[0], flags)
		},
	}
	const most = 12
	cmd.Flags().StringVar(&flags.scenario, "scenario", "base", c.say("cli.help.scenario"))
	cmd.Flags().StringVar(&flags.line, "line", "", c.say("cli.help.line_tornado"))
	cmd.Flags().StringVar(&flags.span, "range", "10%", c.say("cli.help.range"))
	cmd.Flags().StringSliceVar(&flags.drivers, "driver", nil, c.say("cli.help.driver"))
	cmd.Flags().IntVar(&flags.most, "most", most, c.say("cli.help.most"))
	cmd.Flags().StringVar(&flags.format, "format", "table", c.say("cli.help.format"))
	return cmd
}

func (c *console) runTornado(path string, flags tornadoFlags) error {
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
	span, err := shareOf(flags.span)
	if err != nil {
		return err
	}
	sizer := capacity.NewSizer()
	outcome, err := f.book.Evaluate(scenarios.Code(flags.scenario), sizer)
	if err != nil {
		return err
	}
	found, err := scenarios.NewSensitivity(context.Background(), outcome, scenarios.SensitivityAsk{
		Line: flags.line, Range: span, Drivers: flags.drivers, Most: max(flags.most, 0),
	}, sizer)
	if err != nil {
		return err
	}
	if flags.format == "json" {
		err = c.writeJSON(found)
	} else {
		err = c.writeTornado(found)
	}
	if err != nil {
		return err
	}
	var failed []scenarios.CellError
	if found.Error != nil {
		failed = append(failed, *found.Error)
	}
	return c.conclude(f, failed, flags.format)
}

// shareOf reads a share written as 10% or 0.1.
func shareOf(text string) (float64, error) {
	digits, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 0, problem.Problem{Kind: problem.Invalid, Key: "scenarios.range", Args: problem.Args{"got": text}}
	}
	if percent {
		const hundred = 100
		v /= hundred
	}
	return v, nil
}

// writeTornado writes what the total comes to with each driver lower and higher.
func (c *console) writeTornado(s scenarios.Sensitivity) error {
	span := strconv.FormatFloat(s.Range*100, 'f', -1, 64) + "%"
	fmt.Fprintf(c.out, "%s (%s), %s: %s\n", s.Line, s.Unit, s.Scenario, short(s.Total))
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\t−%s\t\t+%s\t\t\n", c.say("tornado.driver"), span, span)
	for _, swing := range s.Drivers {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t\n", swing.Line, c.moved(swing.Low), c.verdictOf(swing.Low), c.moved(swing.High), c.verdictOf(swing.High))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, swing := range s.Drivers {
		c.writeFailure(swing.Line+" −"+span, swing.Low.Error)
		c.writeFailure(swing.Line+" +"+span, swing.High.Error)
	}
	if s.Left > 0 {
		fmt.Fprintln(c.out, locale.Message(c.lang, "tornado.left", problem.Args{"n": strconv.Itoa(s.Left)}))
	}
	fmt.Fprintln(c.out, locale.Message(c.lang, "tornado.relative", problem.Args{"range": span}))
	return nil
}

// writeFailure says why a total has no number with a driver moved: often it has
// left the numbers that make sense, which is an answer and no error.
func (c *console) writeFailure(moved string, e *scenarios.CellError) {
	if e != nil {
		why := locale.Problem(c.lang, problem.Problem{Key: e.Key, Args: e.Args})
		fmt.Fprintf(c.out, "%s: %s: %s\n", moved, strings.TrimSpace(e.Cause+" "+e.CauseMonth), why)
	}
}

func (c *console) moved(m scenarios.Moved) string {
	if m.Difference == nil {
		return "#ERROR"
	}
	return signed(*m.Difference)
}

func (c *console) verdictOf(m scenarios.Moved) string { return c.say(verdictKeys[m.Verdict]) }
