package scenarios

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A GapAsk says whose people are missing. Either Hiring is the code of a hiring
// plan, whose gap it is; or Line is that of a line of people needed, and what
// it needs beyond the scenario Against is missing.
type GapAsk struct {
	Hiring  string
	Line    string
	Against Code
	// Cost is the line whose total prices the options; empty for none.
	Cost string
}

// A Gap tells where people are missing in a scenario, and what would close it.
// Every claim is a computed one: the scenario is evaluated with the option's
// changes, and a month is closed where nobody is missing then.
type Gap struct {
	Scenario Code   `json:"scenario"`
	Hiring   string `json:"hiring"`
	Line     string `json:"line"`
	Against  Code   `json:"against"`
	Cost     string `json:"cost"`
	// Short are the places where people are missing, by months and then members;
	// Lacking is a positive number of full-timers.
	Short   []Shortfall `json:"short"`
	Options []GapOption `json:"options"`
}

// A Shortfall is how many full-timers are missing in a month, of the members of
// the hiring plan's or line's dimensions.
type Shortfall struct {
	Month   calendar.Month `json:"month"`
	Members []string       `json:"members"`
	Lacking float64        `json:"lacking"`
}

// A GapOption is one way to close the gap, as changes of the scenario.
type GapOption struct {
	Kind GapKind `json:"kind"`
	// Changes are what the scenario would change besides; empty where the option
	// cannot be had, and Why then says why.
	Changes []GapChange  `json:"changes"`
	Why     *GapObstacle `json:"why"`
	// Size is how many people are hired, or the share by which work falls.
	Size float64 `json:"size"`
	// Closed are the months in which people were missing and are not any more,
	// Left what is still missing.
	Closed []calendar.Month `json:"closed"`
	Left   []Shortfall      `json:"left"`
	// Price is what the line of the cost comes to with the changes, and how it
	// differs; null where no cost was asked for.
	Price *Moved `json:"price"`
}

// A GapKind is a sort of option.
type GapKind string

// The kinds of options: people are hired, or less work is left for them.
const (
	Hire GapKind = "hire"
	Less GapKind = "less"
)

// A GapObstacle says why an option cannot be had.
type GapObstacle struct {
	Key  string       `json:"key"`
	Args problem.Args `json:"args,omitempty"`
}

// A GapChange is a change of a line as a scenario holds one, with ids as the
// document has them. One of Scale and Add is set.
type GapChange struct {
	Line   budget.LineID     `json:"line"`
	Member map[string]string `json:"member"`
	From   calendar.Month    `json:"from"`
	To     *calendar.Month   `json:"to"`
	Scale  *float64          `json:"scale"`
	Add    *float64          `json:"add"`
}

// Gaps finds where people are missing in a scenario of the book and what would
// close it. Unknown codes are problems of kind NotFound; a hiring plan that
// needs nobody, and an ask that names neither plan nor line, are Invalid. The
// book is whole: who may see the answer is decided before.
func (b *Book) Gaps(ctx context.Context, code Code, ask GapAsk, sizer *capacity.Sizer) (Gap, error) {
	g := gapper{ctx: ctx, book: b, ask: ask, sizer: sizer}
	if err := g.begin(code); err != nil {
		return Gap{}, err
	}
	gap := Gap{
		Scenario: g.now.Scenario.Code, Hiring: ask.Hiring, Line: ask.Line, Against: ask.Against, Cost: ask.Cost,
		Short: g.short, Options: []GapOption{},
	}
	if len(g.short) == 0 {
		return gap, nil
	}
	for _, find := range []func() (GapOption, error){g.hire, g.less} {
		if err := ctx.Err(); err != nil {
			return Gap{}, err
		}
		option, err := find()
		if err != nil {
			return Gap{}, err
		}
		gap.Options = append(gap.Options, option)
	}
	return gap, nil
}

// Reads returns the codes of the lines that the ask's answer rests on directly.
func (a GapAsk) Reads(model budget.Model) []string {
	codes := slices.Clone(model.Hiring[a.Hiring].Lines())
	if a.Line != "" {
		codes = append(codes, a.Line)
	}
	return codes
}

// A gapper works out one gap.
type gapper struct {
	ctx   context.Context
	book  *Book
	ask   GapAsk
	sizer *capacity.Sizer
	// now is the scenario as it is; there are the people of another where the ask
	// is against one.
	now, there *Outcome
	short      []Shortfall
}

func (g *gapper) begin(code Code) error {
	var err error
	if g.now, err = g.book.Evaluate(code, g.sizer); err != nil {
		return err
	}
	if g.ask.Cost != "" {
		if _, err := g.now.Line(g.ask.Cost); err != nil {
			return err
		}
	}
	if g.ask.Line != "" {
		if _, err := g.now.Line(g.ask.Line); err != nil {
			return err
		}
		g.there, err = g.book.Evaluate(g.ask.Against, g.sizer)
	} else if plan, ok := g.book.model.Hiring[g.ask.Hiring]; !ok {
		err = problem.Problem{
			Kind: problem.NotFound, Pointer: "/budget/hiring", Key: "scenarios.gap_hiring", Args: problem.Args{"plan": g.ask.Hiring},
		}
	} else if !plan.Needed {
		err = problem.Problem{
			Kind: problem.Invalid, Pointer: document.Pointer("/budget/hiring", g.ask.Hiring, "required"), Key: "scenarios.gap_required", Args: problem.Args{"plan": g.ask.Hiring},
		}
	}
	if err != nil {
		return err
	}
	g.short = g.shortIn(g.now)
	return nil
}

