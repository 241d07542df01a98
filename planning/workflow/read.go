package workflow

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// linkCovers divides the document among the five links.
var linkCovers = map[SectionID][]string{
	Positioning:   {"/method/strategy", "/method/positioning"},
	Retrospective: {"/method/findings"},
	Business:      {"/okr/objectives", "/okr/initiatives"},
	Budget:        {"/budget", "/history", "/scenarios"},
	Action:        {"/okr/milestones", "/okr/roles"},
}

// Links lists the sections of a plan that sets up none, in order.
func Links() []SectionID {
	return []SectionID{Positioning, Retrospective, Business, Budget, Action}
}

// coverable are the parts of a document that sections may cover. Actuals and
// comments go on whatever is approved, and the workflow is not its own subject.
var coverable = []string{"plan", "budget", "history", "scenarios", "method", "okr"}

// checkIns tell how the year goes. They are nobody's to approve, also where a
// section covers all of the goals.
const checkIns = "/okr/checkins"

var hashPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Read reads the section workflow of a document whose roles are given. Faults
// of shape and owners that are no role are recorded in the reader; the Model
// then holds what could be read. Whether lines, members and months exist is for
// package planning to say.
func Read(r document.Reader, roles okr.Model) Model {
	r.Fields("phase", "why_above", "amount", "sections", "steps", "seal", "amendments")
	const mostShare = 1000
	m := Model{
		Phase:    document.Choice(r.Field("phase"), Phases()),
		WhyAbove: r.Field("why_above").Between(0, mostShare, 0),
		Amount:   r.Field("amount").String(),
	}
	for _, entry := range r.Field("steps").Members() {
		m.Steps = append(m.Steps, readStep(entry))
	}
	if len(m.Steps) == 0 {
		m.Steps = []Step{{ID: Director, Role: Director}}
	}
	for _, entry := range r.Field("sections").Members() {
		m.Sections = append(m.Sections, m.readSection(entry, roles))
	}
	if len(m.Sections) == 0 {
		m.Sections = linkSections()
	}
	m.Seal = readSeal(r.Field("seal"))
	for _, entry := range r.Field("amendments").Members() {
		m.Amendments = append(m.Amendments, m.readAmendment(entry))
	}
	slices.SortStableFunc(m.Amendments, func(a, b Amendment) int { return cmp.Compare(a.Number, b.Number) })
	return m
}

// linkSections are the five links, each as nobody has begun it.
func linkSections() []Section {
	var sections []Section
	for _, id := range Links() {
		sections = append(sections, Section{ID: id, Covers: slices.Clone(linkCovers[id]), State: Open})
	}
	return sections
}

func readStep(e document.Entry) Step {
	e.Fields("rank", "name", "role", "from")
	return Step{
		ID:   StepID(e.Key),
		Name: e.Field("name").Text(),
		Role: e.Field("role").Require().OneOf(Director, Finance),
		From: e.Field("from").Between(0, math.MaxFloat64, 0),
	}
}

func (m Model) readSection(e document.Entry, roles okr.Model) Section {
	e.Fields("rank", "name", "covers", "owner", "deadline", "state", "handed_in", "returned", "approvals")
	s := Section{
		ID:        SectionID(e.Key),
		Name:      e.Field("name").Text(),
		Covers:    readCovers(e.Field("covers")),
		Owner:     okr.RoleID(e.Field("owner").String()),
		Deadline:  calendar.ReadDate(e.Field("deadline")),
		State:     document.Choice(e.Field("state"), States()),
		Approvals: m.readApprovals(e.Field("approvals")),
	}
	if !e.Field("covers").Present() {
		s.Covers = slices.Clone(linkCovers[s.ID])
	}
	if _, ok := roles.Role(s.Owner); !ok && s.Owner != "" {
		e.Field("owner").Fail("okr.unknown_role", problem.Args{"role": string(s.Owner)})
		s.Owner = ""
	}
	handedIn, returned := e.Field("handed_in"), e.Field("returned")
	if s.Closed() {
		handedIn.Require()
	}
	if s.State == Returned {
		returned.Require()
	}
	s.HandedIn, s.Returned = readMark(handedIn), readMark(returned)
	return s
}

