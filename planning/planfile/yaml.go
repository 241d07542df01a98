package planfile

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"centerplan/planning/problem"
)

// A Position is a place in a plan file: line and column count from 1, the
// column in characters.
type Position struct {
	Line   int
	Column int
}

// A node is a YAML value with its place. Exactly one of scalar, list and
// fields holds the value, as kind says.
type node struct {
	kind   nodeKind
	scalar any    // nil, bool, float64 or string
	raw    string // a scalar as it reads, without its quotes
	// written is a text as the file has it, quotes included; empty where it
	// stands on several lines.
	written []rune
	quoted  bool
	list    []*node
	fields  []field
	at      Position
}

type nodeKind int

const (
	scalarNode nodeKind = iota
	listNode
	objectNode
)

type field struct {
	name  string
	at    Position
	value *node
}

// isNull reports whether the node says that there is no value.
func (n *node) isNull() bool { return n.kind == scalarNode && n.scalar == nil }

func (n *node) field(name string) *node {
	for _, f := range n.fields {
		if f.name == name {
			return f.value
		}
	}
	return nil
}

const (
	maxFileBytes = 16 << 20 // a plan of thousands of lines has under 2 MB
	maxDepth     = 64       // a plan nests about ten deep
	maxMarks     = 1024     // no row of a plan has that many at odd places
)

// parseYAML reads the text into nodes. Anchors, aliases, tags and several
// documents in one file are refused: a plan file says each thing once.
func parseYAML(text []byte) (*node, error) {
	if len(text) > maxFileBytes {
		return nil, fileProblem("planfile.too_large", Position{}, problem.Args{
			"bytes": strconv.Itoa(len(text)), "most": strconv.Itoa(maxFileBytes),
		})
	}
	if !utf8.Valid(text) {
		return nil, fileProblem("planfile.not_utf8", Position{}, nil)
	}
	if at, deep := tooDeep(string(text)); deep {
		return nil, fileProblem("planfile.too_deep", at, problem.Args{"most": strconv.Itoa(maxDepth)})
	}
	file, err := parseGuarded(text)
	if err != nil {
		return nil, syntaxProblem(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, fileProblem("planfile.not_one_document", Position{Line: 1, Column: 1}, nil)
	}
	w := walker{lines: strings.Split(string(text), "\n")}
	root := w.node(file.Docs[0].Body, 0)
	if err := w.problems.Err(); err != nil {
		return nil, err
	}
	return root, nil
}

// parseGuarded calls the library. Should it panic on a file, the file is
// refused and the process goes on.
func parseGuarded(text []byte) (file *ast.File, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			file, err = nil, fmt.Errorf("the YAML reader gave up: %v", cause)
		}
	}()
	return parser.ParseBytes(text, 0)
}

// tooDeep finds where brackets, list dashes or keys on one row nest deeper than
// any plan does, before the parser, whose time grows with the square of the
// depth, and of the marks on one row that no comma of a list divides.
func tooDeep(text string) (Position, bool) {
	line, depth := 1, 0
	for row := range strings.Lines(text) {
		if dashes := strings.Count(leading(row, "- \t"), "-"); dashes > maxDepth {
			return Position{Line: line, Column: 1}, true
		}
		if indent := len(leading(row, " \t")); indent > 16*maxDepth {
			return Position{Line: line, Column: 1}, true
		}
		var marks marks
		for column, r := range row {
			switch r {
			case '[', '{':
				depth++
			case ']', '}':
				depth--
			}
			marks.count(r, depth > 0)
			if depth > 8*maxDepth || marks.odd > maxMarks { // those inside texts count too
				return Position{Line: line, Column: column + 1}, true
			}
		}
		line++
	}
	return Position{}, false
}

// marks are the signs on one row that begin or end a key or a text.
type marks struct {
	since int // those since a comma
	odd   int // those that are more than a list's element has, or in no list
}

// count takes in one character. Elements of a list begin with a few keys at
// most, each in quotes.
func (m *marks) count(r rune, inList bool) {
	const most = 16
	switch r {
	case ',':
		m.since = 0
	case '[', '{', '"', '\'', ':', '?', '&', '*', '!':
		m.since++
		if m.since > most || !inList {
			m.odd++
		}
	}
}

func leading(row, set string) string {
	return row[:len(row)-len(strings.TrimLeft(row, set))]
}

func syntaxProblem(err error) error {
	at := Position{Line: 1, Column: 1}
	message := err.Error()
	if syntax, ok := errors.AsType[yaml.Error](err); ok {
		message = syntax.GetMessage()
		if where := syntax.GetToken(); where != nil && where.Position != nil {
			at = Position{Line: where.Position.Line, Column: where.Position.Column}
		}
	}
	first, _, _ := strings.Cut(message, "\n")
	return fileProblem("planfile.syntax", at, problem.Args{"message": first})
}

