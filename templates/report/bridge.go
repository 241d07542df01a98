package report

import (
	"cmp"
	"slices"
	"strings"

	"centerplan/okr"
	"centerplan/scenarios"
	"centerplan/templates/format"
)

// mostEffort is how many cells the bridges of one report may take to compute,
// about: seconds where all of them are staffing, an eye's blink elsewhere.
const mostEffort = 1_000_000

// smallPart is the share of all movement below which a part goes into the
// others, as on the page.
const smallPart = 0.02

// A bridged scenario is one with what leads to it from base.
type bridged struct {
	outcome *scenarios.Outcome
	bridge  scenarios.Bridge
}

// makeBridges asks for the bridge of the total cost from base to each scenario
// beside it, the printed one first, until they would take too long. What is
// left out is told.
func (w *writer) makeBridges() error {
	code := w.keys.total
	if w.Bridge == nil || code == "" {
		return nil
	}
	order := slices.Clone(w.beside[1:])
	slices.SortStableFunc(order, func(a, b *scenarios.Outcome) int {
		switch w.main {
		case a:
			return -1
		case b:
			return 1
		}
		return 0
	})
	made := map[*scenarios.Outcome]scenarios.Bridge{}
	spent := 0
	for _, o := range order {
		effort := scenarios.Effort(w.base, o, code)
		switch {
		case effort == 0:
			continue
		case spent+effort > mostEffort:
			w.unbridged = append(w.unbridged, o)
			continue
		}
		spent += effort
		bridge, err := w.Bridge(w.base.Scenario.Code, o.Scenario.Code, code)
		if err != nil {
			return err
		}
		made[o] = bridge
	}
	for _, o := range w.beside {
		if bridge, ok := made[o]; ok {
			w.bridged = append(w.bridged, bridged{o, bridge})
		}
	}
	return nil
}

// differences takes apart what the scenarios come to beyond base, driver by
// driver: a chart of each that has several, and one table of all.
func (w *writer) differences() []Block {
	if len(w.bridged)+len(w.unbridged) == 0 {
		return nil
	}
	line, _ := w.model.ByCode(w.keys.total)
	name := w.text(line.Title())
	blocks := []Block{heading(w.say("report.bridge"), 1)}
	if slices.ContainsFunc(w.bridged, func(b bridged) bool { return b.bridge.IsWithheld() }) {
		return append(blocks, paragraph(w.say("bridge.withheld", "line", name), Plain))
	}
	blocks = append(blocks, paragraph(w.say("report.bridge.lead", "line", name), Plain))
	scale, cut := format.ScaleOf(w.largestPart(), w.Locale), false
	for _, b := range w.bridged {
		if chart := w.bridgeChart(b, name, scale); chart != nil {
			blocks = append(blocks, Block{Chart: chart})
			cut = cut || chart.Floor != 0
		}
	}
	if cut {
		blocks = append(blocks, paragraph(w.say("report.bridge.cut"), Quiet))
	}
	if table := w.bridgeTable(name, scale); len(table.Rows) > 0 {
		blocks = append(blocks, Block{Table: table})
	}
	if len(w.unbridged) > 0 {
		blocks = append(blocks, paragraph(w.say("report.bridge.left", "scenarios", w.named(w.unbridged)), Quiet))
	}
	return blocks
}

// largestPart returns the size of the largest part of all bridges.
func (w *writer) largestPart() float64 {
	largest := 0.0
	for _, b := range w.bridged {
		for _, part := range b.bridge.Parts {
			largest = max(largest, abs(part.Value))
		}
	}
	return largest
}

// A shownPart is a part of a bridge as it is printed.
type shownPart struct {
	name  string
	value float64
	tone  Tone
	// rest names what is merged in the part.
	rest string
}

// shownParts returns the parts of a bridge, those below 2% of all movement
// together if they are several.
func (w *writer) shownParts(b scenarios.Bridge) []shownPart {
	all := 0.0
	for _, part := range b.Parts {
		all += abs(part.Value)
	}
	small := func(part scenarios.Part) bool { return part.Kind == "other" || abs(part.Value) < smallPart*all }
	var shown []shownPart
	var rest []scenarios.Part
	for _, part := range b.Parts {
		if small(part) {
			rest = append(rest, part)
			continue
		}
		shown = append(shown, shownPart{name: w.partName(part.Kind, part.Code), value: part.Value, tone: tone(part.Value, b.Sense)})
	}
	if len(rest) == 1 && rest[0].Kind != "other" {
		return append(shown, shownPart{name: w.partName(rest[0].Kind, rest[0].Code), value: rest[0].Value, tone: tone(rest[0].Value, b.Sense)})
	}
	if len(rest) == 0 {
		return shown
	}
	other := shownPart{name: w.say("report.bridge.other")}
	var names []string
	for _, part := range rest {
		other.value += part.Value
		if part.Kind != "other" {
			names = append(names, w.partName(part.Kind, part.Code))
		}
		for _, driver := range part.Merged {
			names = append(names, w.partName(driver.Kind, driver.Code))
		}
	}
	other.tone, other.rest = tone(other.value, b.Sense), strings.Join(names, w.say("report.list_comma"))
	return append(shown, other)
}

// partName names a driver in the words of the table of changes.
func (w *writer) partName(kind, code string) string {
	switch kind {
	case "initiative":
		if i := slices.IndexFunc(w.plan.OKR.Initiatives, func(i okr.Initiative) bool { return i.Code == code }); i >= 0 {
			return w.say("report.change.initiative", "name", w.text(w.plan.OKR.Initiatives[i].Name.Or(code)))
		}
	case "lever":
		for _, lever := range w.model.Levers {
			if lever.Code == code {
				return w.say("report.change.lever", "name", w.text(lever.Title()))
			}
		}
	case "line":
		if line, ok := w.model.ByCode(code); ok {
			return w.text(line.Title())
		}
	case "actual":
		return w.say("report.change.actuals")
	}
	return code
}

