package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"centerplan/planning"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/templates/locale"
	"centerplan/templates/starters"
	"centerplan/web"
	"centerplan/web/accounts"
	"centerplan/web/live"
	"centerplan/web/ui"
)

// stopTime is how long a stopping server waits for answers under way.
const stopTime = 10 * time.Second

// dataFile is where serve keeps plans unless told otherwise.
const dataFile = "centerplan.db"

type serveFlags struct {
	listen string
	data   string
	// url is the address by which browsers reach the server, empty for the one it
	// listens on.
	url  string
	demo bool
}

func (f *serveFlags) add(c *console, cmd *cobra.Command, data string) {
	cmd.Flags().StringVar(&f.listen, "listen", "127.0.0.1:8080", c.say("cli.help.listen"))
	cmd.Flags().StringVar(&f.data, "data", data, c.say("cli.help.data"))
}

func (c *console) demo() *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: c.say("cli.help.demo"),
		Long:  c.say("cli.help.demo_long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := os.MkdirAll(filepath.Dir(flags.data), 0o700); err != nil {
				return folderProblem(flags.data, err)
			}
			var plans []plan
			for _, name := range starters.Names() {
				text, _ := starters.Get(name)
				plans = append(plans, plan{name: name, text: text})
			}
			flags.demo = true
			return c.runServer(cmd.Context(), flags, plans)
		},
	}
	flags.add(c, cmd, filepath.Join(cacheDir(), "centerplan", "demo.db"))
	return cmd
}

func (c *console) serve() *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "serve [PLAN.yaml …]",
		Short: c.say("cli.help.serve"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var plans []plan
			for _, path := range args {
				if _, err := c.open(path); err != nil {
					return err
				}
				text, err := os.ReadFile(path)
				if err != nil {
					return readProblem(path, err)
				}
				plans = append(plans, plan{name: path, path: path, text: text})
			}
			return c.runServer(cmd.Context(), flags, plans)
		},
	}
	flags.add(c, cmd, dataFile)
	cmd.Flags().StringVar(&flags.url, "url", "", c.say("cli.help.url"))
	return cmd
}

// A plan is the text of a plan file to be taken into the store.
type plan struct {
	name string
	path string // empty for one of our own
	text []byte
}

// folderProblem says why the folder of the data file cannot be made.
func folderProblem(path string, err error) error {
	key := "store.cannot_open"
	if errors.Is(err, fs.ErrPermission) {
		key = "store.not_writable"
	}
	return problem.Problem{Kind: problem.Invalid, Key: key, Args: problem.Args{"path": path, "reason": err.Error()}, Err: err}
}

func cacheDir() string {
	if dir, err := os.UserCacheDir(); err == nil {
		return dir
	}
	return os.TempDir()
}

// takeIn stores a plan unless one of its id is there already. A plan file is
// said to be left aside for that one. A stored plan that cannot be read is said
// too, and keeps nobody from the others.
func (c *console) takeIn(ctx context.Context, hub *live.Hub, p plan) error {
	source, err := planfile.Decode(p.text)
	if err != nil {
		return err
	}
	read, err := planning.Read(source.Document)
	if err != nil {
		return err
	}
	there, err := hub.Head(ctx, store.PlanID(read.ID))
	switch {
	case problem.KindOf(err) == problem.NotFound:
		_, err = hub.Create(ctx, web.Local, source.Document)
		return err
	case err != nil && ctx.Err() == nil:
		fmt.Fprintf(c.err, "centerplan: %s: %s\n", read.ID, locale.Problem(c.lang, problem.Of(err)[0]))
	case err != nil:
		return err
	case p.path != "":
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.stored_already", problem.Args{
			"path": p.path, "plan": string(read.ID), "rev": strconv.Itoa(int(there.Rev)),
		}))
	}
	return nil
}

