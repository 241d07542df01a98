// Package pdf sets a report on A4 pages and writes them as a PDF.
//
// The same document gives the same bytes. Documents can be rendered side by
// side: each has its own copy of the fonts. This is the only package that knows
// fpdf, and it lets that library draw only: it breaks lines, measures and
// places every text itself, because fpdf loses characters of wrapped Chinese.
package pdf

import (
	"centerplan/templates/report"
)

// Render returns the document as a PDF file. An error is our own fault or a
// date that is none; no text can cause one.
func Render(doc report.Document) ([]byte, error) {
	fonts, err := loadFonts()
	if err != nil {
		return nil, err
	}
	set := newTypesetter(fonts, doc.Language)
	laid := layOut(doc, set)
	return paint(doc, cleanTitle(set, doc.Title), set, laid)
}

func cleanTitle(set typesetter, title string) string {
	cleaned, _ := cleanWith(set.fonts, title)
	return cleaned
}
