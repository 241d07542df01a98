package comments

import (
	"slices"
	"strconv"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// root is where comments stand in the document.
const root = "comments"

const (
	// mostText is how many bytes one message has at most.
	mostText = 4096
	// mostMentions is how many positions one message calls on at most.
	mostMentions = 20
)

// Read reads the section comments of a document. Faults of shape are recorded in
// the reader; the Model then holds what could be read. Places and positions that
// are gone are no fault: what was said about them stays said.
func Read(r document.Reader) Model {
	var m Model
	for _, entry := range r.Members() {
		m.Threads = append(m.Threads, readThread(entry))
	}
	// Those of one day stay as the document orders them: by rank, then by id.
	slices.SortStableFunc(m.Threads, func(a, b Thread) int { return a.Day.Compare(b.Day) })
	return m
}

func readThread(e document.Entry) Thread {
	e.Fields("rank", "on", "scenario", "text", "who", "day", "mentions", "replies", "resolved")
	_ = e.Field("rank").String() // must be text, like every rank
	t := Thread{
		ID: ID(e.Key), Message: readMessage(e.Reader),
		On: e.Field("on").Require().String(), Scenario: e.Field("scenario").String(),
	}
	var ok bool
	if t.Place, ok = PlaceOf(t.On); !ok && t.On != "" {
		e.Field("on").Fail("comments.place", problem.Args{"pointer": t.On})
	}
	for _, entry := range e.Field("replies").Members() {
		entry.Fields("text", "who", "day", "mentions")
		t.Replies = append(t.Replies, Reply{ID: entry.Key, Message: readMessage(entry.Reader)})
	}
	slices.SortStableFunc(t.Replies, func(a, b Reply) int { return inOrder(a.Message, b.Message, a.ID, b.ID) })
	if resolved := e.Field("resolved"); resolved.Present() {
		resolved.Fields("who", "day")
		mark := readMark(resolved)
		t.Resolved = &mark
	}
	return t
}

// readMark reads who and when, which nobody leaves out: Complete puts them in.
func readMark(r document.Reader) Mark {
	who := r.Field("who").Require()
	if who.Present() && who.Node() == "" {
		who.Fail("comments.nobody", nil)
	}
	return Mark{Who: who.String(), Day: calendar.ReadDate(r.Field("day").Require())}
}

func readMessage(r document.Reader) Message {
	mark := readMark(r)
	m := Message{Text: r.Field("text").Require().String(), Who: mark.Who, Day: mark.Day}
	if strings.TrimSpace(m.Text) == "" && r.Field("text").Present() {
		r.Field("text").Fail("comments.empty", nil)
	}
	if len(m.Text) > mostText {
		r.Field("text").Fail("comments.too_long", problem.Args{"most": strconv.Itoa(mostText)})
	}
	items := r.Field("mentions").Items()
	if len(items) > mostMentions {
		r.Field("mentions").Fail("comments.too_many_mentions", problem.Args{"most": strconv.Itoa(mostMentions)})
		items = items[:mostMentions]
	}
	for _, item := range items {
		m.Mentions = append(m.Mentions, okr.RoleID(item.String()))
	}
	return m
}
