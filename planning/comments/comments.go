// Package comments is what people say about places of a plan: threads of
// messages, each with who said it and when, whom it calls on, and whether the
// matter is settled.
//
//	document → Read → Model → Waiting
//	patch as somebody sent it → Complete → patch as it is stored
//
// A comment is part of the document and changes by patches like everything
// else, so history, undo, events and work without a network are those of the
// plan. What a person cannot be trusted to say, who they are and what day it
// is, Complete puts into the patch. Who may say, withdraw and settle what is in
// the table of package rights. DESIGN.md says why.
package comments

import (
	"slices"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/document"
)

// An ID is the immutable key of a comment in the document.
type ID string

// A Message is one thing that somebody said.
type Message struct {
	Text string
	// Who is the id of the person who said it, Day the server's on which it came
	// in.
	Who string
	Day calendar.Date
	// Mentions are the positions it calls on, as ids of /okr/roles. One of them
	// may be gone by now.
	Mentions []okr.RoleID
}

// A Reply is a message under a comment.
type Reply struct {
	ID string
	Message
}

// A Mark says who settled a thread, and when.
type Mark struct {
	Who string
	Day calendar.Date
}

// A Thread is a comment with what was answered to it.
type Thread struct {
	ID ID
	Message
	// On is the pointer of what it is about, Place what that pointer says. The
	// place itself may be gone by now.
	On    string
	Place Place
	// Scenario is the code of the scenario it was written in, empty where that
	// does not matter.
	Scenario string
	// Replies are in the order in which they were given.
	Replies []Reply
	// Resolved is nil while the thread is open.
	Resolved *Mark
}

// A Model is everything in the plan's section comments, in the order in which
// it was begun.
type Model struct {
	Threads []Thread
}

// Thread returns the thread with the id.
func (m Model) Thread(id ID) (Thread, bool) {
	for _, thread := range m.Threads {
		if thread.ID == id {
			return thread, true
		}
	}
	return Thread{}, false
}

// Messages returns what was said in the thread, the comment first.
func (t Thread) Messages() []Message {
	all := []Message{t.Message}
	for _, reply := range t.Replies {
		all = append(all, reply.Message)
	}
	return all
}

// A Call is a thread that waits for somebody, with the message that calls on
// them.
type Call struct {
	Thread Thread
	Message
}

// Waiting lists the open threads in which somebody else called on one of the
// positions and none of the people spoke since: those who hold the position and
// those they stand in for.
func (m Model) Waiting(people []string, positions []okr.RoleID) []Call {
	var calls []Call
	for _, thread := range m.Threads {
		if thread.Resolved != nil {
			continue
		}
		for _, message := range slices.Backward(thread.Messages()) {
			if slices.Contains(people, message.Who) {
				break
			}
			if slices.ContainsFunc(message.Mentions, func(role okr.RoleID) bool { return slices.Contains(positions, role) }) {
				calls = append(calls, Call{thread, message})
				break
			}
		}
	}
	return calls
}

// inOrder compares messages by day, and those of one day by id: ids are made so
// that later ones sort behind.
func inOrder(a, b Message, idA, idB string) int {
	if c := a.Day.Compare(b.Day); c != 0 {
		return c
	}
	return strings.Compare(idA, idB)
}

// Later reports whether a reply in a document, given with its id, was given
// after another.
func Later(reply document.Object, id string, than document.Object, thanID string) bool {
	own, _ := calendar.ParseDate(textOf(reply["day"]))
	other, _ := calendar.ParseDate(textOf(than["day"]))
	return inOrder(Message{Day: own}, Message{Day: other}, id, thanID) > 0
}

func textOf(node document.Node) string {
	text, _ := node.(string)
	return text
}
