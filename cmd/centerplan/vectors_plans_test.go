package main_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A planSection is reference numbers of which each set needs a plan of its own.
type planSection struct {
	file, name string
	build      func(p *madePlan, v vector)
}

func TestVectorsThroughPlans(t *testing.T) {
	for _, s := range planSections {
		for i, v := range readVectors(t, s.file, s.name) {
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
	{file: otherFile, name: "outbound", build: outboundPlan},
	{file: otherFile, name: "variance_decomposition", build: variancePlan},
	{file: otherFile, name: "maturity_scoring", build: maturityPlan},
	{file: workFile, name: "deferred_backlog", build: backlogPlan},
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
