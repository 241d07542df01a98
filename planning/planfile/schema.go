package planfile

import (
	"slices"
	"strings"
)

// Version is the format version this package reads and writes.
const Version = 1

// lifted are the members of /budget that stand at the top of a file, in the
// order a file writes them.
var lifted = []string{
	"calendar", "dimensions", "groups", "accounts", "lines", "staffing", "hiring", "prices", "contributions", "levers",
}

// fileParts are the names that stand at the top of a file, in the order a file
// writes them.
var fileParts = slices.Concat(
	[]string{"centerplan", "plan"}, lifted,
	[]string{"history", "actuals", "scenarios", "method", "okr", "comments", "workflow"},
)

// A listing is a place of the document that holds a map by id and is written
// as a list. The prefix makes the ids of things that are written without one;
// uncoded things never have a code.
type listing struct {
	path    string
	prefix  string
	uncoded bool
}

// listings are the places written as lists. A * stands for any one part.
var listings = []listing{
	{path: "/budget/groups"},
	{path: "/budget/accounts"},
	{path: "/budget/lines"},
	{path: "/budget/dimensions/*/members"},
	{path: "/budget/contributions/*/items"},
	{path: "/budget/levers"},
	{path: "/budget/levers/*/changes", prefix: "c", uncoded: true},
	{path: "/scenarios"},
	{path: "/scenarios/*/changes", prefix: "c", uncoded: true},
	{path: "/method/strategy/goals", prefix: "g"},
	{path: "/method/positioning/layers", prefix: "l"},
	{path: "/method/findings", prefix: "f"},
	{path: "/okr/roles"},
	{path: "/okr/objectives", prefix: "o"},
	{path: "/okr/objectives/*/key_results", prefix: "k"},
	{path: "/okr/milestones", prefix: "m"},
	{path: "/okr/initiatives", prefix: "i"},
	{path: "/okr/initiatives/*/changes", prefix: "c", uncoded: true},
	{path: "/workflow/sections", uncoded: true},
	{path: "/workflow/steps", uncoded: true},
}

// rankedMaps are places that are maps in the file too, whose order counts.
var rankedMaps = []string{"/budget/dimensions"}

// textFields hold text although YAML may read what is written there as a
// number: 2027 is a code, not a quantity.
var textFields = map[string]bool{
	"id": true, "code": true, "group": true, "account": true, "line": true, "parent": true,
	"start": true, "fiscal_start": true, "from": true, "to": true, "due": true,
	"owner": true, "deputy": true, "objective": true, "en": true, "zh": true, "unit": true,
	"formula": true, "go_live": true, "milestone": true, "actuals_through": true,
}

// textLists hold such text in each of their places, textMaps under each name.
var textLists, textMaps = []string{"by", "levers", "requires", "excludes"}, []string{
	"/scenarios/*/initiatives/*", "/method/findings/*/initiative", "/okr/checkins/*/of", "/okr/checkins/*/day", "/okr/checkins/*/note", "/okr/checkins/*/blocker",
	"/workflow/amount", "/workflow/sections/*/deadline", "/workflow/sections/*/handed_in/*",
	"/workflow/sections/*/returned/*", "/workflow/sections/*/approvals/*/*",
	"/workflow/seal/hash", "/workflow/seal/who", "/workflow/seal/on", "/workflow/seal/engine", "/workflow/seal/scenarios/*",
	"/workflow/amendments/*/proposed/*", "/workflow/amendments/*/approvals/*/*", "/workflow/amendments/*/closed/*",
	"/comments/*/on", "/comments/*/scenario", "/comments/*/text", "/comments/*/who", "/comments/*/day", "/comments/*/mentions/*",
	"/comments/*/replies/*/text", "/comments/*/replies/*/who", "/comments/*/replies/*/day", "/comments/*/replies/*/mentions/*",
	"/comments/*/resolved/*",
	"/workflow/amendments/*/reason", "/workflow/amendments/*/entries/*/member/*", "/workflow/amendments/*/entries/*/month",
}

// isText reports whether what is at parts is text, whatever YAML reads there. A
// tier of prices begins from a volume and an approval is needed from an amount,
// where other things begin from a month.
func isText(parts []string) bool {
	last := parts[len(parts)-1]
	if len(parts) > 1 && slices.Contains(textLists, parts[len(parts)-2]) {
		return true
	}
	if matches("/budget/prices/*/tiers/*/from", parts) || matches("/workflow/steps/*/from", parts) {
		return false
	}
	return textFields[last] || slices.ContainsFunc(textMaps, func(path string) bool { return matches(path, parts) })
}

func listingAt(parts []string) (listing, bool) {
	for _, l := range listings {
		if matches(l.path, parts) {
			return l, true
		}
	}
	return listing{}, false
}

func rankedMapAt(parts []string) bool {
	for _, path := range rankedMaps {
		if matches(path, parts) {
			return true
		}
	}
	return false
}

// matches reports whether the parts of a pointer fit a path with stars.
func matches(path string, parts []string) bool {
	rest := path
	for _, part := range parts {
		head, tail, _ := strings.Cut(strings.TrimPrefix(rest, "/"), "/")
		if rest == "" || (head != "*" && head != part) {
			return false
		}
		rest = tail
	}
	return rest == ""
}

// isHistory and isActuals report whether the parts name a line's own months.
func isHistory(parts []string) bool { return matches("/history/*", parts) }
func isActuals(parts []string) bool { return matches("/actuals/*", parts) }

// isLineValues reports whether the parts name the values of a line.
func isLineValues(parts []string) bool {
	return matches("/budget/lines/*/values", parts)
}
