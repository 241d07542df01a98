package formula

import "math"

// machine runs the code of a stage month by month, one number at a time. The
// operations are those of the kernels.
//
//nolint:revive // one switch over all instructions
func (r *run) machine(code []operation, period int) {
	m := r.mem[period:]
	for i := range code {
		s := &code[i]
		switch s.op {
		case doAdd:
			m[s.dst] = m[s.a] + m[s.b]
		case doAddK:
			m[s.dst] = m[s.a] + s.k
		case doSub:
			m[s.dst] = m[s.a] - m[s.b]
		case doSubK:
			m[s.dst] = s.k - m[s.a]
		case doMul:
			m[s.dst] = m[s.a] * m[s.b]
		case doMulK:
			m[s.dst] = m[s.a] * s.k
		case doDiv:
			y := m[s.b]
			m[s.dst] = m[s.a]/y - (y - y)
		case doDivK:
			m[s.dst] = m[s.a] / s.k
		case doKDiv:
			x := m[s.a]
			m[s.dst] = s.k/x - (x - x)
		case doMin:
			m[s.dst] = lesser(m[s.a], m[s.b])
		case doMinK:
			m[s.dst] = atMostOf(m[s.a], s.k)
		case doKMin:
			m[s.dst] = belowOf(s.k, m[s.a])
		case doMax:
			m[s.dst] = greater(m[s.a], m[s.b])
		case doMaxK:
			m[s.dst] = atLeastOf(m[s.a], s.k)
		case doKMax:
			m[s.dst] = aboveOf(s.k, m[s.a])
		case doEqual:
			x, y := m[s.a], m[s.b]
			m[s.dst] = truth(x == y) - ((x - x) + (y - y))
		case doEqualK:
			x := m[s.a]
			m[s.dst] = truth(x == s.k) - (x - x)
		case doUnequal:
			x, y := m[s.a], m[s.b]
			m[s.dst] = truth(x != y) - ((x - x) + (y - y))
		case doUnequalK:
			x := m[s.a]
			m[s.dst] = truth(x != s.k) - (x - x)
		case doLess:
			x, y := m[s.a], m[s.b]
			m[s.dst] = truth(x < y) - ((x - x) + (y - y))
		case doLessK:
			x := m[s.a]
			m[s.dst] = truth(x < s.k) - (x - x)
		case doAtMost:
			x, y := m[s.a], m[s.b]
			m[s.dst] = truth(x <= y) - ((x - x) + (y - y))
		case doAtMostK:
			x := m[s.a]
			m[s.dst] = truth(x <= s.k) - (x - x)
		case doMore:
			x, y := m[s.a], m[s.b]
			m[s.dst] = truth(x > y) - ((x - x) + (y - y))
		case doMoreK:
			x := m[s.a]
			m[s.dst] = truth(x > s.k) - (x - x)
		case doAtLeast:
			x, y := m[s.a], m[s.b]
			m[s.dst] = truth(x >= y) - ((x - x) + (y - y))
		case doAtLeastK:
			x := m[s.a]
			m[s.dst] = truth(x >= s.k) - (x - x)
		case doAddAdd:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = x + y + z
		case doAddMul:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = (x + y) * z
		case doMulMul:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = x * y * z
		case doMulAdd:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = float64(x*y) + z
		case doSubSub:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = x - y - z
		case doSubFrom:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = z - (x - y)
		case doSubMul:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = (x - y) * z
		case doMulDiv:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = x*y/z - (z - z)
		case doDivDiv:
			x, y, z := m[s.a], m[s.b], m[s.c]
			m[s.dst] = (x/y-(y-y))/z - (z - z)
		case doMulMulK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = x * y * k
		case doMulDivK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = x * y / k
		case doDivMulK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = (x/y - (y - y)) * k
		case doDivAddK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = x/y - (y - y) + k
		case doMulKMin:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = belowOf(k, x*y)
		case doMulKAdd:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = float64(x*k) + y
		case doSubKMul:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = (k - x) * y
		case doAddKMul:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = (x + k) * y
		case doDivKMul:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = x / k * y
		case doMulKDiv:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = x*k/y - (y - y)
		case doMinKMul:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = atMostOf(x, k) * y
		case doKMinMul:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = belowOf(k, x) * y
		case doDivMaxK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = over(y, atLeastOf(x, k))
		case doDivSubK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = over(y, k-x)
		case doDivAddedK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = over(y, x+k)
		case doMulKCeil:
			m[s.dst] = ceil(m[s.a] * s.k)
		case doAddMulK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = (x + y) * k
		case doAddDivK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = (x + y) / k
		case doSubMulK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = (x - y) * k
		case doSubDivK:
			x, y, k := m[s.a], m[s.b], s.k
			m[s.dst] = (x - y) / k
		case doSubKMulAdd:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = float64((k-x)*y) + z
		case doMulDivMulK:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = (x*y/z - (z - z)) * k
		case doSubMulMulK:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = (x - y) * z * k
		case doMulMulMulK:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = x * y * z * k
		case doMulMulKAdd:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = float64(x*y*k) + z
		case doLessChoose:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = eitherOf(x < k, x, y, z)
		case doAtMostChoose:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = eitherOf(x <= k, x, y, z)
		case doMoreChoose:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = eitherOf(x > k, x, y, z)
		case doAtLeastChoose:
			x, y, z, k := m[s.a], m[s.b], m[s.c], s.k
			m[s.dst] = eitherOf(x >= k, x, y, z)
		case doNegate:
			m[s.dst] = -m[s.a]
		case doAbs:
			m[s.dst] = math.Abs(m[s.a])
		case doCeil:
			m[s.dst] = ceil(m[s.a])
		case doFloor:
			m[s.dst] = 0 - ceil(-m[s.a])
		case doRound:
			m[s.dst] = roundWhole(m[s.a])
		case doSqrt:
			m[s.dst] = math.Sqrt(m[s.a])
		case doChoose:
			m[s.dst] = chosen(m[s.a], m[s.b], m[s.c])
		case doClamp:
			m[s.dst] = clamped(m[s.a], m[s.b], m[s.c])
		case doRamp:
			m[s.dst] = ramped(m[s.a], m[s.b])
		case doOtherwise:
			m[s.dst] = instead(m[s.a], m[s.b])
		case doCopy:
			m[s.dst] = m[s.a]
		case doFill:
			m[s.dst] = s.k
		case doSettle:
			r.settle(r.prog.columns[s.a], period, 1)
		default:
			r.execute(&r.prog.columns[s.a].flat[s.b], period, 1)
		}
	}
}
