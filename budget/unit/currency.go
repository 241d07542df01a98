package unit

import (
	"strings"

	"golang.org/x/text/currency"
)

// isCurrencyCode reports whether the word is an ISO 4217 code. Other words of
// three capitals, such as FTE, are none.
func isCurrencyCode(word string) bool {
	if len(word) != 3 || word != strings.ToUpper(word) {
		return false
	}
	_, err := currency.ParseISO(word)
	return err == nil
}
