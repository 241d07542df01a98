package pdf

import (
	"strings"
	"unicode"

	"centerplan/planning/document"
)

// scriptGap parts Chinese from Latin letters and digits, in thousandths of the
// type size. It is below the width at which text extraction takes a gap for a
// space.
const scriptGap = 90

// A typesetter knows how wide texts are in one language and breaks them into
// lines.
type typesetter struct {
	fonts faces
	latin bool // lines are ragged
}

func newTypesetter(fonts fontSet, language document.Locale) typesetter {
	return typesetter{fonts: fonts.of(language), latin: language == document.English}
}

// A run is a piece of text that is drawn at once, starting at offset from the
// line's beginning.
type run struct {
	offset float64
	text   string
}

// advance returns the width of r behind before, which is 0 at the line's
// beginning: the gap ahead of the character and the room it takes. A line break
// takes none.
func (t typesetter) advance(before, r rune, bold bool) (gap, width float64) {
	f := t.fonts.of(bold)
	switch {
	case r == '\n':
		return 0, 0
	case !f.has(r):
		return 0, 1000
	}
	if before != 0 && partScripts(before, r) {
		gap = scriptGap
	}
	return gap, float64(f.advance[r])
}

func partScripts(before, after rune) bool {
	return isHan(before) && isAlphanumeric(after) || isAlphanumeric(before) && isHan(after)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func isAlphanumeric(r rune) bool {
	return r < 0x250 && (isDigit(r) || unicode.IsLetter(r) || r == '%')
}

// measure returns the width of one line of text at a type size.
func (t typesetter) measure(text string, size float64, bold bool) float64 {
	total, before := 0.0, rune(0)
	for _, r := range text {
		gap, width := t.advance(before, r, bold)
		total += gap + width
		before = r
	}
	return total * size / 1000
}

// runs cuts one line of text into the pieces that can be drawn at once. Spread
// is added behind each character.
func (t typesetter) runs(text string, size float64, bold bool, spread float64) []run {
	var runs []run
	var piece strings.Builder
	x, from, before := 0.0, 0.0, rune(0)
	flush := func() {
		if piece.Len() > 0 {
			runs = append(runs, run{offset: from, text: piece.String()})
			piece.Reset()
		}
	}
	for _, r := range text {
		gap, width := t.advance(before, r, bold)
		if gap != 0 {
			flush()
		}
		x += gap * size / 1000
		if piece.Len() == 0 {
			from = x
		}
		piece.WriteRune(r)
		x += width*size/1000 + spread
		before = r
	}
	flush()
	return runs
}

// lines breaks a cleaned text into lines no wider than width.
func (t typesetter) lines(text string, size float64, bold bool, width float64) []string {
	runes := []rune(text)
	advances := make([]float64, len(runes))
	before := rune(0)
	for i, r := range runes {
		gap, w := t.advance(before, r, bold)
		advances[i] = (gap + w) * size / 1000
		before = r
	}
	spans := breakLines(runes, advances, width)
	lines := make([]string, len(spans))
	for i, s := range spans {
		lines[i] = string(runes[s.from:s.to])
	}
	return lines
}

// balanced breaks a title into the lines it needs, as even as they can be, and
// between words where that is possible: a title whose last line is one
// character looks like a mistake.
func (t typesetter) balanced(text string, size float64, bold bool, width float64) []string {
	best := t.lines(text, size, bold, width)
	if len(best) < 2 {
		return best
	}
	count, score := len(best), -1
	for narrower := width; narrower > width/3; narrower -= size / 4 {
		tried := t.lines(text, size, bold, narrower)
		if len(tried) > count {
			break
		}
		if s := joints(tried); s >= score {
			best, score = tried, s
		}
	}
	return best
}

// joints counts the lines that end where a reader would pause: at a space, a
// sign, or where the script changes.
func joints(lines []string) int {
	count := 0
	for i := range len(lines) - 1 {
		before, after := []rune(lines[i]), []rune(lines[i+1])
		if len(before) == 0 || len(after) == 0 {
			continue
		}
		last, first := before[len(before)-1], after[0]
		if last == ' ' || partScripts(last, first) || unicode.IsPunct(last) || unicode.IsPunct(first) {
			count++
		}
	}
	return count
}

// widestWord returns the width of the widest part of text that a line break
// may not divide.
func (t typesetter) widestWord(text string, size float64, bold bool) float64 {
	runes := []rune(text)
	widest, from := 0.0, 0
	for i := 1; i <= len(runes); i++ {
		if i == len(runes) || runes[i] == '\n' || mayBreak(runes, i) {
			word := strings.TrimRight(string(runes[from:i]), " \n")
			widest = max(widest, t.measure(word, size, bold))
			from = i
		}
	}
	return widest
}
