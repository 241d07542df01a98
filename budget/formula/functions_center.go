package formula

import (
	"math"

	"centerplan/budget/capacity"
)

var (
	callsParam    = Param{Name: "calls", Unit: "contact"}
	intervalParam = Param{Name: "interval_min", Unit: "minute"}
	ahtParam      = Param{Name: "aht_s", Unit: "second/contact"}
	agentsParam   = Param{Name: "agents", Unit: "person"}
	withinParam   = Param{Name: "within_s", Unit: "second"}
	patienceParam = Param{Name: "patience_s", Unit: "second", Optional: true}
	volumeParam   = Param{Name: "volume", Unit: "contact"}
	repeatParam   = Param{Name: "repeat_share", Unit: "ratio"}
	policyParam   = Param{Name: "policy", Kind: Policy}
)

func ratio(name string) Param         { return Param{Name: name, Unit: "ratio"} }
func optionalRatio(name string) Param { return Param{Name: name, Unit: "ratio", Optional: true} }

var repeatFunctions = []function{
	{Function: Function{
		Name: "issues_from_contacts", Group: "repeats", Unit: "issue",
		Params: []Param{{Name: "contacts", Unit: "contact"}, repeatParam},
		Doc: doc(
			"The issues behind the contacts, when this share of the contacts are repeats.",
			"由联络量与重复联络占比推算背后的问题数。"),
		Examples: []Example{example("issues_from_contacts(7000000, 0.29)", 4970000)},
	}, units: (*checker).issues, scalar: func(a []float64) (float64, error) { return capacity.IssuesFromContacts(a[0], a[1]) }},
	{Function: Function{
		Name: "contacts_from_issues", Group: "repeats", Unit: "contact",
		Params: []Param{{Name: "issues", Unit: "issue"}, repeatParam},
		Doc: doc(
			"The contacts that issues cause, when this share of the contacts are repeats.",
			"由问题数与重复联络占比推算产生的联络量。"),
		Examples: []Example{example("contacts_from_issues(4970000, 0.29)", 7000000)},
	}, units: (*checker).issues, scalar: func(a []float64) (float64, error) { return capacity.ContactsFromIssues(a[0], a[1]) }},
	{Function: Function{
		Name: "repeat_share", Group: "repeats", Unit: "ratio", Params: []Param{ratio("fcr"), ratio("callback")},
		Doc: doc(
			"The share of contacts that are repeats: of the issues not resolved at first contact, this share comes back.",
			"重复联络占比：首次未解决的问题中有 callback 比例会再次联络。"),
		Examples: []Example{example("repeat_share(0.75, 0.8)", 0.2)},
	}, scalar: func(a []float64) (float64, error) { return capacity.RepeatShare(a[0], a[1]) }},
}

// queueOf makes the queue of an interval.
func queueOf(calls, intervalMin, aht, agents float64) (capacity.Queue, error) {
	load, err := capacity.OfferedLoad(calls, intervalMin, aht)
	if err != nil {
		return capacity.Queue{}, err
	}
	return capacity.NewQueue(load, agents, aht)
}

// goalOf makes the goal of agents(calls, interval_min, aht_s, target, within_s,
// max_occupancy) and the load.
func goalOf(a []float64) (capacity.Goal, float64, error) {
	goal := capacity.NewGoal(a[3], a[4])
	goal.MaxOccupancy = optional(a, 5, 1)
	load, err := capacity.OfferedLoad(a[0], a[1], a[2])
	return goal, load, err
}

func agentsParams() []Param {
	return []Param{
		callsParam, intervalParam, ahtParam, ratio("target"), withinParam, optionalRatio("max_occupancy"), patienceParam,
		optionalRatio("max_abandon"),
		{Name: "basis", Kind: Option, Optional: true, Options: []string{"sl_offered", "sl_answered", "sl_incl_ab", "sl_excl_short"}},
		{Name: "max_wait_s", Unit: "second", Optional: true},
	}
}

