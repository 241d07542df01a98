package report

import (
	"math"
	"slices"
	"strings"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/budget/unit"
	"centerplan/scenarios"
	"centerplan/templates/format"
)

// A manner is how the numbers of one line are written.
type manner struct {
	percent bool
	digits  int
}

// mannerOf returns how a line's numbers are written, given its unit and the
// largest of them. Shares are percentages where the line says so. Numbers that
// are whole in every scenario are written so.
func (w *writer) mannerOf(line budget.Line, u unit.Unit, largest float64) manner {
	name, whole := u.String(), w.isWhole(line.Code)
	switch {
	case u.Plain() && (strings.TrimSpace(line.Unit) == "%" || line.Unit == "" && math.Abs(largest) <= 1 && w.isShare(line)):
		return manner{percent: true}
	case strings.HasPrefix(name, w.model.Currency+"/") && (!whole || math.Abs(largest) < 100):
		return manner{digits: fine(largest, 2)}
	case whole:
		return manner{}
	case name == "person":
		return manner{digits: 1}
	case name == w.model.Currency || name == "contact" || name == "issue" || name == "customer" || name == "seat":
		return manner{digits: digitsFor(largest, 0)}
	case u.Plain():
		return manner{digits: 2}
	}
	return manner{digits: fine(largest, 1-min(1, int(math.Abs(largest)/1e4)))}
}

// fine returns digits, and more, up to four, for numbers below one that would
// else be off by over a hundredth of the largest.
func fine(largest float64, digits int) int {
	largest = math.Abs(largest)
	for largest > 0 && largest < 1 && digits < 4 {
		size := math.Pow10(digits)
		if math.Abs(math.Round(largest*size)/size-largest) <= largest/100 {
			break
		}
		digits++
	}
	return digits
}

// isWhole reports whether a line's cells and totals are whole numbers in all
// the scenarios of the report.
func (w *writer) isWhole(code string) bool {
	if whole, known := w.whole[code]; known {
		return whole
	}
	whole := true
	for _, o := range w.beside {
		series, _ := o.Results.Series(code)
		for _, v := range series.Values {
			whole = whole && (math.IsNaN(v) || isInteger(v))
		}
		if f := total(o, code); whole && f.fault == nil {
			whole = isInteger(f.value)
		}
	}
	w.whole[code] = whole
	return whole
}

// isInteger reports whether a number is whole but for the noise of computing.
func isInteger(v float64) bool { return math.Abs(v-math.Round(v)) <= 1e-9*max(1, math.Abs(v)) }

// isShare reports whether a line without a unit is a share by its formula: it
// has none of its own and follows from others.
func (w *writer) isShare(line budget.Line) bool { return !line.IsInput() }

// digitsFor returns digits, and two for numbers that would else be all nought.
func digitsFor(largest float64, digits int) int {
	if largest != 0 && math.Abs(largest) < 10 {
		return max(digits, 2)
	}
	return digits
}

func (m manner) text(value float64) string {
	if m.percent {
		return format.Percent(value)
	}
	return format.Number(value, m.digits)
}

// units rounds a value to what text prints of it.
func (m manner) units(value float64) float64 {
	if m.percent {
		return format.Units(value, 3)
	}
	return format.Units(value, m.digits)
}

// printed writes units.
func (m manner) printed(units float64) string {
	if m.percent {
		return format.Group(units, 1) + "%"
	}
	return format.Group(units, m.digits)
}

// signed writes a difference; one between shares is in percentage points.
func (w *writer) signed(m manner, difference float64) string {
	if m.percent {
		return w.say("report.points", "number", format.Signed(difference*100, 1))
	}
	return format.Signed(difference, m.digits)
}

// knownUnits are the words of units that the catalogues translate.
var knownUnits = map[string]bool{
	"contact": true, "issue": true, "person": true, "second": true, "minute": true, "hour": true,
	"day": true, "month": true, "customer": true, "seat": true,
}

// unit writes a unit in the report's language. The plain ratio has none.
func (w *writer) unit(u unit.Unit) string {
	if u.Plain() {
		return ""
	}
	parts := strings.Split(u.String(), "/")
	for i, part := range parts {
		words := strings.Split(part, "*")
		for j, word := range words {
			words[j] = w.unitWord(word)
			if i > 0 && knownUnits[word] {
				words[j] = w.say("report.unit.per." + word)
			}
		}
		parts[i] = strings.Join(words, "·")
	}
	return strings.Join(parts, "/")
}

