package scenarios

import (
	"maps"
	"slices"

	"centerplan/budget/formula"
)

// Dependencies say what the results of each line rest on directly, in any of a
// plan's scenarios, by the lines' codes.
type Dependencies map[string]formula.Dependency

// Dependencies returns what each line rests on: in the programs of all
// scenarios and, for the levers that none of them pulls, by what their formulas
// mention. Values that changes set, scale or add are numbers and bring in no
// line.
func (b *Book) Dependencies() Dependencies {
	all := Dependencies{}
	for _, key := range slices.Sorted(maps.Keys(b.compiled)) {
		for code, found := range b.compiled[key].program.Dependencies() {
			all.add(code, found)
		}
	}
	for _, lever := range b.model.Levers {
		for _, change := range lever.Changes {
			line, ok := b.model.ByID(change.Line)
			if change.Formula == "" || !ok {
				continue
			}
			named := b.model.Mentions(change.Formula)
			all.add(line.Code, formula.Dependency{Lines: named, Before: named, Live: b.launchesIn(change.Formula)})
		}
	}
	return all
}

// launchesIn returns the codes of the initiatives a formula's text mentions.
func (b *Book) launchesIn(text string) []string {
	words := formula.Mentions(text)
	var codes []string
	for _, launch := range b.model.Launches {
		if slices.Contains(words, launch.Code) {
			codes = append(codes, launch.Code)
		}
	}
	return codes
}

// add adds what a line rests on to what is known.
func (d Dependencies) add(code string, more formula.Dependency) {
	known, ok := d[code]
	if !ok {
		d[code] = more
		return
	}
	d[code] = formula.Dependency{
		Lines: union(known.Lines, more.Lines), Before: union(known.Before, more.Before), Live: union(known.Live, more.Live),
	}
}

// union returns the elements of both lists, each once, in order.
func union(a, b []string) []string {
	if slices.Equal(a, b) {
		return a
	}
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// Readers returns the lines that rest directly on each line.
func (d Dependencies) Readers() map[string][]string {
	readers := make(map[string][]string, len(d))
	for _, code := range slices.Sorted(maps.Keys(d)) {
		for _, read := range d[code].Lines {
			readers[read] = append(readers[read], code)
		}
	}
	return readers
}

// Downstream returns the lines given and all whose results rest on them,
// however far.
func (d Dependencies) Downstream(codes []string) map[string]bool {
	readers := d.Readers()
	reached := map[string]bool{}
	for queue := slices.Clone(codes); len(queue) > 0; queue = queue[1:] {
		if !reached[queue[0]] {
			reached[queue[0]] = true
			queue = append(queue, readers[queue[0]]...)
		}
	}
	return reached
}
