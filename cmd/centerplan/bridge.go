package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"centerplan/budget/capacity"
	"centerplan/scenarios"
)

// runBridges writes the bridge from the base to each of the other scenarios, of
// each line asked for.
func (c *console) runBridges(f file, outcomes []*scenarios.Outcome, flags compareFlags, sizer *capacity.Sizer) error {
	if len(flags.lines) == 0 {
		return lineWanted(f)
	}
	all := []scenarios.Bridge{}
	var failed []scenarios.CellError
	for _, line := range flags.lines {
		for _, to := range outcomes[1:] {
			bridge, err := scenarios.NewBridge(context.Background(), outcomes[0], to, line, sizer)
			if err != nil {
				return err
			}
			if bridge.Error != nil {
				failed = append(failed, *bridge.Error)
			}
			all = append(all, bridge)
		}
	}
	if flags.format == "json" {
		if err := c.writeJSON(all); err != nil {
			return err
		}
		return c.conclude(f, failed, flags.format)
	}
	for _, bridge := range all {
		if err := c.writeBridge(bridge); err != nil {
			return err
		}
	}
	return c.conclude(f, failed, flags.format)
}

// writeBridge writes a bridge as a sum: where it starts, each part, where it
// ends.
func (c *console) writeBridge(b scenarios.Bridge) error {
	fmt.Fprintf(c.out, "%s (%s): %s → %s\n", b.Line, b.Unit, b.From, b.To)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if b.Start != nil {
		fmt.Fprintf(w, "%s\t%s\t\t\n", b.From, short(b.Start))
	}
	for _, part := range b.Parts {
		fmt.Fprintf(w, "%s\t%s\t%s\t\n", c.partName(part), signed(part.Value), c.say(verdictKeys[part.Verdict]))
	}
	if b.End != nil {
		verdict := ""
		if b.Difference != nil {
			verdict = signed(*b.Difference) + " " + c.say(verdictKeys[b.Verdict])
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t\n", b.To, short(b.End), strings.TrimSpace(verdict))
	}
	return w.Flush()
}

// partName names the driver of a part; what is merged lists its own.
func (c *console) partName(part scenarios.Part) string {
	if part.Kind != "other" {
		return strings.TrimSpace(c.say("bridge.kind."+part.Kind) + " " + part.Code)
	}
	var merged []string
	for _, driver := range part.Merged {
		merged = append(merged, strings.TrimSpace(c.say("bridge.kind."+driver.Kind)+" "+driver.Code))
	}
	if len(merged) == 0 {
		return c.say("bridge.kind.other")
	}
	return c.say("bridge.kind.other") + " (" + strings.Join(merged, ", ") + ")"
}

// signed writes a change with its sign.
func signed(v float64) string {
	if v > 0 {
		return "+" + short(&v)
	}
	return short(&v)
}
