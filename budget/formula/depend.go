package formula

import (
	"maps"
	"slices"
)

// A Dependency is what a line's results rest on directly.
type Dependency struct {
	// Lines are the codes of the lines read, in alphabetical order: by the
	// formula, as numbers of the parts its functions name (staffing policies,
	// hiring plans, tables of prices and contributions), and as the weight of the
	// roll-up. Where the roll-up is by formula, its totals read the same lines.
	Lines []string
	// Before are those of Lines that may be read in months before the plan, in
	// which a line gives its opening or its history.
	Before []string
	// Live are the codes of the initiatives whose month the formula asks for.
	Live []string
}

// Dependencies returns what each line rests on, by code. A line that reads
// nothing has an empty Dependency. Of a formula with a problem it holds what
// could be bound; such a line has no results. What a branch not taken reads is
// among it: the answer depends on formulas, never on numbers. The map is shared
// and must not be changed.
func (p *Program) Dependencies() map[string]Dependency {
	p.depends.once.Do(func() {
		known := make(map[string]Dependency, len(p.slots))
		for _, s := range p.slots {
			known[s.code] = p.dependency(s)
		}
		p.depends.known = known
	})
	return p.depends.known
}

// dependency finds what one line reads.
func (p *Program) dependency(s *slot) Dependency {
	lines, before, live := map[string]bool{}, map[string]bool{}, map[string]bool{}
	if s.tree != nil {
		for _, e := range reads(s.tree) {
			code := p.slots[e.to].code
			lines[code] = true
			if e.when.from < 0 {
				before[code] = true
			}
		}
		s.tree.walk(func(n *node) {
			if n.op == opCall && n.name == "live" {
				live[n.word] = true
			}
		})
	}
	if _, ok := p.names.lines[s.rollup.By]; ok && s.rollup.Kind == Weighted {
		lines[s.rollup.By] = true
	}
	return Dependency{
		Lines: slices.Sorted(maps.Keys(lines)), Before: slices.Sorted(maps.Keys(before)), Live: slices.Sorted(maps.Keys(live)),
	}
}

// Mentions returns the names and the quoted texts that stand in a formula, each
// once, in alphabetical order: more than it reads, never less. It answers for
// formulas that no program was made of. Of a text with a fault of syntax it
// returns what stands before the fault.
func Mentions(text string) []string {
	src, _ := scanAll(text)
	words := map[string]bool{}
	for _, t := range src.tokens {
		if t.kind == tokenName || t.kind == tokenString {
			words[unquoted(t.text)] = true
		}
	}
	return slices.Sorted(maps.Keys(words))
}

// unquoted takes the quotation marks off a text.
func unquoted(text string) string {
	if n := len(text); n >= 2 && (text[0] == '"' || text[0] == '\'' || text[0] == '`') && text[n-1] == text[0] {
		return text[1 : n-1]
	}
	return text
}
