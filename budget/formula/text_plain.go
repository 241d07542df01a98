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

// A plainToken is one token of a plain text: its bytes from start to end, and
// how many of the bytes before it only continue a character.
type plainToken struct {
	kind             tokenKind
	start, end, wide int32
}

// A plainText goes through a text and finds out whether it is plain: whether
// the scanner would take it without a problem and without a change that
// matters, so that the parser can read it as it was typed. Most formulas are
// plain; of the others it says nothing. Each of its steps takes one token; one
// that stays where it is has met something that is not plain.
type plainText struct {
	text   string
	at     int
	tokens []plainToken
	// key is the text with its own names, numbers and texts left out: two texts
	// of one key have trees of one shape.
	key []byte
	// brackets are the open ones, and signs the prefix signs in a row.
	brackets     [mostDepth]byte
	depth, signs int
	// wide counts the bytes so far that only continue a character.
	wide int
}

// What stands in a key for a token of one's own. Words of the language and
// names of functions stand for themselves, with a keyWord behind.
const (
	keyName byte = iota + 1
	keyNumber
	keyText
	keyWord
	keyDouble byte = 0x80 // added to the first of two signs that are one
)

// isPlain reports whether a text is plain. It can be asked of one text after
// another; tokens and key are those of the last.
func (p *plainText) isPlain(text string) bool {
	if len(text) > mostBytes {
		return false
	}
	*p = plainText{text: text, tokens: p.tokens[:0], key: p.key[:0]}
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
	return p.depth == 0 && len(p.tokens) > 0
}

// class returns the class of the byte at i, byteOther past the end.
func (p *plainText) class(i int) byteClass {
	if i >= len(p.text) {
		return byteOther
	}
	return byteClasses[p.text[i]]
}

// took ends a token, which is written into the key as given.
func (p *plainText) took(kind tokenKind, end int, key byte) {
	p.tokens = append(p.tokens, plainToken{kind, int32(p.at), int32(end), int32(p.wide)})
	p.key = append(p.key, key)
	p.at, p.signs = end, 0
}

func (p *plainText) word() {
	end, wide := p.at, 0
	for ; end < len(p.text); end++ {
		class := byteClasses[p.text[end]]
		if class == byteWide {
			r, size := utf8.DecodeRuneInString(p.text[end:])
			if !unicode.IsLetter(r) && (end == p.at || !unicode.IsDigit(r)) {
				return // it is a full-width sign or no text at all
			}
			end, wide = end+size-1, wide+size-1
		} else if class != byteLetter && class != byteDigit {
			break
		}
	}
	word, signs := p.text[p.at:end], p.signs
	if len(word) == 1 && p.class(end) == byteQuote {
		return // b"…" is not a text
	}
	if p.class(end) != byteOpen && !isKeyword(word) {
		p.took(tokenName, end, keyName)
	} else {
		p.key = append(p.key, word...)
		p.took(tokenName, end, keyWord)
	}
	p.wide += wide
	if word == "not" {
		p.signs = signs + 1
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
	p.took(tokenNumber, end, keyNumber)
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
			p.took(tokenString, end+1, keyText)
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
		// refused
	case first == second && (first == '*' || first == '=' || first == '&' || first == '|'), second == '=' && (first == '!' || first == '<' || first == '>'):
		p.took(tokenSign, p.at+2, first|keyDouble)
	case first == '&' || first == '|': // refused
	case first == '+' || first == '-' || first == '!':
		signs := p.signs
		p.took(tokenSign, p.at+1, first)
		p.signs = signs + 1
	default:
		p.took(tokenSign, p.at+1, first)
	}
}

func (p *plainText) open() {
	if p.depth == mostDepth {
		return
	}
	p.brackets[p.depth] = p.text[p.at]
	p.depth++
	p.took(tokenSign, p.at+1, p.text[p.at])
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
	p.took(tokenSign, p.at+1, p.text[p.at])
}
