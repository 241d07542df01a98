// Package document is the plan as a tree of JSON values, and how typed code
// reads such a tree.
//
// A document is a Node: nil, bool, float64, string, []Node or map[string]Node,
// exactly what encoding/json makes of JSON text when it decodes into any. A
// Node that others can see is never changed; package patch makes the next one
// by copying the path to what changes.
//
// Reader walks a Node and collects every fault of shape with its JSON pointer,
// instead of stopping at the first.
package document

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
)

// A Node is a JSON value.
type Node = any

// An Object is a JSON object.
type Object = map[string]Node

// Pointer joins the parts to a JSON pointer (RFC 6901) below base.
func Pointer(base string, parts ...string) string {
	if len(parts) == 1 && !strings.ContainsAny(parts[0], "~/") {
		return base + "/" + parts[0]
	}
	var b strings.Builder
	b.WriteString(base)
	for _, part := range parts {
		b.WriteByte('/')
		b.WriteString(escaper.Replace(part))
	}
	return b.String()
}

// Parts splits a JSON pointer into its unescaped parts. The empty pointer, the
// whole document, has none; a pointer that does not begin with a slash is
// refused with false.
func Parts(pointer string) ([]string, bool) {
	if pointer == "" {
		return nil, true
	}
	if pointer[0] != '/' {
		return nil, false
	}
	parts := strings.Split(pointer[1:], "/")
	for i, part := range parts {
		parts[i] = unescaper.Replace(part)
	}
	return parts, true
}

var (
	escaper   = strings.NewReplacer("~", "~0", "/", "~1")
	unescaper = strings.NewReplacer("~1", "/", "~0", "~")
)

// Get returns the value at the parts below node, walking objects only.
func Get(node Node, parts ...string) (Node, bool) {
	for _, part := range parts {
		object, ok := node.(Object)
		if !ok {
			return nil, false
		}
		if node, ok = object[part]; !ok {
			return nil, false
		}
	}
	return node, true
}

// Ranked returns the keys of an object's members in display order: by the
// members' rank, equal ranks by key.
func Ranked(object Object) []string {
	type ranked struct{ rank, key string }
	members := make([]ranked, 0, len(object))
	for key, node := range object {
		members = append(members, ranked{RankOf(node), key})
	}
	slices.SortFunc(members, func(a, b ranked) int {
		return cmp.Or(strings.Compare(a.rank, b.rank), strings.Compare(a.key, b.key))
	})
	keys := make([]string, len(members))
	for i, member := range members {
		keys[i] = member.key
	}
	return keys
}

// RankOf returns the text that an object's member is ordered by, empty if it has none.
func RankOf(node Node) string {
	object, _ := node.(Object)
	rank, _ := object["rank"].(string)
	return rank
}

// Same reports whether two values are one and the same object, or both
// nothing. Equal objects that were made apart are not: it is the cheap way to
// find what an edit left alone.
func Same(a, b Node) bool {
	left, okLeft := a.(Object)
	right, okRight := b.(Object)
	if !okLeft || !okRight {
		return a == nil && b == nil
	}
	return reflect.ValueOf(left).Pointer() == reflect.ValueOf(right).Pointer()
}
