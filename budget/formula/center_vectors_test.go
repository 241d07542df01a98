package formula_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// A vectorCase is what the rows of a section come to in the language: formulas
// by the field that holds the answer, with the fields of a row in braces.
type vectorCase struct {
	file, section string
	// where takes rows; nil takes all.
	where    func(row map[string]any) bool
	formulas map[string]string
}

func filled(field string) func(map[string]any) bool {
	return func(row map[string]any) bool { return row[field] != nil }
}

func empty(field string) func(map[string]any) bool {
	return func(row map[string]any) bool { return row[field] == nil }
}

const (
	interval = "{calls}, {interval_min}, {aht_s}"
	byLoad   = "{a} * 3600 / {aht_s}, 60, {aht_s}"
)

// centerVectors are the sections on queues, repeats and work beside queues.
var centerVectors = []vectorCase{
	{"erlang.json", "erlang_b", nil, map[string]string{"blocking": "erlang_b({a}, {n})"}},
	{"erlang.json", "erlang_b_lines", nil, map[string]string{"lines": "erlang_b_lines({a}, {max_blocking})"}},
	{"erlang.json", "erlang_c", nil, map[string]string{
		"p_wait": "erlang_c({a}, {n})", "service_level": "service_level(" + byLoad + ", {n}, {t_s})", "occupancy": "occupancy(" + byLoad + ", {n})",
	}},
	{"erlang.json", "erlang_c", filled("asa_s"), map[string]string{"asa_s": "answer_speed(" + byLoad + ", {n})"}},
	{"erlang.json", "offered_load", nil, map[string]string{"a": "{calls} * {aht_s} / ({interval_min} * 60)"}},
	{"erlang.json", "trunks", nil, map[string]string{
		"lines": "erlang_b_lines({calls} * ({ivr_s} + {queue_s} + {talk_s}) / ({interval_min} * 60), {max_blocking})",
	}},
	{"erlang.json", "ceil_traps", filled("raw"), map[string]string{"expected": "ceil(gross_up({raw}, {shrinkage}))"}},
	{"erlang.json", "ceil_traps", filled("max_occ"), map[string]string{"expected": "ceil({a} / {max_occ})"}},
	{"agents.json", "erlang_c_agents", nil, map[string]string{
		"agents_sl_only":  "agents(" + interval + ", {sl_target}, {t_s})",
		"scheduled_exact": "gross_up({agents}, {shrinkage})", "scheduled_ceil": "ceil(gross_up({agents}, {shrinkage}))",
	}},
	{"agents.json", "erlang_c_agents", empty("asa_max_s"), map[string]string{
		"agents": "agents(" + interval + ", {sl_target}, {t_s}, {max_occ})",
	}},
	{"agents.json", "erlang_c_agents", filled("asa_max_s"), map[string]string{ // with patience that never ends
		"agents": "agents(" + interval + `, {sl_target}, {t_s}, {max_occ}, 1e12, 1, "sl_offered", {asa_max_s})`,
	}},
	{"patience.json", "erlang_a", nil, map[string]string{
		"p_abandon":      "abandonment(" + interval + ", {n}, {patience_s})",
		"avg_wait_all_s": "answer_speed(" + interval + `, {n}, {patience_s}, "all")`,
		"asa_answered_s": "answer_speed(" + interval + ", {n}, {patience_s})",
		"sl_offered":     "service_level(" + interval + ", {n}, {t_s}, {patience_s})",
		"sl_answered":    "service_level(" + interval + `, {n}, {t_s}, {patience_s}, "sl_answered")`,
		"sl_incl_ab":     "service_level(" + interval + `, {n}, {t_s}, {patience_s}, "sl_incl_ab")`,
		"sl_excl_short":  "service_level(" + interval + `, {n}, {t_s}, {patience_s}, "sl_excl_short")`,
	}},
	{"patience.json", "erlang_a", filled("avg_wait_abandoned_s"), map[string]string{
		"avg_wait_abandoned_s": "answer_speed(" + interval + `, {n}, {patience_s}, "abandoned")`,
	}},
	{"patience.json", "erlang_a", filled("occupancy"), map[string]string{"occupancy": "occupancy(" + interval + ", {n}, {patience_s})"}},
	{"patience.json", "erlang_a_agents", nil, map[string]string{
		"agents": "agents(" + interval + `, {sl_target}, {t_s}, {max_occ}, {patience_s}, {max_abandon}, "{sl_basis}")`,
	}},
	{"patience.json", "redial_fixed_point", nil, map[string]string{
		"offered_calls": "with_redials({unique_calls}, {interval_min}, {aht_s}, {n}, {patience_s}, {redial_prob})",
		"lost_for_good": "let calls = with_redials({unique_calls}, {interval_min}, {aht_s}, {n}, {patience_s}, {redial_prob}); " +
			"calls * abandonment(calls, {interval_min}, {aht_s}, {n}, {patience_s}) * (1 - {redial_prob})",
	}},
	{"chat.json", "chat_concurrency", nil, map[string]string{
		"agents_slot_method":   `chat_agents({chats}, {interval_min}, {session_aht_at_k_s}, {k}, {sl_target}, {t_s}, "slot")`,
		"agents_factor_method": `chat_agents({chats}, {interval_min}, {session_aht_at_k_s}, {k}, {sl_target}, {t_s}, "factor")`,
	}},
	{"work.json", "repeat_chain", empty("max_recontacts"), map[string]string{
		"total_contacts": "contacts_from_issues({first_contacts}, repeat_share({fcr}, {callback_propensity}))",
	}},
	{"work.json", "repeat_chain", filled("max_recontacts"), map[string]string{
		"total_contacts": "let p = repeat_share({fcr}, {callback_propensity}); {first_contacts} * (1 - pow(p, {max_recontacts} + 1)) / (1 - p)",
	}},
	{"work.json", "fcr_gain", nil, map[string]string{
		"first_contacts": "issues_from_contacts({total_contacts}, {repeat_share}) * (1 + {growth})",
		"volume_after": "contacts_from_issues(issues_from_contacts({total_contacts}, {repeat_share}) * (1 + {growth}), " +
			"max(0, {repeat_share} - {fcr_gain_pt} * {callback_propensity}))",
		"implied_fcr": "1 - {repeat_share} / {callback_propensity}",
	}},
	{"work.json", "fcr_breakeven_growth", nil, map[string]string{
		"fcr_gain_to_absorb_growth": "(1 - {repeat_share}) * {growth} / {callback_propensity}",
	}},
	{"work.json", "deflection", nil, map[string]string{
		"human_contacts": "{gross_contacts} * (1 - {ai_reach} * {containment} * (1 - {leakage}))",
		"aht_remaining_s": "let off = {ai_reach} * {containment} * (1 - {leakage}); " +
			"({aht_all_s} - off * {aht_deflected_s}) / (1 - off)",
	}},
	{"work.json", "shrinkage_combine", nil, map[string]string{
		"total_multiplicative":     "1 - (1 - {out_of_office}) * (1 - {in_office_of_present_time})",
		"total_additive_same_base": "{out_of_office} + {in_office_of_present_time}",
	}},
	{"work.json", "shrinkage_gross_up", nil, map[string]string{"correct": "gross_up({required}, {shrinkage})"}},
	{"work.json", "attrition_convert", nil, map[string]string{"monthly_hr_convention": "attrition_monthly({annual_rate})"}},
	{"work.json", "attrition_convert", filled("monthly_survival_convention"), map[string]string{
		"monthly_survival_convention": `attrition_monthly({annual_rate}, "survival")`,
	}},
	{"work.json", "deferred_fte", nil, map[string]string{
		"fte": "deferred_fte({volume}, {aht_s}, {opening_backlog}, {target_closing_backlog}, {occupancy}, {shrinkage}, {paid_hours_per_fte})",
	}},
	{"work.json", "blending", nil, map[string]string{
		"absorbed_h": "blended_capacity({staffed}, {a}, {hours}, {blend_occ_max}, {switch_efficiency}, {deferred_work_h})",
		"remaining_h": "{deferred_work_h} - " +
			"blended_capacity({staffed}, {a}, {hours}, {blend_occ_max}, {switch_efficiency}, {deferred_work_h})",
	}},
	{"work.json", "outbound", nil, map[string]string{
		"attempts": "{target_sales} / {conversion} / {rpc_rate} / {connect_rate}",
		"fte_manual": "let rpcs = {target_sales} / {conversion}; let connects = rpcs / {rpc_rate}; let attempts = connects / {connect_rate}; " +
			"(attempts * {sec_per_attempt} + (connects - rpcs) * {sec_non_rpc} + rpcs * {sec_rpc_talk} + {target_sales} * {sec_sale_wrap}) / 3600" +
			" / {occupancy} / (1 - {shrinkage}) / {paid_hours_per_fte}",
		"gross_margin": "{target_sales} * {avg_order_value} * {margin}",
	}},
}

