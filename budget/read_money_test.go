package budget_test

import (
	"encoding/json"
	"strings"
	"testing"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/planning/document"
)

// FuzzTables reads any JSON as a price table and as a contribution table. What
// is refused has its place in a table; what is not refused is evaluated without
// a panic, and its cells have a number or a fault.
func FuzzTables(f *testing.F) {
	f.Add(`{"tiers": [{"price": 3}, {"from": 10, "price": 2}], "commit": 5, "overage": "volume"}`, `{"items": {"a": {"rate": 0.1}}}`)
	f.Add(`{"unit": "CNY/contact", "tiers": [{"from": 0, "price": "volume"}, {"from": "volume", "price": 1}]}`, `{"items": {"a": {"rate": "volume"}}}`)
	f.Add(`{"unit": "person", "tiers": [{"from": 3, "price": -1}, 7, null]}`, `{"items": {"a": {"rate": 0.1, "floor": 10, "cap": "volume"}, "b": {"rate": 1}}}`)
	f.Add(`{"tiers": [{"price": 1e300}]}`, `{"items": {"a": {"rate": 0.1, "floor": 10, "cap": 5}, "b": {"code": "a"}}}`)
	f.Add(`{"tiers": [{"price": "none"}]}`, `{"items": {"a": {"rate": "none", "cap": 0}}}`)
	f.Fuzz(func(t *testing.T, prices, contributions string) {
		var priceTable, contributionTable any
		if json.Unmarshal([]byte(prices), &priceTable) != nil || json.Unmarshal([]byte(contributions), &contributionTable) != nil {
			t.Skip()
		}
		r := document.Read(document.Object{
			"calendar": document.Object{"start": "2027-01", "months": 3.0},
			"lines": document.Object{
				"volume": document.Object{"unit": "contact", "values": document.Object{"2027-01": 7.0, "2027-02": 700.0}},
				"fee":    document.Object{"formula": `tiered(volume, "p", "slab") + tiered(volume, "p", "graduated")`},
				"wage":   document.Object{"formula": `employer_contributions(6000, "c")`},
			},
			"prices":        document.Object{"p": priceTable},
			"contributions": document.Object{"c": contributionTable},
		})
		model := budget.Read(r, "CNY")
		for _, p := range r.Problems() {
			if !strings.HasPrefix(p.Pointer, "/prices/p") && !strings.HasPrefix(p.Pointer, "/contributions/c") {
				t.Errorf("%v is at no place of a table", p)
			}
		}
		if len(r.Problems()) > 0 {
			return
		}
		program, _ := formula.Compile(model.Scope(nil))
		results := program.Evaluate(model.Inputs(nil), nil)
		for _, line := range []string{"fee", "wage"} {
			series, _ := results.Series(line)
			for i, v := range series.Values {
				if _, failed := series.Faults[i]; failed == (v == v) {
					t.Errorf("%s is %v in month %d, failed: %v", line, v, i, failed)
				}
			}
		}
	})
}