var queueFunctions = []function{
	{Function: Function{
		Name: "erlang_b", Group: "queues", Params: []Param{ratio("load"), ratio("lines")}, Unit: "ratio",
		Doc:      doc("The share of calls that find all lines busy (Erlang B).", "线路全忙而被阻塞的呼叫占比（Erlang B）。"),
		Examples: []Example{example("erlang_b(2, 3)", 4.0/19)},
	}, scalar: func(a []float64) (float64, error) { return capacity.ErlangB(a[0], a[1]) }},
	{Function: Function{
		Name: "erlang_b_lines", Group: "queues", Params: []Param{ratio("load"), ratio("max_blocking")}, Unit: "ratio",
		Doc:      doc("The fewest lines that block no more than this share of calls.", "阻塞率不超过给定值所需的最少线路数。"),
		Examples: []Example{example("erlang_b_lines(2, 0.25)", 3)},
	}, scalar: func(a []float64) (float64, error) {
		lines, err := capacity.ErlangBLines(a[0], a[1])
		return float64(lines), err
	}},
	{Function: Function{
		Name: "erlang_c", Group: "queues", Params: []Param{ratio("load"), agentsParam}, Unit: "ratio",
		Doc: doc(
			"The share of contacts that have to wait when nobody gives up (Erlang C); 1 where the agents do not keep up.",
			"无人放弃时需要排队的联络占比（Erlang C）；人手跟不上负荷时为 1。"),
		Examples: []Example{example("erlang_c(2, 3)", 4.0/9), example("erlang_c(3, 2)", 1)},
	}, scalar: func(a []float64) (float64, error) { return capacity.ErlangC(a[0], a[1]) }},
	{Function: Function{
		Name: "service_level", Group: "queues", Unit: "ratio", Params: []Param{callsParam, intervalParam, ahtParam, agentsParam, withinParam, patienceParam},
		Doc: doc(
			"The share of an interval's contacts that are answered in time.",
			"一个时段内在规定秒数内接起的联络占比（服务水平）。"),
		Examples: []Example{example("service_level(20, 30, 180, 3, 180)", 1-4.0/9*math.Exp(-1))},
	}, patience: 5, scalar: func(a []float64) (float64, error) {
		q, err := queueOf(a[0], a[1], a[2], a[3])
		return q.ServiceLevel(a[4]), err
	}},
	{Function: Function{
		Name: "answer_speed", Group: "queues", Unit: "second", Params: []Param{callsParam, intervalParam, ahtParam, agentsParam, patienceParam},
		Doc: doc(
			"The mean wait of an interval's contacts in seconds; it fails where the agents do not keep up.",
			"一个时段内联络的平均等待秒数；人手跟不上负荷时出错。"),
		Examples: []Example{example("answer_speed(20, 30, 180, 3)", 80)},
	}, patience: 4, scalar: func(a []float64) (float64, error) {
		q, err := queueOf(a[0], a[1], a[2], a[3])
		if err == nil {
			err = q.Unstable()
		}
		return q.AnswerSpeed(), err
	}},
	{Function: Function{
		Name: "occupancy", Group: "queues", Unit: "ratio", Params: []Param{callsParam, intervalParam, ahtParam, agentsParam, patienceParam},
		Doc:      doc("The share of the agents' time spent on contacts in an interval, at most 1.", "一个时段内坐席用于处理联络的时间占比，最多为 1。"),
		Examples: []Example{example("occupancy(20, 30, 180, 4)", 0.5)},
	}, patience: 4, scalar: func(a []float64) (float64, error) {
		q, err := queueOf(a[0], a[1], a[2], a[3])
		return q.Occupancy(), err
	}},
	{Function: Function{
		Name: "agents", Group: "queues", Unit: "person", Params: agentsParams(),
		Doc: doc(
			"The fewest agents, a whole number, that answer the target share in time at no more than the highest occupancy.",
			"在占用率上限内达到目标服务水平所需的最少坐席数（整数）。"),
		Examples: []Example{example("agents(100, 30, 240, 0.8, 20)", 17), example("agents(100, 30, 240, 0.8, 20, 0.7)", 20)},
	}, patience: 6, scalar: func(a []float64) (float64, error) {
		goal, load, err := goalOf(a)
		if err != nil {
			return 0, err
		}
		n, _, err := capacity.Agents(load, a[2], goal)
		return float64(n), err
	}},
	{Function: Function{
		Name: "agents_exact", Group: "queues", Unit: "person", Params: agentsParams(),
		Doc: doc(
			"The same as agents, but fractional: where the continued Erlang formula meets the goal exactly.",
			"与 agents 相同，但给出恰好达标的小数坐席数。"),
		Examples: []Example{example("agents_exact(90, 30, 240, 0.5, 60, 0.8)", 15)},
	}, patience: 6, scalar: func(a []float64) (float64, error) {
		goal, load, err := goalOf(a)
		if err != nil {
			return 0, err
		}
		return capacity.AgentsExact(load, a[2], goal)
	}},
}

