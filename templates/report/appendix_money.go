package report

import (
	"maps"
	"slices"

	"centerplan/budget"
	"centerplan/budget/capacity"
)

// moneyTables are the plan's price tables and contribution tables.
func (w *writer) moneyTables() []Block {
	var blocks []Block
	for _, code := range slices.Sorted(maps.Keys(w.model.Prices)) {
		blocks = append(blocks, Block{Table: w.priceTable(code, w.model.Prices[code])})
	}
	for _, code := range slices.Sorted(maps.Keys(w.model.Contributions)) {
		blocks = append(blocks, Block{Table: w.contributionTable(code, w.model.Contributions[code])})
	}
	return blocks
}

// priceTable lists the tiers and what is said about the commitment.
func (w *writer) priceTable(code string, t budget.PriceTable) *Table {
	table := &Table{
		Caption: w.say("report.prices", "name", w.text(t.Name.Or(code))),
		Columns: []Column{
			{Title: w.say("report.prices.volume"), Weight: 1},
			{Title: w.say("report.prices.price", "unit", w.priceUnit(t)), Weight: 1},
		},
	}
	add := func(volume, price string) {
		table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: volume}, {Text: price}}})
	}
	for _, tier := range t.Tiers {
		add(w.say("report.prices.from", "volume", w.param(tier.From, false)), w.param(tier.Price, false))
	}
	if t.Commit != (capacity.Param{}) {
		add(w.say("report.prices.commit", "volume", w.param(t.Commit, false)), "")
	}
	if t.HasOverage {
		add(w.say("report.prices.overage"), w.param(t.Overage, false))
	}
	return table
}

// priceUnit writes what a table's prices are for; without a unit, the currency.
func (w *writer) priceUnit(t budget.PriceTable) string {
	if t.Unit != "" {
		return t.Unit
	}
	return w.model.Currency
}

// contributionTable lists the items with their rates, floors and caps.
func (w *writer) contributionTable(code string, t budget.ContributionTable) *Table {
	table := &Table{
		Caption: w.say("report.contributions", "name", w.text(t.Name.Or(code))),
		Columns: []Column{{Title: w.say("report.contributions.item"), Weight: 1}},
	}
	for _, name := range []string{"rate", "floor", "cap"} {
		table.Columns = append(table.Columns, Column{Title: w.say("report.contributions." + name), Weight: 1})
	}
	none := w.say("report.contributions.none")
	bound := func(p capacity.Param, stated bool) Cell {
		if !stated {
			return Cell{Text: none}
		}
		return Cell{Text: w.param(p, false)}
	}
	for _, item := range t.Items {
		table.Rows = append(table.Rows, Row{Cells: []Cell{
			{Text: w.text(item.Name.Or(item.Code))},
			{Text: w.rate(item.Rate)},
			bound(item.Floor, item.Floor != capacity.Param{}),
			bound(item.Cap, item.HasCap),
		}})
	}
	return table
}

// rate writes a contribution's rate in full: a tenth of a percent is money.
func (w *writer) rate(p capacity.Param) string {
	if p.Line != "" {
		return w.param(p, true)
	}
	return trimmedNumber(100*p.Value) + "%"
}
