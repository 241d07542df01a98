// Package locale holds every sentence the product says, in Chinese and in
// English.
//
// The catalogues zh.json and en.json are flat maps from key to text with
// placeholders in braces, such as {line}. The page reads the same two files.
// A message that depends on a count has two keys, "x.one" and "x.other".
//
// A message that is missing is never an empty line: it shows its key.
package locale

import (
	"embed"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

//go:embed zh.json en.json
var files embed.FS

// prefix stands before a problem's key in the catalogues.
const prefix = "problem."

// catalogues reads the embedded files once.
var catalogues = sync.OnceValue(func() map[document.Locale]map[string]string {
	all := map[document.Locale]map[string]string{}
	for _, locale := range document.Locales() {
		text, err := files.ReadFile(string(locale) + ".json")
		if err != nil {
			panic(err) // the files are part of the program
		}
		catalogue := map[string]string{}
		if err := json.Unmarshal(text, &catalogue); err != nil {
			panic(err)
		}
		all[locale] = catalogue
	}
	return all
})

// Keys returns every key of the locale's catalogue, sorted.
func Keys(locale document.Locale) []string {
	catalogue := catalogues()[locale]
	keys := make([]string, 0, len(catalogue))
	for key := range catalogue {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Message returns the message of the key with the arguments put in the places
// of their names. A placeholder without an argument stays as it is. Where the
// locale has no such message the other language's is returned, and where there
// is none at all the key and its arguments in brackets.
func Message(locale document.Locale, key string, args problem.Args) string {
	for _, language := range []document.Locale{locale, locale.Other()} {
		if text, ok := lookup(language, key, args); ok {
			return fill(text, args)
		}
	}
	return "[" + problem.Problem{Key: key, Args: args}.Error() + "]"
}

// Problem returns the sentence that tells a person what is wrong and what to
// do about it.
func Problem(locale document.Locale, p problem.Problem) string {
	return Message(locale, prefix+p.Key, named(locale, p.Args))
}

// named puts the name of a section of the plan in place of its id, where it is
// one that the catalogues name.
func named(locale document.Locale, args problem.Args) problem.Args {
	name, ok := lookup(locale, "workflow.section."+args["section"], nil)
	if !ok {
		return args
	}
	args = maps.Clone(args)
	args["section"] = name
	return args
}

// Unit writes a unit, words joined by * and /, in the locale's words. A word
// the catalogues do not have stays as it is.
func Unit(locale document.Locale, unit string) string {
	return unitWord.ReplaceAllStringFunc(unit, func(word string) string {
		if text, ok := lookup(locale, "unit."+word, nil); ok {
			return text
		}
		return word
	})
}

var unitWord = regexp.MustCompile(`[^*/]+`)

// lookup finds the text of a key, for a counted message by its count.
func lookup(locale document.Locale, key string, args problem.Args) (string, bool) {
	catalogue := catalogues()[locale]
	if text, ok := catalogue[key]; ok {
		return text, true
	}
	count, counted := args["count"]
	if !counted {
		return "", false
	}
	form := ".other"
	if locale == document.English && count == "1" {
		form = ".one"
	}
	text, ok := catalogue[key+form]
	return text, ok
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func fill(text string, args problem.Args) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(whole string) string {
		if value, ok := args[whole[1:len(whole)-1]]; ok {
			return value
		}
		return whole
	})
}

// Placeholders returns the names in braces of a message's text, sorted, each
// once.
func Placeholders(text string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}
