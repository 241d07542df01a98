package formula

import (
	"maps"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
)

// A part is a piece of the model that functions name by its code, such as a
// staffing policy. Its numbers may be lines.
type part interface {
	// Lines lists the codes of the lines its numbers name, each once, in
	// alphabetical order.
	Lines() []string
}

// A partKind is what a scope holds of one kind of part.
type partKind struct {
	find  func(s *Scope, code string) (part, bool)
	codes func(s *Scope) []string
	// resolve puts the lines' values in.
	resolve func(p part, line func(code string) float64) any
	// unknown is the problem of a code that names none, unknownLine that of a
	// line it names which does not exist.
	unknown, unknownLine string
}

// partKinds are the kinds of parts by the parameters that take their codes.
var partKinds = map[ParamKind]*partKind{
	Policy: {
		find: func(s *Scope, code string) (part, bool) {
			policy, ok := s.Staffing[code]
			return policy.Prepare(), ok
		},
		codes: func(s *Scope) []string { return slices.Sorted(maps.Keys(s.Staffing)) },
		resolve: func(p part, line func(string) float64) any {
			ready := p.(*capacity.Prepared)
			values := make([]float64, len(ready.Lines()))
			for i, code := range ready.Lines() {
				values[i] = line(code)
			}
			return ready.Staffing(values)
		},
		unknown: "formula.unknown_policy", unknownLine: "formula.policy_line",
	},
	PriceList: {
		find:    func(s *Scope, code string) (part, bool) { return lookUp(s.Prices, code) },
		codes:   func(s *Scope) []string { return slices.Sorted(maps.Keys(s.Prices)) },
		resolve: func(p part, line func(string) float64) any { return p.(PriceTable).tariff(line) },
		unknown: "formula.unknown_prices", unknownLine: "formula.prices_line",
	},
	ContributionList: {
		find:    func(s *Scope, code string) (part, bool) { return lookUp(s.Contributions, code) },
		codes:   func(s *Scope) []string { return slices.Sorted(maps.Keys(s.Contributions)) },
		resolve: func(p part, line func(string) float64) any { return p.(ContributionTable).items(line) },
		unknown: "formula.unknown_contributions", unknownLine: "formula.contributions_line",
	},
	HiringPlan: {
		find:    func(s *Scope, code string) (part, bool) { return lookUp(s.Hiring, code) },
		codes:   func(s *Scope) []string { return slices.Sorted(maps.Keys(s.Hiring)) },
		resolve: func(p part, _ func(string) float64) any { return p }, // its series read lines month by month
		unknown: "formula.unknown_hiring", unknownLine: "formula.hiring_line",
	},
}

// lookUp finds a part in one of the scope's maps.
func lookUp[P part](parts map[string]P, code string) (part, bool) {
	p, ok := parts[code]
	return p, ok
}

// A namedPart is a part as a call names it. Lines are those of its lines that
// exist, in order; they are operands of the call.
type namedPart struct {
	part
	kind  *partKind
	lines []string
}

// A call is what a function that needs more than its numbers is told.
type call struct {
	part   *namedPart
	option string
	period int // of a local call
	sizer  *capacity.Sizer
	prog   *Program
	// fixed is the resolved part where none of its numbers is a line.
	fixed any
	// lines are the values of the part's lines: by line and, in a series, by
	// period; a local call has one of each.
	lines [][]float64
}

// resolved returns the part with its lines' values put in: of the period in a
// series, of the month itself, at 0, in a local call.
func (c *call) resolved(period int) any {
	if c.fixed != nil {
		return c.fixed
	}
	return c.part.kind.resolve(c.part.part, func(code string) float64 { return c.line(code, period) })
}

// line returns the value of one of the part's lines, not a number where there
// is no such line.
func (c *call) line(code string, period int) float64 {
	if i := slices.Index(c.part.lines, code); i >= 0 {
		return c.lines[i][period]
	}
	return nan()
}

// month returns the days of the call's month and a full-timer's paid hours.
func (c *call) month() ([]calendar.Day, float64) { return c.prog.daysOf(c.period) }

// newCall prepares what all calls of a node share.
func (p *Program) newCall(n *node) call {
	c := call{part: n.part, option: n.word, prog: p}
	if n.part != nil && len(n.part.Lines()) == 0 {
		c.fixed = n.part.kind.resolve(n.part.part, func(string) float64 { return nan() })
	}
	return c
}
