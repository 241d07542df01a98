// Package format turns numbers, months and days into the text that people
// read. It is the one place on the Go side that does; the page has its own.
//
// Notation is not prose, so what differs by language (万 and 亿, K and M, the
// names of months) is data of this package, as CLDR has it, and not a message
// of the catalogues.
package format

import (
	"math"
	"strconv"
	"strings"
)

// Units rounds a value to digits decimal places, half away from zero, and
// returns it as a whole number of those units: Units(1.25, 1) is 13. Negative
// digits round to tens, hundreds and so on. What is rounded is the shortest
// decimal number that stands for the value, so that 2.675 becomes 2.68 as a
// reader expects, although the nearest double lies below. Whole numbers add
// exactly, so totals of Units foot.
func Units(value float64, digits int) float64 {
	decimals, point := shortest(math.Abs(value))
	kept := point + digits
	if kept < 0 {
		return 0
	}
	whole := 0.0
	switch {
	case kept >= len(decimals):
		whole, _ = strconv.ParseFloat(decimals+"e"+strconv.Itoa(kept-len(decimals)), 64)
	default:
		if kept > 0 {
			whole, _ = strconv.ParseFloat(decimals[:kept], 64)
		}
		if decimals[kept] >= '5' {
			whole++
		}
	}
	if value < 0 && whole != 0 {
		return -whole
	}
	return whole
}

// shortest returns the digits of a value that is not negative and the place of
// its decimal point: 0.digits × 10^point.
func shortest(value float64) (digits string, point int) {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(value, 'e', -1, 64), "e")
	e, err := strconv.Atoi(exponent)
	if err != nil { // not a number, or without end
		return "0", 0
	}
	return strings.Replace(mantissa, ".", "", 1), e + 1
}

// Group writes a whole number of units with digits decimal places and its
// thousands grouped: Group(123456, 1) is 12,345.6.
func Group(units float64, digits int) string {
	text := strconv.FormatFloat(math.Abs(units), 'f', 0, 64)
	fraction := ""
	if digits > 0 {
		for len(text) <= digits {
			text = "0" + text
		}
		fraction = "." + text[len(text)-digits:]
		text = text[:len(text)-digits]
	}
	var b strings.Builder
	if units < 0 {
		b.WriteByte('-')
	}
	for i, digit := range []byte(text) {
		if i > 0 && (len(text)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(digit)
	}
	return b.String() + fraction
}

// Number writes a value with grouped thousands and exactly digits decimal
// places, none if negative.
func Number(value float64, digits int) string {
	digits = max(digits, 0)
	return Group(Units(value, digits), digits)
}

// Signed writes a value as Number does, with a plus sign if it is positive.
func Signed(value float64, digits int) string {
	if text := Number(value, digits); Units(value, digits) > 0 {
		return "+" + text
	}
	return Number(value, digits)
}

// Percent writes a share with one decimal place: 0.29 is 29.0%.
func Percent(share float64) string { return Group(Units(share, 3), 1) + "%" }

// SignedPercent writes a share as Percent does, with a plus sign if it is
// positive.
func SignedPercent(share float64) string {
	if Units(share, 3) > 0 {
		return "+" + Percent(share)
	}
	return Percent(share)
}
