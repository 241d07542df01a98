package patch

import (
	"maps"
	"slices"

	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Difference is a place in which two documents differ. A value that is not
// there is nil, and the flag beside it is false.
type Difference struct {
	Pointer           string
	Before, After     document.Node
	InBefore, InAfter bool
}

// Differences lists the places in which two documents differ, in the order of
// their pointers. Objects are compared member by member; a list, and what only
// one of the two has, is one difference.
func Differences(before, after document.Node) []Difference {
	return differences(nil, "", before, after)
}

func differences(all []Difference, at string, before, after document.Node) []Difference {
	left, isLeft := before.(document.Object)
	right, isRight := after.(document.Object)
	if !isLeft || !isRight {
		if Equal(before, after) {
			return all
		}
		return append(all, Difference{Pointer: at, Before: before, After: after, InBefore: true, InAfter: true})
	}
	names := slices.Concat(slices.Collect(maps.Keys(left)), slices.Collect(maps.Keys(right)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		place := document.Pointer(at, name)
		old, inLeft := left[name]
		next, inRight := right[name]
		if inLeft && inRight {
			all = differences(all, place, old, next)
			continue
		}
		all = append(all, Difference{Pointer: place, Before: old, After: next, InBefore: inLeft, InAfter: inRight})
	}
	return all
}

// Restore returns the operations that give the place what it held in an earlier
// document, with a test of what it holds now. Problems: "patch.bad_path" of kind
// Invalid for a pointer that is none or goes into a list, "patch.nothing_to_restore"
// of kind Conflict where both documents hold the same there.
func Restore(now, earlier document.Node, pointer string) ([]Op, error) {
	parts, ok := document.Parts(pointer)
	if !ok || len(parts) == 0 || len(parts) > MaxDepth {
		return nil, *refuse(Op{Path: pointer}, problem.Invalid, "patch.bad_path")
	}
	old, was := document.Get(earlier, parts...)
	current, is := document.Get(now, parts...)
	switch {
	case was == is && Equal(old, current):
		return nil, *refuse(Op{Path: pointer}, problem.Conflict, "patch.nothing_to_restore")
	case !is:
		return []Op{{Add, pointer, old}}, nil
	case !was:
		return []Op{{Test, pointer, current}, {Remove, pointer, nil}}, nil
	default:
		return []Op{{Test, pointer, current}, {Replace, pointer, old}}, nil
	}
}
