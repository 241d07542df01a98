// Package starters holds the plans a new plan can start from, as plan files.
//
// A starter is a plan one would believe: complete, in both languages, and it
// computes what it claims by its own formulas.
package starters

import (
	"embed"
	"strings"
)

const suffix = ".plan.yaml"

//go:embed *.plan.yaml
var files embed.FS

// Names returns the names of the starters in alphabetical order.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the directory is part of the program
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = strings.TrimSuffix(entry.Name(), suffix)
	}
	return names
}

// Get returns the starter's plan file, and false if there is none of the name.
// The caller owns the bytes.
func Get(name string) ([]byte, bool) {
	text, err := files.ReadFile(name + suffix)
	return text, err == nil
}
