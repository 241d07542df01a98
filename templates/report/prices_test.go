package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning/document"
	"centerplan/templates/report"
)

const tables = `centerplan: 1
plan: {id: t, currency: CNY}
calendar: {start: 2027-01, months: 6}
lines:
  - {code: minimum, name: {en: Minimum, zh: 最低量}, unit: contact, rollup: average, values: 500}
  - {code: fee, unit: CNY, formula: "tiered(minimum, \"partner\", \"graduated\")"}
  - {code: response, name: {en: Response, zh: 响应}, unit: contact/customer, rollup: average, values: 0.04}
prices:
  partner: {name: {en: Partner, zh: 伙伴}, unit: CNY/contact, commit: minimum, overage: 7, tiers: [{from: 0, price: 6.9}, {from: 60000, price: 6.4}]}
contributions:
  city: {items: [{code: pension, name: {en: Pension, zh: 养老}, rate: 0.16, floor: 4800, cap: 24000}, {code: injury, rate: 0.003}]}
okr:
  roles: [{code: head, name: {en: Head, zh: 负责人}}]
  milestones:
    - {code: m, name: {en: Ready, zh: 就绪}, owner: head, due: 2027-03-31, acceptance: {en: It runs., zh: 可运行。}, note: {en: Late by a month., zh: 延期一个月。}}
`

func TestTheBasisListsPricesAndContributions(t *testing.T) {
	plan := read(t, []byte(tables))
	for l, want := range map[document.Locale]map[string][]string{
		document.English: {
			"Price table: Partner":         {"6.9", "6.4"},
			"Employer contributions: city": {"16.0%", "0.3%"},
		},
		document.Chinese: {"价格表：伙伴": {"6.9", "6.4"}, "单位缴费：city": {"16.0%", "0.3%"}},
	} {
		doc := build(t, plan, l)
		for caption, cells := range want {
			if d := cmp.Diff(valuesOf(doc, caption), cells); d != "" {
				t.Errorf("%s (-got +want):\n%s", caption, d)
			}
		}
	}
	text := allText(build(t, plan, document.English))
	for _, want := range []string{
		"At least 500 (from “Minimum”) are billed in a month.", "What exceeds that costs 7 each.",
		"Accepted when: It runs. Late by a month.", "0.04",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
}

// allText joins the cells and footnotes of all tables.
func allText(doc report.Document) string {
	var text strings.Builder
	for _, chapter := range doc.Chapters {
		for _, block := range chapter.Blocks {
			if block.Table == nil {
				continue
			}
			for _, row := range block.Table.Rows {
				for _, cell := range row.Cells {
					text.WriteString(cell.Text + "\n" + cell.Note + "\n")
				}
			}
			text.WriteString(strings.Join(block.Table.Footnotes, "\n"))
		}
	}
	return text.String()
}