// rowsOf reads the rows of a section of the vectors of package capacity.
func rowsOf(t *testing.T, file, section string) []map[string]any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "capacity", "testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(text, &sections); err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(sections[section], &rows); err != nil {
		t.Fatalf("%s of %s: %v", section, file, err)
	}
	return rows
}

// fillIn puts a row's fields in their braces.
func fillIn(text string, row map[string]any) string {
	for field, value := range row {
		written := fmt.Sprint(value)
		if number, ok := value.(float64); ok {
			written = strconv.FormatFloat(number, 'f', -1, 64)
		}
		text = strings.ReplaceAll(text, "{"+field+"}", written)
	}
	return text
}

func TestCenterVectorsInTheLanguage(t *testing.T) {
	scope := formula.Scope{Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: 1}}
	var wants []float64
	var absolute []float64
	for _, c := range centerVectors {
		taken := 0
		for _, row := range rowsOf(t, c.file, c.section) {
			if c.where != nil && !c.where(row) {
				continue
			}
			for field, text := range c.formulas {
				want, ok := row[field].(float64)
				if !ok {
					continue // undefined
				}
				taken++
				name := fmt.Sprintf("v%d", len(scope.Lines))
				filledIn := fillIn(text, row)
				scope.Lines = append(scope.Lines, formula.Line{Code: name, Formula: filledIn, Pointer: "/" + c.section + "/" + field + ": " + filledIn})
				wants = append(wants, want)
				tolerance := 1e-12
				if strings.HasPrefix(field, "sl_") || field == "service_level" {
					tolerance = 1e-9
				}
				absolute = append(absolute, tolerance)
			}
		}
		if taken == 0 {
			t.Errorf("%s gives no formula", c.section)
		}
	}
	program, problems := formula.Compile(scope)
	for _, problem := range problems {
		t.Errorf("%s: %s %v", problem.Pointer, problem.Key, problem.Args)
	}
	results := program.Evaluate(formula.Inputs{}, nil)
	for i, line := range scope.Lines {
		series, _ := results.Series(line.Code)
		got, want := series.Values[0], wants[i]
		if d := math.Abs(got - want); !(d <= absolute[i] || d <= 1e-9*math.Abs(want)) {
			t.Errorf("%s: got %v, want %v (%v)", line.Pointer, got, want, series.Faults[0])
		}
	}
	t.Logf("%d formulas", len(scope.Lines))
}

