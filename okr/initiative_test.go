package okr_test

import (
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/okr"
)

// launching is a section whose one initiative goes live with its milestone.
const launching = `{
 "milestones": {"ready": {"due": "2027-03-15", "status": "active"}},
 "initiatives": {"push": {"status": "approved", "milestone": "ready"}}}`

func TestAnInitiativeGoesLive(t *testing.T) {
	march, april := calendar.Of(2027, 3), calendar.Of(2027, 4)
	cases := map[string]struct {
		from, to      string
		live, planned calendar.Month
	}{
		"in its milestone's month":                      {"", "", march, march},
		"later where the milestone slips":               {"2027-03-15", "2027-04-01", april, april},
		"in a month of its own":                         {`"milestone": "ready"`, `"go_live": "2027-04"`, april, april},
		"with the milestone where it has both":          {`"milestone": "ready"`, `"milestone": "ready", "go_live": "2027-04"`, march, march},
		"if it is live":                                 {"approved", "live", march, march},
		"not while it is an idea":                       {"approved", "idea", 0, march},
		"not once it is stopped":                        {"approved", "stopped", 0, march},
		"not with a milestone that is dropped":          {"active", "dropped", 0, 0},
		"with a milestone that is done":                 {"active", "done", march, march},
		"not with a milestone without a day":            {`"due": "2027-03-15", `, "", 0, 0},
		"not without a month":                           {`, "milestone": "ready"`, "", 0, 0},
		"not by itself: without a status it is an idea": {`"status": "approved", `, "", 0, march},
	}
	for name, c := range cases {
		launch := read(t, strings.Replace(launching, c.from, c.to, 1)).Launches()[0]
		if launch.Code != "push" || launch.Month != c.live || launch.Planned != c.planned {
			t.Errorf("%s: got %+v, want live %v, planned %v", name, launch, c.live, c.planned)
		}
	}
}

func TestStagesAreInTheOrderOfALife(t *testing.T) {
	if got := okr.Stages(); len(got) != 4 || got[0] != okr.Idea || got[3] != okr.Stopped {
		t.Errorf("got %v", got)
	}
}
