package rights_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
	"centerplan/planning/rights"
	"centerplan/scenarios"
)

// bridged is what the attacker is told of a bridge.
func (a *attacker) bridged(from, to *scenarios.Outcome, line string) (scenarios.Bridge, error) {
	return a.Bridge(a.Outcome(from), a.Outcome(to), line, func() (scenarios.Bridge, error) {
		return scenarios.NewBridge(context.Background(), from, to, line, sizer)
	})
}

// swung is what the attacker is told of a sensitivity.
func (a *attacker) swung(o *scenarios.Outcome, ask scenarios.SensitivityAsk) (scenarios.Sensitivity, error) {
	return a.Sensitivity(a.Outcome(o), ask, func() (scenarios.Sensitivity, error) {
		return scenarios.NewSensitivity(context.Background(), o, ask, sizer)
	})
}

// byBridge asks for every bridge between any two scenarios.
func byBridge(a *attacker) string {
	var learnt strings.Builder
	for _, from := range a.outcomes {
		for _, to := range a.outcomes {
			for _, line := range a.plan.Budget.Lines {
				found, err := a.bridged(from, to, line.Code)
				learnt.WriteString(text(a.T, found) + fmt.Sprint(err))
			}
		}
	}
	return learnt.String()
}

// bySensitivity moves every driver of every line, one's own choice of them too.
func bySensitivity(a *attacker) string {
	var learnt strings.Builder
	for _, o := range a.outcomes {
		for _, line := range a.plan.Budget.Lines {
			asks := []scenarios.SensitivityAsk{{Line: line.Code, Range: 0.1}, {Line: line.Code, Range: 1}}
			for _, driver := range a.plan.Budget.Lines {
				asks = append(asks, scenarios.SensitivityAsk{Line: line.Code, Range: 1, Drivers: []string{driver.Code}})
			}
			for _, ask := range asks {
				found, err := a.swung(o, ask)
				learnt.WriteString(text(a.T, found) + fmt.Sprint(err))
			}
		}
	}
	return learnt.String()
}

// TestWhatIfsAreForThoseWhoSeeAllBelow walks over the lines of the plan for a
// viewer: what rests on the wage has no parts and no swings, not even where it
// is released; what does not has them.
func TestWhatIfsAreForThoseWhoSeeAllBelow(t *testing.T) {
	c := file(t, pay)
	viewer := &attacker{t, c, c.seenBy(grant(rights.Viewer)), nil}
	growth := c.outcomes[1]
	for line, want := range map[string]bool{
		"calls": true, "rent": true, "open": false, // a lever that nobody pulls would make open of the wage
		"heads": true, "wage": false, "pay": false, "total": false, "per_call": false, "skill": false, "staff": false,
		"fee": false, "hired": false, "dues": false, "before": false, "nowhere": false,
	} {
		if got := viewer.MayVary(line); got != want {
			t.Errorf("a viewer may vary %s: %v, want %v", line, got, want)
		}
		if line == "nowhere" {
			continue
		}
		found, err := viewer.bridged(viewer.base(), growth, line)
		withheld := found.Error != nil && found.Error.Key == formula.Withheld
		if err != nil || withheld == want || len(found.Parts) > 0 && !want {
			t.Errorf("the bridge of %s: %v, error %+v, %d parts", line, err, found.Error, len(found.Parts))
		}
		swung, err := viewer.swung(growth, scenarios.SensitivityAsk{Line: line, Range: 0.1})
		withheld = swung.Error != nil && swung.Error.Key == formula.Withheld
		if err != nil || withheld == want || len(swung.Drivers) > 0 && !want {
			t.Errorf("the sensitivity of %s: %v, error %+v, %d drivers", line, err, swung.Error, len(swung.Drivers))
		}
	}
}

// TestAReleasedTotalShowsTheEndsOfItsBridge holds that of a released line what
// is told anyway is told here, and nothing between.
func TestAReleasedTotalShowsTheEndsOfItsBridge(t *testing.T) {
	c := file(t, pay)
	viewer := &attacker{t, c, c.seenBy(grant(rights.Viewer)), nil}
	found, err := viewer.bridged(viewer.base(), c.outcomes[1], "total")
	if err != nil {
		t.Fatal(err)
	}
	start, _ := viewer.Outcome(viewer.base()).Total("total")
	if found.Start == nil || *found.Start != start || found.Difference == nil || len(found.Parts) != 0 || found.Error == nil {
		t.Errorf("got %s", text(t, found))
	}
	swung, err := viewer.swung(viewer.base(), scenarios.SensitivityAsk{Line: "total", Range: 0.1})
	if err != nil || swung.Total == nil || *swung.Total != start || len(swung.Drivers) != 0 || swung.Error == nil {
		t.Errorf("%v, got %s", err, text(t, swung))
	}
}

func TestAHiddenDriverIsNotMoved(t *testing.T) {
	c := file(t, pay)
	viewer := &attacker{t, c, c.seenBy(grant(rights.Viewer)), nil}
	for _, driver := range []string{"wage", "pay"} {
		_, err := viewer.swung(viewer.base(), scenarios.SensitivityAsk{Line: "calls", Range: 0.1, Drivers: []string{"rent", driver}})
		if problem.KindOf(err) != problem.Forbidden {
			t.Errorf("moving %s: %v, want Forbidden", driver, err)
		}
	}
	holder := &attacker{t, c, c.seenBy(grant(rights.Finance)), nil}
	found, err := holder.swung(holder.base(), scenarios.SensitivityAsk{Line: "pay", Range: 0.1})
	moves := func(code string) bool {
		return slices.ContainsFunc(found.Drivers, func(w scenarios.Swing) bool { return w.Line == code })
	}
	if err != nil || !moves("wage") || !moves("heads") {
		t.Errorf("%v, a holder's drivers of pay are %+v", err, found.Drivers)
	}
}

// byGap asks what is missing of every line against every scenario, and prices it
// by every line.
func byGap(a *attacker) string {
	var learnt strings.Builder
	for _, o := range a.outcomes {
		for _, line := range a.plan.Budget.Lines {
			for _, cost := range a.plan.Budget.Lines {
				ask := scenarios.GapAsk{Line: line.Code, Against: scenarios.Base, Cost: cost.Code}
				found, err := a.Gap(ask, func() (scenarios.Gap, error) {
					return a.book.Gaps(context.Background(), o.Scenario.Code, ask, sizer)
				})
				learnt.WriteString(text(a.T, found) + fmt.Sprint(err))
			}
		}
	}
	return learnt.String()
}
