package main_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
)

// A planSection is reference numbers of which each set needs a plan of its own.
type planSection struct {
	file, name string
	build      func(p *madePlan, v vector)
	// only picks the vectors that a plan can carry.
	only func(v vector) bool
}

func TestVectorsThroughPlans(t *testing.T) {
	for _, s := range planSections {
		for i, v := range readVectors(t, s.file, s.name) {
			if s.only != nil && !s.only(v) {
				continue
			}
			t.Run(fmt.Sprintf("%s/%d", s.name, i+1), func(t *testing.T) {
				plan := newMadePlan(oneMonth)
				s.build(plan, v)
				plan.check(t)
			})
		}
	}
}

// months is the calendar of so many typical months.
func months(n int) string { return fmt.Sprintf("start: 2027-01, months: %d, days: typical", n) }

var planSections = []planSection{
	{file: otherFile, name: "volume_forecast", build: forecastPlan},
	{file: workFile, name: "outbound", build: outboundPlan},
	{file: otherFile, name: "variance_decomposition", build: variancePlan},
	{file: otherFile, name: "maturity_scoring", build: maturityPlan},
	{file: workFile, name: "deferred_backlog", build: backlogPlan},
	{file: moneyFile, name: "investment", build: investmentPlan, only: fitsAPlan},
	{file: moneyFile, name: "investment_monthly", build: monthlyInvestmentPlan},
	{file: moneyFile, name: "labour_cost_cn", build: labourPlan},
	{file: hiringFile, name: "hiring_plan", build: hiringPlan},
}

// forecastPlan spreads a year's base over the seasons and lets it grow.
func forecastPlan(p *madePlan, v vector) {
	p.calendar = months(12)
	p.line("season", inputs(v.numbers("seasonal_index")))
	growth := "(1 + {growth})"
	if v["mode"] == "compound" {
		growth = "(1 + {growth}) ^ (period / 12)"
	}
	p.want("volume", v.fill("{base_annual} / 12 * season * 12 / year_total(season) * "+growth), 0, v.numbers("months")...)
	p.want("annual", "plan_total(volume)", 0, slices.Repeat([]float64{v.number("annual")}, 12)...)
}

// outboundPlan goes from a target of sales to attempts, hours, people and money.
func outboundPlan(p *madePlan, v vector) {
	for _, step := range [][2]string{
		{"rpcs", "{target_sales} / {conversion}"},
		{"connects", "rpcs / {rpc_rate}"},
		{"attempts", "connects / {connect_rate}"},
		{
			"agent_hours_predictive",
			"((connects - rpcs) * {sec_non_rpc} + rpcs * {sec_rpc_talk} + {target_sales} * {sec_sale_wrap}) / 3600",
		},
		{
			"agent_hours_manual",
			"(attempts * {sec_per_attempt} + (connects - rpcs) * {sec_non_rpc} + rpcs * {sec_rpc_talk} + {target_sales} * {sec_sale_wrap}) / 3600",
		},
		{"fte_manual", "gross_up(agent_hours_manual / {occupancy}, {shrinkage}) / {paid_hours_per_fte}"},
		{"fte_predictive", "gross_up(agent_hours_predictive / {occupancy}, {shrinkage}) / {paid_hours_per_fte}"},
		{"revenue", "{target_sales} * {avg_order_value}"},
		{"gross_margin", "revenue * {margin}"},
	} {
		p.want(step[0], v.fill(step[1]), 0, v.number(step[0]))
	}
}

// variancePlan works out labour cost from its drivers, as budgeted and as it
// came.
func variancePlan(p *madePlan, v vector) {
	for _, side := range []string{"budget", "actual"} {
		drivers := vector(v[side].(map[string]any))
		p.want("cost_"+side, drivers.fill("gross_up({volume} * {aht_s} / 3600 / {occupancy}, {shrinkage}) * {rate_per_paid_hour}"), 0, v.number("cost_"+side))
	}
	p.want("variance", "cost_actual - cost_budget", 1e-6, v.number("total_variance"))
}

// maturityPlan scores five dimensions and weighs them.
func maturityPlan(p *madePlan, v vector) {
	items, weights := v["item_scores"].(map[string]any), vector(v["weights"].(map[string]any))
	means := vector(v["dimension_scores"].(map[string]any))
	var terms []string
	for _, dimension := range slices.Sorted(maps.Keys(items)) {
		var scores []string
		for _, score := range items[dimension].([]any) {
			scores = append(scores, literal(score.(float64)))
		}
		p.want(dimension, fmt.Sprintf("(%s) / %d", strings.Join(scores, " + "), len(scores)), 0, means.number(dimension))
		terms = append(terms, weights.fill("{"+dimension+"} * "+dimension))
	}
	p.want("overall", strings.Join(terms, " + "), 0, v.number("overall"))
	p.want("level", "min(floor(overall), floor(min(D1, D2, D3, D4, D5)) + 1)", 0, v.number("level_gated_min_dimension"))
}

// backlogPlan works a backlog off day by day; the plan's months stand for days.
func backlogPlan(p *madePlan, v vector) {
	columns := map[string][]float64{}
	for _, day := range v["days"].([]any) {
		for key := range day.(map[string]any) {
			columns[key] = append(columns[key], vector(day.(map[string]any)).result(key))
		}
	}
	p.calendar = months(len(columns["volume"]))
	p.line("volume", inputs(columns["volume"]))
	p.line("agent_hours", inputs(columns["agent_hours"]))
	p.want("capacity", v.fill("agent_hours * 3600 * {occupancy} / {aht_s}"), 0, columns["capacity"]...)
	p.want("done", "min(prev(backlog) + volume, capacity)", 0, columns["done"]...)
	p.opening = map[string]float64{"backlog": v.number("opening_backlog")}
	p.want("backlog", "prev(backlog) + volume - done", 0, columns["backlog_end"]...)
	p.want("age", "backlog / capacity", 0, columns["backlog_age_days"]...)
}

