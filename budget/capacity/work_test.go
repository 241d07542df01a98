package capacity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/capacity"
)

func TestRepeatChainVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		First    float64 `json:"first_contacts"`
		FCR      float64
		Callback float64  `json:"callback_propensity"`
		Most     *int     `json:"max_recontacts"`
		P        float64  `json:"p_recontact"`
		Total    *float64 `json:"total_contacts"`
	}](t, "work.json", "repeat_chain") {
		p := must(capacity.RepeatShare(v.FCR, v.Callback))(t)
		near(t, "repeat share", p, v.P)
		if v.Most != nil {
			near(t, "contacts", must(capacity.ContactsWithin(v.First, p, *v.Most))(t), *v.Total)
			continue
		}
		total, err := capacity.ContactsFromIssues(v.First, p)
		if v.Total == nil {
			if keyOf(t, err) != "capacity.repeat_range" {
				t.Errorf("everyone coming back gives %v, %v", total, err)
			}
			continue
		}
		near(t, "contacts", must(total, err)(t), *v.Total)
		near(t, "issues", must(capacity.IssuesFromContacts(total, p))(t), v.First)
	}
}

func TestResolutionVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Total      float64 `json:"total_contacts"`
		Repeat     float64 `json:"repeat_share"`
		Callback   float64 `json:"callback_propensity"`
		Gain       float64 `json:"fcr_gain_pt"`
		Growth     float64
		FCR        float64 `json:"implied_fcr"`
		First      float64 `json:"first_contacts"`
		Before     float64 `json:"volume_before"`
		After      float64 `json:"volume_after"`
		Saved      float64
		SavedShare float64 `json:"saved_pct"`
	}](t, "work.json", "fcr_gain") {
		got := must(capacity.Resolution{
			Contacts: v.Total, Repeat: v.Repeat, Callback: v.Callback, Gain: v.Gain, Growth: v.Growth,
		}.Effect())(t)
		near(t, "first contact resolution", got.FCR, v.FCR)
		near(t, "issues", got.Issues, v.First)
		near(t, "before", got.Before, v.Before)
		near(t, "after", got.After, v.After)
		near(t, "saved", got.Saved, v.Saved)
		near(t, "saved share", got.SavedShare, v.SavedShare)
	}
}

func TestBreakEvenVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Repeat   float64 `json:"repeat_share"`
		Growth   float64
		Callback float64 `json:"callback_propensity"`
		Gain     float64 `json:"fcr_gain_to_absorb_growth"`
		Feasible bool
	}](t, "work.json", "fcr_breakeven_growth") {
		gain, feasible, err := capacity.Resolution{Repeat: v.Repeat, Callback: v.Callback, Growth: v.Growth}.BreakEven()
		near(t, "gain", must(gain, err)(t), v.Gain)
		if feasible != v.Feasible {
			t.Errorf("%v points are feasible: %t", gain, feasible)
		}
	}
}

func TestBreakEvenKeepsContactsAsTheyAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Repeats can make room for growth of up to repeat ÷ (1 − repeat).
		repeat := rapid.Float64Range(0.01, 0.85).Draw(t, "repeat")
		r := capacity.Resolution{
			Contacts: 1e6, Repeat: repeat, Callback: rapid.Float64Range(0.9, 1).Draw(t, "callback"),
			Growth: rapid.Float64Range(0, min(0.5, 0.999*repeat/(1-repeat))).Draw(t, "growth"),
		}
		gain, feasible, err := r.BreakEven()
		if err != nil || !feasible {
			t.Fatalf("got a gain of %v, feasible %v, %v", gain, feasible, err)
		}
		r.Gain = gain
		if after := must(r.Effect())(t).After; math.Abs(after-1e6) > 1e-3 {
			t.Fatalf("%v contacts after a gain of %v", after, gain)
		}
	})
}

func TestDeflectionVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Contacts  float64 `json:"gross_contacts"`
		Reach     float64 `json:"ai_reach"`
		Contain   float64 `json:"containment"`
		Leakage   float64
		Easy      float64 `json:"aht_deflected_s"`
		AHT       float64 `json:"aht_all_s"`
		Price     float64 `json:"ai_price_per_session"`
		Contained float64
		Leaked    float64  `json:"leaked_back"`
		Human     float64  `json:"human_contacts"`
		Saved     float64  `json:"net_deflected"`
		Hours     float64  `json:"workload_after_h"`
		Left      *float64 `json:"aht_remaining_s"`
		Cost      float64  `json:"ai_cost"`
	}](t, "work.json", "deflection") {
		got := must(capacity.Deflection{
			Contacts: v.Contacts, Reach: v.Reach, Containment: v.Contain, Leakage: v.Leakage, AHT: v.AHT, EasyAHT: v.Easy,
		}.Effect())(t)
		near(t, "contained", got.Contained, v.Contained)
		near(t, "leaked", got.Leaked, v.Leaked)
		near(t, "human", got.Human, v.Human)
		near(t, "saved", got.Saved, v.Saved)
		near(t, "hours", got.Hours, v.Hours)
		near(t, "cost", got.Sessions*v.Price, v.Cost)
		left := 0.0
		if v.Left != nil {
			left = *v.Left
		}
		near(t, "handle time left", got.AHT, left)
	}
}

func TestShrinkageVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Out   float64 `json:"out_of_office"`
		In    float64 `json:"in_office_of_present_time"`
		Times float64 `json:"total_multiplicative"`
		Sum   float64 `json:"total_additive_same_base"`
	}](t, "work.json", "shrinkage_combine") {
		near(t, "on present time", must(capacity.CombineShrinkage(v.Out, v.In))(t), v.Times)
		near(t, "on paid time", must(capacity.AddShrinkage(v.Out, v.In))(t), v.Sum)
	}
	for _, v := range vectors[[]struct{ Required, Shrinkage, Correct float64 }](t, "work.json", "shrinkage_gross_up") {
		near(t, "gross", must(capacity.GrossUp(v.Required, v.Shrinkage))(t), v.Correct)
	}
	for _, v := range vectors[[]struct {
		Work        float64 `json:"workload_h"`
		Staffed     float64 `json:"staffed_h"`
		Paid        float64 `json:"paid_h"`
		Occupancy   float64
		Shrinkage   float64
		Utilisation float64
	}](t, "work.json", "occupancy_utilisation") {
		got := must(capacity.TimeUse{Work: v.Work, Staffed: v.Staffed, Paid: v.Paid}.Shares())(t)
		near(t, "occupancy", got.Occupancy, v.Occupancy)
		near(t, "shrinkage", got.Shrinkage, v.Shrinkage)
		near(t, "utilisation", got.Utilisation, v.Utilisation)
	}
}

func TestAttritionVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Annual   float64  `json:"annual_rate"`
		HR       float64  `json:"monthly_hr_convention"`
		Survival *float64 `json:"monthly_survival_convention"`
	}](t, "work.json", "attrition_convert") {
		near(t, "monthly", must(capacity.AttritionMonthly(v.Annual))(t), v.HR)
		survival, err := capacity.AttritionSurvival(v.Annual)
		if v.Survival == nil {
			if keyOf(t, err) != "capacity.attrition_survival_range" {
				t.Errorf("%v gone within a year gives %v, %v", v.Annual, survival, err)
			}
			continue
		}
		near(t, "survival", must(survival, err)(t), *v.Survival)
	}
	for _, v := range vectors[[]struct {
		Leavers    float64
		Headcount  float64 `json:"avg_headcount"`
		Months     float64
		Annualised float64
	}](t, "work.json", "attrition_measure") {
		near(t, "annual", must(capacity.AttritionAnnual(v.Leavers, v.Headcount, v.Months))(t), v.Annualised)
	}
}

func TestDeferredVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Opening   float64 `json:"opening_backlog"`
		Volume    float64
		Closing   float64 `json:"target_closing_backlog"`
		AHT       float64 `json:"aht_s"`
		Occupancy float64
		Shrinkage float64
		PaidHours float64 `json:"paid_hours_per_fte"`
		FTE       float64
	}](t, "work.json", "deferred_fte") {
		near(t, "FTE", must(capacity.Deferred{
			Volume: v.Volume, AHT: v.AHT, Opening: v.Opening, Closing: v.Closing,
			Occupancy: v.Occupancy, Shrinkage: v.Shrinkage, PaidHours: v.PaidHours,
		}.FTE())(t), v.FTE)
	}
	for _, v := range vectors[[]struct {
		Opening   float64 `json:"opening_backlog"`
		AHT       float64 `json:"aht_s"`
		Occupancy float64
		Days      []struct {
			Volume  float64
			Hours   float64 `json:"agent_hours"`
			Done    float64
			Backlog float64  `json:"backlog_end"`
			Age     *float64 `json:"backlog_age_days"`
		}
	}](t, "work.json", "deferred_backlog") {
		backlog := v.Opening
		for _, day := range v.Days {
			got := must(capacity.WorkOff(backlog, day.Volume, day.Hours, v.AHT, v.Occupancy))(t)
			near(t, "done", got.Done, day.Done)
			near(t, "backlog", got.Backlog, day.Backlog)
			nearOrInf(t, "days", got.Days, day.Age)
			backlog = got.Backlog
		}
	}
}

