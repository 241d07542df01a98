package formula

import (
	"math"
	"slices"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/problem"
)

// shift compiles prev and next.
func (c *compiler) shift(n *node) code {
	x, sign := c.code(n.args[0]), -1
	if n.name == "next" {
		sign = 1
	}
	steps := func(*frame) float64 { return 1 }
	if len(n.args) > 1 {
		steps = c.code(n.args[1])
	}
	name := n.name
	return func(f *frame) float64 {
		k := f.wholeMonths(name, steps(f))
		if k == 0 {
			return nan()
		}
		before := f.period
		f.period += sign * k
		v := x(f)
		f.period = before
		return v
	}
}

// wholeMonths returns a number of months, 0 after saying why it is none.
func (f *frame) wholeMonths(function string, k float64) int {
	if k != k {
		return 0
	}
	if k < 1 || k != math.Trunc(k) || k > forever {
		f.fail("formula.months_range", problem.Args{"function": function, "got": write(k)})
		return 0
	}
	return int(k)
}

// atMonth compiles at.
func (c *compiler) atMonth(n *node) code {
	x, month := c.code(n.args[0]), n.month
	return func(f *frame) float64 {
		before := f.period
		f.period = month
		v := x(f)
		f.period = before
		return v
	}
}

// overMonths compiles the sums over a run of months.
func (c *compiler) overMonths(n *node) code {
	x, name := c.manyTimes(n.args[0]), n.name
	var length code
	if name == "rolling" {
		length = c.code(n.args[1])
	}
	return func(f *frame) float64 {
		from, to, ok := f.monthsOf(f, n, length)
		if !ok {
			return nan()
		}
		before, total := f.period, 0.0
		for f.period = from; f.period <= to; f.period++ {
			v := x(f)
			if v != v {
				total = v
				break
			}
			total += v
		}
		f.period = before
		if total != total {
			return total
		}
		return f.finite(total)
	}
}

// monthsOf returns the months that a function sums in the frame's month.
func (r *run) monthsOf(f *frame, n *node, length code) (from, to int, ok bool) {
	p, name := f.period, n.name
	switch {
	case name == "plan_total":
		return 0, r.months - 1, true
	case p >= r.months:
		f.fail("formula.past_end", problem.Args{"function": name})
		return 0, 0, false
	case name == "rolling":
		k := f.wholeMonths(name, length(f))
		if k == 0 {
			return 0, 0, false
		}
		if n.past {
			from, to = r.prog.pastMonths(name, p, k)
			return from, to, true
		}
		if p-k+1 < 0 {
			f.fail("formula.short_window", problem.Args{"months": count(k), "there": count(max(p+1, 0))})
			return 0, 0, false
		}
		return p - k + 1, p, true
	case name == "cumulate":
		return 0, p, true // before the plan begins nothing has gathered
	case n.past:
		from, to = r.prog.pastMonths(name, p, 0)
		return from, to, true
	case p < 0:
		f.fail("formula.before_start", problem.Args{"function": name})
		return 0, 0, false
	case name == "ytd":
		return r.prog.yearFrom[p], p, true
	default:
		return r.prog.yearFrom[p], r.prog.yearTo[p], true
	}
}

// ramp compiles ramp.
func (c *compiler) ramp(n *node) code {
	start, length := n.month, c.code(n.args[0])
	return func(f *frame) float64 {
		gone := float64(f.period - start + 1)
		if gone <= 0 {
			return 0
		}
		months := length(f)
		if months != months {
			return months
		}
		if gone >= months {
			return 1
		}
		return gone / months
	}
}

// A reducer adds one more value to what has gathered.
type reducer struct {
	first func(v float64) float64
	more  func(gathered, v float64) float64
}

var reducers = map[string]reducer{
	"sum":     {func(v float64) float64 { return v }, func(g, v float64) float64 { return g + v }},
	"average": {func(v float64) float64 { return v }, func(g, v float64) float64 { return g + v }},
	"lowest":  {func(v float64) float64 { return v }, func(g, v float64) float64 { return min(g, v) }},
	"highest": {func(v float64) float64 { return v }, func(g, v float64) float64 { return max(g, v) }},
}

// overMembers compiles the reductions.
func (c *compiler) overMembers(n *node) code {
	x, name := c.manyTimes(n.args[0]), n.name
	reduce := c.reduce(n, x, reducers[name])
	return func(f *frame) float64 {
		v, members := reduce(f)
		if name == "average" && v == v {
			v /= float64(members)
		}
		return v
	}
}

// reduce compiles the walk over the members, in the order of the dimensions.
// A dimension without members has no sum.
func (c *compiler) reduce(n *node, x code, r reducer) func(f *frame) (float64, int) {
	var dims, sizes []int
	total := 1
	n.reduce.each(func(dim int) {
		dims, sizes = append(dims, dim), append(sizes, len(c.scope.Dimensions[dim].Members))
		total *= len(c.scope.Dimensions[dim].Members)
	})
	return func(f *frame) (gathered float64, members int) {
		if total == 0 {
			return f.fail("formula.no_members", nil), 0
		}
		base := len(f.saved)
		for _, dim := range dims {
			f.saved = append(f.saved, f.member[dim])
		}
		for i := range total {
			rest := i
			for k, dim := range slices.Backward(dims) {
				f.member[dim] = rest % sizes[k]
				rest /= sizes[k]
			}
			v := x(f)
			if v != v {
				gathered = v
				break
			}
			if i == 0 {
				gathered = r.first(v)
				continue
			}
			gathered = r.more(gathered, v)
		}
		for k, dim := range dims {
			f.member[dim] = f.saved[base+k]
		}
		f.saved = f.saved[:base]
		if gathered != gathered {
			return gathered, total
		}
		return f.finite(gathered), total
	}
}

