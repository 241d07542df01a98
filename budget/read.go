package budget

import (
	"math"
	"slices"
	"strconv"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// Read reads the budget section of a plan document. What has the wrong shape,
// or names a dimension, group or account that does not exist, is recorded with
// the reader.
func Read(r document.Reader, currency string) Model { return Model{}.Next(r, currency) }

// Next reads the section of a later state of the same plan, as Read does. Lines
// that an edit left alone are taken over instead of read again.
func (m Model) Next(r document.Reader, currency string) Model {
	r.Fields("calendar", "dimensions", "groups", "accounts", "lines", "staffing", "hiring", "prices", "contributions", "levers")
	next := Model{
		Currency:   currency,
		Calendar:   readCalendar(r.Field("calendar")),
		Dimensions: readDimensions(r.Field("dimensions")),
		Groups:     readGroups(r.Field("groups")),
		Accounts:   readAccounts(r.Field("accounts")),
		Staffing:   map[string]capacity.Policy{},
		Hiring:     map[string]capacity.Hiring{},

		Prices:        readPrices(r.Field("prices"), currency),
		Contributions: readContributions(r.Field("contributions")),

		source: sourceOf(r),
	}
	next.Lines = next.readLines(r.Field("lines"), m)
	for _, entry := range r.Field("staffing").Members() {
		next.Staffing[entry.Key] = capacity.ReadPolicy(entry.Reader)
	}
	for _, entry := range r.Field("hiring").Members() {
		next.Hiring[entry.Key] = capacity.ReadHiring(entry.Reader, next.Calendar)
	}
	next.places = next.placeCodes(r.Field("lines"), m)
	next.Levers = next.readLevers(r.Field("levers"))
	return next
}

func readCalendar(r document.Reader) calendar.Calendar {
	r.Require().Fields("start", "months", "fiscal_start", "days", "holidays", "workdays")
	if !r.Present() {
		made, _ := calendar.New(calendar.Calendar{})
		return made
	}
	c := calendar.Calendar{
		Start:    calendar.ReadMonth(r.Field("start")),
		Months:   readMonths(r.Field("months")),
		Typical:  r.Field("days").OneOf("real", "typical") == "typical",
		Holidays: readDates(r.Field("holidays")),
		Workdays: readDates(r.Field("workdays")),
	}
	if fiscal := r.Field("fiscal_start"); fiscal.Present() {
		c.FiscalStart = calendar.ReadMonth(fiscal).Number()
	}
	made, faults := calendar.New(c)
	for _, fault := range faults {
		r.Report(fault)
	}
	return made
}

// readMonths reads how many months the plan has, a whole number.
func readMonths(r document.Reader) int {
	const usual = 12
	months := r.Number(usual)
	if months == math.Trunc(months) && math.Abs(months) <= math.MaxInt32 {
		return int(months)
	}
	r.Fail("calendar.months_range", problem.Args{
		"got": strconv.FormatFloat(months, 'g', -1, 64), "most": strconv.Itoa(calendar.MostMonths),
	})
	return calendar.MostMonths // so that no month of the plan is refused as well
}

func readDates(r document.Reader) []calendar.Date {
	var dates []calendar.Date
	for _, item := range r.Items() {
		date, ok := calendar.ParseDate(item.String())
		if !ok {
			item.Fail("shape.date", problem.Args{"got": item.String()})
			continue
		}
		dates = append(dates, date)
	}
	return dates
}

func readDimensions(r document.Reader) []Dimension {
	var dimensions []Dimension
	for _, entry := range r.Members() {
		entry.Fields("code", "name", "rank", "members")
		dimension := Dimension{ID: entry.Key, Code: codeOf(entry), Name: entry.Field("name").Text()}
		for _, member := range entry.Field("members").Members() {
			member.Fields("code", "name", "rank")
			dimension.Members = append(dimension.Members, Member{
				ID: member.Key, Code: codeOf(member), Name: member.Field("name").Text(),
			})
		}
		if len(dimension.Members) == 0 {
			entry.Fail("budget.no_members", problem.Args{"dimension": dimension.Code})
		}
		dimensions = append(dimensions, dimension)
	}
	return dimensions
}

func readGroups(r document.Reader) []Group {
	var groups []Group
	for _, entry := range r.Members() {
		entry.Fields("code", "name", "rank")
		groups = append(groups, Group{ID: entry.Key, Code: codeOf(entry), Name: entry.Field("name").Text()})
	}
	return groups
}

func readAccounts(r document.Reader) []Account {
	var accounts []Account
	members := r.Members()
	for _, entry := range members {
		entry.Fields("code", "name", "rank", "parent")
		parent := entry.Field("parent").String()
		if parent != "" && !slices.ContainsFunc(members, func(e document.Entry) bool { return e.Key == parent }) {
			entry.Field("parent").Fail("shape.dangling", problem.Args{"id": parent})
		}
		accounts = append(accounts, Account{
			ID: entry.Key, Code: codeOf(entry), Name: entry.Field("name").Text(), Parent: parent,
		})
	}
	return accounts
}

// codeOf reads the code of a thing, by default its id.
func codeOf(entry document.Entry) string {
	if code := entry.Field("code").String(); code != "" {
		return code
	}
	return entry.Key
}

var lineFields = []string{
	"code", "name", "group", "unit", "by", "rollup", "values", "formula", "opening", "empty",
	"account", "owner", "sense", "source", "sensitive", "released", "note", "rank", "held",
}

func (m Model) readLine(entry document.Entry) Line {
	r := entry.Reader
	r.Fields(lineFields...)
	line := Line{
		ID: LineID(entry.Key), Code: codeOf(entry), Name: r.Field("name").Text(),
		Group:     dangling(r.Field("group"), m.hasGroup),
		Account:   dangling(r.Field("account"), m.hasAccount),
		Unit:      r.Field("unit").String(),
		Rollup:    r.Field("rollup").String(),
		Formula:   r.Field("formula").String(),
		Empty:     r.Field("empty").OneOf("error", "zero", "hold"),
		Owner:     r.Field("owner").String(),
		Sense:     Sense(r.Field("sense").OneOf(string(Neither), string(Good), string(Bad))),
		Source:    r.Field("source").OneOf("computed", "argued"),
		Sensitive: r.Field("sensitive").Bool(),
		Released:  r.Field("released").Bool(),
		Note:      r.Field("note").Text(),
	}
	for _, item := range r.Field("by").Items() {
		if dimension, ok := m.dimensionByID(item.String()); ok {
			line.By = append(line.By, dimension.Code)
			continue
		}
		item.Fail("shape.dangling", problem.Args{"id": item.String()})
	}
	if m.laneCount(line.By) > formula.MostLanes {
		r.Field("by").Fail("formula.too_many_members", problem.Args{"most": strconv.Itoa(formula.MostLanes)})
		line.By = nil
		return line
	}
	m.readContent(r, &line)
	return line
}

// laneCount counts the member combinations of dimensions, as far as one more
// than a line may have.
func (m Model) laneCount(by []string) int {
	lanes := 1
	for _, code := range by {
		dimension, _ := m.Dimension(code)
		lanes = min(lanes*max(1, len(dimension.Members)), formula.MostLanes+1)
	}
	return lanes
}

// readContent reads what fills the line: exactly one of values and formula.
func (m Model) readContent(r document.Reader, line *Line) {
	values, text := r.Field("values"), r.Field("formula")
	if values.Present() && text.Present() {
		text.Fail("budget.values_and_formula", problem.Args{"line": line.Code})
	}
	if line.Formula == "" {
		line.Values = m.ReadCells(values, line.By)
	}
	if opening := r.Field("opening"); opening.Present() {
		line.Opening = m.readOpening(opening, line.By)
	}
	m.checkHeld(r.Field("held"), line.By)
}

// checkHeld checks which cells are held, `{member…: {month: true}}`: those that
// spreading a total does not move. No number rests on it.
func (m Model) checkHeld(r document.Reader, by []string) {
	m.eachLane(r, by, 0, func(cells document.Reader, _ int) {
		for _, cell := range cells.Members() {
			m.checkMonth(cell)
			cell.Bool()
		}
	})
}

// checkMonth refuses a member of an object that is named after no month of the
// plan.
func (m Model) checkMonth(cell document.Entry) {
	month, ok := calendar.Parse(cell.Key)
	if !ok {
		cell.Fail("shape.month", problem.Args{"got": cell.Key})
		return
	}
	if _, inside := m.Calendar.Index(month); !inside {
		cell.Fail("budget.month_outside", problem.Args{
			"month": cell.Key, "first": m.Calendar.Start.String(), "last": m.Calendar.Month(m.Calendar.Months - 1).String(),
			"months": strconv.Itoa(m.Calendar.Months),
		})
	}
}

// ReadCells reads one value per cell, `{member…: {month: number}}`, into a
// block by period and lane with NaN where there is none.
func (m Model) ReadCells(r document.Reader, by []string) []float64 {
	return m.readBlock(r, by, nil, newAxis(m.Calendar.Start, m.Calendar.Months, "budget.month_outside"))
}

// readOpening reads a number for all members, or one per member.
func (m Model) readOpening(r document.Reader, by []string) []float64 {
	lanes := m.Lanes(by)
	if _, ok := r.Node().(float64); ok || len(by) == 0 {
		number := r.Number(math.NaN())
		return slices.Repeat([]float64{number}, len(lanes))
	}
	opening := missing(len(lanes))
	m.eachLane(r, by, 0, func(cell document.Reader, lane int) {
		opening[lane] = cell.Number(math.NaN())
	})
	return opening
}

// eachLane walks the members of the dimensions in turn and calls fn at each
// lane that has something.
func (m Model) eachLane(r document.Reader, by []string, lane int, fn func(document.Reader, int)) {
	if len(by) == 0 {
		fn(r, lane)
		return
	}
	dimension, _ := m.Dimension(by[0])
	for _, entry := range r.Members() {
		index := slices.IndexFunc(dimension.Members, func(member Member) bool { return member.ID == entry.Key })
		if index < 0 {
			entry.Fail("budget.unknown_member", problem.Args{"member": entry.Key, "dimension": dimension.Code})
			continue
		}
		m.eachLane(entry.Reader, by[1:], lane*len(dimension.Members)+index, fn)
	}
}

func missing(n int) []float64 { return slices.Repeat([]float64{math.NaN()}, n) }

func dangling(r document.Reader, exists func(string) bool) string {
	id := r.String()
	if id != "" && !exists(id) {
		r.Fail("shape.dangling", problem.Args{"id": id})
	}
	return id
}

func (m Model) hasGroup(id string) bool {
	return slices.ContainsFunc(m.Groups, func(g Group) bool { return g.ID == id })
}

func (m Model) hasAccount(id string) bool {
	return slices.ContainsFunc(m.Accounts, func(a Account) bool { return a.ID == id })
}

func (m Model) dimensionByID(id string) (Dimension, bool) {
	for _, dimension := range m.Dimensions {
		if dimension.ID == id {
			return dimension, true
		}
	}
	return Dimension{}, false
}

// placeCodes finds the lines by their codes, and refuses a code that two lines
// have, since a formula could not say which it means. Whether a code is a legal
// name is for the compiler.
func (m Model) placeCodes(r document.Reader, before Model) map[string]int {
	if before.places != nil && slices.EqualFunc(m.Lines, before.Lines, func(a, b Line) bool { return a.Code == b.Code }) {
		return before.places
	}
	places := make(map[string]int, len(m.Lines))
	unique := true
	for i, line := range m.Lines {
		if other, twice := places[line.Code]; twice {
			unique = false
			r.Field(string(line.ID)).Field("code").Fail("budget.code_twice", problem.Args{
				"code": line.Code, "other": string(m.Lines[other].ID),
			})
			continue
		}
		places[line.Code] = i
	}
	if !unique {
		return nil
	}
	return places
}
