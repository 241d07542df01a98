// Package starters holds the plans a new plan can start from, as plan files:
// the starters, which are samples too, and an empty one.
//
// A starter is a plan one would believe: complete, in both languages, and it
// computes what it claims by its own formulas.
package starters

import (
	"bytes"
	"embed"
	"strings"
)

const suffix = ".plan.yaml"

//go:embed *.plan.yaml
var files embed.FS

// Blank is the name of the plan that has groups, accounts, layers and positions
// but no lines. It is no sample, so Names leaves it out.
const Blank = "blank"

//go:embed blank.yaml
var blank []byte

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

// Get returns the plan file of a starter or of Blank, and false if there is none of the name.
// The caller owns the bytes.
func Get(name string) ([]byte, bool) {
	if name == Blank {
		return bytes.Clone(blank), true
	}
	text, err := files.ReadFile(name + suffix)
	return text, err == nil
}
