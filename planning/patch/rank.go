package patch

import "strings"

// digits are the characters of a rank in the order plain strings sort them.
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// RankBetween returns a rank that sorts after a and before b, as plain
// strings; an empty a stands for the beginning and an empty b for the end.
// Ranks made here never end in "0", so there is always room between two of
// them. Where there is none, because the ranks are equal, in the wrong order
// or not made here, the result sorts after a.
func RankBetween(a, b string) string {
	var rank string
	switch {
	case a == "" && b == "":
		return digits[len(digits)/2 : len(digits)/2+1]
	case b == "":
		rank = rankAfter(a)
	case a == "":
		rank = rankBefore(b)
	default:
		rank = rankAmid(a, b)
	}
	if rank <= a || b != "" && rank >= b {
		return a + "V"
	}
	return rank
}

// rankAfter raises the first digit that has room and drops what follows, so
// that adding at the end lengthens a rank once in sixty times.
func rankAfter(a string) string {
	for i := range len(a) {
		if d := digitAt(a, i); d < len(digits)-1 {
			return a[:i] + digits[d+1:d+2]
		}
	}
	return a + digits[1:2]
}

// rankBefore lowers the first digit that has room and drops what follows.
func rankBefore(b string) string {
	for i := range len(b) {
		switch d := digitAt(b, i); {
		case d > 1:
			return b[:i] + digits[d-1:d]
		case d == 1:
			return b[:i] + digits[:1] + digits[len(digits)-1:]
		}
	}
	return ""
}

// rankAmid returns the shortest rank between two, the middle one where several
// are as short.
func rankAmid(a, b string) string {
	var rank strings.Builder
	open := false // b no longer bounds, for the digits so far lie below it
	for i := 0; i < len(a) || i < len(b) || open; i++ {
		low, high := digitAt(a, i), len(digits)
		if !open {
			high = digitAt(b, i)
		}
		if high-low > 1 {
			middle := (low + high) / 2
			rank.WriteString(digits[middle : middle+1])
			return rank.String()
		}
		open = open || high > low
		rank.WriteString(digits[low : low+1])
	}
	return ""
}

// digitAt returns the value of the rank's digit at i, zero past its end. A
// foreign character counts as the digit that sorts next below it.
func digitAt(rank string, i int) int {
	if i >= len(rank) {
		return 0
	}
	value := 0
	for d := range len(digits) {
		if digits[d] <= rank[i] {
			value = d
		}
	}
	return value
}

// Ranks returns n ranks in order, evenly spread and as short as that allows.
func Ranks(n int) []string {
	width, room := 1, len(digits)
	for room <= n {
		width++
		room *= len(digits)
	}
	ranks := make([]string, n)
	for i := range ranks {
		value := (i + 1) * room / (n + 1)
		text := make([]byte, width)
		for at := width - 1; at >= 0; at-- {
			text[at] = digits[value%len(digits)]
			value /= len(digits)
		}
		ranks[i] = strings.TrimRight(string(text), "0")
	}
	return ranks
}
