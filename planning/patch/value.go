package patch

import (
	"encoding/json"
	"maps"
	"math"

	"centerplan/planning/document"
)

// Equal reports whether two JSON values are the same: numbers by value,
// objects regardless of the order of their members.
func Equal(a, b document.Node) bool {
	switch a := a.(type) {
	case document.Object:
		b, ok := b.(document.Object)
		return ok && maps.EqualFunc(a, b, Equal)
	case []document.Node:
		b, ok := b.([]document.Node)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !Equal(a[i], b[i]) {
				return false
			}
		}
		return true
	case nil, bool, float64, string:
		switch b.(type) {
		case nil, bool, float64, string:
			return a == b
		}
	}
	return false
}

// depthOf returns how many levels a value has, a plain value one, and whether
// it is a JSON value throughout. It looks no deeper than limit levels.
func depthOf(value document.Node, limit int) (int, bool) {
	if limit == 0 {
		return 1, true
	}
	deepest := 0
	below := func(child document.Node) bool {
		depth, ok := depthOf(child, limit-1)
		deepest = max(deepest, depth)
		return ok
	}
	switch value := value.(type) {
	case nil, bool, string:
	case float64:
		return 1, !math.IsNaN(value) && !math.IsInf(value, 0)
	case document.Object:
		for _, child := range value {
			if !below(child) {
				return 0, false
			}
		}
	case []document.Node:
		for _, child := range value {
			if !below(child) {
				return 0, false
			}
		}
	default:
		return 0, false
	}
	return deepest + 1, true
}

// isTree reports whether the value is an object or a list.
func isTree(value document.Node) bool {
	switch value.(type) {
	case document.Object, []document.Node:
		return true
	}
	return false
}

// mostShown is how many characters of a value a problem quotes.
const mostShown = 200

// brief writes a value as JSON that stays JSON when it is cut: a long text
// ends in an ellipsis, a long object or list is the text of an ellipsis.
func brief(value document.Node) string {
	if text, ok := value.(string); ok {
		value = short(text)
	}
	encoded, err := json.Marshal(value)
	if err != nil || isTree(value) && len(encoded) > mostShown {
		return `"…"`
	}
	return string(encoded)
}

func short(text string) string {
	if runes := []rune(text); len(runes) > mostShown {
		return string(runes[:mostShown]) + "…"
	}
	return text
}
