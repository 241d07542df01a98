package rights_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
)

// A sample is an edit for a rule of the table: of something that is the lead's
// own, and of something that is not. Where nothing is anybody's own, theirs is
// left out.
type sample struct{ mine, theirs patch.Op }

func put(path string, value any) patch.Op {
	return patch.Op{Op: patch.Replace, Path: path, Value: value}
}

func add(path string, value any) patch.Op { return patch.Op{Op: patch.Add, Path: path, Value: value} }

// samples hold an edit for each rule, by its pattern.
var samples = map[string]sample{
	"/plan/id":                           {mine: put("/plan/id", "other")},
	"/plan/center/**":                    {mine: put("/plan/center", "south")},
	"/plan/**":                           {mine: add("/plan/currency", "EUR")},
	"/method/strategy/**":                {mine: put("/method/strategy/vision/en", "Second")},
	"/method/positioning/**":             {mine: put("/method/positioning/statement/en", "Far")},
	"/method/**":                         {mine: put("/method/findings/f/statement/en", "Fast")},
	"/budget/lines/*/sensitive":          {mine: add("/budget/lines/rent/sensitive", true)},
	"/budget/lines/*/released":           {mine: add("/budget/lines/rent/released", true)},
	"/budget/lines/*/values/**":          {put("/budget/lines/calls/values/red/2027-01", 7.0), put("/budget/lines/calls/values/blue/2027-01", 7.0)},
	"/budget/lines/*/held/**":            {add("/budget/lines/calls/held", object{"red": object{"2027-01": true}}), add("/budget/lines/calls/held", object{"blue": object{"2027-01": true}})},
	"/budget/**":                         {mine: put("/budget/lines/rent/unit", "EUR")},
	"/history/**":                        {mine: add("/history/rent", object{"2026-01": 1.0})},
	"/actuals/**":                        {mine: put("/actuals/rent/2027-01", 1.0)},
	"/scenarios/**":                      {mine: add("/scenarios/growth/note", object{"en": "x"})},
	"/okr/milestones/*":                  {mine: add("/okr/milestones/new", object{})},
	"/okr/milestones/*/owner":            {mine: put("/okr/milestones/mine/owner", "boss")},
	"/okr/milestones/*/deputy":           {mine: put("/okr/milestones/deputed/deputy", "boss")},
	"/okr/milestones/*/objective":        {mine: put("/okr/milestones/mine/objective", "other")},
	"/okr/milestones/*/**":               {put("/okr/milestones/deputed/due", "2027-03-01"), put("/okr/milestones/theirs/due", "2027-03-01")},
	"/okr/objectives/*/note/**":          {add("/okr/objectives/cost/note", object{"en": "x"}), add("/okr/objectives/other/note", object{"en": "x"})},
	"/okr/objectives/*/key_results/*":    {mine: add("/okr/objectives/cost/key_results/new", object{})},
	"/okr/objectives/*/key_results/*/**": {put("/okr/objectives/cost/key_results/calls_up/target", 8.0), put("/okr/objectives/other/key_results/theirs/target", 8.0)},
	"/okr/objectives/*/key_results/*/weight": {
		mine: add("/okr/objectives/cost/key_results/calls_up/weight", 2.0),
	},
	"/okr/checkins/**":                  {add("/okr/checkins/b", object{"of": "/okr/milestones/deputed", "day": "2027-02-05"}), put("/okr/checkins/a6/confidence", 5.0)},
	"/okr/**":                           {mine: put("/okr/objectives/cost/weight", 0.5)},
	"/comments/*":                       {add("/comments/new", object{"text": "x"}), patch.Op{Op: patch.Remove, Path: "/comments/theirs"}},
	"/comments/*/replies/*":             {add("/comments/theirs/replies/new", object{"text": "x"}), patch.Op{Op: patch.Remove, Path: "/comments/answered/replies/r"}},
	"/comments/*/resolved/**":           {add("/comments/mine/resolved", object{}), add("/comments/theirs/resolved", object{})},
	"/comments/*/**":                    {mine: put("/comments/mine/text", "y"), theirs: put("/comments/theirs/text", "y")},
	"/workflow/sections/*/state":        {mine: put("/workflow/sections/s/state", "approved")},
	"/workflow/sections/*/handed_in/**": {mine: put("/workflow/sections/s/handed_in/who", "x")},
	"/workflow/sections/*/returned/**":  {mine: put("/workflow/sections/s/returned/note", "x")},
	"/workflow/sections/*/approvals/**": {mine: add("/workflow/sections/s/approvals/two", object{"who": "x"})},
	"/workflow/seal/**":                 {mine: put("/workflow/seal/hash", "x")},
	"/workflow/amendments/**":           {mine: put("/workflow/amendments/1/state", "approved")},
	"/workflow/**":                      {mine: put("/workflow/sections/s/deadline", "2027-02-01")},
	"/**":                               {mine: put("/centerplan", 2.0)},
}

