package planning

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"centerplan/budget/calendar"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// A Beginning says what a plan made from a template is to be called and when it
// runs. A zero member keeps what the template says.
type Beginning struct {
	Name, Center document.Text
	// Currency is that of a template without figures; prices are not converted.
	Currency string
	// Start is the first month, Months how many there are, FiscalStart the
	// number of the month in which fiscal years begin.
	Start               calendar.Month
	Months, FiscalStart int
}

// The years a plan can be begun in.
const earliestYear, latestYear = 2000, 2100

// Begin returns the template's document as a plan of its own; the template
// stays as it is. A template with figures is moved by whole years: every month
// and date in it goes along, and each month keeps what it had. It is Invalid,
// with pointers to the members of the Beginning, to move a template that holds
// days of a certain year (holidays, make-up workdays, history, actuals), to
// begin one with figures in another month of the year, and to change its length
// or its currency: what would come of it is no longer what the template claims.
func Begin(template document.Object, b Beginning) (document.Object, error) {
	if _, err := Read(template); err != nil {
		return nil, err
	}
	plan, _ := Plan{}.read(template)
	var faults problem.List
	refuse := func(pointer, key string, args problem.Args) {
		faults = append(faults, problem.Problem{Kind: problem.Invalid, Pointer: pointer, Key: key, Args: args})
	}
	axis := plan.Budget.Calendar
	figures := len(plan.Budget.Lines) > 0
	by := 0
	if b.Start != 0 {
		by = int(b.Start - axis.Start)
	}
	switch {
	case by == 0:
	case b.Start.Year() < earliestYear || b.Start.Year() > latestYear:
		refuse("/start", "planning.begin_year", problem.Args{
			"got": b.Start.String(), "from": strconv.Itoa(earliestYear), "to": strconv.Itoa(latestYear),
		})
	case dated(template, axis):
		refuse("/start", "planning.begin_dated", problem.Args{"start": axis.Start.String()})
	case figures && by%12 != 0:
		refuse("/start", "planning.begin_month", problem.Args{"month": strconv.Itoa(axis.Start.Number())})
	}
	if b.Months != 0 && b.Months != axis.Months && figures {
		refuse("/months", "planning.begin_months", problem.Args{"months": strconv.Itoa(axis.Months)})
	}
	if b.Currency != "" && b.Currency != plan.Currency && figures {
		refuse("/currency", "planning.begin_currency", problem.Args{"currency": plan.Currency})
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	made, _ := shifted(template, by).(document.Object)
	header := copied(made, "plan")
	if !b.Name.IsZero() {
		header["name"] = b.Name.Node()
	}
	if !b.Center.IsZero() {
		header["center"] = b.Center.Node()
	}
	if b.Currency != "" {
		header["currency"] = b.Currency
	}
	first := axis.Start.Add(by)
	header["id"] = string(idFor(b.Name.En, plan.ID, axis.Start, first))
	model := copied(made, "budget")
	times := copied(model, "calendar")
	times["start"] = first.String()
	if b.Months != 0 {
		times["months"] = float64(b.Months)
	}
	if b.FiscalStart != 0 {
		times["fiscal_start"] = calendar.Of(first.Year(), b.FiscalStart).String()
	}
	if _, err := Read(made); err != nil {
		return nil, err
	}
	return made, nil
}

// dated reports whether a template holds what belongs to its own year.
func dated(template document.Object, axis calendar.Calendar) bool {
	if len(axis.Holidays)+len(axis.Workdays) > 0 {
		return true
	}
	for _, part := range []string{"history", "actuals"} {
		if held, ok := template[part].(document.Object); ok && len(held) > 0 {
			return true
		}
	}
	return false
}

// shifted returns a copy of a node in which every month and date, as a value,
// as a name or in a formula, lies so many months later. Nothing else of a plan is
// written like one. A day that its new month does not have becomes the last of that month.
func shifted(node document.Node, by int) document.Node {
	switch node := node.(type) {
	case document.Object:
		moved := make(document.Object, len(node))
		for name, value := range node {
			moved[later(name, by)] = shifted(value, by)
		}
		return moved
	case []any:
		moved := make([]any, len(node))
		for i, value := range node {
			moved[i] = shifted(value, by)
		}
		return moved
	case string:
		return later(node, by)
	}
	return node
}

// quotedMonth is a month as formulas name one.
var quotedMonth = regexp.MustCompile(`"\d{4}-\d{2}"|'\d{4}-\d{2}'`)

// later returns a month or date so many months later, and a text with the
// months that it quotes.
func later(text string, by int) string {
	if month, ok := calendar.Parse(text); ok {
		return month.Add(by).String()
	}
	date, ok := calendar.ParseDate(text)
	if !ok {
		return quotedMonth.ReplaceAllStringFunc(text, func(quoted string) string {
			return quoted[:1] + later(quoted[1:len(quoted)-1], by) + quoted[len(quoted)-1:]
		})
	}
	month := date.Month().Add(by)
	return month.Date(min(date.Day(), month.Days())).String()
}

// copied returns the object under a name, in its place, made where there is
// none. What it is in is a copy already.
func copied(in document.Object, name string) document.Object {
	object, ok := in[name].(document.Object)
	if !ok {
		object = document.Object{}
		in[name] = object
	}
	return object
}

// idFor returns an id for a plan: the letters and digits of its English name, or
// the template's id, with the year it begins in.
func idFor(name string, template ID, was, is calendar.Month) ID {
	base := strings.TrimSuffix(string(template), "-"+strconv.Itoa(was.Year()))
	year := strconv.Itoa(is.Year())
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	words = slices.DeleteFunc(words, func(word string) bool { return word == year })
	if len(words) > 0 {
		base = strings.Join(words, "-")
	}
	return ID(strings.TrimRight(base[:min(len(base), 58)], "-") + "-" + year)
}
