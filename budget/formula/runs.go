package formula

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

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
	// Changes are adjustments that only some of the runs make, applied in their
	// order.
	Changes []RunChange
	// Outputs are the lines whose cells are kept; nil is every line.
	Outputs []string
	// Block is the number of runs evaluated together and Workers the number of
	// goroutines that share the blocks; zero leaves either to the evaluator.
	// Neither changes a bit of the results.
	Block, Workers int
	// Reuse gives up the columns of an earlier evaluation: their memory is used
	// again, and how it was prepared if its factors, adjustments and outputs were
	// of the same lines. They must not be read any more. It may be nil.
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
	return p.checkChanges(runs)
}

// inputsOf returns the inputs of one run: its factors and changes as
// adjustments.
func (r *Runs) inputsOf(in Inputs, run int) Inputs {
	adjust := maps.Clone(in.Adjust)
	if adjust == nil {
		adjust = map[string][]Adjustment{}
	}
	insert := func(line string, a Adjustment) {
		own := slices.Clone(adjust[line])
		at := slices.IndexFunc(own, func(a Adjustment) bool { return a.AfterRisk })
		if at < 0 {
			at = len(own)
		}
		adjust[line] = slices.Insert(own, at, a)
	}
	for i := range r.Factors {
		f := &r.Factors[i]
		insert(f.Line, Adjustment{Op: Scale, Value: f.ByRun[run], Lanes: f.Lanes, From: f.From, To: f.To})
	}
	for i := range r.Changes {
		if c := &r.Changes[i]; c.made(run) {
			a := c.Adjustment
			a.AfterRisk = false
			insert(c.Line, a)
		}
	}
	in.Adjust = adjust
	return in
}

// Columns are the cells of many runs. They are immutable and safe for
// concurrent use.
type Columns struct {
	batch *batch
	in    Inputs
	sizer *capacity.Sizer
	size  int // runs of a block
	// blocks are the rows that are kept, block by block.
	blocks [][]float64
}

// EvaluateRuns evaluates the program once for each run. Every number is the
// same to the bit as that of a single evaluation with the run's factors. It
// returns an error if the runs name a line that does not exist, have too few
// or too many factors, or if the context is done.
func (p *Program) EvaluateRuns(ctx context.Context, in Inputs, runs Runs, sizer *capacity.Sizer) (*Columns, error) {
	if err := p.checkRuns(&runs); err != nil {
		return nil, err
	}
	if runs.Outputs == nil {
		runs.Outputs = p.names.lineCodes
	}
	base := p.newRun(in, sizer)
	base.evaluate(p.every)
	var before *batch
	if runs.Reuse != nil {
		before = runs.Reuse.batch
	}
	c := &Columns{in: in, sizer: base.sizer, batch: p.newBatch(in, &runs, base, before)}
	c.size = c.batch.blockSize()
	c.blocks = c.batch.room(c.size)
	if err := c.evaluate(ctx); err != nil {
		return nil, err
	}
	runs.Reuse = nil
	return c, nil
}

// blockSize is how many runs are evaluated together: so many that their rows
// stay in a processor's cache.
func (b *batch) blockSize() int {
	if b.runs.Block > 0 {
		return min(b.runs.Block, max(b.runs.Count, 1))
	}
	const numbers, least, most = 1 << 17, 32, 512
	return min(max(numbers/max(b.rows+b.keptLanes, 1), least), most, max(b.runs.Count, 1))
}

// room makes the memory of what is kept, out of the memory that is given up if
// that is large enough.
func (b *batch) room(size int) [][]float64 {
	count := (b.runs.Count + size - 1) / size
	var given [][]float64
	if b.runs.Reuse != nil {
		given = b.runs.Reuse.blocks
	}
	blocks := make([][]float64, count)
	for i := range blocks {
		want := b.keptLanes * (b.front + b.prog.months() + b.back) * min(size, b.runs.Count-i*size)
		if i < len(given) && cap(given[i]) >= want {
			blocks[i] = given[i][:want]
			continue
		}
		blocks[i] = make([]float64, want)
	}
	return blocks
}

// evaluate has the workers take block after block.
func (c *Columns) evaluate(ctx context.Context) error {
	workers := c.batch.runs.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	if workers = min(workers, len(c.blocks)); workers <= 1 {
		return c.work(ctx, &next)
	}
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { errs[w] = c.work(ctx, &next) })
	}
	wait.Wait()
	return errors.Join(slices.Compact(errs)...)
}

// work evaluates the next block until there is none.
func (c *Columns) work(ctx context.Context, next *atomic.Int64) error {
	b := c.batch.newBlock(c.size)
	for {
		i := int(next.Add(1)) - 1
		if i >= len(c.blocks) {
			return nil
		}
		b.first, b.kept = i*c.size, c.blocks[i]
		b.n = min(c.size, c.batch.runs.Count-b.first)
		if err := b.evaluate(ctx); err != nil {
			return err
		}
	}
}

// newBlock makes a worker's memory.
func (b *batch) newBlock(size int) *block {
	return &block{batch: b, mem: make([]float64, b.rows*size)}
}

// Values returns the cells of a line by (period*lanes+lane)*runs+run, and
// false if the line was not kept. A failed cell is NaN; Results has its reason.
func (c *Columns) Values(code string) ([]float64, bool) {
	b := c.batch
	line, ok := b.prog.names.lines[code]
	if !ok || !b.kept[line] {
		return nil, false
	}
	column, runs := b.prog.columns[line], b.runs.Count
	cells := b.prog.months() * column.lanes
	values := make([]float64, cells*runs)
	for cell := range cells {
		row := values[cell*runs:][:runs]
		if !b.varies[line] {
			fill(row, b.base.mem[column.address+cell])
			continue
		}
		at := b.homes[line].row + (b.front+cell/column.lanes)*b.keptLanes + cell%column.lanes
		for i, block := range c.blocks {
			n := min(c.size, runs-i*c.size)
			for j, v := range block[at*n:][:n] {
				row[i*c.size+j] = number(v)
			}
		}
	}
	return values, true
}

// Results evaluates one run alone, with every line, its faults and its traces.
func (c *Columns) Results(run int) *Results {
	return c.batch.prog.Evaluate(c.batch.runs.inputsOf(c.in, run), c.sizer)
}
