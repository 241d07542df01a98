package formula

// The kernels: one pass over columns of the same length each. Every number is
// computed by itself, in the order the formula says, so that a number does not
// depend on how many stand beside it. Minima and comparisons turn Inf into NaN:
// x-x is 0 for a number and NaN for what is none.

// A shape is which table has an operation's kernel.
type shape uint8

const (
	shapeRare shape = iota
	shape2
	shapeK
	shape2K
	shape1
	shape3
	shape3K
	shapeKK // these and what follows for rows of runs alone
	shape4
	shape5
)

// columns is how many columns a shape reads.
func (s shape) columns() int { return [...]int{0, 2, 1, 2, 1, 3, 3, 1, 4, 5}[s] }

// wide reports whether operations of a shape are for rows of runs alone.
func (s shape) wide() bool { return s >= shapeKK }

// shapes has the shape of every operation.
var shapes = func() (table [opcodes]shape) {
	for op := range table {
		switch {
		case kernels2[op] != nil:
			table[op] = shape2
		case kernelsK[op] != nil:
			table[op] = shapeK
		case kernels2K[op] != nil:
			table[op] = shape2K
		case kernels1[op] != nil:
			table[op] = shape1
		case kernels3[op] != nil:
			table[op] = shape3
		case kernels3K[op] != nil:
			table[op] = shape3K
		case kernelsKK[op] != nil:
			table[op] = shapeKK
		case kernels4[op] != nil:
			table[op] = shape4
		case kernels5[op] != nil:
			table[op] = shape5
		}
	}
	return table
}()

// kernels2 are the operations on two columns.
var kernels2 = [opcodes]func(d, a, b []float64){
	doAdd: add, doSub: sub, doMul: mul, doDiv: div, doMin: minOf, doMax: maxOf,
	doEqual: equal, doUnequal: unequal, doLess: less, doAtMost: atMost, doMore: more, doAtLeast: atLeast, doOtherwise: otherwiseAll, doRamp: rampAll,
}

// kernelsK are the operations on a column and a constant.
var kernelsK = [opcodes]func(d, a []float64, k float64){
	doAddK: addK, doSubK: subK, doMulK: mulK, doDivK: divK, doKDiv: kDiv,
	doMinK: minK, doKMin: kMin, doMaxK: maxK, doKMax: kMax,
	doEqualK: equalK, doUnequalK: unequalK, doLessK: lessK, doAtMostK: atMostK, doMoreK: moreK, doAtLeastK: atLeastK,
	doMulKCeil: mulKCeil,
}

func add(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x + y
	}
}

func sub(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x - y
	}
}

func mul(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x * y
	}
}

func div(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x/y - (y - y)
	}
}

// addK and its like go by fours: with one column to load, counting would take
// as long as computing.
func addK(d, a []float64, k float64) {
	a = a[:len(d)]
	i := 0
	for ; i <= len(d)-4; i += 4 {
		d4, a4 := (*[4]float64)(d[i:]), (*[4]float64)(a[i:])
		d4[0] = a4[0] + k
		d4[1] = a4[1] + k
		d4[2] = a4[2] + k
		d4[3] = a4[3] + k
	}
	for ; i < len(d); i++ {
		d[i] = a[i] + k
	}
}

func subK(d, a []float64, k float64) {
	a = a[:len(d)]
	i := 0
	for ; i <= len(d)-4; i += 4 {
		d4, a4 := (*[4]float64)(d[i:]), (*[4]float64)(a[i:])
		d4[0] = k - a4[0]
		d4[1] = k - a4[1]
		d4[2] = k - a4[2]
		d4[3] = k - a4[3]
	}
	for ; i < len(d); i++ {
		d[i] = k - a[i]
	}
}

func mulK(d, a []float64, k float64) {
	a = a[:len(d)]
	i := 0
	for ; i <= len(d)-4; i += 4 {
		d4, a4 := (*[4]float64)(d[i:]), (*[4]float64)(a[i:])
		d4[0] = a4[0] * k
		d4[1] = a4[1] * k
		d4[2] = a4[2] * k
		d4[3] = a4[3] * k
	}
	for ; i < len(d); i++ {
		d[i] = a[i] * k
	}
}

func divK(d, a []float64, k float64) {
	a = a[:len(d)]
	i := 0
	for ; i <= len(d)-4; i += 4 {
		d4, a4 := (*[4]float64)(d[i:]), (*[4]float64)(a[i:])
		d4[0] = a4[0] / k
		d4[1] = a4[1] / k
		d4[2] = a4[2] / k
		d4[3] = a4[3] / k
	}
	for ; i < len(d); i++ {
		d[i] = a[i] / k
	}
}

func kDiv(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = k/x - (x - x)
	}
}
