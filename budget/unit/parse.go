package unit

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// defaultCurrency is the currency of a plan that names none.
const defaultCurrency = "CNY"

// currencyWord is how a unit says "the plan's currency".
const currencyWord = "currency"

// aliases are the plurals and the Chinese words of the base units. An empty
// value is the plain ratio.
var aliases = map[string]string{
	"currency": currencyWord, "currencies": currencyWord, "元": currencyWord, "人民币": currencyWord, "货币": currencyWord,
	"person": "person", "persons": "person", "people": "person", "人": "person", "名": "person",
	"second": "second", "seconds": "second", "秒": "second", "秒钟": "second",
	"minute": "minute", "minutes": "minute", "分钟": "minute", "分": "minute",
	"hour": "hour", "hours": "hour", "小时": "hour", "时": "hour", "工时": "hour",
	"day": "day", "days": "day", "天": "day", "日": "day",
	"month": "month", "months": "month", "月": "month", "个月": "month",
	"contact": "contact", "contacts": "contact", "联络": "contact", "通话": "contact", "次": "contact", "通": "contact",
	"issue": "issue", "issues": "issue", "问题": "issue", "事项": "issue",
	"customer": "customer", "customers": "customer", "客户": "customer", "户": "customer",
	"seat": "seat", "seats": "seat", "席位": "seat", "座席": "seat", "坐席": "seat",
	"ratio": "", "%": "", "％": "", "比率": "", "比例": "", "1": "",
}

// Parse reads a unit: words joined by * and /, such as a, a/b, a/b/c and a*b.
// Empty text and % are the plain ratio. Every text is a unit: a word that is
// not known is a unit of its own, and the notes name it.
func Parse(text string) (u Unit, notes []string) { return ParseIn(text, "") }

// ParseIn reads a unit in a plan of the currency, which the words currency and
// 元 then mean.
func ParseIn(text, currency string) (u Unit, notes []string) {
	text = widths.Replace(text)
	if strings.TrimSpace(text) == "" {
		return Ratio, nil
	}
	var factors []factor
	power, start := 1, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] != '*' && text[i] != '/' {
			continue
		}
		word, known := canonical(text[start:i], currency)
		if !known && !slices.Contains(notes, word) {
			notes = append(notes, word)
		}
		if word != "" && len(factors) < mostFactors {
			factors = add(factors, word, power)
		}
		start, power = i+1, 1
		if i < len(text) && text[i] == '/' {
			power = -1
		}
	}
	return write(factors), notes
}

// ParseLine reads the unit of a line. Every value of a line is the month's, so
// a month at the end of the denominator is dropped: CNY/person/month is
// CNY/person.
func ParseLine(text, currency string) (u Unit, notes []string) {
	text = widths.Replace(text)
	if i := strings.LastIndexByte(text, '/'); i >= 0 {
		if word, _ := canonical(text[i+1:], currency); word == Month.text {
			return ParseIn(text[:i], currency)
		}
	}
	return ParseIn(text, currency)
}

// widths turns full-width signs into those of a unit.
var widths = strings.NewReplacer("／", "/", "×", "*", "＊", "*", "·", "*", "÷", "/")

// canonical returns a word's canonical form and whether it is a known unit.
func canonical(word, currency string) (string, bool) {
	word = clean(word)
	if base, ok := lookUp(word); ok {
		if base == currencyWord {
			return Currency(currency).text, true
		}
		return base, true
	}
	known := isCurrencyCode(word) || word == clean(currency)
	return word, known && word != ""
}

func lookUp(word string) (string, bool) {
	if base, ok := aliases[word]; ok {
		return base, true
	}
	base, ok := aliases[strings.ToLower(word)]
	return base, ok
}

// clean keeps a word short and free of what would break its canonical form.
func clean(word string) string {
	const most = 40
	kept := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(word, "")))
	return strings.TrimSpace(string(kept[:min(len(kept), most)]))
}

// A size is how many seconds one of a time unit has. A day is 24 hours.
type size struct {
	unit    Unit
	seconds float64
}

var sizes = []size{{Second, 1}, {Minute, 60}, {Hour, 3600}, {Day, 86400}}

func secondsOf(word string) float64 {
	for _, s := range sizes {
		if s.unit.text == word {
			return s.seconds
		}
	}
	return 0
}

// In returns u with its time in the size to, and the whole numbers by which a
// number of u is multiplied and then divided to become one of the result. Time
// in the denominator is converted as well: contact/hour in minutes is
// contact/minute, divided by 60. It reports false where u has no second,
// minute, hour or day in it.
func (u Unit) In(to Unit) (converted Unit, multiply, divide float64, ok bool) {
	converted = u
	multiply, divide = 1, 1
	for _, f := range u.factors() {
		own := secondsOf(f.word)
		if own == 0 {
			continue
		}
		ok = true
		for range max(f.power, 0) {
			multiply, divide = reduce(multiply*own, divide*secondsOf(to.text))
			converted = converted.Div(Unit{f.word}).Mul(to)
		}
		for range max(-f.power, 0) {
			multiply, divide = reduce(multiply*secondsOf(to.text), divide*own)
			converted = converted.Mul(Unit{f.word}).Div(to)
		}
	}
	return converted, multiply, divide, ok
}

// reduce cancels what two whole numbers have in common.
func reduce(a, b float64) (float64, float64) {
	x, y := a, b
	for y != 0 {
		x, y = y, math.Mod(x, y)
	}
	if x == 0 {
		return a, b
	}
	return a / x, b / x
}

// Converter returns the function of the formula language, seconds, minutes or
// hours, that turns from into to. Where the two differ only in the size of
// their time but none of the three gives to, it returns hours, to be written
// around both. It reports false where they differ in more than size.
func Converter(from, to Unit) (function string, ok bool) {
	for _, s := range sizes[:3] {
		if converted, _, _, timed := from.In(s.unit); timed && converted == to {
			return s.unit.text + "s", true
		}
	}
	a, _, _, timed := from.In(Second)
	b, _, _, too := to.In(Second)
	if timed && too && a == b {
		return Hour.text + "s", true
	}
	return "", false
}
