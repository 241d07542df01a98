package seal

import (
	"math"
	"slices"
	"strconv"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/budget/unit"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/workflow"
	"centerplan/scenarios"
)

// A Reconciliation says how the sealed budget became the current one.
type Reconciliation struct {
	Months []calendar.Month
	// Rows has every line in the plan's currency, in display order.
	Rows []Row
	// Problems name each amended line that is not the sealed number and its
	// amendments together.
	Problems problem.List
}

// A Row is one line.
type Row struct {
	Line budget.LineID
	Code string
	Name document.Text
	Unit string
	// Amended says that amendments have entries on the line itself, Follows that
	// it is reckoned from amended lines and has none.
	Amended, Follows bool
	// Figures are of all members and months, ByMonth of all members in a month.
	Figures
	ByMonth []Figures
}

// Figures are the sums of a line: Original + Transfers + Supplements + Reserve
// + Difference = Current.
type Figures struct {
	// Original is the sealed number, Current what the sealed plan with the
	// amendments comes to; null where the cell fails.
	Original, Current *float64
	// Transfers, Supplements and Reserve are the sums of the approved entries.
	Transfers, Supplements, Reserve float64
	// Difference is what the entries on the line do not explain: nought where the
	// line is amended itself, what it follows its operands by where it is not.
	// It is null where one of the two numbers is.
	Difference *float64
}

// halfCent is what sums of money may miss each other by.
const halfCent = 0.005

// Codes and ids of the scenarios that only Reconcile sees. No plan can hold
// them: an id has no control characters.
const (
	amendedScenario = "\x00amended"
	probeScenario   = "\x00probe"
)

// Reconcile evaluates the sealed base with the approved ones of the amendments
// and sets the result against the sealed numbers. If the engine named finds
// other numbers than those sealed, there is nothing to set it against: the
// error is then a problem of kind Conflict, as that of Outcomes.
func Reconcile(s Sealed, amendments []workflow.Amendment, engine string, sizer *capacity.Sizer) (Reconciliation, error) {
	r := reconciler{model: s.Plan.Budget, sealed: s.Results[0], entries: map[budget.LineID][]entry{}}
	amended := scenarios.Scenario{ID: amendedScenario, Code: amendedScenario, Parent: string(scenarios.Base)}
	probe := scenarios.Scenario{ID: probeScenario, Code: probeScenario, Parent: string(scenarios.Base)}
	for _, a := range amendments {
		if a.State == workflow.AmendmentApproved {
			amended.Changes = append(amended.Changes, r.take(a)...)
		}
	}
	for i, change := range amended.Changes {
		change.Value = math.Abs(change.Value) + math.Sqrt(float64(i+2)) // sums of these do not cancel
		probe.Changes = append(probe.Changes, change)
	}
	book := scenarios.NewBook(r.model, append(slices.Clone(s.Plan.Scenarios), amended, probe))
	for code, to := range map[scenarios.Code]**scenarios.Outcome{
		scenarios.Base: &r.base, amendedScenario: &r.now, probeScenario: &r.probe,
	} {
		outcome, err := book.Evaluate(code, sizer)
		if err != nil {
			return Reconciliation{}, err
		}
		*to = outcome
	}
	first, err := compare(r.sealed, r.base)
	if err != nil {
		return Reconciliation{}, err
	}
	if first != nil {
		return Reconciliation{}, first.Problem(s.Engine, engine)
	}
	return r.reconcile()
}

// A reconciler sets the outcomes beside each other.
type reconciler struct {
	model   budget.Model
	sealed  scenarios.Sheet
	entries map[budget.LineID][]entry
	// base is the sealed plan evaluated, now with the amendments, probe with
	// amounts in their place that leave nothing where it was.
	base, now, probe *scenarios.Outcome
}

// An entry is one of an amendment's, with its kind.
type entry struct {
	workflow.Entry
	kind workflow.AmendmentKind
}

// take notes an amendment's entries and returns the changes they are.
func (r *reconciler) take(a workflow.Amendment) []budget.Change {
	var changes []budget.Change
	for _, e := range a.Entries {
		line, _ := r.model.ByID(e.Line)
		r.entries[e.Line] = append(r.entries[e.Line], entry{e, a.Kind})
		changes = append(changes, budget.Change{
			Pointer: document.Pointer("/workflow/amendments", strconv.Itoa(a.Number), "entries", e.ID),
			Line:    e.Line, Member: r.codes(line, e.Member), From: e.Month, To: e.Month,
			Op: formula.Add, Value: e.Amount, Kind: formula.Change, Code: amendedScenario,
		})
	}
	return changes
}

