package locale_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/templates/locale"
)

func TestBothCataloguesHaveTheSameKeys(t *testing.T) {
	for _, own := range document.Locales() {
		for _, key := range locale.Keys(own) {
			if !slices.Contains(locale.Keys(own.Other()), key) {
				t.Errorf("%s has the key %s, %s has not", own, key, own.Other())
			}
		}
	}
}

func TestBothLanguagesFillTheSamePlaceholders(t *testing.T) {
	for _, key := range locale.Keys(document.English) {
		en := locale.Message(document.English, key, nil)
		zh := locale.Message(document.Chinese, key, nil)
		if strings.TrimSpace(en) == "" || strings.TrimSpace(zh) == "" {
			t.Errorf("%s says nothing", key)
		}
		got, want := locale.Placeholders(zh), locale.Placeholders(en)
		if strings.HasSuffix(key, ".one") { // English may spell the one out
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: zh names %v, en names %v", key, got, want)
		}
	}
}

func TestMessage(t *testing.T) {
	cases := map[string]struct {
		locale document.Locale
		key    string
		args   problem.Args
		want   string
	}{
		"arguments take the places of their names":  {document.English, "problem.okr.unknown_role", problem.Args{"role": "boss"}, "There is no role “boss”. Choose one that exists, or leave it empty."},
		"Chinese comes from its own catalogue":      {document.Chinese, "problem.okr.unknown_role", problem.Args{"role": "boss"}, "岗位“boss”不存在，请选择已有的岗位，或留空。"},
		"a name without an argument stays":          {document.English, "problem.okr.unknown_role", nil, "There is no role “{role}”. Choose one that exists, or leave it empty."},
		"an argument is not read for names again":   {document.English, "problem.okr.unknown_role", problem.Args{"role": "{role}"}, "There is no role “{role}”. Choose one that exists, or leave it empty."},
		"a missing message shows its key":           {document.English, "no.such", nil, "[no.such]"},
		"and its arguments":                         {document.Chinese, "no.such", problem.Args{"b": "2", "a": "1"}, `[no.such a="1" b="2"]`},
		"a language that does not exist is English": {"fr", "okr.status.done", nil, "Done"},
	}
	for name, c := range cases {
		if got := locale.Message(c.locale, c.key, c.args); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestProblemsNameSections(t *testing.T) {
	for id, want := range map[string]string{"budget": "预算与投产", "voice": "voice"} {
		p := problem.Problem{Key: "seal.section_open", Args: problem.Args{"section": id}}
		if got := locale.Problem(document.Chinese, p); !strings.Contains(got, "“"+want+"”") || p.Args["section"] != id {
			t.Errorf("%s: got %s", id, got)
		}
	}
}

func TestUnit(t *testing.T) {
	for _, c := range []struct {
		locale     document.Locale
		unit, want string
	}{
		{document.Chinese, "second/contact", "秒/次"},
		{document.English, "second/contact", "sec/contact"},
		{document.Chinese, "hour*person", "小时*人"},
		{document.Chinese, "pallet/day", "pallet/天"},
		{document.English, "", ""},
	} {
		if got := locale.Unit(c.locale, c.unit); got != c.want {
			t.Errorf("%s in %s: got %q, want %q", c.unit, c.locale, got, c.want)
		}
	}
}

func TestProblem(t *testing.T) {
	p := problem.Problem{Kind: problem.Invalid, Key: "okr.no_owner", Args: problem.Args{"objective": "cost"}}
	if got, want := locale.Problem(document.English, p), "Nobody answers for objective “cost”. Choose an owner."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := locale.Problem(document.English, problem.Problem{Key: "never.heard"}), "[problem.never.heard]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEveryKeyInTheCodeHasAMessage reads the Go sources. A string counts as a
// key if it stands in a field named Key, or looks like one and begins with an
// area of the catalogues.
func TestEveryKeyInTheCodeHasAMessage(t *testing.T) {
	keys := locale.Keys(document.English)
	known := map[string]bool{}
	areas := map[string]bool{}
	for _, key := range keys {
		known[key] = true
		if area, _, ok := strings.Cut(strings.TrimPrefix(key, "problem."), "."); ok {
			areas[area] = true
		}
	}
	found := 0
	for place, key := range keysInCode(t, filepath.Join("..", ".."), areas) {
		found++
		counted := known[key+".one"] && known[key+".other"] || known["problem."+key+".one"]
		if !known["problem."+key] && !known[key] && !counted {
			t.Errorf("%s: the key %q has no message", place, key)
		}
	}
	if found == 0 {
		t.Error("found no key in any source: the search is broken")
	}
}

var (
	keyForm  = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)
	fileForm = regexp.MustCompile(`\.(json|ya?ml|go|db|pdf|ttf|txt|js|ts|css|html|md|svg|png)$`)
)

// keysInCode returns the keys in the sources below root by their place.
func keysInCode(t *testing.T, root string, areas map[string]bool) map[string]string {
	t.Helper()
	found := map[string]string{}
	files := token.NewFileSet()
	visit := func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := keyLiteral(node, areas); ok {
				text, _ := strconv.Unquote(literal.Value)
				found[files.Position(literal.Pos()).String()] = text
			}
			return true
		})
		return nil
	}
	if err := filepath.WalkDir(root, visit); err != nil {
		t.Fatal(err)
	}
	return found
}

func keyLiteral(node ast.Node, areas map[string]bool) (*ast.BasicLit, bool) {
	switch node := node.(type) {
	case *ast.KeyValueExpr:
		field, isName := node.Key.(*ast.Ident)
		literal, isText := node.Value.(*ast.BasicLit)
		return literal, isName && isText && field.Name == "Key" && literal.Kind == token.STRING
	case *ast.BasicLit:
		text, err := strconv.Unquote(node.Value)
		if node.Kind != token.STRING || err != nil || !keyForm.MatchString(text) || fileForm.MatchString(text) {
			return nil, false
		}
		area, _, _ := strings.Cut(text, ".")
		return node, areas[area]
	}
	return nil, false
}
