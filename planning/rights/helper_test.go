package rights_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/rights"
	"centerplan/scenarios"
)

type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// A center is a plan opened for a test.
type center struct {
	doc      object
	plan     planning.Plan
	book     *scenarios.Book
	ever     rights.Ever
	outcomes []*scenarios.Outcome
}

var sizer = capacity.NewSizer()

// open reads, compiles and evaluates a document.
func open(t tester, doc object, ever rights.Ever) center {
	t.Helper()
	plan, err := planning.Read(doc)
	if err != nil {
		t.Fatalf("the test's plan cannot be read: %v", err)
	}
	c := center{doc: doc, plan: plan, book: plan.Book(), ever: ever}
	for _, s := range plan.Scenarios {
		o, err := c.book.Evaluate(s.Code, sizer)
		if err != nil {
			t.Fatalf("evaluate %s: %v", s.Code, err)
		}
		c.outcomes = append(c.outcomes, o)
	}
	return c
}

// seenBy returns what a person with the grants sees of the center.
func (c center) seenBy(grants ...rights.Grant) *rights.Sight {
	return rights.Of(rights.Person{ID: "p", Grants: grants}, c.doc, c.plan, c.book, c.ever)
}

// base is the outcome of the scenario base.
func (c center) base() *scenarios.Outcome { return c.outcomes[0] }

func grant(role rights.Role) rights.Grant { return rights.Grant{Center: rights.Everywhere, Role: role} }

// starter opens one of the starters.
func starter(t testing.TB, name string) center {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "templates", "starters", name+".plan.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return file(t, string(text))
}

// file opens a plan file.
func file(t testing.TB, text string) center {
	t.Helper()
	source, err := planfile.Decode([]byte(text))
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	return open(t, source.Document, rights.Ever{})
}

func lineID(id string) budget.LineID { return budget.LineID(id) }

func linesOf(doc document.Node) object {
	lines, _ := document.Get(doc, "budget", "lines")
	all, _ := lines.(object)
	return all
}

func lineOf(doc document.Node, id string) object {
	line, _ := linesOf(doc)[id].(object)
	return line
}

// text writes a value as JSON.
func text(t tester, value any) string {
	t.Helper()
	written, err := json.Marshal(value)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return string(written)
}

// copied copies a value deeply.
func copied(node document.Node) document.Node {
	switch node := node.(type) {
	case object:
		next := make(object, len(node))
		for name, member := range node {
			next[name] = copied(member)
		}
		return next
	case []document.Node:
		next := make([]document.Node, len(node))
		for i, element := range node {
			next[i] = copied(element)
		}
		return next
	default:
		return node
	}
}

// places lists every pointer of a value in order, itself included.
func places(pointer string, node document.Node) []string {
	all := []string{pointer}
	switch node := node.(type) {
	case object:
		for _, name := range slices.Sorted(maps.Keys(node)) {
			all = append(all, places(document.Pointer(pointer, name), node[name])...)
		}
	case []document.Node:
		for i, element := range node {
			all = append(all, places(fmt.Sprintf("%s/%d", pointer, i), element)...)
		}
	}
	return all
}

// at returns the value at a pointer, through objects and lists.
func at(doc document.Node, pointer string) document.Node {
	parts, _ := document.Parts(pointer)
	for _, part := range parts {
		switch node := doc.(type) {
		case object:
			doc = node[part]
		case []document.Node:
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil {
				return nil
			}
			doc = node[i]
		}
	}
	return doc
}
