package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

const monthFile = "../../budget/capacity/testdata/month.json"

// TestMonthVectorsThroughPlans sizes months by staffing policies as a plan file
// states them.
func TestMonthVectorsThroughPlans(t *testing.T) {
	text, err := os.ReadFile(monthFile)
	if err != nil {
		t.Fatal(err)
	}
	var given vector
	if err := json.Unmarshal(text, &given); err != nil {
		t.Fatal(err)
	}
	for i, v := range readVectors(t, monthFile, "months") {
		t.Run(strconv.Itoa(i+1), func(t *testing.T) {
			p := newMadePlan(fmt.Sprintf("start: %d-%02d, months: 1, days: real, holidays: [%s]",
				int(v.number("year")), int(v.number("month")), texts(v, "holidays")))
			p.parts = "staffing:\n  desk: {" + policyOf(given, v) + "}\n"
			p.want("hours", v.fill(`agent_hours({volume}, {aht_s}, "desk")`), 0, v.number("agent_hours"))
			p.want("peak", v.fill(`peak_agents({volume}, {aht_s}, "desk")`), 0, v.number("peak_agents"))
			p.want("fte", v.fill(`required_fte({volume}, {aht_s}, "desk")`), 0, v.number("fte_required"))
			p.want("served", v.fill(`achieved_service({volume}, {aht_s}, fte, "desk")`), service, v.number("service_level_month"))
			if v["model"] == "C" { // with impatient callers some of the load is gone
				p.want("busy", v.fill("{volume} * {aht_s} / 3600 / hours"), 0, v.number("avg_occupancy"))
			}
			p.check(t)
		})
	}
}

// policyOf writes the month's staffing policy.
func policyOf(given, v vector) string {
	fields := []string{
		"interval_min: 30", v.fill("target: {sl_target}, within_s: {t_s}, max_occupancy: {max_occ}, minimum_agents: {min_staff}"),
		v.fill("shrinkage: {shrinkage}, schedule_efficiency: {schedule_efficiency}, holiday_factor: {holiday_factor}"),
		fmt.Sprintf("open: [%q, %q]", clock(v.number("open_from_interval")), clock(v.number("open_to_interval"))),
		"profile: {weekday: " + list(given.numbers("weekday_profile_weights")) + ", weekend: " + list(given.numbers("weekend_profile_weights")) + "}",
		vector(given["day_of_week_factor"].(map[string]any)).fill(
			"day_factors: {mon: {mon}, tue: {tue}, wed: {wed}, thu: {thu}, fri: {fri}, sat: {sat}, sun: {sun}}"),
	}
	if v["model"] == "A" {
		fields = append(fields, v.fill("model: erlang_a, patience_s: {patience_s}"))
	}
	return strings.Join(fields, ", ")
}

// clock is the time of day at which a half-hour begins.
func clock(interval float64) string {
	return fmt.Sprintf("%02d:%02d", int(interval)/2, int(interval)%2*30)
}

func list(values []float64) string {
	return strings.TrimPrefix(inputs(values), "values: ")
}

func texts(v vector, key string) string {
	var all []string
	for _, text := range v[key].([]any) {
		all = append(all, text.(string))
	}
	return strings.Join(all, ", ")
}
