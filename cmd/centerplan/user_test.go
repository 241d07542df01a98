package main_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"centerplan/planning/rights"
	"centerplan/store/bolt"
	"centerplan/web/accounts"
)

var oneTime = regexp.MustCompile(`(?m)^[a-z2-9]{4}(-[a-z2-9]{4}){3}$`)

// mustRun runs a command that succeeds and returns what it printed.
func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, code := run(t, args...)
	if code != 0 || errs != "" {
		t.Fatalf("%v: exit %d, %s", args, code, errs)
	}
	return out
}

// peopleOf opens the accounts of a file that nobody has open.
func peopleOf(t *testing.T, path string) *accounts.Service {
	t.Helper()
	data, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = data.Close() })
	people, err := accounts.Open(context.Background(), data, time.Now, accounts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return people
}

// TestUserCommands runs the same commands on a file that nobody has open and on
// one that is served.
func TestUserCommands(t *testing.T) {
	for name, served := range map[string]bool{"alone": false, "served": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // half of it is waiting for locks
			data := filepath.Join(t.TempDir(), "plans.db")
			stop := func() {}
			if served {
				s := startWith(t, "serve", "--data", data)
				stop = s.stop
			}
			added := mustRun(t, "user", "add", "Chief", "--name", "王主任", "--role", "administrator", "--role", "director", "--center", "*", "--data", data)
			added += mustRun(t, "user", "add", "first.second", "--name", "First Second", "--role", "lead", "--center", "Beijing",
				"--position", "team_a", "--member", "voice", "--member", "chat, mail", "--data", data, "--lang", "zh")
			passwords := oneTime.FindAllString(added, -1)
			if len(passwords) != 2 || !strings.Contains(added, "Added chief") || !strings.Contains(added, "已新增账号 first.second") {
				t.Fatalf("printed %s", added)
			}
			list := mustRun(t, "user", "list", "--data", data)
			for _, part := range []string{"chief", "王主任", "administrator (*), director (*)", "team lead (Beijing)", "one-time password"} {
				if !strings.Contains(list, part) {
					t.Errorf("the list lacks %q:\n%s", part, list)
				}
			}
			if list := mustRun(t, "user", "list", "--data", data, "--lang", "zh"); !strings.Contains(list, "班组长 (Beijing)") {
				t.Errorf("in Chinese:\n%s", list)
			}
			reset := mustRun(t, "user", "reset", "CHIEF", "--data", data)
			next := oneTime.FindString(reset)
			if next == "" || next == passwords[0] || strings.Contains(list+reset, passwords[0]) {
				t.Errorf("printed %s", reset)
			}
			for _, tc := range []struct {
				part string
				args []string
			}{
				{"already", []string{"add", "chief", "--name", "W", "--role", "viewer", "--center", "*"}},
				{"no role “king”", []string{"add", "k", "--name", "K", "--role", "king", "--center", "*"}},
				{"cannot be the id", []string{"add", "a b", "--name", "K", "--role", "viewer", "--center", "*"}},
				{"no account “nobody”", []string{"reset", "nobody"}},
				{"center", []string{"add", "k", "--name", "K", "--role", "viewer"}},
				{"没有账号", []string{"reset", "nobody/../x", "--lang", "zh"}},
			} {
				out, errs, code := run(t, append(append([]string{"user"}, tc.args...), "--data", data)...)
				if code != 1 || out != "" || !strings.Contains(errs, tc.part) || strings.Contains(errs, "[problem") {
					t.Errorf("%v: exit %d, %s, %q lacks %q", tc.args, code, out, errs, tc.part)
				}
			}
			stop()
			people := peopleOf(t, data)
			lead, _ := people.Person("first.second")
			if g := lead.Grants[0]; g.Role != rights.Lead || g.Center != "Beijing" || g.Position != "team_a" || len(g.Members) != 2 || g.Members[1] != "chat, mail" {
				t.Errorf("granted %+v", lead.Grants)
			}
			for id, password := range map[string]string{"first.second": passwords[1], "chief": next} {
				if _, err := people.SignIn(t.Context(), id, password, ""); err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
			if _, err := people.SignIn(t.Context(), "chief", passwords[0], ""); err == nil {
				t.Error("the password before the reset is good")
			}
			log, err := people.Log(t.Context())
			if err != nil || len(log) != 3 || log[0].Who != accounts.Console {
				t.Errorf("log: %+v, %v", log, err)
			}
		})
	}
}

func TestUserCommandsWithoutAccountsOrAFile(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none.db")
	for _, args := range [][]string{{"list"}, {"reset", "chief"}} {
		_, errs, code := run(t, append(append([]string{"user"}, args...), "--data", data)...)
		if _, err := os.Stat(data); code != 1 || !strings.Contains(errs, "There is no plan store") || !os.IsNotExist(err) {
			t.Errorf("%v: exit %d, %s, %v", args, code, errs, err)
		}
	}
	empty := stored(t)
	if out := mustRun(t, "user", "list", "--data", empty); !strings.Contains(out, "no accounts yet") || !strings.Contains(out, empty) {
		t.Errorf("printed %s", out)
	}
	demo := filepath.Join(t.TempDir(), "demo.db")
	start(t, demo)
	_, errs, code := run(t, "user", "add", "k", "--name", "K", "--role", "viewer", "--center", "*", "--data", demo)
	if code != 1 || !strings.Contains(errs, "This is the demo") {
		t.Errorf("in the demo: exit %d, %s", code, errs)
	}
	if out := mustRun(t, "user", "list", "--data", demo); strings.Count(out, "\n") != 5 {
		t.Errorf("the demo's people:\n%s", out)
	}
	if _, errs, code := run(t, "user", "--help"); code != 0 {
		t.Errorf("help: exit %d, %s", code, errs)
	}
}