// furnished is pay with comments and a workflow.
func furnished(t *testing.T) center {
	t.Helper()
	c := file(t, pay)
	c.doc["comments"] = object{
		"mine":   object{"on": "/budget/lines/calls", "text": "x", "who": "p", "day": "2027-01-02"},
		"theirs": object{"on": "/budget/lines/calls", "text": "x", "who": "q", "day": "2027-01-02", "replies": object{}},
		"answered": object{"on": "/budget/lines/rent", "text": "x", "who": "p", "day": "2027-01-02", "replies": object{
			"q": object{"text": "x", "who": "p", "day": "2027-01-03"}, "r": object{"text": "x", "who": "q", "day": "2027-01-03"},
			"s": object{"text": "x", "who": "p", "day": "2027-01-03"},
		}},
	}
	c.doc["workflow"] = object{
		"sections": object{"s": object{
			"covers": []any{"/actuals"}, "deadline": "2027-01-31", "state": "handed_in", "handed_in": object{"who": "a", "on": "2027-01-05"},
			"returned": object{"who": "b", "on": "2027-01-04", "note": "more"}, "approvals": object{"one": object{"who": "c", "on": "2027-01-06"}},
		}},
		"seal":       object{"hash": "h"},
		"amendments": object{"1": object{"state": "proposed", "entries": object{"a": object{"line": "rent", "month": "2027-01", "amount": 1.0}}}},
	}
	return c
}

// TestTheTableIsWhatEditEnforces tries an edit for each row and role.
func TestTheTableIsWhatEditEnforces(t *testing.T) {
	c := furnished(t)
	tried := map[string]bool{}
	for _, rule := range rights.Table() {
		edit, ok := samples[rule.Pattern]
		if !ok {
			t.Errorf("the rule for %s has no sample", rule.Pattern)
		}
		tried[rule.Pattern] = true
		for _, role := range rights.Roles() {
			g := rights.Grant{Center: "north", Role: role}
			if role == rights.Lead {
				g.Position, g.Members = "ops", []string{"red"}
			}
			sight := c.seenBy(g)
			level := rule.Of(role)
			checkEdit(t, sight, edit.mine, level == rights.Edit || level == rights.Own, role)
			if edit.theirs.Path != "" {
				checkEdit(t, sight, edit.theirs, level == rights.Edit, role)
			}
		}
	}
	for pattern := range samples {
		if !tried[pattern] {
			t.Errorf("there is a sample for %s and no rule", pattern)
		}
	}
}

func checkEdit(t *testing.T, sight *rights.Sight, op patch.Op, want bool, role rights.Role) {
	t.Helper()
	refused := sight.Edit([]patch.Op{op})
	if got := len(refused) == 0; got != want {
		t.Errorf("the %s may %s %s: %v, want %v", role, op.Op, op.Path, got, want)
	}
	for _, p := range refused {
		if p.Kind != problem.Forbidden || p.Key != "rights.may_not_change" || p.Args["path"] != p.Pointer || len(p.Args) != 1 {
			t.Errorf("the %s is refused with %v", role, p)
		}
	}
}

