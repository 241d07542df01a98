package live_test

import (
	"testing"

	"centerplan/planning/document"
)

// A file may say of itself that it is approved and sealed; here nobody did.
func TestANewPlanIsAgreedByNobody(t *testing.T) {
	h, _ := newHub(t)
	doc := decode(t, sample).(document.Object)
	doc["workflow"] = decode(t, `{
		"phase": "negotiation",
		"sections": {"budget": {"covers": ["/budget"], "deadline": "2026-12-01", "state": "approved",
			"handed_in": {"who": "a", "on": "2026-11-01"}, "approvals": {"director": {"who": "b", "on": "2026-11-02"}}}},
		"seal": {"rev": 1, "hash": "0000000000000000000000000000000000000000000000000000000000000000", "who": "b", "on": "2026-11-03", "engine": "e", "scenarios": ["base"]},
		"amendments": {"1": {"number": 1, "kind": "supplement", "reason": "r", "state": "approved", "proposed": {"who": "a", "on": "2026-11-04"}, "entries": {}}}
	}`)
	head, err := h.Create(ctx, planner, doc)
	if err != nil {
		t.Fatal(err)
	}
	agreed := head.Plan.Workflow
	if agreed.Seal != nil || len(agreed.Amendments) != 0 || agreed.Sections[0].Closed() || len(agreed.Sections[0].Approvals) != 0 {
		t.Errorf("got %+v", agreed)
	}
	if agreed.Phase != "negotiation" || agreed.Sections[0].Deadline.IsZero() {
		t.Errorf("the set-up is lost: %+v", agreed)
	}
}
