package report_test

import (
	"os"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/templates/report"
)

// cells writes a table's rows, its cells apart by a bar.
func cells(table report.Table) []string {
	var rows []string
	for _, row := range table.Rows {
		var texts []string
		for _, cell := range row.Cells {
			texts = append(texts, cell.Text)
		}
		rows = append(rows, strings.Join(texts, " | "))
	}
	return rows
}

func TestTheBasisListsPricesAndContributions(t *testing.T) {
	text, err := os.ReadFile("../../planning/planfile/testdata/money.plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[document.Locale]map[string][]string{
		document.English: {
			"Price table: Partner, price per contact":        {"From 0 | 3.2", "From 50,000 | 2.9", "From 100,000 | 2.6"},
			"Price table: Partner, 100,000 committed":        {"From 0 | 2.8", "At least 100,000 are billed | ", "Above the commitment | 3.3"},
			"Employer contributions: Housing fund and union": {"Housing fund | 7% | 2,590 | 37,302", "Union | 2% | none | none"},
			"Employer contributions: Social insurance":       {"Pension | 16%"},
		},
		document.Chinese: {
			"价格表：外包保底10万":   {"0 起 | 2.8", "至少按 100,000 计费 | ", "超过承诺量的部分 | 3.3"},
			"单位缴费：公积金与工会经费": {"住房公积金 | 7% | 2,590 | 37,302", "工会经费 | 2% | 无 | 无"},
		},
	}
	for l, want := range cases {
		tables := map[string][]string{}
		for _, block := range chapter(t, build(t, read(t, text), l), "basis").Blocks {
			if block.Table != nil {
				tables[block.Table.Caption] = cells(*block.Table)
			}
		}
		for caption, rows := range want {
			for i, row := range rows {
				if got := tables[caption]; len(got) <= i || !strings.HasPrefix(got[i], row) {
					t.Errorf("%s: row %d is not %q but one of %q", caption, i+1, row, got)
				}
			}
		}
	}
}