// fitsAPlan leaves out flows over more years than the 60 months of a plan.
func fitsAPlan(v vector) bool { return len(v.numbers("cash_flows")) <= 5 }

// investmentPlan has a flow a year: in each first month what the vector has in a
// period, and nothing in between.
func investmentPlan(p *madePlan, v vector) {
	const perYear = 12
	flows := v.numbers("cash_flows")
	months := make([]float64, 1+perYear*(len(flows)-1))
	for i, flow := range flows {
		months[i*perYear] = flow
	}
	paidBack := v.result("payback_periods")
	if paidBack > 0 { // a year's flow comes in one month
		year := math.Ceil(paidBack - 1e-9)
		paidBack = year*perYear - (year - paidBack)
	}
	invest(p, v.number("rate"), months, v.result("npv"), v.result("irr"), paidBack)
}

func monthlyInvestmentPlan(p *madePlan, v vector) {
	invest(p, v.number("annual_rate"), v.numbers("cash_flows"), v.number("npv"), v.number("irr_annual_effective"), v.number("payback_months"))
	p.constant("discounted", fmt.Sprintf("payback(flow, %s)", literal(v.number("annual_rate"))), v.number("discounted_payback_months"))
}

// invest judges monthly flows over the whole plan.
func invest(p *madePlan, rate float64, flows []float64, npv, irr, payback float64) {
	p.calendar = months(len(flows))
	p.line("flow", "unit: CNY, "+inputs(flows))
	p.constant("worth", fmt.Sprintf("npv(%s, flow)", literal(rate)), npv)
	p.constant("return", "irr(flow)", irr)
	p.constant("back", "payback(flow)", payback)
}

// constant adds a line that must come to the same in every month.
func (p *madePlan) constant(code, formula string, value float64) {
	var count int
	if _, err := fmt.Sscanf(p.calendar, "start: 2027-01, months: %d,", &count); err != nil {
		panic(err)
	}
	p.want(code, formula, 1e-8, slices.Repeat([]float64{value}, count)...)
}

// labourPlan works out what an employee in China costs.
func labourPlan(p *madePlan, v vector) {
	rates, overtime := v.numbers("si_rates"), v.numbers("ot_hours_150_200_300")
	p.parts = "contributions:\n  city:\n    items:\n"
	for i, rate := range rates {
		p.parts += fmt.Sprintf("      - {code: si%d, rate: %s, ", i, literal(rate)) + v.fill("floor: {si_floor}, cap: {si_cap}}\n")
	}
	p.parts += v.fill("      - {code: housing, rate: {hf_rate}, floor: {hf_floor}, cap: {hf_cap}}\n      - {code: union, rate: {union_rate}}\n")
	p.want("wage", v.fill("{wage_base} + {bonus}"), 0, v.number("wage_base")+v.number("bonus"))
	p.want("housing", `employer_contributions(wage, "city", "housing")`, 0, v.number("hf_employer"))
	p.want("union", `employer_contributions(wage, "city", "union")`, 0, v.number("union"))
	p.want("insurance", `employer_contributions(wage, "city") - housing - union`, 1e-8, v.number("si_employer"))
	p.want("overtime", v.fill("{wage_base} / 21.75 / 8")+fmt.Sprintf(" * (1.5 * %s + 2 * %s + 3 * %s)",
		literal(overtime[0]), literal(overtime[1]), literal(overtime[2])), 0, v.number("ot_pay"))
	p.want("cost", v.fill(`wage + {allowance} + employer_contributions(wage, "city") + {wage_base} * {extra_months} / 12 + overtime`),
		0, v.number("monthly_cost"))
}

// hiringPlan takes a hiring plan's months from the vector's table.
func hiringPlan(p *madePlan, v vector) {
	columns := map[string][]float64{}
	rows := v["table"].([]any)
	for _, row := range rows {
		for key := range row.(map[string]any) {
			columns[key] = append(columns[key], vector(row.(map[string]any)).result(key))
		}
	}
	p.calendar = months(len(rows))
	p.line("needed", "unit: person, "+inputs(columns["required_fte"]))
	p.line("starting", "unit: person, "+inputs(columns["class_start"]))
	fields := []string{
		v.fill("opening: {opening_tenured}, attrition: {monthly_attrition_tenured}, training_months: {training_months}, yield: {training_yield}"),
		"new_attrition: " + list(v.numbers("monthly_attrition_by_age")), "ramp: " + list(v.numbers("ramp_productivity")), "required: needed",
	}
	if v["planned_by"] == "given" {
		fields = append(fields, "classes: starting")
	} else {
		fields = append(fields, "planned: true", fmt.Sprintf("earliest_class: 2027-%02d", int(v.number("earliest_class_month"))))
		if v["class_max"] != nil {
			fields = append(fields, v.fill("class_max: {class_max}"))
		}
	}
	p.parts = "hiring:\n  team: {" + strings.Join(fields, ", ") + "}\n"
	p.want("hires", `hires("team")`, exact, columns["class_start"]...)
	for _, series := range []string{"in_training", "effective_fte", "paid_headcount", "leavers", "end_headcount", "gap"} {
		p.want(series, series+`("team")`, 1e-9, columns[series]...)
	}
}
