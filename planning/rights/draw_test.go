package rights_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"centerplan/planning/document"
	"centerplan/planning/rights"
)

// object saves ink.
type object = document.Object

var drawnMonths = []string{"2027-01", "2027-02", "2027-03", "2027-04"}

// pasts are months before the plan.
var pasts = []string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-12"}

// A drawing is a plan at will.
type drawing struct {
	t     *rapid.T
	lines object
	// ids, codes and byTeam are of the lines so far, in order.
	ids, codes []string
	byTeam     []bool
}

func (d *drawing) flag(name string) bool { return rapid.IntRange(0, 3).Draw(d.t, name) == 0 }

func (d *drawing) number(name string) float64 {
	return float64(rapid.IntRange(-4, 40).Draw(d.t, name)) / 4
}

// decimal writes a number with a point, by which the test finds it in a formula.
func (d *drawing) decimal(name string) string {
	return strconv.FormatFloat(float64(rapid.IntRange(1, 40).Draw(d.t, name))/4, 'f', 2, 64)
}

// months draws cells; some are missing.
func (d *drawing) months(of []string) object {
	cells := object{}
	for _, month := range of {
		if rapid.IntRange(0, 7).Draw(d.t, "missing") > 0 {
			cells[month] = d.number("cell")
		}
	}
	return cells
}

// cells draws cells of a line by team or without.
func (d *drawing) cells(byTeam bool, of []string) object {
	if !byTeam {
		return d.months(of)
	}
	return object{"a": d.months(of), "b": d.months(of)}
}

// drawDocument draws a plan: lines that read each other in every way the model
// has, marked sensitive and released at will, with scenarios, levers,
// initiatives, actuals, history, key results and comments.
func drawDocument(t *rapid.T) object {
	d := &drawing{t: t, lines: object{}}
	n := rapid.IntRange(3, 9).Draw(t, "lines")
	for i := range n {
		d.line(i)
	}
	return object{
		"centerplan": 1.0,
		"plan":       object{"id": "drawn", "center": "north"},
		"budget": object{
			"calendar":   object{"start": drawnMonths[0], "months": float64(len(drawnMonths)), "days": "typical"},
			"dimensions": object{"team": object{"members": object{"a": object{"code": "alpha"}, "b": object{}}}},
			"lines":      d.lines,
			"levers":     object{"pull": object{"changes": d.changes(true)}, "left": object{"changes": d.changes(true)}},
			"staffing": object{"desk": object{
				"interval_min": 60.0, "profile": object{"weekday": slices.Repeat([]any{1.0}, 24), "weekend": slices.Repeat([]any{1.0}, 24)},
				"target": 0.8, "within_s": 20.0, "shrinkage": d.some(),
			}},
			"hiring":        object{"crew": object{"opening": d.some(), "attrition": 0.05, "required": d.some()}},
			"prices":        object{"tariff": object{"tiers": []any{object{"price": d.some()}, object{"from": 3.0, "price": 0.5}}}},
			"contributions": object{"city": object{"items": object{"old": object{"rate": 0.1, "floor": d.some()}}}},
		},
		"history": d.section(pasts), "actuals": d.section(drawnMonths[:2]),
		"scenarios": object{
			"base":   object{"changes": d.changes(true), "cells": d.section(drawnMonths[:1])},
			"growth": object{"levers": []any{"pull"}, "changes": d.changes(true), "cells": d.section(drawnMonths)},
			"deep":   object{"parent": "growth", "actuals_through": "2027-02", "initiatives": object{"idea": "2027-02"}},
		},
		"okr":      d.goals(),
		"workflow": object{"amendments": object{"1": d.amendment(1), "2": d.amendment(2)}},
		"comments": d.comments(),
	}
}

// some draws a line's code.
func (d *drawing) some() string { return rapid.SampledFrom(d.codes).Draw(d.t, "line of a part") }

