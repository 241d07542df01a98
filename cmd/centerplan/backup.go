package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"centerplan/planning/problem"
	"centerplan/store/bolt"
	"centerplan/templates/locale"
)

func (c *console) backup() *cobra.Command {
	var data, output string
	var options bolt.CopyOptions
	cmd := &cobra.Command{
		Use:   "backup [--data FILE] -o COPY",
		Short: c.say("cli.help.backup"),
		Long:  c.say("cli.help.backup_long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.runBackup(cmd.Context(), data, output, options)
		},
	}
	cmd.Flags().StringVar(&data, "data", dataFile, c.say("cli.help.data"))
	cmd.Flags().StringVarP(&output, "output", "o", "", c.say("cli.help.copy"))
	cmd.Flags().BoolVar(&options.Compact, "compact", false, c.say("cli.help.compact"))
	cmd.Flags().BoolVar(&options.Force, "force", false, c.say("cli.help.force"))
	_ = cmd.MarkFlagRequired("output")
	return cmd
}

func (c *console) runBackup(ctx context.Context, path, output string, options bolt.CopyOptions) error {
	data, err := bolt.OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer data.Close()
	if err := data.CopyTo(ctx, output, options); err != nil {
		return err
	}
	info, err := os.Stat(output)
	if err != nil {
		return readProblem(output, err)
	}
	fmt.Fprintln(c.out, locale.Message(c.lang, "cli.copied", problem.Args{
		"path": output, "bytes": strconv.FormatInt(info.Size(), 10),
	}))
	return nil
}

func (c *console) restore() *cobra.Command {
	var data string
	var force bool
	cmd := &cobra.Command{
		Use:   "restore COPY [--data FILE]",
		Short: c.say("cli.help.restore"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			kept, err := bolt.Restore(cmd.Context(), args[0], data, force)
			if err != nil {
				c.fail(err)
				fmt.Fprintln(c.err, locale.Message(c.lang, "cli.restore_none", problem.Args{"path": data}))
				return errSaid
			}
			fmt.Fprintln(c.out, locale.Message(c.lang, "cli.restored", problem.Args{"path": data, "copy": args[0]}))
			if kept != "" {
				fmt.Fprintln(c.out, locale.Message(c.lang, "cli.restore_kept", problem.Args{"kept": kept}))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&data, "data", dataFile, c.say("cli.help.data"))
	cmd.Flags().BoolVar(&force, "force", false, c.say("cli.help.force_restore"))
	return cmd
}