// fileProblem makes a problem of a place in the file that no pointer names.
// Its line and column are arguments, so that the sentence can say them.
func fileProblem(key string, at Position, args problem.Args) problem.List {
	full := problem.Args{}
	maps.Copy(full, args)
	if at.Line > 0 {
		full["line"] = strconv.Itoa(at.Line)
		full["column"] = strconv.Itoa(at.Column)
	}
	return problem.List{{Kind: problem.Invalid, Key: key, Args: full}}
}

// A walker turns the library's tree into ours and collects what it refuses.
type walker struct {
	lines    []string
	row      []rune // the characters of line number at, the one last looked at
	at       int
	problems problem.List
}

func (w *walker) fail(key string, at Position, args problem.Args) {
	w.problems = append(w.problems, fileProblem(key, at, args)...)
}

func (w *walker) position(n ast.Node) Position {
	written := n.GetToken()
	if written == nil || written.Position == nil {
		return Position{Line: 1, Column: 1}
	}
	return Position{Line: written.Position.Line, Column: written.Position.Column}
}

func (w *walker) node(n ast.Node, depth int) *node {
	at := w.position(n)
	if depth > maxDepth {
		w.fail("planfile.too_deep", at, problem.Args{"most": strconv.Itoa(maxDepth)})
		return &node{at: at}
	}
	switch value := n.(type) {
	case *ast.MappingNode:
		return w.object(value.Values, at, depth)
	case *ast.MappingValueNode:
		return w.object([]*ast.MappingValueNode{value}, at, depth)
	case *ast.SequenceNode:
		list := &node{kind: listNode, at: at}
		for _, item := range value.Values {
			list.list = append(list.list, w.node(item, depth+1))
		}
		return list
	default:
		return w.scalar(n, at)
	}
}

func (w *walker) object(values []*ast.MappingValueNode, at Position, depth int) *node {
	object := &node{kind: objectNode, at: at}
	seen := map[string]bool{}
	for _, pair := range values {
		keyAt := w.position(pair.Key)
		key := pair.Key.GetToken()
		if pair.Key.IsMergeKey() || key == nil {
			w.fail("planfile.not_supported", keyAt, problem.Args{"what": "<<"})
			continue
		}
		name := key.Value
		if seen[name] {
			w.fail("planfile.duplicate", keyAt, problem.Args{"name": name})
			continue
		}
		seen[name] = true
		value := w.node(pair.Value, depth+1)
		if value.at == (Position{}) {
			value.at = keyAt
		}
		object.fields = append(object.fields, field{name: name, at: keyAt, value: value})
	}
	if len(object.fields) > 0 {
		object.at = object.fields[0].at
	}
	return object
}

func (w *walker) scalar(n ast.Node, at Position) *node {
	s := &node{at: at}
	if written := n.GetToken(); written != nil {
		s.raw = written.Value
	}
	switch value := n.(type) {
	case *ast.NullNode:
	case *ast.BoolNode:
		s.scalar = value.Value
	case *ast.StringNode:
		s.quoted = value.Token.Type == token.DoubleQuoteType || value.Token.Type == token.SingleQuoteType
		s.scalar = value.Value
		s.written = w.written(s)
		if !s.quoted && exponent.MatchString(s.raw) {
			s.scalar = w.number(s)
		}
	case *ast.LiteralNode:
		s.scalar = strings.TrimSuffix(value.Value.Value, "\n")
	case *ast.IntegerNode, *ast.FloatNode:
		s.scalar = w.number(s)
	default:
		w.fail("planfile.not_supported", at, problem.Args{"what": s.raw})
	}
	return s
}

// written returns a text as the file has it, nothing where it stands on several
// lines. The library's tokens do not keep escapes.
func (w *walker) written(s *node) []rune {
	if s.at.Line < 1 || s.at.Line > len(w.lines) {
		return nil
	}
	if w.at != s.at.Line {
		w.at, w.row = s.at.Line, []rune(w.lines[s.at.Line-1])
	}
	row := w.row[min(max(s.at.Column-1, 0), len(w.row)):]
	if !s.quoted {
		text := []rune(s.raw)
		if len(row) < len(text) || !slices.Equal(row[:len(text)], text) {
			return nil
		}
		return row[:len(text)]
	}
	if len(row) == 0 || row[0] != '"' && row[0] != '\'' {
		return nil
	}
	for i := 1; i < len(row); i += escapeLength(row, i) {
		if row[i] == row[0] && escapeLength(row, i) == 1 {
			return row[:i+1]
		}
	}
	return nil
}

// exponent is a number the library takes for text: 1e3 without a point.
var exponent = regexp.MustCompile(`^[-+]?\d+[eE][-+]?\d+$`)

// number reads a number as it is written.
func (w *walker) number(s *node) float64 {
	number, err := strconv.ParseFloat(strings.ReplaceAll(s.raw, "_", ""), 64)
	if err != nil {
		w.fail("planfile.number", s.at, problem.Args{"text": s.raw})
	}
	return number
}
