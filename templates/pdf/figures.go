package pdf

import "centerplan/templates/report"

// tilesAcross is the number of key figures on a row at most.
const tilesAcross = 3

// figures sets the key figures as tiles, in rows that fill the width.
func (f *flow) figures(figures report.Figures) {
	tiles := figures.Tiles
	if len(tiles) == 0 {
		return
	}
	across := tilesAcross
	if f.frame == lying {
		across = 5
	}
	if len(tiles) < across {
		across = len(tiles)
	} else if rows := (len(tiles) + across - 1) / across; len(tiles)%across != 0 {
		across = (len(tiles) + rows - 1) / rows
	}
	const space = 12.0
	f.gap(4)
	for len(tiles) > 0 {
		row := tiles[:min(across, len(tiles))]
		tiles = tiles[len(row):]
		n := float64(len(row))
		f.tileRow(row, (f.frame.width()-space*(n-1))/n, space)
	}
	f.advance(10)
}

// A tileText is a tile broken into lines.
type tileText struct {
	label, note []string
	value       string
	size        float64 // of the value
}

const (
	tilePad    = 11.0
	tileSmall  = 8.3
	tileLine   = 12.0
	tileNumber = 21.0
)

func (f *flow) tileRow(tiles []report.Tile, width, space float64) {
	texts := make([]tileText, len(tiles))
	labels, notes := 0, 0
	for i, t := range tiles {
		text := tileText{value: f.clean(t.Value), size: tileNumber}
		text.label = f.set.lines(f.clean(t.Label), tileSmall, false, width-2*tilePad)
		if note := f.clean(t.Note); note != "" {
			text.note = f.set.lines(note, tileSmall, false, width-2*tilePad)
		}
		for text.size > 9 && f.set.measure(text.value, text.size, true) > width-2*tilePad {
			text.size -= 0.5
		}
		texts[i] = text
		labels, notes = max(labels, len(text.label)), max(notes, len(text.note))
	}
	height := 2*tilePad + float64(labels+notes)*tileLine + 30
	f.need(height)
	for i, text := range texts {
		x := f.frame.left + float64(i)*(width+space)
		f.page.add(rectMark{x: x, y: f.y, w: width, h: height, color: shade},
			rectMark{x: x, y: f.y, w: width, h: 1.6, color: accent})
		f.tileLines(text.label, x+tilePad, f.y+tilePad+8, grey)
		number := accent
		if tiles[i].Tone == report.Failed {
			number = bad
		}
		baseline := f.y + tilePad + float64(labels)*tileLine + 22
		f.page.add(textMark{x: x + tilePad, y: baseline, text: text.value, size: text.size, bold: true, color: number})
		note := grey
		if t := tiles[i].Tone; t == report.Favourable || t == report.Unfavourable {
			note = toneColor(t)
		}
		f.tileLines(text.note, x+tilePad, baseline+8+tileLine, note)
	}
	f.advance(height + space)
}

func (f *flow) tileLines(lines []string, x, baseline float64, c color) {
	for i, line := range lines {
		f.page.add(textMark{x: x, y: baseline + float64(i)*tileLine, text: trimmed(line), size: tileSmall, color: c})
	}
}
