package rights_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"centerplan/planning/document"
)

var decimals = regexp.MustCompile(`\d+\.\d\d\b`)

// changeHidden returns the document with other numbers in every hidden place.
func changeHidden(t *rapid.T, doc object, hidden, withheld []string) object {
	next, _ := copied(doc).(object)
	h := hider{t}
	for _, id := range hidden {
		line := lineOf(next, id)
		for _, field := range []string{"values", "opening", "formula", "note"} {
			h.change(line, field)
		}
		for _, section := range []string{"history", "actuals"} {
			h.change(at(next, "/"+section), id)
		}
		for _, code := range []string{"base", "growth"} {
			h.change(at(next, "/scenarios/"+code+"/cells"), id)
		}
		for _, note := range members(next, "/comments") {
			if strings.Contains(note["on"].(string), "/"+id+"/") {
				h.change(note, "text")
			}
		}
	}
	for _, place := range []string{
		"/scenarios/base", "/scenarios/growth", "/budget/levers/pull", "/budget/levers/left", "/okr/initiatives/go", "/okr/initiatives/idea",
	} {
		for _, change := range members(next, place+"/changes") {
			if slices.Contains(hidden, change["line"].(string)) {
				for _, field := range []string{"set", "scale", "add", "formula"} {
					h.change(change, field)
				}
			}
		}
	}
	for _, amendment := range members(next, "/workflow/amendments") {
		entries := members(amendment, "/entries")
		if slices.ContainsFunc(entries, func(e object) bool { return slices.Contains(hidden, e["line"].(string)) }) {
			h.change(amendment, "reason")
			for _, entry := range entries {
				h.change(entry, "amount")
			}
		}
	}
	for id, line := range linesOf(next) {
		code, ok := line.(object)["code"].(string)
		if !ok {
			code = id
		}
		if slices.Contains(withheld, code) {
			h.change(line, "opening")
			h.change(at(next, "/history"), id)
			h.change(at(next, "/actuals"), id)
		}
	}
	for i := range 3 {
		result, _ := at(next, "/okr/objectives/o/key_results/k"+strconv.Itoa(i)).(object)
		if slices.Contains(withheld, result["line"].(string)) {
			h.change(result, "baseline")
			h.change(result, "target")
			h.change(at(next, "/okr/checkins/t"+strconv.Itoa(i)), "value")
			h.change(at(next, "/okr/checkins/t"+strconv.Itoa(i)), "note")
		}
	}
	return next
}

// members returns the objects in an object, in order.
func members(doc document.Node, pointer string) []object {
	holder, _ := at(doc, pointer).(object)
	var all []object
	for _, name := range document.Ranked(holder) {
		all = append(all, holder[name].(object))
	}
	return all
}

// A hider draws other numbers.
type hider struct{ t *rapid.T }

func (h hider) change(holder document.Node, field string) {
	if object, ok := holder.(object); ok {
		if value, ok := object[field]; ok {
			object[field] = h.other(value)
		}
	}
}

func (h hider) other(value document.Node) document.Node {
	switch value := value.(type) {
	case float64:
		return float64(rapid.IntRange(-4, 40).Draw(h.t, "other")) / 4
	case string:
		return decimals.ReplaceAllStringFunc(value, func(string) string {
			return strconv.FormatFloat(float64(rapid.IntRange(1, 40).Draw(h.t, "other"))/4, 'f', 2, 64)
		})
	case object:
		for _, name := range document.Ranked(value) {
			value[name] = h.other(value[name])
		}
	}
	return value
}
