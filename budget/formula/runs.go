package formula

import (
	"context"
	"maps"
	"slices"

	"centerplan/budget/capacity"
	"centerplan/planning/problem"
)

// Runs asks for one evaluation of a plan for each of many draws of its
// uncertain numbers: the trials of a simulation, or scenarios that scale
// drivers.
type Runs struct {
	// Count is the number of runs.
	Count int
	// Factors are what differs between runs, applied in their order.
	Factors []RunFactor
	// Outputs are the lines whose cells are kept; nil is every line.
	Outputs []string
	// Block is the number of runs evaluated together and Workers the number of
	// goroutines that share the blocks; zero leaves either to the evaluator.
	// Neither changes a bit of the results.
	Block, Workers int
	// Reuse gives up the columns of an earlier evaluation: their memory is used
	// again and they must not be read any more. It may be nil.
	Reuse *Columns
}

// A RunFactor multiplies cells of a line by a number of each run, after the
// line's adjustments and before those that are marked AfterRisk.
type RunFactor struct {
	Line string
	// Lanes it applies to; nil is all.
	Lanes []int
	// From and To are periods, both included.
	From, To int
	// ByRun has the factor of each run.
	ByRun []float64
}

// check reports what the program cannot run.
func (p *Program) checkRuns(runs *Runs) error {
	for _, code := range runs.Outputs {
		if _, ok := p.names.lines[code]; !ok {
			return problem.Problem{Kind: problem.NotFound, Key: "formula.unknown_name", Args: problem.Args{"name": code}}
		}
	}
	for i := range runs.Factors {
		f := &runs.Factors[i]
		if _, ok := p.names.lines[f.Line]; !ok {
			return problem.Problem{Kind: problem.NotFound, Key: "formula.unknown_name", Args: problem.Args{"name": f.Line}}
		}
		if len(f.ByRun) != runs.Count {
			return problem.Problem{Kind: problem.Invalid, Key: "formula.run_factors", Args: problem.Args{
				"line": f.Line, "got": count(len(f.ByRun)), "want": count(runs.Count),
			}}
		}
	}
	return nil
}

// inputsOf returns the inputs of one run: its factors as adjustments.
func (r *Runs) inputsOf(in Inputs, run int) Inputs {
	adjust := maps.Clone(in.Adjust)
	if adjust == nil {
		adjust = map[string][]Adjustment{}
	}
	for i := range r.Factors {
		f := &r.Factors[i]
		own := slices.Clone(adjust[f.Line])
		at := slices.IndexFunc(own, func(a Adjustment) bool { return a.AfterRisk })
		if at < 0 {
			at = len(own)
		}
		adjust[f.Line] = slices.Insert(own, at, Adjustment{Op: Scale, Value: f.ByRun[run], Lanes: f.Lanes, From: f.From, To: f.To})
	}
	in.Adjust = adjust
	return in
}

// Columns are the cells of many runs. They are immutable and safe for
// concurrent use.
type Columns struct {
	prog  *Program
	in    Inputs
	runs  Runs
	sizer *capacity.Sizer
	kept  map[int][]float64 // by line
}

// EvaluateRuns evaluates the program once for each run. Every number is the
// same to the bit as that of a single evaluation with the run's factors. It
// returns an error if the runs name a line that does not exist, have too few
// or too many factors, or if the context is done.
func (p *Program) EvaluateRuns(ctx context.Context, in Inputs, runs Runs, sizer *capacity.Sizer) (*Columns, error) {
	if err := p.checkRuns(&runs); err != nil {
		return nil, err
	}
	if sizer == nil {
		sizer = capacity.NewSizer()
	}
	c := &Columns{prog: p, in: in, runs: runs, sizer: sizer, kept: map[int][]float64{}}
	if runs.Outputs == nil {
		c.runs.Outputs = p.names.lineCodes
	}
	for _, code := range c.runs.Outputs {
		line := p.names.lines[code]
		c.kept[line] = make([]float64, p.months()*p.slots[line].lanes*runs.Count)
	}
	for run := range runs.Count {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		results := c.Results(run)
		for line, values := range c.kept {
			for i, v := range results.run.cells(p.columns[line]) {
				values[i*runs.Count+run] = v
			}
		}
	}
	return c, nil
}

// Values returns the cells of a line by (period*lanes+lane)*runs+run, and
// false if the line was not kept. A failed cell is NaN; Results has its reason.
func (c *Columns) Values(code string) ([]float64, bool) {
	line, ok := c.prog.names.lines[code]
	values, kept := c.kept[line]
	return values, ok && kept
}

// Results evaluates one run alone, with every line, its faults and its traces.
func (c *Columns) Results(run int) *Results {
	return c.prog.Evaluate(c.runs.inputsOf(c.in, run), c.sizer)
}
