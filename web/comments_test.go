package web_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"centerplan/planning/document"
)

// about is a comment as the page sends one: the server says whose it is.
func about(on, text string, mentions ...string) object {
	comment := object{"on": on, "text": text}
	if len(mentions) > 0 {
		comment["mentions"] = mentions
	}
	return comment
}

// comments returns what somebody sees of the plan's comments.
func (v *visitor) comments() document.Object {
	v.t.Helper()
	section, _ := at(v.t, read(v.t, v.get("/api/v1/plans/pay"), http.StatusOK), "document", "comments").(document.Object)
	return section
}

func put(path string, from, to any) []object {
	return []object{{"op": "test", "path": path, "value": from}, {"op": "replace", "path": path, "value": to}}
}

func added(path string, value any) object { return object{"op": "add", "path": path, "value": value} }

func TestTheServerSaysWhoCommentedAndWhen(t *testing.T) {
	s := newStaffed(t)
	viewer := s.visit(t, "viewer")
	edit := object{"op_id": "1", "patch": []object{added("/comments/a", about("/budget/lines/heads/values/2027-01", "Why ten?", "planning"))}}
	first := read(t, viewer.send("PATCH", "/api/v1/plans/pay", edit), http.StatusOK)
	said := viewer.comments()["a"].(document.Object)
	if said["who"] != "viewer" || said["day"] != "2026-11-21" || said["text"] != "Why ten?" {
		t.Errorf("got %v", said)
	}
	if patch, _ := at(t, first, "patch").([]document.Node); len(patch) != 1 || at(t, patch[0], "value", "who") != "viewer" {
		t.Errorf("the answer does not tell what was stored: %v", at(t, first, "patch"))
	}
	again := read(t, viewer.send("PATCH", "/api/v1/plans/pay", edit), http.StatusOK)
	if at(t, again, "rev") != at(t, first, "rev") {
		t.Errorf("a retry is another edit: %v", at(t, again, "rev"))
	}
	lead := s.visit(t, "lead")
	if status, text := lead.edit("2", added("/comments/a/replies/r", object{"text": "Ten seats."}), added("/comments/b", about("/okr/milestones/rota", "When?"))); status != http.StatusOK {
		t.Fatal(status, text)
	}
	reply := at(t, viewer.comments(), "a", "replies", "r")
	if at(t, reply, "who") != "lead" || at(t, reply, "day") != "2026-11-21" {
		t.Errorf("got %v", reply)
	}
	// heads is the lead's line: they settle what somebody else began.
	if status, text := lead.edit("3", added("/comments/a/resolved", object{})); status != http.StatusOK {
		t.Fatal(status, text)
	}
	if mark := at(t, viewer.comments(), "a", "resolved"); at(t, mark, "who") != "lead" {
		t.Errorf("got %v", mark)
	}
}

