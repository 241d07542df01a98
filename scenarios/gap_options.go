package scenarios

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/problem"
)

// rounds is how often classes are planned anew: who is hired may change what is
// needed.
const rounds = 4

// hire plans classes beside those there are, as the hiring plan's own planner
// would: each as late as its people are of use in time.
func (g *gapper) hire() (GapOption, error) {
	plan := g.now.Model.Hiring[g.ask.Hiring]
	line, isLine := g.now.Model.ByCode(plan.ClassLine)
	switch {
	case g.ask.Hiring == "":
		return cannot(Hire, "gap.no_hiring", nil), nil
	case plan.Planned:
		return cannot(Hire, "gap.planned", problem.Args{"plan": g.ask.Hiring}), nil
	case !isLine:
		return cannot(Hire, "gap.classes_fixed", problem.Args{"plan": g.ask.Hiring}), nil
	}
	plan.Planned = true
	plan.Earliest = max(plan.Earliest, g.open())
	classes, after := map[string]budget.Change{}, g.now
	var changes []budget.Change
	for range rounds {
		more, obstacle := g.plan(after, plan, line, classes)
		if obstacle != nil {
			return *obstacle, nil
		}
		if !more {
			break
		}
		changes = ordered(classes)
		var err error
		if after, err = g.with(changes); err != nil {
			return GapOption{}, err
		}
		if !g.tookEffect(after, line, changes) {
			return cannot(Hire, "gap.classes_set", problem.Args{"line": line.Code}), nil
		}
	}
	if len(changes) == 0 {
		return cannot(Hire, "gap.too_late", nil), nil
	}
	option := GapOption{Kind: Hire, Changes: g.written(changes), Closed: []calendar.Month{}}
	for _, change := range changes {
		option.Size += change.Value
	}
	return g.tell(option, after), nil
}

// plan adds the classes that the plan's planner would hold beside those of an
// outcome, and reports whether there are any.
func (g *gapper) plan(o *Outcome, plan capacity.Hiring, line budget.Line, classes map[string]budget.Change) (more bool, obstacle *GapOption) {
	given, _ := o.Results.Series(line.Code)
	for _, staffed := range o.Model.Staffs(o.Results, plan) {
		if !slices.Equal(staffed.By, line.By) {
			shared := cannot(Hire, "gap.classes_shared", problem.Args{"line": line.Code})
			return false, &shared
		}
		lane := slices.IndexFunc(o.Model.Lanes(line.By), func(members []string) bool { return slices.Equal(members, staffed.Members) })
		for period, hires := range staffed.Hires {
			if people := math.Round(hires - given.Values[period*given.Lanes+lane]); people > 0 {
				more = true
				addClass(classes, line, staffed.Members, o.Model.Calendar.Month(period), people)
			}
		}
	}
	return more, nil
}

// tookEffect reports whether the classes are as much larger as the changes say:
// where a cell was set by hand, or is an actual, a change of it does nothing.
func (g *gapper) tookEffect(after *Outcome, line budget.Line, changes []budget.Change) bool {
	before, _ := g.now.Results.Series(line.Code)
	now, _ := after.Results.Series(line.Code)
	for _, change := range changes {
		period, _ := g.now.Model.Calendar.Index(change.From)
		lane := slices.IndexFunc(g.now.Model.Lanes(line.By), func(members []string) bool { return slices.Equal(members, picks(line, change.Member)) })
		const near = 1e-6
		at := period*now.Lanes + lane
		if math.Abs(now.Values[at]-before.Values[at]-change.Value) > near {
			return false
		}
	}
	return true
}

// picks lists the members of a line's dimensions, in their order.
func picks(line budget.Line, member map[string]string) []string {
	var members []string
	for _, code := range line.By {
		members = append(members, member[code])
	}
	return members
}

