package formula

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"centerplan/planning/problem"
)

// count writes a whole number as an argument of a message.
func count(n int) string { return strconv.Itoa(n) }

// number takes a number, with the percent sign behind it if there is one: 5%
// is rewritten as 5e-2, which is exactly the number 0.05.
func (s *scanner) number() *problem.Problem {
	end, exponent := s.numeral()
	if end < len(s.in) && (s.in[end] == '.' || s.in[end] == '_' || unicode.IsLetter(s.in[end]) || unicode.IsDigit(s.in[end])) {
		return s.badNumber(end + 1)
	}
	text := strings.Map(halfOrDrop, string(s.in[s.at:end]))
	if !exponent {
		text += "e0"
	}
	percent, stop := s.percent(end)
	if percent {
		end = stop
		text = shift(text)
	}
	if value, err := strconv.ParseFloat(text, 64); err != nil || math.IsInf(value, 0) {
		return s.badNumber(end)
	}
	if percent && s.operandAt(end) {
		return s.refuse("formula.modulo", stop-1, stop, nil)
	}
	s.signs = 0
	s.emit(tokenNumber, text, end)
	return nil
}

// numeral returns where the digits, the point and the exponent of the number
// here end, and whether there is an exponent.
func (s *scanner) numeral() (end int, exponent bool) {
	end = s.digits(s.at)
	if end < len(s.in) && s.in[end] == '.' {
		end = s.digits(end + 1)
	}
	if end == len(s.in) || s.in[end] != 'e' && s.in[end] != 'E' {
		return end, false
	}
	mark := end + 1
	if mark < len(s.in) && (half(s.in[mark]) == '+' || half(s.in[mark]) == '-') {
		mark++
	}
	if mark < len(s.in) && isDigit(s.in[mark]) {
		return s.digits(mark), true
	}
	return end, false
}

func (s *scanner) badNumber(end int) *problem.Problem {
	end = min(end, len(s.in))
	return s.refuse("formula.number", s.at, end, problem.Args{"text": string(s.in[s.at:end])})
}

// halfOrDrop drops the underscores between digits.
func halfOrDrop(r rune) rune {
	if r == '_' {
		return -1
	}
	return half(r)
}

// shift divides a number in exponent form by a hundred without rounding twice.
func shift(text string) string {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	power, err := strconv.Atoi(exponent)
	if err != nil {
		return text
	}
	return mantissa + "e" + strconv.Itoa(power-2)
}

// digits returns where the run of digits and underscores from i ends.
func (s *scanner) digits(i int) int {
	for i < len(s.in) && (isDigit(s.in[i]) || s.in[i] == '_' && i > 0 && isDigit(s.in[i-1])) {
		i++
	}
	return i
}

// percent reports whether a percent sign follows, and where it ends.
func (s *scanner) percent(from int) (bool, int) {
	i := s.space(from)
	if i < len(s.in) && half(s.in[i]) == '%' {
		return true, i + 1
	}
	return false, from
}

func (s *scanner) space(i int) int {
	for i < len(s.in) && unicode.IsSpace(s.in[i]) {
		i++
	}
	return i
}

// operandAt reports whether an operand begins at i or after the space there: a
// percent sign before it is meant as a remainder, which formulas do not have.
func (s *scanner) operandAt(i int) bool {
	i = s.space(i)
	if i >= len(s.in) {
		return false
	}
	r := half(s.in[i])
	if isDigit(r) || r == '(' || r == '.' {
		return true
	}
	if r != '_' && !unicode.IsLetter(r) {
		return false
	}
	end := i
	for end < len(s.in) && (s.in[end] == '_' || unicode.IsLetter(s.in[end]) || unicode.IsDigit(s.in[end])) {
		end++
	}
	switch string(s.in[i:end]) {
	case "and", "or", "in", "not", "else":
		return false
	}
	return true
}