// runServer serves until the context ends, then stops gracefully.
func (c *console) runServer(ctx context.Context, flags serveFlags, plans []plan) error {
	public, err := publicOf(flags.url)
	if err != nil {
		return err
	}
	data, err := bolt.Open(flags.data)
	if err != nil {
		return err
	}
	defer data.Close()
	log := slog.New(slog.NewTextHandler(c.err, nil))
	people, err := accounts.Open(ctx, data, time.Now, accounts.Options{
		Demo: flags.demo, DemoLead: demoLead, Warn: func(err error) { log.Warn("accounts", "err", err) },
	})
	if err != nil {
		return err
	}
	listener, err := listen(flags.listen, people.Mode())
	if err != nil {
		return err
	}
	defer listener.Close()
	defer c.serveControl(data, people)()
	hub := live.New(data, time.Now, live.WithEngine(engine), live.WithWarn(func(err error) { log.Warn("live", "err", err) }))
	for _, p := range plans {
		if err := c.takeIn(ctx, hub, p); err != nil {
			return fmt.Errorf("take in %s: %w", p.name, err)
		}
	}
	server := web.New(web.Options{
		Hub: hub, Accounts: people, UI: ui.FS(), Log: log, Clock: time.Now, Listen: listener.Addr().String(), Report: reportOf,
		Names: public.names, Secure: public.secure,
	})
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	address := flags.url
	if address == "" {
		address = "http://" + listener.Addr().String()
	}
	c.greet(address, flags.data, people)
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	return server.Shutdown(stopping)
}

// demoLead is what the demo's team lead has in the sample plans: a position that
// owns milestones, key results and lines, and hands in the plan's parts, so that
// the five people of the demo bring a plan from draft to its seal.
var demoLead = rights.Grant{Position: "operations", Members: []string{"voice"}}

// greet says where the server is and how one gets in.
func (c *console) greet(address, data string, people *accounts.Service) {
	fmt.Fprintln(c.out, locale.Message(c.lang, "cli.serving", problem.Args{"address": address, "data": data}))
	switch people.Mode() {
	case accounts.ModeSetup:
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.set_up", problem.Args{
			"link": strings.TrimSuffix(address, "/") + "/#/setup/" + people.SetupToken(),
		}))
	case accounts.ModeDemo:
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.demo_roles", nil))
	case accounts.ModeAccounts:
	}
}

// A public says how browsers reach the server.
type public struct {
	names  []string
	secure bool
}

// publicOf reads the address by which browsers reach the server; the empty text
// is the one it listens on.
func publicOf(text string) (public, error) {
	if text == "" {
		return public{}, nil
	}
	address, err := url.Parse(text)
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" || strings.Trim(address.Path, "/") != "" {
		return public{}, problem.Problem{Kind: problem.Invalid, Key: "cli.url", Args: problem.Args{"url": text}, Err: err}
	}
	return public{names: []string{address.Host}, secure: address.Scheme == "https"}, nil
}

// listen opens the address. Only this machine's own addresses are served in the
// demo and while there are no accounts, and a port in use is said as such.
func listen(address string, mode accounts.Mode) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, problem.Problem{Kind: problem.Invalid, Key: "cli.address", Args: problem.Args{"address": address}, Err: err}
	}
	if ip := net.ParseIP(host); mode != accounts.ModeAccounts && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		key := map[accounts.Mode]string{accounts.ModeSetup: "cli.not_loopback", accounts.ModeDemo: "cli.demo_not_loopback"}[mode]
		return nil, problem.Problem{Kind: problem.Forbidden, Key: key, Args: problem.Args{"address": address}}
	}
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, problem.Problem{Kind: problem.Conflict, Key: "cli.port_in_use", Args: problem.Args{"address": address}, Err: err}
	}
	if err != nil {
		return nil, problem.Problem{Kind: problem.Invalid, Key: "cli.address", Args: problem.Args{"address": address}, Err: err}
	}
	return listener, nil
}