// TestTheTableMatchesEveryPlace holds that no place is without a rule and no rule
// without a name.
func TestTheTableMatchesEveryPlace(t *testing.T) {
	table := rights.Table()
	if last := table[len(table)-1]; last.Pattern != "/**" {
		t.Errorf("the last rule is for %s, want /**", last.Pattern)
	}
	for _, rule := range table {
		for _, role := range rights.Roles() {
			if !slices.Contains([]rights.Level{rights.Edit, rights.Own, rights.Read, rights.None}, rule.Of(role)) {
				t.Errorf("%s says %q of the %s", rule.Pattern, rule.Of(role), role)
			}
		}
		if rule.Title == "" || rule.Of("owner") != rights.None {
			t.Errorf("%s has the title %q, and gives a role nobody knows %q", rule.Pattern, rule.Title, rule.Of("owner"))
		}
	}
}

// TestEdit holds what the samples of the table do not show.
func TestEdit(t *testing.T) {
	c := furnished(t)
	lead := c.seenBy(rights.Grant{Center: "north", Role: rights.Lead, Position: "ops", Members: []string{"red"}})
	ops := func(all ...patch.Op) []patch.Op { return all }
	const allowed = ""
	for name, try := range map[string]struct {
		ops  []patch.Op
		want string
	}{
		"an own line's cell":                         {ops(put("/budget/lines/rent/values/2027-01", 1.0)), allowed},
		"an own line's cells as a whole":             {ops(put("/budget/lines/rent/values", object{"2027-01": 1.0})), allowed},
		"an own line's other parts":                  {ops(put("/budget/lines/rent/owner", "boss")), "rights.may_not_change"},
		"an own line as a whole":                     {ops(patch.Op{Op: patch.Remove, Path: "/budget/lines/rent"}), "rights.may_not_change"},
		"an own line that is sensitive":              {ops(put("/budget/lines/wage/values/2027-01", 1.0)), "rights.may_not_read"},
		"a member's cell taken away":                 {ops(patch.Op{Op: patch.Remove, Path: "/budget/lines/calls/values/red/2027-01"}), allowed},
		"a member's cells as a whole":                {ops(put("/budget/lines/calls/values/red", object{})), allowed},
		"the first held cells of one's team":         {ops(add("/budget/lines/calls/held", object{"red": object{"2027-01": true}})), allowed},
		"the first held cells of two teams":          {ops(add("/budget/lines/calls/held", object{"red": object{"2027-01": true}, "blue": object{"2027-01": true}})), "rights.may_not_change"},
		"no held cells at all":                       {ops(add("/budget/lines/calls/held", object{})), "rights.may_not_change"},
		"holding a hidden line":                      {ops(add("/budget/lines/wage/held", object{"2027-01": true})), "rights.may_not_read"},
		"a subtree in which only own cells differ":   {ops(put("/budget/lines/calls/values", withCell(c.doc, "red"))), allowed},
		"a subtree in which others differ":           {ops(put("/budget/lines/calls/values", withCell(c.doc, "blue"))), "rights.may_not_change"},
		"a milestone that one makes one's own":       {ops(add("/okr/milestones/x", object{"owner": "ops", "due": "2027-01-01"})), "rights.may_not_change"},
		"a milestone taken over first":               {ops(put("/okr/milestones/theirs/owner", "ops"), put("/okr/milestones/theirs/due", "2027-03-03")), "rights.may_not_change"},
		"an own milestone removed":                   {ops(patch.Op{Op: patch.Remove, Path: "/okr/milestones/mine"}), "rights.may_not_change"},
		"an own milestone emptied":                   {ops(put("/okr/milestones/mine", object{})), "rights.may_not_change"},
		"an own milestone's status":                  {ops(put("/okr/milestones/mine/status", "done")), allowed},
		"an own objective's owner":                   {ops(put("/okr/objectives/cost/owner", "boss")), "rights.may_not_change"},
		"a figure of a withheld line":                {ops(put("/okr/objectives/cost/key_results/cap/target", 1.0)), "rights.may_not_read"},
		"the name of a key result of it":             {ops(add("/okr/objectives/cost/key_results/cap/name", object{"en": "Cap"})), allowed},
		"the line of a key result of it":             {ops(put("/okr/objectives/cost/key_results/cap/line", "calls")), "rights.may_not_read"},
		"a test of an open place":                    {ops(patch.Op{Op: patch.Test, Path: "/budget/lines/open/formula", Value: "x"}), allowed},
		"a test above a hidden place":                {ops(patch.Op{Op: patch.Test, Path: "/budget/lines/wage", Value: object{}}), "rights.may_not_read"},
		"a test of the whole":                        {ops(patch.Op{Op: patch.Test, Path: "", Value: object{}}), "rights.may_not_read"},
		"a comment of one's own":                     {ops(add("/comments/x", object{"text": "x"})), allowed},
		"a comment in one's own name":                {ops(add("/comments/x", object{"text": "x", "who": "p"})), allowed},
		"a comment in another's name":                {ops(add("/comments/x", object{"text": "x", "who": "q"})), "rights.may_not_change"},
		"a comment with another's answer":            {ops(add("/comments/x", object{"text": "x", "replies": object{"r": object{"who": "q", "text": "Yes"}}})), "rights.may_not_change"},
		"a comment on a hidden place":                {ops(add("/comments/x", object{"on": "/budget/lines/wage/values/2027-01"})), "rights.may_not_read"},
		"a comment that quotes a hidden place":       {ops(add("/comments/x", object{"text": "as (/budget/lines/wage/values/2027-01) says"})), "rights.may_not_read"},
		"a reply that quotes a hidden place":         {ops(add("/comments/theirs/replies/x", object{"text": "/budget/lines/wage"})), "rights.may_not_read"},
		"another's comment removed":                  {ops(patch.Op{Op: patch.Remove, Path: "/comments/theirs"}), "rights.may_not_change"},
		"an own comment removed":                     {ops(patch.Op{Op: patch.Remove, Path: "/comments/mine"}), allowed},
		"an own comment that was answered":           {ops(patch.Op{Op: patch.Remove, Path: "/comments/answered"}), "rights.may_not_change"},
		"its text":                                   {ops(put("/comments/answered/text", "y")), "rights.may_not_change"},
		"its text, with all of it":                   {ops(put("/comments/answered", object{"on": "/budget/lines/rent", "text": "y", "who": "p"})), "rights.may_not_change"},
		"an own reply that was answered":             {ops(put("/comments/answered/replies/q/text", "y")), "rights.may_not_change"},
		"an own reply, the last":                     {ops(put("/comments/answered/replies/s/text", "y")), allowed},
		"another's reply":                            {ops(put("/comments/answered/replies/r/text", "y")), "rights.may_not_change"},
		"whom an own comment calls on":               {ops(add("/comments/mine/mentions", []any{"boss"})), allowed},
		"where an own comment is":                    {ops(put("/comments/mine/on", "/budget/lines/rent")), "rights.may_not_change"},
		"who said an own comment":                    {ops(put("/comments/mine/who", "q")), "rights.may_not_change"},
		"all replies at once":                        {ops(put("/comments/answered/replies", object{})), "rights.may_not_change"},
		"a thread on an own line settled":            {ops(add("/comments/answered/resolved", object{})), allowed},
		"another's thread on another's line settled": {ops(add("/comments/theirs/resolved", object{})), "rights.may_not_change"},
		"all comments":                               {ops(patch.Op{Op: patch.Remove, Path: "/comments"}), "rights.may_not_read"},
		"the section of comments":                    {ops(add("/comments", object{})), "rights.may_not_read"},
		"a test of the section of comments":          {ops(patch.Op{Op: patch.Test, Path: "/comments", Value: object{}}), "rights.may_not_read"},
		"an initiative of one's own":                 {ops(add("/okr/initiatives/x", object{"owner": "ops"})), "rights.may_not_change"},
		"nothing":                                    {nil, allowed},
		"a path that is none":                        {ops(put("budget", 1.0)), allowed},
		"the first of two operations":                {ops(put("/budget/calendar/months", 1.0), put("/budget/lines/rent/values/2027-01", 1.0)), "rights.may_not_change"},
		"the second of two operations":               {ops(put("/budget/lines/rent/values/2027-01", 1.0), put("/budget/calendar/months", 1.0)), "rights.may_not_change"},
		"a cell of a line that is not there":         {ops(add("/budget/lines/none/values", object{})), "rights.may_not_change"},
		"the root":                                   {ops(put("", object{})), "rights.may_not_read"},
		"another section that nobody has a rule for": {ops(add("/extra", 1.0)), "rights.may_not_change"},
	} {
		refused := lead.Edit(try.ops)
		got := allowed
		if len(refused) > 0 {
			got = refused[0].Key
		}
		if got != try.want {
			t.Errorf("%s: got %q, want %q (%v)", name, got, try.want, refused)
		}
	}
	if refused := c.seenBy(grant(rights.Director)).Edit(ops(put("", object{}))); len(refused) == 0 {
		t.Error("a director replaces the whole document, its seal too")
	}
}

