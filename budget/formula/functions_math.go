package formula

import (
	"math"

	"centerplan/planning/problem"
)

// refuse is the error of a scalar function.
func refuse(key string, args problem.Args) error {
	return problem.Problem{Kind: problem.Invalid, Key: key, Args: args}
}

func reduceParams() []Param {
	return []Param{anyNumber, {Name: "dimension", Kind: DimName, Optional: true}}
}

var dimensionFunctions = []function{
	{Function: Function{
		Name: "sum", Group: "dimensions", Params: reduceParams(), Unit: "same",
		Doc: doc(
			"The sum over all members of the expression's dimensions, or of the one named.",
			"按表达式的全部维度（或指定的一个维度）对各成员求和。"),
		Examples: []Example{example("sum(volume)", 3500), example("hours(sum(volume * aht))", 725.0/3)},
	}, eval: (*frame).overMembers, lower: (*lowering).overMembers, reduces: true, loops: true},
	{Function: Function{
		Name: "average", Group: "dimensions", Params: reduceParams(), Unit: "same",
		Doc:      doc("The plain mean over the members.", "各成员的算术平均。"),
		Examples: []Example{example("average(volume)", 1750)},
	}, eval: (*frame).overMembers, lower: (*lowering).overMembers, reduces: true, loops: true},
	{Function: Function{
		Name: "lowest", Group: "dimensions", Params: reduceParams(), Unit: "same",
		Doc:      doc("The smallest value among the members.", "各成员中的最小值。"),
		Examples: []Example{example("lowest(volume, queue)", 500)},
	}, eval: (*frame).overMembers, lower: (*lowering).overMembers, reduces: true, loops: true},
	{Function: Function{
		Name: "highest", Group: "dimensions", Params: reduceParams(), Unit: "same",
		Doc:      doc("The largest value among the members.", "各成员中的最大值。"),
		Examples: []Example{example("highest(volume, queue)", 3000)},
	}, eval: (*frame).overMembers, lower: (*lowering).overMembers, reduces: true, loops: true},
	{Function: Function{
		Name: "share", Group: "dimensions", Params: []Param{{Name: "x"}, {Name: "dimension", Kind: DimName, Optional: true}}, Unit: "ratio",
		Doc:      doc("The current member's share of the sum over the members.", "当前成员占各成员合计的比重。"),
		Examples: []Example{example(`share(volume)["voice"]`, 3000.0/3500)},
	}, eval: (*frame).share, lower: (*lowering).share, reduces: true, keeps: true, loops: true},
}

// slack is how far from a whole or half number still counts as on it: a part in
// 1e9 where numbers are small, never more than a millionth unless the number's
// own last digits are coarser.
func slack(x float64) float64 {
	switch x = math.Abs(x); {
	case x <= 1:
		return 1e-9
	case x < 999:
		return float64(1e-9 * x)
	case x > 1001 && x < 2e8:
		return 1e-6
	default:
		return max(min(1e-9*x, 1e-6), 4e-15*x)
	}
}

// ceil rounds up, ignoring binary noise. A number too large to have a fraction
// stays as it is, and there is no negative zero.
func ceil(x float64) float64 {
	if size := math.Abs(x); size > 1 && size < 999 { // the same slack, sooner
		return math.Ceil(x - float64(1e-9*size))
	}
	if math.Abs(x) >= 1<<52 {
		return x
	}
	return math.Ceil(x-slack(x)) + 0
}

// roundTo rounds half away from zero to so many decimal places, ignoring
// binary noise: 2.675 to two places is 2.68.
func roundTo(x, digits float64) (float64, error) {
	if digits != math.Trunc(digits) || math.Abs(digits) > 15 {
		return 0, refuse("formula.digits_range", problem.Args{"got": write(digits)})
	}
	size := math.Pow(10, math.Abs(digits))
	scaled := x * size
	if digits < 0 {
		scaled = x / size
	}
	if math.IsInf(scaled, 0) || math.Abs(scaled) >= 1<<52 {
		return x, nil
	}
	whole := math.Copysign(math.Floor(math.Abs(scaled)+0.5+slack(scaled)), scaled) + 0
	if digits < 0 {
		return whole * size, nil
	}
	return whole / size, nil
}

