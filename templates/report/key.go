package report

import (
	"slices"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/budget/unit"
)

// modelOf is the budget's model; the alias keeps signatures short.
type modelOf = budget.Model

// keyLines are the codes of the lines that a summary speaks of. One that the
// plan does not have is empty.
type keyLines struct {
	volume, fte, peak, total, perContact, perIssue, resolution string
}

// usual lists, for each key line, the codes plans usually give it and the unit
// it must have. A plan that names them otherwise gets the first line of the
// unit, where the unit tells enough.
var usual = []struct {
	codes []string
	unit  string
	guess bool
	set   func(*keyLines) *string
}{
	{[]string{"volume", "contacts", "calls", "total_volume", "联络量", "来电量", "话务量"}, "contact", true, func(k *keyLines) *string { return &k.volume }},
	{[]string{"fte", "required_fte", "total_fte", "headcount", "人力"}, "person", true, func(k *keyLines) *string { return &k.fte }},
	{[]string{"peak_agents", "peak"}, "person", false, func(k *keyLines) *string { return &k.peak }},
	{[]string{"total_cost", "cost", "total", "budget_total", "总成本"}, "currency", true, func(k *keyLines) *string { return &k.total }},
	{[]string{"cost_per_contact", "cost_per_call", "unit_cost"}, "currency/contact", true, func(k *keyLines) *string { return &k.perContact }},
	{[]string{"cost_per_resolution", "cost_per_resolved", "cost_per_issue"}, "currency/issue", true, func(k *keyLines) *string { return &k.perIssue }},
	{[]string{"fcr", "first_contact_resolution", "首次解决率"}, "ratio", false, func(k *keyLines) *string { return &k.resolution }},
}

// keyLinesOf finds the lines a summary speaks of.
func keyLinesOf(model modelOf, results *formula.Results) keyLines {
	var keys keyLines
	for _, u := range usual {
		want, _ := unit.ParseLine(u.unit, model.Currency)
		fits := func(line budget.Line) bool {
			series, ok := results.Series(line.Code)
			return ok && series.Unit.Same(want)
		}
		found := u.set(&keys)
		for _, code := range u.codes {
			if line, ok := model.ByCode(code); ok && fits(line) {
				*found = code
				break
			}
		}
		if *found != "" || !u.guess {
			continue
		}
		lines := model.Lines
		if u.unit == "currency" { // a total stands behind what it adds
			lines = slices.Clone(lines)
			slices.Reverse(lines)
		}
		if i := slices.IndexFunc(lines, fits); i >= 0 {
			*found = lines[i].Code
		}
	}
	return keys
}
