package formula

import "slices"

// mostInstructions and mostVisits bound what one formula is lowered to; beyond
// them the explainer evaluates it.
const (
	mostInstructions = 2000
	mostVisits       = 20_000
)

// A lowering turns the tree of one formula into instructions on columns. What
// looks at other months or members is pushed down to the columns it reads, so
// that each instruction is one pass over one column.
type lowering struct {
	prog   *Program
	col    *column
	own    []int // the order of dimensions: these first
	code   []instruction
	reads  []columnRead
	lets   map[letKey]value
	picks  [][]pick
	guards []value
	orders []ordered
	// parts are the columns of parts of the formula.
	parts  map[partKey]*column
	visits *int
	// codes and readings hold what is kept of code and reads.
	codes    arena[instruction]
	readings arena[columnRead]
}

type letKey struct {
	node *node
	at   lowerAt
}

// A partKey is a part of a formula that has a column: its operand's, or what
// gathers of it.
type partKey struct {
	node *node
	name string
}

// ordered remembers the order of a set of dimensions.
type ordered struct {
	set   dimSet
	order []int
	lanes int
}

// lower gives a column the code of its tree.
func (l *lowering) lower(col *column, tree *node) {
	l.begin(col)
	l.finish(l.node(tree, lowerAt{}), tree)
}

func (l *lowering) begin(col *column) {
	l.col, l.own = col, col.dims
	l.code, l.reads = l.code[:0], l.reads[:0]
	l.picks, l.guards, l.orders = append(l.picks[:0], nil), append(l.guards[:0], constant(1)), l.orders[:0]
	clear(l.lets)
}

// finish stores the result in the column.
func (l *lowering) finish(result value, tree *node) {
	if l.tooLong() {
		l.code, l.reads = l.code[:0], l.reads[:0]
		result = l.tree(tree, lowerAt{})
	}
	set := setOf(l.col.dims)
	switch {
	case result.kind == valueConstant:
		result = l.emit(instruction{op: doFill, dims: set, k: result})
	case result.dims != set:
		result = l.spread(result, set)
	case result.kind != valueMade:
		result = l.emit(instruction{op: doCopy, dims: set, a: result})
	}
	l.col.result = result
	l.col.code, l.col.reads = l.codes.keep(l.code), l.readings.keep(l.reads)
}

func (l *lowering) tooLong() bool { return len(l.code) > mostInstructions || *l.visits > mostVisits }

func setOf(dims []int) dimSet {
	var set dimSet
	for _, dim := range dims {
		set |= dimBit(dim)
	}
	return set
}

func constant(k float64) value { return value{kind: valueConstant, k: k} }

// emit adds an instruction unless there is the same, and returns what it makes.
func (l *lowering) emit(in instruction) value {
	in.lanes = int32(l.order(in.dims).lanes)
	const near = 24 // as far back as the same is looked for
	for i := len(l.code) - 1; i >= max(0, len(l.code)-near); i-- {
		if have := &l.code[i]; have.op == in.op && have.a == in.a && have.b == in.b && *have == in {
			return value{kind: valueMade, index: int32(i), dims: in.dims}
		}
	}
	if !l.tooLong() {
		l.code = append(l.code, in)
	}
	return value{kind: valueMade, index: int32(len(l.code) - 1), dims: in.dims}
}

// order returns the order of dimensions: the column's own as it has them, then
// the others.
func (l *lowering) order(set dimSet) *ordered {
	for i := range l.orders {
		if l.orders[i].set == set {
			return &l.orders[i]
		}
	}
	o := ordered{set: set, lanes: 1}
	for _, dim := range l.own {
		if set.has(dim) {
			o.order = append(o.order, dim)
		}
	}
	set.minus(setOf(l.own)).each(func(dim int) { o.order = append(o.order, dim) })
	for _, dim := range o.order {
		o.lanes *= l.prog.members(dim)
	}
	l.orders = append(l.orders, o)
	return &l.orders[len(l.orders)-1]
}

