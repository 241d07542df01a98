package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/locale"
)

func (c *console) check() *cobra.Command {
	return &cobra.Command{
		Use:   "check PLAN.yaml",
		Short: c.say("cli.help.check"),
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := c.open(args[0])
			if err != nil {
				return err
			}
			c.note(f)
			if problems := f.plan.Check(f.book); len(problems) > 0 {
				c.list(f, problems)
				return errSaid
			}
			fmt.Fprintln(c.out, locale.Message(c.lang, "cli.check_ok", problem.Args{
				"path": f.path, "lines": strconv.Itoa(len(f.plan.Budget.Lines)),
				"scenarios": strconv.Itoa(len(f.plan.Scenarios)),
			}))
			return nil
		},
	}
}

// notesOf returns the notes of a plan's formulas, and of what they come to in
// base.
func notesOf(f file) problem.List {
	notes := append(f.plan.Notes(), f.book.Notes()...)
	if base, err := f.book.Evaluate(scenarios.Base, capacity.NewSizer()); err == nil {
		notes = append(notes, base.Notes()...)
	}
	return notes
}

// note writes the notes of a plan. They are no problems.
func (c *console) note(f file) {
	for _, p := range notesOf(f) {
		at := f.path + ":" + place(f.source.PositionOf(p))
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.note", problem.Args{"place": at, "text": locale.Problem(c.lang, p)}))
	}
}
