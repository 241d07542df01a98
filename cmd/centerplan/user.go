package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"centerplan/okr"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/store/bolt"
	"centerplan/templates/locale"
	"centerplan/web/accounts"
)

func (c *console) user() *cobra.Command {
	var data string
	cmd := &cobra.Command{Use: "user", Short: c.say("cli.help.user"), Args: cobra.NoArgs}
	cmd.PersistentFlags().StringVar(&data, "data", dataFile, c.say("cli.help.data"))
	cmd.AddCommand(c.userAdd(&data), c.userList(&data), c.userReset(&data))
	return cmd
}

func (c *console) userAdd(data *string) *cobra.Command {
	var name, center, position string
	var roles, members []string
	cmd := &cobra.Command{
		Use:   "add ID --name NAME --role ROLE --center CENTER [--position POSITION] [--member MEMBER …]",
		Short: c.say("cli.help.user_add"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var grants []rights.Grant
			for _, role := range roles {
				grants = append(grants, rights.Grant{
					Center: center, Role: rights.Role(role), Position: okr.RoleID(position), Members: members,
				})
			}
			id := strings.ToLower(strings.TrimSpace(args[0]))
			temporary, err := c.people(*data).add(cmd.Context(), accounts.Account{ID: id, Name: name, Grants: grants})
			if err != nil {
				return err
			}
			fmt.Fprintln(c.out, locale.Message(c.lang, "cli.user_added", problem.Args{"person": id, "password": temporary}))
			return nil
		},
	}
	cmd.Flags().StringVar(&name, "name", "", c.say("cli.help.name"))
	cmd.Flags().StringArrayVar(&roles, "role", nil, c.say("cli.help.role"))
	cmd.Flags().StringVar(&center, "center", "", c.say("cli.help.center"))
	cmd.Flags().StringVar(&position, "position", "", c.say("cli.help.position"))
	cmd.Flags().StringArrayVar(&members, "member", nil, c.say("cli.help.members"))
	for _, flag := range []string{"name", "role", "center"} {
		_ = cmd.MarkFlagRequired(flag)
	}
	return cmd
}

func (c *console) userList(data *string) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: c.say("cli.help.user_list"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			people, err := c.people(*data).list(cmd.Context())
			if err != nil {
				return err
			}
			if len(people) == 0 {
				fmt.Fprintln(c.out, locale.Message(c.lang, "cli.user_none", problem.Args{"path": *data}))
				return nil
			}
			w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
			for _, p := range people {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", p.ID, p.Name, c.stateOf(p), c.rolesOf(p))
			}
			return w.Flush()
		},
	}
}

func (c *console) stateOf(p accounts.Account) string {
	switch {
	case p.Disabled:
		return c.say("cli.user_disabled")
	case p.MustChange:
		return c.say("cli.user_must_change")
	}
	return c.say("cli.user_enabled")
}

// rolesOf writes an account's roles as "team lead (Beijing), viewer (*)".
func (c *console) rolesOf(p accounts.Account) string {
	var texts []string
	for _, g := range p.Grants {
		texts = append(texts, c.say("accounts.role."+string(g.Role))+" ("+g.Center+")")
	}
	if len(texts) == 0 {
		return c.say("cli.user_no_role")
	}
	return strings.Join(texts, ", ")
}

func (c *console) userReset(data *string) *cobra.Command {
	return &cobra.Command{
		Use:   "reset ID",
		Short: c.say("cli.help.user_reset"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id := strings.ToLower(strings.TrimSpace(args[0]))
			temporary, err := c.people(*data).reset(cmd.Context(), id)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.out, locale.Message(c.lang, "cli.user_reset", problem.Args{"person": id, "password": temporary}))
			return nil
		},
	}
}

// A peopleOf is the accounts of a data file, whoever has it open.
type peopleOf struct {
	path string
	warn func(error)
}

func (c *console) people(path string) peopleOf {
	return peopleOf{path: path, warn: c.fail}
}

// asked asks the server that has the file open, if that is what keeps it closed.
func (p peopleOf) asked(ctx context.Context, opening error, method, path string, in, out any) error {
	if !isInUse(opening) {
		return opening
	}
	client, ok := dialControl(p.path)
	if !ok {
		return opening
	}
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("encode a request: %w", err)
		}
		body = bytes.NewReader(text)
	}
	return client.ask(ctx, method, path, body, out)
}

// own runs an act on the accounts of a file that is open here.
func (p peopleOf) own(ctx context.Context, data *bolt.Store, act func(*accounts.Service) error) error {
	defer data.Close()
	people, err := accounts.Open(ctx, data, time.Now, accounts.Options{Warn: p.warn})
	if err != nil {
		return err
	}
	return act(people)
}

func (p peopleOf) add(ctx context.Context, account accounts.Account) (temporary string, err error) {
	data, err := bolt.Open(p.path)
	if err != nil {
		err = p.asked(ctx, err, http.MethodPost, "/users", account, &temporary)
		return temporary, err
	}
	err = p.own(ctx, data, func(s *accounts.Service) (err error) {
		temporary, err = s.Add(ctx, accounts.Console, account)
		return err
	})
	return temporary, err
}

func (p peopleOf) reset(ctx context.Context, id string) (temporary string, err error) {
	if _, err := os.Stat(p.path); errors.Is(err, fs.ErrNotExist) {
		_, err := bolt.OpenReadOnly(p.path) // which makes no file
		return "", err
	}
	data, err := bolt.Open(p.path)
	if err != nil {
		err = p.asked(ctx, err, http.MethodPost, "/users/"+url.PathEscape(id)+"/reset", nil, &temporary)
		return temporary, err
	}
	err = p.own(ctx, data, func(s *accounts.Service) (err error) {
		temporary, err = s.Reset(ctx, accounts.Console, id)
		return err
	})
	return temporary, err
}

func (p peopleOf) list(ctx context.Context) (people []accounts.Account, err error) {
	data, err := bolt.OpenReadOnly(p.path)
	if err != nil {
		err = p.asked(ctx, err, http.MethodGet, "/users", nil, &people)
		return people, err
	}
	err = p.own(ctx, data, func(s *accounts.Service) error {
		people = s.People()
		return nil
	})
	return people, err
}