// line draws a line that reads some before it.
func (d *drawing) line(i int) {
	id := fmt.Sprintf("l%c", 'a'+i)
	code, byTeam := id, rapid.Bool().Draw(d.t, "by team")
	line := object{"rank": fmt.Sprintf("%02d", i)}
	if d.flag("other code") {
		code = "x" + id
		line["code"] = code
	}
	if byTeam {
		line["by"] = []any{"team"}
	}
	if d.flag("sensitive") {
		line["sensitive"], line["note"] = true, object{"en": "pay 1.25"}
	}
	if d.flag("released") {
		line["released"] = true
	}
	line["empty"] = rapid.SampledFrom([]string{"error", "zero", "hold"}).Draw(d.t, "empty")
	if d.flag("owned") {
		line["owner"] = "ops"
	}
	if d.flag("opening") {
		line["opening"] = d.number("opening")
	}
	isFormula := i > 1 && rapid.IntRange(0, 3).Draw(d.t, "input") > 0
	if isFormula {
		line["formula"] = d.formula(code, byTeam)
	} else {
		line["values"] = d.cells(byTeam, drawnMonths)
	}
	if rollup := d.rollup(isFormula); rollup != "" {
		line["rollup"] = rollup
	}
	d.lines[id] = line
	d.ids, d.codes, d.byTeam = append(d.ids, id), append(d.codes, code), append(d.byTeam, byTeam)
}

func (d *drawing) rollup(isFormula bool) string {
	kinds := []string{"", "sum", "average", "last", "first", "min", "max"}
	if isFormula {
		kinds = append(kinds, "formula", "formula")
	}
	for _, code := range d.codes {
		kinds = append(kinds, "weighted("+code+")")
	}
	return rapid.SampledFrom(kinds).Draw(d.t, "rollup")
}

// read draws a line above, reduced where the reader has fewer dimensions.
func (d *drawing) read(byTeam bool) string {
	i := rapid.IntRange(0, len(d.codes)-1).Draw(d.t, "read")
	if d.byTeam[i] && !byTeam {
		return fmt.Sprintf(rapid.SampledFrom([]string{"sum(%s)", `%s["alpha"]`, "highest(%s)"}).Draw(d.t, "reduction"), d.codes[i])
	}
	return d.codes[i]
}

// forms are the formulas drawn: x, y and z are lines above, k is a number, s
// the line itself.
var forms = []string{
	"x + y", "x * k", "x / y", "x - y * k", "prev(x) + k", "prev(s) * k + x", "otherwise(x / y, k)", "last_year(x) + y",
	"cumulate(x)", "x > y ? z : k", "let v = x; v * v", "x * live(\"go\")", "live(\"go\") * k", "year_total(x)", "share(x)",
	`tiered(x, "tariff", "slab")`, `tiered(k, "tariff", "graduated")`, `employer_contributions(x, "city")`,
	`paid_headcount("crew")`, `gap("crew")`, `required_fte(k, 60, "desk")`, "ceil(x)", "max(x, y, k)", "next(x)", "x + ytd(y)",
	"depreciate(x, 2)", "npv(0.1, x)", "if x > k { y } else { z }", "x / (y - k)",
}

func (d *drawing) formula(code string, byTeam bool) string {
	form := rapid.SampledFrom(forms).Draw(d.t, "form")
	var text strings.Builder
	for _, piece := range pieces.FindAllString(form, -1) {
		switch piece {
		case "x", "y", "z":
			text.WriteString(d.read(byTeam))
		case "k":
			text.WriteString(d.decimal("k"))
		case "s":
			text.WriteString(code)
		default:
			text.WriteString(piece)
		}
	}
	return text.String()
}

var pieces = regexp.MustCompile(`"[^"]*"|[a-z_]+|[^a-z_"]`)