func TestWhatNobodyMaySay(t *testing.T) {
	for name, tc := range map[string]struct {
		who string
		ops []object
		key string
	}{
		"nothing":                          {"viewer", []object{added("/comments/x", about("/budget/lines/rent", " \n"))}, "comments.empty"},
		"too much":                         {"viewer", []object{added("/comments/x", about("/budget/lines/rent", strings.Repeat("话", 1366)))}, "comments.too_long"},
		"on nothing":                       {"viewer", []object{added("/comments/x", about("/budget/lines/nowhere", "x"))}, "comments.no_place"},
		"on a month that is none":          {"viewer", []object{added("/comments/x", about("/budget/lines/rent/values/2029-01", "x"))}, "comments.no_place"},
		"on a cell of too many members":    {"viewer", []object{added("/comments/x", about("/budget/lines/rent/values/voice/2027-01", "x"))}, "comments.no_place"},
		"on the header":                    {"viewer", []object{added("/comments/x", about("/plan/name", "x"))}, "comments.place"},
		"to a role that is none":           {"viewer", []object{added("/comments/x", about("/budget/lines/rent", "x", "nobody"))}, "okr.unknown_role"},
		"in another's name":                {"viewer", []object{added("/comments/x", object{"on": "/budget/lines/rent", "text": "x", "who": "chief"})}, "rights.may_not_change"},
		"in another's name, as director":   {"director", []object{added("/comments/x", object{"on": "/budget/lines/rent", "text": "x", "who": "lead"})}, "comments.forged"},
		"on another day":                   {"viewer", []object{added("/comments/x", object{"on": "/budget/lines/rent", "text": "x", "day": "2026-11-20"})}, "comments.forged"},
		"an answer in another's name":      {"director", []object{added("/comments/old/replies/x", object{"text": "Yes", "who": "lead"})}, "comments.forged"},
		"a thread with answers":            {"director", []object{added("/comments/x", object{"on": "/budget/lines/rent", "text": "x", "replies": object{"r": object{"text": "Yes", "who": "lead", "day": "2026-11-21"}}})}, "comments.forged"},
		"another's words changed":          {"viewer", put("/comments/old/text", "Rent?", "Ren!"), "rights.may_not_change"},
		"another's words, as director":     {"director", put("/comments/old/text", "Rent?", "Ren!"), "rights.may_not_change"},
		"another's comment taken away":     {"finance", []object{{"op": "test", "path": "/comments/old", "value": nil}, {"op": "remove", "path": "/comments/old"}}, "rights.may_not_change"},
		"one's own, answered":              {"lead", put("/comments/old/text", "Rent?", "Ren!"), "rights.may_not_change"},
		"one's own, moved":                 {"lead", put("/comments/mine/on", "/budget/lines/rent", "/budget/lines/heads"), "rights.may_not_change"},
		"settled by somebody with no part": {"viewer", []object{added("/comments/old/resolved", object{})}, "rights.may_not_change"},
		"settled in another's name":        {"director", []object{added("/comments/old/resolved", object{"who": "lead", "day": "2026-11-21"})}, "comments.forged"},
		"somebody else's in its place": {"director", []object{
			{"op": "remove", "path": "/comments/mine"}, added("/comments/mine", object{"on": "/budget/lines/rent", "text": "I resign", "who": "lead", "day": "2026-11-21"}),
		}, "comments.forged"},
		"the whole section": {"director", []object{added("/comments/x/y", 1)}, "rights.may_not_change"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStaffed(t)
			lead, finance := s.visit(t, "lead"), s.visit(t, "finance")
			for i, edit := range []struct {
				v  *visitor
				op object
			}{
				{lead, added("/comments/old", about("/budget/lines/rent", "Rent?"))},
				{lead, added("/comments/mine", about("/budget/lines/rent", "Mine"))},
				{finance, added("/comments/old/replies/r", object{"text": "As last year"})},
			} {
				if status, text := edit.v.edit(fmt.Sprint("begin", i), edit.op); status != http.StatusOK {
					t.Fatal(status, text)
				}
			}
			before := fmt.Sprint(lead.comments())
			for _, op := range tc.ops {
				if value, has := op["value"]; has && value == nil {
					op["value"] = lead.comments()["old"]
				}
			}
			if name == "somebody else's in its place" {
				tc.ops = append([]object{{"op": "test", "path": "/comments/mine", "value": lead.comments()["mine"]}}, tc.ops...)
			}
			status, text := s.visit(t, tc.who).edit("try", tc.ops...)
			if status < 400 || status >= 500 || !strings.Contains(text, `"`+tc.key+`"`) {
				t.Errorf("got %d %s, want %s", status, text, tc.key)
			}
			if after := fmt.Sprint(lead.comments()); after != before {
				t.Errorf("the comments were %s, and are %s", before, after)
			}
		})
	}
}

// revision is what a report says of the revision it was made of.
var revision = regexp.MustCompile(`修订号(：|","value":"|"},\{"text":")\d+`)

