package rights

import (
	"slices"
	"strings"
	"unicode"

	"centerplan/budget"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

// Ops returns the operations of a patch as the person may see them, in the
// history, in an inverse or in an event, and how many are not among them in full.
// An operation on something hidden is left out; of a value that holds something
// hidden that is left out, as it is of Document. What an operation is about is
// judged by its own value where it names the thing as a whole, and otherwise by
// the present document; of what neither knows, nothing is told. That the section
// of comments came or went is neither told nor counted.
func (s *Sight) Ops(ops []patch.Op) (seen []patch.Op, hidden int) {
	if s.Whole() {
		return ops, 0
	}
	for _, op := range ops {
		parts, ok := document.Parts(op.Path)
		if isTalk(parts) && s.Reads() {
			continue // whether the section is there would say whether there are comments in it
		}
		if !ok || !s.Reads() || s.secrets.inside(parts, op.Value) || s.secrets.lost(parts, op.Value) {
			hidden++
			continue
		}
		var taken []string
		if op.Value, taken = s.secrets.redact(parts, op.Value); len(taken) > 0 {
			hidden++
		}
		seen = append(seen, op)
	}
	return seen, hidden
}

// Problems returns the problems that the person may know of, and how many
// formulas' problems there are besides. Those at hidden places are left out, and
// those that tell numbers of lines whose results or makings are not told. What is
// left out and is no formula's problem is not counted: whether there is one may
// hang on a hidden number, such as the sum of an amendment.
func (s *Sight) Problems(list problem.List) (seen problem.List, hidden int) {
	if s.Whole() {
		return list, 0
	}
	for _, p := range list {
		switch {
		case !s.Reads():
		case !s.tellsHidden(p):
			seen = append(seen, p)
		case strings.HasSuffix(p.Pointer, "/formula"):
			hidden++
		}
	}
	return seen, hidden
}

// tellsHidden reports whether a problem is at a hidden place, or names a line
// that is not open and a number.
func (s *Sight) tellsHidden(p problem.Problem) bool {
	parts, ok := document.Parts(p.Pointer)
	if ok && len(parts) > 1 && parts[0] == "comments" {
		if _, there := document.Get(s.doc, parts[:2]...); !there {
			return false // of what was about to be said: nobody but its author is told
		}
	}
	if !ok || s.secrets.inside(parts, nil) && len(parts) > 0 {
		return true
	}
	number := false
	for _, text := range p.Args {
		number = number || strings.ContainsFunc(text, unicode.IsDigit)
	}
	if !number {
		return false
	}
	if len(parts) > 2 && parts[0] == "budget" && s.tellsPart(parts) {
		return true
	}
	for _, text := range p.Args {
		if slices.ContainsFunc(strings.FieldsFunc(text, apart), s.keeps) {
			return true
		}
	}
	return false
}

// tellsPart reports whether a place in the budget is of a line that is not open,
// or of a hiring plan that reads one.
func (s *Sight) tellsPart(parts []string) bool {
	switch parts[1] {
	case "lines":
		line, ok := s.plan.Budget.ByID(budget.LineID(parts[2]))
		return !ok || s.keeps(line.Code)
	case "hiring":
		return slices.ContainsFunc(s.plan.Budget.Hiring[parts[2]].Lines(), s.keeps)
	default:
		return false
	}
}

// keeps reports whether a line is not open: withheld, hidden, or released while
// what it rests on is not told.
func (s *Sight) keeps(code string) bool {
	shown, isLine := s.veil.Shown[code], s.isLine(code)
	return isLine && (!shown || s.veil.Opaque[code] || s.veil.Closed[code])
}

func (s *Sight) isLine(code string) bool {
	_, ok := s.veil.Closed[code] // which knows every line, true or false
	return ok
}

// apart reports whether a character parts names.
func apart(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
