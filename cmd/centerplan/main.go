// Command centerplan plans a customer center's year: it serves the page and
// the API, and works on plan files without a server.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/templates/locale"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs one command and returns the process's exit code: 0, or 1 when
// something was wrong, which it then has said on stderr.
func run(ctx context.Context, args []string, env func(string) string, stdout, stderr io.Writer) int {
	out := &writer{to: stdout}
	c := &console{out: out, err: stderr, lang: localeOf(args, env)}
	root := c.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = out.problem()
	}
	if err == nil {
		return 0
	}
	if !errors.Is(err, errSaid) {
		c.fail(err)
	}
	return 1
}

// engine names this program in documents and in the page.
const engine = "Centerplan 0.1"

// errSaid ends a command that has already written what was wrong.
var errSaid = errors.New("already said")

// A writer keeps the first error of writing, so that output cut short by a full
// disk or a closed pipe ends with exit code 1 although no line checks for it.
type writer struct {
	to  io.Writer
	err error
}

func (w *writer) Write(text []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.to.Write(text)
	w.err = err
	return n, err
}

// problem returns what went wrong, nil if nothing did.
func (w *writer) problem() error {
	if w.err == nil {
		return nil
	}
	return problem.Problem{Kind: problem.Invalid, Key: "cli.output", Args: problem.Args{"reason": w.err.Error()}, Err: w.err}
}

// A console is where a command writes and the language it writes in.
type console struct {
	out, err io.Writer
	lang     document.Locale
}

// writeJSON writes a value for other programs, and for people who look.
func (c *console) writeJSON(value any) error {
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

func (c *console) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "centerplan",
		Short:         c.say("cli.help.root"),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().Var((*langFlag)(&c.lang), "lang", c.say("cli.help.lang"))
	root.AddCommand(
		c.demo(), c.serve(), c.check(), c.calc(), c.trace(), c.compare(), c.tornado(), c.report(), c.functions(),
		c.seal(), c.verify(), c.backup(), c.restore(), c.user(),
	)
	c.localise(root)
	return root
}

// fail writes every problem an error carries, one sentence each. Errors that
// carry none, such as a flag cobra does not know, are written as they are.
func (c *console) fail(err error) {
	list := problem.Of(err)
	for _, p := range list {
		if p.Kind == problem.Internal && p.Key == "internal" {
			fmt.Fprintln(c.err, "centerplan: "+strings.TrimPrefix(err.Error(), "internal: "))
			return
		}
		fmt.Fprintln(c.err, "centerplan: "+locale.Problem(c.lang, p))
	}
}

// localeOf picks the language the arguments ask for, else the one the system is
// set to. The help texts are made before the flags are read.
func localeOf(args []string, env func(string) string) document.Locale {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok && document.Locale(value).Valid() {
			return document.Locale(value)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := env(name); value != "" {
			if strings.HasPrefix(value, "zh") {
				return document.Chinese
			}
			return document.English
		}
	}
	return document.English
}

// say returns a message that has no arguments.
func (c *console) say(key string) string { return locale.Message(c.lang, key, nil) }

// localise puts cobra's own words into the console's language.
func (c *console) localise(root *cobra.Command) {
	root.SetUsageTemplate(strings.NewReplacer(
		"Usage:", c.say("cli.usage.usage"),
		"Available Commands:", c.say("cli.usage.commands"),
		"Global Flags:", c.say("cli.usage.global"),
		"Flags:", c.say("cli.usage.flags"),
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`, c.say("cli.usage.more"),
	).Replace(root.UsageTemplate()))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range append(root.Commands(), root) {
		switch cmd.Name() {
		case "help":
			cmd.Short = c.say("cli.help.help_command")
		case "completion":
			cmd.Short = c.say("cli.help.completion")
		}
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = c.say("cli.help.help")
	}
}

// langFlag accepts the names of locales only.
type langFlag document.Locale

func (l *langFlag) String() string { return string(*l) }
func (l *langFlag) Type() string   { return "zh|en" }
func (l *langFlag) Set(text string) error {
	if !document.Locale(text).Valid() {
		return fmt.Errorf("there is no language %q; there are zh and en", text)
	}
	*l = langFlag(text)
	return nil
}