var capacityFunctions = []function{
	{Function: Function{
		Name: "required_fte", Group: "capacity", Params: []Param{volumeParam, ahtParam, policyParam}, Unit: "person",
		Doc: doc(
			"The full-timers a month's contacts need under the staffing policy, sized interval by interval.",
			"按排班策略逐时段测算，一个月的联络量所需的全职人力。"),
		Examples: []Example{example(`required_fte(volume["chat"], aht["chat"], "flat")`, 744/(184*0.7))},
	}, local: requiredFTE, bound: true},
	{Function: Function{
		Name: "agent_hours", Group: "capacity", Params: []Param{volumeParam, ahtParam, policyParam}, Unit: "hour",
		Doc:      doc("The agent-hours of all intervals of the month under the staffing policy.", "按排班策略，一个月各时段坐席工时的合计。"),
		Examples: []Example{example(`agent_hours(volume["chat"], aht["chat"], "flat")`, 744)},
	}, local: agentHours, bound: true},
	{Function: Function{
		Name: "peak_agents", Group: "capacity", Params: []Param{volumeParam, ahtParam, policyParam}, Unit: "person",
		Doc:      doc("The agents of the month's fullest interval under the staffing policy.", "按排班策略，一个月中最忙时段的坐席数。"),
		Examples: []Example{example(`peak_agents(volume["chat"], aht["chat"], "flat")`, 1)},
	}, local: peakAgents, bound: true},
	{Function: Function{
		Name: "achieved_service", Group: "capacity", Unit: "ratio",
		Params: []Param{volumeParam, ahtParam, {Name: "fte", Unit: "person"}, policyParam},
		Doc: doc(
			"The month's service level with so many full-timers: every interval has its required agents × fte ÷ required fte.",
			"给定全职人力时一个月的服务水平：各时段坐席数 = 所需坐席 × fte ÷ 所需全职人力。"),
		Examples: []Example{example(`achieved_service(0, 300, 10, "flat")`, 1)},
	}, local: achievedService, bound: true},
	{Function: Function{
		Name: "deferred_fte", Group: "capacity", Unit: "person",
		Params: []Param{
			volumeParam, ahtParam,
			{Name: "opening_backlog", Unit: "contact"},
			{Name: "closing_backlog", Unit: "contact"},
			ratio("occupancy"), ratio("shrinkage"),
			{Name: "paid_hours", Unit: "hour/person"},
		},
		Doc: doc(
			"The full-timers for work that can wait, from the month's volume and the backlog before and after.",
			"可延后处理的工作（工单、邮件等）所需全职人力，计入期初与期末积压。"),
		Examples: []Example{example("deferred_fte(10000, 360, 2000, 1000, 0.8, 0.25, 160)", 1100/0.8/0.75/160)},
	}, scalar: func(a []float64) (float64, error) {
		return capacity.Deferred{
			Volume: a[0], AHT: a[1], Opening: a[2], Closing: a[3], Occupancy: a[4], Shrinkage: a[5], PaidHours: a[6],
		}.FTE()
	}},
	{Function: Function{
		Name: "gross_up", Group: "capacity", Params: []Param{anyNumber, ratio("shrinkage")}, Unit: "same",
		Doc:      doc("What must be paid so that this is left after shrinkage: x ÷ (1 − shrinkage).", "考虑缩减率后需要的总量：x ÷（1 − 缩减率）。"),
		Examples: []Example{example("gross_up(42, 0.3)", 42/(1-0.3))},
	}, scalar: func(a []float64) (float64, error) { return capacity.GrossUp(a[0], a[1]) }},
}

var peopleFunctions = []function{
	{Function: Function{
		Name: "attrition_monthly", Group: "people", Unit: "ratio",
		Params: []Param{ratio("annual"), {Name: "measure", Kind: Option, Optional: true, Options: []string{"survival"}}},
		Doc: doc(
			"The monthly share of leavers. Annual attrition is leavers over average headcount, so a twelfth; with \"survival\" it is the share of people gone within a year.",
			"月流失率。年流失率按“离职人数 ÷ 平均人数”口径，即除以 12；写 \"survival\" 则按一年内离开的人员占比折算。"),
		Examples: []Example{example("attrition_monthly(0.6)", 0.05), example(`attrition_monthly(0.6, "survival")`, 1-math.Pow(0.4, 1.0/12))},
	}, local: attritionMonthly},
}

// monthSize sizes the call's month under its staffing policy.
func monthSize(c *call, a []float64) (capacity.MonthSize, error) {
	days, paid := c.month()
	return c.sizer.Month(c.resolved(0).(capacity.Staffing), days, a[0], a[1], paid)
}

func requiredFTE(c *call, a []float64) (float64, error) {
	size, err := monthSize(c, a)
	return size.FTE, err
}

func agentHours(c *call, a []float64) (float64, error) {
	size, err := monthSize(c, a)
	return size.AgentHours, err
}

func peakAgents(c *call, a []float64) (float64, error) {
	size, err := monthSize(c, a)
	return float64(size.PeakAgents), err
}

func achievedService(c *call, a []float64) (float64, error) {
	days, paid := c.month()
	service, err := c.sizer.Achieved(c.resolved(0).(capacity.Staffing), days, a[0], a[1], paid, a[2])
	return service.ServiceLevel, err
}

func attritionMonthly(c *call, a []float64) (float64, error) {
	if c.option == "survival" {
		return capacity.AttritionSurvival(a[0])
	}
	return capacity.AttritionMonthly(a[0])
}
