package report

import (
	"slices"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/templates/format"
)

// accounts is the budget by the chart of accounts, and what of it is on no
// account.
func (w *writer) accounts() Chapter {
	c := w.chapter("accounts", "scenario", w.scenario(w.main))
	if len(w.model.Accounts) == 0 || !w.adds() {
		return c
	}
	table, chart := w.accountTable()
	c.add(Block{Table: table})
	if chart != nil {
		c.add(Block{Chart: chart})
	}
	return c
}

// An accountRow is an account with its sums over the columns.
type accountRow struct {
	account budget.Account
	depth   int
	parent  bool
	columns []sum
}

// accountBuckets are the columns of the account table: quarters, or the years
// of a longer plan.
func (w *writer) accountBuckets() (buckets [][2]int, titles []string) {
	if w.model.Calendar.Months > 12 {
		for _, year := range w.model.Calendar.Years() {
			buckets, titles = append(buckets, [2]int{year.From, year.To}), append(titles, year.Label)
		}
		return buckets, titles
	}
	for _, quarter := range w.model.Calendar.Quarters() {
		number := w.model.Calendar.Quarter(quarter.From)
		buckets = append(buckets, [2]int{quarter.From, quarter.To})
		titles = append(titles, w.say("report.quarter", "number", strconv.Itoa(number)))
	}
	return buckets, titles
}

func (w *writer) accountTable() (*Table, *Chart) {
	t := &moneyTable{w: w, outcome: w.main, notes: &faultNotes{w: w}}
	var titles []string
	t.buckets, titles = w.accountBuckets()
	t.scale = format.ScaleOf(w.largestColumn(w.budgeted(), t.buckets), w.Locale)
	rows := w.accountRows(t, "", 0)
	table := &Table{Caption: w.say("report.accounts.table"), Unit: w.moneyUnit(t.scale), Columns: []Column{{Title: w.say("report.account"), Weight: 1}}}
	for i, title := range titles {
		table.Columns = append(table.Columns, Column{Title: title, Align: Right, Part: 1 + i/4})
	}
	table.Columns = append(table.Columns, Column{Title: w.say("report.whole"), Align: Right, Strong: true}, Column{Title: w.say("report.share"), Align: Right})
	whole := make([]sum, len(t.buckets)+1)
	for _, row := range rows {
		if row.depth == 0 {
			for i := range whole {
				whole[i].join(row.columns[i])
			}
		}
	}
	all := whole[len(t.buckets)]
	for _, row := range rows {
		table.Rows = append(table.Rows, w.accountLine(t, row, all))
	}
	table.Rows = append(table.Rows, Row{Kind: Total, Cells: slices.Concat(
		[]Cell{{Text: w.say("report.total")}}, t.sums(whole), []Cell{w.shareCell(all, all)})})
	table.Footnotes = append(t.notes.list(), w.footing(w.budgeted(), all, t.scale)...)
	return table, w.accountChart(rows, t)
}

// accountRows walks the chart of accounts below a parent and leaves out what
// has no line.
func (w *writer) accountRows(t *moneyTable, parent string, depth int) []accountRow {
	var rows []accountRow
	for _, account := range w.model.Accounts {
		if account.Parent != parent || depth > 8 {
			continue
		}
		row := accountRow{account: account, depth: depth, columns: make([]sum, len(t.buckets)+1)}
		codes := w.codesOn(account)
		if len(codes) > 0 {
			t.leaf(codes, row.columns)
		}
		below := w.accountRows(t, account.ID, depth+1)
		for _, child := range below {
			if child.depth == depth+1 {
				for i := range row.columns {
					row.columns[i].join(child.columns[i])
				}
			}
		}
		row.parent = len(below) > 0
		if len(codes) > 0 || row.parent {
			rows = append(append(rows, row), below...)
		}
	}
	return rows
}

// codesOn returns the lines booked on an account, by its id or its code.
func (w *writer) codesOn(account budget.Account) []string {
	var codes []string
	for _, line := range w.budgeted() {
		if line.Account == account.ID {
			codes = append(codes, line.Code)
		}
	}
	return codes
}

func (w *writer) accountLine(t *moneyTable, row accountRow, all sum) Row {
	line := Row{Indent: row.depth}
	if row.parent && row.depth == 0 {
		line.Kind = Subtotal
	}
	name := Cell{Text: row.account.Code + "  " + w.text(row.account.Name.Or(row.account.Code))}
	var names []string
	for _, code := range w.codesOn(row.account) {
		l, _ := w.model.ByCode(code)
		if title := w.text(l.Title()); title != w.text(row.account.Name.Or(row.account.Code)) {
			names = append(names, title)
		}
	}
	name.Note = strings.Join(names, w.say("report.list_comma"))
	line.Cells = slices.Concat([]Cell{name}, t.sums(row.columns), []Cell{w.shareCell(row.columns[len(t.buckets)], all)})
	return line
}

func (w *writer) shareCell(part, all sum) Cell {
	if part.fault != nil || all.fault != nil || all.units == 0 {
		return Cell{Text: w.say("report.none"), Tone: Muted}
	}
	return Cell{Text: format.Percent(part.units / all.units)}
}

// accountChart shows the shares of the accounts at the top.
func (w *writer) accountChart(rows []accountRow, t *moneyTable) *Chart {
	chart := &Chart{Kind: Bars, Title: w.say("report.accounts.chart"), Unit: w.moneyUnit(t.scale)}
	var s Series
	var all sum
	for _, row := range rows {
		if row.depth == 0 {
			all.join(row.columns[len(t.buckets)])
		}
	}
	for _, row := range rows {
		if row.depth > 0 {
			continue
		}
		whole := row.columns[len(t.buckets)]
		chart.Labels = append(chart.Labels, w.text(row.account.Name.Or(row.account.Code)))
		s.Texts = append(s.Texts, w.sumCell(whole, t.scale).Text)
		if whole.fault != nil {
			s.Values, s.Notes = append(s.Values, nil), append(s.Notes, "")
			continue
		}
		s.Values, s.Notes = append(s.Values, &whole.units), append(s.Notes, w.shareCell(whole, all).Text)
	}
	if len(chart.Labels) < 2 {
		return nil
	}
	chart.Series = []Series{s}
	return chart
}
