package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/templates/pdf"
	"centerplan/templates/report"
)

func mark() *report.SealMark {
	hash := strings.Repeat("3f2a91bc04de5678", 4)
	return &report.SealMark{
		Hash: hash, Short: "3f2a-91bc-04de", On: calendar.Of(2026, 12).Date(15), Who: "主任", Engine: "Centerplan 0.1",
	}
}

func TestASealedReportCarriesItsHash(t *testing.T) {
	for l, want := range map[document.Locale]struct{ page, fact, word string }{
		document.English: {"Sealed 3f2a-91bc-04de · Page {page} of {pages}", "3f2a-91bc-04de, Dec 15, 2026, 主任, Centerplan 0.1", "Sealed by"},
		document.Chinese: {"封存 3f2a-91bc-04de　第 {page} 页，共 {pages} 页", "3f2a-91bc-04de、2026年12月15日、主任、Centerplan 0.1", "封存人"},
	} {
		in := input(t, telecom(t), l)
		in.Seal = mark()
		doc, err := report.Build(in)
		if err != nil {
			t.Fatal(err)
		}
		if doc.Words.Page != want.page {
			t.Errorf("%s: each page says %q, want %q", l, doc.Words.Page, want.page)
		}
		whole := in.Seal.Hash[:32] + "\n" + in.Seal.Hash[32:]
		var values []string
		for _, fact := range doc.Cover.Facts {
			values = append(values, fact.Value)
		}
		if !slices.Contains(values, want.fact) || !slices.Contains(values, whole) {
			t.Errorf("%s: the cover says %q, want %q and the whole hash", l, values, want.fact)
		}
		var rows []string
		for _, b := range chapter(t, doc, "basis").Blocks {
			if b.Table == nil {
				continue
			}
			for _, r := range b.Table.Rows {
				rows = append(rows, r.Cells[0].Text+"="+r.Cells[1].Text)
			}
		}
		for _, row := range []string{"SHA-256=" + whole, want.word + "=主任"} {
			if !slices.Contains(rows, row) {
				t.Errorf("%s: the basis lacks %q: %q", l, row, rows)
			}
		}
	}
}

func TestWithoutASealNothingSpeaksOfOne(t *testing.T) {
	plain, sealed := input(t, telecom(t), document.Chinese), input(t, telecom(t), document.Chinese)
	sealed.Seal = mark()
	var files [2][]byte
	for i, in := range []report.Input{plain, sealed} {
		doc, err := report.Build(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(doc.Words.Page, "封存"); got != (in.Seal != nil) {
			t.Errorf("the pages speak of a seal: %v", got)
		}
		if files[i], err = pdf.Render(doc); err != nil {
			t.Fatal(err)
		}
	}
	if bytes.Equal(files[0], files[1]) {
		t.Error("the seal is not in the PDF")
	}
}
