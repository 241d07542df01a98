package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Replacement is printed for a character that the fonts lack. A blank would
// hide the loss.
const Replacement = '〓'

// Clean returns the text as it can be printed, and how many of its characters
// had to be replaced by Replacement: those the fonts have no glyph for and
// bytes that are not UTF-8. A tab or another control character becomes a space,
// a line break stays; what is invisible by nature (joiners, marks of direction,
// the byte order mark) goes without being counted. Text is composed first, so
// that an accent typed after its letter finds the accented letter. In Chinese
// an apostrophe within a Latin word becomes the straight one.
//
// fpdf panics on some of what Clean takes out, so every string passes through
// it.
func Clean(text string) (cleaned string, replaced int) {
	fonts, err := loadFonts()
	if err != nil {
		return "", 0
	}
	return cleanWith(fonts.chinese, text)
}

func cleanWith(fonts faces, text string) (string, int) {
	if plain(text) {
		return text, 0
	}
	var b strings.Builder
	replaced := 0
	wide := fonts.regular.advance['’'] >= 1000
	text = strings.ReplaceAll(norm.NFC.String(text), "\r\n", "\n")
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			b.WriteRune(Replacement)
			replaced++
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			b.WriteByte('\n')
		case unicode.IsSpace(r) && r != '\u00a0' && r != '\u3000' || unicode.IsControl(r):
			b.WriteByte(' ')
		case r == '’' && wide && betweenLetters(text, i):
			// In Chinese the mark takes a full square, which tears a Latin word.
			b.WriteByte('\'')
		case invisible(r):
		case fonts.regular.has(r) && fonts.bold.has(r):
			b.WriteRune(r)
		default:
			b.WriteRune(Replacement)
			replaced++
		}
	}
	return b.String(), replaced
}

// betweenLetters reports whether the mark at byte i, three bytes long, stands
// between two letters of the Latin alphabet.
func betweenLetters(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+len("’"):])
	return unicode.Is(unicode.Latin, before) && unicode.Is(unicode.Latin, after)
}

// plain reports whether text is printable ASCII, which needs no cleaning.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == '\u00ad'
}
