package live_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/planning/workflow"
	"centerplan/store"
	"centerplan/web/live"
)

// revs are the revisions of what was told.
func revs(told []live.Told) (all []int) {
	for _, entry := range told {
		all = append(all, int(entry.Rev))
	}
	return all
}

func day(text string) calendar.Date {
	date, _ := calendar.ParseDate(text)
	return date
}

func TestTheHistoryIsFiltered(t *testing.T) {
	h := newHouse(t) // on 21 November
	h.pass(24 * time.Hour)
	label := func(id, op, text, why string, edit live.Edit) {
		t.Helper()
		edit.OpID, edit.Label, edit.Why = op, text, why
		if _, err := h.person(id).Apply(ctx, "p", edit); err != nil {
			t.Fatal(err)
		}
	}
	label("finance", "2", "房租上调", "合同续签", set("", rent, 5000.0, 5100.0))
	label("lead", "3", "Heads", "Two more on the Evening rota", set("", heads, 10.0, 12.0))
	h.pass(24 * time.Hour)
	label("finance", "4", "工资 45678", "each 45678", set("", wage, 31415.0, 45678.0))
	label("director", "5", "rent again", "", set("", rent, 5100.0, 5200.0))
	h.pass(24 * time.Hour)
	h.act(t, "director", "6", workflow.Act{Kind: workflow.HandIn, Section: "budget", Note: "预算齐了"})
	for name, tc := range map[string]struct {
		id     string
		filter live.Filter
		want   []int
	}{
		"all, newest first":                      {"viewer", live.Filter{Limit: 50}, []int{6, 5, 4, 3, 2, 1}},
		"a page":                                 {"viewer", live.Filter{Limit: 2}, []int{6, 5}},
		"the next page":                          {"viewer", live.Filter{Limit: 2, Before: 5}, []int{4, 3}},
		"at least one":                           {"viewer", live.Filter{}, []int{6}},
		"before the first":                       {"viewer", live.Filter{Limit: 9, Before: 1}, nil},
		"who":                                    {"viewer", live.Filter{Limit: 9, Who: "finance"}, []int{4, 2}},
		"who did nothing":                        {"viewer", live.Filter{Limit: 9, Who: "viewer"}, nil},
		"from a day on":                          {"viewer", live.Filter{Limit: 9, Since: day("2026-11-23")}, []int{6, 5, 4}},
		"up to a day":                            {"viewer", live.Filter{Limit: 9, Until: day("2026-11-22")}, []int{3, 2, 1}},
		"one day":                                {"viewer", live.Filter{Limit: 9, Since: day("2026-11-23"), Until: day("2026-11-23")}, []int{5, 4}},
		"days the wrong way round":               {"viewer", live.Filter{Limit: 9, Since: day("2026-11-24"), Until: day("2026-11-22")}, nil},
		"a label in Chinese":                     {"viewer", live.Filter{Limit: 9, Text: "房租"}, []int{2}},
		"a reason in Chinese":                    {"viewer", live.Filter{Limit: 9, Text: " 续签 "}, []int{2}},
		"the note of an act":                     {"viewer", live.Filter{Limit: 9, Text: "预算齐"}, []int{6}},
		"either case":                            {"viewer", live.Filter{Limit: 9, Text: "eVENING"}, []int{3}},
		"a place":                                {"viewer", live.Filter{Limit: 9, Text: "lines/rent"}, []int{5, 2}},
		"the text of a hidden edit, for few":     {"finance", live.Filter{Limit: 9, Text: "45678"}, []int{4}},
		"and for nobody else":                    {"viewer", live.Filter{Limit: 9, Text: "45678"}, nil},
		"nor by its place":                       {"viewer", live.Filter{Limit: 9, Text: "wage"}, nil},
		"a cell":                                 {"viewer", live.Filter{Limit: 9, Pointer: rent}, []int{5, 2}},
		"what the cell is part of":               {"viewer", live.Filter{Limit: 9, Pointer: "/budget/lines/rent"}, []int{5, 2}},
		"a cell, by who":                         {"viewer", live.Filter{Limit: 9, Pointer: rent, Who: "finance"}, []int{2}},
		"a cell, before":                         {"viewer", live.Filter{Limit: 9, Pointer: rent, Before: 5}, []int{2}},
		"a cell, one entry":                      {"viewer", live.Filter{Limit: 1, Pointer: rent}, []int{5}},
		"a place nobody ever touched":            {"viewer", live.Filter{Limit: 9, Pointer: "/budget/lines/none"}, nil},
		"everything at once":                     {"viewer", live.Filter{Limit: 9, Pointer: rent, Who: "finance", Text: "房租", Since: day("2026-11-22"), Until: day("2026-11-22"), Before: 5}, []int{2}},
		"a filter that the wrong pointer spoils": {"viewer", live.Filter{Limit: 9, Pointer: heads, Text: "房租"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			told, err := h.person(tc.id).History(ctx, "p", tc.filter)
			if err != nil || !slices.Equal(revs(told), tc.want) {
				t.Errorf("got %v, want %v; %v", revs(told), tc.want, err)
			}
		})
	}
	told, err := h.person("viewer").History(ctx, "p", live.Filter{Limit: 1, Before: 5})
	if err != nil || len(told) != 1 || told[0].Hidden != 2 || told[0].Label != "" || told[0].Why != "" || len(told[0].Patch) != 0 {
		t.Errorf("of a hidden edit is told %+v, %v", told, err)
	}
	setters, err := h.person("viewer").Setters(ctx, "p", []string{rent, heads, wage})
	if err != nil || len(setters) != 3 || setters[0].Rev != 5 || setters[1].Who != "lead" || len(setters[2].Patch) != 0 || setters[2].Label != "" {
		t.Errorf("got %+v, %v", setters, err)
	}
}

