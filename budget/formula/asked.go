package formula

// A Picked is a line as a formula names it, with the members it picks.
type Picked struct {
	Line    string
	Members []string
}

// Asked returns the lines that a formula's text hands to a function as its first
// argument, each once: a line alone, or one with members picked. What is reckoned
// there instead is left out.
func Asked(text, function string) []Picked {
	src, _ := scanAll(text)
	var found []Picked
	for i, t := range src.tokens {
		if t.kind != tokenName || t.text != function {
			continue
		}
		if picked, ok := pickedAt(src.tokens[i+1:]); ok {
			found = append(found, picked)
		}
	}
	return found
}

// pickedAt reads ( line ["member"] … , from the front of the tokens.
func pickedAt(tokens []token) (Picked, bool) {
	at := func(i int) token {
		if i < len(tokens) {
			return tokens[i]
		}
		return token{}
	}
	if at(0).text != "(" || at(1).kind != tokenName {
		return Picked{}, false
	}
	picked, next := Picked{Line: at(1).text}, 2
	for at(next).text == "[" && at(next+1).kind == tokenString && at(next+2).text == "]" {
		picked.Members = append(picked.Members, unquoted(at(next+1).text))
		next += 3
	}
	return picked, at(next).text == ","
}
