package formula

import (
	"math"
	"slices"

	"centerplan/budget/finance"
)

// The modes of tiered.
const (
	graduatedMode = "graduated"
	slabMode      = "slab"
)

var flowParam = Param{Name: "flow"}

var moneyFunctions = []function{
	{Function: Function{
		Name: "npv", Group: "money", Unit: "same",
		Params: []Param{ratio("rate"), {Name: "flow", Unit: "same"}},
		Doc: doc(
			"The net present value of a flow over all months of the plan: income above zero, spending below. The rate is annual and effective; the first month is not discounted. The same in every month.",
			"计划全部月份现金流的净现值：流入为正，流出为负。rate 为年实际利率，第一个月不折现。各月取值相同。"),
		Examples: []Example{
			example("npv(21%, period == 7 ? 1100 : 0)", 1000),
			example("npv(10%, period == 1 ? -1000 : 0)", -1000),
		},
	}, series: netPresentValue, constant: true, bound: true},
	{Function: Function{
		Name: "irr", Group: "money", Unit: "ratio", Params: []Param{flowParam},
		Doc: doc(
			"The internal rate of return of a flow over all months of the plan: the annual effective rate at which it is worth zero. It fails where there is no such rate, or more than one.",
			"计划全部月份现金流的内部收益率，即净现值为零的年实际利率。不存在或不唯一时出错。"),
		Examples: []Example{example("irr(period == 1 ? -1000 : period == 12 ? 1100 : 0)", math.Pow(1.1, 12.0/11)-1)},
	}, series: internalRate, constant: true, bound: true},
	{Function: Function{
		Name: "payback", Group: "money", Unit: "month", Params: []Param{flowParam, optionalRatio("rate")},
		Doc: doc(
			"After how many months, from the first, the flow has paid back: when its running total rises from below zero for the last time. With a rate, annual and effective, it is the discounted payback. It fails where the plan ends below zero.",
			"投资回收期：从第一个月算起，累计现金流最后一次由负转正所需的月数。给出年实际利率 rate 时为动态回收期。期末累计仍为负则出错。"),
		Examples: []Example{
			example("payback(period == 1 ? -60000 : 20000)", 3),
			example("payback(period == 1 ? -50000 : 20000)", 2.5),
			example("payback(period == 1 ? -1000 : period == 7 ? 1100 : 0, 21%)", 6),
		},
	}, series: paidBack, constant: true, bound: true},
	{Function: Function{
		Name: "tiered", Group: "money",
		Params: []Param{
			{Name: "volume"},
			{Name: "prices", Kind: PriceList},
			{Name: "mode", Kind: Option, Options: []string{graduatedMode, slabMode}},
		},
		Doc: doc(
			"What a month's volume costs by a price table, in the plan's currency. With \"graduated\" each unit has the price of its own tier, with \"slab\" all units have that of the tier reached, so that more may cost less; the plan's notes say where. The table's minimum commitment is billed at least.",
			"按价格表计算当月数量的费用，以计划币种计。\"graduated\" 为分段累进，每一单位按其所在档计价；\"slab\" 为全量按所达档计价，量多反而可能更便宜，备注会指出位置。至少按表中的承诺量计费。"),
		Examples: []Example{
			example(`tiered(60000, "bpo", "graduated")`, 189000),
			example(`tiered(60000, "bpo", "slab")`, 174000),
			example(`tiered(volume["voice"], "bpo", "slab")`, 9600),
		},
	}, local: tieredPrice, units: (*checker).priced, bound: true},
	{Function: Function{
		Name: "depreciate", Group: "money", Unit: "same",
		Params: []Param{{Name: "amount", Unit: "same"}, {Name: "months", Unit: "month"}},
		Doc: doc(
			"Straight-line depreciation: each month's amount in equal parts over so many months, the first in the month it is spent.",
			"直线法折旧（摊销）：每月的投入按月数平均分摊，从投入当月开始。"),
		Examples: []Example{
			example("depreciate(period == 2 ? 2400 : 0, 24)", 100),
			example("depreciate(cost, 12)", 5000),
			{"depreciate(period == 2 ? 2400 : 0, 24)", "2027-01", 0},
		},
	}, series: depreciation, bound: true, back: func(*node) bool { return true }},
	{Function: Function{
		Name: "employer_contributions", Group: "money",
		Params: []Param{
			{Name: "wage"},
			{Name: "contributions", Kind: ContributionList},
			{Name: "item", Kind: ContributionItem, Optional: true},
		},
		Doc: doc(
			"What the employer pays on one person's wage by a table of contributions, such as social insurance and housing fund: for each item the wage, but at least its floor and at most its cap, times its rate. With an item's code, that item alone. The result is in the wage's unit.",
			"按缴费表计算单位为一名员工缴纳的费用（社会保险、住房公积金等）：各项以工资为基数，低于下限按下限、高于上限按上限，乘以比例后相加。写明项目代码时只算该项。结果与工资同单位。"),
		Examples: []Example{
			example(`employer_contributions(6000, "city")`, 1980),
			example(`employer_contributions(3000, "city")`, 1320),
			example(`employer_contributions(50000, "city")`, 6600),
			example(`employer_contributions(6000, "city", "housing")`, 480),
		},
	}, local: employerContributions, units: (*checker).contributed, bound: true},
}

// everyMonth fills a series with one answer, or with none.
func everyMonth(out []float64, v float64, err error) error {
	if err != nil {
		return err
	}
	for i := range out {
		out[i] = v
	}
	return nil
}

func netPresentValue(_ *call, a [][]float64, out []float64) error {
	v, err := finance.NPVMonthly(a[0], a[1])
	return everyMonth(out, v, err)
}

func internalRate(_ *call, a [][]float64, out []float64) error {
	v, err := finance.IRRMonthly(a[0])
	return everyMonth(out, v, err)
}

func paidBack(_ *call, a [][]float64, out []float64) error {
	if len(a) == 1 {
		v, err := finance.Payback(a[0])
		return everyMonth(out, v, err)
	}
	v, err := finance.DiscountedPaybackMonthly(a[1], a[0])
	return everyMonth(out, v, err)
}

func depreciation(_ *call, a [][]float64, out []float64) error {
	return finance.Depreciate(a[0], a[1], out)
}

func tieredPrice(c *call, a []float64) (float64, error) {
	mode := finance.Graduated
	if c.option == slabMode {
		mode = finance.Slab
	}
	return c.resolved(0).(finance.Tariff).Total(mode, a[0])
}

func employerContributions(c *call, a []float64) (float64, error) {
	items := c.resolved(0).([]finance.Item[float64])
	if c.option == "" {
		total, _, err := finance.Contributions(items, a[0])
		return total, err
	}
	codes := c.part.part.(ContributionTable).codes()
	return finance.Contribution(items[slices.Index(codes, c.option)], a[0])
}
