package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"centerplan/planning/problem"
)

// What a formula may be at most. The depth counts open brackets and signs in a
// row, so that no text can exhaust the parser's stack.
const (
	mostBytes = 4096
	mostDepth = 64
)

// A source is a formula's text in the form the parser takes, and the way back
// to the characters as typed. Positions in the text are in runes, as the
// parser's are.
type source struct {
	text string
	// unread says that text is as typed and that what follows is not known yet.
	unread bool
	// back[i] and after[i] are where the i-th rune of text begins and ends
	// among the typed characters.
	back, after []int
	// tokens are the pieces of text in order, without the space between.
	tokens []token
	typed  []rune
}

// A tokenKind is a class of pieces of text.
type tokenKind int

const (
	tokenSign tokenKind = iota
	tokenName
	tokenNumber
	tokenString
)

// A token is one piece of the rewritten text: runes from start to end.
type token struct {
	kind       tokenKind
	text       string
	start, end int
	// match is the index of the token with the other bracket, -1 if none.
	match int
}

// read finds the tokens of a plain text, which are wanted only for a problem.
func (s *source) read() {
	if !s.unread {
		return
	}
	full, _ := scanAll(s.text)
	for _, t := range full.tokens {
		t.start, t.end = full.back[t.start], full.after[t.end-1]
		s.tokens = append(s.tokens, t)
	}
	s.typed, s.unread = full.typed, false
	for i := range s.typed {
		s.back, s.after = append(s.back, i), append(s.after, i+1)
	}
}

// typedSpan returns the typed characters that the runes from start to end of
// the rewritten text stand for.
func (s *source) typedSpan(start, end int) problem.Span {
	if len(s.back) == 0 || start >= len(s.back) {
		return problem.Span{Start: max(0, len(s.typed)-1), End: len(s.typed)}
	}
	start, end = max(start, 0), min(end, len(s.after))
	if end <= start {
		end = start + 1
	}
	return problem.Span{Start: s.back[start], End: s.after[end-1]}
}

// fullWidth are the signs of Chinese keyboards and what they mean outside
// quotes.
var fullWidth = map[rune]string{
	'（': "(", '）': ")", '【': "[", '】': "]", '［': "[", '］': "]", '｛': "{", '｝': "}",
	'＋': "+", '－': "-", '−': "-", '×': "*", '＊': "*", '÷': "/", '／': "/", '％': "%", '＾': "^",
	'，': ",", '；': ";", '：': ":", '？': "?", '．': ".", '！': "!",
	'＜': "<", '＞': ">", '＝': "=", '≤': "<=", '≥': ">=", '≠': "!=",
	'“': `"`, '”': `"`, '＂': `"`, '‘': "'", '’': "'",
}

// A scanner is the pass before the parser: it refuses what the parser would
// take but a formula may not hold, bounds the depth, and rewrites full-width
// signs and percentages.
type scanner struct {
	in    []rune
	at    int
	out   strings.Builder
	src   source
	open  []int // indices of tokens with open brackets
	signs int   // prefix signs in a row
}

// scan makes the source of a formula.
func scan(text string) (*source, *problem.Problem) {
	if new(plainText).isPlain(text) {
		return &source{text: text, unread: true}, nil
	}
	return scanAll(text)
}

// scanAll makes the source of a text that need not be plain.
func scanAll(text string) (*source, *problem.Problem) {
	s := &scanner{}
	if !utf8.ValidString(text) {
		return &s.src, fault("formula.encoding", problem.Span{}, nil)
	}
	s.in = []rune(text)
	s.src.typed = s.in
	if len(text) > mostBytes {
		return &s.src, fault("formula.too_long", problem.Span{}, problem.Args{"most": count(mostBytes), "got": count(len(text))})
	}
	for s.at < len(s.in) {
		if p := s.next(); p != nil {
			return &s.src, p
		}
	}
	if len(s.open) > 0 {
		t := s.src.tokens[s.open[len(s.open)-1]]
		return &s.src, fault("formula.bracket_open", s.src.typedSpan(t.start, t.end), problem.Args{"bracket": t.text})
	}
	if len(s.src.tokens) == 0 {
		return &s.src, fault("formula.empty", problem.Span{}, nil)
	}
	s.src.text = s.out.String()
	return &s.src, nil
}

// fault makes a problem of a formula.
func fault(key string, span problem.Span, args problem.Args) *problem.Problem {
	return &problem.Problem{Kind: problem.Invalid, Span: span, Key: key, Args: args}
}

// refuse makes a problem of the typed characters from start to end.
func (s *scanner) refuse(key string, start, end int, args problem.Args) *problem.Problem {
	return fault(key, problem.Span{Start: start, End: min(end, len(s.in))}, args)
}

// peek returns the rune n places on, as its half-width form where that is one
// sign, and 0 past the end.
func (s *scanner) peek(n int) rune {
	if s.at+n >= len(s.in) {
		return 0
	}
	return half(s.in[s.at+n])
}

func half(r rune) rune {
	if to, ok := fullWidth[r]; ok && len(to) == 1 {
		return rune(to[0])
	}
	return r
}