// bridgeChart draws a bridge of several parts; one part is told by the table.
func (w *writer) bridgeChart(b bridged, name string, scale format.Scale) *Chart {
	parts := w.shownParts(b.bridge)
	if b.bridge.Error != nil || len(parts) < 2 {
		return nil
	}
	from, to := w.scenario(w.base), w.scenario(b.outcome)
	chart := &Chart{
		Kind: Steps, Title: w.say("report.bridge.title", "line", name, "from", from, "to", to),
		Unit: w.moneyUnit(scale), Alt: w.bridgeSentence(b, name, parts),
	}
	var s Series
	add := func(label string, value float64, text string, t Tone) {
		chart.Labels = append(chart.Labels, label)
		s.Values, s.Texts, s.Tones = append(s.Values, &value), append(s.Texts, text), append(s.Tones, t)
	}
	add(from, *b.bridge.Start, scale.Text(scale.Units(*b.bridge.Start)), Neutral)
	level := *b.bridge.Start
	low, high := level, level
	for _, part := range parts {
		level += part.value
		low, high = min(low, level), max(high, level)
		add(part.name, part.value, arrow(part.value)+signedUnits(scale, scale.Units(part.value)), part.tone)
	}
	add(to, *b.bridge.End, scale.Text(scale.Units(*b.bridge.End)), Neutral)
	if low > 0 && high-low < 0.7*low {
		chart.Floor = low - max(0.25*(high-low), 1e-9*low)
	}
	chart.Series = []Series{s}
	return chart
}

// bridgeSentence says in words what a bridge shows.
func (w *writer) bridgeSentence(b bridged, name string, parts []shownPart) string {
	line, _ := w.model.ByCode(w.keys.total)
	args := []string{"from", w.scenario(w.base), "to", w.scenario(b.outcome), "line", name}
	first, second := "bridge.sentence_same", "report.bridge.cancel"
	if b.bridge.Verdict != scenarios.Unchanged {
		amount := w.compact(line, w.model.Currency, abs(*b.bridge.Difference))
		if b.bridge.Ratio != nil {
			amount = w.say("bridge.by", "amount", amount, "percent", format.Percent(abs(*b.bridge.Ratio)))
		}
		verdict := ""
		switch tone(*b.bridge.Difference, b.bridge.Sense) {
		case Favourable:
			verdict = w.say("bridge.is_favourable")
		case Unfavourable:
			verdict = w.say("bridge.is_unfavourable")
		default: // whoever reads it decides
		}
		args = append(args, "by", amount, "verdict", verdict)
		first, second = "bridge.sentence_down", "bridge.largest"
		if *b.bridge.Difference > 0 {
			first = "bridge.sentence_up"
		}
	}
	largest := slices.MaxFunc(parts, func(a, b shownPart) int { return cmp.Compare(abs(a.value), abs(b.value)) })
	value := w.compact(line, w.model.Currency, abs(largest.value))
	sign := "+"
	if largest.value < 0 {
		sign = "-"
	}
	return w.say("report.sentences", "first", w.say(first, args...),
		"second", w.say(second, "name", largest.name, "value", sign+value))
}

// bridgeTable has the parts of all bridges, scenario by scenario. Parts are
// rounded once, differences add what is printed.
func (w *writer) bridgeTable(name string, scale format.Scale) *Table {
	table := &Table{
		Caption: w.say("report.bridge.table", "line", name), Unit: w.moneyUnit(scale),
		Columns: []Column{{Title: w.say("bridge.part"), Weight: 1}, {Title: w.say("bridge.effect"), Align: Right}, {Title: w.say("report.bridge.share"), Align: Right}},
	}
	for _, b := range w.bridged {
		if b.bridge.Error != nil {
			table.Footnotes = append(table.Footnotes, w.say("report.bridge.failed", "scenario", w.scenario(b.outcome)))
			continue
		}
		table.Rows = append(table.Rows, Row{Kind: Head, Cells: []Cell{{Text: w.scenario(b.outcome)}}})
		start, sum := *b.bridge.Start, 0.0
		cells := func(units, value float64, t Tone) []Cell {
			share := Cell{Text: "–"}
			if start != 0 {
				share = Cell{Text: format.SignedPercent(value / abs(start)), Tone: t}
			}
			return []Cell{{Text: signedUnits(scale, units), Tone: t}, share}
		}
		parts := w.shownParts(b.bridge)
		for _, part := range parts {
			units := scale.Units(part.value)
			sum += units
			row := append([]Cell{{Text: part.name, Note: part.rest}}, cells(units, part.value, part.tone)...)
			table.Rows = append(table.Rows, Row{Indent: 1, Cells: row})
		}
		if len(parts) == 1 {
			continue // it is the difference
		}
		difference := *b.bridge.Difference
		table.Rows = append(table.Rows, Row{Kind: Subtotal, Cells: append(
			[]Cell{{Text: w.say("report.bridge.difference")}}, cells(sum, difference, tone(difference, b.bridge.Sense))...)})
		if exact := scale.Units(difference); abs(exact-sum) > 1 {
			table.Footnotes = append(table.Footnotes, w.say("report.bridge.rounding",
				"scenario", w.scenario(b.outcome), "exact", signedUnits(scale, exact)))
		}
	}
	return table
}

// signedUnits writes printed units with a plus sign if they are more than nought.
func signedUnits(scale format.Scale, units float64) string {
	if units > 0 {
		return "+" + scale.Text(units)
	}
	return scale.Text(units)
}
