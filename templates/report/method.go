package report

import (
	"strconv"
	"strings"

	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/method"
	"centerplan/templates/format"
)

// strategy is what the center stands for and the goals in four groups.
func (w *writer) strategy() Chapter {
	c := w.chapter("strategy")
	s := w.plan.Method.Strategy
	for _, part := range []struct {
		key  string
		text document.Text
	}{{"values", s.Values}, {"vision", s.Vision}, {"mission", s.Mission}} {
		if text := w.text(part.text); text != "" {
			c.add(heading(w.say("report.strategy."+part.key), 2), paragraph(text, Quote))
		}
	}
	table := &Table{Caption: w.say("report.goals"), Columns: []Column{
		{Title: w.say("report.group"), Weight: 1}, {Title: w.say("report.goal"), Weight: 3}, {Title: w.say("report.goal.objectives"), Weight: 2.4},
	}}
	for _, group := range okr.Groups() {
		first := true
		for _, goal := range s.Goals {
			if goal.Group != group {
				continue
			}
			row := Row{Cells: []Cell{{}, {Text: w.text(goal.Text)}, {}}}
			if first {
				row.Cells[0].Text = w.say("okr.group." + string(group))
				row.Cells[2] = w.objectivesOf(group)
				first = false
			}
			table.Rows = append(table.Rows, row)
		}
	}
	if len(table.Rows) > 0 {
		c.add(Block{Table: table})
	}
	return c
}

// objectivesOf names the objectives of a group and leads to the first.
func (w *writer) objectivesOf(group okr.Group) Cell {
	var names []string
	var cell Cell
	for _, objective := range w.plan.OKR.Objectives {
		if objective.Group == group {
			names = append(names, w.text(objective.Name.Or(objective.Code)))
			if cell.Link == "" {
				cell.Link = objectiveAnchor(objective.ID)
			}
		}
	}
	cell.Text = strings.Join(names, "\n")
	return cell
}

func objectiveAnchor(id okr.ObjectiveID) string { return "objective-" + string(id) }

// positioning is the statement and the layers, today and at the year's end.
func (w *writer) positioning() Chapter {
	c := w.chapter("positioning")
	p := w.plan.Method.Positioning
	if text := w.text(p.Statement); text != "" {
		c.add(paragraph(text, Quote))
	}
	if len(p.Layers) == 0 {
		return c
	}
	c.add(Block{Chart: w.layerChart(p)}, Block{Table: w.layerTable(p)})
	today, target := p.Index()
	c.add(paragraph(w.say("report.positioning.index", "today", format.Number(today, 2), "target", format.Number(target, 2)), Plain))
	if text := w.text(p.Note); text != "" {
		c.add(paragraph(text, Quiet))
	}
	return c
}

func (w *writer) layerChart(p method.Positioning) *Chart {
	chart := &Chart{Kind: Bars, Title: w.say("report.positioning.chart"), Unit: w.say("report.share_of_effort"), Series: []Series{
		{Name: w.say("report.today")}, {Name: w.say("report.year_end")},
	}}
	for _, layer := range p.Layers {
		chart.Labels = append(chart.Labels, w.text(layer.Name.Or(layer.Code)))
		for i, share := range []float64{layer.Today, layer.Target} {
			chart.Series[i].Values = append(chart.Series[i].Values, &share)
			chart.Series[i].Texts = append(chart.Series[i].Texts, format.Percent(share))
		}
	}
	return chart
}