// TestALeadChecksInOnWhatIsTheirs holds which check-ins a lead may add and
// correct.
func TestALeadChecksInOnWhatIsTheirs(t *testing.T) {
	const (
		result = "/okr/objectives/cost/key_results/calls_up"
		theirs = "/okr/milestones/theirs"
	)
	on := func(of string) object { return object{"of": of, "day": "2027-03-01", "confidence": 3.0} }
	remove := func(path string) patch.Op { return patch.Op{Op: patch.Remove, Path: path} }
	withFirst, withNone := file(t, pay), file(t, pay)
	delete(withNone.doc["okr"].(object), "checkins")
	withNone = open(t, withNone.doc, nil)
	const allowed = ""
	for name, try := range map[string]struct {
		in   center
		ops  []patch.Op
		want string
	}{
		"on a key result of an own objective":    {withFirst, []patch.Op{add("/okr/checkins/n", on(result))}, allowed},
		"on an own milestone":                    {withFirst, []patch.Op{add("/okr/checkins/n", on("/okr/milestones/mine"))}, allowed},
		"as a milestone's deputy":                {withFirst, []patch.Op{add("/okr/checkins/n", on("/okr/milestones/deputed"))}, allowed},
		"on another's milestone":                 {withFirst, []patch.Op{add("/okr/checkins/n", on(theirs))}, "rights.may_not_change"},
		"on another's key result":                {withFirst, []patch.Op{add("/okr/checkins/n", on("/okr/objectives/other/key_results/theirs"))}, "rights.may_not_change"},
		"on an objective as a whole":             {withFirst, []patch.Op{add("/okr/checkins/n", on("/okr/objectives/cost"))}, "rights.may_not_read"},
		"on a key result of a withheld line":     {withFirst, []patch.Op{add("/okr/checkins/n", on("/okr/objectives/cost/key_results/cap"))}, "rights.may_not_read"},
		"on a line's cell":                       {withFirst, []patch.Op{add("/okr/checkins/n", on("/budget/lines/rent/values"))}, "rights.may_not_read"},
		"on nothing":                             {withFirst, []patch.Op{add("/okr/checkins/n", object{"day": "2027-03-01"})}, "rights.may_not_read"},
		"that is no object":                      {withFirst, []patch.Op{add("/okr/checkins/n", "x")}, "rights.may_not_read"},
		"the latest corrected":                   {withFirst, []patch.Op{put("/okr/checkins/a3/value", 330.0), add("/okr/checkins/a3/note", "recounted")}, allowed},
		"an earlier one corrected":               {withFirst, []patch.Op{put("/okr/checkins/a2/value", 330.0)}, "rights.may_not_change"},
		"the latest taken back":                  {withFirst, []patch.Op{remove("/okr/checkins/a3")}, allowed},
		"an earlier one taken back":              {withFirst, []patch.Op{remove("/okr/checkins/a2")}, "rights.may_not_change"},
		"two taken back at once":                 {withFirst, []patch.Op{remove("/okr/checkins/a3"), remove("/okr/checkins/a2")}, "rights.may_not_change"},
		"all taken back":                         {withFirst, []patch.Op{remove("/okr/checkins")}, "rights.may_not_read"},
		"the latest put on another's":            {withFirst, []patch.Op{put("/okr/checkins/a3/of", theirs)}, "rights.may_not_change"},
		"the latest put on another own":          {withFirst, []patch.Op{put("/okr/checkins/a3/of", "/okr/milestones/mine")}, "rights.may_not_change"},
		"the latest as a whole, on another's":    {withFirst, []patch.Op{put("/okr/checkins/a3", on(theirs))}, "rights.may_not_change"},
		"the latest as a whole, still on its":    {withFirst, []patch.Op{put("/okr/checkins/a3", on(result))}, allowed},
		"another's corrected":                    {withFirst, []patch.Op{put("/okr/checkins/a6/confidence", 5.0)}, "rights.may_not_change"},
		"one of a withheld line corrected":       {withFirst, []patch.Op{put("/okr/checkins/a1/note", "x")}, "rights.may_not_read"},
		"the first of all":                       {withNone, []patch.Op{add("/okr/checkins", object{"n": on(result)})}, allowed},
		"the first of all, on another's":         {withNone, []patch.Op{add("/okr/checkins", object{"n": on(theirs)})}, "rights.may_not_change"},
		"the first, and one on a withheld line":  {withNone, []patch.Op{add("/okr/checkins", object{"n": on("/okr/objectives/cost/key_results/cap")})}, "rights.may_not_change"},
		"in pieces":                              {withFirst, []patch.Op{add("/okr/checkins/n/of", result)}, "rights.may_not_read"},
		"after taking the milestone over":        {withFirst, []patch.Op{put(theirs+"/owner", "ops"), add("/okr/checkins/n", on(theirs))}, "rights.may_not_change"},
		"a date that makes an earlier one later": {withFirst, []patch.Op{put("/okr/checkins/a2/day", "2027-03-31"), put("/okr/checkins/a2/value", 1.0)}, "rights.may_not_change"},
	} {
		lead := try.in.seenBy(rights.Grant{Center: "north", Role: rights.Lead, Position: "ops"})
		refused := lead.Edit(try.ops)
		got := allowed
		if len(refused) > 0 {
			got = refused[0].Key
		}
		if got != try.want {
			t.Errorf("%s: got %q, want %q (%v)", name, got, try.want, refused)
		}
	}
	before, after, _ := strings.Cut(pay, "  checkins:")
	_, after, _ = strings.Cut(after, "method:")
	last := file(t, before+"  checkins: {a: {of: /okr/milestones/mine, day: 2027-01-31}}\nmethod:"+after)
	if refused := last.seenBy(rights.Grant{Center: "north", Role: rights.Lead, Position: "ops"}).Edit([]patch.Op{remove("/okr/checkins")}); len(refused) > 0 {
		t.Errorf("the last one, with the section it came with: %v", refused)
	}
	for _, g := range []rights.Grant{{Center: "north", Role: rights.Lead}, {Center: "north", Role: rights.Lead, Position: "none"}, {Center: "south", Role: rights.Lead, Position: "ops"}} {
		if len(withFirst.seenBy(g).Edit([]patch.Op{add("/okr/checkins/n", on(result))})) == 0 {
			t.Errorf("the lead %+v checks in", g)
		}
	}
}