// A drawn edit is of one of a few places, or an undo or redo of it.
func drawEdit(r *rapid.T, h *house, n int) {
	ids := []string{"director", "finance", "lead", "viewer", "administrator"}
	a := h.person(rapid.SampledFrom(ids).Draw(r, "who"))
	op := fmt.Sprint("op", n)
	switch rapid.IntRange(0, 6).Draw(r, "what") {
	case 0:
		_, _ = a.Undo(ctx, "p", 0, live.Edit{OpID: op})
	case 1:
		_, _ = a.Redo(ctx, "p", live.Edit{OpID: op})
	case 2:
		place := rapid.SampledFrom([]string{rent, heads, wage, "/budget/lines/rent", "/comments"}).Draw(r, "place")
		_, _ = a.Restore(ctx, "p", place, store.Rev(rapid.IntRange(1, n+1).Draw(r, "rev")), live.Edit{OpID: op})
	case 3:
		add := patch.Op{Op: patch.Add, Path: fmt.Sprint("/comments/c", n%3), Value: document.Object{"on": "/budget/lines/rent", "text": "备注"}}
		_, _ = a.Apply(ctx, "p", live.Edit{OpID: op, Patch: []patch.Op{add}})
	default:
		place := rapid.SampledFrom([]string{rent, heads, wage}).Draw(r, "cell")
		put := patch.Op{Op: patch.Replace, Path: place, Value: float64(rapid.IntRange(1, 99).Draw(r, "value"))}
		_, _ = a.Apply(ctx, "p", live.Edit{OpID: op, Label: "标签", Patch: []patch.Op{put}})
	}
}

// Whatever was edited, each revision is afterwards what it was when it was the
// newest, to each person; and two of them compared differ by what differs.
func TestEachRevisionIsWhatItWas(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHouse(t)
		ids := []string{"director", "viewer"}
		then := map[string][]*live.View{}
		for n := range rapid.IntRange(1, 15).Draw(r, "edits") {
			for _, id := range ids {
				view := h.view(t, id)
				if int(view.Rev()) > len(then[id]) {
					then[id] = append(then[id], view)
				}
			}
			drawEdit(r, h, n)
			if rapid.IntRange(0, 4).Draw(r, "restart") == 0 {
				h.Hub = live.New(h.store, h.clock)
			}
		}
		for _, id := range ids {
			for i, view := range then[id] {
				past, err := h.person(id).ViewAt(ctx, "p", store.Rev(i+1))
				if err != nil || past.Rev() != view.Rev() || !past.Updated().Equal(view.Updated()) || !patch.Equal(past.Document(), view.Document()) {
					r.Fatalf("%s: revision %d is another plan now: %v", id, i+1, err)
				}
				if past.Past() != (past.Rev() != h.view(t, id).Rev()) {
					r.Fatalf("revision %d says past: %v", i+1, past.Past())
				}
			}
			comparesRevisions(r, h, id, then[id])
		}
	})
}

