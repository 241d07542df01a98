package web_test

import (
	"testing"
)

func TestALineIsRenamedWhereverItStands(t *testing.T) {
	s := newStaffed(t)
	finance := s.visit(t, "finance")
	before := at(t, read(t, finance.get("/api/v1/plans/pay/results?line=total"), 200), "results", 0, "lines", "total", "total")
	answer := read(t, finance.send("POST", "/api/v1/plans/pay/rename", object{"op_id": "1", "line": "wage", "code": "月薪", "label": "rename"}), 200)
	again := read(t, finance.send("POST", "/api/v1/plans/pay/rename", object{"op_id": "1", "line": "wage", "code": "月薪", "label": "rename"}), 200)
	if at(t, answer, "rev") != at(t, again, "rev") {
		t.Error("a retry is another revision")
	}
	plan := read(t, finance.get("/api/v1/plans/pay"), 200)
	for _, c := range []struct {
		want string
		path []any
	}{
		{"月薪", []any{"budget", "lines", "wage", "code"}},
		{"月薪 * heads", []any{"budget", "lines", "labour", "formula"}},
		{"月薪", []any{"okr", "objectives", "cost", "key_results", "pay", "line"}},
	} {
		if got := at(t, plan, append([]any{"document"}, c.path...)...); got != c.want {
			t.Errorf("%v: got %v, want %s", c.path, got, c.want)
		}
	}
	if after := at(t, read(t, finance.get("/api/v1/plans/pay/results?line=total"), 200), "results", 0, "lines", "total", "total"); after != before {
		t.Errorf("the total was %v and is %v", before, after)
	}
	read(t, finance.send("POST", "/api/v1/plans/pay/undo", object{"op_id": "2"}), 200)
	if got := at(t, read(t, finance.get("/api/v1/plans/pay"), 200), "document", "budget", "lines", "labour", "formula"); got != "wage * heads" {
		t.Errorf("undone, the formula is %v", got)
	}
}

func TestWhoMayRename(t *testing.T) {
	s := newStaffed(t)
	rename := func(who, line, code string) (int, string) {
		return s.visit(t, who).text("POST", "/api/v1/plans/pay/rename", object{"op_id": who + line + code, "line": line, "code": code})
	}
	for _, who := range []string{"lead", "viewer", "administrator"} {
		for _, line := range []string{"rent", "wage", "none"} {
			if status, text := rename(who, line, "x"); status != 403 && status != 404 {
				t.Errorf("%s renames %s: %d %s", who, line, status, text)
			}
		}
	}
	for code, want := range map[string]int{"two words": 422, "heads": 422, "rent": 409} {
		if status, text := rename("finance", "rent", code); status != want {
			t.Errorf("rent as %q: %d %s, want %d", code, status, text, want)
		}
	}
	if status, text := rename("finance", "none", "x"); status != 404 {
		t.Errorf("a line that is not there: %d %s", status, text)
	}
}

func TestTheCalendarTellsTheDaysOfEachMonth(t *testing.T) {
	s := newStaffed(t)
	answer := read(t, s.visit(t, "viewer").get("/api/v1/plans/pay/calendar"), 200)
	for i, want := range []object{
		{"month": "2027-01", "last_year": "2026-01", "days": 30.0, "workdays": 22.0, "holidays": 0.0},
		{"month": "2027-02", "last_year": "2026-02", "days": 30.0, "workdays": 22.0, "holidays": 0.0},
	} {
		for name, value := range want {
			if got := at(t, answer, "months", i, name); got != value {
				t.Errorf("month %d: %s is %v, want %v", i, name, got, value)
			}
		}
	}
}