// withCell returns the cells of calls with one cell of a team changed.
func withCell(doc object, team string) object {
	values, _ := copied(at(doc, "/budget/lines/calls/values")).(object)
	cells, _ := values[team].(object)
	cells["2027-01"] = 99.0
	return values
}

func TestARoleThatIsNotThereIsNoRight(t *testing.T) {
	c := file(t, pay)
	for name, grants := range map[string][]rights.Grant{"nobody": nil, "another center's": {{Center: "south", Role: rights.Director}}} {
		s := c.seenBy(grants...)
		if s.Reads() || s.Whole() || s.Document() != nil || s.Plan().Budget.Lines != nil {
			t.Errorf("the right of %s is some right", name)
		}
		for _, action := range rights.Actions() {
			if s.May(action) {
				t.Errorf("%s may %s", name, action)
			}
		}
		if refused := s.Edit([]patch.Op{{Op: patch.Test, Path: "/plan/id", Value: "pay-2027"}}); len(refused) != 1 || refused[0].Key != "rights.may_not_read" {
			t.Errorf("a test by %s is answered with %v", name, refused)
		}
		if seen, hidden := s.Problems(problem.List{{Key: "x"}}); len(seen) != 0 || hidden != 0 {
			t.Errorf("%s sees the problems %v", name, seen)
		}
		if got := slices.Sorted(maps.Keys(linesOf(c.doc))); len(s.Withheld()) != len(got) {
			t.Errorf("%v is withheld from %s, want every line", s.Withheld(), name)
		}
	}
}