// comparesRevisions holds a comparison of two drawn revisions to what both are.
func comparesRevisions(r *rapid.T, h *house, id string, views []*live.View) {
	from := views[rapid.IntRange(0, len(views)-1).Draw(r, "from")]
	to := views[rapid.IntRange(0, len(views)-1).Draw(r, "to")]
	compared, err := h.person(id).Revisions(ctx, "p", from.Rev(), to.Rev(), "base")
	if err != nil || compared.From != from.Rev() || compared.To != to.Rev() {
		r.Fatal(compared, err)
	}
	if want := patch.Differences(from.Document(), to.Document()); len(compared.Changes) != len(want) {
		r.Fatalf("got %v, want %v", compared.Changes, want)
	}
	then, _ := from.Outcome("base")
	now, _ := to.Outcome("base")
	var want []string
	for _, line := range then.Model.Lines {
		before, was := then.Total(line.Code)
		after, is := now.Total(line.Code)
		if was && is && before != after {
			want = append(want, line.Code)
		}
	}
	var got []string
	for _, row := range compared.Rows {
		got = append(got, row.Line)
		if id == "viewer" && (row.Line == "wage" || row.Line == "labour") {
			r.Fatalf("a viewer is told of %v", row)
		}
	}
	if !slices.Equal(got, want) {
		r.Fatalf("rows are %v, want %v", got, want)
	}
}

// However many lines were marked and at which moment somebody looked, what was
// sensitive in any revision is closed in each: in one go, with many looking at
// once, and after a restart.
func TestWhatWasEverSensitiveIsClosedWheneverOneLooks(t *testing.T) {
	h := newHouse(t)
	mark := func(n int, line string, to bool) {
		t.Helper()
		path := "/budget/lines/" + line + "/sensitive"
		var op patch.Op
		if _, there := document.Get(h.view(t, "director").Document(), "budget", "lines", line, "sensitive"); there {
			op = patch.Op{Op: patch.Replace, Path: path, Value: to}
		} else {
			op = patch.Op{Op: patch.Add, Path: path, Value: to}
		}
		if _, err := h.person("finance").Apply(ctx, "p", live.Edit{OpID: fmt.Sprint("m", n), Patch: []patch.Op{op}}); err != nil {
			t.Fatal(err)
		}
	}
	var all sync.WaitGroup
	looks := func() {
		for range 20 {
			all.Go(func() {
				for rev := range 5 {
					past, err := h.person("viewer").ViewAt(ctx, "p", store.Rev(rev+1))
					if err == nil && at(t, past, wage) != nil {
						t.Error("a wage shows")
					}
				}
			})
		}
	}
	looks()
	mark(1, "rent", true)
	looks()
	mark(2, "rent", false)
	mark(3, "wage", false)
	all.Wait()
	for _, when := range []string{"now", "after a restart"} {
		for rev := range 5 {
			past, err := h.person("viewer").ViewAt(ctx, "p", store.Rev(rev))
			if rev == 0 {
				past, err = h.person("viewer").View(ctx, "p")
			}
			if err != nil {
				t.Fatal(err)
			}
			if at(t, past, rent) != nil || at(t, past, wage) != nil {
				t.Errorf("%s, revision %d shows what was sensitive: %v, %v", when, rev, at(t, past, rent), at(t, past, wage))
			}
		}
		h.Hub = live.New(h.store, h.clock)
	}
}

func TestPeopleOfOtherRolesAreListedWhatIsTheirs(t *testing.T) {
	h := newHouse(t)
	south := strings.ReplaceAll(strings.ReplaceAll(north, `"north"`, `"south"`), `"id": "p"`, `"id": "q"`)
	if _, err := h.As(stranger()).Create(ctx, decode(t, south)); err != nil {
		t.Fatal(err)
	}
	h.seal(t)
	list := func(who live.Who) (ids []string) {
		t.Helper()
		listings, err := h.As(who).List(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range listings {
			ids = append(ids, fmt.Sprint(l.ID, l.Center, l.Sealed))
		}
		return ids
	}
	everywhere := live.Alone(rights.Person{ID: "all", Grants: []rights.Grant{{Center: rights.Everywhere, Role: rights.Viewer}}})
	for name, tc := range map[string]struct {
		who  live.Who
		want string
	}{
		"a viewer of the north": {who("viewer"), "[pnorthtrue]"}, "the south": {stranger(), "[qsouthfalse]"},
		"everywhere": {everywhere, "[pnorthtrue qsouthfalse]"}, "nobody": {live.Who{}, "[]"},
	} {
		if got := fmt.Sprint(list(tc.who)); got != tc.want {
			t.Errorf("%s: got %s, want %s", name, got, tc.want)
		}
	}
	_, err := h.As(stranger()).Create(ctx, decode(t, north))
	wants(t, err, problem.Forbidden, "rights.may_not_create")
}

func TestAPlanThatIsMadeIsNeitherHandedInNorSealed(t *testing.T) {
	h := newHouse(t)
	h.seal(t)
	copied, err := h.person("administrator").Create(ctx, h.view(t, "director").Document())
	if err != nil || copied.Plan().ID != "p-2" {
		t.Fatal(copied, err)
	}
	if copied.Mark() != nil || len(copied.Rights().Closed) > 0 {
		t.Errorf("the copy is sealed %v or closed %v", copied.Mark(), copied.Rights().Closed)
	}
}
