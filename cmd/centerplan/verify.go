package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"centerplan/planning/problem"
	"centerplan/store/bolt"
	"centerplan/templates/locale"
)

func (c *console) verify() *cobra.Command {
	var data string
	var sealed sealFlags
	cmd := &cobra.Command{
		Use:   "verify [--data FILE | PLAN.yaml [--seal PLAN.seal.json] | PLAN.seal.json]",
		Short: c.say("cli.help.verify"),
		Long:  c.say("cli.help.verify_long"),
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 1:
				return c.verifyFile(cmd, args[0], sealed)
			case sealed != sealFlags{}:
				return verifyEither()
			}
			return c.runVerify(cmd.Context(), data)
		},
	}
	sealed.add(cmd, c)
	cmd.Flags().StringVar(&data, "data", dataFile, c.say("cli.help.data"))
	return cmd
}

// runVerify examines a data file and says of each plan what is sound. Damage is
// said record by record.
func (c *console) runVerify(ctx context.Context, path string) error {
	data, err := bolt.OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer data.Close()
	report, err := data.Examine(ctx)
	if err != nil {
		return err
	}
	for _, p := range report.Problems {
		fmt.Fprintln(c.err, "centerplan: "+locale.Problem(c.lang, p))
	}
	sealsGood := true
	for _, plan := range report.Plans {
		c.verdict(plan)
		if plan.Seal.Rev == 0 || len(plan.Problems) > 0 {
			continue
		}
		good, err := c.verifyStored(ctx, data, plan.ID)
		if err != nil {
			return err
		}
		sealsGood = sealsGood && good
	}
	args := problem.Args{"path": path, "count": strconv.Itoa(report.Records)}
	if report.Records > 0 {
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.verify_records", args))
	}
	switch {
	case len(report.All()) > 0:
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.verify_file", args))
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.verify_way_out", args))
		return errSaid
	case !sealsGood:
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.verify_seal_other", args))
		return errSaid
	case len(report.Plans) == 0 && report.Records == 0:
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.verify_empty", args))
	default:
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.verify_ok", args))
	}
	return nil
}

// verdict writes a plan's line, after a sentence for each of its problems, and
// one for its seal, if that is sound.
func (c *console) verdict(plan bolt.Verdict) {
	args := problem.Args{"plan": string(plan.ID), "newest": strconv.Itoa(int(plan.Newest))}
	if plan.Seal.Rev != 0 {
		args["revision"], args["hash"] = strconv.Itoa(int(plan.Seal.Rev)), plan.Seal.Hash
		defer func() { fmt.Fprintln(c.out, locale.Message(c.lang, "cli.verify_sealed", args)) }()
	}
	if len(plan.Problems) == 0 {
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.verify_revisions", args))
		return
	}
	for _, p := range plan.Problems {
		fmt.Fprintln(c.err, "centerplan: "+locale.Problem(c.lang, p))
	}
	var whole []string
	for _, r := range plan.Whole {
		whole = append(whole, fmt.Sprintf("%d–%d", r.First, r.Last))
	}
	if args["whole"] = strings.Join(whole, ", "); len(whole) == 0 {
		args["whole"] = c.say("cli.verify_none")
	}
	fmt.Fprintln(c.out, locale.Message(c.lang, "cli.verify_damaged", args))
}
