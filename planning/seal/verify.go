package seal

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// A Verdict is what an examination of sealed bytes found: whether they are the
// bytes that were sealed, to the last one, and whether the engine that
// examines still finds the sealed numbers.
type Verdict struct {
	// BytesSame says that the bytes have the wanted hash. Without one it is
	// false: nothing says which bytes were sealed.
	BytesSame bool `json:"bytes_same"`
	// Hash is that of the bytes, WantHash the one that was sealed.
	Hash     string `json:"hash"`
	WantHash string `json:"want_hash"`
	// Recalculated says that every number of the sealed scenarios came out again,
	// within Tolerance.
	Recalculated bool `json:"recalculated"`
	// SealedBy and CheckedBy name the engines that reckoned then and now.
	SealedBy  string `json:"sealed_by"`
	CheckedBy string `json:"checked_by"`
	// First is the first number that came out differently, nil if none did.
	First *Difference `json:"first"`
	// Problems say why bytes could not be read; there is no recalculation then.
	Problems problem.List `json:"-"`
}

// Good reports whether both verdicts are good.
func (v Verdict) Good() bool { return v.BytesSame && v.Recalculated }

// Tolerance is how far a number may come out from the sealed one, as a share
// of the larger of the two.
const Tolerance = 1e-9

// nought is how far from zero a number is that an order of additions makes of
// zero.
const nought = 1e-12

// A Difference is a number that came out otherwise than it was sealed.
type Difference struct {
	Scenario scenarios.Code `json:"scenario"`
	Line     string         `json:"line"`
	// Pointer is the line's place in the document, empty if there is no such line.
	Pointer string `json:"-"`
	// Member names the members of the cell, none for a line without dimensions.
	Member []string `json:"member"`
	// Month is empty for the total over all members and months.
	Month string `json:"month"`
	// Sealed and Now are null where the cell failed or does not exist.
	Sealed *float64 `json:"sealed"`
	Now    *float64 `json:"now"`
}

// Place names the line with its members, as formulas pick them.
func (d Difference) Place() string {
	if len(d.Member) == 0 {
		return d.Line
	}
	return d.Line + "[" + strings.Join(d.Member, ", ") + "]"
}

// Verify examines sealed bytes: whether they have the wanted hash, which may
// be its short form, and whether the engine named finds the sealed numbers.
func Verify(text []byte, wantHash, engine string, sizer *capacity.Sizer) Verdict {
	v := Verdict{Hash: Hash(text), WantHash: wantHash, CheckedBy: engine}
	v.BytesSame = Matches(v.Hash, wantHash)
	sealed, err := Open(text)
	if err != nil {
		v.Problems = problem.Of(err)
		return v
	}
	v.SealedBy = sealed.Engine
	_, v.First, err = sealed.recalculate(sealed.Plan, sizer)
	v.Problems = problem.Of(err)
	v.Recalculated = err == nil && v.First == nil
	return v
}

// Outcomes evaluates the sealed scenarios for printing, and returns what finds
// the outcome of each. It returns a problem of kind Conflict that names the
// first difference if the engine named finds other numbers than those sealed,
// so that a sealed plan never shows any but its own; of the outcomes it
// returns, a scenario that was not sealed is a problem of kind NotFound.
func (s Sealed) Outcomes(engine string, sizer *capacity.Sizer) (func(scenarios.Code) (*scenarios.Outcome, error), error) {
	outcomes, first, err := s.recalculate(s.Plan, sizer)
	switch {
	case err != nil:
		return nil, err
	case first != nil:
		return nil, first.Problem(s.Engine, engine)
	}
	return func(code scenarios.Code) (*scenarios.Outcome, error) {
		if code == "" {
			code = scenarios.Base
		}
		if outcome, ok := outcomes[code]; ok {
			return outcome, nil
		}
		return nil, problem.Problem{Kind: problem.NotFound, Pointer: "/scenarios", Key: "seal.scenario_open", Args: problem.Args{
			"scenario": string(code), "sealed": listed(s.Scenarios),
		}}
	}, nil
}

// Problem says that a number came out differently, by the engines that
// reckoned then and now. It is of kind Conflict.
func (d Difference) Problem(sealedBy, engine string) problem.Problem {
	p := problem.Problem{Kind: problem.Conflict, Pointer: d.Pointer, Key: "seal.differs", Args: problem.Args{
		"scenario": string(d.Scenario), "line": d.Place(), "month": d.Month,
		"sealed": number(d.Sealed), "now": number(d.Now), "sealed_by": sealedBy, "engine": engine,
	}}
	if d.Month == "" {
		p.Key = "seal.differs_total"
	}
	return p
}

