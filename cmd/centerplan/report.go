package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/scenarios"
	"centerplan/templates/locale"
	"centerplan/templates/pdf"
	"centerplan/templates/report"
	"centerplan/web"
)

type reportFlags struct {
	scenario string
	compare  []string
	output   string
	date     string
	seal     string
}

func (c *console) report() *cobra.Command {
	var flags reportFlags
	cmd := &cobra.Command{
		Use:   "report PLAN.yaml -o PLAN.pdf",
		Short: c.say("cli.help.report"),
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.runReport(args[0], flags)
		},
	}
	cmd.Flags().StringVar(&flags.scenario, "scenario", "base", c.say("cli.help.scenario_report"))
	cmd.Flags().StringSliceVar(&flags.compare, "compare", nil, c.say("cli.help.compare_report"))
	cmd.Flags().StringVarP(&flags.output, "output", "o", "plan.pdf", c.say("cli.help.output"))
	cmd.Flags().StringVar(&flags.date, "date", "", c.say("cli.help.date"))
	cmd.Flags().StringVar(&flags.seal, "seal", "", c.say("cli.help.seal_report"))
	return cmd
}

func (c *console) runReport(path string, flags reportFlags) error {
	f, err := c.open(path)
	if err != nil {
		return err
	}
	date, err := dateOf(flags.date)
	if err != nil {
		return err
	}
	sizer := capacity.NewSizer()
	input := report.Input{
		Plan: f.plan, Problems: f.plan.Check(f.book), Locale: c.lang, Date: date,
		Scenario: scenarios.Code(flags.scenario),
		Outcome: func(code scenarios.Code) (*scenarios.Outcome, error) {
			return f.book.Evaluate(code, sizer)
		},
	}
	input.Bridge = func(from, to scenarios.Code, line string) (scenarios.Bridge, error) {
		return scenarios.BridgeBetween(context.Background(), input.Outcome, from, to, line, sizer)
	}
	for _, code := range flags.compare {
		input.Compare = append(input.Compare, scenarios.Code(code))
	}
	if flags.seal != "" {
		if err := printSealed(f, flags.seal, &input); err != nil {
			return err
		}
	}
	bytes, err := render(input)
	if err != nil {
		return err
	}
	if err := os.WriteFile(flags.output, bytes, 0o644); err != nil {
		return problem.Problem{Kind: problem.Invalid, Key: "cli.write", Args: problem.Args{
			"path": flags.output, "reason": err.Error(),
		}, Err: err}
	}
	fmt.Fprintln(c.out, locale.Message(c.lang, "cli.written", problem.Args{"path": flags.output}))
	return nil
}

// dateOf reads the date of a flag; the empty text is no date.
func dateOf(text string) (calendar.Date, error) {
	if text == "" {
		return calendar.Date{}, nil
	}
	date, ok := calendar.ParseDate(text)
	if !ok {
		return date, problem.Problem{Kind: problem.Invalid, Key: "shape.date", Args: problem.Args{"got": text}}
	}
	return date, nil
}

// reportOf makes the report of an open plan.
func reportOf(request web.ReportRequest) ([]byte, error) {
	when := request.Date
	problems, _ := request.View.Problems()
	input := report.Input{
		Plan: request.View.Plan(), Problems: problems, Hidden: request.View.Rights().Hidden, Locale: request.Locale,
		Scenario: request.Scenario, Compare: request.Compare, Outcome: request.View.Outcome, Bridge: request.Bridge,
		Date: calendar.Of(when.Year(), int(when.Month())).Date(when.Day()), Rev: int64(request.View.Rev()),
	}
	if mark := request.Seal; mark != nil {
		// A sealed plan is the same paper whenever it is printed.
		input.Date = mark.On
		input.Seal = &report.SealMark{
			Hash: mark.Hash, Short: seal.Short(mark.Hash), On: mark.On, Who: request.SealedBy, Engine: mark.Engine,
		}
	}
	return render(input)
}

// render builds the report and draws it.
func render(input report.Input) ([]byte, error) {
	input.Engine = engine
	input.Say = func(key string, args problem.Args) string { return locale.Message(input.Locale, key, args) }
	doc, err := report.Build(input)
	if err != nil {
		return nil, err
	}
	return pdf.Render(doc)
}
