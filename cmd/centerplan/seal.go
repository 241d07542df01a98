package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/scenarios"
	"centerplan/templates/locale"
)

func (c *console) seal() *cobra.Command {
	var output string
	var codes []string
	cmd := &cobra.Command{
		Use:   "seal PLAN.yaml [-o PLAN.seal.json]",
		Short: c.say("cli.help.seal"),
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.runSeal(args[0], output, codes)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", c.say("cli.help.seal_file"))
	cmd.Flags().StringSliceVar(&codes, "scenario", nil, c.say("cli.help.scenarios_seal"))
	return cmd
}

// runSeal seals a plan file. The file itself is not changed.
func (c *console) runSeal(path, output string, codes []string) error {
	f, err := c.open(path)
	if err != nil {
		return err
	}
	outcomes, err := f.toSeal(codes)
	if err != nil {
		return err
	}
	blocked := seal.Ready(f.plan, f.plan.Check(f.book), amountOf(outcomes[0], f.plan.Workflow.Amount))
	if len(blocked) > 0 {
		c.list(f, blocked)
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.seal_blocked", problem.Args{
			"path": path, "count": strconv.Itoa(len(blocked)),
		}))
		return errSaid
	}
	sealed, err := seal.Make(f.source.Document, 0, outcomes, engine)
	if err != nil {
		return err
	}
	if output == "" {
		output = sealPath(path)
	}
	if err := writeOnce(output, sealed.Bytes); err != nil {
		return err
	}
	fmt.Fprintln(c.out, locale.Message(c.lang, "cli.sealed", problem.Args{
		"path": output, "hash": sealed.Hash, "short": seal.Short(sealed.Hash), "engine": sealed.Engine,
		"scenarios": joined(sealed.Scenarios),
	}))
	return nil
}

// toSeal evaluates what is sealed with the scenarios of the codes.
func (f file) toSeal(codes []string) ([]*scenarios.Outcome, error) {
	var asked []scenarios.Code
	for _, code := range codes {
		asked = append(asked, scenarios.Code(code))
	}
	all, err := seal.Scenarios(f.plan, asked)
	if err != nil {
		return nil, err
	}
	var outcomes []*scenarios.Outcome
	sizer := capacity.NewSizer()
	for _, code := range all {
		outcome, err := f.book.Evaluate(code, sizer)
		if err != nil {
			return nil, err
		}
		outcomes = append(outcomes, outcome)
	}
	return outcomes, nil
}

// amountOf returns the total of the line that approval steps go by: nought
// where no line is named, NaN where its total failed.
func amountOf(base *scenarios.Outcome, id string) float64 {
	line, ok := base.Model.ByID(budget.LineID(id))
	if !ok {
		return 0
	}
	total, fault := base.Results.Roll(line.Code, -1, 0, base.Model.Calendar.Months-1)
	if fault != nil {
		return math.NaN()
	}
	return total
}

// sealPath is where the seal of a plan file stands unless another name is
// given.
func sealPath(plan string) string {
	base := plan
	for _, ending := range []string{".yaml", ".yml", ".plan"} {
		base = strings.TrimSuffix(base, ending)
	}
	return base + ".seal.json"
}

// writeOnce writes a file that is not there yet. One with the same bytes is
// left as it is; another is never overwritten.
func writeOnce(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, text) {
			return nil
		}
		return problem.Problem{Kind: problem.Conflict, Key: "cli.seal_exists", Args: problem.Args{"path": path}}
	}
	if err == nil {
		_, err = file.Write(text)
		err = errors.Join(err, file.Sync(), file.Close())
		if err != nil {
			_ = os.Remove(path) // half a seal is none
		}
	}
	if err != nil {
		return problem.Problem{Kind: problem.Invalid, Key: "cli.write", Args: problem.Args{
			"path": path, "reason": err.Error(),
		}, Err: err}
	}
	return nil
}

func joined(codes []scenarios.Code) string {
	var texts []string
	for _, code := range codes {
		texts = append(texts, string(code))
	}
	return strings.Join(texts, ", ")
}
