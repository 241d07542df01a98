package live

import (
	"maps"
	"slices"

	"centerplan/store"
)

// A journal keeps what each actor can undo and redo, from the entries of a
// plan in order. An entry that takes back an undo is a redo, and can be undone
// again.
type journal struct {
	actors map[store.Actor]steps
	undos  map[store.Rev]bool // entries that are an undo
}

// steps are one actor's changes to undo and undos to redo, the next one last.
// The slices are shared with heads and never changed in place.
type steps struct{ undo, redo []Ref }

// newJournal makes a journal of the newest entries, which come newest first.
func newJournal(entries []store.Entry) *journal {
	j := &journal{actors: map[store.Actor]steps{}, undos: map[store.Rev]bool{}}
	for _, entry := range slices.Backward(entries) {
		j.add(entry)
	}
	return j
}

func (j *journal) add(entry store.Entry) {
	if len(entry.Patch) == 0 || entry.Act != "" {
		return // the plan's creation, and what is answered rather than undone
	}
	ref := Ref{Rev: entry.Rev, Label: entry.Label}
	own := j.actors[entry.Who]
	switch {
	case entry.Undoes == 0:
		own.undo, own.redo = push(own.undo, ref), nil
		j.actors[entry.Who] = own
	case j.undos[entry.Undoes]: // a redo
		j.drop(entry.Undoes)
		own = j.actors[entry.Who]
		own.undo = push(own.undo, ref)
		j.actors[entry.Who] = own
	default:
		j.undos[entry.Rev] = true
		j.drop(entry.Undoes)
		own = j.actors[entry.Who]
		own.redo = push(own.redo, ref)
		j.actors[entry.Who] = own
	}
}

// drop takes a revision out of everyone's steps.
func (j *journal) drop(rev store.Rev) {
	is := func(ref Ref) bool { return ref.Rev == rev }
	for actor, own := range j.actors {
		own.undo = slices.DeleteFunc(slices.Clone(own.undo), is)
		own.redo = slices.DeleteFunc(slices.Clone(own.redo), is)
		j.actors[actor] = own
	}
}

// leave takes a revision out of what one actor can undo.
func (j *journal) leave(actor store.Actor, rev store.Rev) {
	own := j.actors[actor]
	own.undo = slices.DeleteFunc(slices.Clone(own.undo), func(ref Ref) bool { return ref.Rev == rev })
	j.actors[actor] = own
}

// steps returns a copy for a head to keep.
func (j *journal) steps() map[store.Actor]steps { return maps.Clone(j.actors) }

func push(refs []Ref, ref Ref) []Ref {
	if len(refs) >= mostUndo {
		refs = refs[1:]
	}
	return append(slices.Clip(refs), ref)
}

func top(refs []Ref) *Ref {
	if len(refs) == 0 {
		return nil
	}
	return &refs[len(refs)-1]
}
