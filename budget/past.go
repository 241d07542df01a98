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
	of := newAxis(m.Calendar.Start, m.Calendar.Months, "budget.month_outside")
	var block []float64
	m.eachLine(r, func(entry document.Entry, line Line) {
		block = m.readBlock(entry.Reader, line.By, block, of)
		if known := actualsOf(block, m.lanePlaces(entry.Pointer(), line), of.texts); len(known) > 0 {
			all[line.ID] = known
		}
	})
	return all
}

// actualsOf returns a line's actuals, by the places of its lanes.
func actualsOf(block []float64, places, months []string) []formula.Adjustment {
	known := make([]formula.Adjustment, 0, len(block))
	lanes := make([]int, len(places))
	for i, value := range block {
		if value != value { // NaN: not known
			continue
		}
		period, lane := i/len(places), i%len(places)
		lanes[lane] = lane
		known = append(known, formula.Adjustment{
			Op: formula.Set, Value: value, Lanes: lanes[lane : lane+1 : lane+1], From: period, To: period,
			AfterRisk: true, Kind: formula.Actual, Source: places[lane] + "/" + months[period],
		})
	}
	return slices.Clip(known)
}

// lanePlaces returns the place of each lane of a line in a section that holds
// values by member and month.
func (m Model) lanePlaces(section string, line Line) []string {
	lanes := m.Lanes(line.By)
	places := make([]string, len(lanes))
	for i, members := range lanes {
		places[i] = document.Pointer(section, m.memberIDs(line, members)...)
	}
	return places
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
	of := newAxis(m.Calendar.Start.Add(-most), most, "budget.history_outside")
	var block []float64
	m.eachLine(r, func(entry document.Entry, line Line) {
		block = m.readBlock(entry.Reader, line.By, block, of)
		first := slices.IndexFunc(block, func(v float64) bool { return v == v })
		if first < 0 {
			return
		}
		lanes := len(block) / most
		values := slices.Clone(block[first/lanes*lanes:])
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
	members := r.Members()
	byID := m.index(len(members))
	for _, entry := range members {
		line, ok := byID(LineID(entry.Key))
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
	texts   []string // the months as documents write them
	outside string   // the problem of another month
}

func newAxis(start calendar.Month, months int, outside string) axis {
	of := axis{start: start, months: months, texts: make([]string, months), outside: outside}
	for i := range of.texts {
		of.texts[i] = start.Add(i).String()
	}
	return of
}

// readBlock reads one value per cell, `{member…: {month: number}}`, into a
// block by period and lane with NaN where there is none. It takes the room
// given if that is enough.
func (m Model) readBlock(r document.Reader, by []string, room []float64, of axis) []float64 {
	lanes := 1
	for _, code := range by {
		dimension, _ := m.Dimension(code)
		lanes *= len(dimension.Members)
	}
	values := slices.Grow(room[:0], of.months*lanes)[:of.months*lanes]
	for i := range values {
		values[i] = math.NaN()
	}
	m.eachLane(r, by, 0, func(cells document.Reader, lane int) {
		if plainCells(cells, of.texts, values[lane:], lanes) {
			return
		}
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

// plainCells reads cells that hold nothing but numbers of the months, as nearly
// all do, and reports whether that is so. Values are those of one lane.
func plainCells(r document.Reader, months []string, values []float64, lanes int) bool {
	object, ok := r.Node().(document.Object)
	if !ok {
		return false
	}
	found := 0
	for period, month := range months {
		node, ok := object[month]
		if !ok {
			continue
		}
		number, ok := node.(float64)
		if !ok || math.IsNaN(number) || math.IsInf(number, 0) {
			return false
		}
		found++
		values[period*lanes] = number
	}
	return found == len(object)
}
