package formula

import (
	"slices"

	"centerplan/planning/problem"
)

// execute runs an instruction for so many months from a month on.
func (r *run) execute(f *flat, from, months int) {
	lanes := int(f.lanes)
	shift, width := from*lanes, months*lanes
	d := r.mem[int(f.dst)+shift:][:width]
	switch shapes[f.op] {
	case shape2:
		kernels2[f.op](d, r.mem[int(f.a)+shift:][:width], r.mem[int(f.b)+shift:][:width])
	case shapeK:
		kernelsK[f.op](d, r.mem[int(f.a)+shift:][:width], f.k)
	case shape2K:
		kernels2K[f.op](d, r.mem[int(f.a)+shift:][:width], r.mem[int(f.b)+shift:][:width], f.k)
	case shape1:
		kernels1[f.op](d, r.mem[int(f.a)+shift:][:width])
	case shape3:
		kernels3[f.op](d, r.mem[int(f.a)+shift:][:width], r.mem[int(f.b)+shift:][:width], r.mem[int(f.c)+shift:][:width])
	case shape3K:
		kernels3K[f.op](d, r.mem[int(f.a)+shift:][:width], r.mem[int(f.b)+shift:][:width], r.mem[int(f.c)+shift:][:width], f.k)
	default:
		r.executeRare(f, d, from, months)
	}
}

// executeRare runs an instruction that is no plain pass over columns.
func (r *run) executeRare(f *flat, d []float64, from, months int) {
	lanes := int(f.lanes)
	switch f.op {
	case doFill:
		fill(d, f.k)
	case doIn:
		isIn(d, r.mem[int(f.a)+from*lanes:], f.extra.list)
	case doSeries:
		r.series(f, d, from, months)
	case doReduce:
		if f.extra.straight {
			width := int(f.extra.from)
			sumRows(d, r.mem[int(f.a)+from*width:][:months*width], width)
			return
		}
		fallthrough
	default:
		for i := range months {
			r.executeMonth(f, d[i*lanes:][:lanes], from+i)
		}
	}
}

// executeMonth runs such an instruction for one month.
func (r *run) executeMonth(f *flat, d []float64, month int) {
	switch f.op {
	case doAt:
		copy(d, r.mem[f.a:])
	case doLanes:
		copy(d, f.extra.list)
	case doGather:
		width := int(f.extra.from)
		gather(d, r.mem[int(f.a)+month*width:][:width], f.extra.lanes)
	case doReduce:
		width := int(f.extra.from)
		reduceLanes(d, r.mem[int(f.a)+month*width:][:width], f.extra)
	case doSpan:
		r.span(f, d, month)
	case doCumulate:
		at := int(f.dst) + month*len(d)
		before := r.mem[at-len(d):][:len(d)]
		if f.extra.name == "ytd" && r.prog.yearFrom[month] == month {
			before = nil
		}
		cumulate(d, before, r.mem[int(f.a)+month*len(d):])
	case doCall:
		r.calls(f, d, month)
	case doTree:
		r.trees(f, d, month)
	default:
		fill(d, nan())
	}
}

func isIn(d, a, list []float64) {
	for i, x := range a[:len(d)] {
		v := 0.0
		for _, item := range list {
			if item == x {
				v = 1
			}
		}
		d[i] = v - (x - x)
	}
}

func gather(d, a []float64, lanes []int32) {
	for i, lane := range lanes[:len(d)] {
		d[i] = a[lane]
	}
}

// reduceLanes gathers lanes in the order of the map.
func reduceLanes(d, a []float64, x *extra) {
	if len(d) == 0 {
		return
	}
	members := len(x.lanes) / len(d)
	for i := range d {
		d[i] = reduceOf(a, x.lanes[i*members:][:members], x.name)
	}
}

// sumRows adds up each row of so many numbers, in order. Four rows go along
// with each other, so that their additions need not wait for one another.
func sumRows(d, a []float64, width int) {
	for len(d) >= 4 {
		first, second, third, fourth := a[:width], a[width:][:width], a[2*width:][:width], a[3*width:][:width]
		w, x, y, z := first[0], second[0], third[0], fourth[0]
		for i := 1; i < width; i++ {
			w += first[i]
			x += second[i]
			y += third[i]
			z += fourth[i]
		}
		d[0], d[1], d[2], d[3] = w, x, y, z
		d, a = d[4:], a[4*width:]
	}
	for i := range d {
		sum := a[i*width]
		for _, v := range a[i*width:][1:width] {
			sum += v
		}
		d[i] = sum
	}
}

func reduceOf(a []float64, lanes []int32, name string) float64 {
	gathered := a[lanes[0]]
	switch name {
	case "lowest":
		gathered -= gathered - gathered
		for _, lane := range lanes[1:] {
			gathered = min(gathered, a[lane]-(a[lane]-a[lane]))
		}
	case "highest":
		gathered -= gathered - gathered
		for _, lane := range lanes[1:] {
			gathered = max(gathered, a[lane]-(a[lane]-a[lane]))
		}
	default:
		for _, lane := range lanes[1:] {
			gathered += a[lane]
		}
	}
	if name == "average" {
		return gathered / float64(len(lanes))
	}
	return gathered
}

