package main_test

// The files of reference numbers.
const (
	erlangFile   = "../../budget/capacity/testdata/erlang.json"
	agentsFile   = "../../budget/capacity/testdata/agents.json"
	workFile     = "../../budget/capacity/testdata/work.json"
	patienceFile = "../../budget/capacity/testdata/patience.json"
	chatFile     = "../../budget/capacity/testdata/chat.json"
	hiringFile   = "../../budget/capacity/testdata/hiring.json"
	moneyFile    = "../../budget/finance/testdata/vectors.json"
	otherFile    = "testdata/vectors.json"
)

func has(key string) func(v vector) bool {
	return func(v vector) bool { return v[key] != nil }
}

func lacks(key string) func(v vector) bool {
	return func(v vector) bool { return v[key] == nil }
}

func kind(name string) func(v vector) bool {
	return func(v vector) bool { return v["kind"] == name }
}

func recontacts(n any) func(v vector) bool {
	return func(v vector) bool { return v["max_recontacts"] == n }
}

// sections are the reference numbers whose inputs fit into one formula each.
// A load of a Erlangs is written as a contacts in an interval of one handle
// time.
var sections = []section{
	{erlangFile, "erlang_b", []rule{
		{formula: "erlang_b({a}, {n})", want: "blocking", absolute: exact},
	}},
	{erlangFile, "erlang_b_lines", []rule{
		{formula: "erlang_b_lines({a}, {max_blocking})", want: "lines"},
	}},
	{erlangFile, "erlang_c", []rule{
		{formula: "erlang_c({a}, {n})", want: "p_wait", absolute: exact},
		{formula: "service_level({a}, {aht_s} / 60, {aht_s}, {n}, {t_s})", want: "service_level", absolute: service},
		{formula: "answer_speed({a}, {aht_s} / 60, {aht_s}, {n})", want: "asa_s", absolute: exact, only: hasAgents},
		{formula: "occupancy({a}, {aht_s} / 60, {aht_s}, {n})", want: "occupancy", absolute: exact, only: hasAgents},
	}},
	{erlangFile, "offered_load", []rule{
		{formula: "{calls} * {aht_s} / ({interval_min} * 60)", want: "a"},
	}},
	{erlangFile, "trunks", []rule{
		{formula: "erlang_b_lines({calls} * ({ivr_s} + {queue_s} + {talk_s}) / ({interval_min} * 60), {max_blocking})", want: "lines"},
	}},
	{erlangFile, "ceil_traps", []rule{
		{formula: "ceil(gross_up({raw}, {shrinkage}))", want: "expected", only: kind("gross_up")},
		{formula: "ceil({raw} / (1 - {shrinkage}))", want: "expected", only: kind("gross_up")},
		{formula: "ceil({a} / {max_occ})", want: "expected", only: kind("occupancy_cap")},
	}},
	{agentsFile, "erlang_c_agents", []rule{
		{formula: "agents({calls}, {interval_min}, {aht_s}, {sl_target}, {t_s}, {max_occ})", want: "agents", only: lacks("asa_max_s")},
		{formula: "agents({calls}, {interval_min}, {aht_s}, {sl_target}, {t_s})", want: "agents_sl_only"},
		{formula: "ceil(gross_up({agents}, {shrinkage}))", want: "scheduled_ceil"},
		{formula: "service_level({calls}, {interval_min}, {aht_s}, {agents}, {t_s})", want: "service_level", absolute: service},
		{formula: "answer_speed({calls}, {interval_min}, {aht_s}, {agents})", want: "asa_s", absolute: exact},
		{formula: "occupancy({calls}, {interval_min}, {aht_s}, {agents})", want: "occupancy", absolute: exact},
	}},
	{patienceFile, "erlang_a", []rule{
		{formula: "abandonment({calls}, {interval_min}, {aht_s}, {n}, {patience_s})", want: "p_abandon", absolute: exact},
		{formula: "answer_speed({calls}, {interval_min}, {aht_s}, {n}, {patience_s})", want: "asa_answered_s", absolute: exact},
		{formula: "abandonment({calls}, {interval_min}, {aht_s}, {n}, {patience_s}) * {patience_s}", want: "avg_wait_all_s", absolute: exact},
		{formula: "occupancy({calls}, {interval_min}, {aht_s}, {n}, {patience_s})", want: "occupancy", absolute: exact, only: hasAgents},
		{formula: "service_level({calls}, {interval_min}, {aht_s}, {n}, {t_s}, {patience_s})", want: "sl_offered", absolute: service},
		{
			formula: "let a = {calls}; service_level(a, {interval_min}, {aht_s}, {n}, {t_s}, {patience_s}) / (1 - abandonment(a, {interval_min}, {aht_s}, {n}, {patience_s}))",
			want:    "sl_answered", absolute: service, only: answers,
		},
	}},
	{patienceFile, "erlang_a_agents", []rule{
		{
			formula: `agents({calls}, {interval_min}, {aht_s}, {sl_target}, {t_s}, {max_occ}, {patience_s}, {max_abandon}, "{sl_basis}")`,
			want:    "agents", only: hasTarget,
		},
		{formula: "agents({calls}, {interval_min}, {aht_s}, {sl_target}, {t_s}, {max_occ})", want: "agents_erlang_c_same_target", only: hasTarget},
		{formula: "abandonment({calls}, {interval_min}, {aht_s}, {agents}, {patience_s})", want: "p_abandon", absolute: exact, only: hasTarget},
	}},
	{patienceFile, "redial_fixed_point", []rule{
		{
			formula: "with_redials({unique_calls}, {interval_min}, {aht_s}, {n}, {patience_s}, {redial_prob})",
			want:    "offered_calls",
		},
		{
			formula: "abandonment(with_redials({unique_calls}, {interval_min}, {aht_s}, {n}, {patience_s}, {redial_prob}), {interval_min}, {aht_s}, {n}, {patience_s})",
			want:    "p_abandon",
		},
	}},
	{chatFile, "chat_concurrency", []rule{
		{
			formula: `chat_agents({chats}, {interval_min}, {session_aht_at_k_s}, {k}, {sl_target}, {t_s}, "factor")`,
			want:    "agents_factor_method",
		},
		{
			formula: `chat_agents({chats}, {interval_min}, {session_aht_at_k_s}, {k}, {sl_target}, {t_s}, "slot")`,
			want:    "agents_slot_method",
		},
	}},
	{workFile, "blending", []rule{
		{
			formula: "blended_capacity({staffed}, {a}, {hours}, {blend_occ_max}, {switch_efficiency}, {deferred_work_h})",
			want:    "absorbed_h",
		},
	}},
	{workFile, "repeat_chain", []rule{
		{formula: "contacts_from_issues({first_contacts}, repeat_share({fcr}, {callback_propensity}))", want: "total_contacts", only: recontacts(nil)},
		{formula: "let p = (1 - {fcr}) * {callback_propensity}; {first_contacts} * (1 + p)", want: "total_contacts", only: recontacts(1.0)},
		{formula: "let p = (1 - {fcr}) * {callback_propensity}; {first_contacts} * (1 + p + p ^ 2 + p ^ 3)", want: "total_contacts", only: recontacts(3.0)},
		{formula: "(1 - {fcr}) * {callback_propensity}", want: "p_recontact"},
	}},
	{workFile, "fcr_gain", []rule{
		{formula: "issues_from_contacts({total_contacts}, {repeat_share}) * (1 + {growth})", want: "first_contacts"},
		{
			formula: "contacts_from_issues(issues_from_contacts({total_contacts}, {repeat_share}) * (1 + {growth}), max(0, {repeat_share} - {fcr_gain_pt} * {callback_propensity}))",
			want:    "volume_after",
		},
		{formula: "1 - {repeat_share} / {callback_propensity}", want: "implied_fcr"},
	}},
	{workFile, "fcr_breakeven_growth", []rule{
		{formula: "(1 - {repeat_share}) * {growth} / {callback_propensity}", want: "fcr_gain_to_absorb_growth"},
	}},
	{workFile, "deflection", []rule{
		{formula: "{gross_contacts} * {ai_reach} * {containment}", want: "contained"},
		{formula: "{gross_contacts} * (1 - {ai_reach} * {containment} * (1 - {leakage}))", want: "human_contacts"},
		{
			formula: "let net = {gross_contacts} * {ai_reach} * {containment} * (1 - {leakage}); ({gross_contacts} * {aht_all_s} - net * {aht_deflected_s}) / ({gross_contacts} - net)",
			want:    "aht_remaining_s",
		},
		{formula: "{gross_contacts} * {ai_reach} * {ai_price_per_session}", want: "ai_cost"},
	}},
	{workFile, "shrinkage_combine", []rule{
		{formula: "1 - (1 - {out_of_office}) * (1 - {in_office_of_present_time})", want: "total_multiplicative"},
		{formula: "{out_of_office} + {in_office_of_present_time}", want: "total_additive_same_base"},
	}},
	{workFile, "shrinkage_gross_up", []rule{
		{formula: "gross_up({required}, {shrinkage})", want: "correct"},
	}},
	{workFile, "occupancy_utilisation", []rule{
		{formula: "{workload_h} / {staffed_h}", want: "occupancy"},
		{formula: "1 - {staffed_h} / {paid_h}", want: "shrinkage"},
		{formula: "{workload_h} / {staffed_h} * (1 - (1 - {staffed_h} / {paid_h}))", want: "utilisation"},
	}},
	{workFile, "attrition_convert", []rule{
		{formula: "attrition_monthly({annual_rate})", want: "monthly_hr_convention"},
		{formula: `attrition_monthly({annual_rate}, "survival")`, want: "monthly_survival_convention"},
	}},
	{workFile, "attrition_measure", []rule{
		{formula: "{leavers} / {avg_headcount} * 12 / {months}", want: "annualised"},
	}},
	{moneyFile, "unit_costs", []rule{
		{formula: "{opex} / {handled}", want: "cost_per_contact"},
		{formula: "{opex} / ({handled} * {fcr})", want: "cost_per_resolution"},
		{formula: "{opex} / {active_customers}", want: "cost_to_serve"},
	}},
	{moneyFile, "published_fcr_checks", []rule{
		{formula: "{issues_per_month} * 12 * {cpc} * (1 / {fcr0} - 1 / {fcr1})", want: "annual_saving", only: has("fcr0")},
		{formula: "{calls} * {gap} * {extra_calls} * {cpc}", want: "annual_saving", only: has("extra_calls")},
	}},
	{moneyFile, "bpo_pricing", []rule{
		{formula: `tiered({volume}, "bpo", "slab")`, want: "slab_total", only: kind("tiered_per_contact")},
		{formula: `tiered({volume}, "bpo", "graduated")`, want: "graduated_total", only: kind("tiered_per_contact")},
		{formula: `tiered({volume}, "committed", "graduated")`, want: "total", only: kind("min_commit")},
		{formula: "{seats} * {price_ex_vat} * (1 + {bonus_malus})", want: "net_ex_vat", only: kind("per_seat")},
		{formula: "{seats} * {price_ex_vat} * (1 + {bonus_malus}) * (1 + {vat})", want: "gross_inc_vat", only: kind("per_seat")},
	}},
	{workFile, "deferred_fte", []rule{
		{
			formula: "deferred_fte({volume}, {aht_s}, {opening_backlog}, {target_closing_backlog}, {occupancy}, {shrinkage}, {paid_hours_per_fte})",
			want:    "fte",
		},
	}},
}

// answers leaves out the queues in which almost nobody is answered: what is
// left of one after taking away the abandoned has few digits.
func answers(v vector) bool { return v.number("p_abandon") < 0.9 }

// hasTarget leaves out the searches for another goal than a service level.
func hasTarget(v vector) bool { return v.number("sl_target") > 0 }

// sectionParts are the parts of the model that sections need.
var sectionParts = map[string]string{
	"bpo_pricing": `prices:
  bpo: {tiers: [{from: 0, price: 3.2}, {from: 50000, price: 2.9}, {from: 100000, price: 2.6}]}
  committed: {tiers: [{from: 0, price: 2.8}], commit: 100000, overage: 3.3}
`,
}

// hasAgents leaves out the queues without any agent, which have no occupancy.
func hasAgents(v vector) bool { return v.number("n") > 0 }
