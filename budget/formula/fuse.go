package formula

import "slices"

// A fusion is an operation that does what two others do, one after the other.
type fusion struct {
	first, second opcode
	// behind says that the first one's result is the second one's second operand.
	behind bool
	fused  opcode
}

// fusions are those there are. Sums and products do not mind the order of two
// operands.
var fusions = [...]fusion{
	{doAdd, doAdd, false, doAddAdd},
	{doAdd, doMul, false, doAddMul},
	{doAdd, doMul, true, doAddMul},
	{doMul, doMul, false, doMulMul},
	{doMul, doAdd, false, doMulAdd},
	{doMul, doAdd, true, doMulAdd},
	{doAdd, doAdd, true, doAddAdd},
	{doMul, doMul, true, doMulMul},
	{doSub, doSub, false, doSubSub},
	{doSub, doSub, true, doSubFrom},
	{doSub, doMul, false, doSubMul},
	{doSub, doMul, true, doSubMul},
	{doMul, doDiv, false, doMulDiv},
	{doDiv, doDiv, false, doDivDiv},
	{doMul, doMulK, false, doMulMulK},
	{doMul, doDivK, false, doMulDivK},
	{doDiv, doMulK, false, doDivMulK},
	{doDiv, doAddK, false, doDivAddK},
	{doMul, doKMin, false, doMulKMin},
	{doMulK, doAdd, false, doMulKAdd},
	{doMulK, doAdd, true, doMulKAdd},
	{doSubK, doMul, false, doSubKMul},
	{doSubK, doMul, true, doSubKMul},
	{doAddK, doMul, false, doAddKMul},
	{doAddK, doMul, true, doAddKMul},
	{doDivK, doMul, false, doDivKMul},
	{doDivK, doMul, true, doDivKMul},
	{doMulK, doDiv, false, doMulKDiv},
	{doMinK, doMul, false, doMinKMul},
	{doMinK, doMul, true, doMinKMul},
	{doKMin, doMul, false, doKMinMul},
	{doKMin, doMul, true, doKMinMul},
	{doMaxK, doDiv, true, doDivMaxK},
	{doSubK, doDiv, true, doDivSubK},
	{doAddK, doDiv, true, doDivAddedK},
	{doMulK, doCeil, false, doMulKCeil},
	{doAdd, doMulK, false, doAddMulK},
	{doAdd, doDivK, false, doAddDivK},
	{doSub, doMulK, false, doSubMulK},
	{doSub, doDivK, false, doSubDivK},
	{doSubKMul, doAdd, false, doSubKMulAdd},
	{doSubKMul, doAdd, true, doSubKMulAdd},
	{doMulDiv, doMulK, false, doMulDivMulK},
	{doSubMul, doMulK, false, doSubMulMulK},
	{doMulMul, doMulK, false, doMulMulMulK},
	{doLessK, doChoose, false, doLessChoose},
	{doAtMostK, doChoose, false, doAtMostChoose},
	{doMoreK, doChoose, false, doMoreChoose},
	{doAtLeastK, doChoose, false, doAtLeastChoose},
	{doMulK, doAddK, false, doMulKAddK},
	{doMulK, doMinK, false, doMulKMinK},
	{doMulK, doKMin, false, doMulKKMin},
	{doAddK, doMinK, false, doAddKMinK},
	{doAddK, doKMin, false, doAddKKMin},
	{doMaxK, doMulK, false, doMaxKMulK},
	{doKMax, doMulK, false, doKMaxMulK},
	{doSubK, doMulK, false, doSubKMulK},
	{doAddK, doMulK, false, doAddKMulK},
	{doAddAdd, doAdd, false, doAddFour},
	{doAddAdd, doAdd, true, doAddFour},
	{doAddFour, doAdd, false, doAddFive},
	{doAddFour, doAdd, true, doAddFive},
}

// fused finds the operation that does two at once, doNothing if there is none.
var fused = func() (table [opcodes][opcodes][2]opcode) {
	for _, f := range fusions {
		at := 0
		if f.behind {
			at = 1
		}
		table[f.first][f.second][at] = f.fused
	}
	return table
}()

// plain returns an instruction's operation with a constant operand told apart.
func (in *instruction) plain() (op opcode, a, b value, k float64) {
	swap := swaps[in.op]
	switch {
	case swap.column != doNothing && in.b.kind == valueConstant:
		if k = in.b.k; in.op == doSub {
			k = -k
		}
		return swap.column, in.a, value{}, k
	case swap.constant != doNothing && in.a.kind == valueConstant:
		return swap.constant, in.b, value{}, in.a.k
	default:
		return in.op, in.a, in.b, in.k
	}
}

// plainOp is the operation that plain returns.
func (in *instruction) plainOp() opcode {
	swap := &swaps[in.op]
	switch {
	case swap.column != doNothing && in.b.kind == valueConstant:
		return swap.column
	case swap.constant != doNothing && in.a.kind == valueConstant:
		return swap.constant
	default:
		return in.op
	}
}

// fuse joins pairs of instructions whose first is read by its second alone, as
// far as all operands may be joined. Those that are joined into others become
// doNothing. What is joined may be joined again; wide says that operations may
// come of it that are for rows of runs alone.
func fuse(code []instruction, result int32, uses []int, wide bool, may func(v value) bool) {
	clear(uses)
	for i := range code {
		code[i].operands(func(v *value) {
			if v.kind == valueMade {
				uses[v.index]++
			}
		})
	}
	for i := range code {
		second := &code[i]
		for at, v := range [2]value{second.a, second.b} {
			if v.kind != valueMade || uses[v.index] != 1 || v.index == result || code[v.index].lanes != second.lanes {
				continue
			}
			if pair := &fused[code[v.index].plainOp()][second.plainOp()]; pair[0] == doNothing && pair[1] == doNothing {
				continue
			}
			if joined, ok := join(&code[v.index], second, at, wide, may); ok {
				code[v.index].op = doNothing
				code[i] = joined
				break
			}
		}
	}
}

// join makes one instruction of two, the first's result being the second's
// operand at 0 or 1.
func join(first, second *instruction, at int, wide bool, may func(v value) bool) (instruction, bool) {
	one, a, b, k := first.plain()
	two, c, d, j := second.plain()
	if c.kind == valueMade && at == 1 && d.kind != valueMade {
		at = 0 // the other operand is a constant
	}
	op := fused[one][two][at]
	if op == doNothing || shapes[op].wide() && !wide {
		return instruction{}, false
	}
	room := [6]value{a, b, first.c}
	n := copy(room[:], room[:min(shapes[one].columns(), 3)])
	if first.extra != nil {
		n += copy(room[n:], first.extra.args)
	}
	others := [3]value{c, d, second.c}
	for i, v := range others[:shapes[two].columns()] {
		if i != at {
			room[n] = v
			n++
		}
	}
	check := room[:n]
	if two == doChoose { // whose others become rows, whatever they are
		check = room[:1]
	}
	for _, v := range check {
		if !may(v) {
			return instruction{}, false
		}
	}
	clear(room[n:])
	joined := instruction{op: op, dims: second.dims, lanes: second.lanes, a: room[0], b: room[1], c: room[2], k: k}
	switch {
	case shapes[op] == shapeKK:
		joined.c = constant(j)
	case shapes[two] == shapeK:
		joined.k = j
	case n > 3:
		joined.extra = &extra{args: slices.Clone(room[3:n])}
	}
	return joined, true
}