// standings are what people are missing in an outcome, by months: of those
// places where it can be said. A negative number is of people to spare.
func (g *gapper) standings(o *Outcome) []Shortfall {
	all := []Shortfall{}
	add := func(members []string, period int, gap, size float64) {
		const noise = 1e-9
		if math.Abs(gap) <= noise*max(1, math.Abs(size)) {
			gap = 0
		}
		if gap == gap { // which a cell that failed is not
			all = append(all, Shortfall{Month: o.Model.Calendar.Month(period), Members: append([]string{}, members...), Lacking: 0 - gap})
		}
	}
	if g.ask.Line == "" {
		for _, staffed := range o.Model.Staffs(o.Results, o.Model.Hiring[g.ask.Hiring]) {
			for period, gap := range staffed.Gap {
				add(staffed.Members, period, gap, staffed.Effective[period])
			}
		}
	} else {
		line, _ := o.Line(g.ask.Line)
		needed, _ := o.Results.Series(g.ask.Line)
		there, _ := g.there.Results.Series(g.ask.Line)
		for lane, members := range o.Model.Lanes(line.By) {
			for period := range o.Model.Calendar.Months {
				at := period*needed.Lanes + lane
				add(members, period, there.Values[at]-needed.Values[at], needed.Values[at])
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Shortfall) int { return cmp.Compare(a.Month, b.Month) })
	return all
}

// shortIn returns where people are missing in an outcome, and where they were
// and it cannot be said any more.
func (g *gapper) shortIn(o *Outcome) []Shortfall {
	all := g.standings(o)
	for _, before := range g.short {
		if !slices.ContainsFunc(all, before.sameAs) {
			all = append(all, before)
		}
	}
	slices.SortStableFunc(all, func(a, b Shortfall) int { return cmp.Compare(a.Month, b.Month) })
	return slices.DeleteFunc(all, func(s Shortfall) bool { return s.Lacking <= 0 })
}

// sameAs reports whether two shortfalls are of one place.
func (s Shortfall) sameAs(other Shortfall) bool {
	return s.Month == other.Month && slices.Equal(s.Members, other.Members)
}

// with evaluates the scenario with changes more, which stand behind its own and
// before the edits of single cells, as they would in the document.
func (g *gapper) with(changes []budget.Change) (*Outcome, error) {
	all := slices.Clone(g.book.scenarios)
	for i, s := range all {
		if s.ID != g.now.Scenario.ID {
			continue
		}
		at := slices.IndexFunc(s.Changes, func(c budget.Change) bool { return c.Kind == formula.CellEdit })
		if at < 0 {
			at = len(s.Changes)
		}
		all[i].Changes = slices.Insert(slices.Clone(s.Changes), at, changes...)
	}
	return g.book.Next(g.book.model, all).Again(g.now, g.now.Scenario.Code, g.sizer)
}

// open is the first month that no actual stands in.
func (g *gapper) open() calendar.Month {
	return g.now.Model.Calendar.Month(min(g.now.Model.Closed(), g.now.Model.Calendar.Months-1))
}

// tell completes an option by what the scenario comes to with its changes.
func (g *gapper) tell(option GapOption, after *Outcome) GapOption {
	option.Left = g.shortIn(after)
	for _, short := range g.short {
		open := slices.ContainsFunc(option.Left, func(left Shortfall) bool { return left.Month == short.Month })
		if !open && !slices.Contains(option.Closed, short.Month) {
			option.Closed = append(option.Closed, short.Month)
		}
	}
	if g.ask.Cost == "" {
		return option
	}
	option.Price = &Moved{Verdict: Neutral}
	total, fault := after.total(g.ask.Cost)
	if fault != nil {
		failed := after.cellError(nil, "", *fault)
		option.Price.Error = &failed
		return option
	}
	line, _ := g.now.Line(g.ask.Cost)
	cell := Cell{Total: &total, Verdict: Neutral}
	if before, ok := g.now.Total(g.ask.Cost); ok {
		cell.against(&before, line.Sense)
	}
	option.Price.Total, option.Price.Difference, option.Price.Verdict = cell.Total, cell.Difference, cell.Verdict
	return option
}

// cannot is an option that cannot be had.
func cannot(kind GapKind, key string, args problem.Args) GapOption {
	return GapOption{
		Kind: kind, Changes: []GapChange{}, Closed: []calendar.Month{}, Left: []Shortfall{}, Why: &GapObstacle{Key: key, Args: args},
	}
}

// written returns changes as the document holds them.
func (g *gapper) written(changes []budget.Change) []GapChange {
	written := []GapChange{}
	for _, c := range changes {
		w := GapChange{Line: c.Line, Member: map[string]string{}, From: c.From}
		for _, code := range slices.Sorted(maps.Keys(c.Member)) {
			dimension, _ := g.now.Model.Dimension(code)
			i := slices.IndexFunc(dimension.Members, func(m budget.Member) bool { return m.Code == c.Member[code] })
			w.Member[dimension.ID] = dimension.Members[i].ID
		}
		if c.To != 0 {
			w.To = &c.To
		}
		if value := c.Value; c.Op == formula.Scale {
			w.Scale = &value
		} else {
			w.Add = &value
		}
		written = append(written, w)
	}
	return written
}

// WithoutPrices returns the gap for somebody who may see it, and not what the
// line of the cost would come to otherwise.
func (g Gap) WithoutPrices() Gap {
	g.Options = slices.Clone(g.Options)
	for i := range g.Options {
		if g.Options[i].Price != nil {
			g.Options[i].Price = &Moved{Verdict: Neutral, Error: withheldCell(g.Cost)}
		}
	}
	return g
}