// node lowers a node.
func (l *lowering) node(n *node, at lowerAt) value {
	*l.visits++
	if l.tooLong() {
		return constant(nan())
	}
	switch n.op {
	case opNumber, opBool:
		return constant(n.value)
	case opLine:
		return l.cells(l.prog.columns[n.line], at)
	case opLocal:
		return l.local(n.target, at)
	case opLet:
		return l.node(n.args[1], at)
	case opCalendar:
		return l.season(season{name: n.name}, at)
	case opUnary:
		return l.unary(n, at)
	case opBinary:
		return l.binaryNode(n, at)
	case opChoice:
		test := l.node(n.args[0], at)
		return l.choose(test, l.guarded(n.args[1], at, test, false), l.guarded(n.args[2], at, test, true))
	case opIn:
		return l.in(n, at)
	case opMember:
		return l.memberTest(n, at)
	case opPick:
		at.picks = l.picking(at.picks, pick{n.dim, n.members[0]})
		return l.node(n.args[0], at)
	case opCall:
		return l.call(n, at)
	default:
		return constant(nan())
	}
}

// local lowers a name bound by let, once for each context.
func (l *lowering) local(let *node, at lowerAt) value {
	bound := let.args[0]
	if len(bound.args) == 0 {
		return l.node(bound, at)
	}
	key := letKey{bound, at}
	v, ok := l.lets[key]
	if !ok {
		v = l.node(bound, at)
		if l.lets == nil {
			l.lets = map[letKey]value{}
		}
		l.lets[key] = v
	}
	return v
}

func (l *lowering) unary(n *node, at lowerAt) value {
	x := l.node(n.args[0], at)
	switch {
	case n.name == "not":
		return l.binary(doSub, constant(1), x)
	case n.name != "-":
		return x
	case x.kind == valueConstant:
		return constant(-x.k)
	default:
		return l.emit(instruction{op: doNegate, dims: x.dims, a: x})
	}
}

// binaryOps are the instructions of the operators.
var binaryOps = map[string]opcode{
	"+": doAdd, "-": doSub, "*": doMul, "/": doDiv,
	"==": doEqual, "!=": doUnequal, "<": doLess, "<=": doAtMost, ">": doMore, ">=": doAtLeast,
}

func (l *lowering) binaryNode(n *node, at lowerAt) value {
	a := l.node(n.args[0], at)
	switch n.name {
	case "and":
		return l.choose(a, l.guarded(n.args[1], at, a, false), constant(0))
	case "or":
		return l.choose(a, constant(1), l.guarded(n.args[1], at, a, true))
	case "^":
		return l.callOf(&node{op: opCall, fn: &power, detail: &noDetail}, []value{a, l.node(n.args[1], at)}, at)
	}
	return l.binary(binaryOps[n.name], a, l.node(n.args[1], at))
}

// power is the operator ** as a function.
var power = function{scalar: func(a []float64) (float64, error) { return pow(a[0], a[1]) }}

// binary lowers an operation on two values, at once if both are constant.
func (l *lowering) binary(op opcode, a, b value) value {
	if a.kind == valueConstant && b.kind == valueConstant {
		return constant(fold(op, a.k, b.k))
	}
	if a.kind == valueConstant && a.k != a.k || b.kind == valueConstant && b.k != b.k {
		return constant(nan())
	}
	switch one := constant(1); { // which changes nothing
	case (op == doMul || op == doDiv) && b == one:
		return a
	case op == doMul && a == one:
		return b
	}
	a, b, dims := l.pair(a, b)
	return l.emit(instruction{op: op, dims: dims, a: a, b: b})
}

// fold computes an operation on constants as the kernels do.
func fold(op opcode, a, b float64) float64 {
	var d [1]float64
	kernels2[op](d[:], []float64{a}, []float64{b})
	if d[0]-d[0] != 0 {
		return nan()
	}
	return d[0]
}

// pair gives two values the same dimensions.
func (l *lowering) pair(a, b value) (value, value, dimSet) {
	dims := a.dims | b.dims
	return l.spread(a, dims), l.spread(b, dims), dims
}

