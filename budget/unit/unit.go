// Package unit is the units of a plan's lines and how they combine: a unit is
// a product and quotient of words such as CNY/hour or second/contact.
//
// The base units are the plan's currency, person, second, minute, hour, day,
// month, contact, issue, customer, seat and the plain ratio. Any other word is
// a unit of its own. Seconds, minutes, hours and days are one quantity in
// different sizes: they stay different words here, and only Unit.In converts
// between them, so that no conversion happens in silence.
package unit

import (
	"cmp"
	"slices"
	"strings"
)

// A Unit is a unit in its canonical form, so that two units are the same
// exactly when they are equal with ==. The zero Unit is the plain ratio.
type Unit struct{ text string }

// Ratio is the unit of plain numbers, shares and percentages.
var Ratio = Unit{}

// ratioName is how the plain ratio is written.
const ratioName = "ratio"

// mostFactors bounds a unit, so that no formula can grow one without end.
const mostFactors = 32

// The base units that functions of the formula language name.
var (
	Person   = Unit{"person"}
	Second   = Unit{"second"}
	Minute   = Unit{"minute"}
	Hour     = Unit{"hour"}
	Day      = Unit{"day"}
	Month    = Unit{"month"}
	Contact  = Unit{"contact"}
	Issue    = Unit{"issue"}
	Customer = Unit{"customer"}
	Seat     = Unit{"seat"}
)

// Currency returns the unit of amounts in the currency, CNY if it is empty.
func Currency(code string) Unit {
	return Unit{cmp.Or(strings.TrimSpace(code), defaultCurrency)}
}

// String returns the canonical text, which Parse reads back as the same unit:
// the words of the numerator in alphabetical order joined by *, then each word
// of the denominator after a slash. The plain ratio is "ratio".
func (u Unit) String() string {
	if u.text == "" {
		return ratioName
	}
	return u.text
}

// Plain reports whether u is the plain ratio.
func (u Unit) Plain() bool { return u == Ratio }

// Same reports whether the two units are equal. Hours and minutes are not.
func (u Unit) Same(other Unit) bool { return u == other }

// Mul returns the unit of a product.
func (u Unit) Mul(other Unit) Unit {
	switch {
	case u.Plain():
		return other
	case other.Plain():
		return u
	}
	return join(u.factors(), other.factors(), 1)
}

// Div returns the unit of a quotient.
func (u Unit) Div(other Unit) Unit {
	if u == other {
		return Ratio
	}
	return join(u.factors(), other.factors(), -1)
}

// Pow returns the unit of a whole power, and false if it has too many words.
func (u Unit) Pow(power int) (Unit, bool) {
	factors := u.factors()
	total := 0
	for i := range factors {
		if power > mostFactors || power < -mostFactors {
			return Ratio, false
		}
		factors[i].power *= power
		total += max(factors[i].power, -factors[i].power)
	}
	if total > mostFactors {
		return Ratio, false
	}
	return write(factors), true
}

// Root returns the unit whose square is u, and false if there is none.
func (u Unit) Root() (Unit, bool) {
	factors := u.factors()
	for i := range factors {
		if factors[i].power%2 != 0 {
			return Ratio, false
		}
		factors[i].power /= 2
	}
	return write(factors), true
}

// Additive reports whether amounts of the unit add up to a total over months
// and members: money, contacts, issues and time do; heads, shares and
// quotients do not. The currency is the plan's.
func (u Unit) Additive(currency string) bool {
	switch u {
	case Contact, Issue, Second, Minute, Hour, Day, Currency(currency):
		return true
	}
	return isCurrencyCode(u.text)
}

// Replace returns u with the word from, where it stands once in the numerator,
// replaced by the word to. It reports false where it does not stand so.
func (u Unit) Replace(from, to Unit) (Unit, bool) {
	for _, f := range u.factors() {
		if f.word == from.text && f.power == 1 {
			return u.Div(from).Mul(to), true
		}
	}
	return u, false
}

// A factor is a word and how often it stands in the numerator; negative in the
// denominator.
type factor struct {
	word  string
	power int
}

// factors splits the canonical text.
func (u Unit) factors() []factor {
	if u.Plain() {
		return nil
	}
	var all []factor
	power, word := 1, 0
	for i := 0; i <= len(u.text); i++ {
		if i < len(u.text) && u.text[i] != '*' && u.text[i] != '/' {
			continue
		}
		all = add(all, u.text[word:i], power)
		word = i + 1
		if i < len(u.text) && u.text[i] == '/' {
			power = -1
		}
	}
	return all
}

// add counts a word among the factors; "1" is none.
func add(all []factor, word string, power int) []factor {
	if word == "1" {
		return all
	}
	for i := range all {
		if all[i].word == word {
			all[i].power += power
			return all
		}
	}
	return append(all, factor{word, power})
}

// join multiplies the factors of a by those of b, each to the power.
func join(a, b []factor, power int) Unit {
	for _, f := range b {
		a = add(a, f.word, power*f.power)
	}
	return write(a)
}

// write makes the canonical text. What is left beyond mostFactors words is cut.
func write(factors []factor) Unit {
	slices.SortFunc(factors, func(a, b factor) int { return strings.Compare(a.word, b.word) })
	var above, below []string
	for _, f := range factors {
		for range min(f.power, mostFactors) {
			above = append(above, f.word)
		}
		for range min(-f.power, mostFactors) {
			below = append(below, f.word)
		}
	}
	above, below = above[:min(len(above), mostFactors)], below[:min(len(below), mostFactors)]
	switch {
	case len(above) == 0 && len(below) == 0:
		return Ratio
	case len(above) == 0:
		above = []string{"1"}
	}
	return Unit{strings.Join(append([]string{strings.Join(above, "*")}, below...), "/")}
}
