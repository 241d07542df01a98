// Package budget is the model of a plan: monthly lines over dimensions, the
// chart of accounts, the staffing policies, the hiring plans, the tables of
// prices and of contributions, the changes that scenarios, levers and
// initiatives make, actuals and history.
//
// Read turns the document's budget section into a Model. A Model with a list
// of changes becomes a formula.Scope and its inputs; package formula evaluates
// them. Nothing here computes a number of its own.
package budget

import (
	"slices"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/document"
)

// A LineID is the immutable id of a line. The document refers to lines by it;
// formulas name them by their code.
type LineID string

// A Model is one center's budget model for the plan's months.
type Model struct {
	// Currency is the plan's one currency, an ISO 4217 code.
	Currency   string
	Calendar   calendar.Calendar
	Dimensions []Dimension
	Groups     []Group
	Accounts   []Account
	// Lines are in display order.
	Lines []Line
	// Staffing holds the staffing policies by the code formulas name.
	Staffing map[string]capacity.Policy
	// Prices and Contributions hold the price tables and the tables of employer
	// contributions likewise.
	Prices        map[string]PriceTable
	Contributions map[string]ContributionTable
	// Hiring holds the hiring plans by the code formulas name.
	Hiring map[string]capacity.Hiring
	// Levers are in display order.
	Levers []Lever
	// Launches are the plan's initiatives, Actuals and History what happened
	// since and before. Sections of their own hold them.
	Launches []Launch
	Actuals  Actuals
	History  map[LineID][]float64
	// Through is the last closed month, in which actuals stand; zero is none.
	// Scenarios say it.
	Through calendar.Month

	source source
	// places holds where in Lines a code is; nil where two lines have one.
	places map[string]int
}

// A Dimension is an axis lines may spread over, such as queue or team.
type Dimension struct {
	ID      string
	Code    string
	Name    document.Text
	Members []Member
}

// A Member is one element of a dimension.
type Member struct {
	ID   string
	Code string
	Name document.Text
}

// A Group is a heading lines stand under.
type Group struct {
	ID   string
	Code string
	Name document.Text
}

// An Account is one of the chart of accounts. Parent is empty at the top.
type Account struct {
	ID     string
	Code   string
	Name   document.Text
	Parent string
}

// Sense says which way a line is better.
type Sense string

// The senses. Neither is the default.
const (
	Neither Sense = "neither"
	Good    Sense = "good" // more is better
	Bad     Sense = "bad"  // less is better
)

// A Line is a named monthly series: an input that holds values or a formula.
type Line struct {
	ID      LineID
	Code    string
	Name    document.Text
	Group   string
	Account string
	// Unit is the stated unit, empty to take what the formula gives.
	Unit string
	// By lists the codes of the line's dimensions.
	By []string
	// Rollup is the stated rule, empty for the unit's default.
	Rollup string
	// Formula is the text of a formula line, empty for an input.
	Formula string
	// Values holds an input's cells by period and lane, NaN where missing; nil
	// for a formula line.
	Values []float64
	// Opening holds the values before the first period by lane, NaN where
	// missing; nil if the line states none.
	Opening []float64
	// Empty says what a missing input means: error, zero or hold.
	Empty     string
	Owner     string
	Sense     Sense
	Source    string
	Sensitive bool
	Released  bool
	Note      document.Text
}

// IsInput reports whether the line holds values and not a formula.
func (l Line) IsInput() bool { return l.Formula == "" }

// Title returns the line's name, or its code where it has none.
func (l Line) Title() document.Text { return l.Name.Or(l.Code) }

// Pointer returns the line's place in the document.
func (l Line) Pointer() string { return document.Pointer("/budget/lines", string(l.ID)) }

// CellPointer returns the place in the document of a line's cell, its members
// one for each of the line's dimensions: of its value in the month or, without
// a month, of its opening value.
func (m Model) CellPointer(line Line, members []string, month string) string {
	parts := m.memberIDs(line, members)
	if month == "" {
		return document.Pointer(line.Pointer()+"/opening", parts...)
	}
	return document.Pointer(line.Pointer()+"/values", append(parts, month)...)
}

// HistoryPointer is CellPointer for the value of a month before the plan.
func (m Model) HistoryPointer(line Line, members []string, month string) string {
	return document.Pointer("/history/"+string(line.ID), append(m.memberIDs(line, members), month)...)
}

// memberIDs returns the ids of members, one for each of the line's dimensions.
func (m Model) memberIDs(line Line, members []string) []string {
	var ids []string
	for i, code := range members {
		ids = append(ids, m.memberID(line.By[i], code))
	}
	return ids
}

// MemberIDs returns the ids, by dimension, of one member of each of the line's
// dimensions, given by their codes in any order; nil for a line without
// dimensions. False says that the codes are not one of each.
func (m Model) MemberIDs(line Line, codes []string) (map[string]string, bool) {
	if len(codes) != len(line.By) {
		return nil, false
	}
	var ids map[string]string
	for _, by := range line.By {
		dimension, _ := m.Dimension(by)
		i := slices.IndexFunc(dimension.Members, func(member Member) bool { return slices.Contains(codes, member.Code) })
		if i < 0 {
			return nil, false
		}
		if ids == nil {
			ids = map[string]string{}
		}
		ids[dimension.ID] = dimension.Members[i].ID
	}
	return ids, true
}

// MemberCodes returns the codes of members given by their ids and dimensions, in
// the order of the line's dimensions. A member that is not there is left out.
func (m Model) MemberCodes(line Line, ids map[string]string) []string {
	codes := []string{}
	for _, by := range line.By {
		dimension, _ := m.Dimension(by)
		for _, member := range dimension.Members {
			if id, ok := ids[dimension.ID]; ok && member.ID == id {
				codes = append(codes, member.Code)
			}
		}
	}
	return codes
}

// ByCode returns the line with the code formulas name it by.
func (m Model) ByCode(code string) (Line, bool) {
	i, ok := m.places[code]
	if !ok {
		return Line{}, false
	}
	return m.Lines[i], true
}

// ByID returns the line with the id.
func (m Model) ByID(id LineID) (Line, bool) {
	for _, line := range m.Lines {
		if line.ID == id {
			return line, true
		}
	}
	return Line{}, false
}

// InGroup returns the lines of a group, in display order. The empty group
// holds those without one.
func (m Model) InGroup(id string) []Line {
	var lines []Line
	for _, line := range m.Lines {
		if line.Group == id {
			lines = append(lines, line)
		}
	}
	return lines
}

// Lanes returns the member codes of each lane of a line: every combination of
// its dimensions' members, the last dimension running fastest. A line without
// dimensions has one lane of no members.
func (m Model) Lanes(by []string) [][]string {
	lanes := [][]string{{}}
	for _, code := range by {
		dimension, _ := m.Dimension(code)
		var next [][]string
		for _, lane := range lanes {
			for _, member := range dimension.Members {
				next = append(next, append(slices.Clip(lane), member.Code))
			}
		}
		lanes = next
	}
	return lanes
}

// Dimension returns the dimension with the code.
func (m Model) Dimension(code string) (Dimension, bool) {
	for _, dimension := range m.Dimensions {
		if dimension.Code == code {
			return dimension, true
		}
	}
	return Dimension{}, false
}
