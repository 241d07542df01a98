package live_test

import (
	"testing"

	"centerplan/planning/patch"
	"centerplan/planning/problem"
	"centerplan/web/live"
)

// A locked scenario is changed by nobody and in no way until it is unlocked.
func TestALockedScenarioIsUnlockedFirst(t *testing.T) {
	const cell, mark = "/scenarios/fewer/cells/heads/2027-01", "/scenarios/fewer/locked"
	h := newHouse(t)
	h.edit(t, "director", "before", cell, 9.0, 8.0)
	apply := func(op string, ops ...patch.Op) error {
		_, err := h.person("director").Apply(ctx, "p", live.Edit{OpID: op, Patch: ops})
		return err
	}
	if err := apply("lock", patch.Op{Op: patch.Add, Path: mark, Value: true}); err != nil {
		t.Fatal(err)
	}
	refused := func(what string, err error) {
		t.Helper()
		wants(t, err, problem.Forbidden, "scenarios.locked")
		if got := problem.Of(err); len(got) == 1 && got[0].Args["scenario"] != "fewer" {
			t.Errorf("%s: the refusal names %q", what, got[0].Args["scenario"])
		}
	}
	refused("a cell", apply("cell", set("cell", cell, 8.0, 7.0).Patch...))
	whole := at(t, h.view(t, "director"), "/scenarios/fewer")
	refused("the scenario", apply("all", patch.Op{Op: patch.Test, Path: "/scenarios/fewer", Value: whole}, patch.Op{Op: patch.Remove, Path: "/scenarios/fewer"}))
	_, err := h.person("director").Undo(ctx, "p", 2, live.Edit{OpID: "undo"})
	refused("an undo of what was before", err)
	_, err = h.person("director").Restore(ctx, "p", cell, 1, live.Edit{OpID: "back", Why: "back"})
	refused("restoring", err)
	if _, err = h.person("director").Rename(ctx, "p", "heads", "people", live.Edit{OpID: "name"}); err != nil {
		t.Errorf("a scenario names lines by id, so a line gets another code: %v", err)
	}
	_, err = h.person("lead").Apply(ctx, "p", set("lead", cell, 8.0, 7.0))
	wants(t, err, problem.Forbidden, "rights.may_not_change")
	if _, err := h.person("director").Undo(ctx, "p", 3, live.Edit{OpID: "unlocked"}); err != nil {
		t.Fatal(err)
	}
	if err := apply("free", set("free", cell, 8.0, 7.0).Patch...); err != nil {
		t.Errorf("unlocked it changes: %v", err)
	}
}
