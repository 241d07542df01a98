package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/planning/document"
	"centerplan/templates/report"
)

const hiringPlans = `centerplan: 1
plan: {id: t}
calendar: {start: 2027-01, months: 6}
dimensions: {site: {members: [north, south]}}
lines:
  - {code: need, name: {en: Need, zh: 需求}, unit: person, by: [site], values: {north: [10, 12, 12, 12, 10, 14], south: 8}}
  - {code: sizes, name: {en: Sizes, zh: 班额}, unit: person, rollup: sum, values: 1}
hiring:
  given: {opening: 10, attrition: 0, classes: {2027-02: 3, 2027-04: 1}, training_months: 1}
  planned: {opening: 9, attrition: 0, new_attrition: [0.1, 0.05], ramp: [0.5], training_months: 2, yield: 0.9, required: need,
    planned: true, earliest_class: 2027-02, class_min: 2, class_max: 6, notice_months: 1}
  sized: {opening: 10, attrition: 0.05, classes: sizes}
`

func TestTheBasisListsHiringPlans(t *testing.T) {
	plan := read(t, []byte(hiringPlans))
	for l, want := range map[document.Locale]map[string][]string{
		document.English: {
			"Hiring plan: given": {"10", "0.0%", "1", "100.0%", "Feb 2027: 3, Apr 2027: 1"},
			"Hiring plan: planned": {
				"9", "0.0%", "10.0%, 5.0%", "2", "90.0%", "50.0%", "9.8 (from “Need”)", "none",
				"as large as closes the gap, from Feb 2027 on, at least 2 people, at most 6 people, replacing only leavers known ahead (months: 1)",
				"north: up to 3.0 full-timers, Jan 2027 to Apr 2027",
			},
			"Hiring plan: sized": {"10", "5.0%", "0", "100.0%", "6 (from “Sizes”)"},
		},
		document.Chinese: {
			"招聘计划：given": {"10", "0.0%", "1", "100.0%", "2027年2月：3 人、2027年4月：1 人"},
			"招聘计划：sized": {"10", "5.0%", "0", "100.0%", "6（取自“班额”）"},
		},
	} {
		doc := build(t, plan, l)
		for caption, cells := range want {
			if d := cmp.Diff(valuesOf(doc, caption), cells); d != "" {
				t.Errorf("%s (-got +want):\n%s", caption, d)
			}
		}
	}
}

// valuesOf returns the second column of the table with the caption.
func valuesOf(doc report.Document, caption string) []string {
	var values []string
	for _, chapter := range doc.Chapters {
		for _, block := range chapter.Blocks {
			if block.Table == nil || block.Table.Caption != caption {
				continue
			}
			for _, row := range block.Table.Rows {
				values = append(values, row.Cells[1].Text)
			}
		}
	}
	return values
}
