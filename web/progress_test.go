package web_test

import (
	"net/http"
	"testing"
)

// TestProgressIsToldToWhomTheFiguresAre: whoever may not see a line is told
// neither its figure nor what was checked in on it.
func TestProgressIsToldToWhomTheFiguresAre(t *testing.T) {
	s := newStaffed(t)
	const path = "/api/v1/plans/pay/progress"
	reading := func(who, which string) any {
		return at(t, read(t, s.visit(t, who).get(path), http.StatusOK), "objectives", 0, "key_results", 0, which)
	}
	if got, _ := reading("finance", "measured").(object); got["value"] != 31415.0 || got["progress"] != 0.0 {
		t.Errorf("finance is told of %v", got)
	}
	if got, _ := reading("finance", "planned").(object); got["value"] != 31415.0 {
		t.Errorf("finance is told of the plan's %v", got)
	}
	for _, who := range []string{"lead", "viewer"} {
		for _, which := range []string{"planned", "measured"} {
			if got := reading(who, which); got != nil {
				t.Errorf("the %s is told the %s figure %v", who, which, got)
			}
		}
	}
}
