package budget

import (
	"centerplan/budget/formula"
	"centerplan/planning/document"
)

// A PriceTable is a price table with what people call it.
type PriceTable struct {
	Name document.Text
	formula.PriceTable
}

// A ContributionTable is what employers pay on a wage, item by item.
type ContributionTable struct {
	Name document.Text
	// Items are in display order.
	Items []Contribution
}

// A Contribution is one item of a table, such as the housing fund.
type Contribution struct {
	ID   string
	Name document.Text
	formula.Contribution
}

// compiled returns the table as the formula compiler sees it.
func (t ContributionTable) compiled() formula.ContributionTable {
	var table formula.ContributionTable
	for _, item := range t.Items {
		table.Items = append(table.Items, item.Contribution)
	}
	return table
}
