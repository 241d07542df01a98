package report

import (
	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/budget/unit"
	"centerplan/planning/document"
)

// pricesTable lists the tiers of a price table and what is billed besides.
func (w *writer) pricesTable(code string, t budget.PriceTable) *Table {
	priced, _ := unit.ParseLine(t.Unit, w.model.Currency) // empty where any unit is priced
	table := &Table{Caption: w.say("report.prices", "name", w.nameOr(t.Name, code)), Unit: w.unit(priced), Columns: []Column{
		{Title: w.say("report.prices.from"), Weight: 1}, {Title: w.say("report.prices.price"), Weight: 2},
	}}
	for _, tier := range t.Tiers {
		table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: w.param(tier.From, false)}, {Text: w.param(tier.Price, false)}}})
	}
	if t.Commit != (capacity.Param{}) {
		table.Footnotes = append(table.Footnotes, w.say("report.prices.commit", "number", w.param(t.Commit, false)))
	}
	if t.HasOverage {
		table.Footnotes = append(table.Footnotes, w.say("report.prices.overage", "price", w.param(t.Overage, false)))
	}
	return table
}

// contributionsTable lists what employers pay on a wage.
func (w *writer) contributionsTable(code string, t budget.ContributionTable) *Table {
	table := &Table{Caption: w.say("report.contributions", "name", w.nameOr(t.Name, code)), Columns: []Column{
		{Title: w.say("report.contributions.item"), Weight: 2},
		{Title: w.say("report.contributions.rate"), Weight: 1},
		{Title: w.say("report.contributions.floor"), Weight: 1},
		{Title: w.say("report.contributions.cap"), Weight: 1},
	}}
	for _, item := range t.Items {
		highest := w.say("report.none")
		if item.HasCap {
			highest = w.param(item.Cap, false)
		}
		table.Rows = append(table.Rows, Row{Cells: []Cell{
			{Text: w.nameOr(item.Name, item.Code)},
			{Text: w.param(item.Rate, true)},
			{Text: w.param(item.Floor, false)},
			{Text: highest},
		}})
	}
	return table
}

// nameOr is a thing's name, or its code where it has none.
func (w *writer) nameOr(name document.Text, code string) string { return w.text(name.Or(code)) }
