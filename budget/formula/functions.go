package formula

import (
	"slices"
	"strings"

	"centerplan/planning/document"
)

// A ParamKind is what may stand in a parameter's place.
type ParamKind int

// The kinds of parameters.
const (
	Number           ParamKind = iota // an expression
	MonthText                         // a month in quotes, such as "2027-03"
	Policy                            // a staffing policy's code in quotes
	PriceList                         // a price table's code in quotes
	ContributionList                  // a contribution table's code in quotes
	ContributionItem                  // an item's code of that table in quotes
	HiringPlan                        // a hiring plan's code in quotes
	LiveName                          // an initiative's code in quotes
	DimName                           // a dimension's name
	Option                            // one of Param.Options in quotes
)

// A Param is one parameter of a function.
type Param struct {
	Name string
	Kind ParamKind
	// Unit of a Number: a unit, "ratio" for a plain one, "same" where all such
	// parameters and the result have one unit, and "" for any.
	Unit string
	// Optional parameters come last.
	Optional bool
	Options  []string
}

// An Example is a formula that runs in the plan of ExampleScope.
type Example struct {
	Formula string
	// Month is the month it is evaluated in.
	Month string
	Want  float64
}

// A Function is one entry of the function table. Help, completion and a test
// that runs the examples are made from it.
type Function struct {
	Name string
	// Group is the heading it stands under: time, dimensions, numbers, units,
	// repeats, queues, capacity, people or money.
	Group  string
	Params []Param
	// Repeats says that the last parameter may come any number of times.
	Repeats bool
	// Unit is the result's, in the manner of Param.Unit.
	Unit     string
	Doc      document.Text
	Examples []Example
}

// Signature writes the function as it is called, optional parameters in
// brackets.
func (f Function) Signature() string {
	var text strings.Builder
	text.WriteString(f.Name + "(")
	open := 0
	for i, p := range f.Params {
		if p.Optional {
			text.WriteString("[")
			open++
		}
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteString(p.Name)
	}
	if f.Repeats {
		text.WriteString(", …")
	}
	return text.String() + strings.Repeat("]", open) + ")"
}

// least and most are how many arguments the function takes; most is -1 where
// there is no bound.
func (f *Function) least() int {
	n := 0
	for _, p := range f.Params {
		if !p.Optional {
			n++
		}
	}
	return n
}

func (f *Function) most() int {
	if f.Repeats {
		return -1
	}
	return len(f.Params)
}

// param returns the parameter of the i-th argument.
func (f *Function) param(i int) Param { return f.Params[min(i, len(f.Params)-1)] }

// A function is a table entry with what it does.
type function struct {
	Function
	// scalar computes it from its numbers alone; its error is a problem.
	scalar func(args []float64) (float64, error)
	// local computes it for one month, from its numbers and what the call knows.
	local func(c *call, args []float64) (float64, error)
	// series computes it for all months of the plan at once: args by argument
	// and period, the results by period into out, which begins as NaN. With an
	// error it fails: if it looks back, in the months that are then still NaN.
	series func(c *call, args [][]float64, out []float64) error
	// back says that no month of a series needs a later one, nil that it may. It
	// can then be asked for the first months alone, in args and out, and a month's
	// failed operand leaves the months before it alone.
	back func(n *node) bool
	// view is the side of a part that the function looks at, nil all of it. It
	// returns the key of a problem where the part lacks what the function needs.
	view func(p part) (part, string)
	// constant says of a series that it is the same in every month, those
	// outside the plan included.
	constant bool
	// What is none of these is evaluated by eval, and lowered to kernels by lower.
	eval  func(f *frame, n *node) float64
	lower func(l *lowering, n *node, at lowerAt) value
	// kernel is the instruction of a scalar with one argument that has its own.
	kernel opcode
	// units finds the result's unit where the parameters do not say it.
	units func(c *checker, n *node) quantity
	// reach is the periods its arguments are read in; nil is the current one.
	reach func(n *node) window
	// reduces says that it reduces dimensions of its first argument; keeps,
	// that its result has them all the same.
	reduces, keeps bool
	// loops says that it reads its first argument many times for one cell.
	loops bool
	// past says that it is last_year, which binding turns into prev.
	past bool
	// bound says that it depends on the month, so that it cannot be evaluated on
	// rolled-up operands.
	bound bool
}

// functions is the function table by name.
var functions = func() map[string]*function {
	table := map[string]*function{}
	for _, group := range functionGroups() {
		for i := range group {
			table[group[i].Name] = &group[i]
		}
	}
	return table
}()

func functionGroups() [][]function {
	return [][]function{
		timeFunctions, dimensionFunctions, numberFunctions, unitFunctions,
		repeatFunctions, queueFunctions, capacityFunctions, peopleFunctions, moneyFunctions,
	}
}

// Functions returns the function table, in the order help shows it.
func Functions() []Function {
	var all []Function
	for _, group := range functionGroups() {
		for i := range group {
			f := group[i].Function
			f.Params, f.Examples = slices.Clone(f.Params), slices.Clone(f.Examples)
			all = append(all, f)
		}
	}
	return all
}

func functionNames() []string {
	var all []string
	for _, f := range Functions() {
		all = append(all, f.Name)
	}
	return all
}

// exampleMonth is where examples are evaluated unless they say otherwise.
const exampleMonth = "2027-03"

// example makes an example in the usual month.
func example(formula string, want float64) Example {
	return Example{Formula: formula, Month: exampleMonth, Want: want}
}

func doc(en, zh string) document.Text { return document.Text{En: en, Zh: zh} }
