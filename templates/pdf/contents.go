package pdf

import (
	"strconv"
	"strings"
)

const contentsIndent = 26.0

// contentsLine sets one entry: its title, dots, its page. The whole line leads
// there.
func (f *flow) contentsLine(e entry, number int) {
	size, leading, indent, before := 11.0, 17.0, contentsIndent, 9.0
	bold := true
	if e.level > 0 {
		size, leading, before, bold = 9.5, 15.5, 0, false
	}
	f.gap(before)
	digits := strconv.Itoa(number)
	lines := f.set.lines(e.title, size, bold, f.frame.width()-indent-46)
	f.need(float64(len(lines)) * leading)
	if e.level == 0 {
		f.page.add(textMark{x: f.frame.left, y: f.y + leading*0.7, text: e.number, size: size, bold: true, color: accent})
	}
	for i, line := range lines {
		line = trimmed(line)
		baseline := f.y + leading*0.7
		x := f.frame.left + indent
		c := ink
		if e.level > 0 {
			c = grey
		}
		f.page.add(textMark{x: x, y: baseline, text: line, size: size, bold: bold, color: c})
		if i == len(lines)-1 {
			from := x + f.set.measure(line, size, bold) + 7
			wide := f.set.measure(digits, size, bold)
			f.page.add(textMark{x: f.frame.right - wide, y: baseline, text: digits, size: size, bold: bold, color: c})
			if to := f.frame.right - wide - 7; to > from {
				f.page.add(lineMark{x1: from, y1: baseline - 2, x2: to, y2: baseline - 2, width: 0.6, color: rule, dots: true})
			}
		}
		f.link(e.anchor, f.frame.left, f.y, f.frame.width(), leading)
		f.advance(leading)
	}
}

// missing returns the sentence that counts the characters replaced.
func (f *flow) missing() string {
	text, _ := cleanWith(f.set.fonts, f.doc.Words.Missing)
	return strings.ReplaceAll(text, "{count}", strconv.Itoa(f.replaced))
}
