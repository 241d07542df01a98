package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"testing"
	"time"
)

// A demoPerson is one of the demo's people at work on a plan.
type demoPerson struct {
	*testing.T
	client  http.Client
	who     string
	address string
	calls   int
}

// as signs in as one of the demo's people.
func (s *server) as(id string) *demoPerson {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	p := &demoPerson{T: s.t, who: id, client: http.Client{Jar: jar, Timeout: time.Minute}, address: s.address + "/api/v1"}
	p.send("POST", "/session", map[string]any{"id": id}, nil)
	return p
}

// send makes a request that must succeed.
func (p *demoPerson) send(method, path string, body map[string]any, out any) {
	p.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		p.Fatal(err)
	}
	request, err := http.NewRequest(method, p.address+path, bytes.NewReader(text))
	if err != nil {
		p.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := p.client.Do(request)
	if err != nil {
		p.Fatal(err)
	}
	defer answer.Body.Close()
	told, err := io.ReadAll(answer.Body)
	if err != nil {
		p.Fatal(err)
	}
	if answer.StatusCode >= http.StatusBadRequest {
		p.Fatalf("%s %s: %s %s", method, path, answer.Status, told)
	}
	if out != nil {
		if err := json.Unmarshal(told, out); err != nil {
			p.Fatal(err)
		}
	}
}

// act does a step of the workflow of a plan.
func (p *demoPerson) act(plan, kind, section string) {
	p.Helper()
	p.calls++
	p.send("POST", "/plans/"+plan+"/workflow", map[string]any{
		"op_id": fmt.Sprint(p.who, kind, section, p.calls), "kind": kind, "section": section,
	}, nil)
}

// TestTheDemosPeopleSealItsPlans: lead, finance and director bring each sample
// from draft to its seal, and nobody needs to set anything up.
func TestTheDemosPeopleSealItsPlans(t *testing.T) {
	s := start(t, filepath.Join(t.TempDir(), "demo.db"))
	lead, finance, director := s.as("lead"), s.as("finance"), s.as("director")
	for _, plan := range []string{"telecom-2027", "twocity-2027"} {
		for _, section := range []string{"positioning", "retrospective", "business", "budget", "action"} {
			lead.act(plan, "hand_in", section)
			finance.act(plan, "approve", section)
			director.act(plan, "approve", section)
		}
		director.send("POST", "/plans/"+plan+"/seal", map[string]any{
			"op_id": "seal", "why": "agreed", "scenarios": []string{"base"},
		}, nil)
		var state struct {
			Sealed *struct{ Short string } `json:"sealed"`
		}
		director.send("GET", "/plans/"+plan+"/seal", nil, &state)
		if state.Sealed == nil || state.Sealed.Short == "" {
			t.Errorf("%s is not sealed: %+v", plan, state)
		}
	}
}

// TestTheDemosLeadHasSomethingToDo: in both samples the lead's position owns a
// milestone, an objective with its key results, lines and a section.
func TestTheDemosLeadHasSomethingToDo(t *testing.T) {
	lead := start(t, filepath.Join(t.TempDir(), "demo.db")).as("lead")
	for _, plan := range []string{"telecom-2027", "twocity-2027"} {
		var told struct {
			Access   struct{ Positions, Lines []string }
			Document struct {
				OKR struct {
					Milestones map[string]struct{ Owner string }
					Objectives map[string]struct{ Owner string }
				}
				Workflow struct {
					Sections map[string]struct{ Owner string }
				}
			}
		}
		lead.send("GET", "/plans/"+plan, nil, &told)
		if len(told.Access.Positions) != 1 || len(told.Access.Lines) == 0 {
			t.Fatalf("%s: the lead holds %v and owns the lines %v", plan, told.Access.Positions, told.Access.Lines)
		}
		mine, milestones, objectives, sections := told.Access.Positions[0], 0, 0, 0
		for _, milestone := range told.Document.OKR.Milestones {
			if milestone.Owner == mine {
				milestones++
			}
		}
		for _, objective := range told.Document.OKR.Objectives {
			if objective.Owner == mine {
				objectives++
			}
		}
		for _, section := range told.Document.Workflow.Sections {
			if section.Owner == mine {
				sections++
			}
		}
		if milestones == 0 || objectives == 0 || sections == 0 {
			t.Errorf("%s: the lead owns %d milestones, %d objectives and %d sections", plan, milestones, objectives, sections)
		}
	}
}
