package format

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
)

// A step is a power of ten with a word of its own in compact numbers.
type step struct {
	exponent int
	digits   int // decimal places at most
	word     string
}

// steps lists the words from the largest down.
var steps = map[document.Locale][]step{
	document.Chinese: {{8, 2, "亿"}, {4, 1, "万"}},
	document.English: {{9, 2, "B"}, {6, 1, "M"}, {3, 1, "K"}},
}

// Compact writes a value in the few digits that a tile or an axis has room
// for: 41200000 is 4120万 or 41.2M. Values below the first word are written in
// full, with at most two decimal places. Thousands are grouped from 10,000 on.
func Compact(value float64, l document.Locale) string {
	list := append(slices.Clone(steps[l]), step{digits: 2})
	for i, s := range list {
		// A value that rounds up to a word is written with that word.
		if i+1 < len(list) && reach(value, list[i+1]) < math.Pow10(s.exponent) {
			continue
		}
		text := trimZeros(Group(Units(value, s.digits-s.exponent), s.digits))
		if reach(value, s) < math.Pow10(s.exponent+4) {
			text = strings.ReplaceAll(text, ",", "")
		}
		return text + s.word
	}
	return ""
}

// reach returns the size of a value as it would be printed with the step.
func reach(value float64, s step) float64 {
	return math.Abs(Units(value, s.digits-s.exponent)) * math.Pow10(s.exponent-s.digits)
}

func trimZeros(text string) string {
	if !strings.Contains(text, ".") {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// symbols are the signs of currencies that people write before an amount.
var symbols = map[string]string{
	"CNY": "¥", "JPY": "¥", "USD": "$", "HKD": "$", "SGD": "$", "AUD": "$", "EUR": "€", "GBP": "£", "KRW": "₩",
}

// Money writes an amount of the plan's own currency compactly: ¥4.74亿. A
// currency without a sign stands before the amount by its code.
func Money(value float64, currency string, l document.Locale) string {
	return withSymbol(Compact(math.Abs(value), l), value < 0, currency)
}

// Price writes an amount with two decimal places: ¥5.64.
func Price(value float64, currency string) string {
	return withSymbol(Number(math.Abs(value), 2), Units(value, 2) < 0, currency)
}

func withSymbol(text string, negative bool, currency string) string {
	symbol, ok := symbols[currency]
	if !ok {
		symbol = currency + " "
	}
	if negative {
		return "-" + symbol + text
	}
	return symbol + text
}

// A Scale is the unit a whole table of money is printed in: a power of ten of
// the currency and the decimal places.
type Scale struct {
	Exponent int
	Digits   int
}

// ScaleOf returns the scale in which a table whose largest cell is largest
// stays readable: no more than some seven digits in a cell, and no more than
// two tables' worth of different units in a document.
func ScaleOf(largest float64, l document.Locale) Scale {
	largest = math.Abs(largest)
	if l == document.Chinese {
		switch {
		case largest < 1e6:
			return Scale{}
		case largest < 1e9:
			return Scale{Exponent: 4, Digits: 1}
		case largest < 1e11:
			return Scale{Exponent: 4}
		}
		return Scale{Exponent: 8, Digits: 2}
	}
	switch {
	case largest < 1e6:
		return Scale{}
	case largest < 1e9:
		return Scale{Exponent: 3}
	case largest < 1e12:
		return Scale{Exponent: 6, Digits: 1}
	}
	return Scale{Exponent: 9, Digits: 2}
}

// Units rounds an amount of the currency to the scale's printed units.
func (s Scale) Units(value float64) float64 { return Units(value, s.Digits-s.Exponent) }

// Text writes printed units.
func (s Scale) Text(units float64) string { return Group(units, s.Digits) }

// Size returns how much of the currency one printed unit is.
func (s Scale) Size() float64 { return math.Pow10(s.Exponent - s.Digits) }

var monthNames = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// Month writes a month without its year: 1月, Jan.
func Month(m calendar.Month, l document.Locale) string {
	if l == document.Chinese {
		return strconv.Itoa(m.Number()) + "月"
	}
	return monthNames[m.Number()-1]
}

// MonthYear writes a month with its year: 2027年3月, Mar 2027.
func MonthYear(m calendar.Month, l document.Locale) string {
	if l == document.Chinese {
		return strconv.Itoa(m.Year()) + "年" + Month(m, l)
	}
	return Month(m, l) + " " + strconv.Itoa(m.Year())
}

// Date writes a day: 2027年3月31日, Mar 31, 2027.
func Date(d calendar.Date, l document.Locale) string {
	if l == document.Chinese {
		return MonthYear(d.Month(), l) + strconv.Itoa(d.Day()) + "日"
	}
	return Month(d.Month(), l) + " " + strconv.Itoa(d.Day()) + ", " + strconv.Itoa(d.Month().Year())
}
