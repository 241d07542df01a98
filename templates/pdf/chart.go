package pdf

import (
	"strings"

	"centerplan/templates/report"
)

const (
	chartText = 8.3
	chartLine = 11.5
)

// chart sets a bar chart with its title, its unit and, for several series, a
// legend.
func (f *flow) chart(c report.Chart) {
	c = f.cleanChart(c)
	if len(c.Labels) == 0 || len(c.Series) == 0 {
		return
	}
	f.gap(6)
	switch c.Kind {
	case report.Columns:
		f.columnChart(c)
	case report.Steps:
		f.stepChart(c)
	default:
		f.barChart(c)
	}
	f.advance(16)
}

func (f *flow) cleanChart(c report.Chart) report.Chart {
	c.Title, c.Unit, c.Alt = f.line(c.Title), f.line(c.Unit), f.clean(c.Alt)
	c.Labels = f.cleanAll(c.Labels)
	series := make([]report.Series, len(c.Series))
	for i, s := range c.Series {
		s.Name, s.Texts, s.Notes = f.line(s.Name), f.cleanAll(s.Texts), f.cleanAll(s.Notes)
		series[i] = s
	}
	c.Series = series
	return c
}

func (f *flow) cleanAll(texts []string) []string {
	cleaned := make([]string, len(texts))
	for i, text := range texts {
		cleaned[i] = f.clean(text)
	}
	return cleaned
}

// seriesColors are the bars' colours, in order; more series begin again.
var seriesColors = []color{accent, {0x8f, 0xbc, 0xe6}, {0x53, 0x5c, 0x69}, {0x00, 0x70, 0x5a}}

func seriesColor(i int) color { return seriesColors[i%len(seriesColors)] }

func (f *flow) chartTitle(c report.Chart) []string {
	return f.set.lines(c.Title, 9.5, true, max(f.frame.width()-f.set.measure(c.Unit, 7.8, false)-16, 120))
}

// headRoom is the height of a chart's title and legend, about.
func (f *flow) headRoom(c report.Chart) float64 {
	room := 15*float64(len(f.chartTitle(c))) + 9
	if len(c.Series) > 1 {
		room += chartLine + 6
	}
	return room
}

// chartHead sets the title line and the legend.
func (f *flow) chartHead(c report.Chart) {
	for _, line := range f.chartTitle(c) {
		f.page.add(textMark{x: f.frame.left, y: f.y + 10, text: trimmed(line), size: 9.5, bold: true, color: ink})
		f.advance(15)
	}
	if c.Unit != "" {
		x := f.frame.right - f.set.measure(c.Unit, 7.8, false)
		f.page.add(textMark{x: x, y: f.y - 5, text: c.Unit, size: 7.8, color: grey})
	}
	f.page.add(lineMark{x1: f.frame.left, y1: f.y + 1.5, x2: f.frame.right, y2: f.y + 1.5, width: 0.5, color: rule})
	f.advance(9)
	if len(c.Series) < 2 {
		return
	}
	x := f.frame.left
	for i, s := range c.Series {
		width := f.set.measure(s.Name, chartText, false)
		if x > f.frame.left && x+14+width > f.frame.right {
			x = f.frame.left
			f.advance(chartLine)
		}
		f.page.add(rectMark{x: x, y: f.y + 1.5, w: 8, h: 8, color: seriesColor(i)},
			textMark{x: x + 12, y: f.y + 9, text: s.Name, size: chartText, color: ink})
		x += 12 + width + 18
	}
	f.advance(chartLine + 6)
}

// bounds returns the least and greatest value with nought between them.
func bounds(c report.Chart) (low, high float64) {
	for _, s := range c.Series {
		for _, v := range s.Values {
			if v != nil {
				low, high = min(low, *v), max(high, *v)
			}
		}
	}
	if low == high {
		high = 1
	}
	return low, high
}

func at[T any](list []T, i int) T {
	if i < len(list) {
		return list[i]
	}
	var zero T
	return zero
}

// A barPlot is the measures of a chart of lying bars.
type barPlot struct {
	labels    [][]string
	zero      float64 // where bars begin
	scale     float64 // points a unit
	thickness float64
	gap       float64 // between rows
}

// manyBars is from how many labels on bars are thinner and stand closer, so
// that a chart still fits beside the text it belongs to.
const manyBars = 9