// cumulate adds a month to what has gathered before it; nil is nothing.
func cumulate(d, before, a []float64) {
	if before == nil {
		for i := range d {
			d[i] = 0 + a[i]
		}
		return
	}
	for i := range d {
		d[i] = before[i] + a[i]
	}
}

// span sums a column over a run of months.
func (r *run) span(f *flat, d []float64, period int) {
	at := period + int(f.extra.at.off)
	if f.extra.at.fixed {
		at = int(f.extra.at.off)
	}
	from, to, ok := r.prog.spanOf(f.extra, at)
	for i := range d {
		d[i] = 0
		if !ok {
			d[i] = nan()
		}
	}
	for ; ok && from <= to; from++ {
		for i, v := range r.mem[int(f.a)+from*len(d):][:len(d)] {
			d[i] += v
		}
	}
}

// spanOf returns the months that are summed in a period.
func (p *Program) spanOf(x *extra, period int) (from, to int, ok bool) {
	months := p.months()
	switch {
	case x.name == "plan_total":
		return 0, months - 1, true
	case period < 0 || period >= months:
		return 0, 0, false
	case x.name == "rolling":
		from = period - int(x.months) + 1
		return from, period, from >= 0
	default:
		return p.yearFrom[period], p.yearTo[period], true
	}
}

// argument returns an argument of a call.
func (r *run) argument(a *flatArg, shift int) float64 {
	if a.constant {
		return a.k
	}
	return r.mem[int(a.address)+shift]
}

// calls computes a function of one month for each lane.
func (r *run) calls(f *flat, d []float64, period int) {
	n, at := f.extra.node, period+int(f.extra.at.off)
	if f.extra.at.fixed {
		at = int(f.extra.at.off)
	}
lanes:
	for lane := range d {
		shift := period*len(d) + lane
		d[lane] = nan()
		if r.argument(&f.call.guard, shift) != 1 {
			continue
		}
		args := r.args[:0]
		for i := range f.call.args {
			v := r.argument(&f.call.args[i], shift)
			if v-v != 0 {
				continue lanes
			}
			args = append(args, v)
		}
		r.args = args
		if v, err := r.callOne(n, args, at); err == nil && v-v == 0 {
			d[lane] = v
		}
	}
}

func (r *run) callOne(n *node, args []float64, period int) (float64, error) {
	if n.fn.scalar != nil {
		return n.fn.scalar(args)
	}
	here := *n.shared
	here.period, here.sizer = period, r.sizer
	numbers := len(args) - impliedArgs(n)
	for i := range args[numbers:] {
		here.lines = append(here.lines, args[numbers+i:numbers+i+1])
	}
	return n.fn.local(&here, args[:numbers])
}

// series computes a function of all months for each lane. One that looks back
// is asked for the months before the first in which an operand failed.
func (r *run) series(f *flat, d []float64, from, months int) {
	n, lanes, end := f.extra.node, int(f.lanes), from+months
	numbers := len(n.args) - impliedArgs(n)
	for lane := range lanes {
		values, sound := r.operands(f, lane, end)
		out := slices.Repeat([]float64{nan()}, end)
		if sound == end || sound > from && n.looksBack() {
			here := *n.shared
			here.sizer, here.lines = r.sizer, values[numbers:]
			// What fails stays no number, and the explainer says why.
			_ = n.fn.series(&here, values[:numbers], out[:sound])
		}
		for period, v := range out[from:] {
			if v-v != 0 {
				v = nan()
			}
			d[period*lanes+lane] = v
		}
	}
}

// operands returns what a series reads of a lane in the months up to end, cut
// short where something fails, and how many months those are.
func (r *run) operands(f *flat, lane, end int) (values [][]float64, sound int) {
	sound = end
	values = make([][]float64, len(f.call.args))
	for i := range values {
		values[i] = make([]float64, sound)
		for period := range sound {
			v := r.argument(&f.call.args[i], period*int(f.lanes)+lane)
			if v-v != 0 {
				sound = period
				break
			}
			values[i][period] = v
		}
	}
	for i := range values {
		values[i] = values[i][:sound]
	}
	return values, sound
}

// trees has the explainer evaluate a part for each lane.
func (r *run) trees(f *flat, d []float64, period int) {
	x, e := f.extra, r.explainer()
	for lane := range d {
		e.slot, e.home, e.lane = nil, period, -1
		e.forget()
		r.prog.placeLane(e.member, x.order, lane)
		for _, one := range x.picked {
			e.member[one.dim] = one.member
		}
		e.period = period + int(x.at.off)
		if x.at.fixed {
			e.period = int(x.at.off)
		}
		d[lane] = e.eval(x.node)
	}
}

// missing is the problem of an input cell without a value.
func (r *run) missing(s *slot, lane, period int) problem.Args {
	return problem.Args{
		"line": s.code, "month": r.prog.scope.Calendar.Month(period).String(), "cell": r.prog.cellName(s, lane),
	}
}
