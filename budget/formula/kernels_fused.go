package formula

import "math"

// Two operations in one pass, of the pairs that formulas are mostly made of.
// They compute what the two would, to the bit.

// over divides, and fails where the divisor is no number.
func over(x, y float64) float64 { return x/y - (y - y) }

// kernels2K are the operations on two columns and a constant.
var kernels2K = [opcodes]func(d, a, b []float64, k float64){
	doMulMulK:   mulMulK,
	doMulDivK:   mulDivK,
	doDivMulK:   divMulK,
	doDivAddK:   divAddK,
	doMulKMin:   mulKMin,
	doMulKAdd:   mulKAdd,
	doSubKMul:   subKMul,
	doAddKMul:   addKMul,
	doDivKMul:   divKMul,
	doMulKDiv:   mulKDiv,
	doMinKMul:   minKMul,
	doKMinMul:   kMinMul,
	doDivMaxK:   divMaxK,
	doDivSubK:   divSubK,
	doDivAddedK: divAddedK,
	doAddMulK:   addMulK,
	doAddDivK:   addDivK,
	doSubMulK:   subMulK,
	doSubDivK:   subDivK,
}

func addAdd(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = x + y + z
	}
}

func addMul(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = (x + y) * z
	}
}

func mulMul(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = x * y * z
	}
}

func mulAdd(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = float64(x*y) + z
	}
}

func subSub(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = x - y - z
	}
}

func subFrom(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = z - (x - y)
	}
}

func subMul(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = (x - y) * z
	}
}

func mulDiv(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = x*y/z - (z - z)
	}
}

func divDiv(d, a, b, c []float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = (x/y-(y-y))/z - (z - z)
	}
}

func mulMulK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x * y * k
	}
}

func mulDivK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x * y / k
	}
}

func divMulK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = (x/y - (y - y)) * k
	}
}

func divAddK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x/y - (y - y) + k
	}
}

func mulKMin(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = belowOf(k, x*y)
	}
}

func mulKAdd(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = float64(x*k) + y
	}
}

func subKMul(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = (k - x) * y
	}
}

func addKMul(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = (x + k) * y
	}
}

func divKMul(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x / k * y
	}
}

func mulKDiv(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = x*k/y - (y - y)
	}
}

func minKMul(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = atMostOf(x, k) * y
	}
}

func kMinMul(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = belowOf(k, x) * y
	}
}

func divMaxK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = over(y, atLeastOf(x, k))
	}
}

func divSubK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = over(y, k-x)
	}
}

func divAddedK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = over(y, x+k)
	}
}

func mulKCeil(d, a []float64, k float64) {
	a = a[:len(d)]
	for i, x := range a {
		x *= k
		if size := math.Abs(x); size > 1 && size < 999 { // ceil, without a call
			d[i] = math.Ceil(x - float64(1e-9*size))
			continue
		}
		d[i] = ceil(x)
	}
}

func addMulK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = (x + y) * k
	}
}

func addDivK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = (x + y) / k
	}
}

func subMulK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = (x - y) * k
	}
}

func subDivK(d, a, b []float64, k float64) {
	a, b = a[:len(d)], b[:len(d)]
	for i, x := range a {
		y := b[i]
		d[i] = (x - y) / k
	}
}
