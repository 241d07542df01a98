package comments_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/comments"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
)

type object = document.Object

func day(text string) calendar.Date {
	date, ok := calendar.ParseDate(text)
	if !ok {
		panic(text)
	}
	return date
}

// said is a message as a document has it.
func said(who, on, text string, mentions ...string) object {
	message := object{"who": who, "day": on, "text": text}
	if len(mentions) > 0 {
		list := make([]document.Node, len(mentions))
		for i, role := range mentions {
			list[i] = role
		}
		message["mentions"] = list
	}
	return message
}

// about is a comment on the line x, with its replies.
func about(message object, replies ...object) object {
	message["on"] = "/budget/lines/x"
	if len(replies) > 0 {
		all := object{}
		for i, reply := range replies {
			all[fmt.Sprint("r", i)] = reply
		}
		message["replies"] = all
	}
	return message
}

func read(t testing.TB, section object) comments.Model {
	t.Helper()
	r := document.Read(section)
	m := comments.Read(r)
	if faults := r.Problems(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return m
}

func TestPlaces(t *testing.T) {
	for pointer, want := range map[string]string{
		"/budget/lines/calls":                        "line calls",
		"/budget/lines/calls/values/2027-01":         "cell calls [] 2027-01",
		"/budget/lines/calls/values/voice/a/2027-12": "cell calls [voice a] 2027-12",
		"/budget/lines/a~1b":                         "line a/b",
		"/scenarios/lean":                            "scenario lean",
		"/okr/milestones/rota":                       "milestone rota",
		"/okr/objectives/cost":                       "objective cost",
		"/method/findings/f1":                        "finding f1",
		"":                                           "",
		"budget":                                     "",
		"/":                                          "",
		"/budget/lines":                              "",
		"/budget/lines/":                             "",
		"/budget/lines/calls/values":                 "",
		"/budget/lines/calls/values/":                "",
		"/budget/lines/calls/values/voice":           "",
		"/budget/lines/calls/values//2027-01":        "",
		"/budget/lines/calls/formula":                "",
		"/budget/lines/calls/values/2027-13":         "",
		"/scenarios/lean/cells/calls/2027-01":        "",
		"/okr/objectives/cost/key_results/one":       "",
		"/comments/c1":                               "",
	} {
		place, ok := comments.PlaceOf(pointer)
		got := ""
		if ok {
			got = string(place.Kind) + " " + place.ID
			if place.Kind == comments.Cell {
				got += fmt.Sprint(" ", place.Members, " ", place.Month)
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", pointer, got, want)
		}
	}
}

func TestThreadsAndRepliesAreInOrder(t *testing.T) {
	m := read(t, object{
		"b": about(said("a", "2027-01-02", "second")),
		"a": about(said("a", "2027-01-03", "third"), said("b", "2027-01-05", "later"), said("c", "2027-01-04", "earlier"), said("d", "2027-01-05", "latest")),
		"c": about(said("a", "2027-01-01", "first")),
	})
	var order []string
	for _, thread := range m.Threads {
		for _, message := range thread.Messages() {
			order = append(order, message.Text)
		}
	}
	if want := "first second third earlier later latest"; strings.Join(order, " ") != want {
		t.Errorf("got %v, want %s", order, want)
	}
}

func TestWhatWaits(t *testing.T) {
	settled := about(said("boss", "2027-01-01", "settled", "ops"))
	settled["resolved"] = object{"who": "boss", "day": "2027-01-02"}
	m := read(t, object{
		"called":   about(said("boss", "2027-01-01", "called", "ops")),
		"answered": about(said("boss", "2027-01-01", "answered", "ops"), said("me", "2027-01-02", "yes")),
		"again":    about(said("boss", "2027-01-01", "once", "ops"), said("me", "2027-01-02", "yes"), said("boss", "2027-01-03", "again", "ops", "data")),
		"others":   about(said("boss", "2027-01-01", "others", "data")),
		"myself":   about(said("me", "2027-01-01", "myself", "ops")),
		"reply":    about(said("me", "2027-01-01", "mine"), said("boss", "2027-01-01", "reply", "ops"), said("other", "2027-01-02", "aside")),
		"settled":  settled,
		"by":       about(said("boss", "2027-01-01", "by", "ops"), said("deputy", "2027-01-02", "yes")),
	})
	for name, tc := range map[string]struct {
		people    []string
		positions []okr.RoleID
		want      string
	}{
		"a position":           {[]string{"me"}, []okr.RoleID{"ops"}, "again by called reply"},
		"two":                  {[]string{"me"}, []okr.RoleID{"ops", "data"}, "again by called others reply"},
		"none":                 {[]string{"me"}, nil, ""},
		"a deputy":             {[]string{"deputy", "me"}, []okr.RoleID{"ops"}, "again called reply"},
		"who called is called": {[]string{"boss"}, []okr.RoleID{"ops"}, "myself"},
	} {
		var got []string
		for _, call := range m.Waiting(tc.people, tc.positions) {
			got = append(got, call.Text)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: got %v, want %s", name, got, tc.want)
		}
	}
}

func TestCompleting(t *testing.T) {
	by := comments.Author{Who: "me", Day: day("2027-01-05")}
	begun := object{"comments": object{"c": about(said("you", "2027-01-01", "x"))}}
	add := func(path string, value document.Node) patch.Op {
		return patch.Op{Op: patch.Add, Path: path, Value: value}
	}
	other := []patch.Op{{Op: patch.Replace, Path: "/budget/lines/x/unit", Value: "CNY"}}
	mine := object{"on": "/budget/lines/x", "text": "x"}
	whole := object{"on": "/budget/lines/x", "text": "x", "who": "me", "day": "2027-01-05"}
	for name, tc := range map[string]struct {
		doc  object
		ops  []patch.Op
		want []patch.Op
		key  string
	}{
		"an edit of something else":   {begun, other, other, ""},
		"the first comment":           {object{}, []patch.Op{add("/comments/d", mine)}, []patch.Op{add("/comments", object{}), add("/comments/d", whole)}, ""},
		"another":                     {begun, []patch.Op{add("/comments/d", mine)}, []patch.Op{add("/comments/d", whole)}, ""},
		"two at once":                 {object{}, []patch.Op{add("/comments/d", mine), add("/comments/e", mine)}, []patch.Op{add("/comments", object{}), add("/comments/d", whole), add("/comments/e", whole)}, ""},
		"signed already":              {begun, []patch.Op{add("/comments/d", whole)}, []patch.Op{add("/comments/d", whole)}, ""},
		"the first reply":             {begun, []patch.Op{add("/comments/c/replies/r", object{"text": "y"})}, []patch.Op{add("/comments/c/replies", object{}), add("/comments/c/replies/r", said("me", "2027-01-05", "y"))}, ""},
		"a reply to nothing":          {begun, []patch.Op{add("/comments/z/replies/r", object{"text": "y"})}, []patch.Op{add("/comments/z/replies/r", said("me", "2027-01-05", "y"))}, ""},
		"settled":                     {begun, []patch.Op{add("/comments/c/resolved", object{})}, []patch.Op{add("/comments/c/resolved", object{"who": "me", "day": "2027-01-05"})}, ""},
		"no object":                   {begun, []patch.Op{add("/comments/d", "x")}, []patch.Op{add("/comments/d", "x")}, ""},
		"in another's name":           {begun, []patch.Op{add("/comments/d", said("you", "2027-01-05", "x"))}, nil, "comments.forged"},
		"on another day":              {begun, []patch.Op{add("/comments/d", said("me", "2027-01-04", "x"))}, nil, "comments.forged"},
		"settled in another's name":   {begun, []patch.Op{add("/comments/c/resolved", object{"who": "you", "day": "2027-01-05"})}, nil, "comments.forged"},
		"a comment that is elsewhere": {begun, []patch.Op{{Op: patch.Replace, Path: "/comments/c/on", Value: "/budget/lines/y"}}, nil, "comments.fixed"},
		"another's words":             {begun, []patch.Op{{Op: patch.Replace, Path: "/comments/c/text", Value: "y"}}, nil, "comments.forged"},
		"taken away":                  {begun, []patch.Op{{Op: patch.Test, Path: "/comments/c", Value: begun["comments"].(object)["c"]}, {Op: patch.Remove, Path: "/comments/c"}}, []patch.Op{{Op: patch.Test, Path: "/comments/c", Value: begun["comments"].(object)["c"]}, {Op: patch.Remove, Path: "/comments/c"}}, ""},
	} {
		got, err := comments.Complete(tc.doc, tc.ops, by)
		if tc.key != "" {
			if p := problem.Of(err); len(p) == 0 || p[0].Key != tc.key || p[0].Kind != problem.Forbidden {
				t.Errorf("%s: got %v, want %s", name, err, tc.key)
			}
			continue
		}
		if err != nil || fmt.Sprint(got) != fmt.Sprint(tc.want) {
			t.Errorf("%s: got %v, want %v (%v)", name, got, tc.want, err)
		}
		if bare := comments.Bare(got); fmt.Sprint(bare) != fmt.Sprint(comments.Bare(tc.ops)) {
			t.Errorf("%s: without what was put in it is %v, want %v", name, bare, tc.ops)
		}
	}
	if _, signed := mine["who"]; signed {
		t.Error("what was sent was changed")
	}
}

func TestWhatStoodIsTakenBackWithoutTheRest(t *testing.T) {
	doc := document.Node(object{})
	ops, err := comments.Complete(doc, []patch.Op{{Op: patch.Add, Path: "/comments/c", Value: object{"on": "/budget/lines/x", "text": "x"}}}, comments.Author{Who: "me", Day: day("2027-01-05")})
	if err != nil {
		t.Fatal(err)
	}
	doc, inverse, err := patch.Apply(doc, ops)
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err = patch.Apply(doc, []patch.Op{{Op: patch.Add, Path: "/comments/d", Value: about(said("you", "2027-01-05", "y"))}})
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err = patch.Apply(doc, comments.TakeBack(inverse))
	if left, _ := document.Get(doc, "comments"); err != nil || len(left.(object)) != 1 {
		t.Errorf("got %v, %v", left, err)
	}
}

// TestNoPatchPutsWordsIntoAnothersMouth draws any operations of one person, and
// holds that what others said, and who settled what, is afterwards what it was or
// gone.
func TestNoPatchPutsWordsIntoAnothersMouth(t *testing.T) {
	ids, people, texts := []string{"a", "b"}, []string{"me", "you"}, []string{"yes", "no"}
	word := func(t *rapid.T) document.Node {
		message := object{"text": rapid.SampledFrom(texts).Draw(t, "text")}
		for field, values := range map[string][]string{"who": people, "day": {"2027-01-05", "2027-01-04"}, "on": {"/budget/lines/x", "/budget/lines/y"}} {
			if rapid.Bool().Draw(t, field+" given") {
				message[field] = rapid.SampledFrom(values).Draw(t, field)
			}
		}
		if rapid.Bool().Draw(t, "answered") {
			message["replies"] = object{"r": said(rapid.SampledFrom(people).Draw(t, "replier"), "2027-01-05", rapid.SampledFrom(texts).Draw(t, "reply"))}
		}
		return message
	}
	rapid.Check(t, func(t *rapid.T) {
		doc := document.Node(object{"comments": object{
			"a": about(said("you", "2027-01-01", "yes", "ops"), said("you", "2027-01-02", "no")),
			"b": about(said("me", "2027-01-01", "yes"), said("you", "2027-01-02", "no")),
		}})
		before := othersWords(doc)
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			var ops []patch.Op
			for range rapid.IntRange(1, 3).Draw(t, "operations") {
				path := "/comments"
				if rapid.IntRange(0, 9).Draw(t, "deep") > 0 {
					path += "/" + rapid.SampledFrom(ids).Draw(t, "id")
					path += rapid.SampledFrom([]string{"", "/text", "/who", "/day", "/on", "/mentions", "/replies", "/replies/r0", "/replies/r", "/replies/r0/text", "/replies/r0/who", "/resolved"}).Draw(t, "part")
				}
				op := patch.Op{Op: rapid.SampledFrom([]patch.Verb{patch.Add, patch.Replace, patch.Remove}).Draw(t, "verb"), Path: path}
				parts, _ := document.Parts(path)
				if held, there := patch.LookUp(doc, parts); there && op.Op != patch.Add {
					ops = append(ops, patch.Op{Op: patch.Test, Path: path, Value: held})
				}
				op.Value = rapid.SampledFrom([]document.Node{"yes", "no", "you", "me", "2027-01-05", object{}, word(t), object{"a": word(t)}}).Draw(t, "value")
				ops = append(ops, op)
			}
			completed, err := comments.Complete(doc, ops, comments.Author{Who: "me", Day: day("2027-01-05")})
			if err != nil {
				continue
			}
			if next, _, err := patch.Apply(doc, completed); err == nil && readable(next) {
				doc = next
			}
		}
		for place, said := range othersWords(doc) {
			if before[place] != said {
				t.Fatalf("%s had %q and has %q", place, before[place], said)
			}
		}
	})
}

// readable reports whether the section could be stored.
func readable(doc document.Node) bool {
	r := document.Read(doc)
	comments.Read(r.Field("comments"))
	return len(r.Problems()) == 0
}

// othersWords are all messages and marks that are not by me, by their place.
func othersWords(doc document.Node) map[string]string {
	words := map[string]string{}
	var walk func(at string, node document.Node)
	walk = func(at string, node document.Node) {
		object, isObject := node.(document.Object)
		if !isObject {
			return
		}
		if who, has := object["who"]; has && who != "me" {
			words[at] = fmt.Sprint(who, object["day"], object["on"], object["text"], object["mentions"])
		}
		for name, member := range object {
			walk(at+"/"+name, member)
		}
	}
	walk("", doc)
	return words
}
