package budget

import (
	"maps"
	"slices"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
)

// A Shortage is where a hiring plan leaves people missing.
type Shortage struct {
	// Plan is the hiring plan's code, Planned whether classes are planned, so
	// that none could have closed the gap.
	Plan    string
	Planned bool
	// Members are those of the plan's dimensions, empty where it has none.
	Members []string
	// Months are those in which people are missing, Most the most full-timers
	// that are missing in one of them.
	Months []calendar.Month
	Most   float64
}

// Cell names the plan and its members the way a formula picks them:
// agents["north"].
func (s Shortage) Cell() string {
	var name strings.Builder
	name.WriteString(s.Plan)
	for _, member := range s.Members {
		name.WriteString(`["` + member + `"]`)
	}
	return name.String()
}

// Shortages returns where the hiring plans leave people missing in results of
// the model, by plan and members. A plan that fails has none: its cells say
// why.
func (m Model) Shortages(results *formula.Results) []Shortage {
	var all []Shortage
	for _, code := range slices.Sorted(maps.Keys(m.Hiring)) {
		plan := m.Hiring[code]
		if !plan.Needed {
			continue
		}
		for _, staffed := range m.Staffs(results, plan) {
			periods := staffed.Unfilled()
			if len(periods) == 0 {
				continue
			}
			s := Shortage{Plan: code, Planned: plan.Planned, Members: staffed.Members}
			for _, period := range periods {
				s.Months = append(s.Months, m.Calendar.Month(period))
				s.Most = max(s.Most, -staffed.Gap[period])
			}
			all = append(all, s)
		}
	}
	return all
}

// Staffed are the people of a hiring plan, of one member of each of its
// dimensions.
type Staffed struct {
	By, Members []string
	capacity.Staff
}

// Staffs reckons a hiring plan on results of the model, by members. Members of
// which it fails are left out.
func (m Model) Staffs(results *formula.Results, plan capacity.Hiring) []Staffed {
	lines := map[string]formula.Series{}
	for _, name := range plan.Lines() {
		lines[name], _ = results.Series(name)
	}
	var all []Staffed
	by := m.axesOf(lines)
	for _, members := range m.Lanes(by) {
		staff, err := plan.Staff(m.Calendar.Start, m.Calendar.Months, func(name string, period int) float64 {
			return m.cellOf(lines[name], by, members, period)
		})
		if err == nil {
			all = append(all, Staffed{By: by, Members: members, Staff: staff})
		}
	}
	return all
}

// axesOf returns the dimensions that any of the lines has, in display order.
func (m Model) axesOf(lines map[string]formula.Series) []string {
	var by []string
	for _, dimension := range m.Dimensions {
		for _, series := range lines {
			if slices.Contains(series.By, dimension.Code) {
				by = append(by, dimension.Code)
				break
			}
		}
	}
	return by
}

// cellOf returns a line's value for members of more dimensions than it may
// have; not a number where it failed or there is no such line.
func (m Model) cellOf(series formula.Series, by, members []string, period int) float64 {
	own := make([]string, len(series.By))
	for i, code := range series.By {
		own[i] = members[slices.Index(by, code)]
	}
	lane := slices.IndexFunc(m.Lanes(series.By), func(lane []string) bool { return slices.Equal(lane, own) })
	if at := period*series.Lanes + lane; lane >= 0 && at < len(series.Values) {
		return series.Values[at]
	}
	return missing(1)[0]
}
