package formula

import (
	"slices"
	"unicode"

	"centerplan/budget/unit"
	"centerplan/planning/problem"
)

// calendarNames are the names of the period's own numbers.
var calendarNames = []string{"month", "quarter", "year", "period", "days", "workdays", "restdays", "holidays"}

// keywords are the parser's own words, which no line may have as its name.
var keywords = []string{
	"true", "false", "nil", "let", "if", "else", "and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith",
}

func isKeyword(word string) bool { return slices.Contains(keywords, word) }

// A member is a place on a dimension.
type member struct{ dim, index int }

// names is what each name of a scope means.
type names struct {
	scope    *Scope
	lines    map[string]int
	dims     map[string]int
	members  map[string]member
	lineDims []dimSet
	cells    int                 // of the lines so far
	units    map[string]lineUnit // by their texts
	// codes in order, for suggestions.
	lineCodes, memberCodes []string
}

// MostLanes bounds the member combinations of one line, mostCells the cells of
// all lines, and mostNumbers those with all that formulas gather on the way.
const (
	MostLanes   = 100_000
	mostCells   = 4 << 20
	mostNumbers = 16 << 20
)

// bindNames gives each name its meaning and reports names that cannot be used.
func bindNames(s *Scope, report func(line int, p problem.Problem)) *names {
	n := &names{scope: s, lines: make(map[string]int, len(s.Lines)), dims: map[string]int{}, members: map[string]member{}, units: map[string]lineUnit{}}
	for i, d := range s.Dimensions[:min(len(s.Dimensions), mostDimensions)] {
		if _, ok := n.dims[d.Code]; ok {
			continue
		}
		n.dims[d.Code] = i
		for j, code := range d.Members {
			if _, ok := n.members[code]; !ok {
				n.members[code] = member{i, j}
				n.memberCodes = append(n.memberCodes, code)
			}
		}
	}
	n.lineDims = make([]dimSet, len(s.Lines))
	for i, line := range s.Lines {
		if p := n.refusal(line.Code); p != nil {
			report(i, *p)
		}
		if _, ok := n.lines[line.Code]; !ok {
			n.lines[line.Code] = i
			n.lineCodes = append(n.lineCodes, line.Code)
		}
		n.bindLineDims(i, report)
	}
	return n
}

// refusal says why a line cannot have the name, nil if it can.
func (n *names) refusal(code string) *problem.Problem {
	for i, r := range code {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return fault("formula.bad_name", problem.Span{}, problem.Args{"name": code})
		}
	}
	_, isDim := n.dims[code]
	_, taken := n.lines[code]
	switch {
	case code == "":
		return fault("formula.bad_name", problem.Span{}, problem.Args{"name": code})
	case isDim || slices.Contains(calendarNames, code) || isKeyword(code):
		return fault("formula.reserved_name", problem.Span{}, problem.Args{"name": code})
	case taken:
		return fault("formula.duplicate_line", problem.Span{}, problem.Args{"name": code})
	}
	return nil
}

// bindLineDims finds the dimensions a line varies along.
func (n *names) bindLineDims(line int, report func(int, problem.Problem)) {
	lanes, months := 1, max(n.scope.Calendar.Months, 1)
	defer func() { n.cells += lanes * months }()
	for _, code := range n.scope.Lines[line].By {
		dim, ok := n.dims[code]
		switch {
		case !ok:
			key, args := suggesting("formula.unknown_dimension", code, n.dimensionCodes())
			report(line, *fault(key, problem.Span{}, args))
			continue
		case n.lineDims[line].has(dim):
			report(line, *fault("formula.dimension_twice", problem.Span{}, problem.Args{"dimension": code}))
			continue
		case lanes*len(n.scope.Dimensions[dim].Members) > MostLanes:
			report(line, *fault("formula.too_many_members", problem.Span{}, problem.Args{"most": count(MostLanes)}))
			continue
		case n.cells+lanes*len(n.scope.Dimensions[dim].Members)*months > mostCells:
			report(line, *fault("formula.too_many_cells", problem.Span{}, problem.Args{"most": count(mostCells)}))
			continue
		}
		lanes *= len(n.scope.Dimensions[dim].Members)
		n.lineDims[line] |= dimBit(dim)
	}
}

// order returns the dimensions of a line in the order of its lanes, those it
// could not be given left out.
func (n *names) order(line int) []int {
	var dims []int
	for _, code := range n.scope.Lines[line].By {
		if dim, ok := n.dims[code]; ok && n.lineDims[line].has(dim) && !slices.Contains(dims, dim) {
			dims = append(dims, dim)
		}
	}
	return dims
}

func (n *names) dimensionCodes() []string {
	codes := make([]string, 0, len(n.scope.Dimensions))
	for _, d := range n.scope.Dimensions {
		codes = append(codes, d.Code)
	}
	return codes
}

// allDims is every dimension there is.
func (n *names) allDims() dimSet {
	return dimBit(min(len(n.scope.Dimensions), mostDimensions)) - 1
}

// A lineUnit is a line's stated unit and the words in it that nobody knows.
type lineUnit struct {
	unit  unit.Unit
	notes []string
}

// unit reads the unit of a line; each text is read once.
func (n *names) unit(text string) lineUnit {
	if text == "" {
		return lineUnit{}
	}
	known, ok := n.units[text]
	if !ok {
		known.unit, known.notes = unit.ParseLine(text, n.scope.Currency)
		n.units[text] = known
	}
	return known
}

// combinations counts the member combinations of dimensions, as far as the
// most there may be and one more.
func (n *names) combinations(set dimSet) int {
	lanes := 1
	set.each(func(dim int) { lanes = min(lanes*max(1, len(n.scope.Dimensions[dim].Members)), MostLanes+1) })
	return lanes
}

// dimNames writes dimensions for a message.
func (n *names) dimNames(set dimSet) string {
	text := ""
	set.each(func(dim int) {
		if text != "" {
			text += ", "
		}
		text += n.scope.Dimensions[dim].Code
	})
	return text
}

// suggesting makes the message about an unknown word: with the nearest known
// one, and "_near" behind the key, where there is one.
func suggesting(key, word string, known []string) (string, problem.Args) {
	if near := nearest(word, known); near != "" {
		return key + "_near", problem.Args{"name": word, "suggestion": near}
	}
	return key, problem.Args{"name": word}
}
