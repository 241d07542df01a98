package report

import (
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/scenarios"
	"centerplan/templates/format"
)

// summary is the plan on one page: the few numbers, what the scenarios answer,
// the objectives.
func (w *writer) summary() Chapter {
	c := w.chapter("summary", "center", w.text(w.plan.Center.Or(string(w.plan.ID))), "period", w.period(), "scenario", w.scenario(w.main))
	if tiles := w.tiles(); len(tiles) > 0 {
		c.add(Block{Figures: &Figures{Tiles: tiles}})
	}
	if answers := w.answers(); len(answers) > 0 {
		c.add(heading(w.say("report.answer"), 2))
		c.add(Block{List: &List{Items: answers}})
	}
	if chart := w.totalsChart(w.keys.fte); chart != nil {
		c.add(Block{Chart: chart})
	}
	return c
}

// tiles are the key figures of the scenario printed, with their difference to
// base where that is another.
func (w *writer) tiles() []Tile {
	var tiles []Tile
	for _, code := range []string{w.keys.volume, w.keys.fte, w.keys.total, w.keys.perContact, w.keys.perIssue, w.keys.resolution} {
		if line, ok := w.model.ByCode(code); ok && code != "" {
			tiles = append(tiles, w.tile(line))
		}
	}
	return tiles
}

func (w *writer) tile(line budget.Line) Tile {
	f := total(w.main, line.Code)
	tile := Tile{Label: w.text(line.Title())}
	if f.fault != nil {
		tile.Value, tile.Note, tile.Tone = w.faultWord(*f.fault), w.faultSentence(*f.fault), Failed
		return tile
	}
	series, _ := w.main.Results.Series(line.Code)
	tile.Value = w.compact(line, series.Unit.String(), f.value)
	if unit := w.unit(series.Unit); unit != "" && !w.isMoney(series.Unit) {
		tile.Label = w.say("report.name_unit", "name", tile.Label, "unit", unit)
	}
	base := total(w.base, line.Code)
	if w.main == w.base || base.fault != nil {
		tile.Note = w.monthNote(line)
		return tile
	}
	tile.Note, tile.Tone = w.against(f.value, base.value, line)
	return tile
}

// compact writes a key figure in few digits.
func (w *writer) compact(line budget.Line, unit string, value float64) string {
	switch {
	case unit == w.model.Currency:
		return format.Money(value, w.model.Currency, w.Locale)
	case strings.HasPrefix(unit, w.model.Currency+"/"):
		return format.Price(value, w.model.Currency)
	case unit == "contact" || unit == "issue":
		return format.Compact(value, w.Locale)
	}
	series, _ := w.main.Results.Series(line.Code)
	return w.mannerOf(line, series.Unit, value).text(value)
}

// monthNote says what a year's sum is in a month on average.
func (w *writer) monthNote(line budget.Line) string {
	series, _ := w.main.Results.Series(line.Code)
	months := w.model.Calendar.Months
	var sum float64
	for i := range months {
		f := roll(w.main, line.Code, -1, i, i)
		if f.fault != nil {
			return ""
		}
		sum += f.value
	}
	whole := total(w.main, line.Code).value
	if months < 2 || format.Units(sum, 0) != format.Units(whole, 0) {
		return ""
	}
	return w.say("report.a_month", "number", w.compact(line, series.Unit.String(), sum/float64(months)))
}

// against says how a number differs from base's, with an arrow, and whether
// that is for the better.
func (w *writer) against(value, base float64, line budget.Line) (string, Tone) {
	difference := value - base
	m := w.mannerOf(line, w.unitOf(line.Code), base)
	if m.units(value) == m.units(base) {
		return w.say("report.as_base"), Neutral
	}
	text := w.say("report.than_base", "difference", arrow(difference)+w.change(m, difference, base))
	return text, tone(difference, line.Sense)
}

// change writes a difference as a share of the base, or as it is where the
// numbers are shares themselves or the base is nought.
func (w *writer) change(m manner, difference, base float64) string {
	if m.percent || base == 0 {
		return w.signed(m, difference)
	}
	return format.SignedPercent(difference / abs(base))
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

// answers are what the comparison of the scenarios says about the plan's
// question: what growth and measures do to people and money.
func (w *writer) answers() []Item {
	var items []Item
	add := func(key string, args ...string) {
		items = append(items, Item{Text: w.say(key, args...), Link: "comparison"})
	}
	if len(w.beside) < 2 {
		return nil
	}
	if more, less, ok := w.against2(w.keys.fte); ok {
		switch {
		case len(more) == 0:
			add("report.answer.people_none", "less", w.named(less))
		case len(less) == 0:
			add("report.answer.people_all", "more", w.named(more))
		default:
			add("report.answer.people", "less", w.named(less), "more", w.named(more))
		}
	}
	for _, code := range []string{w.keys.total, w.keys.perIssue} {
		low, high, ok := w.extremes(code)
		line, _ := w.model.ByCode(code)
		if !ok {
			continue
		}
		add("report.answer.range", "line", w.text(line.Title()), "count", strconv.Itoa(len(w.beside)),
			"low", w.scenario(low), "low_value", w.shortValue(low, line), "high", w.scenario(high), "high_value", w.shortValue(high, line))
	}
	return items
}

func (w *writer) shortValue(o *scenarios.Outcome, line budget.Line) string {
	f := total(o, line.Code)
	base := total(w.base, line.Code)
	text := w.compact(line, w.unitOf(line.Code).String(), f.value)
	if o == w.base || base.fault != nil {
		return text
	}
	note, _ := w.against(f.value, base.value, line)
	return w.say("report.value_note", "value", text, "note", note)
}

// against2 divides the scenarios other than base into those that need more of
// a line than base and those that do not. It reports false where a number
// failed or there is nothing to divide.
func (w *writer) against2(code string) (more, less []*scenarios.Outcome, ok bool) {
	line, known := w.model.ByCode(code)
	base := total(w.base, code)
	if !known || base.fault != nil {
		return nil, nil, false
	}
	m := w.mannerOf(line, w.unitOf(code), base.value)
	for _, o := range w.beside {
		f := total(o, code)
		if o == w.base {
			continue
		}
		if f.fault != nil {
			return nil, nil, false
		}
		if m.units(f.value) > m.units(base.value) {
			more = append(more, o)
		} else {
			less = append(less, o)
		}
	}
	return more, less, len(more)+len(less) > 0
}

// extremes returns the scenarios with the least and the greatest total of a
// line, and false where one failed or all are alike.
func (w *writer) extremes(code string) (low, high *scenarios.Outcome, ok bool) {
	if _, known := w.model.ByCode(code); !known {
		return nil, nil, false
	}
	low, high = w.beside[0], w.beside[0]
	for _, o := range w.beside {
		f := total(o, code)
		if f.fault != nil {
			return nil, nil, false
		}
		if f.value < total(low, code).value {
			low = o
		}
		if f.value > total(high, code).value {
			high = o
		}
	}
	return low, high, low != high
}

// named lists scenarios by name.
func (w *writer) named(list []*scenarios.Outcome) string {
	names := make([]string, len(list))
	for i, o := range list {
		names[i] = w.say("report.quoted", "name", w.scenario(o))
	}
	return strings.Join(names, w.say("report.list_comma"))
}
