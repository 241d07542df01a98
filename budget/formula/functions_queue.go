package formula

import (
	"math"
	"slices"

	"centerplan/budget/capacity"
)

var (
	basisParam  = Param{Name: "basis", Kind: Option, Optional: true, Options: capacity.Bases()}
	withPatient = Param{Name: "patience_s", Unit: "second"}
)

// intervalParams are the parameters of an interval's contacts.
func intervalParams(more ...Param) []Param {
	return append([]Param{callsParam, intervalParam, ahtParam}, more...)
}

// queueOf makes the queue of calls, interval_min, aht_s and agents, and of
// callers whose patience is the argument at the place, if there is one.
func queueOf(a []float64, patience int) (capacity.Queue, error) {
	load, err := capacity.OfferedLoad(a[0], a[1], a[2])
	if err != nil {
		return capacity.Queue{}, err
	}
	return capacity.NewImpatientQueue(load, a[3], a[2], optional(a, patience, math.Inf(1)))
}

// basisOf returns the basis that a call names, or the usual one.
func basisOf(c *call) capacity.Basis {
	return capacity.Basis(max(0, slices.Index(capacity.Bases(), c.option)))
}

func serviceLevel(c *call, a []float64) (float64, error) {
	q, err := queueOf(a, 5)
	if err != nil {
		return 0, err
	}
	return q.ServiceLevelOn(basisOf(c), a[4]), nil
}

func answerSpeed(c *call, a []float64) (float64, error) {
	q, err := queueOf(a, 4)
	if err == nil {
		err = q.Unstable()
	}
	if err != nil {
		return 0, err
	}
	switch c.option {
	case "all":
		return q.MeanWait(), nil
	case "abandoned":
		return q.AbandonedWait(), nil
	default:
		return q.AnswerSpeed(), q.Unanswered()
	}
}

// goalOf makes the goal of agents(calls, interval_min, aht_s, target, within_s,
// max_occupancy, patience_s, max_abandon, basis, max_wait_s) and the load.
func goalOf(c *call, a []float64) (capacity.Goal, float64, error) {
	goal := capacity.NewGoal(a[3], a[4])
	goal.MaxOccupancy = optional(a, 5, 1)
	goal.PatienceS = optional(a, 6, math.Inf(1))
	goal.MaxAbandon = optional(a, 7, 1)
	goal.Basis = basisOf(c)
	goal.MaxWaitS = optional(a, 8, math.Inf(1))
	load, err := capacity.OfferedLoad(a[0], a[1], a[2])
	return goal, load, err
}

func wholeAgents(c *call, a []float64) (float64, error) {
	goal, load, err := goalOf(c, a)
	if err != nil {
		return 0, err
	}
	n, _, err := capacity.Agents(load, a[2], goal)
	return float64(n), err
}

func exactAgents(c *call, a []float64) (float64, error) {
	goal, load, err := goalOf(c, a)
	if err != nil {
		return 0, err
	}
	return capacity.AgentsExact(load, a[2], goal)
}

func agentsParams() []Param {
	return intervalParams(
		ratio("target"), withinParam, optionalRatio("max_occupancy"), patienceParam, optionalRatio("max_abandon"), basisParam,
		Param{Name: "max_wait_s", Unit: "second", Optional: true})
}

func chatAgents(c *call, a []float64) (float64, error) {
	chat := capacity.Chat{Contacts: a[0], IntervalMin: a[1], SessionAHT: a[2], Concurrency: a[3]}
	if c.option == capacity.ByFactor.String() {
		chat.Method = capacity.ByFactor
	}
	n, err := chat.Agents(capacity.NewGoal(a[4], a[5]))
	return float64(n), err
}