// changes draws changes on some lines.
func (d *drawing) changes(formulas bool) object {
	all := object{}
	for i := range rapid.IntRange(0, 3).Draw(d.t, "changes") {
		at := rapid.IntRange(0, len(d.ids)-1).Draw(d.t, "changed")
		change := object{"line": d.ids[at], "rank": strconv.Itoa(i)}
		kinds := []string{"set", "scale", "add"}
		if formulas {
			kinds = append(kinds, "formula")
		}
		switch kind := rapid.SampledFrom(kinds).Draw(d.t, "kind"); kind {
		case "formula":
			change[kind] = d.formulaAbove(at)
		default:
			change[kind] = d.number("by")
			if d.byTeam[at] && d.flag("one member") {
				change["member"] = object{"team": "a"}
			}
			if d.flag("from") {
				change["from"] = "2027-02"
			}
		}
		all["c"+strconv.Itoa(i)] = change
	}
	return all
}

// formulaAbove draws a formula for a line that reads lines above it.
func (d *drawing) formulaAbove(at int) string {
	if at == 0 {
		return d.decimal("k")
	}
	above := &drawing{t: d.t, codes: d.codes[:at], byTeam: d.byTeam[:at]}
	return above.formula(d.codes[at], d.byTeam[at])
}

// section draws cells of some lines, as actuals, history and scenarios have them.
func (d *drawing) section(of []string) object {
	all := object{}
	for i, id := range d.ids {
		if d.flag("in section") {
			all[id] = d.cells(d.byTeam[i], of)
		}
	}
	return all
}

func (d *drawing) goals() object {
	results := object{}
	for i := range 3 {
		results["k"+strconv.Itoa(i)] = object{
			"line": d.some(), "baseline": d.number("baseline"), "target": d.number("target"),
		}
	}
	told := object{"m": object{"of": "/okr/milestones/m", "day": "2027-01-31", "confidence": 2.0}}
	for i := range 3 {
		told["t"+strconv.Itoa(i)] = object{
			"of": "/okr/objectives/o/key_results/k" + strconv.Itoa(i), "day": "2027-01-31", "value": d.number("measured"), "note": "at 7.25",
		}
	}
	return object{
		"checkins":   told,
		"roles":      object{"ops": object{}, "boss": object{}},
		"objectives": object{"o": object{"owner": "ops", "weight": 1.0, "key_results": results}},
		"milestones": object{"m": object{"owner": "boss", "deputy": "ops", "due": "2027-02-10", "objective": "o"}},
		"initiatives": object{
			"go":   object{"owner": "boss", "status": "approved", "milestone": "m", "changes": d.changes(false)},
			"idea": object{"owner": "boss", "status": "idea", "go_live": "2027-03", "changes": d.changes(false)},
		},
	}
}

func (d *drawing) amendment(number int) object {
	entries := object{}
	for i := range 2 {
		at := rapid.IntRange(0, len(d.ids)-1).Draw(d.t, "amended")
		entry := object{"line": d.ids[at], "month": "2027-02", "amount": d.number("amount")}
		if d.byTeam[at] {
			entry["member"] = object{"team": "a"}
		}
		entries["e"+strconv.Itoa(i)] = entry
	}
	return object{
		"number": float64(number), "kind": "transfer", "name": object{"en": "Move"}, "reason": "needs 3.25", "state": "proposed",
		"proposed": object{"who": "x", "on": "2027-01-02"}, "entries": entries,
	}
}

func (d *drawing) comments() object {
	all := object{}
	for i, id := range d.ids {
		all["n"+strconv.Itoa(i)] = object{"on": "/budget/lines/" + id + "/values/2027-01", "text": "see 12.50", "who": "x", "day": "2027-01-02"}
	}
	return all
}

// sensitiveIDs lists the lines that are closed by what the document and ever say.
func sensitiveIDs(doc object, ever rights.Ever) []string {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(linesOf(doc))) {
		if lineOf(doc, id)["sensitive"] == true || ever[lineID(id)] {
			ids = append(ids, id)
		}
	}
	return ids
}
