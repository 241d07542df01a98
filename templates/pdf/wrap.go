package pdf

import (
	"strings"
	"unicode"
)

// A span is the part [from, to) of a text's runes.
type span struct{ from, to int }

// breakLines breaks a text into lines that are at most width wide, given the
// width of each rune. Every rune is in exactly one line, but for line breaks,
// which end one. Chinese breaks between any two characters except where its
// punctuation forbids it, Latin between words; a word wider than a line is
// broken where the line is full. Spaces at a line's end may stand beyond width:
// they are not seen. A text without a rune is one empty line.
func breakLines(text []rune, advance []float64, width float64) []span {
	const slack = 1e-6 // so that a text measured to fit a column does
	var lines []span
	start, opening, used := 0, 0, 0.0
	for i := 0; i < len(text); i++ {
		r := text[i]
		if r == '\n' {
			lines = append(lines, span{start, i})
			start, opening, used = i+1, i+1, 0
			continue
		}
		if i > start && mayBreak(text, i) {
			opening = i
		}
		if r != ' ' && i > start && used+advance[i] > width+slack {
			at := opening
			if at <= start {
				at = i
			}
			lines = append(lines, span{start, at})
			start, opening, used = at, at, 0
			i = at - 1
			continue
		}
		used += advance[i]
	}
	return withCompany(text, advance, width, append(lines, span{start, len(text)}))
}

// withCompany takes a character from the last line but one to a last line that
// would be a single Chinese character, where a line may break there.
func withCompany(text []rune, advance []float64, width float64, lines []span) []span {
	n := len(lines)
	if n < 2 {
		return lines
	}
	last, before := lines[n-1], &lines[n-2]
	at := last.from - 1
	lonely := last.to-last.from == 1 && before.to == last.from && isHan(text[last.from])
	if lonely && at > before.from+2 && isHan(text[at]) && mayBreak(text, at) && advance[at]+advance[at+1] <= width {
		before.to, lines[n-1].from = at, at
	}
	return lines
}

// notFirst may not begin a line, notLast may not end one.
const (
	notFirst = "，。、；：？！）》」』】〉〕〗｝］”’…—～·％‰℃,.;:!?)]}%»ー々〻ぁぃぅぇぉっゃゅょァィゥェォッャュョ・"
	notLast  = "（《「『【〈〔〖｛［“‘([{«$¥￥€£第"
	units    = "年月日号周天时分秒万亿千百元个人次件席位项条倍档班层座户"
)

// mayBreak reports whether a line may end before the rune at i, which is not
// the first.
func mayBreak(text []rune, i int) bool {
	before, after := text[i-1], text[i]
	switch {
	case after == ' ' || after == '\u00a0' || before == '\u00a0':
		return false
	case before == ' ':
		return true
	case strings.ContainsRune(notFirst, after), strings.ContainsRune(notLast, before):
		return false
	case isDigit(before) && strings.ContainsRune(units, after):
		return false
	case isWide(before) || isWide(after):
		return true
	case before == '-' || before == '/' || before == '_' || before == '–':
		// Between the halves of a compound, never within a date or a range.
		return i > 1 && unicode.IsLetter(text[i-2]) && unicode.IsLetter(after)
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isWide reports whether r is of a script that is written without spaces, or
// one of its signs.
func isWide(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff:
		return true
	}
	return r >= 0xff01 && r <= 0xffe6
}
