package formula

var anyNumber = Param{Name: "x", Unit: "same"}

func reachBack(n *node) window {
	if len(n.args) > 1 {
		if k, ok := literal(n.args[1]); ok && k >= 1 {
			return window{-k, -k}
		}
		return window{-forever, -1}
	}
	return window{-1, -1}
}

func reachAhead(n *node) window {
	w := reachBack(n)
	return window{-w.to, -w.from}
}

func reachWhole(*node) window { return window{-forever, forever} }
func reachYear(*node) window  { return window{1 - monthsOfYear, monthsOfYear - 1} }
func reachPast(*node) window  { return window{-forever, 0} }

func reachRolling(n *node) window {
	if k, ok := literal(n.args[1]); ok && k >= 1 {
		return window{1 - k, 0}
	}
	return window{-forever, 0}
}

// literal returns a whole number written as such.
func literal(n *node) (int, bool) {
	if n.op != opNumber || n.value != float64(int(n.value)) || n.value > forever {
		return 0, false
	}
	return int(n.value), true
}

var periods = Param{Name: "n", Unit: "month"}

var timeFunctions = []function{
	{Function: Function{
		Name: "prev", Group: "time", Params: []Param{anyNumber, {Name: "n", Unit: "month", Optional: true}}, Unit: "same",
		Doc: doc(
			"The value of any expression one month earlier, or n months. Before the plan begins each line gives its opening value.",
			"任意表达式在上个月（或 n 个月前）的值。计划开始之前，各行取其期初值。"),
		Examples: []Example{example("prev(headcount)", 104), example("prev(headcount, 2)", 100), {"prev(headcount)", "2027-01", 96}},
	}, eval: (*frame).shift, lower: (*lowering).shift, reach: reachBack, bound: true},
	{Function: Function{
		Name: "next", Group: "time", Params: []Param{anyNumber, {Name: "n", Unit: "month", Optional: true}}, Unit: "same",
		Doc: doc(
			"The value of any expression one month later, or n months. Past the plan's last month there is none.",
			"任意表达式在下个月（或 n 个月后）的值。超出计划最后一个月则没有值。"),
		Examples: []Example{example("next(headcount)", 112), example("next(headcount, 2)", 116)},
	}, eval: (*frame).shift, lower: (*lowering).shift, reach: reachAhead, bound: true},
	{Function: Function{
		Name: "cumulate", Group: "time", Params: []Param{anyNumber}, Unit: "same",
		Doc:      doc("The sum of all months from the plan's first up to this one.", "从计划第一个月到本月的累计。"),
		Examples: []Example{example("cumulate(cost)", 60000)},
	}, eval: (*frame).overMonths, lower: (*lowering).overMonths, reach: reachPast, bound: true, loops: true},
	{Function: Function{
		Name: "ytd", Group: "time", Params: []Param{anyNumber}, Unit: "same",
		Doc: doc(
			"The sum of the fiscal year's months up to this one, as far as they are in the plan.",
			"本财年截至本月的累计（以计划内的月份为限）。"),
		Examples: []Example{example("ytd(cost)", 60000), {"ytd(cost)", "2027-01", 10000}},
	}, eval: (*frame).overMonths, lower: (*lowering).overMonths, reach: reachPast, bound: true, loops: true},
	{Function: Function{
		Name: "rolling", Group: "time", Params: []Param{anyNumber, periods}, Unit: "same",
		Doc: doc(
			"The sum of the last n months, this one included. It needs n months; divide by n for a moving average.",
			"最近 n 个月（含本月）的合计，必须已有 n 个月；除以 n 即移动平均。"),
		Examples: []Example{example("rolling(cost, 2)", 50000), example("rolling(cost, 3) / 3", 20000)},
	}, eval: (*frame).overMonths, lower: (*lowering).overMonths, reach: reachRolling, bound: true, loops: true},
	{Function: Function{
		Name: "year_total", Group: "time", Params: []Param{anyNumber}, Unit: "same",
		Doc: doc(
			"The sum of all months of this month's fiscal year that are in the plan.",
			"本月所在财年中计划内各月的合计。"),
		Examples: []Example{example("year_total(cost)", 780000)},
	}, eval: (*frame).overMonths, lower: (*lowering).overMonths, reach: reachYear, bound: true, loops: true},
	{Function: Function{
		Name: "plan_total", Group: "time", Params: []Param{anyNumber}, Unit: "same",
		Doc:      doc("The sum of all months of the plan.", "计划全部月份的合计。"),
		Examples: []Example{example("cost / plan_total(cost)", 30000.0/780000)},
	}, eval: (*frame).overMonths, lower: (*lowering).overMonths, reach: reachWhole, bound: true, loops: true},
	{Function: Function{
		Name: "at", Group: "time", Params: []Param{anyNumber, {Name: "month", Kind: MonthText}}, Unit: "same",
		Doc:      doc("The value of any expression in the named month of the plan.", "任意表达式在计划中指定月份的值。"),
		Examples: []Example{example(`at(headcount, "2027-01")`, 100), example(`headcount / at(headcount, "2027-01")`, 1.08)},
	}, eval: (*frame).atMonth, lower: (*lowering).atMonth, reach: reachWhole, bound: true},
	{Function: Function{
		Name: "ramp", Group: "time", Unit: "ratio",
		Params: []Param{{Name: "month", Kind: MonthText}, {Name: "months", Unit: "month"}},
		Doc: doc(
			"A share that is 0 before the named month, grows evenly from it and is 1 in the last of so many months and ever after.",
			"渐进系数：指定月份之前为 0，从该月起逐月均匀上升，到第 months 个月达到 1 并保持。"),
		Examples: []Example{example(`ramp("2027-02", 4)`, 0.5), {`ramp("2027-02", 4)`, "2027-01", 0}, {`ramp("2027-02", 4)`, "2027-12", 1}},
	}, eval: (*frame).ramp, lower: (*lowering).ramp, bound: true},
	{Function: Function{
		Name: "last_year", Group: "time", Params: []Param{anyNumber}, Unit: "same",
		Doc: doc(
			"The value of any expression twelve months earlier. Before the plan begins each line gives its history.",
			"任意表达式在去年同月的值。计划开始之前，各行取其历史数据。"),
		Examples: []Example{
			example("last_year(cost)", 27000), example("cost / last_year(cost) - 1", 30000.0/27000-1),
			example("last_year(ytd(cost))", 54000),
		},
	}, past: true, reach: func(*node) window { return window{-monthsOfYear, -monthsOfYear} }, bound: true},
	{Function: Function{
		Name: "live", Group: "time", Params: []Param{{Name: "initiative", Kind: LiveName}}, Unit: "ratio",
		Doc: doc(
			"1 from the month an initiative goes live, 0 before and for one that is not approved.",
			"举措上线当月起为 1，之前为 0；未批准的举措始终为 0。"),
		Examples: []Example{example(`live("self_service")`, 0), {`live("self_service")`, "2027-07", 1}, example(`live("night_shift")`, 0)},
	}, local: isLive, bound: true},
}

// isLive answers live.
func isLive(c *call, _ []float64) (float64, error) {
	return truth(c.period >= c.prog.scope.Live[c.option]), nil
}
