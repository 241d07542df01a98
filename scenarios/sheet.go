package scenarios

import (
	"maps"
	"math"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// A Sheet is a scenario's results for some lines, as the API and the command
// line write them: full precision, null where a cell failed.
type Sheet struct {
	Scenario Code              `json:"scenario"`
	Calendar Axis              `json:"calendar"`
	Lines    map[string]Column `json:"lines"`
}

// Axis says which months the values of a sheet stand for. Buckets are set when
// the months are rolled up to quarters or years.
type Axis struct {
	Start   calendar.Month `json:"start"`
	Months  int            `json:"months"`
	Buckets []string       `json:"buckets,omitempty"`
}

// A Column is one line's results.
type Column struct {
	Unit string   `json:"unit"`
	By   []string `json:"by"`
	// Values holds one number per period, or for a line with dimensions such
	// lists nested by member code.
	Values any `json:"values"`
	// Total is the one number over all members and months, null if it failed.
	Total  *float64    `json:"total"`
	Errors []CellError `json:"errors"`
}

// A MemberRow is the values of one member combination of a line, null where they
// failed, and their total; the row of all members together names none.
type MemberRow struct {
	Members []string
	Values  []*float64
	Total   *float64
}

// A CellError says why a cell has no number, and the line and month where the
// trouble began. An error of the total has no month.
type CellError struct {
	Member     []string     `json:"member"`
	Month      string       `json:"month"`
	Key        string       `json:"key"`
	Args       problem.Args `json:"args,omitempty"`
	Cause      string       `json:"cause"`
	CauseMonth string       `json:"cause_month"`
}

// By says how finely a sheet shows time.
type By string

// The steps of time. Month is the default.
const (
	ByMonth   By = "month"
	ByQuarter By = "quarter"
	ByYear    By = "year"
)

// Sheet returns the results of the lines with the codes, in steps of time. No
// codes mean every line. An unknown code is a problem of kind NotFound.
func (o *Outcome) Sheet(codes []string, by By) (Sheet, error) {
	buckets := o.buckets(by)
	sheet := Sheet{
		Scenario: o.Scenario.Code,
		Calendar: Axis{Start: o.Model.Calendar.Start, Months: o.Model.Calendar.Months},
		Lines:    map[string]Column{},
	}
	if by == ByQuarter || by == ByYear {
		for _, bucket := range buckets {
			sheet.Calendar.Buckets = append(sheet.Calendar.Buckets, bucket.Label)
		}
	}
	if len(codes) == 0 {
		for _, line := range o.Model.Lines {
			codes = append(codes, line.Code)
		}
	}
	for _, code := range codes {
		line, err := o.Line(code)
		if err != nil {
			return Sheet{}, err
		}
		sheet.Lines[code] = o.column(line, buckets)
	}
	return sheet, nil
}

func (o *Outcome) buckets(by By) []calendar.Bucket {
	switch by {
	case ByQuarter:
		return o.Model.Calendar.Quarters()
	case ByYear:
		return o.Model.Calendar.Years()
	default:
		var months []calendar.Bucket
		for i := range o.Model.Calendar.Months {
			months = append(months, calendar.Bucket{Label: o.Model.Calendar.Month(i).String(), From: i, To: i})
		}
		return months
	}
}

func (o *Outcome) column(line budget.Line, buckets []calendar.Bucket) Column {
	series, _ := o.Results.Series(line.Code)
	column := Column{Unit: series.Unit.String(), By: line.By, Errors: []CellError{}}
	if column.By == nil {
		column.By = []string{}
	}
	lanes := o.Model.Lanes(line.By)
	rows := make([][]*float64, len(lanes))
	for lane, members := range lanes {
		rows[lane] = make([]*float64, len(buckets))
		for i, bucket := range buckets {
			value, fault := o.Results.Roll(line.Code, lane, bucket.From, bucket.To)
			if fault != nil {
				column.Errors = append(column.Errors, o.cellError(members, bucket.Label, *fault))
				continue
			}
			rows[lane][i] = &value
		}
	}
	column.Values = o.nest(line.By, rows)
	total, fault := o.total(line.Code)
	if fault == nil {
		column.Total = &total
	} else if len(column.Errors) == 0 {
		column.Errors = append(column.Errors, o.cellError(nil, "", *fault))
	}
	return column
}

// Rows returns a line's results flat: a row for each member combination, in
// the order of lanes, and for a line with dimensions one of all members
// together. An unknown code is a problem of kind NotFound.
func (o *Outcome) Rows(code string, by By) ([]MemberRow, error) {
	line, err := o.Line(code)
	if err != nil {
		return nil, err
	}
	var rows []MemberRow
	for lane, members := range o.Model.Lanes(line.By) {
		rows = append(rows, o.row(code, members, lane, by))
	}
	if len(line.By) > 0 {
		rows = append(rows, o.row(code, nil, -1, by))
	}
	return rows, nil
}

// row rolls up one lane of a line, all of them where it is -1.
func (o *Outcome) row(code string, members []string, lane int, by By) MemberRow {
	roll := func(from, to int) *float64 {
		if value, fault := o.Results.Roll(code, lane, from, to); fault == nil {
			return &value
		}
		return nil
	}
	row := MemberRow{Members: members, Total: roll(0, o.Model.Calendar.Months-1)}
	for _, bucket := range o.buckets(by) {
		row.Values = append(row.Values, roll(bucket.From, bucket.To))
	}
	return row
}

// nest turns the rows of lanes into objects by member code, one level for each
// dimension.
func (o *Outcome) nest(by []string, rows [][]*float64) any {
	if len(by) == 0 {
		return rows[0]
	}
	dimension, _ := o.Model.Dimension(by[0])
	size := len(rows) / max(1, len(dimension.Members))
	nested := map[string]any{}
	for i, member := range dimension.Members {
		nested[member.Code] = o.nest(by[1:], rows[i*size:(i+1)*size])
	}
	return nested
}

func (o *Outcome) cellError(members []string, label string, fault formula.Fault) CellError {
	cause := ""
	if fault.Period >= 0 {
		cause = o.Model.Calendar.Month(fault.Period).String()
	}
	if members == nil {
		members = []string{}
	}
	return CellError{
		Member: members, Month: label, Key: fault.Key, Args: fault.Args,
		Cause: fault.Line, CauseMonth: cause,
	}
}

// Same reports whether the line has the same results in both outcomes, to the
// bit and with the same errors: its cells, and its total, which may change
// with the line that weighs it.
func Same(a, b *Outcome, code string) bool {
	left, okLeft := a.Results.Series(code)
	right, okRight := b.Results.Series(code)
	if okLeft != okRight || left.Unit != right.Unit || len(left.Values) != len(right.Values) ||
		len(left.Faults) != len(right.Faults) {
		return false
	}
	for i, value := range left.Values {
		if math.Float64bits(value) != math.Float64bits(right.Values[i]) {
			return false
		}
	}
	for i, fault := range left.Faults {
		other, ok := right.Faults[i]
		if !ok || !sameFault(fault, other) {
			return false
		}
	}
	if a.Program == b.Program && a.Program.RollsAlone(code) {
		return true
	}
	total, fault := a.total(code)
	other, otherFault := b.total(code)
	if fault != nil && otherFault != nil {
		return sameFault(*fault, *otherFault)
	}
	return fault == otherFault && math.Float64bits(total) == math.Float64bits(other)
}

func sameFault(a, b formula.Fault) bool {
	return a.Key == b.Key && a.Line == b.Line && a.Lane == b.Lane && a.Period == b.Period && maps.Equal(a.Args, b.Args)
}

// Total returns a line's number over all its members and months, and whether
// there is one.
func (o *Outcome) Total(code string) (total float64, ok bool) {
	if _, err := o.Line(code); err != nil {
		return 0, false
	}
	total, fault := o.total(code)
	return total, fault == nil
}

// total rolls a line up over all its members and months.
func (o *Outcome) total(code string) (float64, *formula.Fault) {
	return o.Results.Roll(code, -1, 0, o.Model.Calendar.Months-1)
}
