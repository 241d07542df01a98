package budget

import (
	"errors"
	"math"

	"centerplan/budget/capacity"
	"centerplan/budget/finance"
	"centerplan/budget/formula"
	"centerplan/budget/unit"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// readPrices reads the price tables by their code: {name, unit, tiers: [{from,
// price}], commit, overage}. The first tier is from 0 unless it says so itself;
// any number may be the code of a line.
func readPrices(r document.Reader, currency string) map[string]PriceTable {
	tables := map[string]PriceTable{}
	for _, entry := range r.Members() {
		tables[entry.Key] = readPriceTable(entry.Reader, currency)
	}
	return tables
}

func readPriceTable(r document.Reader, currency string) PriceTable {
	r.Require().Fields("name", "unit", "tiers", "commit", "overage")
	table := PriceTable{Name: r.Field("name").Text()}
	table.Unit = readPriceUnit(r.Field("unit"), currency)
	table.Tiers = readTiers(r.Field("tiers"))
	table.Commit = capacity.ReadParam(r.Field("commit"), finance.CommitRange.Check, capacity.Param{})
	table.HasOverage = r.Field("overage").Present()
	table.Overage = capacity.ReadParam(r.Field("overage"), finance.TierPrice.Check, capacity.Param{})
	return table
}

// readPriceUnit reads the unit of a price, which is money for something.
func readPriceUnit(r document.Reader, currency string) string {
	text := r.String()
	if text == "" {
		return ""
	}
	price, _ := unit.ParseLine(text, currency)
	money := unit.Currency(currency)
	if _, ok := price.Replace(money, unit.Ratio); !ok {
		r.Fail("budget.price_unit", problem.Args{"got": text, "currency": money.String()})
		return ""
	}
	return text
}

func readTiers(r document.Reader) []finance.Tier[capacity.Param] {
	items := r.Items()
	if len(items) == 0 {
		r.Fail("finance.no_tiers", nil)
	}
	var tiers []finance.Tier[capacity.Param]
	before := capacity.Param{Value: math.Inf(-1)}
	for i, item := range items {
		item.Fields("from", "price")
		from, faults := item.Field("from"), len(r.Problems())
		if i > 0 {
			from.Require()
		}
		tier := finance.Tier[capacity.Param]{
			From:  capacity.ReadParam(from, finance.TierStart.Check, capacity.Param{}),
			Price: capacity.ReadParam(item.Field("price").Require(), finance.TierPrice.Check, capacity.Param{}),
		}
		if from.Present() && tier.From.Line == "" && before.Line == "" && len(r.Problems()) == faults {
			failWith(from, finance.CheckTierOrder(before.Value, tier.From.Value))
		}
		before = tier.From
		tiers = append(tiers, tier)
	}
	return tiers
}

// readContributions reads the contribution tables by their code: {name, items:
// {id: {code, name, rate, floor, cap}}}. Any number may be the code of a line.
func readContributions(r document.Reader) map[string]ContributionTable {
	tables := map[string]ContributionTable{}
	for _, entry := range r.Members() {
		entry.Require().Fields("name", "items")
		table := ContributionTable{Name: entry.Field("name").Text()}
		items := entry.Field("items").Members()
		if len(items) == 0 {
			entry.Field("items").Fail("budget.no_items", problem.Args{"table": entry.Key})
		}
		seen := map[string]bool{}
		for _, item := range items {
			read := readContribution(item)
			if seen[read.Code] {
				item.Field("code").Fail("budget.item_twice", problem.Args{"code": read.Code})
			}
			seen[read.Code] = true
			table.Items = append(table.Items, read)
		}
		tables[entry.Key] = table
	}
	return tables
}

func readContribution(entry document.Entry) Contribution {
	entry.Fields("code", "name", "rank", "rate", "floor", "cap")
	capField := entry.Field("cap")
	item := finance.Item[capacity.Param]{
		Rate:   capacity.ReadParam(entry.Field("rate").Require(), finance.ContributionRate.Check, capacity.Param{}),
		Floor:  capacity.ReadParam(entry.Field("floor"), finance.ContributionBound.Check, capacity.Param{}),
		Cap:    capacity.ReadParam(capField, finance.ContributionBound.Check, capacity.Param{}),
		HasCap: capField.Present(),
	}
	if item.HasCap && item.Floor.Line == "" && item.Cap.Line == "" {
		failWith(capField, finance.CheckItem(finance.Item[float64]{
			Floor: item.Floor.Value, Cap: item.Cap.Value, HasCap: true,
		}))
	}
	return Contribution{
		ID: entry.Key, Name: entry.Field("name").Text(),
		Contribution: formula.Contribution{Code: codeOf(entry), Item: item},
	}
}

// failWith records a problem at the reader's place, if there is one.
func failWith(r document.Reader, err error) {
	if p, ok := errors.AsType[problem.Problem](err); ok {
		r.Fail(p.Key, p.Args)
	}
}
