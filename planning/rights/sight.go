package rights

import (
	"maps"
	"slices"
	"sync"

	"centerplan/budget"
	"centerplan/budget/formula"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/scenarios"
)

// A Sight is what one person may see and change of one plan at one revision. It
// is immutable, apart from what is worked out when first asked for, and safe for
// concurrent use.
type Sight struct {
	who    Person
	roles  []Role
	leads  []Grant
	center string
	doc    document.Node
	plan   planning.Plan
	// secrets and veil are nil for those who see everything.
	secrets  *secrets
	veil     *formula.Veil
	hidden   []string
	withheld []string
	redacted func() redaction
	read     func() planning.Plan
	// secret has the hidden lines and all that rest on them.
	secret func() map[string]bool
}

// A redaction is a document without what is hidden, and what that is.
type redaction struct {
	doc   document.Node
	taken []string
}

// Of works out what the person may see of the plan, whose document, model and
// book are given and belong together. For holders it costs nothing.
func Of(who Person, doc document.Node, plan planning.Plan, book *scenarios.Book, ever Ever) *Sight {
	center := CenterOf(doc)
	s := &Sight{who: who, roles: RolesIn(who, center), center: center, doc: doc, plan: plan}
	if s.Whole() {
		return s
	}
	for _, grant := range who.in(center) {
		if grant.Role == Lead {
			s.leads = append(s.leads, grant)
		}
	}
	s.secrets = &secrets{doc: doc, lines: sensitiveIn(doc), ever: maps.Clone(ever)} // ever grows with the plan
	s.veil = s.secrets.close(plan, book, s.leads)
	for _, line := range plan.Budget.Lines {
		if s.veil.Closed[line.Code] {
			s.hidden = append(s.hidden, line.Code)
		}
		if !s.veil.Shown[line.Code] {
			s.withheld = append(s.withheld, line.Code)
		}
	}
	s.redacted = sync.OnceValue(func() redaction {
		seen, taken := s.secrets.redact(nil, doc)
		return redaction{seen, taken}
	})
	s.read = sync.OnceValue(s.readPlan)
	s.secret = sync.OnceValue(s.restsOnHidden(book))
	if !s.Reads() {
		s.veil = &formula.Veil{Closed: s.veil.Closed}
		s.withheld = codesOf(plan.Budget.Lines)
		s.redacted = func() redaction { return redaction{} }
		s.read = func() planning.Plan { return planning.Plan{} }
	}
	return s
}

// readPlan reads the plan from what of the document is seen. That it can be
// read is tested; if it could not, nothing would be seen but its name.
func (s *Sight) readPlan() planning.Plan {
	plan, err := planning.Read(s.redacted().doc)
	if err != nil {
		return planning.Plan{ID: s.plan.ID, Name: s.plan.Name, Center: s.plan.Center, Currency: s.plan.Currency}
	}
	return plan
}

func codesOf(lines []budget.Line) []string {
	codes := make([]string, len(lines))
	for i, line := range lines {
		codes[i] = line.Code
	}
	return codes
}

// Roles returns the person's roles in the plan's center.
func (s *Sight) Roles() []Role { return slices.Clone(s.roles) }

// Reads reports whether the person may see the plan at all.
func (s *Sight) Reads() bool { return len(s.roles) > 0 }

// Whole reports whether the person sees everything.
func (s *Sight) Whole() bool { return s.May(SeeingPay) }

// May reports whether the person may try an action.
func (s *Sight) May(action Action) bool {
	return slices.ContainsFunc(may[action], func(role Role) bool { return slices.Contains(s.roles, role) })
}

// Document returns the plan's document without what is hidden: nil for one who
// may not see the plan. It is shared and must not be changed.
func (s *Sight) Document() document.Node {
	if s.Whole() {
		return s.doc
	}
	return s.redacted().doc
}

// Plan returns the plan as read from Document: the zero Plan for one who may not
// see it. Its hidden formula lines look like inputs without values; results come
// from Outcome, never from a book of this plan.
func (s *Sight) Plan() planning.Plan {
	if s.Whole() {
		return s.plan
	}
	return s.read()
}

// Outcome returns a scenario's outcome as the person may see it. Cells and
// totals of withheld lines fail with the key "rights.withheld", all others are
// what they are, to the bit; model, scenario and changes are those of Plan. The
// outcome is one of the book that the Sight was made of.
func (s *Sight) Outcome(o *scenarios.Outcome) *scenarios.Outcome {
	if s.Whole() {
		return o
	}
	plan := s.read()
	return o.Behind(s.veil, plan.Budget, plan.Scenarios)
}

// Hidden returns the codes of the lines whose definition is hidden: values,
// formula, opening and note. They come in display order.
func (s *Sight) Hidden() []string { return slices.Clone(s.hidden) }

// Withheld returns the codes of the lines whose results are withheld, in display
// order.
func (s *Sight) Withheld() []string { return slices.Clone(s.withheld) }
