package pdf

import "centerplan/templates/report"

// A stepPlot is the measures of a chart of steps.
type stepPlot struct {
	labels      [][]string
	heights     []float64
	levels      []float64 // where each step ends
	left, scale float64
	low         float64 // the value at the left edge
}

const (
	stepThickness = 10
	stepGap       = 4
	altSize       = 8.8
	altLine       = 13
)

// stepChart draws lying bars from one total to another, each step from where
// the one before ends, and the chart's sentence below its title. It is divided
// only where it is higher than a page.
func (f *flow) stepChart(c report.Chart) {
	s := c.Series[0]
	if len(s.Values) != len(c.Labels) {
		return
	}
	plot := f.planSteps(c, s)
	alt := f.set.lines(c.Alt, altSize, false, f.frame.width())
	if c.Alt == "" {
		alt = nil
	}
	room := f.headRoom(report.Chart{Title: c.Title, Unit: c.Unit}) + altLine*float64(len(alt)) + 4
	for _, height := range plot.heights {
		room += height
	}
	f.need(room)
	f.chartHead(report.Chart{Title: c.Title, Unit: c.Unit})
	for _, line := range alt {
		f.page.add(textMark{x: f.frame.left, y: f.y + 8, text: trimmed(line), size: altSize, color: grey})
		f.advance(altLine)
	}
	f.gap(4)
	for i := range c.Labels {
		before := f.page
		f.need(plot.heights[i])
		f.step(c, i, plot, i > 0 && f.page == before)
		f.advance(plot.heights[i])
	}
}

func (f *flow) planSteps(c report.Chart, s report.Series) stepPlot {
	plot := stepPlot{low: c.Floor}
	labelWidth, textWidth, high := 0.0, 0.0, max(c.Floor, 0) // totals begin at nought or above it
	for i, label := range c.Labels {
		labelWidth = max(labelWidth, f.set.measure(label, chartText, false))
		textWidth = max(textWidth, f.valueWidth(s, i))
		level := 0.0
		if v := s.Values[i]; v != nil {
			level = *v
		}
		if i > 0 && i < len(c.Labels)-1 {
			level += plot.levels[i-1]
		}
		plot.levels = append(plot.levels, level)
		plot.low, high = min(plot.low, level), max(high, level)
	}
	if plot.low == high {
		high++
	}
	labelWidth = min(labelWidth, f.frame.width()*0.38) + 2
	for _, label := range c.Labels {
		lines := f.set.lines(label, chartText, false, labelWidth)
		plot.labels = append(plot.labels, lines)
		plot.heights = append(plot.heights, max(float64(len(lines))*chartLine, stepThickness)+stepGap)
	}
	plot.left = f.frame.left + labelWidth + 10
	plot.scale = max(f.frame.right-textWidth-6-plot.left, 20) / (high - plot.low)
	return plot
}

// x is where a value stands.
func (p stepPlot) x(value float64) float64 { return p.left + (value-p.low)*p.scale }

// span returns where a step's bar begins and ends.
func (p stepPlot) span(i int) (from, to float64) {
	start := max(p.low, 0)
	if i > 0 && i < len(p.levels)-1 {
		start = p.levels[i-1]
	}
	a, b := p.x(start), p.x(p.levels[i])
	return min(a, b), max(a, b)
}

// step draws a row, joined to the one above where that is on the same page.
func (f *flow) step(c report.Chart, i int, plot stepPlot, joined bool) {
	s, height := c.Series[0], plot.heights[i]
	top := f.y + (height-float64(len(plot.labels[i]))*chartLine)/2
	for j, line := range plot.labels[i] {
		f.page.add(textMark{x: f.frame.left, y: top + float64(j)*chartLine + 8.6, text: trimmed(line), size: chartText, color: ink})
	}
	f.page.add(lineMark{x1: plot.left, y1: f.y, x2: plot.left, y2: f.y + height, width: 0.6, color: rule})
	y := f.y + (height-stepThickness)/2
	if joined {
		x := plot.x(plot.levels[i-1])
		f.page.add(lineMark{x1: x, y1: f.y - (plot.heights[i-1]-stepThickness)/2, x2: x, y2: y, width: 0.5, color: grey})
	}
	whole := i == 0 || i == len(c.Labels)-1
	fill, text := grey, ink
	if t := at(s.Tones, i); !whole {
		fill, text = accent, ink
		if t != report.Neutral {
			fill, text = toneColor(t), toneColor(t)
		}
	}
	from, to := plot.span(i)
	f.page.add(rectMark{x: from, y: y, w: max(to-from, 0.8), h: stepThickness, color: fill})
	if whole && c.Floor > 0 { // the bar does not begin at nought
		f.page.add(rectMark{x: from + 7, y: y - 0.5, w: 1.6, h: stepThickness + 1, color: white})
	}
	f.page.add(textMark{x: max(to, from+0.8) + 5, y: y + stepThickness/2 + 3, text: at(s.Texts, i), size: chartText, bold: true, color: text})
}