// number writes a number with all its digits, a dash where there is none.
func number(value *float64) string {
	if value == nil {
		return "–"
	}
	return strconv.FormatFloat(*value, 'f', -1, 64)
}

// Against evaluates another state of the plan and finds the first number of the
// sealed scenarios that differs from the sealed one, nil if none does. A
// scenario that is not there any more is a problem of kind NotFound.
func (s Sealed) Against(plan planning.Plan, sizer *capacity.Sizer) (*Difference, error) {
	_, first, err := s.recalculate(plan, sizer)
	return first, err
}

// recalculate evaluates the sealed scenarios of a plan and finds the first
// number that differs from the sealed one.
func (s Sealed) recalculate(plan planning.Plan, sizer *capacity.Sizer) (map[scenarios.Code]*scenarios.Outcome, *Difference, error) {
	book, outcomes := plan.Book(), map[scenarios.Code]*scenarios.Outcome{}
	var first *Difference
	for _, sealed := range s.Results {
		outcome, err := book.Evaluate(sealed.Scenario, sizer)
		if err != nil {
			return nil, nil, err
		}
		outcomes[sealed.Scenario] = outcome
		if first != nil {
			continue
		}
		if first, err = compare(sealed, outcome); err != nil {
			return nil, nil, err
		}
	}
	return outcomes, first, nil
}

// compare finds the first number that differs, by lines in display order,
// members and months, a line's total last.
func compare(sealed scenarios.Sheet, outcome *scenarios.Outcome) (*Difference, error) {
	now, err := outcome.Sheet(nil, scenarios.ByMonth)
	if err != nil {
		return nil, err
	}
	model := outcome.Model
	var codes []string
	for _, line := range model.Lines {
		codes = append(codes, line.Code)
	}
	for code := range sealed.Lines { // one the plan does not have
		if _, ok := model.ByCode(code); !ok {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes[len(model.Lines):])
	for _, code := range codes {
		line, _ := model.ByCode(code)
		d := compareLine(model, line, sealed.Lines[code], now.Lines[code])
		if d != nil {
			d.Scenario, d.Line = sealed.Scenario, code
			if line.ID != "" {
				d.Pointer = line.Pointer()
			}
			return d, nil
		}
	}
	return nil, nil
}

func compareLine(model budget.Model, line budget.Line, sealed, now scenarios.Column) *Difference {
	lanes, months := model.Lanes(line.By), model.Calendar.Months
	before, whole := rowsOf(model, line.By, sealed.Values, months)
	after, _ := rowsOf(model, line.By, now.Values, months)
	for lane, members := range lanes {
		for period := range months {
			if a, b := before[lane][period], after[lane][period]; !same(a, b) || !whole {
				return &Difference{
					Member: append([]string{}, members...), Month: model.Calendar.Month(period).String(), Sealed: a, Now: b,
				}
			}
		}
	}
	if !same(sealed.Total, now.Total) || sealed.Unit != now.Unit {
		return &Difference{Member: []string{}, Sealed: sealed.Total, Now: now.Total}
	}
	return nil
}

// same reports whether two numbers are the same within the tolerance; what has
// no number is the same as what has none.
func same(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= max(Tolerance*max(math.Abs(*a), math.Abs(*b)), nought)
}

// rowsOf returns a column's values by lane and month, as JSON or a sheet has
// them, and false if they are not of the shape that the line's dimensions give
// them; the cells that are not there are null.
func rowsOf(model budget.Model, by []string, values any, months int) ([][]*float64, bool) {
	if len(by) == 0 {
		row, ok := rowOf(values, months)
		return [][]*float64{row}, ok
	}
	members, ok := values.(map[string]any)
	dimension, _ := model.Dimension(by[0])
	whole := ok && len(members) == len(dimension.Members)
	var rows [][]*float64
	for _, member := range dimension.Members {
		own, ok := rowsOf(model, by[1:], members[member.Code], months)
		rows, whole = append(rows, own...), whole && ok
	}
	return rows, whole
}

func rowOf(values any, months int) ([]*float64, bool) {
	if row, ok := values.([]*float64); ok && len(row) == months {
		return row, true
	}
	row := make([]*float64, months)
	list, ok := values.([]any)
	ok = ok && len(list) == months
	for i := range min(len(list), months) {
		value, isNumber := list[i].(float64)
		if isNumber {
			row[i] = &value
		}
		ok = ok && (isNumber || list[i] == nil)
	}
	return row, ok
}
