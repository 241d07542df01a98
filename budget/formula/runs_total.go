package formula

import (
	"maps"
	"slices"
)

// TotalReads returns the lines whose cells a line's roll-up reads, itself among
// them, in alphabetical order: what EvaluateRuns must keep for Totals.
func (p *Program) TotalReads(code string) []string {
	found := map[string]bool{}
	for queue := []string{code}; len(queue) > 0; queue = queue[1:] {
		line, ok := p.names.lines[queue[0]]
		if !ok || found[queue[0]] {
			continue
		}
		found[queue[0]] = true
		switch s := p.slots[line]; s.rollup.Kind {
		case Weighted:
			queue = append(queue, s.rollup.By)
		case Formula:
			queue = append(queue, p.dependency(s).Lines...)
		default: // the others read their own cells alone
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// Totals returns a line's number over all its members and months in each run,
// NaN where there is none: what Roll answers for the Results of the run, to the
// bit, without evaluating it again. The runs kept all of TotalReads.
func (c *Columns) Totals(code string) []float64 {
	b := c.batch
	alone := *b.base
	alone.mem, alone.args, alone.helper = slices.Clone(b.base.mem), nil, nil
	alone.faults = make([]map[int]Fault, len(b.prog.slots))
	var columns []*column
	var kept [][]float64
	for _, read := range b.prog.TotalReads(code) {
		values, _ := c.Values(read)
		columns, kept = append(columns, b.prog.columns[b.prog.names.lines[read]]), append(kept, values)
	}
	runs := b.runs.Count
	totals := make([]float64, runs)
	results := &Results{prog: b.prog, run: &alone}
	for run := range totals {
		alone.adjust = b.base.adjust
		if b.runs.Changes != nil || b.runs.Factors != nil {
			alone.adjust = make([][]Adjustment, len(b.prog.slots))
			assign(b.prog, b.runs.inputsOf(c.in, run).Adjust, alone.adjust)
		}
		for i, column := range columns {
			alone.place(column, kept[i], run, runs)
		}
		totals[run], _ = results.Roll(code, -1, 0, alone.months-1)
	}
	return totals
}

// place puts the cells of one run of many in their places. Which cells failed is
// noted, their reasons are not.
func (r *run) place(c *column, values []float64, run, runs int) {
	cells := r.cells(c)
	r.faults[c.line] = nil
	for cell := range cells {
		v := values[cell*runs+run]
		if cells[cell] = v; v == v {
			continue
		}
		if r.faults[c.line] == nil {
			r.faults[c.line] = map[int]Fault{}
		}
		r.faults[c.line][cell] = Fault{}
	}
}
