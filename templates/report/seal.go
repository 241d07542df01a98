package report

import (
	"strings"

	"centerplan/budget/calendar"
	"centerplan/templates/format"
)

// A SealMark is what a report of a sealed plan shows of its seal: the short
// hash at the foot of each page, the whole of it on the cover and in the basis.
type SealMark struct {
	// Hash is the SHA-256 of the sealed bytes, Short the part of it that is easy
	// to compare by eye.
	Hash, Short string
	// On is the day the plan was sealed and Who sealed it; either may be missing.
	On  calendar.Date
	Who string
	// Engine names the program that reckoned the sealed numbers.
	Engine string
}

// sealFacts adds the seal to the facts of the cover, in few lines.
func (w *writer) sealFacts(add func(key, value string)) {
	if w.Seal == nil {
		return
	}
	words := []string{w.Seal.Short}
	if !w.Seal.On.IsZero() {
		words = append(words, format.Date(w.Seal.On, w.Locale))
	}
	for _, word := range []string{w.Seal.Who, w.Seal.Engine} {
		if word != "" {
			words = append(words, word)
		}
	}
	add("report.seal", strings.Join(words, w.say("report.list_comma")))
	add("report.seal.hash", halves(w.Seal.Hash))
}

// sealBasis adds the seal and how to check it to the basis.
func (w *writer) sealBasis(c *Chapter) {
	if w.Seal == nil {
		return
	}
	table := &Table{Columns: []Column{{Title: w.say("report.basis.what"), Weight: 1}, {Title: w.say("report.basis.value"), Weight: 2}}}
	add := func(key, value string) {
		if value != "" {
			table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: w.say(key)}, {Text: value}}})
		}
	}
	add("report.seal.hash", halves(w.Seal.Hash))
	add("report.seal.short", w.Seal.Short)
	if !w.Seal.On.IsZero() {
		add("report.seal.on", format.Date(w.Seal.On, w.Locale))
	}
	add("report.seal.who", w.Seal.Who)
	add("report.seal.engine", w.Seal.Engine)
	c.add(heading(w.say("report.seal"), 2), paragraph(w.say("report.seal.check"), Plain), Block{Table: table})
}

// pageWords are those of the page's number, with the seal's before them.
func (w *writer) pageWords() string {
	if w.Seal == nil {
		return w.say("report.page")
	}
	return w.say("report.page_sealed", "short", w.Seal.Short)
}

// halves breaks a hash in the middle, so that it stands on two equal lines.
func halves(hash string) string {
	middle := len(hash) / 2
	return hash[:middle] + "\n" + hash[middle:]
}
