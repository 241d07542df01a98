package formula

import (
	"math"
	"slices"

	"centerplan/budget/capacity"
	"centerplan/budget/finance"
	"centerplan/budget/unit"
	"centerplan/planning/problem"
)

// A PriceTable is a price table of the model. Its numbers may be lines.
type PriceTable struct {
	finance.Prices[capacity.Param]
	// Unit is that of a price, such as CNY/contact. Empty, volumes of any unit
	// are priced.
	Unit string
}

// Lines returns the codes of the lines the table refers to, each once, in
// alphabetical order.
func (t PriceTable) Lines() []string { return linesOf(t.Each()) }

func (t PriceTable) tariff(line func(string) float64) finance.Tariff {
	return finance.Resolve(t.Prices, func(p capacity.Param) float64 { return paramValue(p, line) })
}

// A ContributionTable is what employers pay on a wage, item by item.
type ContributionTable struct {
	Items []Contribution
}

// A Contribution is one item of a table. Its numbers may be lines.
type Contribution struct {
	Code string
	finance.Item[capacity.Param]
}

// Lines returns the codes of the lines the table refers to, each once, in
// alphabetical order.
func (t ContributionTable) Lines() []string {
	var params []capacity.Param
	for _, item := range t.Items {
		params = append(params, item.Rate, item.Floor, item.Cap)
	}
	return linesOf(params)
}

// codes lists the items' codes in order.
func (t ContributionTable) codes() []string {
	codes := make([]string, len(t.Items))
	for i, item := range t.Items {
		codes[i] = item.Code
	}
	return codes
}

func (t ContributionTable) items(line func(string) float64) []finance.Item[float64] {
	items := make([]finance.Item[float64], len(t.Items))
	for i, item := range t.Items {
		items[i] = finance.ResolveItem(item.Item, func(p capacity.Param) float64 { return paramValue(p, line) })
	}
	return items
}

// linesOf returns the codes of the lines that numbers name.
func linesOf(params []capacity.Param) []string {
	var codes []string
	for _, p := range params {
		if p.Line != "" {
			codes = append(codes, p.Line)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func paramValue(p capacity.Param, line func(string) float64) float64 {
	if p.Line != "" {
		return line(p.Line)
	}
	return p.Value
}

// itemArgument finds an item of the contribution table that the call names
// before it.
func (b *binder) itemArgument(n, at *node) {
	if n.part == nil {
		return // the table is not there, which is a problem already
	}
	table, _ := n.part.part.(ContributionTable)
	n.own().word = at.name
	if !slices.Contains(table.codes(), at.name) {
		b.unknown(at, "formula.unknown_item", table.codes())
	}
}

// priceNotes lists what is worth knowing about the price table a call uses, as
// far as its numbers are known.
func priceNotes(n *node, span problem.Span) []problem.Problem {
	if n.op != opCall || n.part == nil {
		return nil
	}
	table, ok := n.part.part.(PriceTable)
	if !ok || len(table.Lines()) > 0 {
		return nil
	}
	tariff := table.tariff(nil)
	var notes []problem.Problem
	for _, tier := range tariff.Unreached() {
		notes = append(notes, *fault("formula.note_unreached_tier", span, problem.Args{
			"from": write(tariff.Tiers[tier].From), "commit": write(tariff.Commit),
		}))
	}
	if n.word != slabMode {
		return notes
	}
	for _, cliff := range tariff.Cliffs() {
		notes = append(notes, *fault("formula.note_cliff", span, problem.Args{
			"from": toCents(cliff.From), "at": write(cliff.At), "before": toCents(cliff.Before), "after": toCents(cliff.After),
		}))
	}
	return notes
}

// noteTotals lists the lines whose formula is one number for the whole plan and
// whose roll-up would add it up month by month.
func (k *compilation) noteTotals(trees []*node, units []quantity) {
	for i, tree := range trees {
		if tree == nil || tree.op != opCall || !tree.fn.constant && tree.name != "plan_total" {
			continue
		}
		line := k.scope.Lines[i]
		if rollupBy(line.Rollup, units[i], k.scope.Currency).Kind == Sum {
			p := *fault("formula.note_constant_sum", k.sources[i].span(tree), problem.Args{"line": line.Code, "function": tree.name})
			p.Pointer = k.formulaPointer(i)
			k.notes = append(k.notes, p)
		}
	}
}

// toCents writes a number to two places: those of a division are no help.
func toCents(x float64) string { return write(math.Round(x*100) / 100) }

// money is the plan's currency.
func (c *checker) money() unit.Unit { return unit.Currency(c.names.scope.Currency) }

// priced returns the unit of tiered. Where the table states the unit of its
// prices, the volume must make money of it.
func (c *checker) priced(n *node) quantity {
	money, got := c.money(), c.check(n.args[0])
	if n.part == nil {
		return fixed(money)
	}
	table, _ := n.part.part.(PriceTable)
	volume := got.unit
	if table.Unit != "" {
		price, _ := unit.ParseLine(table.Unit, c.names.scope.Currency)
		volume = money.Div(price)
		if got.class == unitFixed && got.unit != volume {
			c.mismatch(n.args[0], "formula.unit_argument", volume, got.unit, problem.Args{
				"function": n.name, "parameter": n.fn.Params[0].Name,
			})
		}
	} else if got.class != unitFixed {
		return fixed(money)
	}
	price := money.Div(volume)
	for _, tier := range table.Tiers {
		c.partNumber(n, tier.From, volume)
		c.partNumber(n, tier.Price, price)
	}
	c.partNumber(n, table.Commit, volume)
	c.partNumber(n, table.Overage, price)
	return fixed(money)
}

// contributed returns the unit of employer_contributions, which is its wage's:
// money a person, or money where the wage is that of one person anyway.
func (c *checker) contributed(n *node) quantity {
	money := c.money()
	wage := money.Div(unit.Person)
	got := c.check(n.args[0])
	switch {
	case got.class == unitFlex:
		got = fixed(wage)
	case got.class == unitFixed && got.unit != wage && got.unit != money:
		c.mismatch(n.args[0], "formula.unit_argument", wage, got.unit, problem.Args{
			"function": n.name, "parameter": n.fn.Params[0].Name,
		})
		return anyUnit
	}
	if n.part == nil || got.class != unitFixed {
		return got
	}
	table, _ := n.part.part.(ContributionTable)
	for _, item := range table.Items {
		c.partNumber(n, item.Rate, unit.Ratio)
		c.partNumber(n, item.Floor, got.unit)
		c.partNumber(n, item.Cap, got.unit)
	}
	return got
}

// partNumber wants the line that a number of the call's part names in the unit.
func (c *checker) partNumber(n *node, number capacity.Param, want unit.Unit) {
	for _, arg := range n.args {
		if !arg.implied || arg.name != number.Line {
			continue
		}
		if got := c.check(arg); got.class == unitFixed && got.unit != want {
			c.mismatch(arg, "formula.unit_part", want, got.unit, problem.Args{"name": arg.name})
		}
	}
}
