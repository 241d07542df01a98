package formula

import (
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/unit"
	"centerplan/planning/problem"
)

// A Scope is everything formulas may name: the time axis, the dimensions, the
// lines, and the parts of the model such as staffing policies. It is the whole
// input of Compile.
type Scope struct {
	Calendar calendar.Calendar
	// Currency is the plan's; empty is CNY.
	Currency string
	// Dimensions in display order. Member codes are unique across dimensions.
	Dimensions []Dimension
	// Lines in display order; problems come in this order.
	Lines []Line
	// Staffing holds the staffing policies by their code.
	Staffing map[string]capacity.Policy
	// Prices and Contributions hold the price tables and the tables of employer
	// contributions by their code.
	Prices        map[string]PriceTable
	Contributions map[string]ContributionTable
	// Hiring holds the hiring plans by their code.
	Hiring map[string]capacity.Hiring
	// Live holds the period in which each initiative goes live, by its code;
	// it may lie outside the plan, and is Never for one that does not.
	Live map[string]int
}

// Never is a period that no plan reaches.
const Never = forever

// A Dimension is an axis that lines may vary along, such as queue.
type Dimension struct {
	Code    string
	Members []string
}

// A Line is one monthly series as formulas see it.
type Line struct {
	// Code is the line's name in formulas.
	Code string
	// Unit as written in the plan. An input without one is a plain number that
	// takes the unit it needs; a formula line without one takes what its
	// formula gives.
	Unit string
	// By names the dimensions the line varies along, in the order of its lanes.
	By []string
	// Formula is the text of a formula line; empty for an input line.
	Formula string
	Rollup  Rollup
	Empty   Empty
	// Pointer is the place that problems of the line itself point to, such as
	// those of its name, and FormulaPointer that of its formula; empty is the
	// same place.
	Pointer, FormulaPointer string
}

// A Rollup says how a line's cells become one number over months and members.
type Rollup struct {
	Kind RollupKind
	// By is the line that weighs the cells of a Weighted roll-up.
	By string
}

// A RollupKind is a way to roll up.
type RollupKind int

// The ways to roll up. The zero value is Sum for a line in money, contacts,
// issues or time and Average for any other.
const (
	ByUnit   RollupKind = iota
	Sum                 // the sum of all cells
	Average             // their plain mean
	Weighted            // their mean weighted by the line Rollup.By
	Last                // the last month, added over members
	First               // the first month, added over members
	Min                 // the smallest cell
	Max                 // the largest cell
	Formula             // the formula again, on operands rolled up by their own rule
)

// An Empty says what a missing value of an input line means.
type Empty int

// What a missing value means.
const (
	EmptyError Empty = iota // the cell fails
	EmptyZero               // the cell is 0
	EmptyHold               // the cell has the value of the month before
)

// An Op is what an adjustment does to a value.
type Op int

// The operations of an adjustment.
const (
	Set   Op = iota // replaces what stands, a failure too
	Scale           // multiplies it
	Add             // is added to it
)

// String returns the operation's name in plan files.
func (o Op) String() string {
	switch o {
	case Scale:
		return "scale"
	case Add:
		return "add"
	default:
		return "set"
	}
}

// A StepKind says which step of the settling order an adjustment is.
type StepKind string

// The kinds of steps, in the order in which cells settle.
const (
	Initiative StepKind = "initiative"
	Lever      StepKind = "lever"
	Change     StepKind = "change"
	CellEdit   StepKind = "cell"
	Risk       StepKind = "risk"
	Actual     StepKind = "actual"
)

// An Adjustment changes cells of a line after its values or formula, and
// before anyone reads them.
type Adjustment struct {
	Op    Op
	Value float64
	// Lanes it applies to; nil is all.
	Lanes []int
	// From and To are periods, both included.
	From, To int
	// AfterRisk says that it applies after the factors of a simulation, as the
	// actual of a closed month does. Such adjustments come last.
	AfterRisk bool
	// Kind, Code and Source are for the trace: the step of the settling order,
	// the code of the initiative, lever or scenario that takes it, and the
	// pointer of the change in the plan.
	Kind   StepKind
	Code   string
	Source string
}

// Inputs are the numbers a program runs on, by line code. A slice of Values is
// indexed by period*lanes+lane, one of Opening by lane; a lane is a
// combination of members, row-major in the order of the line's By. NaN and
// what a slice is too short for are missing.
type Inputs struct {
	Values, Opening map[string][]float64
	// History holds the months before the plan, by month and lane as Values
	// do: its last lanes are those of the month before the first. Only
	// last_year reads it.
	History map[string][]float64
	// Adjust lists each line's adjustments in the order they apply.
	Adjust map[string][]Adjustment
}

// A Fault says why a cell has no value, and the cell where the trouble began.
// Faults lie beside the numbers, so that numbers without faults stay a plain
// slice.
type Fault struct {
	// Key names the message in the catalogues, without their "problem." prefix.
	Key  string
	Args problem.Args
	// Line, Lane and Period are the cell where it began. Lane is -1 where it
	// began in no single lane of that line.
	Line   string
	Lane   int
	Period int
}

// A Series is a line's settled cells.
type Series struct {
	Unit unit.Unit
	By   []string
	// Lanes is the number of member combinations of By, 1 if it is empty.
	Lanes int
	// Values is indexed by period*Lanes+lane; a failed cell is NaN. It is
	// shared: do not write to it.
	Values []float64
	// Faults holds the failed cells by the same index.
	Faults map[int]Fault
}
