package formula

import (
	"math"

	"centerplan/planning/problem"
)

// shift evaluates prev and next.
func (f *frame) shift(n *node) float64 {
	k := 1
	if len(n.args) > 1 {
		if k = f.wholeMonths(n.name, f.eval(n.args[1])); k == 0 {
			return nan()
		}
	}
	if n.name == "prev" {
		k = -k
	}
	f.period += k
	v := f.eval(n.args[0])
	f.period -= k
	return v
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

// atMonth evaluates at.
func (f *frame) atMonth(n *node) float64 {
	before := f.period
	f.period = n.month
	v := f.eval(n.args[0])
	f.period = before
	return v
}

// overMonths evaluates the sums over a run of months.
func (f *frame) overMonths(n *node) float64 {
	from, to, ok := f.monthsOf(n)
	if !ok {
		return nan()
	}
	before, total := f.period, 0.0
	for f.period = from; f.period <= to; f.period++ {
		v := f.once(n.args[0])
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

// monthsOf returns the months that a function sums in the frame's month.
func (f *frame) monthsOf(n *node) (from, to int, ok bool) {
	p, name := f.period, n.name
	switch {
	case name == "plan_total":
		return 0, f.months - 1, true
	case p >= f.months:
		f.fail("formula.past_end", problem.Args{"function": name})
		return 0, 0, false
	case name == "rolling":
		k := f.wholeMonths(name, f.eval(n.args[1]))
		if k == 0 {
			return 0, 0, false
		}
		if n.past {
			from, to = f.prog.pastMonths(name, p, k)
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
		from, to = f.prog.pastMonths(name, p, 0)
		return from, to, true
	case p < 0:
		f.fail("formula.before_start", problem.Args{"function": name})
		return 0, 0, false
	case name == "ytd":
		return f.prog.yearFrom[p], p, true
	default:
		return f.prog.yearFrom[p], f.prog.yearTo[p], true
	}
}

// ramp evaluates ramp.
func (f *frame) ramp(n *node) float64 {
	gone := float64(f.period - n.month + 1)
	if gone <= 0 {
		return 0
	}
	months := f.eval(n.args[0])
	if months != months {
		return months
	}
	return rampAt(gone, months)
}

// rampAt is how far a ramp of so many months has come in its gone-th.
func rampAt(gone, months float64) float64 {
	switch {
	case gone <= 0:
		return 0
	case gone >= months:
		return 1
	default:
		return gone / months
	}
}