// codes turns members by id into members by code.
func (r *reconciler) codes(line budget.Line, ids map[string]string) map[string]string {
	pick := map[string]string{}
	for _, code := range line.By {
		dimension, _ := r.model.Dimension(code)
		for _, member := range dimension.Members {
			if member.ID == ids[dimension.ID] {
				pick[code] = member.Code
			}
		}
	}
	return pick
}

func (r *reconciler) reconcile() (Reconciliation, error) {
	var out Reconciliation
	for i := range r.model.Calendar.Months {
		out.Months = append(out.Months, r.model.Calendar.Month(i))
	}
	for _, line := range r.model.Lines {
		series, _ := r.base.Results.Series(line.Code)
		if series.Unit != unit.Currency(r.model.Currency) && len(r.entries[line.ID]) == 0 {
			continue
		}
		row, err := r.row(line)
		if err != nil {
			return Reconciliation{}, err
		}
		out.Rows = append(out.Rows, row)
		if row.Amended {
			out.Problems = append(out.Problems, row.problems(out.Months)...)
		}
	}
	return out, nil
}

// row sets one line's numbers beside each other.
func (r *reconciler) row(line budget.Line) (Row, error) {
	column := r.sealed.Lines[line.Code]
	row := Row{
		Line: line.ID, Code: line.Code, Name: line.Title(), Unit: column.Unit, Amended: len(r.entries[line.ID]) > 0,
		ByMonth: make([]Figures, r.model.Calendar.Months),
	}
	var totals [3]scenarios.MemberRow
	for i, outcome := range []*scenarios.Outcome{r.base, r.now, r.probe} {
		rows, err := outcome.Rows(line.Code, scenarios.ByMonth)
		if err != nil {
			return Row{}, err
		}
		totals[i] = rows[len(rows)-1] // of all members
	}
	row.Original, row.Current = column.Total, totals[1].Total
	for i := range row.ByMonth {
		row.ByMonth[i].Original, row.ByMonth[i].Current = totals[0].Values[i], totals[1].Values[i]
	}
	for _, e := range r.entries[line.ID] {
		row.add(e)
		if i, ok := r.model.Calendar.Index(e.Month); ok {
			row.ByMonth[i].add(e)
		}
	}
	row.settle()
	for i := range row.ByMonth {
		row.ByMonth[i].settle()
		moved := !same(totals[0].Values[i], totals[2].Values[i])
		row.Follows = row.Follows || moved && !row.Amended
	}
	return row, nil
}

func (f *Figures) add(e entry) {
	switch e.kind {
	case workflow.Supplement:
		f.Supplements += e.Amount
	case workflow.Reserve:
		f.Reserve += e.Amount
	default:
		f.Transfers += e.Amount
	}
}

// settle finds the difference. Less than half a cent is what additions in
// binary leave, and is none.
func (f *Figures) settle() {
	if f.Original == nil || f.Current == nil {
		return
	}
	difference := *f.Current - *f.Original - f.Transfers - f.Supplements - f.Reserve
	if math.Abs(difference) < halfCent {
		difference = 0
	}
	f.Difference = &difference
}

// problems says where an amended line is something else than its sealed number
// and its amendments.
func (row Row) problems(months []calendar.Month) problem.List {
	report := func(key, month string, f Figures) problem.List {
		return problem.List{{
			Kind: problem.Conflict, Pointer: document.Pointer("/budget/lines", string(row.Line)), Key: key,
			Args: problem.Args{
				"line": row.Code, "month": month, "original": number(f.Original), "current": number(f.Current),
				"amended": number(new(f.Transfers + f.Supplements + f.Reserve)), "difference": number(f.Difference),
			},
		}}
	}
	for i, f := range row.ByMonth {
		if f.unexplained() {
			return report("seal.difference", months[i].String(), f)
		}
	}
	if row.unexplained() {
		return report("seal.difference_total", "", row.Figures)
	}
	return nil
}

// unexplained reports whether the numbers are not what the entries make of
// them. A cell that failed when it was sealed and fails still is as it was, if
// nothing was added to it.
func (f Figures) unexplained() bool {
	if f.Difference == nil {
		return (f.Original == nil) != (f.Current == nil) || f.Transfers != 0 || f.Supplements != 0 || f.Reserve != 0
	}
	return *f.Difference != 0
}
