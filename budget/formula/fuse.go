package formula

import "slices"

// A fusion is an operation that does what two others do, one after the other.
type fusion struct {
	first, second opcode
	// at says which of the second one's operands the first one's result is.
	at    int
	fused opcode
}

// fusions are those there are. Sums and products do not mind the order of two
// operands.
var fusions = [...]fusion{
	{doAdd, doAdd, 0, doAddAdd},
	{doAdd, doMul, 0, doAddMul},
	{doAdd, doMul, 1, doAddMul},
	{doMul, doMul, 0, doMulMul},
	{doMul, doAdd, 0, doMulAdd},
	{doMul, doAdd, 1, doMulAdd},
	{doAdd, doAdd, 1, doAddAdd},
	{doMul, doMul, 1, doMulMul},
	{doSub, doSub, 0, doSubSub},
	{doSub, doSub, 1, doSubFrom},
	{doSub, doMul, 0, doSubMul},
	{doSub, doMul, 1, doSubMul},
	{doMul, doDiv, 0, doMulDiv},
	{doDiv, doDiv, 0, doDivDiv},
	{doMul, doMulK, 0, doMulMulK},
	{doMul, doDivK, 0, doMulDivK},
	{doDiv, doMulK, 0, doDivMulK},
	{doDiv, doAddK, 0, doDivAddK},
	{doMul, doKMin, 0, doMulKMin},
	{doMulK, doAdd, 0, doMulKAdd},
	{doMulK, doAdd, 1, doMulKAdd},
	{doSubK, doMul, 0, doSubKMul},
	{doSubK, doMul, 1, doSubKMul},
	{doAddK, doMul, 0, doAddKMul},
	{doAddK, doMul, 1, doAddKMul},
	{doDivK, doMul, 0, doDivKMul},
	{doDivK, doMul, 1, doDivKMul},
	{doMulK, doDiv, 0, doMulKDiv},
	{doMinK, doMul, 0, doMinKMul},
	{doMinK, doMul, 1, doMinKMul},
	{doKMin, doMul, 0, doKMinMul},
	{doKMin, doMul, 1, doKMinMul},
	{doMaxK, doDiv, 1, doDivMaxK},
	{doSubK, doDiv, 1, doDivSubK},
	{doAddK, doDiv, 1, doDivAddedK},
	{doMulK, doCeil, 0, doMulKCeil},
	{doAdd, doMulK, 0, doAddMulK},
	{doAdd, doDivK, 0, doAddDivK},
	{doSub, doMulK, 0, doSubMulK},
	{doSub, doDivK, 0, doSubDivK},
	{doSubKMul, doAdd, 0, doSubKMulAdd},
	{doSubKMul, doAdd, 1, doSubKMulAdd},
	{doMulDiv, doMulK, 0, doMulDivMulK},
	{doSubMul, doMulK, 0, doSubMulMulK},
	{doMulMul, doMulK, 0, doMulMulMulK},
	{doLessK, doChoose, 0, doLessChoose},
	{doAtMostK, doChoose, 0, doAtMostChoose},
	{doMoreK, doChoose, 0, doMoreChoose},
	{doAtLeastK, doChoose, 0, doAtLeastChoose},
	{doMulK, doMulK, 0, doMulKMulK},
	{doMulK, doDivK, 0, doMulKDivK},
	{doDivK, doMulK, 0, doDivKMulK},
	{doMulK, doAddK, 0, doMulKAddK},
	{doMulK, doMinK, 0, doMulKMinK},
	{doMulK, doKMin, 0, doMulKKMin},
	{doAddK, doMinK, 0, doAddKMinK},
	{doAddK, doKMin, 0, doAddKKMin},
	{doMaxK, doMulK, 0, doMaxKMulK},
	{doKMax, doMulK, 0, doKMaxMulK},
	{doSubK, doMulK, 0, doSubKMulK},
	{doAddK, doMulK, 0, doAddKMulK},
	{doAddAdd, doAdd, 0, doAddFour},
	{doAddAdd, doAdd, 1, doAddFour},
	{doAddFour, doAdd, 0, doAddFive},
	{doAddFour, doAdd, 1, doAddFive},
	{doMulMulK, doAdd, 0, doMulMulKAdd},
	{doMulMulK, doAdd, 1, doMulMulKAdd},
	{doMul, doAddAdd, 2, doMulAddAdd},
	{doMul, doMulAdd, 2, doMulAddMul},
}

// fused finds the operation that does two at once, doNothing if there is none.
var fused = func() (table [opcodes][opcodes][3]opcode) {
	for _, f := range fusions {
		table[f.first][f.second][f.at] = f.fused
	}
	return table
}()

// plain returns an instruction's operation with a constant operand told apart.
func (in *instruction) plain() (op opcode, a, b, k value) {
	swap := swaps[in.op]
	switch {
	case swap.column != doNothing && in.b.fixed():
		if k = in.b; in.op == doSub {
			k = k.negative()
		}
		return swap.column, in.a, value{}, k
	case swap.constant != doNothing && in.a.fixed():
		return swap.constant, in.b, value{}, in.a
	default:
		return in.op, in.a, in.b, in.k
	}
}

// plainOp is the operation that plain returns.
func (in *instruction) plainOp() opcode {
	swap := &swaps[in.op]
	switch {
	case swap.column != doNothing && in.b.fixed():
		return swap.column
	case swap.constant != doNothing && in.a.fixed():
		return swap.constant
	default:
		return in.op
	}
}

// fixed reports whether a value can be the constant of an operation.
func (v *value) fixed() bool { return v.kind == valueConstant || v.kind == valueSteady }

// negative returns the negative of a value that is fixed.
func (v value) negative() value {
	v.k = -v.k
	if v.kind == valueSteady {
		v.off = -1
	}
	return v
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
		for fuseOne(code, &code[i], result, uses, wide, may) {
		}
	}
}

// fuseOne joins an instruction with one that it reads, if it may.
func fuseOne(code []instruction, second *instruction, result int32, uses []int, wide bool, may func(v value) bool) bool {
	for at, v := range [3]value{second.a, second.b, second.c} {
		if v.kind != valueMade || uses[v.index] != 1 || v.index == result || code[v.index].lanes != second.lanes {
			continue
		}
		first := &code[v.index]
		if fused[first.plainOp()][second.plainOp()] == [3]opcode{} {
			continue
		}
		if joined, ok := join(first, second, at, wide, may); ok {
			first.op = doNothing
			*second = joined
			return true
		}
	}
	return false
}

// join makes one instruction of two, the first's result being the second's
// operand at 0, 1 or 2.
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
		joined.c = j
	case shapes[two] == shapeK:
		joined.k = j
	case n > 3:
		joined.extra = &extra{args: slices.Clone(room[3:n])}
	}
	return joined, true
}
