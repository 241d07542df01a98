package budget

import (
	"slices"

	"centerplan/planning/document"
)

// A source is what a model's lines were read from, and what they were read
// against: the dimensions they name, for instance.
type source struct{ lines, calendar, dimensions, groups, accounts document.Node }

func sourceOf(r document.Reader) source {
	return source{
		lines: r.Field("lines").Node(), calendar: r.Field("calendar").Node(), dimensions: r.Field("dimensions").Node(),
		groups: r.Field("groups").Node(), accounts: r.Field("accounts").Node(),
	}
}

// readsAlike reports whether an equal line reads alike in both.
func (s source) readsAlike(other source) bool {
	return document.Same(s.calendar, other.calendar) && document.Same(s.dimensions, other.dimensions) &&
		document.Same(s.groups, other.groups) && document.Same(s.accounts, other.accounts)
}

// readLines reads all lines but those that are the very objects they were
// before.
func (m Model) readLines(r document.Reader, before Model) []Line {
	changed, ok := m.changedSince(before)
	if !ok {
		var lines []Line
		for _, entry := range r.Members() {
			lines = append(lines, m.readLine(entry))
		}
		return lines
	}
	lines := slices.Clone(before.Lines)
	for _, i := range changed {
		lines[i] = m.readLine(r.Member(string(lines[i].ID)))
	}
	return lines
}

// changedSince returns which of the lines before are others now. It is not ok
// if there are more or fewer of them, their order is another, or they would
// read otherwise.
func (m Model) changedSince(before Model) (changed []int, ok bool) {
	now, _ := m.source.lines.(document.Object)
	then, _ := before.source.lines.(document.Object)
	if len(now) == 0 || len(now) != len(then) || len(now) != len(before.Lines) || !m.source.readsAlike(before.source) {
		return nil, false
	}
	for i, line := range before.Lines {
		old, node := then[string(line.ID)], now[string(line.ID)]
		if document.Same(node, old) {
			continue
		}
		if node == nil || document.RankOf(node) != document.RankOf(old) {
			return nil, false
		}
		changed = append(changed, i)
	}
	return changed, true
}
