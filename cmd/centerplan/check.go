package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"centerplan/planning/problem"
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

// note writes the notes of a plan's formulas. They are no problems.
func (c *console) note(f file) {
	for _, p := range f.book.Notes() {
		at := f.path + ":" + place(f.source.PositionOf(p))
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.note", problem.Args{"place": at, "text": locale.Problem(c.lang, p)}))
	}
}
