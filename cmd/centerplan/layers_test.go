package main_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// module is the module's name, which begins every import of ours.
const module = "centerplan"

// A layer is one row of the table of who may import whom.
type layer struct {
	// dir is the directory the row speaks for, with all below it that have no
	// row of their own.
	dir string
	// over lists the rows it may import. What those may import it may as well.
	over []string
}

// ground is what every layer but the ground itself may stand on.
var ground = []string{
	"planning/problem", "planning/document", "planning/patch", "budget/calendar", "budget/unit",
}

// fixtures is what tests of every layer may import: they write their plans as
// plan files, the form a reviewer can read.
const fixtures = "planning/planfile"

// layers is the table, from the ground up. A row may import only rows above
// itself in this list, so that the table can have no cycle.
var layers = []layer{
	{"planning/problem", nil},
	{"planning/document", []string{"planning/problem"}},
	{"planning/patch", []string{"planning/problem", "planning/document"}},
	{"budget/calendar", []string{"planning/problem", "planning/document"}},
	{"budget/unit", []string{"planning/problem", "planning/document"}},
	{"budget/capacity", ground},
	{"budget/finance", ground},
	{"budget/formula", slices.Concat(ground, []string{"budget/capacity", "budget/finance"})},
	{"budget", []string{"planning/patch", "budget/calendar", "budget/unit", "budget/formula"}},
	{"scenarios", []string{"budget"}},
	{"okr", []string{"budget"}},
	{"planning/method", []string{"okr"}},
	{"planning/workflow", []string{"okr"}},
	{"planning/comments", []string{"okr"}},
	{"planning", []string{"scenarios", "okr", "planning/method", "planning/workflow", "planning/comments"}},
	{"templates", []string{"planning"}},
	{"store", []string{"planning"}},
	{"web/live", []string{"store", "planning"}},
	{"web/accounts", []string{"store", "planning"}},
	{"web", []string{"web/live", "web/accounts", "templates", "store"}},
	{"cmd/centerplan", []string{"web", "templates", "store"}},
}

func TestImportsFollowTheTable(t *testing.T) {
	found, files := forbidden(t, os.DirFS("../.."))
	for _, arrow := range found {
		t.Error(arrow)
	}
	if files == 0 {
		t.Error("no Go file was looked at: the test looks in the wrong place")
	}
}

// TestTheTableCanFail shows the test above a house with every kind of wrong
// arrow, beside right ones that look alike.
func TestTheTableCanFail(t *testing.T) {
	house := fstest.MapFS{
		"budget/unit/unit.go":         source("centerplan/budget/capacity"),
		"budget/unit/right.go":        source("centerplan/planning/problem"),
		"budget/formula/oracle.go":    source("centerplan/budget/finance", "fmt"),
		"budget/line.go":              source("centerplan/scenarios"),
		"planning/problem/problem.go": source("centerplan/planning"),
		"planning/planfile/file.go":   source("centerplan/planning", "centerplan/planning/method"),
		"planning/plan_test.go":       source("centerplan/store"),
		"scenarios/book_test.go":      source("centerplan/planning/planfile"),
		"scenarios/book.go":           source("centerplan/planning/planfile"),
		"okr/okr.go":                  source("centerplan/planning/method"),
		"store/bolt/bolt.go":          source("centerplan/store", "go.etcd.io/bbolt", "centerplan/web"),
		"web/live/live.go":            source("centerplan/templates/pdf"),
		"web/ui/ui.go":                source("centerplan/web/live"),
		"misc/helper.go":              source("fmt"),
		"web/ui/node_modules/x/x.go":  source("centerplan/cmd/centerplan"),
	}
	got, _ := forbidden(t, house)
	want := []string{
		"budget/line.go: budget may not import scenarios",
		"budget/unit/unit.go: budget/unit may not import budget/capacity",
		"misc/helper.go: no row of the table speaks for misc",
		"okr/okr.go: okr may not import planning/method",
		"planning/plan_test.go: planning may not import store",
		"planning/problem/problem.go: planning/problem may not import planning",
		"scenarios/book.go: scenarios may not import planning",
		"store/bolt/bolt.go: store may not import web",
		"web/live/live.go: web/live may not import templates",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheTableGoesUpwards(t *testing.T) {
	var below []string
	for _, row := range layers {
		for _, dir := range row.over {
			if !slices.Contains(below, dir) {
				t.Errorf("%s stands on %s, which is not below it", row.dir, dir)
			}
		}
		below = append(below, row.dir)
	}
}

// topLevel are the files and directories that the repository's root may hold,
// beside those that begin with a dot.
var topLevel = []string{
	"cmd", "planning", "budget", "scenarios", "okr", "templates", "store", "web",
	"go.mod", "go.sum", "README.md", "CHANGELOG.md", "LICENSE", "Makefile",
}

func TestTheRootHoldsOnlyWhatItMay(t *testing.T) {
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	ignore, err := os.ReadFile("../../.gitignore")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, ".") && !slices.Contains(topLevel, name) && !ignored(string(ignore), name) {
			t.Errorf("%s does not belong in the repository's root", name)
		}
	}
}

// ignored reports whether a pattern of the ignore file matches a name in the
// root.
func ignored(patterns, name string) bool {
	for pattern := range strings.Lines(patterns) {
		pattern = strings.TrimPrefix(strings.TrimSpace(pattern), "/")
		if match, err := path.Match(pattern, name); err == nil && match {
			return true
		}
	}
	return false
}

// forbidden returns every import below root that the table does not allow, and
// how many files it read.
func forbidden(t *testing.T, root fs.FS) (found []string, files int) {
	t.Helper()
	err := fs.WalkDir(root, ".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && skipped(file):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(file) != ".go":
			return nil
		}
		files++
		text, err := fs.ReadFile(root, file)
		if err != nil {
			return err
		}
		wrong, err := check(file, text)
		found = append(found, wrong...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, files
}

// skipped reports whether a directory holds no source of ours.
func skipped(dir string) bool {
	name := path.Base(dir)
	return dir != "." && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata")
}

// check returns the imports of one file that the table does not allow.
func check(file string, text []byte) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	from, ok := rowOf(path.Dir(file))
	if !ok {
		return []string{fmt.Sprintf("%s: no row of the table speaks for %s", file, path.Dir(file))}, nil
	}
	var wrong []string
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		dir, ours := strings.CutPrefix(imported, module+"/")
		if !ours || strings.HasSuffix(file, "_test.go") && dir == fixtures {
			continue
		}
		to, known := rowOf(dir)
		if !known || from.dir != to.dir && !allowed(from, to.dir) {
			wrong = append(wrong, fmt.Sprintf("%s: %s may not import %s", file, from.dir, to.dir))
		}
	}
	return wrong, nil
}

// rowOf returns the longest row that speaks for a directory.
func rowOf(dir string) (layer, bool) {
	for ; dir != "."; dir = path.Dir(dir) {
		for _, row := range layers {
			if row.dir == dir {
				return row, true
			}
		}
	}
	return layer{}, false
}

// allowed reports whether a row may import another, directly or through the
// rows it stands on.
func allowed(from layer, to string) bool {
	for _, dir := range from.over {
		row, _ := rowOf(dir)
		if row.dir == to || allowed(row, to) {
			return true
		}
	}
	return false
}

func source(imports ...string) *fstest.MapFile {
	var text strings.Builder
	text.WriteString("package p\n")
	for _, imported := range imports {
		fmt.Fprintf(&text, "import _ %q\n", imported)
	}
	return &fstest.MapFile{Data: []byte(text.String())}
}
