// Package problem says what is wrong with a plan, where, and what the caller
// can do about it.
//
// It is the one type of fault that crosses package borders. A problem names
// its place by a JSON pointer into the plan document and, inside a formula, by
// a span of characters; it carries no sentence, only the key of one in the
// message catalogues and that sentence's arguments.
package problem

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind says what the caller can do about a problem.
type Kind int

// The kinds. Internal is the zero value, so that an error nobody classified
// counts as ours.
const (
	Internal  Kind = iota // our own fault; the log has the details
	Invalid               // the input is wrong; correct it and try again
	NotFound              // no such thing
	Conflict              // the thing changed meanwhile; look at it and decide
	Forbidden             // the caller lacks the right
)

var kindNames = []string{"internal", "invalid", "not_found", "conflict", "forbidden"}

// String returns the kind's name as the API writes it.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return kindNames[Internal]
	}
	return kindNames[k]
}

// A Span is a range of characters (runes, not bytes) of a formula as it was
// typed. End is exclusive; the zero Span means the whole formula.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Args are the values a message names. They are text already: numbers are
// written with full precision and the reader's side formats them.
type Args map[string]string

// A Problem is one fault.
type Problem struct {
	Kind Kind
	// Pointer is the JSON pointer (RFC 6901) of the place in the plan document;
	// empty for a fault of the document as a whole or of none.
	Pointer string
	// Span lies within the formula at Pointer.
	Span Span
	// Key names the message in the catalogues, without their "problem." prefix.
	Key  string
	Args Args
	// Err is the cause, for the log only.
	Err error
}

// Error returns the problem for logs and tests: its key, place and arguments.
// People read the catalogue's sentence instead.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Key)
	if p.Pointer != "" {
		b.WriteString(" at " + p.Pointer)
	}
	if p.Span != (Span{}) {
		fmt.Fprintf(&b, "[%d:%d]", p.Span.Start, p.Span.End)
	}
	names := make([]string, 0, len(p.Args))
	for name := range p.Args {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&b, " %s=%q", name, p.Args[name])
	}
	if p.Err != nil {
		b.WriteString(": " + p.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (p Problem) Unwrap() error { return p.Err }

// A List is several problems as one error. The empty list is not an error:
// return List.Err.
type List []Problem

// Error returns every problem on its own line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, p := range l {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the problems as errors.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, p := range l {
		errs[i] = p
	}
	return errs
}

// Err returns the list as an error, or nil when it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Of returns the problems an error carries: those of a List or of a Problem
// anywhere in its chain, else one of kind Internal with the key "internal"
// that wraps the error. Of nil returns nil.
func Of(err error) List {
	if err == nil {
		return nil
	}
	if list, ok := errors.AsType[List](err); ok {
		return list
	}
	if p, ok := errors.AsType[Problem](err); ok {
		return List{p}
	}
	return List{{Key: "internal", Err: err}}
}

// KindOf returns what the caller can do about an error: the kind its problems
// share, or the first one's where they differ.
func KindOf(err error) Kind {
	list := Of(err)
	if len(list) == 0 {
		return Internal
	}
	return list[0].Kind
}