var queueFunctions = []function{
	{Function: Function{
		Name: "erlang_b", Group: "queues", Params: []Param{ratio("load"), ratio("lines")}, Unit: "ratio",
		Doc:      doc("The share of calls that find all lines busy (Erlang B).", "线路全忙而被阻塞的呼叫占比（Erlang B）。"),
		Examples: []Example{example("erlang_b(2, 3)", 4.0/19)},
	}, scalar: func(a []float64) (float64, error) { return capacity.ErlangB(a[0], a[1]) }},
	{Function: Function{
		Name: "erlang_b_lines", Group: "queues", Params: []Param{ratio("load"), ratio("max_blocking")}, Unit: "ratio",
		Doc: doc(
			"The fewest lines that block no more than this share of calls. A call holds its line in the menu, the queue and in talk.",
			"阻塞率不超过给定值所需的最少线路数。通话占用线路的时间含自助语音、排队和通话。"),
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
		Name: "service_level", Group: "queues", Unit: "ratio",
		Params: intervalParams(agentsParam, withinParam, patienceParam, basisParam),
		Doc: doc(
			"The share of an interval's contacts that are answered in time. With patience, callers hang up after so many seconds on average (Erlang A); the basis says over which contacts: all offered unless named otherwise.",
			"一个时段内在规定秒数内接起的联络占比（服务水平）。写明耐心时长时，来电者平均等待该秒数后放弃（Erlang A）；口径不写时以全部呼入为分母。"),
		Examples: []Example{
			example("service_level(20, 30, 180, 3, 180)", 1-4.0/9*math.Exp(-1)),
			example("service_level(10, 30, 180, 1, 0, 180)", math.Exp(-1)),
			example(`service_level(10, 30, 180, 1, 0, 180, "sl_answered")`, math.Exp(-1)/(1-math.Exp(-1))),
		},
	}, local: serviceLevel},
	{Function: Function{
		Name: "answer_speed", Group: "queues", Unit: "second",
		Params: intervalParams(agentsParam, patienceParam,
			Param{Name: "whose", Kind: Option, Optional: true, Options: []string{"answered", "all", "abandoned"}}),
		Doc: doc(
			"The mean wait in seconds of an interval's contacts; it fails where nobody gives up and the agents do not keep up. With patience it is that of the contacts answered, unless \"all\" or \"abandoned\" says whose.",
			"一个时段内联络的平均等待秒数；无人放弃而人手跟不上负荷时出错。写明耐心时长时默认只计已接起的联络，可写 \"all\"（全部）或 \"abandoned\"（已放弃）。"),
		Examples: []Example{
			example("answer_speed(20, 30, 180, 3)", 80),
			example(`answer_speed(10, 30, 180, 1, 180, "all")`, 180*math.Exp(-1)),
		},
	}, local: answerSpeed},
	{Function: Function{
		Name: "abandonment", Group: "queues", Unit: "ratio", Params: intervalParams(agentsParam, withPatient),
		Doc: doc(
			"The share of an interval's contacts that hang up before they are answered, when their patience is this long on average (Erlang A).",
			"一个时段内未接起即放弃的联络占比，耐心时长按平均秒数计（Erlang A）。"),
		Examples: []Example{example("abandonment(10, 30, 180, 1, 180)", math.Exp(-1)), example("abandonment(10, 30, 180, 0, 180)", 1)},
	}, scalar: func(a []float64) (float64, error) {
		q, err := queueOf(a, 4)
		return q.Abandonment(), err
	}},
	{Function: Function{
		Name: "occupancy", Group: "queues", Unit: "ratio", Params: intervalParams(agentsParam, patienceParam),
		Doc: doc(
			"The share of the agents' time spent on contacts in an interval, at most 1. With patience, those who hang up take no time.",
			"一个时段内坐席用于处理联络的时间占比，最多为 1。写明耐心时长时，放弃的联络不占用坐席。"),
		Examples: []Example{example("occupancy(20, 30, 180, 4)", 0.5), example("occupancy(10, 30, 180, 1, 180)", 1-math.Exp(-1))},
	}, scalar: func(a []float64) (float64, error) {
		q, err := queueOf(a, 4)
		return q.Occupancy(), err
	}},
	{Function: Function{
		Name: "agents", Group: "queues", Unit: "person", Params: agentsParams(),
		Doc: doc(
			"The fewest agents, a whole number, that answer the target share in time at no more than the highest occupancy. With patience callers may hang up (Erlang A), up to a highest share; the mean wait may be capped too.",
			"在占用率上限内达到目标服务水平所需的最少坐席数（整数）。写明耐心时长时来电者会放弃（Erlang A），可设放弃率上限；也可设平均等待上限。"),
		Examples: []Example{
			example("agents(100, 30, 240, 0.8, 20)", 17), example("agents(100, 30, 240, 0.8, 20, 0.7)", 20),
			example("agents(100, 30, 200, 0.9, 20, 1, 60)", 14), example(`agents(100, 30, 200, 0, 20, 1, 120, 0.03, "sl_offered")`, 15),
		},
	}, local: wholeAgents},
	{Function: Function{
		Name: "agents_exact", Group: "queues", Unit: "person", Params: agentsParams(),
		Doc: doc(
			"The same as agents, but fractional: where the continued Erlang formula meets the goal exactly.",
			"与 agents 相同，但给出恰好达标的小数坐席数。"),
		Examples: []Example{example("agents_exact(90, 30, 240, 0.5, 60, 0.8)", 15)},
	}, local: exactAgents},
	{Function: Function{
		Name: "chat_agents", Group: "queues", Unit: "person",
		Params: []Param{
			{Name: "chats", Unit: "contact"},
			intervalParam,
			{Name: "session_aht_s", Unit: "second/contact"},
			ratio("concurrency"), ratio("target"), withinParam,
			{Name: "method", Kind: Option, Options: capacity.ChatMethods()},
		},
		Doc: doc(
			"The fewest agents for chats of which each agent has several at once; a session's length is measured at that concurrency. \"slot\" takes each chat for a server of its own, \"factor\" shortens the session by what agents get done (1, 1.7, 2.5, 2.9, 3.5 sessions at 1 to 5 chats, callcentrehelper.com). They differ: look at both.",
			"每名坐席同时处理多个会话时所需的最少坐席数；会话时长须在该并发数下测得。\"slot\" 把每个并发会话当作一个服务台，\"factor\" 按并发效率折算时长（1 至 5 个并发对应 1、1.7、2.5、2.9、3.5，来源 callcentrehelper.com）。两法结果不同，请同时参考。"),
		Examples: []Example{
			example(`chat_agents(200, 30, 780, 3, 0.9, 60, "factor")`, 41), example(`chat_agents(200, 30, 780, 3, 0.9, 60, "slot")`, 33),
		},
	}, local: chatAgents},
}
