package planfile

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"centerplan/planning/document"
)

// lineWidth is how long a thing may be to stand on one line of the file.
const lineWidth = 120

// A writer writes the file's tree as YAML: what fits stands on one line in
// braces, the rest in blocks. Every text that YAML could read as anything else
// is quoted as JSON, which YAML reads too.
type writer struct {
	out strings.Builder
}

func (w *writer) bytes() []byte { return []byte(w.out.String()) }

// section writes a top-level member.
func (w *writer) section(name string, value document.Node) {
	if object, ok := value.(document.Object); ok && len(object) == 0 {
		return
	}
	w.member(name, value, 0)
}

func (w *writer) member(name string, value document.Node, indent int) {
	w.pad(indent)
	w.out.WriteString(scalar(name) + ":")
	if line, ok := oneLine(value, lineWidth-2*indent-len(name)); ok {
		w.out.WriteString(" " + line + "\n")
		return
	}
	w.out.WriteByte('\n')
	w.block(value, indent+1)
}

func (w *writer) pad(indent int) { w.out.WriteString(strings.Repeat("  ", indent)) }

func (w *writer) block(value document.Node, indent int) {
	switch value := value.(type) {
	case fields:
		for _, f := range value {
			w.member(f.name, f.value, indent)
		}
	case document.Object:
		for _, name := range fieldOrder(value) {
			w.member(name, value[name], indent)
		}
	case []document.Node:
		for _, item := range value {
			w.item(item, indent)
		}
	}
}

func (w *writer) item(item document.Node, indent int) {
	w.pad(indent)
	w.out.WriteString("-")
	if line, ok := oneLine(item, lineWidth-2*indent); ok {
		w.out.WriteString(" " + line + "\n")
		return
	}
	var inner writer
	inner.block(item, indent+1)
	// The first member stands beside the dash.
	w.out.WriteString(" " + strings.TrimLeft(inner.out.String(), " "))
}

// oneLine writes the value in flow style if that takes at most width
// characters.
func oneLine(value document.Node, width int) (string, bool) {
	text := flow(value)
	_, isList := value.([]document.Node)
	_, isFields := value.(fields)
	_, isObject := value.(document.Object)
	if !isList && !isFields && !isObject {
		return text, true
	}
	if isList && len(value.([]document.Node)) > 0 {
		switch value.([]document.Node)[0].(type) {
		case fields, document.Object:
			return "", false // one thing a line
		default:
			return text, true // numbers and names
		}
	}
	return text, utf8.RuneCountInString(text) <= width
}

func flow(value document.Node) string {
	var parts []string
	switch value := value.(type) {
	case fields:
		for _, f := range value {
			parts = append(parts, scalar(f.name)+": "+flow(f.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case document.Object:
		for _, name := range fieldOrder(value) {
			parts = append(parts, scalar(name)+": "+flow(value[name]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []document.Node:
		for _, item := range value {
			parts = append(parts, flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		return scalar(value)
	}
}

// plain is text that YAML reads as itself in every place.
var plain = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_-]*( [\p{L}\p{N}_][\p{L}\p{N}_-]*)*$`)

// words are what YAML readers of some version take for something else.
var words = map[string]bool{
	"true": true, "false": true, "null": true, "yes": true, "no": true, "on": true, "off": true,
	"y": true, "n": true, "inf": true, "nan": true,
}

func scalar(value document.Node) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(value)
	case float64:
		return number(value)
	case string:
		if month.MatchString(value) || plain.MatchString(value) && !words[strings.ToLower(value)] {
			return value
		}
		return quoted(value)
	default:
		return "null"
	}
}

var month = regexp.MustCompile(`^\d{4}-\d{2}(-\d{2})?$`)

func number(value float64) string {
	const exact = 1e15
	if value == math.Trunc(value) && math.Abs(value) < exact {
		return strconv.FormatFloat(value, 'f', -1, 64)
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}

// quoted writes text as a JSON string, with the signs of formulas as typed.
func quoted(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return `""` // a Go string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}