func (w *writer) layerTable(p method.Positioning) *Table {
	table := &Table{Caption: w.say("report.positioning.table"), Unit: w.say("report.share_of_effort"), Columns: []Column{
		{Title: w.say("report.layer"), Weight: 1.3},
		{Title: w.say("report.note"), Weight: 2.4},
		{Title: w.say("report.today"), Align: Right},
		{Title: w.say("report.year_end"), Align: Right},
		{Title: w.say("report.change"), Align: Right},
	}}
	var now, then float64
	for i, layer := range p.Layers {
		a, b := format.Units(layer.Today, 3), format.Units(layer.Target, 3)
		now, then = now+a, then+b
		table.Rows = append(table.Rows, Row{Cells: []Cell{
			{Text: strconv.Itoa(i+1) + "  " + w.text(layer.Name.Or(layer.Code))},
			{Text: w.text(layer.Note)},
			{Text: format.Group(a, 1) + "%"},
			{Text: format.Group(b, 1) + "%"},
			{Text: w.points(b - a)},
		}})
	}
	table.Rows = append(table.Rows, Row{Kind: Total, Cells: []Cell{
		{Text: w.say("report.total")}, {}, {Text: format.Group(now, 1) + "%"}, {Text: format.Group(then, 1) + "%"}, {Text: w.points(then - now)},
	}})
	return table
}

// points writes a difference of shares given in tenths of a percentage point.
func (w *writer) points(tenths float64) string {
	text := format.Group(tenths, 1)
	if tenths > 0 {
		text = "+" + text
	}
	return w.say("report.points", "number", text)
}

// findings is the retrospective from four sides: what was found, on what
// evidence, and what became of it.
func (w *writer) findings() Chapter {
	c := w.chapter("findings")
	table := &Table{Caption: w.say("report.findings.table"), Columns: []Column{
		{Title: w.say("report.finding"), Weight: 3},
		{Title: w.say("report.evidence"), Weight: 2.3},
		{Title: w.say("report.effect")},
		{Title: w.say("report.decision")},
		{Title: w.say("report.follow_up"), Weight: 2},
	}}
	for _, party := range method.Parties() {
		findings := w.plan.Method.FindingsOf(party)
		if len(findings) == 0 {
			continue
		}
		table.Rows = append(table.Rows, Row{Kind: Head, Cells: []Cell{{Text: w.say("method.party." + string(party))}}})
		for _, finding := range findings {
			table.Rows = append(table.Rows, w.findingRow(finding))
		}
	}
	if len(table.Rows) > 0 {
		table.Footnotes = []string{w.say("report.findings.note")}
		c.add(Block{Table: table})
	}
	return c
}

func (w *writer) findingRow(f method.Finding) Row {
	effect := Cell{Text: w.say("method.effect." + string(f.Effect)), Tone: Favourable}
	if f.Effect == method.Loss {
		effect.Tone = Unfavourable
	}
	if f.Severity > 0 {
		effect.Note = strconv.Itoa(f.Severity) + "/5"
	}
	decision := w.say("method.decision.none")
	if f.Decision != method.Undecided {
		decision = w.say("method.decision." + string(f.Decision))
	}
	return Row{Anchor: "finding-" + string(f.ID), Cells: []Cell{
		{Text: w.text(f.Statement.Or(f.Code))}, {Text: w.text(f.Evidence)}, effect, {Text: decision}, w.followUp(f),
	}}
}

// followUp leads to the objective and the initiative a finding became, or says
// why it became none.
func (w *writer) followUp(f method.Finding) Cell {
	var started string
	if initiative, ok := w.plan.OKR.Initiative(f.Initiative); ok {
		started = w.say("report.leads_to_initiative", "initiative", w.text(initiative.Name.Or(initiative.Code)))
	}
	if objective, ok := w.plan.OKR.Objective(f.Objective); ok {
		return Cell{
			Text: w.say("report.leads_to", "objective", w.text(objective.Name.Or(objective.Code))),
			Link: objectiveAnchor(f.Objective), Note: started,
		}
	}
	if started != "" {
		return Cell{Text: started}
	}
	if reason := w.text(f.Refused); reason != "" {
		return Cell{Text: w.say("report.refused", "reason", reason)}
	}
	return Cell{Text: w.say("report.no_follow_up"), Tone: Failed}
}
