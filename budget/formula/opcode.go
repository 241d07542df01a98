package formula

// An opcode is what an instruction does to whole columns of cells. A failed
// cell is NaN and stays NaN through every operation; Inf travels like NaN
// through those that cannot hide it, the others turn it into NaN.
type opcode uint8

// The instructions. Those with two operands come in threes: columns, a column
// and a constant, a constant and a column.
const (
	doNothing opcode = iota

	doAdd
	doAddK
	doSub
	doSubK // the constant less the column
	doMul
	doMulK
	doDiv
	doDivK
	doKDiv
	doMin
	doMinK
	doKMin
	doMax
	doMaxK
	doKMax

	doEqual
	doEqualK
	doUnequal
	doUnequalK
	doLess
	doLessK
	doAtMost
	doAtMostK
	doMore
	doMoreK
	doAtLeast
	doAtLeastK

	// Two at once, of a, b and c or of a, b and the constant.
	doAddAdd
	doAddMul
	doMulMul
	doMulAdd
	doSubSub
	doSubFrom
	doSubMul
	doMulDiv
	doDivDiv
	doMulMulK
	doMulDivK
	doDivMulK
	doDivAddK
	doMulKMin
	doMulKAdd
	doSubKMul
	doAddKMul
	doDivKMul
	doMulKDiv
	doMinKMul
	doKMinMul
	doDivMaxK
	doDivSubK
	doDivAddedK
	doMulKCeil
	doAddMulK
	doAddDivK
	doSubMulK
	doSubDivK

	// Three at once, of a, b, c and the constant.
	doSubKMulAdd
	doMulDivMulK
	doSubMulMulK
	doMulMulMulK
	doMulMulKAdd
	doLessChoose // b where a is less than the constant, else c
	doAtMostChoose
	doMoreChoose
	doAtLeastChoose

	// For rows of runs alone: with two constants, the second one's that of c;
	// and of more columns.
	doMulKMulK
	doMulKDivK
	doDivKMulK
	doMulKAddK
	doMulKMinK
	doMulKKMin
	doAddKMinK
	doAddKKMin
	doMaxKMulK
	doKMaxMulK
	doSubKMulK
	doAddKMulK
	doAddFour
	doAddFive
	doMulAddAdd // c and d, and a times b
	doMulAddMul

	doNegate
	doAbs
	doCeil
	doFloor
	doRound
	doSqrt

	doChoose    // b where a holds, else c
	doClamp     // a, at least b and at most c
	doRamp      // a months gone of b
	doOtherwise // a, or b where a failed

	doCopy
	doFill   // the constant
	doAt     // one month of a, in every month
	doLanes  // a number for each lane, from the list
	doIn     // whether a is in the list
	doGather // for each lane, the lane of a that the map says

	doReduce   // over the lanes of a that the map says
	doSpan     // over months of a
	doCumulate // the month before, and a
	doCall     // a function of one month
	doSeries   // a function of all months
	doTree     // what has no kernel, by the explainer

	doRepeat // one number for all runs
	doSettle // what a column's cells are when nothing follows

	opcodes // how many there are
)

// A swap is what becomes of an operation where one operand is constant.
type swap struct{ column, constant opcode }

// swaps has the operations with a constant: second, and first.
var swaps = [opcodes]swap{
	doAdd: {doAddK, doAddK}, doSub: {doAddK, doSubK}, doMul: {doMulK, doMulK}, doDiv: {doDivK, doKDiv},
	doMin: {doMinK, doKMin}, doMax: {doMaxK, doKMax},
	doEqual: {doEqualK, doEqualK}, doUnequal: {doUnequalK, doUnequalK},
	doLess: {doLessK, doMoreK}, doAtMost: {doAtMostK, doAtLeastK},
	doMore: {doMoreK, doLessK}, doAtLeast: {doAtLeastK, doAtMostK},
}

// A valueKind is where a lowered expression's numbers are.
type valueKind uint8

const (
	valueConstant valueKind = iota // k
	valueCells                     // a column's, so many months away
	valueSeason                    // a season's, so many months away
	valueMade                      // an instruction's of the same column
	valueSteady                    // a number that is the same for all runs; less than 0 months away its negative
)

// A value is what an expression was lowered to. Its lanes are the members of
// its dimensions in the lowering's order.
type value struct {
	kind  valueKind
	index int32 // of the column, season or instruction
	off   int32 // months ahead
	dims  dimSet
	k     float64
}

// An instruction computes one column of an expression. It varies by dims and
// has so many lanes.
type instruction struct {
	op      opcode
	dims    dimSet
	lanes   int32
	a, b, c value
	k       value // the constant
	extra   *extra
}

// extra is what the rarer instructions need besides their operands.
type extra struct {
	list  []float64 // of doLanes and doIn
	lanes []int32   // of doGather: by lane; of doReduce: by lane and member
	from  int32     // lanes of the operand of doGather, doReduce and doSpan
	// straight says that a doReduce adds up all lanes of the operand, in order.
	straight bool
	name     string // of a reduction or span
	// months is the length of a rolling span, the operand's month of doAt, and
	// at where the others are evaluated.
	months int32
	at     lowerAt
	picked []pick
	order  []int // dimensions of the lanes
	node   *node
	args   []value // of a doCall or doSeries; of more columns, those behind c
	guard  value   // a doCall computes where it holds; constant is everywhere
}

// A lowerAt is where an expression is lowered: so many months ahead, or in one
// month of the plan; for the members picked; where a condition holds.
type lowerAt struct {
	off   int32
	fixed bool  // off is a period
	picks int32 // index into lowering.picks
	guard int32 // index into lowering.guards
}

// A pick is one member of a dimension.
type pick struct{ dim, member int }

// A season is numbers by period alone: a calendar name, a ramp, a constant.
type season struct {
	name        string // "=" a constant, "ramp" a ramp
	k           float64
	month       int
	front, back int // months needed before the plan and behind it
	address     int // of the plan's first month
	values      []float64
}

// A columnRead says that a column reads another, from so many months ahead to
// so many. All of its months are kept where full.
type columnRead struct {
	column   int32
	from, to int32
	full     bool
}

// A columnKind is how a column's cells come about.
type columnKind uint8

const (
	columnFormula columnKind = iota
	columnInput
	columnBroken
)

// A column is a table of cells: a line's, or those of a part of a formula that
// functions of many months read.
type column struct {
	index, line int
	kind        columnKind
	helper      bool
	dims        []int
	lanes       int
	// front and back are the months kept before the plan and behind it, edge
	// what a helper has in front.
	front, back int
	edge        float64
	// wholly says that a helper is evaluated for all months at once.
	wholly  bool
	address int // of the plan's first month
	code    []instruction
	result  value
	reads   []columnRead
	flat    []flat
}