func (w *writer) unitWord(word string) string {
	switch {
	case word == "CNY":
		return w.say("report.unit.CNY")
	case knownUnits[word]:
		return w.say("report.unit." + word)
	}
	return word
}

// faultWord is the short word a failed cell prints. It is never a number.
func (w *writer) faultWord(fault formula.Fault) string {
	switch {
	case isWithheld(fault):
		return w.say("report.fault.withheld")
	case strings.Contains(fault.Key, "division"):
		return w.say("report.fault.division")
	case strings.Contains(fault.Key, "missing") || strings.Contains(fault.Key, "empty"):
		return w.say("report.fault.missing")
	}
	if strings.Contains(fault.Key, "cycle") {
		return w.say("report.fault.cycle")
	}
	return w.say("report.fault.other")
}

// faultSentence says why a cell failed and where that began.
func (w *writer) faultSentence(fault formula.Fault) string {
	line := fault.Line
	if l, ok := w.model.ByCode(fault.Line); ok {
		line = w.text(l.Title())
	}
	month := ""
	if fault.Period >= 0 && fault.Period < w.model.Calendar.Months {
		month = format.MonthYear(w.model.Calendar.Month(fault.Period), w.Locale)
	}
	return w.say("report.fault.sentence", "word", w.faultWord(fault), "line", line, "month", month,
		"reason", w.Say("problem."+fault.Key, fault.Args))
}

// isWithheld reports whether a cell failed for no other reason than that the
// reader may not see it.
func isWithheld(fault formula.Fault) bool { return fault.Key == formula.Withheld }

// A figure is a number that may have failed.
type figure struct {
	value float64
	fault *formula.Fault
}

// roll returns a line rolled up over periods and, for lane -1, over members.
func roll(o *scenarios.Outcome, code string, lane, from, to int) figure {
	value, fault := o.Results.Roll(code, lane, from, to)
	return figure{value, fault}
}

// total returns a line's number for the whole plan.
func total(o *scenarios.Outcome, code string) figure {
	return roll(o, code, -1, 0, o.Model.Calendar.Months-1)
}

// cell writes a figure.
func (w *writer) cell(f figure, m manner) Cell {
	switch {
	case f.fault == nil:
		return Cell{Text: m.text(f.value)}
	case isWithheld(*f.fault):
		return Cell{Text: w.faultWord(*f.fault), Tone: Muted}
	}
	return Cell{Text: w.faultWord(*f.fault), Tone: Failed}
}

// faultNotes collects the reasons of failed cells for a table's footnotes, each
// once and no more than a few.
type faultNotes struct {
	w     *writer
	notes []string
	more  int
}

const mostFaultNotes = 6

func (n *faultNotes) see(f figure) {
	if f.fault == nil {
		return
	}
	sentence := n.w.say("report.withheld_note")
	if !isWithheld(*f.fault) {
		sentence = n.w.faultSentence(*f.fault)
	}
	if slices.Contains(n.notes, sentence) {
		return
	}
	if len(n.notes) == mostFaultNotes {
		n.more++
		return
	}
	n.notes = append(n.notes, sentence)
}

// list returns the footnotes.
func (n *faultNotes) list() []string {
	if n.more > 0 {
		return append(n.notes, n.w.say("report.fault.more"))
	}
	return n.notes
}

// monthly returns a line's values by month over all members, failed ones as 0:
// for an ornament, not for reading.
func (w *writer) monthly(series formula.Series) []float64 {
	months := make([]float64, len(series.Values)/max(series.Lanes, 1))
	for i, v := range series.Values {
		if !math.IsNaN(v) {
			months[i/max(series.Lanes, 1)] += v
		}
	}
	return months
}

// verdict says whether a difference is for the better.
func tone(difference float64, sense budget.Sense) Tone {
	switch {
	case difference == 0 || sense == budget.Neither || sense == "":
		return Neutral
	case (difference > 0) == (sense == budget.Good):
		return Favourable
	}
	return Unfavourable
}

// arrow points where a difference goes.
func arrow(difference float64) string {
	switch {
	case difference > 0:
		return "▲ "
	case difference < 0:
		return "▼ "
	}
	return ""
}
