package formula

import "strings"

// nearest returns the word most like name by edit distance, and "" where none
// is near enough to be what was meant. Of equally near ones the first wins.
func nearest(name string, words []string) string {
	best, least := "", 1+max(1, len([]rune(name))/3)
	for _, word := range words {
		if strings.EqualFold(word, name) {
			return word
		}
		if d := distance([]rune(name), []rune(word), least); d < least && d < len([]rune(name)) {
			best, least = word, d
		}
	}
	return best
}

// distance is the number of characters to insert, remove, replace or swap with
// their neighbour to make b of a; at least limit where it is that or more.
func distance(a, b []rune, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