// TestBacklogIsAFormula works a backlog off day by day, each as a month.
func TestBacklogIsAFormula(t *testing.T) {
	row := rowsOf(t, "work.json", "deferred_backlog")[0]
	days := row["days"].([]any)
	scope := formula.Scope{
		Calendar: calendar.Calendar{Start: calendar.Of(2027, 1), Months: len(days)},
		Lines: []formula.Line{
			{Code: "volume", Unit: "contact", Pointer: "/volume"},
			{Code: "staffed", Unit: "hour", Pointer: "/staffed"},
			{Code: "aht", Unit: "second/contact", Pointer: "/aht"},
			{Code: "occ", Pointer: "/occ"},
			{Code: "done", Formula: "min(prev(backlog) + volume, seconds(staffed) * occ / aht)", Pointer: "/done"},
			{Code: "backlog", Unit: "contact", Formula: "prev(backlog) + volume - done", Pointer: "/backlog"},
		},
	}
	in := formula.Inputs{
		Values:  map[string][]float64{},
		Opening: map[string][]float64{"backlog": {row["opening_backlog"].(float64)}},
	}
	for _, day := range days {
		day := day.(map[string]any)
		in.Values["volume"] = append(in.Values["volume"], day["volume"].(float64))
		in.Values["staffed"] = append(in.Values["staffed"], day["agent_hours"].(float64))
		in.Values["aht"] = append(in.Values["aht"], row["aht_s"].(float64))
		in.Values["occ"] = append(in.Values["occ"], row["occupancy"].(float64))
	}
	program, problems := formula.Compile(scope)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	results := program.Evaluate(in, nil)
	done, _ := results.Series("done")
	backlog, _ := results.Series("backlog")
	for i, day := range days {
		day := day.(map[string]any)
		if done.Values[i] != day["done"] || backlog.Values[i] != day["backlog_end"] {
			t.Errorf("day %d: %v done, backlog %v; want %v and %v", i+1, done.Values[i], backlog.Values[i], day["done"], day["backlog_end"])
		}
	}
}

func TestLinesOfAPolicyHaveItsUnits(t *testing.T) {
	scope, _ := formula.ExampleScope()
	policy := scope.Staffing["flat"]
	policy.Shrinkage = capacity.Param{Line: "lost_time"}
	policy.WithinS = capacity.Param{Line: "answer_time"}
	policy.PaidHours = capacity.Param{Line: "paid"}
	scope.Staffing["flat"] = policy
	for name, c := range map[string]struct {
		shrinkage, within, paid string
		want                    []string
	}{
		"the units of the fields":      {"ratio", "second", "hour/person", nil},
		"a share may be shown as one":  {"%", "second", "hour/person", nil},
		"lines without units take any": {"", "", "", nil},
		"hours are no share":           {"hour", "second", "hour/person", []string{"formula.unit_part"}},
		"minutes are no seconds":       {"", "minute", "", []string{"formula.unit_part_size"}},
		"every one is told":            {"hour", "person", "CNY", []string{"formula.unit_part", "formula.unit_part", "formula.unit_part"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := scope
			s.Lines = append(slices.Clip(s.Lines),
				formula.Line{Code: "lost_time", Unit: c.shrinkage, Pointer: "/lost_time"},
				formula.Line{Code: "answer_time", Unit: c.within, Pointer: "/answer_time"},
				formula.Line{Code: "paid", Unit: c.paid, Pointer: "/paid"},
				formula.Line{Code: "fte", Formula: `sum(required_fte(volume, aht, "flat"))`, Pointer: "/fte"})
			_, problems := formula.Compile(s)
			var got []string
			for _, problem := range problems {
				got = append(got, problem.Key)
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("problems %v, want %v", problems, c.want)
			}
		})
	}
}