func TestBlendingVectors(t *testing.T) {
	for _, v := range vectors[[]struct {
		Staffed    float64
		A, Hours   float64
		MaxOcc     float64 `json:"blend_occ_max"`
		Efficiency float64 `json:"switch_efficiency"`
		Work       float64 `json:"deferred_work_h"`
		Usable     float64 `json:"usable_idle_h"`
		Absorbed   float64 `json:"absorbed_h"`
		Remaining  float64 `json:"remaining_h"`
	}](t, "work.json", "blending") {
		got := must(capacity.Blend{
			Agents: v.Staffed, Load: v.A, Hours: v.Hours, MaxOccupancy: v.MaxOcc, Efficiency: v.Efficiency, Work: v.Work,
		}.Effect())(t)
		near(t, "usable", got.Usable, v.Usable)
		near(t, "absorbed", got.Absorbed, v.Absorbed)
		near(t, "remaining", got.Remaining, v.Remaining)
	}
}

func TestNumbersThatMakeNoSenseAreRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	second := func(_ any, err error) error { return err }
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"a rate above one":             {second(capacity.RepeatShare(1.1, 1)), "capacity.share_range"},
		"a rate that is no number":     {second(capacity.RepeatShare(0.7, nan)), "capacity.share_range"},
		"everyone coming back":         {second(capacity.ContactsFromIssues(100, 1)), "capacity.repeat_range"},
		"negative contacts":            {second(capacity.IssuesFromContacts(-1, 0.2)), "capacity.amount_range"},
		"contacts without end":         {second(capacity.IssuesFromContacts(inf, 0.2)), "capacity.amount_range"},
		"recontacts below none":        {second(capacity.ContactsWithin(100, 0.2, -1)), "capacity.recontacts_range"},
		"recontacts beyond the limit":  {second(capacity.ContactsWithin(100, 0.2, 1001)), "capacity.recontacts_range"},
		"repeats but nobody back":      {second(capacity.Resolution{Repeat: 0.2}.Effect()), "capacity.callback_zero"},
		"shrinkage of all":             {second(capacity.GrossUp(100, 1)), "capacity.shrinkage_range"},
		"parts of more than all":       {second(capacity.AddShrinkage(0.6, 0.6)), "capacity.share_range"},
		"nobody staffed":               {second(capacity.TimeUse{Work: 1, Paid: 2}.Shares()), "capacity.amount_range"},
		"negative attrition":           {second(capacity.AttritionMonthly(-0.1)), "capacity.attrition_range"},
		"nobody to leave":              {second(capacity.AttritionAnnual(1, 0, 12)), "capacity.amount_range"},
		"work without occupancy":       {second(capacity.Deferred{Volume: 1, AHT: 1, PaidHours: 168}.FTE()), "capacity.occupancy_range"},
		"work that takes no time":      {second(capacity.WorkOff(1, 1, 1, 0, 1)), "capacity.aht_range"},
		"a blend without a cap":        {second(capacity.Blend{}.Effect()), "capacity.occupancy_range"},
		"blocking of none":             {second(capacity.ErlangBLines(10, 0)), "capacity.blocking_range"},
		"lines below none":             {second(capacity.ErlangB(10, -1)), "capacity.agents_range"},
		"a wait of all":                {second(mustQueue(t).WaitQuantile(1)), "capacity.quantile_range"},
		"an interval of no length":     {second(capacity.OfferedLoad(100, 0, 180)), "capacity.interval_range"},
		"easy contacts that take more": {second(capacity.Deflection{Contacts: 1, Reach: 1, Containment: 1, AHT: 1, EasyAHT: 9}.Effect()), "capacity.deflected_too_long"},
	} {
		if got := keyOf(t, c.err); got != c.want {
			t.Errorf("%s: problem %q, want %q", name, got, c.want)
		}
	}
}

func mustQueue(t *testing.T) capacity.Queue {
	t.Helper()
	return must(capacity.NewQueue(10, 12, 180))(t)
}