func positive(name string, x float64) error {
	if x > 0 {
		return nil
	}
	return refuse("formula.not_positive", problem.Args{"function": name, "got": write(x)})
}

var numberFunctions = []function{
	{Function: Function{
		Name: "abs", Group: "numbers", Params: []Param{anyNumber}, Unit: "same",
		Doc:      doc("The number without its sign.", "绝对值。"),
		Examples: []Example{example("abs(-3.5)", 3.5)},
	}, kernel: doAbs, scalar: func(a []float64) (float64, error) { return math.Abs(a[0]), nil }},
	{Function: Function{
		Name: "ceil", Group: "numbers", Params: []Param{anyNumber}, Unit: "same",
		Doc: doc(
			"The next whole number up. Binary noise is ignored: 17 / (1 - 0.32) is 25.",
			"向上取整，忽略二进制误差：17 / (1 - 0.32) 得 25。"),
		Examples: []Example{example("ceil(17 / (1 - 0.32))", 25), example("ceil(2.1)", 3)},
	}, kernel: doCeil, scalar: func(a []float64) (float64, error) { return ceil(a[0]), nil }},
	{Function: Function{
		Name: "floor", Group: "numbers", Params: []Param{anyNumber}, Unit: "same",
		Doc:      doc("The next whole number down; binary noise is ignored.", "向下取整，忽略二进制误差。"),
		Examples: []Example{example("floor(2.9)", 2), example("floor(0.1 * 3 / 0.1)", 3)},
	}, kernel: doFloor, scalar: func(a []float64) (float64, error) { return 0 - ceil(-a[0]), nil }},
	{Function: Function{
		Name: "round", Group: "numbers", Unit: "same",
		Params: []Param{anyNumber, {Name: "digits", Unit: "ratio", Optional: true}},
		Doc: doc(
			"Rounded half away from zero, to so many decimal places; binary noise is ignored.",
			"四舍五入到指定小数位（缺省为整数），忽略二进制误差。"),
		Examples: []Example{example("round(2.5)", 3), example("round(2.675, 2)", 2.68), example("round(12345, -2)", 12300)},
	}, kernel: doRound, scalar: func(a []float64) (float64, error) { return roundTo(a[0], optional(a, 1, 0)) }},
	{Function: Function{
		Name: "min", Group: "numbers", Params: []Param{anyNumber}, Repeats: true, Unit: "same",
		Doc:      doc("The smallest of its arguments.", "各参数中的最小值。"),
		Examples: []Example{example("min(3, 1, 2)", 1)},
	}, kernel: doMin, scalar: func(a []float64) (float64, error) {
		least := a[0]
		for _, x := range a[1:] {
			if x < least {
				least = x
			}
		}
		return least, nil
	}},
	{Function: Function{
		Name: "max", Group: "numbers", Params: []Param{anyNumber}, Repeats: true, Unit: "same",
		Doc:      doc("The largest of its arguments.", "各参数中的最大值。"),
		Examples: []Example{example("max(headcount, 110)", 110)},
	}, kernel: doMax, scalar: func(a []float64) (float64, error) {
		most := a[0]
		for _, x := range a[1:] {
			if x > most {
				most = x
			}
		}
		return most, nil
	}},
	{Function: Function{
		Name: "clamp", Group: "numbers", Unit: "same",
		Params: []Param{anyNumber, {Name: "low", Unit: "same"}, {Name: "high", Unit: "same"}},
		Doc:    doc("The number, but at least low and at most high.", "把数值限制在 low 与 high 之间。"), Examples: []Example{example("clamp(1.2, 0, 1)", 1)},
	}, kernel: doClamp, scalar: func(a []float64) (float64, error) {
		if a[1] > a[2] {
			return 0, refuse("formula.clamp_order", problem.Args{"low": write(a[1]), "high": write(a[2])})
		}
		return min(max(a[0], a[1]), a[2]), nil
	}},
	{Function: Function{
		Name: "sqrt", Group: "numbers", Params: []Param{{Name: "x"}},
		Doc: doc("The square root.", "平方根。"), Examples: []Example{example("sqrt(2.25)", 1.5)},
	}, units: (*checker).root, kernel: doSqrt, scalar: func(a []float64) (float64, error) {
		if a[0] < 0 {
			return 0, refuse("formula.sqrt_negative", problem.Args{"got": write(a[0])})
		}
		return math.Sqrt(a[0]), nil
	}},
	{Function: Function{
		Name: "exp", Group: "numbers", Params: []Param{{Name: "x", Unit: "ratio"}}, Unit: "ratio",
		Doc: doc("e to the power x.", "自然指数 e 的 x 次方。"), Examples: []Example{example("exp(0)", 1)},
	}, scalar: func(a []float64) (float64, error) { return math.Exp(a[0]), nil }},
	{Function: Function{
		Name: "log", Group: "numbers", Params: []Param{{Name: "x", Unit: "ratio"}}, Unit: "ratio",
		Doc: doc("The natural logarithm.", "自然对数。"), Examples: []Example{example("log(exp(2))", 2)},
	}, scalar: func(a []float64) (float64, error) { return math.Log(a[0]), positive("log", a[0]) }},
	{Function: Function{
		Name: "pow", Group: "numbers", Params: []Param{{Name: "x"}, {Name: "power", Unit: "ratio"}},
		Doc: doc("x to a power, the same as x ** power.", "x 的 power 次方，与 x ** power 相同。"), Examples: []Example{example("pow(1.12, 2)", 1.2544000000000002)},
	}, units: (*checker).power, scalar: func(a []float64) (float64, error) { return pow(a[0], a[1]) }},
	{Function: Function{
		Name: "otherwise", Group: "numbers", Params: []Param{anyNumber, {Name: "y", Unit: "same"}}, Unit: "same",
		Doc: doc(
			"The first value, or the second where the first fails. Every use is listed in the plan's notes.",
			"第一个值；若其出错则取第二个值。每处使用都会列入计划的备注。"),
		Examples: []Example{example("otherwise(1 / 0, 7)", 7), example("otherwise(next(headcount, 12), headcount)", 108)},
	}, eval: (*frame).otherwise, lower: (*lowering).otherwise},
}

