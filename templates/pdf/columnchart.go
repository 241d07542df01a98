package pdf

import "centerplan/templates/report"

// columnHeight is that of a chart of standing bars, labels not counted. On a
// landscape page two charts stand below a chapter's title.
func (f *flow) columnHeight() float64 {
	if f.frame == lying {
		return 116
	}
	return 138
}

// A columnPlot is the measures of a chart of standing bars.
type columnPlot struct {
	left, step, bar float64
	top, zero, high float64 // the upper edge, the height bars begin at, the whole height
	scale           float64
	size            float64 // of the values' type
	labels          [][]string
	labelSize       float64
}

// columnChart draws standing bars. A value is written above its bar where it
// fits the bar's step; where the values are too wide for that, only those that
// do not touch the one before are, the greatest and the last first.
func (f *flow) columnChart(c report.Chart) {
	f.need(f.columnHeight() + f.headRoom(c) + 26)
	f.chartHead(c)
	plot := f.planColumns(c)
	below := 0
	for _, lines := range plot.labels {
		below = max(below, len(lines))
	}
	for i := range c.Labels {
		for k, s := range c.Series {
			f.column(s, i, k, plot)
		}
	}
	for k, s := range c.Series {
		f.columnValues(s, k, plot)
	}
	f.page.add(lineMark{x1: f.frame.left, y1: plot.zero, x2: f.frame.right, y2: plot.zero, width: 0.6, color: rule})
	foot := plot.top + plot.high + 3
	for i, lines := range plot.labels {
		for j, line := range lines {
			x := plot.left + plot.step*(float64(i)+0.5) - f.set.measure(line, plot.labelSize, false)/2
			f.page.add(textMark{x: x, y: foot + float64(j+1)*plot.labelSize*1.3, text: line, size: plot.labelSize, color: grey})
		}
	}
	f.advance(plot.high + 6 + float64(below)*plot.labelSize*1.3)
}

func (f *flow) planColumns(c report.Chart) columnPlot {
	n := float64(len(c.Labels))
	plot := columnPlot{left: f.frame.left, step: f.frame.width() / n, top: f.y, high: f.columnHeight(), labelSize: chartText}
	plot.bar = min(plot.step*0.62, 44) / float64(len(c.Series))
	low, high := bounds(c)
	const above = 13 // for the values
	room := plot.high - above
	if low < 0 {
		room -= above
	}
	plot.scale = room / (high - low)
	plot.zero = plot.top + above + high*plot.scale
	for _, plot.labelSize = range []float64{chartText, 7.5, 6.5, 5.5} {
		plot.labels = plot.labels[:0]
		fits := true
		for _, label := range c.Labels {
			lines := f.stepLabel(label, plot.labelSize, plot.step-2)
			plot.labels = append(plot.labels, lines)
			fits = fits && len(lines) <= 2
		}
		if fits {
			break
		}
	}
	plot.size = f.valueSize(c, plot)
	return plot
}

// valueSize returns the largest type size in which every value fits its bar's
// step, or the smallest there is.
func (f *flow) valueSize(c report.Chart, plot columnPlot) float64 {
	room := plot.step
	if len(c.Series) > 1 {
		room = plot.bar
	}
	for _, size := range []float64{chartText, 7.8, 7.2} {
		fits := true
		for _, s := range c.Series {
			for _, text := range s.Texts {
				fits = fits && f.set.measure(text, size, false)+3 <= room
			}
		}
		if fits {
			return size
		}
	}
	return 6.8
}

func (p columnPlot) x(i, series, of int) float64 {
	middle := p.left + p.step*(float64(i)+0.5)
	return middle + p.bar*(float64(series)-float64(of)/2)
}

func (f *flow) column(s report.Series, i, k int, plot columnPlot) {
	value := at(s.Values, i)
	if value == nil {
		return
	}
	end := plot.zero - *value*plot.scale
	c := seriesColor(k)
	f.page.add(rectMark{x: plot.x(i, k, plot.series()), y: min(end, plot.zero), w: plot.bar - 0.8, h: max(end, plot.zero) - min(end, plot.zero), color: c})
}

// series returns how many bars a step has.
func (p columnPlot) series() int {
	wide := min(p.step*0.62, 44)
	return max(int(wide/p.bar+0.5), 1)
}

// columnValues writes a series' values above its bars, as many as do not touch.
func (f *flow) columnValues(s report.Series, k int, plot columnPlot) {
	if plot.series() > 1 && plot.size < 7 {
		return // the table beside the chart has them
	}
	order := f.columnOrder(s)
	taken := make([]span2, 0, len(order))
	for _, i := range order {
		text := at(s.Texts, i)
		width := f.set.measure(text, plot.size, false)
		x := plot.x(i, k, plot.series()) + plot.bar/2 - width/2
		x = min(max(x, f.frame.left), f.frame.right-width)
		if text == "" || touches(taken, x-1.5, x+width+1.5) {
			continue
		}
		taken = append(taken, span2{x, x + width})
		y, c := plot.zero-4, bad
		if v := at(s.Values, i); v != nil {
			c = ink
			y = plot.zero - *v*plot.scale - 4
			if *v < 0 {
				y = plot.zero - *v*plot.scale + plot.size + 3
			}
		}
		f.page.add(textMark{x: x, y: y, text: text, size: plot.size, color: c})
	}
}

// A span2 is a stretch of a line.
type span2 struct{ from, to float64 }

func touches(taken []span2, from, to float64) bool {
	for _, t := range taken {
		if from < t.to && to > t.from {
			return true
		}
	}
	return false
}

// columnOrder returns the places of a series by how much their value matters:
// failures, the greatest, the least, the last, then from the first on.
func (f *flow) columnOrder(s report.Series) []int {
	var order []int
	seen := make([]bool, len(s.Values))
	take := func(i int) {
		if i >= 0 && i < len(seen) && !seen[i] {
			seen[i] = true
			order = append(order, i)
		}
	}
	high, low := -1, -1
	for i, v := range s.Values {
		if v == nil {
			take(i)
			continue
		}
		if high < 0 || *v > *s.Values[high] {
			high = i
		}
		if low < 0 || *v < *s.Values[low] {
			low = i
		}
	}
	take(high)
	take(low)
	take(len(s.Values) - 1)
	for i := range s.Values {
		take(i)
	}
	return order
}
