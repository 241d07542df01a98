package report

import (
	"slices"
	"strconv"

	"centerplan/budget/calendar"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/format"
)

// An Input is everything a report is made of.
type Input struct {
	Plan planning.Plan
	// Scenario is the one whose budget is printed; empty is base.
	Scenario scenarios.Code
	// Compare lists the scenarios set beside each other; none means all that are
	// not archived.
	Compare []scenarios.Code
	// Outcome evaluates a scenario of the plan.
	Outcome func(scenarios.Code) (*scenarios.Outcome, error)
	// Bridge leads from a line's total in one scenario to that in another, as far
	// as the reader may see; nil leaves bridges out.
	Bridge func(from, to scenarios.Code, line string) (scenarios.Bridge, error)
	// Hidden are the codes of lines whose values and formula the reader may not
	// see. The plan given lacks them.
	Hidden []string
	// Problems are the plan's open points.
	Problems problem.List
	Locale   document.Locale
	// Say returns the message of a key in the report's language.
	Say func(key string, args problem.Args) string
	// Date is the day on the cover; none is printed if it is zero.
	Date calendar.Date
	// Rev is the plan's revision, 0 for a file that has none.
	Rev int64
	// Engine names the program and its version.
	Engine string
	// Seal is the seal of the plan printed, nil if it is not sealed.
	Seal *SealMark
}

// Build returns the plan's report. A scenario the plan does not have is a
// problem of kind NotFound.
func Build(in Input) (Document, error) {
	w := &writer{Input: in, plan: in.Plan, model: in.Plan.Budget, whole: map[string]bool{}}
	if err := w.evaluate(); err != nil {
		return Document{}, err
	}
	w.keys = keyLinesOf(w.model, w.main.Results)
	if err := w.makeBridges(); err != nil {
		return Document{}, err
	}
	doc := Document{
		Title: w.text(w.plan.Name.Or(string(w.plan.ID))), Language: in.Locale,
		Cover: w.cover(), Words: w.words(),
	}
	if !in.Date.IsZero() {
		doc.Date = in.Date.String()
	}
	for _, chapter := range []Chapter{
		w.summary(), w.strategy(), w.positioning(), w.findings(), w.volume(), w.months(), w.accounts(),
		w.comparison(), w.objectives(), w.milestones(), w.openPoints(), w.lines(), w.basis(),
	} {
		if len(chapter.Blocks) > 0 {
			doc.Chapters = append(doc.Chapters, chapter)
		}
	}
	return doc, nil
}

// A writer makes the parts of one report.
type writer struct {
	Input
	plan  planning.Plan
	model modelOf
	// main is the scenario printed, base the one others are measured against.
	main, base *scenarios.Outcome
	// beside are the scenarios compared, base first, then in the plan's order.
	beside []*scenarios.Outcome
	keys   keyLines
	// bridged are the scenarios with what leads to them from base, unbridged
	// those of which that would take too long.
	bridged   []bridged
	unbridged []*scenarios.Outcome
	whole     map[string]bool // by line: whether its numbers are whole
}

// evaluate asks for the scenarios the report needs, each once.
func (w *writer) evaluate() error {
	seen := map[scenarios.Code]*scenarios.Outcome{}
	get := func(code scenarios.Code) (*scenarios.Outcome, error) {
		if code == "" {
			code = scenarios.Base
		}
		if seen[code] == nil {
			outcome, err := w.Outcome(code)
			if err != nil {
				return nil, err
			}
			seen[code] = outcome
		}
		return seen[code], nil
	}
	var err error
	if w.base, err = get(scenarios.Base); err != nil {
		return err
	}
	if w.main, err = get(w.Scenario); err != nil {
		return err
	}
	w.beside = []*scenarios.Outcome{w.base}
	for _, s := range w.plan.Scenarios {
		if !w.compares(s) && s.Code != w.main.Scenario.Code {
			continue
		}
		outcome, err := get(s.Code)
		if err != nil {
			return err
		}
		if outcome != w.base {
			w.beside = append(w.beside, outcome)
		}
	}
	for _, code := range w.Compare { // one that the plan does not have is refused
		if _, err := get(code); err != nil {
			return err
		}
	}
	return nil
}