// TestCommentsOnWhatIsHiddenAreNotThere has holders talk about the wage, and
// asks everybody else for any sign of it.
func TestCommentsOnWhatIsHiddenAreNotThere(t *testing.T) {
	s := newStaffed(t)
	director := s.visit(t, "director")
	strangers := []string{"viewer", "lead", "administrator"}
	say := func(id string, ops ...object) {
		t.Helper()
		if status, text := director.edit(id, ops...); status != http.StatusOK {
			t.Fatal(status, text)
		}
	}
	silence := map[string]string{}
	look := func(id string) string {
		v := s.visit(t, id)
		var all strings.Builder
		for _, ops := range [][]object{
			{{"op": "test", "path": "/comments", "value": object{}}},
			{added("/comments", object{})},
			{{"op": "remove", "path": "/comments"}},
			{{"op": "replace", "path": "/comments", "value": object{}}},
			{{"op": "test", "path": "/comments/nothing", "value": 1}},
		} {
			status, text := v.edit("look", ops...)
			fmt.Fprintln(&all, status, text)
		}
		for _, path := range []string{
			"/history?pointer=/comments", "/history?pointer=/comments/a", "/history?text=secret", "/file", "/report.pdf", "/positions",
		} {
			status, text := v.text("GET", "/api/v1/plans/pay"+path, nil)
			fmt.Fprintln(&all, path, status, revision.ReplaceAllString(text, ""))
		}
		_, open := v.text("GET", "/api/v1/open", nil)
		state := read(t, v.get("/api/v1/plans/pay"), http.StatusOK)
		fmt.Fprintln(&all, open, at(t, state, "document"), at(t, state, "notes"), at(t, state, "problems"), at(t, state, "access"))
		return all.String()
	}
	for _, id := range strangers {
		silence[id] = look(id)
	}
	const wage = "/budget/lines/wage/values/2027-01"
	say("1", added("/comments/a", about(wage, "31415 is secret", "voice_lead")))
	say("2", added("/comments/b", about("/budget/lines/wage", "27182 is secret", "voice_lead")))
	say("3", added("/comments/c", about("/budget/lines/heads", "see "+wage+": 31415 is secret", "voice_lead")))
	say("4", added("/comments/a/replies/r", object{"text": "31415, secret"}), added("/comments/a/resolved", object{}))
	for _, id := range strangers {
		if said := look(id); said != silence[id] {
			t.Errorf("the %s can tell:\n%s\nbefore:\n%s", id, said, silence[id])
		}
	}
	// What was said in the open is hidden with all of its thread once a reply names the wage.
	say("5", added("/comments/d", about("/budget/lines/heads", "An open word")))
	say("6", added("/comments/d/replies/r", object{"text": wage + " is 31415, secret", "mentions": []string{"voice_lead"}}))
	for _, id := range strangers {
		looksEverywhere(t, s.visit(t, id), "pay")
		v := s.visit(t, id)
		for rev := 1; rev <= 7; rev++ {
			for _, act := range []string{"/undo", "/restore"} {
				_, text := v.text("POST", "/api/v1/plans/pay"+act, object{
					"/undo":    object{"op_id": fmt.Sprint(id, rev), "rev": rev},
					"/restore": object{"op_id": fmt.Sprint(id, "r", rev), "rev": rev, "pointer": "/comments/a"},
				}[act])
				keepsQuiet(t, id+act, text)
			}
			_, text := v.text("GET", fmt.Sprint("/api/v1/plans/pay?rev=", rev), nil)
			keepsQuiet(t, id+" past", text)
			if strings.Contains(text, "secret") {
				t.Errorf("the %s sees a comment in revision %d", id, rev)
			}
		}
	}
	// What somebody else says first does not tell that others spoke before.
	result := read(t, s.visit(t, "viewer").send("PATCH", "/api/v1/plans/pay", object{"op_id": "mine", "patch": []object{added("/comments/z", about("/budget/lines/rent", "Hello"))}}), http.StatusOK)
	if patch, _ := at(t, result, "patch").([]document.Node); len(patch) != 1 || at(t, patch[0], "path") != "/comments/z" {
		t.Errorf("got %v", at(t, result, "patch"))
	}
	if seen := s.visit(t, "lead").comments(); len(seen) != 1 {
		t.Errorf("the lead sees %v", seen)
	}
	if seen := director.comments(); len(seen) != 5 {
		t.Errorf("the director sees %v", seen)
	}
	_, open := director.text("GET", "/api/v1/plans/pay/history?pointer=/comments", nil)
	if strings.Count(open, `"rev"`) != 7 {
		t.Errorf("the director reads %s", open)
	}
}

func TestCommentsGoOnWhateverIsApprovedOrSealed(t *testing.T) {
	s := newStaffed(t)
	director, viewer := s.visit(t, "director"), s.visit(t, "viewer")
	for i, section := range []string{"positioning", "retrospective", "business", "budget", "action"} {
		body := object{"op_id": fmt.Sprint("in", i), "kind": "hand_in", "section": section}
		read(t, director.send("POST", "/api/v1/plans/pay/workflow", body), http.StatusOK)
	}
	if status, text := viewer.edit("1", added("/comments/a", about("/budget/lines/heads/values/2027-01", "Handed in, but why?"))); status != http.StatusOK {
		t.Error(status, text)
	}
	if status, text := viewer.edit("2", added("/comments/b", about("/okr/milestones/rota", "When?", "voice_lead"))); status != http.StatusOK {
		t.Error(status, text)
	}
	_, open := s.visit(t, "lead").text("GET", "/api/v1/open", nil)
	if !strings.Contains(open, `"kind":"mention"`) || !strings.Contains(open, `"comment":"b"`) || !strings.Contains(open, "When?") || !strings.Contains(open, `"mentions":[{"id":"voice_lead","name":{`) {
		t.Errorf("the lead's open items are %s", open)
	}
	if status, text := s.visit(t, "lead").edit("3", added("/comments/b/replies/r", object{"text": "In May"})); status != http.StatusOK {
		t.Error(status, text)
	}
	if _, open := s.visit(t, "lead").text("GET", "/api/v1/open", nil); strings.Contains(open, `"kind":"mention"`) {
		t.Errorf("what was answered still waits: %s", open)
	}
}

// TestAFileMakesNobodySayAnything: a plan made from a file has been talked about
// by nobody, as it has been approved by nobody.
func TestAFileMakesNobodySayAnything(t *testing.T) {
	s := newStaffed(t)
	file := strings.Replace(payFile, "id: pay", "id: copy", 1) + "comments: {a: {on: /budget/lines/heads, text: I resign, who: lead, day: 2026-11-20}}\n"
	read(t, s.visit(t, "director").send("POST", "/api/v1/plans", object{"file": file}), http.StatusCreated)
	if status, text := s.visit(t, "viewer").text("GET", "/api/v1/plans/copy", nil); status != http.StatusOK || strings.Contains(text, "resign") {
		t.Errorf("%d %s", status, text)
	}
}