// barChart draws lying bars: the label at the left, the value behind the bar's
// end, where room for the widest is kept.
func (f *flow) barChart(c report.Chart) {
	plot := f.planBars(c)
	first := true
	for i := range c.Labels {
		height := plot.height(i, len(c.Series))
		if first {
			f.need(f.barRoom(c, plot))
			f.chartHead(c)
			first = false
		}
		f.need(height)
		f.bar(c, i, plot, height)
		f.advance(height)
	}
}

// height is that of a label's row.
func (p barPlot) height(label, series int) float64 {
	return max(float64(len(p.labels[label]))*chartLine, float64(series)*(p.thickness+3)) + p.gap
}

// barRoom is the height a chart asks for before it begins: all of it, unless it
// is higher than most of a page.
func (f *flow) barRoom(c report.Chart, plot barPlot) float64 {
	room := f.headRoom(c) + 4
	for i := range c.Labels {
		if more := plot.height(i, len(c.Series)); room+more < 0.7*(f.frame.bottom-f.frame.top) {
			room += more
		}
	}
	return room
}

func (f *flow) planBars(c report.Chart) barPlot {
	plot := barPlot{thickness: 12, gap: 5}
	if len(c.Series) > 1 || len(c.Labels) >= manyBars {
		plot.thickness = 9.5
	}
	if len(c.Labels) >= manyBars {
		plot.gap = 2
	}
	labelWidth, textWidth := 0.0, 0.0
	for _, label := range c.Labels {
		labelWidth = max(labelWidth, f.set.measure(label, chartText, false))
	}
	labelWidth = min(labelWidth, f.frame.width()*0.34) + 2
	for _, label := range c.Labels {
		plot.labels = append(plot.labels, f.set.lines(label, chartText, false, labelWidth))
	}
	for _, s := range c.Series {
		for i := range c.Labels {
			textWidth = max(textWidth, f.valueWidth(s, i))
		}
	}
	low, high := bounds(c)
	left, right := f.frame.left+labelWidth+10, f.frame.right-textWidth-6
	if low < 0 {
		left += textWidth + 6
	}
	plot.scale = max(right-left, 20) / (high - low)
	plot.zero = left - low*plot.scale
	return plot
}

func (f *flow) valueWidth(s report.Series, i int) float64 {
	width := f.set.measure(at(s.Texts, i), chartText, true)
	if note := at(s.Notes, i); note != "" {
		width += 8 + f.set.measure(note, chartText, false)
	}
	return width
}

func (f *flow) bar(c report.Chart, i int, plot barPlot, height float64) {
	lines := plot.labels[i]
	top := f.y + (height-float64(len(lines))*chartLine)/2
	for j, line := range lines {
		f.page.add(textMark{x: f.frame.left, y: top + float64(j)*chartLine + 8.6, text: trimmed(line), size: chartText, color: ink})
	}
	f.page.add(lineMark{x1: plot.zero, y1: f.y, x2: plot.zero, y2: f.y + height, width: 0.6, color: rule})
	step := plot.thickness + 3
	y := f.y + (height-step*float64(len(c.Series))+3)/2
	for k, s := range c.Series {
		f.oneBar(s, i, seriesColor(k), plot, y)
		y += step
	}
}

func (f *flow) oneBar(s report.Series, i int, c color, plot barPlot, y float64) {
	value, texts := at(s.Values, i), ink
	width := f.valueWidth(s, i)
	x := plot.zero + 5
	if value == nil {
		texts = bad
	} else {
		end := plot.zero + *value*plot.scale
		f.page.add(rectMark{x: min(plot.zero, end), y: y, w: max(end, plot.zero) - min(end, plot.zero), h: plot.thickness, color: c})
		x = end + 5
		if *value < 0 {
			x = end - 5 - width
		}
	}
	baseline := y + plot.thickness/2 + 3
	text := at(s.Texts, i)
	f.page.add(textMark{x: x, y: baseline, text: text, size: chartText, bold: true, color: texts})
	if note := at(s.Notes, i); note != "" {
		tone := toneColor(at(s.Tones, i))
		if at(s.Tones, i) == report.Neutral {
			tone = grey
		}
		x += f.set.measure(text, chartText, true) + 8
		f.page.add(textMark{x: x, y: baseline, text: note, size: chartText, color: tone})
	}
}

// stepLabel returns the lines of a label that must fit below a column; what does
// not fit its width is broken.
func (f *flow) stepLabel(label string, size, width float64) []string {
	lines := f.set.lines(label, size, false, width)
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return lines
}
