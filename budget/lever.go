package budget

import (
	"slices"
	"strconv"

	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A LeverID is the immutable id of a lever.
type LeverID string

// A Lever is a named set of changes that scenarios pull as one, such as a
// second shift or a cheaper carrier.
type Lever struct {
	ID   LeverID
	Code string
	Name document.Text
	Note document.Text
	// Changes apply in this order.
	Changes []Change
	// Requires are the levers that must be pulled too, Excludes those that must
	// not be.
	Requires, Excludes []LeverID
}

// Title returns the lever's name, or its code where it has none.
func (l Lever) Title() document.Text { return l.Name.Or(l.Code) }

// Pointer returns the lever's place in the document.
func (l Lever) Pointer() string { return document.Pointer("/budget/levers", string(l.ID)) }

// Lever returns the lever with the id.
func (m Model) Lever(id LeverID) (Lever, bool) {
	for _, lever := range m.Levers {
		if lever.ID == id {
			return lever, true
		}
	}
	return Lever{}, false
}

// Excluded reports whether one of two levers excludes the other.
func Excluded(a, b Lever) bool {
	return slices.Contains(a.Excludes, b.ID) || slices.Contains(b.Excludes, a.ID)
}

func (m Model) readLevers(r document.Reader) []Lever {
	var levers []Lever
	members := r.Members()
	codes := map[string]bool{}
	for _, entry := range members {
		entry.Fields("code", "name", "note", "rank", "changes", "requires", "excludes")
		lever := Lever{
			ID: LeverID(entry.Key), Code: codeOf(entry),
			Name: entry.Field("name").Text(), Note: entry.Field("note").Text(),
			Requires: readLeverIDs(entry.Field("requires"), members),
			Excludes: readLeverIDs(entry.Field("excludes"), members),
		}
		if codes[lever.Code] {
			entry.Field("code").Fail("budget.lever_code_twice", problem.Args{"code": lever.Code})
		}
		codes[lever.Code] = true
		lever.Changes = m.ReadChanges(entry.Field("changes"), formula.Lever, lever.Code)
		levers = append(levers, lever)
	}
	return levers
}

func readLeverIDs(r document.Reader, all []document.Entry) []LeverID {
	var ids []LeverID
	for _, item := range r.Items() {
		id := item.String()
		if !slices.ContainsFunc(all, func(e document.Entry) bool { return e.Key == id }) {
			item.Fail("shape.dangling", problem.Args{"id": id})
			continue
		}
		ids = append(ids, LeverID(id))
	}
	return ids
}

// checkLevers reports levers that could never be pulled: those that name
// themselves, or that with all they require come to a pair that excludes each
// other.
func (m Model) checkLevers() problem.List {
	var problems problem.List
	for _, lever := range m.Levers {
		for _, field := range []struct {
			name string
			ids  []LeverID
		}{{"requires", lever.Requires}, {"excludes", lever.Excludes}} {
			if i := slices.Index(field.ids, lever.ID); i >= 0 {
				problems = append(problems, problem.Problem{
					Kind: problem.Invalid, Pointer: document.Pointer(lever.Pointer(), field.name, strconv.Itoa(i)),
					Key: "budget.lever_self", Args: problem.Args{"lever": lever.Code},
				})
			}
		}
		if one, other, ok := m.contradiction(m.withRequired(lever)); ok {
			problems = append(problems, problem.Problem{
				Kind: problem.Invalid, Pointer: document.Pointer(lever.Pointer(), "requires"),
				Key: "budget.lever_impossible", Args: problem.Args{"lever": lever.Code, "one": one.Code, "other": other.Code},
			})
		}
	}
	return problems
}

// withRequired returns a lever and all that it requires, each once.
func (m Model) withRequired(lever Lever) []Lever {
	all := []Lever{lever}
	for i := 0; i < len(all); i++ {
		for _, id := range all[i].Requires {
			required, ok := m.Lever(id)
			if ok && !slices.ContainsFunc(all, func(l Lever) bool { return l.ID == id }) {
				all = append(all, required)
			}
		}
	}
	return all
}

// contradiction returns two of the levers that exclude each other.
func (m Model) contradiction(levers []Lever) (one, other Lever, found bool) {
	for i, a := range levers {
		for _, b := range levers[i+1:] {
			if Excluded(a, b) {
				return a, b, true
			}
		}
	}
	return Lever{}, Lever{}, false
}
