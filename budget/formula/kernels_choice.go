package formula

import "math"

// lesser and greater keep the first of equals. What is no number comes out as
// such, whichever it is.
func lesser(x, y float64) float64 {
	if x <= y {
		return x - (y - y)
	}
	return y - (x - x)
}

func greater(x, y float64) float64 {
	if x >= y {
		return x - (y - y)
	}
	return y - (x - x)
}

func minOf(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		d[i] = lesser(x, b[i])
	}
}

func maxOf(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		d[i] = greater(x, b[i])
	}
}

// atMostOf and its like compare with a number, so that only the other operand
// can be none. The first operand is the one that stays where they are equal.
func atMostOf(x, k float64) float64 {
	if x <= k {
		return x
	}
	return k - (x - x)
}

func belowOf(k, x float64) float64 {
	if x < k {
		return x
	}
	return k - (x - x)
}

func atLeastOf(x, k float64) float64 {
	if x >= k {
		return x
	}
	return k - (x - x)
}

func aboveOf(k, x float64) float64 {
	if x > k {
		return x
	}
	return k - (x - x)
}

func minK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i := range d {
		d[i] = atMostOf(a[i], k)
	}
}

func kMin(d, a []float64, k float64) {
	a = a[:len(d)]
	for i := range d {
		d[i] = belowOf(k, a[i])
	}
}

func maxK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i := range d {
		d[i] = atLeastOf(a[i], k)
	}
}

func kMax(d, a []float64, k float64) {
	a = a[:len(d)]
	for i := range d {
		d[i] = aboveOf(k, a[i])
	}
}

func equal(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = truth(x == y) - ((x - x) + (y - y))
	}
}

func equalK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = truth(x == k) - (x - x)
	}
}

func unequal(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = truth(x != y) - ((x - x) + (y - y))
	}
}

func unequalK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = truth(x != k) - (x - x)
	}
}

func less(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = truth(x < y) - ((x - x) + (y - y))
	}
}

func lessK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = truth(x < k) - (x - x)
	}
}

func atMost(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = truth(x <= y) - ((x - x) + (y - y))
	}
}

func atMostK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = truth(x <= k) - (x - x)
	}
}

func more(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = truth(x > y) - ((x - x) + (y - y))
	}
}

func moreK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = truth(x > k) - (x - x)
	}
}

func atLeast(d, a, b []float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = truth(x >= y) - ((x - x) + (y - y))
	}
}

func atLeastK(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = truth(x >= k) - (x - x)
	}
}

// kernels1 are the operations on one column.
var kernels1 = [opcodes]func(d, a []float64){
	doNegate: negate, doAbs: absolute, doCeil: ceilAll, doFloor: floorAll, doRound: roundAll, doSqrt: squareRoot, doCopy: copyAll,
}

func copyAll(d, a []float64) { copy(d, a) }

func negate(d, a []float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = -x
	}
}

func absolute(d, a []float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = math.Abs(x)
	}
}

func ceilAll(d, a []float64) {
	a = a[:len(d)]
	for i, x := range a {
		if size := math.Abs(x); size > 1 && size < 999 { // ceil, without a call
			d[i] = math.Ceil(x - float64(1e-9*size))
			continue
		}
		d[i] = ceil(x)
	}
}

func floorAll(d, a []float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = 0 - ceil(-x)
	}
}

func roundAll(d, a []float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = roundWhole(x)
	}
}

func squareRoot(d, a []float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = math.Sqrt(x)
	}
}

// roundWhole rounds half away from zero to a whole number.
func roundWhole(x float64) float64 {
	if x-x != 0 {
		return nan()
	}
	v, _ := roundTo(x, 0)
	return v
}

// kernels3 are the operations on three columns.
var kernels3 = [opcodes]func(d, a, b, c []float64){
	doChoose: choose, doClamp: clamp,
	doAddAdd: addAdd, doAddMul: addMul, doMulMul: mulMul, doMulAdd: mulAdd, doSubSub: subSub,
	doSubFrom: subFrom, doSubMul: subMul, doMulDiv: mulDiv, doDivDiv: divDiv,
}

// choose takes b where a is 1 and c where it is 0, without a branch.
func choose(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, t := range a {
		d[i] = chosen(t, b[i], c[i])
	}
}

// chosen picks by the lowest bit of the exponent, which 1 has and 0 has not.
func chosen(t, yes, no float64) float64 {
	mask := -(math.Float64bits(t) >> 52 & 1)
	return math.Float64frombits(math.Float64bits(yes)&mask|math.Float64bits(no)&^mask) - (t - t)
}

func clamp(d, a, b, c []float64) {
	for i := range d {
		d[i] = clamped(a[i], b[i], c[i])
	}
}

func clamped(x, low, high float64) float64 {
	if low > high {
		return nan()
	}
	return min(max(x, low), high) - ((x - x) + (low - low) + (high - high))
}

func otherwiseAll(d, a, b []float64) {
	for i, x := range a[:len(d)] {
		d[i] = instead(x, b[i])
	}
}

// instead returns y where x is no number.
func instead(x, y float64) float64 {
	if x-x != 0 {
		return y
	}
	return x
}

// ramped is a ramp's share; a length that failed does not matter before it
// begins.
func ramped(gone, months float64) float64 {
	if gone <= 0 {
		return 0
	}
	if months-months != 0 {
		return nan()
	}
	return rampAt(gone, months)
}

func rampAll(d, a, b []float64) {
	for i, gone := range a[:len(d)] {
		d[i] = ramped(gone, b[i])
	}
}

// allNumbers reports whether all values are finite. A sum of finite numbers
// may leave them; then it looks at each.
func allNumbers(values []float64) bool {
	var a, b, c, d float64
	rest := values
	for len(rest) >= 8 {
		eight := (*[8]float64)(rest)
		a += eight[0] + eight[4]
		b += eight[1] + eight[5]
		c += eight[2] + eight[6]
		d += eight[3] + eight[7]
		rest = rest[8:]
	}
	for _, v := range rest {
		a += v
	}
	if sum := a + b + c + d; sum-sum == 0 {
		return true
	}
	for _, v := range values {
		if v-v != 0 {
			return false
		}
	}
	return true
}
