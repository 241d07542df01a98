package formula

import (
	"errors"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"centerplan/planning/problem"
)

// A parsed formula is its source and expr's tree of it.
type parsed struct {
	src  *source
	tree ast.Node
}

// parserConfig declares every builtin of expr as overridden, so that each name
// before a parenthesis arrives as an ordinary call. A configuration caches, so
// that each compilation needs its own.
func parserConfig() *conf.Config {
	config := conf.CreateNew()
	for _, name := range []string{
		"all", "none", "any", "one", "filter", "map", "count", "sum", "find", "findIndex", "findLast", "findLastIndex", "groupBy", "sortBy", "reduce",
	} {
		config.Functions[name] = &builtin.Function{Name: name}
	}
	for _, f := range builtin.Builtins {
		config.Functions[f.Name] = &builtin.Function{Name: f.Name}
	}
	return config
}

// parse turns a formula's text into a tree. The problem is the first fault of
// syntax; its span is in the characters as typed.
func parse(config *conf.Config, text string) (parsed, *problem.Problem) {
	src, bad := scan(text)
	if bad != nil {
		return parsed{src: src}, bad
	}
	return parseSource(config, src)
}

// parseSource turns a scanned text into a tree.
func parseSource(config *conf.Config, src *source) (p parsed, bad *problem.Problem) {
	p.src = src
	defer func() {
		// The parser is not ours and the text is anyone's.
		if r := recover(); r != nil {
			bad = fault("formula.syntax", problem.Span{}, problem.Args{"found": src.text})
		}
	}()
	tree, err := parser.ParseWithConfig(src.text, config)
	if err != nil {
		return p, syntaxFault(src, err)
	}
	p.tree = tree.Node
	if p.tree == nil {
		return p, fault("formula.empty", problem.Span{}, nil)
	}
	return p, nil
}

// syntaxFault says in our words what the parser stumbled over.
func syntaxFault(src *source, err error) *problem.Problem {
	src.read()
	last := src.tokens[len(src.tokens)-1]
	fe, ok := errors.AsType[*file.Error](err)
	if !ok || strings.Contains(fe.Message, "EOF") || strings.Contains(fe.Message, "unexpected end") {
		return fault("formula.unexpected_end", src.typedSpan(last.start, last.end), nil)
	}
	for _, t := range src.tokens {
		if t.end <= fe.From {
			continue
		}
		span := src.typedSpan(t.start, t.end)
		if t.text == "=" {
			return fault("formula.single_equals", span, nil)
		}
		return fault("formula.syntax", span, problem.Args{"found": string(src.typed[span.Start:span.End])})
	}
	return fault("formula.unexpected_end", src.typedSpan(last.start, last.end), nil)
}