// compares reports whether a scenario is set beside the others: one that was
// asked for, or any that is not archived where none was.
func (w *writer) compares(s scenarios.Scenario) bool {
	if len(w.Compare) > 0 {
		return slices.Contains(w.Compare, s.Code)
	}
	return !s.Archived
}

// say returns a message; the arguments alternate name and value.
func (w *writer) say(key string, args ...string) string {
	named := problem.Args{}
	for i := 0; i+1 < len(args); i += 2 {
		named[args[i]] = args[i+1]
	}
	return w.Say(key, named)
}

// text returns a text in the report's language, marked if it had to be taken
// from the other.
func (w *writer) text(t document.Text) string {
	text, borrowed := t.In(w.Locale)
	if borrowed {
		return w.say("report.borrowed", "text", text)
	}
	return text
}

// period returns the plan's months as people write them.
func (w *writer) period() string {
	first, last := w.model.Calendar.Month(0), w.model.Calendar.Month(w.model.Calendar.Months-1)
	return w.say("report.from_to", "from", format.MonthYear(first, w.Locale), "to", format.MonthYear(last, w.Locale))
}

// years returns the plan's year, or its first and last.
func (w *writer) years() string {
	first, last := w.model.Calendar.FiscalYear(0), w.model.Calendar.FiscalYear(w.model.Calendar.Months-1)
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

func (w *writer) scenario(o *scenarios.Outcome) string { return w.text(o.Scenario.Title()) }

func (w *writer) cover() Cover {
	c := Cover{
		Over: w.say("report.kind"), Title: w.text(w.plan.Name.Or(string(w.plan.ID))), Year: w.years(),
		Classification: w.say("report.classification"),
	}
	add := func(key, value string) {
		if value != "" {
			c.Facts = append(c.Facts, Fact{Name: w.say(key), Value: value})
		}
	}
	add("report.fact.center", w.text(w.plan.Center))
	add("report.fact.period", w.period())
	add("report.fact.scenario", w.scenario(w.main))
	if w.Rev > 0 {
		add("report.fact.revision", strconv.FormatInt(w.Rev, 10))
	}
	if !w.Date.IsZero() {
		add("report.fact.date", format.Date(w.Date, w.Locale))
	}
	w.sealFacts(add)
	if series, ok := w.main.Results.Series(w.keys.volume); ok && w.keys.volume != "" {
		c.Motif = w.monthly(series)
	}
	return c
}

func (w *writer) words() Words {
	name := w.text(w.plan.Name.Or(string(w.plan.ID)))
	footer := w.say("report.footer", "scenario", w.scenario(w.main))
	if w.Rev > 0 {
		footer = w.say("report.footer_rev", "scenario", w.scenario(w.main), "rev", strconv.FormatInt(w.Rev, 10))
	}
	return Words{
		Contents: w.say("report.contents"), Continued: w.say("report.continued"), Page: w.pageWords(),
		Header: name, Footer: footer, Missing: w.say("report.missing_glyphs"),
	}
}

// chapter returns an empty chapter with its title and lead from the catalogues.
func (w *writer) chapter(name string, args ...string) Chapter {
	return Chapter{
		Anchor: name, Title: w.say("report.chapter." + name), Lead: w.say("report.lead."+name, args...),
	}
}

func (c *Chapter) add(b ...Block) { c.Blocks = append(c.Blocks, b...) }

func paragraph(text string, style Style) Block {
	return Block{Paragraph: &Paragraph{Text: text, Style: style}}
}

func heading(text string, level int) Block { return Block{Heading: &Heading{Text: text, Level: level}} }
