package workflow

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// root is where Read's section stands in the document.
const root = "/workflow"

// Check returns what is stored but not in order, with pointers into the
// document: sections that hold the same, a set-up begun and not finished,
// amendments that break their own rules. A plan without a set-up has none.
func (m Model) Check() problem.List {
	found := m.overlaps()
	found = append(found, m.unfinished()...)
	for i, a := range m.Amendments {
		at := document.Pointer(root, "amendments", strconv.Itoa(a.Number))
		if m.Seal == nil {
			found = append(found, invalid(at, "workflow.not_sealed", nil))
		}
		if a.Number != i+1 {
			found = append(found, invalid(at, "workflow.amendment_gap", problem.Args{
				"number": strconv.Itoa(a.Number), "missing": strconv.Itoa(i + 1),
			}))
		}
		found = append(found, a.check(at)...)
	}
	return found
}

func invalid(pointer, key string, args problem.Args) problem.Problem {
	return problem.Problem{Kind: problem.Invalid, Pointer: pointer, Key: key, Args: args}
}

func (s Section) pointer() string { return document.Pointer(root, "sections", string(s.ID)) }

// overlaps reports each cover of a section that holds, or lies in, one of a
// section before it.
func (m Model) overlaps() problem.List {
	var found problem.List
	for i, section := range m.Sections {
		for _, other := range m.Sections[:i] {
			if cover, met := overlap(section, other); met {
				found = append(found, invalid(section.pointer()+"/covers", "workflow.overlap", problem.Args{
					"section": string(section.ID), "other": string(other.ID), "pointer": cover,
				}))
			}
		}
	}
	return found
}

func overlap(a, b Section) (cover string, met bool) {
	for _, cover := range a.Covers {
		for _, other := range b.Covers {
			if within(cover, other) || within(other, cover) {
				return cover, true
			}
		}
	}
	return "", false
}

// unfinished reports sections without a deadline, or an owner, where others
// have one, and sections that hold nothing.
func (m Model) unfinished() problem.List {
	owned, dated := false, false
	for _, section := range m.Sections {
		owned = owned || section.Owner != ""
		dated = dated || !section.Deadline.IsZero()
	}
	var found problem.List
	for _, section := range m.Sections {
		args := problem.Args{"section": string(section.ID)}
		if owned && section.Owner == "" {
			found = append(found, invalid(section.pointer()+"/owner", "workflow.no_owner", args))
		}
		if dated && section.Deadline.IsZero() {
			found = append(found, invalid(section.pointer()+"/deadline", "workflow.no_deadline", args))
		}
		if len(section.Covers) == 0 {
			found = append(found, invalid(section.pointer()+"/covers", "workflow.no_covers", args))
		}
	}
	return found
}

// check returns what an amendment breaks of its own rules, with pointers from
// at on.
func (a Amendment) check(at string) problem.List {
	var found problem.List
	if strings.TrimSpace(a.Reason) == "" {
		found = append(found, invalid(at+"/reason", "workflow.no_reason", nil))
	}
	if len(a.Entries) == 0 {
		return append(found, invalid(at+"/entries", "workflow.no_entries", nil))
	}
	for _, entry := range a.Entries {
		place := document.Pointer(at, "entries", entry.ID)
		switch {
		case entry.Line == "":
			found = append(found, invalid(place+"/line", "workflow.entry_line", nil))
		case entry.Month == 0:
			found = append(found, invalid(place+"/month", "workflow.entry_month", nil))
		case entry.Amount == 0 || math.IsNaN(entry.Amount) || math.IsInf(entry.Amount, 0):
			found = append(found, invalid(place+"/amount", "workflow.entry_amount", nil))
		}
	}
	if len(found) > 0 {
		return found
	}
	return a.checkSum(at + "/entries")
}

// checkSum holds an amendment to what its kind says about its entries' sum and
// sources.
func (a Amendment) checkSum(at string) problem.List {
	sum, level := a.sum()
	args := problem.Args{"sum": sum}
	switch {
	case a.Kind == Transfer && !level:
		return problem.List{invalid(at, "workflow.transfer_sum", args)}
	case a.Kind == Reserve && !level:
		return problem.List{invalid(at, "workflow.reserve_sum", args)}
	case a.Kind == Reserve && a.sources() != 1:
		return problem.List{invalid(at, "workflow.reserve_source", problem.Args{"count": strconv.Itoa(a.sources())})}
	case a.Kind == Supplement && level:
		return problem.List{invalid(at, "workflow.supplement_sum", nil)}
	default:
		return nil
	}
}

// sources returns from how many lines the amendment takes money.
func (a Amendment) sources() int {
	lines := map[string]bool{}
	for _, entry := range a.Entries {
		if entry.Amount < 0 {
			lines[string(entry.Line)] = true
		}
	}
	return len(lines)
}

// halfCent is what a sum that should be 0 may miss it by.
var halfCent = big.NewRat(5, 1000)

// sum returns the sum of the entries, and whether it is 0 to half a cent. The
// amounts are added as the decimal numbers people wrote, not as the binary ones
// nearest to them.
func (a Amendment) sum() (text string, level bool) {
	sum := new(big.Rat)
	for _, entry := range a.Entries {
		if amount, ok := new(big.Rat).SetString(strconv.FormatFloat(entry.Amount, 'g', -1, 64)); ok {
			sum.Add(sum, amount)
		}
	}
	return strings.TrimSuffix(sum.FloatString(2), ".00"), new(big.Rat).Abs(sum).Cmp(halfCent) < 0
}
