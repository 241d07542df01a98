package formula

import (
	"centerplan/budget/capacity"
	"centerplan/planning/document"
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
	{Function: Function{
		Name: "with_redials", Group: "repeats", Unit: "contact",
		Params: intervalParams(agentsParam, withPatient, ratio("redial")),
		Doc: doc(
			"An interval's calls with those made again: of the calls that hang up this share calls once more, and may hang up again (Erlang A). Solved to 1e-12 of the calls; it fails where calls pile up without end.",
			"一个时段的来电量加上重拨：放弃的来电中有 redial 比例会再拨，且可能再次放弃（Erlang A）。求解精度为来电量的 1e-12；来电无限累积时出错。"),
		Examples: []Example{
			example("with_redials(100, 30, 180, 14, 120, 0)", 100), example("with_redials(100, 30, 180, 0, 120, 0.5)", 200),
		},
	}, scalar: func(a []float64) (float64, error) {
		return capacity.Redials{Calls: a[0], IntervalMin: a[1], AHT: a[2], Agents: a[3], PatienceS: a[4], Redial: a[5]}.Offered()
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
	achieved("achieved_abandonment", "ratio", doc(
		"The share of a month's contacts that give up with so many full-timers; 0 under Erlang C.",
		"给定全职人力时一个月中放弃的联络占比；Erlang C 下为 0。"),
		0, func(s capacity.Service) (float64, error) { return s.Abandonment, nil }),
	achieved("achieved_answer_speed", "second", doc(
		"The mean wait in seconds of a month's contacts that are answered, with so many full-timers; it fails where intervals are overloaded.",
		"给定全职人力时一个月已接起联络的平均等待秒数；有时段超载时出错。"),
		0, func(s capacity.Service) (float64, error) { return s.AnswerSpeed, s.Unanswered() }),
	achieved("achieved_occupancy", "ratio", doc(
		"The share of a month's staffed time spent on contacts, with so many full-timers.",
		"给定全职人力时一个月在岗时间中用于处理联络的占比。"),
		0, func(s capacity.Service) (float64, error) { return s.Occupancy, nil }),
	achieved("intervals_met", "ratio", doc(
		"The share of a month's intervals with contacts that reach the service level target, with so many full-timers.",
		"给定全职人力时一个月中达到服务水平目标的时段占比（只计有联络的时段）。"),
		1, func(s capacity.Service) (float64, error) { return s.Meeting, nil }),
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
	{Function: Function{
		Name: "blended_capacity", Group: "capacity", Unit: "hour",
		Params: []Param{
			{Name: "staffed"},
			ratio("load"),
			{Name: "hours", Unit: "hour"},
			ratio("max_occupancy"), ratio("switch_efficiency"),
			{Name: "deferred_hours", Unit: "hour"},
		},
		Doc: doc(
			"The hours of deferred work that a queue's agents get done in their idle time: up to the highest occupancy, less what switching costs, and no more than there is. Staffed is the agents there are, such as agent hours ÷ hours.",
			"坐席利用空闲时间完成的可延后工作小时数：不超过占用率上限，扣除切换损耗，且不超过待办工作量。staffed 为在岗坐席数，例如坐席工时÷小时数。"),
		Examples: []Example{
			example("blended_capacity(20, 14, 0.5, 0.9, 0.85, 1.2)", 1.2), example("blended_capacity(20, 14, 0.5, 0.9, 0.85, 3)", 1.7),
		},
	}, scalar: func(a []float64) (float64, error) {
		blended, err := capacity.Blend{
			Agents: a[0], Load: a[1], Hours: a[2], MaxOccupancy: a[3], Efficiency: a[4], Work: a[5],
		}.Effect()
		return blended.Absorbed, err
	}},
}

// achieved makes a function of how a month's contacts fare with so many
// full-timers. The example is of a month without contacts.
func achieved(name, unit string, says document.Text, want float64, of func(capacity.Service) (float64, error)) function {
	return function{
		Function: Function{
			Name: name, Group: "capacity", Unit: unit, Doc: says,
			Params:   []Param{volumeParam, ahtParam, {Name: "fte", Unit: "person"}, policyParam},
			Examples: []Example{example(name+`(0, 300, 10, "flat")`, want)},
		},
		bound: true,
		local: func(c *call, a []float64) (float64, error) {
			days, paid := c.month()
			service, err := c.sizer.Achieved(staffingOf(c), days, a[0], a[1], paid, a[2])
			if err != nil {
				return 0, err
			}
			return of(service)
		},
	}
}

// staffingOf returns the call's staffing policy for its month.
func staffingOf(c *call) capacity.Staffing {
	if c.fixed != nil {
		return c.fixed.(capacity.Staffing)
	}
	ready := c.part.part.(*capacity.Prepared)
	if len(c.lines) != len(ready.Lines()) {
		return c.resolved(0).(capacity.Staffing) // some lines do not exist
	}
	const usual = 16 // lines that need no memory of their own
	var here [usual]float64
	values := here[:0]
	for _, line := range c.lines {
		values = append(values, line[0])
	}
	return ready.Staffing(values)
}

// needOf sizes the call's month under its staffing policy.
func needOf(c *call, a []float64) (capacity.Need, error) {
	days, paid := c.month()
	return c.sizer.Need(staffingOf(c), days, a[0], a[1], paid)
}

func requiredFTE(c *call, a []float64) (float64, error) {
	need, err := needOf(c, a)
	return need.FTE, err
}

func agentHours(c *call, a []float64) (float64, error) {
	need, err := needOf(c, a)
	return need.AgentHours, err
}

func peakAgents(c *call, a []float64) (float64, error) {
	need, err := needOf(c, a)
	return float64(need.PeakAgents), err
}

func achievedService(c *call, a []float64) (float64, error) {
	days, paid := c.month()
	return c.sizer.AchievedLevel(staffingOf(c), days, a[0], a[1], paid, a[2])
}

func attritionMonthly(c *call, a []float64) (float64, error) {
	if c.option == "survival" {
		return capacity.AttritionSurvival(a[0])
	}
	return capacity.AttritionMonthly(a[0])
}
