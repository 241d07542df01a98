package formula

import (
	"slices"

	"centerplan/budget/calendar"
	"centerplan/planning/problem"
)

// call evaluates a function's call.
func (f *frame) call(n *node) float64 {
	switch {
	case n.fn.scalar != nil:
		return f.scalarCall(n)
	case n.fn.local != nil:
		return f.localCall(n)
	case n.fn.series != nil:
		return f.seriesCall(n)
	default:
		return n.fn.eval(f, n)
	}
}

// push evaluates arguments onto the frame's stack, which it returns from where
// they begin; false where one failed.
func (f *frame) push(args []*node) ([]float64, bool) {
	base := len(f.stack)
	for _, arg := range args {
		v := f.eval(arg)
		if v != v {
			f.stack = f.stack[:base]
			return nil, false
		}
		f.stack = append(f.stack, v)
	}
	return f.stack[base:], true
}

// scalarCall evaluates a function of numbers alone.
func (f *frame) scalarCall(n *node) float64 {
	base := len(f.stack)
	values, ok := f.push(n.args)
	if !ok {
		return nan()
	}
	v, err := n.fn.scalar(values)
	f.stack = f.stack[:base]
	if err != nil {
		return f.failWith(err)
	}
	return f.finite(v)
}

// localCall evaluates a function of one month. Arguments behind the numbers
// are the lines of its part.
func (f *frame) localCall(n *node) float64 {
	base := len(f.stack)
	values, ok := f.push(n.args)
	if !ok {
		return nan()
	}
	numbers := len(n.args) - impliedArgs(n)
	here := *n.shared
	here.period, here.sizer = f.period, f.sizer
	for i := range values[numbers:] {
		here.lines = append(here.lines, values[numbers+i:numbers+i+1])
	}
	v, err := n.fn.local(&here, values[:numbers])
	f.stack = f.stack[:base]
	if err != nil {
		return f.failWith(err)
	}
	return f.finite(v)
}

// seriesCall evaluates a function of all months.
func (f *frame) seriesCall(n *node) float64 {
	at := f.period
	switch {
	case n.fn.constant:
		at = 0
	case at < 0:
		return f.fail("formula.before_start", problem.Args{"function": n.fn.Name})
	case at >= f.months:
		return f.fail("formula.past_end", problem.Args{"function": n.fn.Name})
	}
	months := f.months
	if n.looksBack() {
		months = at + 1
	}
	values, ok := f.firstMonths(n.args, months)
	if !ok {
		return nan()
	}
	numbers := len(n.args) - impliedArgs(n)
	here, out := *n.shared, slices.Repeat([]float64{nan()}, months)
	here.sizer, here.lines = f.sizer, values[numbers:]
	if err := n.fn.series(&here, values[:numbers], out); err != nil && out[at] != out[at] {
		return f.failWith(err)
	}
	return f.finite(out[at])
}

// firstMonths evaluates the arguments in so many months of the plan.
func (f *frame) firstMonths(args []*node, months int) ([][]float64, bool) {
	before := f.period
	defer func() { f.period = before }()
	values := make([][]float64, len(args))
	for i, arg := range args {
		values[i] = make([]float64, months)
		for f.period = 0; f.period < months; f.period++ {
			v := f.once(arg)
			if v != v {
				return nil, false
			}
			values[i][f.period] = v
		}
	}
	return values, true
}

// impliedArgs counts the arguments that a call's part brings with it.
func impliedArgs(n *node) int {
	if n.part == nil {
		return 0
	}
	return len(n.part.lines)
}

// daysOf returns the days and the paid hours of any period.
func (p *Program) daysOf(period int) ([]calendar.Day, float64) {
	if period >= 0 && period < p.months() {
		return p.days[period], p.paid[period]
	}
	return p.scope.Calendar.Days(period), p.scope.Calendar.PaidHours(period)
}

// calendarAnswer answers a name of the period's own numbers. Periods outside
// the plan are answered as if it went on.
func calendarAnswer(c calendar.Calendar, name string, period int) int {
	switch name {
	case "month":
		return c.Month(period).Number()
	case "quarter":
		return c.Quarter(period)
	case "year":
		return c.FiscalYear(period)
	case "days":
		return c.DayCount(period)
	case "workdays":
		return c.WorkdayCount(period)
	case "restdays":
		return c.RestdayCount(period)
	case "holidays":
		return c.HolidayCount(period)
	default:
		return period + 1
	}
}

// otherwise evaluates otherwise.
func (f *frame) otherwise(n *node) float64 {
	if v := f.eval(n.args[0]); v == v {
		return v
	}
	f.fault = Fault{}
	return f.eval(n.args[1])
}

// convert evaluates seconds, minutes and hours.
func (f *frame) convert(n *node) float64 {
	if n.word == "unknown" {
		return f.fail("formula.unit_unknown", nil)
	}
	v := f.eval(n.args[0])
	if v != v {
		return v
	}
	return f.finite(v * n.value / n.divide)
}

// A reducer adds one more value to what has gathered.
type reducer func(gathered, v float64) float64

var reducers = map[string]reducer{
	"sum":     func(g, v float64) float64 { return g + v },
	"average": func(g, v float64) float64 { return g + v },
	"lowest":  func(g, v float64) float64 { return min(g, v) },
	"highest": func(g, v float64) float64 { return max(g, v) },
}

// overMembers evaluates the reductions.
func (f *frame) overMembers(n *node) float64 {
	v, members := f.reduce(n, reducers[n.name])
	if n.name == "average" && v == v {
		v /= float64(members)
	}
	return v
}

// reduce walks over the members, in the order of the dimensions. A dimension
// without members has no sum.
func (f *frame) reduce(n *node, more reducer) (gathered float64, members int) {
	total := 1
	var dims []int
	n.reduce.each(func(dim int) {
		dims = append(dims, dim)
		total *= len(f.prog.scope.Dimensions[dim].Members)
	})
	if total == 0 {
		return f.fail("formula.no_members", nil), 0
	}
	before := slices.Clone(f.member)
	defer func() { copy(f.member, before) }()
	for i := range total {
		rest := i
		for _, dim := range slices.Backward(dims) {
			size := len(f.prog.scope.Dimensions[dim].Members)
			f.member[dim] = rest % size
			rest /= size
		}
		v := f.once(n.args[0])
		if v != v {
			return v, total
		}
		if i > 0 {
			v = more(gathered, v)
		}
		gathered = v
	}
	return f.finite(gathered), total
}

// share evaluates share.
func (f *frame) share(n *node) float64 {
	v := f.once(n.args[0])
	if v != v {
		return v
	}
	total, _ := f.reduce(n, reducers["sum"])
	if total != total {
		return total
	}
	if total == 0 {
		return f.fail("formula.division_by_zero", nil)
	}
	return f.finite(v / total)
}