// addClass adds people to the class of a month and members.
func addClass(classes map[string]budget.Change, line budget.Line, members []string, month calendar.Month, people float64) {
	key := month.String() + "\x00" + strings.Join(members, "\x00")
	pick := map[string]string{}
	for i, code := range line.By {
		pick[code] = members[i]
	}
	class, ok := classes[key]
	if !ok {
		class = budget.Change{Line: line.ID, Member: pick, From: month, To: month, Op: formula.Add, Kind: formula.Change}
	}
	class.Value += people
	classes[key] = class
}

// ordered returns classes by month and members.
func ordered(classes map[string]budget.Change) []budget.Change {
	return slices.SortedFunc(maps.Values(classes), func(a, b budget.Change) int {
		return cmp.Or(cmp.Compare(a.From, b.From), slices.Compare(members(a), members(b)))
	})
}

// members lists the members that a change is of.
func members(c budget.Change) []string { return slices.Sorted(maps.Values(c.Member)) }

// steps is how finely the share of work is looked for, and mostSteps the largest
// share looked at.
const (
	steps     = 1000
	mostSteps = 600
)

// less looks for the smallest share by which the work of the staffing policies
// has to fall from the first short month on: what self-service, for instance,
// takes off people. It scales the lines that the policies are asked about.
func (g *gapper) less() (GapOption, error) {
	asked := g.asked()
	if len(asked) == 0 {
		return cannot(Less, "gap.no_volume", nil), nil
	}
	from := g.short[0].Month
	if open := g.open(); from < open {
		from = open
	}
	shares := func(step int) []budget.Change {
		var changes []budget.Change
		for _, picked := range asked {
			line, _ := g.now.Model.ByCode(picked.Line)
			changes = append(changes, budget.Change{
				Line: line.ID, Member: g.pick(line, picked.Members), From: from, Op: formula.Scale, Value: float64(steps-step) / steps, Kind: formula.Change,
			})
		}
		return changes
	}
	outcomes := map[int]*Outcome{}
	closes := func(step int) (bool, error) {
		after, err := g.with(shares(step))
		if err != nil {
			return false, err
		}
		outcomes[step] = after
		return !slices.ContainsFunc(g.shortIn(after), func(s Shortfall) bool { return s.Month >= from }), nil
	}
	if enough, err := closes(mostSteps); err != nil || !enough {
		return cannot(Less, "gap.not_by_volume", problem.Args{"most": fmt.Sprintf("%d%%", mostSteps*100/steps)}), err
	}
	var failed error
	step := 1 + sort.Search(mostSteps-1, func(i int) bool {
		enough, err := closes(i + 1)
		failed = cmp.Or(failed, err)
		return enough
	})
	if failed != nil {
		return GapOption{}, failed
	}
	// The share that was found was looked at itself, so it closes what it says.
	option := GapOption{Kind: Less, Changes: g.written(shares(step)), Size: float64(step) / steps, Closed: []calendar.Month{}}
	return g.tell(option, outcomes[step]), nil
}

// asked returns the lines below those that need people which policies are asked
// about, each once, in the order of lines.
func (g *gapper) asked() []formula.Picked {
	needed := g.ask.Line
	if needed == "" {
		needed = g.now.Model.Hiring[g.ask.Hiring].Required.Line
	}
	reach := upstream(needed, g.now)
	reach[needed] = true
	var found []formula.Picked
	for _, line := range g.now.Model.Lines {
		if !reach[line.Code] {
			continue
		}
		for _, picked := range formula.Asked(line.Formula, "required_fte") {
			same := func(p formula.Picked) bool { return p.Line == picked.Line && slices.Equal(p.Members, picked.Members) }
			if _, ok := g.now.Model.ByCode(picked.Line); ok && !slices.ContainsFunc(found, same) {
				found = append(found, picked)
			}
		}
	}
	return found
}

// pick names members by their dimensions.
func (g *gapper) pick(line budget.Line, members []string) map[string]string {
	pick := map[string]string{}
	for _, code := range line.By {
		dimension, _ := g.now.Model.Dimension(code)
		for _, member := range dimension.Members {
			if slices.Contains(members, member.Code) {
				pick[code] = member.Code
			}
		}
	}
	return pick
}
