package budget

import (
	"math"
	"slices"
	"strconv"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// Actuals are what happened, by line: for each known cell the adjustment that
// puts it in the place of the plan's value, in the order of months and lanes.
type Actuals map[LineID][]formula.Adjustment

// ReadActuals reads the actuals section of a plan document, `{line: {member…:
// {month: number}}}`.
func (m Model) ReadActuals(r document.Reader) Actuals {
	all := Actuals{}
	m.eachLine(r, func(entry document.Entry, line Line) {
		values := m.ReadCells(entry.Reader, line.By)
		lanes := m.Lanes(line.By)
		for i, value := range values {
			if value != value { // NaN: not known
				continue
			}
			period, lane := i/len(lanes), i%len(lanes)
			all[line.ID] = append(all[line.ID], formula.Adjustment{
				Op: formula.Set, Value: value, Lanes: []int{lane}, From: period, To: period,
				AfterRisk: true, Kind: formula.Actual, Source: m.cellPointer(entry.Pointer(), line, lanes[lane], period),
			})
		}
	})
	return all
}

// Closed returns how many of the plan's months are closed.
func (m Model) Closed() int {
	if m.Through == 0 {
		return 0
	}
	return min(max(int(m.Through-m.Calendar.Start)+1, 0), m.Calendar.Months)
}

// in returns a line's actuals of the first months.
func (a Actuals) in(line LineID, months int) []formula.Adjustment {
	known := a[line]
	end, _ := slices.BinarySearchFunc(known, months, func(one formula.Adjustment, month int) int { return one.From - month })
	return known[:end]
}

// MissingActuals lists the lines that have actuals, but not for every cell of
// the closed months, in display order, and for each how many cells lack one.
func (m Model) MissingActuals() (lines []Line, cells []int) {
	closed := m.Closed()
	for _, line := range m.Lines {
		if len(m.Actuals[line.ID]) == 0 {
			continue
		}
		if lack := closed*len(m.Lanes(line.By)) - len(m.Actuals.in(line.ID, closed)); lack > 0 {
			lines, cells = append(lines, line), append(cells, lack)
		}
	}
	return lines, cells
}

// ReadHistory reads the history section of a plan document: values as lines
// have them, of months before the plan. The result is laid out as
// formula.Inputs.History. A line whose empty months mean zero has zeros in the
// months its history leaves out, from the first given to the plan.
func (m Model) ReadHistory(r document.Reader) map[LineID][]float64 {
	history := map[LineID][]float64{}
	most := calendar.MostMonths
	m.eachLine(r, func(entry document.Entry, line Line) {
		values := m.readBlock(entry.Reader, line.By, axis{
			start: m.Calendar.Start.Add(-most), months: most, outside: "budget.history_outside",
		})
		first := slices.IndexFunc(values, func(v float64) bool { return v == v })
		if first < 0 {
			return
		}
		lanes := len(values) / most
		values = values[first/lanes*lanes:]
		for i, value := range values {
			if value != value && line.Empty == "zero" {
				values[i] = 0
			}
		}
		history[line.ID] = values
	})
	return history
}

// eachLine walks a section of the document by line.
func (m Model) eachLine(r document.Reader, do func(document.Entry, Line)) {
	for _, entry := range r.Members() {
		line, ok := m.ByID(LineID(entry.Key))
		if !ok {
			entry.Fail("shape.dangling", problem.Args{"id": entry.Key})
			continue
		}
		do(entry, line)
	}
}

// An axis is a run of months that a section holds values for.
type axis struct {
	start   calendar.Month
	months  int
	outside string // the problem of another month
}

// readBlock reads one value per cell, `{member…: {month: number}}`, into a
// block by period and lane with NaN where there is none.
func (m Model) readBlock(r document.Reader, by []string, of axis) []float64 {
	lanes := len(m.Lanes(by))
	values := missing(of.months * lanes)
	m.eachLane(r, by, 0, func(cells document.Reader, lane int) {
		for _, cell := range cells.Members() {
			month, ok := calendar.Parse(cell.Key)
			if !ok {
				cell.Fail("shape.month", problem.Args{"got": cell.Key})
				continue
			}
			period := int(month - of.start)
			if period < 0 || period >= of.months {
				cell.Fail(of.outside, problem.Args{
					"month": cell.Key, "first": of.start.String(), "last": of.start.Add(of.months - 1).String(),
					"months": strconv.Itoa(of.months),
				})
				continue
			}
			values[period*lanes+lane] = cell.Number(math.NaN())
		}
	})
	return values
}
