package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/locale"
)

// A file is a plan file that was read and holds a plan.
type file struct {
	path   string
	source planfile.Source
	plan   planning.Plan
	book   *scenarios.Book
}

// open reads a plan file. If it holds no plan, open has said why and returns
// errSaid.
func (c *console) open(path string) (file, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return file{}, readProblem(path, err)
	}
	source, err := planfile.Decode(text)
	if err != nil {
		c.list(file{path: path}, problem.Of(err))
		return file{}, errSaid
	}
	plan, err := planning.Read(source.Document)
	if err != nil {
		c.list(file{path: path, source: source}, planning.Faults(source.Document))
		return file{}, errSaid
	}
	return file{path: path, source: source, plan: plan, book: plan.Book()}, nil
}

func readProblem(path string, err error) error {
	key := "cli.read"
	if errors.Is(err, fs.ErrNotExist) {
		key = "cli.no_file"
	}
	return problem.Problem{
		Kind: problem.NotFound, Key: key, Args: problem.Args{"path": path, "reason": err.Error()}, Err: err,
	}
}

// list writes each problem as `path:line:column: sentence`, a formula's with
// the formula and its span marked below.
func (c *console) list(f file, problems problem.List) {
	for _, p := range problems {
		fmt.Fprintf(c.err, "%s:%s %s\n", f.path, place(f.source.PositionOf(p)), locale.Problem(c.lang, p))
		if text, ok := formulaAt(f.source.Document, p); ok {
			fmt.Fprintf(c.err, "    %s\n", marked(text, p.Span))
		}
	}
}

// place writes a position, nothing if that is not known.
func place(at planfile.Position) string {
	if at.Line == 0 {
		return ""
	}
	return fmt.Sprintf("%d:%d:", at.Line, at.Column)
}

func formulaAt(doc document.Node, p problem.Problem) (string, bool) {
	if !strings.HasSuffix(p.Pointer, "/formula") || p.Span == (problem.Span{}) {
		return "", false
	}
	parts, ok := document.Parts(p.Pointer)
	if !ok {
		return "", false
	}
	node, _ := document.Get(doc, parts...)
	text, ok := node.(string)
	return text, ok && len(text) < 4096
}

// marked puts marks around the span of a formula.
func marked(text string, span problem.Span) string {
	runes := []rune(text)
	start, end := min(max(span.Start, 0), len(runes)), min(max(span.End, 0), len(runes))
	if end < start {
		end = start
	}
	return string(runes[:start]) + "»" + string(runes[start:end]) + "«" + string(runes[end:])
}
