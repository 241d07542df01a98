package scenarios

import (
	"math"

	"centerplan/budget"
)

// A Comparison sets scenarios side by side against one of them.
type Comparison struct {
	Base      Code   `json:"base"`
	Scenarios []Code `json:"scenarios"`
	Rows      []Row  `json:"rows"`
	// Differences say what the scenarios do that the base does not, and the
	// other way round, scenario by scenario.
	Differences []Difference `json:"differences"`
}

// A Row is one line's totals in each scenario, the base first.
type Row struct {
	Line  string       `json:"line"`
	Unit  string       `json:"unit"`
	Sense budget.Sense `json:"sense"`
	Cells []Cell       `json:"cells"`
}

// A Cell is a line's total in one scenario and how it differs from the base.
// What cannot be said is null: a failed total, a ratio to nothing.
type Cell struct {
	Scenario   Code       `json:"scenario"`
	Total      *float64   `json:"total"`
	Difference *float64   `json:"difference"`
	Ratio      *float64   `json:"ratio"` // difference ÷ base
	Verdict    Verdict    `json:"verdict"`
	Error      *CellError `json:"error"`
}

// A Verdict says whether a difference is for the better.
type Verdict string

// The verdicts.
const (
	Unchanged    Verdict = "same"
	Favourable   Verdict = "favourable"
	Unfavourable Verdict = "unfavourable"
	Neutral      Verdict = "neutral"
)

// Compare sets the lines of the outcomes side by side; the first outcome is
// the base. No codes mean every line. An unknown code is a problem of kind
// NotFound.
func Compare(outcomes []*Outcome, codes []string) (Comparison, error) {
	base := outcomes[0]
	comparison := Comparison{Base: base.Scenario.Code, Rows: []Row{}, Differences: []Difference{}}
	for _, o := range outcomes {
		comparison.Scenarios = append(comparison.Scenarios, o.Scenario.Code)
		comparison.Differences = append(comparison.Differences, differences(base, o)...)
	}
	if len(codes) == 0 {
		for _, line := range base.Model.Lines {
			codes = append(codes, line.Code)
		}
	}
	for _, code := range codes {
		line, err := base.Line(code)
		if err != nil {
			return Comparison{}, err
		}
		comparison.Rows = append(comparison.Rows, compareLine(outcomes, line))
	}
	return comparison, nil
}

func compareLine(outcomes []*Outcome, line budget.Line) Row {
	series, _ := outcomes[0].Results.Series(line.Code)
	row := Row{Line: line.Code, Unit: series.Unit.String(), Sense: line.Sense}
	var base *float64
	for i, o := range outcomes {
		cell := Cell{Scenario: o.Scenario.Code, Verdict: Neutral}
		total, fault := o.total(line.Code)
		if fault != nil {
			failed := o.cellError(nil, "", *fault)
			cell.Error = &failed
		} else {
			cell.Total = &total
		}
		if i == 0 {
			base = cell.Total
		}
		cell.against(base, line.Sense)
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// against fills in how the cell differs from the base.
func (c *Cell) against(base *float64, sense budget.Sense) {
	if c.Total == nil || base == nil {
		return
	}
	difference := *c.Total - *base
	c.Difference = &difference
	if *base != 0 {
		ratio := difference / math.Abs(*base)
		c.Ratio = &ratio
	}
	c.Verdict = verdict(difference, *base, sense)
}

// verdict judges a difference by the line's sense. A difference that is only
// binary noise of the total is none.
func verdict(difference, base float64, sense budget.Sense) Verdict {
	const noise = 1e-12
	switch {
	case math.Abs(difference) <= noise*math.Abs(base):
		return Unchanged
	case sense == budget.Neither:
		return Neutral
	case (difference > 0) == (sense == budget.Good):
		return Favourable
	default:
		return Unfavourable
	}
}
