package pdf_test

import (
	"strconv"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/templates/pdf"
	"centerplan/templates/report"
)

// sealed is the fixture as a sealed plan prints it, with a long scenario at the
// left of the foot and a cover that has every fact.
func sealed(l document.Locale) report.Document {
	doc := fixture(l)
	doc.Words.Footer = strings.Repeat("Scenario: growth of 12% 增长 ", 8)
	doc.Words.Page = map[document.Locale]string{
		document.English: "Sealed 3f2a-91bc-04de · Page {page} of {pages}",
		document.Chinese: "封存 3f2a-91bc-04de　第 {page} 页，共 {pages} 页",
	}[l]
	doc.Cover.Facts = append(doc.Cover.Facts,
		report.Fact{Name: "Period", Value: "Jan 2027 to Dec 2027"},
		report.Fact{Name: "封存", Value: "3f2a-91bc-04de, Dec 15, 2026, " + strings.Repeat("Wang Fang ", 3) + ", Centerplan 0.1"},
		report.Fact{Name: "SHA-256", Value: strings.Repeat("3f2a", 8) + "\n" + strings.Repeat("91bc", 8)},
	)
	return doc
}

func TestTheSealStandsOnEveryPageAndTouchesNothing(t *testing.T) {
	for _, l := range document.Locales() {
		doc := sealed(l)
		checkPlaces(t, doc)
		boxes, sheets, _, _ := pdf.LayOut(doc)
		marked := map[int]bool{}
		for _, b := range boxes {
			if strings.Contains(b.Text, "3f2a-91bc-04de") {
				marked[b.Page] = true
				if b.Page > 1 && !strings.Contains(b.Text, strconv.Itoa(len(sheets))) {
					t.Errorf("%s: page %d has lost its number: %q", l, b.Page, b.Text)
				}
			}
		}
		if len(marked) != len(sheets) {
			t.Errorf("%s: %d of %d pages carry the seal", l, len(marked), len(sheets))
		}
		rule := 0.0
		for _, b := range boxes {
			if b.Page == 1 && strings.HasPrefix(doc.Cover.Classification, b.Text) {
				rule = b.Top - 14
			}
		}
		for _, b := range boxes {
			if b.Page == 1 && strings.HasPrefix(b.Text, "91bc") && (rule == 0 || b.Bottom > rule) {
				t.Errorf("%s: the hash ends at %v, below the rule at %v", l, b.Bottom, rule)
			}
		}
	}
}