// spread repeats a value for the members of more dimensions. A constant is one
// for all of them.
func (l *lowering) spread(v value, dims dimSet) value {
	if v.dims == dims || v.kind == valueConstant {
		return v
	}
	from := l.order(v.dims)
	lanes := l.prog.laneMap(from.order, l.order(dims).order, nil)
	return l.emit(instruction{op: doGather, dims: dims, a: v, extra: lanes})
}

// column returns a value that is in a column.
func (l *lowering) column(v value, dims dimSet) value {
	if v.kind == valueConstant {
		v = l.season(season{name: "=", k: v.k}, lowerAt{})
	}
	return l.spread(v, dims)
}

// choose lowers a choice.
func (l *lowering) choose(test, yes, no value) value {
	if test.kind == valueConstant {
		switch test.k {
		case 1:
			return yes
		case 0:
			return no
		}
		return constant(nan())
	}
	dims := test.dims | yes.dims | no.dims
	return l.emit(instruction{
		op: doChoose, dims: dims, a: l.spread(test, dims), b: l.column(yes, dims), c: l.column(no, dims),
	})
}

// guarded lowers a branch, of where a condition holds or of where it fails.
// Where it is costly, only what that lets through is computed.
func (l *lowering) guarded(n *node, at lowerAt, condition value, fails bool) value {
	if condition.kind == valueConstant || !n.has(func(m *node) bool { return m.op == opCall && m.fn.slow() }) {
		return l.node(n, at)
	}
	if fails {
		condition = l.binary(doSub, constant(1), condition)
	}
	if at.guard != 0 {
		condition = l.choose(l.guards[at.guard], condition, constant(0))
	}
	l.guards = append(l.guards, condition)
	at.guard = int32(len(l.guards) - 1)
	return l.node(n, at)
}

// slow reports whether a function has no kernel.
func (f *function) slow() bool { return f.kernel == doNothing && f.lower == nil }

func (l *lowering) in(n *node, at lowerAt) value {
	x := l.node(n.args[0], at)
	list := make([]float64, 0, len(n.args)-1)
	for _, item := range n.args[1:] {
		list = append(list, l.node(item, at).k)
	}
	if x.kind == valueConstant {
		if x.k != x.k {
			return x
		}
		return constant(truth(slices.Contains(list, x.k)))
	}
	return l.emit(instruction{op: doIn, dims: x.dims, a: x, extra: &extra{list: list}})
}

func (l *lowering) memberTest(n *node, at lowerAt) value {
	for _, p := range l.picks[at.picks] {
		if p.dim == n.dim {
			return constant(truth(n.holds(p.member)))
		}
	}
	list := make([]float64, l.prog.members(n.dim))
	for m := range list {
		list[m] = truth(n.holds(m))
	}
	return l.emit(instruction{op: doLanes, dims: dimBit(n.dim), extra: &extra{list: list}})
}

// picking adds a pick to those there are; the innermost of a dimension counts.
func (l *lowering) picking(picks int32, one pick) int32 {
	return l.picked(append(slices.DeleteFunc(slices.Clone(l.picks[picks]), func(p pick) bool { return p.dim == one.dim }), one))
}

// picked returns the index of a list of picks.
func (l *lowering) picked(list []pick) int32 {
	slices.SortFunc(list, func(a, b pick) int { return a.dim - b.dim })
	for i, have := range l.picks {
		if slices.Equal(have, list) {
			return int32(i)
		}
	}
	l.picks = append(l.picks, list)
	return int32(len(l.picks) - 1)
}

// free drops the picks of dimensions that a reduction goes through.
func (l *lowering) free(at lowerAt, dims dimSet) lowerAt {
	kept := slices.DeleteFunc(slices.Clone(l.picks[at.picks]), func(p pick) bool { return dims.has(p.dim) })
	if len(kept) != len(l.picks[at.picks]) {
		at.picks = l.picked(kept)
	}
	if l.guards[at.guard].dims&dims != 0 {
		at.guard = 0
	}
	return at
}
