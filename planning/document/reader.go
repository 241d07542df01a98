package document

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"centerplan/planning/problem"
)

// A Reader reads one place of a document as the type the caller expects and
// collects every fault of shape. A missing value reads as the zero value
// without a fault, so a caller that requires it says so with Require. Readers
// made from each other share one list of problems.
type Reader struct {
	node    Node
	present bool
	// base is the pointer of the reader or, if it is a field, of the object that
	// has it: most fields are read and never pointed at.
	base    string
	field   string
	isField bool
	faults  *problem.List
}

// Read returns a reader of the whole document.
func Read(root Node) Reader {
	return Reader{node: root, present: root != nil, faults: new(problem.List)}
}

// Problems returns what was wrong so far, in the order it was met.
func (r Reader) Problems() problem.List { return *r.faults }

// Pointer returns the place the reader is at.
func (r Reader) Pointer() string {
	if r.isField {
		return Pointer(r.base, r.field)
	}
	return r.base
}

// placed returns the reader with its pointer made, for those that many others
// are made from.
func (r Reader) placed() Reader {
	r.base, r.field, r.isField = r.Pointer(), "", false
	return r
}

// Node returns the value as it stands, nil if missing.
func (r Reader) Node() Node { return r.node }

// Present reports whether there is a value, null counting as none.
func (r Reader) Present() bool { return r.present && r.node != nil }

// Fail records a problem of kind Invalid at the reader's place.
func (r Reader) Fail(key string, args problem.Args) {
	*r.faults = append(*r.faults, problem.Problem{
		Kind: problem.Invalid, Pointer: r.Pointer(), Key: key, Args: args,
	})
}

// Report records a problem that other code found in the value here. Its
// pointer, which begins at this value, is put below the reader's place.
func (r Reader) Report(p problem.Problem) {
	p.Pointer = r.Pointer() + p.Pointer
	*r.faults = append(*r.faults, p)
}

func (r Reader) wrongType(want string) {
	r.Fail("shape.type", problem.Args{"want": want, "got": typeName(r.node)})
}

func typeName(node Node) string {
	switch node.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "text"
	case []Node:
		return "list"
	default:
		return "object"
	}
}

// Require records a problem if there is no value here.
func (r Reader) Require() Reader {
	if !r.Present() {
		r.Fail("shape.missing", problem.Args{"field": r.lastPart()})
	}
	return r
}

func (r Reader) lastPart() string {
	if r.isField {
		return r.field
	}
	return unescaper.Replace(r.base[strings.LastIndexByte(r.base, '/')+1:])
}

// Field returns a reader of the object's member.
func (r Reader) Field(name string) Reader {
	object, _ := r.node.(Object)
	node, ok := object[name]
	return Reader{node: node, present: ok, base: r.Pointer(), field: name, isField: true, faults: r.faults}
}

// Fields records a problem for each member of the object that is not among the
// names, so that a misspelt field is never dropped in silence.
func (r Reader) Fields(names ...string) Reader {
	object, ok := r.node.(Object)
	if !ok {
		if r.Present() {
			r.wrongType("object")
		}
		return r
	}
	var unknown []string
	for key := range object {
		if !slices.Contains(names, key) {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	for _, key := range unknown {
		r.Field(key).Fail("shape.unknown_field", problem.Args{
			"field": key, "known": strings.Join(names, ", "),
		})
	}
	return r
}

// String reads text.
func (r Reader) String() string {
	text, ok := r.node.(string)
	if !ok && r.Present() {
		r.wrongType("text")
	}
	return text
}

// OneOf reads text that must be one of the words; a missing one is the first.
func (r Reader) OneOf(words ...string) string {
	if !r.Present() {
		return words[0]
	}
	text, ok := r.node.(string)
	if !ok || !slices.Contains(words, text) {
		r.Fail("shape.one_of", problem.Args{"got": shown(r.node), "want": strings.Join(words, ", ")})
		return words[0]
	}
	return text
}

// Choice is OneOf for words that are a type of their own.
func Choice[T ~string](r Reader, words []T) T { return T(r.OneOf(Words(words)...)) }

// Words returns values of such a type as plain text.
func Words[T ~string](values []T) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
	}
	return texts
}

// Number reads a finite number, or fallback when missing.
func (r Reader) Number(fallback float64) float64 {
	if !r.Present() {
		return fallback
	}
	number, ok := r.node.(float64)
	if !ok || math.IsNaN(number) || math.IsInf(number, 0) {
		r.wrongType("number")
		return fallback
	}
	return number
}

// Between reads a number that must lie in [low, high].
func (r Reader) Between(low, high, fallback float64) float64 {
	number := r.Number(fallback)
	if r.Present() && (number < low || number > high) {
		r.Fail("shape.range", problem.Args{
			"got": shown(number), "low": shown(low), "high": shown(high),
		})
		return fallback
	}
	return number
}

// Bool reads true or false.
func (r Reader) Bool() bool {
	value, ok := r.node.(bool)
	if !ok && r.Present() {
		r.wrongType("boolean")
	}
	return value
}

// Text reads an object with the members en and zh.
func (r Reader) Text() Text {
	if !r.Present() {
		return Text{}
	}
	r = r.placed().Fields("en", "zh")
	return Text{En: r.Field("en").String(), Zh: r.Field("zh").String()}
}

// Strings reads a list of texts.
func (r Reader) Strings() []string {
	var texts []string
	for _, item := range r.Items() {
		texts = append(texts, item.String())
	}
	return texts
}

// Items returns a reader for each element of a list.
func (r Reader) Items() []Reader {
	list, ok := r.node.([]Node)
	if !ok {
		if r.Present() {
			r.wrongType("list")
		}
		return nil
	}
	base := r.Pointer()
	items := make([]Reader, len(list))
	for i, node := range list {
		items[i] = Reader{node: node, present: true, base: Pointer(base, strconv.Itoa(i)), faults: r.faults}
	}
	return items
}

// An Entry is a member of an object and a reader of its value.
type Entry struct {
	Key string
	Reader
}

// Members returns a reader for each member of an object, in display order: by
// rank, then by key.
func (r Reader) Members() []Entry {
	object, ok := r.node.(Object)
	if !ok {
		if r.Present() {
			r.wrongType("object")
		}
		return nil
	}
	r = r.placed()
	keys := Ranked(object)
	members := make([]Entry, len(keys))
	for i, key := range keys {
		members[i] = r.Member(key)
		if !validID(key) {
			r.Fail("shape.id", problem.Args{"id": shown(key), "most": strconv.Itoa(mostID)})
		}
	}
	return members
}

// Member returns the member of an object that has the key.
func (r Reader) Member(key string) Entry { return Entry{Key: key, Reader: r.Field(key).placed()} }

// mostID is how many bytes an id has at most. Ids stand in pointers, in
// addresses and in the index of what changed.
const mostID = 200

// validID reports whether a member of an object may be named so. The one name
// refused by itself is no ordinary one in JavaScript, where the page keeps
// the same objects.
func validID(key string) bool {
	return key != "" && len(key) <= mostID && key != "__proto__" && !strings.ContainsFunc(key, unicode.IsControl)
}

// shown writes a value the way a message quotes it: briefly.
func shown(node Node) string {
	switch value := node.(type) {
	case string:
		const most = 60
		if runes := []rune(value); len(runes) > most {
			return string(runes[:most]) + "…"
		}
		return value
	case float64:
		return strconv.FormatFloat(value, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(value)
	default:
		return typeName(node)
	}
}