// share compiles share.
func (c *compiler) share(n *node) code {
	x := c.manyTimes(n.args[0])
	sum := c.reduce(n, x, reducers["sum"])
	own := func(f *frame) (float64, int) { return x(f), 1 }
	return func(f *frame) float64 {
		v, _ := own(f)
		if v != v {
			return v
		}
		total, _ := sum(f)
		if total != total {
			return total
		}
		if total == 0 {
			return f.fail("formula.division_by_zero", nil)
		}
		return f.finite(v / total)
	}
}

// otherwise compiles otherwise.
func (c *compiler) otherwise(n *node) code {
	x, y := c.code(n.args[0]), c.code(n.args[1])
	return func(f *frame) float64 {
		if v := x(f); v == v {
			return v
		}
		f.fault = Fault{}
		return y(f)
	}
}

// convert compiles seconds, minutes and hours.
func (c *compiler) convert(n *node) code {
	x, multiply, divide := c.code(n.args[0]), n.value, n.divide
	if n.word == "unknown" {
		return func(f *frame) float64 { return f.fail("formula.unit_unknown", nil) }
	}
	return func(f *frame) float64 {
		v := x(f)
		if v != v {
			return v
		}
		return f.finite(v * multiply / divide)
	}
}

// attrition compiles attrition_monthly.
func (c *compiler) attrition(n *node) code {
	monthly := capacity.AttritionMonthly
	if n.word == "survival" {
		monthly = capacity.AttritionSurvival
	}
	x := c.code(n.args[0])
	return func(f *frame) float64 {
		v := x(f)
		if v != v {
			return v
		}
		share, err := monthly(v)
		if err != nil {
			return f.failWith(err)
		}
		return share
	}
}

// localCall compiles a function of one month. Arguments behind the numbers are
// the lines of its part.
func (c *compiler) localCall(n *node) code {
	args, do, shared := c.codes(n.args), n.fn.local, c.newCall(n)
	numbers := len(args) - impliedArgs(n)
	return func(f *frame) float64 {
		base := len(f.stack)
		defer func() { f.stack = f.stack[:base] }()
		for _, arg := range args {
			v := arg(f)
			if v != v {
				return v
			}
			f.stack = append(f.stack, v)
		}
		values := f.stack[base:]
		here := shared
		here.period, here.sizer = f.period, f.sizer
		for i := range values[numbers:] {
			here.lines = append(here.lines, values[numbers+i:numbers+i+1])
		}
		v, err := do(&here, values[:numbers])
		if err != nil {
			return f.failWith(err)
		}
		return f.finite(v)
	}
}

// seriesCall compiles a function of all months.
func (c *compiler) seriesCall(n *node) code {
	fn, shared, back := n.fn, c.newCall(n), n.looksBack()
	args := make([]code, len(n.args))
	for i, arg := range n.args {
		args[i] = c.manyTimes(arg)
	}
	numbers := len(args) - impliedArgs(n)
	return func(f *frame) float64 {
		at := f.period
		switch {
		case fn.constant:
			at = 0
		case at < 0:
			return f.fail("formula.before_start", problem.Args{"function": fn.Name})
		case at >= f.months:
			return f.fail("formula.past_end", problem.Args{"function": fn.Name})
		}
		months := f.months
		if back {
			months = at + 1
		}
		values, ok := f.firstMonths(args, months)
		if !ok {
			return nan()
		}
		here, out := shared, slices.Repeat([]float64{nan()}, months)
		here.sizer, here.lines = f.sizer, values[numbers:]
		if err := fn.series(&here, values[:numbers], out); err != nil && (!back || out[at] != out[at]) {
			return f.failWith(err)
		}
		return f.finite(out[at])
	}
}

// firstMonths evaluates the codes in so many months of the plan.
func (f *frame) firstMonths(args []code, months int) ([][]float64, bool) {
	before := f.period
	defer func() { f.period = before }()
	values := make([][]float64, len(args))
	for i, arg := range args {
		values[i] = make([]float64, months)
		for f.period = 0; f.period < months; f.period++ {
			v := arg(f)
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

// calendarName compiles a name of the period's own numbers. Periods outside
// the plan are answered as if it went on.
func (c *compiler) calendarName(name string) code {
	cal := c.scope.Calendar
	answer := map[string]func(period int) int{
		"month":    func(p int) int { return cal.Month(p).Number() },
		"quarter":  cal.Quarter,
		"year":     cal.FiscalYear,
		"period":   func(p int) int { return p + 1 },
		"days":     cal.DayCount,
		"workdays": cal.WorkdayCount,
		"restdays": cal.RestdayCount,
		"holidays": cal.HolidayCount,
	}[name]
	values := make([]float64, c.months())
	for p := range values {
		values[p] = float64(answer(p))
	}
	return func(f *frame) float64 {
		if uint(f.period) < uint(len(values)) {
			return values[f.period]
		}
		return float64(answer(f.period))
	}
}
