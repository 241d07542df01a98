package budget

import (
	"maps"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Change is one delta on a line: a value that replaces, scales or adds to
// what stands, or a formula that replaces the line's own.
type Change struct {
	// Pointer is the change's place in the document.
	Pointer string
	Line    LineID
	// Member picks members by dimension code; a dimension that is not named
	// means all of its members.
	Member map[string]string
	// From and To bound the months, both inclusive; zero means the plan's edge.
	From, To calendar.Month
	// Formula replaces the line's formula; Op and Value are unused then.
	Formula string
	Op      formula.Op
	Value   float64
	Note    document.Text
	// Kind says which step of the settling order the change belongs to, Code
	// names the initiative, lever or scenario that makes it.
	Kind formula.StepKind
	Code string
}

// ReadChanges reads the changes of an initiative, a lever or a scenario, in
// their order. An initiative has no formula, which would hold in the months
// before it goes live too.
func (m Model) ReadChanges(r document.Reader, kind formula.StepKind, code string) []Change {
	var changes []Change
	for _, entry := range r.Members() {
		change := m.readChange(entry.Reader)
		change.Kind, change.Code = kind, code
		if change.Formula != "" && kind == formula.Initiative {
			entry.Field("formula").Fail("budget.initiative_formula", problem.Args{"initiative": code})
		}
		changes = append(changes, change)
	}
	return changes
}

// readChange reads one change: exactly one of set, scale, add and formula says
// what it does.
func (m Model) readChange(r document.Reader) Change {
	r.Fields("rank", "line", "member", "from", "to", "set", "scale", "add", "formula", "note")
	change := Change{
		Pointer: r.Pointer(), Line: LineID(r.Field("line").Require().String()),
		From: calendar.ReadMonth(r.Field("from")), To: calendar.ReadMonth(r.Field("to")),
		Formula: r.Field("formula").String(), Note: r.Field("note").Text(),
	}
	line, ok := m.ByID(change.Line)
	if !ok && change.Line != "" {
		r.Field("line").Fail("shape.dangling", problem.Args{"id": string(change.Line)})
	}
	change.Member = m.readPick(r.Field("member"), line.By)
	acts := 0
	for _, act := range []struct {
		name string
		op   formula.Op
	}{{"set", formula.Set}, {"scale", formula.Scale}, {"add", formula.Add}} {
		if field := r.Field(act.name); field.Present() {
			acts++
			change.Op, change.Value = act.op, field.Number(0)
		}
	}
	if change.Formula != "" {
		acts++
	}
	if acts != 1 {
		r.Fail("budget.change_acts", nil)
	}
	checkReach(r, change)
	return change
}

// checkReach refuses members and months that would not be what they seem: of a
// formula, or in the wrong order.
func checkReach(r document.Reader, change Change) {
	for _, name := range []string{"member", "from", "to"} {
		if field := r.Field(name); change.Formula != "" && field.Present() {
			field.Fail("budget.change_formula_part", problem.Args{"field": name})
		}
	}
	if change.From != 0 && change.To != 0 && change.To < change.From {
		r.Field("to").Fail("budget.change_range", problem.Args{
			"from": change.From.String(), "to": change.To.String(),
		})
	}
}

// readPick reads {dimension: member} by ids and returns it by codes.
func (m Model) readPick(r document.Reader, by []string) map[string]string {
	pick := map[string]string{}
	for _, entry := range r.Members() {
		dimension, ok := m.dimensionByID(entry.Key)
		if !ok || !slices.Contains(by, dimension.Code) {
			entry.Fail("budget.change_dimension", problem.Args{"dimension": entry.Key})
			continue
		}
		id := entry.String()
		index := slices.IndexFunc(dimension.Members, func(member Member) bool { return member.ID == id })
		if index < 0 {
			entry.Fail("budget.unknown_member", problem.Args{"member": id, "dimension": dimension.Code})
			continue
		}
		pick[dimension.Code] = dimension.Members[index].Code
	}
	return pick
}

// ReadCellChanges reads a scenario's cell edits, `{line: {member…: {month:
// number}}}`, as changes that set one cell each, in the order of lines, lanes
// and months. The code is the scenario's.
func (m Model) ReadCellChanges(r document.Reader, code string) []Change {
	var changes []Change
	m.eachLine(r, func(entry document.Entry, line Line) {
		changes = append(changes, m.cellChanges(entry.Reader, line, code)...)
	})
	return changes
}

func (m Model) cellChanges(r document.Reader, line Line, scenario string) []Change {
	values := m.ReadCells(r, line.By)
	lanes, places := m.Lanes(line.By), m.lanePlaces(r.Pointer(), line)
	var changes []Change
	for lane, members := range lanes {
		for period := range m.Calendar.Months {
			value := values[period*len(lanes)+lane]
			if value != value { // NaN: no edit here
				continue
			}
			month := m.Calendar.Month(period)
			pick := map[string]string{}
			for i, code := range members {
				pick[line.By[i]] = code
			}
			changes = append(changes, Change{
				Pointer: places[lane] + "/" + month.String(), Kind: formula.CellEdit, Code: scenario,
				Line: line.ID, Member: pick, From: month, To: month, Op: formula.Set, Value: value,
			})
		}
	}
	return changes
}

func (m Model) memberID(dimension, code string) string {
	d, _ := m.Dimension(dimension)
	for _, member := range d.Members {
		if member.Code == code {
			return member.ID
		}
	}
	return code
}

// Scope returns the model as the formula compiler sees it, with the formulas
// that changes put in the place of the lines' own; the last one stands.
func (m Model) Scope(changes []Change) formula.Scope {
	scope := formula.Scope{
		Calendar: m.Calendar, Currency: m.Currency,
		Staffing: maps.Clone(m.Staffing), Hiring: maps.Clone(m.Hiring), Live: m.live(changes),
		Prices: map[string]formula.PriceTable{}, Contributions: map[string]formula.ContributionTable{},
	}
	for code, table := range m.Prices {
		scope.Prices[code] = table.PriceTable
	}
	for code, table := range m.Contributions {
		scope.Contributions[code] = table.compiled()
	}
	for _, dimension := range m.Dimensions {
		var members []string
		for _, member := range dimension.Members {
			members = append(members, member.Code)
		}
		scope.Dimensions = append(scope.Dimensions, formula.Dimension{Code: dimension.Code, Members: members})
	}
	scope.Lines = make([]formula.Line, len(m.Lines))
	for i, line := range m.Lines {
		scope.Lines[i] = m.scopeLine(line, changes)
	}
	return scope
}

func (m Model) scopeLine(line Line, changes []Change) formula.Line {
	pointer := line.Pointer()
	compiled := formula.Line{
		Code: line.Code, Unit: line.Unit, By: line.By, Formula: line.Formula,
		Rollup: m.rollup(line), Empty: emptyOf(line.Empty), Pointer: pointer,
	}
	if line.Formula != "" {
		compiled.FormulaPointer = document.Pointer(pointer, "formula")
	}
	for _, change := range changes {
		if change.Formula != "" && change.Line == line.ID {
			compiled.Formula, compiled.FormulaPointer = change.Formula, document.Pointer(change.Pointer, "formula")
		}
	}
	return compiled
}

// Inputs returns what the program is evaluated with: the values of the input
// lines, the openings and the history, the changes that adjust lines, in their
// order, and behind them the actuals of closed months.
func (m Model) Inputs(changes []Change) formula.Inputs {
	in := formula.Inputs{
		Values: map[string][]float64{}, Opening: map[string][]float64{}, History: map[string][]float64{},
		Adjust: map[string][]formula.Adjustment{},
	}
	for _, line := range m.Lines {
		if history, ok := m.History[line.ID]; ok {
			in.History[line.Code] = history
		}
		if line.Values != nil {
			in.Values[line.Code] = line.Values
		}
		if line.Opening != nil {
			in.Opening[line.Code] = line.Opening
		}
	}
	byID := m.index(len(changes))
	for _, change := range changes {
		line, ok := byID(change.Line)
		if !ok || change.Formula != "" {
			continue
		}
		if adjustment, ok := m.adjustment(line, change); ok {
			in.Adjust[line.Code] = append(in.Adjust[line.Code], adjustment)
		}
	}
	closed := m.Closed()
	for _, line := range m.Lines {
		if known := m.Actuals.in(line.ID, closed); len(known) > 0 {
			in.Adjust[line.Code] = append(in.Adjust[line.Code], known...)
		}
	}
	return in
}

// index returns what finds lines by id as often as is said.
func (m Model) index(times int) func(LineID) (Line, bool) {
	const few = 20
	if times < few {
		return m.ByID
	}
	places := make(map[LineID]int, len(m.Lines))
	for i, line := range m.Lines {
		places[line.ID] = i
	}
	return func(id LineID) (Line, bool) {
		i, ok := places[id]
		if !ok {
			return Line{}, false
		}
		return m.Lines[i], true
	}
}

// Adjustment returns a change as the program applies it; false if it changes no
// cell by itself: one of a line that is not there, a formula, or one of months
// outside the plan.
func (m Model) Adjustment(change Change) (formula.Adjustment, bool) {
	line, ok := m.ByID(change.Line)
	if !ok || change.Formula != "" {
		return formula.Adjustment{}, false
	}
	return m.adjustment(line, change)
}

// adjustment returns the change in periods and lanes, false if it lies outside
// the plan.
func (m Model) adjustment(line Line, change Change) (formula.Adjustment, bool) {
	from, to, inside := m.Calendar.Range(change.From, change.To)
	a := formula.Adjustment{
		Op: change.Op, Value: change.Value, From: from, To: to,
		Kind: change.Kind, Code: change.Code, Source: change.Pointer,
	}
	if len(change.Member) > 0 {
		a.Lanes = []int{}
		for lane, members := range m.Lanes(line.By) {
			if picked(line.By, members, change.Member) {
				a.Lanes = append(a.Lanes, lane)
			}
		}
	}
	return a, inside
}

func picked(by, members []string, pick map[string]string) bool {
	for i, dimension := range by {
		if want, ok := pick[dimension]; ok && want != members[i] {
			return false
		}
	}
	return true
}

// emptyOf returns what a missing input means, by its name in the document.
func emptyOf(name string) formula.Empty {
	switch name {
	case "zero":
		return formula.EmptyZero
	case "hold":
		return formula.EmptyHold
	default:
		return formula.EmptyError
	}
}
