package method

import (
	"strconv"

	"centerplan/okr"
	"centerplan/planning/document"
	"centerplan/planning/problem"
)

// Read reads the section method of a document whose goals are given.
// Faults of shape, and ids that name no objective or initiative, are recorded in the
// reader; the Model then holds what could be read.
func Read(r document.Reader, goals okr.Model) Model {
	r.Fields("strategy", "positioning", "findings")
	m := Model{
		Strategy:    readStrategy(r.Field("strategy")),
		Positioning: readPositioning(r.Field("positioning"), goals),
	}
	for _, entry := range r.Field("findings").Members() {
		m.Findings = append(m.Findings, readFinding(entry, goals))
	}
	return m
}

func readStrategy(r document.Reader) Strategy {
	r.Fields("values", "vision", "mission", "goals")
	s := Strategy{
		Values:  r.Field("values").Text(),
		Vision:  r.Field("vision").Text(),
		Mission: r.Field("mission").Text(),
	}
	for _, e := range r.Field("goals").Members() {
		e.Fields("code", "rank", "group", "text")
		s.Goals = append(s.Goals, Goal{
			ID:    GoalID(e.Key),
			Code:  code(e),
			Group: document.Choice(e.Field("group"), okr.Groups()),
			Text:  e.Field("text").Text(),
		})
	}
	return s
}

func readPositioning(r document.Reader, goals okr.Model) Positioning {
	r.Fields("statement", "note", "layers")
	p := Positioning{Statement: r.Field("statement").Text(), Note: r.Field("note").Text()}
	for _, e := range r.Field("layers").Members() {
		e.Fields("code", "rank", "name", "today", "target", "note", "objective")
		p.Layers = append(p.Layers, Layer{
			ID:     LayerID(e.Key),
			Code:   code(e),
			Name:   e.Field("name").Text(),
			Today:  e.Field("today").Between(0, 1, 0),
			Target: e.Field("target").Between(0, 1, 0),
			Note:   e.Field("note").Text(),

			Objective: readObjective(e.Field("objective"), goals),
		})
	}
	return p
}

func readFinding(e document.Entry, goals okr.Model) Finding {
	e.Fields("code", "rank", "party", "statement", "evidence", "effect", "decision", "severity", "objective",
		"initiative", "refused")
	return Finding{
		ID:         FindingID(e.Key),
		Code:       code(e),
		Party:      document.Choice(e.Field("party"), Parties()),
		Statement:  e.Field("statement").Text(),
		Evidence:   e.Field("evidence").Text(),
		Effect:     Effect(e.Field("effect").OneOf(string(Gain), string(Loss))),
		Decision:   Decision(e.Field("decision").OneOf("", string(Continue), string(Breakthrough), string(Stop))),
		Severity:   readSeverity(e.Field("severity")),
		Objective:  readObjective(e.Field("objective"), goals),
		Initiative: readInitiative(e.Field("initiative"), goals),
		Refused:    e.Field("refused").Text(),
	}
}

func readObjective(r document.Reader, goals okr.Model) okr.ObjectiveID {
	id := okr.ObjectiveID(r.String())
	if _, ok := goals.Objective(id); !ok && id != "" {
		r.Fail("method.unknown_objective", problem.Args{"objective": string(id)})
		return ""
	}
	return id
}

func readInitiative(r document.Reader, goals okr.Model) okr.InitiativeID {
	id := okr.InitiativeID(r.String())
	if _, ok := goals.Initiative(id); !ok && id != "" {
		r.Fail("method.unknown_initiative", problem.Args{"initiative": string(id)})
		return ""
	}
	return id
}

func readSeverity(r document.Reader) int {
	const least, most, usual = 1, 5, 3
	number := r.Between(least, most, usual)
	severity := int(number)
	if float64(severity) != number {
		r.Fail("method.severity_whole", problem.Args{"got": strconv.FormatFloat(number, 'g', -1, 64)})
	}
	return severity
}

// code reads a thing's code; one without has its key for a code.
func code(e document.Entry) string {
	if text := e.Field("code").String(); text != "" {
		return text
	}
	return e.Key
}
