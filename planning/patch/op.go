// Package patch changes a document by JSON Patch (RFC 6902) and makes the
// patch that takes the change back.
//
// Only test, add, replace and remove exist. Two rules go beyond the RFC, so
// that nobody's work is overwritten unseen: add on a member that exists is a
// conflict, and an object or list may be replaced or removed only after a test
// of exactly that path in the same patch.
//
// A patch is applied as a whole or not at all. The document given is never
// changed: the path to what changes is copied and everything else is shared.
// Values inside operations become part of the next document, so whoever made
// them does not change them afterwards.
package patch

import (
	"bytes"
	"encoding/json"
	"fmt"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Verb is what an operation does.
type Verb string

// The verbs there are.
const (
	Test    Verb = "test"    // require that the value equals Value
	Add     Verb = "add"     // put a new member or list element
	Replace Verb = "replace" // put Value in place of what is there
	Remove  Verb = "remove"  // take away what is there
)

// An Op is one operation of a patch.
type Op struct {
	Op   Verb
	Path string
	// Value is ignored by Remove.
	Value document.Node
}

// What a patch may hold at most. The inverse of a patch within these bounds
// lies within them too.
const (
	MaxChanges = 20_000         // operations other than test
	MaxTests   = 2 * MaxChanges // tests
	MaxDepth   = 64             // levels of the document after the patch
)

// valued is the wire form of an operation that carries a value.
type valued struct {
	Op    Verb          `json:"op"`
	Path  string        `json:"path"`
	Value document.Node `json:"value"`
}

// MarshalJSON writes the operation as RFC 6902 has it, a remove without value.
func (o Op) MarshalJSON() ([]byte, error) {
	if o.Op == Remove {
		return json.Marshal(struct {
			Op   Verb   `json:"op"`
			Path string `json:"path"`
		}{o.Op, o.Path})
	}
	return json.Marshal(valued(o))
}

// UnmarshalJSON reads an operation strictly: op and path are required, so is
// value unless the operation is a remove, which must not have one; members of
// other names, members given twice and other verbs are refused. The error is a
// problem of kind Invalid.
func (o *Op) UnmarshalJSON(text []byte) error {
	members, err := decodeMembers(text)
	if err != nil {
		return err
	}
	var next Op
	for name, into := range map[string]any{"op": &next.Op, "path": &next.Path} {
		raw, ok := members[name]
		if !ok {
			return badOp("patch.member_missing", name)
		}
		if err := json.Unmarshal(raw, into); err != nil || bytes.Equal(raw, []byte("null")) {
			return badOp("patch.member_type", name)
		}
	}
	if !next.Op.valid() {
		return badVerb(next)
	}
	raw, has := members["value"]
	if has == (next.Op == Remove) {
		if has {
			return badOp("patch.member_unknown", "value")
		}
		return badOp("patch.member_missing", "value")
	}
	if has {
		if err := json.Unmarshal(raw, &next.Value); err != nil {
			return badOp("patch.member_type", "value")
		}
	}
	*o = next
	return nil
}

func (v Verb) valid() bool {
	return v == Test || v == Add || v == Replace || v == Remove
}

// decodeMembers splits a JSON object into its members, refusing unknown and
// repeated names.
func decodeMembers(text []byte) (map[string]json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, problem.Problem{Kind: problem.Invalid, Key: "patch.not_an_operation", Err: err}
	}
	members := make(map[string]json.RawMessage, 3)
	for decoder.More() {
		token, err := decoder.Token()
		name, _ := token.(string)
		if err != nil {
			return nil, problem.Problem{Kind: problem.Invalid, Key: "patch.not_an_operation", Err: err}
		}
		if _, twice := members[name]; twice || name != "op" && name != "path" && name != "value" {
			return nil, badOp("patch.member_unknown", name)
		}
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return nil, problem.Problem{Kind: problem.Invalid, Key: "patch.not_an_operation", Err: err}
		}
		members[name] = raw
	}
	return members, nil
}

func badOp(key, member string) error {
	return problem.Problem{Kind: problem.Invalid, Key: key, Args: problem.Args{"member": member}}
}

func badVerb(op Op) problem.Problem {
	return problem.Problem{
		Kind: problem.Invalid, Pointer: op.Path, Key: "patch.unknown_operation",
		Args: problem.Args{"operation": short(string(op.Op))},
	}
}

// String returns the operation for logs and tests.
func (o Op) String() string {
	if o.Op == Remove {
		return fmt.Sprintf("%s %s", o.Op, o.Path)
	}
	return fmt.Sprintf("%s %s %s", o.Op, o.Path, brief(o.Value))
}