// pow refuses what has no real value.
func pow(x, power float64) (float64, error) {
	switch {
	case x == 0 && power < 0:
		return 0, refuse("formula.division_by_zero", nil)
	case x < 0 && power != math.Trunc(power):
		return 0, refuse("formula.pow_negative", problem.Args{"got": write(x), "power": write(power)})
	}
	return math.Pow(x, power), nil
}

// optional returns the i-th argument, or fallback if it is not there.
func optional(args []float64, i int, fallback float64) float64 {
	if i < len(args) {
		return args[i]
	}
	return fallback
}

func convertEntry(name string, en, zh string, examples ...Example) function {
	return function{Function: Function{
		Name: name, Group: "units", Params: []Param{{Name: "x"}}, Doc: doc(en, zh), Examples: examples,
	}, units: (*checker).convert, eval: (*frame).convert, lower: (*lowering).convert}
}

var unitFunctions = []function{
	convertEntry("seconds", "The same time in seconds.", "换算成以秒计的时间。", example("seconds(shift_length)", 28800)),
	convertEntry("minutes", "The same time in minutes.", "换算成以分钟计的时间。", example(`minutes(aht["voice"])`, 4)),
	convertEntry("hours", "The same time in hours.", "换算成以小时计的时间。", example(`hours(volume["voice"] * aht["voice"])`, 200)),
}