// write adds text that stands for the typed characters from start to end.
func (s *scanner) write(text string, start, end int) {
	for range utf8.RuneCountInString(text) {
		s.src.back = append(s.src.back, start)
		s.src.after = append(s.src.after, end)
	}
	s.out.WriteString(text)
}

// emit writes a token and advances to end.
func (s *scanner) emit(kind tokenKind, text string, end int) {
	from := len(s.src.back)
	if typed := s.in[s.at:end]; string(typed) == text {
		for i, r := range typed { // each rune stands for itself
			s.write(string(r), s.at+i, s.at+i+1)
		}
	} else {
		s.write(text, s.at, end)
	}
	s.src.tokens = append(s.src.tokens, token{kind: kind, text: text, start: from, end: len(s.src.back), match: -1})
	s.at = end
}

// next takes one token or a run of space.
func (s *scanner) next() *problem.Problem {
	r := s.peek(0)
	switch {
	case unicode.IsSpace(r):
		s.write(" ", s.at, s.at+1)
		s.at++
		return nil
	case r == '"' || r == '\'':
		return s.quoted(r)
	case isDigit(r) || r == '.' && isDigit(s.peek(1)):
		return s.number()
	case r == '_' || unicode.IsLetter(r):
		return s.word()
	default:
		return s.sign(r)
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// word takes a name or a keyword.
func (s *scanner) word() *problem.Problem {
	end := s.at
	for end < len(s.in) && (s.in[end] == '_' || unicode.IsLetter(s.in[end]) || unicode.IsDigit(s.in[end])) {
		end++
	}
	text := string(s.in[s.at:end])
	if end < len(s.in) && len(text) == 1 && strings.EqualFold(text, "b") && (half(s.in[end]) == '"' || half(s.in[end]) == '\'') {
		return s.refuse("formula.character", s.at, end+1, problem.Args{"character": string(s.in[s.at : end+1])})
	}
	if text == "not" {
		s.signs++
	} else {
		s.signs = 0
	}
	s.emit(tokenName, text, end)
	return s.deep()
}

// quoted takes a text in quotes. It has no escapes: codes need none.
func (s *scanner) quoted(quote rune) *problem.Problem {
	end := s.at + 1
	for end < len(s.in) && half(s.in[end]) != quote {
		if r := s.in[end]; r == '\\' || r == '\n' || r == '\r' || r == '`' {
			return s.refuse("formula.text_character", end, end+1, problem.Args{"character": string(r)})
		}
		end++
	}
	if end == len(s.in) {
		return s.refuse("formula.text_open", s.at, end, nil)
	}
	content := string(s.in[s.at+1 : end])
	if strings.ContainsAny(content, `"'`) {
		return s.refuse("formula.text_character", s.at, end+1, problem.Args{"character": string(quote)})
	}
	s.signs = 0
	s.emit(tokenString, `"`+content+`"`, end+1)
	return nil
}

// sign takes an operator or a bracket.
func (s *scanner) sign(r rune) *problem.Problem {
	two := string([]rune{r, s.peek(1)})
	switch {
	case two == "//" || two == "/*" || r == '#':
		return s.refuse("formula.comment", s.at, s.at+1, nil)
	case r == '%':
		return s.refuse("formula.modulo", s.at, s.at+1, nil)
	case two == "**" || two == "==" || two == "!=" || two == "<=" || two == ">=" || two == "&&" || two == "||":
		s.signs = 0
		s.emit(tokenSign, two, s.at+2)
		return nil
	case two == "?:" || two == "??" || two == "?." || two == "::":
		return s.refuse("formula.character", s.at, s.at+2, problem.Args{"character": two})
	}
	if text, ok := fullWidth[s.in[s.at]]; ok && len(text) == 2 {
		s.signs = 0
		s.emit(tokenSign, text, s.at+1)
		return nil
	}
	if !strings.ContainsRune("+-*/^<>=!?:,;()[]{}", r) {
		return s.refuse("formula.character", s.at, s.at+1, problem.Args{"character": string(s.in[s.at])})
	}
	if strings.ContainsRune("+-!", r) {
		s.signs++
	} else {
		s.signs = 0
	}
	s.emit(tokenSign, string(r), s.at+1)
	if p := s.bracket(r); p != nil {
		return p
	}
	return s.deep()
}

var closing = map[rune]string{')': "(", ']': "[", '}': "{"}

// bracket matches the bracket just taken with its other one.
func (s *scanner) bracket(r rune) *problem.Problem {
	this := len(s.src.tokens) - 1
	switch r {
	case '(', '[', '{':
		s.open = append(s.open, this)
	case ')', ']', '}':
		last := len(s.open) - 1
		if last < 0 || s.src.tokens[s.open[last]].text != closing[r] {
			return s.refuse("formula.bracket_close", s.at-1, s.at, problem.Args{"bracket": string(r)})
		}
		s.src.tokens[this].match = s.open[last]
		s.src.tokens[s.open[last]].match = this
		s.open = s.open[:last]
	}
	return nil
}

// deep refuses what is nested too deeply.
func (s *scanner) deep() *problem.Problem {
	if len(s.open)+s.signs <= mostDepth {
		return nil
	}
	return s.refuse("formula.too_deep", s.at-1, s.at, problem.Args{"most": count(mostDepth)})
}
