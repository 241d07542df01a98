package formula

import (
	"slices"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// kindNames names the kinds of parameters for help and the API.
var kindNames = map[ParamKind]string{
	Number: "number", MonthText: "month", DimName: "dimension", Option: "option", Policy: "policy",
	PriceList: "price_table", ContributionList: "contribution_table", ContributionItem: "contribution_item",
	HiringPlan: "hiring_plan", LiveName: "initiative",
}

// String names the kind, empty for one help does not know.
func (k ParamKind) String() string { return kindNames[k] }

// A Word is a sign or a name of the language that is no function.
type Word struct {
	// Texts are the ways to write it.
	Texts []string
	// Group is the heading it stands under: signs, logic, members or calendar.
	Group    string
	Doc      document.Text
	Examples []Example
}

// Words returns the signs and names of the language, in the order help shows
// them.
func Words() []Word {
	all := slices.Clone(words)
	for i := range all {
		all[i].Texts, all[i].Examples = slices.Clone(all[i].Texts), slices.Clone(all[i].Examples)
	}
	return all
}

// Reserved returns the names no line may have, beside the plan's dimensions,
// in alphabetical order.
func Reserved() []string {
	all := slices.Concat(keywords, calendarNames)
	slices.Sort(all)
	return all
}

// Lookup returns the function of the name. An unknown one is a problem of kind
// NotFound that suggests the nearest.
func Lookup(name string) (Function, error) {
	if f, ok := functions[name]; ok {
		return f.Function, nil
	}
	key, args := suggesting("formula.unknown_function", name, functionNames())
	return Function{}, problem.Problem{Kind: problem.NotFound, Key: key, Args: args}
}

var words = []Word{
	{
		Texts: []string{"+", "-", "*", "/"}, Group: "signs",
		Doc: doc(
			"The four operations. × ÷ and other full-width signs are taken too. A division by zero is an error in that cell, never a number.",
			"四则运算，也可写 ×、÷ 等全角符号。除以零时该单元格报错，绝不给出数字。"),
		Examples: []Example{example("(cost - 10000) / 4 * 2", 10000)},
	},
	{
		Texts: []string{"**", "^"}, Group: "signs",
		Doc: doc(
			"To the power of. The exponent is a plain number.",
			"乘方。指数是不带单位的数。"),
		Examples: []Example{example("1.12 ** 2", 1.2544000000000002)},
	},
	{
		Texts: []string{"%"}, Group: "signs",
		Doc: doc(
			"Behind a number, per cent: 5% is 0.05. There is no remainder.",
			"写在数字之后表示百分之：5% 即 0.05。没有取余运算。"),
		Examples: []Example{example("cost * 5%", 1500)},
	},
	{
		Texts: []string{"==", "!=", "<", "<=", ">", ">="}, Group: "logic",
		Doc: doc(
			"Comparisons. Both sides have one unit; a single = is not a comparison.",
			"比较。两边须为同一单位；单个 = 不是比较。"),
		Examples: []Example{example("cost >= 30000 ? 1 : 0", 1)},
	},
	{
		Texts: []string{"and", "or", "not"}, Group: "logic",
		Doc: doc(
			"Both, either, or the opposite of a condition.",
			"且、或、非，用于条件。"),
		Examples: []Example{example("cost > 0 and not (month == 12) ? 1 : 0", 1)},
	},
	{
		Texts: []string{"in"}, Group: "logic",
		Doc: doc(
			"Whether a value is in a list that is written out.",
			"判断一个值是否在写出的列表中。"),
		Examples: []Example{example("month in [1, 2, 3] ? cost : 0", 30000)},
	},
	{
		Texts: []string{"? :", "if else"}, Group: "logic",
		Doc: doc(
			"One value or another, by a condition. Both have one unit.",
			"按条件取两个值之一，二者须为同一单位。"),
		Examples: []Example{example("cost > 20000 ? 1 : 2", 1), example("if cost > 40000 { 1 } else { 2 }", 2)},
	},
	{
		Texts: []string{"let"}, Group: "logic",
		Doc: doc(
			"Names an intermediate result within the formula.",
			"在公式内给中间结果起名。"),
		Examples: []Example{example("let half = cost / 2; half + half", 30000)},
	},
	{
		Texts: []string{`line["member"]`}, Group: "members",
		Doc: doc(
			"The value of a line for one member of a dimension. Picks chain in any order.",
			"取某行在维度中一个成员上的值，可连续选取，次序不限。"),
		Examples: []Example{example(`volume["chat"]`, 500)},
	},
	{
		Texts: []string{`dimension == "member"`}, Group: "members",
		Doc: doc(
			"Whether this is the cell of that member, in a line that varies along the dimension.",
			"在按该维度展开的行里，判断当前是否为此成员。"),
		Examples: []Example{example(`sum(queue == "voice" ? volume : 0)`, 3000)},
	},
	{
		Texts: []string{"month"}, Group: "calendar",
		Doc:      doc("The month of the year, 1 to 12.", "月份，1 到 12。"),
		Examples: []Example{example("month", 3)},
	},
	{
		Texts: []string{"quarter"}, Group: "calendar",
		Doc:      doc("The quarter of the fiscal year, 1 to 4.", "财年的季度，1 到 4。"),
		Examples: []Example{example("quarter", 1)},
	},
	{
		Texts: []string{"year"}, Group: "calendar",
		Doc:      doc("The fiscal year.", "财年。"),
		Examples: []Example{example("year", 2027)},
	},
	{
		Texts: []string{"period"}, Group: "calendar",
		Doc:      doc("The month's number in the plan, from 1.", "本月在计划中的序号，从 1 起。"),
		Examples: []Example{example("period", 3)},
	},
	{
		Texts: []string{"days"}, Group: "calendar",
		Doc:      doc("The days of the month.", "当月天数。"),
		Examples: []Example{example("days", 31)},
	},
	{
		Texts: []string{"workdays"}, Group: "calendar",
		Doc:      doc("The working days of the month: weekdays that are no holidays, and make-up workdays.", "当月工作日数：非节假日的平日，加上调休上班日。"),
		Examples: []Example{example("workdays", 23)},
	},
	{
		Texts: []string{"restdays"}, Group: "calendar",
		Doc:      doc("The days of the month that are neither workdays nor holidays.", "当月既非工作日也非节假日的天数。"),
		Examples: []Example{example("restdays", 8)},
	},
	{
		Texts: []string{"holidays"}, Group: "calendar",
		Doc:      doc("The public holidays of the month, as the plan's calendar lists them.", "当月的法定节假日天数，以计划日历所列为准。"),
		Examples: []Example{example("holidays", 0)},
	},
}
