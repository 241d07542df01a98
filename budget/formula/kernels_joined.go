package formula

import "math"

// Three operations in one pass, two with a constant each, and operations on
// four columns and five. They compute what the steps would, to the bit.

// kernels3K are the operations on three columns and a constant.
var kernels3K = [opcodes]func(d, a, b, c []float64, k float64){
	doSubKMulAdd: subKMulAdd, doMulDivMulK: mulDivMulK, doSubMulMulK: subMulMulK, doMulMulMulK: mulMulMulK, doMulMulKAdd: mulMulKAdd,
	doLessChoose: lessChoose, doAtMostChoose: atMostChoose, doMoreChoose: moreChoose, doAtLeastChoose: atLeastChoose,
}

// kernelsKK are the operations on a column and two constants.
var kernelsKK = [opcodes]func(d, a []float64, k, j float64){
	doMulKMulK: mulKMulK, doMulKDivK: mulKDivK, doDivKMulK: divKMulK,
	doMulKAddK: mulKAddK, doMulKMinK: mulKMinK, doMulKKMin: mulKKMin, doAddKMinK: addKMinK, doAddKKMin: addKKMin,
	doMaxKMulK: maxKMulK, doKMaxMulK: kMaxMulK, doSubKMulK: subKMulK, doAddKMulK: addKMulsK,
}

// kernels4 and kernels5 are the operations on four columns and on five.
var (
	kernels4 = [opcodes]func(d, a, b, c, e []float64){doAddFour: addFour, doMulAddAdd: mulAddAdd, doMulAddMul: mulAddMul}
	kernels5 = [opcodes]func(d, a, b, c, e, f []float64){doAddFive: addFive}
)

func subKMulAdd(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = float64((k-x)*y) + z
	}
}

func mulDivMulK(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = (x*y/z - (z - z)) * k
	}
}

func subMulMulK(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = (x - y) * z * k
	}
}

func mulMulMulK(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = x * y * z * k
	}
}

func mulMulKAdd(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = float64(x*y*k) + z
	}
}

// eitherOf returns the one where a condition on x holds and the other where not,
// without a branch.
func eitherOf(holds bool, x, yes, no float64) float64 {
	bits := math.Float64bits(no)
	if other := math.Float64bits(yes); holds {
		bits = other
	}
	return math.Float64frombits(bits) - (x - x)
}

func lessChoose(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = eitherOf(x < k, x, y, z)
	}
}

func atMostChoose(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = eitherOf(x <= k, x, y, z)
	}
}

func moreChoose(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = eitherOf(x > k, x, y, z)
	}
}

func atLeastChoose(d, a, b, c []float64, k float64) {
	a, b, c = a[:len(d)], b[:len(d)], c[:len(d)]
	for i, x := range a {
		y, z := b[i], c[i]
		d[i] = eitherOf(x >= k, x, y, z)
	}
}

func mulKMulK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = x * k * j
	}
}

func mulKDivK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = x * k / j
	}
}

func divKMulK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = x / k * j
	}
}

func mulKAddK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = float64(x*k) + j
	}
}

func mulKMinK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = atMostOf(x*k, j)
	}
}

func mulKKMin(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = belowOf(j, x*k)
	}
}

func addKMinK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = atMostOf(x+k, j)
	}
}

func addKKMin(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = belowOf(j, x+k)
	}
}

func maxKMulK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = atLeastOf(x, k) * j
	}
}

func kMaxMulK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = aboveOf(k, x) * j
	}
}

func subKMulK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = (k - x) * j
	}
}

func addKMulsK(d, a []float64, k, j float64) {
	a = a[:len(d)]
	for i, x := range a {
		d[i] = (x + k) * j
	}
}

func addFour(d, a, b, c, e []float64) {
	a, b, c, e = a[:len(d)], b[:len(d)], c[:len(d)], e[:len(d)]
	for i, x := range a {
		d[i] = x + b[i] + c[i] + e[i]
	}
}

func addFive(d, a, b, c, e, f []float64) {
	a, b, c, e, f = a[:len(d)], b[:len(d)], c[:len(d)], e[:len(d)], f[:len(d)]
	for i, x := range a {
		d[i] = x + b[i] + c[i] + e[i] + f[i]
	}
}

func mulAddAdd(d, a, b, c, e []float64) {
	a, b, c, e = a[:len(d)], b[:len(d)], c[:len(d)], e[:len(d)]
	for i, x := range a {
		d[i] = c[i] + e[i] + float64(x*b[i])
	}
}

func mulAddMul(d, a, b, c, e []float64) {
	a, b, c, e = a[:len(d)], b[:len(d)], c[:len(d)], e[:len(d)]
	for i, x := range a {
		d[i] = float64(x*b[i]) + float64(c[i]*e[i])
	}
}
