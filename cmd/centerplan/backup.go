package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
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
	if err == nil {
		defer data.Close()
		err = data.CopyTo(ctx, output, options)
	} else if isInUse(err) {
		err = hotCopy(ctx, err, path, output, options)
	}
	if err != nil {
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

// isInUse reports whether a file could not be opened for another process has it.
func isInUse(err error) bool {
	list := problem.Of(err)
	return len(list) == 1 && (list[0].Key == "store.in_use" || list[0].Key == "store.locked")
}

// hotCopy has the server that has a file open send a copy of it, which is then
// checked and copied as a file that nobody has open. Where no server answers,
// it returns what kept the file from being opened.
func hotCopy(ctx context.Context, opening error, path, output string, options bolt.CopyOptions) error {
	if err := mayWrite(path, output, options.Force); err != nil {
		return err
	}
	client, ok := dialControl(path)
	if !ok {
		return opening
	}
	received, err := client.receive(ctx, output)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(received) }()
	data, err := bolt.OpenReadOnly(received)
	if err == nil {
		err = errors.Join(data.CopyTo(ctx, output, options), data.Close())
	}
	return aboutFile(err, received, path)
}

// mayWrite refuses early, and for the file that is served, what CopyTo refuses
// for the one it copies.
func mayWrite(path, output string, force bool) error {
	there, err := os.Stat(output)
	if err != nil {
		return nil //nolint:nilerr // CopyTo says what is wrong with it, if anything
	}
	if own, err := os.Stat(path); err == nil && os.SameFile(own, there) {
		return problem.Problem{Kind: problem.Invalid, Key: "store.copy_is_itself", Args: problem.Args{"path": output}}
	}
	if !force {
		return problem.Problem{Kind: problem.Conflict, Key: "store.copy_exists", Args: problem.Args{"path": output}}
	}
	return nil
}

// receive writes what the server sends to a new file beside the path and
// returns its name.
func (c *controlClient) receive(ctx context.Context, path string) (received string, err error) {
	response, err := c.send(ctx, http.MethodPost, "/backup", nil)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.received")
	if err != nil {
		return "", noCopy(path, err)
	}
	_, err = io.Copy(file, response.Body)
	if err := errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(file.Name())
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", noCopy(path, err)
	}
	return file.Name(), nil
}

func noCopy(path string, err error) error {
	return problem.Problem{Kind: problem.Invalid, Key: "store.no_copy", Err: err, Args: problem.Args{
		"path": path, "reason": reason(err).Error(),
	}}
}

// aboutFile names the file that was copied where an error names the one that
// was received.
func aboutFile(err error, received, path string) error {
	list := problem.Of(err)
	if len(list) == 0 || list[0].Key == "internal" {
		return err
	}
	renamed := make(problem.List, len(list))
	for i, p := range list {
		if p.Args["path"] == received {
			p.Args = maps.Clone(p.Args)
			p.Args["path"] = path
		}
		renamed[i] = p
	}
	return renamed
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
