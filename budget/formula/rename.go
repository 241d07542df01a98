package formula

import "slices"

// Rename returns a formula's text with another name for a line in every place
// that names it, and whether there was one. All else stays as it is typed. Of a
// text that cannot be read to its end only the part before the fault is known.
func Rename(text, from, to string) (string, bool) {
	src, _ := scanAll(text)
	named := src.names(from)
	typed := slices.Clone(src.typed)
	for _, t := range slices.Backward(named) { // from the end, so that places stay true
		span := src.typedSpan(t.start, t.end)
		typed = slices.Replace(typed, span.Start, span.End, []rune(to)...)
	}
	return string(typed), len(named) > 0
}

// names returns the tokens that are the name of a line, or would be if there
// were one: words that are no function.
func (s *source) names(name string) []token {
	var found []token
	for i, t := range s.tokens {
		called := i+1 < len(s.tokens) && s.tokens[i+1].text == "("
		if t.kind == tokenName && t.text == name && !called {
			found = append(found, t)
		}
	}
	return found
}
