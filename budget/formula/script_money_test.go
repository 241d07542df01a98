package formula_test

import (
	"strings"
	"testing"

	"centerplan/budget/capacity"
	"centerplan/budget/finance"
	"centerplan/budget/formula"
)

// param reads a number or the code of a line.
func (s *script) param(t *testing.T, text string) capacity.Param {
	if numeric(text) {
		return capacity.Param{Value: s.number(t, text)}
	}
	return capacity.Param{Line: text}
}

// prices reads "code from:price … commit=x overage=y unit=z".
func (s *script) prices(t *testing.T, fields []string) {
	var table formula.PriceTable
	for _, field := range fields[1:] {
		if from, price, isTier := strings.Cut(field, ":"); isTier {
			table.Tiers = append(table.Tiers, finance.Tier[capacity.Param]{From: s.param(t, from), Price: s.param(t, price)})
			continue
		}
		switch name, value, _ := strings.Cut(field, "="); name {
		case "commit":
			table.Commit = s.param(t, value)
		case "overage":
			table.Overage, table.HasOverage = s.param(t, value), true
		case "unit":
			table.Unit = value
		default:
			t.Fatalf("%s: no setting %s", s.where, name)
		}
	}
	s.scope.Prices[fields[0]] = table
}

// contributions reads "code item=rate/floor/cap …".
func (s *script) contributions(t *testing.T, fields []string) {
	var table formula.ContributionTable
	for _, field := range fields[1:] {
		code, numbers, _ := strings.Cut(field, "=")
		parts := strings.Split(numbers, "/")
		item := formula.Contribution{Code: code}
		item.Rate = s.param(t, parts[0])
		if len(parts) > 1 {
			item.Floor, item.Cap, item.HasCap = s.param(t, parts[1]), s.param(t, parts[2]), true
		}
		table.Items = append(table.Items, item)
	}
	s.scope.Contributions[fields[0]] = table
}