// readCovers reads pointers to what a section holds, and refuses those to what
// none may hold or no plan has.
func readCovers(r document.Reader) []string {
	var covers []string
	for _, item := range r.Items() {
		pointer := item.String()
		parts, ok := document.Parts(pointer)
		if !ok || len(parts) == 0 || !slices.Contains(coverable, parts[0]) {
			item.Fail("workflow.cover", problem.Args{"pointer": pointer})
			continue
		}
		covers = append(covers, pointer)
	}
	return covers
}

// within reports whether a pointer names the place of the other or one below
// it.
func within(pointer, other string) bool {
	rest, ok := strings.CutPrefix(pointer, other)
	return ok && (rest == "" || rest[0] == '/')
}

// readMark reads who did something and when, nil where nobody did.
func readMark(r document.Reader) *Mark {
	if !r.Present() {
		return nil
	}
	r.Fields("who", "on", "note", "for")
	return &Mark{
		Who:  r.Field("who").Require().String(),
		On:   calendar.ReadDate(r.Field("on").Require()),
		Note: r.Field("note").String(),
		For:  r.Field("for").String(),
	}
}

// readApprovals reads marks by step, in the order of the steps. Those under a
// step that is gone stay, as records, behind the others.
func (m Model) readApprovals(r document.Reader) []Approval {
	var approvals []Approval
	for _, entry := range r.Members() {
		if mark := readMark(entry.Reader); mark != nil {
			approvals = append(approvals, Approval{Step: StepID(entry.Key), Mark: *mark})
		}
	}
	place := func(id StepID) int {
		index := slices.IndexFunc(m.Steps, func(s Step) bool { return s.ID == id })
		if index < 0 {
			return len(m.Steps)
		}
		return index
	}
	slices.SortStableFunc(approvals, func(a, b Approval) int { return cmp.Compare(place(a.Step), place(b.Step)) })
	return approvals
}

func readSeal(r document.Reader) *Seal {
	if !r.Present() {
		return nil
	}
	r.Fields("rev", "hash", "who", "on", "engine", "scenarios")
	const mostRevs = 1 << 53
	seal := &Seal{
		Rev:       int(r.Field("rev").Require().Between(0, mostRevs, 0)),
		Hash:      r.Field("hash").Require().String(),
		Who:       r.Field("who").Require().String(),
		On:        calendar.ReadDate(r.Field("on").Require()),
		Engine:    r.Field("engine").String(),
		Scenarios: r.Field("scenarios").Strings(),
	}
	if seal.Hash != "" && !hashPattern.MatchString(seal.Hash) {
		r.Field("hash").Fail("workflow.hash", nil)
	}
	return seal
}

func (m Model) readAmendment(e document.Entry) Amendment {
	e.Fields("number", "kind", "name", "reason", "entries", "state", "proposed", "approvals", "closed")
	const mostNumber = 1_000_000
	number := e.Field("number").Require().Between(1, mostNumber, 0)
	a := Amendment{
		Number:    int(number),
		Kind:      document.Choice(e.Field("kind").Require(), AmendmentKinds()),
		Name:      e.Field("name").Text(),
		Reason:    e.Field("reason").String(),
		State:     document.Choice(e.Field("state"), AmendmentStates()),
		Approvals: m.readApprovals(e.Field("approvals")),
		Closed:    readMark(e.Field("closed")),
	}
	if e.Field("number").Present() && e.Key != strconv.FormatFloat(number, 'f', -1, 64) {
		e.Field("number").Fail("workflow.amendment_number", problem.Args{"key": e.Key})
	}
	if mark := readMark(e.Field("proposed").Require()); mark != nil {
		a.Proposed = *mark
	}
	if a.State == Rejected || a.State == Withdrawn {
		e.Field("closed").Require()
	}
	for _, entry := range e.Field("entries").Members() {
		a.Entries = append(a.Entries, readEntry(entry))
	}
	return a
}

func readEntry(e document.Entry) Entry {
	e.Fields("line", "member", "month", "amount")
	entry := Entry{
		ID:     e.Key,
		Line:   budget.LineID(e.Field("line").Require().String()),
		Month:  calendar.ReadMonth(e.Field("month").Require()),
		Amount: e.Field("amount").Require().Number(0),
	}
	for _, member := range e.Field("member").Members() {
		if entry.Member == nil {
			entry.Member = map[string]string{}
		}
		entry.Member[member.Key] = member.String()
	}
	return entry
}
