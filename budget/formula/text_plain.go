package formula

import (
	"unicode"
	"unicode/utf8"
)

// A byteClass is what a byte of a plain formula may begin.
type byteClass uint8

const (
	byteOther byteClass = iota // anything that needs a closer look
	byteWide                   // the first byte of a longer character
	byteSpace
	byteLetter
	byteDigit
	byteQuote
	byteOpen
	byteClose
	byteSign
)

var byteClasses = func() (classes [256]byteClass) {
	for c := 'a'; c <= 'z'; c++ {
		classes[c], classes[c-'a'+'A'] = byteLetter, byteLetter
	}
	for c := '0'; c <= '9'; c++ {
		classes[c] = byteDigit
	}
	for _, c := range "+-*/^<>=!?:,;&|" {
		classes[c] = byteSign
	}
	for _, c := range "([{" {
		classes[c] = byteOpen
	}
	for _, c := range ")]}" {
		classes[c] = byteClose
	}
	for c := utf8.RuneSelf; c < len(classes); c++ {
		classes[c] = byteWide
	}
	classes['_'], classes[' '], classes['"'] = byteLetter, byteSpace, byteQuote
	return classes
}()

// isPlain reports whether the scanner would take the text without a problem
// and without a change that matters, so that the parser can read it as it was
// typed. Most formulas are plain; of the others it says nothing.
func isPlain(text string) bool {
	if len(text) > mostBytes {
		return false
	}
	p := plainText{text: text}
	for p.at < len(text) {
		before := p.at
		switch byteClasses[text[p.at]] {
		case byteSpace:
			p.at++
		case byteLetter, byteWide:
			p.word()
		case byteDigit:
			p.number()
		case byteQuote:
			p.quoted()
		case byteSign:
			p.sign()
		case byteOpen:
			p.open()
		case byteClose:
			p.close()
		default:
			return false
		}
		if p.at == before || p.depth+p.signs > mostDepth {
			return false
		}
	}
	return p.depth == 0 && p.tokens
}

// A plainText is isPlain at work. Each of its steps takes one token; one that
// stays where it is has met something that is not plain.
type plainText struct {
	text   string
	at     int
	tokens bool // there is one
	// brackets are the open ones, and signs the prefix signs in a row.
	brackets     [mostDepth]byte
	depth, signs int
}

// class returns the class of the byte at i, byteOther past the end.
func (p *plainText) class(i int) byteClass {
	if i >= len(p.text) {
		return byteOther
	}
	return byteClasses[p.text[i]]
}

// took ends a token that is no prefix sign.
func (p *plainText) took(end int) {
	p.at, p.signs, p.tokens = end, 0, true
}

func (p *plainText) word() {
	end := p.at
	for ; end < len(p.text); end++ {
		class := byteClasses[p.text[end]]
		if class == byteWide {
			r, size := utf8.DecodeRuneInString(p.text[end:])
			if !unicode.IsLetter(r) && (end == p.at || !unicode.IsDigit(r)) {
				return // it is a full-width sign or no text at all
			}
			end += size - 1
		} else if class != byteLetter && class != byteDigit {
			break
		}
	}
	switch word := p.text[p.at:end]; {
	case word == "not":
		p.at, p.signs, p.tokens = end, p.signs+1, true
	case len(word) == 1 && p.class(end) == byteQuote: // b"…" is not a text
	default:
		p.took(end)
	}
}

// number takes whole and decimal numbers of no more digits than a double holds
// exactly.
func (p *plainText) number() {
	end := p.digits(p.at)
	if end-p.at > 15 || p.text[p.at] == '0' && end-p.at > 1 {
		return
	}
	if end < len(p.text) && p.text[end] == '.' {
		point := end
		if end = p.digits(point + 1); end == point+1 {
			return
		}
	}
	if end < len(p.text) && (p.text[end] == '.' || p.class(end) == byteLetter || p.class(end) == byteWide) {
		return
	}
	p.took(end)
}

func (p *plainText) digits(from int) int {
	for p.class(from) == byteDigit {
		from++
	}
	return from
}

func (p *plainText) quoted() {
	for end := p.at + 1; end < len(p.text); end++ {
		switch c := p.text[end]; {
		case c == '"':
			p.took(end + 1)
			return
		case c < ' ' || c >= utf8.RuneSelf || c == '\'' || c == '`' || c == '\\':
			return
		}
	}
}

func (p *plainText) sign() {
	first, second := p.text[p.at], byte(0)
	if p.at+1 < len(p.text) {
		second = p.text[p.at+1]
	}
	switch {
	case first == '/' && (second == '/' || second == '*'), first == '?' && (second == '?' || second == ':' || second == '.'), first == ':' && second == ':':
		return // refused
	case first == second && (first == '*' || first == '=' || first == '&' || first == '|'), second == '=' && (first == '!' || first == '<' || first == '>'):
		p.took(p.at + 2)
	case first == '&' || first == '|':
		return
	case first == '+' || first == '-' || first == '!':
		p.at, p.signs, p.tokens = p.at+1, p.signs+1, true
	default:
		p.took(p.at + 1)
	}
}

func (p *plainText) open() {
	if p.depth == mostDepth {
		return
	}
	p.brackets[p.depth] = p.text[p.at]
	p.depth++
	p.took(p.at + 1)
}

func (p *plainText) close() {
	if p.depth == 0 {
		return
	}
	// A closing bracket comes one or two characters behind its opening one.
	if apart := p.text[p.at] - p.brackets[p.depth-1]; apart != 1 && apart != 2 {
		return
	}
	p.depth--
	p.took(p.at + 1)
}