// TestWhatAnEditWouldLayOpen tries edits that touch nothing hidden and would tell
// it all the same, by the role of somebody who directs the south.
func TestWhatAnEditWouldLayOpen(t *testing.T) {
	c := furnished(t)
	c.doc["workflow"] = object{"amount": "rent", "steps": object{"s": object{"role": "director", "rank": "a", "from": 1.0}}}
	free := open(t, c.doc, nil)
	weighed := object{"amount": "pay", "steps": object{"s": object{"role": "director", "rank": "a", "from": 1.0}}}
	closed := furnished(t)
	closed.doc["workflow"] = weighed
	measured := open(t, closed.doc, nil)
	at := func(center string, role rights.Role) rights.Grant { return rights.Grant{Center: center, Role: role} }
	for name, tc := range map[string]struct {
		in     center
		grants []rights.Grant
		op     patch.Op
		free   bool
	}{
		"an open total by other steps":          {free, []rights.Grant{grant(rights.Administrator)}, put("/workflow/steps/s/from", 2.0), true},
		"a director weighs what they like":      {measured, []rights.Grant{grant(rights.Director)}, put("/workflow/steps/s/from", 2.0), true},
		"a closed total by other steps":         {measured, []rights.Grant{grant(rights.Administrator)}, put("/workflow/steps/s/from", 2.0), false},
		"a closed total by one more step":       {measured, []rights.Grant{grant(rights.Administrator)}, add("/workflow/steps/t", object{"role": "finance", "from": 2.0}), false},
		"a closed total by all set up anew":     {free, []rights.Grant{grant(rights.Administrator)}, put("/workflow", weighed), false},
		"a closed total by pointing at it":      {free, []rights.Grant{grant(rights.Administrator)}, put("/workflow/amount", "pay"), false},
		"a closed total by looking elsewhere":   {measured, []rights.Grant{grant(rights.Administrator)}, put("/workflow/amount", "rent"), false},
		"a step's role tells no number":         {measured, []rights.Grant{grant(rights.Administrator)}, put("/workflow/steps/s/role", "finance"), true},
		"a plan moved to where one sees more":   {free, []rights.Grant{at("north", rights.Administrator), at("south", rights.Director)}, put("/plan/center", "south"), false},
		"the whole header, by the way":          {free, []rights.Grant{at("north", rights.Administrator), at("south", rights.Finance)}, put("/plan", object{"id": "pay-2027", "center": "south"}), false},
		"a plan moved to where one sees less":   {free, []rights.Grant{at("north", rights.Administrator), at("south", rights.Viewer)}, put("/plan/center", "south"), true},
		"a plan moved to where one has no role": {free, []rights.Grant{at("north", rights.Administrator), at("south", rights.Director)}, put("/plan/center", "west"), true},
	} {
		now, _ := document.Get(tc.in.doc, strings.Split(tc.op.Path, "/")[1:]...)
		ops := []patch.Op{{Op: patch.Test, Path: tc.op.Path, Value: now}, tc.op}
		if tc.op.Op == patch.Add {
			ops = ops[1:]
		}
		refused := tc.in.seenBy(tc.grants...).Edit(ops)
		if tc.free != (len(refused) == 0) {
			t.Errorf("%s: %v", name, refused)
		}
	}
}

// TestWhereOneSeesMoreIsPartOfTheKey: a Sight kept for one serves no other who
// could take the plan along.
func TestWhereOneSeesMoreIsPartOfTheKey(t *testing.T) {
	here := rights.Grant{Center: "north", Role: rights.Administrator}
	one := rights.Person{ID: "a", Grants: []rights.Grant{here}}
	two := rights.Person{ID: "b", Grants: []rights.Grant{here, {Center: "south", Role: rights.Director}}}
	three := rights.Person{ID: "c", Grants: []rights.Grant{here, {Center: "south", Role: rights.Viewer}}}
	if one.Key("north") == two.Key("north") || one.Key("north") != three.Key("north") {
		t.Errorf("got %q, %q, %q", one.Key("north"), two.Key("north"), three.Key("north"))
	}
}
